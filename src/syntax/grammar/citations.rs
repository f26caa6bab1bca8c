//! Citations of instruments and the places in them.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Citation, Locator, LocatorKind, LocatorPart, Provision, Span};

use super::{Builder, Built, Rule, counted, invalid_place, place_number};

impl Builder<'_> {
    pub(super) fn citations(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<(Citation, Span)>> {
        pair.into_inner()
            .map(|pair| {
                let span = self.span(&pair);
                let mut children = self.children(pair);
                let title = self.title(children.next()?)?;
                let locators = children.pairs.map(|pair| self.places(pair)).collect::<Built<Vec<_>>>()?;
                Ok((Citation { instrument: title.text, locators }, span))
            })
            .collect()
    }

    pub(super) fn provision(&mut self, pair: Pair<'_, Rule>) -> Built<Provision> {
        let mut children = self.children(pair);
        let title = self.title(children.next()?)?;
        let place = children.take(Rule::locator).map(|pair| self.locator(pair)).transpose()?.unwrap_or_default();
        Ok(Provision { instrument: title.text, place })
    }

    /// A place, or all places from one to another of the same kind.
    fn places(&mut self, pair: Pair<'_, Rule>) -> Built<Locator> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let mut locator = self.locator(children.next()?)?;
        if children.take(Rule::to).is_none() {
            return Ok(locator);
        }
        let mut parts = Vec::new();
        let inner = self.children(children.next()?).next()?;
        self.locator_parts(inner, &mut parts)?;
        let mut parts = parts.into_iter();
        let (through, more) = (parts.next(), parts.next());
        let ascending = locator
            .parts
            .last()
            .zip(through.as_ref())
            .is_some_and(|(first, last)| first.kind == last.kind && first < last && more.is_none());
        if !ascending {
            return Err(Box::new(
                Diagnostic::new(
                    Code::RangeEmpty,
                    span,
                    "条款的起止不是同一级，或者没有由小到大",
                    "the places from first to last are not of one kind, or do not go up",
                )
                .help("如 第79条至第81条、第10条第1款至第3款", "as in art 79 to 81, or art 10 para 1 to para 3"),
            ));
        }
        locator.through = through;
        Ok(locator)
    }

    pub(super) fn locator(&mut self, pair: Pair<'_, Rule>) -> Built<Locator> {
        let mut parts = Vec::new();
        for pair in pair.into_inner() {
            self.locator_parts(pair, &mut parts)?;
        }
        Ok(Locator { parts, through: None })
    }

    /// One written part, which names several places when it has brackets: `art 112(1)(3)`.
    fn locator_parts(&mut self, pair: Pair<'_, Rule>, parts: &mut Vec<LocatorPart>) -> Built<()> {
        let inner = if pair.as_rule() == Rule::locator_part { self.children(pair).next()? } else { pair };
        let span = self.span(&inner);
        let (mut kind, mut seen_subdivision) = (LocatorKind::Article, false);
        for part in inner.into_inner() {
            match part.as_rule() {
                Rule::place_number => {
                    let number = place_number(part.as_str()).ok_or_else(|| invalid_place(span))?;
                    parts.push(LocatorPart { kind, number, inserted: None });
                }
                Rule::subdivision => {
                    let number = self.children(part).next()?;
                    let number = place_number(number.as_str()).ok_or_else(|| invalid_place(span))?;
                    let kind = if seen_subdivision { LocatorKind::Item } else { LocatorKind::Paragraph };
                    seen_subdivision = true;
                    parts.push(LocatorPart { kind, number, inserted: None });
                }
                Rule::counted => {
                    if let Some(last) = parts.last_mut() {
                        last.kind = counted(part.as_str());
                    }
                }
                Rule::inserted => {
                    let number = self.children(part).next()?;
                    let number = place_number(number.as_str()).ok_or_else(|| invalid_place(span))?;
                    match parts.last_mut().filter(|last| last.kind == LocatorKind::Article) {
                        Some(last) => last.inserted = Some(number),
                        None => return Err(invalid_place(span)),
                    }
                }
                _ => kind = counted(part.as_str()),
            }
        }
        Ok(())
    }
}
