//! Grammar to outline: groups and leaves by the names of grammar rules, so that a new clause needs nothing here.

use pest::Parser;
use pest::iterators::Pair;

use super::generated::{LenityParser, Rule};
use super::significant_length;
use crate::syntax::cut::cut;
use crate::syntax::outline::{Outline, OutlineKind};

/// The outline of a file; `None` when any of it cannot be read: use [`parse`](super::parse) to learn why.
#[must_use]
pub fn outline(text: &str) -> Option<Outline> {
    let cut = cut(text, |_| crate::source::Span::NOWHERE);
    if !cut.errors.is_empty() || text.len() > super::LARGEST_FILE {
        return None;
    }
    let mut children = Vec::new();
    for piece in cut.pieces {
        let start = piece.range.start;
        let pairs = LenityParser::parse(Rule::file, text.get(piece.range)?).ok()?;
        for pair in pairs.flat_map(Pair::into_inner).filter(|pair| pair.as_rule() == Rule::declaration) {
            children.push(part(&pair, start));
        }
    }
    Some(Outline { kind: OutlineKind::File, range: 0..text.len(), children })
}

/// `start` is where the piece that was parsed stands in the text.
fn part(pair: &Pair<'_, Rule>, start: usize) -> Outline {
    let from = start.saturating_add(pair.as_span().start());
    let range = from..from.saturating_add(significant_length(pair.as_str()));
    if let Some(kind) = leaf(pair) {
        return Outline { kind, range, children: Vec::new() };
    }
    let children = pair.clone().into_inner().map(|child| part(&child, start)).collect();
    // The number of a rule is its place in the grammar, which is the same for every text that is read.
    let number = pair.as_rule() as u16;
    let kind = match pair.as_rule() {
        Rule::braces | Rule::list_type => OutlineKind::Inline(number),
        Rule::header | Rule::table_row => OutlineKind::GridRow(number),
        _ => OutlineKind::Group(number),
    };
    Outline { kind, range, children }
}

/// What a leaf is; `None` for what has to be looked into. Some leaves have inner pairs, which make one token.
fn leaf(pair: &Pair<'_, Rule>) -> Option<OutlineKind> {
    Some(match pair.as_rule() {
        Rule::string => OutlineKind::Text,
        Rule::title => OutlineKind::Title,
        Rule::chinese_part => OutlineKind::ChinesePlace,
        Rule::english_part | Rule::bare_article => OutlineKind::EnglishPlace,
        Rule::literal | Rule::date | Rule::number => OutlineKind::Literal,
        Rule::called => OutlineKind::Called,
        Rule::word | Rule::level_word => OutlineKind::ListedWord,
        Rule::negate => OutlineKind::Negation,
        Rule::from_word | Rule::up_to_word | Rule::above_word | Rule::below_word => OutlineKind::BoundaryWord,
        Rule::compare_op | Rule::add_op | Rule::mul_op | Rule::bracket_open | Rule::bracket_close | Rule::any_cell => {
            OutlineKind::Sign
        }
        Rule::name | Rule::unit_name => OutlineKind::Name,
        Rule::duration_unit => OutlineKind::UnitOfTime,
        Rule::to => OutlineKind::RangeTo,
        Rule::onward => OutlineKind::Onward,
        Rule::type_reference if first_inner(pair) == Some(Rule::name) => OutlineKind::TypeName,
        Rule::block => return None,
        _ if pair.clone().into_inner().next().is_some() => return None,
        // What is left are keywords and operators: each has a rule of its own that holds nothing else.
        _ => OutlineKind::Word,
    })
}

fn first_inner(pair: &Pair<'_, Rule>) -> Option<Rule> {
    pair.clone().into_inner().next().map(|inner| inner.as_rule())
}
