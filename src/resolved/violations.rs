//! Violations with their tiers, and the lists that forgive them.

use std::fmt::Debug;

use super::fine::Fine;
use super::measures::MeasureGroup;
use super::norms::NormRelations;
use super::targets::Target;
use super::{Head, Label, Phase};
use crate::source::{Citation, Span};
use crate::syntax::Name;

/// A tier.
#[derive(Clone, Debug)]
pub struct Tier<P: Phase> {
    /// Condition.
    pub condition: P::Expr,
    /// Label.
    pub label: Label,
    /// Basis of its own.
    pub basis: Vec<Citation>,
    /// On which day what it punishes happened, when not on that of the act.
    pub occurs_on: Option<P::Expr>,
    /// Fine of its own.
    pub fine: Option<Fine<P>>,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// What it threatens some kinds of party with.
    pub targets: Vec<Target<P>>,
    /// Where.
    pub span: Span,
}

/// 违法行为.
#[derive(Clone, Debug)]
pub struct Violation<P: Phase> {
    /// Head.
    pub head: Head,
    /// Duty breached.
    pub breaches: Vec<Citation>,
    /// Unit, individual, and where it says so.
    pub subjects: Option<(bool, bool, Span)>,
    /// Elements.
    pub elements: Option<P::Expr>,
    /// No longer unlawful from here on.
    pub no_longer_unlawful: bool,
    /// Fine.
    pub fine: Option<Fine<P>>,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// What some kinds of party are threatened with.
    pub targets: Vec<Target<P>>,
    /// Tiers.
    pub tiers: Vec<Tier<P>>,
    /// How its norm stands to others that the same act breaks.
    pub norm: NormRelations,
}

/// With what force a rule speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Force {
    /// 应当.
    Shall,
    /// 可以; whether the pack recommends it.
    May(bool),
}

/// 免罚.
#[derive(Clone, Debug)]
pub struct Exempt<P: Phase> {
    /// Violations by id.
    pub violations: Vec<Name>,
    /// Label.
    pub label: Label,
    /// Basis.
    pub basis: Vec<Citation>,
    /// Note.
    pub note: Option<Label>,
    /// Conditions.
    pub when: Option<P::Expr>,
    /// Exclusions.
    pub except: Vec<P::Expr>,
    /// Force.
    pub force: Force,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// Where.
    pub span: Span,
}

/// 免罚清单.
#[derive(Clone, Debug)]
pub struct LeniencyList<P: Phase> {
    /// Head.
    pub head: Head,
    /// Umbrella conditions.
    pub when: Vec<P::Expr>,
    /// Exclusions.
    pub except: Vec<P::Expr>,
    /// Items.
    pub items: Vec<Exempt<P>>,
}
