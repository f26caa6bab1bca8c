//! Definitions, tables, measures and presumptions that rules use on a day on which no version of them holds.

use std::collections::BTreeSet;

use super::super::applicability::considered;
use super::super::facts::Facts;
use super::super::scene::{Scene, fewest};
use super::super::space::Uses;
use super::super::split::{Budget, Ended, Look, split};
use super::super::{Finding, not_decided};
use super::gaps_between;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Threat, Unsettled};
use crate::program::{InForce, Program, RuleId};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Trail};
use crate::value::Date;

/// The most trials to find a case that uses a declaration on a day.
const TRIALS: usize = 500;

/// The versions of one declaration, by first day.
struct Named {
    what: (&'static str, &'static str),
    is_measure: bool,
    versions: Vec<(InForce, RuleId)>,
}

pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    for named in all(program) {
        let intervals: Vec<InForce> = named.versions.iter().map(|(interval, _)| *interval).collect();
        for (first, last, next) in gaps_between(&intervals) {
            let Some((_, rule)) = named.versions.get(next) else { continue };
            let diagnostic = diagnostic(program, &named, *rule, Code::VersionGap, &Time::Between(first, last));
            let mut days = days(scenes, first, last).into_iter();
            findings.push(match days.find_map(|day| shown(scenes, &named, day).0) {
                Some(case) => Finding::shown(diagnostic, case),
                None => Finding::of(diagnostic),
            });
        }
        let before = named.versions.first().and_then(|(interval, rule)| Some((interval.from.yesterday()?, *rule)));
        let open = intervals.iter().any(|interval| interval.to.is_none());
        let last = named.versions.iter().max_by_key(|(interval, _)| interval.to).filter(|_| !open);
        let after = last.and_then(|(interval, rule)| Some((interval.to?.tomorrow()?, *rule)));
        for (found, time) in [(before, Time::Before as fn(Date) -> Time), (after, Time::After)] {
            let Some((day, rule)) = found else { continue };
            match shown(scenes, &named, day) {
                (Some(case), _) => {
                    let diagnostic = diagnostic(program, &named, rule, Code::UsedOutOfTime, &time(day));
                    findings.push(Finding::shown(diagnostic, case));
                }
                (None, true) => {}
                (None, false) => findings.push(not_decided(
                    program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span),
                    ("没有版本时有没有规则用到它", "whether a rule uses it when no version of it holds"),
                    ("组合太多，或违法行为是否成立未能确定", "there are too many combinations to try them all"),
                )),
            }
        }
    }
}

fn all(program: &Program) -> Vec<Named> {
    let mut all = Vec::new();
    for fact in program.facts.values() {
        // A version that presumes nothing fills its time too.
        let Some((_, any)) = fact.presumptions.all().flatten().next() else { continue };
        let rule = |each: Option<(_, RuleId)>| each.map_or(any, |(_, rule)| rule);
        let versions = fact.presumptions.intervals().map(|(interval, each)| (interval, rule(each)));
        all.push(Named { what: ("推定", "presumption of"), is_measure: false, versions: versions.collect() });
    }
    for define in &program.defines {
        let version = |id| program.define(id).map(|define| define.rule);
        let versions = define.versions.intervals().filter_map(|(interval, id)| Some((interval, version(id)?)));
        all.push(Named { what: ("定义", "definition"), is_measure: false, versions: versions.collect() });
    }
    for table in &program.tables {
        let version = |id| program.table(id).map(|table| table.rule);
        let versions = table.versions.intervals().filter_map(|(interval, id)| Some((interval, version(id)?)));
        all.push(Named { what: ("表", "table"), is_measure: false, versions: versions.collect() });
    }
    for versions in program.measure_versions.values() {
        all.push(Named { what: ("措施", "measure"), is_measure: true, versions: versions.intervals().collect() });
    }
    all.retain(|named| !named.versions.is_empty());
    all
}

