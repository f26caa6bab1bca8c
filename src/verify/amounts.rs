//! Every amount that a benchmark can give, each once.
//!
//! A benchmark is cut into pieces: whether there is a violation and what its range is, each factor, each limit, each step and
//! the amount itself. Facts that several pieces read are given every combination of values; with these given, the pieces have
//! nothing to do with each other, so that each is worked out alone and only their different values are put together. Sums
//! that come out the same are one. What is put together that way is exact, and costs about as much as there are cells.

use indexmap::IndexMap;

use super::facts::{Facts, Slot};
use super::grid::Seen;
use super::scene::{Scene, Trial};
use super::space::{Uses, Variable};
use super::split::{Budget, Ended, Look, split};
use crate::case::Knowledge;
use crate::evaluate::{NO_RANGE, Threat, Unsettled};
use crate::program::{BenchmarkStep, BenchmarkVersion, Expression, FactorProgram, Program, WeightsProgram};
use crate::value::{AmountRange, Value};

/// The most combinations of the facts that several pieces read.
const SHARED: usize = 4_096;
/// The most different values of one piece, sum or step.
const DIFFERENT: usize = 20_000;
/// The most trials for one benchmark.
const TRIALS: usize = 400_000;

/// The amount in one lane: the range it belongs in, and what the benchmark gives; `None` where there is no violation, or
/// where it cannot be worked out.
pub(super) type Amount = Option<(AmountRange, Value)>;

/// Sees sums of weights before their limits, with their facts.
pub(super) type Watch<'w> = &'w mut dyn FnMut(&WeightsProgram, &[Option<Value>], &Facts);

/// Cases that differ in nothing but one fact. Each state of that fact is a lane.
pub(super) struct Lanes<'v> {
    slot: Option<Slot>,
    states: &'v [Knowledge],
}

impl<'v> Lanes<'v> {
    /// One lane: no fact is singled out.
    pub(super) fn one() -> Self {
        Lanes { slot: None, states: &[] }
    }

    /// A lane for each state of a fact.
    pub(super) fn of(variable: &'v Variable) -> Self {
        Lanes { slot: Some(variable.slot), states: &variable.states }
    }

    fn count(&self) -> usize {
        if self.slot.is_some() { self.states.len() } else { 1 }
    }

    /// Facts in one lane.
    pub(super) fn facts(&self, facts: &Facts, lane: usize) -> Facts {
        match (self.slot, self.states.get(lane)) {
            (Some(slot), Some(state)) => facts.with(slot, *state),
            _ => facts.clone(),
        }
    }
}

/// What a benchmark reads, in pieces.
pub(super) struct Pieces<'a> {
    benchmark: &'a BenchmarkVersion,
    /// The variables of all pieces together.
    pub(super) variables: Vec<Variable>,
    /// Slots that several pieces read.
    shared: Vec<Slot>,
    /// What the amount reads.
    fine: Uses,
    /// After each step, which of the steps so far are read later.
    kept: Vec<Vec<bool>>,
    /// Whether the values of the variables stand for all cases.
    pub(super) exact: bool,
}

impl<'a> Pieces<'a> {
    /// The pieces of the benchmark of a scene; `None` when it has none.
    pub(super) fn of(scene: &Scene<'a>) -> Option<Self> {
        let benchmark = scene.benchmark?;
        let program = scene.program;
        let mut pieces: Vec<Uses> = Vec::new();
        let mut piece = |add: &dyn Fn(&mut Uses)| {
            let mut uses = Uses::default();
            add(&mut uses);
            pieces.push(uses);
        };
        piece(&|uses| uses.threat(program, scene.version));
        for step in &benchmark.steps {
            match step {
                BenchmarkStep::Weights(_, weights, _) => {
                    for factor in &weights.factors {
                        piece(&|uses| uses.factor(program, factor));
                    }
                    for limit in [weights.start, weights.cap, weights.floor].into_iter().flatten() {
                        piece(&|uses| uses.expression(program, limit));
                    }
                }
                BenchmarkStep::Let(_, value) => piece(&|uses| uses.expression(program, *value)),
            }
        }
        piece(&|uses| uses.expression(program, benchmark.fine));
        let fine = pieces.last().cloned().unwrap_or_default();
        let kept = (0..benchmark.steps.len()).map(|number| kept_after(program, benchmark, number)).collect();
        let mut all = Uses::default();
        pieces.iter().for_each(|uses| all.add(uses));
        let shared = all.slots().filter(|slot| pieces.iter().filter(|uses| uses.reads(*slot)).count() > 1).collect();
        let variables = all.variables(program);
        let exact = all.beyond.is_empty() && variables.iter().all(|variable| variable.exact);
        Some(Pieces { benchmark, variables, shared, fine, kept, exact })
    }
}

