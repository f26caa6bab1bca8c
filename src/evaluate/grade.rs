//! The party's credit grade, where the case does not give it: worked out from points or indicators, with vetoes.
//!
//! It follows the rule in force on the day of the decision, as of the last day on which grades were frozen. What an event's
//! record leaves open may or may not count: where the grade is the same either way, it is known.

use super::Candidate;
use super::knowledge::Known;
use crate::case::{Knowledge, Record};
use crate::program::{CreditEvent, CreditVersion, EventSource, GradeProgram, PointsProgram, RecordEvents, RuleId};
use crate::source::Span;
use crate::trail::{EventFate, Operand, Origin, Problem, Recorder, StepKind, Truth};
use crate::value::{Date, Number, Value};

/// The most whole numbers of points that are tried one by one.
const MOST_NUMBERS: i64 = 1_000;

/// Where the working out of a grade stands.
#[derive(Debug, Default)]
pub(super) struct Scoring {
    /// The grade, once it is known.
    grade: Option<Known>,
    /// The points that are being graded.
    points: Option<Known>,
    /// The day as of which points count.
    pub(super) scored_on: Option<Date>,
    /// A grade is being worked out: it cannot rest on itself.
    at_work: bool,
}

/// The least and the most points there can be, and why they are not the same.
#[derive(Clone, Copy, Debug)]
struct Points {
    low: Number,
    high: Number,
    /// What is not known; a value when everything is.
    open: Known,
}

impl<'a> Candidate<'a> {
    /// The credit grade: given by the case, else worked out where a rule says how, else asked for.
    pub(super) fn credit_grade(&mut self) -> (Origin, Known) {
        match self.view.credit_grade {
            Some(Knowledge::Value(grade)) => return (Origin::Given, Known::Value(grade)),
            Some(Knowledge::Unestablished | Knowledge::Records(_) | Knowledge::Absent) => {
                return (Origin::Unestablished, Known::Unestablished);
            }
            None => {}
        }
        if let Some(known) = self.scoring.grade {
            return (Origin::Derived, known);
        }
        match self.grading_rule() {
            Some((rule, grading)) if !self.scoring.at_work => {
                let known = self.grade_worked_out(rule, grading);
                let origin = if known == Known::Unestablished { Origin::Unestablished } else { Origin::Derived };
                (origin, known)
            }
            _ => {
                self.grade_asked = true;
                (Origin::NotAsked, Known::NotAsked)
            }
        }
    }

    /// The points: those that are being graded, or those that the rule in force leads to.
    pub(super) fn credit_points(&mut self, span: Span) -> Known {
        if let Some(points) = self.scoring.points {
            return points;
        }
        let grading = self.grading_rule().and_then(|(rule, grading)| Some((rule, grading, grading.points.as_ref()?)));
        let Some((rule, grading, program)) = grading.filter(|_| !self.scoring.at_work) else {
            return self.fail(Problem::NotEstablished, span);
        };
        self.score(grading, |candidate| {
            candidate.points(rule.rule, program).map_or(Known::Failed, |points| match points.open {
                Known::Value(_) => Known::Value(Value::Number(points.low)),
                open => open,
            })
        })
    }

    /// The most local rule that says how a grade is reached, in force on the day of the decision.
    fn grading_rule(&self) -> Option<(&'a CreditVersion, &'a GradeProgram)> {
        let rules = self.program.credit.iter().filter(|rule| {
            rule.in_force.holds_on(self.case.decided_on)
                && self.covers(&rule.area)
                && rule.covers.includes(&self.act.violation_id)
                && rule.subjects.contains(self.view.kind)
        });
        rules
            .filter_map(|rule| Some((rule, rule.grading.as_ref()?)))
            .max_by_key(|(rule, _)| rule.area.split('-').count())
    }

    /// Works on points as of the day on which they were last frozen.
    fn score<T>(&mut self, grading: &GradeProgram, work: impl FnOnce(&mut Self) -> T) -> T {
        let decided_on = self.case.decided_on;
        let frozen = grading.frozen.iter().filter_map(|day| decided_on.last(*day)).max();
        let before = self.scoring.scored_on.replace(frozen.unwrap_or(decided_on));
        let was_at_work = std::mem::replace(&mut self.scoring.at_work, true);
        let result = work(self);
        (self.scoring.scored_on, self.scoring.at_work) = (before, was_at_work);
        result
    }

