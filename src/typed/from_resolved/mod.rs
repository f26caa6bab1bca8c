//! Every expression of every declaration typed.

mod benchmarks;
mod credit;
mod definitions;
mod fine;
mod measures;
mod referrals;
mod targets;
mod versions;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{
    Circumstance, Conditional, ConditionalKind, CountedTwice, Credit, CreditTier, Exempt, Fact, FactorRows, Head,
    Instrument, LeniencyList, Resolved, Rules, Stated, Step, Tier, TimeLimit, Violation, Written,
};
use crate::source::Span;
use crate::syntax::{self, Name};
use crate::typed::infer::{Infer, Scope};
use crate::typed::{Expr, ExprKind, Type, Typed, Units};
use crate::value::{DurationUnit, Number, Value};

/// Typed declarations and the units they use.
#[derive(Debug)]
pub struct TypedRules {
    /// The declarations.
    pub rules: Rules<Typed>,
    /// Units reduced to their bases.
    pub units: Units,
    /// The order in which definitions can be worked out: each uses only those before it.
    pub define_order: Vec<usize>,
    /// The order in which the steps of each benchmark can be worked out.
    pub step_orders: Vec<Vec<usize>>,
    /// The type of credit grades.
    pub grades: Option<usize>,
}

/// Types every expression; whatever does not fit is reported, all in one run.
pub fn check_types(resolved: &Resolved, currency: &str, errors: &mut Vec<Diagnostic>) -> TypedRules {
    let units = Units::new(resolved, errors);
    let grades = resolved.rules.credit.iter().find_map(|credit| credit.grades);
    let points =
        resolved.rules.credit.iter().filter_map(|credit| credit.grading.as_ref()).any(|each| each.start.is_some());
    let infer = Infer {
        resolved,
        units,
        currency: currency.to_owned(),
        facts: Vec::new(),
        defines: Vec::new(),
        tables: Vec::new(),
        scope: Scope { grades, points, ..Scope::default() },
        errors,
    };
    Checker { infer, grades, points }.rules()
}

struct Checker<'r> {
    infer: Infer<'r>,
    grades: Option<usize>,
    points: bool,
}

