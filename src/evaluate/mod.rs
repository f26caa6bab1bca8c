//! A case against a program: the legal stages in their order.
//!
//! In: a [`Case`] and a [`Program`]. Out: a [`Recommendation`]. The explanation is written here, while evaluating; nothing
//! works out a reason afterwards. Nothing here reads a clock, a file or the order of declarations.
//!
//! Everyone judged for an act is found by `targets::judge`. One of them under one violation goes through `determine`: the
//! versions of the law that may apply are found, each is worked out in full by `candidate::Candidate::run`, and the lighter one is
//! chosen (行政处罚法 Art. 37). One stage is one file.

mod absence;
mod band;
mod bars;
mod benchmark;
mod bounds;
mod built_in;
mod candidate;
mod candidate_result;
mod circumstances;
mod competition;
mod consequences;
mod credit;
mod daily_penalty;
mod elements;
mod expired;
mod expression;
mod fine;
mod fine_choice;
mod functions;
mod grade;
mod in_force;
mod knowledge;
mod leniency;
mod lighter;
mod measure_figures;
mod measures;
mod part;
mod procedure;
mod proportion;
mod recommendation;
mod records;
mod referral;
mod result;
mod statutory;
mod sums;
mod supervision;
mod surcharge;
mod targets;
mod versions;
mod working_days;

pub(crate) use benchmark::benchmark_on;
pub use candidate_result::{CandidateResult, Fine, Outcome, Presumed, SeparateAct};
pub use competition::{Competition, GivesWay, Gravest, Standing};
pub use consequences::{
    ChoiceFine, ChoiceMode, DailyCycleResult, DailyPenalty, DueDate, MeasureChoice, MeasureResult, Notice,
    OfficerOption, StatedValue, SupervisionResult,
};
pub(crate) use part::{NO_RANGE, Parts, Slot, Threat, Unsettled};
pub use recommendation::{Determination, Recommendation, Target, Total};
pub use referral::Referred;

use std::sync::Arc;

use crate::case::{Act, Case, Judged};
use crate::program::Program;
use crate::trail::{Problem, Recorder};
use candidate::{Asked, Candidate};
use sums::Sums;

/// Whether the explanation is written. The result is the same either way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Explanation {
    /// Written.
    #[default]
    On,
    /// Not written; results without reasons, for bulk comparisons.
    Off,
}

/// Evaluates every act of a case.
pub fn evaluate(program: &Arc<Program>, case: &Case, explanation: Explanation) -> Recommendation {
    let judged = |sums: &[Sums], explanation| -> (Vec<Determination>, Vec<Competition>) {
        let each = |act| targets::judge(program, case, act, sums, explanation);
        let mut determinations = case.acts.iter().flat_map(each).collect::<Vec<_>>();
        let competitions = competition::decide(program, case, &mut determinations, sums, explanation);
        (determinations, competitions)
    };
    // Procedure changes no outcome, so that what the decision comes to is known before it is looked at.
    let sums =
        if sums::are_needed(program, case) { sums::of(program, &judged(&[], Explanation::Off).0) } else { Vec::new() };
    let (determinations, competitions) = judged(&sums, explanation);
    Recommendation {
        program: Arc::clone(program),
        pool: Arc::clone(&case.pool),
        case_id: Arc::clone(&case.id),
        area: Arc::clone(&case.area),
        decided_on: case.decided_on,
        party: case.party,
        determinations,
        competitions,
    }
}

/// Who is judged for which act.
#[derive(Clone, Copy, Debug)]
struct Matter<'a> {
    case: &'a Case,
    act: &'a Act,
    /// Who is judged.
    judged: Judged<'a>,
    /// Who did the act: whoever is judged, or the unit a responsible person answers for.
    actor: Judged<'a>,
    /// What the unit of a responsible person came to.
    unit: Option<&'a CandidateResult>,
    /// What it came to under the law at the decision, where that is still to be compared.
    unit_at_decision: Option<&'a CandidateResult>,
    /// The act falls under other violations too.
    among_several: bool,
    /// The case names responsible persons of whoever is judged.
    persons_named: bool,
    /// What the decision comes to, where that is known.
    sums: &'a [Sums],
}

/// One party to one act under one violation: which versions of the law may apply, what each leads to, and which applies.
fn determine(program: &Program, matter: Matter<'_>, explanation: Explanation) -> Determination {
    let Matter { case, act, .. } = matter;
    let mut recorder = Recorder::new(explanation == Explanation::On);
    let found = program.violations.get_index(act.violation);
    let chosen = match found {
        _ if case.read_by != program.identity => versions::Choice::none(Problem::OtherRules),
        Some((_, violation)) => versions::choose(program, matter, violation, &mut recorder),
        None => versions::Choice::none(Problem::NoVersion),
    };
    Determination {
        target: Target::of(matter.judged),
        act: Arc::clone(&act.id),
        began_on: act.began_on,
        ended_on: act.ended_on,
        discovered_on: act.discovered_on,
        violation: act.violation_id.clone(),
        standing: Standing::Applies,
        moment: chosen.moment,
        result: chosen.result,
        other: chosen.other,
        after_concurrence: chosen.after_concurrence,
        trail: recorder.finish(),
    }
}

/// Whether one area is another or lies in it: `cn-gd` covers `cn-gd-sz`, and not `cn-gdx`.
pub(crate) fn covers(area: &str, place: &str) -> bool {
    place.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
