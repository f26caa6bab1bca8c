//! Check 1: rows of factors and tables. Values that no row covers, values that several rows of a `unique` one cover, rows
//! that no case ever comes to.
//!
//! Every combination of values that the cells tell apart is looked at once. A combination counts only when some case with it
//! is a violation with a fine; that case is shown, after it was evaluated and did what the finding says.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Slot};
use super::grid::{Seen, explore};
use super::lookups::Lookup;
use super::scene::{Entered, Scene, fewest};
use super::space::{Uses, plain_fact};
use super::stretches::with;
use super::{Finding, not_decided, values_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::NO_RANGE;
use crate::program::{RuleId, TableRow};
use crate::source::Span;
use crate::syntax::HitPolicy;
use crate::trail::Problem;
use crate::value::{Number, Value};

/// The most combinations of one kind that are kept to find one that occurs.
const KEPT: usize = 256;
/// The most overlaps reported of one factor or table.
const OVERLAPS: usize = 16;

/// What the combinations of one factor or table lead to.
#[derive(Default)]
struct Met {
    gaps: Vec<Facts>,
    /// Rows that fit together, with a combination each.
    overlaps: BTreeMap<(usize, usize), Vec<Facts>>,
    /// For each row, combinations in which it gives the result.
    counts: BTreeMap<usize, Vec<Facts>>,
    /// Rows that fit somewhere, whether they give the result or not.
    fits: BTreeSet<usize>,
}

/// Examines every factor and table in all scenes of all violations: what several share has a row for each of them.
pub(super) fn check(scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    let mut all: BTreeMap<RuleId, (Lookup<'_>, Vec<&Scene<'_>>)> = BTreeMap::new();
    for scene in scenes.iter().flatten() {
        for lookup in Lookup::all(scene) {
            all.entry(lookup.rule()).or_insert_with(|| (lookup, Vec::new())).1.push(scene);
        }
    }
    for (lookup, scenes) in all.values() {
        check_one(*lookup, scenes, findings);
    }
}

fn check_one(lookup: Lookup<'_>, scenes: &[&Scene<'_>], findings: &mut Vec<Finding>) {
    let Some(first) = scenes.first() else { return };
    let span = first.program.rule(lookup.rule()).map_or(Span::NOWHERE, |rule| rule.span);
    let results: Vec<Option<Value>> = lookup.rows().iter().map(|row| constant(first, row)).collect();
    let (mut used, mut fits) = (BTreeSet::new(), BTreeSet::new());
    let (mut worst, mut gap, mut overlaps) = (Seen::All, None, BTreeMap::new());
    // What may occur, and no case was found that shows it.
    let (mut unshown_gap, mut unshown_overlaps) = (false, BTreeSet::new());
    for scene in scenes {
        let mut met = Met::default();
        let seen = explore(scene, lookup, &mut |rows, facts| met.note(lookup, &results, rows, facts));
        if seen != Seen::All {
            worst = seen;
        }
        if gap.is_none() {
            gap = shown(scene, lookup, Problem::NoRow, &met.gaps);
            unshown_gap |= gap.is_none() && occurs(scene, &met.gaps) != Some(false);
        }
        for (pair, combinations) in &met.overlaps {
            if overlaps.len() >= OVERLAPS || overlaps.contains_key(pair) {
                continue;
            }
            match shown(scene, lookup, Problem::SeveralRows, combinations) {
                Some(found) => {
                    overlaps.insert(*pair, found);
                }
                None if occurs(scene, combinations) != Some(false) => {
                    unshown_overlaps.insert(*pair);
                }
                None => {}
            }
        }
        for (row, combinations) in &met.counts {
            if !used.contains(row) {
                match occurs(scene, combinations) {
                    Some(true) => {
                        used.insert(*row);
                    }
                    Some(false) => {}
                    None => worst = Seen::Sampled,
                }
            }
        }
        fits.extend(met.fits);
    }
    if let Some((scene, facts)) = &gap {
        findings.push(gap_finding(scene, lookup, span, facts));
    }
    for ((first, second), (scene, facts)) in &overlaps {
        findings.push(overlap_finding(scene, lookup, (*first, *second), facts));
    }
    findings.extend(points_among_bands(scenes, lookup, &results));
    let unshown = unshown_overlaps.iter().any(|pair| !overlaps.contains_key(pair)) || (unshown_gap && gap.is_none());
    if unshown && worst == Seen::All {
        findings.push(not_decided(
            span,
            ("每一种可能的情形是否恰有一行", "whether there is one row for every case"),
            ("看到的这些案件都另有结果", "the cases that were tried end in another way"),
        ));
    }
    match worst {
        Seen::TooMany => findings.push(not_decided(
            span,
            ("各行覆盖哪些值", "which values the rows cover"),
            ("组合太多", "there are too many combinations"),
        )),
        Seen::Sampled => findings.push(not_decided(
            span,
            ("各行覆盖哪些值", "which values the rows cover"),
            ("行所比较的不只是事实和确定的值", "the rows compare more than facts with fixed values"),
        )),
        // Which row is the lowest hangs on the keys that are established.
        Seen::All if lookup.lowest_when_unestablished() && lookup.cells().is_none_or(|(keys, _)| keys.len() > 1) => {
            if used.len() < lookup.rows().len() {
                findings.push(not_decided(
                    span,
                    ("每一行是否都有案件用到", "whether a case comes to every row"),
                    ("无法查明时取最低的一行", "what cannot be established counts at the lowest row"),
                ));
            }
        }
        Seen::All => {
            let lowest = results.iter().filter_map(|result| result.as_ref()?.ends()).min();
            let may_be_lowest = |result: &Option<Value>| result.as_ref().is_none_or(|result| result.ends() == lowest);
            if lookup.lowest_when_unestablished() {
                used.extend(results.iter().enumerate().filter(|(_, each)| may_be_lowest(each)).map(|(row, _)| row));
            }
            for (number, row) in lookup.rows().iter().enumerate() {
                let beside = overlaps.keys().any(|(first, second)| *first == number || *second == number);
                if !used.contains(&number) && !beside {
                    findings.push(dead_finding(row, fits.contains(&number)));
                }
            }
        }
    }
}

