//! Stage 9: what the party's credit grade changes.

use std::sync::Arc;

use super::Candidate;
use super::band::{Band, Reached};
use super::knowledge::Known;
use crate::program::{CreditTier, CreditVersion, Expression, RuleId};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Truth, Verdict};
use crate::value::{Number, Value};

impl<'a> Candidate<'a> {
    /// The rules in force, and whether each is for whoever is judged.
    fn rules_in_force(&self) -> impl Iterator<Item = (&'a CreditVersion, bool)> + use<'a> {
        let (day, kind) = (self.day, self.matter.judged.kind);
        let area = Arc::clone(&self.case.area);
        let violation = Arc::clone(&self.act.violation_id);
        self.program
            .credit
            .iter()
            .filter(move |rule| {
                rule.in_force.holds_on(day) && super::covers(&rule.area, &area) && rule.covers.includes(&violation)
            })
            .map(move |rule| (rule, rule.subjects.contains(kind)))
    }

    /// Whether the grade excludes a leniency list.
    pub(super) fn excluded_by_credit(&mut self, list: &str) -> Truth {
        let mut excluded = Truth::False;
        let own = self.rules_in_force().filter(|(_, own)| *own);
        for tier in own.flat_map(|(rule, _)| &rule.tiers) {
            let Some((_, span)) = tier.excludes.iter().find(|(name, _)| name.is_empty() || **name == *list) else {
                continue;
            };
            let open = self.recorder.open(StepKind::Exclusion(Truth::Unknown), *span, Some(tier.rule));
            let truth = self.condition(&tier.condition);
            self.recorder.close(open, StepKind::Exclusion(truth), None);
            if truth == Truth::True {
                self.rests_on(tier.rule);
                self.decided_by.push(tier.rule);
            }
            excluded = match (excluded, truth) {
                (Truth::True, _) | (_, Truth::True) => Truth::True,
                (Truth::False, Truth::False) => Truth::False,
                _ => Truth::Unknown,
            };
        }
        excluded
    }

    /// The amount after what the grade changes. Each tier starts from the same amount, as circumstances do. Without an
    /// amount there is none to change, but the grade may still bring measures.
    pub(super) fn credit(&mut self, start: Option<Band>) -> Option<Band> {
        let mut amount = start.map(Reached::start);
        let mut any = false;
        for (rule, own) in self.rules_in_force() {
            any = true;
            if !own {
                let span = self.program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span);
                self.recorder.step(StepKind::Rule(Verdict::OtherParty), span, Some(rule.rule), None);
                continue;
            }
            self.rests_on(rule.rule);
            for tier in &rule.tiers {
                amount = self.tier(tier, start, amount);
            }
        }
        if !any {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
        amount.map(Reached::band)
    }

    /// The same, for another branch.
    pub(super) fn after_credit(&mut self, start: Band) -> Option<Band> {
        // Measures and rules a tier brings were noted on the branch itself.
        let noted = (self.measures.len(), self.options.len(), self.decided_by.len(), self.supervision.clone());
        let amount = self.credit(Some(start));
        self.measures.truncate(noted.0);
        self.options.truncate(noted.1);
        self.decided_by.truncate(noted.2);
        self.supervision = noted.3;
        amount
    }

    fn tier(&mut self, tier: &CreditTier, start: Option<Band>, amount: Option<Reached>) -> Option<Reached> {
        let span = self.program.rule(tier.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(tier.rule));
        let asked = self.asked();
        let (truth, depends_on) = self.asking(|candidate| candidate.condition(&tier.condition));
        depends_on.iter().for_each(|operand| self.ask(*operand));
        let verdict = match truth {
            Truth::True => Verdict::Applied,
            Truth::False => Verdict::Failed,
            Truth::Unknown => {
                // A tier that only excludes lists was dealt with there, and without an amount only measures matter.
                let changes = start.is_some() && (tier.coefficient.is_some() || tier.effect.is_some());
                let measures = tier.measures.iter().flat_map(|group| &group.measures);
                if changes || measures.into_iter().any(|each| !self.is_supervision(each.rule)) {
                    self.open = true;
                } else {
                    self.forget(asked);
                }
                self.supervision_of_open_tier(tier, &depends_on);
                Verdict::Unknown
            }
        };
        let mut result = amount;
        if truth == Truth::Unknown && (tier.coefficient.is_some() || tier.effect.is_some()) {
            // What it would change is not known, so there is no amount to give.
            result = None;
        }
        if truth == Truth::True {
            self.rests_on(tier.rule);
            self.fine = start;
            if let Some(start) = start {
                result = self.changed(tier, start, amount, span);
            }
            if tier.coefficient.is_some() || tier.effect.is_some() {
                self.counts_twice(tier.counted_twice.as_ref(), tier.rule);
            }
            self.groups(&tier.measures);
        }
        self.recorder.close(open, StepKind::Rule(verdict), None);
        result
    }

    fn changed(&mut self, tier: &CreditTier, start: Band, amount: Option<Reached>, span: Span) -> Option<Reached> {
        let changes = [
            tier.coefficient.map(|coefficient| self.scaled(coefficient, start, tier.rule)),
            tier.effect.map(|effect| self.change(effect, start, tier.rule)),
        ];
        let mut result = amount?;
        for change in changes.into_iter().flatten() {
            let change = change?;
            if !self.decided_by.contains(&tier.rule) {
                self.decided_by.push(tier.rule);
            }
            match result.plus(change) {
                Some(amount) => result = amount,
                None => {
                    self.fail(Problem::Arithmetic, span);
                    return None;
                }
            }
        }
        Some(result)
    }

    fn scaled(&mut self, coefficient: Expression, start: Band, rule: RuleId) -> Option<Reached> {
        let from_low = self.scaled_at(coefficient, start.low, rule)?;
        let from_high = match start.amount() {
            Some(_) => from_low,
            None => self.scaled_at(coefficient, start.high, rule)?,
        };
        Some(Reached::new(Band::point(from_low), Band::point(from_high)))
    }

    fn scaled_at(&mut self, coefficient: Expression, start: Number, rule: RuleId) -> Option<Number> {
        let open = self.recorder.open(StepKind::Adjusted(start), coefficient.span, Some(rule));
        let known = self.value(coefficient.root);
        let factor = known.value().and_then(Value::as_number);
        let product = factor.and_then(|factor| factor.multiply(start));
        self.recorder.close(open, StepKind::Adjusted(start), product.map(Value::Money));
        if known == Known::Unestablished {
            self.fail(Problem::NotEstablished, coefficient.span);
        } else if factor.is_none() {
            self.open = true;
        } else if product.is_none() {
            self.fail(Problem::Arithmetic, coefficient.span);
        }
        product.and_then(|product| product.subtract(start))
    }
}
