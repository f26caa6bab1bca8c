use super::index::CellIndex;
use super::rule::{DefineId, FactId, RuleId};
use super::versions::Versions;
use crate::resolved::{BuiltInName, KindAsked, ReferralKind};
use crate::source::Span;
use crate::syntax::{BinaryOperator, Comparison, HitPolicy};
pub use crate::typed::Cells;
use crate::value::{RoundingMode, Value};

/// A node of an expression by its place in [`Program::nodes`](super::Program::nodes).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NodeId(pub u32);

/// A table by its place in [`Program::tables`](super::Program::tables).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TableId(pub u32);

/// An expression with the place of its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expression {
    /// Root node.
    pub root: NodeId,
    /// Its text.
    pub span: Span,
}

/// One operation. Operands come before the nodes that use them.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    /// A constant.
    Constant(Value),
    /// A fact, used at this place.
    Fact(FactId, Span),
    /// A definition, used at this place.
    Define(DefineId, Span),
    /// A named step of the benchmark, by its number and its rule.
    Step(u16, RuleId, Span),
    /// What needs no declaration: the statutory range, the days of the act, the party.
    BuiltIn(BuiltInName, Span),
    /// A table looked up.
    Table(TableId, Span),
    /// Whether the result brings a measure.
    Imposes(RuleId, Span),
    /// Whether the result brings a measure of this kind.
    ImposesKind(KindAsked, Span),
    /// Whether the case is referred for this.
    Refers(ReferralKind, Span),
    /// Whether the case says of a fact that there is none.
    Absent(FactId, Span),
    /// Whether a fact is established.
    Established(FactId, Span),
    /// Negation.
    Not(NodeId),
    /// Conjunction: unknown only when no operand is false.
    And(Vec<NodeId>),
    /// Disjunction: unknown only when no operand is true.
    Or(Vec<NodeId>),
    /// Unary minus.
    Negate(NodeId),
    /// Arithmetic.
    Arithmetic(BinaryOperator, NodeId, NodeId),
    /// A comparison.
    Compare(Comparison, NodeId, NodeId),
    /// Whether a value lies in constant sets.
    In(NodeId, Cells),
    /// A condition, then one of two values.
    If(NodeId, NodeId, NodeId),
    /// Smallest of several.
    Minimum(Vec<NodeId>),
    /// Largest of several.
    Maximum(Vec<NodeId>),
    /// Sum of several, divided by their number.
    Average(Vec<NodeId>),
    /// A number to a whole power.
    Power(NodeId, NodeId),
    /// A value held inside a range.
    Clamp(NodeId, NodeId),
    /// Lower end of a range.
    LowerEnd(NodeId),
    /// Upper end of a range.
    UpperEnd(NodeId),
    /// Middle of a range.
    Midpoint(NodeId),
    /// A range of money from two amounts.
    Range(NodeId, NodeId),
    /// Rounding to a multiple.
    Round(RoundingMode, NodeId, NodeId),
    /// Whole months between two dates.
    FullMonths(NodeId, NodeId),
    /// Calendar days between two dates.
    DaysBetween(NodeId, NodeId),
    /// Working days between two dates.
    WorkdaysBetween(NodeId, NodeId),
    /// A date, or the next working day when it is none.
    RollToWorkday(NodeId),
    /// The year of a date.
    YearOf(NodeId),
    /// The month of a date, from 1.
    MonthOf(NodeId),
    /// Whole years between two dates.
    FullYears(NodeId, NodeId),
    /// A field of the record at hand, used at this place.
    Field(u16, Span),
    /// Something counted, added up or compared over records.
    Aggregate(Box<Aggregate>),
}

/// What is done over records.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AggregateFunction {
    /// How many.
    Count,
    /// Sum of a field.
    Sum,
    /// Largest of a field.
    Largest,
    /// Smallest of a field.
    Smallest,
    /// Whether any fits.
    Any,
    /// Whether all fit.
    All,
    /// Days that intervals cover, each day once.
    DaysCovered,
}

/// Something counted, added up or compared over records.
#[derive(Clone, PartialEq, Debug)]
pub struct Aggregate {
    /// What is done.
    pub function: AggregateFunction,
    /// The fact that holds the records.
    pub list: FactId,
    /// The field that is added up or compared.
    pub field: Option<u16>,
    /// The field with the last day, where intervals are covered.
    pub last: Option<u16>,
    /// Which records count; all of them when there is none.
    pub filter: Option<Expression>,
    /// The sum of nothing, in the type of the field.
    pub zero: Value,
    /// The call.
    pub span: Span,
}

impl Node {
    /// The nodes of the same expression that it is worked out from; what it names, such as a definition, is not among them.
    #[must_use]
    pub fn operands(&self) -> Vec<NodeId> {
        match self {
            Node::Constant(_)
            | Node::Fact(..)
            | Node::Define(..)
            | Node::Step(..)
            | Node::BuiltIn(..)
            | Node::Imposes(..)
            | Node::ImposesKind(..)
            | Node::Refers(..)
            | Node::Absent(..)
            | Node::Established(..)
            | Node::Field(..)
            | Node::Aggregate(_)
            | Node::Table(..) => Vec::new(),
            Node::Not(inner)
            | Node::Negate(inner)
            | Node::In(inner, _)
            | Node::LowerEnd(inner)
            | Node::UpperEnd(inner)
            | Node::RollToWorkday(inner)
            | Node::YearOf(inner)
            | Node::MonthOf(inner)
            | Node::Midpoint(inner) => vec![*inner],
            Node::Arithmetic(_, left, right)
            | Node::Compare(_, left, right)
            | Node::Range(left, right)
            | Node::Round(_, left, right)
            | Node::Power(left, right)
            | Node::Clamp(left, right)
            | Node::FullMonths(left, right)
            | Node::FullYears(left, right)
            | Node::WorkdaysBetween(left, right)
            | Node::DaysBetween(left, right) => vec![*left, *right],
            Node::If(condition, then, otherwise) => vec![*condition, *then, *otherwise],
            Node::And(parts) | Node::Or(parts) | Node::Minimum(parts) | Node::Maximum(parts) | Node::Average(parts) => {
                parts.clone()
            }
        }
    }
}

/// A row of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct TableRow {
    /// Result.
    pub result: Expression,
    /// Where it stands.
    pub span: Span,
}

/// A decision table of one or more keys.
#[derive(Clone, PartialEq, Debug)]
pub struct TableProgram {
    /// Its rule.
    pub rule: RuleId,
    /// The tables of its name; empty on those that expressions do not name.
    pub versions: Versions<TableId>,
    /// Keys, one a column.
    pub keys: Vec<Expression>,
    /// Which rows match which key values.
    pub index: CellIndex,
    /// Rows in order.
    pub rows: Vec<TableRow>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// A key that cannot be established counts at the lowest row.
    pub lowest_when_unestablished: bool,
}
