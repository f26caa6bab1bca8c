//! What may be asked of a fact itself, whatever its value: whether there is none, and whether it is established.

use super::Candidate;
use super::knowledge::Known;
use crate::case::Knowledge;
use crate::program::FactId;
use crate::source::Span;
use crate::trail::{Operand, Origin, StepKind};
use crate::value::Value;

impl Candidate<'_> {
    /// Whether the case says that there is none.
    pub(super) fn absent(&mut self, id: FactId, span: Span) -> Known {
        match self.view.fact(id) {
            Some(Knowledge::Absent) => {
                self.input(Operand::Fact(id), Origin::Absent, span, Known::Failed);
                Known::from_bool(true)
            }
            // A value, given or presumed, is something; what is not known of it is not known of its absence.
            _ => self.fact(id, span).then(|_| Known::from_bool(false)),
        }
    }

    /// Whether the case gives a value or says that there is none. A presumption establishes nothing.
    pub(super) fn established(&mut self, id: FactId, span: Span) -> Known {
        let step = |candidate: &mut Self, origin: Origin, value: Option<Value>| {
            candidate.recorder.step(StepKind::Input(Operand::Fact(id), origin), span, None, value);
        };
        match self.view.fact(id) {
            Some(Knowledge::Value(value)) => {
                step(self, Origin::Given, Some(value));
                Known::from_bool(true)
            }
            Some(Knowledge::Records(_)) => {
                step(self, Origin::Given, None);
                Known::from_bool(true)
            }
            Some(Knowledge::Absent) => {
                step(self, Origin::Absent, None);
                Known::from_bool(true)
            }
            Some(Knowledge::Unestablished) => {
                step(self, Origin::Unestablished, None);
                Known::from_bool(false)
            }
            None => {
                if !self.facts_to_ask.contains(&id) {
                    self.facts_to_ask.push(id);
                }
                step(self, Origin::NotAsked, None);
                Known::NotAsked
            }
        }
    }
}
