use super::Moment;
use crate::program::RuleId;
use crate::value::Number;

/// What a step says of an act under several norms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConcurrenceStep {
    /// Old and new law are compared once it is known what all norms come to together.
    ComparedLater,
    /// What the norms in force at that moment come to together; the rule of the step is the norm whose fine is imposed, its
    /// value the statutory range.
    Whole {
        /// The law of which day.
        moment: Moment,
        /// The fine; `None` when there is none or the officer picks it.
        amount: Option<Number>,
        /// The gravest measure that must be taken.
        must: Option<RuleId>,
        /// The gravest measure that may be taken.
        may: Option<RuleId>,
    },
    /// The fine worked out above is not imposed, and what is reckoned from it does not count; the rule of the step is the norm
    /// it gives way to.
    NotImposed {
        /// Whether the other measures stay.
        keeps_measures: bool,
    },
    /// What the two bring besides the fine was compared.
    Measures(MeasuresCompared),
}

/// Which of two laws brings the lighter measures.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MeasuresCompared {
    /// That of this moment.
    Lighter(Moment),
    /// They are equally grave.
    Same,
    /// They differ in kind and cannot be told apart, or either may turn out graver.
    Unclear,
}
