//! One rule tried in every case of a violation: whether its conditions hold somewhere, and whether they fail somewhere.

use super::super::facts::Facts;
use super::super::scene::{Scene, fewest};
use super::super::space::{Beyond, Uses, Variable};
use super::super::split::{Budget, Ended, Look, split};
use super::considered::Considered;
use crate::evaluate::{Parts, Unsettled};
use crate::program::Program;
use crate::value::{Date, Duration, DurationUnit};

/// The most trials for one rule in one scene.
const TRIALS: usize = 20_000;
/// The most whole cases tried for a procedure.
const WHOLE: usize = 60;
/// How long ago acts are, in months, where rules look at days: on either side of the usual limits of two and five years.
const AGO: [i64; 4] = [0, 13, 37, 73];

/// Why it was not decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Undecided {
    /// More is read than facts.
    Beyond,
    /// Some values are only samples.
    Inexact,
    /// There are too many cases.
    TooMany,
}

impl Undecided {
    pub(super) fn why(self) -> (&'static str, &'static str) {
        match self {
            Undecided::Beyond => (
                "条件还取决于日期、记录、记分或处理结果",
                "it hangs on days, records, points or the result besides facts",
            ),
            Undecided::Inexact => {
                ("条件不只是把事实与确定的值比较", "it does more than compare facts with fixed values")
            }
            Undecided::TooMany => ("组合太多", "there are too many combinations"),
        }
    }
}

/// What became of a rule in the cases of all violations it concerns.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Met {
    /// Its conditions hold in a case.
    pub(super) applied: bool,
    /// They fail in a case.
    pub(super) failed: bool,
    /// Cases were left out.
    pub(super) undecided: Option<Undecided>,
    /// The first case in which they hold.
    pub(super) case: Option<String>,
}

impl Met {
    fn is_settled(&self) -> bool {
        self.applied && self.failed
    }
}

/// Tries a rule in a scene, on each day from which something it reads may hold otherwise.
pub(super) fn look(scene: &Scene<'_>, rule: &Considered<'_>, met: &mut Met) {
    let program = scene.program;
    let mut uses = Uses::default();
    for condition in rule.conditions.iter().chain(&rule.grounds) {
        uses.condition(program, condition);
    }
    for exclusion in &rule.exclusions {
        uses.expression(program, *exclusion);
    }
    // One that asks for nothing is meant to apply always, or for some kinds of party.
    if met.is_settled() || (uses.slots().next().is_none() && uses.beyond.is_empty()) {
        return;
    }
    uses.condition(program, &scene.version.elements);
    let variables = uses.variables(program);
    for day in days(scene, rule) {
        let Some(scene) = scene.placed(day, rule.area) else { return };
        let ago: &[i64] = if uses.beyond.contains(&Beyond::Days) { &AGO } else { &[0] };
        for months in ago {
            for found_at_once in [false, true] {
                if found_at_once && *months == 0 {
                    continue;
                }
                let length = Duration { amount: *months, unit: DurationUnit::Months };
                if let Some(scene) = scene.act_ago(length, found_at_once) {
                    conditions(&scene, rule, &variables, met);
                }
            }
        }
        if rule.is_procedure && uses.beyond.contains(&Beyond::Result) {
            whole(&scene, rule, met);
        }
    }
    if !uses.beyond.is_empty() {
        met.undecided = met.undecided.max(Some(Undecided::Beyond));
    }
}

/// The days on which the rule and the version are in force and what rules use by name may begin to differ.
fn days(scene: &Scene<'_>, rule: &Considered<'_>) -> Vec<Date> {
    let (one, other) = (scene.version.in_force, rule.in_force);
    let mut days = changes(scene.program);
    days.push(one.from.max(other.from));
    days.retain(|day| one.holds_on(*day) && other.holds_on(*day));
    days.sort();
    days.dedup();
    days
}

fn changes(program: &Program) -> Vec<Date> {
    let facts = program.facts.values().flat_map(|fact| fact.presumptions.intervals().map(|(each, _)| each));
    let defines = program.defines.iter().flat_map(|define| define.versions.intervals().map(|(each, _)| each));
    let tables = program.tables.iter().flat_map(|table| table.versions.intervals().map(|(each, _)| each));
    let intervals = facts.chain(defines).chain(tables);
    intervals.flat_map(|each| [Some(each.from), each.to.and_then(Date::tomorrow)]).flatten().collect()
}

