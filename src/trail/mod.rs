//! The explanation: a tree of steps, written while evaluating.
//!
//! In: what the stages of `evaluate` report. Out: a [`Trail`] that renderers only read.
//! A step holds ids, places and values, never a sentence; sentences are made by the renderers, in the reader's language.

mod concurrence;
mod enforcement;
mod measures;
mod recorder;
mod step;

pub use concurrence::{ConcurrenceStep, MeasuresCompared};
pub use enforcement::{DailyStep, OriginalFine, SurchargeStep};
pub use measures::{Extent, MeasureStep, Term, TermLength, TermStart};
pub use recorder::{Open, Recorder};
pub use step::{
    Adjustment, BaseState, Criterion, EventFate, FieldRead, Moment, Operand, Origin, Problem, Stage, Step, StepKind,
    Truth, Verdict,
};

/// The steps of one determination in the order of evaluation; a step's children follow it, one level deeper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    steps: Vec<Step>,
}

impl Trail {
    /// The steps, parents before children.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Puts the steps of another trail behind these.
    pub(crate) fn append(&mut self, other: Trail) {
        self.steps.extend(other.steps);
    }

    /// The direct children of the step at `index`, with their indices.
    pub fn children(&self, index: usize) -> impl Iterator<Item = (usize, &Step)> {
        let depth = self.steps.get(index).map_or(0, |step| step.depth);
        self.steps
            .iter()
            .enumerate()
            .skip(index.saturating_add(1))
            .take_while(move |(_, step)| step.depth > depth)
            .filter(move |(_, step)| step.depth == depth.saturating_add(1))
    }

    /// The steps without a parent, with their indices.
    pub fn roots(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.steps.iter().enumerate().filter(|(_, step)| step.depth == 0)
    }
}
