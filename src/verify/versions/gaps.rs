//! Versions of one rule with a time between them in which neither holds, and benchmarks that end before their violation.

use std::collections::BTreeMap;

use super::super::Finding;
use super::super::facts::Facts;
use super::super::scene::{Entered, Scene};
use super::gaps_between;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::covers;
use crate::program::{InForce, PartyKind, Program, RuleId};
use crate::resolved::Covers;
use crate::source::Span;
use crate::trail::Problem;
use crate::value::Date;

/// What has versions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum What {
    Violation,
    Benchmark(PartyKind),
    List,
    Bar,
    Referral,
    Circumstance,
    Credit,
    Procedure,
}

impl What {
    fn text(self) -> (&'static str, &'static str) {
        match self {
            What::Violation => ("违法行为", "violation"),
            What::Benchmark(_) => ("裁量基准", "benchmark"),
            What::List => ("免罚清单", "leniency list"),
            What::Bar => ("阻却", "bar"),
            What::Referral => ("移送", "referral"),
            What::Circumstance => ("情节", "circumstance"),
            What::Credit => ("信用", "credit rule"),
            What::Procedure => ("程序", "procedure"),
        }
    }
}

/// The versions of one name in one area.
#[derive(Debug)]
struct Versions<'a> {
    /// Empty where versions are not told apart by area.
    area: &'a str,
    /// The violations they are for.
    covers: Vec<&'a Covers>,
    intervals: Vec<InForce>,
    rules: Vec<RuleId>,
}

type All<'a> = BTreeMap<(What, &'a str, &'a str), Versions<'a>>;

pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    for ((what, name, _), versions) in &all(program) {
        for (first, last, next) in gaps_between(&versions.intervals) {
            let Some(rule) = versions.rules.get(next) else { continue };
            let diagnostic = diagnostic(program, *what, name, *rule, (first, last));
            findings.push(match shown(scenes, *what, name, versions, first) {
                Some(case) => Finding::shown(diagnostic, case),
                None => Finding::of(diagnostic),
            });
        }
    }
    for scenes in scenes {
        endings(scenes, findings);
    }
}

fn all(program: &Program) -> All<'_> {
    let mut all = All::new();
    for (id, violation) in &program.violations {
        for version in &violation.versions {
            add(&mut all, (What::Violation, &**id, ""), None, version.in_force, version.rule);
        }
        for kind in PartyKind::ALL {
            for each in violation.benchmarks.iter().filter(|each| each.subjects.contains(kind)) {
                add(&mut all, (What::Benchmark(kind), &**id, &*each.area), None, each.in_force, each.rule);
            }
        }
        for each in &violation.lists {
            add(&mut all, (What::List, &*each.name, &*each.area), None, each.in_force, each.rule);
        }
    }
    let mut named = |what, rule: RuleId, area, covers, in_force| {
        let name = program.rule(rule).map_or("", |rule| &*rule.name);
        add(&mut all, (what, name, area), Some(covers), in_force, rule);
    };
    program.bars.iter().for_each(|each| named(What::Bar, each.rule, &*each.area, &each.covers, each.in_force));
    program
        .referrals
        .iter()
        .for_each(|each| named(What::Referral, each.rule, &*each.area, &each.covers, each.in_force));
    program
        .circumstances
        .iter()
        .for_each(|each| named(What::Circumstance, each.rule, &*each.area, &each.covers, each.in_force));
    program.credit.iter().for_each(|each| named(What::Credit, each.rule, &*each.area, &each.covers, each.in_force));
    program
        .procedures
        .iter()
        .for_each(|each| named(What::Procedure, each.rule, &*each.area, &each.covers, each.in_force));
    all
}

fn add<'a>(
    all: &mut All<'a>,
    key: (What, &'a str, &'a str),
    covers: Option<&'a Covers>,
    in_force: InForce,
    rule: RuleId,
) {
    let versions = all.entry(key).or_insert_with(|| Versions {
        area: key.2,
        covers: Vec::new(),
        intervals: Vec::new(),
        rules: Vec::new(),
    });
    // A list is met once for each violation it has an item for.
    if !versions.rules.contains(&rule) {
        versions.covers.extend(covers);
        versions.intervals.push(in_force);
        versions.rules.push(rule);
    }
}

