//! Functions of values: averages, powers, and values held inside a range.

use super::Candidate;
use super::knowledge::Known;
use crate::program::NodeId;
use crate::source::Span;
use crate::trail::StepKind;
use crate::value::{Number, Value};

/// The highest power: levels are small, and figures stay exact.
const HIGHEST_POWER: i64 = 16;

impl Candidate<'_> {
    pub(super) fn average(&mut self, parts: &[NodeId]) -> Known {
        let mut sum: Option<Known> = None;
        for part in parts {
            let known = self.value(*part);
            sum = Some(match sum {
                None => known,
                Some(sum) => sum.both(known, |sum, part| self.exact(sum.plus(part))),
            });
        }
        let count = i64::try_from(parts.len()).map(Number::integer).unwrap_or(Number::ONE);
        sum.unwrap_or(Known::Failed).then(|sum| self.exact(sum.divided_by(Value::Number(count))))
    }

    /// A value held inside a range; a step shows it where the value changes.
    pub(super) fn clamp(&mut self, value: NodeId, band: NodeId) -> Known {
        let (value, band) = (self.value(value), self.value(band));
        value.both(band, |value, band| {
            let Some((number, (low, high))) = value.as_number().zip(band.ends()) else {
                return self.exact(None);
            };
            let like = |number| match value {
                Value::Percent(_) => Value::Percent(number),
                Value::Number(_) => Value::Number(number),
                _ => Value::Money(number),
            };
            let (kind, held) = if number > high {
                (StepKind::Capped(number), like(high))
            } else if number < low {
                (StepKind::Floored(number), like(low))
            } else {
                return Known::Value(value);
            };
            self.recorder.step(kind, Span::NOWHERE, None, Some(held));
            Known::Value(held)
        })
    }
}

/// A number to a whole power from 0 to 16.
pub(super) fn power(base: Value, exponent: Value) -> Option<Value> {
    let (base, exponent) = (base.as_number()?, exponent.as_number()?);
    let times = (0..=HIGHEST_POWER).find(|times| Number::integer(*times) == exponent)?;
    (0..times).try_fold(Number::ONE, |product, _| product.multiply(base)).map(Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_whole_and_small() {
        let number = |number| Value::Number(Number::integer(number));
        assert_eq!(power(number(3), number(4)), Some(number(81)));
        assert_eq!(power(number(3), number(0)), Some(number(1)));
        assert_eq!(power(number(3), number(17)), None);
        assert_eq!(power(number(3), number(-1)), None);
    }
}
