//! Stage 2: which version of the law applies (行政处罚法 Art. 37).
//!
//! The law at the time of the act applies, unless the law at the decision is lighter or no longer regards the act as
//! unlawful. An act that went on into a new version is judged by the new one, with no comparison.

use super::{Candidate, CandidateResult, Fine, Matter, Outcome};
use crate::program::{InForce, Principle, Program, RuleId, Violation, ViolationVersion};
use crate::source::Span;
use crate::trail::{Criterion, Moment, Problem, Recorder, Stage, StepKind};
use crate::value::{AmountRange, Date, Number};

/// The version that applies and what it leads to.
pub(super) struct Choice {
    pub(super) moment: Option<Moment>,
    pub(super) result: CandidateResult,
    pub(super) other: Option<CandidateResult>,
}

impl Choice {
    /// No version can be chosen.
    pub(super) fn none(problem: Problem) -> Choice {
        Choice { moment: None, result: CandidateResult::undetermined(problem), other: None }
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
        Candidate::new(program, matter, violation, version, day, recorder).run()
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
        return Choice { moment: Some(Moment::Act), result: work(Moment::Act, recorder), other: None };
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

/// Chooses the lighter of two results by the criteria of the principle, in order. What they do not tell apart is judged by
/// the law at the time of the act.
fn compare(
    program: &Program,
    principle: &Principle,
    mut old: CandidateResult,
    mut new: CandidateResult,
    recorder: &mut Recorder,
) -> Choice {
    let span = program.rule(principle.rule).map_or(Span::NOWHERE, |rule| rule.span);
    let mut lighter = None;
    // A result that is open cannot be compared: either version may turn out lighter.
    let comparable = old.outcome != Outcome::Undetermined && new.outcome != Outcome::Undetermined;
    for criterion in principle.criteria.iter().filter(|_| comparable) {
        let found = match criterion {
            Criterion::Outcome => outcomes(&old, &new),
            Criterion::StatutoryRange => ranges(&old, &new),
            Criterion::Amount => match (amounts(&old), amounts(&new)) {
                (Some(old), Some(new)) => lighter_band(old, new),
                _ => None,
            },
        };
        recorder.step(StepKind::Compared(*criterion, found), span, Some(principle.rule), None);
        if found.is_some() {
            lighter = found;
            break;
        }
    }
    if !comparable {
        // What one version leaves open leaves the choice open, and both lists of questions matter.
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
        return Choice { moment: None, result: old, other: Some(new) };
    }
    if lighter.is_none() && cross(&old, &new) {
        recorder.step(StepKind::Problem(Problem::NotComparable), span, Some(principle.rule), None);
        old.problems.push(Problem::NotComparable);
        old.outcome = Outcome::Undetermined;
        return Choice { moment: None, result: old, other: Some(new) };
    }
    let moment = lighter.unwrap_or(Moment::Act);
    recorder.step(StepKind::Chosen(moment), span, Some(principle.rule), None);
    let (mut result, other) = match moment {
        Moment::Act => (old, new),
        Moment::Decision => {
            std::mem::swap(&mut old, &mut new);
            (old, new)
        }
    };
    result.decided_by.insert(0, principle.rule);
    // The comparison rests on the principle and on both versions, so what is not verified in them is listed too.
    let principle = program.unverified(principle.rule);
    for rule in principle.iter().chain(&other.unverified) {
        if !result.unverified.contains(rule) {
            result.unverified.push(*rule);
        }
    }
    Choice { moment: Some(moment), result, other: Some(other) }
}

fn less<T: PartialOrd>(old: T, new: T) -> Option<Moment> {
    match old.partial_cmp(&new) {
        Some(std::cmp::Ordering::Less) => Some(Moment::Act),
        Some(std::cmp::Ordering::Greater) => Some(Moment::Decision),
        _ => None,
    }
}

/// The lighter outcome. A choice is lighter than a fine only when the fine it still allows is not the heavier one.
fn outcomes(old: &CandidateResult, new: &CandidateResult) -> Option<Moment> {
    let lighter = less(rank(old.outcome), rank(new.outcome))?;
    let (light, heavy) = if lighter == Moment::Act { (old, new) } else { (new, old) };
    if (light.outcome, heavy.outcome) != (Outcome::Choice, Outcome::Fine) {
        return Some(lighter);
    }
    let no_heavier_range = match (light.fine.as_ref(), heavy.fine.as_ref()) {
        (Some(a), Some(b)) => a.range == b.range || ranges(light, heavy) == Some(Moment::Act),
        _ => true,
    };
    let no_heavier_amount = amounts(light)
        .zip(amounts(heavy))
        .is_none_or(|(light, heavy)| light == heavy || lighter_band(light, heavy) == Some(Moment::Act));
    (no_heavier_range && no_heavier_amount).then_some(lighter)
}

/// Outcomes from light to heavy.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NoLongerUnlawful | Outcome::NotEstablished | Outcome::NotPunishable => 0,
        Outcome::NoPenalty | Outcome::Barred => 1,
        Outcome::OrderOnly => 2,
        Outcome::Choice => 3,
        Outcome::Fine | Outcome::Referred | Outcome::Undetermined => 4,
    }
}

