//! Citations of instruments and the places in them.

use pest::iterators::Pair;

use crate::source::{Citation, Locator, LocatorKind, LocatorPart, Provision, Span};

use super::{Builder, Built, Rule, counted, invalid_place, place_number};

impl Builder<'_> {
    pub(super) fn citations(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<(Citation, Span)>> {
        pair.into_inner()
            .map(|pair| {
                let span = self.span(&pair);
                let mut children = self.children(pair);
                let title = self.title(children.next()?)?;
                let locators = children.pairs.map(|pair| self.locator(pair)).collect::<Built<Vec<_>>>()?;
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

    pub(super) fn locator(&mut self, pair: Pair<'_, Rule>) -> Built<Locator> {
        let mut parts = Vec::new();
        for pair in pair.into_inner() {
            let inner = if pair.as_rule() == Rule::locator_part { self.children(pair).next()? } else { pair };
            let span = self.span(&inner);
            let (mut kind, mut seen_subdivision) = (LocatorKind::Article, false);
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::place_number => {
                        let number = place_number(part.as_str()).ok_or_else(|| invalid_place(span))?;
                        parts.push(LocatorPart { kind, number });
                    }
                    Rule::subdivision => {
                        let number = self.children(part).next()?;
                        let number = place_number(number.as_str()).ok_or_else(|| invalid_place(span))?;
                        let kind = if seen_subdivision { LocatorKind::Item } else { LocatorKind::Paragraph };
                        seen_subdivision = true;
                        parts.push(LocatorPart { kind, number });
                    }
                    Rule::counted => {
                        if let Some(last) = parts.last_mut() {
                            last.kind = counted(part.as_str());
                        }
                    }
                    _ => kind = counted(part.as_str()),
                }
            }
        }
        Ok(Locator { parts })
    }
}
