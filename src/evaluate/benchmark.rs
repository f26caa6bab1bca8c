//! Stage 7: the discretion benchmark, most local first.

use super::Candidate;
use super::band::Band;
use super::knowledge::Known;
use crate::program::{
    BenchmarkStep, BenchmarkVersion, FactorKind, FactorProgram, PartyKind, RuleId, Violation, WeightsProgram,
};
use crate::source::Span;
use crate::syntax::HitPolicy;
use crate::trail::{Problem, StepKind, Truth, Verdict};
use crate::value::{Date, Number, RoundingMode, Value};

/// The benchmark that is used for a violation on a day in an area: the most local one in force for that kind of party.
pub(crate) fn benchmark_on<'a>(
    violation: &'a Violation,
    day: Date,
    area: &str,
    kind: PartyKind,
) -> Option<&'a BenchmarkVersion> {
    let in_force = |each: &&BenchmarkVersion| each.in_force.holds_on(day) && super::covers(&each.area, area);
    violation.benchmarks.iter().filter(in_force).find(|each| each.subjects.contains(kind))
}

/// What the benchmark gives.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Benchmark {
    /// The amount, or the band the officer picks in; `None` when no benchmark covers the violation or it cannot be worked out yet.
    pub(super) amount: Option<Band>,
    /// How amounts are rounded, and the rule that says so.
    pub(super) rounding: Option<(RoundingMode, Number, RuleId)>,
    /// No benchmark covers the violation: the officer fixes the amount.
    pub(super) left_to_officer: bool,
}

impl<'a> Candidate<'a> {
    pub(super) fn benchmark(&mut self) -> Benchmark {
        // A fixed sum leaves no room for discretion.
        if let (Some(min), Some(max)) = (self.range.min, self.range.max)
            && min == max
        {
            self.band = Some(Band::point(min).range());
            self.recorder.step(StepKind::FixedSum, Span::NOWHERE, Some(self.range_rule), Some(Value::Money(min)));
            return Benchmark { amount: Some(Band::point(min)), rounding: None, left_to_officer: false };
        }
        let Some(benchmark) = self.chosen_benchmark() else {
            self.recorder.step(StepKind::NoBenchmark, Span::NOWHERE, Some(self.version.rule), None);
            return Benchmark { left_to_officer: true, ..Benchmark::default() };
        };
        self.rests_on(benchmark.rule);
        self.decided_by.insert(0, benchmark.rule);
        let span = self.program.rule(benchmark.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = self.recorder.open(StepKind::Rule(Verdict::Applied), span, Some(benchmark.rule));
        // A benchmark that came after the act uses what was in force beside it.
        let day = if benchmark.in_force.holds_on(self.day) { self.day } else { self.case.decided_on };
        let known = self.on_day(day, |candidate| candidate.worked_out(benchmark));
        self.recorder.close(open, StepKind::Rule(Verdict::Applied), known.value());
        if let (None, Some(Value::Range(range))) = (benchmark.band, known.value()) {
            self.band = Some(range);
        }
        let amount = known.value().and_then(Band::of);
        self.open |= amount.is_none();
        Benchmark { amount, rounding: benchmark.rounding, left_to_officer: false }
    }

    /// The steps one after another, then the amount.
    fn worked_out(&mut self, benchmark: &'a BenchmarkVersion) -> Known {
        self.steps.clear();
        for step in &benchmark.steps {
            let known = match step {
                BenchmarkStep::Weights(rule, weights, span) => self.weights(*rule, weights, *span),
                BenchmarkStep::Let(rule, value) => self.computed(value.root, value.span, Some(*rule)),
            };
            self.steps.push(known);
        }
        if let Some(band) = benchmark.band {
            self.find_band(band, benchmark.rule);
        }
        self.computed(benchmark.fine.root, benchmark.fine.span, Some(benchmark.rule))
    }

    /// The discretion tier the case falls into, of which the ends have names from here on.
    fn find_band(&mut self, band: crate::program::Expression, rule: RuleId) {
        let asked = self.asked();
        let open = self.recorder.open(StepKind::Band, band.span, Some(rule));
        let known = self.value(band.root);
        self.recorder.close(open, StepKind::Band, known.value());
        self.unestablished(known, band.span);
        if let Known::Value(Value::Range(range)) = known {
            self.band = Some(range);
            self.forget(asked);
        }
        self.band_open = self.band.is_none();
    }

    /// What an end of the discretion tier is where there is none: not known yet, or not named by the benchmark.
    pub(super) fn no_band(&mut self, span: Span) -> Known {
        if self.band_open { Known::NotAsked } else { self.fail(Problem::NoBand, span) }
    }

    /// The most local benchmark in force; others in force are named as passed over.
    ///
    /// A benchmark tells the office how to use a range that was the law already. One that came into force between act and
    /// decision is therefore used when there was none on the day of the act.
    fn chosen_benchmark(&mut self) -> Option<&'a BenchmarkVersion> {
        self.name_expired_benchmarks();
        let violation = self.violation;
        let on = |day: Date, candidate: &Self| {
            violation
                .benchmarks
                .iter()
                .filter(|each| each.in_force.holds_on(day) && candidate.covers(&each.area))
                .collect::<Vec<_>>()
        };
        let kind = self.matter.judged.kind;
        let mut found = on(self.day, self);
        if !found.iter().any(|each| each.subjects.contains(kind)) {
            found = on(self.case.decided_on, self);
        }
        let (found, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|each| each.subjects.contains(kind));
        for other in others {
            let span = self.program.rule(other.rule).map_or(Span::NOWHERE, |rule| rule.span);
            self.recorder.step(StepKind::Rule(Verdict::OtherParty), span, Some(other.rule), None);
        }
        let mut found = found.into_iter();
        let first = found.next()?;
        for other in found {
            let span = self.program.rule(other.rule).map_or(Span::NOWHERE, |rule| rule.span);
            self.recorder.step(StepKind::Rule(Verdict::PassedOver), span, Some(other.rule), None);
        }
        Some(first)
    }

