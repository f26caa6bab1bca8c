//! What is imposed for the act: nothing that rests on a fine that is not imposed, and once what several norms bring.

use crate::evaluate::{
    CandidateResult, ChoiceMode, Determination, MeasureChoice, MeasureResult, OfficerOption, Standing,
};
use crate::program::{Program, RuleId};
use crate::resolved::MeasureKind;
use crate::source::Span;
use crate::trail::{ConcurrenceStep, Recorder, Stage, StepKind};

/// Leaves of each result what stands beside the others. What several of them bring is listed where it is first met, beginning
/// with the norm whose fine is imposed, and names the other norms.
pub(super) fn keep(program: &Program, determinations: &mut [Determination], places: &[usize], winner: Option<usize>) {
    let gives_way = |each: &Determination| matches!(each.standing, Standing::GivesWay(..));
    let counted_elsewhere = places.iter().filter_map(|place| determinations.get(*place)).any(|each| {
        !gives_way(each) && all_measures(&each.result).any(|measure| is_of(program, measure, MeasureKind::DailyPenalty))
    });
    for place in places {
        let Some(determination) = determinations.get_mut(*place) else { continue };
        if let Standing::GivesWay(why, _) = determination.standing {
            without_its_fine(program, &mut determination.result, counted_elsewhere);
            if !why.keeps_measures() {
                without_measures(&mut determination.result);
            }
        }
    }
    // While it is open which norm applies, each shows all that it brings.
    let is_open = |place: &usize| determinations.get(*place).is_none_or(|each| each.standing == Standing::Open);
    if places.iter().any(is_open) {
        return;
    }
    let first = winner.into_iter();
    let order: Vec<usize> = first.chain(places.iter().copied().filter(|place| Some(*place) != winner)).collect();
    for (index, later) in order.iter().enumerate() {
        for earlier in order.iter().take(index) {
            if let Ok([earlier, later]) = determinations.get_disjoint_mut([*earlier, *later]) {
                list_once(&mut earlier.result, &mut later.result);
            }
        }
    }
}

/// Says in the explanation of each norm that gives way what that means for what was worked out before.
pub(super) fn say(determinations: &mut [Determination], places: &[usize]) {
    for place in places {
        let Some(Standing::GivesWay(why, to)) = determinations.get(*place).map(|each| each.standing) else { continue };
        let norm = determinations.get(to).and_then(|each| each.result.version);
        let Some(determination) = determinations.get_mut(*place).filter(|each| each.result.fine.is_some()) else {
            continue;
        };
        let mut recorder = Recorder::new(true);
        let stage = recorder.open(StepKind::Stage(Stage::Concurrence), Span::NOWHERE, None);
        let said = ConcurrenceStep::NotImposed { keeps_measures: why.keeps_measures() };
        recorder.step(StepKind::Concurrence(said), Span::NOWHERE, norm, None);
        recorder.end(stage);
        determination.trail.append(recorder.finish());
    }
}

fn all_measures(result: &CandidateResult) -> impl Iterator<Item = &MeasureResult> {
    let offered = result.options.iter().flat_map(|option| match option {
        OfficerOption::Measures(choice) | OfficerOption::OneOf(choice) => choice.measures.as_slice(),
        OfficerOption::Fine(_, among) => among.as_slice(),
        _ => &[],
    });
    result.measures.iter().chain(offered)
}

fn is_of(program: &Program, measure: &MeasureResult, kind: MeasureKind) -> bool {
    program.measure(measure.rule).is_some_and(|declared| declared.kind == kind)
}

