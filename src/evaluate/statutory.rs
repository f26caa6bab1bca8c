//! Stage 6: the statutory range, and the tier that replaces it.

use super::knowledge::Known;
use super::{Candidate, SeparateAct};
use crate::program::{FineForce, FineRule, RuleId, Tier};
use crate::source::Span;
use crate::trail::{Problem, StepKind, Truth, Verdict};
use crate::value::{AmountRange, Number, Value};

/// A range found: the rule that gives it, and its fine.
pub(super) type Found<'a> = (RuleId, &'a FineRule, AmountRange);

/// What the tiers that apply bring.
#[derive(Default)]
struct InTiers<'a> {
    /// Fines that take the place of the base.
    in_place: Vec<Found<'a>>,
    /// Fines besides it.
    besides: Vec<Found<'a>>,
    /// Tiers whose fine may be imposed.
    may: Vec<&'a Tier>,
}

impl<'a> Candidate<'a> {
    /// The statutory range of the fine; `None` when the law gives no fine, or none that can be worked out yet.
    pub(super) fn statutory(&mut self) -> Option<AmountRange> {
        let version = self.version;
        let mut found: Vec<Found<'a>> = Vec::new();
        // A block for this kind of party takes the place of the fine for everybody.
        let own = self.own_blocks(&version.targets, &mut found);
        if let Some(fine) = version.fine.as_ref().filter(|_| !own && self.is_actor()) {
            let range = self.fine_range(fine)?;
            found.extend(range.map(|range| (version.rule, fine, range)));
        }
        let mut tiers = InTiers::default();
        for tier in &version.tiers {
            self.tier_of_violation(tier, &mut tiers);
        }
        // A tier takes the place of the base; of several the heavier one applies.
        let mut found = if tiers.in_place.is_empty() { found } else { tiers.in_place };
        // A fine that may be imposed takes the place of no other; alone, it is the fine.
        if found.is_empty() {
            for tier in std::mem::take(&mut tiers.may) {
                let range = tier.fine.as_ref().and_then(|fine| Some((fine, self.fine_range(fine)??)));
                found.extend(range.map(|(fine, range)| (tier.rule, fine, range)));
            }
        }
        self.further = tiers.may;
        found.sort_by(|(_, _, a), (_, _, b)| heavier(*b, *a));
        let mut besides = tiers.besides.into_iter();
        let main = found.first().copied().or_else(|| besides.next());
        let (rule, fine, mut range) = self.or_none(main)?;
        for (tier, _, more) in besides {
            range = self.add(range, more, tier)?;
        }
        let span = self.program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span);
        self.recorder.step(StepKind::StatutoryRange, span, Some(rule), Some(Value::Range(range)));
        self.range = range;
        self.range_rule = rule;
        self.fine_rule = Some(fine);
        Some(range)
    }

    /// Says why there is no fine, when tiers could bring one and none of them holds.
    fn or_none<T>(&mut self, found: Option<T>) -> Option<T> {
        let could = self.is_actor() && self.version.tiers.iter().any(|tier| tier.fine.is_some());
        if found.is_none() && could && !self.open && self.problems.is_empty() {
            self.recorder.step(StepKind::NoFineYet, self.version_span(), Some(self.version.rule), None);
        }
        found
    }

    /// A tier, and the range it gives when it applies. One that may be imposed gives its range later: it may start from the
    /// fine itself.
    fn tier_of_violation(&mut self, tier: &'a Tier, found: &mut InTiers<'a>) {
        let span = self.program.rule(tier.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let concerns = self.concerns(tier);
        if !concerns && !self.may_name_persons(&tier.targets) {
            self.recorder.step(StepKind::Rule(Verdict::OtherParty), span, Some(tier.rule), None);
            return;
        }
        let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(tier.rule));
        let asked = self.asked();
        let truth = match self.by_actor(|candidate| candidate.condition(&tier.condition)) {
            Truth::True => self.occurs_in_force(tier),
            other => other,
        };
        let mut range = None;
        if truth == Truth::True {
            self.rests_on(tier.rule);
            let own = self.own_blocks(&tier.targets, &mut found.in_place);
            if let Some(fine) = tier.fine.as_ref().filter(|_| !own && self.is_actor()) {
                if fine.force == FineForce::May {
                    found.may.push(tier);
                } else {
                    range = self.fine_range(fine).flatten();
                    let place = if fine.force == FineForce::Besides { &mut found.besides } else { &mut found.in_place };
                    place.extend(range.map(|range| (tier.rule, fine, range)));
                }
            }
            self.tiers.push(tier.rule);
        }
        if truth != Truth::False {
            self.name_persons(&tier.targets);
        }
        let verdict = match truth {
            Truth::True => Verdict::Applied,
            Truth::False => Verdict::Failed,
            Truth::Unknown if concerns => {
                self.open = true;
                Verdict::Unknown
            }
            Truth::Unknown => {
                self.forget(asked);
                Verdict::Unknown
            }
        };
        self.recorder.close(open, StepKind::Rule(verdict), range.map(Value::Range));
    }

    /// Whether what the tier punishes happened while the version of the act was the law; else it is an act of its own, under
    /// another, and no part of the old one, whichever version that one is judged by.
    fn occurs_in_force(&mut self, tier: &Tier) -> Truth {
        let Some(day) = tier.occurs_on else {
            return Truth::True;
        };
        let open = self.recorder.open(StepKind::Computed, day.span, Some(tier.rule));
        let known = self.value(day.root);
        self.recorder.close(open, StepKind::Computed, known.value());
        let act_day = self.act.ended_on.unwrap_or(self.case.decided_on);
        let of_the_act = self
            .violation
            .versions
            .iter()
            .find(|version| version.in_force.holds_on(act_day) && self.covers(&version.area));
        match known.value() {
            Some(Value::Date(date)) if of_the_act.is_none_or(|version| version.in_force.holds_on(date)) => Truth::True,
            Some(Value::Date(date)) => {
                self.recorder.step(StepKind::ActOfItsOwn(date), day.span, Some(tier.rule), Some(Value::Date(date)));
                let act = SeparateAct { tier: tier.rule, occurred_on: date };
                if !self.separate_acts.contains(&act) {
                    self.separate_acts.push(act);
                }
                Truth::False
            }
            _ => {
                if known == Known::Unestablished {
                    self.fail(Problem::NotEstablished, day.span);
                }
                Truth::Unknown
            }
        }
    }

    /// One fine besides another.
    fn add(&mut self, range: AmountRange, more: AmountRange, tier: RuleId) -> Option<AmountRange> {
        let sum = |a: Option<Number>, b: Option<Number>| match (a, b) {
            (Some(a), Some(b)) => a.plus(b).map(Some),
            (one, other) => Some(one.or(other)),
        };
        let both = sum(range.min, more.min).zip(sum(range.max, more.max));
        let Some((min, max)) = both else {
            self.fail(Problem::Arithmetic, Span::NOWHERE);
            return None;
        };
        let sum = AmountRange { min, max };
        self.recorder.step(StepKind::FineBesides(range, more), Span::NOWHERE, Some(tier), Some(Value::Range(sum)));
        Some(sum)
    }
}

/// Heavier is the higher upper end, then the higher lower end.
fn heavier(a: AmountRange, b: AmountRange) -> std::cmp::Ordering {
    (a.max.is_none(), a.max, a.min).cmp(&(b.max.is_none(), b.max, b.min))
}
