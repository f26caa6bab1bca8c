use std::sync::Arc;

use super::node::Expression;
use super::rule::{InForce, RuleId, Titles};
use super::rules::Condition;
use crate::resolved::Covers;
pub use crate::resolved::{FineMeanwhile, ReferralKind};

/// One ground of a referral.
#[derive(Clone, PartialEq, Debug)]
pub struct ReferralGround {
    /// Its rule.
    pub rule: RuleId,
    /// When it is met.
    pub condition: Condition,
}

/// A referral: when a case goes to another body.
#[derive(Clone, PartialEq, Debug)]
pub struct ReferralRule {
    /// Its rule.
    pub rule: RuleId,
    /// When it is in force.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// The violations it concerns.
    pub covers: Covers,
    /// What it is for.
    pub kind: ReferralKind,
    /// To whom.
    pub refer_to: Titles,
    /// What becomes of the fine.
    pub fine: FineMeanwhile,
    /// What must hold besides a ground.
    pub condition: Condition,
    /// When the case is not referred.
    pub exclusions: Vec<Expression>,
    /// Grounds, of which one is enough; none when `condition` is the only one.
    pub grounds: Vec<ReferralGround>,
}
