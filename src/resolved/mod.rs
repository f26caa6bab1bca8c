//! Names bound, imports followed, clauses put in their places, versions of a rule grouped.
//!
//! In: the syntax trees of all files of all packs. Out: [`Resolved`]. Expressions are still as written: what a name in one
//! means may depend on its type.

mod adjustments;
mod allowances;
mod benchmarks;
mod built_in;
mod clauses;
mod conditionals;
mod covers;
mod credit;
mod fine;
mod from_syntax;
mod measures;
mod names;
mod norms;
mod referral;
mod rules;
mod targets;
mod versions;
mod violations;
mod vocabulary;
mod words;

pub use adjustments::{Circumstance, CountedTwice, Credit, CreditTier, Direction};
pub use allowances::Allowance;
pub use benchmarks::{Benchmark, Factor, FactorRows, RowResult, Step};
pub use built_in::{BUILT_IN_NAMES, BuiltInName, built_in_name, is_built_in};
pub use conditionals::{BarOutcome, Conditional, ConditionalKind, Criterion, Principle, ProceedingStage, TimeLimit};
pub use covers::{Covers, is_stem};
pub use credit::{CreditEvent, EventSource, Grading, RecordEvents, Veto};
pub use fine::{Fine, FineAmount, FineBranch, FineCase, FineForce};
pub use from_syntax::resolve;
pub use measures::{
    DailyRules, Extent, KindAsked, Measure, MeasureClass, MeasureGroup, MeasureKind, MeasureTerms, MeasureUse,
    SurchargeRules, Term, TermEnd,
};
pub use names::Symbols;
pub use norms::{Level, NormRelations, YieldsTo};
pub use referral::{FineMeanwhile, Ground, Referral, ReferralKind};
pub use rules::{Head, InForce, Label, Phase, Rules, Status};
pub use targets::{PartyKind, PartyKinds, Target};
pub use violations::{Exempt, Force, LeniencyList, Tier, Violation};
pub use vocabulary::{Calendar, Define, EnumType, Fact, FactKind, Instrument, RecordField, Stated, Table, Unit};
pub use words::{kind_asked, level, referral_kind};

pub use words::listed_word;

/// The phase in which expressions and cells are as written.
#[derive(Clone, Copy, Debug)]
pub enum Written {}

impl Phase for Written {
    type Expr = crate::syntax::Expr;
    type Cell = crate::syntax::Cell;
}

/// All declarations with their references bound, and the names expressions may use.
#[derive(Debug)]
pub struct Resolved {
    /// The declarations.
    pub rules: Rules<Written>,
    /// The names.
    pub symbols: Symbols,
}
