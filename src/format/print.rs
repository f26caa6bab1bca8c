//! Elements to lines.

use unicode_width::UnicodeWidthStr;

use super::WIDEST;
use super::elements::{Block, Element, Entry, Token, TokenKind};
use super::spacing::space_between;
use crate::syntax::OutlineKind;

/// How much deeper each block stands.
const INDENT: usize = 4;
/// How much deeper the lines of one entry stand after its first, unless its keyword is short.
const CONTINUATION: usize = 8;

/// The text of a file.
pub(super) fn print(entries: &[Entry]) -> String {
    let mut out = String::new();
    let mut before_was_long = false;
    for (number, entry) in entries.iter().enumerate() {
        let text = lines(entry, 0);
        let is_long = text.contains('\n');
        // A declaration of several lines stands apart; a comment stays with what it is about.
        let after_comment = number > 0 && entries.get(number.saturating_sub(1)).is_some_and(is_comment);
        if number > 0
            && (entry.blank_before || (!after_comment && (before_was_long || (is_long && !is_comment(entry)))))
        {
            out.push('\n');
        }
        out.push_str(&text);
        out.push('\n');
        before_was_long = is_long;
    }
    out
}

fn is_comment(entry: &Entry) -> bool {
    matches!(entry.elements.as_slice(), [Element::Comment(_)])
}

/// An entry on one line or several, without the indentation of the first.
fn lines(entry: &Entry, indent: usize) -> String {
    if let Some(text) = on_one_line(&entry.elements).filter(|text| indent.saturating_add(text.width_cjk()) <= WIDEST) {
        return text;
    }
    let mut out = String::new();
    let mut tokens: Vec<&Token> = Vec::new();
    for (number, element) in entry.elements.iter().enumerate() {
        match element {
            Element::Token(token) => tokens.push(token),
            Element::Comment(comment) => {
                flush(&mut out, &mut tokens, indent);
                out.push_str(if out.is_empty() { "" } else { "  " });
                out.push_str(comment);
                if number.saturating_add(1) < entry.elements.len() {
                    new_line(&mut out, indent.saturating_add(CONTINUATION));
                }
            }
            Element::Block(block) => {
                flush(&mut out, &mut tokens, indent);
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                print_block(&mut out, block, indent);
            }
        }
    }
    flush(&mut out, &mut tokens, indent);
    out
}

/// Writes the tokens read so far after what is there, broken into lines where they are too wide.
fn flush(out: &mut String, tokens: &mut Vec<&Token>, indent: usize) {
    if tokens.is_empty() {
        return;
    }
    if out.ends_with(|letter: char| !letter.is_whitespace()) {
        out.push(' ');
    }
    let column = indent.saturating_add(out.rsplit('\n').next().unwrap_or("").width_cjk());
    // What is broken lines up with what follows the keyword.
    let keyword = tokens.first().map_or(0, |token| token.text.width_cjk().saturating_add(1));
    let continuation = indent.saturating_add(if out.is_empty() { keyword.min(CONTINUATION) } else { CONTINUATION });
    out.push_str(&wrapped(tokens, column, continuation));
    tokens.clear();
}

/// Tokens on one line if they fit, else broken before the joining words that stand least deep in brackets.
fn wrapped(tokens: &[&Token], column: usize, continuation: usize) -> String {
    let text = joined(tokens);
    if column.saturating_add(text.width_cjk()) <= WIDEST {
        return text;
    }
    let mut depth = 0_usize;
    // What binds weakest comes first: depth in brackets, then whether it is an alternative, then the place.
    let mut breaks: Vec<((usize, u8), usize)> = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        match (token.kind, &*token.text) {
            (TokenKind::Mark(_), "(" | "[" | "{") => depth = depth.saturating_add(1),
            (TokenKind::Mark(_), ")" | "]" | "}") => depth = depth.saturating_sub(1),
            (TokenKind::Leaf(OutlineKind::Word), text) if place > 0 => {
                if let Some(strength) = strength(text) {
                    breaks.push(((depth, strength), place));
                }
            }
            _ => {}
        }
    }
    let Some(least) = breaks.iter().map(|(weakness, _)| *weakness).min() else {
        return text;
    };
    let mut out = String::new();
    let mut start = 0;
    let ends = breaks.iter().filter(|(weakness, _)| *weakness == least).map(|(_, place)| *place);
    for end in ends.chain([tokens.len()]) {
        let part = tokens.get(start..end).unwrap_or(&[]);
        let at = if out.is_empty() { column } else { continuation };
        if !out.is_empty() {
            new_line(&mut out, continuation);
        }
        // Inside brackets the lines stand a little deeper.
        out.push_str(&wrapped(part, at, continuation.saturating_add(INDENT)));
        start = end;
    }
    out
}

/// How strongly a joining word binds; the weakest is broken at first.
fn strength(word: &str) -> Option<u8> {
    match word {
        "则" | "否则" | "then" | "else" => Some(0),
        "或" | "or" => Some(1),
        "且" | "and" => Some(2),
        _ => None,
    }
}

fn joined(tokens: &[&Token]) -> String {
    let mut out = String::new();
    let mut before: Option<&Token> = None;
    for token in tokens {
        if before.is_some_and(|before| space_between(before, token)) {
            out.push(' ');
        }
        out.push_str(&token.text);
        before = Some(token);
    }
    out
}

