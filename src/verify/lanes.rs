//! Cases that differ in nothing but one fact, side by side: each run of states of that fact is a lane.

use super::facts::{Facts, Slot};
use super::space::Variable;
use crate::case::Knowledge;

/// The lanes of a sweep.
pub(super) struct Lanes {
    pub(super) slot: Option<Slot>,
    states: Vec<Knowledge>,
}

impl Lanes {
    /// One lane: no fact is singled out.
    pub(super) fn one() -> Self {
        Lanes { slot: None, states: Vec::new() }
    }

    /// A lane for each run of states of a fact.
    pub(super) fn of(variable: &Variable) -> Self {
        Lanes { slot: Some(variable.slot), states: variable.firsts() }
    }

    pub(super) fn count(&self) -> usize {
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

/// Something in each lane.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Lanewise<T> {
    /// The same in all.
    Same(T),
    /// Not the same in all.
    Each(Vec<T>),
}

impl<T: Clone + PartialEq> Lanewise<T> {
    /// What the lanes have, in their order.
    pub(super) fn of(all: Vec<T>) -> Option<Self> {
        let first = all.first()?;
        Some(if all.iter().all(|each| each == first) { Lanewise::Same(first.clone()) } else { Lanewise::Each(all) })
    }

    /// What one lane has.
    pub(super) fn get(&self, lane: usize) -> Option<&T> {
        match self {
            Lanewise::Same(all) => Some(all),
            Lanewise::Each(each) => each.get(lane),
        }
    }

    /// Whether it is so in some lane.
    pub(super) fn any(&self, is: impl Fn(&T) -> bool) -> bool {
        match self {
            Lanewise::Same(all) => is(all),
            Lanewise::Each(each) => each.iter().any(is),
        }
    }

    /// Two things put together lane by lane, of `count` lanes.
    pub(super) fn both<U: Clone + PartialEq, V: Clone + PartialEq>(
        &self,
        other: &Lanewise<U>,
        count: usize,
        mut combine: impl FnMut(&T, &U) -> V,
    ) -> Option<Lanewise<V>> {
        if let (Lanewise::Same(one), Lanewise::Same(other)) = (self, other) {
            return Some(Lanewise::Same(combine(one, other)));
        }
        let lanes = (0..count).map(|lane| Some(combine(self.get(lane)?, other.get(lane)?)));
        Lanewise::of(lanes.collect::<Option<Vec<V>>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::Lanewise;

    #[test]
    fn lanes_that_come_out_the_same_are_one() {
        let apart = Lanewise::of(vec![1, 2]).unwrap();
        assert_eq!(apart, Lanewise::Each(vec![1, 2]));
        assert_eq!(apart.both(&Lanewise::Same(1), 2, |a, b| a + b), Some(Lanewise::Each(vec![2, 3])));
        assert_eq!(apart.both(&Lanewise::Each(vec![2, 1]), 2, |a, b| a + b), Some(Lanewise::Same(3)));
        assert_eq!(Lanewise::<u8>::of(Vec::new()), None);
    }
}