/// Which of the steps up to `number` are read after it.
fn kept_after(program: &Program, benchmark: &BenchmarkVersion, number: usize) -> Vec<bool> {
    let mut uses = Uses::default();
    for step in benchmark.steps.iter().skip(number.saturating_add(1)) {
        match step {
            BenchmarkStep::Weights(_, weights, _) => uses.weights(program, weights),
            BenchmarkStep::Let(_, value) => uses.expression(program, *value),
        }
    }
    uses.expression(program, benchmark.fine);
    (0..=number).map(|step| uses.steps.iter().any(|each| usize::from(*each) == step)).collect()
}

/// The state of one lane on the way through a benchmark.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Lane {
    range: AmountRange,
    steps: Vec<Value>,
}

type LaneStates = Vec<Option<Lane>>;
type LaneValues = Vec<Option<Value>>;

struct Sweep<'s, 'a, 'v> {
    scene: &'s Scene<'a>,
    pieces: &'s Pieces<'a>,
    trial: Trial<'s, 'a>,
    lanes: &'s Lanes<'v>,
    budget: Budget,
    /// Something was too much.
    full: bool,
    /// Something stayed open with all facts given.
    open: bool,
}

/// Calls `visit` with the amounts of all lanes and the facts that lead there, for every amount that can be told apart.
/// `watch` sees each sum of weights before its cap and floor, with its facts.
pub(super) fn sweep(
    scene: &Scene<'_>,
    pieces: &Pieces<'_>,
    lanes: &Lanes<'_>,
    watch: Watch<'_>,
    visit: &mut dyn FnMut(&[Amount], &Facts),
) -> Seen {
    let mut sweep =
        Sweep { scene, pieces, trial: scene.trial(), lanes, budget: Budget::new(TRIALS), full: false, open: false };
    let shared: Vec<&Variable> = pieces
        .variables
        .iter()
        .filter(|variable| pieces.shared.contains(&variable.slot) && lanes.slot != Some(variable.slot))
        .collect();
    let count = shared.iter().try_fold(1_usize, |product, variable| product.checked_mul(variable.states.len()));
    if count.is_none_or(|count| count > SHARED) {
        return Seen::TooMany;
    }
    sweep.combinations(&shared, &Facts::default(), watch, visit);
    match (sweep.full, pieces.exact && !sweep.open) {
        (true, _) => Seen::TooMany,
        (false, true) => Seen::All,
        (false, false) => Seen::Sampled,
    }
}

impl<'a> Sweep<'_, 'a, '_> {
    fn combinations(
        &mut self,
        shared: &[&Variable],
        given: &Facts,
        watch: Watch<'_>,
        visit: &mut dyn FnMut(&[Amount], &Facts),
    ) {
        let Some((variable, rest)) = shared.split_first() else {
            return self.with_given(given, watch, visit);
        };
        for state in &variable.states {
            if self.full {
                return;
            }
            self.combinations(rest, &given.with(variable.slot, *state), watch, visit);
        }
    }

