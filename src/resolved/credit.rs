//! How a credit grade is reached, for the resolved and the typed tree.

use super::{Label, Phase};
use crate::source::Span;
use crate::syntax::Name;
use crate::value::MonthDay;

/// How a credit grade is worked out, where the case does not give it.
#[derive(Clone, Debug)]
pub struct Grading<P: Phase> {
    /// Points at the beginning.
    pub start: Option<P::Expr>,
    /// What adds and deducts points.
    pub events: Vec<CreditEvent<P>>,
    /// The most points there can be.
    pub cap: Option<P::Expr>,
    /// The least points there can be.
    pub floor: Option<P::Expr>,
    /// The grade the points lead to.
    pub graded: Option<P::Expr>,
    /// Grades of which the worst counts.
    pub indicators: Vec<P::Expr>,
    /// Grades that are the best there can be when their condition holds.
    pub vetoes: Vec<Veto<P>>,
    /// The days on which the grade is frozen for use, each year.
    pub frozen: Vec<MonthDay>,
    /// Where it begins.
    pub span: Span,
}

/// What adds or deducts points.
#[derive(Clone, Debug)]
pub struct CreditEvent<P: Phase> {
    /// Whether it adds; else it deducts.
    pub adds: bool,
    /// How many points, each time.
    pub points: P::Expr,
    /// How often.
    pub source: EventSource<P>,
    /// How many points at most, altogether.
    pub most: Option<P::Expr>,
    /// What it is called.
    pub label: Label,
    /// Where.
    pub span: Span,
}

/// How often points are added or deducted.
#[derive(Clone, Debug)]
pub enum EventSource<P: Phase> {
    /// Once, when a condition holds.
    Once(P::Expr),
    /// For each record that counts.
    Records(RecordEvents<P>),
}

/// The records that count.
#[derive(Clone, Debug)]
pub struct RecordEvents<P: Phase> {
    /// The fact that holds them.
    pub list: Name,
    /// That fact by its place in the table of facts, once its type is known.
    pub fact: Option<usize>,
    /// Which of them.
    pub filter: Option<P::Expr>,
    /// The field that says from which day a record counts.
    pub since: Option<Name>,
    /// That field by its place, once the type of the fact is known.
    pub field: Option<usize>,
    /// For how long it counts.
    pub lasting: Option<P::Expr>,
    /// When it counts as repaired.
    pub repaired: Option<P::Expr>,
}

/// A grade given outright, unless the one worked out is worse.
#[derive(Clone, Debug)]
pub struct Veto<P: Phase> {
    /// The grade.
    pub grade: P::Expr,
    /// When.
    pub condition: P::Expr,
    /// Where.
    pub span: Span,
}
