//! Stage 11: orders and other measures that go with the outcome.

use super::knowledge::Known;
use super::{Candidate, MeasureResult, OfficerOption, StatedValue, SupervisionResult};
use crate::program::{DueMeasure, MeasureGroup, MeasureRule, RuleId, Stated, Titles};
use crate::resolved::{BuiltInName, MeasureKind};
use crate::source::Span;
use crate::trail::{Operand, Problem, StepKind, Truth, Verdict};
use crate::value::Date;

impl<'a> Candidate<'a> {
    /// What the violation and the tiers that apply bring, and what is due of itself.
    pub(super) fn violation_measures(&mut self) {
        let version = self.version;
        self.groups(&version.measures);
        for tier in &version.tiers {
            if self.tiers.contains(&tier.rule) {
                self.groups(&tier.measures);
            }
        }
        let any = self.measures_due_of_themselves();
        if !any && self.measures.is_empty() && self.options.is_empty() {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }

    /// Measures of this kind that are due of themselves, in force and in the area, by the rules of `day`.
    pub(super) fn due(&self, kind: MeasureKind, day: Date) -> Vec<(&'a MeasureRule, &'a DueMeasure)> {
        let program = self.program;
        program
            .due_measures
            .iter()
            .filter_map(|rule| program.measure(*rule))
            .filter_map(|measure| Some((measure, measure.due.as_ref()?)))
            .filter(|(measure, due)| measure.kind == kind && due.in_force.holds_on(day) && self.covers(&due.area))
            .collect()
    }

    /// Whether there are any; each that is due is a measure like those that rules name.
    fn measures_due_of_themselves(&mut self) -> bool {
        let due = self.due(MeasureKind::Consequence, self.day);
        for (measure, due) in &due {
            let span = self.program.rule(measure.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(measure.rule));
            self.rests_on(measure.rule);
            let verdict = match self.condition(&due.condition) {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown => {
                    self.open = true;
                    Verdict::Unknown
                }
            };
            if verdict == Verdict::Applied {
                let result = self.measure(measure.rule, None);
                if !self.measures.iter().any(|each| each.rule == measure.rule) {
                    self.measures.push(result);
                }
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
        !due.is_empty()
    }

    /// What goes with a waiver, should the officer choose it.
    pub(super) fn with_waiver(&mut self, groups: &[MeasureGroup]) -> Vec<MeasureResult> {
        let mut results = Vec::new();
        for group in groups {
            for (rule, approval) in &group.measures {
                self.recorder.step(StepKind::MeasureChoice(*rule), group.span, Some(self.version.rule), None);
                self.rests_on(*rule);
                results.push(self.measure(*rule, approval.clone()));
            }
        }
        results
    }

    pub(super) fn groups(&mut self, groups: &[MeasureGroup]) {
        for group in groups {
            let choice = group.may || group.measures.len() > 1;
            let mut results = Vec::new();
            for (rule, approval) in &group.measures {
                let kind = if choice { StepKind::MeasureChoice(*rule) } else { StepKind::Measure(*rule) };
                self.recorder.step(kind, group.span, Some(self.version.rule), None);
                self.rests_on(*rule);
                results.push(self.measure(*rule, approval.clone()));
            }
            match (group.may, choice) {
                (true, _) => self.options.push(OfficerOption::Measures(results)),
                (false, true) => self.options.push(OfficerOption::OneOf(results)),
                (false, false) => results.into_iter().for_each(|result| self.take(result)),
            }
        }
    }

    /// A measure that is due: supervision has a place of its own.
    fn take(&mut self, result: MeasureResult) {
        if self.is_supervision(result.rule) {
            self.supervise(SupervisionResult { measure: result, certain: true, depends_on: Vec::new() });
        } else {
            self.measures.push(result);
        }
    }

    pub(super) fn is_supervision(&self, rule: RuleId) -> bool {
        self.program.measure(rule).is_some_and(|measure| measure.kind == MeasureKind::Supervision)
    }

    /// A measure with what it says. What supervision says does not leave the outcome open; what a measure says does.
    pub(super) fn measure(&mut self, rule: RuleId, approval: Option<Titles>) -> MeasureResult {
        let program = self.program;
        let states = program.measure(rule).map_or(&[][..], |measure| &measure.states);
        let problems = self.problems.len();
        let stated = self.stated(states, rule);
        if self.is_supervision(rule) {
            self.problems.truncate(problems);
        } else {
            for operand in stated.iter().flat_map(|each| &each.depends_on) {
                self.ask(*operand);
            }
            self.open |= stated.iter().any(|each| each.value.is_none());
        }
        MeasureResult { rule, approval, stated }
    }

    /// What a measure or notice says.
    pub(super) fn stated(&mut self, states: &[Stated], rule: RuleId) -> Vec<StatedValue> {
        states
            .iter()
            .map(|each| {
                let open = self.recorder.open(StepKind::Stated, each.value.span, Some(rule));
                let (known, depends_on) = self.asking(|candidate| candidate.value(each.value.root));
                if known == Known::Unestablished {
                    self.fail(Problem::NotEstablished, each.value.span);
                }
                let value = known.value();
                self.recorder.close(open, StepKind::Stated, value);
                let depends_on = if value.is_none() { depends_on } else { Vec::new() };
                StatedValue { label: each.label.clone(), value, depends_on }
            })
            .collect()
    }

    /// Works something out that does not leave the outcome open, with what it would have asked.
    pub(super) fn apart<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Operand>) {
        let problems = self.problems.len();
        let result = self.asking(work);
        self.problems.truncate(problems);
        result
    }

    /// Works something out, with what it would have asked.
    pub(super) fn asking<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Operand>) {
        let facts = std::mem::take(&mut self.facts_to_ask);
        let (grade, discovery) = (self.grade_asked, self.discovery_asked);
        (self.grade_asked, self.discovery_asked) = (false, false);
        let result = work(self);
        let mut asked: Vec<Operand> = self.facts_to_ask.iter().copied().map(Operand::Fact).collect();
        let built_in = [(self.grade_asked, BuiltInName::CreditGrade), (self.discovery_asked, BuiltInName::Discovered)];
        asked.extend(built_in.iter().filter(|(asked, _)| *asked).map(|(_, name)| Operand::BuiltIn(*name)));
        self.facts_to_ask = facts;
        (self.grade_asked, self.discovery_asked) = (grade, discovery);
        (result, asked)
    }

    /// Asks for what something depends on.
    pub(super) fn ask(&mut self, operand: Operand) {
        match operand {
            Operand::Fact(id) if !self.facts_to_ask.contains(&id) => self.facts_to_ask.push(id),
            Operand::BuiltIn(BuiltInName::CreditGrade) => self.grade_asked = true,
            Operand::BuiltIn(BuiltInName::Discovered) => self.discovery_asked = true,
            _ => {}
        }
    }
}
