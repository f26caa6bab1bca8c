//! Cuts a file at its declarations, so that a mistake in one does not hide those in the others.
//!
//! The cut looks at brackets, texts and comments only. It also collects the comments and refuses what no parser should be
//! given: brackets nested too deep, texts that do not end, characters that hide what the text says.

use std::ops::Range;

use super::keyword::{DeclarationKind, Keyword};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The deepest nesting of brackets.
pub(super) const DEEPEST: usize = 64;

/// A file cut into pieces.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// Pieces in order; each starts at a declaration, but for a first one that starts with anything else.
    pub(super) pieces: Vec<Piece>,
    /// Comments in order.
    pub(super) comments: Vec<Range<usize>>,
    /// What was refused.
    pub(super) errors: Vec<Diagnostic>,
}

/// One piece: usually one declaration.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// An error was already reported that makes parsing the piece useless.
    pub(super) spoiled: bool,
}

/// Cuts `text`; `span` turns offsets into spans.
pub(super) fn cut(text: &str, span: impl Fn(Range<usize>) -> Span) -> Cut {
    let mut out = Cut::default();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut piece_start = 0;
    let mut spoiled = false;
    let mut too_deep = false;
    let mut line_start = true;
    let mut column_zero = true;
    // They are refused inside texts and comments too: that is where they deceive a reader.
    for (at, letter) in text.char_indices().filter(|(_, letter)| hides_text(*letter)) {
        let code = u32::from(letter);
        out.errors.push(
            Diagnostic::new(
                Code::ForbiddenCharacter,
                span(at..at.saturating_add(letter.len_utf8())),
                format!("不允许的控制字符 U+{code:04X}"),
                format!("the control character U+{code:04X} is not allowed"),
            )
            .why("它会使规则看起来与实际内容不同", "it can make a rule look different from what it says")
            .help("删去它", "remove it"),
        );
    }
    let mut letters = text.char_indices().peekable();
    let mut branches = 0_usize;
    while let Some((at, letter)) = letters.next() {
        let rest = text.get(at..).unwrap_or("");
        if line_start && !letter.is_whitespace() && letter != '\u{FEFF}' {
            line_start = false;
            if (open.is_empty() || column_zero) && opens_declaration(rest) {
                if let Some((bracket, place)) = open.first().copied() {
                    out.errors.push(unclosed(bracket, span(place..place.saturating_add(bracket.len_utf8()))));
                    spoiled = true;
                }
                if at > piece_start {
                    out.pieces.push(Piece { range: piece_start..at, spoiled });
                }
                open.clear();
                (piece_start, spoiled, too_deep) = (at, false, false);
            }
            // A new clause begins a new expression.
            let word = rest.split(char::is_whitespace).next().unwrap_or("");
            if Keyword::from_text(word).is_some_and(|(keyword, _)| keyword != Keyword::If) {
                branches = 0;
            }
        }
        // A condition without brackets nests as deep as it has alternatives.
        if rest.starts_with("否则") || rest.starts_with("else ") {
            branches = branches.saturating_add(1);
            if branches == DEEPEST {
                spoiled = true;
                out.errors.push(too_deep_at(span(at..at.saturating_add(letter.len_utf8()))));
            }
        }
        match letter {
            '\n' => {
                line_start = true;
                column_zero = true;
                continue;
            }
            '/' if rest.starts_with("//") => {
                let end = rest.find('\n').map_or(text.len(), |length| at.saturating_add(length));
                out.comments.push(at..end);
                while letters.next_if(|(next, _)| *next < end).is_some() {}
            }
            '“' | '"' | '＂' | '《' => {
                let (closing, one_line) = match letter {
                    '“' => ('”', false),
                    '《' => ('》', true),
                    other => (other, true),
                };
                let body = rest.get(letter.len_utf8()..).unwrap_or("");
                // Curly quotes may hold curly quotes, one level deep.
                let mut inner = false;
                let end = body.char_indices().find(|(_, each)| {
                    if letter == '“' && *each == '“' {
                        inner = true;
                        return false;
                    }
                    if inner && *each == closing {
                        inner = false;
                        return false;
                    }
                    *each == closing || (one_line && *each == '\n')
                });
                match end {
                    Some((length, found)) if found == closing => {
                        let end = at.saturating_add(letter.len_utf8()).saturating_add(length);
                        while letters.next_if(|(next, _)| *next <= end).is_some() {}
                    }
                    _ => {
                        out.errors.push(
                            Diagnostic::new(
                                Code::UnclosedText,
                                span(at..at.saturating_add(letter.len_utf8())),
                                format!("这里的 {letter} 没有对应的 {closing}"),
                                format!("`{letter}` is not closed by `{closing}`"),
                            )
                            .help(
                                format!("在文字或名称的末尾写上 {closing}"),
                                format!("write `{closing}` where the text or title ends"),
                            ),
                        );
                        spoiled = true;
                    }
                }
            }
            '{' | '(' | '[' | '｛' | '（' | '［' => {
                open.push((letter, at));
                if open.len() > DEEPEST && !too_deep {
                    too_deep = true;
                    spoiled = true;
                    out.errors.push(too_deep_at(span(at..at.saturating_add(letter.len_utf8()))));
                }
            }
            // A bracket may be closed by one of another shape: `[0.5, 1)` is a range.
            '}' | ')' | ']' | '｝' | '）' | '］' if open.pop().is_none() => {
                out.errors.push(
                    Diagnostic::new(
                        Code::UnclosedBracket,
                        span(at..at.saturating_add(letter.len_utf8())),
                        format!("“{letter}”没有对应的左括号"),
                        format!("`{letter}` closes nothing"),
                    )
                    .help("删去它，或补上左括号", "remove it, or open the bracket it should close"),
                );
                spoiled = true;
            }
            // Reported above; the piece cannot be read around it.
            _ if hides_text(letter) => spoiled = true,
            _ => {}
        }
        column_zero = false;
    }
    if let Some((bracket, place)) = open.first().copied()
        && !spoiled
    {
        out.errors.push(unclosed(bracket, span(place..place.saturating_add(bracket.len_utf8()))));
        spoiled = true;
    }
    if text.len() > piece_start {
        out.pieces.push(Piece { range: piece_start..text.len(), spoiled });
    }
    out
}

fn too_deep_at(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NestedTooDeep,
        span,
        format!("嵌套超过{DEEPEST}层"),
        format!("nested more than {DEEPEST} deep"),
    )
    .help("把内层写成单独的“定义”", "move the inner part to a `define` of its own")
}

fn unclosed(bracket: char, span: Span) -> Diagnostic {
    let closing = match bracket {
        '{' | '｛' => '}',
        '(' | '（' => ')',
        _ => ']',
    };
    Diagnostic::new(
        Code::UnclosedBracket,
        span,
        format!("“{bracket}”没有对应的“{closing}”"),
        format!("`{bracket}` is never closed"),
    )
    .help(format!("在结尾补上“{closing}”"), format!("write `{closing}` where it should end"))
}

/// Whether a line begins with the keyword of a declaration.
fn opens_declaration(rest: &str) -> bool {
    let word = rest.split(|letter: char| letter.is_whitespace() || letter == '《').next().unwrap_or("");
    DeclarationKind::from_text(word).is_some() || (word == "leniency" && rest.starts_with("leniency list"))
}

/// Control characters, and the format characters that reorder or hide text.
fn hides_text(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}
