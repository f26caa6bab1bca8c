//! Stage 11: orders and other measures that go with the outcome, and what is worked out of them.

use super::daily_penalty::Counted;
use super::knowledge::Known;
use super::{Candidate, ChoiceMode, MeasureChoice, MeasureResult, OfficerOption, StatedValue, SupervisionResult};
use crate::case::PartyKind;
use crate::program::{DueMeasure, MeasureGroup, MeasureRule, MeasureUse, RuleId, Stated, Target, Tier};
use crate::resolved::{BuiltInName, MeasureClass, MeasureKind};
use crate::source::Span;
use crate::trail::{MeasureStep, Operand, Problem, StepKind, Truth, Verdict};
use crate::value::Date;

impl<'a> Candidate<'a> {
    /// What the violation and the tiers that apply bring, and what is due of itself.
    pub(super) fn violation_measures(&mut self) {
        let version = self.version;
        let applying: Vec<&Tier> = version.tiers.iter().filter(|tier| self.tiers.contains(&tier.rule)).collect();
        // A tier that says anew how long or how much a measure is takes the place of the base in that.
        let anew: Vec<RuleId> = applying
            .iter()
            .flat_map(|tier| tier.measures.iter().flat_map(|group| &group.measures))
            .filter(|each| each.term.is_some() || each.extent.is_some())
            .map(|each| each.rule)
            .collect();
        if self.is_actor() {
            self.groups_without(version.rule, &version.measures, &anew);
        }
        self.target_measures(&version.targets);
        for tier in &applying {
            if self.is_actor() {
                self.groups(&tier.measures);
            }
            self.target_measures(&tier.targets);
        }
        let groups = version.measures.iter().chain(applying.iter().flat_map(|tier| &tier.measures));
        self.daily_penalty_not_provided(groups.flat_map(|group| &group.measures).map(|each| each.rule));
        let any = self.measures_due_of_themselves();
        if !any && self.measures.is_empty() && self.options.is_empty() {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }

    /// Measures that are due of themselves, in force and in the area, by the rules of `day`: those of supervision, or all
    /// others.
    pub(super) fn due(&self, supervision: bool, day: Date) -> Vec<(&'a MeasureRule, &'a DueMeasure)> {
        let program = self.program;
        // They follow the act: whoever only answers for it is reached by blocks of their own.
        let due = program.due_measures.iter().filter(|_| self.is_actor());
        due.filter_map(|rule| program.measure(*rule))
            .filter_map(|measure| Some((measure, measure.due.as_ref()?)))
            .filter(|(measure, due)| {
                (measure.kind.class() == MeasureClass::Supervision) == supervision
                    && due.in_force.holds_on(day)
                    && self.covers(&due.area)
            })
            .collect()
    }

    /// Whether there are any; each that is due is a measure like those that rules name.
    fn measures_due_of_themselves(&mut self) -> bool {
        let due = self.due(false, self.day);
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
                let result = self.work_out(&measure.declared);
                if !self.measures.iter().any(|each| each.rule == measure.rule) {
                    self.measures.extend(result);
                }
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
        !due.is_empty()
    }

    /// What the blocks for this kind of party that apply bring.
    fn target_measures(&mut self, targets: &[Target]) {
        for target in targets {
            if self.targets.contains(&target.rule) {
                self.groups_without(target.rule, &target.measures, &[]);
            }
        }
    }

    /// What goes with a waiver, should the officer choose it.
    pub(super) fn with_waiver(&mut self, groups: &[MeasureGroup]) -> Vec<MeasureResult> {
        let uses = groups.iter().flat_map(|group| group.measures.iter().map(move |each| (each, group.span)));
        let ground = self.version.rule;
        uses.filter_map(|(each, span)| self.measure(ground, each, true, span)).collect()
    }

    pub(super) fn groups(&mut self, groups: &[MeasureGroup]) {
        self.groups_without(self.version.rule, groups, &[]);
    }

    /// The same, without measures that are fixed anew elsewhere.
    fn groups_without(&mut self, ground: RuleId, groups: &[MeasureGroup], elsewhere: &[RuleId]) {
        for group in groups {
            let choice = group.may || group.measures.len() > 1;
            let mut results: Vec<MeasureResult> = Vec::new();
            for each in &group.measures {
                if elsewhere.contains(&each.rule) {
                    self.note(MeasureStep::FixedByTier(each.rule), group.span);
                } else {
                    results.extend(self.measure(ground, each, choice, group.span));
                }
            }
            let mode = if results.len() > 1 { group.mode } else { ChoiceMode::One };
            let chosen = |measures| MeasureChoice { mode, measures };
            match (group.may, results.len()) {
                (_, 0) => {}
                (true, _) => self.options.push(OfficerOption::Measures(chosen(results))),
                (false, 1) => results.into_iter().for_each(|result| self.take(result)),
                (false, _) => self.options.push(OfficerOption::OneOf(chosen(results))),
            }
        }
    }

    /// One measure, worked out as far as the facts allow. `None` when it does not reach the party.
    fn measure(&mut self, ground: RuleId, each: &MeasureUse, choice: bool, span: Span) -> Option<MeasureResult> {
        let each = self.use_in_force(each, span);
        let kind = if choice { StepKind::MeasureChoice(each.rule) } else { StepKind::Measure(each.rule) };
        let open = self.recorder.open(kind, span, Some(ground));
        let result = self.work_out(each);
        self.recorder.end(open);
        if let Some(result) = &result {
            self.rests_on(each.rule);
            result.otherwise.into_iter().for_each(|rule| self.rests_on(rule));
        }
        result
    }

    pub(super) fn work_out(&mut self, each: &MeasureUse) -> Option<MeasureResult> {
        let declared = self.program.measure(each.rule);
        if let Some(subjects) = declared.and_then(|declared| declared.subjects) {
            let reached = match self.matter.judged.kind {
                PartyKind::Unit => subjects.unit,
                PartyKind::Individual | PartyKind::Responsible => subjects.individual,
            };
            if !reached {
                self.note(MeasureStep::NotASubject(self.matter.judged.kind), subjects.span);
                return None;
            }
        }
        let kind = declared.map_or(MeasureKind::Other, |declared| declared.kind);
        let otherwise = each.otherwise.map(|rule| self.measure_in_force(rule, Span::NOWHERE));
        let named = [
            each.approval.clone().map(MeasureStep::Approval),
            each.decided_by.clone().map(MeasureStep::DecidedBy),
            each.informed.clone().map(MeasureStep::Informed),
            otherwise.map(MeasureStep::Otherwise),
        ];
        for step in named.into_iter().flatten() {
            self.note(step, Span::NOWHERE);
        }
        self.fine_asked = false;
        let term = each.term.as_ref().map(|term| self.term_of(term, kind, each.decided_by.is_some()));
        let span = self.program.rule(each.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let mut extent = each.extent.as_ref().map(|extent| self.extent_of(extent));
        let of_fine = std::mem::take(&mut self.fine_asked);
        let mut daily = None;
        match kind {
            MeasureKind::DailyPenalty => match self.daily_penalty(declared.and_then(|declared| declared.daily), span) {
                Counted::Stands(counted) => daily = counted,
                Counted::FallsAway => return None,
            },
            MeasureKind::Surcharge => match self.surcharge(declared.and_then(|declared| declared.surcharge), span) {
                Counted::Stands(counted) => extent = counted,
                Counted::FallsAway => return None,
            },
            _ => {}
        }
        Some(MeasureResult {
            rule: each.rule,
            approval: each.approval.clone(),
            decided_by: each.decided_by.clone(),
            informed: each.informed.clone(),
            otherwise,
            term,
            extent,
            daily,
            stated: self.stated_by(each.rule),
            also_under: Vec::new(),
            of_fine,
        })
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
        self.program.measure(rule).is_some_and(|measure| measure.kind.class() == MeasureClass::Supervision)
    }

    /// What a measure says. What supervision says does not leave the outcome open; what another measure says does.
    fn stated_by(&mut self, rule: RuleId) -> Vec<StatedValue> {
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
        stated
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
