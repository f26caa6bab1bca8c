//! Stage 4: whether the case goes to another body, such as the police, and what becomes of the fine meanwhile.

use super::Candidate;
use crate::program::{FineMeanwhile, ReferralKind, ReferralRule, RuleId, Titles};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Truth, Verdict};

/// A referral that is due.
#[derive(Clone, PartialEq, Debug)]
pub struct Referred {
    /// The referral.
    pub rule: RuleId,
    /// What it is for.
    pub kind: ReferralKind,
    /// To whom.
    pub refer_to: Titles,
    /// What becomes of the fine.
    pub fine: FineMeanwhile,
    /// The grounds that are met, when the referral lists grounds.
    pub grounds: Vec<RuleId>,
}

impl<'a> Candidate<'a> {
    /// Notes the referrals that are due.
    pub(super) fn referral(&mut self) {
        let asked = self.asked();
        match self.crime() {
            Some(Truth::True) => self.forget(asked),
            Some(Truth::Unknown) => self.referral_open = true,
            Some(Truth::False) | None => {}
        }
        let suspected = self.referred.iter().any(|each| each.kind == ReferralKind::Crime);
        let day = self.day;
        let others = self.referrals(|rule| rule.kind != ReferralKind::Crime && rule.in_force.holds_on(day));
        for rule in &others {
            if rule.kind == ReferralKind::Detention && suspected {
                // Detention is for acts that are no crime; the crime goes first.
                self.recorder.step(StepKind::Rule(Verdict::CrimeFirst), self.place_of(rule), Some(rule.rule), None);
                continue;
            }
            let asked = self.asked();
            if self.consider(rule) == Truth::Unknown {
                self.referral_open = true;
            } else {
                self.forget(asked);
            }
        }
        self.open |= self.referral_open;
        if self.referrals(|_| true).is_empty() {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }

    /// Whether the act is suspected of being a crime; `None` when no rule speaks of it. Thresholds have their own rule of the
    /// lighter law, which is for the courts: where those of the act and those of the decision lead to different answers, a
    /// lawyer is asked.
    fn crime(&mut self) -> Option<Truth> {
        let act_day = self.act.ended_on.unwrap_or(self.case.decided_on);
        let decided_on = self.case.decided_on;
        let rules = self.referrals(|rule| {
            rule.kind == ReferralKind::Crime && (rule.in_force.holds_on(act_day) || rule.in_force.holds_on(decided_on))
        });
        if rules.is_empty() {
            return None;
        }
        let (mut at_act, mut at_decision) = (Truth::False, Truth::False);
        for rule in &rules {
            let asked = self.asked();
            let truth = self.consider(rule);
            if truth != Truth::Unknown {
                self.forget(asked);
            }
            if rule.in_force.holds_on(act_day) {
                at_act = at_act.or(truth);
            }
            if rule.in_force.holds_on(decided_on) {
                at_decision = at_decision.or(truth);
            }
        }
        match (at_act, at_decision) {
            (a, b) if a == b => Some(a),
            (Truth::Unknown, _) | (_, Truth::Unknown) => {
                self.referred.retain(|each| each.kind != ReferralKind::Crime);
                Some(Truth::Unknown)
            }
            _ => {
                self.referred.retain(|each| each.kind != ReferralKind::Crime);
                self.fail(Problem::ThresholdsChanged, Span::NOWHERE);
                Some(Truth::Unknown)
            }
        }
    }

    /// The referrals that concern this violation here.
    fn referrals(&self, applies: impl Fn(&ReferralRule) -> bool) -> Vec<&'a ReferralRule> {
        let program = self.program;
        program
            .referrals
            .iter()
            .filter(|rule| applies(rule) && rule.covers.includes(&self.act.violation_id) && self.covers(&rule.area))
            .collect()
    }

    /// Whether a referral is due, as a step with all its conditions. One ground is enough, whatever the others leave open.
    fn consider(&mut self, rule: &ReferralRule) -> Truth {
        // Whether it is due or not, the answer rests on it.
        self.rests_on(rule.rule);
        let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), self.place_of(rule), Some(rule.rule));
        let mut excluded = false;
        let mut whole = Truth::True;
        for exclusion in &rule.exclusions {
            let truth = self.element(*exclusion, StepKind::Exclusion);
            excluded |= truth == Truth::True;
            whole = whole.and(!truth);
        }
        let by_exclusion = self.presumed.len();
        whole = whole.and(self.condition(&rule.condition));
        let mut grounds = Vec::new();
        if !rule.grounds.is_empty() {
            let (asked, mut any) = (self.asked(), Truth::False);
            let (mut of_those_met, mut of_all) = (Vec::new(), Vec::new());
            for ground in &rule.grounds {
                let span = self.program.rule(ground.rule).map_or(Span::NOWHERE, |rule| rule.span);
                let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(ground.rule));
                let before = std::mem::take(&mut self.presumed);
                let truth = self.condition(&ground.condition);
                let presumed = std::mem::replace(&mut self.presumed, before);
                self.recorder.close(open, StepKind::Rule(verdict(truth)), None);
                self.rests_on(ground.rule);
                if truth == Truth::True {
                    grounds.push(ground.rule);
                    of_those_met.extend(&presumed);
                }
                of_all.extend(presumed);
                any = any.or(truth);
            }
            if any == Truth::True {
                self.forget(asked);
            }
            // What was presumed for the other grounds does not matter once one is met.
            let mattered = if any == Truth::True { of_those_met } else { of_all };
            mattered.into_iter().for_each(|fact| self.presume(fact));
            whole = whole.and(any);
        }
        if excluded {
            self.presumed.truncate(by_exclusion);
        }
        let became = if excluded { Verdict::Excluded } else { verdict(whole) };
        self.recorder.close(open, StepKind::Rule(became), None);
        if whole == Truth::True {
            self.referred.push(Referred {
                rule: rule.rule,
                kind: rule.kind,
                refer_to: rule.refer_to.clone(),
                fine: rule.fine,
                grounds,
            });
        }
        whole
    }

    fn place_of(&self, rule: &ReferralRule) -> Span {
        self.program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span)
    }
}

fn verdict(truth: Truth) -> Verdict {
    match truth {
        Truth::True => Verdict::Applied,
        Truth::False => Verdict::Failed,
        Truth::Unknown => Verdict::Unknown,
    }
}
