//! Where the fine jumps when its base passes a threshold.
//!
//! On either side of a threshold a fine is a straight line of its base, so that two amounts beside the threshold give the
//! value the line has at it. What differs there from the fine at the threshold itself is the jump; all of it comes from the
//! evaluator.

use super::super::facts::{Facts, Slot};
use super::super::scene::Scene;
use super::super::space::plain_fact;
use super::super::{Finding, not_decided};
use super::{Sought, seek, thresholds};
use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::Threat;
use crate::program::{FineRule, RuleId};
use crate::value::{AmountRange, Number, Value};

/// Which side of the threshold the jump is on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Between the amounts just below and the threshold.
    Below,
    /// Between the threshold and the amounts just above.
    Above,
}

pub(super) fn check(scenes: &[&Scene<'_>], rule: RuleId, fine: &FineRule, findings: &mut Vec<Finding>) {
    let Some(program) = scenes.first().map(|scene| scene.program) else { return };
    // A base that is worked out is no fact to vary; `base` says that it was not looked into.
    let Some(slot) = fine.base.and_then(|base| plain_fact(program, base.root)).map(Slot::Fact) else { return };
    let mut undecided = false;
    for threshold in thresholds(fine) {
        let Value::Money(at) = threshold else { continue };
        for side in [Side::Below, Side::Above] {
            let (mut found, mut unknown) = (None, false);
            for scene in scenes {
                let given = Facts::default().with(slot, Knowledge::Value(threshold));
                let sought = seek(scene, &given, |facts, _| {
                    found = jump(scene, rule, facts, slot, at, side);
                    found.is_some()
                });
                unknown |= matches!(sought, Sought::Unknown);
                if let Some(jump) = &found {
                    findings.push(finding(scene, fine, slot, at, jump));
                    break;
                }
            }
            undecided |= found.is_none() && unknown;
        }
    }
    if undecided {
        findings.push(not_decided(
            fine.span,
            ("罚款在各个分界处有没有骤变", "whether the fine jumps at its thresholds"),
            (
                "组合太多，或幅度还取决于别的数值",
                "there are too many combinations, or the range hangs on other values too",
            ),
        ));
    }
}

/// The ranges on the two sides of a jump, the smaller base first, and a case with the larger base.
struct Jump {
    side: Side,
    before: AmountRange,
    after: AmountRange,
    facts: Facts,
}

/// The jump on one side of the threshold, when the fine of `rule` has a part in it; `facts` are at the threshold.
fn jump(scene: &Scene<'_>, rule: RuleId, facts: &Facts, slot: Slot, at: Number, side: Side) -> Option<Jump> {
    // A fen is the smallest difference an amount of money has.
    let fen = Number::ratio(1, 100)?;
    let step = if side == Side::Below { fen.negate()? } else { fen };
    let near = at.plus(step)?;
    let bounds = match slot {
        Slot::Fact(fact) => scene.program.fact(fact)?.bounds.as_ref(),
        Slot::Grade => None,
    };
    let may_be = |amount: Number| bounds.is_none_or(|bounds| bounds.contains(&Value::Money(amount)));
    if !may_be(at) || !may_be(near) {
        return None;
    }
    let with = |amount: Number| facts.with(slot, Knowledge::Value(Value::Money(amount)));
    let (of_threshold, at_threshold) = threat(scene, &with(at))?;
    let (of_near, range_near) = threat(scene, &with(near))?;
    let (_, range_far) = threat(scene, &with(near.plus(step)?))?;
    let beside = limit(range_near, range_far)?;
    if beside == at_threshold || ![of_threshold, of_near].contains(&Some(rule)) {
        return None;
    }
    let (before, after, larger) = match side {
        Side::Below => (beside, at_threshold, at),
        Side::Above => (at_threshold, beside, near),
    };
    Some(Jump { side, before, after, facts: with(larger) })
}

/// The range of the fine and the rule it comes from; nothing to nothing where there is none.
fn threat(scene: &Scene<'_>, facts: &Facts) -> Option<(Option<RuleId>, AmountRange)> {
    let mut trial = scene.trial();
    trial.give(facts);
    match trial.parts().threat() {
        Threat::Range(rule, range) => Some((Some(rule), range)),
        Threat::NoFine => Some((None, AmountRange { min: Some(Number::ZERO), max: Some(Number::ZERO) })),
        Threat::NotEstablished | Threat::Open(_) => None,
    }
}

/// Where a line leads that passes through `far` and then `near`.
fn limit(near: AmountRange, far: AmountRange) -> Option<AmountRange> {
    let end = |near: Option<Number>, far: Option<Number>| match (near, far) {
        (Some(near), Some(far)) => near.plus(near.subtract(far)?).map(Some),
        (None, None) => Some(None),
        _ => None,
    };
    Some(AmountRange { min: end(near.min, far.min)?, max: end(near.max, far.max)? })
}

fn finding(scene: &Scene<'_>, fine: &FineRule, slot: Slot, at: Number, jump: &Jump) -> Finding {
    let falls = lower(jump.after.max, jump.before.max) || lower(jump.after.min, jump.before.min);
    let name = match slot {
        Slot::Fact(fact) => scene.program.fact(fact).map_or("", |fact| &*fact.name),
        Slot::Grade => "",
    };
    let currency = &scene.program.currency;
    let (at_zh, at_en) = (format!("{}元", at.grouped()), format!("{currency} {}", at.grouped()));
    let (before_zh, before_en) = text(jump.before, currency);
    let (after_zh, after_en) = text(jump.after, currency);
    let (zh, en) = match jump.side {
        Side::Below => (
            format!("{name}不到{at_zh}时罚款近{before_zh}，到{at_zh}时为{after_zh}"),
            format!("just below {name} = {at_en} the fine is close to {before_en}, and at it {after_en}"),
        ),
        Side::Above => (
            format!("{name}为{at_zh}时罚款{before_zh}，刚超过时近{after_zh}"),
            format!("at {name} = {at_en} the fine is {before_en}, and just above it close to {after_en}"),
        ),
    };
    let by = size(jump, currency);
    let diagnostic = if falls {
        Diagnostic::new(Code::FineFalls, fine.span, zh, en)
            .why(
                format!("基数大的反而罚得轻：{}", by.0),
                format!("the larger base brings the lower fine: {}", by.1),
            )
            .help(
                "对照法条核对两边的数额和倍数；法条确是如此的，保留并写明",
                "check the amounts and multiples of both branches with the article; if it really says so, keep it and say why",
            )
    } else {
        Diagnostic::new(Code::FineJumps, fine.span, zh, en).why(by.0, by.1)
    };
    Finding::shown(diagnostic, scene.case_text(&jump.facts))
}

/// By how much the ends of the range differ.
fn size(jump: &Jump, currency: &str) -> (String, String) {
    let ends = [("上限", "upper", jump.before.max, jump.after.max), ("下限", "lower", jump.before.min, jump.after.min)];
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (name_zh, name_en, before, after) in ends {
        let Some(by) = before.zip(after).and_then(|(before, after)| after.subtract(before)) else { continue };
        let (amount, falls) = (by.max(by.negate().unwrap_or(by)).grouped(), by.is_negative());
        if by != Number::ZERO {
            zh.push(format!("{name_zh}{}{amount}元", if falls { "降" } else { "升" }));
            en.push(format!("the {name_en} end {} by {currency} {amount}", if falls { "falls" } else { "rises" }));
        }
    }
    (zh.join("，"), en.join(", "))
}

fn lower(one: Option<Number>, other: Option<Number>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one < other)
}

fn text(range: AmountRange, currency: &str) -> (String, String) {
    let amount = |end: Number| (format!("{}元", end.grouped()), format!("{currency} {}", end.grouped()));
    match (range.min, range.max) {
        (Some(min), Some(max)) if min == max && max == Number::ZERO => ("零".to_owned(), "nothing".to_owned()),
        (Some(min), Some(max)) if min == max => amount(max),
        (Some(min), Some(max)) => {
            let ((low_zh, low_en), (high_zh, high_en)) = (amount(min), amount(max));
            (format!("{low_zh}至{high_zh}"), format!("{low_en} to {high_en}"))
        }
        (_, Some(max)) => {
            let (zh, en) = amount(max);
            (format!("至多{zh}"), format!("up to {en}"))
        }
        _ => (String::new(), String::new()),
    }
}
