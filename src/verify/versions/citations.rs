//! Instruments that are not in force while a rule that cites them is.

use std::collections::BTreeSet;

use super::super::Finding;
use super::super::scene::Scene;
use super::gaps::established_on;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{InForce, Instrument, Program, Rule, RuleId, RuleKind, Versions};
use crate::value::Date;

pub(super) fn check(program: &Program, scenes: &[Vec<Scene<'_>>], findings: &mut Vec<Finding>) {
    let dated = dated(program);
    for (place, rule) in program.rules.iter().enumerate() {
        let id = RuleId::new(place);
        // What rules use by name and is declared once holds always, wherever it comes from.
        let by_name =
            matches!(rule.kind, RuleKind::Define | RuleKind::Table | RuleKind::Presumption | RuleKind::Measure);
        if rule.kind == RuleKind::Instrument || (by_name && !dated.contains(&id)) {
            continue;
        }
        if let Some(time) = time(program, rule) {
            one(program, scenes, (id, rule), time, findings);
        }
    }
}

/// The versions of what rules use by name that hold for a time.
fn dated(program: &Program) -> BTreeSet<RuleId> {
    fn ids<T: Copy>(versions: &Versions<T>) -> impl Iterator<Item = T> + '_ {
        versions.intervals().map(|(_, id)| id)
    }
    let mut dated = BTreeSet::new();
    for fact in program.facts.values() {
        dated.extend(ids(&fact.presumptions).flatten().map(|(_, rule)| rule));
    }
    for define in &program.defines {
        dated.extend(ids(&define.versions).filter_map(|id| program.define(id)).map(|define| define.rule));
    }
    for table in &program.tables {
        dated.extend(ids(&table.versions).filter_map(|id| program.table(id)).map(|table| table.rule));
    }
    for versions in program.measure_versions.values() {
        dated.extend(ids(versions));
    }
    dated
}

/// When a rule is in force: a part of a rule when the whole is.
fn time(program: &Program, rule: &Rule) -> Option<InForce> {
    let whole = |part: &Rule| program.rule(part.parent?);
    // A part lies in a rule or in a part of one: a penalty for some parties in a tier.
    rule.in_force.or_else(|| whole(rule)?.in_force).or_else(|| whole(whole(rule)?)?.in_force)
}

fn one(
    program: &Program,
    scenes: &[Vec<Scene<'_>>],
    (id, rule): (RuleId, &Rule),
    time: InForce,
    findings: &mut Vec<Finding>,
) {
    let cited = |citations: &[crate::source::Citation]| -> Vec<(&Instrument, InForce)> {
        let mut cited: Vec<(&Instrument, InForce)> = Vec::new();
        for citation in citations {
            let found = program.instruments.get(&citation.instrument);
            if let Some((instrument, in_force)) = found.and_then(|each| Some((each, each.in_force?)))
                && !cited.iter().any(|(each, _)| each.rule == instrument.rule)
            {
                cited.push((instrument, in_force));
            }
        }
        cited
    };
    let basis = cited(&rule.basis);
    let mut all = basis.clone();
    all.extend(cited(&rule.breaches));
    for (instrument, in_force) in &all {
        if !in_force.overlaps(&time) {
            findings.push(never(rule, instrument, *in_force));
        }
    }
    let known = rule.basis.iter().all(|citation| {
        program.instruments.get(&citation.instrument).is_some_and(|instrument| instrument.in_force.is_some())
    });
    // One that is never in force was reported, and carries nothing.
    let carrying: Vec<InForce> =
        basis.iter().map(|(_, in_force)| *in_force).filter(|each| each.overlaps(&time)).collect();
    if known
        && !carrying.is_empty()
        && let Some(day) = uncovered(time, &carrying)
    {
        findings.push(on_nothing(scenes, (id, rule), &basis, day));
        return;
    }
    for (instrument, in_force) in all.iter().filter(|(_, in_force)| in_force.overlaps(&time)) {
        if let Some(day) = uncovered(time, &[*in_force]) {
            findings.push(for_part(rule, instrument, *in_force, day));
        }
    }
}

/// The first day of a time that none of some intervals has.
fn uncovered(time: InForce, intervals: &[InForce]) -> Option<Date> {
    let mut day = time.from;
    loop {
        let holding = intervals.iter().filter(|interval| interval.holds_on(day));
        // No last day is later than any.
        match holding.map(|interval| interval.to).max_by_key(|to| (to.is_none(), *to)) {
            None => return Some(day),
            Some(None) => return None,
            Some(Some(last)) if time.to.is_some_and(|to| to <= last) => return None,
            Some(Some(last)) => day = last.tomorrow()?,
        }
    }
}

fn title(instrument: &Instrument) -> String {
    format!("《{}》", instrument.name)
}

fn interval(in_force: InForce) -> (String, String) {
    match in_force.to {
        Some(to) => (format!("{}至{}", in_force.from.chinese(), to.chinese()), format!("{} to {to}", in_force.from)),
        None => (format!("{}起", in_force.from.chinese()), format!("{} on", in_force.from)),
    }
}

fn never(rule: &Rule, instrument: &Instrument, in_force: InForce) -> Finding {
    let (title, (zh, en)) = (title(instrument), interval(in_force));
    Finding::of(
        Diagnostic::new(
            Code::CitedNeverInForce,
            rule.span,
            format!("“{}”有效期间，{title}从未施行", rule.name),
            format!("{title} is in force on no day on which `{}` is", rule.name),
        )
        .why(format!("{title}自{zh}"), format!("{title} is in force from {en}"))
        .help(
            "改引当时施行的法规，或核对起止日期",
            "cite the instrument of that time, or check the first and last days",
        ),
    )
}

fn on_nothing(
    scenes: &[Vec<Scene<'_>>],
    (id, rule): (RuleId, &Rule),
    basis: &[(&Instrument, InForce)],
    day: Date,
) -> Finding {
    let names: Vec<String> = basis.iter().map(|(instrument, _)| title(instrument)).collect();
    let diagnostic = Diagnostic::new(
        Code::RestsOnNothing,
        rule.span,
        format!("“{}”在{}有效，而所引法规那天都不施行", rule.name, day.chinese()),
        format!("`{}` is in force on {day}, and no instrument it cites is", rule.name),
    )
    .why(format!("所引法规：{}", names.join("、")), format!("it cites {}", names.join(", ")))
    .help(
        "缩短规则的施行期间，或引用那时施行的法规",
        "shorten the time of the rule, or cite the instrument that was in force then",
    );
    let case = scenes.iter().flatten().find_map(|scene| {
        let (scene, facts) = established_on(scene, day)?;
        let used = scene.version.rule == id || scene.benchmark.is_some_and(|benchmark| benchmark.rule == id);
        used.then(|| scene.case_text(&facts))
    });
    match case {
        Some(case) => Finding::shown(diagnostic, case),
        None => Finding::of(diagnostic),
    }
}

fn for_part(rule: &Rule, instrument: &Instrument, in_force: InForce, day: Date) -> Finding {
    let (title, (zh, en)) = (title(instrument), interval(in_force));
    Finding::of(
        Diagnostic::new(
            Code::CitedForPart,
            rule.span,
            format!("“{}”在{}有效，所引的{title}那天不施行", rule.name, day.chinese()),
            format!("`{}` is in force on {day}, and {title}, which it cites, is not", rule.name),
        )
        .why(
            format!("{title}自{zh}；其他所引法规那天施行"),
            format!("{title} is in force from {en}; something else it cites is in force then"),
        ),
    )
}
