//! The statutory fine, once, for the resolved and the typed tree.

use super::Phase;
use super::measures::MeasureGroup;
use crate::source::{Citation, Span};
use crate::syntax::{Deemed, Ends};

/// The statutory fine.
#[derive(Clone, Debug)]
pub struct Fine<P: Phase> {
    /// What shares and multiples are of, and what the cases speak of.
    pub base: Option<P::Expr>,
    /// What the base counts as at least.
    pub deemed: Option<Deemed<P::Expr>>,
    /// The amounts, each for some state of the base.
    pub branches: Vec<FineBranch<P>>,
    /// The most it may be.
    pub cap: Option<P::Expr>,
    /// With what force the law threatens it.
    pub force: FineForce,
    /// The measures it stands among: none, or one group.
    pub among: Vec<MeasureGroup<P>>,
    /// Where.
    pub span: Span,
}

/// With what force the law threatens a fine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FineForce {
    /// 处, 并处: it must be imposed.
    Shall,
    /// 并处 in a tier: it comes besides the fine of the base.
    Besides,
    /// 可以处: it may be imposed.
    May,
    /// 警告或者罚款: one of several, which must be taken.
    OneOf,
    /// The same, where none may be taken either.
    MayOneOf,
    /// 也可以并处: any number of several.
    AnyOf,
}

impl FineForce {
    /// Whether the officer decides on it.
    #[must_use]
    pub const fn is_choice(self) -> bool {
        !matches!(self, FineForce::Shall | FineForce::Besides)
    }
}

/// An amount, and for which state of the base it holds.
#[derive(Clone, Debug)]
pub struct FineBranch<P: Phase> {
    /// When it holds; without one it is the rule, and the others are exceptions.
    pub case: Option<FineCase<P>>,
    /// The amount.
    pub amount: FineAmount<P>,
    /// Where.
    pub span: Span,
}

/// States of the base.
#[derive(Clone, Debug)]
pub struct FineCase<P: Phase> {
    /// There is none.
    pub none: bool,
    /// It cannot be established.
    pub unestablished: bool,
    /// Its value lies in this set.
    pub values: Option<P::Cell>,
}

/// How an amount is found.
#[derive(Clone, Debug)]
pub enum FineAmount<P: Phase> {
    /// No fine.
    Nothing,
    /// Ends in money.
    Plain(Ends<P::Expr>),
    /// A range that an expression gives, such as a table.
    Range(P::Expr),
    /// Ends that are a share or multiple of the base.
    Portion(Ends<P::Expr>),
    /// Ends for each of what is counted or measured, and the unit by its place in the table of units.
    Each(Ends<P::Expr>, P::Expr, Option<(usize, Span)>),
    /// The amount stands in another norm.
    Elsewhere(Vec<Citation>),
}
