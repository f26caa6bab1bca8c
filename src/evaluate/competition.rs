//! Stage 12: several norms that one act breaks, and the one fine that is imposed for it (行政处罚法 Art. 29).
//!
//! First norms that give way to another one are left out, then level, special and later law decide between norms that rule
//! the same conduct, and of the rest the one with the higher fine applies. What the others bring besides a fine stays, unless
//! they do not apply at all. A winner is only named when it wins whatever is not known yet.

use std::cmp::Ordering;
use std::sync::Arc;

use super::recommendation::{CandidateResult, Determination, Fine, MeasureResult, OfficerOption, Outcome, Target};
use crate::case::Case;
use crate::program::{Instrument, Principle, Program, RuleId, ViolationVersion};
use crate::resolved::{self, Level, MeasureKind, YieldsTo};
use crate::trail::{Criterion, Problem};
use crate::value::{AmountRange, Number};

/// Why a norm, or only its fine, gives way to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GivesWay {
    /// It says so itself.
    Yields,
    /// It is of a lower level.
    LowerLevel,
    /// The other one is special.
    General,
    /// The other one is later.
    Earlier,
    /// The other one brings the heavier penalty as a whole.
    LighterPenalty,
    /// The other one has the higher fine.
    LowerFine,
    /// The other one, of a lower level, narrows its range.
    Narrowed,
    /// The other one has the same fine.
    SameFine,
}

/// A daily penalty follows a fine that was imposed; a norm that gives way imposes none, so that there are no days to count.
fn without_daily_penalty(program: &Program, result: &mut CandidateResult) {
    let none = |measure: &MeasureResult| {
        program.measure(measure.rule).is_none_or(|declared| declared.kind != MeasureKind::DailyPenalty)
    };
    result.measures.retain(none);
    for option in &mut result.options {
        if let OfficerOption::Measures(choice) | OfficerOption::OneOf(choice) = option {
            choice.measures.retain(none);
        }
    }
    result.options.retain(|option| match option {
        OfficerOption::Measures(choice) | OfficerOption::OneOf(choice) => !choice.measures.is_empty(),
        _ => true,
    });
}

impl GivesWay {
    /// Whether only the fine gives way, and measures stay.
    #[must_use]
    pub const fn keeps_measures(self) -> bool {
        matches!(self, GivesWay::LowerFine | GivesWay::Narrowed | GivesWay::SameFine)
    }
}

/// What becomes of a determination beside others for the same act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Standing {
    /// It applies: the only one, or the one whose fine is imposed.
    #[default]
    Applies,
    /// It applies, and brings no fine that could compete.
    WithoutFine,
    /// It gives way to the determination at this place.
    GivesWay(GivesWay, usize),
    /// The act is referred under another norm, and its fine waits too.
    Waits,
    /// Cannot be said yet.
    Open,
}

/// Several norms that one act breaks.
#[derive(Clone, PartialEq, Debug)]
pub struct Competition {
    /// The act.
    pub act: Arc<str>,
    /// Who is judged.
    pub target: Target,
    /// The determinations, by their place in the recommendation; each says where it stands.
    pub determinations: Vec<usize>,
    /// The determination whose fine is imposed, when it can be said.
    pub winner: Option<usize>,
    /// By what the fines were told apart, when they had to be compared.
    pub compared_by: Option<Criterion>,
    /// The principle that says how.
    pub principle: Option<RuleId>,
    /// Why it cannot be said, beyond what the determinations leave open.
    pub problems: Vec<Problem>,
}

