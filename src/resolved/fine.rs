//! The statutory fine, once, for the resolved and the typed tree.

use super::rules::Phase;
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
    /// Where.
    pub span: Span,
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
