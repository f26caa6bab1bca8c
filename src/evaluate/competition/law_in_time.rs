//! Old and new law for an act under several norms (行政处罚法 Art. 37, 生态环境法典 Art. 1057).
//!
//! What all norms in force at the act come to together is compared with what all norms in force at the decision come to. The
//! lighter law is applied whole: parts of the two are never mixed.

use std::cmp::Ordering;

use super::norm::Norm;
use super::severity::Severity;
use super::{Concurrence, Decided, Standing};
use crate::case::Case;
use crate::evaluate::{CandidateResult, Determination, Explanation, Outcome, lighter, versions};
use crate::program::{FactId, Principle, Program};
use crate::source::Span;
use crate::trail::{ConcurrenceStep, MeasuresCompared, Moment, Problem, Recorder, Stage, StepKind};
use crate::value::Value;

/// What concurrence makes of the norms of one act, under the law that applies.
pub(super) fn concur(
    program: &Program,
    case: &Case,
    determinations: &mut [Determination],
    places: &[usize],
    explanation: Explanation,
) -> Concurrence {
    let changed = places.iter().filter_map(|place| determinations.get(*place)).any(|each| each.after_concurrence);
    let principle = program
        .principles
        .iter()
        .find(|each| each.in_force.holds_on(case.decided_on) && crate::evaluate::covers(&each.area, &case.area));
    let Some(principle) = principle.filter(|_| changed) else {
        return under(program, case, determinations, places, Moment::Act);
    };
    let on = explanation == Explanation::On;
    let referred = places.iter().filter_map(|place| determinations.get(*place)).any(|each| {
        [Some(&each.result), each.other.as_ref()].into_iter().flatten().any(|each| each.outcome == Outcome::Referred)
    });
    if referred {
        // No fine is imposed now, so there is no whole to compare; each norm waits under its own lighter law.
        for place in places {
            let mut recorder = Recorder::new(on);
            let stage = recorder.open(StepKind::Stage(Stage::Versions), Span::NOWHERE, None);
            settle(determinations, *place, |old, new| versions::compare(program, principle, old, new, &mut recorder));
            recorder.end(stage);
            append(determinations, *place, recorder);
        }
        return under(program, case, determinations, places, Moment::Act);
    }
    let mut recorder = Recorder::new(on);
    let stage = recorder.open(StepKind::Stage(Stage::Concurrence), Span::NOWHERE, None);
    let concurrence = choose(program, case, principle, determinations, places, &mut recorder);
    recorder.end(stage);
    places.iter().for_each(|place| append(determinations, *place, recorder.clone()));
    concurrence
}

/// Puts what was compared behind the steps of a determination that has two laws.
fn append(determinations: &mut [Determination], place: usize, recorder: Recorder) {
    if let Some(determination) = determinations.get_mut(place).filter(|each| each.other.is_some()) {
        determination.trail.append(recorder.finish());
    }
}

/// What a determination comes to under the law of one moment.
fn at(determination: &Determination, moment: Moment) -> &CandidateResult {
    match (moment, &determination.other) {
        (Moment::Decision, Some(other)) if determination.after_concurrence => other,
        _ => &determination.result,
    }
}

fn under(
    program: &Program,
    case: &Case,
    determinations: &[Determination],
    places: &[usize],
    moment: Moment,
) -> Concurrence {
    let norms = places.iter().filter_map(|place| {
        let determination = determinations.get(*place)?;
        Some(Norm::new(program, *place, &determination.violation, at(determination, moment)))
    });
    super::concur(program, case, norms.collect())
}

/// Puts the results of one determination in their places, once it is known which of them applies.
fn settle(
    determinations: &mut [Determination],
    place: usize,
    decide: impl FnOnce(CandidateResult, CandidateResult) -> versions::Choice,
) {
    let Some(determination) = determinations.get_mut(place).filter(|each| each.after_concurrence) else { return };
    let Some(new) = determination.other.take() else { return };
    let choice = decide(determination.result.clone(), new);
    determination.moment = choice.moment;
    determination.result = choice.result;
    determination.other = choice.other;
    determination.after_concurrence = false;
}

/// What the act as a whole comes to under the law of one moment.
struct Whole {
    concurrence: Concurrence,
    /// The result that stands for it: that whose fine is imposed, or the heaviest; `None` when it is open.
    result: Option<CandidateResult>,
    severity: Severity,
}

impl Whole {
    fn new(program: &Program, case: &Case, determinations: &[Determination], places: &[usize], moment: Moment) -> Self {
        let concurrence = under(program, case, determinations, places, moment);
        let standing = |place: &usize| concurrence.standings.iter().find(|(each, _)| each == place).map(|each| each.1);
        let results: Vec<(Standing, &CandidateResult)> = places
            .iter()
            .filter_map(|place| Some((standing(place)?, at(determinations.get(*place)?, moment))))
            .filter(|(standing, _)| standing.keeps_measures())
            .collect();
        let open = !concurrence.problems.is_empty()
            || results.iter().any(|(standing, result)| {
                matches!(standing, Standing::Open | Standing::LeftToOfficer(_))
                    || result.outcome == Outcome::Undetermined
            });
        let winner = concurrence.decided.winner.and_then(|place| Some(at(determinations.get(place)?, moment)));
        let heaviest = || results.iter().map(|(_, result)| *result).max_by_key(|result| lighter::rank(result.outcome));
        let result = if open { None } else { winner.or_else(heaviest).cloned() };
        let severity = Severity::of(program, results.iter().map(|(_, result)| *result));
        Whole { concurrence, result, severity }
    }

