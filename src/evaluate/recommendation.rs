use std::sync::Arc;

use super::competition::{Competition, Standing};
use super::in_force::Dated;
use super::referral::Referred;
use crate::case::{Judged, PartyKind};
use crate::program::{Direction, FactId, FineForce, Pool, Program, RuleId, Titles};
use crate::trail::{Extent, Moment, Operand, Problem, Term, Trail};
use crate::value::{AmountRange, Date, Duration, Number, Value};

/// What is recommended for one case: a determination for each act and violation, with its explanation.
///
/// It holds everything a reader needs: the rule texts it was made with, their digests, and the trail.
#[derive(Clone, Debug)]
pub struct Recommendation {
    pub(crate) program: Arc<Program>,
    /// The texts and provisions that values of the trail name.
    pub(crate) pool: Arc<Pool>,
    /// The case's own id.
    pub case_id: Arc<str>,
    /// The area whose rules were applied.
    pub area: Arc<str>,
    /// The day of the decision.
    pub decided_on: Date,
    /// Unit or individual.
    pub party: PartyKind,
    /// One for each act, violation and party judged, in the order of the case: of each act first the party, then its
    /// responsible persons, then each other party with its own.
    pub determinations: Vec<Determination>,
    /// One for each act that several norms cover.
    pub competitions: Vec<Competition>,
}

/// Who is judged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Unit, individual, or responsible person of a unit.
    pub kind: PartyKind,
    /// Id of the person in the case; `None` is the party of the case.
    pub id: Option<Arc<str>>,
    /// Of a responsible person of another unit than the party of the case: the id of that unit.
    pub of: Option<Arc<str>>,
}

impl Target {
    pub(super) fn of(judged: Judged<'_>) -> Self {
        Target { kind: judged.kind, id: judged.id.cloned(), of: judged.of.cloned() }
    }
}

/// What the fines of one party come to. Fines of different parties are never added up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Total {
    /// Whose fines.
    pub target: Target,
    /// Over how many determinations.
    pub determinations: usize,
    /// Their sum; `None` when one of them is not determined, left to the officer, or waits for a referral.
    pub amount: Option<Number>,
}

impl Recommendation {
    /// The rules it was made with.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The sum of the fines of the party of the case; `None` when one of them is not determined, left to the officer, or
    /// waits for a referral.
    #[must_use]
    pub fn total(&self) -> Option<Number> {
        self.totals().into_iter().find(|total| total.target.id.is_none())?.amount
    }

    /// The sum of the fines of each party, in the order in which they are first judged.
    #[must_use]
    pub fn totals(&self) -> Vec<Total> {
        let mut totals: Vec<Total> = Vec::new();
        for determination in &self.determinations {
            let fine = determination.amount_to_pay();
            match totals.iter_mut().find(|total| total.target.id == determination.target.id) {
                Some(total) => {
                    total.determinations = total.determinations.saturating_add(1);
                    total.amount = total.amount.zip(fine).and_then(|(sum, fine)| sum.plus(fine));
                }
                None => totals.push(Total { target: determination.target.clone(), determinations: 1, amount: fine }),
            }
        }
        totals
    }

    /// Whether every determination has an answer that does not depend on facts still to be asked.
    #[must_use]
    pub fn is_determined(&self) -> bool {
        self.determinations.iter().all(|determination| match determination.standing {
            Standing::GivesWay(..) => true,
            Standing::Open => false,
            _ => determination.result.outcome != Outcome::Undetermined,
        })
    }
}

/// The answer for one act and one violation.
#[derive(Clone, PartialEq, Debug)]
pub struct Determination {
    /// Who is judged.
    pub target: Target,
    /// Id of the act.
    pub act: Arc<str>,
    /// First day of the act.
    pub began_on: Date,
    /// Last day of the act; `None` while it goes on.
    pub ended_on: Option<Date>,
    /// Day of discovery.
    pub discovered_on: Option<Date>,
    /// Id of the violation.
    pub violation: Arc<str>,
    /// Where it stands beside other determinations for the same act.
    pub standing: Standing,
    /// Which moment's law applied; `None` when no version could be chosen.
    pub moment: Option<Moment>,
    /// Under the law that applies.
    pub result: CandidateResult,
    /// Under the other version, when two were compared.
    pub other: Option<CandidateResult>,
    /// The explanation, step by step.
    pub trail: Trail,
}

impl Determination {
    /// What has to be paid: nothing where there is no fine or another norm's fine is imposed, `None` where it is not
    /// determined.
    #[must_use]
    pub fn amount_to_pay(&self) -> Option<Number> {
        match self.standing {
            Standing::GivesWay(..) => Some(Number::ZERO),
            Standing::Waits | Standing::Open => None,
            Standing::Applies | Standing::WithoutFine => self.result.amount_to_pay(),
        }
    }
}

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
}