/// A case on the first day of the gap that the versions would bear on.
fn shown(scenes: &[Vec<Scene<'_>>], what: What, name: &str, versions: &Versions<'_>, day: Date) -> Option<String> {
    let concerned = |scene: &Scene<'_>| {
        (versions.area.is_empty() || covers(versions.area, scene.area()))
            && match what {
                What::Violation | What::Benchmark(_) => scene.id() == name,
                What::List => scene.violation.lists.iter().any(|list| &*list.name == name),
                _ => versions.covers.iter().any(|covers| covers.includes(scene.id())),
            }
    };
    for scene in scenes.iter().flatten().filter(|scene| concerned(scene)) {
        if what == What::Violation {
            let scene = scene.moved_to(day);
            let determination = scene.trial().determination(&Facts::default())?;
            if determination.result.problems.contains(&Problem::NoVersion) {
                return Some(scene.case_text(&Facts::default()));
            }
            continue;
        }
        let Some((scene, facts)) = established_on(scene, day) else { continue };
        let missed = match what {
            What::Benchmark(party) => scene.party() == party && scene.benchmark.is_none(),
            _ => true,
        };
        if missed {
            return Some(scene.case_text(&facts));
        }
    }
    None
}

/// The scene on another day, with a case that is a violation with a fine.
pub(super) fn established_on<'a>(scene: &Scene<'a>, day: Date) -> Option<(Scene<'a>, Facts)> {
    if !scene.version.in_force.holds_on(day) {
        return None;
    }
    let moved = scene.moved_to(day);
    let Entered::With(facts, _) = moved.enter(&Facts::default()) else { return None };
    moved.trial().determination(&facts)?;
    Some((moved, facts))
}

fn diagnostic(program: &Program, what: What, name: &str, rule: RuleId, (first, last): (Date, Date)) -> Diagnostic {
    let (zh, en) = what.text();
    let span = program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span);
    let (when_zh, when_en) = if first == last {
        (first.chinese(), format!("on {first}"))
    } else {
        (format!("{}至{}", first.chinese(), last.chinese()), format!("from {first} to {last}"))
    };
    Diagnostic::new(
        Code::VersionGap,
        span,
        format!("{zh}“{name}”在{when_zh}没有任何版本有效"),
        format!("no version of the {en} `{name}` is in force {when_en}"),
    )
    .why(
        "前后都有版本，中间的案件却没有规则可用",
        "there are versions before and after, and cases between them have no rule to go by",
    )
    .help(
        "核对施行日期和失效日期；确有空档的，写明依据",
        "check the first and last days; if there really is such a time, say where that is laid down",
    )
}

/// Benchmarks after whose last day a violation goes on with none.
fn endings(scenes: &[Scene<'_>], findings: &mut Vec<Finding>) {
    let Some(violation) = scenes.first().map(|scene| scene.violation) else { return };
    for benchmark in &violation.benchmarks {
        let Some(day) = benchmark.in_force.to.and_then(Date::tomorrow) else { continue };
        // Where another begins later, that is a gap.
        let follows = violation.benchmarks.iter().any(|each| each.area == benchmark.area && each.in_force.from > day);
        let mut concerned = scenes.iter().filter(|scene| {
            benchmark.subjects.contains(scene.party()) && covers(&benchmark.area, scene.area()) && !follows
        });
        let found = concerned.find_map(|scene| {
            let (scene, facts) = established_on(scene, day)?;
            scene.benchmark.is_none().then(|| scene.case_text(&facts))
        });
        let Some((case, program)) = found.zip(scenes.first().map(|scene| scene.program)) else { continue };
        let Some(rule) = program.rule(benchmark.rule) else { continue };
        let diagnostic = Diagnostic::new(
            Code::BenchmarkEnds,
            rule.span,
            format!("自{}起，违法行为“{}”没有裁量基准", day.chinese(), rule.name),
            format!("from {day} on, the violation `{}` has no benchmark", rule.name),
        )
        .why(
            "违法行为继续施行，此后的罚款数额由办案人员确定",
            "the violation goes on, and what is fined from then on is left to the officer",
        );
        findings.push(Finding::shown(diagnostic, case));
    }
}