/// Decides between the determinations of each act that has several, for each party by itself.
pub(super) fn decide(program: &Program, case: &Case, determinations: &mut [Determination]) -> Vec<Competition> {
    let mut groups: Vec<(Arc<str>, Target, Vec<usize>)> = Vec::new();
    for (place, determination) in determinations.iter().enumerate() {
        let same = groups
            .iter_mut()
            .find(|(act, target, _)| *act == determination.act && target.id == determination.target.id);
        match same {
            Some((.., places)) => places.push(place),
            None => groups.push((Arc::clone(&determination.act), determination.target.clone(), vec![place])),
        }
    }
    groups
        .into_iter()
        .filter(|(.., places)| places.len() > 1)
        .map(|(act, target, places)| {
            let norms = places.iter().filter_map(|place| Some((*place, determinations.get(*place)?)));
            let mut group = Group {
                program,
                norms: norms.map(|(place, determination)| Norm::new(program, place, determination)).collect(),
                problems: Vec::new(),
            };
            group.yielding();
            group.same_conduct();
            let decided = group.one_fine(case);
            let standings: Vec<(usize, Standing)> =
                group.norms.iter().map(|norm| (norm.place, norm.standing.unwrap_or_default())).collect();
            let problems = group.problems;
            for (place, standing) in standings {
                if let Some(determination) = determinations.get_mut(place) {
                    determination.standing = standing;
                    if matches!(standing, Standing::GivesWay(..)) {
                        without_daily_penalty(program, &mut determination.result);
                    }
                }
            }
            Competition {
                act,
                target,
                determinations: places,
                winner: decided.winner,
                compared_by: decided.by,
                principle: decided.principle,
                problems,
            }
        })
        .collect()
}

/// One norm among several.
struct Norm<'a> {
    place: usize,
    violation: Arc<str>,
    version: Option<&'a ViolationVersion>,
    instrument: Option<&'a Instrument>,
    outcome: Outcome,
    fine: Option<Fine>,
    /// How heavy the gravest measure that must be taken is.
    gravest: u8,
    /// Where it stands, once that is known.
    standing: Option<Standing>,
}

impl<'a> Norm<'a> {
    fn new(program: &'a Program, place: usize, determination: &Determination) -> Self {
        let result = &determination.result;
        let versions = program.violations.get(&determination.violation).map_or(&[][..], |each| &each.versions);
        let version = result.version.and_then(|rule| versions.iter().find(|version| version.rule == rule));
        let cited = version.and_then(|version| program.rule(version.rule)?.basis.first());
        let instrument = cited.and_then(|citation| program.instruments.get(&citation.instrument));
        let gravity = |rule: RuleId| program.measure(rule).map_or(0, |measure| gravity(measure.kind));
        Norm {
            place,
            violation: Arc::clone(&determination.violation),
            version,
            instrument,
            outcome: result.outcome,
            fine: result.fine,
            gravest: result.measures.iter().map(|measure| gravity(measure.rule)).max().unwrap_or(0),
            standing: matches!(result.outcome, Outcome::NotEstablished | Outcome::NoLongerUnlawful)
                .then_some(Standing::WithoutFine),
        }
    }

    /// Whether the act falls under it at all; `None` when that is not known.
    fn is_established(&self) -> Option<bool> {
        match self.outcome {
            Outcome::NotEstablished | Outcome::NoLongerUnlawful => Some(false),
            Outcome::Undetermined if self.fine.is_none() => None,
            _ => Some(true),
        }
    }

    fn level(&self) -> Option<Level> {
        resolved::level(self.instrument?.level.as_deref()?)
    }

    fn yields_to(&self, other: &Norm<'_>) -> bool {
        self.version.is_some_and(|version| {
            version.norm.yields_to.iter().any(|each| match each {
                YieldsTo::Instrument(name) => other.instrument.is_some_and(|instrument| instrument.name == *name),
                YieldsTo::Level(level) => other.level() == Some(*level),
                YieldsTo::Violation(stem) => resolved::is_stem(stem, &other.violation),
            })
        })
    }

    fn same_conduct(&self, other: &Norm<'_>) -> bool {
        let says =
            |a: &Norm<'_>, b: &Norm<'_>| a.version.is_some_and(|version| version.norm.same_conduct_as(&b.violation));
        says(self, other) || says(other, self)
    }

    fn is_special_to(&self, other: &Norm<'_>) -> bool {
        self.version.is_some_and(|version| version.norm.is_special_to(&other.violation))
    }

