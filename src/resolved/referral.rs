//! 移送: when a case goes to another body, and what becomes of the fine meanwhile.

use super::covers::Covers;
use super::{Head, Label, Phase};
use crate::source::{Citation, Span};

/// What a case is referred for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ReferralKind {
    /// 刑事: the act is suspected of being a crime.
    Crime,
    /// 行政拘留: a person is to be detained; only where the act is not suspected of being a crime.
    Detention,
    /// 其他: another body is competent, or is to be told.
    Other,
}

/// What happens to the fine while a case is referred.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FineMeanwhile {
    /// 暂缓: a fine that is not imposed yet waits.
    Waits,
    /// 照常: it is imposed all the same.
    Continues,
}

/// One ground of a referral, cited by itself.
#[derive(Clone, Debug)]
pub struct Ground<P: Phase> {
    /// Condition.
    pub condition: P::Expr,
    /// Label.
    pub label: Label,
    /// Basis of its own.
    pub basis: Vec<Citation>,
    /// Note for the explanation.
    pub note: Option<Label>,
    /// Where.
    pub span: Span,
}

/// 移送.
#[derive(Clone, Debug)]
pub struct Referral<P: Phase> {
    /// Head.
    pub head: Head,
    /// The violations it concerns.
    pub covers: Covers,
    /// What it is for.
    pub kind: ReferralKind,
    /// To whom.
    pub refer_to: Label,
    /// What becomes of the fine.
    pub fine: FineMeanwhile,
    /// What must hold besides a ground.
    pub when: Option<P::Expr>,
    /// When the case is not referred, such as after it came back.
    pub except: Vec<P::Expr>,
    /// Grounds, of which one is enough; none when `when` is the only one.
    pub grounds: Vec<Ground<P>>,
}
