//! How far the rules of a pack can be relied on: those that cite nothing, and how many were not read in the instrument.

use std::collections::BTreeMap;

use super::is_own;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{MeasureRule, Program, Rule, RuleId, RuleKind, Status};
use crate::source::Span;
use crate::verify::Finding;

pub(super) fn check(program: &Program, findings: &mut Vec<Finding>) {
    let own = || program.rules.iter().filter(|rule| rule.parent.is_none() && is_own(program, rule.span));
    for rule in own() {
        let Some((zh, en)) = missing(program, rule) else { continue };
        findings.push(Finding::of(
            Diagnostic::new(
                Code::NoCitation,
                rule.span,
                format!("“{}”{zh}", rule.name),
                format!("`{}` {en}", rule.name),
            )
            .why("说明理由时无法指出条款", "an explanation cannot name the provision it rests on")
            .help(
                "写明条款，例如：依据 《水污染防治法》第82条",
                "say which provision, such as `basis 《Water Law》 art 82`",
            ),
        ));
    }
    let mut kinds: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    let mut all = [0_usize; 3];
    for rule in own() {
        for counts in [kinds.entry(name(rule.kind)).or_default(), &mut all] {
            let [verified, transcribed, assumed] = counts;
            let count = match rule.status {
                Status::Verified => verified,
                Status::Transcribed => transcribed,
                Status::Assumed => assumed,
            };
            *count = count.saturating_add(1);
        }
    }
    let [_, transcribed, assumed] = all;
    if (transcribed, assumed) == (0, 0) {
        return;
    }
    let pack = program.packs.last().map_or("", |pack| pack.name.as_str());
    let open = kinds.iter().filter(|(_, [_, transcribed, assumed])| (*transcribed, *assumed) != (0, 0));
    let zh: Vec<String> = open.clone().map(|((zh, _), counts)| format!("{zh}（{}）", chinese(*counts))).collect();
    let en: Vec<String> = open.map(|((_, en), counts)| format!("{en} ({})", english(*counts))).collect();
    findings.push(Finding::of(
        Diagnostic::new(
            Code::StatusCounts,
            Span::NOWHERE,
            format!("{pack} 的规则：{}", chinese(all)),
            format!("rules of `{pack}`: {}", english(all)),
        )
        .why(zh.join("、"), en.join(", "))
        .help("对照法规原文核对后，写明“可信度 已核”", "read them in the instrument, then write `status verified`"),
    ));
}

/// What is missing in the citations of a rule that bears on a case by itself. Rules without any are refused when they are
/// loaded, except tables and measures; a document that is one table, such as a benchmark's, may be cited as a whole.
fn missing(program: &Program, rule: &Rule) -> Option<(&'static str, &'static str)> {
    const NOTHING: (&str, &str) = ("没有写明依据", "cites nothing");
    match rule.kind {
        RuleKind::Violation
        | RuleKind::Circumstance
        | RuleKind::Bar
        | RuleKind::Referral
        | RuleKind::Procedure
        | RuleKind::Principle => {
            let whole = rule.basis.iter().all(|citation| citation.locators.is_empty());
            whole.then_some(("没有写明哪一条", "cites no article"))
        }
        RuleKind::Table => rule.basis.is_empty().then_some(NOTHING),
        RuleKind::Measure => {
            let due = |measure: &MeasureRule| measure.due.is_some() && place(program, measure.rule) == rule.span;
            (rule.basis.is_empty() && program.measures.iter().any(due)).then_some(NOTHING)
        }
        _ => None,
    }
}

fn place(program: &Program, rule: RuleId) -> Span {
    program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span)
}

fn chinese([verified, transcribed, assumed]: [usize; 3]) -> String {
    format!("已核{verified}，转录{transcribed}，暂定{assumed}")
}

fn english([verified, transcribed, assumed]: [usize; 3]) -> String {
    format!("{verified} verified, {transcribed} transcribed, {assumed} assumed")
}

/// The kind as a reader calls it.
fn name(kind: RuleKind) -> (&'static str, &'static str) {
    match kind {
        RuleKind::Violation => ("违法行为", "violations"),
        RuleKind::LeniencyList => ("免罚清单", "leniency lists"),
        RuleKind::Benchmark => ("裁量基准", "benchmarks"),
        RuleKind::Circumstance => ("情节", "circumstances"),
        RuleKind::Credit => ("信用", "credit rules"),
        RuleKind::Bar => ("阻却", "bars"),
        RuleKind::Referral => ("移送", "referrals"),
        RuleKind::Procedure => ("程序", "procedures"),
        RuleKind::Measure => ("措施", "measures"),
        RuleKind::Principle => ("原则", "principles"),
        RuleKind::Calendar => ("工作日历", "calendars"),
        RuleKind::Instrument => ("法规", "instruments"),
        RuleKind::Define => ("定义", "definitions"),
        RuleKind::Table => ("表", "tables"),
        RuleKind::Presumption => ("推定", "presumptions"),
        RuleKind::FineElsewhere => ("别处规定的罚款", "fines that stand elsewhere"),
        RuleKind::Tier
        | RuleKind::Target
        | RuleKind::Exemption
        | RuleKind::Step
        | RuleKind::Factor
        | RuleKind::CreditTier
        | RuleKind::ReferralGround => ("规则的部分", "parts of rules"),
    }
}
