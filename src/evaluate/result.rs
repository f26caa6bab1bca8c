//! What a procedure may ask about the result: measures that are taken or may be chosen, and referrals.

use super::knowledge::Known;
use super::{Candidate, MeasureResult, OfficerOption};
use crate::program::RuleId;
use crate::resolved::{KindAsked, ReferralKind};
use crate::source::Span;
use crate::trail::{Extent, Operand, Origin, Truth};

/// What is assumed of the measures the officer may choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Chosen {
    /// Not known yet.
    #[default]
    Open,
    /// All of them are chosen.
    All,
    /// None of them is.
    None,
}

impl Candidate<'_> {
    /// Whether the result brings a measure. One that is left to the officer is not known yet.
    pub(super) fn imposes(&mut self, measure: RuleId, span: Span) -> Known {
        let known = self.brings(|each| if each.rule == measure { Truth::True } else { Truth::False });
        self.input(Operand::Measure(measure), Origin::Derived, span, known)
    }

    /// Whether the result brings a measure of this kind. One that takes nothing is none, and one of which that is not known
    /// may be none.
    pub(super) fn imposes_kind(&mut self, asked: KindAsked, span: Span) -> Known {
        let program = self.program;
        let known = self.brings(|each| {
            let kind = program.measure(each.rule).map(|measure| measure.kind);
            match each.extent {
                _ if !kind.is_some_and(|kind| asked.includes(kind)) => Truth::False,
                Some(Extent::Nothing) => Truth::False,
                Some(Extent::Open) => Truth::Unknown,
                _ => Truth::True,
            }
        });
        self.input(Operand::MeasureKind(asked), Origin::Derived, span, known)
    }

    fn brings(&mut self, fits: impl Fn(&MeasureResult) -> Truth) -> Known {
        let taken = self.measures.iter().any(|each| fits(each) == Truth::True);
        let perhaps = self.measures.iter().any(|each| fits(each) == Truth::Unknown);
        let mut choices: Vec<RuleId> = Vec::new();
        for option in &self.options {
            let group: &[MeasureResult] = match option {
                OfficerOption::OneOf(group) | OfficerOption::Measures(group) => group,
                OfficerOption::Fine(_, group) => group,
                _ => &[],
            };
            choices.extend(group.iter().filter(|each| fits(each) != Truth::False).map(|each| each.rule));
        }
        let offered = !choices.is_empty();
        for choice in choices.into_iter().filter(|_| !taken) {
            if !self.choices_asked.contains(&choice) {
                self.choices_asked.push(choice);
            }
        }
        match self.chosen {
            _ if taken => Known::from_bool(true),
            _ if perhaps => Known::NotAsked,
            Chosen::Open if offered => Known::NotAsked,
            Chosen::All if offered => Known::from_bool(true),
            // As long as something is open, a measure may still come.
            _ if self.open && !offered => Known::NotAsked,
            _ => Known::from_bool(false),
        }
    }

    /// Whether the case is referred for this.
    pub(super) fn refers(&mut self, kind: ReferralKind, span: Span) -> Known {
        let known = match self.referred.iter().any(|each| each.kind == kind) {
            false if self.referral_open => Known::NotAsked,
            found => Known::from_bool(found),
        };
        self.input(Operand::Referral(kind), Origin::Derived, span, known)
    }
}
