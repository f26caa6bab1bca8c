//! The facts of one case, bound to the slots of one program.
//!
//! In: values checked by `wire`. Out: a [`Case`], ready to evaluate any number of times.

mod enforcement;

pub use enforcement::Found;
pub(crate) use enforcement::{DailyCycle, OrderServed, Payment};

use std::sync::Arc;

use crate::program::{FactId, Pool};
use crate::value::{Date, Value};

pub use crate::program::PartyKind;

/// What is known of a fact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Knowledge {
    /// A value.
    Value(Value),
    /// Records, by their place in the lists of the case.
    Records(u32),
    /// Asked, and cannot be established.
    Unestablished,
    /// Asked, and there is none: no illegal gains, say. It is not zero.
    Absent,
}

/// One record of a list, such as one earlier penalty: what is known of each field.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Record {
    /// In the order of the fields; `None` where the case is silent.
    pub(crate) fields: Vec<Option<Knowledge>>,
}

/// A case: who, what, when, and the facts, checked against one rule set.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The program whose slots the facts are bound to.
    pub(crate) read_by: Arc<str>,
    pub(crate) id: Arc<str>,
    pub(crate) area: Arc<str>,
    pub(crate) decided_on: Date,
    pub(crate) party: PartyKind,
    pub(crate) credit_grade: Option<Knowledge>,
    pub(crate) acts: Vec<Act>,
    /// The lists of records its facts hold.
    pub(crate) lists: Vec<Vec<Record>>,
    /// The texts and provisions its values name: those of the rules, and its own.
    pub(crate) pool: Arc<Pool>,
}

/// One act of a case.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Act {
    pub(crate) id: Arc<str>,
    pub(crate) began_on: Date,
    /// `None` while the act goes on.
    pub(crate) ended_on: Option<Date>,
    pub(crate) discovered_on: Option<Date>,
    /// Id of the violation.
    pub(crate) violation_id: Arc<str>,
    /// Index of the violation in the program.
    pub(crate) violation: usize,
    /// Of the party: what is known of it and of the act. Sorted by slot.
    pub(crate) facts: Vec<(FactId, Knowledge)>,
    /// Everyone else who is judged for the act, in the order of the case.
    pub(crate) persons: Vec<Person>,
    /// Fine decisions with their orders to correct and re-inspections, in order.
    pub(crate) daily: Vec<DailyCycle>,
    /// The payment of a sum due.
    pub(crate) payment: Option<Payment>,
}

/// Someone besides the party of the case: a responsible person of a unit, or another party to the same act.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Person {
    pub(crate) id: Arc<str>,
    pub(crate) kind: PartyKind,
    /// Of a responsible person: the unit; `None` is the party of the case.
    pub(crate) of: Option<Arc<str>>,
    pub(crate) credit_grade: Option<Knowledge>,
    /// What is known of the act and of this person, whose own facts come first. Sorted by slot.
    pub(crate) facts: Vec<(FactId, Knowledge)>,
}

/// Someone who is judged for an act, with what is known of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged<'a> {
    pub(crate) kind: PartyKind,
    /// `None` is the party of the case.
    pub(crate) id: Option<&'a Arc<str>>,
    /// Of a responsible person of another unit than the party: that unit.
    pub(crate) of: Option<&'a Arc<str>>,
    pub(crate) credit_grade: Option<Knowledge>,
    facts: &'a [(FactId, Knowledge)],
}

impl Judged<'_> {
    /// What the case says of a fact; `None` when it is silent.
    pub(crate) fn fact(&self, id: FactId) -> Option<Knowledge> {
        let index = self.facts.binary_search_by_key(&id, |(slot, _)| *slot).ok()?;
        self.facts.get(index).map(|(_, knowledge)| *knowledge)
    }
}

impl Person {
    pub(crate) fn judged(&self) -> Judged<'_> {
        Judged {
            kind: self.kind,
            id: Some(&self.id),
            of: self.of.as_ref(),
            credit_grade: self.credit_grade,
            facts: &self.facts,
        }
    }
}

impl Case {
    /// A list of records.
    pub(crate) fn records(&self, list: u32) -> &[Record] {
        usize::try_from(list).ok().and_then(|index| self.lists.get(index)).map_or(&[], Vec::as_slice)
    }

    /// The party of the case as it is judged for one of its acts.
    pub(crate) fn party_for<'a>(&self, act: &'a Act) -> Judged<'a> {
        Judged { kind: self.party, id: None, of: None, credit_grade: self.credit_grade, facts: &act.facts }
    }

    /// The case's own id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}
