//! Stage 1: who may commit the violation, and what makes the act one.

use super::Candidate;
use crate::case::PartyKind;
use crate::trail::{StepKind, Truth};

impl Candidate<'_> {
    pub(super) fn elements(&mut self) -> Truth {
        let version = self.version;
        self.rests_on(version.rule);
        if !self.is_actor() {
            self.recorder.step(StepKind::OfUnit, crate::source::Span::NOWHERE, Some(version.rule), None);
        }
        let mut subject = true;
        if let Some(subjects) = version.subjects {
            let actor = self.matter.actor.kind;
            subject = match actor {
                PartyKind::Unit => subjects.unit,
                PartyKind::Individual | PartyKind::Responsible => subjects.individual,
            };
            self.recorder.step(StepKind::Subject(actor, subject), subjects.span, Some(version.rule), None);
        }
        let elements = self.by_actor(|candidate| candidate.condition(&version.elements));
        self.decided_by.push(version.rule);
        match elements {
            _ if !subject => {
                self.forget(super::Asked::default());
                Truth::False
            }
            Truth::Unknown => {
                self.open = true;
                Truth::Unknown
            }
            settled => settled,
        }
    }
}
