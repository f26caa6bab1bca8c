//! The facts of both sides as one space of cases. A fact is the same on both sides when it has the same name.
//!
//! Variables are numbered by their place here; their states are values of the old rules, or of the new ones where only
//! those have the fact.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{FactChange, FactDifference, Side, limit};
use crate::case::{Case, Knowledge, PartyKind};
use crate::diagnostic::Text;
use crate::program::{Fact, FactId, FactType, Program};
use crate::value::{EnumId, UnitId, Value};
use crate::verify::facts::{Facts, Slot};
use crate::verify::reading;
use crate::verify::space::{Beyond, Uses, Variable};
use crate::wire;

/// One fact, or the credit grade, of both sides.
struct Pairing {
    old: Option<Slot>,
    new: Option<Slot>,
    /// What each state of the variable is on the new side.
    translated: Vec<(Knowledge, Knowledge)>,
    presumed: bool,
}

/// The facts that either side reads.
pub(super) struct Shared {
    pub(super) variables: Vec<Variable>,
    pairings: Vec<Pairing>,
    limits: Vec<Text>,
}

/// How values of one program are said in another.
struct Translation {
    enums: BTreeMap<EnumId, (EnumId, Vec<Option<u16>>)>,
    units: BTreeMap<UnitId, UnitId>,
}

impl Translation {
    fn new(from: &Program, to: &Program) -> Self {
        let mut enums = BTreeMap::new();
        for (number, kind) in from.enums.iter().enumerate() {
            let other = to.enums.iter().position(|other| other.name == kind.name);
            let ids = u16::try_from(number).ok().zip(other.and_then(|other| u16::try_from(other).ok()));
            let (Some((own, other_id)), Some(other)) = (ids, other.and_then(|other| to.enums.get(other))) else {
                continue;
            };
            let member = |name: &Arc<str>| {
                other.members.iter().position(|(each, _)| each == name).and_then(|place| u16::try_from(place).ok())
            };
            let members = kind.members.iter().map(|(name, _)| member(name)).collect();
            enums.insert(EnumId(own), (EnumId(other_id), members));
        }
        let mut units = BTreeMap::new();
        for (number, unit) in from.units.iter().enumerate() {
            let other = to.units.iter().position(|other| other.name == unit.name);
            if let (Ok(own), Some(Ok(other))) = (u16::try_from(number), other.map(u16::try_from)) {
                let (own, other) = (UnitId(own), UnitId(other));
                // Values are in base units; what is reckoned in another one is another number.
                if unit.base == own && to.unit(other).is_some_and(|unit| unit.base == other) {
                    units.insert(own, other);
                }
            }
        }
        Translation { enums, units }
    }

    /// Whether values of one type are values of the other.
    fn matches(&self, from: &Program, own: FactType, other: FactType) -> bool {
        match (own, other) {
            (FactType::Enum(own), FactType::Enum(other)) => self.enums.get(&own).is_some_and(|(id, _)| *id == other),
            (FactType::Quantity(own), FactType::Quantity(_)) => {
                from.unit(own).is_some_and(|unit| self.units.contains_key(&unit.base))
            }
            (own, other) => own == other,
        }
    }

    fn value(&self, value: Value) -> Option<Value> {
        match value {
            Value::Member(kind, member) => {
                let (kind, members) = self.enums.get(&kind)?;
                Some(Value::Member(*kind, members.get(usize::from(member)).copied().flatten()?))
            }
            Value::Quantity(number, unit) => Some(Value::Quantity(number, *self.units.get(&unit)?)),
            Value::Text(_) | Value::Provision(_) => None,
            same => Some(same),
        }
    }

    fn knowledge(&self, knowledge: Knowledge) -> Option<Knowledge> {
        match knowledge {
            Knowledge::Value(value) => self.value(value).map(Knowledge::Value),
            Knowledge::Records(_) => None,
            same => Some(same),
        }
    }
}

