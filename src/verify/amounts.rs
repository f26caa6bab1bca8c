//! Every amount that a benchmark can give, each once.
//!
//! Facts that several pieces of a benchmark read are given every combination of values; with these given, the pieces have
//! nothing to do with each other, so that each is worked out alone and only their different values are put together. Sums
//! that come out the same are one. What is put together that way is exact, and costs about as much as there are cells.
//! What was worked out once in a scene is kept for its later sweeps.

use std::rc::Rc;

use super::facts::Facts;
use super::grid::Seen;
use super::kept::{Id, Kept, Way};
use super::lanes::{Lanes, Lanewise};
use super::map::Map;
use super::pieces::{Part, Piece, Pieces, Step};
use super::scene::{Scene, Trial};
use super::space::{Uses, Variable};
use super::split::{Budget, Ended, Look, split};
use crate::evaluate::{NO_RANGE, Threat, Unsettled};
use crate::program::WeightsProgram;
use crate::value::{AmountRange, Value};

/// The most combinations of the facts that several pieces read.
const SHARED: usize = 4_096;
/// The most different values of one piece, sum or step.
const DIFFERENT: usize = 20_000;
/// The most trials for one sweep.
const TRIALS: usize = 400_000;

/// The amount in one lane: the range it belongs in, and what the benchmark gives; `None` where there is no violation, or
/// where it cannot be worked out.
pub(super) type Amount = Option<(AmountRange, Value)>;

/// Sees sums of weights before their limits, with their facts.
pub(super) type Watch<'w> = &'w mut dyn FnMut(&WeightsProgram, Option<Value>, &dyn Fn() -> Facts);

/// Sees the amounts of all lanes, with the facts that lead there.
pub(super) type Visit<'v> = &'v mut dyn FnMut(&[Amount], &dyn Fn() -> Facts);

/// The state of one lane on the way through a benchmark.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Lane {
    pub(super) range: AmountRange,
    /// A sum whose limits cannot be established has no value, and the amount may do without it.
    pub(super) steps: Vec<Option<Value>>,
}

/// Lanes and values by number; `None` where there is no violation, or no value.
pub(super) type States = Lanewise<Option<Id>>;
/// Different values with the first way that leads to each.
pub(super) type Values = Map<Lanewise<Option<Id>>, Rc<Way>>;

/// What two values are put together to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Combine {
    Plus,
    AtMost,
    AtLeast,
}

/// Sweeps over one scene.
pub(super) struct Sweep<'s, 'a> {
    scene: &'s Scene<'a>,
    pub(super) pieces: &'s Pieces<'a>,
    trial: Trial<'s, 'a>,
    budget: Budget,
    /// Something was too much.
    pub(super) full: bool,
    /// Something stayed open with all facts given.
    open: bool,
    /// Values of pieces that are the same in every lane, by piece and by what is given of the facts it reads.
    values: Map<(usize, Facts), Rc<Values>>,
    /// Sums of weights up to a piece that are the same in every lane, by the pieces before it that are left out.
    pub(super) sums: Map<(usize, Vec<usize>, Facts), Rc<Values>>,
    /// Values of pieces without facts of their own, by what they follow.
    following: Map<(usize, Facts), Map<Id, Option<Id>>>,
    /// Values; none where it rests on a limit of a sum that cannot be established.
    pub(super) kept_values: Kept<Option<Value>>,
    pub(super) kept_lanes: Kept<Lane>,
    pub(super) combined: Map<(Combine, Id, Id), Option<Id>>,
    /// Amounts of the last facts given, by lane and by the sum of weights.
    pub(super) ended: (Facts, Map<(Id, Id), Option<Id>>),
    /// Lanes after a step, by lane, step and value.
    after: Map<(Id, usize, Id), Option<Id>>,
}

