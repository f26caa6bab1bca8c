//! Names that no rule uses. A pack that imports this one may use them, so they are only noted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::is_own;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{
    EventSource, FactId, FactType, FineAmount, FineRule, MeasureGroup, Node, Program, RuleId, Target,
};
use crate::source::Span;
use crate::value::{EnumId, UnitId, Value};
use crate::verify::Finding;

/// What rules use, whatever pack they stand in.
#[derive(Default)]
struct Used {
    facts: BTreeSet<FactId>,
    defines: BTreeSet<Arc<str>>,
    tables: BTreeSet<Arc<str>>,
    measures: BTreeSet<Arc<str>>,
    types: BTreeSet<EnumId>,
    /// The base units of what is measured: a case may give a value in any unit of the same dimension.
    dimensions: BTreeSet<UnitId>,
}

pub(super) fn check(program: &Program, findings: &mut Vec<Finding>) {
    let used = Used::of(program);
    let mut reported: BTreeSet<(&str, Arc<str>)> = BTreeSet::new();
    let mut report = |kind: (&'static str, &'static str), name: &Arc<str>, span: Span| {
        if is_own(program, span) && reported.insert((kind.1, Arc::clone(name))) {
            findings.push(finding(kind, name, span));
        }
    };
    for (number, (name, fact)) in program.facts.iter().enumerate() {
        if !used.facts.contains(&FactId::new(number)) {
            report(("事实", "fact"), name, fact.span);
        }
    }
    let place = |rule: RuleId| program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span);
    for define in program.defines.iter().filter(|define| !used.defines.contains(&define.name)) {
        report(("定义", "definition"), &define.name, place(define.rule));
    }
    for rule in program.tables.iter().filter_map(|table| program.rule(table.rule)) {
        if !used.tables.contains(&rule.name) {
            report(("表", "table"), &rule.name, rule.span);
        }
    }
    for measure in &program.measures {
        let Some(rule) = program.rule(measure.rule) else { continue };
        if measure.due.is_none() && !used.measures.contains(&rule.name) {
            report(("措施", "measure"), &rule.name, rule.span);
        }
    }
    for (number, kind) in program.enums.iter().enumerate() {
        if !u16::try_from(number).is_ok_and(|number| used.types.contains(&EnumId(number))) {
            report(("类型", "type"), &kind.name, kind.span);
        }
    }
    for unit in program.units.iter().filter(|unit| !used.dimensions.contains(&unit.base)) {
        report(("单位", "unit"), &unit.name, unit.span);
    }
}

fn finding(kind: (&str, &str), name: &str, span: Span) -> Finding {
    Finding::of(
        Diagnostic::new(
            Code::NameUnused,
            span,
            format!("没有规则用到{}“{name}”", kind.0),
            format!("no rule uses the {} `{name}`", kind.1),
        )
        .why("引用这个规则包的其他规则包可能用到它", "a pack that imports this one may use it")
        .help("确实无用的，删去它", "remove it when nothing needs it"),
    )
}

impl Used {
    fn of(program: &Program) -> Used {
        let mut used = Used::default();
        for node in &program.nodes {
            used.node(program, node);
        }
        for fact in program.facts.values() {
            used.kind(program, fact.kind);
            fact.fields.iter().for_each(|field| used.kind(program, field.kind));
        }
        used.types.extend(program.grades);
        for credit in &program.credit {
            let events =
                credit.grading.iter().filter_map(|grading| grading.points.as_ref()).flat_map(|each| &each.events);
            for event in events {
                if let EventSource::Records(records) = &event.source {
                    used.facts.insert(records.list);
                }
            }
            credit.tiers.iter().for_each(|tier| used.groups(program, &tier.measures));
        }
        for measure in &program.measures {
            used.measure(program, measure.declared.otherwise);
        }
        for violation in program.violations.values() {
            for version in &violation.versions {
                used.groups(program, &version.measures);
                version.fine.iter().for_each(|fine| used.fine(program, fine));
                version.targets.iter().for_each(|target| used.target(program, target));
                for tier in &version.tiers {
                    used.groups(program, &tier.measures);
                    tier.fine.iter().for_each(|fine| used.fine(program, fine));
                    tier.targets.iter().for_each(|target| used.target(program, target));
                }
            }
            for item in violation.lists.iter().flat_map(|list| list.items.iter()) {
                used.groups(program, &item.measures);
            }
        }
        used
    }

    fn node(&mut self, program: &Program, node: &Node) {
        match node {
            Node::Fact(fact, _) | Node::Absent(fact, _) | Node::Established(fact, _) => {
                self.facts.insert(*fact);
            }
            Node::Aggregate(aggregate) => {
                self.facts.insert(aggregate.list);
            }
            Node::Define(define, _) => self.defines.extend(program.define(*define).map(|each| Arc::clone(&each.name))),
            Node::Table(table, _) => {
                let rule = program.table(*table).and_then(|table| program.rule(table.rule));
                self.tables.extend(rule.map(|rule| Arc::clone(&rule.name)));
            }
            Node::Imposes(rule, _) => self.measure(program, Some(*rule)),
            Node::Constant(Value::Member(kind, _)) => {
                self.types.insert(*kind);
            }
            Node::Constant(Value::Quantity(_, unit)) => self.unit(program, *unit),
            _ => {}
        }
    }

    fn kind(&mut self, program: &Program, kind: FactType) {
        match kind {
            FactType::Enum(kind) => {
                self.types.insert(kind);
            }
            FactType::Quantity(unit) => self.unit(program, unit),
            _ => {}
        }
    }

    fn unit(&mut self, program: &Program, unit: UnitId) {
        self.dimensions.extend(program.unit(unit).map(|unit| unit.base));
    }

    fn measure(&mut self, program: &Program, rule: Option<RuleId>) {
        self.measures.extend(rule.and_then(|rule| program.rule(rule)).map(|rule| Arc::clone(&rule.name)));
    }

    fn groups(&mut self, program: &Program, groups: &[MeasureGroup]) {
        for each in groups.iter().flat_map(|group| &group.measures) {
            self.measure(program, Some(each.rule));
            self.measure(program, each.otherwise);
        }
    }

    fn fine(&mut self, program: &Program, fine: &FineRule) {
        self.groups(program, &fine.among);
        for branch in &fine.branches {
            if let FineAmount::Each(_, _, Some(unit)) = &branch.amount {
                self.unit(program, *unit);
            }
        }
    }

    fn target(&mut self, program: &Program, target: &Target) {
        self.groups(program, &target.measures);
        target.fine.iter().for_each(|fine| self.fine(program, fine));
    }
}
