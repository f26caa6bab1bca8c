use super::Value;

/// One end of a [`Range`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End<T> {
    /// No bound on this side.
    Open,
    /// The bound belongs to the range: `[`, `>=`, `<=`.
    Included(T),
    /// The bound does not belong to the range: `(`, `>`, `<`.
    Excluded(T),
}

/// A set of values between two ends, as a table cell or a bound gives it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Range<T> {
    /// Lower end.
    pub low: End<T>,
    /// Upper end.
    pub high: End<T>,
}

impl<T: PartialOrd + Copy> Range<T> {
    /// The range that holds one value.
    #[must_use]
    pub fn point(value: T) -> Self {
        Range { low: End::Included(value), high: End::Included(value) }
    }

    /// Whether `value` lies in the range.
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        let above = match &self.low {
            End::Open => true,
            End::Included(low) => low <= value,
            End::Excluded(low) => low < value,
        };
        let below = match &self.high {
            End::Open => true,
            End::Included(high) => value <= high,
            End::Excluded(high) => value < high,
        };
        above && below
    }

    /// Whether no value can lie in the range.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match (&self.low, &self.high) {
            (End::Open, _) | (_, End::Open) => false,
            (End::Included(low), End::Included(high)) => low > high,
            (End::Included(low) | End::Excluded(low), End::Included(high) | End::Excluded(high)) => low >= high,
        }
    }

    /// Whether two ranges share a value. Exact for dense values; ranges of integers are closed before they are compared.
    #[must_use]
    pub fn overlaps(&self, other: &Range<T>) -> bool {
        let low = higher_low(self.low, other.low);
        let high = lower_high(self.high, other.high);
        !Range { low, high }.is_empty()
    }
}

fn higher_low<T: PartialOrd + Copy>(a: End<T>, b: End<T>) -> End<T> {
    match (a, b) {
        (End::Open, other) | (other, End::Open) => other,
        (End::Included(x) | End::Excluded(x), End::Included(y) | End::Excluded(y)) => {
            if x > y || (x == y && matches!(a, End::Excluded(_))) { a } else { b }
        }
    }
}

fn lower_high<T: PartialOrd + Copy>(a: End<T>, b: End<T>) -> End<T> {
    match (a, b) {
        (End::Open, other) | (other, End::Open) => other,
        (End::Included(x) | End::Excluded(x), End::Included(y) | End::Excluded(y)) => {
            if x < y || (x == y && matches!(a, End::Excluded(_))) { a } else { b }
        }
    }
}

/// One range is below another when neither of its ends is above the other's; ranges that cross are not comparable.
fn by_both_ends(a: (super::Number, super::Number), b: (super::Number, super::Number)) -> Option<std::cmp::Ordering> {
    use std::cmp::Ordering::Equal;
    match (a.0.cmp(&b.0), a.1.cmp(&b.1)) {
        (low, high) if low == high => Some(low),
        (Equal, other) | (other, Equal) => Some(other),
        _ => None,
    }
}

/// Values of one type are ordered; values of different types, and values without an order, are not comparable.
impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Value) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Value::Number(a), Value::Number(b))
            | (Value::Percent(a), Value::Percent(b))
            | (Value::Money(a), Value::Money(b)) => Some(a.cmp(b)),
            (Value::Quantity(a, unit), Value::Quantity(b, other)) if unit == other => Some(a.cmp(b)),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Duration(a), Value::Duration(b)) => a.partial_cmp(b),
            (Value::Member(kind, a), Value::Member(other, b)) if kind == other => Some(a.cmp(b)),
            (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
            (Value::Range(_) | Value::Money(_), Value::Range(_) | Value::Money(_))
            | (Value::PercentRange(_) | Value::Percent(_), Value::PercentRange(_) | Value::Percent(_))
            | (Value::NumberRange(_) | Value::Number(_), Value::NumberRange(_) | Value::Number(_)) => {
                by_both_ends(self.ends()?, other.ends()?)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Number;
    use super::*;

    #[test]
    fn touching_ends_overlap_only_when_both_hold_the_value() {
        let below = Range { low: End::Open, high: End::Excluded(Number::integer(3)) };
        let from = Range { low: End::Included(Number::integer(3)), high: End::Open };
        let up_to = Range { low: End::Open, high: End::Included(Number::integer(3)) };
        assert!(!below.overlaps(&from));
        assert!(up_to.overlaps(&from));
        assert!(from.contains(&Number::integer(3)) && !below.contains(&Number::integer(3)));
        assert!(Range { low: End::Included(2), high: End::Excluded(2) }.is_empty());
    }
}
