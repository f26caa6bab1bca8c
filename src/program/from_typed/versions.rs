//! Facts, and the versions of what rules use by name: facts, definitions, tables, measures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::program::{DefineId, Fact, FactField, FactId, FactType, InForce, Rule, RuleKind, TableId, Titles, Versions};
use crate::resolved::{self, FactKind, Head};
use crate::source::Span;
use crate::typed::{ExprKind, Typed};

use super::{Compiler, enum_id, unit_id};

/// Names of one kind that are declared more than once.
#[derive(Default)]
pub(super) struct Repeated {
    names: BTreeSet<Arc<str>>,
}

impl Repeated {
    pub(super) fn among<'a>(heads: impl Iterator<Item = &'a Head>) -> Self {
        let mut seen = BTreeSet::new();
        let names = heads.map(|head| &head.name.text).filter(|name| !seen.insert(*name)).map(Arc::clone).collect();
        Repeated { names }
    }

    /// When a declaration holds. One that stands alone holds always unless it says otherwise: what it is based on tells
    /// where it comes from. Of several, each holds in its own interval or in that of the instrument it cites.
    pub(super) fn interval(&self, head: &Head) -> Option<InForce> {
        head.in_force.filter(|_| head.own_interval || self.names.contains(&head.name.text))
    }
}

