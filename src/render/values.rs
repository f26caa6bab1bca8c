use super::document::{Piece, Role};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::program::FactType;
use crate::trail::Operand;
use crate::value::{AmountRange, Date, Duration, DurationUnit, Number, RoundingMode, UnitId, Value};

impl Reader<'_> {
    /// `360,000元` or `CNY 360,000`.
    pub(crate) fn money(&self, amount: Number) -> String {
        let figure = figure(amount);
        match self.lang {
            Lang::Chinese if &*self.program.currency == "CNY" => format!("{figure}元"),
            Lang::Chinese | Lang::English => format!("{} {figure}", self.program.currency),
        }
    }

    /// `100,000元 至 1,000,000元`; a missing end is said to be missing, not zero.
    pub(crate) fn range(&self, range: AmountRange) -> String {
        self.between(range, |number| self.money(number))
    }

    fn between(&self, range: AmountRange, show: impl Fn(Number) -> String) -> String {
        match (range.min, range.max) {
            (Some(min), Some(max)) if min == max => show(min),
            (Some(min), Some(max)) => {
                format!("{} {} {}", show(min), self.pick("至", "to"), show(max))
            }
            (None, Some(max)) => self.lang.pick("至多", "up to ").to_owned() + &show(max),
            (Some(min), None) => self.lang.pick("至少", "at least ").to_owned() + &show(min),
            (None, None) => self.pick("未规定", "not stated").to_owned(),
        }
    }

    pub(crate) fn date(&self, date: Date) -> String {
        match self.lang {
            Lang::Chinese => date.chinese(),
            Lang::English => date.to_string(),
        }
    }

    fn duration(&self, duration: Duration) -> String {
        let amount = duration.amount;
        match self.lang {
            Lang::Chinese => match duration.unit {
                DurationUnit::Days => format!("{amount}日"),
                DurationUnit::Workdays => format!("{amount}个工作日"),
                DurationUnit::Months => format!("{amount}个月"),
            },
            Lang::English => {
                let unit = match duration.unit {
                    DurationUnit::Days => "day",
                    DurationUnit::Workdays => "working day",
                    DurationUnit::Months => "month",
                };
                let plural = if amount == 1 { "" } else { "s" };
                format!("{amount} {unit}{plural}")
            }
        }
    }

    /// A quantity held in base units, in `unit`.
    fn quantity(&self, amount: Number, unit: UnitId) -> String {
        let Some(declared) = self.program.unit(unit) else {
            return figure(amount);
        };
        // An amount that does not divide exactly within 128 bits is shown in the base unit instead of being rounded.
        let Some(shown) = amount.divide(declared.factor) else {
            return self
                .program
                .unit(declared.base)
                .filter(|_| declared.base != unit)
                .map_or_else(|| figure(amount), |_| self.quantity(amount, declared.base));
        };
        let figure = figure(shown);
        match self.lang {
            Lang::Chinese => {
                let name = declared.label.zh.as_deref().unwrap_or(&declared.name);
                format!("{figure}{name}")
            }
            Lang::English => {
                let name =
                    declared.symbol.as_deref().or_else(|| declared.label.get(self.lang)).unwrap_or(&declared.name);
                format!("{figure} {name}")
            }
        }
    }

    /// A value in the reader's language; quantities in `unit` when it is given, else in their base unit.
    pub(crate) fn value(&self, value: Value, unit: Option<UnitId>) -> String {
        match value {
            Value::Bool(truth) => {
                if truth {
                    self.pick("是", "yes").to_owned()
                } else {
                    self.pick("否", "no").to_owned()
                }
            }
            Value::Number(number) => figure(number),
            Value::Percent(ratio) => ratio.percent(),
            Value::Money(amount) => self.money(amount),
            Value::Quantity(amount, base) => self.quantity(amount, unit.unwrap_or(base)),
            Value::Date(date) => self.date(date),
            Value::Duration(duration) => self.duration(duration),
            Value::Member(kind, member) => self
                .program
                .enumeration(kind)
                .and_then(|kind| kind.members.get(usize::from(member)))
                .map_or_else(|| member.to_string(), |(name, label)| label.get(self.lang).unwrap_or(name).to_owned()),
            Value::Range(range) => self.range(range),
            Value::PercentRange(range) => self.between(range, Number::percent),
            Value::NumberRange(range) => self.between(range, figure),
            Value::Text(id) => self.pool.text(id).map_or_else(String::new, |text| match self.lang {
                Lang::Chinese => format!("“{text}”"),
                Lang::English => format!("\"{text}\""),
            }),
            Value::Provision(id) => self
                .pool
                .provisions(id)
                .iter()
                .map(|provision| self.cite(&provision.citation()))
                .collect::<Vec<_>>()
                .join(self.pick("、", "; ")),
        }
    }

    /// A value as a piece: amounts stand out, other values less.
    pub(crate) fn value_piece(&self, value: Value, unit: Option<UnitId>) -> Piece {
        let role = match value {
            Value::Money(_) | Value::Range(_) => Role::Money,
            Value::Bool(_)
            | Value::Number(_)
            | Value::Percent(_)
            | Value::Quantity(..)
            | Value::Date(_)
            | Value::Duration(_)
            | Value::Member(..)
            | Value::PercentRange(_)
            | Value::Text(_)
            | Value::Provision(_)
            | Value::NumberRange(_) => Role::Value,
        };
        Piece { role, text: self.value(value, unit) }
    }

    /// The unit a fact is asked for in.
    pub(crate) fn unit_of(&self, operand: Operand) -> Option<UnitId> {
        let Operand::Fact(id) = operand else {
            return None;
        };
        Self::unit_of_type(self.program.fact(id)?.kind)
    }

    /// The unit a fact or field of this type is asked for in.
    pub(crate) fn unit_of_type(kind: FactType) -> Option<UnitId> {
        match kind {
            FactType::Quantity(unit) => Some(unit),
            FactType::Bool
            | FactType::Integer
            | FactType::Decimal
            | FactType::Percent
            | FactType::Money
            | FactType::Date
            | FactType::Duration(_)
            | FactType::Enum(_)
            | FactType::Text
            | FactType::Provision
            | FactType::Records => None,
        }
    }

    /// How a rounding mode is called.
    pub(crate) fn rounding(&self, mode: RoundingMode) -> &'static str {
        match mode {
            RoundingMode::Down => self.lang.pick("舍去", "down"),
            RoundingMode::Up => self.lang.pick("进一", "up"),
            RoundingMode::HalfUp => self.lang.pick("四舍五入", "to the nearest, a half up"),
        }
    }
}

/// A number in the type of `like`: the sum before a cap is a percentage when the capped value is one.
pub(crate) fn retyped(number: Number, like: Option<Value>) -> Value {
    match like {
        Some(Value::Percent(_)) => Value::Percent(number),
        Some(Value::Number(_)) => Value::Number(number),
        Some(Value::Quantity(_, unit)) => Value::Quantity(number, unit),
        Some(_) | None => Value::Money(number),
    }
}

/// A number as printed: thousands grouped; a fraction that does not end is kept exact, as `333,333 1/3`.
fn figure(number: Number) -> String {
    let whole = number.round_to(Number::ONE, RoundingMode::Down);
    match whole {
        Some(whole) if whole != Number::ZERO && !number.is_negative() => number
            .subtract(whole)
            .map(|rest| rest.to_string())
            .filter(|rest| rest.contains('/'))
            .map_or_else(|| number.grouped(), |rest| format!("{} {rest}", whole.grouped())),
        Some(_) | None => number.grouped(),
    }
}
