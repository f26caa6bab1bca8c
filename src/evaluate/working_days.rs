//! Working days, and dates some time later or earlier.

use super::Candidate;
use super::knowledge::Known;
use crate::program::RuleId;
use crate::source::Span;
use crate::trail::{Problem, StepKind};
use crate::value::{Date, Duration, DurationUnit, Number, Value};

/// The most days that are looked at one by one.
const MOST_DAYS: i64 = 20_000;

impl Candidate<'_> {
    /// A date some time later, or earlier when `later` is false. What is not plain is a step: working days passed over, and
    /// a month without such a day.
    pub(super) fn shifted(&mut self, date: Date, duration: Duration, later: bool) -> Known {
        if duration.unit == DurationUnit::Workdays {
            let amount = if later { Some(duration.amount) } else { duration.amount.checked_neg() };
            return match amount {
                Some(amount) => self.workdays_from(date, amount),
                None => self.fail(Problem::Arithmetic, Span::NOWHERE),
            };
        }
        let Some(reached) = (if later { date.plus(duration) } else { date.minus(duration) }) else {
            return self.fail(Problem::Arithmetic, Span::NOWHERE);
        };
        if duration.unit == DurationUnit::Months && reached.day() != date.day() {
            self.recorder.step(StepKind::EndOfMonth(date), Span::NOWHERE, None, Some(Value::Date(reached)));
        }
        Known::Value(Value::Date(reached))
    }

    /// The date so many working days later, or earlier when the number is below zero. Day 0 is not counted.
    fn workdays_from(&mut self, date: Date, amount: i64) -> Known {
        let (mut left, mut passed, mut day) = (amount.unsigned_abs(), 0_u32, date);
        if i64::try_from(left).map_or(true, |left| left > MOST_DAYS) {
            return self.fail(Problem::Arithmetic, Span::NOWHERE);
        }
        self.calendars.clear();
        while left > 0 {
            let Some(next) = (if amount > 0 { day.tomorrow() } else { day.yesterday() }) else {
                return self.fail(Problem::Arithmetic, Span::NOWHERE);
            };
            day = next;
            match self.is_worked(day) {
                Ok(true) => left = left.saturating_sub(1),
                Ok(false) => passed = passed.saturating_add(1),
                Err(problem) => return self.fail(problem, Span::NOWHERE),
            }
        }
        let rule = self.one_calendar();
        self.recorder.step(
            StepKind::WorkdaysCounted(date, amount, passed),
            Span::NOWHERE,
            rule,
            Some(Value::Date(day)),
        );
        Known::Value(Value::Date(day))
    }

    /// Working days from one date to another; the first day is not counted, the last one is when it is worked.
    pub(super) fn workdays_between(&mut self, from: Date, to: Date) -> Known {
        let backward = to < from;
        let (first, last) = if backward { (to, from) } else { (from, to) };
        let (mut day, mut count, mut looked) = (first, 0_i64, 0_i64);
        while day < last {
            looked = looked.saturating_add(1);
            let (true, Some(next)) = (looked <= MOST_DAYS, day.tomorrow()) else {
                return self.fail(Problem::Arithmetic, Span::NOWHERE);
            };
            day = next;
            match self.is_worked(day) {
                Ok(worked) => count = count.saturating_add(i64::from(worked)),
                Err(problem) => return self.fail(problem, Span::NOWHERE),
            }
        }
        let amount = if backward { count.saturating_neg() } else { count };
        Known::Value(Value::Duration(Duration { amount, unit: DurationUnit::Workdays }))
    }

    /// The date, or the next working day when it is none.
    pub(super) fn rolled(&mut self, date: Date) -> Known {
        self.calendars.clear();
        let mut day = date;
        loop {
            match self.is_worked(day) {
                Ok(true) => break,
                Ok(false) => {}
                Err(problem) => return self.fail(problem, Span::NOWHERE),
            }
            match day.tomorrow() {
                Some(next) => day = next,
                None => return self.fail(Problem::Arithmetic, Span::NOWHERE),
            }
        }
        if day != date {
            let rule = self.one_calendar();
            self.recorder.step(StepKind::Rolled(date), Span::NOWHERE, rule, Some(Value::Date(day)));
        }
        Known::Value(Value::Date(day))
    }

    /// Whole years from one date to another.
    pub(super) fn full_years(&mut self, from: Date, to: Date) -> Known {
        let years = from.full_months_until(to).and_then(|passed| passed.amount.checked_div(12)).map(Number::integer);
        match years {
            Some(years) => Known::Value(Value::Number(years)),
            None => self.fail(Problem::Arithmetic, Span::NOWHERE),
        }
    }

    /// Whether a day is worked, by the most local calendar that covers it.
    fn is_worked(&mut self, day: Date) -> Result<bool, Problem> {
        let program = self.program;
        let calendar = program
            .calendars
            .iter()
            .filter(|calendar| calendar.in_force.holds_on(day) && self.covers(&calendar.area))
            .max_by_key(|calendar| calendar.area.len())
            .ok_or(Problem::NoCalendar(day.year()))?;
        self.rests_on(calendar.rule);
        if self.calendars.last() != Some(&calendar.rule) {
            self.calendars.push(calendar.rule);
        }
        Ok(calendar.is_worked(day))
    }

    /// The calendar that was looked into last, when it was one.
    fn one_calendar(&self) -> Option<RuleId> {
        match self.calendars.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
