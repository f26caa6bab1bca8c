use super::node::Expression;
use super::rule::{RuleId, Titles};
use super::rules::{DueMeasure, Stated, Subjects};
use crate::resolved::MeasureKind;
use crate::source::Span;
use crate::syntax::ChoiceMode;
use crate::value::{Duration, Number};

/// A measure as declared.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureRule {
    /// Its rule.
    pub rule: RuleId,
    /// Its kind, which says what it is in law.
    pub kind: MeasureKind,
    /// When and where it is due without being named by another rule; `None` when it is not.
    pub due: Option<DueMeasure>,
    /// What it says.
    pub states: Vec<Stated>,
    /// The measure as its declaration fixes it.
    pub declared: MeasureUse,
    /// Whom it reaches; anyone when absent.
    pub subjects: Option<Subjects>,
    /// How days are counted, on a daily penalty that says so.
    pub daily: Option<DailyProgram>,
    /// How days are counted, on a surcharge.
    pub surcharge: Option<SurchargeProgram>,
}

/// How the days of a daily penalty are counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DailyProgram {
    /// The time for the re-inspection, from service of the order.
    pub recheck_within: Duration,
    /// Whether a refused re-inspection counts as going on; `None` when the law does not say.
    pub refusal_counts: Option<bool>,
}

/// How a surcharge on a sum not paid in time is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SurchargeProgram {
    /// What each day adds, as a share of the sum.
    pub rate: Number,
    /// The most it can come to, as a share of the sum.
    pub cap: Option<Number>,
    /// Whether the last day for payment itself counts.
    pub due_day_counts: bool,
}

/// A measure that a rule brings, with what is fixed of it.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureUse {
    /// The measure.
    pub rule: RuleId,
    /// Who approves.
    pub approval: Option<Titles>,
    /// Who decides, when it is another body.
    pub decided_by: Option<Titles>,
    /// Who is told.
    pub informed: Option<Titles>,
    /// What takes its place when it cannot be performed.
    pub otherwise: Option<RuleId>,
    /// How long.
    pub term: Option<TermProgram>,
    /// How much.
    pub extent: Option<ExtentProgram>,
    /// The same under other versions of the measure.
    pub versions: Vec<MeasureUse>,
}

/// How long a measure lasts, or by when it must be performed.
#[derive(Clone, PartialEq, Debug)]
pub struct TermProgram {
    /// By when an order must be performed, not how long a measure lasts.
    pub deadline: bool,
    /// Lower end.
    pub low: Option<Expression>,
    /// The length, or the upper end.
    pub high: TermEnd,
    /// `up to` stands before it.
    pub up_to: bool,
    /// From when, where the article says so.
    pub from: Option<Titles>,
    /// Where it stands.
    pub span: Span,
}

/// The upper end of a term.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum TermEnd {
    /// A length.
    At(Expression),
    /// 终身.
    Life,
    /// 不定.
    Unspecified,
}

/// How much a measure takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ExtentProgram {
    /// Lower end; absent for `up to`.
    pub low: Option<Expression>,
    /// The figure, or the upper end.
    pub high: Expression,
    /// Whether both ends are one figure.
    pub single: bool,
    /// Where it stands.
    pub span: Span,
}

/// Measures of a consequence: all of `measures` when it is one, a choice among them when they are several.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureGroup {
    /// The measures.
    pub measures: Vec<MeasureUse>,
    /// How many of several.
    pub mode: ChoiceMode,
    /// Whether the measure is left to the officer.
    pub may: bool,
    /// Where it stands.
    pub span: Span,
}