fn new_line(out: &mut String, indent: usize) {
    let length = out.trim_end_matches(' ').len();
    out.truncate(length);
    out.push('\n');
    out.push_str(&" ".repeat(indent));
}

/// The elements on one line; `None` when a comment or a block of several lines stands among them.
fn on_one_line(elements: &[Element]) -> Option<String> {
    let mut out = String::new();
    let mut tokens: Vec<&Token> = Vec::new();
    for (number, element) in elements.iter().enumerate() {
        match element {
            Element::Token(token) => tokens.push(token),
            Element::Comment(comment) if number.saturating_add(1) == elements.len() => {
                out.push_str(&joined(&tokens));
                tokens.clear();
                out.push_str(if out.is_empty() { "" } else { "  " });
                out.push_str(comment);
            }
            Element::Comment(_) => return None,
            Element::Block(block) => {
                out.push_str(&joined(&tokens));
                tokens.clear();
                out.push_str(if out.is_empty() { "" } else { " " });
                out.push_str(&short_block(block)?);
            }
        }
    }
    if !tokens.is_empty() {
        out.push_str(if out.ends_with('}') { " " } else { "" });
        out.push_str(&joined(&tokens));
    }
    Some(out)
}

/// A block on one line, if its author wrote it so and nothing in it needs a line of its own.
fn short_block(block: &Block) -> Option<String> {
    if block.entries.is_empty() && block.comment.is_none() {
        return Some("{}".to_owned());
    }
    if !block.on_one_line || block.comment.is_some() {
        return None;
    }
    let mut parts = Vec::new();
    for entry in &block.entries {
        let has_comment = entry.elements.iter().any(|element| matches!(element, Element::Comment(_)));
        if has_comment || entry.is_grid_row {
            return None;
        }
        parts.push(on_one_line(&entry.elements)?);
    }
    Some(format!("{{ {} }}", parts.join("; ")))
}

fn print_block(out: &mut String, block: &Block, indent: usize) {
    let inner = indent.saturating_add(INDENT);
    out.push('{');
    if let Some(comment) = &block.comment {
        out.push_str("  ");
        out.push_str(comment);
    }
    let grid = columns(block.entries.iter().filter(|entry| entry.is_grid_row).map(cells));
    let arrow = columns(block.entries.iter().filter_map(arrow_parts).map(|(before, _)| vec![before]));
    for entry in &block.entries {
        if entry.blank_before {
            new_line(out, 0);
        }
        new_line(out, inner);
        if entry.is_grid_row {
            out.push_str(&grid_row(&cells(entry), &grid));
        } else if let Some((before, after)) = arrow_parts(entry) {
            let width = arrow.first().copied().unwrap_or(0);
            let pad = " ".repeat(width.saturating_sub(before.width_cjk()));
            out.push_str(&format!("{before}{pad} => {after}"));
        } else {
            out.push_str(&lines(entry, inner));
        }
    }
    new_line(out, indent);
    out.push('}');
}

/// What stands before and after the arrow of a row, when it fits on a line.
fn arrow_parts(entry: &Entry) -> Option<(String, String)> {
    let place = entry
        .elements
        .iter()
        .position(|element| matches!(element, Element::Token(token) if token.kind == TokenKind::Arrow))?;
    if entry.is_grid_row {
        return None;
    }
    let before = on_one_line(entry.elements.get(..place)?)?;
    let after = on_one_line(entry.elements.get(place.saturating_add(1)..)?)?;
    let fits = before.width_cjk().saturating_add(after.width_cjk()) < WIDEST.saturating_sub(16);
    fits.then_some((before, after))
}

/// The cells of a row: what stands between its bars.
fn cells(entry: &Entry) -> Vec<String> {
    let mut out = Vec::new();
    let mut tokens: Vec<&Token> = Vec::new();
    let mut bars = 0_usize;
    for element in &entry.elements {
        let Element::Token(token) = element else { continue };
        if token.kind == TokenKind::Mark('|') {
            if bars > 0 {
                out.push(joined(&tokens));
            }
            tokens.clear();
            bars = bars.saturating_add(1);
        } else {
            tokens.push(token);
        }
    }
    // A comment at the end of a row stands after its last bar.
    if let Some(Element::Comment(comment)) = entry.elements.last() {
        out.push(format!("{COMMENT_CELL}{comment}"));
    }
    out
}

/// Marks a cell that is a comment after the row.
const COMMENT_CELL: char = '\u{1}';

fn grid_row(cells: &[String], widths: &[usize]) -> String {
    let mut out = String::from("|");
    for (cell, width) in cells.iter().zip(widths) {
        if let Some(comment) = cell.strip_prefix(COMMENT_CELL) {
            out.push_str(&format!("  {comment}"));
            continue;
        }
        let pad = " ".repeat(width.saturating_sub(cell.width_cjk()));
        out.push_str(&format!(" {cell}{pad} |"));
    }
    out
}

/// The width of each column.
fn columns(rows: impl Iterator<Item = Vec<String>>) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            let width = if cell.starts_with(COMMENT_CELL) { 0 } else { cell.width_cjk() };
            match widths.get_mut(column) {
                Some(widest) => *widest = (*widest).max(width),
                None => widths.push(width),
            }
        }
    }
    widths
}
