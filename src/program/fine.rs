use super::measures::MeasureGroup;
use super::node::{Cells, Expression};
use super::rule::RuleId;
pub use crate::resolved::FineForce;
use crate::source::Span;
use crate::syntax::{Deemed, Ends};
use crate::value::UnitId;

/// The statutory fine.
#[derive(Clone, PartialEq, Debug)]
pub struct FineRule {
    /// What shares and multiples are of, and what the cases speak of.
    pub base: Option<Expression>,
    /// What the base counts as at least.
    pub deemed: Option<Deemed<Expression>>,
    /// The amounts, each for some state of the base.
    pub branches: Vec<FineBranch>,
    /// The most it may be.
    pub cap: Option<Expression>,
    /// With what force the law threatens it.
    pub force: FineForce,
    /// The measures it stands among: none, or one group.
    pub among: Vec<MeasureGroup>,
    /// Where it stands.
    pub span: Span,
}

/// An amount, and for which state of the base it holds.
#[derive(Clone, PartialEq, Debug)]
pub struct FineBranch {
    /// When it holds; without one it is the rule, and the others are exceptions.
    pub case: Option<FineCase>,
    /// The amount.
    pub amount: FineAmount,
    /// Where it stands.
    pub span: Span,
}

/// States of the base.
#[derive(Clone, PartialEq, Debug)]
pub struct FineCase {
    /// There is none.
    pub none: bool,
    /// It cannot be established.
    pub unestablished: bool,
    /// Its value lies in this set.
    pub values: Option<Cells>,
}

/// How an amount is found. No lower end: the minimum is absent, not zero.
#[derive(Clone, PartialEq, Debug)]
pub enum FineAmount {
    /// No fine.
    Nothing,
    /// Ends in money.
    Plain(Ends<Expression>),
    /// A range that an expression gives.
    Range(Expression),
    /// Ends that are a share or multiple of the base.
    Portion(Ends<Expression>),
    /// Ends for each of what is counted or measured, with the unit of what is measured.
    Each(Ends<Expression>, Expression, Option<UnitId>),
    /// The amount stands in another norm, which this rule cites.
    Elsewhere(RuleId),
}
