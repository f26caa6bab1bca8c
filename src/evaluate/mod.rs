//! A case against a program: the legal stages in their order.
//!
//! In: a [`Case`] and a [`Program`]. Out: a [`Recommendation`]. The explanation is written here, while evaluating; nothing
//! works out a reason afterwards. Nothing here reads a clock, a file or the order of declarations.
//!
//! Everyone judged for an act is found by `targets::judge`. One of them under one violation goes through `determine`: the
//! versions of the law that may apply are found, each is worked out in full by `Candidate::run`, and the lighter one is
//! chosen (行政处罚法 Art. 37). One stage is one file.

mod absence;
mod band;
mod bars;
mod benchmark;
mod bounds;
mod built_in;
mod circumstances;
mod competition;
mod credit;
mod daily_penalty;
mod elements;
mod expired;
mod expression;
mod fine;
mod fine_choice;
mod functions;
mod grade;
mod in_force;
mod knowledge;
mod leniency;
mod measure_figures;
mod measures;
mod procedure;
mod proportion;
mod recommendation;
mod records;
mod referral;
mod result;
mod statutory;
mod supervision;
mod surcharge;
mod targets;
mod versions;
mod working_days;

pub use competition::{Competition, GivesWay, Standing};
pub use recommendation::{
    CandidateResult, ChoiceFine, ChoiceMode, DailyCycleResult, DailyPenalty, Determination, DueDate, Fine,
    MeasureChoice, MeasureResult, Notice, OfficerOption, Outcome, Presumed, Recommendation, SeparateAct, StatedValue,
    SupervisionResult, Target, Total,
};
pub use referral::Referred;

use std::sync::Arc;

use crate::case::{Act, Case, Judged};
use crate::program::{DefineId, FactId, FineMeanwhile, FineRule, Program, RuleId, Tier, Violation, ViolationVersion};
use crate::resolved::BarOutcome;
use crate::trail::{Problem, Recorder, Stage, StepKind, Truth};
use crate::value::{AmountRange, Date, Number};
use band::Band;
use knowledge::Known;

/// Whether the explanation is written. The result is the same either way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Explanation {
    /// Written.
    #[default]
    On,
    /// Not written; results without reasons, for bulk comparisons.
    Off,
}

/// Evaluates every act of a case.
pub fn evaluate(program: &Arc<Program>, case: &Case, explanation: Explanation) -> Recommendation {
    let mut determinations: Vec<Determination> =
        case.acts.iter().flat_map(|act| targets::judge(program, case, act, explanation)).collect();
    let competitions = competition::decide(program, case, &mut determinations);
    Recommendation {
        program: Arc::clone(program),
        pool: Arc::clone(&case.pool),
        case_id: Arc::clone(&case.id),
        area: Arc::clone(&case.area),
        decided_on: case.decided_on,
        party: case.party,
        determinations,
        competitions,
    }
}

/// Who is judged for which act.
#[derive(Clone, Copy, Debug)]
struct Matter<'a> {
    case: &'a Case,
    act: &'a Act,
    /// Who is judged.
    judged: Judged<'a>,
    /// Who did the act: whoever is judged, or the unit a responsible person answers for.
    actor: Judged<'a>,
    /// What the unit of a responsible person came to.
    unit: Option<&'a CandidateResult>,
    /// The case names responsible persons of whoever is judged.
    persons_named: bool,
}

/// One party to one act under one violation: which versions of the law may apply, what each leads to, and which applies.
fn determine(program: &Program, matter: Matter<'_>, explanation: Explanation) -> Determination {
    let Matter { case, act, .. } = matter;
    let mut recorder = Recorder::new(explanation == Explanation::On);
    let found = program.violations.get_index(act.violation);
    let chosen = match found {
        _ if case.read_by != program.identity => versions::Choice::none(Problem::OtherRules),
        Some((_, violation)) => versions::choose(program, matter, violation, &mut recorder),
        None => versions::Choice::none(Problem::NoVersion),
    };
    Determination {
        target: Target::of(matter.judged),
        act: Arc::clone(&act.id),
        began_on: act.began_on,
        ended_on: act.ended_on,
        discovered_on: act.discovered_on,
        violation: act.violation_id.clone(),
        standing: Standing::Applies,
        moment: chosen.moment,
        result: chosen.result,
        other: chosen.other,
        trail: recorder.finish(),
    }
}

