//! The shapes of all declarations, once, for the resolved and the typed tree.

use std::fmt::Debug;
use std::sync::Arc;

use super::allowances::Allowance;
use super::covers::Covers;
use super::credit::Grading;
use super::fine::Fine;
use super::measures::{Measure, MeasureGroup};
use super::norms::NormRelations;
use super::referral::Referral;
use super::targets::{PartyKinds, Target};
use crate::source::{Citation, Span};
use crate::syntax::{HitPolicy, Name};
use crate::value::{Date, DurationUnit, RoundingMode};

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

/// 法规.
#[derive(Clone, Debug)]
pub struct Instrument<P: Phase> {
    /// Head.
    pub head: Head,
    /// Full title.
    pub title: Option<Label>,
    /// Document number.
    pub number: Option<Label>,
    /// Level, as written.
    pub level: Option<Arc<str>>,
    /// Whether 以上 includes the number.
    pub above_included: Option<bool>,
    /// Whether 以下 includes the number.
    pub below_included: Option<bool>,
    /// Rounding of amounts.
    pub rounding: Option<(RoundingMode, P::Expr)>,
}

/// 单位.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Head.
    pub head: Head,
    /// Symbol.
    pub symbol: Option<Arc<str>>,
    /// What one of it is: the number as text, and the other unit.
    pub equals: Option<(Arc<str>, Name)>,
}

/// 类型.
#[derive(Clone, Debug)]
pub struct EnumType {
    /// Head.
    pub head: Head,
    /// Whether members are ordered.
    pub ordered: bool,
    /// Members.
    pub members: Vec<(Name, Label)>,
}

/// A field of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordField {
    /// Name.
    pub name: Arc<str>,
    /// Label.
    pub label: Label,
    /// Its type.
    pub kind: FactKind,
}

/// The type of a fact, bound to declared units and types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FactKind {
    /// 是否.
    Bool,
    /// 整数.
    Integer,
    /// 小数.
    Decimal,
    /// 百分比.
    Percent,
    /// 金额.
    Money,
    /// 日期.
    Date,
    /// 文字; only inside records.
    Text,
    /// 条款: one place in an instrument; only inside records.
    Provision,
    /// 期间.
    Duration(DurationUnit),
    /// 数量, in the unit at this place in the table of units.
    Quantity(usize),
    /// A declared type, by its place in the table of types.
    Enum(usize),
    /// 记录.
    List(Vec<RecordField>),
    /// Not known; already reported.
    Unknown,
}

/// 事实.
#[derive(Clone, Debug)]
pub struct Fact<P: Phase> {
    /// Head.
    pub head: Head,
    /// Type.
    pub kind: FactKind,
    /// Bounds.
    pub bounds: Option<P::Cell>,
    /// Question.
    pub question: Option<Label>,
    /// Evidence.
    pub evidence: Option<Label>,
    /// Presumption.
    pub presumption: Option<(P::Expr, Vec<Citation>)>,
    /// A case may say that there is none.
    pub may_be_absent: bool,
    /// It is known only after the decision.
    pub known_after_decision: bool,
}

/// 定义.
#[derive(Clone, Debug)]
pub struct Define<P: Phase> {
    /// Head.
    pub head: Head,
    /// Value.
    pub value: P::Expr,
}

/// What a measure or notice says besides its name, such as a rate or a day.
#[derive(Clone, Debug)]
pub struct Stated<P: Phase> {
    /// What is said.
    pub label: Label,
    /// Its value.
    pub value: P::Expr,
}

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

/// A value or a range.
#[derive(Clone, Debug)]
pub struct RowResult<P: Phase> {
    /// The value, or the lower end.
    pub value: P::Expr,
    /// The upper end.
    pub upper: Option<P::Expr>,
}

/// Rows of a factor.
#[derive(Clone, Debug)]
pub enum FactorRows<P: Phase> {
    /// A key, and a cell for each row.
    Keyed(P::Expr, Vec<P::Cell>),
    /// A condition for each row.
    Conditions(Vec<P::Expr>),
}

/// 因素.
#[derive(Clone, Debug)]
pub struct Factor<P: Phase> {
    /// Name: the text of its key.
    pub name: Name,
    /// Label.
    pub label: Label,
    /// What the rows match.
    pub rows: FactorRows<P>,
    /// Results, one a row, with the place of the row.
    pub results: Vec<(RowResult<P>, Span)>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// Counted at its lowest row when it cannot be established.
    pub lowest_when_unestablished: bool,
    /// Where.
    pub span: Span,
}

/// A step of a benchmark.
#[derive(Clone, Debug)]
pub enum Step<P: Phase> {
    /// 权重.
    Weights {
        /// Name.
        name: Name,
        /// Label.
        label: Label,
        /// Start value.
        start: Option<P::Expr>,
        /// Factors.
        factors: Vec<Factor<P>>,
        /// Cap.
        cap: Option<P::Expr>,
        /// Floor.
        floor: Option<P::Expr>,
        /// Where.
        span: Span,
    },
    /// 令.
    Let(Name, P::Expr),
}

/// 裁量基准.
#[derive(Clone, Debug)]
pub struct Benchmark<P: Phase> {
    /// Head; the name is the id of the violation.
    pub head: Head,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// Steps.
    pub steps: Vec<Step<P>>,
    /// The discretion tier the case falls into.
    pub band: Option<P::Expr>,
    /// The amount.
    pub fine: P::Expr,
}

