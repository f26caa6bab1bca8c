//! Check 2: how far the amounts of a benchmark reach over all possible cases, and whether they leave the statutory range;
//! maxima that add up to more than the cap; start values that no case comes to.

use super::course::Stage;
use super::facts::Facts;
use super::grid::Seen;
use super::lanes::Lanes;
use super::scene::{Entered, Scene, Trial, fewest};
use super::space::Uses;
use super::{Finding, not_decided, values_text};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::NO_RANGE;
use crate::program::{RuleId, WeightsProgram};
use crate::source::Span;
use crate::trail::{StepKind, Trail};
use crate::value::{AmountRange, Number, Value};

/// The most cases that are tried to show one end.
const TRIED: usize = 64;

/// The lowest or highest amount with the facts that lead to it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Extreme {
    pub(super) amount: Number,
    pub(super) range: AmountRange,
    pub(super) value: Value,
    pub(super) facts: Facts,
}

/// How far the amounts of a scene reach.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Ends {
    pub(super) lowest: Option<Extreme>,
    pub(super) highest: Option<Extreme>,
    pub(super) seen: Seen,
    /// Amounts below and above their range, furthest first.
    below: Vec<Extreme>,
    above: Vec<Extreme>,
    sums: Vec<Sum>,
}

/// What the sum of some weights comes to before its cap.
#[derive(Clone, PartialEq, Debug)]
struct Sum {
    weights: Span,
    start: Option<Value>,
    cap: Option<Value>,
    lowest: (Number, Facts),
    highest: (Number, Facts),
}

/// The start of some weights of a benchmark, with a sum that is above it unless a case reaches it.
struct Start<'s, 'a> {
    weights: (RuleId, Span),
    scene: &'s Scene<'a>,
    sum: Sum,
    reached: bool,
}

impl Sum {
    /// Whether every case adds something; so it is not where there is no start.
    fn is_above_start(&self) -> bool {
        self.start.and_then(Value::as_number).is_some_and(|start| self.lowest.0 > start)
    }
}

