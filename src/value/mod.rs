//! Exact values: numbers, money, dates, durations, ranges.
//!
//! In: text. Out: [`Value`] and its parts, printed in Chinese or English by [`Number`] and the renderers.
//! The only place that names `rust_decimal`, `num_rational` and `jiff`; there are no floats here or anywhere in the library.

mod arithmetic;
mod date;
mod number;
mod range;

pub use date::{Date, Duration, DurationUnit, MonthDay};
pub use number::{Number, ParseNumberError, RoundingMode};
pub use range::{End, Range};

/// A unit of measure by its place in the rule set's table of units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(pub u16);

/// An enumerated type by its place in the rule set's table of types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EnumId(pub u16);

/// A text of a record, by its place in the pool of texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TextId(pub u32);

/// One or more provisions, by their place in the pool of texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProvisionId(pub u32);

/// The range of a value of a [`Value::Range`]: both ends optional, so that "up to N" has no minimum rather than zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AmountRange {
    /// Lower end; `None` when the law gives none.
    pub min: Option<Number>,
    /// Upper end; `None` when the law gives none.
    pub max: Option<Number>,
}

/// A value of the rule language. Money is in whole units of the pack's currency (yuan), percent as a ratio (7% is 7/100),
/// quantities in the base unit of their dimension.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Value {
    /// 是否.
    Bool(bool),
    /// 整数 or 小数: a plain number.
    Number(Number),
    /// 百分比: a ratio.
    Percent(Number),
    /// 金额.
    Money(Number),
    /// 数量, in the base unit named.
    Quantity(Number, UnitId),
    /// 日期.
    Date(Date),
    /// 期间.
    Duration(Duration),
    /// A member of an enumerated type, counted from the lightest.
    Member(EnumId, u16),
    /// 幅度: a range of money.
    Range(AmountRange),
    /// A range of percent, as a benchmark table may give.
    PercentRange(AmountRange),
    /// A range of plain numbers, such as multiples of a base.
    NumberRange(AmountRange),
    /// 文字: a text, which is only compared.
    Text(TextId),
    /// 条款: a provision, which is only compared. What the violation at hand rests on may be several.
    Provision(ProvisionId),
}

impl Value {
    /// The number inside a number, percent, amount or quantity.
    #[must_use]
    pub fn as_number(self) -> Option<Number> {
        match self {
            Value::Number(number) | Value::Percent(number) | Value::Money(number) | Value::Quantity(number, _) => {
                Some(number)
            }
            Value::Bool(_)
            | Value::Date(_)
            | Value::Duration(_)
            | Value::Member(..)
            | Value::Range(_)
            | Value::PercentRange(_)
            | Value::NumberRange(_)
            | Value::Text(_)
            | Value::Provision(_) => None,
        }
    }

    /// Both ends of a range; of a single number, percent or amount, that value twice.
    #[must_use]
    pub fn ends(self) -> Option<(Number, Number)> {
        match self {
            Value::Number(number) | Value::Percent(number) | Value::Money(number) => Some((number, number)),
            Value::Range(range) | Value::PercentRange(range) | Value::NumberRange(range) => range.min.zip(range.max),
            _ => None,
        }
    }

    /// The truth value of a bool.
    #[must_use]
    pub fn as_bool(self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }
}
