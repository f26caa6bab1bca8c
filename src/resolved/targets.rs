//! Who a rule is for: a unit, an individual, or the responsible persons of a unit.

use super::fine::Fine;
use super::measures::MeasureGroup;
use super::{Label, Phase, Status};
use crate::source::{Citation, Span};

/// What kind of party someone is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PartyKind {
    /// 单位: a legal person or other organisation.
    Unit,
    /// 个人: a natural person who did the act.
    Individual,
    /// 责任人员: a natural person who answers for the act of a unit.
    Responsible,
}

impl PartyKind {
    /// All of them, in the order in which they are written.
    pub const ALL: [PartyKind; 3] = [PartyKind::Unit, PartyKind::Individual, PartyKind::Responsible];
}

/// Some kinds of party.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct PartyKinds {
    unit: bool,
    individual: bool,
    responsible: bool,
}

impl PartyKinds {
    /// Those who did the act: units and individuals.
    pub const ACTORS: PartyKinds = PartyKinds { unit: true, individual: true, responsible: false };

    /// Whether `kind` is one of them.
    #[must_use]
    pub const fn contains(self, kind: PartyKind) -> bool {
        match kind {
            PartyKind::Unit => self.unit,
            PartyKind::Individual => self.individual,
            PartyKind::Responsible => self.responsible,
        }
    }

    /// Adds one more.
    pub fn insert(&mut self, kind: PartyKind) {
        match kind {
            PartyKind::Unit => self.unit = true,
            PartyKind::Individual => self.individual = true,
            PartyKind::Responsible => self.responsible = true,
        }
    }

    /// The kinds in it, in order.
    pub fn iter(self) -> impl Iterator<Item = PartyKind> {
        PartyKind::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

/// 对…: what a violation, or a tier of it, threatens some kinds of party with.
#[derive(Clone, Debug)]
pub struct Target<P: Phase> {
    /// Whom it is for.
    pub who: PartyKinds,
    /// The set of persons in the words of the law.
    pub label: Label,
    /// Basis of its own.
    pub basis: Vec<Citation>,
    /// How far it can be relied on, when it says so itself.
    pub status: Option<Status>,
    /// Note for the explanation, such as how an ambiguous clause is read.
    pub note: Option<Label>,
    /// When it applies to one of them.
    pub when: Option<P::Expr>,
    /// The fine.
    pub fine: Option<Fine<P>>,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// Where.
    pub span: Span,
}
