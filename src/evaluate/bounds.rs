//! Stage 10: the amount is held inside the statutory range, then rounded. Both are visible steps.

use super::Candidate;
use super::band::Band;
use crate::program::RuleId;
use crate::source::Span;
use crate::trail::{Adjustment, Problem, StepKind};
use crate::value::{Number, RoundingMode, Value};

impl Candidate<'_> {
    /// Holds and rounds an amount, or both ends of a band.
    pub(super) fn bounds(
        &mut self,
        band: Band,
        reduced: bool,
        rounding: Option<(RoundingMode, Number, RuleId)>,
    ) -> Option<Band> {
        let low = self.hold_and_round(band.low, reduced, rounding)?;
        let high = match band.amount() {
            Some(_) => low,
            None => self.hold_and_round(band.high, reduced, rounding)?,
        };
        Some(Band { low, high })
    }

    /// Only a reducing circumstance lets the fine go below the minimum.
    fn hold_and_round(
        &mut self,
        amount: Number,
        reduced: bool,
        rounding: Option<(RoundingMode, Number, RuleId)>,
    ) -> Option<Number> {
        let held = self.hold(amount, reduced);
        let (mode, step, rule) = match rounding {
            Some((mode, step, rule)) => (mode, step, Some(rule)),
            // No rule says how to round: what cannot be paid in coin is dropped, in the party's favour.
            None => (RoundingMode::Down, Number::ratio(1, 100)?, None),
        };
        let Some(rounded) = held.round_to(step, mode) else {
            self.fail(Problem::Arithmetic, Span::NOWHERE);
            return None;
        };
        if rounded == held {
            return Some(held);
        }
        self.recorder.step(StepKind::Rounded(held, mode, step), Span::NOWHERE, rule, Some(Value::Money(rounded)));
        // Rounding may not leave the range that holding kept.
        let outside =
            |end: Option<Number>, beyond: fn(&Number, &Number) -> bool| end.is_some_and(|end| beyond(&rounded, &end));
        let below = !reduced && outside(self.range.min, |amount, min| amount < min);
        let above = outside(self.range.max, |amount, max| amount > max);
        if !(below || above) {
            return Some(rounded);
        }
        let end = self.hold(rounded, reduced);
        // An end that cannot be paid in coin is rounded into the range.
        let inward = if below { RoundingMode::Up } else { RoundingMode::Down };
        let payable = Number::ratio(1, 100).and_then(|fen| end.round_to(fen, inward));
        let Some(payable) = payable else {
            self.fail(Problem::Arithmetic, Span::NOWHERE);
            return None;
        };
        if payable != end {
            let kind = StepKind::Rounded(end, inward, Number::ratio(1, 100)?);
            self.recorder.step(kind, Span::NOWHERE, None, Some(Value::Money(payable)));
        }
        Some(payable)
    }

    fn hold(&mut self, amount: Number, reduced: bool) -> Number {
        let range = self.range;
        let (adjustment, held) = match (range.min, range.max) {
            (_, Some(max)) if amount > max => (Adjustment::HeldAtMaximum, max),
            (Some(min), _) if amount < min && reduced => (Adjustment::ReducedBelowMinimum, amount.max(Number::ZERO)),
            (Some(min), _) if amount < min => (Adjustment::HeldAtMinimum, min),
            (None, _) if amount.is_negative() => (Adjustment::HeldAtMinimum, Number::ZERO),
            _ => (Adjustment::WithinRange, amount),
        };
        let own = self.version.fine.as_ref().filter(|_| self.range_rule == self.version.rule);
        let span = own.map_or(Span::NOWHERE, |fine| fine.span);
        let kind = StepKind::Held(adjustment, amount, range);
        self.recorder.step(kind, span, Some(self.range_rule), Some(Value::Money(held)));
        held
    }
}
