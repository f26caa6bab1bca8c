//! Which norms apply at all: those that give way fall away, then level, special and later law decide between norms that rule
//! the same conduct.

use std::cmp::Ordering;

use super::norm::Norm;
use super::{GivesWay, Group, Standing};
use crate::trail::Problem;
use crate::value::Number;

impl Group<'_> {
    /// Norms that give way to another one that covers the act.
    pub(super) fn yielding(&mut self) {
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
    pub(super) fn same_conduct(&mut self) {
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

    pub(super) fn give_way(&mut self, loser: usize, why: GivesWay, winner: usize) {
        let Some(place) = self.norms.get(winner).map(|norm| norm.place) else { return };
        if let Some(norm) = self.norms.get_mut(loser) {
            norm.standing = Some(Standing::GivesWay(why, place));
        }
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
