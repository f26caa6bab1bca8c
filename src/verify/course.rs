//! How the amounts of a scene go with one fact, over all cases that differ in nothing else.

use std::cmp::Ordering;
use std::rc::Rc;

use super::amounts::{Amount, Sweep};
use super::facts::Facts;
use super::grid::Seen;
use super::lanes::Lanes;
use super::pieces::Pieces;
use super::scene::Scene;
use crate::case::Knowledge;
use crate::value::{AmountRange, Number, Value};

/// The most steps that are kept to find one that a case shows.
const KEPT: usize = 16;

/// A scene with its pieces, and what was found of it so far.
pub(super) struct Stage<'s, 'a> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) pieces: &'s Pieces<'a>,
    pub(super) sweep: Sweep<'s, 'a>,
    courses: Vec<Option<Rc<Course>>>,
}

/// Two neighbouring values of a fact with their amounts, all other facts the same.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) facts: Facts,
    /// The runs of states of the fact that the two belong to.
    pub(super) runs: (usize, usize),
    pub(super) amounts: (Number, Number),
    pub(super) values: (Value, Value),
    pub(super) range: AmountRange,
}

impl Change {
    /// By how much the amount changes.
    pub(super) fn size(&self) -> Option<Number> {
        let difference = self.amounts.1.subtract(self.amounts.0)?;
        if difference.is_negative() { difference.negate() } else { Some(difference) }
    }
}

/// How the amount goes with one fact.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// A larger value, a lower amount.
    pub(super) falls: Vec<Change>,
    /// A larger value, a higher amount.
    pub(super) rises: Vec<Change>,
    pub(super) largest: Option<Change>,
    /// Two cases that differ in this fact only, with different amounts.
    pub(super) differs: Option<(Facts, Facts)>,
    pub(super) seen: Option<Seen>,
}

impl<'s, 'a> Stage<'s, 'a> {
    pub(super) fn of(scene: &'s Scene<'a>, pieces: &'s Pieces<'a>) -> Self {
        let courses = vec![None; pieces.variables.len()];
        Stage { scene, pieces, sweep: Sweep::of(scene, pieces), courses }
    }

    /// How the amounts go with a variable, by its place among those of the pieces.
    pub(super) fn course(&mut self, place: usize) -> Rc<Course> {
        if let Some(known) = self.courses.get(place).and_then(Option::as_ref) {
            return Rc::clone(known);
        }
        let mut course = Course::default();
        if let Some(variable) = self.pieces.variables.get(place) {
            let lanes = Lanes::of(variable);
            // What is no value has no place in an order; such states come last.
            let values = variable.firsts().iter().take_while(|state| matches!(state, Knowledge::Value(_))).count();
            let seen = self.sweep.run(&lanes, &mut |_, _, _| {}, &mut |amounts, facts| {
                course.note(&lanes, values, amounts, facts);
            });
            course.seen = Some(seen);
        }
        let course = Rc::new(course);
        if let Some(known) = self.courses.get_mut(place) {
            *known = Some(Rc::clone(&course));
        }
        course
    }
}

impl Course {
    fn note(&mut self, lanes: &Lanes, values: usize, amounts: &[Amount], facts: &dyn Fn() -> Facts) {
        let known = || amounts.iter().enumerate().filter_map(|(lane, amount)| amount.map(|amount| (lane, amount)));
        if self.differs.is_none()
            && let Some((first, amount)) = known().next()
            && let Some((second, _)) = known().find(|(_, other)| *other != amount)
        {
            self.differs = Some((lanes.facts(&facts(), first), lanes.facts(&facts(), second)));
        }
        let after = known().skip(1).take_while(|(lane, _)| *lane < values);
        for ((first, (_, before)), (second, (range, after))) in known().zip(after) {
            let Some(order) = compared(before, after) else { continue };
            let amounts = match (before.ends(), after.ends()) {
                // Of two bands the ends that differ are compared.
                (Some(one), Some(other)) if one.1 != other.1 => (one.1, other.1),
                (Some(one), Some(other)) => (one.0, other.0),
                _ => continue,
            };
            let kept = match order {
                Ordering::Less => &mut self.rises,
                Ordering::Greater => &mut self.falls,
                Ordering::Equal => continue,
            };
            let change = || Change { facts: facts(), runs: (first, second), amounts, values: (before, after), range };
            if kept.len() < KEPT {
                kept.push(change());
            }
            let size = amounts
                .1
                .subtract(amounts.0)
                .and_then(|size| if size.is_negative() { size.negate() } else { Some(size) });
            if size > self.largest.as_ref().and_then(Change::size) {
                self.largest = Some(change());
            }
        }
    }
}

fn compared(before: Value, after: Value) -> Option<Ordering> {
    let (one, other) = (before.ends()?, after.ends()?);
    match (one.0.cmp(&other.0), one.1.cmp(&other.1)) {
        (low, high) if low == high => Some(low),
        (Ordering::Equal, other) | (other, Ordering::Equal) => Some(other),
        // Bands that lie inside each other are neither heavier nor lighter.
        _ => None,
    }
}
