//! Check 3: a heavier value of an ordered fact never leads to a lower amount, and small steps in a fact that are large steps
//! in the amount.
//!
//! Cases that differ in one fact only are compared: members of an ordered type from the lightest to the heaviest, numbers
//! from the smallest to the largest. A number may weigh in either direction, such as days of delay or of cooperation, but in
//! one only.

use super::course::{Change, Course, Stage};
use super::facts::{Facts, Slot};
use super::grid::Seen;
use super::reach::gave;
use super::scene::{Scene, Trial, fewest};
use super::space::Variable;
use super::{Finding, not_decided, values_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{FactType, RuleId};
use crate::source::Span;
use crate::value::{Number, Value};

/// The part of the highest fine from which a step is listed as a cliff.
const CLIFF: (i64, i64) = (1, 4);
/// Examines every ordered fact of every scene.
pub(super) fn check(stages: &mut [Stage<'_, '_>], findings: &mut Vec<Finding>) {
    let mut reported: Vec<(RuleId, Slot, Code)> = Vec::new();
    for stage in stages {
        let (scene, pieces) = (stage.scene, stage.pieces);
        let Some(benchmark) = scene.benchmark else { continue };
        let span = scene.program.rule(benchmark.rule).map_or(Span::NOWHERE, |rule| rule.span);
        for (place, variable) in pieces.variables.iter().enumerate() {
            let Some(order) = order(scene, variable.slot) else { continue };
            let course = stage.course(place);
            let seen = course.seen.unwrap_or(Seen::All);
            let variable = variable.values_only();
            let mut new = Vec::new();
            match turn(scene, benchmark.rule, &variable, &course, order) {
                Ok(Some(step)) => new.push((Code::NotMonotone, turn_finding(scene, &variable, &step, order, span))),
                Ok(None) if seen != Seen::All => {
                    new.push((Code::NotDecided, undecided(scene, variable.slot, span, seen)))
                }
                Ok(None) => {}
                Err(()) => new.push((Code::NotDecided, undecided(scene, variable.slot, span, Seen::All))),
            }
            if order == Order::Numbers
                && new.is_empty()
                && variable.exact
                && let Some(step) = course.largest.as_ref().filter(|step| is_cliff(step))
            {
                new.push(match shown(scene, benchmark.rule, &variable, step) {
                    Some(step) => (Code::Cliff, cliff_finding(scene, &variable, &step, span)),
                    None => (Code::NotDecided, undecided(scene, variable.slot, span, Seen::All)),
                });
            }
            for (code, finding) in new {
                if !reported.contains(&(benchmark.rule, variable.slot, code)) {
                    reported.push((benchmark.rule, variable.slot, code));
                    findings.push(finding);
                }
            }
        }
    }
}

/// How the values of a fact are ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    /// From light to heavy, as their type declares.
    Declared,
    /// By size, which may weigh in either direction.
    Numbers,
}

fn order(scene: &Scene<'_>, slot: Slot) -> Option<Order> {
    let Slot::Fact(fact) = slot else { return None };
    match scene.program.fact(fact)?.kind {
        FactType::Enum(kind) => scene.program.enumeration(kind).filter(|kind| kind.ordered).map(|_| Order::Declared),
        FactType::Bool | FactType::Date | FactType::Text | FactType::Provision | FactType::Records => None,
        _ => Some(Order::Numbers),
    }
}

/// A step in the wrong direction; an error when there is one that no case shows.
fn turn(
    scene: &Scene<'_>,
    rule: RuleId,
    variable: &Variable,
    course: &Course,
    order: Order,
) -> Result<Option<Change>, ()> {
    let wrong = match order {
        Order::Declared => &course.falls,
        Order::Numbers if !course.rises || course.falls.is_empty() => return Ok(None),
        // More often than not more is heavier.
        Order::Numbers => &course.falls,
    };
    if wrong.is_empty() {
        return Ok(None);
    }
    wrong.iter().find_map(|step| shown(scene, rule, variable, step)).map(Some).ok_or(())
}

/// The step with as few facts as show it in both cases.
fn shown(scene: &Scene<'_>, rule: RuleId, variable: &Variable, step: &Change) -> Option<Change> {
    let mut trial = scene.trial();
    let gives = |trial: &mut Trial<'_, '_>, facts: &Facts, value: Value| {
        trial.determination(facts).is_some_and(|determination| gave(&determination.trail, rule, value))
    };
    let mut shows = |facts: &Facts| {
        gives(&mut trial, &lighter(variable, step, facts), step.values.0)
            && gives(&mut trial, &heavier(variable, step, facts), step.values.1)
    };
    shows(&step.facts).then(|| Change { facts: fewest(&step.facts, shows), ..step.clone() })
}