impl Compiler<'_> {
    pub(super) fn fact(&mut self, fact: resolved::Fact<Typed>, repeated: &Repeated) {
        let head = fact.head;
        let kind = Self::fact_type(&fact.kind);
        let fields = match fact.kind {
            FactKind::List(fields) => fields
                .into_iter()
                .map(|field| FactField {
                    kind: Self::fact_type(&field.kind),
                    name: field.name,
                    label: field.label.into(),
                })
                .collect(),
            _ => Vec::new(),
        };
        let interval = repeated.interval(&head);
        let presumption = fact.presumption.and_then(|(value, basis)| match value.kind {
            ExprKind::Constant(constant) => {
                let rule = self.add(Rule {
                    kind: RuleKind::Presumption,
                    name: Arc::clone(&head.name.text),
                    label: head.label.clone().into(),
                    basis,
                    breaches: Vec::new(),
                    status: head.status,
                    note: None,
                    in_force: interval,
                    parent: None,
                    span: value.span,
                });
                Some((constant, rule))
            }
            _ => None,
        });
        let place = head.name.span;
        let fact = Fact {
            name: head.name.text,
            label: head.label.into(),
            kind,
            fields,
            bounds: fact.bounds,
            question: fact.question.map(Titles::from),
            evidence: fact.evidence.map(Titles::from),
            presumptions: Versions::default(),
            may_be_absent: fact.may_be_absent,
            known_after_decision: fact.known_after_decision,
            span: head.span,
        };
        match self.fact_slots.get(&fact.name) {
            None => {
                self.fact_slots.insert(Arc::clone(&fact.name), (interval, place));
                self.program.facts.insert(Arc::clone(&fact.name), fact.clone());
            }
            Some((known, first)) => self.later_fact(&fact, interval, place, (*known, *first)),
        }
        if let Some((index, _, slot)) = self.program.facts.get_full_mut(&fact.name) {
            slot.presumptions.add(interval, presumption);
            self.fact_ids.push(FactId::new(index));
        }
    }

    /// The fact declared at a place in the table of facts.
    pub(super) fn fact_id(&self, index: usize) -> FactId {
        self.fact_ids.get(index).copied().unwrap_or_else(|| FactId::new(index))
    }

    /// Another version of a fact: what is asked, and how it is called, is that of the latest one.
    fn later_fact(&mut self, fact: &Fact, interval: Option<InForce>, place: Span, known: (Option<InForce>, Span)) {
        let Some(slot) = self.program.facts.get_mut(&fact.name) else { return };
        let differ = slot.bounds != fact.bounds
            || slot.may_be_absent != fact.may_be_absent
            || slot.known_after_decision != fact.known_after_decision;
        if differ {
            let name = &fact.name;
            self.errors.push(
                Diagnostic::new(
                    Code::VersionsDiffer,
                    place,
                    format!("“{name}”的两个版本范围不同，或者只有一个可以没有、只有一个决定后知悉"),
                    format!("two versions of `{name}` have different bounds, or only one may be absent or is known after the decision"),
                )
                .label(known.1, "另一个版本", "another version")
                .why(
                    "案件给出事实的值时，不知道会用哪一天的规则",
                    "when a case gives the value of a fact, it is not known yet of which day the rules will be",
                )
                .help("各个版本写得一样", "write the same in all versions"),
            );
        }
        let from = |interval: Option<InForce>| interval.map(|each| each.from);
        if from(interval) > from(known.0) {
            *slot = Fact { presumptions: slot.presumptions.clone(), ..fact.clone() };
            self.fact_slots.insert(Arc::clone(&fact.name), (interval, place));
        }
    }

    fn fact_type(kind: &FactKind) -> FactType {
        match kind {
            FactKind::Bool | FactKind::Unknown => FactType::Bool,
            FactKind::Integer => FactType::Integer,
            FactKind::Decimal => FactType::Decimal,
            FactKind::Percent => FactType::Percent,
            FactKind::Money => FactType::Money,
            FactKind::Date => FactType::Date,
            FactKind::Duration(unit) => FactType::Duration(*unit),
            FactKind::Quantity(unit) => FactType::Quantity(unit_id(*unit)),
            FactKind::Enum(index) => FactType::Enum(enum_id(*index)),
            FactKind::Text => FactType::Text,
            FactKind::Provision => FactType::Provision,
            FactKind::List(_) => FactType::Records,
        }
    }

    /// Notes at the first table of each name which ones there are.
    pub(super) fn table_versions(&mut self, tables: &[resolved::Table<Typed>]) {
        let repeated = Repeated::among(tables.iter().map(|table| &table.head));
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            let first = *first.entry(&table.head.name.text).or_insert(number);
            let id = TableId(u32::try_from(number).unwrap_or(u32::MAX));
            if let Some(slot) = self.program.tables.get_mut(first) {
                slot.versions.add(repeated.interval(&table.head), id);
            }
        }
    }

    /// Notes at the first definition of each name which ones there are.
    pub(super) fn define_versions(&mut self, defines: &[resolved::Define<Typed>]) {
        let repeated = Repeated::among(defines.iter().map(|define| &define.head));
        let mut first: BTreeMap<&str, DefineId> = BTreeMap::new();
        for (index, define) in defines.iter().enumerate() {
            let Some(id) = self.define_ids.get(index).copied() else { continue };
            let first = *first.entry(&define.head.name.text).or_insert(id);
            if let Some(slot) = self.program.defines.get_mut(first.index()) {
                slot.versions.add(repeated.interval(&define.head), id);
            }
        }
    }

    pub(super) fn measure_versions(&mut self, measure: &resolved::Measure<Typed>, repeated: &Repeated) {
        let rule = self.rule(RuleKind::Measure, &measure.head, None);
        self.measures.push(rule);
        let name = Arc::clone(&measure.head.name.text);
        let first = *self.first_measures.entry(name).or_insert(rule);
        self.program.measure_versions.entry(first).or_default().add(repeated.interval(&measure.head), rule);
    }

    pub(super) fn note_what_depends_on_the_day(&mut self) {
        let program = &mut self.program;
        program.depends_on_the_day = program.facts.values().any(|fact| fact.presumptions.depend_on_the_day())
            || program.defines.iter().any(|define| define.versions.depend_on_the_day())
            || program.tables.iter().any(|table| table.versions.depend_on_the_day())
            || program.measure_versions.values().any(Versions::depend_on_the_day);
    }
}
