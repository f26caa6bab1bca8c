//! The table of built-in names and functions, and what types the operators take.

use super::Type;
use crate::syntax::BinaryOperator;
use crate::value::DurationUnit;

pub use crate::resolved::{BUILT_IN_NAMES, BuiltInName};

/// A function that needs no declaration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BuiltInFunction {
    /// Smallest of its arguments.
    Minimum,
    /// Largest of its arguments.
    Maximum,
    /// Lower end of a range.
    Lower,
    /// Upper end of a range.
    Upper,
    /// Middle of a range.
    Midpoint,
    /// Sum of its arguments divided by their number.
    Average,
    /// A number to a whole power.
    Power,
    /// A value held inside a range.
    Clamp,
    /// Down to a multiple.
    RoundDown,
    /// Up to a multiple.
    RoundUp,
    /// To the nearest multiple.
    RoundHalfUp,
    /// Whole months between two dates.
    FullMonths,
    /// Days between two dates.
    DaysBetween,
    /// Whether the case says that there is none.
    Absent,
    /// Whether something is established: a value, or that there is none.
    Established,
    /// Working days between two dates.
    WorkdaysBetween,
    /// A date, or the next working day when it is none.
    RollToWorkday,
    /// The year of a date.
    Year,
    /// The month of a date.
    Month,
    /// Whole years between two dates.
    FullYears,
    /// Days that intervals cover.
    DaysCovered,
    /// How many records.
    Count,
    /// Sum of a field.
    Sum,
    /// Largest of a field.
    Largest,
    /// Smallest of a field.
    Smallest,
    /// Whether any record fits.
    Any,
    /// Whether all records fit.
    All,
    /// Whether the result brings a measure.
    Imposes,
    /// Whether the result brings a measure of a kind.
    ImposesKind,
    /// Whether the case is referred.
    Refers,
}

/// Chinese name, English name, function, and an example.
pub const BUILT_IN_FUNCTIONS: &[(&str, &str, BuiltInFunction, &str)] = &[
    ("最小", "min", BuiltInFunction::Minimum, "min(loss, CNY 200_000)"),
    ("最大", "max", BuiltInFunction::Maximum, "max(cost, CNY 200_000)"),
    ("下限", "lower", BuiltInFunction::Lower, "lower(band)"),
    ("上限", "upper", BuiltInFunction::Upper, "upper(band)"),
    ("中值", "midpoint", BuiltInFunction::Midpoint, "midpoint(band)"),
    ("平均", "average", BuiltInFunction::Average, "average(site_level, scale_level)"),
    ("幂", "power", BuiltInFunction::Power, "power(level, 2)"),
    ("限于", "clamp", BuiltInFunction::Clamp, "clamp(amount, band)"),
    ("舍去到", "round_down", BuiltInFunction::RoundDown, "round_down(amount, CNY 100)"),
    ("进一到", "round_up", BuiltInFunction::RoundUp, "round_up(amount, CNY 100)"),
    ("四舍五入到", "round_half_up", BuiltInFunction::RoundHalfUp, "round_half_up(amount, CNY 100)"),
    ("整月数", "full_months", BuiltInFunction::FullMonths, "full_months(act_began_on, act_ended_on)"),
    ("天数", "days_between", BuiltInFunction::DaysBetween, "days_between(act_began_on, act_ended_on)"),
    ("没有", "absent", BuiltInFunction::Absent, "absent(illegal_gains)"),
    ("已查明", "established", BuiltInFunction::Established, "established(illegal_gains)"),
    ("工作日数", "workdays_between", BuiltInFunction::WorkdaysBetween, "workdays_between(served_on, decided_on)"),
    ("顺延到工作日", "roll_to_workday", BuiltInFunction::RollToWorkday, "roll_to_workday(served_on + 15 days)"),
    ("年份", "year", BuiltInFunction::Year, "year(act_began_on)"),
    ("月份", "month", BuiltInFunction::Month, "month(act_began_on)"),
    ("整年数", "full_years", BuiltInFunction::FullYears, "full_years(born_on, act_began_on)"),
    ("涵盖天数", "days_covered", BuiltInFunction::DaysCovered, "days_covered(pauses.first, pauses.last)"),
    ("计数", "count", BuiltInFunction::Count, "count(penalties where date >= act_began_on - 2 years)"),
    ("合计", "sum", BuiltInFunction::Sum, "sum(penalties.amount)"),
    ("最大值", "largest", BuiltInFunction::Largest, "largest(penalties.amount)"),
    ("最小值", "smallest", BuiltInFunction::Smallest, "smallest(penalties.amount)"),
    ("任一", "any", BuiltInFunction::Any, "any(penalties where date >= act_began_on)"),
    ("全部", "all", BuiltInFunction::All, "all(penalties where date >= act_began_on)"),
    ("采取", "imposes", BuiltInFunction::Imposes, "imposes(halt)"),
    ("采取类别", "imposes_kind", BuiltInFunction::ImposesKind, "imposes_kind(closure)"),
    ("移送", "refers", BuiltInFunction::Refers, "refers(crime)"),
];

