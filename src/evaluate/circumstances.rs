//! Stage 8: circumstances that make the fine lighter, reduced or heavier.
//!
//! Each circumstance starts from the amount of the benchmark, and the differences are added up: the result does not depend
//! on an order among them (docs/decisions/circumstances-add-up.md).

use super::band::{Band, Reached};
use super::knowledge::Known;
use super::{Candidate, OfficerOption};
use crate::program::{AdjustmentRule, CountedTwice, Expression, Force, RuleId};
use crate::source::Span;
use crate::trail::{Operand, Problem, StepKind, Truth, Verdict};
use crate::value::{Number, RoundingMode};

/// The amount after circumstances.
#[derive(Clone, Debug)]
pub(super) struct Adjusted {
    /// The amount, or the amounts reached from the band the benchmark gave.
    pub(super) amount: Reached,
    /// A reducing circumstance applied: the fine may go below the minimum.
    pub(super) reduced: bool,
    /// So it would without any choice of the officer.
    reduced_by_duty: bool,
    /// Circumstances the officer may use.
    choices: Vec<AdjustmentChoice>,
}

/// A circumstance the officer may use.
#[derive(Clone, Debug)]
struct AdjustmentChoice {
    rule: RuleId,
    /// What it changes, as far as it can be worked out.
    change: Option<Reached>,
    /// Whether it lets the fine go below the minimum.
    reduced: bool,
    /// Whether the amount includes it.
    used: bool,
    depends_on: Vec<Operand>,
    problem: Option<Problem>,
}

