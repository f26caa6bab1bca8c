//! Every expression with its type and unit.
//!
//! In: [`Resolved`](crate::resolved::Resolved). Out: the same declarations with typed expressions. Nothing is evaluated here but constants.

mod cells;
mod from_resolved;
mod infer;
mod literal;
mod operators;
mod units;

pub use from_resolved::{TypedRules, check_types};
pub use literal::literal_value;
pub use operators::{BUILT_IN_FUNCTIONS, BUILT_IN_NAMES, BuiltInFunction, BuiltInName};
pub use units::Units;

use std::sync::Arc;

use crate::resolved::{KindAsked, Phase, ReferralKind};
use crate::source::{Provision, Span};
use crate::syntax::{BinaryOperator, Comparison};
use crate::value::{DurationUnit, Range, Value};

/// The phase in which every expression has a type.
#[derive(Clone, Copy, Debug)]
pub enum Typed {}

impl Phase for Typed {
    type Expr = Expr;
    type Cell = Cells;
}

/// The type of an expression. Units, types, facts and the like are named by their place in their table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// 是否.
    Bool,
    /// 整数.
    Integer,
    /// 小数; an integer is one too.
    Number,
    /// 百分比.
    Percent,
    /// 金额.
    Money,
    /// 数量, by the base unit of its dimension.
    Quantity(usize),
    /// 日期.
    Date,
    /// 期间.
    Duration(DurationUnit),
    /// An enumerated type.
    Enum(usize),
    /// A range of money.
    Range,
    /// A range of percent.
    PercentRange,
    /// A range of plain numbers.
    NumberRange,
    /// 文字, inside records.
    Text,
    /// 条款, inside records.
    Provision,
    /// 记录.
    List(Vec<(Arc<str>, Type)>),
    /// Not known, because of a mistake already reported.
    Unknown,
}

impl Type {
    /// The range whose ends are of this type, when there is one.
    #[must_use]
    pub fn range(&self) -> Option<Type> {
        match self {
            Type::Money => Some(Type::Range),
            Type::Percent => Some(Type::PercentRange),
            Type::Integer | Type::Number => Some(Type::NumberRange),
            _ => None,
        }
    }

    /// The type of the ends of a range.
    #[must_use]
    pub fn end(&self) -> Option<Type> {
        match self {
            Type::Range => Some(Type::Money),
            Type::PercentRange => Some(Type::Percent),
            Type::NumberRange => Some(Type::Number),
            _ => None,
        }
    }

    /// Whether its values are written with a unit or sign: money, percent, quantities, durations.
    #[must_use]
    pub fn has_unit(&self) -> bool {
        matches!(self, Type::Percent | Type::Money | Type::Quantity(_) | Type::Duration(_))
    }
}

/// A typed expression.
#[derive(Clone, PartialEq, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub kind_of: Type,
    /// Its text.
    pub span: Span,
}

/// What a typed expression is.
#[derive(Clone, PartialEq, Debug)]
pub enum ExprKind {
    /// A constant.
    Constant(Value),
    /// A text.
    Text(Arc<str>),
    /// A provision.
    Provision(Provision),
    /// A fact.
    Fact(usize),
    /// A definition.
    Define(usize),
    /// A table, looked up by its keys.
    Table(usize),
    /// A named step of the benchmark.
    Step(Arc<str>),
    /// A built-in name.
    BuiltIn(BuiltInName),
    /// Negation.
    Not(Box<Expr>),
    /// Conjunction.
    And(Vec<Expr>),
    /// Disjunction.
    Or(Vec<Expr>),
    /// Unary minus.
    Negate(Box<Expr>),
    /// Arithmetic.
    Arithmetic(BinaryOperator, Box<Expr>, Box<Expr>),
    /// A comparison.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Whether a value lies in sets.
    In(Box<Expr>, Cells),
    /// A condition and two values.
    If(Box<[Expr; 3]>),
    /// A call of a built-in function.
    Call(BuiltInFunction, Vec<Expr>),
    /// Whether the result brings a measure, by its place in the table of measures.
    Imposes(usize),
    /// Whether the result brings a measure of this kind.
    ImposesKind(KindAsked),
    /// Whether the case is referred for this.
    Refers(ReferralKind),
    /// A range from two amounts.
    Range(Box<[Expr; 2]>),
    /// A field of the record at hand.
    Field(usize),
    /// An aggregate over records.
    Aggregate {
        /// Which.
        function: BuiltInFunction,
        /// The fact that holds the records.
        list: usize,
        /// The field that is added up or compared.
        field: Option<usize>,
        /// The field with the last day, where intervals are covered.
        last: Option<usize>,
        /// Which records count.
        filter: Option<Box<Expr>>,
    },
    /// A mistake already reported.
    Unknown,
}

/// A set of points with constant ends.
#[derive(Clone, PartialEq, Debug)]
pub enum Cells {
    /// Anything.
    Any,
    /// The union of ranges.
    Ranges(Vec<Range<Value>>),
    /// Everything but one value.
    Not(Value),
}

impl Cells {
    /// Whether a value lies in the set.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        match self {
            Cells::Any => true,
            Cells::Ranges(ranges) => ranges.iter().any(|range| range.contains(value)),
            Cells::Not(other) => value != other,
        }
    }
}
