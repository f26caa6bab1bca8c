//! What is added to a sum that is not paid in time, by the days that count.

use super::Candidate;
use super::band::Band;
use super::daily_penalty::Counted;
use crate::case::Payment;
use crate::program::SurchargeProgram;
use crate::source::Span;
use crate::trail::{Extent, MeasureStep, SurchargeStep};
use crate::value::{Date, Number, RoundingMode, Value};

impl Candidate<'_> {
    pub(super) fn surcharge(&mut self, rules: Option<SurchargeProgram>, span: Span) -> Counted<Extent> {
        let act = self.act;
        let (Some(payment), Some(rules)) = (act.payment.as_ref().filter(|_| self.is_actor()), rules) else {
            self.late(SurchargeStep::NothingStated, span);
            return Counted::FallsAway;
        };
        let until = payment.paid_on.unwrap_or(self.case.decided_on);
        let first = if rules.due_day_counts { Some(payment.due_on) } else { payment.due_on.tomorrow() };
        let Some(first) = first.filter(|first| *first <= until && payment.due_on < until) else {
            self.late(SurchargeStep::InTime(until), span);
            return Counted::FallsAway;
        };
        if payment.paid_on.is_none() {
            self.late(SurchargeStep::NotPaid(until), span);
        }
        let days = self.days_late(payment, first, until, span);
        let sum = payment.sum.or(self.fine.and_then(Band::amount).filter(|_| !self.open));
        let extent = sum.and_then(|sum| self.amount_late(rules, sum, days, span)).unwrap_or(Extent::Open);
        self.note(MeasureStep::Extent(extent), span);
        Counted::Stands(Some(extent))
    }

    fn late(&mut self, step: SurchargeStep, span: Span) {
        self.note(MeasureStep::Surcharge(step), span);
    }

    fn days_late(&mut self, payment: &Payment, first: Date, until: Date, span: Span) -> i64 {
        let mut days = inclusive(first, until);
        for (from, to) in &payment.suspended {
            let overlap = inclusive((*from).max(first), (*to).min(until));
            self.late(SurchargeStep::Suspended { from: *from, to: *to, days: overlap }, span);
            days = days.saturating_sub(overlap);
        }
        self.late(SurchargeStep::Days { from: first, to: until, days }, span);
        days
    }

    fn amount_late(&mut self, rules: SurchargeProgram, sum: Number, days: i64, span: Span) -> Option<Extent> {
        let SurchargeProgram { rate, cap, .. } = rules;
        let amount = sum.multiply(rate)?.multiply(Number::integer(days))?;
        self.late(SurchargeStep::Amount { sum, rate, days, amount }, span);
        let cap_share = cap;
        let cap = match cap_share {
            Some(share) => Some(sum.multiply(share)?),
            None => None,
        };
        let held = match (cap, cap_share) {
            (Some(cap), Some(share)) if amount > cap => {
                let reached = share.divide(rate)?.round_to(Number::ONE, RoundingMode::Up)?.to_integer()?;
                self.late(SurchargeStep::Capped { before: amount, cap, reached }, span);
                cap
            }
            _ => amount,
        };
        Some(if held == Number::ZERO { Extent::Nothing } else { Extent::Figure(Value::Money(held)) })
    }
}

/// Days from the first to the last, both included; none when the last is before the first.
fn inclusive(first: Date, last: Date) -> i64 {
    first.days_until(last).map_or(0, |days| days.amount.saturating_add(1).max(0))
}
