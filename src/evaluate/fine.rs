//! The range that one statutory fine gives: which of its amounts holds, and what ends that amount has.

use super::Candidate;
use super::knowledge::Known;
use crate::case::Knowledge;
use crate::program::{Expression, FineAmount, FineBranch, FineCase, FineRule, Node};
use crate::source::Span;
use crate::syntax::{Deemed, Ends};
use crate::trail::{BaseState, Operand, Origin, Problem, StepKind};
use crate::value::{AmountRange, Number, UnitId, Value};

/// What is known of a base.
#[derive(Clone, Copy)]
struct Base {
    state: BaseState,
    amount: Option<Number>,
}

impl Candidate<'_> {
    /// The range of a fine, or that there is no fine in this case; `None` when it cannot be worked out, which is noted.
    pub(super) fn fine_range(&mut self, fine: &FineRule) -> Option<Option<AmountRange>> {
        let base = match fine.base {
            Some(base) => self.base(base),
            None => Base { state: BaseState::Open, amount: None },
        };
        let (branch, base) = self.branch(fine, base)?;
        let range = match &branch.amount {
            FineAmount::Nothing => return Some(None),
            FineAmount::Elsewhere(rule) => {
                self.fail(Problem::AmountElsewhere(*rule), branch.span);
                return None;
            }
            FineAmount::Plain(ends) => self.money_ends(ends)?,
            FineAmount::Range(value) => self.range_of(*value)?,
            FineAmount::Portion(ends) => {
                let base = self.deemed(fine.deemed.as_ref(), base?)?;
                self.portion(ends, base, branch.span)?
            }
            FineAmount::Each(ends, count, unit) => self.each(ends, *count, *unit, branch.span)?,
        };
        let range = match fine.cap {
            Some(cap) => self.capped(range, cap)?,
            None => range,
        };
        // A base below zero, or ends that facts put in the wrong order, make no range.
        if range.max.is_none_or(Number::is_negative)
            || range.min.is_some_and(|min| range.max.is_some_and(|max| min > max))
        {
            self.fail(Problem::RangeInvalid, fine.span);
            return None;
        }
        Some(Some(range))
    }

    /// The base as it stands. Only a fact can be absent.
    fn base(&mut self, base: Expression) -> Base {
        let open = self.recorder.open(StepKind::Base(BaseState::Open), base.span, None);
        let node = usize::try_from(base.root.0).ok().and_then(|index| self.program.nodes.get(index));
        let found = match node {
            Some(Node::Fact(fact, span)) if self.view.fact(*fact) == Some(Knowledge::Absent) => {
                self.input(Operand::Fact(*fact), Origin::Absent, *span, Known::Failed);
                Base { state: BaseState::Absent, amount: None }
            }
            _ => {
                let known = self.value(base.root);
                let state = match known {
                    Known::Value(_) => BaseState::Amount,
                    Known::Unestablished => BaseState::Unestablished,
                    Known::NotAsked | Known::Failed => BaseState::Open,
                };
                Base { state, amount: known.value().and_then(Value::as_number) }
            }
        };
        self.recorder.close(open, StepKind::Base(found.state), found.amount.map(Value::Money));
        found
    }

    /// The amount that holds for the state of the base, and what the base counts as.
    fn branch<'f>(&mut self, fine: &'f FineRule, base: Base) -> Option<(&'f FineBranch, Option<Number>)> {
        let rule = fine.branches.iter().find(|branch| branch.case.is_none());
        if fine.base.is_none() {
            return rule.map(|branch| (branch, None));
        }
        let in_case = |holds: &dyn Fn(&FineCase) -> bool| {
            fine.branches.iter().find(|branch| branch.case.as_ref().is_some_and(holds))
        };
        // An amount of its own holds for whatever the cases leave; a share of what there is not, or is not known, does not.
        let plain = rule.filter(|branch| !matches!(branch.amount, FineAmount::Portion(_)));
        let mut amount = base.amount;
        let (found, problem) = match base.state {
            BaseState::Open => {
                self.open = true;
                return None;
            }
            BaseState::Unestablished => (in_case(&|case| case.unestablished).or(plain), Problem::NotEstablished),
            BaseState::Absent => {
                let found = in_case(&|case| case.none).or(plain);
                match fine.deemed.as_ref().filter(|deemed| deemed.even_if_none && found.is_none()) {
                    Some(deemed) => {
                        amount = Some(self.deemed_for_none(deemed)?);
                        (rule, Problem::AbsentUnsaid)
                    }
                    None => (found, Problem::AbsentUnsaid),
                }
            }
            BaseState::Amount => {
                let value = Value::Money(base.amount?);
                let holds = |case: &FineCase| case.values.as_ref().is_some_and(|cells| cells.contains(&value));
                (in_case(&holds).or(rule), Problem::FineCaseUncovered)
            }
        };
        let Some(branch) = found else {
            self.fail(problem, fine.span);
            return None;
        };
        if fine.branches.len() > 1 || branch.case.is_some() {
            let kind = StepKind::FineCase(base.state);
            self.recorder.step(kind, branch.span, None, base.amount.map(Value::Money));
        }
        Some((branch, amount))
    }

    /// No base at all, which counts as its floor.
    fn deemed_for_none(&mut self, deemed: &Deemed<Expression>) -> Option<Number> {
        let floor = self.number(deemed.amount)?;
        self.recorder.step(StepKind::DeemedForNone, deemed.amount.span, None, Some(Value::Money(floor)));
        Some(floor)
    }

    /// The base, counted at its deemed floor when it is smaller.
    fn deemed(&mut self, deemed: Option<&Deemed<Expression>>, real: Number) -> Option<Number> {
        let Some(deemed) = deemed else {
            return Some(real);
        };
        let floor = self.number(deemed.amount)?;
        if floor <= real {
            return Some(real);
        }
        let kind = StepKind::DeemedBase(real, floor);
        self.recorder.step(kind, deemed.amount.span, None, Some(Value::Money(floor)));
        Some(floor)
    }

    fn money_ends(&mut self, ends: &Ends<Expression>) -> Option<AmountRange> {
        let (low, high) = self.fine_ends(ends)?;
        Some(AmountRange { min: low.and_then(Value::as_number), max: high.as_number() })
    }

    fn portion(&mut self, ends: &Ends<Expression>, base: Number, span: Span) -> Option<AmountRange> {
        let (low, high) = self.fine_ends(ends)?;
        let range = self.times(low, high, base, span)?;
        self.recorder.step(StepKind::Portion(low, high, base), span, None, Some(Value::Range(range)));
        Some(range)
    }

    fn each(
        &mut self,
        ends: &Ends<Expression>,
        count: Expression,
        unit: Option<UnitId>,
        span: Span,
    ) -> Option<AmountRange> {
        let open = self.recorder.open(StepKind::Computed, count.span, None);
        let known = self.value(count.root);
        self.recorder.close(open, StepKind::Computed, known.value());
        let number = self.amount_of(known, count.span)?;
        let counted = known.value()?;
        let factor = unit.and_then(|unit| self.program.unit(unit)).map_or(Number::ONE, |unit| unit.factor);
        let Some(number) = number.divide(factor) else {
            self.fail(Problem::Arithmetic, span);
            return None;
        };
        let (low, high) = self.fine_ends(ends)?;
        let one = AmountRange { min: low.and_then(Value::as_number), max: high.as_number() };
        let range = self.times(low, high, number, span)?;
        self.recorder.step(StepKind::Each(one, counted, unit), span, None, Some(Value::Range(range)));
        Some(range)
    }

    fn times(&mut self, low: Option<Value>, high: Value, by: Number, span: Span) -> Option<AmountRange> {
        let mut product = |value: Value| {
            let product = value.as_number().and_then(|number| number.multiply(by));
            if product.is_none() {
                self.fail(Problem::Arithmetic, span);
            }
            product
        };
        let min = match low {
            Some(low) => Some(product(low)?),
            None => None,
        };
        Some(AmountRange { min, max: Some(product(high)?) })
    }

    fn range_of(&mut self, value: Expression) -> Option<AmountRange> {
        let known = self.value(value.root);
        if let Some(Value::Range(range)) = known.value() {
            return Some(range);
        }
        self.open = true;
        if known == Known::Unestablished {
            self.fail(Problem::NotEstablished, value.span);
        }
        None
    }

    fn capped(&mut self, range: AmountRange, cap: Expression) -> Option<AmountRange> {
        let cap = self.number(cap).map(|number| (number, cap.span));
        let (cap, span) = cap?;
        if range.max.is_some_and(|max| max <= cap) {
            return Some(range);
        }
        let after = AmountRange { min: range.min.map(|min| min.min(cap)), max: Some(cap) };
        self.recorder.step(StepKind::FineCapped(range), span, None, Some(Value::Range(after)));
        Some(after)
    }

    /// The lower end, when there is one, and the upper end.
    fn fine_ends(&mut self, ends: &Ends<Expression>) -> Option<(Option<Value>, Value)> {
        let mut end = |end: &Expression| {
            let known = self.value(end.root);
            self.amount_of(known, end.span)?;
            known.value()
        };
        match ends {
            Ends::UpTo(high) => Some((None, end(high)?)),
            Ends::Single(sum) => end(sum).map(|sum| (Some(sum), sum)),
            Ends::Between(low, high) => {
                let low = end(low)?;
                Some((Some(low), end(high)?))
            }
        }
    }

    fn number(&mut self, value: Expression) -> Option<Number> {
        let known = self.value(value.root);
        self.amount_of(known, value.span)
    }

    /// The number of a value; without one the range, and so the outcome, stays open, and the reason is noted.
    fn amount_of(&mut self, known: Known, span: Span) -> Option<Number> {
        let number = known.value().and_then(Value::as_number);
        self.open |= number.is_none();
        if known == Known::Unestablished {
            self.fail(Problem::NotEstablished, span);
        }
        number
    }
}
