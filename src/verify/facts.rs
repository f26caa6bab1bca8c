use crate::case::Knowledge;
pub(super) use crate::evaluate::Slot;
use crate::value::Value;

/// What a case says: facts, and the credit grade, with their states. In the order of slots, each once.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Facts(Vec<(Slot, Knowledge)>);

impl Facts {
    /// What is said of a slot.
    pub(super) fn get(&self, slot: Slot) -> Option<Knowledge> {
        let place = self.0.binary_search_by_key(&slot, |(each, _)| *each).ok()?;
        self.0.get(place).map(|(_, knowledge)| *knowledge)
    }

    /// The value of a slot, when it has one.
    pub(super) fn value(&self, slot: Slot) -> Option<Value> {
        match self.get(slot)? {
            Knowledge::Value(value) => Some(value),
            Knowledge::Records(_) | Knowledge::Unestablished | Knowledge::Absent => None,
        }
    }

    /// Says something of a slot, in place of what was said before.
    pub(super) fn set(&mut self, slot: Slot, knowledge: Knowledge) {
        match self.0.binary_search_by_key(&slot, |(each, _)| *each) {
            Ok(place) => {
                if let Some((_, old)) = self.0.get_mut(place) {
                    *old = knowledge;
                }
            }
            Err(place) => self.0.insert(place, (slot, knowledge)),
        }
    }

    /// Says nothing of a slot.
    pub(super) fn unset(&mut self, slot: Slot) {
        self.0.retain(|(each, _)| *each != slot);
    }

    /// The same with one slot said otherwise.
    pub(super) fn with(&self, slot: Slot, knowledge: Knowledge) -> Facts {
        let mut facts = self.clone();
        facts.set(slot, knowledge);
        facts
    }

    /// The same without one slot.
    pub(super) fn without(&self, slot: Slot) -> Facts {
        let mut facts = self.clone();
        facts.unset(slot);
        facts
    }

    /// Both; what `self` says comes first where both say something.
    pub(super) fn and(&self, other: &Facts) -> Facts {
        let mut facts = self.clone();
        for (slot, knowledge) in other.iter() {
            if facts.get(slot).is_none() {
                facts.set(slot, knowledge);
            }
        }
        facts
    }

    /// Only the slots that `keep` names.
    pub(super) fn only(&self, keep: impl Fn(Slot) -> bool) -> Facts {
        Facts(self.0.iter().filter(|(slot, _)| keep(*slot)).copied().collect())
    }

    /// All that is said, in the order of slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Slot, Knowledge)> + '_ {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, Slot};
    use crate::case::Knowledge;
    use crate::program::FactId;
    use crate::value::Value;

    #[test]
    fn what_is_said_later_replaces_what_was_said_and_what_is_joined_does_not() {
        let (a, b) = (Slot::Fact(FactId::new(0)), Slot::Fact(FactId::new(1)));
        let yes = Knowledge::Value(Value::Bool(true));
        let no = Knowledge::Value(Value::Bool(false));
        let mut facts = Facts::default();
        facts.set(b, yes);
        facts.set(a, yes);
        facts.set(b, no);
        assert_eq!(facts.iter().collect::<Vec<_>>(), [(a, yes), (b, no)]);
        let joined = facts.without(a).and(&Facts::default().with(a, no).with(b, yes));
        assert_eq!(joined.iter().collect::<Vec<_>>(), [(a, no), (b, no)]);
        assert_eq!(joined.value(a), Some(Value::Bool(false)));
    }
}
