//! Check 4: what the amount of a benchmark depends on, and that it depends on nothing else.
//!
//! Nothing but the facts that the rules read can change an amount. Of those, each is given every value it can have while all
//! others stay the same: either two amounts differ, and both cases are at hand, or the fact never matters.

use super::course::Stage;
use super::facts::{Facts, Slot};
use super::grid::Seen;
use super::scene::Scene;
use super::{Finding, not_decided, slot_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::RuleId;
use crate::source::Span;

/// Whether a fact changes an amount.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Matters {
    /// It does in these two cases, which differ in nothing else.
    Between(Facts, Facts),
    /// In no case.
    Never,
    /// That was not decided.
    Unknown(Seen),
}

/// Examines every fact that a benchmark reads. What decides only whether there is a violation, and of what range, is not
/// looked at: it does its work there.
pub(super) fn check(stages: &mut [Stage<'_, '_>], findings: &mut Vec<Finding>) {
    // A fact matters when it does so in one of the scenes that a benchmark has.
    let mut met: Vec<((RuleId, Slot), Matters)> = Vec::new();
    for stage in stages.iter_mut() {
        let (scene, pieces) = (stage.scene, stage.pieces);
        let Some(benchmark) = scene.benchmark else { continue };
        for (place, variable) in pieces.variables.iter().enumerate() {
            if decides(scene, variable.slot) {
                continue;
            }
            let key = (benchmark.rule, variable.slot);
            match met.iter_mut().find(|(each, _)| *each == key) {
                Some((_, Matters::Between(..))) => {}
                Some((_, known)) => match matters(stage, place) {
                    Matters::Never => {}
                    found => *known = found,
                },
                None => met.push((key, matters(stage, place))),
            }
        }
    }
    let Some(program) = stages.first().map(|stage| stage.scene.program) else { return };
    for ((rule, slot), found) in met {
        let span = program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span);
        let name = slot_name(program, slot);
        match found {
            Matters::Between(..) => {}
            Matters::Never => findings.push(Finding::of(
                Diagnostic::new(
                    Code::NeverMatters,
                    span,
                    format!("基准用到“{name}”，金额却从不因它而不同"),
                    format!("the benchmark reads `{name}`, and it never changes the amount"),
                )
                .why(
                    "其他事实都相同时，它取任何一个值，金额都一样",
                    "whatever its value, the amount is the same as long as all other facts are",
                )
                .help(
                    "对照法规核对用到它的各行；确实不起作用的，删去",
                    "check the rows that read it against the instrument; remove them when they really do nothing",
                ),
            )),
            Matters::Unknown(seen) => {
                let why = match seen {
                    Seen::TooMany => ("不同的金额或组合太多", "there are too many different amounts or combinations"),
                    Seen::Sampled | Seen::All => (
                        "金额用事实计算得出，不只是与确定的值比较",
                        "the amount is worked out from facts, not only by comparing them with fixed values",
                    ),
                };
                let (zh, en) = (format!("金额是否因“{name}”而不同"), format!("whether `{name}` changes the amount"));
                findings.push(not_decided(span, (&zh, &en), why));
            }
        }
    }
}

fn decides(scene: &Scene<'_>, slot: Slot) -> bool {
    scene.entrance.iter().any(|variable| variable.slot == slot)
}

/// Whether a fact changes an amount of a scene, by its place among the variables of the pieces.
pub(super) fn matters(stage: &mut Stage<'_, '_>, place: usize) -> Matters {
    let course = stage.course(place);
    match (&course.differs, course.seen) {
        (Some((one, other)), _) => Matters::Between(one.clone(), other.clone()),
        (None, Some(Seen::All) | None) => Matters::Never,
        (None, Some(seen)) => Matters::Unknown(seen),
    }
}