/// The days of a stretch on which what is in force beside it may begin to differ.
fn days(scenes: &[Vec<Scene<'_>>], first: Date, last: Date) -> BTreeSet<Date> {
    let violations = scenes.iter().filter_map(|scenes| scenes.first()).map(|scene| scene.violation);
    let begin = violations.flat_map(|violation| {
        let benchmarks = violation.benchmarks.iter().map(|each| each.in_force.from);
        benchmarks.chain(violation.versions.iter().map(|each| each.in_force.from))
    });
    [first, last].into_iter().chain(begin.filter(|day| first < *day && *day < last)).collect()
}

/// A case on a day that runs into one of these declarations not being in force; whether all that use it were tried.
fn shown(scenes: &[Vec<Scene<'_>>], named: &Named, day: Date) -> (Option<String>, bool) {
    let misses = |trail: &Trail| {
        trail.steps().iter().any(|step| {
            step.kind == StepKind::Problem(Problem::NotInForce)
                && step.rule.is_some_and(|rule| named.versions.iter().any(|(_, each)| *each == rule))
        })
    };
    let mut tried = true;
    for scene in scenes.iter().flatten().filter(|scene| scene.version.in_force.holds_on(day)) {
        let scene = scene.moved_to(day);
        if !uses(&scene, named) {
            continue;
        }
        let mut trial = scene.trial();
        let mut whole = scene.trial();
        let mut runs_into = |facts: &Facts| whole.determination(facts).is_some_and(|found| misses(&found.trail));
        let mut found = None;
        let ended = split(scene.program, &scene.entrance, &Facts::default(), &mut Budget::new(TRIALS), &mut |facts| {
            trial.give(facts);
            match trial.parts().threat() {
                Threat::Open(Unsettled::NotAsked(slot)) => Look::Open(slot),
                Threat::NotEstablished => Look::Settled,
                _ if runs_into(facts) => {
                    found = Some(facts.clone());
                    Look::Stop
                }
                _ => Look::Settled,
            }
        });
        if let Some(facts) = found {
            return (Some(scene.case_text(&fewest(&facts, runs_into))), true);
        }
        tried &= ended == Ended::All;
    }
    (None, tried)
}

/// Whether a violation, its benchmark or a condition of a rule about it uses a declaration; of a measure that is not known
/// beforehand.
fn uses(scene: &Scene<'_>, named: &Named) -> bool {
    if named.is_measure {
        return true;
    }
    let mut uses = Uses::default();
    uses.threat(scene.program, scene.version);
    if let Some(benchmark) = scene.benchmark {
        uses.benchmark(scene.program, benchmark);
    }
    for rule in considered::of(scene).iter().filter(|rule| rule.in_force.holds_on(scene.day())) {
        for condition in rule.conditions.iter().chain(&rule.grounds) {
            uses.condition(scene.program, condition);
        }
        for exclusion in &rule.exclusions {
            uses.expression(scene.program, *exclusion);
        }
    }
    named.versions.iter().any(|(_, rule)| uses.named.contains(rule))
}

/// When no version holds.
enum Time {
    Between(Date, Date),
    Before(Date),
    After(Date),
}

fn diagnostic(program: &Program, named: &Named, rule: RuleId, code: Code, time: &Time) -> Diagnostic {
    let (zh, en) = named.what;
    let (name, span) = program.rule(rule).map_or(("", Span::NOWHERE), |rule| (&*rule.name, rule.span));
    let (when_zh, when_en) = match time {
        Time::Between(first, last) if first == last => (first.chinese(), format!("on {first}")),
        Time::Between(first, last) => {
            (format!("{}至{}", first.chinese(), last.chinese()), format!("from {first} to {last}"))
        }
        Time::Before(day) => (format!("{}及以前", day.chinese()), format!("on {day} or before")),
        Time::After(day) => (format!("{}起", day.chinese()), format!("from {day} on")),
    };
    let diagnostic = Diagnostic::new(
        code,
        span,
        format!("{zh}“{name}”在{when_zh}没有任何版本有效"),
        format!("no version of the {en} `{name}` is in force {when_en}"),
    );
    let diagnostic = if code == Code::VersionGap {
        diagnostic.why("前后都有版本，中间却没有", "there are versions before and after, and none between")
    } else {
        diagnostic.why("那时仍有规则用到它，案件得不出结果", "a rule in force then uses it, and its cases stay open")
    };
    diagnostic
        .help("核对起止日期，或补上那段时间的版本", "check the first and last days, or add the version of that time")
}