    /// Whether its fine, if it has one, still competes.
    fn competes(&self) -> bool {
        self.standing.is_none() && (self.fine.is_some() || self.outcome == Outcome::Undetermined)
    }
}

/// Measures from light to heavy, as far as whole penalties are compared by them (生态环境法典 Art. 1057 gives no method).
fn gravity(kind: MeasureKind) -> u8 {
    match kind {
        MeasureKind::Detention => 4,
        MeasureKind::Closure | MeasureKind::LicenceRevoked => 3,
        MeasureKind::BusinessSuspended
        | MeasureKind::LicenceSuspended
        | MeasureKind::QualificationLowered
        | MeasureKind::Ban => 2,
        MeasureKind::ProductionLimited | MeasureKind::Licence => 1,
        _ => 0,
    }
}

/// How the fines were decided.
#[derive(Default)]
struct Decided {
    winner: Option<usize>,
    by: Option<Criterion>,
    principle: Option<RuleId>,
}

/// The norms of one act.
struct Group<'a> {
    program: &'a Program,
    norms: Vec<Norm<'a>>,
    problems: Vec<Problem>,
}

impl Group<'_> {
    fn problem(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Norms that give way to another one that covers the act.
    fn yielding(&mut self) {
        let mut standings = Vec::new();
        for norm in &self.norms {
            let others = self.norms.iter().filter(|other| other.place != norm.place && norm.yields_to(other));
            let mut standing = None;
            for other in others {
                match other.is_established() {
                    Some(true) if other.yields_to(norm) => {
                        // Two norms that point at each other leave the act without one.
                        standing = Some(Standing::Open);
                        break;
                    }
                    Some(true) => {
                        standing = Some(Standing::GivesWay(GivesWay::Yields, other.place));
                        break;
                    }
                    None => standing = Some(Standing::Open),
                    Some(false) => {}
                }
            }
            standings.push(norm.standing.or(standing));
        }
        let circular = self.norms.iter().any(|norm| {
            self.norms.iter().any(|other| {
                other.place != norm.place
                    && norm.yields_to(other)
                    && other.yields_to(norm)
                    && norm.is_established() == Some(true)
                    && other.is_established() == Some(true)
            })
        });
        if circular {
            self.problem(Problem::NormsConflict);
        }
        for (norm, standing) in self.norms.iter_mut().zip(standings) {
            norm.standing = standing;
        }
    }

    /// Level, special and later law between norms that rule the same conduct.
    fn same_conduct(&mut self) {
        let pairs: Vec<(usize, usize)> = (0..self.norms.len())
            .flat_map(|first| (first.saturating_add(1)..self.norms.len()).map(move |second| (first, second)))
            .collect();
        for (first, second) in pairs {
            let (Some(a), Some(b)) = (self.norms.get(first), self.norms.get(second)) else { continue };
            if a.standing.is_some() || b.standing.is_some() || !a.same_conduct(b) {
                continue;
            }
            let found = prevails(a, b);
            match found {
                Some(Prevails::Neither) => {}
                Some(Prevails::First(why)) => self.give_way(second, why, first),
                Some(Prevails::Second(why)) => self.give_way(first, why, second),
                None => {
                    let known = a.is_established().is_some() && b.is_established().is_some();
                    if known {
                        self.problem(Problem::NormsConflict);
                    }
                    for place in [first, second] {
                        if let Some(norm) = self.norms.get_mut(place) {
                            norm.standing = Some(Standing::Open);
                        }
                    }
                }
            }
        }
    }

    fn give_way(&mut self, loser: usize, why: GivesWay, winner: usize) {
        let Some(place) = self.norms.get(winner).map(|norm| norm.place) else { return };
        if let Some(norm) = self.norms.get_mut(loser) {
            norm.standing = Some(Standing::GivesWay(why, place));
        }
    }

    /// One fine among those that are left.
    fn one_fine(&mut self, case: &Case) -> Decided {
        let referred = self.norms.iter().any(|norm| norm.outcome == Outcome::Referred && norm.standing.is_none());
        if referred {
            // What is suspected of being a crime under one norm is one act under all of them.
            for norm in &mut self.norms {
                if norm.standing.is_none() {
                    let waits = norm.fine.is_some() || norm.outcome == Outcome::Undetermined;
                    norm.standing = Some(if waits { Standing::Waits } else { Standing::Applies });
                }
            }
            return Decided::default();
        }
        let open = self.norms.iter().any(|norm| norm.standing == Some(Standing::Open));
        let left: Vec<usize> =
            self.norms.iter().enumerate().filter(|(_, norm)| norm.competes()).map(|(index, _)| index).collect();
        for norm in &mut self.norms {
            if norm.standing.is_none() && !(norm.fine.is_some() || norm.outcome == Outcome::Undetermined) {
                norm.standing = Some(Standing::WithoutFine);
            }
        }
        let unsettled =
            left.iter().any(|index| self.norms.get(*index).is_some_and(|norm| norm.outcome == Outcome::Undetermined));
        match left.as_slice() {
            [] => Decided::default(),
            [only] if !open => {
                let winner = self.norms.get(*only).map(|norm| norm.place);
                self.stand(*only, Standing::Applies);
                Decided { winner, ..Decided::default() }
            }
            _ if open || unsettled => self.leave_open(&left, Decided::default()),
            _ => self.compare(case, &left),
        }
    }

    fn stand(&mut self, index: usize, standing: Standing) {
        if let Some(norm) = self.norms.get_mut(index) {
            norm.standing = Some(standing);
        }
    }

    fn leave_open(&mut self, left: &[usize], decided: Decided) -> Decided {
        left.iter().for_each(|index| self.stand(*index, Standing::Open));
        Decided { winner: None, by: None, ..decided }
    }

    /// Compares the fines of norms that are left, or whole penalties where one of them says so.
    fn compare(&mut self, case: &Case, left: &[usize]) -> Decided {
        let program = self.program;
        let whole =
            left.iter().filter_map(|index| self.norms.get(*index)?.version).any(|version| version.norm.heavier_applies);
        let principle = program
            .principles
            .iter()
            .find(|each| each.in_force.holds_on(case.decided_on) && super::covers(&each.area, &case.area))
            .filter(|each| !each.norms.is_empty());
        let Some(principle) = principle else {
            self.problem(Problem::NoNormPrinciple);
            return self.leave_open(left, Decided::default());
        };
        let decided = Decided { principle: Some(principle.rule), ..Decided::default() };
        // The one that no other is above, whatever the others are to each other.
        let beats_all = |index: &usize| {
            let own = self.norms.get(*index)?;
            let (mut by, mut same) = (None, Vec::new());
            for other in left.iter().filter(|other| *other != index) {
                match heavier(principle, own, self.norms.get(*other)?, whole)? {
                    (Ordering::Greater, criterion) => by = by.or(criterion),
                    (Ordering::Equal, _) => same.push(*other),
                    (Ordering::Less, _) => return None,
                }
            }
            Some((*index, own.place, by, same))
        };
        let Some((best, winner, by, same)) = left.iter().find_map(beats_all) else {
            self.problem(Problem::NormsNotComparable);
            return self.leave_open(left, decided);
        };
        for index in left {
            let why = match (whole, same.contains(index)) {
                (_, true) => GivesWay::SameFine,
                (true, false) => GivesWay::LighterPenalty,
                (false, false) => GivesWay::LowerFine,
            };
            let standing = if *index == best { Standing::Applies } else { Standing::GivesWay(why, winner) };
            self.stand(*index, standing);
        }
        Decided { winner: Some(winner), by, ..decided }
    }
}

