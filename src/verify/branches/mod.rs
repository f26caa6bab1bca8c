//! Check 5: fines in two branches. What no branch holds, where the fine jumps, and tiers that leave a hole or meet.

mod base;
mod jumps;
mod tiers;

use std::collections::BTreeMap;

use super::Finding;
use super::facts::Facts;
use super::scene::{Scene, fewest};
use super::space::Variable;
use super::split::{Budget, Ended, Look, split};
use super::stretches::{ends, sorted};
use crate::evaluate::{Threat, Unsettled};
use crate::program::{FineRule, RuleId, ViolationVersion};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Trail};
use crate::value::Value;

/// The most trials to find a case that comes to one fine.
const TRIALS: usize = 20_000;

/// Examines every version of a violation in its scenes.
pub(super) fn check(scenes: &[Scene<'_>], findings: &mut Vec<Finding>) {
    let mut versions: BTreeMap<RuleId, Vec<&Scene<'_>>> = BTreeMap::new();
    for scene in scenes {
        versions.entry(scene.version.rule).or_default().push(scene);
    }
    for scenes in versions.values() {
        let Some(version) = scenes.first().map(|scene| scene.version) else { continue };
        for (rule, fine) in fines(version) {
            base::check(scenes, fine, findings);
            jumps::check(scenes, rule, fine, findings);
        }
        tiers::check(scenes, findings);
    }
}

/// Every fine of a version, with the rule it belongs to.
fn fines(version: &ViolationVersion) -> impl Iterator<Item = (RuleId, &FineRule)> {
    let tiers = version.tiers.iter();
    let targets = version.targets.iter().chain(tiers.clone().flat_map(|tier| &tier.targets));
    let own = version.fine.iter().map(|fine| (version.rule, fine));
    let of_tiers = tiers.filter_map(|tier| Some((tier.rule, tier.fine.as_ref()?)));
    own.chain(of_tiers).chain(targets.filter_map(|target| Some((target.rule, target.fine.as_ref()?))))
}

/// The values at which another amount of a fine begins to hold, in order.
fn thresholds(fine: &FineRule) -> Vec<Value> {
    let cells = fine.branches.iter().filter_map(|branch| branch.case.as_ref()?.values.as_ref());
    sorted(cells.flat_map(ends).collect())
}

/// What came of looking for a case.
enum Sought {
    /// This one.
    Found(Facts),
    /// There is none.
    Never,
    /// That could not be decided.
    Unknown,
}

/// A case with some facts given, of which `accepts` says that it is the one looked for.
fn seek(scene: &Scene<'_>, given: &Facts, mut accepts: impl FnMut(&Facts, Threat) -> bool) -> Sought {
    let mut trial = scene.trial();
    let open: Vec<Variable> =
        scene.entrance.iter().filter(|variable| given.get(variable.slot).is_none()).cloned().collect();
    let mut found = None;
    let ended = split(scene.program, &open, given, &mut Budget::new(TRIALS), &mut |facts| {
        trial.give(facts);
        match trial.parts().threat() {
            Threat::Open(Unsettled::NotAsked(slot)) => Look::Open(slot),
            threat if accepts(facts, threat) => {
                found = Some(facts.clone());
                Look::Stop
            }
            _ => Look::Settled,
        }
    });
    match found {
        Some(facts) => Sought::Found(facts),
        None if ended == Ended::All && scene.beyond.is_empty() && open.iter().all(|variable| variable.exact) => {
            Sought::Never
        }
        None => Sought::Unknown,
    }
}

/// A case with some facts given in which the fine runs into a problem, with as few facts as do it, and the scene of it.
fn problem_shown<'s, 'a>(
    scenes: &[&'s Scene<'a>],
    fine: &FineRule,
    given: &Facts,
    problem: Problem,
) -> (Sought, Option<&'s Scene<'a>>) {
    let mut unknown = false;
    for scene in scenes {
        let mut trial = scene.trial();
        let mut runs_into = |facts: &Facts| {
            trial.determination(facts).is_some_and(|determination| {
                determination.result.facts_to_ask.is_empty() && failed_at(&determination.trail, problem, fine.span)
            })
        };
        let sought = seek(scene, given, |facts, threat| {
            matches!(threat, Threat::Open(Unsettled::Problem(_))) && runs_into(facts)
        });
        match sought {
            Sought::Found(facts) => return (Sought::Found(fewest(&facts, runs_into)), Some(scene)),
            Sought::Never => {}
            Sought::Unknown => unknown = true,
        }
    }
    (if unknown { Sought::Unknown } else { Sought::Never }, None)
}

fn failed_at(trail: &Trail, problem: Problem, span: Span) -> bool {
    trail.steps().iter().any(|step| step.kind == StepKind::Problem(problem) && step.span == span)
}
