//! The facts of one case, bound to the slots of one program.
//!
//! In: values checked by `wire`. Out: a [`Case`], ready to evaluate any number of times.

use std::sync::Arc;

use crate::program::{FactId, Pool};
use crate::value::{Date, Value};

/// Who the party is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PartyKind {
    /// 单位.
    Unit,
    /// 个人.
    Individual,
}

/// What is known of a fact.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Knowledge {
    /// A value.
    Value(Value),
    /// Records, by their place in the lists of the case.
    Records(u32),
    /// Asked, and cannot be established.
    Unestablished,
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
    /// Sorted by slot.
    pub(crate) facts: Vec<(FactId, Knowledge)>,
}

impl Act {
    /// What the case says of a fact; `None` when it is silent.
    pub(crate) fn fact(&self, id: FactId) -> Option<Knowledge> {
        let index = self.facts.binary_search_by_key(&id, |(slot, _)| *slot).ok()?;
        self.facts.get(index).map(|(_, knowledge)| *knowledge)
    }
}

impl Case {
    /// A list of records.
    pub(crate) fn records(&self, list: u32) -> &[Record] {
        usize::try_from(list).ok().and_then(|index| self.lists.get(index)).map_or(&[], Vec::as_slice)
    }

    /// The case's own id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}
