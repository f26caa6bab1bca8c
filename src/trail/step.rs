use super::concurrence::ConcurrenceStep;
use super::measures::MeasureStep;
use crate::diagnostic::Code;
use crate::program::{DefineId, FactId, PartyKind, RuleId};
pub use crate::resolved::Criterion;
use crate::resolved::{BuiltInName, FineForce, KindAsked, ReferralKind};
use crate::source::Span;
use crate::value::{AmountRange, Date, Number, RoundingMode, UnitId, Value};

/// True, false, or not known: the three truth values of a condition over partly known facts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Truth {
    /// Holds.
    True,
    /// Does not hold.
    False,
    /// Cannot be said from the facts known.
    Unknown,
}

impl Truth {
    /// Conjunction: false when either is, whatever the other.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// Disjunction: true when either is, whatever the other.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        !(!self).and(!other)
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

/// The legal stages of a determination, in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stage {
    /// Who may commit the violation and what makes it one.
    Elements,
    /// Which version of the law applies.
    Versions,
    /// What stands against a penalty, such as limitation of time.
    Bars,
    /// Whether the case goes to another body, such as the police.
    Referral,
    /// Whether a leniency list forgives it.
    Leniency,
    /// Statutory range and tier.
    Statutory,
    /// The discretion benchmark.
    Benchmark,
    /// Lighter, reduced, heavier.
    Circumstances,
    /// What the credit grade changes.
    Credit,
    /// Hold in range, then round.
    Bounds,
    /// Orders and other measures.
    Measures,
    /// Which of several norms that cover the act apply, and under which law.
    Concurrence,
    /// What the result requires: hearing, collective discussion and the like.
    Procedure,
    /// How the party is supervised from now on.
    Supervision,
}

/// At which date a version of the law was looked up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Moment {
    /// The day the act ended.
    Act,
    /// The day of the decision.
    Decision,
}

/// Where the value of an operand comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// The case says so.
    Given,
    /// Worked out from other steps.
    Derived,
    /// The case is silent and the fact's presumption was used.
    Presumed,
    /// The case says that it cannot be established.
    Unestablished,
    /// The case is silent: not asked yet.
    NotAsked,
    /// The case says that there is none.
    Absent,
}

/// What is known of the base of a fine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BaseState {
    /// How much it is.
    Amount,
    /// There is none.
    Absent,
    /// It cannot be established.
    Unestablished,
    /// Not known yet.
    Open,
}

/// What stands in an expression at a place: a fact, a derived value, an end of the range.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Operand {
    /// A fact of the case.
    Fact(FactId),
    /// A definition.
    Define(DefineId),
    /// A step of the same benchmark, named by the rule.
    Step(RuleId),
    /// What needs no declaration: the statutory range, the days of the act, the party.
    BuiltIn(BuiltInName),
    /// Something counted, added up or compared over the records of a fact; the span is the call.
    Records(FactId),
    /// Whether the result brings a measure.
    Measure(RuleId),
    /// Whether the result brings a measure of this kind.
    MeasureKind(KindAsked),
    /// Whether the case is referred.
    Referral(ReferralKind),
}

/// What was read of a field of a record.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FieldRead {
    /// The field.
    pub field: u16,
    /// Where its value comes from.
    pub origin: Origin,
    /// Its value, when it is known.
    pub value: Option<Value>,
}

/// What became of a rule that was considered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// Its conditions hold and it took effect.
    Applied,
    /// Its conditions hold, and using it is the officer's choice.
    Choice,
    /// A condition failed.
    Failed,
    /// A condition is not known.
    Unknown,
    /// A more local rule, or a heavier tier, came first.
    PassedOver,
    /// Of a leniency list: a more local one of a lower rank, which rests on it, applies already.
    MetAlready,
    /// An exclusion holds, of its own or of the list it belongs to.
    Excluded,
    /// Its last day is past.
    Expired,
    /// It takes effect when the officer chooses a measure.
    IfChosen,
    /// It is for acts that are no crime, and the case is referred as one.
    CrimeFirst,
    /// It is for parties of another kind.
    OtherParty,
}

