//! Declarations of one name with disjoint in-force intervals are versions; those in force on the same day are a mistake.

use std::collections::BTreeMap;

use super::names::declared_twice;
use super::{Head, InForce};
use crate::diagnostic::{Code, Diagnostic};

/// Reports pairs of heads with the same key that are in force on the same day. `what` names the kind in both languages.
pub(super) fn check<'a, K: Ord>(
    heads: impl Iterator<Item = (K, &'a Head)>,
    what: (&str, &str),
    errors: &mut Vec<Diagnostic>,
) {
    let mut sorted: Vec<(K, InForce, &Head)> =
        heads.filter_map(|(key, head)| head.in_force.map(|in_force| (key, in_force, head))).collect();
    sorted.sort_by(|a, b| (&a.0, a.1.from, a.2.span).cmp(&(&b.0, b.1.from, b.2.span)));
    for (first, second) in sorted.iter().zip(sorted.iter().skip(1)) {
        if first.0 == second.0 && first.1.overlaps(&second.1) {
            let (zh, en) = what;
            let name = &second.2.name.text;
            let day = first.1.from.max(second.1.from);
            errors.push(
                Diagnostic::new(
                    Code::VersionsOverlap,
                    second.2.name.span,
                    format!("{zh}“{name}”有两个版本在{}同时有效", day.chinese()),
                    format!("two versions of the {en} `{name}` are in force on {day}"),
                )
                .label(first.2.name.span, "另一个版本", "the other version")
                .why("规则之间没有“后写的优先”", "nothing is decided by which rule comes last")
                .help(
                    "用“施行 A 至 B”使期间不重叠，或写明不同的区域",
                    "give them intervals that do not meet with `effective A .. B`, or different areas",
                ),
            );
        }
    }
}

/// Checks the declarations of names that rules use: one without an interval holds always, and so can have no other version.
pub(super) fn named<'a>(
    heads: impl Iterator<Item = &'a Head> + Clone,
    what: (&str, &str),
    errors: &mut Vec<Diagnostic>,
) {
    let mut first: BTreeMap<&str, &Head> = BTreeMap::new();
    for head in heads.clone() {
        match first.get(&*head.name.text) {
            None => {
                first.insert(&head.name.text, head);
            }
            Some(earlier) if head.in_force.is_none() || earlier.in_force.is_none() => {
                errors.push(declared_twice(&head.name, earlier.name.span).help(
                    "换一个名字；两个版本的，各写“施行 A 至 B”",
                    "choose another name; give each of two versions its interval with `effective A .. B`",
                ));
            }
            Some(_) => {}
        }
    }
    check(heads.map(|head| (&head.name.text, head)), what, errors);
}
