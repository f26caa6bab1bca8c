//! Stage 1: who may commit the violation, and what makes the act one.

use super::Candidate;
use crate::case::PartyKind;
use crate::trail::{StepKind, Truth};

impl Candidate<'_> {
    pub(super) fn elements(&mut self) -> Truth {
        let version = self.version;
        self.rests_on(version.rule);
        let mut subject = true;
        if let Some(subjects) = version.subjects {
            subject = match self.case.party {
                PartyKind::Unit => subjects.unit,
                PartyKind::Individual => subjects.individual,
            };
            self.recorder.step(StepKind::Subject(subject), subjects.span, Some(version.rule), None);
        }
        let elements = self.condition(&version.elements);
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
