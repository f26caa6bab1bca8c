//! Where a space stands between two tokens of one line.

use super::elements::{Token, TokenKind};
use crate::syntax::OutlineKind;

/// Whether a space stands between `before` and `after`.
pub(super) fn space_between(before: &Token, after: &Token) -> bool {
    use OutlineKind::{BoundaryWord, Called, ChinesePlace, Literal, Negation, Sign, Title};
    use TokenKind::{Leaf, Mark};
    match (before.kind, after.kind) {
        (_, Mark(',' | ';' | ')' | ']' | ':')) | (Mark('(' | '['), _) => false,
        (Leaf(Sign), _) if opens(before) => false,
        (_, Leaf(Sign)) if closes(after) => false,
        (Leaf(Negation), _) | (Leaf(Called), Mark('(')) => false,
        (Leaf(Title | ChinesePlace), Leaf(ChinesePlace)) => false,
        // Chinese boundary words stand close to their number, English ones do not.
        (Leaf(Literal), Leaf(BoundaryWord)) => after.text.is_ascii(),
        (Leaf(BoundaryWord), Leaf(Literal)) => before.text.is_ascii(),
        (Mark('{'), Mark('}')) => false,
        _ => true,
    }
}

/// The brackets of a range are leaves, since `[0, 1)` pairs two shapes.
fn opens(token: &Token) -> bool {
    matches!(&*token.text, "[" | "(")
}

fn closes(token: &Token) -> bool {
    matches!(&*token.text, "]" | ")")
}
