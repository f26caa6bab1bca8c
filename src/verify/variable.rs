//! One fact and the states that stand for all others.

use super::facts::{Facts, Slot};
use super::stretches::{ends, sorted, stretches};
use crate::case::Knowledge;
use crate::program::{Cells, Cut, FactType, Program};
use crate::value::{End, Value};

/// A slot with the states that stand for all others.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Variable {
    pub(super) slot: Slot,
    pub(super) states: Vec<Knowledge>,
    /// Where in `states` each run of neighbours begins that the rules at hand do not tell apart. The states next to a constant
    /// are all there, since a case is best shown with them; one of each run is enough to try.
    runs: Vec<usize>,
    /// Whether the rules at hand cannot tell any other state from these.
    pub(super) exact: bool,
}

impl Variable {
    /// Adds the state that it cannot be established, unless it is there.
    pub(super) fn may_be_unestablished(&mut self) {
        if !self.states.contains(&Knowledge::Unestablished) {
            self.runs.push(self.states.len());
            self.states.push(Knowledge::Unestablished);
        }
    }

    /// The first state of each run.
    pub(super) fn firsts(&self) -> Vec<Knowledge> {
        self.runs.iter().filter_map(|first| self.states.get(*first).copied()).collect()
    }

    /// The last state of a run.
    pub(super) fn last(&self, run: usize) -> Option<Knowledge> {
        let end = run.checked_add(1).and_then(|next| self.runs.get(next)).copied().unwrap_or(self.states.len());
        self.states.get(end.checked_sub(1)?).copied()
    }

    /// The first state of a run.
    pub(super) fn first(&self, run: usize) -> Option<Knowledge> {
        self.states.get(*self.runs.get(run)?).copied()
    }

    /// States each of which may make a difference.
    pub(super) fn of(slot: Slot, states: Vec<Knowledge>, exact: bool) -> Self {
        Variable { slot, runs: (0..states.len()).collect(), states, exact }
    }

    /// The same with one state for each run.
    pub(super) fn fewest(&self) -> Variable {
        Variable::of(self.slot, self.firsts(), self.exact)
    }

    /// Without the states that are no values.
    pub(super) fn values_only(&self) -> Variable {
        // They come last, each in a run of its own.
        let count = self.states.iter().take_while(|state| matches!(state, Knowledge::Value(_))).count();
        Variable {
            slot: self.slot,
            states: self.states.iter().take(count).copied().collect(),
            runs: self.runs.iter().copied().filter(|first| *first < count).collect(),
            exact: self.exact,
        }
    }

    /// Facts with a state of this one.
    pub(super) fn with(&self, facts: &Facts, state: Option<Knowledge>) -> Facts {
        state.map_or_else(|| facts.clone(), |state| facts.with(self.slot, state))
    }
}

/// How rules use one slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Use {
    /// What it is compared with.
    pub(super) cuts: Vec<Cut>,
    /// The states are samples only.
    pub(super) inexact: bool,
    /// It is read as it is, so that each state may make a difference.
    pub(super) as_it_is: bool,
    /// Rules ask whether it is established.
    pub(super) establishing: bool,
}

impl Use {
    /// Adds how other rules use it.
    pub(super) fn add(&mut self, other: &Use) {
        self.cuts.extend_from_slice(&other.cuts);
        self.inexact |= other.inexact;
        self.as_it_is |= other.as_it_is;
        self.establishing |= other.establishing;
    }

    /// The variable of the slot used.
    pub(super) fn variable(&self, program: &Program, slot: Slot) -> Option<Variable> {
        let (kind, bounds, absent) = match slot {
            Slot::Grade => (FactType::Enum(program.grades?), None, false),
            Slot::Fact(fact) => {
                let fact = program.fact(fact)?;
                (fact.kind, fact.bounds.as_ref(), fact.may_be_absent)
            }
        };
        let mut constants: Vec<Value> = self.cuts.iter().map(|cut| cut.value).collect();
        constants.extend(bounds.into_iter().flat_map(ends));
        let allowed = |value: &Value| bounds.is_none_or(|bounds| bounds.contains(value)) && can_be_given(kind, *value);
        let values = sorted(stretches(program, kind, &sorted(constants)).into_iter().filter(allowed).collect());
        let mut runs = self.runs(&values);
        let mut states: Vec<Knowledge> = values.into_iter().map(Knowledge::Value).collect();
        for (is_one, state) in [(absent, Knowledge::Absent), (self.establishing, Knowledge::Unestablished)] {
            if is_one {
                runs.push(states.len());
                states.push(state);
            }
        }
        Some(Variable { slot, states, runs, exact: !self.inexact })
    }