/// Examines every scene; a benchmark that several scenes share is reported once for each end.
pub(super) fn check(stages: &mut [Stage<'_, '_>], findings: &mut Vec<Finding>) {
    let mut reported: Vec<(RuleId, Code, Span)> = Vec::new();
    let mut starts: Vec<Start<'_, '_>> = Vec::new();
    let mut not_seen: Vec<RuleId> = Vec::new();
    for stage in stages {
        let scene = stage.scene;
        let Some(benchmark) = scene.benchmark else { continue };
        let span = scene.program.rule(benchmark.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let reach = reach(stage);
        let mut new = Vec::new();
        let mut unshown = false;
        for (outside, highest) in [(&reach.below, false), (&reach.above, true)] {
            if outside.is_empty() {
                continue;
            }
            match outside.iter().take(TRIED).find_map(|extreme| shown(scene, benchmark.rule, extreme)) {
                Some((extreme, facts)) => {
                    let code = if highest { Code::AboveRange } else { Code::BelowRange };
                    new.push((code, span, outside_range(scene, extreme, &facts, highest, span)));
                }
                None => unshown = true,
            }
        }
        for sum in &reach.sums {
            match over_cap(scene, sum) {
                Ok(finding) => new.extend(finding.map(|finding| (Code::OverCap, sum.weights, finding))),
                Err(()) => new.push((Code::NotDecided, sum.weights, sum_undecided(sum))),
            }
            let weights = (benchmark.rule, sum.weights);
            match starts.iter_mut().find(|start| start.weights == weights) {
                Some(start) => start.reached |= !sum.is_above_start(),
                None => starts.push(Start { weights, scene, sum: sum.clone(), reached: !sum.is_above_start() }),
            }
        }
        if reach.seen != Seen::All {
            not_seen.push(benchmark.rule);
        }
        if reach.seen != Seen::All || unshown {
            let why = match reach.seen {
                _ if unshown => {
                    ("超出幅度的案件都免罚或者另有规定", "every case outside the range ends in another way")
                }
                Seen::TooMany => ("不同的金额或组合太多", "there are too many different amounts or combinations"),
                _ => (
                    "金额用事实计算得出，不只是与确定的值比较",
                    "the amount is worked out from facts, not only by comparing them with fixed values",
                ),
            };
            let what = ("基准金额最低和最高是多少", "how low and how high its amounts can be");
            new.push((Code::NotDecided, span, not_decided(span, what, why)));
        }
        for (code, place, finding) in new {
            if !reported.contains(&(benchmark.rule, code, place)) {
                reported.push((benchmark.rule, code, place));
                findings.push(finding);
            }
        }
    }
    // No case stays at a start when none does in any scene of the benchmark, each seen to the end.
    for start in starts.iter().filter(|start| !start.reached && !not_seen.contains(&start.weights.0)) {
        match start_unreached(start.scene, &start.sum) {
            Ok(finding) => findings.extend(finding),
            Err(()) => findings.push(sum_undecided(&start.sum)),
        }
    }
}

/// How far the amounts of a scene reach.
pub(super) fn reach(stage: &mut Stage<'_, '_>) -> Ends {
    let mut trial = stage.scene.trial();
    let (mut lowest, mut highest): (Option<Extreme>, Option<Extreme>) = (None, None);
    let (mut below, mut above) = (Vec::new(), Vec::new());
    let mut sums: Vec<Sum> = Vec::new();
    let seen = stage.sweep.run(
        &Lanes::one(),
        &mut |weights, sum, facts| note_sum(&mut trial, &mut sums, weights, sum, facts),
        &mut |amounts, facts| {
            let Some(Some((range, value))) = amounts.first() else { return };
            let Some((low, high)) = value.ends() else { return };
            let extreme = |amount| Extreme { amount, range: *range, value: *value, facts: facts() };
            if lowest.as_ref().is_none_or(|lowest| low < lowest.amount) {
                lowest = Some(extreme(low));
            }
            if highest.as_ref().is_none_or(|highest| high > highest.amount) {
                highest = Some(extreme(high));
            }
            if range.min.is_some_and(|min| low < min) {
                below.push(extreme(low));
            }
            if range.max.is_some_and(|max| high > max) {
                above.push(extreme(high));
            }
        },
    );
    below.sort_by_key(|extreme: &Extreme| extreme.amount);
    above.sort_by_key(|extreme: &Extreme| std::cmp::Reverse(extreme.amount));
    Ends { lowest, highest, seen, below, above, sums }
}

fn note_sum(
    trial: &mut Trial<'_, '_>,
    sums: &mut Vec<Sum>,
    weights: &WeightsProgram,
    sum: Option<Value>,
    facts: &dyn Fn() -> Facts,
) {
    let Some(number) = sum.and_then(Value::as_number) else { return };
    let place = weights.factors.first().map_or(Span::NOWHERE, |factor| trial.place(factor.rule));
    if let Some(known) = sums.iter_mut().find(|each| each.weights == place) {
        if number < known.lowest.0 {
            known.lowest = (number, facts());
        }
        if number > known.highest.0 {
            known.highest = (number, facts());
        }
        return;
    }
    // A start or cap that hangs on facts has no one value to compare with.
    let mut fixed = |limit: Option<crate::program::Expression>| {
        let limit = limit?;
        let mut uses = Uses::default();
        uses.expression(trial.program(), limit);
        let is_fixed = uses.slots().next().is_none() && !uses.range && uses.steps.is_empty();
        trial.give(&Facts::default());
        is_fixed.then(|| trial.parts().value(limit, NO_RANGE, &[]).ok()).flatten()
    };
    let (start, cap) = (fixed(weights.start), fixed(weights.cap));
    let both = (number, facts());
    sums.push(Sum { weights: place, start, cap, lowest: both.clone(), highest: both });
}

/// Whether a trail shows that the benchmark gave a value.
pub(super) fn gave(trail: &Trail, rule: RuleId, value: Value) -> bool {
    trail
        .steps()
        .iter()
        .any(|step| step.rule == Some(rule) && step.kind == StepKind::Computed && step.value == Some(value))
}

/// The case that shows an extreme, with as few facts as do it; `None` when the case ends otherwise.
pub(super) fn shown<'e>(scene: &Scene<'_>, rule: RuleId, extreme: &'e Extreme) -> Option<(&'e Extreme, Facts)> {
    let mut trial = scene.trial();
    let mut shows = |facts: &Facts| {
        trial.determination(facts).is_some_and(|determination| {
            gave(&determination.trail, rule, extreme.value)
                && determination.result.fine.is_some_and(|fine| fine.range == extreme.range)
        })
    };
    shows(&extreme.facts).then(|| (extreme, fewest(&extreme.facts, shows)))
}

fn outside_range(scene: &Scene<'_>, extreme: &Extreme, facts: &Facts, highest: bool, span: Span) -> Finding {
    let values = values_text(scene.program, facts);
    let money = extreme.amount.grouped();
    let end = if highest { extreme.range.max } else { extreme.range.min }.map(Number::grouped).unwrap_or_default();
    let diagnostic = if highest {
        Diagnostic::new(
            Code::AboveRange,
            span,
            format!("基准最高可得出{money}元，高于法定最高{end}元：{}", values.zh),
            format!("the benchmark gives up to {money}, above the statutory maximum of {end}: {}", values.en),
        )
    } else {
        Diagnostic::new(
            Code::BelowRange,
            span,
            format!("基准最低可得出{money}元，低于法定最低{end}元：{}", values.zh),
            format!("the benchmark gives as little as {money}, below the statutory minimum of {end}: {}", values.en),
        )
    };
    let diagnostic = diagnostic
        .why(
            "这样的金额会被保持在法定幅度的这一端，这里的情节轻重因此没有差别",
            "such an amount is held at the end of the range, so that the circumstances there make no difference",
        )
        .help(
            "对照法规核对起点、各行和计算方式；法规本身如此的，写明理由",
            "check the start, the rows and the way of reckoning against the instrument; where it is so itself, say why",
        );
    Finding::shown(diagnostic, scene.case_text(facts))
}

