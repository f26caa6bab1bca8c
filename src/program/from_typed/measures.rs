//! Measures: when they are due of themselves, what they say, and what is fixed of them where they are brought.

use std::sync::Arc;

use crate::program::{
    DailyProgram, DueMeasure, ExtentProgram, MeasureGroup, MeasureRule, MeasureUse, RuleId, Stated, Subjects,
    SurchargeProgram, TermEnd, TermProgram, Titles, Versions,
};
use crate::resolved::{self, MeasureKind, MeasureTerms};
use crate::typed::{Expr, ExprKind, Typed};
use crate::value::{Number, Value};

use super::Compiler;

impl Compiler<'_> {
    /// The measure at this place in the table of measures; its rule is there already.
    pub(super) fn measure(&mut self, number: usize, measure: resolved::Measure<Typed>) {
        let Some(rule) = self.measures.get(number).copied() else { return };
        let due = measure.when.as_ref().and_then(|when| {
            let in_force = self.in_force(&measure.head)?;
            let condition = self.condition([when]);
            Some(DueMeasure { in_force, area: Arc::clone(&measure.head.area), condition })
        });
        if due.is_some() {
            self.program.due_measures.push(rule);
        }
        let states = self.stated(measure.states);
        let daily = measure.daily.recheck_within.as_ref().and_then(constant).and_then(|within| match within {
            Value::Duration(recheck_within) => {
                Some(DailyProgram { recheck_within, refusal_counts: measure.daily.refusal_counts })
            }
            _ => None,
        });
        let share = |value: &Option<Expr>| value.as_ref().and_then(constant).and_then(Value::as_number);
        let surcharge = share(&measure.surcharge.rate).map(|rate: Number| SurchargeProgram {
            rate,
            cap: share(&measure.surcharge.cap),
            due_day_counts: measure.surcharge.due_day_counts,
        });
        let subjects = measure.subjects.map(|(unit, individual, span)| Subjects { unit, individual, span });
        let kind = measure.kind.unwrap_or(MeasureKind::Other);
        let declared = self.measure_use(rule, measure.terms.clone());
        self.program.measures.push(MeasureRule { rule, kind, due, states, declared, subjects, daily, surcharge });
        self.measure_terms.push(measure.terms);
    }

    pub(super) fn stated(&mut self, states: Vec<resolved::Stated<Typed>>) -> Vec<Stated> {
        states
            .into_iter()
            .map(|each| Stated { label: each.label.into(), value: self.expression(&each.value) })
            .collect()
    }

    pub(super) fn measure_groups(&mut self, groups: Vec<resolved::MeasureGroup<Typed>>) -> Vec<MeasureGroup> {
        groups
            .into_iter()
            .map(|group| MeasureGroup {
                measures: group.measures.into_iter().filter_map(|each| self.placed(each)).collect(),
                mode: group.mode,
                may: group.may,
                span: group.span,
            })
            .collect()
    }

    /// What the place fixes comes before what the declaration says.
    fn placed(&mut self, each: resolved::MeasureUse<Typed>) -> Option<MeasureUse> {
        let rule = *self.measures.get(each.measure)?;
        let versions: Vec<RuleId> =
            self.program.measure_versions.get(&rule).into_iter().flat_map(Versions::all).collect();
        let mut placed = self.placed_version(each.measure, each.terms.clone())?;
        for version in versions.into_iter().filter(|version| *version != rule) {
            let number = self.measures.iter().position(|each| *each == version)?;
            placed.versions.extend(self.placed_version(number, each.terms.clone()));
        }
        Some(placed)
    }

    fn placed_version(&mut self, number: usize, placed: MeasureTerms<Typed>) -> Option<MeasureUse> {
        let rule = *self.measures.get(number)?;
        let declared = self.measure_terms.get(number).cloned().unwrap_or_default();
        let terms = MeasureTerms {
            approval: placed.approval.or(declared.approval),
            decided_by: placed.decided_by.or(declared.decided_by),
            informed: placed.informed.or(declared.informed),
            otherwise: placed.otherwise,
            term: placed.term.or(declared.term),
            extent: placed.extent.or(declared.extent),
        };
        Some(self.measure_use(rule, terms))
    }

    fn measure_use(&mut self, rule: RuleId, terms: MeasureTerms<Typed>) -> MeasureUse {
        let MeasureTerms { approval, decided_by, informed, otherwise, term, extent } = terms;
        MeasureUse {
            rule,
            approval: approval.map(Titles::from),
            decided_by: decided_by.map(Titles::from),
            informed: informed.map(Titles::from),
            otherwise: otherwise.and_then(|index| self.measures.get(index).copied()),
            term: term.as_ref().map(|term| self.term(term)),
            extent: extent.as_ref().map(|extent| self.extent(extent)),
            versions: Vec::new(),
        }
    }

    fn term(&mut self, term: &resolved::Term<Typed>) -> TermProgram {
        TermProgram {
            deadline: term.deadline,
            low: term.low.as_ref().map(|low| self.expression(low)),
            high: match &term.high {
                resolved::TermEnd::At(high) => TermEnd::At(self.expression(high)),
                resolved::TermEnd::Life => TermEnd::Life,
                resolved::TermEnd::Unspecified => TermEnd::Unspecified,
            },
            up_to: term.up_to,
            from: term.from.clone().map(Titles::from),
            span: term.span,
        }
    }

    fn extent(&mut self, extent: &resolved::Extent<Typed>) -> ExtentProgram {
        ExtentProgram {
            low: extent.low.as_ref().map(|low| self.expression(low)),
            high: self.expression(&extent.high),
            single: extent.low.as_ref().is_some_and(|low| low.span == extent.high.span),
            span: extent.span,
        }
    }
}

fn constant(value: &Expr) -> Option<Value> {
    match &value.kind {
        ExprKind::Constant(value) => Some(*value),
        _ => None,
    }
}
