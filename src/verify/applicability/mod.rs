//! Check 7: conditions that no case fulfils, or every case does, and conditions on what is known only after the decision.
//!
//! Looked at are tiers, items of leniency lists, bars, referrals and their grounds, circumstances, tiers of credit, and
//! procedures, and, for what is known too late, benchmarks. A condition always holds when it does in every case that fulfils the elements of the violation.

pub(super) mod considered;
mod known;
mod trying;

use std::collections::BTreeMap;

use super::scene::Scene;
use super::{Finding, not_decided};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{Program, Rule, RuleId, RuleKind};
use trying::Met;

/// Examines every rule with a condition; `scenes` are those of each violation.
pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    let mut met: BTreeMap<RuleId, Met> = BTreeMap::new();
    for scene in scenes.iter().flatten() {
        for rule in considered::of(scene) {
            trying::look(scene, &rule, met.entry(rule.rule).or_default());
        }
    }
    for (rule, met) in &met {
        findings.extend(program.rule(*rule).and_then(|rule| finding(rule, met)));
    }
    known::check(program, scenes, findings);
}

fn finding(rule: &Rule, met: &Met) -> Option<Finding> {
    match (met.applied, met.failed, met.undecided) {
        (true, true, _) | (false, false, None) => None,
        (_, _, Some(undecided)) => Some(not_decided(
            rule.span,
            ("条件有没有可能成立、是不是总成立", "whether the condition can hold, and whether it always does"),
            undecided.why(),
        )),
        (false, true, None) => Some(Finding::of(
            Diagnostic::new(
                Code::NeverApplies,
                rule.span,
                "没有任何案件满足这里的条件",
                "no case fulfils the conditions here",
            )
            .why(
                "在成立违法行为的每一种事实组合里，总有一个条件不成立",
                "in every combination of facts that is a violation one of them fails",
            )
            .help(
                "改正互相矛盾的条件，或删去这条规则",
                "mend the conditions that contradict each other or the elements, or remove the rule",
            ),
        )),
        (true, false, None) => {
            let diagnostic = always(rule);
            Some(match &met.case {
                Some(case) => Finding::shown(diagnostic, case.clone()),
                None => Finding::of(diagnostic),
            })
        }
    }
}

fn always(rule: &Rule) -> Diagnostic {
    // A law may well send every such case to the police, or require something of every decision.
    let required = matches!(rule.kind, RuleKind::Referral | RuleKind::ReferralGround | RuleKind::Procedure);
    let code = if required { Code::AlwaysRequired } else { Code::AlwaysApplies };
    let diagnostic = Diagnostic::new(
        code,
        rule.span,
        "凡成立违法行为的案件都满足这里的条件",
        "every case that is a violation fulfils the conditions here",
    )
    .why(
        "违法行为的成立要件已经包含这些条件，或者条件穷尽了所有可能",
        "the elements of the violation contain them already, or they leave nothing out",
    );
    if required {
        return diagnostic;
    }
    diagnostic.help(
        "核对条件是不是写反了；确是如此的，写成“条件 真”一类不问事实的条件",
        "check that it is not the wrong way round; if it is meant, ask for no facts",
    )
}