impl<'s, 'a> Sweep<'s, 'a> {
    /// Nothing worked out yet.
    pub(super) fn of(scene: &'s Scene<'a>, pieces: &'s Pieces<'a>) -> Self {
        Sweep {
            scene,
            pieces,
            trial: scene.trial(),
            budget: Budget::new(TRIALS),
            full: false,
            open: false,
            values: Map::default(),
            sums: Map::default(),
            following: Map::default(),
            kept_values: Kept::default(),
            kept_lanes: Kept::default(),
            combined: Map::default(),
            ended: (Facts::default(), Map::default()),
            after: Map::default(),
        }
    }

    /// Calls `visit` with the amounts of all lanes and the facts that lead there, for every amount that can be told apart.
    /// `watch` sees each sum of weights in the first lane before its cap and floor, with its facts.
    pub(super) fn run(&mut self, lanes: &Lanes, watch: Watch<'_>, visit: Visit<'_>) -> Seen {
        self.budget = Budget::new(TRIALS);
        (self.full, self.open) = (false, false);
        let pieces = self.pieces;
        let shared: Vec<&Variable> = pieces
            .told_apart
            .iter()
            .filter(|variable| pieces.shared.contains(&variable.slot) && lanes.slot != Some(variable.slot))
            .collect();
        let count = shared.iter().try_fold(1_usize, |product, variable| product.checked_mul(variable.states.len()));
        if count.is_none_or(|count| count > SHARED) {
            return Seen::TooMany;
        }
        self.combinations(lanes, &shared, &Facts::default(), watch, visit);
        match (self.full, pieces.exact && !self.open) {
            (true, _) => Seen::TooMany,
            (false, true) => Seen::All,
            (false, false) => Seen::Sampled,
        }
    }

    /// Whether nothing was left out so far; only then is something kept for later sweeps.
    pub(super) fn is_complete(&self) -> bool {
        !self.full && !self.open
    }

    fn combinations(&mut self, lanes: &Lanes, shared: &[&Variable], given: &Facts, watch: Watch<'_>, visit: Visit<'_>) {
        let Some((variable, rest)) = shared.split_first() else {
            return self.with_given(lanes, given, watch, visit);
        };
        for state in &variable.states {
            if self.full {
                return;
            }
            self.combinations(lanes, rest, &given.with(variable.slot, *state), watch, visit);
        }
    }

    /// Everything with the facts that several pieces read given.
    fn with_given(&mut self, lanes: &Lanes, given: &Facts, watch: Watch<'_>, visit: Visit<'_>) {
        let pieces = self.pieces;
        let mut states = self.threats(lanes, given);
        if states.is_empty() {
            // With these facts there is no violation with a fine, so that no sum counts.
            return;
        }
        let nowhere = self.nowhere();
        if self.at_once(lanes, given, &states, &nowhere, watch, visit) {
            return;
        }
        for (number, step) in pieces.steps.iter().enumerate() {
            let mut next: Map<States, Rc<Way>> = Map::default();
            // Where no piece looks at the range or at steps before it, the sums are the same in every state.
            let mut same: Option<Rc<Values>> = None;
            for (state, facts) in &states {
                let values = match step {
                    Step::Weights(sum) if sum.follows() => self.weights(lanes, sum, given, state, watch),
                    Step::Weights(sum) => match &same {
                        Some(values) => Rc::clone(values),
                        None => {
                            let found = self.weights(lanes, sum, given, &nowhere, watch);
                            Rc::clone(same.insert(found))
                        }
                    },
                    Step::Let(piece) => self.piece(lanes, piece, given, state),
                };
                for (values, more) in &*values {
                    let after = state.both(values, lanes.count(), |lane, value| {
                        (*lane).zip(*value).and_then(|(lane, value)| self.after(lane, value, number))
                    });
                    let Some(after) = after.filter(|after| after.any(Option::is_some)) else { continue };
                    if next.len() < DIFFERENT {
                        next.entry(after).or_insert_with(|| Way::both(facts, more));
                    } else {
                        self.full = true;
                    }
                }
            }
            states = next;
        }
        for (state, facts) in &states {
            for (values, more) in &*self.piece(lanes, &pieces.fine, given, state) {
                let amounts: Vec<Amount> = (0..lanes.count())
                    .map(|lane| {
                        let range = self.kept_lanes.get((*state.get(lane)?)?)?.range;
                        Some((range, (*self.kept_values.get((*values.get(lane)?)?)?)?))
                    })
                    .collect();
                visit(&amounts, &|| facts.facts().and(&more.facts()).and(given));
            }
        }
    }

