//! The shapes of all declarations, once, for the resolved and the typed tree.

use std::fmt::Debug;
use std::sync::Arc;

use super::allowances::Allowance;
use super::measures::Measure;
use super::referral::Referral;
use super::{
    Benchmark, Calendar, Circumstance, Conditional, Credit, Define, EnumType, Fact, Instrument, LeniencyList,
    Principle, Table, Unit, Violation,
};
use crate::source::{Citation, Span};
use crate::syntax::Name;
use crate::value::Date;

/// A stage of compilation: what expressions and cells are in it.
pub trait Phase: Debug + Clone {
    /// An expression.
    type Expr: Debug + Clone;
    /// A set of points.
    type Cell: Debug + Clone;
}

/// A text in one or both languages.
pub type Label = crate::syntax::Label;

/// How far a rule can be relied on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// 已核: read in the instrument.
    Verified,
    /// 转录: from a copy or summary.
    Transcribed,
    /// 暂定: a placeholder to be replaced. What says nothing of itself is one.
    #[default]
    Assumed,
}

/// From a day to a day, both included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct InForce {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

impl InForce {
    /// Whether the rule is in force on `day`.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two intervals share a day.
    #[must_use]
    pub fn overlaps(&self, other: &InForce) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// What every declaration has.
#[derive(Clone, Debug)]
pub struct Head {
    /// Name.
    pub name: Name,
    /// Label.
    pub label: Label,
    /// Legal basis.
    pub basis: Vec<Citation>,
    /// Reliability: its own, or that of its pack.
    pub status: Status,
    /// Note for the explanation.
    pub note: Option<Label>,
    /// In-force interval: its own, or that of the first instrument cited.
    pub in_force: Option<InForce>,
    /// Whether the interval is its own, not that of the instrument it cites.
    pub own_interval: bool,
    /// Area: its own, that of the first instrument cited, or that of its pack.
    pub area: Arc<str>,
    /// The whole declaration.
    pub span: Span,
}

/// All declarations of a rule set.
#[derive(Clone, Debug)]
pub struct Rules<P: Phase> {
    /// Instruments by short name.
    pub instruments: Vec<Instrument<P>>,
    /// Units.
    pub units: Vec<Unit>,
    /// Types.
    pub enums: Vec<EnumType>,
    /// Facts.
    pub facts: Vec<Fact<P>>,
    /// Definitions.
    pub defines: Vec<Define<P>>,
    /// Tables.
    pub tables: Vec<Table<P>>,
    /// Measures.
    pub measures: Vec<Measure<P>>,
    /// Violations, one entry a version.
    pub violations: Vec<Violation<P>>,
    /// Leniency lists, one entry a version.
    pub lists: Vec<LeniencyList<P>>,
    /// Benchmarks, one entry a version.
    pub benchmarks: Vec<Benchmark<P>>,
    /// Circumstances.
    pub circumstances: Vec<Circumstance<P>>,
    /// Credit rules.
    pub credit: Vec<Credit<P>>,
    /// Bars, procedures.
    pub conditionals: Vec<Conditional<P>>,
    /// Referrals.
    pub referrals: Vec<Referral<P>>,
    /// Principles.
    pub principles: Vec<Principle>,
    /// Calendars.
    pub calendars: Vec<Calendar>,
    /// Findings that are known.
    pub allowances: Vec<Allowance>,
}

impl<P: Phase> Default for Rules<P> {
    fn default() -> Self {
        Rules {
            instruments: Vec::new(),
            units: Vec::new(),
            enums: Vec::new(),
            facts: Vec::new(),
            defines: Vec::new(),
            tables: Vec::new(),
            measures: Vec::new(),
            violations: Vec::new(),
            lists: Vec::new(),
            benchmarks: Vec::new(),
            circumstances: Vec::new(),
            credit: Vec::new(),
            conditionals: Vec::new(),
            referrals: Vec::new(),
            principles: Vec::new(),
            calendars: Vec::new(),
            allowances: Vec::new(),
        }
    }
}
