use crate::program::{Cells, FactType, Program};
use crate::value::{Date, Duration, DurationUnit, End, Number, RoundingMode, Value};

/// The ends of cells.
pub(super) fn ends(cells: &Cells) -> Vec<Value> {
    let end = |end: End<Value>| match end {
        End::Open => None,
        End::Included(value) | End::Excluded(value) => Some(value),
    };
    match cells {
        Cells::Any => Vec::new(),
        Cells::Not(value) => vec![*value],
        Cells::Ranges(ranges) => ranges.iter().flat_map(|range| [end(range.low), end(range.high)]).flatten().collect(),
    }
}

/// In order, each once.
pub(super) fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.dedup();
    values
}

/// Each constant that is a value of the type, and one value from each stretch between, before and after them. `constants` are
/// in order.
pub(super) fn stretches(program: &Program, kind: FactType, constants: &[Value]) -> Vec<Value> {
    match kind {
        FactType::Bool => vec![Value::Bool(false), Value::Bool(true)],
        FactType::Enum(id) => {
            let count = program.enumeration(id).map_or(0, |enumeration| enumeration.members.len());
            (0..count).filter_map(|member| u16::try_from(member).ok()).map(|member| Value::Member(id, member)).collect()
        }
        FactType::Integer => integers(constants),
        FactType::Date => Date::new(2024, 1, 1).map_or_else(Vec::new, |none| {
            around(constants, Value::Date(none), |value, by| {
                let Value::Date(date) = value else { return None };
                date.plus(Duration { amount: by, unit: DurationUnit::Days }).map(Value::Date)
            })
        }),
        FactType::Duration(unit) => around(constants, Value::Duration(Duration { amount: 0, unit }), |value, by| {
            let Value::Duration(duration) = value else { return None };
            let amount = duration.amount.checked_add(by)?;
            Some(Value::Duration(Duration { amount, ..duration }))
        }),
        FactType::Decimal | FactType::Percent | FactType::Money | FactType::Quantity(_) => {
            dense(constants, zero_of(program, kind))
        }
        FactType::Text | FactType::Provision | FactType::Records => Vec::new(),
    }
}

/// Whole numbers at, next to and on both sides of each constant, which need not be whole itself.
fn integers(constants: &[Value]) -> Vec<Value> {
    let whole = |value: &Value| {
        let number = value.as_number()?;
        Some([number.round_to(Number::ONE, RoundingMode::Down)?, number.round_to(Number::ONE, RoundingMode::Up)?])
    };
    let whole: Vec<Value> = constants.iter().filter_map(whole).flatten().map(Value::Number).collect();
    around(&whole, Value::Number(Number::ZERO), |value, by| {
        Some(Value::Number(value.as_number()?.plus(Number::integer(by))?))
    })
}

/// Values that have neighbours: each constant with the value before and after it.
fn around(constants: &[Value], none: Value, step: impl Fn(Value, i64) -> Option<Value>) -> Vec<Value> {
    if constants.is_empty() {
        return vec![none];
    }
    constants.iter().flat_map(|value| [step(*value, -1), Some(*value), step(*value, 1)]).flatten().collect()
}

/// Values that lie close: each constant, the middle between two, and one beyond each end.
fn dense(constants: &[Value], none: Value) -> Vec<Value> {
    let (Some(first), Some(last)) = (constants.first(), constants.last()) else {
        return vec![none];
    };
    let shifted = |value: Value, change: fn(Number) -> Option<Number>| with(value, change(value.as_number()?)?);
    let mut out = Vec::new();
    out.extend(shifted(*first, |number| number.subtract(Number::ONE)));
    // What is below a positive constant may have to stay positive.
    out.extend(shifted(*first, |number| number.divide(Number::integer(2))));
    out.extend(shifted(*last, |number| number.plus(Number::ONE)));
    for pair in constants.windows(2) {
        let [low, high] = pair else { continue };
        let middle = low.as_number().zip(high.as_number()).and_then(|(a, b)| a.plus(b)?.divide(Number::integer(2)));
        out.extend(middle.and_then(|middle| with(*low, middle)));
    }
    out.extend_from_slice(constants);
    out
}

/// The same kind of value with another number.
pub(super) fn with(value: Value, number: Number) -> Option<Value> {
    Some(match value {
        Value::Number(_) => Value::Number(number),
        Value::Percent(_) => Value::Percent(number),
        Value::Money(_) => Value::Money(number),
        Value::Quantity(_, unit) => Value::Quantity(number, unit),
        _ => return None,
    })
}

fn zero_of(program: &Program, kind: FactType) -> Value {
    match kind {
        FactType::Percent => Value::Percent(Number::ZERO),
        FactType::Money => Value::Money(Number::ZERO),
        FactType::Quantity(unit) => {
            Value::Quantity(Number::ZERO, program.unit(unit).map_or(unit, |declared| declared.base))
        }
        _ => Value::Number(Number::ZERO),
    }
}

#[cfg(test)]
mod tests {
    use super::{dense, integers, sorted};
    use crate::value::{Number, Value};

    fn number(text: &str) -> Value {
        Value::Number(Number::parse(text).unwrap())
    }

    #[test]
    fn a_constant_that_is_not_whole_stands_between_two_whole_numbers() {
        let found = sorted(integers(&[number("2.5")]));
        assert_eq!(found, ["1", "2", "3", "4"].map(number));
        let negative = sorted(integers(&[number("-0.5")]));
        assert!(negative.contains(&number("-1")) && negative.contains(&number("0")), "{negative:?}");
    }

    #[test]
    fn every_stretch_of_a_dense_line_has_a_value() {
        let found = sorted(dense(&[number("1"), number("3")], number("0")));
        assert_eq!(found, ["0", "0.5", "1", "2", "3", "4"].map(number));
    }
}
