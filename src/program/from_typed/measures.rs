//! Measures: when they are due of themselves, and what they say.

use std::sync::Arc;

use crate::program::{DueMeasure, MeasureRule, Stated};
use crate::resolved;
use crate::typed::Typed;

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
        self.program.measures.push(MeasureRule { rule, kind: measure.kind, due, states });
    }

    pub(super) fn stated(&mut self, states: Vec<resolved::Stated<Typed>>) -> Vec<Stated> {
        states
            .into_iter()
            .map(|each| Stated { label: each.label.into(), value: self.expression(&each.value) })
            .collect()
    }
}
