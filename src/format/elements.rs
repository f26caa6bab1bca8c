//! Text and outline to elements: tokens, comments and blocks, in the order of the text.

use std::borrow::Cow;
use std::ops::Range;

use super::words::Translator;
use crate::syntax::{KeywordLanguage, Outline, OutlineKind};

/// One line to be, or a comment on a line of its own.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) elements: Vec<Element>,
    /// Whether an empty line stands before it.
    pub(super) blank_before: bool,
    /// Cells of a row of a drawn table; empty for anything else.
    pub(super) is_grid_row: bool,
}

/// What an entry consists of.
#[derive(Debug)]
pub(super) enum Element {
    Token(Token),
    /// A comment; what follows it begins a new line.
    Comment(String),
    Block(Block),
}

/// What stands between braces.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) entries: Vec<Entry>,
    /// A comment after the opening brace, on its line.
    pub(super) comment: Option<String>,
    /// Whether the author wrote it on one line.
    pub(super) on_one_line: bool,
}

/// A word, a sign, a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    /// A leaf of the outline.
    Leaf(OutlineKind),
    /// A sign between leaves, in half width.
    Mark(char),
    /// `=>`.
    Arrow,
}

/// The entries of a file.
pub(super) fn entries(text: &str, outline: &Outline, keywords: KeywordLanguage) -> Vec<Entry> {
    let mut reader = Reader { text, translator: Translator::new(keywords), at: 0 };
    let mut out = Vec::new();
    for child in &outline.children {
        reader.gap_between_entries(child.range.start, &mut out);
        let blank_before = reader.blank_line_before(child.range.start, out.is_empty());
        let elements = reader.elements_of(child);
        out.push(Entry { elements, blank_before, is_grid_row: false });
    }
    reader.gap_between_entries(text.len(), &mut out);
    out
}

struct Reader<'t> {
    text: &'t str,
    translator: Translator,
    /// How far the text was read.
    at: usize,
}

