//! How the amounts of a scene go with one fact, over all cases that differ in nothing else.

use std::cell::RefCell;
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
    /// Shared with the other scenes in which the amounts are the same.
    courses: Rc<RefCell<Vec<Option<Rc<Course>>>>>,
}

/// Two neighbouring values of a fact with their amounts, all other facts the same.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) facts: Facts,
    /// The runs of states of the fact that the two belong to.
    pub(super) runs: (usize, usize),
    pub(super) amounts: (Number, Number),
    /// By how much the amount changes.
    pub(super) size: Option<Number>,
    pub(super) values: (Value, Value),
    pub(super) range: AmountRange,
}

/// How the amount goes with one fact.
#[derive(Debug, Default)]
pub(super) struct Course {
    /// A larger value, a lower amount.
    pub(super) falls: Vec<Change>,
    /// Whether there is a larger value with a higher amount.
    pub(super) rises: bool,
    pub(super) largest: Option<Change>,
    /// Two cases that differ in this fact only, with different amounts.
    pub(super) differs: Option<(Facts, Facts)>,
    pub(super) seen: Option<Seen>,
}

impl<'s, 'a> Stage<'s, 'a> {
    pub(super) fn of(scene: &'s Scene<'a>, pieces: &'s Pieces<'a>) -> Self {
        let courses = Rc::new(RefCell::new(vec![None; pieces.variables.len()]));
        Stage { scene, pieces, sweep: Sweep::of(scene, pieces), courses }
    }

    /// A stage for each scene that has pieces. Where the kind of party decides nothing, a unit and an individual come to the
    /// same amounts under the same rules, which are then worked out once.
    pub(super) fn all(scenes: &'s [(&'s Scene<'a>, Pieces<'a>)]) -> Vec<Self> {
        let mut stages: Vec<Stage<'s, 'a>> = Vec::new();
        for (scene, pieces) in scenes {
            let mut stage = Stage::of(scene, pieces);
            let same = |other: &&Stage<'s, 'a>| {
                !pieces.by_party && !other.pieces.by_party && other.scene.is_under_the_same_rules(scene)
            };
            if let Some(other) = stages.iter().find(same) {
                stage.courses = Rc::clone(&other.courses);
            }
            stages.push(stage);
        }
        stages
    }

    /// How the amounts go with a variable, by its place among those of the pieces.
    pub(super) fn course(&mut self, place: usize) -> Rc<Course> {
        if let Some(known) = self.courses.borrow().get(place).and_then(Option::as_ref) {
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
        if let Some(known) = self.courses.borrow_mut().get_mut(place) {
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
            let change = || {
                let size =
                    if order == Ordering::Less { amounts.1.subtract(amounts.0) } else { amounts.0.subtract(amounts.1) };
                Change { facts: facts(), runs: (first, second), amounts, size, values: (before, after), range }
            };
            match order {
                Ordering::Less => self.rises = true,
                Ordering::Greater if self.falls.len() < KEPT => self.falls.push(change()),
                Ordering::Greater => {}
                Ordering::Equal => continue,
            }
            let is_larger = match (order, &self.largest) {
                (_, None) => true,
                (Ordering::Less, Some(largest)) => amounts.1.subtract(amounts.0) > largest.size,
                (_, Some(largest)) => amounts.0.subtract(amounts.1) > largest.size,
            };
            if is_larger {
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
