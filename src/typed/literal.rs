use crate::syntax::{Literal, LiteralKind};
use crate::value::{Date, Duration, DurationUnit, Number, UnitId, Value};

/// The value of a literal of rule text or of a case; quantities in the base unit that `unit` names, with its factor.
///
/// `None`: there is no such day or unit, or the number cannot be held exactly.
#[must_use]
pub fn literal_value(literal: &Literal, unit: impl Fn(&str) -> Option<(UnitId, Number)>) -> Option<Value> {
    if literal.kind == LiteralKind::Date {
        return Date::parse(&literal.text).map(Value::Date);
    }
    let number = Number::parse(&literal.text).ok()?;
    let power = |places: u32| 10_i64.checked_pow(places).map(Number::integer);
    match &literal.kind {
        LiteralKind::Number => Some(Value::Number(number)),
        LiteralKind::Percent(places) => number.divide(power(*places)?).map(Value::Percent),
        LiteralKind::Money(places, _) => number.multiply(power(*places)?).map(Value::Money),
        LiteralKind::Quantity(name) => {
            let (base, factor) = unit(&name.text)?;
            number.multiply(factor).map(|number| Value::Quantity(number, base))
        }
        LiteralKind::Duration(unit) => {
            let amount = number.to_integer()?;
            let (amount, unit) = match &**unit {
                "个工作日" | "工作日" | "workday" | "workdays" => (amount, DurationUnit::Workdays),
                "日" | "天" | "day" | "days" => (amount, DurationUnit::Days),
                "年" | "year" | "years" => (amount.checked_mul(12)?, DurationUnit::Months),
                _ => (amount, DurationUnit::Months),
            };
            Some(Value::Duration(Duration { amount, unit }))
        }
        LiteralKind::Date => None,
    }
}
