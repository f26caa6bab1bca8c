//! What needs no declaration: the statutory range, the days of the act, the party.

use super::Candidate;
use super::band::Band;
use super::knowledge::Known;
use super::sums::Spread;
use crate::case::PartyKind;
use crate::resolved::BuiltInName;
use crate::source::Span;
use crate::trail::{Operand, Origin, Problem};
use crate::value::Value;

impl Candidate<'_> {
    /// The value of a built-in name, with a step that shows it.
    pub(super) fn built_in(&mut self, name: BuiltInName, span: Span) -> Known {
        let money = |amount| Known::Value(Value::Money(amount));
        let date = |date| Known::Value(Value::Date(date));
        let (origin, known) = match name {
            BuiltInName::StatutoryMin => match self.range.min {
                Some(amount) => (Origin::Derived, money(amount)),
                None => return self.fail(Problem::NoMinimum, span),
            },
            BuiltInName::StatutoryMax => match self.range.max {
                Some(amount) => (Origin::Derived, money(amount)),
                None => return self.fail(Problem::Arithmetic, span),
            },
            BuiltInName::BandMin => match self.band.and_then(|band| band.min) {
                Some(amount) => (Origin::Derived, money(amount)),
                None => return self.no_band(span),
            },
            BuiltInName::BandMax => match self.band.and_then(|band| band.max) {
                Some(amount) => (Origin::Derived, money(amount)),
                None => return self.no_band(span),
            },
            // Where the officer picks the amount inside the range, it is not known yet.
            BuiltInName::Fine => {
                self.fine_asked = true;
                (Origin::Derived, self.fine.and_then(Band::amount).map_or(Known::NotAsked, money))
            }
            BuiltInName::TotalFine | BuiltInName::TotalConfiscated => {
                (Origin::Derived, self.spread(name).and_then(Spread::amount).map_or(Known::NotAsked, money))
            }
            BuiltInName::ActBegan => (Origin::Given, date(self.act.began_on)),
            // An act that goes on has lasted until the decision.
            BuiltInName::ActEnded => (Origin::Given, date(self.act.ended_on.unwrap_or(self.case.decided_on))),
            BuiltInName::Discovered => match self.act.discovered_on {
                Some(day) => (Origin::Given, date(day)),
                None => {
                    self.discovery_asked = true;
                    (Origin::NotAsked, Known::NotAsked)
                }
            },
            BuiltInName::ThisClause => (Origin::Derived, Known::Value(Value::Provision(self.version.provisions))),
            BuiltInName::Decided => (Origin::Given, date(self.case.decided_on)),
            BuiltInName::PartyIsUnit => (Origin::Given, Known::from_bool(self.view.kind == PartyKind::Unit)),
            BuiltInName::PartyIsResponsible => {
                (Origin::Given, Known::from_bool(self.view.kind == PartyKind::Responsible))
            }
            BuiltInName::UnitPenalised => return self.unit_penalised(span),
            BuiltInName::CreditGrade => self.credit_grade(),
            BuiltInName::CreditPoints => (Origin::Derived, self.credit_points(span)),
            BuiltInName::ScoredOn => (Origin::Derived, self.scoring.scored_on.map_or(Known::Failed, date)),
        };
        self.input(Operand::BuiltIn(name), origin, span, known)
    }
}
