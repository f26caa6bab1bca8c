//! One version of the law at work on one act: the stages in their order, and what they gather.

use super::band::Band;
use super::consequences::{MeasureResult, Notice, OfficerOption, SupervisionResult};
use super::knowledge::Known;
use super::{
    CandidateResult, Fine, Matter, Outcome, Presumed, Referred, SeparateAct, grade, leniency, records, result,
};
use crate::case::{Act, Case, Judged};
use crate::program::{DefineId, FactId, FineMeanwhile, FineRule, Program, RuleId, Tier, Violation, ViolationVersion};
use crate::resolved::BarOutcome;
use crate::trail::{Problem, Recorder, Stage, StepKind, Truth};
use crate::value::{AmountRange, Date, Number};

/// One version of the law at work on one act.
pub(super) struct Candidate<'a> {
    pub(super) program: &'a Program,
    pub(super) matter: Matter<'a>,
    pub(super) case: &'a Case,
    pub(super) act: &'a Act,
    /// Whose facts count just now.
    pub(super) view: Judged<'a>,
    pub(super) violation: &'a Violation,
    pub(super) version: &'a ViolationVersion,
    /// The day whose rules are used.
    pub(super) day: Date,
    pub(super) recorder: &'a mut Recorder,
    /// The statutory range, once the tier is known.
    pub(super) range: AmountRange,
    /// The fine as it stands.
    pub(super) fine: Option<Band>,
    /// Named steps of the benchmark worked out so far.
    pub(super) steps: Vec<Known>,
    /// Definitions worked out so far.
    pub(super) defines: Vec<(DefineId, Known)>,
    /// The record whose condition is being worked out.
    pub(super) at_hand: Option<records::AtHand<'a>>,
    /// Records looked at so far.
    pub(super) looks: u32,
    /// Calendars looked into for the date at hand.
    pub(super) calendars: Vec<RuleId>,
    /// What values that are not known can be at least and at most.
    pub(super) possible: Vec<records::Possible>,
    /// A stage could not be settled: the outcome stays open.
    pub(super) open: bool,
    pub(super) facts_to_ask: Vec<FactId>,
    /// Facts that only what a measure takes, or how long it lasts, rests on.
    pub(super) facts_for_measures: Vec<FactId>,
    pub(super) grade_asked: bool,
    /// The discretion tier that the benchmark found: what it says, or the range it ends in.
    pub(super) band: Option<AmountRange>,
    /// The benchmark names a tier, and it is not known yet.
    pub(super) band_open: bool,
    /// Where the working out of a credit grade stands.
    pub(super) scoring: grade::Scoring,
    /// The fine was asked for since this was last taken.
    pub(super) fine_asked: bool,
    pub(super) discovery_asked: bool,
    pub(super) problems: Vec<Problem>,
    pub(super) presumed: Vec<Presumed>,
    /// What was looked up and depends on the day.
    pub(super) dated: Vec<super::in_force::Dated>,
    pub(super) unverified: Vec<RuleId>,
    pub(super) decided_by: Vec<RuleId>,
    pub(super) measures: Vec<MeasureResult>,
    pub(super) supervision: Vec<SupervisionResult>,
    pub(super) notices: Vec<Notice>,
    pub(super) options: Vec<OfficerOption>,
    /// Tiers of the violation that apply.
    pub(super) tiers: Vec<RuleId>,
    /// The fine that gives the statutory range.
    pub(super) fine_rule: Option<&'a FineRule>,
    /// Tiers whose fine may be imposed in place of it.
    pub(super) further: Vec<&'a Tier>,
    /// What tiers punish that happened under another version.
    pub(super) separate_acts: Vec<SeparateAct>,
    /// Referrals that are due.
    pub(super) referred: Vec<Referred>,
    /// Whether a referral is due is not known yet.
    pub(super) referral_open: bool,
    /// What is assumed of the measures the officer may choose.
    pub(super) chosen: result::Chosen,
    /// Measures left to the officer that a condition asked about.
    pub(super) choices_asked: Vec<RuleId>,
    /// Blocks for this kind of party that apply.
    pub(super) targets: Vec<RuleId>,
    /// The rule the statutory range comes from.
    pub(super) range_rule: RuleId,
    pub(super) persons_to_examine: Vec<RuleId>,
    /// Whether the outcome is one that requires something of procedure.
    pub(super) procedure_due: bool,
}

/// What was asked for at some moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Asked {
    pub(super) facts: usize,
    pub(super) grade: bool,
    pub(super) discovery: bool,
    pub(super) problems: usize,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(
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
            band: None,
            band_open: false,
            scoring: grade::Scoring::default(),
            fine_asked: false,
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
            procedure_due: false,
        }
    }

    /// The stages in their order. Each leaves its steps; the first that settles the outcome ends the rest.
    pub(super) fn run(mut self) -> CandidateResult {
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
            self.requirements(Some(Band::point(Number::ZERO)));
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
        self.requirements(imposed);
        self.finish(outcome, Some(fine))
    }

    /// What a result with this fine requires. Where several norms cover the act, that follows from what is imposed for it in
    /// the end.
    fn requirements(&mut self, fine: Option<Band>) {
        self.procedure_due = true;
        if !self.matter.among_several {
            let own = [std::sync::Arc::clone(&self.act.violation_id)];
            self.stage(Stage::Procedure, |candidate| candidate.procedure(fine, &own));
        }
    }

    /// Runs one stage under a heading of its own.
    pub(super) fn stage<T>(&mut self, stage: Stage, work: impl FnOnce(&mut Self) -> T) -> T {
        let open = self.recorder.open(StepKind::Stage(stage), crate::source::Span::NOWHERE, None);
        let result = work(self);
        self.recorder.end(open);
        result
    }

    pub(super) fn version_span(&self) -> crate::source::Span {
        self.program.rule(self.version.rule).map_or(crate::source::Span::NOWHERE, |rule| rule.span)
    }

    /// What was asked for, and what could not be worked out, so far.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            facts: self.facts_to_ask.len(),
            grade: self.grade_asked,
            discovery: self.discovery_asked,
            problems: self.problems.len(),
        }
    }

    /// Takes back what was asked for or could not be worked out since: it turned out not to matter.
    pub(super) fn forget(&mut self, since: Asked) {
        self.facts_to_ask.truncate(since.facts);
        self.grade_asked = since.grade;
        self.discovery_asked = since.discovery;
        self.problems.truncate(since.problems);
    }

    /// Notes that the result rests on a rule, so that one that is not verified is listed with it.
    pub(super) fn rests_on(&mut self, rule: RuleId) {
        for rule in self.program.unverified(rule) {
            if !self.unverified.contains(rule) {
                self.unverified.push(*rule);
            }
        }
    }

    /// Whether a rule's area covers the case.
    pub(super) fn covers(&self, area: &str) -> bool {
        super::covers(area, &self.case.area)
    }

    /// Supervision comes last, however the matter ends: it never changes the penalty.
    pub(super) fn finish(mut self, outcome: Outcome, fine: Option<Fine>) -> CandidateResult {
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
            procedure_due: self.procedure_due,
            referral_open: self.referral_open,
        }
    }
}