impl Met {
    fn note(&mut self, lookup: Lookup<'_>, results: &[Option<Value>], rows: &[usize], facts: &Facts) {
        self.fits.extend(rows.iter().copied());
        match (rows, lookup.hit()) {
            ([], _) => keep(&mut self.gaps, facts),
            ([only], _) => keep(self.counts.entry(*only).or_default(), facts),
            ([first, second, ..], HitPolicy::Unique) => {
                keep(self.overlaps.entry((*first, *second)).or_default(), facts);
            }
            ([first, ..], HitPolicy::First) => keep(self.counts.entry(*first).or_default(), facts),
            (all, HitPolicy::Collect) => {
                for row in all {
                    keep(self.counts.entry(*row).or_default(), facts);
                }
            }
            (all, HitPolicy::Highest | HitPolicy::Lowest) => {
                let result = |row: &usize| results.get(*row).copied().flatten();
                let beaten = |row: &usize| {
                    all.iter().any(|other| match (result(other), result(row), lookup.hit()) {
                        (Some(other), Some(own), HitPolicy::Highest) => other > own,
                        (Some(other), Some(own), _) => other < own,
                        _ => false,
                    })
                };
                // Of several that are the same the first counts; a result that is worked out may come out either way.
                let best = || all.iter().filter(|row| !beaten(row));
                let first = best().find(|row| result(row).is_some());
                for row in best().filter(|row| result(row).is_none()).chain(first) {
                    keep(self.counts.entry(*row).or_default(), facts);
                }
            }
        }
    }
}

