//! Fines that no benchmark works out, and benchmarks that no case comes to.

use std::sync::Arc;

use super::is_own;
use crate::case::PartyKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{benchmark_on, covers};
use crate::program::{BenchmarkVersion, Program, RuleId, Violation, ViolationVersion};
use crate::source::Span;
use crate::value::Date;
use crate::verify::Finding;
use crate::verify::facts::Facts;
use crate::verify::scene::{Entered, Scene, days, fewest, narrower};

/// Looks at one violation.
pub(in crate::verify) fn check(
    program: &Arc<Program>,
    (number, id, violation): (usize, &Arc<str>, &Violation),
    findings: &mut Vec<Finding>,
) {
    for benchmark in &violation.benchmarks {
        let span = place(program, benchmark.rule);
        if is_own(program, span) && !is_used(program, violation, benchmark) {
            findings.push(unused(program, id, violation, benchmark, span));
        }
    }
    if program.violations.values().all(|violation| violation.benchmarks.is_empty()) {
        return;
    }
    for version in violation.versions.iter().filter(|version| !version.no_longer_unlawful) {
        let before = findings.len();
        without(program, (number, id, violation), version, findings);
        // Of a violation without any benchmark, one of its versions and parties is enough.
        if violation.benchmarks.is_empty() && findings.len() > before {
            break;
        }
    }
}

/// Whether a benchmark is the one used for some party on some day.
fn is_used(program: &Program, violation: &Violation, benchmark: &BenchmarkVersion) -> bool {
    let versions = violation.versions.iter().filter(|version| !version.no_longer_unlawful);
    versions.filter_map(|version| Some((version, narrower(&program.area, &version.area)?))).any(|(version, area)| {
        let Some(area) = narrower(area, &benchmark.area) else { return false };
        days(version, violation).any(|day| {
            let parties = [PartyKind::Unit, PartyKind::Individual, PartyKind::Responsible];
            parties
                .into_iter()
                .filter(|party| may_be(version, *party))
                .any(|party| benchmark_on(violation, day, area, party).is_some_and(|used| used.rule == benchmark.rule))
        })
    })
}

/// Whether someone of this kind may be judged; persons are responsible in a unit.
fn may_be(version: &ViolationVersion, party: PartyKind) -> bool {
    version.subjects.is_none_or(|subjects| match party {
        PartyKind::Unit | PartyKind::Responsible => subjects.unit,
        PartyKind::Individual => subjects.individual,
    })
}

/// Says once that a pack has no benchmark at all, instead of once for each violation.
pub(super) fn none_at_all(program: &Program, findings: &mut Vec<Finding>) {
    let violations = program.violations.len();
    if violations == 0 || program.violations.values().any(|violation| !violation.benchmarks.is_empty()) {
        return;
    }
    let pack = program.packs.last().map_or("", |pack| pack.name.as_str());
    findings.push(Finding::of(
        Diagnostic::new(
            Code::NoBenchmark,
            Span::NOWHERE,
            format!("{pack} 没有裁量基准（违法行为{violations}项）"),
            format!("`{pack}` has no benchmarks (violations: {violations})"),
        )
        .why("罚款数额都由执法人员在幅度内确定", "the officer fixes every fine inside its range"),
    ));
}

