//! How the amount of a fine is found.

use std::fmt::Debug;

use super::targets::PartyKinds;
use super::{Head, Label, Phase};
use crate::source::Span;
use crate::syntax::{HitPolicy, Name};

/// A value or a range.
#[derive(Clone, Debug)]
pub struct RowResult<P: Phase> {
    /// The value, or the lower end.
    pub value: P::Expr,
    /// The upper end.
    pub upper: Option<P::Expr>,
}

/// Rows of a factor.
#[derive(Clone, Debug)]
pub enum FactorRows<P: Phase> {
    /// A key, and a cell for each row.
    Keyed(P::Expr, Vec<P::Cell>),
    /// A condition for each row.
    Conditions(Vec<P::Expr>),
}

/// 因素.
#[derive(Clone, Debug)]
pub struct Factor<P: Phase> {
    /// Name: the text of its key.
    pub name: Name,
    /// Label.
    pub label: Label,
    /// What the rows match.
    pub rows: FactorRows<P>,
    /// Results, one a row, with the place of the row.
    pub results: Vec<(RowResult<P>, Span)>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// Counted at its lowest row when it cannot be established.
    pub lowest_when_unestablished: bool,
    /// Where.
    pub span: Span,
}

/// A step of a benchmark.
#[derive(Clone, Debug)]
pub enum Step<P: Phase> {
    /// 权重.
    Weights {
        /// Name.
        name: Name,
        /// Label.
        label: Label,
        /// Start value.
        start: Option<P::Expr>,
        /// Factors.
        factors: Vec<Factor<P>>,
        /// Cap.
        cap: Option<P::Expr>,
        /// Floor.
        floor: Option<P::Expr>,
        /// Where.
        span: Span,
    },
    /// 令.
    Let(Name, P::Expr),
}

/// 裁量基准.
#[derive(Clone, Debug)]
pub struct Benchmark<P: Phase> {
    /// Head; the name is the id of the violation.
    pub head: Head,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// Steps.
    pub steps: Vec<Step<P>>,
    /// The discretion tier the case falls into.
    pub band: Option<P::Expr>,
    /// The amount.
    pub fine: P::Expr,
}