    /// Where nothing is known of the range and of steps before.
    fn nowhere(&mut self) -> States {
        Lanewise::Same(self.kept_lanes.id(Lane { range: NO_RANGE, steps: Vec::new() }))
    }

    /// A lane after a step; a value that nothing reads any more is left out, so that it tells nothing apart.
    pub(super) fn after(&mut self, lane: Id, value: Id, number: usize) -> Option<Id> {
        if let Some(known) = self.after.get(&(lane, number, value)) {
            return *known;
        }
        let mut lane_after = self.kept_lanes.get(lane)?.clone();
        lane_after.steps.push(*self.kept_values.get(value)?);
        for (old, kept) in lane_after.steps.iter_mut().zip(self.pieces.kept.get(number)?) {
            if !kept {
                *old = Some(Value::Bool(false));
            }
        }
        let id = self.kept_lanes.id(lane_after);
        self.after.insert((lane, number, value), id);
        id
    }

    /// The ranges there can be.
    fn threats(&mut self, lanes: &Lanes, given: &Facts) -> Map<States, Rc<Way>> {
        let mut found: Map<States, Rc<Way>> = Map::default();
        let uses = &self.pieces.threat;
        let own = self.own(lanes, uses, given);
        // A threat that does not read the fact of the lanes is the same in all of them.
        let count = if lanes.slot.is_some_and(|slot| uses.reads(slot)) { lanes.count() } else { 1 };
        let (trial, kept) = (&mut self.trial, &mut self.kept_lanes);
        let ended = split(self.scene.program, &own, given, &mut self.budget, &mut |facts| {
            let mut states = Vec::with_capacity(count);
            for lane in 0..count {
                trial.give(&lanes.facts(facts, lane));
                match trial.parts().threat() {
                    // A fixed sum leaves nothing to a benchmark.
                    Threat::Range(_, range) if range.min.is_none() || range.min != range.max => {
                        states.push(kept.id(Lane { range, steps: Vec::new() }));
                    }
                    Threat::Open(Unsettled::NotAsked(slot)) => return Look::Open(slot),
                    _ => states.push(None),
                }
            }
            if let Some(states) = Lanewise::of(states).filter(|states| states.any(Option::is_some)) {
                found.entry(states).or_insert_with(|| Way::by(facts.clone()));
            }
            Look::Settled
        });
        self.full |= ended == Ended::Exhausted;
        self.open |= ended == Ended::Open;
        found
    }

