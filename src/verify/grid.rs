//! Which rows of a factor or table fit which cases: every combination that the rows can tell apart, once.

use std::collections::BTreeSet;

use super::facts::{Facts, Slot};
use super::lookups::Lookup;
use super::scene::{Scene, Trial};
use super::space::{Uses, plain_fact};
use super::split::{Budget, Ended, Look, references, split};
use crate::case::Knowledge;
use crate::evaluate::{NO_RANGE, Unsettled};
use crate::program::{CellIndex, Expression, FactorKind, FactorProgram};
use crate::syntax::HitPolicy;
use crate::value::Value;

/// The most comparisons of a row with a value for one factor or table.
const COMPARISONS: usize = 50_000_000;
/// The most trials to find the values of keys that are not simply facts, or of rows that are conditions.
const TRIALS: usize = 100_000;

/// Whether every combination was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    /// All.
    All,
    /// Too many to look at.
    TooMany,
    /// Some facts are used in a way that no list of values describes.
    Sampled,
}

/// Columns whose keys rest on the same facts, with the values they take together.
struct Group {
    columns: Vec<usize>,
    points: Vec<(Vec<Value>, Facts)>,
    /// Points that the rows do not tell apart stand for each other.
    merge: bool,
}

/// Calls `leaf` with the rows that fit and the facts that lead there. Facts that decide whether there is a violation are kept
/// apart even where the rows do not, so that a caller can tell which of them can occur.
pub(super) fn explore(scene: &Scene<'_>, lookup: Lookup<'_>, leaf: &mut dyn FnMut(&[usize], &Facts)) -> Seen {
    match lookup.cells() {
        Some((keys, index)) => explore_cells(scene, keys, index, leaf),
        None => explore_conditions(scene, lookup, leaf),
    }
}

fn explore_cells(
    scene: &Scene<'_>,
    keys: &[Expression],
    index: &CellIndex,
    leaf: &mut dyn FnMut(&[usize], &Facts),
) -> Seen {
    let mut trial = scene.trial();
    let mut seen = Seen::All;
    let mut groups = Vec::new();
    for columns in joined(scene, keys, index) {
        match group(scene, &mut trial, keys, index, columns) {
            Ok((group, found)) => {
                if found != Seen::All {
                    seen = found;
                }
                groups.push(group);
            }
            Err(found) => return found,
        }
    }
    let rows: Vec<usize> = (0..index.rows()).collect();
    let mut left = COMPARISONS;
    if descend(index, &groups, &rows, &Facts::default(), &mut left, leaf) { seen } else { Seen::TooMany }
}

/// The columns, those together whose keys read a fact in common.
fn joined(scene: &Scene<'_>, keys: &[Expression], index: &CellIndex) -> Vec<Vec<usize>> {
    let mut groups: Vec<(BTreeSet<Slot>, Vec<usize>)> = Vec::new();
    for (column, key) in keys.iter().enumerate() {
        let mut uses = Uses::default();
        uses.key(scene.program, *key, index.told_apart(column));
        let mut slots: BTreeSet<Slot> = uses.slots().collect();
        let mut columns = Vec::new();
        groups.retain(|(other, theirs)| {
            let apart = other.is_disjoint(&slots);
            if !apart {
                slots.extend(other.iter().copied());
                columns.extend(theirs.iter().copied());
            }
            apart
        });
        columns.push(column);
        groups.push((slots, columns));
    }
    groups.into_iter().map(|(_, columns)| columns).collect()
}

fn group(
    scene: &Scene<'_>,
    trial: &mut Trial<'_, '_>,
    keys: &[Expression],
    index: &CellIndex,
    columns: Vec<usize>,
) -> Result<(Group, Seen), Seen> {
    let mut uses = Uses::default();
    for column in &columns {
        if let Some(key) = keys.get(*column) {
            uses.key(scene.program, *key, index.told_apart(*column));
        }
    }
    let decides = |slot: Slot| scene.entrance.iter().any(|variable| variable.slot == slot);
    let merge = !uses.slots().any(decides);
    // The constants that decide whether there is a violation tell further values apart.
    let own: Vec<Slot> = uses.slots().collect();
    let mut with_threat = uses.clone();
    with_threat.threat(scene.program, scene.version);
    let variables: Vec<_> =
        with_threat.variables(scene.program).into_iter().filter(|variable| own.contains(&variable.slot)).collect();
    let exact = |slot: Slot| uses.variables(scene.program).iter().all(|each| each.slot != slot || each.exact);
    let mut points = Vec::new();
    if let ([column], [variable]) = (columns.as_slice(), variables.as_slice())
        && keys
            .get(*column)
            .is_some_and(|key| plain_fact(scene.program, key.root).map(Slot::Fact) == Some(variable.slot))
    {
        let mut told: BTreeSet<&[u64]> = BTreeSet::new();
        for state in &variable.states {
            if let Knowledge::Value(value) = state
                && (!merge || told.insert(index.rows_of(*column, value)))
            {
                points.push((vec![*value], Facts::default().with(variable.slot, *state)));
            }
        }
        return Ok((Group { columns, points, merge }, Seen::All));
    }
    if uses.range || !uses.steps.is_empty() || !uses.beyond.is_empty() {
        return Err(Seen::Sampled);
    }
    let mut stretches: BTreeSet<Vec<(usize, bool)>> = BTreeSet::new();
    let mut budget = Budget::new(TRIALS);
    let ended = split(scene.program, &references(&variables), &Facts::default(), &mut budget, &mut |facts| {
        trial.give(facts);
        let mut values = Vec::new();
        let mut stretch = Vec::new();
        for column in &columns {
            let Some(key) = keys.get(*column) else { continue };
            match trial.parts().value(*key, NO_RANGE, &[]) {
                Ok(value) => {
                    let cuts = index.cuts(*column);
                    let below = cuts.partition_point(|cut| *cut < value);
                    stretch.push((below, cuts.get(below) == Some(&value)));
                    values.push(value);
                }
                Err(Unsettled::NotAsked(slot)) => return Look::Open(slot),
                Err(_) => return Look::Settled,
            }
        }
        if stretches.insert(stretch) || !merge {
            points.push((values, facts.clone()));
        }
        Look::Settled
    });
    match ended {
        Ended::Exhausted => Err(Seen::TooMany),
        _ if own.iter().all(|slot| exact(*slot)) && ended == Ended::All => {
            Ok((Group { columns, points, merge }, Seen::All))
        }
        _ => Ok((Group { columns, points, merge }, Seen::Sampled)),
    }
}

