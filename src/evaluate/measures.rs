//! Stage 11: orders and other measures that go with the outcome.

use super::{Candidate, MeasureResult, OfficerOption};
use crate::program::MeasureGroup;
use crate::trail::StepKind;

impl Candidate<'_> {
    /// What the violation and the tiers that apply bring.
    pub(super) fn violation_measures(&mut self) {
        let version = self.version;
        self.groups(&version.measures);
        for tier in &version.tiers {
            if self.tiers.contains(&tier.rule) {
                self.groups(&tier.measures);
            }
        }
        if self.measures.is_empty() && self.options.is_empty() {
            self.recorder.step(StepKind::NothingDeclared, crate::source::Span::NOWHERE, None, None);
        }
    }

    /// What goes with a waiver, should the officer choose it.
    pub(super) fn with_waiver(&mut self, groups: &[MeasureGroup]) -> Vec<MeasureResult> {
        let mut results = Vec::new();
        for group in groups {
            for (rule, approval) in &group.measures {
                self.recorder.step(StepKind::MeasureChoice(*rule), group.span, Some(self.version.rule), None);
                self.rests_on(*rule);
                results.push(MeasureResult { rule: *rule, approval: approval.clone() });
            }
        }
        results
    }

    pub(super) fn groups(&mut self, groups: &[MeasureGroup]) {
        for group in groups {
            let choice = group.may || group.measures.len() > 1;
            for (rule, _) in &group.measures {
                let kind = if choice { StepKind::MeasureChoice(*rule) } else { StepKind::Measure(*rule) };
                self.recorder.step(kind, group.span, Some(self.version.rule), None);
                self.rests_on(*rule);
            }
            let results: Vec<MeasureResult> = group
                .measures
                .iter()
                .map(|(rule, approval)| MeasureResult { rule: *rule, approval: approval.clone() })
                .collect();
            match (group.may, choice) {
                (true, _) => self.options.push(OfficerOption::Measures(results)),
                (false, true) => self.options.push(OfficerOption::OneOf(results)),
                (false, false) => self.measures.extend(results),
            }
        }
    }
}
