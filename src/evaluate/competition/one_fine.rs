//! Of the norms that apply, the one whose fine is imposed (行政处罚法 Art. 29).

use std::cmp::Ordering;

use super::norm::Norm;
use super::{Decided, GivesWay, Group, Standing};
use crate::case::Case;
use crate::evaluate::{Fine, Outcome};
use crate::program::Principle;
use crate::trail::{Criterion, Problem};
use crate::value::{AmountRange, Number};

impl Group<'_> {
    /// One fine among those that are left.
    pub(super) fn one_fine(&mut self, case: &Case) -> Decided {
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
        let whole = self.compares_whole_penalties();
        let left: Vec<usize> =
            self.norms.iter().enumerate().filter(|(_, norm)| norm.competes(whole)).map(|(index, _)| index).collect();
        for norm in &mut self.norms {
            if norm.standing.is_none() && !norm.competes(whole) {
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
            _ => self.compare(case, &left, whole),
        }
    }

    /// Whether one of the norms that apply says that the heavier penalty as a whole applies.
    pub(super) fn compares_whole_penalties(&self) -> bool {
        let applying = self.norms.iter().filter(|norm| norm.standing.is_none());
        applying.filter_map(|norm| norm.version).any(|version| version.norm.heavier_applies)
    }

    pub(super) fn stand(&mut self, index: usize, standing: Standing) {
        if let Some(norm) = self.norms.get_mut(index) {
            norm.standing = Some(standing);
        }
    }

    pub(super) fn leave_open(&mut self, left: &[usize], decided: Decided) -> Decided {
        left.iter().for_each(|index| self.stand(*index, Standing::Open));
        Decided { winner: None, by: None, ..decided }
    }

    /// Compares the fines of norms that are left, or whole penalties where one of them says so.
    pub(super) fn compare(&mut self, case: &Case, left: &[usize], whole: bool) -> Decided {
        let program = self.program;
        let principle = program
            .principles
            .iter()
            .find(|each| each.in_force.holds_on(case.decided_on) && crate::evaluate::covers(&each.area, &case.area))
            .filter(|each| !each.norms.is_empty());
        let Some(principle) = principle else {
            self.problem(Problem::NoNormPrinciple);
            return self.leave_open(left, Decided::default());
        };
        let decided = Decided { principle: Some(principle.rule), whole, ..Decided::default() };
        // A fine that may be left out never takes the place of one that must be imposed.
        let must = |index: &&usize| self.norms.get(**index).is_some_and(|norm| !norm.optional);
        let binding: Vec<usize> = left.iter().filter(must).copied().collect();
        let first = if binding.is_empty() { left } else { &binding };
        let Some(best) = self.heaviest(principle, first, whole) else {
            self.problem(if whole { Problem::PenaltiesNotComparable } else { Problem::NormsNotComparable });
            return self.leave_open(left, decided);
        };
        let mut by = best.by;
        let mut standings = Vec::new();
        for index in left.iter().filter(|index| **index != best.index) {
            let standing = match (self.norms.get(best.index), self.norms.get(*index)) {
                (Some(winner), Some(norm)) => beside(principle, winner, norm, whole),
                _ => None,
            };
            let Some((standing, criterion)) = standing else {
                self.problem(if whole { Problem::PenaltiesNotComparable } else { Problem::NormsNotComparable });
                return self.leave_open(left, decided);
            };
            by = by.or(criterion);
            standings.push((*index, standing));
        }
        self.stand(best.index, Standing::Applies);
        standings.into_iter().for_each(|(index, standing)| self.stand(index, standing));
        Decided { winner: Some(best.place), by, ..decided }
    }

    /// The one that no other is above, whatever the others are to each other.
    fn heaviest(&self, principle: &Principle, among: &[usize], whole: bool) -> Option<Heaviest> {
        among.iter().find_map(|index| {
            let own = self.norms.get(*index)?;
            let mut by = None;
            for other in among.iter().filter(|other| *other != index) {
                match heavier(principle, own, self.norms.get(*other)?, whole)? {
                    (Ordering::Less, _) => return None,
                    (_, criterion) => by = by.or(criterion),
                }
            }
            Some(Heaviest { index: *index, place: own.place, by })
        })
    }
}

/// The norm whose fine, or penalty, is the heaviest.
struct Heaviest {
    index: usize,
    place: usize,
    by: Option<Criterion>,
}

/// Where a norm stands beside the one whose fine is imposed, and by what the two are told apart; `None` when they are not.
fn beside(
    principle: &Principle,
    winner: &Norm<'_>,
    norm: &Norm<'_>,
    whole: bool,
) -> Option<(Standing, Option<Criterion>)> {
    let (order, criterion) = heavier(principle, winner, norm, whole)?;
    let may_be_higher = norm.optional && !winner.optional && order == Ordering::Less;
    let further = norm.further.filter(|_| !whole).zip(winner.fine);
    let further_is_higher = further.is_some_and(|(further, fine)| fines(principle, fine, further) != Some(true));
    Some(match order {
        _ if may_be_higher || further_is_higher => (Standing::LeftToOfficer(winner.place), None),
        Ordering::Equal => (Standing::GivesWay(GivesWay::SameFine, winner.place), None),
        _ if whole => (Standing::GivesWay(GivesWay::LighterPenalty, winner.place), criterion),
        _ => (Standing::GivesWay(GivesWay::LowerFine, winner.place), criterion),
    })
}

/// Whether the first fine is for certain not the lower one; `None` when the principle does not tell.
fn fines(principle: &Principle, first: Fine, second: Fine) -> Option<bool> {
    Some(fine_order(principle, Some(first), Some(second))?.0.is_ge())
}

/// Whether the penalty of `a` is heavier than that of `b`, and by what; `None` when that cannot be told.
fn heavier(principle: &Principle, a: &Norm<'_>, b: &Norm<'_>, whole: bool) -> Option<(Ordering, Option<Criterion>)> {
    if !whole {
        return fine_order(principle, a.fine, b.fine);
    }
    let by_fine = || fine_order(principle, a.fine, b.fine);
    let by_measures = |order| Some((order, Some(Criterion::Outcome)));
    match a.severity.against(&b.severity)? {
        (order, true) => by_measures(order),
        // Nothing says which of two equal penalties applies, and the other would not apply at all.
        (Ordering::Equal, _) => by_fine().filter(|(order, _)| order.is_ne()),
        // What the officer may choose makes it graver: it is the heavier one unless its fine is lower.
        (order, false) => {
            let (fine, _) = by_fine()?;
            if fine.is_eq() || fine == order { by_measures(order) } else { None }
        }
    }
}

/// Which fine is higher, and by what; `None` when the principle does not tell. No fine is below any.
fn fine_order(
    principle: &Principle,
    first: Option<Fine>,
    second: Option<Fine>,
) -> Option<(Ordering, Option<Criterion>)> {
    let (first, second) = match (first, second) {
        (Some(first), Some(second)) => (first, second),
        (first, second) => return Some((first.is_some().cmp(&second.is_some()), None)),
    };
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