impl Checker<'_> {
    pub(super) fn rules(mut self) -> TypedRules {
        let resolved = self.infer.resolved;
        let rules = &resolved.rules;
        self.infer.facts = rules.facts.iter().map(|fact| self.infer.fact_type(&fact.kind)).collect();
        self.fact_versions();
        let (defines, tables, define_order) = self.defines_and_tables();
        let mut step_orders = Vec::new();
        let benchmarks = rules
            .benchmarks
            .iter()
            .map(|benchmark| {
                let (benchmark, order) = self.benchmark(benchmark);
                step_orders.push(order);
                benchmark
            })
            .collect();
        let typed = Rules {
            instruments: rules.instruments.iter().map(|each| self.instrument(each)).collect(),
            units: rules.units.clone(),
            enums: rules.enums.clone(),
            facts: rules.facts.iter().map(|each| self.fact(each)).collect(),
            defines,
            tables,
            measures: rules.measures.iter().map(|each| self.measure(each)).collect(),
            violations: rules.violations.iter().map(|each| self.violation(each)).collect(),
            lists: rules.lists.iter().map(|each| self.list(each)).collect(),
            benchmarks,
            circumstances: rules.circumstances.iter().map(|each| self.circumstance(each)).collect(),
            credit: rules.credit.iter().map(|each| self.credit(each)).collect(),
            referrals: rules.referrals.iter().map(|each| self.referral(each)).collect(),
            conditionals: rules.conditionals.iter().map(|each| self.conditional(each)).collect(),
            principles: rules.principles.clone(),
            calendars: rules.calendars.clone(),
            allowances: rules.allowances.clone(),
        };
        TypedRules { rules: typed, units: self.infer.units, define_order, step_orders, grades: self.grades }
    }

    /// Opens the scope of a rule: what the instrument it cites says of 以上 and 以下.
    pub(super) fn enter(&mut self, head: &Head) {
        let cited = head.basis.first().map(|citation| Arc::clone(&citation.instrument));
        let instruments = &self.infer.resolved.rules.instruments;
        let instrument = cited.as_ref().and_then(|name| instruments.iter().find(|each| each.head.name.text == *name));
        self.infer.scope = Scope {
            grades: self.grades,
            points: self.points,
            boundary: instrument.map_or((None, None), |each| (each.above_included, each.below_included)),
            instrument: cited,
            ..Scope::default()
        };
    }

    pub(super) fn instrument(&mut self, instrument: &Instrument<Written>) -> Instrument<Typed> {
        self.enter(&instrument.head);
        let rounding = instrument.rounding.as_ref().map(|(mode, step)| {
            let step = self.infer.value_of(step, &[Type::Money]);
            match crate::typed::infer::constant(&step) {
                Some(Value::Money(amount)) if amount > Number::ZERO => {}
                _ if step.kind_of == Type::Unknown => {}
                _ => self.infer.errors.push(
                    Diagnostic::new(
                        Code::NotConstant,
                        step.span,
                        "舍入单位应是大于零的确定金额",
                        "the rounding step must be a fixed amount above zero",
                    )
                    .help("如“舍入 舍去 到 1元”", "as in `rounding down to CNY 1`"),
                ),
            }
            (*mode, step)
        });
        Instrument {
            head: instrument.head.clone(),
            title: instrument.title.clone(),
            number: instrument.number.clone(),
            level: instrument.level.clone(),
            above_included: instrument.above_included,
            below_included: instrument.below_included,
            rounding,
        }
    }

    pub(super) fn fact(&mut self, fact: &Fact<Written>) -> Fact<Typed> {
        self.enter(&fact.head);
        let kind_of = self.infer.fact_type(&fact.kind);
        let bounds = fact.bounds.as_ref().and_then(|cell| self.infer.cell(cell, &kind_of));
        let presumption = fact.presumption.as_ref().map(|(value, citations)| {
            let typed = self.infer.value_of(value, std::slice::from_ref(&kind_of));
            if typed.kind_of != Type::Unknown && crate::typed::infer::constant(&typed).is_none() {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::NotConstant,
                        typed.span,
                        "推定只能是确定的值",
                        "a presumption must be a fixed value",
                    )
                    .help("写一个值，如“否”", "write a value, such as `false`"),
                );
            }
            if let (Some(value), Some(bounds)) = (crate::typed::infer::constant(&typed), &bounds)
                && !bounds.contains(&value)
            {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::RangeEmpty,
                        typed.span,
                        "推定的值不在范围内",
                        "the presumed value is outside the bounds",
                    )
                    .help("改推定的值，或改“范围”", "change the value presumed, or the `bounds`"),
                );
            }
            (typed, citations.clone())
        });
        Fact {
            head: fact.head.clone(),
            kind: fact.kind.clone(),
            bounds,
            question: fact.question.clone(),
            evidence: fact.evidence.clone(),
            presumption,
            may_be_absent: fact.may_be_absent,
            known_after_decision: fact.known_after_decision,
        }
    }

    pub(super) fn conditions(&mut self, conditions: &[syntax::Expr]) -> Vec<Expr> {
        conditions.iter().map(|condition| self.infer.condition(condition)).collect()
    }

    pub(super) fn optional_condition(&mut self, condition: Option<&syntax::Expr>) -> Option<Expr> {
        condition.map(|condition| self.infer.condition(condition))
    }

    /// What measures and notices say: any value that can be shown.
    pub(super) fn stated(&mut self, states: &[Stated<Written>]) -> Vec<Stated<Typed>> {
        let states = states.iter();
        states.map(|each| Stated { label: each.label.clone(), value: self.infer.infer(&each.value, None) }).collect()
    }

    pub(super) fn violation(&mut self, violation: &Violation<Written>) -> Violation<Typed> {
        self.enter(&violation.head);
        let elements = self.optional_condition(violation.elements.as_ref());
        let fine = violation.fine.as_ref().map(|fine| self.fine(fine));
        let measures = self.measure_groups(&violation.measures, true);
        let targets = self.targets(&violation.targets);
        let tiers = violation
            .tiers
            .iter()
            .map(|tier| Tier {
                condition: self.infer.condition(&tier.condition),
                label: tier.label.clone(),
                basis: tier.basis.clone(),
                occurs_on: tier.occurs_on.as_ref().map(|day| self.infer.value_of(day, &[Type::Date])),
                fine: tier.fine.as_ref().map(|fine| self.tier_fine(fine, violation.fine.is_some())),
                measures: self.measure_groups(&tier.measures, true),
                targets: self.targets(&tier.targets),
                span: tier.span,
            })
            .collect();
        Violation {
            head: violation.head.clone(),
            breaches: violation.breaches.clone(),
            subjects: violation.subjects,
            elements,
            norm: violation.norm.clone(),
            no_longer_unlawful: violation.no_longer_unlawful,
            fine,
            measures,
            targets,
            tiers,
        }
    }

    pub(super) fn list(&mut self, list: &LeniencyList<Written>) -> LeniencyList<Typed> {
        self.enter(&list.head);
        let when = self.conditions(&list.when);
        let except = self.conditions(&list.except);
        let items = list
            .items
            .iter()
            .map(|item| Exempt {
                violations: item.violations.clone(),
                label: item.label.clone(),
                basis: item.basis.clone(),
                note: item.note.clone(),
                when: self.optional_condition(item.when.as_ref()),
                except: self.conditions(&item.except),
                force: item.force,
                measures: self.measure_groups(&item.measures, false),
                span: item.span,
            })
            .collect();
        LeniencyList { head: list.head.clone(), when, except, items }
    }

    pub(super) fn circumstance(&mut self, circumstance: &Circumstance<Written>) -> Circumstance<Typed> {
        self.enter(&circumstance.head);
        let when = self.optional_condition(circumstance.when.as_ref());
        let counted_twice = self.counted_twice(circumstance.counted_twice.as_ref());
        self.infer.scope.statutory = true;
        self.infer.scope.band = true;
        self.infer.scope.fine = true;
        let effect = self.infer.value_of(&circumstance.effect, &[Type::Money, Type::Range]);
        Circumstance {
            head: circumstance.head.clone(),
            covers: circumstance.covers.clone(),
            when,
            force: circumstance.force,
            direction: circumstance.direction,
            reduced_first: circumstance.reduced_first,
            counted_twice,
            effect,
        }
    }

    fn counted_twice(&mut self, twice: Option<&CountedTwice<Written>>) -> Option<CountedTwice<Typed>> {
        twice.map(|twice| CountedTwice {
            facts: twice.facts.iter().map(|fact| self.infer.infer(fact, None)).collect(),
            reason: twice.reason.clone(),
            span: twice.span,
        })
    }

    pub(super) fn credit(&mut self, credit: &Credit<Written>) -> Credit<Typed> {
        self.enter(&credit.head);
        self.infer.scope.grades = credit.grades;
        let tiers = credit
            .tiers
            .iter()
            .map(|tier| {
                let condition = self.infer.condition(&tier.condition);
                let counted_twice = self.counted_twice(tier.counted_twice.as_ref());
                self.infer.scope.statutory = true;
                self.infer.scope.band = true;
                self.infer.scope.fine = true;
                let coefficient =
                    tier.coefficient.as_ref().map(|value| self.infer.value_of(value, &[Type::Percent, Type::Number]));
                let effect = tier.effect.as_ref().map(|value| self.infer.value_of(value, &[Type::Money, Type::Range]));
                self.infer.scope.statutory = false;
                self.infer.scope.band = false;
                self.infer.scope.fine = false;
                CreditTier {
                    condition,
                    label: tier.label.clone(),
                    basis: tier.basis.clone(),
                    coefficient,
                    effect,
                    counted_twice,
                    excludes: tier.excludes.clone(),
                    measures: self.measure_groups(&tier.measures, false),
                    span: tier.span,
                }
            })
            .collect();
        let grading = credit.grading.as_ref().map(|grading| self.grading(grading, credit.grades));
        Credit {
            head: credit.head.clone(),
            covers: credit.covers.clone(),
            subjects: credit.subjects,
            grades: credit.grades,
            tiers,
            grading,
        }
    }

    pub(super) fn conditional(&mut self, conditional: &Conditional<Written>) -> Conditional<Typed> {
        self.enter(&conditional.head);
        self.infer.scope.fine = matches!(conditional.kind, ConditionalKind::Procedure(..));
        self.infer.scope.result = self.infer.scope.fine;
        let when = self.optional_condition(conditional.when.as_ref());
        let kind = match &conditional.kind {
            ConditionalKind::Bar(outcome) => ConditionalKind::Bar(*outcome),
            ConditionalKind::Procedure(requires, within, states, stage) => ConditionalKind::Procedure(
                requires.clone(),
                within.as_ref().map(|within| {
                    let units = [DurationUnit::Days, DurationUnit::Workdays, DurationUnit::Months].map(Type::Duration);
                    TimeLimit {
                        length: self.infer.value_of(&within.length, &units),
                        from: within.from.as_ref().map(|from| self.infer.value_of(from, &[Type::Date])),
                        rolling: within.rolling,
                        span: within.span,
                    }
                }),
                self.stated(states),
                *stage,
            ),
        };
        Conditional { head: conditional.head.clone(), covers: conditional.covers.clone(), when, kind }
    }
}

