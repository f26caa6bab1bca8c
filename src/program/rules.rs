use std::sync::Arc;

use super::credit::GradeProgram;
use super::fine::FineRule;
use super::index::CellIndex;
use super::measures::MeasureGroup;
use super::node::{Expression, TableRow};
use super::rule::{DefineId, InForce, RuleId, Titles};
use super::targets::{PartyKinds, Target};
use super::versions::Versions;
use crate::resolved::{BarOutcome, Covers, Criterion, NormRelations, ProceedingStage};
use crate::source::Span;
use crate::syntax::HitPolicy;
use crate::value::{Number, ProvisionId};

/// A condition: the conjuncts of its text, so that an explanation shows each element.
#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// The conjuncts; the condition holds when all do. Empty: always.
    pub elements: Vec<Expression>,
}

/// Who can commit a violation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subjects {
    /// Units.
    pub unit: bool,
    /// Individuals.
    pub individual: bool,
    /// Where it says so.
    pub span: Span,
}

/// A definition.
#[derive(Clone, PartialEq, Debug)]
pub struct Define {
    /// Name.
    pub name: Arc<str>,
    /// Label.
    pub label: Titles,
    /// Its value.
    pub value: Expression,
    /// Its rule.
    pub rule: RuleId,
    /// The definitions of its name; empty on those that expressions do not name.
    pub versions: Versions<DefineId>,
}

/// What a measure or notice says besides its name.
#[derive(Clone, PartialEq, Debug)]
pub struct Stated {
    /// What is said.
    pub label: Titles,
    /// Its value.
    pub value: Expression,
}

/// When and where a measure is due of itself.
#[derive(Clone, PartialEq, Debug)]
pub struct DueMeasure {
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// When it is due.
    pub condition: Condition,
}

/// A tier of a violation: what changes when its condition holds.
#[derive(Clone, PartialEq, Debug)]
pub struct Tier {
    /// Its rule.
    pub rule: RuleId,
    /// When it applies.
    pub condition: Condition,
    /// On which day what it punishes happened, when not on that of the act.
    pub occurs_on: Option<Expression>,
    /// Its own fine, in place of the base.
    pub fine: Option<FineRule>,
    /// Its measures, in addition.
    pub measures: Vec<MeasureGroup>,
    /// What it threatens some kinds of party with.
    pub targets: Vec<Target>,
}

/// One version of a violation.
#[derive(Clone, PartialEq, Debug)]
pub struct ViolationVersion {
    /// The provisions it rests on, as 本条款 names them.
    pub provisions: ProvisionId,
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// The act is no longer unlawful from this version on.
    pub no_longer_unlawful: bool,
    /// How its norm stands to others that the same act breaks.
    pub norm: NormRelations,
    /// Who can commit it.
    pub subjects: Option<Subjects>,
    /// What makes it a violation.
    pub elements: Condition,
    /// The fine.
    pub fine: Option<FineRule>,
    /// Other measures.
    pub measures: Vec<MeasureGroup>,
    /// What some kinds of party are threatened with.
    pub targets: Vec<Target>,
    /// Tiers.
    pub tiers: Vec<Tier>,
}

/// A violation with everything that can bear on it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Violation {
    /// Its versions by first day.
    pub versions: Vec<ViolationVersion>,
    /// Leniency lists with items for it, most local first.
    pub lists: Vec<LeniencyVersion>,
    /// Benchmarks for it, most local first.
    pub benchmarks: Vec<BenchmarkVersion>,
}

pub use crate::resolved::{Direction, Force};

/// An item of a leniency list.
#[derive(Clone, PartialEq, Debug)]
pub struct ExemptItem {
    /// Its rule.
    pub rule: RuleId,
    /// Its conditions.
    pub condition: Condition,
    /// Its own exclusions.
    pub exclusions: Vec<Expression>,
    /// Its force.
    pub force: Force,
    /// What goes with it, such as education.
    pub measures: Vec<MeasureGroup>,
}

/// A leniency list in one version, with its items for one violation.
#[derive(Clone, PartialEq, Debug)]
pub struct LeniencyVersion {
    /// Its rule.
    pub rule: RuleId,
    /// Name, by which credit may exclude it.
    pub name: Arc<str>,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// Umbrella conditions.
    pub condition: Condition,
    /// Exclusions.
    pub exclusions: Vec<Expression>,
    /// Items.
    pub items: Arc<[ExemptItem]>,
}

/// How a factor finds its row.
#[derive(Clone, PartialEq, Debug)]
pub enum FactorKind {
    /// By the value of a key.
    Keyed(Expression, CellIndex),
    /// By the first condition, or by all of them, as the hit policy says.
    Conditions(Vec<Expression>),
}

/// A factor of weights.
#[derive(Clone, PartialEq, Debug)]
pub struct FactorProgram {
    /// Its rule.
    pub rule: RuleId,
    /// How it finds its row.
    pub kind: FactorKind,
    /// Rows in order.
    pub rows: Vec<TableRow>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// The lowest row counts when the key cannot be established.
    pub lowest_when_unestablished: bool,
}