/// Facts that count a second time, and why that is meant.
#[derive(Clone, Debug)]
pub struct CountedTwice<P: Phase> {
    /// The facts, or definitions that rest on them.
    pub facts: Vec<P::Expr>,
    /// Why.
    pub reason: Label,
    /// Where it says so.
    pub span: Span,
}

/// What a circumstance does to the fine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// 从轻: inside the range.
    Lighter,
    /// 减轻: may go below the minimum.
    Reduced,
    /// 从轻或减轻: the officer chooses between the two.
    LighterOrReduced,
    /// 从重: inside the range.
    Heavier,
}

/// 情节.
#[derive(Clone, Debug)]
pub struct Circumstance<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Condition.
    pub when: Option<P::Expr>,
    /// Force.
    pub force: Force,
    /// Lighter, reduced, either of them, or heavier.
    pub direction: Direction,
    /// Where it is either of them: whether the rules put reduced first.
    pub reduced_first: bool,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice<P>>,
    /// The new amount.
    pub effect: P::Expr,
}

/// A tier of credit.
#[derive(Clone, Debug)]
pub struct CreditTier<P: Phase> {
    /// Condition.
    pub condition: P::Expr,
    /// Label.
    pub label: Label,
    /// Basis.
    pub basis: Vec<Citation>,
    /// Factor on the amount.
    pub coefficient: Option<P::Expr>,
    /// New amount.
    pub effect: Option<P::Expr>,
    /// What counts a second time.
    pub counted_twice: Option<CountedTwice<P>>,
    /// Lists excluded; an empty name means all.
    pub excludes: Vec<(Arc<str>, Span)>,
    /// Measures.
    pub measures: Vec<MeasureGroup<P>>,
    /// Where.
    pub span: Span,
}

/// 信用.
#[derive(Clone, Debug)]
pub struct Credit<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Whom it is for.
    pub subjects: PartyKinds,
    /// The type of the grades, by its place in the table of types.
    pub grades: Option<usize>,
    /// Tiers.
    pub tiers: Vec<CreditTier<P>>,
    /// How a grade is worked out; `None` when the case gives it.
    pub grading: Option<Grading<P>>,
}

/// How a case ends under a bar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BarOutcome {
    /// 不予处罚: no penalty shall be imposed.
    NoPenalty,
    /// 不再处罚: no penalty may be imposed any more.
    Barred,
    /// 不予罚款: no fine may be imposed; other penalties and measures stay.
    NoFine,
}

/// A stage of the proceedings. The order is that in which they follow each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProceedingStage {
    /// 立案.
    Filing,
    /// 告知: notice to the party, and its defence.
    Notice,
    /// 听证.
    Hearing,
    /// 法制审核.
    Review,
    /// 集体讨论.
    Discussion,
    /// 作出决定.
    Decision,
    /// 送达.
    Service,
    /// 执行: payment and enforcement.
    Enforcement,
    /// 公开.
    Publication,
}

/// What sets a bar and a procedure apart.
#[derive(Clone, Debug)]
pub enum ConditionalKind<P: Phase> {
    /// 阻却.
    Bar(BarOutcome),
    /// 程序: what is required, within what time, what the notice says, and at which stage of the proceedings.
    Procedure(Label, Option<TimeLimit<P>>, Vec<Stated<P>>, Option<ProceedingStage>),
}

/// 阻却, 程序: rules that take effect when a condition holds.
#[derive(Clone, Debug)]
pub struct Conditional<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Condition.
    pub when: Option<P::Expr>,
    /// Which of the two, with what it brings.
    pub kind: ConditionalKind<P>,
}

/// 原则.
#[derive(Clone, Debug)]
pub struct Principle {
    /// Head.
    pub head: Head,
    /// What versions are compared by, in order.
    pub criteria: Vec<Criterion>,
    /// What norms that one act breaks are compared by, in order.
    pub norms: Vec<Criterion>,
}

/// What versions of the law are compared by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Criterion {
    /// 处理结果: no violation, no penalty, a choice, a fine.
    Outcome,
    /// 法定幅度: both ends of the statutory range.
    StatutoryRange,
    /// 金额: the amount worked out.
    Amount,
}

/// 期限: how long, and from which day.
#[derive(Clone, Debug)]
pub struct TimeLimit<P: Phase> {
    /// How long.
    pub length: P::Expr,
    /// The day it runs from; day 0 is not counted.
    pub from: Option<P::Expr>,
    /// Whether a last day that is no working day moves to the next working day.
    pub rolling: bool,
    /// The clause.
    pub span: Span,
}

/// 工作日历.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Head.
    pub head: Head,
    /// Holidays.
    pub holidays: Vec<InForce>,
    /// Working days.
    pub workdays: Vec<InForce>,
}

/// 表.
#[derive(Clone, Debug)]
pub struct Table<P: Phase> {
    /// Head.
    pub head: Head,
    /// Keys.
    pub keys: Vec<P::Expr>,
    /// Rows: cells, result, place.
    pub rows: Vec<(Vec<P::Cell>, RowResult<P>, Span)>,
    /// Hit policy.
    pub hit: HitPolicy,
    /// A key that cannot be established counts at the lowest row.
    pub lowest_when_unestablished: bool,
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
