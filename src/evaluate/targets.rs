//! Who is judged for an act, and what the law threatens each of them with.
//!
//! The party of the case comes first, then its responsible persons, then every other party with its own. A responsible person
//! answers for what the unit did: whether there is a violation, and which tier, is judged by the facts of the unit; all else
//! by the facts of the person.

use std::sync::Arc;

use super::{
    Asked, Candidate, CandidateResult, Determination, Explanation, Matter, MeasureResult, OfficerOption, Outcome,
    determine,
};
use crate::case::{Act, Case, Person};
use crate::program::{PartyKind, Program, Target, Tier};
use crate::resolved::{BuiltInName, MeasureClass};
use crate::source::Span;
use crate::trail::{Extent, Operand, Origin, Problem, StepKind, Truth, Verdict};
use crate::value::Value;

use super::knowledge::Known;
use super::statutory::Found;
use super::sums::Sums;

/// The determinations of one act, one for everyone judged.
pub(super) fn judge(
    program: &Program,
    case: &Case,
    act: &Act,
    sums: &[Sums],
    explanation: Explanation,
) -> Vec<Determination> {
    let others = act.persons.iter().filter(|person| person.kind != PartyKind::Responsible);
    let among_several = case.acts.iter().filter(|each| each.id == act.id).count() > 1;
    let mut determinations = Vec::new();
    for actor in std::iter::once(case.party_for(act)).chain(others.map(Person::judged)) {
        let responsible = |person: &&Person| {
            person.kind == PartyKind::Responsible && person.of.as_ref() == actor.id && actor.kind == PartyKind::Unit
        };
        let persons_named = act.persons.iter().any(|person| responsible(&person));
        let matter = Matter {
            case,
            act,
            judged: actor,
            actor,
            unit: None,
            unit_at_decision: None,
            among_several,
            persons_named,
            sums,
        };
        let own = determine(program, matter, explanation);
        let persons: Vec<Determination> = act
            .persons
            .iter()
            .filter(responsible)
            .map(|person| {
                let unit_at_decision = own.other.as_ref().filter(|_| own.after_concurrence);
                Matter { judged: person.judged(), unit: Some(&own.result), unit_at_decision, ..matter }
            })
            .map(|matter| determine(program, matter, explanation))
            .collect();
        determinations.push(own);
        determinations.extend(persons);
    }
    determinations
}

/// The matter of a determination again, with what its unit came to.
pub(super) fn matter<'a>(
    case: &'a Case,
    determination: &Determination,
    unit: Option<&'a CandidateResult>,
    sums: &'a [Sums],
) -> Option<Matter<'a>> {
    let same_act = |act: &&Act| act.id == determination.act && act.violation_id == determination.violation;
    let act = case.acts.iter().find(same_act)?;
    let of_case = case.party_for(act);
    let named = |id: Option<&Arc<str>>| match id {
        None => Some(of_case),
        Some(id) => act.persons.iter().map(Person::judged).find(|judged| judged.id == Some(id)),
    };
    let judged = named(determination.target.id.as_ref())?;
    let is_responsible = judged.kind == PartyKind::Responsible;
    let actor = if is_responsible { named(judged.of)? } else { judged };
    let persons_named = act.persons.iter().any(|person| {
        person.kind == PartyKind::Responsible && person.of.as_ref() == actor.id && actor.kind == PartyKind::Unit
    });
    let unit = unit.filter(|_| is_responsible);
    Some(Matter { case, act, judged, actor, unit, unit_at_decision: None, among_several: true, persons_named, sums })
}

impl<'a> Candidate<'a> {
    fn kind(&self) -> PartyKind {
        self.matter.judged.kind
    }

    /// Whether whoever is judged did the act, and does not only answer for it.
    pub(super) fn is_actor(&self) -> bool {
        self.kind() != PartyKind::Responsible
    }

