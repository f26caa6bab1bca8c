//! Things kept once and named by a number, so that comparing and looking up is cheap however large they are; and the way to a
//! combination, from which its facts are put together only when someone asks.

use std::hash::{BuildHasherDefault, Hash};
use std::rc::Rc;

use indexmap::IndexSet;

use super::facts::Facts;
use super::map::Mixer;

/// The number of something that is kept.
pub(super) type Id = u32;

/// Things of one kind, each once.
pub(super) struct Kept<T>(IndexSet<T, BuildHasherDefault<Mixer>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept(IndexSet::default())
    }
}

impl<T: Hash + Eq> Kept<T> {
    /// Its number; `None` when there are more than numbers.
    pub(super) fn id(&mut self, of: T) -> Option<Id> {
        Id::try_from(self.0.insert_full(of).0).ok()
    }

    /// What has a number.
    pub(super) fn get(&self, id: Id) -> Option<&T> {
        self.0.get_index(usize::try_from(id).ok()?)
    }
}

/// The facts that lead to something.
#[derive(Debug)]
pub(super) enum Way {
    /// These.
    By(Facts),
    /// Those of both; what the first says comes first.
    Both(Rc<Way>, Rc<Way>),
}

impl Way {
    pub(super) fn by(facts: Facts) -> Rc<Self> {
        Rc::new(Way::By(facts))
    }

    pub(super) fn both(one: &Rc<Way>, other: &Rc<Way>) -> Rc<Self> {
        Rc::new(Way::Both(Rc::clone(one), Rc::clone(other)))
    }

    /// The facts.
    pub(super) fn facts(&self) -> Facts {
        match self {
            Way::By(facts) => facts.clone(),
            Way::Both(one, other) => one.facts().and(&other.facts()),
        }
    }
}
