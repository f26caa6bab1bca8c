use super::fine::FineRule;
use super::measures::MeasureGroup;
use super::rule::RuleId;
use super::rules::Condition;
pub use crate::resolved::{PartyKind, PartyKinds};

/// What a violation, or a tier of it, threatens some kinds of party with.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// Its rule; its label is the set of persons in the words of the law.
    pub rule: RuleId,
    /// Whom it is for.
    pub who: PartyKinds,
    /// When it applies to one of them.
    pub condition: Condition,
    /// The fine, in place of the one for everybody.
    pub fine: Option<FineRule>,
    /// Measures, in addition.
    pub measures: Vec<MeasureGroup>,
}
