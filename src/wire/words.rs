use crate::evaluate::{ChoiceMode, GivesWay, Outcome};
use crate::program::{FineMeanwhile, PartyKind, ReferralKind, RuleKind, Status};
use crate::resolved::{FineForce, MeasureClass};
use crate::trail::{
    Adjustment, BaseState, ConcurrenceStep, Criterion, DailyStep, EventFate, MeasureStep, MeasuresCompared, Moment,
    Origin, Problem, Stage, StepKind, SurchargeStep, Truth, Verdict,
};
use crate::value::{Number, RoundingMode};

pub(super) fn before(kind: &StepKind) -> Option<Number> {
    match kind {
        StepKind::DeemedBase(before, _)
        | StepKind::Capped(before)
        | StepKind::Floored(before)
        | StepKind::Adjusted(before)
        | StepKind::Held(_, before, _)
        | StepKind::Rounded(before, ..) => Some(*before),
        _ => None,
    }
}

pub(super) fn step_kind(kind: &StepKind) -> (&'static str, Option<&'static str>) {
    match kind {
        StepKind::Stage(at) => ("stage", Some(stage(*at))),
        StepKind::FixedSum => ("fixed_sum", None),
        StepKind::Concurrence(ConcurrenceStep::ComparedLater) => ("compared_after_concurrence", None),
        StepKind::Concurrence(ConcurrenceStep::Whole { moment: at, .. }) => ("after_concurrence", Some(moment(*at))),
        StepKind::Concurrence(ConcurrenceStep::NotImposed { keeps_measures: true }) => {
            ("not_imposed", Some("measures_stay"))
        }
        StepKind::Concurrence(ConcurrenceStep::NotImposed { keeps_measures: false }) => ("not_imposed", None),
        StepKind::Concurrence(ConcurrenceStep::Measures(found)) => (
            "compared_measures",
            Some(match found {
                MeasuresCompared::Lighter(at) => moment(*at),
                MeasuresCompared::Same => "same",
                MeasuresCompared::Unclear => "unclear",
            }),
        ),
        StepKind::NothingDeclared => ("nothing_declared", None),
        StepKind::Subject(_, true) => ("subject", Some("true")),
        StepKind::Subject(_, false) => ("subject", Some("false")),
        StepKind::OfUnit => ("of_unit", None),
        StepKind::NotPunishable => ("not_punishable", None),
        StepKind::PersonsToExamine => ("persons_to_examine", None),
        StepKind::Condition(value) => ("condition", Some(truth(*value))),
        StepKind::Exclusion(value) => ("exclusion", Some(truth(*value))),
        StepKind::Input(_, from) => ("input", Some(origin(*from))),
        StepKind::DueDate => ("due_date", None),
        StepKind::WorkdaysCounted(..) => ("workdays_counted", None),
        StepKind::Rolled(_) => ("rolled", None),
        StepKind::EndOfMonth(_) => ("end_of_month", None),
        StepKind::Record { counts, .. } => ("record", Some(truth(*counts))),
        StepKind::Rule(became) => ("rule", Some(verdict(*became))),
        StepKind::Versions { continued: true, .. } => ("versions", Some("continued")),
        StepKind::Versions { .. } => ("versions", None),
        StepKind::Candidate(at) => ("candidate", Some(moment(*at))),
        StepKind::Compared(_, lighter) => ("compared", lighter.map(moment)),
        StepKind::Chosen(at) => ("chosen", Some(moment(*at))),
        StepKind::StatutoryRange => ("statutory_range", None),
        StepKind::Base(state) => ("base", Some(base_state(*state))),
        StepKind::FineCase(state) => ("fine_case", Some(base_state(*state))),
        StepKind::Portion(..) => ("portion", None),
        StepKind::Each(..) => ("each", None),
        StepKind::FineCapped(_) => ("fine_capped", None),
        StepKind::NoFineYet => ("no_fine_yet", None),
        StepKind::ActOfItsOwn(_) => ("act_of_its_own", None),
        StepKind::FineBesides(..) => ("fine_besides", None),
        StepKind::MultipleOfFine(..) => ("multiple_of_fine", None),
        StepKind::FineChoice(force) => ("fine_choice", Some(fine_force(*force))),
        StepKind::NoRoom(true) => ("no_room", Some("fixed_sum")),
        StepKind::NoRoom(false) => ("no_room", Some("no_minimum")),
        StepKind::LighterOrReduced(false) => ("lighter_or_reduced", Some("lighter")),
        StepKind::LighterOrReduced(true) => ("lighter_or_reduced", Some("reduced")),
        StepKind::DeemedForNone => ("deemed_for_none", None),
        StepKind::DeemedBase(..) => ("deemed_base", None),
        StepKind::Weights => ("weights", None),
        StepKind::Start => ("start", None),
        StepKind::Factor => ("factor", None),
        StepKind::FactorAtLowest => ("factor_at_lowest", None),
        StepKind::Capped(_) => ("capped", None),
        StepKind::Floored(_) => ("floored", None),
        StepKind::Computed => ("computed", None),
        StepKind::TableRow => ("table_row", None),
        StepKind::TableRowAtLowest => ("table_row_at_lowest", None),
        StepKind::Adjusted(_) => ("adjusted", None),
        StepKind::Held(how, ..) => (
            "held",
            Some(match how {
                Adjustment::HeldAtMinimum => "held_at_minimum",
                Adjustment::HeldAtMaximum => "held_at_maximum",
                Adjustment::WithinRange => "within_range",
                Adjustment::ReducedBelowMinimum => "reduced_below_minimum",
            }),
        ),
        StepKind::Rounded(_, mode, _) => (
            "rounded",
            Some(match mode {
                RoundingMode::Down => "down",
                RoundingMode::Up => "up",
                RoundingMode::HalfUp => "half_up",
            }),
        ),
        StepKind::Measure(_) => ("measure", None),
        StepKind::MeasureChoice(_) => ("measure_choice", None),
        StepKind::CountedTwice => ("counted_twice", None),
        StepKind::Band => ("band", None),
        StepKind::Grade => ("grade", None),
        StepKind::ScoredOn(frozen) => ("scored_on", frozen.then_some("frozen")),
        StepKind::Points => ("points", None),
        StepKind::CreditEvents(true) => ("credit_events", Some("add")),
        StepKind::CreditEvents(false) => ("credit_events", Some("deduct")),
        StepKind::CreditEvent { fate, .. } => (
            "credit_event",
            Some(match fate {
                EventFate::Counts => "counts",
                EventFate::MayCount => "may_count",
                EventFate::Later => "later",
                EventFate::Expired(_) => "expired",
                EventFate::Repaired => "repaired",
                EventFate::Undated => "undated",
            }),
        ),
        StepKind::Graded => ("graded", None),
        StepKind::Indicator => ("indicator", None),
        StepKind::Veto(holds) => ("veto", Some(truth(*holds))),
        StepKind::Stated => ("stated", None),
        StepKind::OfMeasure(step) => ("of_measure", Some(measure_step(step))),
        StepKind::NoBenchmark => ("no_benchmark", None),
        StepKind::Problem(what) => ("problem", Some(problem(*what))),
    }
}

