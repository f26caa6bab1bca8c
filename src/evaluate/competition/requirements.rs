//! What the decision on the act as a whole requires: hearing, collective discussion and the like.
//!
//! One decision is made for the act, so its requirements follow from the fine that is imposed and from all measures that stand,
//! each counted once. They are listed with the norm whose fine is imposed.

use std::sync::Arc;

use crate::case::Case;
use crate::evaluate::band::Band;
use crate::evaluate::candidate::Candidate;
use crate::evaluate::sums::Sums;
use crate::evaluate::{CandidateResult, Determination, Explanation, Outcome, Standing, targets};
use crate::program::Program;
use crate::trail::{Recorder, Stage};
use crate::value::Number;

/// Works out what the decision requires.
pub(super) fn require(
    program: &Program,
    case: &Case,
    determinations: &mut [Determination],
    places: &[usize],
    winner: Option<usize>,
    sums: &[Sums],
    explanation: Explanation,
) {
    let stands = |place: &&usize| {
        determinations.get(**place).is_some_and(|each| each.result.procedure_due && each.standing.keeps_measures())
    };
    let standing: Vec<usize> = places.iter().filter(stands).copied().collect();
    let Some(carrier) = winner.filter(|winner| standing.contains(winner)).or_else(|| standing.first().copied()) else {
        return;
    };
    let Some(first) = determinations.get(carrier) else { return };
    let unit = determinations
        .iter()
        .find(|each| {
            each.act == first.act && each.violation == first.violation && each.target.id == first.target.of_unit()
        })
        .map(|each| each.result.clone());
    let each: Vec<&Determination> = standing.iter().filter_map(|place| determinations.get(*place)).collect();
    let Some(matter) = targets::matter(case, first, unit.as_ref(), sums) else { return };
    let Some(violation) = program.violations.get(&first.violation) else { return };
    let Some(version) = violation.versions.iter().find(|each| Some(each.rule) == first.result.version) else { return };

    let is_open = |each: &&Determination| each.standing == Standing::Open;
    let fine = match winner.and_then(|place| determinations.get(place)) {
        // A higher one may be imposed in its place.
        _ if each.iter().any(|each| is_open(each) || matches!(each.standing, Standing::LeftToOfficer(_))) => None,
        Some(winner) => imposed(&winner.result),
        None => Some(Band::point(Number::ZERO)),
    };
    let mut recorder = Recorder::new(explanation == Explanation::On);
    let mut candidate = Candidate::new(program, matter, violation, version, case.decided_on, &mut recorder);
    candidate.open = each.iter().any(|each| is_open(each) || each.result.outcome == Outcome::Undetermined);
    // What a norm brings that may turn out not to apply is not known yet.
    for result in each.iter().filter(|each| !is_open(each)).map(|each| &each.result) {
        candidate.measures.extend(result.measures.iter().cloned());
        candidate.options.extend(result.options.iter().cloned());
        candidate.referred.extend(result.referrals.iter().cloned());
        candidate.referral_open |= result.referral_open;
    }
    candidate.referral_open |= candidate.open;
    candidate.range = first.result.fine.map_or(candidate.range, |fine| fine.range);
    let violations: Vec<Arc<str>> = each.iter().map(|each| Arc::clone(&each.violation)).collect();
    candidate.stage(Stage::Procedure, |candidate| candidate.procedure(fine, &violations));
    let (notices, unverified, presumed) = (candidate.notices, candidate.unverified, candidate.presumed);
    let trail = recorder.finish();

    let Some(carrier) = determinations.get_mut(carrier) else { return };
    carrier.trail.append(trail);
    let result = &mut carrier.result;
    result.notices = notices;
    result
        .unverified
        .extend(unverified.into_iter().filter(|rule| !result.unverified.contains(rule)).collect::<Vec<_>>());
    result.presumed.extend(presumed.into_iter().filter(|each| !result.presumed.contains(each)).collect::<Vec<_>>());
}

/// The fine that is imposed; `None` when the officer picks it in the whole range, or when it is not determined.
fn imposed(result: &CandidateResult) -> Option<Band> {
    match result.fine {
        Some(fine) => fine.amount.map(Band::point).or_else(|| {
            let within = fine.within?;
            Some(Band { low: within.min?, high: within.max? })
        }),
        None if result.outcome == Outcome::Undetermined => None,
        None => Some(Band::point(Number::ZERO)),
    }
}
