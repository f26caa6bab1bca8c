//! Parts of the rules of one version worked out alone, by the code that works out whole cases.
//!
//! In: a case of one act, and what part is asked for. Out: its value, or why there is none. What is proved of rules is
//! proved of these parts, so that nothing is worked out in two ways.

use super::knowledge::Known;
use super::{Candidate, Matter};
use crate::case::{Case, Person};
use crate::program::{Condition, Expression, FactId, FactorProgram, Program, RuleId, Violation, ViolationVersion};
use crate::trail::{Problem, Recorder, Truth};
use crate::value::{AmountRange, Date, Value};

/// Where parts are worked out: a case, and the version of the law it is judged by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) program: &'a Program,
    /// Of one act, and of whoever is judged for it: its one person, or else the party.
    pub(crate) case: &'a Case,
    pub(crate) violation: &'a Violation,
    pub(crate) version: &'a ViolationVersion,
    /// The day whose rules are used.
    pub(crate) day: Date,
}

/// What a case may be asked for: a fact, or the party's credit grade.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Slot {
    /// A fact of the act.
    Fact(FactId),
    /// The credit grade.
    Grade,
}

/// Why a part has no value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Unsettled {
    /// The case is silent on what it rests on; this is the first of it, when it is something a case may give.
    NotAsked(Option<Slot>),
    /// It rests on what cannot be established.
    Unestablished,
    /// It cannot be worked out.
    Problem(Problem),
}

/// What the statute threatens in a case.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Threat {
    /// There is no violation.
    NotEstablished,
    /// There is a violation, and no fine for it.
    NoFine,
    /// The range of the fine, and the rule it comes from.
    Range(RuleId, AmountRange),
    /// It cannot be said.
    Open(Unsettled),
}

/// The range before one is known.
pub(crate) const NO_RANGE: AmountRange = AmountRange { min: None, max: None };

impl Parts<'_> {
    /// The value of an expression, inside the range given and after the steps of the benchmark given.
    pub(crate) fn value(
        &self,
        value: Expression,
        range: AmountRange,
        steps: &[Option<Value>],
    ) -> Result<Value, Unsettled> {
        self.with(|candidate| {
            candidate.range = range;
            candidate.steps = steps.iter().map(|step| step.map_or(Known::Unestablished, Known::Value)).collect();
            let known = candidate.value(value.root);
            candidate.settled(known)
        })
    }

    /// Whether a condition holds, or what leaves it open. What cannot be established does not hold.
    pub(crate) fn condition(&self, condition: &Condition) -> Result<bool, Unsettled> {
        self.with(|candidate| match candidate.condition(condition) {
            Truth::True => Ok(true),
            Truth::False => Ok(false),
            Truth::Unknown => Err(candidate.unsettled()),
        })
    }

    /// Whether one expression holds, or what leaves it open; what cannot be established is told apart here.
    pub(crate) fn holds(&self, value: Expression) -> Result<bool, Unsettled> {
        self.value(value, NO_RANGE, &[]).map(|value| value == Value::Bool(true))
    }

    /// What a factor adds.
    pub(crate) fn factor(
        &self,
        factor: &FactorProgram,
        range: AmountRange,
        steps: &[Option<Value>],
    ) -> Result<Value, Unsettled> {
        self.with(|candidate| {
            candidate.range = range;
            candidate.steps = steps.iter().map(|step| step.map_or(Known::Unestablished, Known::Value)).collect();
            let known = candidate.factor(factor);
            candidate.settled(known)
        })
    }

    /// Whether there is a violation, and the range of its fine.
    pub(crate) fn threat(&self) -> Threat {
        let found = self.with(|candidate| match candidate.elements() {
            Truth::False => Ok(Threat::NotEstablished),
            Truth::Unknown => Err(candidate.unsettled()),
            Truth::True => match candidate.statutory() {
                _ if candidate.open || !candidate.problems.is_empty() => Err(candidate.unsettled()),
                Some(range) => Ok(Threat::Range(candidate.range_rule, range)),
                None => Ok(Threat::NoFine),
            },
        });
        found.unwrap_or_else(Threat::Open)
    }

    /// Works something out for whoever is judged.
    fn with<T>(&self, work: impl FnOnce(&mut Candidate<'_>) -> Result<T, Unsettled>) -> Result<T, Unsettled> {
        let act = self.case.acts.first().ok_or(Unsettled::NotAsked(None))?;
        let actor = self.case.party_for(act);
        let person = act.persons.first().map(Person::judged);
        let matter = Matter {
            case: self.case,
            act,
            judged: person.unwrap_or(actor),
            actor,
            unit: None,
            unit_at_decision: None,
            among_several: false,
            persons_named: person.is_some(),
            sums: &[],
        };
        let mut recorder = Recorder::new(false);
        let mut candidate = Candidate::new(self.program, matter, self.violation, self.version, self.day, &mut recorder);
        work(&mut candidate)
    }
}

impl Candidate<'_> {
    fn settled(&self, known: Known) -> Result<Value, Unsettled> {
        match known {
            Known::Value(value) => Ok(value),
            Known::Unestablished => Err(Unsettled::Unestablished),
            Known::NotAsked | Known::Failed => Err(self.unsettled()),
        }
    }

    /// What left something open: a fact to ask before anything else, because it may mend the rest.
    fn unsettled(&self) -> Unsettled {
        let slot = self.facts_to_ask.first().map(|fact| Slot::Fact(*fact));
        match (slot.or(self.grade_asked.then_some(Slot::Grade)), self.problems.first()) {
            (None, Some(problem)) => Unsettled::Problem(*problem),
            (slot, _) => Unsettled::NotAsked(slot),
        }
    }
}
