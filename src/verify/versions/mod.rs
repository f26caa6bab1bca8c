//! Check 6: versions in time. Gaps between versions of one name, benchmarks that end too early, instruments that are not in
//! force when a rule cites them, rules in whose time there is nothing they bear on.
//!
//! There is no clock: intervals are compared with each other only. Versions that hold on the same day are refused when the
//! rules are loaded (E0402).

mod bearing;
mod citations;
mod gaps;
mod named;

use super::Finding;
use super::scene::Scene;
use crate::program::{InForce, Program};
use crate::value::Date;

/// Examines the whole program; `scenes` are those of each violation.
pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    gaps::check(program, scenes, findings);
    named::check(program, scenes, findings);
    citations::check(program, scenes, findings);
    bearing::check(program, findings);
}

/// The first day of each stretch between two of these intervals on which none of them holds, with its last day and the number
/// of the interval that follows it.
fn gaps_between(intervals: &[InForce]) -> Vec<(Date, Date, usize)> {
    let mut order: Vec<(usize, &InForce)> = intervals.iter().enumerate().collect();
    order.sort_by_key(|(_, interval)| interval.from);
    let mut gaps = Vec::new();
    let mut covered: Option<Option<Date>> = None;
    for (number, interval) in order {
        if let Some(Some(last)) = covered
            && let (Some(first), Some(before)) = (last.tomorrow(), interval.from.yesterday())
            && first <= before
        {
            gaps.push((first, before, number));
        }
        covered = Some(match covered {
            Some(None) => None,
            Some(Some(last)) => interval.to.map(|to| to.max(last)),
            None => interval.to,
        });
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::gaps_between;
    use crate::program::InForce;
    use crate::value::Date;

    fn day(month: i8, day: i8) -> Date {
        Date::new(2024, month, day).unwrap()
    }

    #[test]
    fn a_gap_is_between_the_last_day_covered_and_the_next_first_day() {
        let interval = |from, to| InForce { from, to: Some(to) };
        let first = interval(day(1, 1), day(6, 30));
        let inside = interval(day(2, 1), day(3, 1));
        let next = interval(day(7, 1), day(8, 1));
        let late = InForce { from: day(8, 3), to: None };
        assert_eq!(gaps_between(&[next, first, inside]), []);
        assert_eq!(gaps_between(&[late, first, next]), [(day(8, 2), day(8, 2), 0)]);
        assert_eq!(gaps_between(&[InForce { from: day(1, 1), to: None }, late]), []);
    }
}
