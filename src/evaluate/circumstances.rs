//! Stage 8: circumstances that make the fine lighter, reduced or heavier.
//!
//! Each circumstance starts from the amount of the benchmark, and the differences are added up: the result does not depend
//! on an order among them (docs/decisions/circumstances-add-up.md).

use super::ChoiceFine;
use super::band::{Band, Reached};
use super::knowledge::Known;
use super::{Candidate, OfficerOption};
use crate::program::{AdjustmentRule, CountedTwice, Direction, Expression, Force, RuleId};
use crate::source::Span;
use crate::trail::{Operand, Problem, StepKind, Truth, Verdict};
use crate::value::{Number, RoundingMode};

/// The amount after circumstances.
#[derive(Clone, Debug)]
pub(super) struct Adjusted {
    /// The amount, or the amounts reached from the band the benchmark gave, by what could be worked out.
    reached: Reached,
    /// A reducing circumstance applied: the fine may go below the minimum.
    pub(super) reduced: bool,
    /// The circumstances that hold.
    held: Vec<Held>,
    /// Circumstances that belong in the amount, or may, and are not in it: what they change is not known.
    missing: Vec<RuleId>,
}

impl Adjusted {
    /// The amount; none while a circumstance that belongs in it is missing.
    pub(super) fn amount(&self) -> Option<Reached> {
        self.missing.is_empty().then_some(self.reached)
    }

    /// The amount by what could be worked out: what later stages ask of is asked at once.
    pub(super) fn so_far(&self) -> Reached {
        self.reached
    }

    /// The amount without a circumstance that belongs in it.
    fn without(&self, held: &Held) -> Option<Reached> {
        if self.missing.iter().any(|missing| *missing != held.rule) {
            return None;
        }
        match held.change {
            Some(change) if self.missing.is_empty() => self.reached.without(change),
            _ => Some(self.reached),
        }
    }
}

/// A circumstance that holds, with what it changes.
#[derive(Clone, Debug)]
struct Held {
    rule: RuleId,
    /// What it changes, as far as it can be worked out.
    change: Option<Reached>,
    /// Whether the officer may leave it unused.
    optional: bool,
    /// Whether the amount includes it.
    used: bool,
    /// Whether the fine may go below the minimum when it is used as the rules recommend.
    reduces: bool,
    /// The officer chooses between lighter and reduced.
    either: bool,
    /// What an unused one would have to know to be worked out.
    depends_on: Vec<Operand>,
    /// Why an unused one cannot be worked out, beyond what is not known.
    problem: Option<Problem>,
}

impl Candidate<'_> {
    /// The amount after the circumstances that apply.
    pub(super) fn circumstances(&mut self, start: Band) -> Adjusted {
        let reached = Reached::start(start);
        let mut adjusted = Adjusted { reached, reduced: false, held: Vec::new(), missing: Vec::new() };
        self.each_circumstance(|candidate, rule, verdict| match verdict {
            Verdict::Applied | Verdict::Choice if candidate.has_room(rule) => {
                candidate.adjust(rule, verdict, start, &mut adjusted);
            }
            Verdict::Unknown if !matches!(rule.force, Force::May(false)) => adjusted.missing.push(rule.rule),
            _ => {}
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
                candidate.options.push(OfficerOption::Weigh { rule: rule.rule, shall, direction: rule.direction });
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
        let fixed = self.is_fixed_sum() && !rule.may_reduce();
        if fixed || (rule.may_reduce() && self.range.min.is_none()) {
            self.recorder.step(StepKind::NoRoom(fixed), rule.effect.span, Some(rule.rule), None);
        }
        !fixed
    }

    fn adjust(&mut self, rule: &AdjustmentRule, verdict: Verdict, start: Band, adjusted: &mut Adjusted) {
        self.fine = Some(start);
        let optional = verdict == Verdict::Choice;
        let used = !optional || matches!(rule.force, Force::May(true));
        let (either, reduces) = (rule.direction == Direction::LighterOrReduced, rule.reduces());
        let (change, depends_on, problem) = if used {
            (self.effect(rule, start), Vec::new(), None)
        } else {
            // The amount does not include it, so what it leaves open leaves the amount as certain as it was.
            self.beside(|candidate| candidate.effect(rule, start))
        };
        let rule_id = rule.rule;
        adjusted.held.push(Held { rule: rule_id, change, optional, used, reduces, either, depends_on, problem });
        if !used {
            return;
        }
        let Some(change) = change else {
            adjusted.missing.push(rule_id);
            return;
        };
        if !optional {
            self.decided_by.push(rule_id);
        }
        if either {
            self.recorder.step(StepKind::LighterOrReduced(reduces), rule.effect.span, Some(rule_id), None);
        }
        adjusted.reduced |= reduces;
        match adjusted.reached.plus(change) {
            Some(reached) => adjusted.reached = reached,
            None => {
                self.fail(Problem::Arithmetic, rule.effect.span);
                adjusted.missing.push(rule_id);
            }
        }
    }

    /// What a circumstance changes; one that goes against its direction is not counted.
    fn effect(&mut self, rule: &AdjustmentRule, start: Band) -> Option<Reached> {
        let change = self.change(rule.effect, start, rule.rule)?;
        let against = match rule.direction {
            Direction::Heavier => change.lowers(),
            Direction::Lighter | Direction::Reduced | Direction::LighterOrReduced => change.raises(),
        };
        if against {
            self.fail(Problem::WrongDirection(rule.rule), rule.effect.span);
            return None;
        }
        Some(change)
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
        for held in &adjusted.held {
            let by_another = adjusted.held.iter().any(|each| each.rule != held.rule && each.reduces && each.used);
            let with = match held.change {
                Some(change) if !held.used => adjusted.amount().and_then(|amount| amount.plus(change)),
                Some(_) => adjusted.amount(),
                None => None,
            };
            if held.optional {
                // The alternative to a recommended choice is the amount without it, and without what it allows.
                let fine = if held.used {
                    self.choice_fine(held, adjusted.without(held), by_another, rounding)
                } else {
                    self.choice_fine(held, with, by_another || held.reduces, rounding)
                };
                let (rule, recommended) = (held.rule, held.used);
                let included = held.used && adjusted.missing.is_empty();
                self.options.push(OfficerOption::Circumstance { rule, fine, recommended, included });
            }
            if held.either {
                let lighter = self.choice_fine(held, with, by_another, rounding);
                let reduced = self.choice_fine(held, with, true, rounding);
                let recommended = held.used.then_some(held.reduces);
                self.options.push(OfficerOption::LighterOrReduced { rule: held.rule, lighter, reduced, recommended });
            }
        }
    }

    fn choice_fine(
        &mut self,
        held: &Held,
        amount: Option<Reached>,
        reduced: bool,
        rounding: Option<(RoundingMode, Number, RuleId)>,
    ) -> ChoiceFine {
        let (fine, depends_on, problem) = self.beside(|candidate| {
            let amount = amount?.band();
            let amount = candidate.quietly(|candidate| candidate.after_credit(amount))?;
            candidate.quietly(|candidate| candidate.bounds(amount, reduced, rounding))
        });
        if let Some(fine) = fine {
            return ChoiceFine { fine: Some(fine.range()), depends_on: Vec::new(), problem: None };
        }
        let depends_on = depends_on.into_iter().chain(held.depends_on.iter().copied()).collect();
        ChoiceFine { fine: None, depends_on, problem: problem.or(held.problem) }
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