/// Facts with the value before the step: the last that has this amount.
fn lighter(variable: &Variable, step: &Change, facts: &Facts) -> Facts {
    variable.with(facts, variable.last(step.runs.0))
}

/// Facts with the value after it: the first that has this amount.
fn heavier(variable: &Variable, step: &Change, facts: &Facts) -> Facts {
    variable.with(facts, variable.first(step.runs.1))
}

fn turn_finding(scene: &Scene<'_>, variable: &Variable, step: &Change, order: Order, span: Span) -> Finding {
    let name = super::slot_name(scene.program, variable.slot);
    let before_text = values_text(scene.program, &lighter(variable, step, &Facts::default()));
    let after_text = values_text(scene.program, &heavier(variable, step, &Facts::default()));
    let (before, after) = (step.amounts.0.grouped(), step.amounts.1.grouped());
    let others = values_text(scene.program, &step.facts);
    let (others_zh, others_en) = if others.zh.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("（{}）", others.zh), format!(" ({})", others.en))
    };
    let diagnostic = Diagnostic::new(
        Code::NotMonotone,
        span,
        format!("“{name}”加重，金额反而降低：{}时{before}元，{}时{after}元{others_zh}", before_text.zh, after_text.zh),
        format!(
            "as `{name}` grows the amount falls: {before} when {}, {after} when {}{others_en}",
            before_text.en, after_text.en
        ),
    );
    let diagnostic = match order {
        Order::Declared => diagnostic.why(
            "这一类型的选项由轻到重排列，较重的情形不应得到较轻的处罚",
            "the members of its type are declared from light to heavy, and a heavier case should not come to a lower fine",
        ),
        Order::Numbers => diagnostic.why(
            "同一事实在别处增大时金额升高，在这里却降低",
            "elsewhere the amount rises with the same fact, and here it falls",
        ),
    };
    let diagnostic = diagnostic.help(
        "对照法规核对各行的次序和数值；法规本身如此的，写明理由",
        "check the order and the values of the rows against the instrument; where it is so itself, say why",
    );
    Finding::shown(diagnostic, scene.case_text(&heavier(variable, step, &step.facts)))
}

fn cliff_finding(scene: &Scene<'_>, variable: &Variable, step: &Change, span: Span) -> Finding {
    let name = super::slot_name(scene.program, variable.slot);
    let before = values_text(scene.program, &lighter(variable, step, &Facts::default()));
    let after = values_text(scene.program, &heavier(variable, step, &Facts::default()));
    let size = step.size.map(Number::grouped).unwrap_or_default();
    let (low, high) = (step.amounts.0.grouped(), step.amounts.1.grouped());
    let diagnostic = Diagnostic::new(
        Code::Cliff,
        span,
        format!("“{name}”相差一档，金额相差{size}元：{}时{low}元，{}时{high}元", before.zh, after.zh),
        format!(
            "one step of `{name}` changes the amount by {size}: {low} when {}, {high} when {}",
            before.en, after.en
        ),
    )
    .why(
        "事实的微小差别使金额相差法定最高罚款的四分之一以上",
        "a small difference in the fact makes one of a quarter of the statutory maximum or more",
    );
    Finding::shown(diagnostic, scene.case_text(&heavier(variable, step, &step.facts)))
}

fn is_cliff(step: &Change) -> bool {
    let part = Number::ratio(CLIFF.0, CLIFF.1).zip(step.range.max).and_then(|(part, max)| max.multiply(part));
    step.size.zip(part).is_some_and(|(size, part)| size >= part)
}

fn undecided(scene: &Scene<'_>, slot: Slot, span: Span, seen: Seen) -> Finding {
    let name = super::slot_name(scene.program, slot);
    let why = match seen {
        Seen::TooMany => ("不同的金额或组合太多", "there are too many different amounts or combinations"),
        Seen::Sampled => (
            "金额用事实计算得出，不只是与确定的值比较",
            "the amount is worked out from facts, not only by comparing them with fixed values",
        ),
        Seen::All => ("这样的案件都免罚或者另有规定", "every such case ends in another way"),
    };
    let (zh, en) = (format!("“{name}”加重时金额会不会降低"), format!("whether the amount can fall as `{name}` grows"));
    not_decided(span, (&zh, &en), why)
}
