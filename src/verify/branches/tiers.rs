//! Tiers of a violation whose conditions leave a hole between them, or meet at one value.
//!
//! Every case over the facts that elements and tiers read is looked at, and the tiers that hold in it. A hole is a value with
//! no tier, while smaller and larger values, all else the same, have one. It is reported when it is a single value, or when
//! the violation has no fine of its own for what the tiers leave.

use std::collections::BTreeSet;

use super::super::facts::{Facts, Slot};
use super::super::scene::{Scene, fewest};
use super::super::space::{Uses, Variable, node};
use super::super::split::{Budget, Ended, Look, split};
use super::super::stretches::ends;
use super::super::{Finding, not_decided, values_text};
use super::TRIALS;
use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Parts, Unsettled};
use crate::program::{FineForce, Node, NodeId, Program, Tier};
use crate::source::Span;
use crate::value::{Number, Value};

/// The tiers that hold, by number.
type Holding = BTreeSet<usize>;

pub(super) fn check(scenes: &[&Scene<'_>], findings: &mut Vec<Finding>) {
    let Some(scene) = scenes.first() else { return };
    let tiers: Vec<&Tier> = in_place(scene).collect();
    if tiers.len() < 2 {
        return;
    }
    let mut reported = BTreeSet::new();
    // A tier for what happened on a day of its own holds on some days only.
    let mut undecided = tiers.iter().any(|tier| tier.occurs_on.is_some());
    for scene in scenes {
        undecided |= !look(scene, &tiers, &mut reported, findings);
    }
    if undecided {
        findings.push(not_decided(
            place(scene.program, tiers.first().copied()),
            ("各档次之间有没有空缺", "whether the tiers leave a hole between them"),
            (
                "档次的条件不只是把事实与确定的值比较，或组合太多",
                "their conditions do more than compare facts with fixed values, or there are too many combinations",
            ),
        ));
    }
}

/// Tiers whose fine takes the place of the base.
fn in_place<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Tier> {
    scene.version.tiers.iter().filter(|tier| {
        let takes_place = |force| !matches!(force, FineForce::May | FineForce::Besides);
        tier.fine.as_ref().is_some_and(|fine| takes_place(fine.force))
    })
}

/// Looks at every case of a scene; whether that was possible.
fn look(
    scene: &Scene<'_>,
    tiers: &[&Tier],
    reported: &mut BTreeSet<(Slot, bool)>,
    findings: &mut Vec<Finding>,
) -> bool {
    let program = scene.program;
    let mut uses = Uses::default();
    uses.condition(program, &scene.version.elements);
    let mut constants = Vec::new();
    for tier in tiers {
        uses.condition(program, &tier.condition);
        for element in &tier.condition.elements {
            collect(program, element.root, &mut constants);
        }
    }
    let variables = uses.variables(program);
    let mut trial = scene.trial();
    let mut seen: Vec<Facts> = Vec::new();
    let ended = split(program, &variables, &Facts::default(), &mut Budget::new(TRIALS), &mut |facts| {
        trial.give(facts);
        match holding(&trial.parts(), scene, tiers) {
            Ok(Some(held)) if held.len() != 1 => seen.push(facts.clone()),
            Ok(_) | Err(Unsettled::Unestablished | Unsettled::Problem(_)) => {}
            Err(Unsettled::NotAsked(slot)) => return Look::Open(slot),
        }
        Look::Settled
    });
    for facts in &seen {
        for variable in &variables {
            if let Some(found) = between(scene, tiers, variable, facts, &constants)
                && reported.insert((variable.slot, found.held.is_empty()))
            {
                report(scene, tiers, variable, facts, &found, findings);
            }
        }
    }
    ended == Ended::All && uses.beyond.is_empty() && variables.iter().all(|variable| variable.exact)
}

/// The tiers that hold; `None` when there is no violation.
fn holding(parts: &Parts<'_>, scene: &Scene<'_>, tiers: &[&Tier]) -> Result<Option<Holding>, Unsettled> {
    if !parts.condition(&scene.version.elements)? {
        return Ok(None);
    }
    let mut held = Holding::new();
    for (number, tier) in tiers.iter().enumerate() {
        if parts.condition(&tier.condition)? {
            held.insert(number);
        }
    }
    Ok(Some(held))
}

/// A value at which no tier holds, or two, and the tiers beside it.
struct Between {
    held: Holding,
    below: Holding,
    above: Holding,
}

/// Whether the value of one fact is a hole, or a value where two tiers meet.
fn between(
    scene: &Scene<'_>,
    tiers: &[&Tier],
    variable: &Variable,
    facts: &Facts,
    constants: &[Value],
) -> Option<Between> {
    let place = variable.states.iter().position(|state| facts.get(variable.slot) == Some(*state))?;
    let Some(Knowledge::Value(value)) = variable.states.get(place).copied() else { return None };
    if matches!(value, Value::Bool(_)) {
        return None;
    }
    let mut trial = scene.trial();
    let mut held_with = |state: Knowledge| {
        trial.give(&facts.with(variable.slot, state));
        holding(&trial.parts(), scene, tiers).ok().flatten()
    };
    let held = held_with(Knowledge::Value(value))?;
    let before = variable.states.get(..place)?.iter().rev();
    let after = variable.states.get(place.checked_add(1)?..)?.iter();
    let ordered = |state: &&Knowledge| matches!(state, Knowledge::Value(other) if other.partial_cmp(&value).is_some());
    let (before, after): (Vec<_>, Vec<_>) = (before.filter(ordered).collect(), after.filter(ordered).collect());
    let mut first = |states: &[&Knowledge]| {
        let mut found = states.iter().filter_map(|state| held_with(**state));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    };
    let (below, above) = (first(&before), first(&after));
    if below.is_empty() || above.is_empty() {
        return None;
    }
    let next = |state: Option<&&Knowledge>| match state {
        Some(Knowledge::Value(value)) => Some(*value),
        _ => None,
    };
    let alone = constants.contains(&value) || stands_alone(value, next(before.first()), next(after.first()));
    if held.is_empty() {
        // What the tiers leave has the fine of the violation itself; one value between two tiers hardly was meant to.
        let mut adjacent = [before.first(), after.first()].into_iter().flatten();
        let single = alone && adjacent.all(|state| held_with(**state).is_some_and(|held| !held.is_empty()));
        return (scene.version.fine.is_none() || single).then_some(Between { held, below, above });
    }
    // Two tiers meet where each of them goes on on its own side only.
    let meet = held.len() == 2 && below.len() == 1 && above.len() == 1 && below != above;
    let of_both = below.union(&above).all(|tier| held.contains(tier));
    (meet && of_both && alone).then_some(Between { held, below, above })
}

/// Whether a whole number has no other between it and its neighbours.
fn stands_alone(value: Value, before: Option<Value>, after: Option<Value>) -> bool {
    let apart = |low: Option<Value>, high: Option<Value>| {
        let (Some(Value::Number(low)), Some(Value::Number(high))) = (low, high) else { return false };
        low.is_integer() && high.is_integer() && high.subtract(low) == Some(Number::ONE)
    };
    apart(before, Some(value)) && apart(Some(value), after)
}

fn report(
    scene: &Scene<'_>,
    tiers: &[&Tier],
    variable: &Variable,
    facts: &Facts,
    found: &Between,
    findings: &mut Vec<Finding>,
) {
    let program = scene.program;
    let mut trial = scene.trial();
    let mut shows = |facts: &Facts| {
        trial.give(facts);
        holding(&trial.parts(), scene, tiers) == Ok(Some(found.held.clone()))
    };
    let kept = fewest(facts, &mut shows);
    let values = values_text(program, &facts.only(|slot| slot == variable.slot));
    let tier = |held: &Holding| held.first().and_then(|number| tiers.get(*number)).copied();
    let (low, high) = (place(program, tier(&found.below)), place(program, tier(&found.above)));
    let diagnostic = if found.held.is_empty() {
        let diagnostic = Diagnostic::new(
            Code::TierHole,
            high,
            format!("没有一个档次适用：{}", values.zh),
            format!("no tier holds when {}", values.en),
        )
        .label(low, "小一些的值适用这个档次", "smaller values have this tier");
        if scene.version.fine.is_some() {
            diagnostic.why("这个值单独落回基本罚款", "this one value falls back to the fine of the violation itself")
        } else {
            diagnostic.why("这样的案件没有罚款", "such a case has no fine")
        }
    } else {
        Diagnostic::new(
            Code::TiersMeet,
            high,
            format!("两个档次同时适用：{}", values.zh),
            format!("two tiers hold when {}", values.en),
        )
        .label(low, "另一个档次", "the other tier")
        .why(
            "两档相接处的值两档都适用，取重的一档",
            "the value at which they meet is in both, and the heavier one counts",
        )
    };
    let diagnostic = diagnostic.help(
        "对照法条：“以上”“以下”含本数，“超过”“不足”不含本数",
        "read the article for which side has the value itself",
    );
    findings.push(Finding::shown(diagnostic, scene.case_text(&kept)));
}

fn place(program: &Program, tier: Option<&Tier>) -> Span {
    tier.and_then(|tier| program.rule(tier.rule)).map_or(Span::NOWHERE, |rule| rule.span)
}

/// The constants that an expression compares with.
fn collect(program: &Program, id: NodeId, constants: &mut Vec<Value>) {
    match node(program, id) {
        None => {}
        Some(Node::Constant(value)) => constants.push(*value),
        Some(Node::Define(define, _)) => {
            for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                if let Some(define) = program.define(version) {
                    collect(program, define.value.root, constants);
                }
            }
        }
        Some(other) => {
            if let Node::In(_, cells) = other {
                constants.extend(ends(cells));
            }
            for part in other.operands() {
                collect(program, part, constants);
            }
        }
    }
}
