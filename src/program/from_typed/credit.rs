//! How a credit grade is reached, compiled.

use crate::program::{CreditEvent, EventSource, FactId, GradeProgram, PointsProgram, RecordEvents, Veto};
use crate::resolved;
use crate::typed::{ExprKind, Typed};
use crate::value::Value;

use super::Compiler;

impl Compiler<'_> {
    /// How a grade is worked out.
    pub(super) fn grading(&mut self, grading: resolved::Grading<Typed>) -> GradeProgram {
        let (cap, floor) = (grading.cap, grading.floor);
        let points = match (grading.start, grading.graded) {
            (Some(start), Some(graded)) => Some(PointsProgram {
                start: self.expression(&start),
                events: grading.events.into_iter().filter_map(|event| self.credit_event(event)).collect(),
                cap: cap.map(|value| self.expression(&value)),
                floor: floor.map(|value| self.expression(&value)),
                graded: self.expression(&graded),
            }),
            _ => None,
        };
        let vetoes = grading.vetoes.into_iter().filter_map(|veto| {
            let ExprKind::Constant(grade) = veto.grade.kind else {
                // A veto names a grade; anything else has no place in the order.
                self.not_evaluated(veto.grade.span, "不是等级的否决", "a veto to something that is not a grade");
                return None;
            };
            Some(Veto { grade, condition: self.condition([&veto.condition]), span: veto.span })
        });
        let vetoes = vetoes.collect();
        let indicators = grading.indicators.iter().map(|value| self.expression(value)).collect();
        GradeProgram { points, indicators, vetoes, frozen: grading.frozen }
    }

    fn credit_event(&mut self, event: resolved::CreditEvent<Typed>) -> Option<CreditEvent> {
        let source = match event.source {
            resolved::EventSource::Once(condition) => EventSource::Once(self.condition([&condition])),
            resolved::EventSource::Records(records) => EventSource::Records(RecordEvents {
                list: FactId::new(records.fact?),
                filter: records.filter.map(|filter| self.expression(&filter)),
                since: records.field.and_then(|field| u16::try_from(field).ok()),
                lasting: records.lasting.and_then(|lasting| match lasting.kind {
                    ExprKind::Constant(Value::Duration(duration)) => Some(duration),
                    _ => None,
                }),
                repaired: records.repaired.map(|repaired| self.expression(&repaired)),
            }),
        };
        Some(CreditEvent {
            adds: event.adds,
            points: self.expression(&event.points),
            source,
            most: event.most.map(|most| self.expression(&most)),
            label: event.label.into(),
            span: event.span,
        })
    }
}