fn measure_step(step: &MeasureStep) -> &'static str {
    match step {
        MeasureStep::NotASubject(_) => "not_a_subject",
        MeasureStep::FixedByTier(_) => "fixed_by_tier",
        MeasureStep::Term(_) => "term",
        MeasureStep::Extent(_) => "extent",
        MeasureStep::BelowZero(_) => "below_zero",
        MeasureStep::Approval(_) => "approval",
        MeasureStep::DecidedBy(_) => "decided_by",
        MeasureStep::Informed(_) => "informed",
        MeasureStep::Otherwise(_) => "otherwise",
        MeasureStep::Daily(step) => daily_step(*step),
        MeasureStep::Surcharge(step) => surcharge_step(*step),
    }
}

fn daily_step(step: DailyStep) -> &'static str {
    match step {
        DailyStep::NothingStated => "daily_nothing_stated",
        DailyStep::NoCount => "daily_no_count",
        DailyStep::NoFine => "daily_no_fine",
        DailyStep::NotProvided => "daily_not_provided",
        DailyStep::Cycle(..) => "daily_cycle",
        DailyStep::Due { .. } => "daily_due",
        DailyStep::Counted { .. } => "daily_counted",
        DailyStep::Closed(..) => "daily_closed",
        DailyStep::RefusalNotCounted(_) => "daily_refusal_not_counted",
        DailyStep::RefusalSilent(_) => "daily_refusal_silent",
        DailyStep::Late { .. } => "daily_late",
        DailyStep::FindingMissing(_) => "daily_finding_missing",
        DailyStep::AfterClosing(_) => "daily_after_closing",
        DailyStep::BeforeClosing(_) => "daily_before_closing",
        DailyStep::Sum { .. } => "daily_sum",
        DailyStep::Total(_) => "daily_total",
        DailyStep::NotStarted => "daily_not_started",
    }
}

