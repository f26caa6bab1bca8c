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
    pub(super) fn compare(&mut self, case: &Case, left: &[usize]) -> Decided {
        let program = self.program;
        let whole =
            left.iter().filter_map(|index| self.norms.get(*index)?.version).any(|version| version.norm.heavier_applies);
        let principle = program
            .principles
            .iter()
            .find(|each| each.in_force.holds_on(case.decided_on) && crate::evaluate::covers(&each.area, &case.area))
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
