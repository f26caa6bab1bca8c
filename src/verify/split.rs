//! Cases tried one after another, as few as will do: a fact is given a value only when the rules ask for it, so that one trial
//! stands for all values of the facts they did not ask for.

use super::facts::{Facts, Slot};
use super::space::Variable;
use crate::program::Program;

/// How many trials there may still be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// So many.
    pub(super) fn new(trials: usize) -> Self {
        Budget(trials)
    }

    /// Takes one; whether there was one left.
    pub(super) fn take(&mut self) -> bool {
        let left = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        left
    }
}

/// What a trial saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    /// Whatever the other facts are, nothing more is to be seen here.
    Settled,
    /// It hangs on a fact that has no value yet; the next in order when it is not known which.
    Open(Option<Slot>),
    /// What was looked for is found.
    Stop,
}

/// How trying ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ended {
    /// Every case was covered.
    All,
    /// It was stopped.
    Stopped,
    /// Some cases stayed open though all facts had values.
    Open,
    /// There were more trials than allowed.
    Exhausted,
}

/// Covers all cases over some variables, with `given` in each of them. Facts that rules presume have a value in every trial,
/// since a case that is silent on them would not be open.
pub(super) fn split(
    program: &Program,
    variables: &[Variable],
    given: &Facts,
    budget: &mut Budget,
    look: &mut dyn FnMut(&Facts) -> Look,
) -> Ended {
    let presumed = |slot: Slot| match slot {
        Slot::Fact(fact) => program.fact(fact).is_some_and(crate::program::Fact::is_ever_presumed),
        Slot::Grade => false,
    };
    split_with(variables, &presumed, given, budget, look)
}

/// The same, with what is presumed said by the caller.
pub(super) fn split_with(
    variables: &[Variable],
    presumed: &dyn Fn(Slot) -> bool,
    given: &Facts,
    budget: &mut Budget,
    look: &mut dyn FnMut(&Facts) -> Look,
) -> Ended {
    let mut facts = given.clone();
    let forced: Vec<&Variable> = variables.iter().filter(|variable| presumed(variable.slot)).collect();
    descend(variables, &forced, &mut facts, budget, look)
}

fn descend(
    variables: &[Variable],
    forced: &[&Variable],
    facts: &mut Facts,
    budget: &mut Budget,
    look: &mut dyn FnMut(&Facts) -> Look,
) -> Ended {
    let next = forced.iter().find(|variable| facts.get(variable.slot).is_none()).copied();
    let variable = match next {
        Some(variable) => variable,
        None => {
            if !budget.take() {
                return Ended::Exhausted;
            }
            let slot = match look(facts) {
                Look::Settled => return Ended::All,
                Look::Stop => return Ended::Stopped,
                Look::Open(slot) => slot,
            };
            let free = |variable: &&Variable| facts.get(variable.slot).is_none();
            let asked = variables.iter().filter(free).find(|variable| Some(variable.slot) == slot);
            match asked.or_else(|| variables.iter().find(free)) {
                Some(variable) => variable,
                None => return Ended::Open,
            }
        }
    };
    let mut ended = Ended::All;
    for state in &variable.states {
        facts.set(variable.slot, *state);
        match descend(variables, forced, facts, budget, look) {
            Ended::All => {}
            Ended::Open => ended = Ended::Open,
            other => {
                facts.unset(variable.slot);
                return other;
            }
        }
    }
    facts.unset(variable.slot);
    ended
}
