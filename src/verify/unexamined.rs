//! What no scene comes to, and so no check looks at: said, with the reason.

use std::collections::BTreeSet;

use super::lookups::Lookup;
use super::scene::Scene;
use super::space::Uses;
use super::{Finding, not_decided, slot_name};
use crate::program::{Node, PartyKind, Program, RuleId, TableId, Violation};
use crate::source::Span;

/// The tables that scenes come to.
#[derive(Debug, Default)]
pub(super) struct Examined(BTreeSet<RuleId>);

impl Examined {
    /// Notes the tables of these scenes.
    pub(super) fn note(&mut self, scenes: &[Scene<'_>]) {
        self.0.extend(scenes.iter().flat_map(Lookup::all).map(|lookup| lookup.rule()));
    }
}

/// Benchmarks of a violation that are used in no scene, and persons whose own facts may be others than those of the unit.
pub(super) fn check(violation: &Violation, scenes: &[Scene<'_>], findings: &mut Vec<Finding>) {
    let Some(program) = scenes.first().map(|scene| scene.program) else { return };
    for benchmark in &violation.benchmarks {
        let is_used = |scene: &Scene<'_>| scene.benchmark.is_some_and(|used| used.rule == benchmark.rule);
        if !scenes.iter().any(is_used) {
            findings.push(not_decided(
                place(program, benchmark.rule),
                ("这个裁量基准的各行和金额", "the rows and amounts of this benchmark"),
                (
                    "没有一天用到它：同期没有生效的违法行为，或者总有更具体的基准",
                    "it is used on no day: no version of the violation is in force beside it, or a more local one always is",
                ),
            ));
        }
    }
    for scene in scenes.iter().filter(|scene| scene.party() == PartyKind::Responsible) {
        let Some(benchmark) = scene.benchmark else { continue };
        let (unit, person) = (of_unit(scene), of_person(scene));
        let Some(slot) = person.slots().find(|slot| unit.reads(*slot)) else { continue };
        let name = slot_name(program, slot);
        let (zh, en) = (
            format!("责任人员与单位的“{name}”不同的案件"),
            format!("cases in which `{name}` is another of the responsible person than of the unit"),
        );
        findings.push(not_decided(
            place(program, benchmark.rule),
            (&zh, &en),
            (
                "核对时责任人员的事实与单位相同",
                "the checks take the facts of the responsible person to be those of the unit",
            ),
        ));
    }
}

/// What is judged by the facts of the unit when a responsible person is judged.
fn of_unit(scene: &Scene<'_>) -> Uses {
    let mut uses = Uses::default();
    uses.condition(scene.program, &scene.version.elements);
    for tier in &scene.version.tiers {
        uses.condition(scene.program, &tier.condition);
    }
    uses
}

/// What is judged by the person's own facts.
fn of_person(scene: &Scene<'_>) -> Uses {
    let mut uses = Uses::default();
    let tiers = scene.version.tiers.iter().flat_map(|tier| &tier.targets);
    for target in scene.version.targets.iter().chain(tiers) {
        if target.who.contains(PartyKind::Responsible) {
            uses.condition(scene.program, &target.condition);
            if let Some(fine) = &target.fine {
                uses.fine(scene.program, fine);
            }
        }
    }
    if let Some(benchmark) = scene.benchmark {
        uses.benchmark(scene.program, benchmark);
    }
    uses
}

/// Tables that no benchmark looks up.
pub(super) fn tables(program: &Program, examined: &Examined, findings: &mut Vec<Finding>) {
    let looked_up = looked_up(program);
    for (number, table) in program.tables.iter().enumerate() {
        if examined.0.contains(&table.rule) {
            continue;
        }
        let why = if looked_up.contains(&number) {
            (
                "没有裁量基准查这张表：它用于定义、措施、情节或者信用，这些不逐案核对",
                "no benchmark looks it up: definitions, measures, circumstances or credit do, which are not gone through case by case",
            )
        } else {
            ("没有规则查这张表", "no rule looks it up")
        };
        findings.push(not_decided(place(program, table.rule), ("各行覆盖哪些值", "which values the rows cover"), why));
    }
}

/// The numbers of the tables that some rule looks up; an expression names the first version of a table.
fn looked_up(program: &Program) -> BTreeSet<usize> {
    let number = |table: TableId| usize::try_from(table.0).ok();
    let named = program.nodes.iter().filter_map(|node| match node {
        Node::Table(table, _) => Some(*table),
        _ => None,
    });
    let versions = named.flat_map(|table| program.table(table).into_iter().flat_map(|table| table.versions.all()));
    versions.filter_map(number).collect()
}

fn place(program: &Program, rule: RuleId) -> Span {
    program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span)
}