    /// Works something out by the facts of whoever did the act.
    pub(super) fn by_actor<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        if self.is_actor() {
            return work(self);
        }
        // A definition may come out otherwise by other facts.
        let own = std::mem::take(&mut self.defines);
        let view = std::mem::replace(&mut self.view, self.matter.actor);
        let result = work(self);
        self.view = view;
        self.defines = own;
        result
    }

    fn all_targets(&self) -> impl Iterator<Item = &'a Target> + use<'a> {
        let version = self.version;
        version.targets.iter().chain(version.tiers.iter().flat_map(|tier| &tier.targets))
    }

    /// Whether a tier brings anything for whoever is judged.
    pub(super) fn concerns(&self, tier: &Tier) -> bool {
        let kind = self.kind();
        // A tier that brings nothing at all concerns everybody who did the act: its condition is shown.
        let empty = tier.fine.is_none() && tier.measures.is_empty() && tier.targets.is_empty();
        tier.targets.iter().any(|target| target.who.contains(kind))
            || (self.is_actor() && (tier.fine.is_some() || !tier.measures.is_empty() || empty))
    }

    /// Whether a tier may name persons who have to be examined.
    pub(super) fn may_name_persons(&self, targets: &[Target]) -> bool {
        self.kind() == PartyKind::Unit
            && !self.matter.persons_named
            && targets.iter().any(|target| target.who.contains(PartyKind::Responsible))
    }

    /// Whether anything in the version can reach this party.
    pub(super) fn may_reach(&self) -> bool {
        let kind = self.kind();
        let for_everybody = || {
            let version = self.version;
            version.fine.is_some()
                || !version.measures.is_empty()
                || version.tiers.iter().any(|tier| tier.fine.is_some() || !tier.measures.is_empty())
                || self.all_targets().next().is_none()
        };
        self.all_targets().any(|target| target.who.contains(kind)) || (self.is_actor() && for_everybody())
    }

    /// Whether what applies reaches this party, or may do so.
    pub(super) fn reached(&self) -> bool {
        let version = self.version;
        let for_everybody = || {
            version.fine.is_some()
                || !version.measures.is_empty()
                || self.all_targets().next().is_none()
                || version
                    .tiers
                    .iter()
                    .any(|tier| self.tiers.contains(&tier.rule) && (tier.fine.is_some() || !tier.measures.is_empty()))
        };
        self.open || !self.targets.is_empty() || (self.is_actor() && for_everybody())
    }

    /// Nothing that applies reaches this party: what was asked since its act was established does not matter.
    pub(super) fn not_punishable(mut self, after_elements: Asked) -> CandidateResult {
        // Whether its act is referred is a matter of its own.
        if !self.referral_open {
            self.forget(after_elements);
        }
        self.open = self.referral_open;
        self.options.clear();
        self.measures.clear();
        if self.referred.is_empty() && !self.referral_open {
            self.presumed.clear();
        }
        let violation = self.version.rule;
        self.decided_by.retain(|rule| *rule == violation);
        self.recorder.step(StepKind::NotPunishable, self.version_span(), Some(violation), None);
        self.finish(Outcome::NotPunishable, None)
    }

    /// Notes the persons the law punishes beside a unit, when the case names none.
    pub(super) fn name_persons(&mut self, targets: &[Target]) {
        if !self.may_name_persons(targets) {
            return;
        }
        for target in targets.iter().filter(|target| target.who.contains(PartyKind::Responsible)) {
            let span = self.program.rule(target.rule).map_or(Span::NOWHERE, |rule| rule.span);
            self.recorder.step(StepKind::PersonsToExamine, span, Some(target.rule), None);
            self.rests_on(target.rule);
            self.persons_to_examine.push(target.rule);
        }
    }

    /// The blocks for this kind of party: those that apply, with the range each threatens. Whether one of them has a fine.
    pub(super) fn own_blocks(&mut self, targets: &'a [Target], found: &mut Vec<Found<'a>>) -> bool {
        let kind = self.kind();
        let mut any = false;
        for target in targets {
            let span = self.program.rule(target.rule).map_or(Span::NOWHERE, |rule| rule.span);
            if !target.who.contains(kind) {
                continue;
            }
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(target.rule));
            let truth = self.condition(&target.condition);
            let mut range = None;
            if truth == Truth::True {
                self.rests_on(target.rule);
                self.targets.push(target.rule);
                self.decided_by.insert(0, target.rule);
                if let Some(fine) = &target.fine {
                    any = true;
                    range = self.fine_range(fine).flatten();
                    found.extend(range.map(|range| (target.rule, fine, range)));
                }
            }
            let verdict = match truth {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown => {
                    self.open = true;
                    Verdict::Unknown
                }
            };
            self.recorder.close(open, StepKind::Rule(verdict), range.map(Value::Range));
        }
        any
    }

    /// Whether the unit a responsible person answers for is penalised.
    pub(super) fn unit_penalised(&mut self, span: Span) -> Known {
        let operand = Operand::BuiltIn(BuiltInName::UnitPenalised);
        let penalised = self.matter.unit.map_or(Truth::Unknown, |unit| is_penalised(self.program, unit));
        match penalised {
            Truth::True | Truth::False => {
                self.input(operand, Origin::Derived, span, Known::from_bool(penalised == Truth::True))
            }
            Truth::Unknown => {
                self.input(operand, Origin::Derived, span, Known::Failed);
                self.fail(Problem::UnitNotSettled, span)
            }
        }
    }
}

/// Whether a result is a penalty (行政处罚法 Art. 9). What is left to the officer leaves it open.
fn is_penalised(program: &Program, result: &CandidateResult) -> Truth {
    match result.outcome {
        Outcome::Fine => Truth::True,
        Outcome::NotEstablished
        | Outcome::NoLongerUnlawful
        | Outcome::NotPunishable
        | Outcome::NoPenalty
        | Outcome::Barred => Truth::False,
        Outcome::OrderOnly => {
            let certain = result.measures.iter().map(|measure| is_penalty(program, measure));
            let one_of = |measures: &[MeasureResult]| {
                let mut each = measures.iter().map(|measure| is_penalty(program, measure));
                let first = each.next().unwrap_or(Truth::False);
                if each.all(|truth| truth == first) { first } else { Truth::Unknown }
            };
            let choices = result.options.iter().map(|option| match option {
                OfficerOption::OneOf(measures) => one_of(measures),
                // None of them need be taken.
                OfficerOption::Measures(measures) if one_of(measures) != Truth::False => Truth::Unknown,
                _ => Truth::False,
            });
            certain.chain(choices).fold(Truth::False, Truth::or)
        }
        Outcome::Referred | Outcome::Choice | Outcome::Undetermined => Truth::Unknown,
    }
}

/// Whether a measure is a penalty; one that takes nothing is none.
fn is_penalty(program: &Program, measure: &MeasureResult) -> Truth {
    let class = program.measure(measure.rule).map(|declared| declared.kind.class());
    match measure.extent {
        _ if class != Some(MeasureClass::Penalty) => Truth::False,
        Some(Extent::Nothing) => Truth::False,
        Some(Extent::Open | Extent::Unestablished) => Truth::Unknown,
        _ => Truth::True,
    }
}
