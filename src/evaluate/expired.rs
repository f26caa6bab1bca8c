//! Lists and benchmarks whose last day is past: they are not used, and the explanation says so.

use super::Candidate;
use crate::program::RuleId;
use crate::source::Span;
use crate::trail::{StepKind, Verdict};

impl Candidate<'_> {
    /// Names the leniency lists that ended before the day whose rules are used, unless a later version of the list holds.
    pub(super) fn name_expired_lists(&mut self) {
        let (violation, day) = (self.violation, self.day);
        let holds = |name: &str| violation.lists.iter().any(|list| *list.name == *name && list.in_force.holds_on(day));
        let expired: Vec<RuleId> = violation
            .lists
            .iter()
            .filter(|list| list.in_force.to.is_some_and(|last| last < day))
            .filter(|list| self.covers(&list.area) && !holds(&list.name))
            .map(|list| list.rule)
            .collect();
        self.name_expired(&expired);
    }

    /// Names the benchmarks that ended before the day whose rules are used, unless another of their area holds then or at
    /// the decision.
    pub(super) fn name_expired_benchmarks(&mut self) {
        let (violation, day, decided_on) = (self.violation, self.day, self.case.decided_on);
        let holds = |area: &str| {
            let others = violation.benchmarks.iter().filter(|each| *each.area == *area);
            others.map(|each| each.in_force).any(|each| each.holds_on(day) || each.holds_on(decided_on))
        };
        let expired: Vec<RuleId> = violation
            .benchmarks
            .iter()
            .filter(|each| each.in_force.to.is_some_and(|last| last < day))
            .filter(|each| self.covers(&each.area) && !holds(&each.area))
            .map(|each| each.rule)
            .collect();
        self.name_expired(&expired);
    }

    fn name_expired(&mut self, expired: &[RuleId]) {
        for rule in expired {
            let span = self.program.rule(*rule).map_or(Span::NOWHERE, |rule| rule.span);
            self.recorder.step(StepKind::Rule(Verdict::Expired), span, Some(*rule), None);
        }
    }
}
