//! What the law leaves to the officer about the fine itself: whether it is imposed, what is taken in its place, and a
//! heavier one that may be imposed besides.

use super::{Candidate, Fine, OfficerOption, Outcome};
use crate::program::{FineAmount, FineRule, Node, RuleId, Tier};
use crate::resolved::BuiltInName;
use crate::source::Span;
use crate::syntax::Ends;
use crate::trail::{StepKind, Verdict};
use crate::value::{AmountRange, Number, Value};

impl Candidate<'_> {
    /// Notes what is left to the officer about the fine, and what that makes of the outcome.
    pub(super) fn fine_choices(&mut self, outcome: Outcome, fine: &Fine) -> Outcome {
        let mut is_choice = false;
        if let Some(rule) = self.fine_rule.filter(|rule| rule.force.is_choice()) {
            is_choice = true;
            self.recorder.step(StepKind::FineChoice(rule.force), rule.span, Some(self.version.rule), None);
            let among = self.with_waiver(&rule.among);
            self.options.push(OfficerOption::Fine(rule.force, among));
        }
        for tier in std::mem::take(&mut self.further) {
            if let Some(range) = self.further_fine(tier, fine) {
                is_choice = true;
                self.options.push(OfficerOption::FurtherFine(tier.rule, range));
            }
        }
        if is_choice && outcome == Outcome::Fine { Outcome::Choice } else { outcome }
    }

    /// The fine of a tier that may be imposed in place of the one that must be.
    fn further_fine(&mut self, tier: &Tier, first: &Fine) -> Option<AmountRange> {
        let rule = tier.fine.as_ref()?;
        let span = self.program.rule(tier.rule).map_or(Span::NOWHERE, |rule| rule.span);
        let open = self.recorder.open(StepKind::Rule(Verdict::Choice), span, Some(tier.rule));
        let range = if self.is_of_the_fine(rule) {
            self.multiple_of(rule, first, tier.rule)
        } else {
            self.fine_range(rule).flatten()
        };
        self.recorder.close(open, StepKind::Rule(Verdict::Choice), range.map(Value::Range));
        range
    }

    /// Whether a fine is a multiple of the fine itself.
    fn is_of_the_fine(&self, rule: &FineRule) -> bool {
        let node = rule.base.and_then(|base| self.program.nodes.get(usize::try_from(base.root.0).ok()?));
        matches!(node, Some(Node::BuiltIn(BuiltInName::Fine, _)))
    }

    /// Two discretions in a row: a multiple of the fine as it was worked out, or of the range inside which it is fixed.
    fn multiple_of(&mut self, rule: &FineRule, first: &Fine, tier: RuleId) -> Option<AmountRange> {
        let branch = rule.branches.first()?;
        let FineAmount::Portion(ends) = &branch.amount else {
            return self.fine_range(rule).flatten();
        };
        let (low, high) = match ends {
            Ends::UpTo(high) => (None, *high),
            Ends::Single(sum) => (Some(*sum), *sum),
            Ends::Between(low, high) => (Some(*low), *high),
        };
        let low = match low {
            Some(low) => Some(self.value(low.root).value()?),
            None => None,
        };
        let high = self.value(high.root).value()?;
        let fixed = first.amount.map(|amount| AmountRange { min: Some(amount), max: Some(amount) });
        let of = fixed.or(first.within).unwrap_or(first.range);
        let product = |end: Option<Value>, of: Option<Number>| -> Option<Number> { end?.as_number()?.multiply(of?) };
        let range = AmountRange { min: product(low, of.min), max: product(Some(high), of.max) };
        if range.max.is_none() {
            self.fail(crate::trail::Problem::Arithmetic, branch.span);
            return None;
        }
        let kind = StepKind::MultipleOfFine(low, high, of);
        self.recorder.step(kind, branch.span, Some(tier), Some(Value::Range(range)));
        Some(range)
    }

    /// Whether the fine is one sum: nothing can make it lighter or heavier inside its range.
    pub(super) fn is_fixed_sum(&self) -> bool {
        self.range.min.is_some() && self.range.min == self.range.max
    }
}
