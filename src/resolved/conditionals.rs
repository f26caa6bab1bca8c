//! What stands against a penalty or follows from it, and how versions of the law compete.

use std::fmt::Debug;

use super::covers::Covers;
use super::{Head, Label, Phase, Stated};
use crate::source::Span;

/// How a case ends under a bar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BarOutcome {
    /// 不予处罚: no penalty shall be imposed.
    NoPenalty,
    /// 不再处罚: no penalty may be imposed any more.
    Barred,
    /// 不予罚款: no fine may be imposed; other penalties and measures stay.
    NoFine,
}

/// A stage of the proceedings. The order is that in which they follow each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ProceedingStage {
    /// 立案.
    Filing,
    /// 告知: notice to the party, and its defence.
    Notice,
    /// 听证.
    Hearing,
    /// 法制审核.
    Review,
    /// 集体讨论.
    Discussion,
    /// 作出决定.
    Decision,
    /// 送达.
    Service,
    /// 执行: payment and enforcement.
    Enforcement,
    /// 公开.
    Publication,
}

/// What sets a bar and a procedure apart.
#[derive(Clone, Debug)]
pub enum ConditionalKind<P: Phase> {
    /// 阻却.
    Bar(BarOutcome),
    /// 程序: what is required, within what time, what the notice says, and at which stage of the proceedings.
    Procedure(Label, Option<TimeLimit<P>>, Vec<Stated<P>>, Option<ProceedingStage>),
}

/// 阻却, 程序: rules that take effect when a condition holds.
#[derive(Clone, Debug)]
pub struct Conditional<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// Condition.
    pub when: Option<P::Expr>,
    /// Which of the two, with what it brings.
    pub kind: ConditionalKind<P>,
}

/// 原则.
#[derive(Clone, Debug)]
pub struct Principle {
    /// Head.
    pub head: Head,
    /// What versions are compared by, in order.
    pub criteria: Vec<Criterion>,
    /// What norms that one act breaks are compared by, in order.
    pub norms: Vec<Criterion>,
}

/// What versions of the law are compared by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Criterion {
    /// 处理结果: no violation, no penalty, a choice, a fine.
    Outcome,
    /// 法定幅度: both ends of the statutory range.
    StatutoryRange,
    /// 金额: the amount worked out.
    Amount,
}

/// 期限: how long, and from which day.
#[derive(Clone, Debug)]
pub struct TimeLimit<P: Phase> {
    /// How long.
    pub length: P::Expr,
    /// The day it runs from; day 0 is not counted.
    pub from: Option<P::Expr>,
    /// Whether a last day that is no working day moves to the next working day.
    pub rolling: bool,
    /// The clause.
    pub span: Span,
}
