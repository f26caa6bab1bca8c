//! The words that stand where only some words may.

use super::measures::{KIND_ASKED, KindAsked, MEASURE_KIND};
use super::norms::Level;
use super::referral::{FineMeanwhile, ReferralKind};
use super::targets::PartyKind;
use super::{BarOutcome, Criterion, Direction, Force, ProceedingStage, Status};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::Name;
use crate::value::{DurationUnit, RoundingMode};

/// A word in Chinese and English, and what it means.
pub(super) type Words<T> = &'static [(&'static str, &'static str, T)];

pub(super) const STATUS: Words<Status> = &[
    ("已核", "verified", Status::Verified),
    ("转录", "transcribed", Status::Transcribed),
    ("暂定", "assumed", Status::Assumed),
];
pub(super) const INCLUDED: Words<bool> = &[("含本数", "included", true), ("不含本数", "excluded", false)];
pub(super) const SUBJECT: Words<bool> = &[("单位", "unit", true), ("个人", "individual", false)];
/// Whom a benchmark, a credit rule or a penalty is for.
pub(super) const PARTY_KIND: Words<PartyKind> = &[
    ("单位", "unit", PartyKind::Unit),
    ("个人", "individual", PartyKind::Individual),
    ("责任人员", "responsible", PartyKind::Responsible),
];
pub(super) const LEVEL: Words<Level> = &[
    ("法律", "law", Level::Law),
    ("行政法规", "administrative_regulation", Level::AdministrativeRegulation),
    ("地方性法规", "local_regulation", Level::LocalRegulation),
    ("部门规章", "departmental_rule", Level::DepartmentalRule),
    ("地方政府规章", "local_government_rule", Level::LocalGovernmentRule),
    ("规范性文件", "normative_document", Level::NormativeDocument),
    ("司法解释", "judicial_interpretation", Level::JudicialInterpretation),
];
pub(super) const REFUSED_RECHECK: Words<bool> = &[("计罚", "counts", true), ("不计罚", "does_not_count", false)];
/// Whether the last day for payment counts.
pub(super) const COUNTED_FROM: Words<bool> = &[("次日", "next_day", false), ("当日", "due_day", true)];
pub(super) const LOWEST: Words<()> = &[("取最低档", "lowest", ())];
pub(super) const CRITERION: Words<Criterion> = &[
    ("处理结果", "outcome", Criterion::Outcome),
    ("法定幅度", "statutory_range", Criterion::StatutoryRange),
    ("金额", "amount", Criterion::Amount),
];
/// Norms that one act breaks are compared by their fines alone.
pub(super) const NORM_CRITERION: Words<Criterion> =
    &[("法定幅度", "statutory_range", Criterion::StatutoryRange), ("金额", "amount", Criterion::Amount)];
pub(super) const WAIVE: Words<()> = &[("不予处罚", "waive", ())];
pub(super) const RECOMMEND_WAIVE: Words<bool> = &[("不予处罚", "waive", true), ("处罚", "penalise", false)];
pub(super) const RECOMMEND_USE: Words<bool> = &[("适用", "use", true), ("不适用", "not_use", false)];
/// Which of the two is put first where the officer chooses between lighter and reduced: whether it is used, and reduced.
pub(super) const RECOMMEND_BRANCH: Words<(bool, bool)> =
    &[("从轻", "lighter", (true, false)), ("减轻", "reduced", (true, true))];
/// The same where the officer may leave it unused.
pub(super) const RECOMMEND_BRANCH_OR_NONE: Words<(bool, bool)> =
    &[("从轻", "lighter", (true, false)), ("减轻", "reduced", (true, true)), ("不适用", "not_use", (false, false))];