    /// Where neighbours among the values are told apart.
    fn runs(&self, values: &[Value]) -> Vec<usize> {
        let mut cuts: Vec<&Cut> = self.cuts.iter().filter(|cut| cut.below || cut.above).collect();
        cuts.sort_by(|a, b| a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal));
        let neighbours = values.windows(2).enumerate().filter(|(_, pair)| match pair {
            [low, high] if !self.as_it_is => {
                let from = cuts.partition_point(|cut| cut.value < *low);
                cuts.iter().skip(from).take_while(|cut| cut.value <= *high).any(|cut| {
                    let (is_low, is_high) = (cut.value == *low, cut.value == *high);
                    (is_low && cut.above) || (is_high && cut.below) || !(is_low || is_high)
                })
            }
            _ => true,
        });
        let mut runs: Vec<usize> = neighbours.map(|(before, _)| before.saturating_add(1)).collect();
        if !values.is_empty() {
            runs.insert(0, 0);
        }
        runs
    }
}

/// Whether a case can give the value: one that is written with a unit has no sign.
fn can_be_given(kind: FactType, value: Value) -> bool {
    match value {
        Value::Duration(duration) => duration.amount >= 0,
        _ if matches!(kind, FactType::Integer | FactType::Decimal) => true,
        _ => value.as_number().is_none_or(|number| !number.is_negative()),
    }
}

/// The ends of cells, and on which side of each the cells end.
pub(super) fn cuts(cells: &Cells) -> Vec<Cut> {
    let cut = |end: End<Value>, is_low: bool| match end {
        End::Open => None,
        End::Included(value) => Some(Cut { value, below: is_low, above: !is_low }),
        End::Excluded(value) => Some(Cut { value, below: !is_low, above: is_low }),
    };
    match cells {
        Cells::Any => Vec::new(),
        Cells::Not(value) => vec![Cut { value: *value, below: true, above: true }],
        Cells::Ranges(ranges) => {
            ranges.iter().flat_map(|range| [cut(range.low, true), cut(range.high, false)]).flatten().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Use, cuts};
    use crate::program::{Cells, Cut};
    use crate::value::{End, Number, Range, Value};

    fn number(value: i64) -> Value {
        Value::Number(Number::integer(value))
    }

    fn runs(cuts: Vec<Cut>, as_it_is: bool) -> Vec<usize> {
        let values: Vec<Value> = (0..8).map(number).collect();
        Use { cuts, as_it_is, ..Use::default() }.runs(&values)
    }

    #[test]
    fn values_between_the_ends_of_cells_stand_for_each_other() {
        let from_two_below_five = Range { low: End::Included(number(2)), high: End::Excluded(number(5)) };
        assert_eq!(runs(cuts(&Cells::Ranges(vec![from_two_below_five])), false), [0, 2, 5]);
        let above_two_up_to_five = Range { low: End::Excluded(number(2)), high: End::Included(number(5)) };
        assert_eq!(runs(cuts(&Cells::Ranges(vec![above_two_up_to_five])), false), [0, 3, 6]);
        assert_eq!(runs(cuts(&Cells::Not(number(3))), false), [0, 3, 4]);
        let between = Cut { value: Value::Number(Number::ratio(5, 2).unwrap()), below: true, above: false };
        assert_eq!(runs(vec![between], false), [0, 3]);
        assert_eq!(runs(Vec::new(), false), [0]);
    }

    #[test]
    fn what_is_read_as_it_is_has_a_run_for_each_value() {
        assert_eq!(runs(Vec::new(), true), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