    fn step(&self, moment: Moment, recorder: &mut Recorder) {
        let result = self.result.as_ref();
        let fine = result.and_then(|result| result.fine);
        let kind = StepKind::Concurrence(ConcurrenceStep::Whole {
            moment,
            amount: fine.and_then(|fine| fine.amount),
            must: self.severity.must(),
            may: self.severity.may(),
        });
        let norm = result.and_then(|result| result.version);
        recorder.step(kind, Span::NOWHERE, norm, fine.map(|fine| Value::Range(fine.range)));
    }
}

fn choose(
    program: &Program,
    case: &Case,
    principle: &Principle,
    determinations: &mut [Determination],
    places: &[usize],
    recorder: &mut Recorder,
) -> Concurrence {
    let old = Whole::new(program, case, determinations, places, Moment::Act);
    let new = Whole::new(program, case, determinations, places, Moment::Decision);
    let (Some(old_result), Some(new_result)) = (&old.result, &new.result) else {
        let mut concurrence = open(old.concurrence, new.concurrence);
        leave_open(determinations, places, &mut concurrence.problems);
        return concurrence;
    };
    old.step(Moment::Act, recorder);
    new.step(Moment::Decision, recorder);
    let span = program.rule(principle.rule).map_or(Span::NOWHERE, |rule| rule.span);
    let measures = match old.severity.against(&new.severity) {
        Some((Ordering::Less, _)) => MeasuresCompared::Lighter(Moment::Act),
        Some((Ordering::Greater, _)) => MeasuresCompared::Lighter(Moment::Decision),
        Some((Ordering::Equal, _)) => MeasuresCompared::Same,
        None => MeasuresCompared::Unclear,
    };
    let kind = StepKind::Concurrence(ConcurrenceStep::Measures(measures));
    recorder.step(kind, span, Some(principle.rule), None);
    let by_fine = lighter::by_criteria(program, principle, old_result, new_result, recorder);
    let crossing = by_fine.is_none() && lighter::cross(old_result, new_result);
    let moment = match (measures, by_fine) {
        _ if crossing => None,
        (MeasuresCompared::Unclear, _) => None,
        // What nothing tells apart is judged by the law at the time of the act.
        (MeasuresCompared::Same, found) => Some(found.unwrap_or(Moment::Act)),
        (MeasuresCompared::Lighter(moment), found) => (found.is_none() || found == Some(moment)).then_some(moment),
    };
    let Some(moment) = moment else {
        recorder.step(StepKind::Problem(Problem::LawsNotComparable), span, Some(principle.rule), None);
        for place in places {
            settle(determinations, *place, |old, new| versions::undecided(Problem::LawsNotComparable, old, new));
        }
        let mut concurrence = open(old.concurrence, new.concurrence);
        concurrence.problems.push(Problem::LawsNotComparable);
        return concurrence;
    };
    recorder.step(StepKind::Chosen(moment), span, Some(principle.rule), None);
    for place in places {
        settle(determinations, *place, |old, new| versions::taken(program, principle, moment, old, new));
    }
    match moment {
        Moment::Act => old.concurrence,
        Moment::Decision => new.concurrence,
    }
}

/// Which law applies depends on all that is open of any of the norms, under either law.
fn leave_open(determinations: &mut [Determination], places: &[usize], problems: &mut Vec<Problem>) {
    let mut facts: Vec<FactId> = Vec::new();
    let mut found: Vec<Problem> = Vec::new();
    let (mut grade, mut discovery) = (false, false);
    for result in places.iter().filter_map(|place| determinations.get(*place)).flat_map(|each| {
        [Some(&each.result), each.other.as_ref().filter(|_| each.after_concurrence)].into_iter().flatten()
    }) {
        facts.extend(result.facts_to_ask.iter().filter(|fact| !facts.contains(fact)).copied().collect::<Vec<_>>());
        found.extend(result.problems.iter().filter(|problem| !found.contains(problem)).copied().collect::<Vec<_>>());
        grade |= result.grade_to_ask;
        discovery |= result.discovery_to_ask;
    }
    if facts.is_empty() && found.is_empty() && problems.is_empty() && !grade && !discovery {
        // All is known, and what one law comes to is left to the officer.
        problems.push(Problem::LawsNotComparable);
    }
    found.extend(problems.iter().filter(|problem| !found.contains(problem)).copied().collect::<Vec<_>>());
    for place in places {
        settle(determinations, *place, |old, new| {
            let mut choice = versions::left_open(old, new);
            let result = &mut choice.result;
            result.facts_to_ask.clone_from(&facts);
            result.grade_to_ask = grade;
            result.discovery_to_ask = discovery;
            result.problems.clone_from(&found);
            choice
        });
    }
}

/// It cannot be said which law applies: nothing that depends on it can be.
fn open(old: Concurrence, new: Concurrence) -> Concurrence {
    let standings = old.standings.iter().zip(&new.standings).map(|((place, one), (_, other))| {
        let without = *one == Standing::WithoutFine && *other == Standing::WithoutFine;
        (*place, if without { Standing::WithoutFine } else { Standing::Open })
    });
    let standings = standings.collect();
    let mut problems = old.problems;
    for problem in new.problems {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    let decided = Decided { principle: old.decided.principle.or(new.decided.principle), ..Decided::default() };
    Concurrence { standings, decided, gravest: Vec::new(), problems }
}
