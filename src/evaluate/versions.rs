//! Stage 2: which version of the law applies (行政处罚法 Art. 37).
//!
//! The law at the time of the act applies, unless the law at the decision is lighter or no longer regards the act as
//! unlawful. An act that went on into a new version is judged by the new one, with no comparison. Of an act under several
//! norms both results are kept, and compared after concurrence.

use super::{Candidate, CandidateResult, Matter, Outcome, lighter};
use crate::program::{InForce, Principle, Program, RuleId, Violation, ViolationVersion};
use crate::source::Span;
use crate::trail::{ConcurrenceStep, Moment, Problem, Recorder, Stage, StepKind};
use crate::value::Date;

/// The version that applies and what it leads to.
pub(super) struct Choice {
    pub(super) moment: Option<Moment>,
    pub(super) result: CandidateResult,
    pub(super) other: Option<CandidateResult>,
    /// Which of the two applies is decided after concurrence: they are those at the act and at the decision.
    pub(super) after_concurrence: bool,
}

impl Choice {
    /// No version can be chosen.
    pub(super) fn none(problem: Problem) -> Choice {
        Choice { moment: None, result: CandidateResult::undetermined(problem), other: None, after_concurrence: false }
    }
}

/// Finds the versions that may apply, works each out and chooses.
pub(super) fn choose(program: &Program, matter: Matter<'_>, violation: &Violation, recorder: &mut Recorder) -> Choice {
    let Matter { case, act, .. } = matter;
    let covers = |area: &str| super::covers(area, &case.area);
    let on =
        |day: Date| violation.versions.iter().find(|version| version.in_force.holds_on(day) && covers(&version.area));
    // An act that goes on is judged by the law in force while it does.
    let act_day = act.ended_on.unwrap_or(case.decided_on);
    let at_act = on(act_day);
    let at_decision = on(case.decided_on);
    let at_beginning = on(act.began_on);
    let rule = |version: Option<&ViolationVersion>| version.map(|version| version.rule);
    let continued = at_beginning.is_some() && rule(at_beginning) != rule(at_act);
    let stage = recorder.open(StepKind::Stage(Stage::Versions), Span::NOWHERE, None);
    let kind = StepKind::Versions { at_act: rule(at_act), at_decision: rule(at_decision), continued };
    recorder.step(kind, Span::NOWHERE, rule(at_act), None);
    let (Some(at_act), Some(at_decision)) = (at_act, at_decision) else {
        // The rules are silent on one of the two days: silence is not permission, and not a prohibition either.
        recorder.step(StepKind::Problem(Problem::NoVersion), Span::NOWHERE, None, None);
        recorder.end(stage);
        return Choice::none(Problem::NoVersion);
    };
    let work = |moment: Moment, recorder: &mut Recorder| {
        let (version, day) = match moment {
            Moment::Act => (at_act, act_day),
            Moment::Decision => (at_decision, case.decided_on),
        };
        let unit = match moment {
            Moment::Act => matter.unit,
            Moment::Decision => matter.unit_at_decision.or(matter.unit),
        };
        Candidate::new(program, Matter { unit, ..matter }, violation, version, day, recorder).run()
    };
    let principle =
        program.principles.iter().find(|each| each.in_force.holds_on(case.decided_on) && covers(&each.area));
    // Without a principle, rules besides the law itself are those of the act, as the law is.
    let same = at_act.rule == at_decision.rule
        && (principle.is_none()
            || (rules_on(program, violation, matter, act_day).eq(rules_on(
                program,
                violation,
                matter,
                case.decided_on,
            )) && uses_the_same(program, case.decided_on, act_day, &work)));
    if same {
        recorder.end(stage);
        return Choice {
            moment: Some(Moment::Act),
            result: work(Moment::Act, recorder),
            other: None,
            after_concurrence: false,
        };
    }
    let Some(principle) = principle else {
        recorder.step(StepKind::Problem(Problem::NoPrinciple), Span::NOWHERE, None, None);
        recorder.end(stage);
        return Choice::none(Problem::NoPrinciple);
    };
    let candidate = |moment: Moment, version: &ViolationVersion, recorder: &mut Recorder| {
        let span = program.rule(version.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = recorder.open(StepKind::Candidate(moment), span, Some(version.rule));
        let result = work(moment, recorder);
        recorder.end(open);
        result
    };
    let old = candidate(Moment::Act, at_act, recorder);
    let new = candidate(Moment::Decision, at_decision, recorder);
    if matter.among_several {
        // One act under several norms: whole results are compared, once it is known what the norms come to together.
        let later = StepKind::Concurrence(ConcurrenceStep::ComparedLater);
        recorder.step(later, Span::NOWHERE, Some(principle.rule), None);
        recorder.end(stage);
        return Choice { moment: None, result: old, other: Some(new), after_concurrence: true };
    }
    let choice = compare(program, principle, old, new, recorder);
    recorder.end(stage);
    choice
}

/// Whether all that the rules use by name is the same on both days: what was looked up under the law at the act tells.
fn uses_the_same(
    program: &Program,
    decided_on: Date,
    act_day: Date,
    work: &impl Fn(Moment, &mut Recorder) -> CandidateResult,
) -> bool {
    if !program.depends_on_the_day {
        return true;
    }
    let tried = work(Moment::Act, &mut Recorder::new(false));
    tried.dated.iter().all(|dated| dated.same(program, act_day, decided_on))
}

/// The rules besides the violation itself that bear on a case on one day.
fn rules_on<'a>(
    program: &'a Program,
    violation: &'a Violation,
    matter: Matter<'a>,
    day: Date,
) -> impl Iterator<Item = RuleId> + use<'a> {
    let (case, kind) = (matter.case, matter.judged.kind);
    let applies = move |in_force: &InForce, area: &str| in_force.holds_on(day) && super::covers(area, &case.area);
    let lists = violation.lists.iter().filter(move |each| applies(&each.in_force, &each.area)).map(|each| each.rule);
    let benchmarks = violation
        .benchmarks
        .iter()
        .filter(move |each| each.subjects.contains(kind) && applies(&each.in_force, &each.area));
    let benchmarks = benchmarks.map(|each| each.rule);
    let bars = program.bars.iter().filter(move |each| applies(&each.in_force, &each.area)).map(|each| each.rule);
    let circumstances =
        program.circumstances.iter().filter(move |each| applies(&each.in_force, &each.area)).map(|each| each.rule);
    let credit =
        program.credit.iter().filter(move |each| each.subjects.contains(kind) && applies(&each.in_force, &each.area));
    let credit = credit.map(|each| each.rule);
    lists.chain(benchmarks).chain(bars).chain(circumstances).chain(credit)
}

