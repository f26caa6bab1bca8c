//! What a measure takes and how long it lasts.

use super::Candidate;
use super::knowledge::Known;
use crate::program::{Expression, ExtentProgram, TermEnd, TermProgram};
use crate::resolved::{MeasureClass, MeasureKind};
use crate::source::Span;
use crate::trail::{Extent, MeasureStep, StepKind, Term, TermLength, TermStart};
use crate::value::{AmountRange, Duration, Number, Value};

impl Candidate<'_> {
    pub(super) fn note(&mut self, step: MeasureStep, span: Span) {
        self.recorder.step(StepKind::OfMeasure(step), span, None, None);
    }

    pub(super) fn term_of(&mut self, term: &TermProgram, kind: MeasureKind, by_another: bool) -> Term {
        let length = |candidate: &mut Self, expression: Expression| match candidate.figure(expression) {
            Known::Value(Value::Duration(duration)) => Some(duration),
            _ => None,
        };
        let low: Option<Option<Duration>> = term.low.map(|low| length(self, low));
        let high = match term.high {
            TermEnd::At(high) => length(self, high).map_or(TermLength::Open, TermLength::Of),
            TermEnd::Life => TermLength::Life,
            TermEnd::Unspecified => TermLength::Unspecified,
        };
        // Half a range says less than it seems to: without its lower end it would read as an upper limit.
        let high = if low == Some(None) { TermLength::Open } else { high };
        let from = match &term.from {
            Some(stated) => TermStart::Stated(stated.clone()),
            None if by_another => TermStart::WithDecider,
            None if term.deadline || kind.class() == MeasureClass::Correction => TermStart::OrderServed,
            None => TermStart::DecisionEffective,
        };
        let result = Term { deadline: term.deadline, low: low.flatten(), high, up_to: term.up_to, from };
        self.note(MeasureStep::Term(result.clone()), term.span);
        result
    }

    pub(super) fn extent_of(&mut self, extent: &ExtentProgram) -> Extent {
        let high = self.figure(extent.high);
        let low = if extent.single { Some(high) } else { extent.low.map(|low| self.figure(low)) };
        let ends = low.map_or(high, |low| low.both(high, |_, high| Known::Value(high)));
        let result = match ends {
            Known::Value(value) => self.known_extent(low.and_then(Known::value), value, extent),
            Known::Unestablished => Extent::Unestablished,
            Known::NotAsked | Known::Failed => Extent::Open,
        };
        self.note(MeasureStep::Extent(result), extent.span);
        result
    }

    fn known_extent(&mut self, low: Option<Value>, high: Value, extent: &ExtentProgram) -> Extent {
        // A figure that rests on a fine left in a band lies in a band too.
        let ends = |value: Value| value.ends().or_else(|| value.as_number().map(|number| (number, number)));
        let (Some((first, top)), Some((bottom, _))) = (ends(high), ends(low.unwrap_or(high))) else {
            return Extent::Open;
        };
        let high = if matches!(high, Value::Range(_)) { Value::Money(top) } else { high };
        let mut at_least_zero = |number: Number| {
            if number.is_negative() {
                self.note(MeasureStep::BelowZero(like(number, high)), extent.span);
            }
            number.max(Number::ZERO)
        };
        let top = at_least_zero(top);
        let bottom = match low {
            _ if extent.single && first == top => Some(top),
            _ if extent.single => Some(at_least_zero(first)),
            Some(_) => Some(at_least_zero(bottom)),
            None => None,
        };
        match bottom {
            _ if top == Number::ZERO => Extent::Nothing,
            Some(bottom) if bottom == top => Extent::Figure(like(top, high)),
            // Facts put the ends in the wrong order: neither can be relied on.
            Some(bottom) if bottom > top => Extent::Open,
            bottom => Extent::Between(AmountRange { min: bottom, max: Some(top) }, high),
        }
    }

    /// What a measure takes or how long it lasts leaves the outcome as it is: a missing fact is asked for, and what cannot be
    /// worked out is said of the measure.
    fn figure(&mut self, expression: Expression) -> Known {
        let asked = self.asked();
        let known = self.value(expression.root);
        if known.value().is_none() {
            for fact in self.facts_to_ask.iter().skip(asked.facts) {
                if !self.facts_for_measures.contains(fact) {
                    self.facts_for_measures.push(*fact);
                }
            }
        }
        self.forget(asked);
        known
    }
}

/// A number in the type of another value.
fn like(number: Number, value: Value) -> Value {
    match value {
        Value::Money(_) => Value::Money(number),
        Value::Quantity(_, unit) => Value::Quantity(number, unit),
        _ => Value::Number(number),
    }
}
