//! The daily consecutive penalty: order served, re-inspection, days counted, next order; a new cycle after a correction.
//!
//! What the law fixes (the time for the re-inspection, whether a refused one counts) is declared by the rule. What the case
//! states is taken as it stands; what the law does not settle is said and leaves the amount open.

use super::band::Band;
use super::{Candidate, DailyCycleResult, DailyPenalty};
use crate::case::{DailyCycle, Found, OrderServed};
use crate::program::{DailyProgram, FineMeanwhile, RuleId};
use crate::resolved::MeasureKind;
use crate::source::Span;
use crate::trail::{DailyStep, MeasureStep, OriginalFine};
use crate::value::Number;

/// What became of a measure that counts days.
pub(super) enum Counted<T> {
    /// It stands, with or without figures.
    Stands(Option<T>),
    /// It falls away.
    FallsAway,
}

/// A cycle as it is counted.
#[derive(Default)]
struct Count {
    days: i64,
    /// Something is not settled, so that the amount stays open.
    unsettled: bool,
    /// A re-inspection is due.
    due: bool,
    closed: bool,
}

impl Candidate<'_> {
    pub(super) fn daily_penalty(&mut self, rules: Option<DailyProgram>, span: Span) -> Counted<DailyPenalty> {
        let act = self.act;
        // Orders and re-inspections stated of an act are those of whoever committed it.
        if act.daily.is_empty() || !self.is_actor() {
            self.daily(DailyStep::NothingStated, span);
            return Counted::Stands(None);
        }
        let Some(rules) = rules else {
            self.daily(DailyStep::NoCount, span);
            return Counted::Stands(None);
        };
        let law_has_a_fine = self.range.max.is_some();
        if !law_has_a_fine && act.daily.iter().all(|cycle| cycle.original_fine.is_none()) {
            self.daily(DailyStep::NoFine, span);
            return Counted::FallsAway;
        }
        let mut cycles = Vec::new();
        let (mut total, mut stands) = (Some(Number::ZERO), false);
        let mut before_closed = true;
        for (index, cycle) in act.daily.iter().enumerate() {
            let original = self.original_fine(index, cycle);
            self.daily(DailyStep::Cycle(index.saturating_add(1), original), span);
            let mut count = self.cycle(rules, cycle, span);
            if !before_closed {
                self.daily(DailyStep::BeforeClosing(index.saturating_add(1)), span);
                count.unsettled = true;
            }
            before_closed = count.closed;
            let amount = original
                .amount()
                .filter(|_| !count.unsettled)
                .and_then(|original| original.multiply(Number::integer(count.days)));
            let amount = if count.days == 0 && !count.unsettled { Some(Number::ZERO) } else { amount };
            self.daily(DailyStep::Sum { days: count.days, original: original.amount(), amount }, span);
            total = total.zip(amount).and_then(|(total, amount)| total.plus(amount));
            stands |= count.unsettled || count.due || count.days > 0;
            cycles.push(DailyCycleResult {
                original_fine: original.amount(),
                days: count.days,
                amount,
                settled: !count.unsettled,
                recheck_due: count.due,
                of_this: matches!(original, OriginalFine::OfThis(_)),
            });
        }
        if !stands {
            self.daily(DailyStep::NotStarted, span);
            return Counted::FallsAway;
        }
        if let (Some(total), true) = (total, cycles.len() > 1) {
            self.daily(DailyStep::Total(total), span);
        }
        Counted::Stands(Some(DailyPenalty { cycles, total }))
    }

    /// Says so when the case states orders and re-inspections that no rule here makes anything of.
    pub(super) fn daily_penalty_not_provided(&mut self, brought: impl Iterator<Item = RuleId>) {
        let mut brought = brought;
        let provided = brought
            .any(|rule| self.program.measure(rule).is_some_and(|measure| measure.kind == MeasureKind::DailyPenalty));
        if !provided && self.is_actor() && !self.act.daily.is_empty() {
            self.daily(DailyStep::NotProvided, Span::NOWHERE);
        }
    }

    fn daily(&mut self, step: DailyStep, span: Span) {
        self.note(MeasureStep::Daily(step), span);
    }

    /// The first decision may be the one recommended here; each later one has a fine of its own.
    fn original_fine(&self, index: usize, cycle: &DailyCycle) -> OriginalFine {
        let waits = self.referred.iter().any(|each| each.fine == FineMeanwhile::Waits);
        match (cycle.original_fine, self.fine.and_then(Band::amount)) {
            (Some(stated), _) => OriginalFine::Stated(stated),
            (None, _) if index > 0 => OriginalFine::Missing,
            (None, Some(fine)) if !self.open && !waits => OriginalFine::OfThis(fine),
            (None, _) => OriginalFine::Open,
        }
    }

    fn cycle(&mut self, rules: DailyProgram, cycle: &DailyCycle, span: Span) -> Count {
        let mut count = Count::default();
        for order in &cycle.orders {
            if count.closed {
                self.daily(DailyStep::AfterClosing(order.served_on), span);
                count.unsettled = true;
                break;
            }
            self.round(rules, *order, &mut count, span);
        }
        count
    }

    fn round(&mut self, rules: DailyProgram, order: OrderServed, count: &mut Count, span: Span) {
        let served_on = order.served_on;
        let Some(until) = served_on.plus(rules.recheck_within) else {
            count.unsettled = true;
            return;
        };
        let Some(rechecked_on) = order.rechecked_on else {
            self.daily(DailyStep::Due { served_on, until }, span);
            count.due = true;
            return;
        };
        let found = match order.found {
            Some(found @ (Found::Corrected | Found::Halted)) => {
                self.daily(DailyStep::Closed(rechecked_on, found), span);
                count.closed = true;
                return;
            }
            Some(found) => found,
            None => {
                self.daily(DailyStep::FindingMissing(rechecked_on), span);
                count.unsettled = true;
                return;
            }
        };
        if rechecked_on > until {
            self.daily(DailyStep::Late { rechecked_on, until }, span);
            count.unsettled = true;
            return;
        }
        match (found, rules.refusal_counts) {
            (Found::Refused, Some(false)) => {
                self.daily(DailyStep::RefusalNotCounted(rechecked_on), span);
                return;
            }
            (Found::Refused, None) => {
                self.daily(DailyStep::RefusalSilent(rechecked_on), span);
                count.unsettled = true;
                return;
            }
            _ => {}
        }
        let days = served_on.days_until(rechecked_on).map_or(0, |duration| duration.amount);
        self.daily(DailyStep::Counted { served_on, rechecked_on, found, days }, span);
        count.days = count.days.saturating_add(days);
    }
}
