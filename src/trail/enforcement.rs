use crate::case::Found;
use crate::value::{Date, Number};

/// Where the fine that a daily penalty repeats comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OriginalFine {
    /// The case states it.
    Stated(Number),
    /// The fine of this recommendation.
    OfThis(Number),
    /// The fine of this recommendation, whose amount is not known yet.
    Open,
    /// A second decision whose fine the case does not state: it cannot be that of this recommendation.
    Missing,
}

impl OriginalFine {
    /// The amount, when it is known.
    #[must_use]
    pub const fn amount(self) -> Option<Number> {
        match self {
            OriginalFine::Stated(amount) | OriginalFine::OfThis(amount) => Some(amount),
            OriginalFine::Open | OriginalFine::Missing => None,
        }
    }
}

/// A step of a daily penalty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DailyStep {
    /// The case states no order and re-inspection: nothing is counted yet.
    NothingStated,
    /// The rule does not say how days are counted.
    NoCount,
    /// The law imposes no fine here, so that there is none to repeat.
    NoFine,
    /// The case states orders and re-inspections, and no rule provides for a daily penalty.
    NotProvided,
    /// A fine decision, by its number from 1.
    Cycle(usize, OriginalFine),
    /// A re-inspection due until a day.
    Due {
        /// Service of the order.
        served_on: Date,
        /// Last day for the re-inspection.
        until: Date,
    },
    /// A round that counts.
    Counted {
        /// Service of the order.
        served_on: Date,
        /// Day of the re-inspection.
        rechecked_on: Date,
        /// What was found: going on, or refused.
        found: Found,
        /// Days, from the day after service to the day of the re-inspection.
        days: i64,
    },
    /// Corrected, or halted: the cycle is closed.
    Closed(Date, Found),
    /// The re-inspection was refused, which the rule does not count.
    RefusalNotCounted(Date),
    /// The re-inspection was refused, and the law does not say whether that counts.
    RefusalSilent(Date),
    /// The re-inspection came after its time: whether the days count is not settled by the rules.
    Late {
        /// Day of the re-inspection.
        rechecked_on: Date,
        /// Last day for it.
        until: Date,
    },
    /// The case does not say what the re-inspection found.
    FindingMissing(Date),
    /// An order after the cycle was closed: it needs a fine decision of its own.
    AfterClosing(Date),
    /// A new fine decision while the cycle before it is not closed.
    BeforeClosing(usize),
    /// Days and amount of a cycle.
    Sum {
        /// Days.
        days: i64,
        /// What each day costs; `None` when it is not known.
        original: Option<Number>,
        /// The product.
        amount: Option<Number>,
    },
    /// All cycles together.
    Total(Number),
    /// Nothing counts: a daily penalty is not started.
    NotStarted,
}

/// A step of a surcharge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SurchargeStep {
    /// The case states no payment that is due.
    NothingStated,
    /// Not late.
    InTime(Date),
    /// Not paid: counted to the day of the decision.
    NotPaid(Date),
    /// A time that does not count, and how many of the days fall into it.
    Suspended {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// Days that fall away.
        days: i64,
    },
    /// The days that count.
    Days {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// Days, without those that do not count.
        days: i64,
    },
    /// Sum × rate × days.
    Amount {
        /// The sum due.
        sum: Number,
        /// What each day adds.
        rate: Number,
        /// Days.
        days: i64,
        /// The product.
        amount: Number,
    },
    /// Above the most it can come to.
    Capped {
        /// The product.
        before: Number,
        /// The most.
        cap: Number,
        /// The day, counted from 1, on which it was reached.
        reached: i64,
    },
}