/// Why the amount changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Adjustment {
    /// Raised to the statutory minimum.
    HeldAtMinimum,
    /// Lowered to the statutory maximum.
    HeldAtMaximum,
    /// Already inside the range.
    WithinRange,
    /// Below the minimum, which a reducing circumstance allows.
    ReducedBelowMinimum,
}

/// Why no answer can be given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Problem {
    /// No row of a factor or table covers the values (E0501).
    NoRow,
    /// Several rows of a `unique` table cover the values (E0502).
    SeveralRows,
    /// A figure does not fit exact arithmetic, or a division by zero (E0503).
    Arithmetic,
    /// The rules hold no version of the violation for that day (E0504).
    NoVersion,
    /// A definition, table or measure has no version in force on the day, which is the value of the step (E0551).
    NotInForce,
    /// The computation starts from the statutory minimum, and the law gives none (E0506).
    NoMinimum,
    /// A factor cannot be established and the rules do not say what it counts as then (E0507).
    NotEstablished,
    /// The ranges of two versions cross, and there are no amounts to compare (E0508).
    NotComparable,
    /// An end of the discretion tier is named, and the benchmark names no tier (E0550).
    NoBand,
    /// Facts make the ends of the fine negative or put them in the wrong order (E0509).
    RangeInvalid,
    /// An effect that does not follow the fine in proportion cannot be worked out over a band (E0511).
    BandNotFollowed,
    /// This circumstance is lighter or reduced and its effect raises the amount, or heavier and lowers it (E0512).
    WrongDirection(RuleId),
    /// The case was read by other rules: its facts mean something else here (E0510).
    OtherRules,
    /// Thresholds of a crime changed between act and decision, and the answers differ (E0541).
    ThresholdsChanged,
    /// The largest or smallest of records, and there is none (E0530).
    NoRecord,
    /// Two provisions are compared, and one is named less exactly than the other (E0531).
    ProvisionInexact,
    /// Conditions over records inside each other look at more records than the limit (E0532).
    TooManyRecords,
    /// The rule depends on whether the unit is penalised, and that is not settled (E0520).
    UnitNotSettled,
    /// There is none of what is reckoned with, and the rule does not say what happens then (E0521).
    AbsentUnsaid,
    /// The amount of the fine stands in another norm, which the rule cites (E0522).
    AmountElsewhere(RuleId),
    /// The article gives no fine for this value of its base (E0523).
    FineCaseUncovered,
    /// Norms on one conduct conflict, and the law does not say which prevails (E0542).
    NormsConflict,
    /// One act breaks several norms, and no principle says how their fines compare (E0543).
    NoNormPrinciple,
    /// The principle does not tell the fines of several norms apart (E0544).
    NormsNotComparable,
    /// Whole penalties of several norms are compared, and neither is the heavier one, or each in its own way (E0545).
    PenaltiesNotComparable,
    /// Old and new law, compared after concurrence, are each lighter in its own way (E0546).
    LawsNotComparable,
    /// Working days of this year are counted, and no calendar in the rules covers them (E0533).
    NoCalendar(i16),
    /// A record gives an interval that ends before it begins (E0534).
    IntervalInvalid,
    /// A versioned law needs a `principle` that says how versions compete, and there is none (E0505).
    NoPrinciple,
}

impl Problem {
    /// The code whose page explains it.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Problem::NoRow => Code::NoRow,
            Problem::SeveralRows => Code::SeveralRows,
            Problem::Arithmetic => Code::Arithmetic,
            Problem::NoVersion => Code::NoVersion,
            Problem::NotInForce => Code::NotInForce,
            Problem::NoPrinciple => Code::NoPrinciple,
            Problem::NoRecord => Code::NoRecord,
            Problem::NoCalendar(_) => Code::NoCalendar,
            Problem::IntervalInvalid => Code::IntervalInvalid,
            Problem::ProvisionInexact => Code::ProvisionInexact,
            Problem::TooManyRecords => Code::TooManyRecords,
            Problem::NoMinimum => Code::NoMinimum,
            Problem::NotEstablished => Code::NotEstablished,
            Problem::NotComparable => Code::NotComparable,
            Problem::OtherRules => Code::OtherRules,
            Problem::ThresholdsChanged => Code::ThresholdsChanged,
            Problem::NormsConflict => Code::NormsConflict,
            Problem::NoNormPrinciple => Code::NoNormPrinciple,
            Problem::NormsNotComparable => Code::NormsNotComparable,
            Problem::PenaltiesNotComparable => Code::PenaltiesNotComparable,
            Problem::LawsNotComparable => Code::LawsNotComparable,
            Problem::RangeInvalid => Code::RangeInvalid,
            Problem::NoBand => Code::NoBand,
            Problem::UnitNotSettled => Code::UnitNotSettled,
            Problem::AbsentUnsaid => Code::AbsentUnsaid,
            Problem::AmountElsewhere(_) => Code::AmountElsewhere,
            Problem::FineCaseUncovered => Code::FineCaseUncovered,
            Problem::BandNotFollowed => Code::BandNotFollowed,
            Problem::WrongDirection(_) => Code::WrongDirection,
        }
    }
}