impl Candidate<'_> {
    /// The amount after the circumstances that apply.
    pub(super) fn circumstances(&mut self, start: Band) -> Adjusted {
        let amount = Reached::start(start);
        let mut adjusted = Adjusted { amount, reduced: false, reduced_by_duty: false, choices: Vec::new() };
        self.each_circumstance(|candidate, rule, verdict| {
            if matches!(verdict, Verdict::Applied | Verdict::Choice) && candidate.has_room(rule) {
                candidate.adjust(rule, verdict, start, &mut adjusted);
            }
        });
        adjusted
    }

    /// Circumstances without an amount to start from. Where the officer fixes the amount, those that hold are named for it;
    /// where the amount is still open, what they need to know is asked at once.
    pub(super) fn weigh_circumstances(&mut self, left_to_officer: bool) {
        self.each_circumstance(|candidate, rule, verdict| {
            if left_to_officer && matches!(verdict, Verdict::Applied | Verdict::Choice) {
                candidate.has_room(rule);
                let shall = verdict == Verdict::Applied;
                candidate.options.push(OfficerOption::Weigh { rule: rule.rule, shall, reduced: rule.reduced });
                if shall {
                    candidate.decided_by.push(rule.rule);
                }
            }
        });
    }

    /// Considers each circumstance in force, as a step that holds its conditions and what `take_effect` adds.
    fn each_circumstance(&mut self, mut take_effect: impl FnMut(&mut Self, &AdjustmentRule, Verdict)) {
        let program = self.program;
        let day = self.day;
        let mut any = false;
        for rule in program.circumstances.iter().filter(|rule| rule.in_force.holds_on(day)) {
            if !(self.covers(&rule.area) && rule.covers.includes(&self.act.violation_id)) {
                continue;
            }
            any = true;
            // Whether it applies or not, the amount rests on it.
            self.rests_on(rule.rule);
            let span = program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(rule.rule));
            let verdict = match (self.condition(&rule.condition), rule.force) {
                (Truth::False, _) => Verdict::Failed,
                (Truth::Unknown, _) => {
                    self.open = true;
                    Verdict::Unknown
                }
                (Truth::True, Force::Shall) => Verdict::Applied,
                (Truth::True, Force::May(_)) => Verdict::Choice,
            };
            take_effect(self, rule, verdict);
            if matches!(verdict, Verdict::Applied | Verdict::Choice) {
                self.counts_twice(rule.counted_twice.as_ref(), rule.rule);
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
        if !any {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }

    /// Whether a circumstance can change anything, which is said where it cannot.
    fn has_room(&mut self, rule: &AdjustmentRule) -> bool {
        let fixed = self.is_fixed_sum() && !rule.reduced;
        if fixed || (rule.reduced && self.range.min.is_none()) {
            self.recorder.step(StepKind::NoRoom(fixed), rule.effect.span, Some(rule.rule), None);
        }
        !fixed
    }

    fn adjust(&mut self, rule: &AdjustmentRule, verdict: Verdict, start: Band, adjusted: &mut Adjusted) {
        self.fine = Some(start);
        let used = verdict == Verdict::Applied || matches!(rule.force, Force::May(true));
        if !used {
            // The amount does not include it, so what it leaves open leaves the amount as certain as it was.
            let (change, depends_on, problem) =
                self.beside(|candidate| candidate.change(rule.effect, start, rule.rule));
            let (rule, reduced) = (rule.rule, rule.reduced);
            adjusted.choices.push(AdjustmentChoice { rule, change, reduced, used, depends_on, problem });
            return;
        }
        let Some(change) = self.change(rule.effect, start, rule.rule) else { return };
        if verdict == Verdict::Choice {
            let (rule, change, reduced) = (rule.rule, Some(change), rule.reduced);
            let (depends_on, problem) = (Vec::new(), None);
            adjusted.choices.push(AdjustmentChoice { rule, change, reduced, used, depends_on, problem });
        } else {
            adjusted.reduced_by_duty |= rule.reduced;
            self.decided_by.push(rule.rule);
        }
        adjusted.reduced |= rule.reduced;
        match adjusted.amount.plus(change) {
            Some(amount) => adjusted.amount = amount,
            None => {
                self.fail(Problem::Arithmetic, rule.effect.span);
            }
        }
    }

    /// Works out what is not part of the answer, with what it would have asked and why it cannot be worked out.
    fn beside<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Operand>, Option<Problem>) {
        let (open, problems) = (self.open, self.problems.clone());
        let (result, depends_on) = self.asking(work);
        let problem = self.problems.get(problems.len()).copied();
        self.open = open;
        self.problems = problems;
        (result, depends_on, problem)
    }

    /// Notes that a fact counts a second time, which the rules mean.
    pub(super) fn counts_twice(&mut self, twice: Option<&CountedTwice>, rule: RuleId) {
        if let Some(twice) = twice.filter(|twice| twice.violations.contains(&self.act.violation_id)) {
            self.recorder.step(StepKind::CountedTwice, twice.span, Some(rule), None);
        }
    }

    /// How much an effect changes the amount it starts from; of a band, at either end.
    pub(super) fn change(&mut self, effect: Expression, start: Band, rule: RuleId) -> Option<Reached> {
        if start.amount().is_none() && !self.in_proportion(effect) {
            return None;
        }
        let from_low = self.change_at(effect, start.low, rule)?;
        let from_high = match start.amount() {
            Some(_) => from_low,
            None => self.change_at(effect, start.high, rule)?,
        };
        Some(Reached::new(from_low, from_high))
    }

    fn change_at(&mut self, effect: Expression, start: Number, rule: RuleId) -> Option<Band> {
        let asked = self.asked();
        let before = self.fine.replace(Band::point(start));
        let open = self.recorder.open(StepKind::Adjusted(start), effect.span, Some(rule));
        let known = self.value(effect.root);
        self.recorder.close(open, StepKind::Adjusted(start), known.value());
        self.fine = before;
        let change = known
            .value()
            .and_then(Band::of)
            .and_then(|amount| Some(Band { low: amount.low.subtract(start)?, high: amount.high.subtract(start)? }));
        match (change, known) {
            (Some(_), _) => self.forget(asked),
            (None, Known::Unestablished) => {
                self.fail(Problem::NotEstablished, effect.span);
            }
            (None, _) => self.open = true,
        }
        change
    }

    /// The fine each choice of the officer leads to, held and rounded like any other.
    pub(super) fn officer_amounts(&mut self, adjusted: &Adjusted, rounding: Option<(RoundingMode, Number, RuleId)>) {
        for choice in &adjusted.choices {
            let AdjustmentChoice { rule, change, reduced, used, .. } = choice;
            // A recommended choice is in the amount already; its alternative is the amount without it, and without what
            // it allows.
            let other = change
                .and_then(|change| if *used { adjusted.amount.without(change) } else { adjusted.amount.plus(change) });
            let by_another = adjusted.choices.iter().any(|each| each.rule != *rule && each.reduced && each.used);
            let may_reduce = adjusted.reduced_by_duty || by_another || (*reduced && !used);
            let (fine, depends_on, problem) = self.beside(|candidate| {
                let amount = other?.band();
                let amount = candidate.quietly(|candidate| candidate.after_credit(amount))?;
                candidate.quietly(|candidate| candidate.bounds(amount, may_reduce, rounding))
            });
            let known = fine.is_some();
            let mut depends_on = if known { Vec::new() } else { depends_on };
            depends_on.extend(choice.depends_on.iter().filter(|_| !known));
            let problem = problem.or(choice.problem).filter(|_| !known);
            let (rule, fine, included) = (*rule, fine.map(Band::range), *used);
            self.options.push(OfficerOption::Circumstance { rule, fine, included, depends_on, problem });
        }
    }

    /// Works something out without leaving steps: it is another branch, not this one.
    fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut silent = crate::trail::Recorder::new(false);
        std::mem::swap(self.recorder, &mut silent);
        let result = work(self);
        std::mem::swap(self.recorder, &mut silent);
        result
    }
}