    fn grade_worked_out(&mut self, rule: &'a CreditVersion, grading: &'a GradeProgram) -> Known {
        self.rests_on(rule.rule);
        let asked = self.asked();
        let span = self.program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = self.recorder.open(StepKind::Grade, span, Some(rule.rule));
        let known = self.score(grading, |candidate| {
            let day = candidate.scoring.scored_on.map(Value::Date);
            candidate.recorder.step(StepKind::ScoredOn(!grading.frozen.is_empty()), span, Some(rule.rule), day);
            candidate.worst(rule.rule, grading)
        });
        self.recorder.close(open, StepKind::Grade, known.value());
        if known.value().is_some() {
            self.forget(asked);
            self.scoring.grade = Some(known);
        }
        known
    }

    /// The worst of what points, indicators and vetoes come to. What is not known does not matter once the worst grade there
    /// is has been reached.
    fn worst(&mut self, rule: RuleId, grading: &'a GradeProgram) -> Known {
        let mut worst: Option<Value> = None;
        let mut open: Option<Known> = None;
        let mut note = |known: Known| match known {
            Known::Value(grade) => worst = Some(worst.filter(|worst| *worst >= grade).unwrap_or(grade)),
            other => open = Some(open.map_or(other, |open| open.both(other, |_, known| Known::Value(known)))),
        };
        if let Some(points) = &grading.points {
            note(self.graded(rule, points));
        }
        for indicator in &grading.indicators {
            let step = self.recorder.open(StepKind::Indicator, indicator.span, Some(rule));
            let known = self.value(indicator.root);
            self.recorder.close(step, StepKind::Indicator, known.value());
            note(known);
        }
        let mut possible_vetoes = Vec::new();
        for veto in &grading.vetoes {
            let step = self.recorder.open(StepKind::Veto(Truth::Unknown), veto.span, Some(rule));
            let truth = self.condition(&veto.condition);
            self.recorder.close(step, StepKind::Veto(truth), Some(veto.grade));
            match truth {
                Truth::True => note(Known::Value(veto.grade)),
                Truth::False => {}
                Truth::Unknown => possible_vetoes.push(veto.grade),
            }
        }
        let worst_there_is = worst.is_some_and(|worst| self.is_last(worst));
        let settled = worst.filter(|worst| possible_vetoes.iter().all(|veto| veto <= worst));
        match (settled, open) {
            (Some(grade), None) => Known::Value(grade),
            (Some(grade), Some(_)) if worst_there_is => Known::Value(grade),
            (_, Some(open)) => open,
            (None, None) => Known::NotAsked,
        }
    }

    fn is_last(&self, grade: Value) -> bool {
        let Value::Member(kind, member) = grade else { return false };
        let members = self.program.enumeration(kind).map_or(0, |kind| kind.members.len());
        usize::from(member).checked_add(1) == Some(members)
    }

    /// The grade the points lead to; where they are not known, the grade that all they can be lead to.
    fn graded(&mut self, rule: RuleId, program: &'a PointsProgram) -> Known {
        let Some(points) = self.points(rule, program) else { return Known::Failed };
        let mut candidates = vec![points.low];
        if points.open.value().is_none() {
            let Some(numbers) = whole_numbers(points.low, points.high) else { return points.open };
            candidates = numbers;
        }
        let step = self.recorder.open(StepKind::Graded, program.graded.span, Some(rule));
        let mut result: Option<Known> = None;
        for (index, number) in candidates.iter().enumerate() {
            let before = self.scoring.points.replace(Known::Value(Value::Number(*number)));
            let known = if index == 0 && candidates.len() == 1 {
                self.value(program.graded.root)
            } else {
                self.silently(|candidate| candidate.value(program.graded.root))
            };
            self.scoring.points = before;
            result = Some(match result {
                None => known,
                Some(same) if same == known => known,
                Some(_) => points.open,
            });
        }
        let known = result.unwrap_or(points.open);
        self.recorder.close(step, StepKind::Graded, known.value());
        known
    }