pub(super) fn built_in_function(name: &str) -> Option<BuiltInFunction> {
    BUILT_IN_FUNCTIONS.iter().find(|(zh, en, ..)| *zh == name || *en == name).map(|(_, _, function, _)| *function)
}

/// The type of `left operator right`, or `None` when the operator does not take these types.
pub(super) fn arithmetic(operator: BinaryOperator, left: &Type, right: &Type) -> Option<Type> {
    use BinaryOperator::{Add, Divide, Multiply, Subtract};
    use Type::{Date, Duration, Integer, Money, Number, NumberRange, Percent, PercentRange, Quantity, Range};
    Some(match (operator, left, right) {
        (_, Type::Unknown, _) | (_, _, Type::Unknown) => Type::Unknown,
        (Add | Subtract | Multiply, Integer, Integer) => Integer,
        (_, Integer | Number, Integer | Number) => Number,
        (Add | Subtract, Percent, Percent) => Percent,
        (Add | Subtract, Money, Money) => Money,
        (Add | Subtract, Quantity(a), Quantity(b)) if a == b => Quantity(*a),
        (Add | Subtract, Date, Duration(_)) => Date,
        (Subtract, Date, Date) => Duration(DurationUnit::Days),
        (Add | Subtract, Duration(a), Duration(b)) if a == b => Duration(*a),
        (Multiply, Integer | Number, Percent) | (Multiply, Percent, Integer | Number | Percent) => Percent,
        (Multiply, Integer | Number | Percent, Money) | (Multiply, Money, Integer | Number | Percent) => Money,
        (Multiply, Integer | Number | Percent, Quantity(unit))
        | (Multiply, Quantity(unit), Integer | Number | Percent) => Quantity(*unit),
        (Divide, Percent, Integer | Number) => Percent,
        (Divide, Money, Integer | Number) => Money,
        (Divide, Quantity(unit), Integer | Number) => Quantity(*unit),
        (Divide, Percent, Percent) | (Divide, Money, Money) => Number,
        (Divide, Quantity(a), Quantity(b)) if a == b => Number,
        // A range and a single value: both ends are worked out.
        (Add | Subtract, Range, Money) | (Add | Subtract, Money, Range) => Range,
        (Add | Subtract, PercentRange, Percent) | (Add | Subtract, Percent, PercentRange) => PercentRange,
        (Add | Subtract, NumberRange, Integer | Number) | (Add | Subtract, Integer | Number, NumberRange) => {
            NumberRange
        }
        (Multiply, Range, Integer | Number | Percent) | (Multiply, Integer | Number | Percent, Range) => Range,
        (Multiply, PercentRange | NumberRange, Money) | (Multiply, Money, PercentRange | NumberRange) => Range,
        (Multiply, PercentRange, Integer | Number | Percent) | (Multiply, Integer | Number | Percent, PercentRange) => {
            PercentRange
        }
        (Multiply, NumberRange, Percent) | (Multiply, Percent, NumberRange) => PercentRange,
        (Multiply, NumberRange, Integer | Number) | (Multiply, Integer | Number, NumberRange) => NumberRange,
        (Divide, Range, Integer | Number) => Range,
        (Divide, PercentRange, Integer | Number) => PercentRange,
        (Divide, NumberRange, Integer | Number) => NumberRange,
        _ => return None,
    })
}

/// Whether a value of one type may stand where the other is due.
pub(super) fn fits(found: &Type, due: &Type) -> bool {
    matches!((found, due), (Type::Unknown, _) | (_, Type::Unknown) | (Type::Integer, Type::Number)) || found == due
}

/// The range that a range and a single value of its kind have in common: the value is a range with one point.
pub(super) fn common_range(a: &Type, b: &Type) -> Option<Type> {
    match (a.range(), b.range()) {
        (Some(range), None) if range == *b => Some(range),
        (None, Some(range)) if range == *a => Some(range),
        _ => None,
    }
}

/// Whether two types can be compared for equality.
pub(super) fn comparable(left: &Type, right: &Type) -> bool {
    fits(left, right) || fits(right, left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_scales_and_dates_shift_but_units_do_not_mix() {
        use BinaryOperator::{Add, Multiply, Subtract};
        assert_eq!(arithmetic(Multiply, &Type::Percent, &Type::Money), Some(Type::Money));
        assert_eq!(arithmetic(Subtract, &Type::Date, &Type::Duration(DurationUnit::Months)), Some(Type::Date));
        assert_eq!(arithmetic(Add, &Type::Money, &Type::Percent), None);
        assert_eq!(arithmetic(Add, &Type::Quantity(0), &Type::Quantity(1)), None);
        assert_eq!(arithmetic(Multiply, &Type::Money, &Type::Money), None);
    }
}