/// Whether one area is another or lies in it: `cn-gd` covers `cn-gd-sz`, and not `cn-gdx`.
fn covers(area: &str, place: &str) -> bool {
    place.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// One version of the law at work on one act.
struct Candidate<'a> {
    program: &'a Program,
    matter: Matter<'a>,
    case: &'a Case,
    act: &'a Act,
    /// Whose facts count just now.
    view: Judged<'a>,
    violation: &'a Violation,
    version: &'a ViolationVersion,
    /// The day whose rules are used.
    day: Date,
    recorder: &'a mut Recorder,
    /// The statutory range, once the tier is known.
    range: AmountRange,
    /// The fine as it stands.
    fine: Option<Band>,
    /// Named steps of the benchmark worked out so far.
    steps: Vec<Known>,
    /// Definitions worked out so far.
    defines: Vec<(DefineId, Known)>,
    /// The record whose condition is being worked out.
    at_hand: Option<records::AtHand<'a>>,
    /// Records looked at so far.
    looks: u32,
    /// Calendars looked into for the date at hand.
    calendars: Vec<RuleId>,
    /// What values that are not known can be at least and at most.
    possible: Vec<records::Possible>,
    /// A stage could not be settled: the outcome stays open.
    open: bool,
    facts_to_ask: Vec<FactId>,
    /// Facts that only what a measure takes, or how long it lasts, rests on.
    facts_for_measures: Vec<FactId>,
    grade_asked: bool,
    /// Where the working out of a credit grade stands.
    scoring: grade::Scoring,
    discovery_asked: bool,
    problems: Vec<Problem>,
    presumed: Vec<Presumed>,
    /// What was looked up and depends on the day.
    dated: Vec<in_force::Dated>,
    unverified: Vec<RuleId>,
    decided_by: Vec<RuleId>,
    measures: Vec<MeasureResult>,
    supervision: Vec<SupervisionResult>,
    notices: Vec<Notice>,
    options: Vec<OfficerOption>,
    /// Tiers of the violation that apply.
    tiers: Vec<RuleId>,
    /// The fine that gives the statutory range.
    fine_rule: Option<&'a FineRule>,
    /// Tiers whose fine may be imposed in place of it.
    further: Vec<&'a Tier>,
    /// What tiers punish that happened under another version.
    separate_acts: Vec<SeparateAct>,
    /// Referrals that are due.
    referred: Vec<Referred>,
    /// Whether a referral is due is not known yet.
    referral_open: bool,
    /// What is assumed of the measures the officer may choose.
    chosen: result::Chosen,
    /// Measures left to the officer that a condition asked about.
    choices_asked: Vec<RuleId>,
    /// Blocks for this kind of party that apply.
    targets: Vec<RuleId>,
    /// The rule the statutory range comes from.
    range_rule: RuleId,
    persons_to_examine: Vec<RuleId>,
}

/// What was asked for at some moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Asked {
    facts: usize,
    grade: bool,
    discovery: bool,
    problems: usize,
}

impl<'a> Candidate<'a> {
    fn new(
        program: &'a Program,
        matter: Matter<'a>,
        violation: &'a Violation,
        version: &'a ViolationVersion,
        day: Date,
        recorder: &'a mut Recorder,
    ) -> Self {
        Candidate {
            program,
            matter,
            case: matter.case,
            act: matter.act,
            view: matter.judged,
            violation,
            version,
            day,
            recorder,
            range: AmountRange { min: None, max: None },
            fine: None,
            steps: Vec::new(),
            defines: Vec::new(),
            at_hand: None,
            looks: 0,
            calendars: Vec::new(),
            possible: Vec::new(),
            open: false,
            facts_to_ask: Vec::new(),
            facts_for_measures: Vec::new(),
            grade_asked: false,
            scoring: grade::Scoring::default(),
            discovery_asked: false,
            problems: Vec::new(),
            presumed: Vec::new(),
            dated: Vec::new(),
            unverified: Vec::new(),
            decided_by: Vec::new(),
            measures: Vec::new(),
            supervision: Vec::new(),
            notices: Vec::new(),
            options: Vec::new(),
            tiers: Vec::new(),
            fine_rule: None,
            further: Vec::new(),
            separate_acts: Vec::new(),
            referred: Vec::new(),
            referral_open: false,
            chosen: result::Chosen::Open,
            choices_asked: Vec::new(),
            targets: Vec::new(),
            range_rule: version.rule,
            persons_to_examine: Vec::new(),
        }
    }

