//! What moves the amount: circumstances and credit.

use std::fmt::Debug;
use std::sync::Arc;

use super::covers::Covers;
use super::credit::Grading;
use super::measures::MeasureGroup;
use super::targets::PartyKinds;
use super::{Force, Head, Label, Phase};
use crate::source::{Citation, Span};

/// Facts that count a second time, and why that is meant.
#[derive(Clone, Debug)]
pub struct CountedTwice<P: Phase> {
    /// The facts, or definitions that rest on them.
    pub facts: Vec<P::Expr>,
    /// Why.
    pub reason: Label,
    /// Where it says so.
    pub span: Span,
}

/// What a circumstance does to the fine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// 从轻: inside the range.
    Lighter,
    /// 减轻: may go below the minimum.
    Reduced,
    /// 从轻或减轻: the officer chooses between the two.
    LighterOrReduced,
    /// 从重: inside the range.
    Heavier,
}

/// 情节.
#[derive(Clone, Debug)]
pub struct Circumstance<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Condition.
    pub when: Option<P::Expr>,
    /// Force.
    pub force: Force,
    /// Lighter, reduced, either of them, or heavier.
    pub direction: Direction,
    /// Where it is either of them: whether the rules put reduced first.
    pub reduced_first: bool,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice<P>>,
    /// The new amount.
    pub effect: P::Expr,
}

/// A tier of credit.
#[derive(Clone, Debug)]
pub struct CreditTier<P: Phase> {
    /// Condition.
    pub condition: P::Expr,
    /// Label.
    pub label: Label,
    /// Basis.
    pub basis: Vec<Citation>,
    /// Factor on the amount.
    pub coefficient: Option<P::Expr>,
    /// New amount.
    pub effect: Option<P::Expr>,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice<P>>,
    /// Lists excluded; an empty name means all.
    pub excludes: Vec<(Arc<str>, Span)>,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// Where.
    pub span: Span,
}

/// 信用.
#[derive(Clone, Debug)]
pub struct Credit<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// The type of the grades, by its place in the table of types.
    pub grades: Option<usize>,
    /// Tiers.
    pub tiers: Vec<CreditTier<P>>,
    /// How a grade is worked out; `None` when the case gives it.
    pub grading: Option<Grading<P>>,
}
