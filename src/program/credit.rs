//! How a credit grade is reached.

use super::node::Expression;
use super::rule::{FactId, Titles};
use super::rules::Condition;
use crate::source::Span;
use crate::value::{Duration, MonthDay, Value};

/// How a credit grade is worked out, where the case does not give it.
#[derive(Clone, PartialEq, Debug)]
pub struct GradeProgram {
    /// By points.
    pub points: Option<PointsProgram>,
    /// Grades of which the worst counts.
    pub indicators: Vec<Expression>,
    /// Grades that are the best there can be when their condition holds.
    pub vetoes: Vec<Veto>,
    /// The days on which it is frozen for use, each year.
    pub frozen: Vec<MonthDay>,
}

/// Points that start, are added and deducted, and lead to a grade.
#[derive(Clone, PartialEq, Debug)]
pub struct PointsProgram {
    /// At the beginning.
    pub start: Expression,
    /// What adds and deducts.
    pub events: Vec<CreditEvent>,
    /// The most there can be.
    pub cap: Option<Expression>,
    /// The least there can be.
    pub floor: Option<Expression>,
    /// The grade the points lead to.
    pub graded: Expression,
}

/// What adds or deducts points.
#[derive(Clone, PartialEq, Debug)]
pub struct CreditEvent {
    /// Whether it adds; else it deducts.
    pub adds: bool,
    /// How many points, each time.
    pub points: Expression,
    /// How often.
    pub source: EventSource,
    /// How many points at most, altogether.
    pub most: Option<Expression>,
    /// What it is called.
    pub label: Titles,
    /// Where it stands.
    pub span: Span,
}

/// How often points are added or deducted.
#[derive(Clone, PartialEq, Debug)]
pub enum EventSource {
    /// Once, when a condition holds.
    Once(Condition),
    /// For each record that counts.
    Records(RecordEvents),
}

/// The records that count.
#[derive(Clone, PartialEq, Debug)]
pub struct RecordEvents {
    /// The fact that holds them.
    pub list: FactId,
    /// Which of them; all without it.
    pub filter: Option<Expression>,
    /// The field that says from which day a record counts.
    pub since: Option<u16>,
    /// For how long it counts; for ever without it.
    pub lasting: Option<Duration>,
    /// When it counts as repaired.
    pub repaired: Option<Expression>,
}

/// A grade given outright, unless the one worked out is worse.
#[derive(Clone, PartialEq, Debug)]
pub struct Veto {
    /// The grade.
    pub grade: Value,
    /// When.
    pub condition: Condition,
    /// Where it stands.
    pub span: Span,
}