/// Chooses the lighter of two results by the criteria of the principle. What they do not tell apart is judged by the law at
/// the time of the act.
pub(super) fn compare(
    program: &Program,
    principle: &Principle,
    old: CandidateResult,
    new: CandidateResult,
    recorder: &mut Recorder,
) -> Choice {
    let span = program.rule(principle.rule).map_or(Span::NOWHERE, |rule| rule.span);
    // A result that is open cannot be compared: either version may turn out lighter.
    if old.outcome == Outcome::Undetermined || new.outcome == Outcome::Undetermined {
        return left_open(old, new);
    }
    let lighter = lighter::by_criteria(program, principle, &old, &new, recorder);
    if lighter.is_none() && lighter::cross(&old, &new) {
        recorder.step(StepKind::Problem(Problem::NotComparable), span, Some(principle.rule), None);
        return undecided(Problem::NotComparable, old, new);
    }
    let moment = lighter.unwrap_or(Moment::Act);
    recorder.step(StepKind::Chosen(moment), span, Some(principle.rule), None);
    taken(program, principle, moment, old, new)
}

/// What one version leaves open leaves the choice open, and both lists of questions matter.
pub(super) fn left_open(mut old: CandidateResult, new: CandidateResult) -> Choice {
    for fact in &new.facts_to_ask {
        if !old.facts_to_ask.contains(fact) {
            old.facts_to_ask.push(*fact);
        }
    }
    for fact in &new.facts_for_measures {
        if !old.facts_for_measures.contains(fact) {
            old.facts_for_measures.push(*fact);
        }
    }
    for problem in &new.problems {
        if !old.problems.contains(problem) {
            old.problems.push(*problem);
        }
    }
    old.grade_to_ask |= new.grade_to_ask;
    old.discovery_to_ask |= new.discovery_to_ask;
    old.outcome = Outcome::Undetermined;
    Choice { moment: None, result: old, other: Some(new), after_concurrence: false }
}

/// Neither can be called the lighter one.
pub(super) fn undecided(problem: Problem, mut old: CandidateResult, new: CandidateResult) -> Choice {
    old.problems.push(problem);
    old.outcome = Outcome::Undetermined;
    Choice { moment: None, result: old, other: Some(new), after_concurrence: false }
}

/// The results once it is known which law applies.
pub(super) fn taken(
    program: &Program,
    principle: &Principle,
    moment: Moment,
    old: CandidateResult,
    new: CandidateResult,
) -> Choice {
    let (mut result, other) = match moment {
        Moment::Act => (old, new),
        Moment::Decision => (new, old),
    };
    result.decided_by.insert(0, principle.rule);
    // The comparison rests on the principle and on both versions, so what is not verified in them is listed too.
    let principle = program.unverified(principle.rule);
    for rule in principle.iter().chain(&other.unverified) {
        if !result.unverified.contains(rule) {
            result.unverified.push(*rule);
        }
    }
    Choice { moment: Some(moment), result, other: Some(other), after_concurrence: false }
}
