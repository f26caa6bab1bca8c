//! What is counted, added up or compared over records, with what is not known of single records.

use super::Candidate;
use super::knowledge::{Known, and, or};
use crate::case::{Knowledge, Record};
use crate::program::{Aggregate, AggregateFunction, CellIndex, Cells, DefineId, FactId, Node, NodeId};
use crate::source::Span;
use crate::syntax::{BinaryOperator, Comparison};
use crate::trail::{FieldRead, Operand, Origin, Problem, StepKind};
use crate::value::{Date, Duration, DurationUnit, End, Number, Range, Value};

/// The most records looked at for one version of the law.
const MOST_LOOKS: u32 = 100_000;

/// The most whole numbers that are tried one by one.
const MOST_NUMBERS: i64 = 1_000;

/// The record whose condition is being worked out.
#[derive(Debug)]
pub(super) struct AtHand<'a> {
    list: FactId,
    record: &'a Record,
    read: Vec<FieldRead>,
}

/// The least and the most that a value can be, where it is not known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Possible {
    node: NodeId,
    low: Value,
    high: Value,
}

/// What the records looked at so far come to.
#[derive(Debug)]
struct Tally {
    /// Whether each record counts.
    counts: Vec<Known>,
    /// The least and the most so far; `None` when there is no such end.
    low: Option<Value>,
    high: Option<Value>,
    /// Nothing can be said of an end.
    unbounded: bool,
    /// The worst of what is not known.
    open: Option<Known>,
    /// First and last days, where the days covered are counted.
    intervals: Vec<(Date, Date)>,
}

impl<'a> Candidate<'a> {
    /// A field of the record at hand.
    pub(super) fn field(&mut self, field: u16, span: Span) -> Known {
        let Some(at_hand) = &mut self.at_hand else {
            return self.fail(Problem::Arithmetic, span);
        };
        let stated = at_hand.record.fields.get(usize::from(field)).copied().flatten();
        let (origin, known) = match stated {
            Some(Knowledge::Value(value)) => (Origin::Given, Known::Value(value)),
            Some(Knowledge::Unestablished | Knowledge::Records(_) | Knowledge::Absent) => {
                (Origin::Unestablished, Known::Unestablished)
            }
            None => (Origin::NotAsked, Known::NotAsked),
        };
        let read = FieldRead { field, origin, value: known.value() };
        if !at_hand.read.contains(&read) {
            at_hand.read.push(read);
        }
        let list = at_hand.list;
        if known == Known::NotAsked && !self.facts_to_ask.contains(&list) {
            self.facts_to_ask.push(list);
        }
        known
    }

    /// Works on one record of a list, with what was read of it; `None` past the limit, which is noted.
    pub(super) fn at_record<T>(
        &mut self,
        list: FactId,
        record: &'a Record,
        work: impl FnOnce(&mut Self) -> T,
    ) -> Option<(T, Vec<FieldRead>)> {
        self.looks = self.looks.saturating_add(1);
        if self.looks > MOST_LOOKS {
            self.fail(Problem::TooManyRecords, Span::NOWHERE);
            return None;
        }
        let outer = self.at_hand.replace(AtHand { list, record, read: Vec::new() });
        let result = work(self);
        let read = std::mem::replace(&mut self.at_hand, outer).map(|at_hand| at_hand.read).unwrap_or_default();
        Some((result, read))
    }

    /// The value over all records. Each record is a step that says whether it counts and what was read of it.
    pub(super) fn aggregate(&mut self, id: NodeId, aggregate: &'a Aggregate) -> Known {
        let kind = StepKind::Input(Operand::Records(aggregate.list), Origin::Derived);
        let open = self.recorder.open(kind.clone(), aggregate.span, None);
        let known = match self.view.fact(aggregate.list) {
            Some(Knowledge::Records(list)) => self.over_records(id, aggregate, self.case.records(list)),
            Some(Knowledge::Value(_) | Knowledge::Unestablished | Knowledge::Absent) => {
                self.input(Operand::Fact(aggregate.list), Origin::Unestablished, aggregate.span, Known::Unestablished)
            }
            None => {
                if !self.facts_to_ask.contains(&aggregate.list) {
                    self.facts_to_ask.push(aggregate.list);
                }
                self.input(Operand::Fact(aggregate.list), Origin::NotAsked, aggregate.span, Known::NotAsked)
            }
        };
        self.recorder.close(open, kind, known.value());
        known
    }