impl Reader<'_> {
    fn elements_of(&mut self, part: &Outline) -> Vec<Element> {
        let mut out = Vec::new();
        self.part(part, &mut out);
        out
    }

    fn part(&mut self, part: &Outline, out: &mut Vec<Element>) {
        if part.is_leaf() {
            self.gap(part.range.start, out);
            let text: &str = self.text;
            let text = self.translator.leaf(part.kind, text.get(part.range.clone()).unwrap_or(""));
            out.push(Element::Token(Token { kind: TokenKind::Leaf(part.kind), text: text.into_owned() }));
            self.at = part.range.end;
            return;
        }
        let opens_block = matches!(part.kind, OutlineKind::Group(_));
        let mut children = part.children.iter().peekable();
        loop {
            let next = children.peek().map_or(part.range.end, |child| child.range.start);
            match self.brace_before(next).filter(|_| opens_block) {
                Some(brace) => {
                    self.gap(brace, out);
                    let block = self.block(&mut children, part.range.end);
                    out.push(Element::Block(block));
                }
                None => match children.next() {
                    Some(child) => {
                        // What stands before the child belongs to this part, not to the child.
                        self.gap(child.range.start, out);
                        self.part(child, out);
                    }
                    None => break,
                },
            }
        }
        self.gap(part.range.end, out);
    }

    /// Where a brace opens before `end`, outside comments.
    fn brace_before(&self, end: usize) -> Option<usize> {
        let mut at = self.at;
        while at < end {
            let rest = self.text.get(at..end)?;
            let letter = rest.chars().next()?;
            if rest.starts_with("//") {
                at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
            } else if matches!(letter, '{' | '｛') {
                return Some(at);
            } else {
                at = at.saturating_add(letter.len_utf8());
            }
        }
        None
    }

    /// Reads a block whose brace comes next: the children up to the brace that closes it are its entries.
    fn block<'o>(
        &mut self,
        children: &mut std::iter::Peekable<impl Iterator<Item = &'o Outline>>,
        part_end: usize,
    ) -> Block {
        self.at = self.at.saturating_add(self.next_letter());
        let mut entries = Vec::new();
        let first = children.peek().map_or(part_end, |child| child.range.start);
        let on_one_line = !self.gap_text(first).contains('\n');
        let comment = self.comment_on_this_line(first);
        while let Some(child) = children.next() {
            self.gap_between_entries(child.range.start, &mut entries);
            let blank_before = self.blank_line_before(child.range.start, entries.is_empty());
            let elements = self.elements_of(child);
            let is_grid_row = matches!(child.kind, OutlineKind::GridRow(_));
            entries.push(Entry { elements, blank_before, is_grid_row });
            if self.closes_before(children.peek().map_or(part_end, |next| next.range.start)) {
                break;
            }
        }
        let end = children.peek().map_or(part_end, |next| next.range.start);
        let close = self.closing_brace(end);
        self.gap_between_entries(close, &mut entries);
        self.at = close;
        self.at = self.at.saturating_add(self.next_letter());
        Block { entries, comment, on_one_line }
    }

    fn closes_before(&self, end: usize) -> bool {
        self.closing_brace(end) < end
    }

    /// Where the block's brace closes, looking no further than `end`.
    fn closing_brace(&self, end: usize) -> usize {
        let mut at = self.at;
        while at < end {
            let rest = self.text.get(at..end).unwrap_or("");
            if rest.starts_with("//") {
                at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
                continue;
            }
            match rest.chars().next() {
                Some('}' | '｝') => return at,
                Some(letter) => at = at.saturating_add(letter.len_utf8()),
                None => break,
            }
        }
        end
    }

    fn next_letter(&self) -> usize {
        self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// What stands between here and `end`.
    fn gap_text(&self, end: usize) -> &str {
        self.text.get(self.at..end.max(self.at)).unwrap_or("")
    }

    /// Whether the line before what begins at `start` is empty. At the start of a block it never counts.
    fn blank_line_before(&self, start: usize, is_first: bool) -> bool {
        let before = self.text.get(..start).unwrap_or("");
        let white = before.get(before.trim_end().len()..).unwrap_or("");
        !is_first && white.matches('\n').count() > 1
    }

    /// A comment that stands on the line where the reader is, with nothing before it.
    fn comment_on_this_line(&mut self, end: usize) -> Option<String> {
        let gap = self.gap_text(end);
        let line = gap.split('\n').next().unwrap_or("");
        let trimmed = line.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, ';' | '；' | ',' | '，' | '、')
        });
        if !trimmed.starts_with("//") {
            return None;
        }
        let comment = trimmed.trim_end().to_owned();
        self.at = self.at.saturating_add(line.len());
        Some(comment)
    }

    /// What stands between two entries: comments become entries, or end the line of the entry before.
    fn gap_between_entries(&mut self, end: usize, entries: &mut Vec<Entry>) {
        if let Some(last) = entries.last_mut()
            && let Some(comment) = self.comment_on_this_line(end)
        {
            last.elements.push(Element::Comment(comment));
        }
        while let Some(offset) = self.gap_text(end).find("//") {
            let start = self.at.saturating_add(offset);
            let length = self.text.get(start..).and_then(|rest| rest.find('\n')).unwrap_or(self.text.len());
            let comment = self.slice(start..start.saturating_add(length).min(self.text.len())).trim_end().to_owned();
            let blank_before = self.blank_line_before(start, entries.is_empty());
            self.at = start.saturating_add(comment.len());
            entries.push(Entry { elements: vec![Element::Comment(comment)], blank_before, is_grid_row: false });
        }
        self.at = self.at.max(end);
    }

    /// Signs and comments up to `end`.
    fn gap(&mut self, end: usize, out: &mut Vec<Element>) {
        while self.at < end {
            let rest = self.slice(self.at..end);
            let Some(letter) = rest.chars().next() else { break };
            if rest.starts_with("//") {
                let comment = rest.split('\n').next().unwrap_or("");
                let length = comment.len();
                out.push(Element::Comment(comment.trim_end().to_owned()));
                self.at = self.at.saturating_add(length);
                continue;
            }
            let length = if is_arrow(rest) {
                out.push(Element::Token(Token { kind: TokenKind::Arrow, text: "=>".to_owned() }));
                rest.chars().take(2).map(char::len_utf8).sum()
            } else {
                if !letter.is_whitespace() && letter != '\u{FEFF}' {
                    let mark = half_width(letter);
                    out.push(Element::Token(Token { kind: TokenKind::Mark(mark), text: mark.to_string() }));
                }
                letter.len_utf8()
            };
            self.at = self.at.saturating_add(length);
        }
    }
}

fn is_arrow(rest: &str) -> bool {
    let mut letters = rest.chars();
    matches!(letters.next(), Some('=' | '＝')) && matches!(letters.next(), Some('>' | '＞'))
}

/// A full-width sign in half width; 、 is a comma here.
pub(super) fn half_width(letter: char) -> char {
    match u32::from(letter) {
        0x3001 => ',',
        code @ 0xFF01..=0xFF5E => char::from_u32(code.saturating_sub(0xFEE0)).unwrap_or(letter),
        _ => letter,
    }
}

/// A text with every full-width sign and digit in half width.
pub(super) fn all_half_width(text: &str) -> Cow<'_, str> {
    if text.chars().any(|letter| half_width(letter) != letter) {
        Cow::Owned(text.chars().map(half_width).collect())
    } else {
        Cow::Borrowed(text)
    }
}