    fn computed(&mut self, root: crate::program::NodeId, span: Span, rule: Option<RuleId>) -> Known {
        let asked = self.asked();
        let open = self.recorder.open(StepKind::Computed, span, rule);
        let known = self.value(root);
        self.recorder.close(open, StepKind::Computed, known.value());
        self.unestablished(known, span);
        if known.value().is_some() {
            self.forget(asked);
        }
        known
    }

    /// An amount that rests on what cannot be established has no answer in the rules.
    fn unestablished(&mut self, known: Known, span: Span) {
        if known == Known::Unestablished {
            self.fail(Problem::NotEstablished, span);
        }
    }

    fn weights(&mut self, rule: RuleId, weights: &WeightsProgram, span: Span) -> Known {
        let open = self.recorder.open(StepKind::Weights, span, Some(rule));
        let mut sum: Option<Known> = None;
        if let Some(start) = weights.start {
            let open = self.recorder.open(StepKind::Start, start.span, Some(rule));
            let known = self.value(start.root);
            self.recorder.close(open, StepKind::Start, known.value());
            sum = Some(known);
        }
        for factor in &weights.factors {
            let known = self.factor(factor);
            sum = Some(match sum {
                None => known,
                Some(sum) => sum.both(known, |sum, points| match sum.plus(points) {
                    Some(total) => Known::Value(total),
                    None => self.fail(Problem::Arithmetic, span),
                }),
            });
        }
        let mut total = sum.unwrap_or(Known::Failed);
        for (limit, is_cap) in [(weights.cap, true), (weights.floor, false)] {
            let Some(limit) = limit else { continue };
            let bound = self.value(limit.root);
            total = total.both(bound, |sum, bound| {
                let beyond = if is_cap { sum > bound } else { sum < bound };
                let number = sum.as_number().unwrap_or(Number::ZERO);
                if !beyond {
                    return Known::Value(sum);
                }
                let kind = if is_cap { StepKind::Capped(number) } else { StepKind::Floored(number) };
                self.recorder.step(kind, limit.span, Some(rule), Some(bound));
                Known::Value(bound)
            });
        }
        self.recorder.close(open, StepKind::Weights, total.value());
        total
    }

