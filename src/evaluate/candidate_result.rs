use super::consequences::{MeasureResult, Notice, OfficerOption, SupervisionResult};
use super::in_force::Dated;
use super::referral::Referred;
use crate::program::{FactId, RuleId};
use crate::trail::Problem;
use crate::value::{AmountRange, Date, Number, Value};

/// What one version of the law leads to.
#[derive(Clone, PartialEq, Debug)]
pub struct CandidateResult {
    /// The version of the violation; `None` when there is none.
    pub version: Option<RuleId>,
    /// The outcome.
    pub outcome: Outcome,
    /// The fine, also when the outcome is a choice between it and no penalty.
    pub fine: Option<Fine>,
    /// The fine that would be due if a case that is referred came back, leniency not examined. It is not to be imposed now.
    pub waiting: Option<Fine>,
    /// Referrals that are due.
    pub referrals: Vec<Referred>,
    /// What tiers of the violation punish that happened under another version of the law: acts of their own.
    pub separate_acts: Vec<SeparateAct>,
    /// Measures that must be taken.
    pub measures: Vec<MeasureResult>,
    /// How the party is supervised from now on.
    pub supervision: Vec<SupervisionResult>,
    /// What the result requires before or after it is decided.
    pub notices: Vec<Notice>,
    /// Measures, leniency and circumstances left to the officer.
    pub options: Vec<OfficerOption>,
    /// The rules that decided, most decisive first.
    pub decided_by: Vec<RuleId>,
    /// Rules it rests on that are not verified.
    pub unverified: Vec<RuleId>,
    /// Presumptions used.
    pub presumed: Vec<Presumed>,
    /// What was looked up and depends on the day.
    pub(crate) dated: Vec<Dated>,
    /// Facts to establish before more can be said.
    pub facts_to_ask: Vec<FactId>,
    /// Facts to establish for what measures take and how long they last; outcome and fine are certain without them.
    pub facts_for_measures: Vec<FactId>,
    /// Whether the party's credit grade is to be established too.
    pub grade_to_ask: bool,
    /// Whether the day the act was discovered is to be established too.
    pub discovery_to_ask: bool,
    /// Why it is undetermined, beyond facts to ask.
    pub problems: Vec<Problem>,
    /// The law also punishes the persons these rules name, and the case names none of them: they have to be examined.
    pub persons_to_examine: Vec<RuleId>,
    /// Whether the outcome is one that requires something of procedure.
    pub(crate) procedure_due: bool,
    /// Whether a referral is due is not known yet.
    pub(crate) referral_open: bool,
}

impl CandidateResult {
    /// What has to be paid: nothing where there is no fine, `None` where it is not determined.
    pub(super) fn amount_to_pay(&self) -> Option<Number> {
        match self.outcome {
            Outcome::NotEstablished
            | Outcome::NoLongerUnlawful
            | Outcome::NotPunishable
            | Outcome::NoPenalty
            | Outcome::Barred
            | Outcome::OrderOnly => Some(Number::ZERO),
            Outcome::Fine => self.fine.as_ref()?.amount,
            Outcome::Referred | Outcome::Choice | Outcome::Undetermined => None,
        }
    }

    /// No answer, for this reason.
    pub(super) fn undetermined(problem: Problem) -> Self {
        CandidateResult {
            version: None,
            outcome: Outcome::Undetermined,
            fine: None,
            waiting: None,
            referrals: Vec::new(),
            separate_acts: Vec::new(),
            measures: Vec::new(),
            supervision: Vec::new(),
            notices: Vec::new(),
            options: Vec::new(),
            decided_by: Vec::new(),
            unverified: Vec::new(),
            presumed: Vec::new(),
            dated: Vec::new(),
            facts_to_ask: Vec::new(),
            facts_for_measures: Vec::new(),
            grade_to_ask: false,
            discovery_to_ask: false,
            problems: vec![problem],
            persons_to_examine: Vec::new(),
            procedure_due: false,
            referral_open: false,
        }
    }
}

/// A fact the case does not give, taken for a value because a rule says so.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Presumed {
    /// The fact.
    pub fact: FactId,
    /// What it is presumed to be.
    pub value: Value,
    /// The rule that says so.
    pub rule: RuleId,
}

/// How a determination ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Outcome {
    /// The elements are not met: no violation is established.
    NotEstablished,
    /// The law in force at the decision no longer regards the act as unlawful.
    NoLongerUnlawful,
    /// The norm threatens this party with nothing, such as a person beside a unit where it punishes only the unit.
    NotPunishable,
    /// No penalty shall be imposed.
    NoPenalty,
    /// No penalty may be imposed any more, such as after the limitation of time.
    Barred,
    /// Measures, but no fine.
    OrderOnly,
    /// The case is referred, and the fine waits.
    Referred,
    /// The officer may waive the penalty or impose the fine.
    Choice,
    /// A fine.
    Fine,
    /// Cannot be said yet.
    Undetermined,
}

/// What a tier punishes, which happened on a day when another version of the law was in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeparateAct {
    /// The tier.
    pub tier: RuleId,
    /// The day.
    pub occurred_on: Date,
}

/// A fine in yuan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fine {
    /// The amount; `None` when the officer picks it, or when the outcome is undetermined and there is none yet.
    pub amount: Option<Number>,
    /// The part of the range in which the officer picks; `None` when there is an amount, or when the whole range is open.
    pub within: Option<AmountRange>,
    /// The statutory range.
    pub range: AmountRange,
    /// What the benchmark gave before adjustments, holding and rounding, when it gave one amount.
    pub benchmark: Option<Number>,
}
