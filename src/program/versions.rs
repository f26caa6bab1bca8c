use super::rule::InForce;
use crate::value::Date;

/// The declarations of one name, of which at most one holds on a day. Facts, definitions, tables and measures have them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Versions<T> {
    /// Each with its interval, by first day; one that holds always stands alone.
    versions: Vec<(Option<InForce>, T)>,
}

impl<T> Default for Versions<T> {
    fn default() -> Self {
        Versions { versions: Vec::new() }
    }
}

impl<T: Copy> Versions<T> {
    /// One that holds always.
    #[must_use]
    pub fn always(only: T) -> Self {
        Versions { versions: vec![(None, only)] }
    }

    /// Adds the declaration that holds in an interval.
    pub(super) fn add(&mut self, in_force: Option<InForce>, version: T) {
        self.versions.push((in_force, version));
        self.versions.sort_by_key(|(in_force, _)| in_force.map(|in_force| in_force.from));
    }

    /// The one that holds on `day`.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<T> {
        self.versions.iter().find(|(in_force, _)| in_force.is_none_or(|each| each.holds_on(day))).map(|(_, each)| *each)
    }

    /// Whether what holds differs from day to day.
    #[must_use]
    pub fn depend_on_the_day(&self) -> bool {
        self.versions.iter().any(|(in_force, _)| in_force.is_some())
    }

    /// The declarations with their intervals, by first day; none for one that holds always.
    pub fn intervals(&self) -> impl Iterator<Item = (InForce, T)> + '_ {
        self.versions.iter().filter_map(|(in_force, each)| Some(((*in_force)?, *each)))
    }

    /// The declarations with their intervals, by first day.
    pub fn with_intervals(&self) -> impl Iterator<Item = (Option<InForce>, T)> + '_ {
        self.versions.iter().copied()
    }

    /// The declarations, by first day.
    pub fn all(&self) -> impl Iterator<Item = T> + '_ {
        self.versions.iter().map(|(_, each)| *each)
    }
}
