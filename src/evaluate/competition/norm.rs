//! One norm among several: what of it matters beside the others.

use std::sync::Arc;

use super::Standing;
use super::severity::Severity;
use crate::evaluate::{CandidateResult, Fine, OfficerOption, Outcome};
use crate::program::{Instrument, Program, ViolationVersion};
use crate::resolved::{self, Level, YieldsTo};

/// One norm among several.
pub(super) struct Norm<'a> {
    pub(super) place: usize,
    pub(super) violation: Arc<str>,
    pub(super) version: Option<&'a ViolationVersion>,
    pub(super) instrument: Option<&'a Instrument>,
    pub(super) outcome: Outcome,
    pub(super) fine: Option<Fine>,
    /// What it brings besides the fine.
    pub(super) severity: Severity,
    /// Whether the fine may be left out: by the norm itself or by leniency.
    pub(super) optional: bool,
    /// A heavier fine that may be imposed in place of the one that must be.
    pub(super) further: Option<Fine>,
    /// Where it stands, once that is known.
    pub(super) standing: Option<Standing>,
}

impl<'a> Norm<'a> {
    pub(super) fn new(program: &'a Program, place: usize, violation: &Arc<str>, result: &CandidateResult) -> Self {
        let versions = program.violations.get(violation).map_or(&[][..], |each| &each.versions);
        let version = result.version.and_then(|rule| versions.iter().find(|version| version.rule == rule));
        let cited = version.and_then(|version| program.rule(version.rule)?.basis.first());
        let instrument = cited.and_then(|citation| program.instruments.get(&citation.instrument));
        let further = result.options.iter().find_map(|option| match option {
            OfficerOption::FurtherFine(_, range) => {
                Some(Fine { amount: None, within: None, range: *range, benchmark: None })
            }
            _ => None,
        });
        Norm {
            place,
            violation: Arc::clone(violation),
            version,
            instrument,
            outcome: result.outcome,
            fine: result.fine,
            severity: Severity::of(program, std::iter::once(result)),
            optional: result.outcome == Outcome::Choice
                && result.options.iter().any(|each| matches!(each, OfficerOption::Fine(..) | OfficerOption::Waive(..))),
            further,
            standing: matches!(result.outcome, Outcome::NotEstablished | Outcome::NoLongerUnlawful)
                .then_some(Standing::WithoutFine),
        }
    }

    /// Whether the act falls under it at all; `None` when that is not known.
    pub(super) fn is_established(&self) -> Option<bool> {
        match self.outcome {
            Outcome::NotEstablished | Outcome::NoLongerUnlawful => Some(false),
            Outcome::Undetermined if self.fine.is_none() => None,
            _ => Some(true),
        }
    }

    pub(super) fn level(&self) -> Option<Level> {
        resolved::level(self.instrument?.level.as_deref()?)
    }

    pub(super) fn yields_to(&self, other: &Norm<'_>) -> bool {
        self.version.is_some_and(|version| {
            version.norm.yields_to.iter().any(|each| match each {
                YieldsTo::Instrument(name) => other.instrument.is_some_and(|instrument| instrument.name == *name),
                YieldsTo::Level(level) => other.level() == Some(*level),
                YieldsTo::Violation(stem) => resolved::is_stem(stem, &other.violation),
            })
        })
    }

    pub(super) fn same_conduct(&self, other: &Norm<'_>) -> bool {
        let says =
            |a: &Norm<'_>, b: &Norm<'_>| a.version.is_some_and(|version| version.norm.same_conduct_as(&b.violation));
        says(self, other) || says(other, self)
    }

    pub(super) fn is_special_to(&self, other: &Norm<'_>) -> bool {
        self.version.is_some_and(|version| version.norm.is_special_to(&other.violation))
    }

    /// Whether its fine, or its penalty where whole penalties are compared, still competes.
    pub(super) fn competes(&self, whole: bool) -> bool {
        let penalty = whole && self.outcome == Outcome::OrderOnly && self.severity.weighs();
        self.standing.is_none() && (self.fine.is_some() || penalty || self.outcome == Outcome::Undetermined)
    }
}
