//! Conditions on what is known only after the decision: a fact declared so, or a day that must lie after it.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::facts::Facts;
use super::super::scene::{Entered, Scene};
use super::super::space::node;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{
    BenchmarkStep, BenchmarkVersion, Condition, Expression, FactId, FactType, FactorKind, Node, NodeId, Program, RuleId,
};
use crate::resolved::BuiltInName;
use crate::source::Span;
use crate::syntax::{BinaryOperator, Comparison};
use crate::value::Value;

pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    for (rule, expressions) in decisive(program) {
        let mut late = Late { program, seen: BTreeSet::new(), found: Vec::new() };
        for expression in expressions {
            late.node(expression.root);
        }
        for (fact, span) in late.found {
            let finding = finding(program, rule, fact, span);
            let case = scenes.iter().flatten().find_map(|scene| asking(scene, rule, fact));
            findings.push(Finding { case, ..finding });
        }
    }
}

/// What decides a case, rule by rule. Procedures and what measures say may be about what follows the decision.
fn decisive(program: &Program) -> Vec<(RuleId, Vec<Expression>)> {
    let mut all = Vec::new();
    let mut add = |rule: RuleId, condition: &Condition| all.push((rule, condition.elements.clone()));
    let mut lists = BTreeSet::new();
    let mut more: Vec<(RuleId, Vec<Expression>)> = Vec::new();
    for violation in program.violations.values() {
        for version in &violation.versions {
            add(version.rule, &version.elements);
            version.tiers.iter().for_each(|tier| add(tier.rule, &tier.condition));
        }
        for list in &violation.lists {
            if lists.insert(list.rule) {
                add(list.rule, &list.condition);
                more.push((list.rule, list.exclusions.clone()));
            }
            for item in list.items.iter() {
                if lists.insert(item.rule) {
                    add(item.rule, &item.condition);
                    more.push((item.rule, item.exclusions.clone()));
                }
            }
        }
    }
    program.bars.iter().for_each(|bar| add(bar.rule, &bar.condition));
    program.circumstances.iter().for_each(|each| add(each.rule, &each.condition));
    program.credit.iter().flat_map(|credit| &credit.tiers).for_each(|tier| add(tier.rule, &tier.condition));
    for referral in &program.referrals {
        add(referral.rule, &referral.condition);
        referral.grounds.iter().for_each(|ground| add(ground.rule, &ground.condition));
        more.push((referral.rule, referral.exclusions.clone()));
    }
    for benchmark in program.violations.values().flat_map(|violation| &violation.benchmarks) {
        if lists.insert(benchmark.rule) {
            more.extend(reckoned(benchmark));
        }
    }
    all.extend(more);
    all
}

/// What a benchmark reckons with, factor by factor.
fn reckoned(benchmark: &BenchmarkVersion) -> Vec<(RuleId, Vec<Expression>)> {
    let mut all = vec![(benchmark.rule, benchmark.band.iter().chain([&benchmark.fine]).copied().collect())];
    for step in &benchmark.steps {
        match step {
            BenchmarkStep::Let(rule, value) => all.push((*rule, vec![*value])),
            BenchmarkStep::Weights(rule, weights, _) => {
                let ends = weights.start.iter().chain(&weights.cap).chain(&weights.floor).copied();
                all.push((*rule, ends.collect()));
                all.extend(weights.factors.iter().map(|factor| {
                    let mut read: Vec<Expression> = match &factor.kind {
                        FactorKind::Keyed(key, _) => vec![*key],
                        FactorKind::Conditions(conditions) => conditions.clone(),
                    };
                    read.extend(factor.rows.iter().map(|row| row.result));
                    (factor.rule, read)
                }));
            }
        }
    }
    all
}

struct Late<'a> {
    program: &'a Program,
    seen: BTreeSet<u32>,
    /// Each fact once, where it is first read.
    found: Vec<(FactId, Span)>,
}

