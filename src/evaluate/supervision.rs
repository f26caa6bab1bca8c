//! Stage 14: how the party is supervised from now on. It follows the rules of the day of the decision and never changes the
//! penalty; what is not known of it is named with it and does not leave the outcome open.

use super::{Candidate, SupervisionResult};
use crate::program::CreditTier;
use crate::source::Span;
use crate::trail::{Operand, StepKind, Truth, Verdict};

impl Candidate<'_> {
    /// Whether any rule of supervision is in force here.
    pub(super) fn is_supervised(&self) -> bool {
        !self.due(true, self.case.decided_on).is_empty()
    }

    /// Measures of supervision that are due of themselves.
    pub(super) fn supervision(&mut self) {
        for (measure, due) in self.due(true, self.case.decided_on) {
            let span = self.program.rule(measure.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(measure.rule));
            let (truth, depends_on) = self.apart(|candidate| candidate.condition(&due.condition));
            let verdict = match truth {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown => Verdict::Unknown,
            };
            if verdict != Verdict::Failed {
                self.rests_on(measure.rule);
                let Some(measure) = self.work_out(&measure.declared) else {
                    self.recorder.close(open, StepKind::Rule(Verdict::Failed), None);
                    continue;
                };
                let certain = verdict == Verdict::Applied;
                let depends_on = if certain { Vec::new() } else { depends_on };
                self.supervise(SupervisionResult { measure, certain, depends_on });
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
    }

    /// The measures of supervision of a credit tier whose condition is not known.
    pub(super) fn supervision_of_open_tier(&mut self, tier: &CreditTier, depends_on: &[Operand]) {
        for each in tier.measures.iter().flat_map(|group| &group.measures) {
            if !self.is_supervision(each.rule) {
                continue;
            }
            let each = self.use_in_force(each, Span::NOWHERE);
            if let Some(measure) = self.work_out(each) {
                self.supervise(SupervisionResult { measure, certain: false, depends_on: depends_on.to_vec() });
            }
        }
    }

    /// Adds a measure of supervision, once; one that is certain takes the place of one that is not.
    pub(super) fn supervise(&mut self, result: SupervisionResult) {
        match self.supervision.iter_mut().find(|each| each.measure.rule == result.measure.rule) {
            Some(known) if result.certain && !known.certain => *known = result,
            Some(_) => {}
            None => self.supervision.push(result),
        }
    }
}