pub(super) const DIRECTION: Words<Direction> = &[
    ("从轻", "lighter", Direction::Lighter),
    ("减轻", "reduced", Direction::Reduced),
    ("从轻或减轻", "lighter_or_reduced", Direction::LighterOrReduced),
    ("从重", "heavier", Direction::Heavier),
];
pub(super) const ROUNDING: Words<RoundingMode> = &[
    ("舍去", "down", RoundingMode::Down),
    ("进一", "up", RoundingMode::Up),
    ("四舍五入", "half_up", RoundingMode::HalfUp),
];
pub(super) const DURATION: Words<DurationUnit> = &[
    ("日", "days", DurationUnit::Days),
    ("天", "day", DurationUnit::Days),
    ("工作日", "workdays", DurationUnit::Workdays),
    ("个工作日", "workday", DurationUnit::Workdays),
    ("月", "months", DurationUnit::Months),
    ("个月", "month", DurationUnit::Months),
];
pub(super) const BAR_OUTCOME: Words<BarOutcome> = &[
    ("不予处罚", "no_penalty", BarOutcome::NoPenalty),
    ("不再处罚", "barred", BarOutcome::Barred),
    ("不予罚款", "no_fine", BarOutcome::NoFine),
];
pub(super) const PROCEEDING_STAGE: Words<ProceedingStage> = &[
    ("立案", "filing", ProceedingStage::Filing),
    ("告知", "notice", ProceedingStage::Notice),
    ("听证", "hearing", ProceedingStage::Hearing),
    ("审核", "review", ProceedingStage::Review),
    ("讨论", "discussion", ProceedingStage::Discussion),
    ("决定", "decision", ProceedingStage::Decision),
    ("送达", "service", ProceedingStage::Service),
    ("执行", "enforcement", ProceedingStage::Enforcement),
    ("公开", "publication", ProceedingStage::Publication),
];
pub(super) const REFERRAL_KIND: Words<ReferralKind> = &[
    ("刑事", "crime", ReferralKind::Crime),
    ("行政拘留", "detention", ReferralKind::Detention),
    ("其他", "other", ReferralKind::Other),
];
pub(super) const FINE_MEANWHILE: Words<FineMeanwhile> =
    &[("暂缓", "waits", FineMeanwhile::Waits), ("照常", "continues", FineMeanwhile::Continues)];

/// A word that only some clauses take, in Chinese and in English.
#[must_use]
pub fn listed_word(text: &str) -> Option<(&'static str, &'static str)> {
    fn find<T>(words: Words<T>, text: &str) -> Option<(&'static str, &'static str)> {
        words.iter().find(|(zh, en, _)| *zh == text || *en == text).map(|(zh, en, _)| (*zh, *en))
    }
    find(STATUS, text)
        .or_else(|| find(INCLUDED, text))
        .or_else(|| find(SUBJECT, text))
        .or_else(|| find(LEVEL, text))
        .or_else(|| find(MEASURE_KIND, text))
        .or_else(|| find(REFUSED_RECHECK, text))
        .or_else(|| find(COUNTED_FROM, text))
        .or_else(|| find(LOWEST, text))
        .or_else(|| find(CRITERION, text))
        .or_else(|| find(RECOMMEND_WAIVE, text))
        .or_else(|| find(RECOMMEND_USE, text))
        .or_else(|| find(DIRECTION, text))
        .or_else(|| find(ROUNDING, text))
        .or_else(|| find(BAR_OUTCOME, text))
        .or_else(|| find(PROCEEDING_STAGE, text))
        .or_else(|| find(KIND_ASKED, text))
        .or_else(|| find(REFERRAL_KIND, text))
        .or_else(|| find(FINE_MEANWHILE, text))
}

/// The level that an instrument's word names.
#[must_use]
pub fn level(text: &str) -> Option<Level> {
    LEVEL.iter().find(|(zh, en, _)| *zh == text || *en == text).map(|(_, _, level)| *level)
}

/// What a referral is for, by its word.
pub fn referral_kind(word: &Name, errors: &mut Vec<Diagnostic>) -> Option<ReferralKind> {
    look_up(word, REFERRAL_KIND, errors)
}

/// Which measures of the result a word asks about, or a report with the words allowed.
pub fn kind_asked(word: &Name, errors: &mut Vec<Diagnostic>) -> Option<KindAsked> {
    look_up(word, KIND_ASKED, errors)
}

/// What `word` means, or a report with the words allowed.
pub(super) fn look_up<T: Copy>(word: &Name, words: Words<T>, errors: &mut Vec<Diagnostic>) -> Option<T> {
    let found = words.iter().find(|(zh, en, _)| *zh == &*word.text || *en == &*word.text);
    if let Some((_, _, meaning)) = found {
        return Some(*meaning);
    }
    let zh = words.iter().map(|(zh, _, _)| *zh).collect::<Vec<_>>().join("、");
    let en = words.iter().map(|(_, en, _)| *en).collect::<Vec<_>>().join(", ");
    let text = &word.text;
    errors.push(
        Diagnostic::new(
            Code::WordNotKnown,
            word.span,
            format!("此处不能用“{text}”"),
            format!("`{text}` is not a word that may stand here"),
        )
        .why(format!("可以用：{zh}"), format!("what may stand here: {en}"))
        .suggest(text, words.iter().flat_map(|(zh, en, _)| [*zh, *en])),
    );
    None
}

/// The force of a rule from its keyword and whether the pack recommends it.
pub(super) fn force(shall: bool, recommended: bool) -> Force {
    if shall { Force::Shall } else { Force::May(recommended) }
}
