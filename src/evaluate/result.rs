//! What a procedure may ask about the result: measures that are taken or may be chosen, and referrals.

use super::knowledge::Known;
use super::{Candidate, OfficerOption};
use crate::program::RuleId;
use crate::resolved::ReferralKind;
use crate::source::Span;
use crate::trail::{Operand, Origin};

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
        let taken = self.measures.iter().any(|each| each.rule == measure);
        let offered = self.options.iter().any(|option| match option {
            OfficerOption::OneOf(group) | OfficerOption::Measures(group) => {
                group.iter().any(|each| each.rule == measure)
            }
            OfficerOption::Fine(_, group) => group.iter().any(|each| each.rule == measure),
            _ => false,
        });
        if offered && !taken && !self.choices_asked.contains(&measure) {
            self.choices_asked.push(measure);
        }
        let known = match self.chosen {
            _ if taken => Known::from_bool(true),
            Chosen::Open if offered => Known::NotAsked,
            Chosen::All if offered => Known::from_bool(true),
            // As long as something is open, a measure may still come.
            _ if self.open && !offered => Known::NotAsked,
            _ => Known::from_bool(false),
        };
        self.input(Operand::Measure(measure), Origin::Derived, span, known)
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
