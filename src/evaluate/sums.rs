//! What one decision comes to over all violations of a party: the sums that procedure looks at.
//!
//! Several violations may stand in one decision (生态环境行政处罚办法 Art. 55), and its thresholds are those of the decision.

use std::sync::Arc;

use super::band::Band;
use super::{Candidate, Standing};
use super::{CandidateResult, Determination, Fine, MeasureResult, OfficerOption, Outcome};
use crate::case::Case;
use crate::program::{Direction, Program, RuleId};
use crate::resolved::{BuiltInName, MeasureKind};
use crate::trail::Extent;
use crate::value::{AmountRange, Number, Value};

/// At least and at most how much; the most may not be known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Spread {
    pub(super) low: Number,
    pub(super) high: Option<Number>,
}

impl Spread {
    const NOTHING: Spread = Spread { low: Number::ZERO, high: Some(Number::ZERO) };
    const OPEN: Spread = Spread { low: Number::ZERO, high: None };

    fn between(range: AmountRange) -> Spread {
        Spread { low: range.min.unwrap_or(Number::ZERO), high: range.max }
    }

    pub(super) fn of(band: Band) -> Spread {
        Spread { low: band.low, high: Some(band.high) }
    }

    /// The one amount, when there is no doubt.
    pub(super) fn amount(self) -> Option<Number> {
        (self.high == Some(self.low)).then_some(self.low)
    }

    /// With another one. A sum that exact arithmetic cannot hold is not known.
    pub(super) fn plus(self, other: Spread) -> Spread {
        match self.low.plus(other.low) {
            Some(low) => Spread { low, high: self.high.zip(other.high).and_then(|(one, other)| one.plus(other)) },
            None => Spread { low: self.low, high: None },
        }
    }
}

/// What the violations of one party come to.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Sums {
    /// Id of the person; `None` is the party of the case.
    person: Option<Arc<str>>,
    fines: Spread,
    confiscated: Spread,
    /// Confiscations counted, so that one that two norms bring for one act counts once.
    counted: Vec<(Arc<str>, RuleId)>,
}

/// The sums of each party. A determination that gives way brings no fine.
pub(super) fn of(program: &Program, determinations: &[Determination]) -> Vec<Sums> {
    let mut all: Vec<Sums> = Vec::new();
    for determination in determinations {
        let person = &determination.target.id;
        let place = all.iter().position(|sums| sums.person == *person).unwrap_or_else(|| {
            let (person, counted) = (person.clone(), Vec::new());
            all.push(Sums { person, fines: Spread::NOTHING, confiscated: Spread::NOTHING, counted });
            all.len().saturating_sub(1)
        });
        let Some(sums) = all.get_mut(place) else { continue };
        sums.fines = sums.fines.plus(match determination.standing {
            Standing::GivesWay(..) | Standing::Waits => Spread::NOTHING,
            Standing::Open | Standing::LeftToOfficer(_) => Spread { low: Number::ZERO, ..fine(&determination.result) },
            Standing::Applies | Standing::WithoutFine => fine(&determination.result),
        });
        if !matches!(determination.standing, Standing::GivesWay(way, _) if !way.keeps_measures()) {
            sums.confiscate(program, determination);
        }
    }
    all
}

/// What the fine can be. A fine that waits for a referral is not imposed now.
fn fine(result: &CandidateResult) -> Spread {
    let may_be_reduced = result.options.iter().any(|option| {
        matches!(option, OfficerOption::Weigh { direction: Direction::Reduced | Direction::LighterOrReduced, .. })
    });
    let imposed = |fine: &Fine| match (fine.amount, fine.within) {
        (Some(amount), _) => Spread { low: amount, high: Some(amount) },
        (None, Some(within)) => Spread::between(within),
        (None, None) if may_be_reduced => Spread { low: Number::ZERO, ..Spread::between(fine.range) },
        (None, None) => Spread::between(fine.range),
    };
    match result.outcome {
        Outcome::Fine => result.fine.as_ref().map_or(Spread::OPEN, imposed),
        Outcome::Choice => Spread { low: Number::ZERO, ..result.fine.as_ref().map_or(Spread::NOTHING, imposed) },
        Outcome::Undetermined => Spread::OPEN,
        Outcome::NotEstablished
        | Outcome::NoLongerUnlawful
        | Outcome::NotPunishable
        | Outcome::NoPenalty
        | Outcome::Barred
        | Outcome::Referred
        | Outcome::OrderOnly => Spread::NOTHING,
    }
}

impl Sums {
    fn confiscate(&mut self, program: &Program, determination: &Determination) {
        let result = &determination.result;
        let takes = |measure: &MeasureResult| {
            program.measure(measure.rule).is_some_and(|declared| declared.kind == MeasureKind::Confiscation)
        };
        for measure in result.measures.iter().filter(|measure| takes(measure)) {
            let counted = (Arc::clone(&determination.act), measure.rule);
            if !self.counted.contains(&counted) {
                self.counted.push(counted);
                self.confiscated = self.confiscated.plus(taken(measure));
            }
        }
        // What the officer may take, and what is not settled, adds an amount that is not known.
        let offered = result.options.iter().any(|option| match option {
            OfficerOption::OneOf(group) | OfficerOption::Measures(group) => group.iter().any(takes),
            OfficerOption::Fine(_, group) => group.iter().any(takes),
            _ => false,
        });
        if offered || matches!(result.outcome, Outcome::Undetermined) {
            self.confiscated = self.confiscated.plus(Spread::OPEN);
        }
    }
}

/// How much money a confiscation takes. What things are worth no rule says.
fn taken(measure: &MeasureResult) -> Spread {
    match measure.extent {
        Some(Extent::Nothing) => Spread::NOTHING,
        Some(Extent::Figure(Value::Money(amount))) => Spread { low: amount, high: Some(amount) },
        Some(Extent::Between(range, Value::Money(_))) => Spread::between(range),
        _ => Spread::OPEN,
    }
}

/// Whether any rule looks at the sums, so that they have to be found first.
pub(super) fn are_needed(program: &Program, case: &Case) -> bool {
    program.adds_up && !case.acts.is_empty()
}

impl Candidate<'_> {
    /// What an amount can be that is named without a declaration and is not one figure.
    pub(super) fn spread(&self, name: BuiltInName) -> Option<Spread> {
        let sums = || self.matter.sums.iter().find(|sums| sums.person.as_ref() == self.matter.judged.id);
        match name {
            BuiltInName::Fine => self.fine.map(Spread::of),
            BuiltInName::TotalFine => sums().map(|sums| sums.fines),
            BuiltInName::TotalConfiscated => sums().map(|sums| sums.confiscated),
            _ => None,
        }
    }
}