/// Goes through the groups; whether there was time for all of them.
fn descend(
    index: &CellIndex,
    groups: &[Group],
    rows: &[usize],
    facts: &Facts,
    left: &mut usize,
    leaf: &mut dyn FnMut(&[usize], &Facts),
) -> bool {
    // Where no row is left the other keys are still given values: a lookup fails only when it has all its keys.
    let Some((group, rest)) = groups.split_first() else {
        leaf(rows, facts);
        return true;
    };
    let mut met: BTreeSet<Vec<usize>> = BTreeSet::new();
    for (values, given) in &group.points {
        let Some(after) = left.checked_sub(rows.len().max(1)) else { return false };
        *left = after;
        let sets: Vec<&[u64]> =
            group.columns.iter().zip(values).map(|(column, value)| index.rows_of(*column, value)).collect();
        let fits = |row: &usize| sets.iter().all(|set| is_in(set, *row));
        let fitting: Vec<usize> = rows.iter().copied().filter(fits).collect();
        if group.merge && !met.insert(fitting.clone()) {
            continue;
        }
        if !descend(index, rest, &fitting, &facts.and(given), left, leaf) {
            return false;
        }
    }
    true
}

/// Whether a row is in a bit set.
fn is_in(set: &[u64], row: usize) -> bool {
    let bit = u32::try_from(row % 64).ok().and_then(|bit| 1_u64.checked_shl(bit)).unwrap_or(0);
    set.get(row / 64).is_some_and(|word| word & bit != 0)
}

fn explore_conditions(scene: &Scene<'_>, lookup: Lookup<'_>, leaf: &mut dyn FnMut(&[usize], &Facts)) -> Seen {
    let Lookup::Factor(FactorProgram { kind: FactorKind::Conditions(conditions), .. }) = lookup else {
        return Seen::All;
    };
    let mut uses = Uses::default();
    for condition in conditions {
        uses.expression(scene.program, *condition);
    }
    if uses.range || !uses.steps.is_empty() || !uses.beyond.is_empty() {
        return Seen::Sampled;
    }
    let exact = uses.variables(scene.program).iter().all(|variable| variable.exact);
    let own: Vec<Slot> = uses.slots().collect();
    uses.threat(scene.program, scene.version);
    let mut variables: Vec<_> =
        uses.variables(scene.program).into_iter().filter(|variable| own.contains(&variable.slot)).collect();
    // A row that rests on what cannot be established does not apply, so that another may.
    for variable in &mut variables {
        variable.may_be_unestablished();
    }
    let mut trial = scene.trial();
    let mut budget = Budget::new(TRIALS);
    let decides: Vec<Slot> =
        scene.entrance.iter().map(|variable| variable.slot).filter(|slot| own.contains(slot)).collect();
    let ended = split(scene.program, &references(&variables), &Facts::default(), &mut budget, &mut |facts| {
        trial.give(facts);
        let mut fitting = Vec::new();
        let (mut unestablished, mut failed) = (false, false);
        for (row, condition) in conditions.iter().enumerate() {
            match trial.parts().holds(*condition) {
                Ok(true) => fitting.push(row),
                Ok(false) => {}
                Err(Unsettled::NotAsked(slot)) => return Look::Open(slot),
                Err(Unsettled::Unestablished) => unestablished = true,
                Err(Unsettled::Problem(_)) => failed = true,
            }
            if lookup.hit() == HitPolicy::First && !fitting.is_empty() {
                break;
            }
        }
        // A row that cannot be worked out may be lighter than the heaviest, and then does not count.
        let harmless = matches!(lookup.hit(), HitPolicy::Highest | HitPolicy::Lowest);
        if (fitting.is_empty() && (unestablished || failed)) || (failed && !harmless) {
            return Look::Settled;
        }
        // Facts that decide whether there is a violation are told apart to the end.
        if let Some(slot) = decides.iter().find(|slot| facts.get(**slot).is_none()) {
            return Look::Open(Some(*slot));
        }
        leaf(&fitting, facts);
        Look::Settled
    });
    match ended {
        Ended::Exhausted => Seen::TooMany,
        Ended::All if exact => Seen::All,
        _ => Seen::Sampled,
    }
}
