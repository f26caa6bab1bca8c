use crate::value::{Date, Number};

/// One fine decision with the orders to correct and the re-inspections that follow it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct DailyCycle {
    /// The fine of that decision; `None`: the fine of this recommendation.
    pub(crate) original_fine: Option<Number>,
    /// The orders served, in their order.
    pub(crate) orders: Vec<OrderServed>,
}

/// An order to correct that was served, and the re-inspection after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OrderServed {
    /// Day of service.
    pub(crate) served_on: Date,
    /// Day of the re-inspection; `None` while it is due.
    pub(crate) rechecked_on: Option<Date>,
    /// What was found; `None` when the case does not say.
    pub(crate) found: Option<Found>,
}

/// What a re-inspection finds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Found {
    /// 继续违法: the act goes on.
    Continuing,
    /// 拒绝、阻挠复查: the re-inspection was refused or obstructed.
    Refused,
    /// 已改正: corrected or stopped.
    Corrected,
    /// 已被制止: a halt, a sealing or a seizure has stopped the act.
    Halted,
}

/// The payment of a sum that is due.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Payment {
    /// Last day for payment.
    pub(crate) due_on: Date,
    /// Day of payment; `None` while it is not paid.
    pub(crate) paid_on: Option<Date>,
    /// The sum; `None`: the fine of this recommendation.
    pub(crate) sum: Option<Number>,
    /// Times that do not count, such as review and suit, in order, without a day in common.
    pub(crate) suspended: Vec<(Date, Date)>,
}
