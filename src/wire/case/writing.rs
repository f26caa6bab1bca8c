//! Cases written as TOML, so that what a program made can be read, kept and evaluated again.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::case::{Act, Case, Knowledge, PartyKind};
use crate::program::{FactId, FactType, Program};
use crate::value::{AmountRange, DurationUnit, Number, Value};

/// A case without persons, records and enforcement as the text of a file that reads back as the same case.
pub(crate) fn to_toml(program: &Program, case: &Case) -> String {
    let party = PartyFile {
        kind: match case.party {
            PartyKind::Individual => "individual",
            // A responsible person is never the party of a case.
            PartyKind::Unit | PartyKind::Responsible => "unit",
        },
        credit_grade: case.credit_grade.and_then(|grade| state(program, None, grade)),
    };
    let mut acts: Vec<ActFile<'_>> = Vec::new();
    for act in &case.acts {
        match acts.last_mut().filter(|last| *last.id == *act.id) {
            // One act under several violations.
            Some(last) => last.violations.push(&act.violation_id),
            None => acts.push(act_file(program, act)),
        }
    }
    let file = CaseFile {
        id: &case.id,
        decided_on: case.decided_on.to_string(),
        area: (case.area != program.area).then_some(&*case.area),
        party,
        acts,
    };
    // Only values that TOML cannot hold fail, and there is none among texts and truth values.
    toml::to_string(&file).unwrap_or_default()
}

/// A value as a case writes it, in the unit of the fact where it has one.
pub(crate) fn shown(program: &Program, fact: Option<FactId>, value: Value) -> String {
    match written(program, fact, value) {
        Written::Truth(truth) => truth.to_string(),
        Written::Text(text) => text,
        Written::Unestablished => String::new(),
    }
}

fn act_file<'a>(program: &'a Program, act: &'a Act) -> ActFile<'a> {
    let facts = act.facts.iter().filter_map(|(id, knowledge)| {
        let fact = program.fact(*id)?;
        Some((&*fact.name, state(program, Some(*id), *knowledge)?))
    });
    ActFile {
        id: &act.id,
        began_on: act.began_on.to_string(),
        ended_on: act.ended_on.map(|day| day.to_string()),
        continuing: act.ended_on.is_none().then_some(true),
        discovered_on: act.discovered_on.map(|day| day.to_string()),
        violations: vec![&act.violation_id],
        facts: Facts(facts.collect()),
    }
}

/// A value in the form a case takes.
enum Written {
    Truth(bool),
    Text(String),
    Unestablished,
}

fn state(program: &Program, fact: Option<FactId>, knowledge: Knowledge) -> Option<Written> {
    match knowledge {
        Knowledge::Value(value) => Some(written(program, fact, value)),
        Knowledge::Unestablished => Some(Written::Unestablished),
        Knowledge::Absent => Some(Written::Text("none".to_owned())),
        Knowledge::Records(_) => None,
    }
}

fn written(program: &Program, fact: Option<FactId>, value: Value) -> Written {
    let unit = fact.and_then(|fact| program.fact(fact)).and_then(|fact| match fact.kind {
        FactType::Quantity(unit) => program.unit(unit),
        _ => None,
    });
    Written::Text(match value {
        Value::Bool(truth) => return Written::Truth(truth),
        Value::Number(number) => number.to_string(),
        Value::Percent(ratio) => ratio.percent(),
        Value::Money(amount) => format!("{} {amount}", program.currency),
        Value::Quantity(amount, base) => {
            // In the fact's own unit where that divides exactly, else in the base unit.
            let own = unit.and_then(|unit| Some((amount.divide(unit.factor)?, &unit.name)));
            match own {
                Some((amount, name)) => format!("{amount} {name}"),
                None => format!("{amount} {}", program.unit(base).map_or("", |unit| &unit.name)),
            }
        }
        Value::Date(date) => date.to_string(),
        Value::Duration(duration) => {
            let unit = match duration.unit {
                DurationUnit::Days => "days",
                DurationUnit::Workdays => "workdays",
                DurationUnit::Months => "months",
            };
            format!("{} {unit}", duration.amount)
        }
        Value::Member(kind, member) => program
            .enumeration(kind)
            .and_then(|kind| kind.members.get(usize::from(member)))
            .map_or_else(String::new, |(name, _)| name.to_string()),
        // No fact takes these.
        Value::Range(range) | Value::PercentRange(range) | Value::NumberRange(range) => range_text(range),
        Value::Text(_) | Value::Provision(_) => String::new(),
    })
}

fn range_text(range: AmountRange) -> String {
    let end = |end: Option<Number>| end.map_or_else(String::new, |end| end.to_string());
    format!("{}..{}", end(range.min), end(range.max))
}

#[derive(Serialize)]
struct CaseFile<'a> {
    id: &'a str,
    decided_on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    party: PartyFile,
    acts: Vec<ActFile<'a>>,
}

#[derive(Serialize)]
struct PartyFile {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_grade: Option<Written>,
}

#[derive(Serialize)]
struct ActFile<'a> {
    id: &'a str,
    began_on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuing: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discovered_on: Option<String>,
    violations: Vec<&'a str>,
    facts: Facts<'a>,
}

/// Facts in the order of slots.
struct Facts<'a>(Vec<(&'a str, Written)>);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Written::Truth(truth) => serializer.serialize_bool(*truth),
            Written::Text(text) => serializer.serialize_str(text),
            Written::Unestablished => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("unestablished", &true)?;
                map.end()
            }
        }
    }
}
