//! Which of two results is the lighter one (行政处罚法 Art. 37).

use super::{CandidateResult, Fine, Outcome};
use crate::program::{Principle, Program};
use crate::source::Span;
use crate::trail::{Criterion, Moment, Recorder, StepKind};
use crate::value::{AmountRange, Number};

/// The lighter of the results under old and new law by the criteria of the principle, in order; `None` when they do not tell
/// the two apart.
pub(super) fn by_criteria(
    program: &Program,
    principle: &Principle,
    old: &CandidateResult,
    new: &CandidateResult,
    recorder: &mut Recorder,
) -> Option<Moment> {
    let span = program.rule(principle.rule).map_or(Span::NOWHERE, |rule| rule.span);
    principle.criteria.iter().find_map(|criterion| {
        let found = match criterion {
            Criterion::Outcome => outcomes(old, new),
            Criterion::StatutoryRange => ranges(old, new),
            Criterion::Amount => match (amounts(old), amounts(new)) {
                (Some(old), Some(new)) => lighter_band(old, new),
                _ => None,
            },
        };
        recorder.step(StepKind::Compared(*criterion, found), span, Some(principle.rule), None);
        found
    })
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
pub(super) fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NoLongerUnlawful | Outcome::NotEstablished | Outcome::NotPunishable => 0,
        Outcome::NoPenalty | Outcome::Barred => 1,
        Outcome::OrderOnly => 2,
        Outcome::Choice => 3,
        Outcome::Fine | Outcome::Referred | Outcome::Undetermined => 4,
    }
}

/// Whether two fines differ in range, and no amounts say which is lighter: then nothing may be taken for equal.
pub(super) fn cross(old: &CandidateResult, new: &CandidateResult) -> bool {
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