impl Shared {
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let read = |side: &Side<'_>| reading::of(side.program, side.id, side.violation);
        let (uses_old, uses_new) = (read(old), read(new));
        let mut limits: Vec<Text> = Vec::new();
        let mut beyond: Vec<Beyond> = uses_old.beyond.iter().chain(&uses_new.beyond).copied().collect();
        beyond.sort();
        for text in beyond.into_iter().filter_map(limit) {
            if !limits.contains(&text) {
                limits.push(text);
            }
        }
        if [old, new].iter().any(|side| names_persons(side)) {
            limits.push(Text::new(
                "规则处罚单位的责任人员，没有逐一尝试",
                "the rules punish persons responsible in a unit, who are not tried",
            ));
        }
        let to_new = Translation::new(old.program, new.program);
        let to_old = Translation::new(new.program, old.program);
        let old_slot = |slot: Slot| counterpart(new.program, old.program, slot);
        let mut merged = Uses::default();
        merged.add(&uses_old);
        merged.add(&uses_new.translated(&old_slot, &|value| to_old.value(value)));
        let mut shared = Shared { variables: Vec::new(), pairings: Vec::new(), limits };
        for variable in merged.variables(old.program) {
            let other = counterpart(old.program, new.program, variable.slot);
            let allowed = |state: &Knowledge| match other.and_then(|slot| fact(new.program, slot)) {
                Some(fact) => allows(fact, *state),
                None => true,
            };
            let alike = match (fact(old.program, variable.slot), other.and_then(|slot| fact(new.program, slot))) {
                (Some(a), Some(b)) => to_new.matches(old.program, a.kind, b.kind),
                _ => true,
            };
            let both = |state: &Knowledge| match other {
                Some(_) if !alike => None,
                Some(_) => Some((*state, to_new.knowledge(*state).filter(allowed)?)),
                None => Some((*state, *state)),
            };
            let translated: Vec<(Knowledge, Knowledge)> = variable.states.iter().filter_map(both).collect();
            let presumed =
                is_presumed(old.program, variable.slot) || other.is_some_and(|slot| is_presumed(new.program, slot));
            shared.add(variable.exact, (Some(variable.slot), other), translated, presumed, old.program);
        }
        for variable in uses_new.variables(new.program) {
            if old_slot(variable.slot).is_none() {
                let translated = variable.states.iter().map(|state| (*state, *state)).collect();
                let presumed = is_presumed(new.program, variable.slot);
                shared.add(variable.exact, (None, Some(variable.slot)), translated, presumed, new.program);
            }
        }
        shared
    }

    fn add(
        &mut self,
        exact: bool,
        (old, new): (Option<Slot>, Option<Slot>),
        translated: Vec<(Knowledge, Knowledge)>,
        presumed: bool,
        named_in: &Program,
    ) {
        if translated.is_empty() {
            // Records are named as such; else the types have no value in common.
            let name = old.or(new).and_then(|slot| fact(named_in, slot)).filter(|fact| fact.kind != FactType::Records);
            self.limits.extend(name.map(|fact| {
                Text::new(
                    format!("{} 的值在两边不能对应", fact.name),
                    format!("no value of `{}` is one of both sides", fact.name),
                )
            }));
            return;
        }
        if !exact {
            let name = old.or(new).and_then(|slot| fact(named_in, slot)).map_or("", |fact| &fact.name);
            self.limits.push(Text::new(
                format!("{name} 参与计算，只试了若干值"),
                format!("`{name}` is reckoned with, and only some of its values are tried"),
            ));
        }
        let slot = Slot::Fact(FactId::new(self.variables.len()));
        let states = translated.iter().map(|(state, _)| *state).collect();
        self.variables.push(Variable { slot, states, exact });
        self.pairings.push(Pairing { old, new, translated, presumed });
    }

    /// Why not all cases are covered.
    pub(super) fn limits(&self) -> Vec<Text> {
        self.limits.clone()
    }

    fn pairing(&self, slot: Slot) -> Option<&Pairing> {
        match slot {
            Slot::Fact(fact) => self.pairings.get(fact.index()),
            Slot::Grade => None,
        }
    }

    pub(super) fn is_presumed(&self, slot: Slot) -> bool {
        self.pairing(slot).is_some_and(|pairing| pairing.presumed)
    }

    /// The variable of a slot of the old rules.
    pub(super) fn of_old(&self, slot: Slot) -> Option<Slot> {
        self.place(|pairing| pairing.old == Some(slot))
    }

    /// The variable of a slot of the new rules.
    pub(super) fn of_new(&self, slot: Slot) -> Option<Slot> {
        self.place(|pairing| pairing.new == Some(slot))
    }

    fn place(&self, fits: impl Fn(&Pairing) -> bool) -> Option<Slot> {
        self.pairings.iter().position(fits).map(|place| Slot::Fact(FactId::new(place)))
    }

    pub(super) fn all_given(&self, facts: &Facts) -> bool {
        self.variables.iter().all(|variable| facts.get(variable.slot).is_some())
    }

    /// Facts of one side as variables.
    pub(super) fn virtual_facts(&self, facts: &Facts, is_old: bool) -> Facts {
        let mut found = Facts::default();
        for (slot, knowledge) in facts.iter() {
            let place = if is_old { self.of_old(slot) } else { self.of_new(slot) };
            let Some((place, pairing)) = place.and_then(|place| Some((place, self.pairing(place)?))) else { continue };
            let state = pairing.translated.iter().find(|(old, new)| *(if is_old { old } else { new }) == knowledge);
            if let Some((state, _)) = state {
                found.set(place, *state);
            }
        }
        found
    }

    /// Gives the facts to both cases, in the slots and values of each.
    pub(super) fn give(&self, facts: &Facts, old: &mut Case, new: &mut Case) {
        let (mut for_old, mut for_new) = (Facts::default(), Facts::default());
        for (slot, knowledge) in facts.iter() {
            let Some(pairing) = self.pairing(slot) else { continue };
            if let Some(slot) = pairing.old {
                for_old.set(slot, knowledge);
            }
            let translated = pairing.translated.iter().find(|(state, _)| *state == knowledge);
            if let (Some(slot), Some((_, knowledge))) = (pairing.new, translated) {
                for_new.set(slot, *knowledge);
            }
        }
        for (case, facts) in [(old, for_old), (new, for_new)] {
            case.credit_grade = facts.get(Slot::Grade);
            for act in &mut case.acts {
                act.facts = facts
                    .iter()
                    .filter_map(|(slot, knowledge)| match slot {
                        Slot::Fact(fact) => Some((fact, knowledge)),
                        Slot::Grade => None,
                    })
                    .collect();
            }
        }
    }
}

