//! Stage 13: what the result requires. Procedure is always that of the day of the decision.

use super::{Candidate, Notice};
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};
use crate::value::Number;

impl Candidate<'_> {
    /// Notes what a result with this fine requires.
    pub(super) fn procedure(&mut self, fine: Option<Number>) {
        let program = self.program;
        let decided_on = self.case.decided_on;
        // What procedure asks for or cannot work out does not open the outcome again.
        let asked = self.asked();
        let mut any = false;
        self.fine = fine;
        for rule in program.procedures.iter().filter(|rule| rule.in_force.holds_on(decided_on)) {
            if !(self.covers(&rule.area) && rule.covers.includes(&self.act.violation_id)) {
                continue;
            }
            any = true;
            let span = program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(rule.rule));
            let verdict = match self.condition(&rule.condition) {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown => Verdict::Unknown,
            };
            if verdict != Verdict::Failed {
                self.rests_on(rule.rule);
                let stated = self.stated(&rule.states, rule.rule);
                self.notices.push(Notice {
                    rule: rule.rule,
                    requires: rule.requires.clone(),
                    within: rule.within,
                    certain: verdict == Verdict::Applied,
                    stated,
                });
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
        self.forget(asked);
        if !any {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }
}
