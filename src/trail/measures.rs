use super::enforcement::{DailyStep, SurchargeStep};
use crate::program::{PartyKind, RuleId, Titles};
use crate::value::{AmountRange, Duration, Value};

/// How long a measure lasts, or by when it must be performed, once it is worked out.
#[derive(Clone, PartialEq, Debug)]
pub struct Term {
    /// By when an order must be performed, not how long a measure lasts.
    pub deadline: bool,
    /// Lower end of a range.
    pub low: Option<Duration>,
    /// The length, or the upper end.
    pub high: TermLength,
    /// Whether it is an upper limit only.
    pub up_to: bool,
    /// From when.
    pub from: TermStart,
}

/// The upper end of a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermLength {
    /// A length.
    Of(Duration),
    /// 终身.
    Life,
    /// The article names no length: the authority sets it.
    Unspecified,
    /// It rests on what is not known.
    Open,
}

/// The first day of a term.
#[derive(Clone, PartialEq, Debug)]
pub enum TermStart {
    /// The article says so.
    Stated(Titles),
    /// The article is silent: the day the decision takes effect.
    DecisionEffective,
    /// A deadline whose article is silent: the day the order is served.
    OrderServed,
    /// Another body decides, and says from when.
    WithDecider,
}

/// How much a measure takes, once it is worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// One figure: money, a quantity, a number.
    Figure(Value),
    /// Between two figures; both are like the value named, whose own figure means nothing.
    Between(AmountRange, Value),
    /// Nothing: the figure is zero.
    Nothing,
    /// It rests on what is not asked yet.
    Open,
    /// It rests on what cannot be established.
    Unestablished,
}

/// What is worked out of a measure, one step each.
#[derive(Clone, PartialEq, Debug)]
pub enum MeasureStep {
    /// A party of this kind is not one of those it reaches; it falls away.
    NotASubject(PartyKind),
    /// A tier that applies says anew how long or how much it is, and takes the place of this one.
    FixedByTier(RuleId),
    /// How long, and from when.
    Term(Term),
    /// How much.
    Extent(Extent),
    /// A figure below zero, which counts as zero.
    BelowZero(Value),
    /// Who has to approve it first.
    Approval(Titles),
    /// The other body that decides on it.
    DecidedBy(Titles),
    /// Who is told.
    Informed(Titles),
    /// What takes its place when it cannot be performed.
    Otherwise(RuleId),
    /// A step of a daily penalty.
    Daily(DailyStep),
    /// A step of a surcharge.
    Surcharge(SurchargeStep),
}
