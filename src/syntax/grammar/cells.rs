//! Cells and sets: points and ranges.

use pest::iterators::Pair;

use crate::source::Span;
use crate::syntax::ast::{Cell, CellItem, Comparison, Expr, SetItem};
use crate::value::End;

use super::{Builder, Built, Rule};

impl Builder<'_> {
    pub(super) fn cell(&mut self, pair: Pair<'_, Rule>) -> Built<Cell> {
        let span = self.span(&pair);
        let mut items = Vec::new();
        for pair in pair.into_inner().filter(|pair| pair.as_rule() == Rule::cell_item) {
            items.push(self.cell_item(pair)?);
        }
        Ok(Cell { items, span })
    }

    pub(super) fn cell_item(&mut self, pair: Pair<'_, Rule>) -> Built<CellItem> {
        let inner = self.children(pair).next()?;
        let span = self.span(&inner);
        match inner.as_rule() {
            Rule::any_cell => Ok(CellItem::Any),
            Rule::comparison_cell => {
                let mut children = self.children(inner);
                let operator = self.compare_op(&children.next()?)?;
                let bound = self.sum(children.next()?)?;
                Ok(match operator {
                    Comparison::Equal => CellItem::Point(bound),
                    Comparison::NotEqual => CellItem::Not(bound),
                    Comparison::Less => CellItem::Range(End::Open, End::Excluded(bound)),
                    Comparison::LessOrEqual => CellItem::Range(End::Open, End::Included(bound)),
                    Comparison::Greater => CellItem::Range(End::Excluded(bound), End::Open),
                    Comparison::GreaterOrEqual => CellItem::Range(End::Included(bound), End::Open),
                })
            }
            Rule::bracket => {
                let (low, high) = self.bracket(inner)?;
                Ok(CellItem::Range(low, high))
            }
            Rule::boundary => self.boundary(inner, span),
            _ => {
                let mut children = self.children(inner);
                let low = self.sum(children.next()?)?;
                match children.take(Rule::to) {
                    Some(_) => Ok(CellItem::Range(End::Included(low), End::Included(self.sum(children.next()?)?))),
                    None => Ok(CellItem::Point(low)),
                }
            }
        }
    }

    pub(super) fn boundary(&mut self, pair: Pair<'_, Rule>, span: Span) -> Built<CellItem> {
        let (mut low, mut high, mut pending, mut word) = (None, None, None, None);
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::literal => {
                    let literal = self.literal(pair)?;
                    match word.take() {
                        Some(Rule::below_word) => high = Some((false, literal)),
                        Some(_) => low = Some((false, literal)),
                        None => pending = Some(literal),
                    }
                }
                Rule::from_word => low = pending.take().map(|literal| (true, literal)),
                Rule::up_to_word => high = pending.take().map(|literal| (true, literal)),
                other => word = Some(other),
            }
        }
        Ok(CellItem::Boundary { low, high, span })
    }

    pub(super) fn bracket(&mut self, pair: Pair<'_, Rule>) -> Built<(End<Expr>, End<Expr>)> {
        let mut children = self.children(pair);
        let opening = children.next()?;
        let low = self.sum(children.next()?)?;
        let high = self.sum(children.next()?)?;
        let closing = children.next()?;
        let end = |included: bool, value| {
            if included { End::Included(value) } else { End::Excluded(value) }
        };
        Ok((end(matches!(opening.as_str(), "[" | "［"), low), end(matches!(closing.as_str(), "]" | "］"), high)))
    }

    pub(super) fn set(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<SetItem>> {
        let inner = self.children(pair).next()?;
        let points = inner.as_rule() == Rule::braces;
        let mut items = Vec::new();
        for pair in inner.into_inner() {
            match pair.as_rule() {
                Rule::or_op => {}
                _ if points => items.push(SetItem::Point(self.sum(pair)?)),
                _ => items.push(self.set_item(pair)?),
            }
        }
        Ok(items)
    }

    pub(super) fn set_item(&mut self, pair: Pair<'_, Rule>) -> Built<SetItem> {
        let mut children = self.children(pair);
        let first = children.next()?;
        if first.as_rule() == Rule::bracket {
            let (low, high) = self.bracket(first)?;
            return Ok(SetItem::Range(low, high));
        }
        let low = self.sum(first)?;
        children.take(Rule::to);
        Ok(SetItem::Range(End::Included(low), End::Included(self.sum(children.next()?)?)))
    }
}