    /// All points. `None` when they cannot be worked out; the problem was noted.
    fn points(&mut self, rule: RuleId, program: &'a PointsProgram) -> Option<Points> {
        let open = self.recorder.open(StepKind::Points, program.start.span, Some(rule));
        let points = self.sum_of_points(rule, program);
        let known = points.filter(|points| points.open.value().is_some());
        self.recorder.close(open, StepKind::Points, known.map(|points| Value::Number(points.low)));
        points
    }

    fn sum_of_points(&mut self, rule: RuleId, program: &'a PointsProgram) -> Option<Points> {
        let step = self.recorder.open(StepKind::Start, program.start.span, Some(rule));
        let start = self.value(program.start.root);
        self.recorder.close(step, StepKind::Start, start.value());
        let mut sum = self.exactly(start, program.start.span)?;
        for event in &program.events {
            let change = self.event(rule, event)?;
            let (low, high) = if event.adds {
                (sum.low.plus(change.low), sum.high.plus(change.high))
            } else {
                (sum.low.subtract(change.high), sum.high.subtract(change.low))
            };
            let (Some(low), Some(high)) = (low, high) else {
                self.fail(Problem::Arithmetic, event.span);
                return None;
            };
            sum = Points { low, high, open: sum.open.both(change.open, |_, known| Known::Value(known)) };
        }
        for (limit, is_cap) in [(program.cap, true), (program.floor, false)] {
            let Some(limit) = limit else { continue };
            let known = self.value(limit.root);
            let bound = self.exactly(known, limit.span)?;
            sum = self.limited(sum, bound.low, is_cap, (limit.span, rule));
        }
        Some(Points { open: if sum.low == sum.high { Known::from_bool(true) } else { sum.open }, ..sum })
    }

    /// Points held at a limit, as a step when it takes effect for certain.
    fn limited(&mut self, points: Points, bound: Number, is_cap: bool, (span, rule): (Span, RuleId)) -> Points {
        let hold = |number: Number| if is_cap { number.min(bound) } else { number.max(bound) };
        let (low, high) = (hold(points.low), hold(points.high));
        if low != points.low && points.low == points.high {
            let kind = if is_cap { StepKind::Capped(points.low) } else { StepKind::Floored(points.low) };
            self.recorder.step(kind, span, Some(rule), Some(Value::Number(bound)));
        }
        Points { low, high, open: points.open }
    }

    /// A number that is known; what is not leaves no points at all.
    fn exactly(&mut self, known: Known, span: Span) -> Option<Points> {
        match known.value().and_then(Value::as_number) {
            Some(number) => Some(Points { low: number, high: number, open: Known::from_bool(true) }),
            None => {
                if known == Known::Unestablished {
                    self.fail(Problem::NotEstablished, span);
                }
                None
            }
        }
    }

    /// How many points one kind of event adds or deducts.
    fn event(&mut self, rule: RuleId, event: &'a CreditEvent) -> Option<Points> {
        let step = self.recorder.open(StepKind::CreditEvents(event.adds), event.span, Some(rule));
        let points = match &event.source {
            EventSource::Once(condition) => {
                let truth = self.condition(condition);
                let known = self.value(event.points.root);
                self.exactly(known, event.points.span).map(|points| certainly(points, truth))
            }
            EventSource::Records(records) => self.record_events(rule, event, records),
        };
        let points = match (points, event.most) {
            (Some(points), Some(most)) => {
                let known = self.value(most.root);
                self.exactly(known, most.span).map(|bound| self.limited(points, bound.low, true, (most.span, rule)))
            }
            (points, _) => points,
        };
        let known = points.filter(|points| points.open.value().is_some());
        let value = known.map(|points| Value::Number(points.low));
        self.recorder.close(step, StepKind::CreditEvents(event.adds), value);
        points
    }

