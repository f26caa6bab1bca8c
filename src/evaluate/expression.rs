//! Expressions over what is known, each operand a step.

use std::cmp::Ordering;

use super::knowledge::{Known, and, or};
use super::{Candidate, Presumed, functions};
use crate::case::Knowledge;
use crate::program::{Condition, DefineId, Expression, FactId, Node, NodeId, TableId, TableRow};
use crate::source::Span;
use crate::syntax::{BinaryOperator, Comparison, HitPolicy};
use crate::trail::{Operand, Origin, Problem, StepKind, Truth};
use crate::value::{AmountRange, Date, Number, ProvisionId, Value};

impl Candidate<'_> {
    /// Whether all conjuncts of a condition hold; each is a step. Facts not asked are noted only when they leave it open.
    pub(super) fn condition(&mut self, condition: &Condition) -> Truth {
        let (asked, presumed) = (self.asked(), self.presumed.len());
        let (mut result, mut without_presumption) = (Truth::True, false);
        for element in &condition.elements {
            let before = self.presumed.len();
            match self.element(*element, StepKind::Condition) {
                Truth::True => {}
                Truth::False => {
                    result = Truth::False;
                    without_presumption |= self.presumed.len() == before;
                }
                Truth::Unknown if result == Truth::True => result = Truth::Unknown,
                Truth::Unknown => {}
            }
        }
        if result != Truth::Unknown {
            self.forget(asked);
        }
        // An element that failed by itself settles the condition: what was presumed in others did not matter.
        if without_presumption {
            self.presumed.truncate(presumed);
        }
        result
    }

    /// Whether one expression holds, as a step of the kind given.
    pub(super) fn element(&mut self, element: Expression, kind: fn(Truth) -> StepKind) -> Truth {
        let asked = self.asked();
        let open = self.recorder.open(kind(Truth::Unknown), element.span, None);
        let truth = self.value(element.root).truth();
        self.recorder.close(open, kind(truth), None);
        if truth != Truth::Unknown {
            self.forget(asked);
        }
        truth
    }

    pub(super) fn input(&mut self, operand: Operand, origin: Origin, span: Span, known: Known) -> Known {
        self.recorder.step(StepKind::Input(operand, origin), span, None, known.value());
        known
    }

    /// Notes why something cannot be worked out.
    pub(super) fn fail(&mut self, problem: Problem, span: Span) -> Known {
        self.recorder.step(StepKind::Problem(problem), span, None, None);
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
        Known::Failed
    }

    pub(super) fn exact(&mut self, value: Option<Value>) -> Known {
        match value {
            Some(value) => Known::Value(value),
            None => self.fail(Problem::Arithmetic, Span::NOWHERE),
        }
    }

    /// The value of a node; facts, definitions and the like leave a step where they are used.
    pub(super) fn value(&mut self, id: NodeId) -> Known {
        let program = self.program;
        let Some(node) = usize::try_from(id.0).ok().and_then(|index| program.nodes.get(index)) else {
            return self.fail(Problem::Arithmetic, Span::NOWHERE);
        };
        match node {
            Node::Constant(value) => Known::Value(*value),
            Node::Fact(fact, span) => self.fact(*fact, *span),
            Node::Define(define, span) => self.define(*define, *span),
            Node::Step(number, rule, span) => {
                let known = self.steps.get(usize::from(*number)).copied().unwrap_or(Known::Failed);
                self.input(Operand::Step(*rule), Origin::Derived, *span, known)
            }
            Node::BuiltIn(name, span) => self.built_in(*name, *span),
            Node::Imposes(measure, span) => self.imposes(*measure, *span),
            Node::ImposesKind(kind, span) => self.imposes_kind(*kind, *span),
            Node::Refers(kind, span) => self.refers(*kind, *span),
            Node::Table(table, span) => self.table(*table, *span),
            Node::Absent(fact, span) => self.absent(*fact, *span),
            Node::Established(fact, span) => self.established(*fact, *span),
            Node::Not(inner) => self.value(*inner).then(|value| Known::from_bool(value.as_bool() == Some(false))),
            Node::And(parts) => and(parts.iter().map(|part| self.value(*part))),
            Node::Or(parts) => or(parts.iter().map(|part| self.value(*part))),
            Node::Negate(inner) => {
                let known = self.value(*inner);
                known.then(|value| self.exact(value.negated()))
            }
            Node::Arithmetic(operator, left, right) => {
                let (left, right) = (self.value(*left), self.value(*right));
                left.both(right, |left, right| {
                    if let (Value::Date(date), Value::Duration(duration)) = (left, right) {
                        return self.shifted(date, duration, *operator == BinaryOperator::Add);
                    }
                    self.exact(match operator {
                        BinaryOperator::Add => left.plus(right),
                        BinaryOperator::Subtract => left.minus(right),
                        BinaryOperator::Multiply => left.times(right),
                        BinaryOperator::Divide => left.divided_by(right),
                    })
                })
            }
            Node::Compare(operator, left, right) => {
                if let Some(known) = self.compare_band(*operator, *left, *right) {
                    return known;
                }
                let (one, other) = (self.value(*left), self.value(*right));
                match (one, other) {
                    (Known::Value(Value::Provision(one)), Known::Value(Value::Provision(other))) => {
                        self.same_provision(*operator, one, other)
                    }
                    (Known::Value(left), Known::Value(right)) => Known::from_bool(compare(*operator, &left, &right)),
                    _ => match self.compare_possible(*operator, (*left, one), (*right, other)) {
                        Some(result) => Known::from_bool(result),
                        None => one.both(other, |_, known| Known::Value(known)),
                    },
                }
            }
            Node::In(value, cells) => match self.value(*value) {
                Known::Value(value) => Known::from_bool(cells.contains(&value)),
                open => self.inside_possible(*value, cells).map_or(open, Known::from_bool),
            },
            Node::WorkdaysBetween(from, to) => self.dates(*from, *to, Self::workdays_between),
            Node::FullYears(from, to) => self.dates(*from, *to, Self::full_years),
            Node::RollToWorkday(date) => self.dates(*date, *date, |candidate, date, _| candidate.rolled(date)),
            Node::YearOf(date) => self.dates(*date, *date, |_, date, _| whole(i64::from(date.year()))),
            Node::MonthOf(date) => self.dates(*date, *date, |_, date, _| whole(i64::from(date.month()))),
            Node::Field(field, span) => self.field(*field, *span),
            Node::Aggregate(aggregate) => self.aggregate(id, aggregate),
            Node::If(condition, yes, no) => match self.value(*condition) {
                Known::Value(value) => self.value(if value.as_bool() == Some(true) { *yes } else { *no }),
                // Either branch may be taken; only when both agree is the value known.
                open => {
                    let (yes, no) = (self.value(*yes), self.value(*no));
                    if yes == no { yes } else { open }
                }
            },
            Node::Minimum(parts) => self.extreme(parts, |new, best| new < best),
            Node::Maximum(parts) => self.extreme(parts, |new, best| new > best),
            Node::Average(parts) => self.average(parts),
            Node::Power(base, exponent) => {
                let (base, exponent) = (self.value(*base), self.value(*exponent));
                base.both(exponent, |base, exponent| self.exact(functions::power(base, exponent)))
            }
            Node::Clamp(value, band) => self.clamp(*value, *band),
            Node::LowerEnd(range) => self.end(*range, |range| range.min),
            Node::UpperEnd(range) => self.end(*range, |range| range.max),
            Node::Midpoint(range) => self.end(*range, |range| range.min?.plus(range.max?)?.divide(Number::integer(2))),
            Node::Range(low, high) => self.range_between(*low, *high),
            Node::Round(mode, value, step) => {
                let (value, step) = (self.value(*value), self.value(*step));
                value.both(step, |value, step| {
                    let rounded = value
                        .as_number()
                        .zip(step.as_number())
                        .and_then(|(number, step)| number.round_to(step, *mode))
                        .map(|number| match value {
                            Value::Percent(_) => Value::Percent(number),
                            Value::Money(_) => Value::Money(number),
                            Value::Quantity(_, unit) => Value::Quantity(number, unit),
                            _ => Value::Number(number),
                        });
                    self.exact(rounded)
                })
            }
            Node::FullMonths(from, to) => self.between(*from, *to, Date::full_months_until),
            Node::DaysBetween(from, to) => self.between(*from, *to, Date::days_until),
        }
    }

    /// Whether two provisions are one; where one of them is named less exactly than the other, that stays open.
    fn same_provision(&mut self, operator: Comparison, one: ProvisionId, other: ProvisionId) -> Known {
        match self.case.pool.is_same(one, other) {
            Some(same) => Known::from_bool(same == (operator == Comparison::Equal)),
            None => self.fail(Problem::ProvisionInexact, Span::NOWHERE),
        }
    }

    pub(super) fn fact(&mut self, id: FactId, span: Span) -> Known {
        let stated = self.view.fact(id);
        if let Some(Knowledge::Value(value)) = stated {
            return self.input(Operand::Fact(id), Origin::Given, span, Known::Value(value));
        }
        if stated == Some(Knowledge::Absent) {
            self.input(Operand::Fact(id), Origin::Absent, span, Known::Failed);
            return self.fail(Problem::AbsentUnsaid, span);
        }
        if let Some((value, rule)) = self.presumption(id) {
            self.recorder.step(StepKind::Input(Operand::Fact(id), Origin::Presumed), span, Some(rule), Some(value));
            self.presume(Presumed { fact: id, value, rule });
            self.rests_on(rule);
            return Known::Value(value);
        }
        if stated.is_some() {
            return self.input(Operand::Fact(id), Origin::Unestablished, span, Known::Unestablished);
        }
        if !self.facts_to_ask.contains(&id) {
            self.facts_to_ask.push(id);
        }
        self.input(Operand::Fact(id), Origin::NotAsked, span, Known::NotAsked)
    }

    /// Notes that the presumption of a fact was used.
    pub(super) fn presume(&mut self, presumed: Presumed) {
        if !self.presumed.contains(&presumed) {
            self.presumed.push(presumed);
        }
    }

    /// A definition is worked out where it is first used; later uses show its value only.
    fn define(&mut self, id: DefineId, span: Span) -> Known {
        let Some(id) = self.define_in_force(id, span) else { return Known::Failed };
        if let Some((_, known)) = self.defines.iter().find(|(each, _)| *each == id) {
            let known = *known;
            return self.input(Operand::Define(id), Origin::Derived, span, known);
        }
        let program = self.program;
        let Some(define) = program.define(id) else {
            return self.fail(Problem::Arithmetic, span);
        };
        let kind = StepKind::Input(Operand::Define(id), Origin::Derived);
        let open = self.recorder.open(kind.clone(), span, Some(define.rule));
        let known = self.value(define.value.root);
        self.recorder.close(open, kind, known.value());
        self.rests_on(define.rule);
        // What is not known may be asked for in another place, so it is worked out again there.
        if known.value().is_some() {
            self.defines.push((id, known));
        }
        known
    }

    fn extreme(&mut self, parts: &[NodeId], better: fn(&Value, &Value) -> bool) -> Known {
        let mut best: Option<Known> = None;
        for part in parts {
            let known = self.value(*part);
            best = Some(match best {
                None => known,
                Some(best) => best.both(known, |best, new| Known::Value(if better(&new, &best) { new } else { best })),
            });
        }
        best.unwrap_or(Known::Failed)
    }

    fn end(&mut self, range: NodeId, pick: impl FnOnce(AmountRange) -> Option<Number>) -> Known {
        let known = self.value(range);
        known.then(|value| {
            let ends = value.ends().map(|(min, max)| AmountRange { min: Some(min), max: Some(max) });
            let end = ends.and_then(pick);
            self.exact(end.and_then(|end| match value {
                Value::Range(_) | Value::Money(_) => Some(Value::Money(end)),
                Value::PercentRange(_) | Value::Percent(_) => Some(Value::Percent(end)),
                Value::NumberRange(_) | Value::Number(_) => Some(Value::Number(end)),
                _ => None,
            }))
        })
    }

    /// A range from its ends, which facts may have put in the wrong order.
    fn range_between(&mut self, low: NodeId, high: NodeId) -> Known {
        let (low, high) = (self.value(low), self.value(high));
        low.both(high, |low, high| {
            let range = AmountRange { min: low.as_number(), max: high.as_number() };
            if range.min > range.max {
                return self.fail(Problem::RangeInvalid, Span::NOWHERE);
            }
            Known::Value(match low {
                Value::Percent(_) => Value::PercentRange(range),
                Value::Number(_) => Value::NumberRange(range),
                _ => Value::Range(range),
            })
        })
    }

    fn between(
        &mut self,
        from: NodeId,
        to: NodeId,
        measure: fn(Date, Date) -> Option<crate::value::Duration>,
    ) -> Known {
        let (from, to) = (self.value(from), self.value(to));
        from.both(to, |from, to| match (from, to) {
            (Value::Date(from), Value::Date(to)) => self.exact(measure(from, to).map(Value::Duration)),
            _ => self.exact(None),
        })
    }

    /// Works on two dates; on one when both are one node.
    fn dates(&mut self, from: NodeId, to: NodeId, work: fn(&mut Self, Date, Date) -> Known) -> Known {
        let first = self.value(from);
        let second = if from == to { first } else { self.value(to) };
        first.both(second, |from, to| match (from, to) {
            (Value::Date(from), Value::Date(to)) => work(self, from, to),
            _ => self.exact(None),
        })
    }

    fn table(&mut self, id: TableId, span: Span) -> Known {
        let Some(id) = self.table_in_force(id, span) else { return Known::Failed };
        let program = self.program;
        let Some(table) = program.table(id) else {
            return self.fail(Problem::Arithmetic, span);
        };
        let open = self.recorder.open(StepKind::TableRow, span, Some(table.rule));
        self.rests_on(table.rule);
        let asked = self.asked();
        let mut keys = Vec::with_capacity(table.keys.len());
        let mut open_key = None;
        for key in &table.keys {
            let known = self.value(key.root);
            keys.push(known.value());
            if known.value().is_none() {
                open_key = Some(open_key.unwrap_or(Known::Unestablished).both(known, |_, _| known));
            }
        }
        // A key that cannot be established may have any value: of the rows that are left the lowest counts.
        let at_lowest = open_key == Some(Known::Unestablished) && table.lowest_when_unestablished;
        let (known, row) = match open_key {
            Some(other) if !at_lowest => (other, None),
            _ => {
                let mut hits = Vec::new();
                table.index.matches(&keys, |row| hits.push(row));
                self.pick(&table.rows, &hits, if at_lowest { HitPolicy::Lowest } else { table.hit }, span)
            }
        };
        if at_lowest && known.value().is_some() {
            self.forget(asked);
        }
        self.recorder.close_with(open, |step| {
            if at_lowest {
                step.kind = StepKind::TableRowAtLowest;
            }
            step.value = known.value();
            step.span = row.unwrap_or(span);
        });
        known
    }

    /// The result of the rows that match, by hit policy, and the row that gave it.
    pub(super) fn pick(
        &mut self,
        rows: &[TableRow],
        hits: &[usize],
        hit: HitPolicy,
        span: Span,
    ) -> (Known, Option<Span>) {
        let mut hits = hits.iter().filter_map(|index| rows.get(*index));
        let Some(first) = hits.next() else {
            return (self.fail(Problem::NoRow, span), None);
        };
        let mut best = (self.value(first.result.root), first.span);
        if hit == HitPolicy::First {
            return (best.0, Some(best.1));
        }
        for row in hits {
            if hit == HitPolicy::Unique {
                return (self.fail(Problem::SeveralRows, row.span), None);
            }
            let new = self.value(row.result.root);
            best = match hit {
                HitPolicy::Collect => (best.0.both(new, |sum, new| self.exact(sum.plus(new))), best.1),
                _ => match (best.0, new) {
                    (Known::Value(old), Known::Value(value)) => match value.partial_cmp(&old) {
                        // Ranges that cross: neither is the higher.
                        None => return (self.fail(Problem::SeveralRows, row.span), None),
                        Some(Ordering::Greater) if hit == HitPolicy::Highest => (new, row.span),
                        Some(Ordering::Less) if hit == HitPolicy::Lowest => (new, row.span),
                        Some(_) => best,
                    },
                    (known, other) => (known.both(other, |_, value| Known::Value(value)), best.1),
                },
            };
        }
        (best.0, Some(best.1))
    }
}

fn whole(number: i64) -> Known {
    Known::Value(Value::Number(Number::integer(number)))
}

pub(super) fn compare(operator: Comparison, left: &Value, right: &Value) -> bool {
    match operator {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}
