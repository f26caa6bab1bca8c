use super::ast::{Cell, Expr, Name};
use crate::source::{Citation, Span};

/// What follows `fine`.
#[derive(Clone, Debug)]
pub enum FineShape {
    /// `fine = …`, the result of a benchmark.
    Result(Expr),
    /// `fine under 《…》`: the amount stands in another norm.
    Elsewhere(Vec<(Citation, Span)>),
    /// The statutory fine.
    Written(WrittenFine),
}

/// The statutory fine as written.
#[derive(Clone, Debug)]
pub struct WrittenFine {
    /// The amount, then what holds for other values of its base.
    pub branches: Vec<WrittenBranch>,
    /// The most it may be.
    pub cap: Option<Expr>,
}

/// An amount, and for which state of its base it holds.
#[derive(Clone, Debug)]
pub struct WrittenBranch {
    /// When it holds; without one it is the rule, and the others are exceptions.
    pub case: Option<WrittenCase>,
    /// The amount.
    pub amount: WrittenAmount,
    /// The whole branch.
    pub span: Span,
}

/// States of a base.
#[derive(Clone, Debug, Default)]
pub struct WrittenCase {
    /// There is none.
    pub none: bool,
    /// It cannot be established.
    pub unestablished: bool,
    /// Its value lies in this set.
    pub values: Option<Cell>,
}

/// The ends of a fine.
#[derive(Clone, PartialEq, Debug)]
pub enum Ends<E> {
    /// `up to B`: the minimum is absent, not zero.
    UpTo(E),
    /// One sum.
    Single(E),
    /// `A to B`.
    Between(E, E),
}

impl<E> Ends<E> {
    /// The same ends, each turned into something else.
    pub fn map<T>(&self, mut turn: impl FnMut(&E) -> T) -> Ends<T> {
        match self {
            Ends::UpTo(high) => Ends::UpTo(turn(high)),
            Ends::Single(sum) => Ends::Single(turn(sum)),
            Ends::Between(low, high) => Ends::Between(turn(low), turn(high)),
        }
    }
}

/// What a base counts as at least.
#[derive(Clone, PartialEq, Debug)]
pub struct Deemed<E> {
    /// The floor.
    pub amount: E,
    /// It counts so when there is none, too.
    pub even_if_none: bool,
}

/// How an amount is found.
#[derive(Clone, Debug)]
pub enum WrittenAmount {
    /// `no fine`.
    Nothing,
    /// Ends in money.
    Plain(Ends<Expr>),
    /// Ends that are a share or multiple of a base.
    Portion {
        /// Ends.
        ends: Ends<Expr>,
        /// Base.
        base: Expr,
        /// What the base counts as at least.
        deemed: Option<Deemed<Expr>>,
    },
    /// Ends for each of what is counted or measured.
    Each {
        /// Ends.
        ends: Ends<Expr>,
        /// The fact, definition or table that counts.
        count: Name,
        /// The unit, of what is measured.
        unit: Option<Name>,
    },
}