    fn over_records(&mut self, id: NodeId, aggregate: &'a Aggregate, records: &'a [Record]) -> Known {
        let asked = self.asked();
        let first_step = self.recorder.mark();
        let mut tally = Tally::new(aggregate);
        for (index, record) in records.iter().enumerate() {
            self.looks = self.looks.saturating_add(1);
            if self.looks > MOST_LOOKS {
                return self.fail(Problem::TooManyRecords, aggregate.span);
            }
            let (asked, mark) = (self.asked(), self.recorder.mark());
            let outer = self.at_hand.replace(AtHand { list: aggregate.list, record, read: Vec::new() });
            let counts = aggregate.filter.map_or(Known::from_bool(true), |filter| self.value(filter.root));
            let out = counts == Known::from_bool(false);
            let mut value = match aggregate.field {
                Some(field) if !out => self.field(field, aggregate.span),
                Some(_) | None => Known::from_bool(true),
            };
            if let (Some(last), false) = (aggregate.last, out) {
                let first = value;
                value = self.field(last, aggregate.span);
                match (first, value) {
                    (Known::Value(Value::Date(from)), Known::Value(Value::Date(to))) if from <= to => {
                        tally.intervals.push((from, to));
                    }
                    (Known::Value(_), Known::Value(_)) => value = self.fail(Problem::IntervalInvalid, aggregate.span),
                    (Known::Value(_), _) => {}
                    (unknown, _) => value = unknown,
                }
            }
            let read = std::mem::replace(&mut self.at_hand, outer).map(|at_hand| at_hand.read).unwrap_or_default();
            // What every record is compared with is shown once.
            self.recorder.drop_repeated(first_step, mark);
            let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
            let span = aggregate.filter.map_or(aggregate.span, |filter| filter.span);
            let kind = StepKind::Record { list: aggregate.list, number, counts: counts.truth_or_open(), read };
            self.recorder.step(kind, span, None, None);
            if counts.value().is_some() && value.value().is_some() {
                self.forget(asked);
            }
            tally.add(self, aggregate, counts, value);
        }
        let result = tally.result(self, aggregate, records.is_empty());
        self.possible.retain(|each| each.node != id);
        if result.value().is_some() {
            self.forget(asked);
        } else if let (Some(low), Some(high), false) = (tally.low, tally.high, tally.unbounded) {
            self.possible.push(Possible { node: id, low, high });
        }
        result
    }

    /// The least and the most that a node just worked out can be; `None` when it is not known to have such ends.
    fn possible(&self, id: NodeId) -> Option<(Value, Value)> {
        if let Some(known) = self.possible.iter().find(|each| each.node == id) {
            return Some((known.low, known.high));
        }
        let node = usize::try_from(id.0).ok().and_then(|index| self.program.nodes.get(index))?;
        match node {
            Node::Constant(value) => Some((*value, *value)),
            Node::Define(define, _) => self.possible_define(*define),
            Node::Arithmetic(BinaryOperator::Add, left, right) => {
                let (left, right) = (self.possible(*left)?, self.possible(*right)?);
                Some((left.0.plus(right.0)?, left.1.plus(right.1)?))
            }
            Node::Arithmetic(BinaryOperator::Subtract, left, right) => {
                let (left, right) = (self.possible(*left)?, self.possible(*right)?);
                Some((left.0.minus(right.1)?, left.1.minus(right.0)?))
            }
            _ => None,
        }
    }