    /// The variables of a piece that have no value yet.
    pub(super) fn own(&self, lanes: &Lanes, uses: &Uses, given: &Facts) -> Vec<&'s Variable> {
        let open = |variable: &&Variable| {
            uses.reads(variable.slot) && given.get(variable.slot).is_none() && lanes.slot != Some(variable.slot)
        };
        self.pieces.told_apart.iter().filter(open).collect()
    }

    /// The different values of a piece, with the facts of its own that lead to each.
    pub(super) fn piece(&mut self, lanes: &Lanes, piece: &Piece<'a>, given: &Facts, states: &States) -> Rc<Values> {
        let reads_lane = lanes.slot.is_some_and(|slot| piece.reads(slot));
        let key = || (piece.number, given.only(|slot| piece.reads(slot)));
        if !reads_lane && !piece.follows() {
            if let Some(known) = self.values.get(&key()) {
                return Rc::clone(known);
            }
            let any = self.nowhere();
            let (number, given) = key();
            let found = Rc::new(self.worked_out(lanes, piece, &given, &any, 1));
            if self.is_complete() {
                self.values.insert((number, given), Rc::clone(&found));
            }
            return found;
        }
        if !reads_lane && self.own(lanes, &piece.uses, given).is_empty() {
            return Rc::new(self.followed(lanes, piece, key(), given, states));
        }
        Rc::new(self.worked_out(lanes, piece, given, states, lanes.count()))
    }

    /// The one value that a piece without facts of its own has in each lane.
    pub(super) fn followed(
        &mut self,
        lanes: &Lanes,
        piece: &Piece<'a>,
        key: (usize, Facts),
        given: &Facts,
        states: &States,
    ) -> Values {
        let count = if matches!(states, Lanewise::Same(_)) { 1 } else { lanes.count() };
        let known = self.following.entry(key).or_default();
        let mut values = Vec::with_capacity(count);
        for lane in 0..count {
            let Some(lane) = states.get(lane).copied().flatten() else {
                values.push(None);
                continue;
            };
            if let Some(value) = known.get(&lane) {
                values.push(*value);
                continue;
            }
            self.trial.give(given);
            let Some(after) = self.kept_lanes.get(lane) else { continue };
            let found = value(&self.trial, piece.part, after);
            let id = kept_value(piece.part, found).and_then(|value| self.kept_values.id(value));
            if matches!(found, Err(Unsettled::NotAsked(_))) {
                // The case is silent on something that it cannot be asked for.
                self.open = true;
            } else {
                known.insert(lane, id);
            }
            values.push(id);
        }
        Lanewise::of(values)
            .filter(|values| values.any(Option::is_some))
            .map(|values| (values, Way::by(given.clone())))
            .into_iter()
            .collect()
    }

    fn worked_out(&mut self, lanes: &Lanes, piece: &Piece<'a>, given: &Facts, states: &States, count: usize) -> Values {
        let mut found = Values::default();
        let own = self.own(lanes, &piece.uses, given);
        let reads_lane = lanes.slot.is_some_and(|slot| piece.reads(slot));
        let (trial, kept, kept_lanes) = (&mut self.trial, &mut self.kept_values, &self.kept_lanes);
        let ended = split(self.scene.program, &own, given, &mut self.budget, &mut |facts| {
            let mut values = Vec::with_capacity(count);
            for number in 0..count {
                let Some(lane) = states.get(number).copied().flatten().and_then(|lane| kept_lanes.get(lane)) else {
                    values.push(None);
                    continue;
                };
                if reads_lane {
                    trial.give(&lanes.facts(facts, number));
                } else {
                    trial.give(facts);
                }
                match value(trial, piece.part, lane) {
                    Err(Unsettled::NotAsked(slot)) => return Look::Open(slot),
                    found => values.push(kept_value(piece.part, found).and_then(|value| kept.id(value))),
                }
            }
            if let Some(values) = Lanewise::of(values).filter(|values| values.any(Option::is_some)) {
                found.entry(values).or_insert_with(|| Way::by(facts.clone()));
            }
            Look::Settled
        });
        self.full |= ended == Ended::Exhausted || found.len() >= DIFFERENT;
        self.open |= ended == Ended::Open;
        found
    }
}

/// What a piece comes to in a case and after the steps of a lane.
fn value(trial: &Trial<'_, '_>, part: Part<'_>, lane: &Lane) -> Result<Value, Unsettled> {
    match part {
        Part::Factor(factor) => trial.parts().factor(factor, lane.range, &lane.steps),
        Part::Limit(value) | Part::Value(value) => trial.parts().value(value, lane.range, &lane.steps),
    }
}

/// What is kept of what a piece comes to. A limit of a sum that cannot be established leaves the sum without a value and is
/// no problem by itself; anything else without a value leaves the whole case without an amount.
fn kept_value(part: Part<'_>, found: Result<Value, Unsettled>) -> Option<Option<Value>> {
    match (part, found) {
        (_, Ok(value)) => Some(Some(value)),
        (Part::Limit(_), Err(Unsettled::Unestablished)) => Some(None),
        (_, Err(_)) => None,
    }
}