    /// Everything with the facts that several pieces read given.
    fn with_given(&mut self, given: &Facts, watch: Watch<'_>, visit: &mut dyn FnMut(&[Amount], &Facts)) {
        let mut states = self.threats(given);
        let every: LaneStates = vec![Some(Lane { range: NO_RANGE, steps: Vec::new() }); self.lanes.count()];
        for (number, step) in self.pieces.benchmark.steps.iter().enumerate() {
            let mut next: IndexMap<LaneStates, Facts> = IndexMap::new();
            // Where no piece looks at the range or at steps before it, the sums are the same in every state.
            let mut same: Option<IndexMap<LaneValues, Facts>> = None;
            for (lanes, facts) in &states {
                let known;
                let values = match step {
                    BenchmarkStep::Weights(_, weights, _) => {
                        let alike = self.is_alike(weights);
                        match same.as_ref().filter(|_| alike) {
                            Some(values) => values,
                            None => {
                                let found = self.weights(weights, given, if alike { &every } else { lanes }, watch);
                                if alike {
                                    same.insert(found)
                                } else {
                                    known = found;
                                    &known
                                }
                            }
                        }
                    }
                    BenchmarkStep::Let(_, value) => {
                        known = self.expression(*value, given, lanes);
                        &known
                    }
                };
                for (values, more) in values {
                    let after: LaneStates = lanes
                        .iter()
                        .zip(values)
                        .map(|(lane, value)| self.after(lane.as_ref()?, (*value)?, number))
                        .collect();
                    if after.iter().any(Option::is_some) && next.len() < DIFFERENT {
                        next.entry(after).or_insert_with(|| facts.and(more));
                    } else if next.len() >= DIFFERENT {
                        self.full = true;
                    }
                }
            }
            states = next;
        }
        for (lanes, facts) in &states {
            let fine = self.pieces.benchmark.fine;
            let found = self.values(&self.pieces.fine, given, lanes, |trial, lane| {
                trial.parts().value(fine, lane.range, &lane.steps)
            });
            for (values, more) in found {
                let amounts: Vec<Amount> =
                    lanes.iter().zip(&values).map(|(lane, value)| Some((lane.as_ref()?.range, (*value)?))).collect();
                visit(&amounts, &facts.and(&more).and(given));
            }
        }
    }

    /// A lane after a step; a value that nothing reads any more is left out, so that it tells nothing apart.
    fn after(&self, lane: &Lane, value: Value, number: usize) -> Option<Lane> {
        let mut lane = lane.clone();
        lane.steps.push(value);
        for (old, kept) in lane.steps.iter_mut().zip(self.pieces.kept.get(number)?) {
            if !kept {
                *old = Value::Bool(false);
            }
        }
        Some(lane)
    }

    fn is_alike(&self, weights: &WeightsProgram) -> bool {
        let mut uses = Uses::default();
        uses.weights(self.scene.program, weights);
        !uses.range && uses.steps.is_empty()
    }

    /// The ranges there can be.
    fn threats(&mut self, given: &Facts) -> IndexMap<LaneStates, Facts> {
        let mut found: IndexMap<LaneStates, Facts> = IndexMap::new();
        let mut uses = Uses::default();
        uses.threat(self.scene.program, self.scene.version);
        let own = self.own(&uses, given);
        let (lanes, trial) = (self.lanes, &mut self.trial);
        let ended = split(self.scene.program, &own, given, &mut self.budget, &mut |facts| {
            let mut states = Vec::with_capacity(lanes.count());
            for lane in 0..lanes.count() {
                trial.give(&lanes.facts(facts, lane));
                match trial.parts().threat() {
                    // A fixed sum leaves nothing to a benchmark.
                    Threat::Range(_, range) if range.min.is_none() || range.min != range.max => {
                        states.push(Some(Lane { range, steps: Vec::new() }));
                    }
                    Threat::Open(Unsettled::NotAsked(slot)) => return Look::Open(slot),
                    _ => states.push(None),
                }
            }
            if states.iter().any(Option::is_some) {
                found.entry(states).or_insert_with(|| facts.clone());
            }
            Look::Settled
        });
        self.full |= ended == Ended::Exhausted;
        self.open |= ended == Ended::Open;
        found
    }

    /// The variables of a piece that have no value yet.
    fn own(&self, uses: &Uses, given: &Facts) -> Vec<Variable> {
        let open = |variable: &&Variable| {
            uses.reads(variable.slot) && given.get(variable.slot).is_none() && self.lanes.slot != Some(variable.slot)
        };
        self.pieces.variables.iter().filter(open).cloned().collect()
    }