    fn record_events(&mut self, rule: RuleId, event: &'a CreditEvent, events: &'a RecordEvents) -> Option<Points> {
        let records: &'a [Record] = match self.view.fact(events.list) {
            Some(Knowledge::Records(list)) => self.case.records(list),
            Some(Knowledge::Value(_) | Knowledge::Unestablished | Knowledge::Absent) => {
                self.input(Operand::Fact(events.list), Origin::Unestablished, event.span, Known::Unestablished);
                self.fail(Problem::NotEstablished, event.span);
                return None;
            }
            None => {
                self.ask(Operand::Fact(events.list));
                self.input(Operand::Fact(events.list), Origin::NotAsked, event.span, Known::NotAsked);
                return None;
            }
        };
        let mut sum = Points { low: Number::ZERO, high: Number::ZERO, open: Known::from_bool(true) };
        for (index, record) in records.iter().enumerate() {
            let asked = self.asked();
            let ((fate, points), read) =
                self.at_record(events.list, record, |candidate| candidate.fate(event, events))?;
            let Some(fate) = fate else {
                self.forget(asked);
                continue;
            };
            let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
            let value = points.filter(|_| fate.may_count()).map(|points| Value::Number(points.low));
            let kind = StepKind::CreditEvent { list: events.list, number, fate, read };
            self.recorder.step(kind, event.span, Some(rule), value);
            let truth = match fate {
                EventFate::Counts => Truth::True,
                EventFate::MayCount => Truth::Unknown,
                _ => Truth::False,
            };
            if truth != Truth::Unknown {
                self.forget(asked);
            }
            if truth != Truth::False {
                let points = certainly(points?, truth);
                let (low, high) = (sum.low.plus(points.low), sum.high.plus(points.high));
                let (Some(low), Some(high)) = (low, high) else {
                    self.fail(Problem::Arithmetic, event.span);
                    return None;
                };
                sum = Points { low, high, open: sum.open.both(points.open, |_, known| Known::Value(known)) };
            }
        }
        Some(sum)
    }

    /// What becomes of the record at hand, and its points; no fate when it is not one of these events.
    fn fate(&mut self, event: &CreditEvent, events: &RecordEvents) -> (Option<EventFate>, Option<Points>) {
        let is_one = events.filter.map_or(Truth::True, |filter| self.value(filter.root).truth());
        if is_one == Truth::False {
            return (None, None);
        }
        let known = self.value(event.points.root);
        let points = self.exactly(known, event.points.span);
        let (mut fate, mut open) = (None, is_one == Truth::Unknown);
        if let (Some(since), Some(day)) = (events.since, self.scoring.scored_on) {
            match self.field(since, event.span) {
                Known::Value(Value::Date(from)) if from > day => fate = Some(EventFate::Later),
                Known::Value(Value::Date(from)) => {
                    let until = events.lasting.and_then(|lasting| from.plus(lasting));
                    fate = until.filter(|until| *until < day).map(EventFate::Expired);
                }
                // It counts neither for the party nor against it when its day cannot be established.
                Known::Unestablished => fate = Some(EventFate::Undated),
                _ => open = true,
            }
        }
        if fate.is_none()
            && let Some(repaired) = events.repaired
        {
            match self.value(repaired.root).truth() {
                Truth::True => fate = Some(EventFate::Repaired),
                Truth::False => {}
                Truth::Unknown => open = true,
            }
        }
        (Some(fate.unwrap_or(if open { EventFate::MayCount } else { EventFate::Counts })), points)
    }

    /// Works something out without leaving steps.
    fn silently<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let mut silent = Recorder::new(false);
        std::mem::swap(self.recorder, &mut silent);
        let result = work(self);
        std::mem::swap(self.recorder, &mut silent);
        result
    }
}

/// Points that count for certain, not at all, or that may count.
fn certainly(points: Points, truth: Truth) -> Points {
    let (low, high) = (points.low, points.high);
    match truth {
        Truth::True => points,
        Truth::False => Points { low: Number::ZERO, high: Number::ZERO, open: points.open },
        Truth::Unknown => Points { low: low.min(Number::ZERO), high: high.max(Number::ZERO), open: Known::NotAsked },
    }
}

/// The whole numbers from one to the other, when both are whole and they are not too many.
fn whole_numbers(low: Number, high: Number) -> Option<Vec<Number>> {
    let (low, high) = (low.to_integer()?, high.to_integer()?);
    (high.checked_sub(low)? <= MOST_NUMBERS).then(|| (low..=high).map(Number::integer).collect())
}