fn surcharge_step(step: SurchargeStep) -> &'static str {
    match step {
        SurchargeStep::NothingStated => "surcharge_nothing_stated",
        SurchargeStep::InTime(_) => "surcharge_in_time",
        SurchargeStep::NotPaid(_) => "surcharge_not_paid",
        SurchargeStep::Suspended { .. } => "surcharge_suspended",
        SurchargeStep::Days { .. } => "surcharge_days",
        SurchargeStep::Amount { .. } => "surcharge_amount",
        SurchargeStep::Capped { .. } => "surcharge_capped",
    }
}

/// How many measures of a choice.
pub(super) fn choice_mode(mode: ChoiceMode) -> &'static str {
    match mode {
        ChoiceMode::One => "one",
        ChoiceMode::Any => "any",
        ChoiceMode::Ladder => "ladder",
    }
}

/// What a measure is in law.
pub(super) fn measure_class(class: MeasureClass) -> &'static str {
    match class {
        MeasureClass::Correction => "correction",
        MeasureClass::Penalty => "penalty",
        MeasureClass::Coercion => "coercion",
        MeasureClass::Referral => "referral",
        MeasureClass::Record => "record",
        MeasureClass::Education => "education",
        MeasureClass::Supervision => "supervision",
        MeasureClass::Civil => "civil",
        MeasureClass::Other => "other",
    }
}

pub(super) fn party_kind(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Unit => "unit",
        PartyKind::Individual => "individual",
        PartyKind::Responsible => "responsible",
    }
}

pub(super) fn fine_force(force: FineForce) -> &'static str {
    match force {
        FineForce::Shall => "shall",
        FineForce::Besides => "besides",
        FineForce::May => "may",
        FineForce::OneOf => "one_of",
        FineForce::MayOneOf => "may_one_of",
        FineForce::AnyOf => "any_of",
    }
}

fn base_state(state: BaseState) -> &'static str {
    match state {
        BaseState::Amount => "amount",
        BaseState::Absent => "absent",
        BaseState::Unestablished => "unestablished",
        BaseState::Open => "open",
    }
}

pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Elements => "elements",
        Stage::Versions => "versions",
        Stage::Bars => "bars",
        Stage::Referral => "referral",
        Stage::Leniency => "leniency",
        Stage::Statutory => "statutory",
        Stage::Benchmark => "benchmark",
        Stage::Circumstances => "circumstances",
        Stage::Credit => "credit",
        Stage::Bounds => "bounds",
        Stage::Concurrence => "concurrence",
        Stage::Procedure => "procedure",
        Stage::Measures => "measures",
        Stage::Supervision => "supervision",
    }
}

pub(super) fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Given => "given",
        Origin::Derived => "derived",
        Origin::Presumed => "presumed",
        Origin::Unestablished => "unestablished",
        Origin::NotAsked => "not_asked",
        Origin::Absent => "absent",
    }
}

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Applied => "applied",
        Verdict::Choice => "choice",
        Verdict::Failed => "failed",
        Verdict::Unknown => "unknown",
        Verdict::PassedOver => "passed_over",
        Verdict::MetAlready => "met_already",
        Verdict::Excluded => "excluded",
        Verdict::Expired => "expired",
        Verdict::CrimeFirst => "crime_first",
        Verdict::IfChosen => "if_chosen",
        Verdict::OtherParty => "other_party",
    }
}

pub(super) fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Act => "act",
        Moment::Decision => "decision",
    }
}

pub(super) fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Outcome => "outcome",
        Criterion::StatutoryRange => "statutory_range",
        Criterion::Amount => "amount",
    }
}

pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotEstablished => "not_established",
        Outcome::NoLongerUnlawful => "no_longer_unlawful",
        Outcome::NotPunishable => "not_punishable",
        Outcome::NoPenalty => "no_penalty",
        Outcome::Barred => "barred",
        Outcome::OrderOnly => "order_only",
        Outcome::Referred => "referred",
        Outcome::Choice => "choice",
        Outcome::Fine => "fine",
        Outcome::Undetermined => "undetermined",
    }
}

pub(super) fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::NoRow => "no_row",
        Problem::SeveralRows => "several_rows",
        Problem::Arithmetic => "arithmetic",
        Problem::NoVersion => "no_version",
        Problem::NotInForce => "not_in_force",
        Problem::NoPrinciple => "no_principle",
        Problem::NoMinimum => "no_minimum",
        Problem::NotEstablished => "not_established",
        Problem::NotComparable => "not_comparable",
        Problem::OtherRules => "other_rules",
        Problem::ThresholdsChanged => "thresholds_changed",
        Problem::NormsConflict => "norms_conflict",
        Problem::NoNormPrinciple => "no_norm_principle",
        Problem::NormsNotComparable => "norms_not_comparable",
        Problem::PenaltiesNotComparable => "penalties_not_comparable",
        Problem::LawsNotComparable => "laws_not_comparable",
        Problem::RangeInvalid => "range_invalid",
        Problem::NoBand => "no_band",
        Problem::NoRecord => "no_record",
        Problem::NoCalendar(_) => "no_calendar",
        Problem::IntervalInvalid => "interval_invalid",
        Problem::ProvisionInexact => "provision_inexact",
        Problem::TooManyRecords => "too_many_records",
        Problem::UnitNotSettled => "unit_not_settled",
        Problem::AbsentUnsaid => "absent_unsaid",
        Problem::AmountElsewhere(_) => "amount_elsewhere",
        Problem::FineCaseUncovered => "fine_case_uncovered",
        Problem::BandNotFollowed => "band_not_followed",
        Problem::WrongDirection(_) => "wrong_direction",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Verified => "verified",
        Status::Transcribed => "transcribed",
        Status::Assumed => "assumed",
    }
}

pub(super) fn rule_kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Violation => "violation",
        RuleKind::Tier => "tier",
        RuleKind::Target => "target",
        RuleKind::LeniencyList => "leniency_list",
        RuleKind::Exemption => "exemption",
        RuleKind::Benchmark => "benchmark",
        RuleKind::Step => "step",
        RuleKind::Factor => "factor",
        RuleKind::Circumstance => "circumstance",
        RuleKind::Credit => "credit",
        RuleKind::CreditTier => "credit_tier",
        RuleKind::Bar => "bar",
        RuleKind::Referral => "referral",
        RuleKind::ReferralGround => "referral_ground",
        RuleKind::Procedure => "procedure",
        RuleKind::Measure => "measure",
        RuleKind::Calendar => "calendar",
        RuleKind::Principle => "principle",
        RuleKind::Instrument => "instrument",
        RuleKind::Define => "define",
        RuleKind::Table => "table",
        RuleKind::Presumption => "presumption",
        RuleKind::FineElsewhere => "fine_elsewhere",
    }
}

pub(super) fn referral_kind(kind: ReferralKind) -> &'static str {
    match kind {
        ReferralKind::Crime => "crime",
        ReferralKind::Detention => "detention",
        ReferralKind::Other => "other",
    }
}

pub(super) fn fine_meanwhile(fine: FineMeanwhile) -> &'static str {
    match fine {
        FineMeanwhile::Waits => "waits",
        FineMeanwhile::Continues => "continues",
    }
}

pub(super) fn gives_way(why: GivesWay) -> &'static str {
    match why {
        GivesWay::Yields => "yields",
        GivesWay::LowerLevel => "lower_level",
        GivesWay::General => "general",
        GivesWay::Earlier => "earlier",
        GivesWay::LighterPenalty => "lighter_penalty",
        GivesWay::LowerFine => "lower_fine",
        GivesWay::Narrowed => "narrowed",
        GivesWay::SameFine => "same_fine",
    }
}
