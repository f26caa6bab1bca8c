//! What some kinds of party are threatened with.

use crate::resolved::{PartyKind, Target, Written};
use crate::typed::Typed;

use super::Checker;

impl Checker<'_> {
    pub(super) fn targets(&mut self, targets: &[Target<Written>]) -> Vec<Target<Typed>> {
        targets.iter().map(|target| self.target(target)).collect()
    }

    fn target(&mut self, target: &Target<Written>) -> Target<Typed> {
        // Only a responsible person has a unit whose penalty can be asked for.
        self.infer.scope.of_unit = target.who.iter().eq([PartyKind::Responsible]);
        let when = self.optional_condition(target.when.as_ref());
        self.infer.scope.of_unit = false;
        Target {
            who: target.who,
            label: target.label.clone(),
            basis: target.basis.clone(),
            status: target.status,
            note: target.note.clone(),
            when,
            fine: target.fine.as_ref().map(|fine| self.fine(fine)),
            measures: self.measure_groups(&target.measures, true),
            span: target.span,
        }
    }
}