    fn possible_define(&self, id: DefineId) -> Option<(Value, Value)> {
        if let Some((_, Known::Value(value))) = self.defines.iter().find(|(each, _)| *each == id) {
            return Some((*value, *value));
        }
        self.possible(self.program.define(id)?.value.root)
    }

    fn ends(&self, id: NodeId, known: Known) -> Option<(Value, Value)> {
        known.value().map_or_else(|| self.possible(id), |value| Some((value, value)))
    }

    /// A comparison whose operands are not both known, where all that they can be gives one answer.
    pub(super) fn compare_possible(
        &self,
        operator: Comparison,
        left: (NodeId, Known),
        right: (NodeId, Known),
    ) -> Option<bool> {
        let (low, high) = self.ends(left.0, left.1)?;
        let (other_low, other_high) = self.ends(right.0, right.1)?;
        let decide = |yes: bool, no: bool| if yes { Some(true) } else { no.then_some(false) };
        match operator {
            Comparison::Less => decide(high < other_low, low >= other_high),
            Comparison::LessOrEqual => decide(high <= other_low, low > other_high),
            Comparison::Greater => decide(low > other_high, high <= other_low),
            Comparison::GreaterOrEqual => decide(low >= other_high, high < other_low),
            Comparison::Equal => decide(false, high < other_low || low > other_high),
            Comparison::NotEqual => decide(high < other_low || low > other_high, false),
        }
    }

    /// Whether all that a node can be lies in a set, or none of it.
    pub(super) fn inside_possible(&self, id: NodeId, cells: &Cells) -> Option<bool> {
        let (low, high) = self.possible(id)?;
        if let Some(values) = whole_numbers(low, high) {
            let mut inside = values.map(|value| cells.contains(&value));
            let first = inside.next()?;
            return inside.all(|each| each == first).then_some(first);
        }
        let Cells::Ranges(ranges) = cells else {
            return None;
        };
        let all = Range { low: End::Included(low), high: End::Included(high) };
        if ranges.iter().any(|range| range.contains(&low) && range.contains(&high)) {
            return Some(true);
        }
        (!ranges.iter().any(|range| range.overlaps(&all))).then_some(false)
    }

    /// The rows that match a key which is not known, where all whole numbers that it can be match the same ones.
    pub(super) fn rows_possible(&self, key: NodeId, index: &CellIndex) -> Option<Vec<usize>> {
        let (low, high) = self.possible(key)?;
        let mut same: Option<Vec<usize>> = None;
        for value in whole_numbers(low, high)? {
            let mut hits = Vec::new();
            index.matches(&[Some(value)], |row| hits.push(row));
            if same.get_or_insert_with(|| hits.clone()) != &hits {
                return None;
            }
        }
        same
    }
}

/// The whole numbers from one to the other.
fn whole_numbers(low: Value, high: Value) -> Option<impl Iterator<Item = Value>> {
    let (Value::Number(low), Value::Number(high)) = (low, high) else {
        return None;
    };
    let (low, high) = (low.to_integer()?, high.to_integer()?);
    if high.checked_sub(low)? > MOST_NUMBERS {
        return None;
    }
    Some((low..=high).map(|number| Value::Number(Number::integer(number))))
}

impl Tally {
    fn new(aggregate: &Aggregate) -> Self {
        let nothing = match aggregate.function {
            AggregateFunction::Count | AggregateFunction::Sum => Some(aggregate.zero),
            AggregateFunction::Largest
            | AggregateFunction::Smallest
            | AggregateFunction::Any
            | AggregateFunction::All
            | AggregateFunction::DaysCovered => None,
        };
        Tally { counts: Vec::new(), low: nothing, high: nothing, unbounded: false, open: None, intervals: Vec::new() }
    }