    /// The stages in their order. Each leaves its steps; the first that settles the outcome ends the rest.
    fn run(mut self) -> CandidateResult {
        if self.version.no_longer_unlawful {
            self.rests_on(self.version.rule);
            self.decided_by.push(self.version.rule);
            return self.finish(Outcome::NoLongerUnlawful, None);
        }
        match self.stage(Stage::Elements, Self::elements) {
            Truth::True => {}
            Truth::False => return self.finish(Outcome::NotEstablished, None),
            Truth::Unknown => return self.finish(Outcome::Undetermined, None),
        }
        let after_elements = self.asked();
        let reachable = self.may_reach();
        let mut bar = None;
        if reachable {
            self.name_persons(&self.version.targets);
            bar = self.stage(Stage::Bars, Self::bars);
        }
        // A crime is referred even where no administrative penalty may be imposed any more. It is one of the act.
        self.stage(Stage::Referral, |candidate| candidate.by_actor(Self::referral));
        if !reachable {
            return self.not_punishable(after_elements);
        }
        match bar {
            Some(BarOutcome::NoPenalty) => return self.finish(Outcome::NoPenalty, None),
            Some(BarOutcome::Barred) => return self.finish(Outcome::Barred, None),
            Some(BarOutcome::NoFine) | None => {}
        }
        let waits = self.referred.iter().any(|each| each.fine == FineMeanwhile::Waits);
        // Whether the penalty is forgiven is for the day the case comes back.
        let leniency = if waits { leniency::Leniency::None } else { self.stage(Stage::Leniency, Self::leniency) };
        if leniency == leniency::Leniency::Waived {
            return self.finish(Outcome::NoPenalty, None);
        }
        let open_before = std::mem::take(&mut self.open);
        let statutory = self.stage(Stage::Statutory, Self::statutory);
        if !self.reached() {
            return self.not_punishable(after_elements);
        }
        self.open |= open_before;
        let Some(fine) = statutory.filter(|_| bar != Some(BarOutcome::NoFine)) else {
            self.stage(Stage::Credit, |candidate| candidate.credit(None));
            self.stage(Stage::Measures, Self::violation_measures);
            let outcome = match leniency {
                _ if waits => Outcome::Referred,
                leniency::Leniency::Choice => Outcome::Choice,
                _ => Outcome::OrderOnly,
            };
            self.stage(Stage::Procedure, |candidate| candidate.procedure(Some(Band::point(Number::ZERO))));
            return self.finish(outcome, None);
        };
        let benchmark = self.stage(Stage::Benchmark, Self::benchmark);
        let mut amount = None;
        if let Some(start) = benchmark.amount {
            let adjusted = self.stage(Stage::Circumstances, |candidate| candidate.circumstances(start));
            let so_far = adjusted.so_far().band();
            let after_credit = self.stage(Stage::Credit, |candidate| candidate.credit(Some(so_far)));
            amount = self.stage(Stage::Bounds, |candidate| {
                candidate.officer_amounts(&adjusted, benchmark.rounding);
                adjusted.amount()?;
                candidate.bounds(after_credit?, adjusted.reduced, benchmark.rounding)
            });
        } else {
            self.stage(Stage::Circumstances, |candidate| candidate.weigh_circumstances(benchmark.left_to_officer));
            self.stage(Stage::Credit, |candidate| candidate.credit(None));
        }
        self.fine = amount;
        self.stage(Stage::Measures, Self::violation_measures);
        let outcome = match leniency {
            _ if waits => Outcome::Referred,
            leniency::Leniency::Choice => Outcome::Choice,
            _ => Outcome::Fine,
        };
        // A fine that waits is not imposed now, so that nothing follows from its amount yet.
        let imposed = if waits { Some(Band::point(Number::ZERO)) } else { amount };
        let fine = Fine {
            amount: amount.and_then(Band::amount),
            within: amount.and_then(Band::choice),
            range: fine,
            benchmark: benchmark.amount.and_then(Band::amount),
        };
        let outcome = self.fine_choices(outcome, &fine);
        self.stage(Stage::Procedure, |candidate| candidate.procedure(imposed));
        self.finish(outcome, Some(fine))
    }

