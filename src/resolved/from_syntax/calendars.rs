//! Calendars of working days: every day they name lies in the time they cover and is named once.

use super::{Resolver, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{Calendar, InForce};
use crate::source::Span;
use crate::syntax::{Body, Declaration, Keyword};

impl Resolver<'_> {
    pub(super) fn calendar(&mut self, mut declaration: Declaration) {
        let place = declaration.name.span;
        let mut clauses = take(&mut declaration, ("工作日历", "calendar"));
        let head = self.head(&declaration, &mut clauses, true);
        let mut days = |resolver: &mut Self, keyword| {
            let mut out: Vec<(InForce, Span)> = Vec::new();
            for clause in clauses.many(keyword) {
                if let Body::Dates(spans) = &clause.body {
                    out.extend(spans.iter().filter_map(|span| Some((resolver.interval(span)?, span.span))));
                }
            }
            out
        };
        let holidays = days(self, Keyword::Holidays);
        let workdays = days(self, Keyword::Workdays);
        clauses.finish(self.errors);
        if let Some(in_force) = head.in_force {
            if in_force.to.is_none() {
                self.calendar_error(
                    place,
                    ("工作日历没有截止日", "the calendar has no last day"),
                    (
                        "哪些天放假逐年公布，以后的年份还不知道",
                        "holidays are published year by year; those of later years are not known",
                    ),
                    ("写“施行 2024-01-01 至 2024-12-31”", "write `effective 2024-01-01 .. 2024-12-31`"),
                );
            }
            let covered =
                |days: &InForce| in_force.holds_on(days.from) && days.to.is_some_and(|last| in_force.holds_on(last));
            for (days, span) in holidays.iter().chain(&workdays).filter(|(days, _)| !covered(days)) {
                self.calendar_error(
                    *span,
                    (
                        &format!("{} 不在工作日历的期间内", days.from),
                        &format!("{} is outside the time the calendar covers", days.from),
                    ),
                    ("多半写错了年份", "the year is wrong, most likely"),
                    ("核对日期和“施行”的期间", "check the date and the interval after `effective`"),
                );
            }
        }
        for (days, span) in &workdays {
            let twice = holidays.iter().any(|(holiday, _)| holiday.overlaps(days));
            if twice || !days.from.is_weekend() || days.to != Some(days.from) {
                self.calendar_error(
                    *span,
                    (&format!("{} 不是调休上班的日子", days.from), &format!("{} is no day worked besides", days.from)),
                    (
                        "调休上班的只能是单个的星期六或星期日，并且没有写成假日",
                        "a day worked besides is one Saturday or Sunday that is not among the holidays",
                    ),
                    ("核对放假通知", "check the notice on holidays"),
                );
            }
        }
        let days = |all: Vec<(InForce, Span)>| all.into_iter().map(|(days, _)| days).collect();
        self.rules.calendars.push(Calendar { head, holidays: days(holidays), workdays: days(workdays) });
    }

    fn calendar_error(&mut self, span: Span, what: (&str, &str), why: (&str, &str), help: (&str, &str)) {
        self.errors
            .push(Diagnostic::new(Code::CalendarInvalid, span, what.0, what.1).why(why.0, why.1).help(help.0, help.1));
    }
}
