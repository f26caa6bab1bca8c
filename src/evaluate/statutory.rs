//! Stage 6: the statutory range, and the tier that replaces it.

use super::Candidate;
use super::knowledge::Known;
use crate::program::{Expression, FineBounds, Multiple, RuleId};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Truth, Verdict};
use crate::value::{AmountRange, Number, Value};

impl Candidate<'_> {
    /// The statutory range of the fine; `None` when the law gives no fine, or none that can be worked out yet.
    pub(super) fn statutory(&mut self) -> Option<AmountRange> {
        let version = self.version;
        let mut found: Vec<(RuleId, AmountRange)> = Vec::new();
        // A block for this kind of party takes the place of the fine for everybody.
        let own = self.own_blocks(&version.targets, &mut found);
        if let Some(bounds) = version.fine.as_ref().filter(|_| !own && self.is_actor()) {
            let range = self.fine_range(bounds)?;
            found.push((version.rule, range));
        }
        let mut in_tiers: Vec<(RuleId, AmountRange)> = Vec::new();
        for tier in &version.tiers {
            let span = self.program.rule(tier.rule).map_or(bounds_span(tier.fine.as_ref()), |rule| rule.span);
            let concerns = self.concerns(tier);
            if !concerns && !self.may_name_persons(&tier.targets) {
                self.recorder.step(StepKind::Rule(Verdict::OtherParty), span, Some(tier.rule), None);
                continue;
            }
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(tier.rule));
            let asked = self.asked();
            let truth = self.by_actor(|candidate| candidate.condition(&tier.condition));
            let mut range = None;
            if truth == Truth::True {
                self.rests_on(tier.rule);
                let own = self.own_blocks(&tier.targets, &mut in_tiers);
                if !own && self.is_actor() {
                    range = tier.fine.as_ref().and_then(|bounds| self.fine_range(bounds));
                }
            }
            if truth != Truth::False {
                self.name_persons(&tier.targets);
            }
            let verdict = match truth {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown if concerns => {
                    self.open = true;
                    Verdict::Unknown
                }
                Truth::Unknown => {
                    self.forget(asked);
                    Verdict::Unknown
                }
            };
            self.recorder.close(open, StepKind::Rule(verdict), range.map(Value::Range));
            in_tiers.extend(range.map(|range| (tier.rule, range)));
            if truth == Truth::True {
                self.tiers.push(tier.rule);
            }
        }
        // A tier takes the place of the base; of several the heavier one applies.
        let found = if in_tiers.is_empty() { found } else { in_tiers };
        let (rule, range) = found.into_iter().max_by(|(_, a), (_, b)| heavier(*a, *b))?;
        self.recorder.step(StepKind::StatutoryRange, self.version_span(), Some(rule), Some(Value::Range(range)));
        self.range = range;
        self.range_rule = rule;
        Some(range)
    }

    pub(super) fn fine_range(&mut self, bounds: &FineBounds) -> Option<AmountRange> {
        let base = match &bounds.multiple {
            None => None,
            Some(multiple) => Some(self.base(multiple)?),
        };
        let low = match bounds.low {
            None => None,
            Some(low) => Some(self.end_of(low, base)?),
        };
        let high = self.end_of(bounds.high, base)?;
        // A base below zero, or ends that facts put in the wrong order, make no range.
        if high.is_negative() || low.is_some_and(|low| low > high) {
            self.fail(Problem::RangeInvalid, bounds.span);
            return None;
        }
        Some(AmountRange { min: low, max: Some(high) })
    }

    fn end_of(&mut self, end: Expression, base: Option<Number>) -> Option<Number> {
        let known = self.value(end.root);
        let number = self.amount_of(known, end.span)?;
        match base {
            None => Some(number),
            Some(base) => number.multiply(base).or_else(|| {
                self.fail(Problem::Arithmetic, end.span);
                None
            }),
        }
    }

    /// The number of a value; without one the range, and so the outcome, stays open, and the reason is noted.
    fn amount_of(&mut self, known: Known, span: Span) -> Option<Number> {
        let number = known.value().and_then(Value::as_number);
        self.open |= number.is_none();
        if known == Known::Unestablished {
            self.fail(Problem::NotEstablished, span);
        }
        number
    }

    /// The base that the ends multiply, counted at its deemed floor when it is smaller.
    fn base(&mut self, multiple: &Multiple) -> Option<Number> {
        let open = self.recorder.open(StepKind::Computed, multiple.base.span, None);
        let known = self.value(multiple.base.root);
        self.recorder.close(open, StepKind::Computed, known.value());
        let real = self.amount_of(known, multiple.base.span)?;
        let Some(floor) = multiple.floor else {
            return Some(real);
        };
        let known = self.value(floor.root);
        let floor_amount = self.amount_of(known, floor.span)?;
        if floor_amount <= real {
            return Some(real);
        }
        self.recorder.step(
            StepKind::DeemedBase(real, floor_amount),
            floor.span,
            None,
            Some(Value::Money(floor_amount)),
        );
        Some(floor_amount)
    }
}

fn bounds_span(bounds: Option<&FineBounds>) -> Span {
    bounds.map_or(Span::NOWHERE, |bounds| bounds.span)
}

/// Heavier is the higher upper end, then the higher lower end.
fn heavier(a: AmountRange, b: AmountRange) -> std::cmp::Ordering {
    (a.max.is_none(), a.max, a.min).cmp(&(b.max.is_none(), b.max, b.min))
}
