//! Whether two texts say the same: the outlines have one shape and one wording, whatever the layout and keyword language.

use super::elements::{Block, Element, Entry, TokenKind, entries};
use crate::syntax::{KeywordLanguage, Outline, OutlineKind, outline};

/// Whether `formatted` says what `text` says, whose outline is at hand, and holds the same comments.
pub(super) fn same(text: &str, of_text: &Outline, formatted: &str) -> bool {
    let Some(of_formatted) = outline(formatted) else {
        return false;
    };
    let wording = |text: &str, outline: &Outline| {
        let mut all = Wording::default();
        all.entries(&entries(text, outline, KeywordLanguage::Chinese));
        all
    };
    shape(of_text) == shape(&of_formatted) && wording(text, of_text) == wording(formatted, &of_formatted)
}

/// Groups and leaves with their depth, in order.
fn shape(outline: &Outline) -> Vec<(usize, OutlineKind)> {
    fn walk(part: &Outline, depth: usize, out: &mut Vec<(usize, OutlineKind)>) {
        out.push((depth, part.kind));
        for child in &part.children {
            walk(child, depth.saturating_add(1), out);
        }
    }
    let mut out = Vec::new();
    walk(outline, 0, &mut out);
    out
}

/// Tokens and comments in order, in one keyword language.
#[derive(Default, PartialEq, Eq)]
struct Wording {
    tokens: Vec<String>,
    comments: Vec<String>,
}

impl Wording {
    fn entries(&mut self, entries: &[Entry]) {
        for element in entries.iter().flat_map(|entry| &entry.elements) {
            match element {
                // A comma after the last of a list says nothing.
                Element::Token(token) if token.kind == TokenKind::Mark(',') => {}
                Element::Token(token) => self.tokens.push(token.text.clone()),
                Element::Comment(comment) => self.comments.push(comment.clone()),
                Element::Block(block) => self.block(block),
            }
        }
    }

    fn block(&mut self, block: &Block) {
        self.tokens.push("{".to_owned());
        self.comments.extend(block.comment.clone());
        self.entries(&block.entries);
        self.tokens.push("}".to_owned());
    }
}