/// Which of two norms that rule the same conduct prevails.
enum Prevails {
    First(GivesWay),
    Second(GivesWay),
    Neither,
}

/// Level first, then special, then later law. `None` when the law does not decide, or when it is not known whether both cover
/// the act.
fn prevails(a: &Norm<'_>, b: &Norm<'_>) -> Option<Prevails> {
    if !(a.is_established()? && b.is_established()?) {
        return Some(Prevails::Neither);
    }
    let (first, second) = (a.instrument?, b.instrument?);
    let levels = if first.name == second.name { Some(Ordering::Equal) } else { a.level()?.against(b.level()?) };
    match levels {
        // A lower norm that stays inside the range of the higher one narrows it; any other conflict goes to the higher.
        Some(Ordering::Less) if is_inside(a, b) => Some(Prevails::First(GivesWay::Narrowed)),
        Some(Ordering::Greater) if is_inside(b, a) => Some(Prevails::Second(GivesWay::Narrowed)),
        Some(Ordering::Less) => Some(Prevails::Second(GivesWay::LowerLevel)),
        Some(Ordering::Greater) => Some(Prevails::First(GivesWay::LowerLevel)),
        Some(Ordering::Equal) => Some(match (a.is_special_to(b), b.is_special_to(a)) {
            (true, false) => Prevails::First(GivesWay::General),
            (false, true) => Prevails::Second(GivesWay::General),
            _ => match (first.in_force?.from).cmp(&second.in_force?.from) {
                Ordering::Greater => Prevails::First(GivesWay::Earlier),
                Ordering::Less => Prevails::Second(GivesWay::Earlier),
                Ordering::Equal => Prevails::Neither,
            },
        }),
        // Norms that say the same are in no conflict.
        None if a.fine.map(|fine| fine.range) == b.fine.map(|fine| fine.range) => Some(Prevails::Neither),
        None => None,
    }
}

