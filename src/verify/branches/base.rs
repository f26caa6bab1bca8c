//! States of the base for which no amount of a fine holds: a value, none at all, one that cannot be established.

use super::super::facts::{Facts, Slot};
use super::super::scene::Scene;
use super::super::space::{Uses, Variable, plain_fact};
use super::super::{Finding, not_decided, values_text};
use super::{Sought, problem_shown, thresholds};
use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{FineAmount, FineBranch, FineCase, FineRule};
use crate::trail::Problem;
use crate::value::Value;

pub(super) fn check(scenes: &[&Scene<'_>], fine: &FineRule, findings: &mut Vec<Finding>) {
    let Some(base) = fine.base else { return };
    let Some(program) = scenes.first().map(|scene| scene.program) else { return };
    let rule = fine.branches.iter().find(|branch| branch.case.is_none());
    // An amount of its own holds for whatever the cases leave; a share of the base needs the base.
    let plain = rule.is_some_and(|branch| !matches!(branch.amount, FineAmount::Portion(_)));
    let Some(fact) = plain_fact(program, base.root) else {
        if fine.branches.len() > 1 || !plain {
            findings.push(not_decided(
                base.span,
                (
                    "罚款的各种情形有没有空缺，分界处有没有骤变",
                    "whether the cases of the fine leave a hole, or the fine jumps",
                ),
                ("基数不是一个事实，而是算出来的", "the base is not a fact but worked out"),
            ));
        }
        return;
    };
    let slot = Slot::Fact(fact);
    let with = |knowledge: Knowledge| Facts::default().with(slot, knowledge);
    if rule.is_none() {
        let mut uses = Uses::default();
        uses.fine(program, fine);
        let variables = uses.variables(program);
        for value in variables
            .iter()
            .find(|variable| variable.slot == slot)
            .map(|variable| holes(fine, variable))
            .unwrap_or_default()
        {
            look(scenes, fine, &with(Knowledge::Value(value)), State::Value, findings);
        }
    }
    let said =
        |holds: &dyn Fn(&FineCase) -> bool| fine.branches.iter().any(|branch| branch.case.as_ref().is_some_and(holds));
    let deemed_for_none = fine.deemed.as_ref().is_some_and(|deemed| deemed.even_if_none);
    let declared = program.fact(fact).is_some_and(|fact| fact.may_be_absent);
    if declared && !plain && !deemed_for_none && !said(&|case| case.none) {
        look(scenes, fine, &with(Knowledge::Absent), State::Absent, findings);
    }
    if !plain && !said(&|case| case.unestablished) {
        look(scenes, fine, &with(Knowledge::Unestablished), State::Unestablished, findings);
    }
}

/// A value of each stretch for which no amount holds: an amount that the cases name, where there is one in the stretch.
fn holes(fine: &FineRule, variable: &Variable) -> Vec<Value> {
    let named = thresholds(fine);
    let holds = |branch: &FineBranch, value: &Value| {
        branch.case.as_ref().is_some_and(|case| case.values.as_ref().is_some_and(|cells| cells.contains(value)))
    };
    let mut holes: Vec<Value> = Vec::new();
    let mut in_hole = false;
    for state in &variable.states {
        let Knowledge::Value(value) = state else { continue };
        if fine.branches.iter().any(|branch| holds(branch, value)) {
            in_hole = false;
            continue;
        }
        match holes.last_mut() {
            Some(last) if in_hole => {
                if !named.contains(last) && named.contains(value) {
                    *last = *value;
                }
            }
            _ => holes.push(*value),
        }
        in_hole = true;
    }
    holes
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    Absent,
    Unestablished,
}

impl State {
    fn problem(self) -> Problem {
        match self {
            State::Value => Problem::FineCaseUncovered,
            State::Absent => Problem::AbsentUnsaid,
            State::Unestablished => Problem::NotEstablished,
        }
    }

    fn code(self) -> Code {
        match self {
            State::Value => Code::FineHole,
            State::Absent => Code::FineForNone,
            State::Unestablished => Code::FineUnestablished,
        }
    }

    fn help(self) -> (&'static str, &'static str) {
        match self {
            State::Value => (
                "对照法条：“以上”“以下”含本数，“超过”“不足”不含本数；补上这一情形",
                "read the article for which side has the amount itself, and add the case",
            ),
            State::Absent => (
                "法条规定了没有时如何处罚的，写“没有 则 …”；作为最低数额计算的，写“没有或不足按 …”",
                "write `none then …` as the article says, or `none or less deemed …` where none counts as the least",
            ),
            State::Unestablished => (
                "法条规定了无法查明时如何处罚的，写“无法查明 则 …”；没有规定的，就由办案人员处理",
                "write `unestablished then …` if the article says so; if not, such a case is left to the officer",
            ),
        }
    }
}

fn look(scenes: &[&Scene<'_>], fine: &FineRule, given: &Facts, state: State, findings: &mut Vec<Finding>) {
    match problem_shown(scenes, fine, given, state.problem()) {
        (Sought::Found(facts), Some(scene)) => {
            let values = values_text(scene.program, given);
            let help = state.help();
            let diagnostic = Diagnostic::new(
                state.code(),
                fine.span,
                format!("没有一种罚款适用：{}", values.zh),
                format!("no amount of the fine holds when {}", values.en),
            )
            .why("这样的案件得不出罚款幅度", "such a case has no range of the fine")
            .help(help.0, help.1);
            findings.push(Finding::shown(diagnostic, scene.case_text(&facts)));
        }
        (Sought::Unknown, _) => {
            let Some(program) = scenes.first().map(|scene| scene.program) else { return };
            let values = values_text(program, given);
            findings.push(not_decided(
                fine.span,
                (&format!("{}时罚款如何确定", values.zh), &format!("what the fine is when {}", values.en)),
                ("没有找到走到这里的案件，也不能证明没有", "no case that comes here was found, and none was ruled out"),
            ));
        }
        _ => {}
    }
}
