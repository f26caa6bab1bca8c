use std::fmt;

use jiff::{Span, civil};

/// A calendar day. There is no clock: every date is an input.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(civil::Date);

/// What a [`Duration`] counts. Years are twelve months; calendar days and working days are different units.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DurationUnit {
    /// 日, calendar days.
    Days,
    /// 工作日, working days; needs a calendar.
    Workdays,
    /// 个月, months.
    Months,
}

/// A day of every year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// Reads `06-30` or `6月30日`; `None` when no year has such a day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once(['-', '月'])?;
        let (month, day) = (month.parse().ok()?, day.strip_suffix('日').unwrap_or(day).parse().ok()?);
        // The year 2000 has every day there is.
        civil::Date::new(2000, month, day).ok().map(|_| MonthDay { month, day })
    }
}

/// A stretch of time in one unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Duration {
    /// How many.
    pub amount: i64,
    /// Of what.
    pub unit: DurationUnit,
}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Duration) -> Option<std::cmp::Ordering> {
        (self.unit == other.unit).then(|| self.amount.cmp(&other.amount))
    }
}

impl Date {
    /// A day of the years 1 to 9999, or `None` when there is no such day.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        (year >= 1).then(|| civil::Date::new(year, month, day).ok().map(Date)).flatten()
    }

    /// Reads `2024-05-01` or `2024年5月1日`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (year, rest) = text.split_once(['-', '年'])?;
        let (month, rest) = rest.split_once(['-', '月'])?;
        let day = rest.strip_suffix('日').unwrap_or(rest);
        let numeric = |part: &str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_digit());
        if year.len() != 4 || !numeric(year) || !numeric(month) || !numeric(day) || month.len() > 2 || day.len() > 2 {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), civil::Weekday::Saturday | civil::Weekday::Sunday)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day before.
    #[must_use]
    pub fn yesterday(self) -> Option<Date> {
        self.0.yesterday().ok().map(Date)
    }

    /// The day after.
    #[must_use]
    pub fn tomorrow(self) -> Option<Date> {
        self.0.tomorrow().ok().map(Date)
    }

    /// The date `duration` later. Months keep the day of the month, or take the month's last day when it has no such day.
    /// `None` for working days, which need a calendar, and past the year 9999.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Option<Date> {
        let span = match duration.unit {
            DurationUnit::Days => Span::new().try_days(duration.amount).ok()?,
            DurationUnit::Months => Span::new().try_months(duration.amount).ok()?,
            DurationUnit::Workdays => return None,
        };
        self.0.checked_add(span).ok().map(Date)
    }

    /// The date `duration` earlier; see [`Date::plus`].
    #[must_use]
    pub fn minus(self, duration: Duration) -> Option<Date> {
        self.plus(Duration { amount: duration.amount.checked_neg()?, unit: duration.unit })
    }

    /// The last such day of a year up to this one.
    #[must_use]
    pub fn last(self, day: MonthDay) -> Option<Date> {
        let year = self.0.year();
        // 29 February comes back after eight years at the latest.
        (0..=8_i16)
            .find_map(|back| Date::new(year.checked_sub(back)?, day.month, day.day).filter(|found| *found <= self))
    }

    /// Calendar days from this day to `later`; day 0 is not counted.
    #[must_use]
    pub fn days_until(self, later: Date) -> Option<Duration> {
        let span = self.0.until(later.0).ok()?;
        Some(Duration { amount: i64::from(span.get_days()), unit: DurationUnit::Days })
    }

    /// Whole months that have passed from this day to `later`. A month that has no such day ends on its last day, as in
    /// [`Date::plus`]: from 31 January to 29 February one has passed (《民法典》第202条).
    #[must_use]
    pub fn full_months_until(self, later: Date) -> Option<Duration> {
        let span = self.0.until((jiff::Unit::Month, later.0)).ok()?;
        let months = |amount: i64| Duration { amount, unit: DurationUnit::Months };
        let passed = months(i64::from(span.get_months()));
        let next = months(passed.amount.checked_add(1)?);
        let reached = self <= later && self.plus(next).is_some_and(|day| day <= later);
        Some(if reached { next } else { passed })
    }

    /// `2024年5月1日`.
    #[must_use]
    pub fn chinese(self) -> String {
        format!("{}年{}月{}日", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_both_forms() {
        assert_eq!(Date::parse("2024-05-01"), Date::new(2024, 5, 1));
        assert_eq!(Date::parse("2024年5月1日"), Date::new(2024, 5, 1));
        for bad in ["2024-13-01", "2023-02-29", "24-1-1", "2024/1/1", "0000-01-01", "2024-001-01", "２０２４-01-01"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_last_day_of_a_kind_is_this_year_s_or_an_earlier_one_s() {
        let last = |text, day| Date::parse(text).unwrap().last(MonthDay::parse(day).unwrap());
        assert_eq!(last("2024-06-30", "6月30日"), Date::new(2024, 6, 30));
        assert_eq!(last("2024-06-29", "06-30"), Date::new(2023, 6, 30));
        assert_eq!(last("2103-01-01", "02-29"), Date::new(2096, 2, 29));
        assert_eq!(MonthDay::parse("02-30"), None);
        assert_eq!(MonthDay::parse("13月1日"), None);
    }

    #[test]
    fn months_keep_the_day_or_take_the_last() {
        let end_of_january = Date::new(2024, 1, 31).unwrap();
        let month = Duration { amount: 1, unit: DurationUnit::Months };
        assert_eq!(end_of_january.plus(month), Date::new(2024, 2, 29));
        let (from, to) = (Date::new(2026, 2, 1).unwrap(), Date::new(2026, 5, 20).unwrap());
        assert_eq!(from.full_months_until(to).unwrap().amount, 3);
        assert_eq!(from.days_until(to).unwrap().amount, 108);
        for (day, passed) in [(28, 0), (29, 1)] {
            assert_eq!(end_of_january.full_months_until(Date::new(2024, 2, day).unwrap()).unwrap().amount, passed);
        }
        assert_eq!(Date::new(9999, 12, 31).unwrap().plus(month), None);
    }
}
