//! Stage 3: what stands against a penalty, such as limitation of time.

use super::Candidate;
use crate::resolved::BarOutcome;
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};

impl Candidate<'_> {
    /// The outcome of the bars; `None` when none applies or it cannot be said yet. One that rules out any penalty ends the
    /// matter; one that rules out only the fine leaves the others to be looked at.
    pub(super) fn bars(&mut self) -> Option<BarOutcome> {
        let program = self.program;
        let (asked, was_open, day) = (self.asked(), self.open, self.day);
        let (mut any, mut no_fine) = (false, None);
        for bar in program.bars.iter().filter(|bar| bar.in_force.holds_on(day)) {
            if !(self.covers(&bar.area) && bar.covers.includes(&self.act.violation_id)) {
                continue;
            }
            any = true;
            self.rests_on(bar.rule);
            let span = program.rule(bar.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(bar.rule));
            let verdict = match self.condition(&bar.condition) {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown => {
                    self.open = true;
                    Verdict::Unknown
                }
            };
            self.recorder.close(open, StepKind::Rule(verdict), None);
            if verdict == Verdict::Applied && bar.outcome == BarOutcome::NoFine {
                self.decided_by.insert(0, bar.rule);
                no_fine = Some(BarOutcome::NoFine);
            } else if verdict == Verdict::Applied {
                // One bar is enough, whatever others leave open.
                self.forget(asked);
                self.open = was_open;
                self.decided_by.insert(0, bar.rule);
                return Some(bar.outcome);
            }
        }
        if !any {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
        no_fine
    }
}
