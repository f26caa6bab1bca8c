//! Conditions on what is known only after the decision: a fact declared so, or a day that must lie after it.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::space::node;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{Condition, Expression, FactId, FactType, Node, NodeId, Program, RuleId};
use crate::resolved::BuiltInName;
use crate::source::Span;
use crate::syntax::Comparison;

pub(super) fn check(program: &Program, findings: &mut Vec<Finding>) {
    for (rule, expressions) in decisive(program) {
        let mut late = Late { program, seen: BTreeSet::new(), found: Vec::new() };
        for expression in expressions {
            late.node(expression.root);
        }
        for (fact, span) in late.found {
            findings.push(finding(program, rule, fact, span));
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
    all.extend(more);
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

    fn node(&mut self, id: NodeId) {
        if !self.seen.insert(id.0) {
            return;
        }
        let program = self.program;
        match node(program, id) {
            None => {}
            Some(Node::Fact(fact, span)) if program.fact(*fact).is_some_and(|fact| fact.known_after_decision) => {
                self.add(*fact, *span);
            }
            Some(Node::Define(define, _)) => {
                for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                    if let Some(define) = program.define(version) {
                        self.node(define.value.root);
                    }
                }
            }
            Some(Node::Compare(comparison, left, right)) => {
                let late = match comparison {
                    Comparison::Greater => Some((*left, *right)),
                    Comparison::Less => Some((*right, *left)),
                    _ => None,
                };
                if let Some((later, earlier)) = late
                    && let Some(Node::Fact(fact, span)) = node(program, later)
                    && matches!(node(program, earlier), Some(Node::BuiltIn(BuiltInName::Decided, _)))
                    && program.fact(*fact).is_some_and(|fact| fact.kind == FactType::Date)
                {
                    self.add(*fact, *span);
                }
                self.node(*left);
                self.node(*right);
            }
            Some(other) => other.operands().into_iter().for_each(|part| self.node(part)),
        }
    }
}

fn finding(program: &Program, rule: RuleId, fact: FactId, span: Span) -> Finding {
    let name = program.fact(fact).map_or("", |fact| &*fact.name);
    let declared = program.fact(fact).filter(|fact| fact.known_after_decision).map(|fact| fact.span);
    let (of, place) = program.rule(rule).map_or(("", Span::NOWHERE), |rule| (&*rule.name, rule.span));
    let diagnostic = Diagnostic::new(
        Code::KnownTooLate,
        span,
        format!("“{of}”的条件用到“{name}”，作出决定时还不知道"),
        format!("a condition of `{of}` reads `{name}`, which is not known when it is decided"),
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
