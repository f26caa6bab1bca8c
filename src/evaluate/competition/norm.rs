//! One norm among several: what of it matters beside the others.

use std::sync::Arc;

use super::Standing;
use crate::evaluate::{Determination, Fine, Outcome};
use crate::program::{Instrument, Program, RuleId, ViolationVersion};
use crate::resolved::{self, Level, MeasureKind, YieldsTo};

/// One norm among several.
pub(super) struct Norm<'a> {
    pub(super) place: usize,
    pub(super) violation: Arc<str>,
    pub(super) version: Option<&'a ViolationVersion>,
    pub(super) instrument: Option<&'a Instrument>,
    pub(super) outcome: Outcome,
    pub(super) fine: Option<Fine>,
    /// How heavy the gravest measure that must be taken is.
    pub(super) gravest: u8,
    /// Where it stands, once that is known.
    pub(super) standing: Option<Standing>,
}

impl<'a> Norm<'a> {
    pub(super) fn new(program: &'a Program, place: usize, determination: &Determination) -> Self {
        let result = &determination.result;
        let versions = program.violations.get(&determination.violation).map_or(&[][..], |each| &each.versions);
        let version = result.version.and_then(|rule| versions.iter().find(|version| version.rule == rule));
        let cited = version.and_then(|version| program.rule(version.rule)?.basis.first());
        let instrument = cited.and_then(|citation| program.instruments.get(&citation.instrument));
        let gravity = |rule: RuleId| program.measure(rule).map_or(0, |measure| gravity(measure.kind));
        Norm {
            place,
            violation: Arc::clone(&determination.violation),
            version,
            instrument,
            outcome: result.outcome,
            fine: result.fine,
            gravest: result.measures.iter().map(|measure| gravity(measure.rule)).max().unwrap_or(0),
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

    /// Whether its fine, if it has one, still competes.
    pub(super) fn competes(&self) -> bool {
        self.standing.is_none() && (self.fine.is_some() || self.outcome == Outcome::Undetermined)
    }
}

/// Measures from light to heavy, as far as whole penalties are compared by them (生态环境法典 Art. 1057 gives no method).
fn gravity(kind: MeasureKind) -> u8 {
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
