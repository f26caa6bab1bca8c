//! Stage 6: the statutory range, and the tier that replaces it.

use super::Candidate;
use crate::program::{FineRule, RuleId};
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};
use crate::value::{AmountRange, Value};

impl Candidate<'_> {
    /// The statutory range of the fine; `None` when the law gives no fine, or none that can be worked out yet.
    pub(super) fn statutory(&mut self) -> Option<AmountRange> {
        let version = self.version;
        let mut found: Vec<(RuleId, AmountRange)> = Vec::new();
        // A block for this kind of party takes the place of the fine for everybody.
        let own = self.own_blocks(&version.targets, &mut found);
        if let Some(bounds) = version.fine.as_ref().filter(|_| !own && self.is_actor()) {
            let range = self.fine_range(bounds)?;
            found.push((version.rule, range));
        }
        let mut in_tiers: Vec<(RuleId, AmountRange)> = Vec::new();
        for tier in &version.tiers {
            let span = self.program.rule(tier.rule).map_or(bounds_span(tier.fine.as_ref()), |rule| rule.span);
            let concerns = self.concerns(tier);
            if !concerns && !self.may_name_persons(&tier.targets) {
                self.recorder.step(StepKind::Rule(Verdict::OtherParty), span, Some(tier.rule), None);
                continue;
            }
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(tier.rule));
            let asked = self.asked();
            let truth = self.by_actor(|candidate| candidate.condition(&tier.condition));
            let mut range = None;
            if truth == Truth::True {
                self.rests_on(tier.rule);
                let own = self.own_blocks(&tier.targets, &mut in_tiers);
                if !own && self.is_actor() {
                    range = tier.fine.as_ref().and_then(|bounds| self.fine_range(bounds));
                }
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
            in_tiers.extend(range.map(|range| (tier.rule, range)));
            if truth == Truth::True {
                self.tiers.push(tier.rule);
            }
        }
        // A tier takes the place of the base; of several the heavier one applies.
        let found = if in_tiers.is_empty() { found } else { in_tiers };
        let (rule, range) = found.into_iter().max_by(|(_, a), (_, b)| heavier(*a, *b))?;
        let span = self.program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span);
        self.recorder.step(StepKind::StatutoryRange, span, Some(rule), Some(Value::Range(range)));
        self.range = range;
        self.range_rule = rule;
        Some(range)
    }
}

fn bounds_span(bounds: Option<&FineRule>) -> Span {
    bounds.map_or(Span::NOWHERE, |bounds| bounds.span)
}

/// Heavier is the higher upper end, then the higher lower end.
fn heavier(a: AmountRange, b: AmountRange) -> std::cmp::Ordering {
    (a.max.is_none(), a.max, a.min).cmp(&(b.max.is_none(), b.max, b.min))
}