/// A surcharge and what is reckoned from the fine follow one that was imposed, and choices about a fine are none where it is
/// not. A daily penalty goes with the act that was fined: it falls where the norm whose fine is imposed brings one; otherwise
/// its days stand, and its amount does where the case states the original fine.
fn without_its_fine(program: &Program, result: &mut CandidateResult, counted_elsewhere: bool) {
    let keep = |measures: &mut Vec<MeasureResult>| {
        measures.retain(|measure| {
            let daily_falls = counted_elsewhere && is_of(program, measure, MeasureKind::DailyPenalty);
            !(daily_falls || measure.of_fine || is_of(program, measure, MeasureKind::Surcharge))
        });
        for daily in measures.iter_mut().filter_map(|measure| measure.daily.as_mut()) {
            for cycle in daily.cycles.iter_mut().filter(|cycle| cycle.of_this) {
                (cycle.original_fine, cycle.amount) = (None, cycle.amount.filter(|_| cycle.days == 0));
            }
            if daily.cycles.iter().any(|cycle| cycle.amount.is_none()) {
                daily.total = None;
            }
        }
    };
    keep(&mut result.measures);
    result.options.retain_mut(|option| match option {
        OfficerOption::Measures(choice) | OfficerOption::OneOf(choice) => {
            keep(&mut choice.measures);
            !choice.measures.is_empty()
        }
        OfficerOption::Fine(_, among) => !among.is_empty(),
        OfficerOption::FurtherFine(..) => false,
        _ => true,
    });
}

/// Of a norm that does not apply, nothing is taken.
fn without_measures(result: &mut CandidateResult) {
    result.measures.clear();
    result.supervision.clear();
    result.persons_to_examine.clear();
    result.options.retain(|option| {
        !matches!(option, OfficerOption::Measures(_) | OfficerOption::OneOf(_) | OfficerOption::Fine(..))
    });
}

/// Takes out of `later` what `earlier` brings too, and out of either what may be taken and must be under the other.
fn list_once(earlier: &mut CandidateResult, later: &mut CandidateResult) {
    let (earlier_norm, later_norm) = (earlier.version, later.version);
    later.measures.retain(|measure| !note(&mut earlier.measures, measure, later_norm));
    later.options.retain(|option| match option {
        OfficerOption::Measures(choice) if may_be_left(choice.mode, choice) => match choice.measures.as_slice() {
            [only] => !note(&mut earlier.measures, only, later_norm),
            _ => true,
        },
        _ => true,
    });
    earlier.options.retain(|option| match option {
        OfficerOption::Measures(choice) if may_be_left(choice.mode, choice) => match choice.measures.as_slice() {
            [only] => !note(&mut later.measures, only, earlier_norm),
            _ => true,
        },
        _ => true,
    });
    later.options.retain(|option| {
        !earlier.options.iter_mut().any(|other| match (other, option) {
            (OfficerOption::Measures(same), OfficerOption::Measures(choice))
            | (OfficerOption::OneOf(same), OfficerOption::OneOf(choice)) => note_choice(same, choice, later_norm),
            _ => false,
        })
    });
    later.supervision.retain(|each| !earlier.supervision.contains(each));
}

/// Whether `choice` is the choice `listed`, where the norm that brings it too is then named.
fn note_choice(listed: &mut MeasureChoice, choice: &MeasureChoice, norm: Option<RuleId>) -> bool {
    let same = listed.mode == choice.mode
        && listed.len() == choice.len()
        && listed.iter().zip(choice.iter()).all(|(one, other)| one.is_the_same(other));
    if same {
        listed.measures.iter_mut().zip(choice.iter()).for_each(|(one, other)| also_under(one, other, norm));
    }
    same
}

/// One measure that may be taken or left.
fn may_be_left(mode: ChoiceMode, measures: &[MeasureResult]) -> bool {
    mode == ChoiceMode::One && measures.len() == 1
}

/// Whether `measure` stands in `listed`, where the norm that brings it too is then named.
fn note(listed: &mut [MeasureResult], measure: &MeasureResult, norm: Option<RuleId>) -> bool {
    let Some(same) = listed.iter_mut().find(|each| each.is_the_same(measure)) else { return false };
    also_under(same, measure, norm);
    true
}

fn also_under(listed: &mut MeasureResult, measure: &MeasureResult, norm: Option<RuleId>) {
    for norm in norm.into_iter().chain(measure.also_under.iter().copied()) {
        if !listed.also_under.contains(&norm) {
            listed.also_under.push(norm);
        }
    }
}