    pub(super) fn factor(&mut self, factor: &FactorProgram) -> Known {
        let asked = self.asked();
        let span = self.program.rule(factor.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = self.recorder.open(StepKind::Factor, span, Some(factor.rule));
        let (known, row) = match &factor.kind {
            FactorKind::Keyed(key, index) => match self.value(key.root) {
                Known::Value(value) => {
                    let mut hits = Hits::default();
                    index.matches(&[Some(value)], |row| hits.push(row));
                    self.pick(&factor.rows, hits.rows(), factor.hit, span)
                }
                other => match self.rows_possible(key.root, index) {
                    Some(hits) => self.pick(&factor.rows, &hits, factor.hit, span),
                    None => (other, None),
                },
            },
            FactorKind::Conditions(conditions) => self.first_of_conditions(conditions, factor, span),
        };
        if known == Known::Unestablished {
            if factor.lowest_when_unestablished {
                let all: Vec<usize> = (0..factor.rows.len()).collect();
                let (lowest, row) = self.pick(&factor.rows, &all, HitPolicy::Lowest, span);
                self.recorder.close_with(open, |step| {
                    step.kind = StepKind::FactorAtLowest;
                    step.value = lowest.value();
                    step.span = row.unwrap_or(span);
                });
                if lowest.value().is_some() {
                    self.forget(asked);
                }
                return lowest;
            }
            self.unestablished(known, span);
        }
        self.recorder.close_with(open, |step| {
            step.value = known.value();
            step.span = row.unwrap_or(span);
        });
        if known.value().is_some() {
            self.forget(asked);
        }
        known
    }

    /// Rows that are conditions. A row that is open does not matter when it could not change the result.
    fn first_of_conditions(
        &mut self,
        conditions: &[crate::program::Expression],
        factor: &FactorProgram,
        span: Span,
    ) -> (Known, Option<Span>) {
        let (mut hits, mut open_rows, mut unestablished) = (Vec::new(), Vec::new(), false);
        for (index, condition) in conditions.iter().enumerate() {
            let step = self.recorder.open(StepKind::Condition(Truth::Unknown), condition.span, None);
            let asked = self.asked();
            let known = self.value(condition.root);
            if known.value().is_some() {
                // The row is settled, so what it left unknown does not matter.
                self.forget(asked);
            }
            self.recorder.close(step, StepKind::Condition(known.truth()), None);
            match known {
                Known::Value(Value::Bool(true)) => hits.push(index),
                Known::Value(_) => {}
                Known::Unestablished => unestablished = true,
                Known::NotAsked | Known::Failed => open_rows.push(index),
            }
            if factor.hit == HitPolicy::First && !hits.is_empty() {
                break;
            }
        }
        if hits.is_empty() && open_rows.is_empty() && unestablished {
            return (Known::Unestablished, None);
        }
        if hits.is_empty() && !open_rows.is_empty() {
            return (Known::NotAsked, None);
        }
        let picked = self.pick(&factor.rows, &hits, factor.hit, span);
        let harmless = |candidate: &Self, row: usize| {
            let result = factor.rows.get(row).and_then(|row| candidate.constant(row.result.root));
            match (factor.hit, result, picked.0.value()) {
                (HitPolicy::Highest, Some(result), Some(best)) => result <= best,
                (HitPolicy::Lowest, Some(result), Some(best)) => result >= best,
                _ => false,
            }
        };
        if open_rows.iter().all(|row| harmless(self, *row)) { picked } else { (Known::NotAsked, None) }
    }

    fn constant(&self, id: crate::program::NodeId) -> Option<Value> {
        let node = usize::try_from(id.0).ok().and_then(|index| self.program.nodes.get(index));
        match node {
            Some(crate::program::Node::Constant(value)) => Some(*value),
            _ => None,
        }
    }
}

/// The rows that match: one, nearly always, so it needs no allocation.
#[derive(Debug, Default)]
struct Hits {
    first: [usize; 4],
    count: usize,
    more: Vec<usize>,
}

impl Hits {
    fn push(&mut self, row: usize) {
        match self.first.get_mut(self.count) {
            Some(slot) if self.more.is_empty() => {
                *slot = row;
                self.count = self.count.saturating_add(1);
            }
            _ => {
                if self.more.is_empty() {
                    self.more.extend_from_slice(&self.first);
                }
                self.more.push(row);
            }
        }
    }

    fn rows(&self) -> &[usize] {
        if self.more.is_empty() { self.first.get(..self.count).unwrap_or(&[]) } else { &self.more }
    }
}
