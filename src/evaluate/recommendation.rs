use std::sync::Arc;

use super::candidate_result::{CandidateResult, Outcome};
use super::competition::{Competition, Standing};
use crate::case::{Judged, PartyKind};
use crate::program::{Pool, Program};
use crate::trail::{Moment, Trail};
use crate::value::{Date, Number};

/// What is recommended for one case: a determination for each act and violation, with its explanation.
///
/// It holds everything a reader needs: the rule texts it was made with, their digests, and the trail.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub(crate) program: Arc<Program>,
    /// The texts and provisions that values of the trail name.
    pub(crate) pool: Arc<Pool>,
    /// The case's own id.
    pub case_id: Arc<str>,
    /// The area whose rules were applied.
    pub area: Arc<str>,
    /// The day of the decision.
    pub decided_on: Date,
    /// Unit or individual.
    pub party: PartyKind,
    /// One for each act, violation and party judged, in the order of the case: of each act first the party, then its
    /// responsible persons, then each other party with its own.
    pub determinations: Vec<Determination>,
    /// One for each act that several norms cover.
    pub competitions: Vec<Competition>,
}

/// Who is judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Unit, individual, or responsible person of a unit.
    pub kind: PartyKind,
    /// Id of the person in the case; `None` is the party of the case.
    pub id: Option<Arc<str>>,
    /// Of a responsible person of another unit than the party of the case: the id of that unit.
    pub of: Option<Arc<str>>,
}

impl Target {
    /// Id of the unit that a responsible person answers for; the party of the case has none.
    pub(super) fn of_unit(&self) -> Option<Arc<str>> {
        self.of.clone()
    }

    pub(super) fn of(judged: Judged<'_>) -> Self {
        Target { kind: judged.kind, id: judged.id.cloned(), of: judged.of.cloned() }
    }
}

/// What the fines of one party come to. Fines of different parties are never added up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Total {
    /// Whose fines.
    pub target: Target,
    /// Over how many determinations.
    pub determinations: usize,
    /// Their sum; `None` when one of them is not determined, left to the officer, or waits for a referral.
    pub amount: Option<Number>,
}

impl Recommendation {
    /// The rules it was made with.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The sum of the fines of the party of the case; `None` when one of them is not determined, left to the officer, or
    /// waits for a referral.
    #[must_use]
    pub fn total(&self) -> Option<Number> {
        self.totals().into_iter().find(|total| total.target.id.is_none())?.amount
    }

    /// The sum of the fines of each party, in the order in which they are first judged.
    #[must_use]
    pub fn totals(&self) -> Vec<Total> {
        let mut totals: Vec<Total> = Vec::new();
        for determination in &self.determinations {
            let fine = determination.amount_to_pay();
            match totals.iter_mut().find(|total| total.target.id == determination.target.id) {
                Some(total) => {
                    total.determinations = total.determinations.saturating_add(1);
                    total.amount = total.amount.zip(fine).and_then(|(sum, fine)| sum.plus(fine));
                }
                None => totals.push(Total { target: determination.target.clone(), determinations: 1, amount: fine }),
            }
        }
        totals
    }

    /// Whether every determination has an answer that does not depend on facts still to be asked.
    #[must_use]
    pub fn is_determined(&self) -> bool {
        self.determinations.iter().all(|determination| match determination.standing {
            Standing::GivesWay(..) => true,
            Standing::Open => false,
            _ => determination.result.outcome != Outcome::Undetermined,
        })
    }
}

/// The answer for one act and one violation.
#[derive(Clone, PartialEq, Debug)]
pub struct Determination {
    /// Who is judged.
    pub target: Target,
    /// Id of the act.
    pub act: Arc<str>,
    /// First day of the act.
    pub began_on: Date,
    /// Last day of the act; `None` while it goes on.
    pub ended_on: Option<Date>,
    /// Day of discovery.
    pub discovered_on: Option<Date>,
    /// Id of the violation.
    pub violation: Arc<str>,
    /// Where it stands beside other determinations for the same act.
    pub standing: Standing,
    /// Which moment's law applied; `None` when no version could be chosen.
    pub moment: Option<Moment>,
    /// Under the law that applies.
    pub result: CandidateResult,
    /// Under the other version, when two were compared.
    pub other: Option<CandidateResult>,
    /// Result and other are those at the act and at the decision, still to be compared.
    pub(crate) after_concurrence: bool,
    /// The explanation, step by step.
    pub trail: Trail,
}

impl Determination {
    /// What has to be paid: nothing where there is no fine or another norm's fine is imposed, `None` where it is not
    /// determined.
    #[must_use]
    pub fn amount_to_pay(&self) -> Option<Number> {
        match self.standing {
            Standing::GivesWay(..) => Some(Number::ZERO),
            Standing::LeftToOfficer(_) | Standing::Waits | Standing::Open => None,
            Standing::Applies | Standing::WithoutFine => self.result.amount_to_pay(),
        }
    }
}