    /// Runs one stage under a heading of its own.
    fn stage<T>(&mut self, stage: Stage, work: impl FnOnce(&mut Self) -> T) -> T {
        let open = self.recorder.open(StepKind::Stage(stage), crate::source::Span::NOWHERE, None);
        let result = work(self);
        self.recorder.end(open);
        result
    }

    fn version_span(&self) -> crate::source::Span {
        self.program.rule(self.version.rule).map_or(crate::source::Span::NOWHERE, |rule| rule.span)
    }

    /// What was asked for, and what could not be worked out, so far.
    fn asked(&self) -> Asked {
        Asked {
            facts: self.facts_to_ask.len(),
            grade: self.grade_asked,
            discovery: self.discovery_asked,
            problems: self.problems.len(),
        }
    }

    /// Takes back what was asked for or could not be worked out since: it turned out not to matter.
    fn forget(&mut self, since: Asked) {
        self.facts_to_ask.truncate(since.facts);
        self.grade_asked = since.grade;
        self.discovery_asked = since.discovery;
        self.problems.truncate(since.problems);
    }

    /// Notes that the result rests on a rule, so that one that is not verified is listed with it.
    fn rests_on(&mut self, rule: RuleId) {
        for rule in self.program.unverified(rule) {
            if !self.unverified.contains(rule) {
                self.unverified.push(*rule);
            }
        }
    }

    /// Whether a rule's area covers the case.
    fn covers(&self, area: &str) -> bool {
        covers(area, &self.case.area)
    }

    /// Supervision comes last, however the matter ends: it never changes the penalty.
    fn finish(mut self, outcome: Outcome, fine: Option<Fine>) -> CandidateResult {
        if self.is_supervised() {
            self.stage(Stage::Supervision, |candidate| candidate.on_day(candidate.case.decided_on, Self::supervision));
        }
        let unsettled = self.open || !self.problems.is_empty();
        if outcome == Outcome::Referred {
            // The referral is due and the fine waits, whatever else is open.
            let mut first: Vec<RuleId> = self.referred.iter().map(|each| each.rule).collect();
            first.extend(self.decided_by.iter().filter(|rule| !first.contains(rule)).copied().collect::<Vec<_>>());
            self.decided_by = first;
            self.facts_to_ask.clear();
            self.problems.clear();
        }
        let waiting = fine.filter(|_| outcome == Outcome::Referred && !unsettled);
        let open = unsettled && outcome != Outcome::Referred;
        CandidateResult {
            version: Some(self.version.rule),
            outcome: if open { Outcome::Undetermined } else { outcome },
            fine: fine.filter(|_| outcome != Outcome::Referred),
            waiting,
            referrals: self.referred,
            separate_acts: self.separate_acts,
            measures: self.measures,
            supervision: self.supervision,
            notices: self.notices,
            options: self.options,
            decided_by: self.decided_by,
            unverified: self.unverified,
            presumed: self.presumed,
            dated: self.dated,
            facts_to_ask: self.facts_to_ask,
            facts_for_measures: self.facts_for_measures,
            grade_to_ask: self.grade_asked && open,
            discovery_to_ask: self.discovery_asked && open,
            problems: self.problems,
            persons_to_examine: self.persons_to_examine,
        }
    }
}