fn conditions(scene: &Scene<'_>, rule: &Considered<'_>, variables: &[Variable], met: &mut Met) {
    let mut trial = scene.trial();
    let mut problem = false;
    let mut first = None;
    let ended = split(scene.program, variables, &Facts::default(), &mut Budget::new(TRIALS), &mut |facts| {
        trial.give(facts);
        match applies(&trial.parts(), scene, rule) {
            Ok(None) => {}
            Ok(Some(true)) => {
                met.applied = true;
                first.get_or_insert_with(|| facts.clone());
            }
            Ok(Some(false)) => met.failed = true,
            Err(Unsettled::NotAsked(slot)) => return Look::Open(slot),
            Err(Unsettled::Unestablished | Unsettled::Problem(_)) => problem = true,
        }
        if met.is_settled() { Look::Stop } else { Look::Settled }
    });
    if met.case.is_none()
        && let Some(facts) = first
    {
        let mut trial = scene.trial();
        let kept = fewest(&facts, |facts| {
            trial.give(facts);
            applies(&trial.parts(), scene, rule) == Ok(Some(true))
        });
        met.case = Some(scene.case_text(&kept));
    }
    let undecided = match ended {
        Ended::Exhausted => Some(Undecided::TooMany),
        Ended::Open => Some(Undecided::Beyond),
        Ended::All | Ended::Stopped if problem || variables.iter().any(|variable| !variable.exact) => {
            Some(Undecided::Inexact)
        }
        Ended::All | Ended::Stopped => None,
    };
    met.undecided = met.undecided.max(undecided);
}

/// Whether the conditions hold; `None` when there is no violation.
fn applies(parts: &Parts<'_>, scene: &Scene<'_>, rule: &Considered<'_>) -> Result<Option<bool>, Unsettled> {
    if !parts.condition(&scene.version.elements)? {
        return Ok(None);
    }
    let mut open = None;
    let mut holds = true;
    // One that fails is enough, whatever the others leave open.
    for found in rule.conditions.iter().map(|condition| parts.condition(condition)) {
        settle(found, &mut holds, &mut open);
    }
    for exclusion in &rule.exclusions {
        // What cannot be established excludes nothing.
        let excluded = match parts.holds(*exclusion) {
            Err(Unsettled::Unestablished) => Ok(false),
            other => other,
        };
        settle(excluded.map(|excluded| !excluded), &mut holds, &mut open);
    }
    if !rule.grounds.is_empty() {
        let (mut none, mut open_ground) = (true, None);
        for found in rule.grounds.iter().map(|ground| parts.condition(ground)) {
            settle(found.map(|met| !met), &mut none, &mut open_ground);
        }
        match (none, open_ground) {
            (false, _) => {}
            (true, Some(unsettled)) => open = open.or(Some(unsettled)),
            (true, None) => holds = false,
        }
    }
    match open {
        Some(unsettled) if holds => Err(unsettled),
        _ => Ok(Some(holds)),
    }
}

/// Takes one more of several that must all hold.
fn settle(found: Result<bool, Unsettled>, holds: &mut bool, open: &mut Option<Unsettled>) {
    match found {
        Ok(found) => *holds &= found,
        Err(unsettled) => *open = open.or(Some(unsettled)),
    }
}

/// Tries whole cases, for a procedure that looks at what they come to.
fn whole(scene: &Scene<'_>, rule: &Considered<'_>, met: &mut Met) {
    let program = scene.program;
    let mut uses = Uses::default();
    uses.threat(program, scene.version);
    for condition in &rule.conditions {
        uses.condition(program, condition);
    }
    if let Some(benchmark) = scene.benchmark {
        uses.benchmark(program, benchmark);
    }
    let variables = uses.variables(program);
    let mut trial = scene.trial();
    split(program, &variables, &Facts::default(), &mut Budget::new(WHOLE), &mut |facts| {
        let Some(determination) = trial.determination(facts) else { return Look::Stop };
        let result = &determination.result;
        if let Some(fact) = result.facts_to_ask.first() {
            return Look::Open(Some(super::super::facts::Slot::Fact(*fact)));
        }
        let notice = result.notices.iter().find(|notice| notice.rule == rule.rule);
        let imposed = result.fine.as_ref().is_some_and(|fine| fine.amount.is_some());
        met.applied |= notice.is_some_and(|notice| notice.certain);
        met.failed |= notice.is_none() && imposed;
        if met.is_settled() { Look::Stop } else { Look::Settled }
    });
}
