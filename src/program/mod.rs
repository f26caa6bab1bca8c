//! The compiled form: everything a case needs, by id, with nothing left to look up by name.
//!
//! In: the typed tree. Out: a [`Program`], which never changes. What evaluation reads is indexed: facts by slot, violations by
//! id, versions by date, table cells by interval, so that the cost of a case does not grow with the rules loaded.

mod allowance;
mod calendar;
mod credit;
mod fine;
mod from_typed;
mod index;
mod measures;
mod node;
mod pool;
mod referral;
mod rule;
mod rules;
mod targets;
mod versions;

pub use allowance::Allowance;
pub use calendar::Calendar;
pub use credit::{CreditEvent, EventSource, GradeProgram, PointsProgram, RecordEvents, Veto};
pub use fine::{FineAmount, FineBranch, FineCase, FineForce, FineRule};
pub use from_typed::compile;
pub use index::{CellIndex, ColumnIndex};
pub use measures::{
    DailyProgram, ExtentProgram, MeasureGroup, MeasureRule, MeasureUse, SurchargeProgram, TermEnd, TermProgram,
};
pub use node::{Aggregate, AggregateFunction, Cells, Expression, Node, NodeId, TableId, TableProgram, TableRow};
pub use pool::Pool;
pub use referral::{FineMeanwhile, ReferralGround, ReferralKind, ReferralRule};
pub use rule::{
    DefineId, Fact, FactField, FactId, FactType, InForce, Instrument, Rule, RuleId, RuleKind, Status, Titles,
};
pub use rules::{
    AdjustmentRule, BarRule, BenchmarkStep, BenchmarkVersion, Condition, CountedTwice, CreditTier, CreditVersion,
    Define, Direction, DueMeasure, ExemptItem, FactorKind, FactorProgram, Force, LeniencyVersion, Principle,
    ProcedureRule, Stated, Subjects, Tier, TimeLimit, Violation, ViolationVersion, WeightsProgram,
};
pub use targets::{PartyKind, PartyKinds, Target};
pub use versions::Versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::source::{SourceMap, Span};
use crate::value::{EnumId, Number, UnitId};

/// A pack that went into a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackIdentity {
    /// Name, such as `cn-gd`.
    pub name: String,
    /// Version.
    pub version: String,
    /// SHA-256 of manifest and rule files, in hexadecimal.
    pub digest: String,
    /// What it is called in each language.
    pub title: Titles,
}

/// A unit of measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Name in rule text.
    pub name: Arc<str>,
    /// Symbol, accepted in cases too.
    pub symbol: Option<Arc<str>>,
    /// Label in each language.
    pub label: Titles,
    /// The unit its dimension is reckoned in.
    pub base: UnitId,
    /// How many base units one of it is.
    pub factor: Number,
    /// Where it is declared.
    pub span: Span,
}

/// An enumerated type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnumType {
    /// Name in rule text.
    pub name: Arc<str>,
    /// Whether members are ordered from light to heavy.
    pub ordered: bool,
    /// Members with their labels, in order.
    pub members: Vec<(Arc<str>, Titles)>,
    /// Where it is declared.
    pub span: Span,
}

/// A compiled rule set.
#[derive(Clone, Debug)]
pub struct Program {
    /// The rule texts; explanations show them.
    pub sources: SourceMap,
    /// The packs, imports first, the pack asked for last.
    pub packs: Vec<PackIdentity>,
    /// Names and digests of all packs: two programs with one identity are the same program.
    pub identity: Arc<str>,
    /// The area of the pack asked for, such as `cn-gd`.
    pub area: Arc<str>,
    /// Currency code of all money, such as `CNY`.
    pub currency: Arc<str>,
    /// Every citable rule.
    pub rules: Vec<Rule>,
    /// For each rule, itself and the instruments it cites, as far as they are not verified.
    pub(crate) unverified: Vec<Box<[RuleId]>>,
    /// Instruments by short name.
    pub instruments: IndexMap<Arc<str>, Instrument>,
    /// Facts by slot.
    pub facts: IndexMap<Arc<str>, Fact>,
    /// Definitions by slot, one a version; a definition only uses those before it. Expressions name the first version.
    pub defines: Vec<Define>,
    /// Texts and provisions that rules name.
    pub pool: Arc<Pool>,
    /// Units.
    pub units: Vec<Unit>,
    /// Enumerated types.
    pub enums: Vec<EnumType>,
    /// The type of credit grades, when one is declared.
    pub grades: Option<EnumId>,
    /// Expressions; conditions and amounts refer into it.
    pub nodes: Vec<Node>,
    /// Tables, one a version. Expressions name the first version.
    pub tables: Vec<TableProgram>,
    /// Measures by rule.
    pub measures: Vec<MeasureRule>,
    /// Measures that are due of themselves, in the order of their names.
    pub due_measures: Vec<RuleId>,
    /// The versions of each measure, by the rule that consequences name: that of the first one declared.
    pub measure_versions: BTreeMap<RuleId, Versions<RuleId>>,
    /// Violations by id.
    pub violations: IndexMap<Arc<str>, Violation>,
    /// Calendars of working days.
    pub calendars: Vec<Calendar>,
    /// Findings that the rules say are known, in the order in which they are written.
    pub allowances: Vec<Allowance>,
    /// Bars, in the order of their names.
    pub bars: Vec<BarRule>,
    /// Referrals, in the order of what they are for and of their names.
    pub referrals: Vec<ReferralRule>,
    /// Procedures, in the order of the stages of the proceedings and of their names.
    pub procedures: Vec<ProcedureRule>,
    /// Circumstances, in the order of their names.
    pub circumstances: Vec<AdjustmentRule>,
    /// Credit rules, in the order of their names.
    pub credit: Vec<CreditVersion>,
    /// How versions compete.
    pub principles: Vec<Principle>,
    /// Whether a presumption, definition, table or measure holds on some days only.
    pub(crate) depends_on_the_day: bool,
    /// Whether a procedure looks at what a decision comes to.
    pub(crate) adds_up: bool,
}

impl Program {
    /// A rule by id.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.index())
    }

    /// The rule and the instruments it cites, as far as they are not verified.
    pub(crate) fn unverified(&self, id: RuleId) -> &[RuleId] {
        self.unverified.get(id.index()).map_or(&[], |rules| rules)
    }

    /// A measure by its rule.
    #[must_use]
    pub fn measure(&self, rule: RuleId) -> Option<&MeasureRule> {
        let place = self.measures.binary_search_by_key(&rule, |measure| measure.rule).ok()?;
        self.measures.get(place)
    }

    /// A fact by id.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get_index(id.index()).map(|(_, fact)| fact)
    }

    /// A definition by id.
    #[must_use]
    pub fn define(&self, id: DefineId) -> Option<&Define> {
        self.defines.get(id.index())
    }

    /// A table by id.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&TableProgram> {
        self.tables.get(usize::try_from(id.0).ok()?)
    }

    /// A unit by id.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// A type by id.
    #[must_use]
    pub fn enumeration(&self, id: EnumId) -> Option<&EnumType> {
        self.enums.get(usize::from(id.0))
    }
}
