//! How a violation's norm stands to others.

use std::sync::Arc;

use super::Resolver;
use crate::diagnostic::Code;
use crate::resolved::clauses::Clauses;
use crate::resolved::covers::is_stem;
use crate::resolved::names::unknown;
use crate::resolved::norms::{NormRelations, YieldsTo};
use crate::resolved::words;
use crate::syntax::{Body, Keyword, Name, Yielded};

impl Resolver<'_> {
    pub(super) fn norm_relations(&mut self, clauses: &mut Clauses) -> NormRelations {
        let mut yields_to = Vec::new();
        if let Some(Body::Yields(yielded)) = clauses.one(Keyword::YieldsTo).map(|clause| clause.body) {
            for each in yielded {
                match each {
                    Yielded::Level(name) => {
                        yields_to.extend(words::look_up(&name, words::LEVEL, self.errors).map(YieldsTo::Level));
                    }
                    Yielded::Instrument(name) => {
                        if self.symbols.instruments.get(&name.text).is_none() {
                            let known = self.symbols.instruments.names();
                            self.errors.push(unknown(Code::InstrumentUnknown, &name, ("法规", "instrument"), known));
                        }
                        yields_to.push(YieldsTo::Instrument(name.text));
                    }
                    Yielded::Violation(name) => {
                        self.stem_known(&name);
                        yields_to.push(YieldsTo::Violation(name.text));
                    }
                }
            }
        }
        NormRelations {
            yields_to,
            same_conduct: self.stems(clauses, Keyword::SameConduct),
            special_to: self.stems(clauses, Keyword::SpecialTo),
            heavier_applies: clauses.one(Keyword::HeavierApplies).is_some(),
        }
    }

    /// The ids and stems of violations that a clause names.
    pub(super) fn stems(&mut self, clauses: &mut Clauses, keyword: Keyword) -> Vec<Arc<str>> {
        let Some(Body::Names(names)) = clauses.one(keyword).map(|clause| clause.body) else {
            return Vec::new();
        };
        names.iter().for_each(|name| self.stem_known(name));
        names.into_iter().map(|name| name.text).collect()
    }

    /// Reports an id or stem that no violation has.
    fn stem_known(&mut self, name: &Name) {
        if !self.symbols.violations.names().any(|id| is_stem(&name.text, id)) {
            let known = self.symbols.violations.names();
            self.errors.push(unknown(Code::ViolationUnknown, name, ("违法行为", "violation"), known));
        }
    }
}