/// Whether two fines differ in range, and no amounts say which is lighter: then nothing may be taken for equal.
fn cross(old: &CandidateResult, new: &CandidateResult) -> bool {
    let (Some(a), Some(b)) = (weighed(old), weighed(new)) else { return false };
    match (amounts(old), amounts(new)) {
        // Bands that cross are told apart no better than ranges.
        (Some(old), Some(new)) => old != new && lighter_band(old, new).is_none(),
        _ => a.range != b.range,
    }
}

/// The fine that is compared: the one imposed, or the one that waits.
fn weighed(result: &CandidateResult) -> Option<&Fine> {
    result.fine.as_ref().or(result.waiting.as_ref())
}

/// The amounts a fine may come to: one, or the band the officer picks in.
fn amounts(result: &CandidateResult) -> Option<(Number, Number)> {
    let fine = weighed(result)?;
    fine.amount.map(|amount| (amount, amount)).or_else(|| fine.within.and_then(|band| band.min.zip(band.max)))
}

/// The lighter of two bands: neither of its ends is above that of the other, and one is below.
fn lighter_band(old: (Number, Number), new: (Number, Number)) -> Option<Moment> {
    match (old.0.cmp(&new.0), old.1.cmp(&new.1)) {
        (a, b) if a.is_le() && b.is_le() && (a.is_lt() || b.is_lt()) => Some(Moment::Act),
        (a, b) if a.is_ge() && b.is_ge() && (a.is_gt() || b.is_gt()) => Some(Moment::Decision),
        _ => None,
    }
}

/// The lighter range, when both its ends are at most those of the other and one is lower. Ranges that cross, as one within
/// the other, are not told apart by their ends.
fn ranges(old: &CandidateResult, new: &CandidateResult) -> Option<Moment> {
    let (old, new) = (weighed(old)?.range, weighed(new)?.range);
    // No minimum is lower than any; no maximum is higher than any.
    let low = |range: AmountRange| range.min.unwrap_or(Number::ZERO);
    let high = |a: AmountRange, b: AmountRange| match (a.max, b.max) {
        (Some(a), Some(b)) => a.cmp(&b),
        (None, None) => std::cmp::Ordering::Equal,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (Some(_), None) => std::cmp::Ordering::Less,
    };
    match (low(old).cmp(&low(new)), high(old, new)) {
        (a, b) if a.is_le() && b.is_le() && (a.is_lt() || b.is_lt()) => Some(Moment::Act),
        (a, b) if a.is_ge() && b.is_ge() && (a.is_gt() || b.is_gt()) => Some(Moment::Decision),
        _ => None,
    }
}