impl Late<'_> {
    fn add(&mut self, fact: FactId, span: Span) {
        if !self.found.iter().any(|(each, _)| *each == fact) {
            self.found.push((fact, span));
        }
    }

    fn declared(&mut self, fact: FactId, span: Span) {
        if self.program.fact(fact).is_some_and(|fact| fact.known_after_decision) {
            self.add(fact, span);
        }
    }

    /// A day that must be later than the decision, or than some time after it.
    fn compared(&mut self, comparison: Comparison, left: NodeId, right: NodeId) {
        let (later, earlier, strictly) = match comparison {
            Comparison::Greater => (left, right, true),
            Comparison::GreaterOrEqual => (left, right, false),
            Comparison::Less => (right, left, true),
            Comparison::LessOrEqual => (right, left, false),
            Comparison::Equal | Comparison::NotEqual => return,
        };
        let Some(Node::Fact(fact, span)) = node(self.program, later) else { return };
        let is_day = self.program.fact(*fact).is_some_and(|fact| fact.kind == FactType::Date);
        if is_day && self.after_decision(earlier).is_some_and(|after| after || strictly) {
            self.add(*fact, *span);
        }
    }

    /// Whether a day is the day of the decision (no) or one after it (yes); `None` when it is something else.
    fn after_decision(&self, day: NodeId) -> Option<bool> {
        match node(self.program, day)? {
            Node::BuiltIn(BuiltInName::Decided, _) => Some(false),
            Node::Arithmetic(BinaryOperator::Add, day, length) => match node(self.program, *length)? {
                Node::Constant(Value::Duration(length)) if length.amount >= 0 => {
                    Some(self.after_decision(*day)? || length.amount > 0)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn node(&mut self, id: NodeId) {
        if !self.seen.insert(id.0) {
            return;
        }
        let program = self.program;
        match node(program, id) {
            None => {}
            Some(Node::Fact(fact, span) | Node::Absent(fact, span) | Node::Established(fact, span)) => {
                self.declared(*fact, *span);
            }
            Some(Node::Aggregate(aggregate)) => {
                self.declared(aggregate.list, aggregate.span);
                if let Some(filter) = aggregate.filter {
                    self.node(filter.root);
                }
            }
            Some(Node::Table(table, _)) => {
                for version in program.table(*table).into_iter().flat_map(|table| table.versions.all()) {
                    let table = program.table(version);
                    table.into_iter().flat_map(|table| &table.keys).for_each(|key| self.node(key.root));
                }
            }
            Some(Node::Define(define, _)) => {
                for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                    if let Some(define) = program.define(version) {
                        self.node(define.value.root);
                    }
                }
            }
            Some(Node::Not(inner)) => match node(program, *inner) {
                // That a day is not later than the decision is known by then.
                Some(Node::Compare(_, left, right)) => [left, right].into_iter().for_each(|part| self.node(*part)),
                _ => self.node(*inner),
            },
            Some(Node::Compare(comparison, left, right)) => {
                self.compared(*comparison, *left, *right);
                self.node(*left);
                self.node(*right);
            }
            Some(other) => other.operands().into_iter().for_each(|part| self.node(part)),
        }
    }
}

/// A case of a violation that stays open until the fact is given, which nobody can do before the decision. A benchmark is
/// looked at where it is the one that is used.
fn asking(scene: &Scene<'_>, rule: RuleId, fact: FactId) -> Option<String> {
    let of_another = |benchmark: &BenchmarkVersion| !reckoned(benchmark).iter().any(|(each, _)| *each == rule);
    let is_of_benchmarks = scene.violation.benchmarks.iter().any(|each| !of_another(each));
    if is_of_benchmarks && scene.benchmark.is_none_or(of_another) {
        return None;
    }
    let Entered::With(facts, _) = scene.enter(&Facts::default()) else { return None };
    let asks = scene.trial().determination(&facts)?.result.facts_to_ask.contains(&fact);
    asks.then(|| scene.case_text(&facts))
}

fn finding(program: &Program, rule: RuleId, fact: FactId, span: Span) -> Finding {
    let name = program.fact(fact).map_or("", |fact| &*fact.name);
    let declared = program.fact(fact).filter(|fact| fact.known_after_decision).map(|fact| fact.span);
    let (of, place) = program.rule(rule).map_or(("", Span::NOWHERE), |rule| (&*rule.name, rule.span));
    let diagnostic = Diagnostic::new(
        Code::KnownTooLate,
        span,
        format!("“{of}”用到“{name}”，作出决定时还不知道"),
        format!("`{of}` reads `{name}`, which is not known when it is decided"),
    )
    .label(place, "这条规则", "the rule")
    .why(
        "决定之后才发生的事，不能作为决定的理由",
        "what happens after the decision cannot be a reason for it",
    )
    .help(
        "改用决定时已知的事实，如“承诺改正”“期限内已改正”；决定之后的事写在措施或程序里",
        "use a fact that is known by then, such as whether it was corrected before; what follows belongs in measures or procedure",
    );
    Finding::of(match declared {
        Some(declared) => diagnostic.label(declared, "声明为决定后知悉", "declared as known after the decision"),
        None => diagnostic,
    })
}