/// One step of an explanation.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// How deep in the tree; roots are 0.
    pub depth: u16,
    /// What happened.
    pub kind: StepKind,
    /// The place in the rule file: the clause, condition or row.
    pub span: Span,
    /// The rule whose citation ends the step.
    pub rule: Option<RuleId>,
    /// The result, when it is a value.
    pub value: Option<Value>,
}

/// What becomes of a credit event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EventFate {
    /// It counts.
    Counts,
    /// It may count.
    MayCount,
    /// It is later than the day as of which points count.
    Later,
    /// It counted until this day.
    Expired(Date),
    /// It was repaired.
    Repaired,
    /// Its day cannot be established.
    Undated,
}

impl EventFate {
    /// Whether it counts or may.
    #[must_use]
    pub fn may_count(self) -> bool {
        matches!(self, EventFate::Counts | EventFate::MayCount)
    }
}

/// What a step says. Values named here are in the units of [`Value`]; money in yuan.
#[derive(Clone, PartialEq, Debug)]
pub enum StepKind {
    /// A legal stage; its steps are the children.
    Stage(Stage),
    /// What becomes of an act under several norms.
    Concurrence(ConcurrenceStep),
    /// The rules loaded say nothing for this stage.
    NothingDeclared,
    /// Whether a party of this kind is one of the violation's subjects; the span is the `subjects` clause.
    Subject(PartyKind, bool),
    /// A responsible person is judged: whether there is a violation is a matter of what the unit did.
    OfUnit,
    /// The norm threatens this party with nothing.
    NotPunishable,
    /// The norm also punishes the persons this rule names, and the case names none of them.
    PersonsToExamine,
    /// One condition: the span is its text, the children its operands. An element, an umbrella condition, an item's condition.
    Condition(Truth),
    /// One exclusion: true means that it excludes.
    Exclusion(Truth),
    /// A value in an expression: the span is where it is used, `value` is absent when not known.
    Input(Operand, Origin),
    /// Working days counted from a date, and how many days on the way were none; `value` is the date reached.
    WorkdaysCounted(Date, i64, u32),
    /// A last day that is no working day moved to the next one: the day before; `value` is the day after.
    Rolled(Date),
    /// Months were added to a date, and the month reached has no such day: `value` is its last day.
    EndOfMonth(Date),
    /// The last day of a time limit; the span is the clause, the children what it was worked out from.
    DueDate,
    /// One record under something counted over records: the span is the condition.
    Record {
        /// The fact that holds the records.
        list: FactId,
        /// Its place among them, from 1.
        number: u32,
        /// Whether it counts.
        counts: Truth,
        /// What was read of it.
        read: Vec<FieldRead>,
    },
    /// A rule considered, with what became of it; its conditions are the children.
    Rule(Verdict),
    /// The versions of the law: in force at the act, in force at the decision.
    Versions {
        /// The version in force when the act ended.
        at_act: Option<RuleId>,
        /// The version in force at the decision.
        at_decision: Option<RuleId>,
        /// The act began under an earlier version and went on: no comparison.
        continued: bool,
    },
    /// One version worked out in full; the children are its stages. `rule` is the violation's version.
    Candidate(Moment),
    /// Versions compared by one criterion: `None` when it does not tell them apart.
    Compared(Criterion, Option<Moment>),
    /// The version that applies, after comparison.
    Chosen(Moment),
    /// The statutory range, after tiers. `value` is a [`Value::Range`].
    StatutoryRange,
    /// What the shares and cases of a fine are of: the span is the base, the children its operands.
    Base(BaseState),
    /// Of several amounts, the one for this state of the base; the span is the amount with its case, `value` the base.
    FineCase(BaseState),
    /// A share or multiple of a base: the lower end, the upper end, the base; `value` is the range.
    Portion(Option<Value>, Value, Number),
    /// So much for each: the range for one, how many, in what unit; `value` is the range for all.
    Each(AmountRange, Value, Option<UnitId>),
    /// The range was above the most that the fine may be: the range before; `value` is the range after.
    FineCapped(AmountRange),
    /// There is no base, which counts as this floor; `value` is what counts.
    DeemedForNone,
    /// A base counted at its deemed floor: the real base and the floor; `value` is what counts.
    DeemedBase(Number, Number),
    /// Weights added up: the children are start, factors, sum, cap and floor. `value` is the total.
    Weights,
    /// Start value of weights.
    Start,
    /// One factor with the row that matched; the span is the row, the children its operands.
    Factor,
    /// A factor that cannot be established, counted at its lowest row.
    FactorAtLowest,
    /// The sum was above the cap: the sum.
    Capped(Number),
    /// The sum was below the floor: the sum.
    Floored(Number),
    /// A named step or the benchmark's result: the span is the expression, the children its operands.
    Computed,
    /// A table looked up; the span is the row.
    TableRow,
    /// A table with a key that cannot be established, counted at the lowest of the rows that are left.
    TableRowAtLowest,
    /// The amount before a circumstance or credit rule; `value` is the amount after.
    Adjusted(Number),
    /// Hold in range: the amount before; `value` is the amount after.
    Held(Adjustment, Number, AmountRange),
    /// Rounded: the amount before, mode and step; `value` is the amount after. `rule` is absent when no rounding rule is
    /// declared and the amount is cut to the fen in the party's favour.
    Rounded(Number, RoundingMode, Number),
    /// No tier that brings a fine holds, and the base has none.
    NoFineYet,
    /// What a tier punishes happened on this day, under another version: it is an act of its own.
    ActOfItsOwn(Date),
    /// A fine besides another: the one and the other; `value` is the range of both.
    FineBesides(AmountRange, AmountRange),
    /// A multiple of the fine itself: the lower end, the upper end, the fine or its range; `value` is the range.
    MultipleOfFine(Option<Value>, Value, AmountRange),
    /// The fine is left to the officer.
    FineChoice(FineForce),
    /// A circumstance without room: `true` where one sum is all there is, `false` where there is no minimum to go below.
    NoRoom(bool),
    /// A circumstance that is lighter or reduced as the officer decides: `true` where reduced is worked out here.
    LighterOrReduced(bool),
    /// A measure by its rule.
    Measure(RuleId),
    /// A measure the officer may choose.
    MeasureChoice(RuleId),
    /// The discretion tier the case falls into; `value` is a [`Value::Range`].
    Band,
    /// A credit grade worked out; `value` is the grade.
    Grade,
    /// The day as of which points count, and whether they were frozen on it.
    ScoredOn(bool),
    /// All credit points; the children are start, events, cap and floor.
    Points,
    /// One kind of event, which adds points or deducts them: `value` is how many altogether.
    CreditEvents(bool),
    /// One record of such events; `value` is its points, when it counts or may.
    CreditEvent {
        /// The fact that holds the records.
        list: FactId,
        /// Its place among them, from 1.
        number: u32,
        /// What becomes of it.
        fate: EventFate,
        /// What was read of it.
        read: Vec<FieldRead>,
    },
    /// The grade that points lead to; the span is the expression.
    Graded,
    /// A grade of which the worst counts.
    Indicator,
    /// Whether a veto holds; `value` is its grade.
    Veto(Truth),
    /// Facts count a second time here, which the rule of the step means; the span is its clause.
    CountedTwice,
    /// What a measure or notice says; the span is the expression, the children its operands.
    Stated,
    /// What is worked out of a measure.
    OfMeasure(MeasureStep),
    /// Both ends of the range are one sum: there is no discretion in the amount, and no benchmark applies.
    FixedSum,
    /// No benchmark covers the violation: the amount inside the range is the officer's.
    NoBenchmark,
    /// Why no answer can be given.
    Problem(Problem),
}
