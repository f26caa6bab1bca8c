//! What follows from what is known: a missing fact is never zero, false or absent.

use crate::trail::Truth;
use crate::value::Value;

/// The value of an expression over partly known facts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Known {
    /// A value.
    Value(Value),
    /// It rests on a fact that was not asked yet.
    NotAsked,
    /// It rests on a fact that cannot be established.
    Unestablished,
    /// It could not be worked out; the problem was noted.
    Failed,
}

impl Known {
    /// Combines two operands; what is not known of either is not known of the result.
    pub(super) fn both(self, other: Known, combine: impl FnOnce(Value, Value) -> Known) -> Known {
        match (self, other) {
            (Known::Value(a), Known::Value(b)) => combine(a, b),
            (Known::Failed, _) | (_, Known::Failed) => Known::Failed,
            (Known::NotAsked, _) | (_, Known::NotAsked) => Known::NotAsked,
            _ => Known::Unestablished,
        }
    }

    /// Works on the value, when there is one.
    pub(super) fn then(self, work: impl FnOnce(Value) -> Known) -> Known {
        match self {
            Known::Value(value) => work(value),
            other => other,
        }
    }

    pub(super) fn value(self) -> Option<Value> {
        match self {
            Known::Value(value) => Some(value),
            Known::NotAsked | Known::Unestablished | Known::Failed => None,
        }
    }

    pub(super) fn from_bool(value: bool) -> Known {
        Known::Value(Value::Bool(value))
    }

    /// Whether it holds, with what cannot be established left open: for what is shown of a single record.
    pub(super) fn truth_or_open(self) -> Truth {
        if self == Known::Unestablished { Truth::Unknown } else { self.truth() }
    }

    /// Whether a condition holds. What cannot be established does not hold: it counts neither against the party nor for
    /// leniency that has to be shown (行政处罚法 Art. 40).
    pub(super) fn truth(self) -> Truth {
        match self {
            Known::Value(Value::Bool(true)) => Truth::True,
            Known::Value(_) | Known::Unestablished => Truth::False,
            Known::NotAsked | Known::Failed => Truth::Unknown,
        }
    }
}

/// Conjunction: false when one operand is, whatever the others.
pub(super) fn and(operands: impl Iterator<Item = Known>) -> Known {
    fold(operands, false)
}

/// Disjunction: true when one operand is, whatever the others.
pub(super) fn or(operands: impl Iterator<Item = Known>) -> Known {
    fold(operands, true)
}

fn fold(operands: impl Iterator<Item = Known>, decisive: bool) -> Known {
    let mut result = Known::from_bool(!decisive);
    let mut decided = false;
    // Every operand is looked at, so that the explanation shows them all.
    for operand in operands {
        match operand {
            Known::Value(Value::Bool(value)) if value == decisive => decided = true,
            Known::Value(_) => {}
            open => result = result.both(open, |_, value| Known::Value(value)),
        }
    }
    if decided { Known::from_bool(decisive) } else { result }
}
