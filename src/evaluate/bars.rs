//! Stage 3: what stands against a penalty, such as limitation of time.

use super::Candidate;
use crate::resolved::BarOutcome;
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};

impl Candidate<'_> {
    /// The outcome of the first bar that applies; `None` when none does or it cannot be said yet.
    pub(super) fn bars(&mut self) -> Option<BarOutcome> {
        let program = self.program;
        let (asked, was_open, day) = (self.asked(), self.open, self.day);
        let mut any = false;
        for bar in program.bars.iter().filter(|bar| bar.in_force.holds_on(day)) {
            if !self.covers(&bar.area) {
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
            if verdict == Verdict::Applied {
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
        None
    }
}