    fn add(&mut self, candidate: &mut Candidate<'_>, aggregate: &Aggregate, counts: Known, value: Known) {
        self.counts.push(counts);
        if counts == Known::from_bool(false) {
            return;
        }
        let certain = counts == Known::from_bool(true);
        let not_known = if certain { value } else { counts };
        if not_known.value().is_none() {
            self.open =
                Some(self.open.map_or(not_known, |worst| worst.both(not_known, |_, known| Known::Value(known))));
        }
        match aggregate.function {
            AggregateFunction::Any | AggregateFunction::All | AggregateFunction::DaysCovered => {}
            AggregateFunction::Count => self.shift(candidate, Value::Number(Number::ONE), aggregate, certain),
            AggregateFunction::Sum => match value {
                Known::Value(value) => self.shift(candidate, value, aggregate, certain),
                _ => self.unbounded = true,
            },
            AggregateFunction::Largest => match value {
                Known::Value(value) => self.extend(value, certain, |new, old| new > old),
                _ => self.unbounded = true,
            },
            AggregateFunction::Smallest => match value {
                Known::Value(value) => self.extend(value, certain, |new, old| new < old),
                _ => self.unbounded = true,
            },
        }
    }

    /// Adds a record's value to both ends, or to the one it can move when it may not count.
    fn shift(&mut self, candidate: &mut Candidate<'_>, value: Value, aggregate: &Aggregate, certain: bool) {
        let add = |end: Option<Value>| end.and_then(|end| end.plus(value));
        let before = (self.low, self.high);
        if certain || value < aggregate.zero {
            self.low = add(self.low);
        }
        if certain || value > aggregate.zero {
            self.high = add(self.high);
        }
        if (before.0.is_some() && self.low.is_none()) || (before.1.is_some() && self.high.is_none()) {
            self.open = Some(candidate.fail(Problem::Arithmetic, aggregate.span));
        }
    }

    /// `low` is the best of the records that count for certain, `high` the best of those that may.
    fn extend(&mut self, value: Value, certain: bool, better: fn(&Value, &Value) -> bool) {
        let best = |old: Option<Value>| Some(old.filter(|old| !better(&value, old)).unwrap_or(value));
        if certain {
            self.low = best(self.low);
        }
        self.high = best(self.high);
    }

    fn result(&mut self, candidate: &mut Candidate<'_>, aggregate: &Aggregate, none: bool) -> Known {
        match aggregate.function {
            AggregateFunction::Any => return or(self.counts.iter().copied()),
            AggregateFunction::All => return and(self.counts.iter().copied()),
            AggregateFunction::DaysCovered => {
                return match (self.open, days_covered(&mut self.intervals)) {
                    (Some(open), _) => open,
                    (None, Some(days)) => Known::Value(Value::Duration(days)),
                    (None, None) => candidate.fail(Problem::Arithmetic, aggregate.span),
                };
            }
            AggregateFunction::Largest | AggregateFunction::Smallest
                if none || (self.open.is_none() && self.high.is_none()) =>
            {
                return candidate.fail(Problem::NoRecord, aggregate.span);
            }
            _ => {}
        }
        let settled = if self.unbounded || self.low != self.high { None } else { self.low };
        match (settled, self.open) {
            (Some(value), None | Some(Known::NotAsked | Known::Unestablished)) => Known::Value(value),
            (_, Some(open)) => {
                if aggregate.function == AggregateFunction::Smallest {
                    std::mem::swap(&mut self.low, &mut self.high);
                }
                open
            }
            (None, None) => candidate.fail(Problem::Arithmetic, aggregate.span),
        }
    }
}

/// The days that intervals cover, first and last days included, each day once.
fn days_covered(intervals: &mut [(Date, Date)]) -> Option<Duration> {
    intervals.sort();
    let (mut total, mut covered_to) = (0_i64, None::<Date>);
    for (from, to) in intervals.iter().copied() {
        let after = match covered_to {
            Some(covered) if covered >= to => continue,
            Some(covered) => from.max(covered.tomorrow()?),
            None => from,
        };
        total = total.checked_add(after.days_until(to)?.amount.checked_add(1)?)?;
        covered_to = Some(to);
    }
    Some(Duration { amount: total, unit: DurationUnit::Days })
}