/// An error where it is so and no case was found that shows it.
fn over_cap(scene: &Scene<'_>, sum: &Sum) -> Result<Option<Finding>, ()> {
    let Some((like, cap)) = sum.cap.and_then(|cap| Some((cap, cap.as_number()?))) else { return Ok(None) };
    let (highest, facts) = &sum.highest;
    if *highest <= cap {
        return Ok(None);
    }
    let capped = |kind: &StepKind| *kind == StepKind::Capped(*highest);
    let is_shown = |trail: &Trail| trail.steps().iter().any(|step| capped(&step.kind));
    let facts = fewest(&sum_facts(scene, facts, is_shown).ok_or(())?, shows(scene, is_shown));
    let values = values_text(scene.program, &facts);
    let (highest, cap) = (shown_as(like, *highest), shown_as(like, cap));
    let diagnostic = Diagnostic::new(
        Code::OverCap,
        sum.weights,
        format!("各因素最高合计{highest}，超过上限{cap}：{}", values.zh),
        format!("the factors add up to {highest}, above the cap of {cap}: {}", values.en),
    )
    .why("超过上限的案件，情节轻重不再有差别", "above the cap the circumstances make no difference any more")
    .help(
        "对照法规核对各行；法规本身如此的，写明理由",
        "check the rows against the instrument; where it is so itself, say why",
    );
    Ok(Some(Finding::shown(diagnostic, scene.case_text(&facts))))
}

/// Whether the trail of the case with some facts shows something.
fn shows<'s>(scene: &'s Scene<'_>, is_shown: impl Fn(&Trail) -> bool + 's) -> impl FnMut(&Facts) -> bool + 's {
    let mut trial = scene.trial();
    move |facts| trial.determination(facts).is_some_and(|determination| is_shown(&determination.trail))
}

/// The facts of a case with these in which the trail shows a sum.
fn sum_facts(scene: &Scene<'_>, facts: &Facts, is_shown: impl Fn(&Trail) -> bool) -> Option<Facts> {
    let Entered::With(entered, _) = scene.enter_benchmark(facts) else { return None };
    shows(scene, is_shown)(&entered).then_some(entered)
}

/// An error where it is so and no case was found that shows it.
fn start_unreached(scene: &Scene<'_>, sum: &Sum) -> Result<Option<Finding>, ()> {
    let Some((like, start)) = sum.start.and_then(|start| Some((start, start.as_number()?))) else { return Ok(None) };
    let (lowest, facts) = &sum.lowest;
    let facts = sum_facts(scene, facts, |trail| comes_to(scene, trail, sum.weights, *lowest)).ok_or(())?;
    let (lowest, start) = (shown_as(like, *lowest), shown_as(like, start));
    let diagnostic = Diagnostic::new(
        Code::StartUnreached,
        sum.weights,
        format!("起点是{start}，而最低合计已是{lowest}"),
        format!("the start is {start}, and the lowest sum is {lowest}"),
    )
    .why(
        "每个案件都至少加上某一行，所以没有案件停在起点",
        "some row adds to it in every case, so that no case stays at the start",
    )
    .help(
        "对照法规核对起点，以及各因素有没有不加的一行",
        "check the start against the instrument, and whether each factor has a row that adds nothing",
    );
    Ok(Some(Finding::shown(diagnostic, scene.case_text(&facts))))
}

/// Whether a trail shows that the start and the factors of some weights came to a sum.
fn comes_to(scene: &Scene<'_>, trail: &Trail, weights: Span, sum: Number) -> bool {
    let place = |rule: Option<RuleId>| rule.and_then(|rule| scene.program.rule(rule)).map(|rule| rule.span);
    trail.steps().iter().enumerate().filter(|(_, step)| step.kind == StepKind::Weights).any(|(number, _)| {
        let adds = |kind: &StepKind| matches!(kind, StepKind::Start | StepKind::Factor | StepKind::FactorAtLowest);
        let parts = || trail.children(number).map(|(_, step)| step).filter(|step| adds(&step.kind));
        let total = parts().try_fold(Number::ZERO, |total, step| total.plus(step.value?.as_number()?));
        parts().any(|step| step.kind != StepKind::Start && place(step.rule) == Some(weights)) && total == Some(sum)
    })
}

fn sum_undecided(sum: &Sum) -> Finding {
    not_decided(
        sum.weights,
        ("各因素合计的最低和最高", "the lowest and the highest sum of the factors"),
        ("看到的这些案件都另有结果", "the cases that were tried end in another way"),
    )
}

fn shown_as(like: Value, number: Number) -> String {
    match like {
        Value::Percent(_) => number.percent(),
        Value::Money(_) => number.grouped(),
        _ => number.to_string(),
    }
}
