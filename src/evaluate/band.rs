//! An amount, or a band of amounts in which the officer picks.

use crate::value::{AmountRange, Number, Value};

/// The amounts from `low` to `high`; one amount when they are equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Band {
    pub(super) low: Number,
    pub(super) high: Number,
}

impl Band {
    pub(super) fn point(amount: Number) -> Band {
        Band { low: amount, high: amount }
    }

    /// The amounts a value stands for.
    pub(super) fn of(value: Value) -> Option<Band> {
        value.ends().map(|(low, high)| Band { low, high })
    }

    /// The one amount, when there is no choice.
    pub(super) fn amount(self) -> Option<Number> {
        (self.low == self.high).then_some(self.low)
    }

    /// The band, when there is a choice.
    pub(super) fn choice(self) -> Option<AmountRange> {
        self.amount().is_none().then(|| self.range())
    }

    pub(super) fn range(self) -> AmountRange {
        AmountRange { min: Some(self.low), max: Some(self.high) }
    }

    fn each(self, other: Band, operation: fn(Number, Number) -> Option<Number>) -> Option<Band> {
        Some(Band { low: operation(self.low, other.low)?, high: operation(self.high, other.high)? })
    }
}

/// What an amount that starts in a band has become: for the lower and for the upper end of the band, the amounts reached.
///
/// Effects change an amount in proportion or by fixed sums, so what they lead to between the ends lies between what they lead
/// to at the ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Reached {
    from_low: Band,
    from_high: Band,
}

impl Reached {
    /// Nothing has changed yet.
    pub(super) fn start(band: Band) -> Reached {
        Reached { from_low: Band::point(band.low), from_high: Band::point(band.high) }
    }

    pub(super) fn new(from_low: Band, from_high: Band) -> Reached {
        Reached { from_low, from_high }
    }

    /// With another change added.
    pub(super) fn plus(self, change: Reached) -> Option<Reached> {
        Some(Reached {
            from_low: self.from_low.each(change.from_low, Number::plus)?,
            from_high: self.from_high.each(change.from_high, Number::plus)?,
        })
    }

    /// Without a change that was added before.
    pub(super) fn without(self, change: Reached) -> Option<Reached> {
        Some(Reached {
            from_low: self.from_low.each(change.from_low, Number::subtract)?,
            from_high: self.from_high.each(change.from_high, Number::subtract)?,
        })
    }

    /// Of a change: whether it may raise the amount.
    pub(super) fn raises(self) -> bool {
        self.band().high > Number::ZERO
    }

    /// Of a change: whether it may lower the amount.
    pub(super) fn lowers(self) -> bool {
        self.band().low.is_negative()
    }

    /// All amounts reached.
    pub(super) fn band(self) -> Band {
        Band { low: self.from_low.low.min(self.from_high.low), high: self.from_low.high.max(self.from_high.high) }
    }
}