    fn weights(
        &mut self,
        weights: &WeightsProgram,
        given: &Facts,
        lanes: &LaneStates,
        watch: Watch<'_>,
    ) -> IndexMap<LaneValues, Facts> {
        let mut sums: Option<IndexMap<LaneValues, Facts>> =
            weights.start.map(|start| self.expression(start, given, lanes));
        for factor in &weights.factors {
            let points = self.factor(factor, given, lanes);
            sums = Some(match sums {
                None => points,
                Some(sums) => self.both(&sums, &points, |sum, points| sum.plus(points)),
            });
        }
        let mut sums = sums.unwrap_or_default();
        for (values, facts) in &sums {
            watch(weights, values, &facts.and(given));
        }
        for (limit, is_cap) in [(weights.cap, true), (weights.floor, false)] {
            let Some(limit) = limit else { continue };
            let bounds = self.expression(limit, given, lanes);
            sums = self.both(&sums, &bounds, |sum, bound| {
                let beyond = if is_cap { sum > bound } else { sum < bound };
                Some(if beyond { bound } else { sum })
            });
        }
        sums
    }

    /// Every value of one with every value of another, lane by lane.
    fn both(
        &mut self,
        some: &IndexMap<LaneValues, Facts>,
        others: &IndexMap<LaneValues, Facts>,
        combine: impl Fn(Value, Value) -> Option<Value>,
    ) -> IndexMap<LaneValues, Facts> {
        let mut out: IndexMap<LaneValues, Facts> = IndexMap::new();
        for (one, facts) in some {
            for (other, more) in others {
                let values: LaneValues =
                    one.iter().zip(other).map(|(one, other)| combine((*one)?, (*other)?)).collect();
                if values.iter().all(Option::is_none) {
                    continue;
                }
                if out.len() >= DIFFERENT {
                    self.full = true;
                    return out;
                }
                out.entry(values).or_insert_with(|| facts.and(more));
            }
        }
        out
    }

    fn factor(&mut self, factor: &FactorProgram, given: &Facts, lanes: &LaneStates) -> IndexMap<LaneValues, Facts> {
        let mut uses = Uses::default();
        uses.factor(self.scene.program, factor);
        self.values(&uses, given, lanes, |trial, lane| trial.parts().factor(factor, lane.range, &lane.steps))
    }

    fn expression(&mut self, value: Expression, given: &Facts, lanes: &LaneStates) -> IndexMap<LaneValues, Facts> {
        let mut uses = Uses::default();
        uses.expression(self.scene.program, value);
        self.values(&uses, given, lanes, |trial, lane| trial.parts().value(value, lane.range, &lane.steps))
    }

    /// The different values of a piece, with the facts of its own that lead to each.
    fn values(
        &mut self,
        uses: &Uses,
        given: &Facts,
        states: &LaneStates,
        work: impl Fn(&Trial<'_, 'a>, &Lane) -> Result<Value, Unsettled>,
    ) -> IndexMap<LaneValues, Facts> {
        let mut found: IndexMap<LaneValues, Facts> = IndexMap::new();
        let own = self.own(uses, given);
        let apart = self.lanes.slot.is_some_and(|slot| uses.reads(slot)) || uses.range || !uses.steps.is_empty();
        let (lanes, trial) = (self.lanes, &mut self.trial);
        let any = Lane { range: NO_RANGE, steps: Vec::new() };
        let ended = split(self.scene.program, &own, given, &mut self.budget, &mut |facts| {
            let mut values = Vec::with_capacity(states.len());
            for (number, lane) in states.iter().enumerate() {
                // A piece that nothing tells apart in the lanes is the same in all of them.
                if !apart && let Some(first) = values.first() {
                    values.push(*first);
                    continue;
                }
                let Some(lane) = lane.as_ref().or((!apart).then_some(&any)) else {
                    values.push(None);
                    continue;
                };
                trial.give(&lanes.facts(facts, number));
                match work(trial, lane) {
                    Ok(value) => values.push(Some(value)),
                    Err(Unsettled::NotAsked(Some(slot))) => return Look::Open(Some(slot)),
                    Err(Unsettled::NotAsked(None)) => return Look::Open(None),
                    Err(_) => values.push(None),
                }
            }
            if values.iter().any(Option::is_some) {
                found.entry(values).or_insert_with(|| facts.clone());
            }
            Look::Settled
        });
        self.full |= ended == Ended::Exhausted || found.len() >= DIFFERENT;
        self.open |= ended == Ended::Open;
        found
    }
}
