//! Rules in whose time there is no version of any violation they bear on, such as after an imported pack dropped one.

use std::collections::BTreeMap;

use super::super::Finding;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{InForce, Program, RuleId, Violation};
use crate::resolved::Covers;
use crate::source::Span;

pub(super) fn check(program: &Program, findings: &mut Vec<Finding>) {
    let mut bears: BTreeMap<RuleId, bool> = BTreeMap::new();
    let lives = |violation: &Violation, time: InForce| {
        violation.versions.iter().any(|version| !version.no_longer_unlawful && version.in_force.overlaps(&time))
    };
    for violation in program.violations.values() {
        let benchmarks = violation.benchmarks.iter().map(|each| (each.rule, each.in_force));
        let lists = violation.lists.iter().map(|each| (each.rule, each.in_force));
        for (rule, time) in benchmarks.chain(lists) {
            *bears.entry(rule).or_default() |= lives(violation, time);
        }
    }
    let covering = |covers: &Covers, time: InForce| {
        let mut covered = program.violations.iter().filter(|(id, _)| covers.includes(id));
        covered.any(|(_, violation)| lives(violation, time))
    };
    // A pack of general rules alone has no violations at all.
    if !program.violations.is_empty() {
        let bars = program.bars.iter().map(|each| (each.rule, &each.covers, each.in_force));
        let referrals = program.referrals.iter().map(|each| (each.rule, &each.covers, each.in_force));
        let circumstances = program.circumstances.iter().map(|each| (each.rule, &each.covers, each.in_force));
        let credit = program.credit.iter().map(|each| (each.rule, &each.covers, each.in_force));
        let procedures = program.procedures.iter().map(|each| (each.rule, &each.covers, each.in_force));
        for (rule, covers, time) in bars.chain(referrals).chain(circumstances).chain(credit).chain(procedures) {
            bears.insert(rule, covering(covers, time));
        }
    }
    for (rule, _) in bears.into_iter().filter(|(_, bears)| !bears) {
        let (name, span) = program.rule(rule).map_or(("", Span::NOWHERE), |rule| (&*rule.name, rule.span));
        findings.push(Finding::of(
            Diagnostic::new(
                Code::BearsOnNothing,
                span,
                format!("“{name}”有效期间，没有它所针对的违法行为的版本"),
                format!("in the time of `{name}` no violation it bears on has a version"),
            )
            .why("这条规则永远用不上", "the rule is never used")
            .help(
                "核对施行期间；所引规则包已不再有那个版本的，补上违法行为的版本，或删去这条规则",
                "check its time; if the pack it imports no longer has that version of the violation, add one, or remove the rule",
            ),
        ));
    }
}