/// Weights added up.
#[derive(Clone, PartialEq, Debug)]
pub struct WeightsProgram {
    /// Start value.
    pub start: Option<Expression>,
    /// Factors in order.
    pub factors: Vec<FactorProgram>,
    /// Cap of the sum.
    pub cap: Option<Expression>,
    /// Floor of the sum.
    pub floor: Option<Expression>,
}

/// A named step of a benchmark.
#[derive(Clone, PartialEq, Debug)]
pub enum BenchmarkStep {
    /// Weights.
    Weights(RuleId, WeightsProgram, Span),
    /// An expression.
    Let(RuleId, Expression),
}

/// A benchmark in one version.
#[derive(Clone, PartialEq, Debug)]
pub struct BenchmarkVersion {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// Named steps, in an order in which each uses only those before it.
    pub steps: Vec<BenchmarkStep>,
    /// The discretion tier the case falls into.
    pub band: Option<Expression>,
    /// The amount.
    pub fine: Expression,
    /// Rounding: mode, step and the instrument's rule.
    pub rounding: Option<(crate::value::RoundingMode, Number, RuleId)>,
}

/// Facts that count a second time, and why that is meant.
#[derive(Clone, PartialEq, Debug)]
pub struct CountedTwice {
    /// The facts or definitions, by name.
    pub names: Vec<Arc<str>>,
    /// Why.
    pub reason: Titles,
    /// The violations for which they really do.
    pub violations: Vec<Arc<str>>,
    /// Where it says so.
    pub span: Span,
}

/// A circumstance.
#[derive(Clone, PartialEq, Debug)]
pub struct AdjustmentRule {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// When it applies.
    pub condition: Condition,
    /// Its force.
    pub force: Force,
    /// The violations it concerns.
    pub covers: Covers,
    /// Lighter, reduced, either of them, or heavier.
    pub direction: Direction,
    /// Where it is either of them: whether the rules put reduced first.
    pub reduced_first: bool,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice>,
    /// The new amount.
    pub effect: Expression,
}

impl AdjustmentRule {
    /// Whether the fine may go below the minimum by it, unless the officer decides otherwise: 减轻.
    #[must_use]
    pub fn reduces(&self) -> bool {
        match self.direction {
            Direction::Reduced => true,
            Direction::LighterOrReduced => self.reduced_first,
            Direction::Lighter | Direction::Heavier => false,
        }
    }

    /// Whether the fine may go below the minimum by it, perhaps as the officer decides.
    #[must_use]
    pub fn may_reduce(&self) -> bool {
        matches!(self.direction, Direction::Reduced | Direction::LighterOrReduced)
    }
}

/// One tier of a credit rule.
#[derive(Clone, PartialEq, Debug)]
pub struct CreditTier {
    /// Its rule.
    pub rule: RuleId,
    /// When it applies.
    pub condition: Condition,
    /// A factor on the amount.
    pub coefficient: Option<Expression>,
    /// A new amount.
    pub effect: Option<Expression>,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice>,
    /// Leniency lists it excludes, with where it says so; an empty name means all.
    pub excludes: Vec<(Arc<str>, Span)>,
    /// Measures it brings.
    pub measures: Vec<MeasureGroup>,
}

/// A credit rule in one version.
#[derive(Clone, PartialEq, Debug)]
pub struct CreditVersion {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// The violations it concerns.
    pub covers: Covers,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// How the grade is reached, where the case does not give it.
    pub grading: Option<GradeProgram>,
    /// Tiers.
    pub tiers: Vec<CreditTier>,
}

/// A bar: what stands against a penalty.
#[derive(Clone, PartialEq, Debug)]
pub struct BarRule {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// The violations it concerns.
    pub covers: Covers,
    /// When it applies.
    pub condition: Condition,
    /// How the case ends then.
    pub outcome: BarOutcome,
}

/// A time limit.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeLimit {
    /// How long.
    pub length: Expression,
    /// The day it runs from; day 0 is not counted.
    pub from: Option<Expression>,
    /// Whether a last day that is no working day moves to the next working day.
    pub rolling: bool,
    /// The clause.
    pub span: Span,
}

/// A procedure: what the result requires.
#[derive(Clone, PartialEq, Debug)]
pub struct ProcedureRule {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// The violations it concerns.
    pub covers: Covers,
    /// When it applies.
    pub condition: Condition,
    /// What is required.
    pub requires: Titles,
    /// Within what time.
    pub within: Option<TimeLimit>,
    /// What the notice says.
    pub states: Vec<Stated>,
    /// At which stage of the proceedings; procedures stand in this order.
    pub stage: Option<ProceedingStage>,
}

/// How versions of the law compete.
#[derive(Clone, PartialEq, Debug)]
pub struct Principle {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// What versions are compared by, in order.
    pub criteria: Vec<Criterion>,
    /// What norms that one act breaks are compared by, in order.
    pub norms: Vec<Criterion>,
}
