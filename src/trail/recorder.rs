use super::{Step, StepKind, Trail};
use crate::program::RuleId;
use crate::source::Span;
use crate::value::Value;

/// Writes a [`Trail`], or nothing when it is off. Callers never ask which: the switch is the recorder's own.
#[derive(Clone, Debug)]
pub struct Recorder {
    on: bool,
    depth: u16,
    steps: Vec<Step>,
}

/// A step whose children are being written and whose result is not known yet.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Open(usize);

impl Recorder {
    /// A recorder that writes, or one that does not.
    #[must_use]
    pub fn new(on: bool) -> Self {
        Recorder { on, depth: 0, steps: if on { Vec::with_capacity(128) } else { Vec::new() } }
    }

    /// Writes nothing until [`Recorder::resume`], and says whether it wrote before.
    pub fn pause(&mut self) -> bool {
        std::mem::replace(&mut self.on, false)
    }

    /// Goes on as before [`Recorder::pause`].
    pub fn resume(&mut self, on: bool) {
        self.on = on;
    }

    /// Writes a step without children.
    pub fn step(&mut self, kind: StepKind, span: Span, rule: Option<RuleId>, value: Option<Value>) {
        if self.on {
            self.steps.push(Step { depth: self.depth, kind, span, rule, value });
        }
    }

    /// Opens a step: what is written until [`Recorder::close`] becomes its children.
    pub fn open(&mut self, kind: StepKind, span: Span, rule: Option<RuleId>) -> Open {
        let index = self.steps.len();
        self.step(kind, span, rule, None);
        self.depth = self.depth.saturating_add(1);
        Open(index)
    }

    /// Closes a step, with its final kind and value.
    pub fn close(&mut self, open: Open, kind: StepKind, value: Option<Value>) {
        self.close_with(open, |step| {
            step.kind = kind;
            step.value = value;
        });
    }

    /// Closes a step as it was opened.
    pub fn end(&mut self, open: Open) {
        self.close_with(open, |_| {});
    }

    /// Closes a step after `change` has set what was learned meanwhile.
    pub fn close_with(&mut self, open: Open, change: impl FnOnce(&mut Step)) {
        self.depth = self.depth.saturating_sub(1);
        if self.on
            && let Some(step) = self.steps.get_mut(open.0)
        {
            change(step);
        }
    }

    /// How many steps there are.
    pub fn mark(&self) -> usize {
        self.steps.len()
    }

    /// Drops the steps written since `from` that say what one written since `first` says already, with what is below them.
    pub fn drop_repeated(&mut self, first: usize, from: usize) {
        let mut kept = from;
        let mut index = from;
        while let Some(step) = self.steps.get(index) {
            let depth = step.depth;
            let below = self.steps.iter().skip(index.saturating_add(1)).take_while(|each| each.depth > depth).count();
            let end = index.saturating_add(below).saturating_add(1);
            let said = self.steps.get(first..kept).is_some_and(|before| before.contains(step));
            if said {
                index = end;
                continue;
            }
            while index < end {
                self.steps.swap(kept, index);
                kept = kept.saturating_add(1);
                index = index.saturating_add(1);
            }
        }
        self.steps.truncate(kept);
    }

    /// The trail written.
    #[must_use]
    pub fn finish(self) -> Trail {
        Trail { steps: self.steps }
    }
}
