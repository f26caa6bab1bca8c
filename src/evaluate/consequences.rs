use crate::program::{Direction, FineForce, RuleId, Titles};
use crate::trail::{Extent, Operand, Problem, Term};
use crate::value::{AmountRange, Date, Duration, Number, Value};

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
    /// Versions of other violations that bring it for the same act too; it is taken once.
    pub also_under: Vec<RuleId>,
    /// How much it takes, or how long it lasts, follows from the fine.
    pub(crate) of_fine: bool,
}

impl MeasureResult {
    /// Whether it is the same measure, whichever norms bring it.
    #[must_use]
    pub fn is_the_same(&self, other: &MeasureResult) -> bool {
        let alone = |measure: &MeasureResult| MeasureResult { also_under: Vec::new(), ..measure.clone() };
        self.rule == other.rule && alone(self) == alone(other)
    }
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
    /// The fine is that of this recommendation, and not one the case states.
    pub(crate) of_this: bool,
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
