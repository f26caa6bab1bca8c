//! Measures: lengths of time, amounts and quantities.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{
    DailyRules, Extent, Measure, MeasureGroup, MeasureTerms, MeasureUse, SurchargeRules, Term, TermEnd, Written,
};
use crate::source::Span;
use crate::syntax;
use crate::typed::infer::constant;
use crate::typed::{Expr, Type, Typed};
use crate::value::{DurationUnit, Number, Value};

use super::Checker;

impl Checker<'_> {
    pub(super) fn measure(&mut self, measure: &Measure<Written>) -> Measure<Typed> {
        self.enter(&measure.head);
        let when = self.optional_condition(measure.when.as_ref());
        let states = self.stated(&measure.states);
        self.infer.scope.fine = true;
        let daily = DailyRules {
            recheck_within: measure.daily.recheck_within.as_ref().map(|within| {
                let within = self.infer.value_of(within, &[Type::Duration(DurationUnit::Days)]);
                self.positive(&within);
                within
            }),
            refusal_counts: measure.daily.refusal_counts,
        };
        let mut share = |share: &Option<syntax::Expr>| {
            share.as_ref().map(|share| {
                let share = self.infer.value_of(share, &[Type::Percent]);
                self.positive(&share);
                share
            })
        };
        let surcharge = SurchargeRules {
            rate: share(&measure.surcharge.rate),
            cap: share(&measure.surcharge.cap),
            due_day_counts: measure.surcharge.due_day_counts,
        };
        Measure {
            head: measure.head.clone(),
            kind: measure.kind,
            when,
            states,
            subjects: measure.subjects,
            terms: self.measure_terms(&measure.terms),
            daily,
            surcharge,
        }
    }

    /// Measures beside a fine may name it; those in place of one may not.
    pub(super) fn measure_groups(
        &mut self,
        groups: &[MeasureGroup<Written>],
        beside_a_fine: bool,
    ) -> Vec<MeasureGroup<Typed>> {
        let was = (self.infer.scope.fine, self.infer.scope.statutory);
        (self.infer.scope.fine, self.infer.scope.statutory) = (beside_a_fine, false);
        let typed = groups
            .iter()
            .map(|group| MeasureGroup {
                measures: group
                    .measures
                    .iter()
                    .map(|each| MeasureUse { measure: each.measure, terms: self.measure_terms(&each.terms) })
                    .collect(),
                mode: group.mode,
                may: group.may,
                span: group.span,
            })
            .collect();
        (self.infer.scope.fine, self.infer.scope.statutory) = was;
        typed
    }

    fn measure_terms(&mut self, terms: &MeasureTerms<Written>) -> MeasureTerms<Typed> {
        MeasureTerms {
            approval: terms.approval.clone(),
            decided_by: terms.decided_by.clone(),
            informed: terms.informed.clone(),
            otherwise: terms.otherwise,
            term: terms.term.as_ref().map(|term| self.term(term)),
            extent: terms.extent.as_ref().map(|extent| self.extent(extent)),
        }
    }

    fn term(&mut self, term: &Term<Written>) -> Term<Typed> {
        let units = [DurationUnit::Months, DurationUnit::Days, DurationUnit::Workdays].map(Type::Duration);
        let low = term.low.as_ref().map(|low| self.infer.value_of(low, &units));
        let high = match &term.high {
            TermEnd::At(high) => {
                // Both ends count the same: days, or months.
                let due = low.as_ref().map(|low| low.kind_of.clone()).filter(|kind| *kind != Type::Unknown);
                TermEnd::At(match due {
                    Some(due) => self.infer.value_of(high, &[due]),
                    None => self.infer.value_of(high, &units),
                })
            }
            TermEnd::Life => TermEnd::Life,
            TermEnd::Unspecified => TermEnd::Unspecified,
        };
        if let TermEnd::At(high) = &high {
            self.ordered_ends(low.as_ref(), high, term.span, ("期限", "term"));
        }
        Term { deadline: term.deadline, low, high, up_to: term.up_to, from: term.from.clone(), span: term.span }
    }

    fn extent(&mut self, extent: &Extent<Written>) -> Extent<Typed> {
        let mut figure = |expression: &syntax::Expr, due: Option<&Type>| {
            if extent.money {
                return self.infer.value_of(expression, &[Type::Money]);
            }
            match due {
                Some(due) => self.infer.value_of(expression, std::slice::from_ref(due)),
                None => self.quantity(expression),
            }
        };
        let low = extent.low.as_ref().map(|low| figure(low, None));
        // A single figure was written once and stands at both ends.
        let single = extent.low.as_ref().is_some_and(|low| low.span == extent.high.span);
        let due = low.as_ref().map(|low| low.kind_of.clone()).filter(|kind| *kind != Type::Unknown);
        let high = match &low {
            Some(low) if single => low.clone(),
            _ => figure(&extent.high, due.as_ref()),
        };
        self.ordered_ends(low.as_ref(), &high, extent.span, ("数额", "figure"));
        Extent { money: extent.money, low, high, span: extent.span }
    }

    /// A number or a quantity, in whatever unit.
    fn quantity(&mut self, expression: &syntax::Expr) -> Expr {
        let typed = self.infer.infer(expression, None);
        let number = match typed.kind_of {
            Type::Integer | Type::Number | Type::Quantity(_) | Type::Unknown => return typed,
            Type::Money => {
                Diagnostic::new(Code::ResultType, typed.span, "“数量”不能是金额", "a `quantity` is no sum of money")
                    .help("写“金额”", "write `amount`")
            }
            ref other => {
                let name = self.infer.name_of(other);
                Diagnostic::new(
                    Code::ResultType,
                    typed.span,
                    format!("“数量”应是数或带单位的数量，这里是{}", name.zh),
                    format!("a `quantity` is a number or has a unit, and this is {}", name.en),
                )
                .help("如“数量 3 × 毁坏株数”", "as in `quantity 3 * trees_lost`")
            }
        };
        self.infer.errors.push(number);
        super::unknown(typed.span)
    }

    fn ordered_ends(&mut self, low: Option<&Expr>, high: &Expr, span: Span, (zh, en): (&str, &str)) {
        if let (Some(low), Some(high)) = (low.and_then(constant), constant(high))
            && low > high
        {
            self.infer.errors.push(
                Diagnostic::new(
                    Code::RangeEmpty,
                    span,
                    format!("{zh}的下限高于上限"),
                    format!("the lower end of the {en} is above the upper end"),
                )
                .help("核对两端", "check both ends"),
            );
        }
    }

    /// A parameter of a count: fixed, and above zero.
    fn positive(&mut self, value: &Expr) {
        let above = match constant(value) {
            Some(Value::Duration(duration)) => duration.amount > 0,
            Some(value) => value.as_number().is_some_and(|number| number > Number::ZERO),
            None => false,
        };
        if above || value.kind_of == Type::Unknown {
            return;
        }
        self.infer.errors.push(
            Diagnostic::new(
                Code::NotConstant,
                value.span,
                "这里应是大于零的定值",
                "a fixed value above zero is due here",
            )
            .help("写法律规定的数，如 30日、3%", "write the figure of the law, such as 30 days or 3%"),
        );
    }
}