fn unknown(span: Span) -> Expr {
    Expr { kind: ExprKind::Unknown, kind_of: Type::Unknown, span }
}

fn step_name(step: &Step<Written>) -> &Name {
    match step {
        Step::Weights { name, .. } | Step::Let(name, _) => name,
    }
}

fn step_mentions(step: &Step<Written>, found: &mut impl FnMut(&str)) {
    match step {
        Step::Let(_, value) => mentions(value, found),
        Step::Weights { start, factors, cap, floor, .. } => {
            for expression in start.iter().chain(cap).chain(floor) {
                mentions(expression, found);
            }
            for factor in factors {
                match &factor.rows {
                    FactorRows::Keyed(key, _) => mentions(key, found),
                    FactorRows::Conditions(conditions) => conditions.iter().for_each(|each| mentions(each, found)),
                }
                for (result, _) in &factor.results {
                    std::iter::once(&result.value).chain(&result.upper).for_each(|each| mentions(each, found));
                }
            }
        }
    }
}

/// Calls `found` with every name an expression mentions.
fn mentions(expression: &syntax::Expr, found: &mut impl FnMut(&str)) {
    use syntax::ExprKind as E;
    match &expression.kind {
        E::Literal(_) | E::Bool(_) | E::Text(_) | E::Provision(_) => {}
        E::Name(name) => found(&name.text),
        E::Call(_, arguments) => {
            for (argument, filter) in arguments {
                mentions(argument, found);
                if let Some(filter) = filter {
                    mentions(filter, found);
                }
            }
        }
        E::Not(inner) | E::Negate(inner) | E::In(_, inner, _) => mentions(inner, found),
        E::Or(parts) | E::And(parts) => parts.iter().for_each(|part| mentions(part, found)),
        E::Arithmetic(_, left, right) | E::Compare(_, left, right) => {
            mentions(left, found);
            mentions(right, found);
        }
        E::If(parts) => parts.iter().for_each(|part| mentions(part, found)),
        E::Range(ends) => ends.iter().for_each(|end| mentions(end, found)),
    }
}
