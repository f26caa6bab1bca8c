//! Arithmetic on values of the rule language. `None`: the types do not fit, or the result cannot be held exactly.

use super::{AmountRange, Duration, Number, Value};

fn same_kind(a: Value, b: Value, operation: fn(Number, Number) -> Option<Number>) -> Option<Value> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => operation(a, b).map(Value::Number),
        (Value::Percent(a), Value::Percent(b)) => operation(a, b).map(Value::Percent),
        (Value::Money(a), Value::Money(b)) => operation(a, b).map(Value::Money),
        (Value::Quantity(a, unit), Value::Quantity(b, other)) if unit == other => {
            operation(a, b).map(|sum| Value::Quantity(sum, unit))
        }
        _ => None,
    }
}

/// A range with an operation done to both its ends, put in order again.
fn each_end(range: AmountRange, operation: impl Fn(Number) -> Option<Number>) -> Option<AmountRange> {
    let (a, b) = (operation(range.min?)?, operation(range.max?)?);
    Some(AmountRange { min: Some(a.min(b)), max: Some(a.max(b)) })
}

/// A range and a single value of its kind.
fn range_and_value(a: Value, b: Value, operation: fn(Number, Number) -> Option<Number>) -> Option<Value> {
    match (a, b) {
        (Value::Range(range), Value::Money(b)) => each_end(range, |end| operation(end, b)).map(Value::Range),
        (Value::Money(a), Value::Range(range)) => each_end(range, |end| operation(a, end)).map(Value::Range),
        (Value::PercentRange(range), Value::Percent(b)) => {
            each_end(range, |end| operation(end, b)).map(Value::PercentRange)
        }
        (Value::Percent(a), Value::PercentRange(range)) => {
            each_end(range, |end| operation(a, end)).map(Value::PercentRange)
        }
        (Value::NumberRange(range), Value::Number(b)) => {
            each_end(range, |end| operation(end, b)).map(Value::NumberRange)
        }
        (Value::Number(a), Value::NumberRange(range)) => {
            each_end(range, |end| operation(a, end)).map(Value::NumberRange)
        }
        _ => None,
    }
}

/// A range times a single value, in either order.
fn scaled(range: Value, by: Value) -> Option<Value> {
    match (range, by) {
        (Value::Range(range), Value::Number(by) | Value::Percent(by)) => {
            each_end(range, |end| end.multiply(by)).map(Value::Range)
        }
        (Value::PercentRange(range) | Value::NumberRange(range), Value::Money(by)) => {
            each_end(range, |end| end.multiply(by)).map(Value::Range)
        }
        (Value::PercentRange(range), Value::Number(by) | Value::Percent(by)) => {
            each_end(range, |end| end.multiply(by)).map(Value::PercentRange)
        }
        (Value::NumberRange(range), Value::Percent(by)) => {
            each_end(range, |end| end.multiply(by)).map(Value::PercentRange)
        }
        (Value::NumberRange(range), Value::Number(by)) => {
            each_end(range, |end| end.multiply(by)).map(Value::NumberRange)
        }
        _ => None,
    }
}

fn durations(a: Duration, b: Duration, operation: fn(i64, i64) -> Option<i64>) -> Option<Value> {
    (a.unit == b.unit)
        .then(|| operation(a.amount, b.amount).map(|amount| Value::Duration(Duration { amount, unit: a.unit })))
        .flatten()
}

impl Value {
    /// Sum of two values of one type, or a date some time later.
    #[must_use]
    pub fn plus(self, other: Value) -> Option<Value> {
        match (self, other) {
            (Value::Date(date), Value::Duration(duration)) => date.plus(duration).map(Value::Date),
            (Value::Duration(a), Value::Duration(b)) => durations(a, b, i64::checked_add),
            _ => same_kind(self, other, Number::plus).or_else(|| range_and_value(self, other, Number::plus)),
        }
    }

    /// Difference of two values of one type, a date some time earlier, or the days between two dates.
    #[must_use]
    pub fn minus(self, other: Value) -> Option<Value> {
        match (self, other) {
            (Value::Date(date), Value::Duration(duration)) => date.minus(duration).map(Value::Date),
            (Value::Date(later), Value::Date(earlier)) => earlier.days_until(later).map(Value::Duration),
            (Value::Duration(a), Value::Duration(b)) => durations(a, b, i64::checked_sub),
            _ => same_kind(self, other, Number::subtract).or_else(|| range_and_value(self, other, Number::subtract)),
        }
    }

    /// Product: a number or a ratio times anything that can be scaled.
    #[must_use]
    pub fn times(self, other: Value) -> Option<Value> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => a.multiply(b).map(Value::Number),
            (Value::Number(a), Value::Percent(b)) | (Value::Percent(a), Value::Number(b) | Value::Percent(b)) => {
                a.multiply(b).map(Value::Percent)
            }
            (Value::Number(a) | Value::Percent(a), Value::Money(b))
            | (Value::Money(a), Value::Number(b) | Value::Percent(b)) => a.multiply(b).map(Value::Money),
            (Value::Number(a) | Value::Percent(a), Value::Quantity(b, unit))
            | (Value::Quantity(a, unit), Value::Number(b) | Value::Percent(b)) => {
                a.multiply(b).map(|product| Value::Quantity(product, unit))
            }
            _ => scaled(self, other).or_else(|| scaled(other, self)),
        }
    }

    /// Quotient: anything by a number, or two values of one type, whose quotient is a number.
    #[must_use]
    pub fn divided_by(self, other: Value) -> Option<Value> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => a.divide(b).map(Value::Number),
            (Value::Percent(a), Value::Number(b)) => a.divide(b).map(Value::Percent),
            (Value::Money(a), Value::Number(b)) => a.divide(b).map(Value::Money),
            (Value::Quantity(a, unit), Value::Number(b)) => a.divide(b).map(|part| Value::Quantity(part, unit)),
            (Value::Percent(a), Value::Percent(b)) | (Value::Money(a), Value::Money(b)) => {
                a.divide(b).map(Value::Number)
            }
            (Value::Quantity(a, unit), Value::Quantity(b, other)) if unit == other => a.divide(b).map(Value::Number),
            (Value::Range(range), Value::Number(by)) => each_end(range, |end| end.divide(by)).map(Value::Range),
            (Value::PercentRange(range), Value::Number(by)) => {
                each_end(range, |end| end.divide(by)).map(Value::PercentRange)
            }
            (Value::NumberRange(range), Value::Number(by)) => {
                each_end(range, |end| end.divide(by)).map(Value::NumberRange)
            }
            _ => None,
        }
    }

    /// The value with its sign changed.
    #[must_use]
    pub fn negated(self) -> Option<Value> {
        match self {
            Value::Number(number) => number.negate().map(Value::Number),
            Value::Percent(number) => number.negate().map(Value::Percent),
            Value::Money(number) => number.negate().map(Value::Money),
            Value::Quantity(number, unit) => number.negate().map(|number| Value::Quantity(number, unit)),
            Value::Duration(duration) => {
                duration.amount.checked_neg().map(|amount| Value::Duration(Duration { amount, unit: duration.unit }))
            }
            _ => None,
        }
    }
}
