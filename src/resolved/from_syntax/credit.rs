//! How a credit grade is reached: points and events, indicators, vetoes, the days it is frozen.

use super::{Resolver, all_words, expression};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::Written;
use crate::resolved::clauses::Clauses;
use crate::resolved::credit::{CreditEvent, EventSource, Grading, RecordEvents, Veto};
use crate::source::Span;
use crate::syntax::{Body, Expr, ExprKind, Keyword};
use crate::value::MonthDay;

impl Resolver<'_> {
    /// How the grade is worked out; `None` when the case gives it.
    pub(super) fn grading(&mut self, clauses: &mut Clauses) -> Option<Grading<Written>> {
        let mut first: Option<Span> = None;
        let start = clauses.one(Keyword::Start);
        let graded = clauses.one(Keyword::Graded);
        let mut events = clauses.many(Keyword::Add);
        events.extend(clauses.many(Keyword::Deduct));
        events.sort_by_key(|event| event.span);
        let worst = clauses.many(Keyword::WorstOf);
        let vetoes = clauses.many(Keyword::VetoTo);
        let frozen = clauses.one(Keyword::FrozenOn);
        let repaired = clauses.one(Keyword::RepairedWhen);
        let (cap, floor) = (clauses.one(Keyword::AtMost), clauses.one(Keyword::AtLeast));
        let all = [&start, &graded, &frozen, &repaired, &cap, &floor].into_iter().flatten();
        for clause in all.chain(&events).chain(&worst).chain(&vetoes) {
            first = Some(first.map_or(clause.span, |first| first.min(clause.span)));
        }
        let span = first?;
        self.reached(clauses, start.is_some(), graded.is_some(), worst.is_empty());
        let needs_points = [&cap, &floor].into_iter().flatten().chain(&events).next().is_some();
        if needs_points && start.is_none() {
            clauses.missing(Keyword::Start);
        }
        let repaired_span = repaired.as_ref().map(|clause| clause.span);
        let repaired = repaired.and_then(expression);
        let events: Vec<CreditEvent<Written>> = events
            .into_iter()
            .filter_map(|clause| {
                let adds = clause.keyword == Keyword::Add;
                let Body::Event(event) = clause.body else { return None };
                let source = match event.list {
                    None => EventSource::Once(event.condition?),
                    Some(list) => EventSource::Records(RecordEvents {
                        list,
                        fact: None,
                        filter: event.condition,
                        since: event.since,
                        field: None,
                        lasting: event.lasting,
                        repaired: repaired.clone(),
                    }),
                };
                let (points, most, label) = (event.points, event.most, event.label);
                Some(CreditEvent { adds, points, source, most, label, span: clause.span })
            })
            .collect();
        let any_records = events.iter().any(|event| matches!(event.source, EventSource::Records(_)));
        if let Some(span) = repaired_span.filter(|_| !any_records) {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    span,
                    "没有按记录加分、扣分，“修复条件”没有对象",
                    "no points go by records, so there is nothing to count as repaired",
                )
                .help("删去它，或写“扣分 … 每 记录 …”", "remove it, or write `deduct … per records …`"),
            );
        }
        let indicators =
            worst.iter().flat_map(all_words).map(|name| Expr { span: name.span, kind: ExprKind::Name(name) }).collect();
        let vetoes = vetoes
            .into_iter()
            .filter_map(|clause| match clause.body {
                Body::Veto(grade, condition) => {
                    let grade = Expr { span: grade.span, kind: ExprKind::Name(grade) };
                    Some(Veto { grade, condition, span: clause.span })
                }
                _ => None,
            })
            .collect();
        let frozen = match frozen.map(|clause| clause.body) {
            Some(Body::MonthDays(days)) => {
                days.into_iter().filter_map(|(text, span)| self.month_day(&text, span)).collect()
            }
            _ => Vec::new(),
        };
        Some(Grading {
            start: start.and_then(expression),
            events,
            cap: cap.and_then(expression),
            floor: floor.and_then(expression),
            graded: graded.and_then(expression),
            indicators,
            vetoes,
            frozen,
            span,
        })
    }

    /// A grade comes from points or from indicators; points need both a beginning and what they lead to.
    fn reached(&mut self, clauses: &mut Clauses, starts: bool, graded: bool, no_indicators: bool) {
        match (starts, graded) {
            (true, false) => clauses.missing(Keyword::Graded),
            (false, true) => clauses.missing(Keyword::Start),
            (false, false) if no_indicators => clauses.missing(Keyword::Graded),
            _ => {}
        }
    }

    fn month_day(&mut self, text: &str, span: Span) -> Option<MonthDay> {
        let day = MonthDay::parse(text);
        if day.is_none() {
            self.errors.push(
                Diagnostic::new(
                    Code::LiteralInvalid,
                    span,
                    format!("没有“{text}”这一天"),
                    format!("there is no day {text} in a year"),
                )
                .help("核对月份和日数", "check month and day"),
            );
        }
        day
    }
}