/// Stretches of days on which the fine of a version has no benchmark, for each kind of party, each with a case.
fn without(
    program: &Arc<Program>,
    (number, id, violation): (usize, &Arc<str>, &Violation),
    version: &ViolationVersion,
    findings: &mut Vec<Finding>,
) {
    let Some(area) = narrower(&program.area, &version.area) else { return };
    for party in [PartyKind::Unit, PartyKind::Individual].into_iter().filter(|party| may_be(version, *party)) {
        for (first, next) in stretches(violation, version, area, party) {
            let scene = Scene::on(program, (number, id, violation), version, (area, first, party));
            let found =
                match scene.enter_where(&Facts::default(), |range| range.min.is_none() || range.min != range.max) {
                    Entered::Never => continue,
                    Entered::With(facts, _) => Some(fewest(&facts, |facts| {
                        scene
                            .trial()
                            .determination(facts)
                            .and_then(|found| found.result.fine)
                            .is_some_and(|fine| fine.amount.is_none() && fine.within.is_none())
                    })),
                    Entered::Unknown => None,
                };
            let (who_zh, who_en) = match party {
                PartyKind::Unit => ("单位", "units"),
                PartyKind::Individual | PartyKind::Responsible => ("个人", "individuals"),
            };
            let none = violation.benchmarks.is_empty();
            let (who_zh, who_en) =
                if none { (String::new(), String::new()) } else { (format!("对{who_zh}"), format!(" of {who_en}")) };
            let (mut when_zh, mut when_en) = (String::new(), String::new());
            if first > version.in_force.from {
                when_zh.push_str(&format!("自{first}起"));
                when_en.push_str(&format!(" from {first} on"));
            }
            if let Some(next) = next {
                when_zh.push_str(&format!("{next}之前"));
                when_en.push_str(&format!(" before {next}"));
            }
            let diagnostic = Diagnostic::new(
                Code::NoBenchmark,
                place(program, version.rule),
                format!("在{area}，{when_zh}{who_zh}没有裁量基准计算“{id}”的罚款"),
                format!("in {area} no benchmark works out the fine for `{id}`{who_en}{when_en}"),
            )
            .why("罚款数额由执法人员在幅度内确定", "the officer fixes the amount inside the range");
            findings.push(match found {
                Some(facts) => Finding::shown(diagnostic, scene.case_text(&facts)),
                None => Finding::of(diagnostic),
            });
            if none {
                return;
            }
        }
    }
}

/// The days of a version without a benchmark: first day of each stretch, and the day on which the next benchmark begins.
fn stretches(
    violation: &Violation,
    version: &ViolationVersion,
    area: &str,
    party: PartyKind,
) -> Vec<(Date, Option<Date>)> {
    let mut found: Vec<(Date, Option<Date>)> = Vec::new();
    let mut open: Option<Date> = None;
    for day in days(version, violation) {
        match (benchmark_on(violation, day, area, party), open) {
            (None, None) => open = Some(day),
            (Some(_), Some(first)) => {
                found.push((first, Some(day)));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|first| (first, None)));
    found
}

fn unused(program: &Program, id: &str, violation: &Violation, benchmark: &BenchmarkVersion, span: Span) -> Finding {
    let versions = || violation.versions.iter().filter(|version| !version.no_longer_unlawful);
    let in_force = |version: &&ViolationVersion| version.in_force.overlaps(&benchmark.in_force);
    let in_area = |version: &&ViolationVersion| narrower(&version.area, &benchmark.area).is_some();
    let for_party = |version: &&ViolationVersion| benchmark.subjects.iter().any(|party| may_be(version, party));
    let inside = covers(&program.area, &benchmark.area) || covers(&benchmark.area, &program.area);
    let (zh, en) = if !versions().any(|version| in_force(&version)) {
        ("它施行时，违法行为没有施行的版本", "no version of the violation is in force while it is")
    } else if !inside || !versions().any(|version| in_force(&version) && in_area(&version)) {
        ("它的区域与违法行为的区域不相交", "its area and that of the violation do not meet")
    } else if !versions().any(|version| in_force(&version) && in_area(&version) && for_party(&version)) {
        ("它所适用的当事人不是违法行为的对象", "those it is for cannot commit the violation")
    } else {
        ("凡能适用它的案件，都由另一裁量基准取代", "wherever it could be used, another benchmark takes its place")
    };
    let mut diagnostic = Diagnostic::new(
        Code::BenchmarkUnused,
        span,
        format!("没有案件会用到“{id}”的这个裁量基准"),
        format!("no case ever comes to this benchmark for `{id}`"),
    )
    .why(zh, en)
    .help("改正它的施行期间、区域或对象，或者删去它", "mend its interval, area or subjects, or remove it");
    for version in violation.versions.iter().take(1) {
        diagnostic = diagnostic.label(place(program, version.rule), "违法行为", "the violation");
    }
    Finding::of(diagnostic)
}

fn place(program: &Program, rule: RuleId) -> Span {
    program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span)
}