impl CandidateResult {
    /// What has to be paid: nothing where there is no fine, `None` where it is not determined.
    fn amount_to_pay(&self) -> Option<Number> {
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

/// A measure that goes with the outcome.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureResult {
    /// The measure.
    pub rule: RuleId,
    /// Who has to approve it: until then it is a request, not an order.
    pub approval: Option<Titles>,
    /// Who decides on it, when it is another body.
    pub decided_by: Option<Titles>,
    /// Who is told of it.
    pub informed: Option<Titles>,
    /// The measure that takes its place when it cannot be performed.
    pub otherwise: Option<RuleId>,
    /// How long it lasts, or by when it must be performed.
    pub term: Option<Term>,
    /// How much it takes.
    pub extent: Option<Extent>,
    /// The days of a daily penalty, where the case states orders and re-inspections.
    pub daily: Option<DailyPenalty>,
    /// What it says besides its name.
    pub stated: Vec<StatedValue>,
}

/// Measures to choose from.
#[derive(Clone, PartialEq, Debug)]
pub struct MeasureChoice {
    /// How many of them.
    pub mode: ChoiceMode,
    /// The measures; on a ladder, from the lightest.
    pub measures: Vec<MeasureResult>,
}

impl std::ops::Deref for MeasureChoice {
    type Target = [MeasureResult];

    fn deref(&self) -> &[MeasureResult] {
        &self.measures
    }
}

pub use crate::syntax::ChoiceMode;

/// What a daily penalty would come to. It is no part of the fine, nor of the total of fines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DailyPenalty {
    /// One for each fine decision, in order.
    pub cycles: Vec<DailyCycleResult>,
    /// All cycles together; `None` when one of them is open.
    pub total: Option<Number>,
}

/// The days of one cycle: a fine decision, and what was found after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DailyCycleResult {
    /// The fine of that decision; `None` when it is not known.
    pub original_fine: Option<Number>,
    /// The days that count for certain.
    pub days: i64,
    /// Fine × days; `None` when the fine is not known or something is not settled.
    pub amount: Option<Number>,
    /// Whether all rounds are settled.
    pub settled: bool,
    /// Whether a re-inspection is still due.
    pub recheck_due: bool,
}

/// What a measure or notice says, such as a rate or a day.
#[derive(Clone, PartialEq, Debug)]
pub struct StatedValue {
    /// What is said.
    pub label: Titles,
    /// Its value; `None` when it is not known.
    pub value: Option<Value>,
    /// What it depends on, when it is not known.
    pub depends_on: Vec<Operand>,
}

/// How the party is supervised from now on. It never changes the penalty, and what it asks does not leave the outcome open.
#[derive(Clone, PartialEq, Debug)]
pub struct SupervisionResult {
    /// The measure.
    pub measure: MeasureResult,
    /// Whether it is due for certain.
    pub certain: bool,
    /// What it depends on, when that is not certain.
    pub depends_on: Vec<Operand>,
}

/// The last day of a time limit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DueDate {
    /// The rule does not say from when it runs.
    NotStated,
    /// It cannot be worked out: the day it runs from is not known, or a calendar is missing.
    Open,
    /// That day.
    On(Date),
}

/// What a procedure requires.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// The procedure.
    pub rule: RuleId,
    /// What is required.
    pub requires: Titles,
    /// Within what time.
    pub within: Option<Duration>,
    /// The last day.
    pub due: DueDate,
    /// Whether it is required for certain; otherwise it depends on what is not known yet.
    pub certain: bool,
    /// The measures left to the officer that would require it when chosen.
    pub if_chosen: Vec<RuleId>,
    /// What the notice says.
    pub stated: Vec<StatedValue>,
}

/// Something left to the officer.
#[derive(Clone, PartialEq, Debug)]
pub enum OfficerOption {
    /// One of these measures, or none; several where the choice says so.
    Measures(MeasureChoice),
    /// One of these measures must be taken; several may be where the choice says so.
    OneOf(MeasureChoice),
    /// Whether the fine is imposed, and the measures it stands among.
    Fine(FineForce, Vec<MeasureResult>),
    /// A fine in this range, under this tier, in place of the one that must be imposed.
    FurtherFine(RuleId, AmountRange),
    /// To waive the penalty under this item; whether the pack recommends it, and what goes with it.
    Waive(RuleId, bool, Vec<MeasureResult>),
    /// No benchmark works out the amount: in fixing it, this circumstance must (or may) be used.
    Weigh {
        /// The circumstance.
        rule: RuleId,
        /// Whether it must be used.
        shall: bool,
        /// Lighter, reduced, either of them, or heavier.
        direction: Direction,
    },
    /// To make the fine lighter or to reduce it: this circumstance calls for one of the two.
    LighterOrReduced {
        /// The circumstance.
        rule: RuleId,
        /// The fine when it is made lighter, held at the statutory minimum.
        lighter: ChoiceFine,
        /// The fine when it is reduced, perhaps below the minimum.
        reduced: ChoiceFine,
        /// Which of them the fine recommended is: reduced or not; `None` when it leaves the circumstance unused.
        recommended: Option<bool>,
    },
    /// To use this circumstance or leave it unused.
    Circumstance {
        /// The circumstance.
        rule: RuleId,
        /// The fine of the choice that is not recommended: with it where its use is not recommended, without it where it is.
        fine: ChoiceFine,
        /// Whether the pack recommends its use.
        recommended: bool,
        /// Whether the fine recommended includes it; false also where no fine can be recommended.
        included: bool,
    },
}

/// The fine that a choice of the officer leads to. What leaves it open leaves the recommendation as certain as it was.
#[derive(Clone, PartialEq, Debug)]
pub struct ChoiceFine {
    /// The fine, a range when the officer still picks; `None` when it cannot be worked out.
    pub fine: Option<AmountRange>,
    /// What would have to be known to work it out.
    pub depends_on: Vec<Operand>,
    /// Why it cannot be worked out, beyond what is not known.
    pub problem: Option<Problem>,
}
