//! How grave what the law brings besides a fine is: what must be taken, and what may come to it at most.
//!
//! The order is that of the kinds in 行政处罚法 Art. 9, from light to heavy; kinds of one class have no order between them.

use std::cmp::Ordering;

use crate::evaluate::{CandidateResult, ChoiceMode, MeasureChoice, MeasureResult, OfficerOption};
use crate::program::{Program, RuleId};
use crate::resolved::MeasureKind;

/// What must be taken and what may be, by the gravest of each.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Severity {
    must: Gravest,
    /// With all that may be taken.
    at_most: Gravest,
}

/// The gravest measures among some: all of the highest class.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Gravest {
    class: u8,
    kinds: Vec<MeasureKind>,
    rule: Option<RuleId>,
}

impl Gravest {
    fn add(&mut self, program: &Program, measure: &MeasureResult) {
        let Some(kind) = program.measure(measure.rule).map(|declared| declared.kind) else { return };
        let class = class(kind);
        if class > self.class {
            *self = Gravest { class, kinds: vec![kind], rule: Some(measure.rule) };
        } else if class == self.class && class > 0 && !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    /// `None` where kinds of one class differ.
    fn against(&self, other: &Gravest) -> Option<Ordering> {
        let same = || {
            let within = |some: &Gravest, all: &Gravest| some.kinds.iter().all(|kind| all.kinds.contains(kind));
            within(self, other) && within(other, self)
        };
        match self.class.cmp(&other.class) {
            Ordering::Equal => same().then_some(Ordering::Equal),
            order => Some(order),
        }
    }
}

/// Measures from light to heavy.
fn class(kind: MeasureKind) -> u8 {
    match kind {
        MeasureKind::Detention => 4,
        MeasureKind::Closure | MeasureKind::LicenceRevoked => 3,
        MeasureKind::BusinessSuspended
        | MeasureKind::LicenceSuspended
        | MeasureKind::QualificationLowered
        | MeasureKind::Ban => 2,
        MeasureKind::ProductionLimited | MeasureKind::Licence => 1,
        _ => 0,
    }
}

impl Severity {
    /// What several norms bring together.
    pub(super) fn of<'r>(program: &Program, results: impl Iterator<Item = &'r CandidateResult>) -> Self {
        let mut severity = Severity::default();
        for result in results {
            for measure in &result.measures {
                severity.must.add(program, measure);
                severity.at_most.add(program, measure);
            }
            for option in &result.options {
                let measures: &[MeasureResult] = match option {
                    OfficerOption::Measures(choice) => choice,
                    OfficerOption::OneOf(choice) => {
                        severity.add_lightest(program, choice);
                        choice
                    }
                    OfficerOption::Fine(_, among) => among,
                    _ => &[],
                };
                measures.iter().for_each(|measure| severity.at_most.add(program, measure));
            }
        }
        severity
    }

    /// Of measures one of which must be taken, the lightest is certain.
    fn add_lightest(&mut self, program: &Program, choice: &MeasureChoice) {
        let class = |measure: &&MeasureResult| program.measure(measure.rule).map_or(0, |declared| class(declared.kind));
        let lightest = match choice.mode {
            ChoiceMode::Ladder => choice.first(),
            ChoiceMode::One | ChoiceMode::Any => choice.iter().min_by_key(class),
        };
        if let Some(lightest) = lightest {
            self.must.add(program, lightest);
        }
    }

    /// Whether it brings anything that is weighed.
    pub(super) fn weighs(&self) -> bool {
        self.at_most.class > 0
    }

    /// The gravest measure that must be taken.
    pub(super) fn must(&self) -> Option<RuleId> {
        self.must.rule
    }

    /// The gravest measure that may be taken, when it is graver than all that must be.
    pub(super) fn may(&self) -> Option<RuleId> {
        self.at_most.rule.filter(|_| self.at_most.class > self.must.class)
    }

    /// Which is graver, and whether that is so whatever the officer chooses; `None` when they cannot be told apart.
    pub(super) fn against(&self, other: &Severity) -> Option<(Ordering, bool)> {
        if self.must.class > other.at_most.class {
            return Some((Ordering::Greater, true));
        }
        if other.must.class > self.at_most.class {
            return Some((Ordering::Less, true));
        }
        let (must, at_most) = (self.must.against(&other.must)?, self.at_most.against(&other.at_most)?);
        match (must, at_most) {
            (Ordering::Equal, order) | (order, Ordering::Equal) => Some((order, false)),
            (must, at_most) => (must == at_most).then_some((must, false)),
        }
    }
}