fn keep(combinations: &mut Vec<Facts>, facts: &Facts) {
    if combinations.len() < KEPT {
        combinations.push(facts.clone());
    }
}

/// The result of a row that rests on nothing.
fn constant(scene: &Scene<'_>, row: &TableRow) -> Option<Value> {
    let mut uses = Uses::default();
    uses.expression(scene.program, row.result);
    let fixed = uses.slots().next().is_none() && !uses.range && uses.steps.is_empty() && uses.beyond.is_empty();
    fixed.then(|| scene.trial().parts().value(row.result, NO_RANGE, &[]).ok()).flatten()
}

/// Whether one of these combinations occurs in a violation with a fine; `None` when that cannot be said.
fn occurs(scene: &Scene<'_>, combinations: &[Facts]) -> Option<bool> {
    let mut unknown = combinations.len() >= KEPT;
    for facts in combinations {
        match scene.enter_benchmark(facts) {
            Entered::With(..) => return Some(true),
            Entered::Never => {}
            Entered::Unknown => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

/// A case with one of these combinations that runs into the problem, with as few facts as do it.
fn shown<'s, 'a>(
    scene: &'s Scene<'a>,
    lookup: Lookup<'_>,
    problem: Problem,
    combinations: &[Facts],
) -> Option<(&'s Scene<'a>, Facts)> {
    let mut trial = scene.trial();
    let mut runs_into = |facts: &Facts| {
        trial.determination(facts).is_some_and(|determination| lookup.failed_in(&determination.trail, problem))
    };
    for facts in combinations {
        if let Entered::With(facts, _) = scene.enter_benchmark(facts)
            && runs_into(&facts)
        {
            return Some((scene, fewest(&facts, runs_into)));
        }
    }
    None
}

fn gap_finding(scene: &Scene<'_>, lookup: Lookup<'_>, span: Span, facts: &Facts) -> Finding {
    let values = values_text(scene.program, facts);
    let diagnostic = Diagnostic::new(
        Code::Gap,
        span,
        format!("没有一行适用：{}", values.zh),
        format!("no row applies when {}", values.en),
    )
    .why("这样的案件算不出罚款数额", "no fine can be worked out for such a case");
    let diagnostic = match touching(scene, lookup, facts) {
        Some((below, above)) => diagnostic
            .label(below, "到这个数为止，不含它", "this row ends at that value, without it")
            .label(above, "从这个数开始，也不含它", "this row begins at it, without it either"),
        None => diagnostic,
    };
    let diagnostic = diagnostic.help(
        "补上这一行；不可能出现的值，在事实里写明范围",
        "add the row, or give the fact bounds when such a value cannot occur",
    );
    Finding::shown(diagnostic, scene.case_text(facts))
}

fn overlap_finding(scene: &Scene<'_>, lookup: Lookup<'_>, rows: (usize, usize), facts: &Facts) -> Finding {
    let values = values_text(scene.program, facts);
    let place = |row: usize| lookup.rows().get(row).map_or(Span::NOWHERE, |row| row.span);
    let diagnostic = Diagnostic::new(
        Code::Overlap,
        place(rows.1),
        format!("两行同时适用：{}", values.zh),
        format!("two rows apply when {}", values.en),
    )
    .label(place(rows.0), "另一行", "the other row")
    .why("这样的案件算不出罚款数额", "no fine can be worked out for such a case")
    .help("改正重叠的行，或写明命中规则", "mend the rows that overlap, or say which of several counts");
    Finding::shown(diagnostic, scene.case_text(facts))
}

/// The rows that end and begin at the value of the one key, when that value is the end of both and belongs to neither.
fn touching(scene: &Scene<'_>, lookup: Lookup<'_>, facts: &Facts) -> Option<(Span, Span)> {
    let ([key], index) = lookup.cells()? else { return None };
    let value = facts.value(Slot::Fact(plain_fact(scene.program, key.root)?))?;
    let cuts = index.cuts(0);
    let place = cuts.iter().position(|cut| *cut == value)?;
    // Nothing is told apart between one end and the next, so the middle of the two stands for what lies between.
    let beside = |from: Option<&Value>, by: Number| match from {
        Some(other) => with(value, value.as_number()?.plus(other.as_number()?)?.divide(Number::integer(2))?),
        None => with(value, value.as_number()?.plus(by)?),
    };
    let row = |value: Value| {
        let number = (0..index.rows()).find(|row| index.row_matches(*row, 0, &value))?;
        lookup.rows().get(number).map(|row| row.span)
    };
    let below = row(beside(place.checked_sub(1).and_then(|place| cuts.get(place)), Number::integer(-1))?)?;
    let above = row(beside(cuts.get(place.checked_add(1)?), Number::ONE)?)?;
    Some((below, above))
}

/// Rows that give one sum, among rows that give bands: often the upper end of the last band was left out.
fn points_among_bands(scenes: &[&Scene<'_>], lookup: Lookup<'_>, results: &[Option<Value>]) -> Vec<Finding> {
    let is_band = |value: &Option<Value>| match value {
        Some(Value::Range(range) | Value::PercentRange(range) | Value::NumberRange(range)) => range.min != range.max,
        _ => false,
    };
    let bands = results.iter().filter(|result| is_band(result)).count();
    if bands.saturating_mul(2) < results.len() {
        return Vec::new();
    }
    let points = lookup.rows().iter().zip(results).filter(|(_, result)| result.is_some() && !is_band(result));
    let mut findings = Vec::new();
    for (row, _) in points {
        let diagnostic = Diagnostic::new(
            Code::PointAmongBands,
            row.span,
            "这一行是一个数，其他各行是幅度",
            "this row gives one sum, and the others give bands",
        )
        .why("这一行的案件没有裁量的余地", "it leaves no room for discretion in its cases")
        .help(
            "对照法规核对是否漏了幅度的另一端；法规本身如此的，写明理由",
            "check against the instrument whether an end of the band was left out; where it is so itself, say why",
        );
        let case = scenes.iter().find_map(|scene| {
            let facts = in_row(scene, lookup, row.span)?;
            Some(scene.case_text(&facts))
        });
        findings.push(match case {
            Some(case) => Finding::shown(diagnostic, case),
            None => Finding::of(diagnostic),
        });
    }
    findings
}

/// A case that comes to a row.
fn in_row(scene: &Scene<'_>, lookup: Lookup<'_>, row: Span) -> Option<Facts> {
    let mut found = Vec::new();
    let number = lookup.rows().iter().position(|each| each.span == row)?;
    explore(scene, lookup, &mut |rows, facts| {
        if rows == [number] {
            keep(&mut found, facts);
        }
    });
    let mut trial = scene.trial();
    let mut comes = |facts: &Facts| {
        trial.determination(facts).is_some_and(|determination| {
            let step = |step: &crate::trail::Step| {
                step.rule == Some(lookup.rule()) && step.span == row && step.value.is_some()
            };
            determination.trail.steps().iter().any(step)
        })
    };
    found.iter().find_map(|facts| match scene.enter_benchmark(facts) {
        Entered::With(facts, _) if comes(&facts) => Some(fewest(&facts, &mut comes)),
        _ => None,
    })
}

fn dead_finding(row: &TableRow, fits: bool) -> Finding {
    let diagnostic =
        Diagnostic::new(Code::DeadRow, row.span, "没有任何案件会用到这一行", "no case ever comes to this row");
    let diagnostic = if fits {
        diagnostic.why("凡适用这一行的案件，都由别的行取代", "wherever it fits, another row takes its place")
    } else {
        diagnostic.why("没有一个有罚款的案件符合它的条件", "no case with a fine fits its cells")
    };
    Finding::of(diagnostic.help("删去这一行，或改正它的条件", "remove the row, or mend its cells"))
}
