//! What rules are written with: instruments, units, types, facts, definitions, tables, calendars.

use std::fmt::Debug;
use std::sync::Arc;

use super::{Head, InForce, Label, Phase, RowResult};
use crate::source::{Citation, Span};
use crate::syntax::{HitPolicy, Name};
use crate::value::{DurationUnit, RoundingMode};

/// 法规.
#[derive(Clone, Debug)]
pub struct Instrument<P: Phase> {
    /// Head.
    pub head: Head,
    /// Full title.
    pub title: Option<Label>,
    /// Document number.
    pub number: Option<Label>,
    /// Level, as written.
    pub level: Option<Arc<str>>,
    /// Whether 以上 includes the number.
    pub above_included: Option<bool>,
    /// Whether 以下 includes the number.
    pub below_included: Option<bool>,
    /// Rounding of amounts.
    pub rounding: Option<(RoundingMode, P::Expr)>,
}

/// 单位.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Head.
    pub head: Head,
    /// Symbol.
    pub symbol: Option<Arc<str>>,
    /// What one of it is: the number as text, and the other unit.
    pub equals: Option<(Arc<str>, Name)>,
}

/// 类型.
#[derive(Clone, Debug)]
pub struct EnumType {
    /// Head.
    pub head: Head,
    /// Whether members are ordered.
    pub ordered: bool,
    /// Members.
    pub members: Vec<(Name, Label)>,
}

/// A field of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordField {
    /// Name.
    pub name: Arc<str>,
    /// Label.
    pub label: Label,
    /// Its type.
    pub kind: FactKind,
}

/// The type of a fact, bound to declared units and types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FactKind {
    /// 是否.
    Bool,
    /// 整数.
    Integer,
    /// 小数.
    Decimal,
    /// 百分比.
    Percent,
    /// 金额.
    Money,
    /// 日期.
    Date,
    /// 文字; only inside records.
    Text,
    /// 条款: one place in an instrument; only inside records.
    Provision,
    /// 期间.
    Duration(DurationUnit),
    /// 数量, in the unit at this place in the table of units.
    Quantity(usize),
    /// A declared type, by its place in the table of types.
    Enum(usize),
    /// 记录.
    List(Vec<RecordField>),
    /// Not known; already reported.
    Unknown,
}

/// 事实.
#[derive(Clone, Debug)]
pub struct Fact<P: Phase> {
    /// Head.
    pub head: Head,
    /// Type.
    pub kind: FactKind,
    /// Bounds.
    pub bounds: Option<P::Cell>,
    /// Question.
    pub question: Option<Label>,
    /// Evidence.
    pub evidence: Option<Label>,
    /// Presumption.
    pub presumption: Option<(P::Expr, Vec<Citation>)>,
    /// A case may say that there is none.
    pub may_be_absent: bool,
    /// It is known only after the decision.
    pub known_after_decision: bool,
}

/// 定义.
#[derive(Clone, Debug)]
pub struct Define<P: Phase> {
    /// Head.
    pub head: Head,
    /// Value.
    pub value: P::Expr,
}

/// What a measure or notice says besides its name, such as a rate or a day.
#[derive(Clone, Debug)]
pub struct Stated<P: Phase> {
    /// What is said.
    pub label: Label,
    /// Its value.
    pub value: P::Expr,
}

/// 工作日历.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Head.
    pub head: Head,
    /// Holidays.
    pub holidays: Vec<InForce>,
    /// Working days.
    pub workdays: Vec<InForce>,
}

/// 表.
#[derive(Clone, Debug)]
pub struct Table<P: Phase> {
    /// Head.
    pub head: Head,
    /// Keys.
    pub keys: Vec<P::Expr>,
    /// Rows: cells, result, place.
    pub rows: Vec<(Vec<P::Cell>, RowResult<P>, Span)>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// A key that cannot be established counts at the lowest row.
    pub lowest_when_unestablished: bool,
}