/// Whether the range of `lower` lies inside that of `higher`.
fn is_inside(lower: &Norm<'_>, higher: &Norm<'_>) -> bool {
    let (Some(lower), Some(higher)) = (lower.fine, higher.fine) else { return false };
    let below = |end: Option<Number>| end.unwrap_or(Number::ZERO);
    let not_above = match (lower.range.max, higher.range.max) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(lower), Some(higher)) => lower <= higher,
    };
    below(higher.range.min) <= below(lower.range.min) && not_above
}

/// Whether the penalty of `a` is heavier than that of `b`, and by what; `None` when the principle does not tell.
fn heavier(principle: &Principle, a: &Norm<'_>, b: &Norm<'_>, whole: bool) -> Option<(Ordering, Option<Criterion>)> {
    if whole && a.gravest != b.gravest {
        return Some((a.gravest.cmp(&b.gravest), Some(Criterion::Outcome)));
    }
    let (first, second) = (a.fine?, b.fine?);
    for criterion in &principle.norms {
        let found = match criterion {
            Criterion::StatutoryRange => Some(higher_range(first.range, second.range)),
            _ => amounts(first, second),
        };
        match found {
            Some(Ordering::Equal) => {}
            Some(order) => return Some((order, Some(*criterion))),
            None => return None,
        }
    }
    // What the principle does not tell apart is one fine only when the sums are the same too.
    let same = match (first.amount, second.amount) {
        (Some(first), Some(second)) => first == second,
        (None, None) => first.range == second.range,
        _ => false,
    };
    same.then_some((Ordering::Equal, None))
}

/// The higher maximum, then the higher minimum.
fn higher_range(a: AmountRange, b: AmountRange) -> Ordering {
    (a.max.is_none(), a.max, a.min).cmp(&(b.max.is_none(), b.max, b.min))
}

/// The higher amount. Where the officer fixes one of them, only ranges that do not meet tell them apart; two that are left to
/// the officer in one range are the same.
fn amounts(a: Fine, b: Fine) -> Option<Ordering> {
    if let (Some(a), Some(b)) = (a.amount, b.amount) {
        return Some(a.cmp(&b));
    }
    let low = |fine: Fine| fine.amount.or(fine.range.min).unwrap_or(Number::ZERO);
    let high = |fine: Fine| fine.amount.or(fine.range.max);
    match (high(a), high(b)) {
        (_, Some(high)) if low(a) > high => Some(Ordering::Greater),
        (Some(high), _) if low(b) > high => Some(Ordering::Less),
        _ if a.amount.is_none() && b.amount.is_none() && a.range == b.range => Some(Ordering::Equal),
        _ => None,
    }
}