fn fact(program: &Program, slot: Slot) -> Option<&Fact> {
    match slot {
        Slot::Fact(fact) => program.fact(fact),
        Slot::Grade => None,
    }
}

/// The same fact in the other program.
fn counterpart(from: &Program, to: &Program, slot: Slot) -> Option<Slot> {
    match slot {
        Slot::Grade => to.grades.map(|_| Slot::Grade),
        Slot::Fact(_) => to.facts.get_index_of(&fact(from, slot)?.name).map(|place| Slot::Fact(FactId::new(place))),
    }
}

fn is_presumed(program: &Program, slot: Slot) -> bool {
    fact(program, slot).is_some_and(Fact::is_ever_presumed)
}

fn allows(fact: &Fact, state: Knowledge) -> bool {
    match state {
        Knowledge::Value(value) => fact.bounds.as_ref().is_none_or(|bounds| bounds.contains(&value)),
        Knowledge::Absent => fact.may_be_absent,
        Knowledge::Unestablished | Knowledge::Records(_) => true,
    }
}

fn names_persons(side: &Side<'_>) -> bool {
    let targets = |version: &crate::program::ViolationVersion| {
        let tiers = version.tiers.iter().flat_map(|tier| &tier.targets);
        version.targets.iter().chain(tiers).any(|target| target.who.contains(PartyKind::Responsible))
    };
    side.violation.versions.iter().any(targets)
}

/// The facts that differ, in the order of names.
pub(super) fn facts(old: &Program, new: &Program) -> Vec<FactDifference> {
    let mut names: Vec<&Arc<str>> = old.facts.keys().chain(new.facts.keys()).collect();
    names.sort();
    names.dedup();
    let to_new = Translation::new(old, new);
    let change = |name: &Arc<str>| match (old.facts.get(name), new.facts.get(name)) {
        (Some(_), None) => Some(FactChange::OnlyInOld),
        (None, _) => Some(FactChange::OnlyInNew),
        (Some(a), Some(b)) if kind(old, a) != kind(new, b) => Some(FactChange::Type),
        (Some(a), Some(b)) => {
            let shown = |program: &Program, fact: &Fact| {
                let ends = fact.bounds.as_ref().map(|bounds| format!("{bounds:?}"));
                (ends, fact.may_be_absent, program.facts.get_index_of(&fact.name).map(FactId::new))
            };
            let ((bounds_a, absent_a, id_a), (bounds_b, absent_b, id_b)) = (shown(old, a), shown(new, b));
            let said = |program: &Program, fact: &Fact, id| {
                let ends = fact.bounds.iter().flat_map(crate::verify::stretches::ends);
                ends.map(|end| wire::case::shown(program, id, end)).collect::<Vec<_>>()
            };
            // Ids of members and units may differ where the values they name do not.
            let same_ids =
                a.bounds.iter().flat_map(crate::verify::stretches::ends).all(|end| to_new.value(end) == Some(end));
            let same_bounds = if same_ids { bounds_a == bounds_b } else { said(old, a, id_a) == said(new, b, id_b) };
            (!same_bounds || absent_a != absent_b).then_some(FactChange::Values)
        }
    };
    names
        .into_iter()
        .filter_map(|name| change(name).map(|change| FactDifference { name: Arc::clone(name), change }))
        .collect()
}

/// The type of a fact in words that do not depend on the program.
fn kind(program: &Program, fact: &Fact) -> Vec<String> {
    let mut words = vec![kind_of(program, fact.kind)];
    words.extend(fact.fields.iter().map(|field| format!("{} {}", field.name, kind_of(program, field.kind))));
    words
}

fn kind_of(program: &Program, kind: FactType) -> String {
    match kind {
        FactType::Enum(id) => {
            let Some(kind) = program.enumeration(id) else { return String::new() };
            let members: Vec<&str> = kind.members.iter().map(|(name, _)| &**name).collect();
            format!("{} {} {}", kind.name, kind.ordered, members.join(" "))
        }
        FactType::Quantity(id) => {
            let Some(unit) = program.unit(id) else { return String::new() };
            let base = program.unit(unit.base).map_or("", |base| &*base.name);
            format!("{} {} {base}", unit.name, unit.factor)
        }
        other => format!("{other:?}"),
    }
}
