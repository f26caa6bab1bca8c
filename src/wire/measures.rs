use super::recommendation::Wire;
use super::shapes::{DailyCycleJson, DailyJson, ExtentJson, MeasureJson, TermJson};
use super::words::measure_class;
use crate::evaluate::{DailyPenalty, MeasureResult};
use crate::render::retyped;
use crate::resolved::MeasureKind;
use crate::trail::{Extent, Term, TermLength, TermStart};
use crate::value::{Number, Value};

impl Wire<'_> {
    pub(super) fn measures(&self, measures: &[MeasureResult]) -> Vec<MeasureJson> {
        measures.iter().map(|measure| self.measure(measure)).collect()
    }

    pub(super) fn measure(&self, measure: &MeasureResult) -> MeasureJson {
        let kind = self.zh.measure_kind(measure.rule);
        MeasureJson {
            rule: self.rule(measure.rule),
            measure_kind: kind.words().1,
            class: measure_class(kind.class()),
            text: self.line(|reader| reader.measure(measure)),
            approval: self.titles(measure.approval.as_ref()),
            decided_by: self.titles(measure.decided_by.as_ref()),
            informed: self.titles(measure.informed.as_ref()),
            otherwise: measure.otherwise.map(|rule| self.rule(rule)),
            term: measure.term.as_ref().map(|term| self.term(term)),
            daily_penalty: measure.daily.as_ref().map(|daily| self.daily_penalty(daily)),
            stated: self.stated(&measure.stated),
            extent: measure.extent.map(|extent| self.extent(extent, kind)),
            also_under: measure.also_under.iter().map(|norm| self.rule(*norm)).collect(),
        }
    }

    fn daily_penalty(&self, daily: &DailyPenalty) -> DailyJson {
        let text = |number: Option<Number>| number.map(|number| number.to_string());
        DailyJson {
            cycles: daily
                .cycles
                .iter()
                .map(|cycle| DailyCycleJson {
                    original_fine: text(cycle.original_fine),
                    days: cycle.days,
                    amount: text(cycle.amount),
                    settled: cycle.settled,
                    recheck_due: cycle.recheck_due,
                })
                .collect(),
            total: text(daily.total),
            text: self.line(|reader| reader.daily_penalty(daily)),
        }
    }

    fn term(&self, term: &Term) -> TermJson {
        let (kind, max) = match term.high {
            TermLength::Of(length) => ("length", Some(self.value(Value::Duration(length), None))),
            TermLength::Life => ("life", None),
            TermLength::Unspecified => ("unspecified", None),
            TermLength::Open => ("open", None),
        };
        TermJson {
            kind,
            deadline: term.deadline,
            up_to: term.up_to,
            min: term.low.map(|low| self.value(Value::Duration(low), None)),
            max,
            from: match term.from {
                TermStart::Stated(_) => "stated",
                TermStart::DecisionEffective => "decision_effective",
                TermStart::OrderServed => "order_served",
                TermStart::WithDecider => "with_decider",
            },
            text: self.line(|reader| reader.term(term)),
        }
    }

    fn extent(&self, extent: Extent, of: MeasureKind) -> ExtentJson {
        let end = |number: Option<Number>, like| number.map(|number| self.value(retyped(number, Some(like)), None));
        let (kind, min, max) = match extent {
            Extent::Figure(value) => ("figure", Some(self.value(value, None)), Some(self.value(value, None))),
            Extent::Between(range, like) => ("between", end(range.min, like), end(range.max, like)),
            Extent::Nothing => ("nothing", None, None),
            Extent::Open => ("open", None, None),
            Extent::Unestablished => ("unestablished", None, None),
        };
        ExtentJson { kind, min, max, text: self.line(|reader| reader.extent(extent, of)) }
    }
}
