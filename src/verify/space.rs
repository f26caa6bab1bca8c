//! The space of cases: for each fact some rules read, the states that the rules can tell apart.
//!
//! Rules compare facts with constants. Between two neighbouring constants nothing changes, so one value from each stretch,
//! and each constant itself, stand for all values of the fact. Where a fact is used in any other way, such as in a sum, the
//! values are only samples, and the variable says so.

use std::collections::BTreeMap;

use super::facts::Slot;
pub(super) use super::variable::Variable;
use super::variable::{Use, cuts};
use crate::program::{
    BenchmarkStep, BenchmarkVersion, Condition, Cut, Expression, FactId, FactType, FactorKind, FactorProgram,
    FineAmount, FineCase, FineRule, Node, NodeId, Program, RuleId, TableProgram, Target, ViolationVersion,
    WeightsProgram,
};
use crate::resolved::BuiltInName;
use crate::syntax::{Comparison, Ends};
use crate::value::Value;

/// Something rules read besides facts, which the space of cases does not cover.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Beyond {
    /// Records of a fact.
    Records(FactId),
    /// The days of act, discovery and decision, or a calendar.
    Days,
    /// Credit points.
    Points,
    /// What the case comes to: the fine, a measure, a referral, the penalty of the unit.
    Result,
}

/// What some rules read, and what it is compared with.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    slots: BTreeMap<Slot, Use>,
    /// What is read besides facts.
    pub(super) beyond: Vec<Beyond>,
    /// The rules of definitions and tables that are used.
    pub(super) named: Vec<RuleId>,
    /// What kind of party it is is read.
    pub(super) party: bool,
    /// The statutory range is read.
    pub(super) range: bool,
    /// The steps of the benchmark that are read, by number.
    pub(super) steps: Vec<u16>,
}

impl Uses {
    /// Adds what a condition reads.
    pub(super) fn condition(&mut self, program: &Program, condition: &Condition) {
        for element in &condition.elements {
            self.expression(program, *element);
        }
    }

    /// Adds what an expression reads.
    pub(super) fn expression(&mut self, program: &Program, expression: Expression) {
        self.node(program, expression.root);
    }

    /// Adds what decides whether there is a violation, and how its fine is threatened.
    pub(super) fn threat(&mut self, program: &Program, version: &ViolationVersion) {
        self.condition(program, &version.elements);
        let tiers = version.tiers.iter();
        let fines = version.fine.iter().chain(tiers.clone().filter_map(|tier| tier.fine.as_ref()));
        for fine in fines {
            self.fine(program, fine);
        }
        for tier in tiers.clone() {
            self.condition(program, &tier.condition);
            if let Some(day) = tier.occurs_on {
                self.expression(program, day);
            }
        }
        let targets = version.targets.iter().chain(tiers.flat_map(|tier| &tier.targets));
        for Target { condition, fine, .. } in targets {
            self.condition(program, condition);
            if let Some(fine) = fine {
                self.fine(program, fine);
            }
        }
    }

    /// Adds what the range of a fine is worked out from.
    pub(super) fn fine(&mut self, program: &Program, fine: &FineRule) {
        if let Some(base) = fine.base {
            let cases = fine.branches.iter().filter_map(|branch| branch.case.as_ref());
            self.key(program, base, cases.filter_map(|case| case.values.as_ref()).flat_map(cuts));
            let portion = fine.branches.iter().any(|branch| matches!(branch.amount, FineAmount::Portion(_)));
            let slot = plain_fact(program, base.root).map(Slot::Fact);
            if let Some(used) = slot.and_then(|slot| self.slots.get_mut(&slot)) {
                used.inexact |= portion;
                used.as_it_is |= portion;
                let unestablished = |case: &FineCase| case.unestablished;
                used.establishing |= fine.branches.iter().any(|branch| branch.case.as_ref().is_some_and(unestablished));
            }
        }
        if let Some(deemed) = &fine.deemed {
            self.expression(program, deemed.amount);
        }
        for branch in &fine.branches {
            match &branch.amount {
                FineAmount::Nothing | FineAmount::Elsewhere(_) => {}
                FineAmount::Plain(ends) | FineAmount::Portion(ends) => self.ends(program, ends),
                FineAmount::Range(range) => self.expression(program, *range),
                FineAmount::Each(ends, count, _) => {
                    self.ends(program, ends);
                    self.node(program, count.root);
                }
            }
        }
        if let Some(cap) = fine.cap {
            self.expression(program, cap);
        }
    }

    fn ends(&mut self, program: &Program, ends: &Ends<Expression>) {
        match ends {
            Ends::UpTo(one) | Ends::Single(one) => self.expression(program, *one),
            Ends::Between(low, high) => {
                self.expression(program, *low);
                self.expression(program, *high);
            }
        }
    }

    /// Adds everything a benchmark reads.
    pub(super) fn benchmark(&mut self, program: &Program, benchmark: &BenchmarkVersion) {
        for step in &benchmark.steps {
            match step {
                BenchmarkStep::Weights(_, weights, _) => self.weights(program, weights),
                BenchmarkStep::Let(_, value) => self.expression(program, *value),
            }
        }
        self.expression(program, benchmark.fine);
    }

    /// Adds everything that weights read.
    pub(super) fn weights(&mut self, program: &Program, weights: &WeightsProgram) {
        for limit in [weights.start, weights.cap, weights.floor].into_iter().flatten() {
            self.expression(program, limit);
        }
        for factor in &weights.factors {
            self.factor(program, factor);
        }
    }

    /// Adds everything that a factor reads, its results among it.
    pub(super) fn factor(&mut self, program: &Program, factor: &FactorProgram) {
        match &factor.kind {
            FactorKind::Keyed(key, index) => self.key(program, *key, index.told_apart(0)),
            FactorKind::Conditions(conditions) => {
                for condition in conditions {
                    self.expression(program, *condition);
                }
            }
        }
        for row in &factor.rows {
            self.expression(program, row.result);
        }
    }

    /// Adds what a table is looked up by.
    pub(super) fn keys(&mut self, program: &Program, table: &TableProgram) {
        for (column, key) in table.keys.iter().enumerate() {
            self.key(program, *key, table.index.told_apart(column));
        }
    }

    /// Adds a value that is compared with constants, such as the ends of cells.
    pub(super) fn key(&mut self, program: &Program, key: Expression, cuts: impl IntoIterator<Item = Cut>) {
        self.alias(program, key.root);
        match plain_fact(program, key.root) {
            Some(fact) => self.compared(Slot::Fact(fact), cuts),
            None => self.node(program, key.root),
        }
    }

    /// Adds what other rules read.
    pub(super) fn add(&mut self, other: &Uses) {
        for beyond in &other.beyond {
            self.beyond(*beyond);
        }
        self.party |= other.party;
        self.range |= other.range;
        for step in &other.steps {
            self.step(*step);
        }
        for rule in &other.named {
            self.named(*rule);
        }
        for (slot, used) in &other.slots {
            let entry = self.slots.entry(*slot).or_default();
            entry.add(used);
        }
    }

    /// The same in the slots and values of another program. What has no slot there is left out; a constant that cannot be
    /// said there leaves its slot inexact.
    pub(super) fn translated(
        &self,
        slot: &dyn Fn(Slot) -> Option<Slot>,
        value: &dyn Fn(Value) -> Option<Value>,
    ) -> Uses {
        let mut found = Uses { range: self.range, ..Uses::default() };
        for (own, used) in &self.slots {
            let Some(other) = slot(*own) else { continue };
            let said = |cut: &Cut| value(cut.value).map(|value| Cut { value, ..*cut });
            let cuts: Vec<Cut> = used.cuts.iter().filter_map(said).collect();
            let inexact = used.inexact || cuts.len() < used.cuts.len();
            found.slots.insert(other, Use { cuts, inexact, ..used.clone() });
        }
        found
    }

    /// What is read, in order.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.slots.keys().copied()
    }

    /// Whether something is read.
    pub(super) fn reads(&self, slot: Slot) -> bool {
        self.slots.contains_key(&slot)
    }

    fn beyond(&mut self, beyond: Beyond) {
        if !self.beyond.contains(&beyond) {
            self.beyond.push(beyond);
        }
    }

    /// Notes the definitions by which an expression is a fact.
    fn alias(&mut self, program: &Program, id: NodeId) {
        if let Some(Node::Define(define, _)) = node(program, id)
            && plain_fact(program, id).is_some()
        {
            for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                if let Some(define) = program.define(version) {
                    self.named(define.rule);
                    self.alias(program, define.value.root);
                }
            }
        }
    }

    fn named(&mut self, rule: RuleId) {
        if !self.named.contains(&rule) {
            self.named.push(rule);
        }
    }

    fn step(&mut self, step: u16) {
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }

    fn compared(&mut self, slot: Slot, cuts: impl IntoIterator<Item = Cut>) {
        self.slots.entry(slot).or_default().cuts.extend(cuts);
    }

    fn node(&mut self, program: &Program, id: NodeId) {
        let Some(found) = node(program, id) else { return };
        match found {
            Node::Constant(_) => {}
            Node::Step(number, ..) => self.step(*number),
            Node::Fact(fact, _) => {
                // A yes or no and a member are read as they are; of a number any use but a comparison needs all its values.
                let slot = Slot::Fact(*fact);
                let used = self.slots.entry(slot).or_default();
                used.inexact |= !is_finite(program, slot);
                used.as_it_is = true;
            }
            Node::Absent(fact, _) => self.compared(Slot::Fact(*fact), []),
            Node::Established(fact, _) => {
                self.slots.entry(Slot::Fact(*fact)).or_default().establishing = true;
            }
            Node::Define(define, _) => {
                for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                    if let Some(define) = program.define(version) {
                        self.named(define.rule);
                        self.expression(program, define.value);
                    }
                }
            }
            Node::BuiltIn(name, _) => self.built_in(*name),
            Node::Imposes(..) | Node::ImposesKind(..) | Node::Refers(..) => self.beyond(Beyond::Result),
            Node::Table(table, _) => {
                for version in program.table(*table).into_iter().flat_map(|table| table.versions.all()) {
                    if let Some(table) = program.table(version) {
                        self.named(table.rule);
                        self.keys(program, table);
                        for row in &table.rows {
                            self.expression(program, row.result);
                        }
                    }
                }
            }
            Node::Compare(comparison, left, right) => {
                self.alias(program, *left);
                self.alias(program, *right);
                let (one, other) = (node(program, *left), node(program, *right));
                match (plain_fact(program, *left), one, plain_fact(program, *right), other) {
                    (Some(fact), _, _, Some(Node::Constant(value))) => {
                        let (below, above) = told_apart(*comparison);
                        self.compared(Slot::Fact(fact), [Cut { value: *value, below, above }]);
                    }
                    (_, Some(Node::Constant(value)), Some(fact), _) => {
                        // Said the other way round.
                        let (above, below) = told_apart(*comparison);
                        self.compared(Slot::Fact(fact), [Cut { value: *value, below, above }]);
                    }
                    _ => {
                        self.node(program, *left);
                        self.node(program, *right);
                    }
                }
            }
            Node::In(value, cells) => {
                self.alias(program, *value);
                match plain_fact(program, *value) {
                    Some(fact) => self.compared(Slot::Fact(fact), cuts(cells)),
                    None => self.node(program, *value),
                }
            }
            Node::Not(inner) => self.node(program, *inner),
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| self.node(program, *part)),
            Node::If(condition, then, otherwise) => {
                for part in [condition, then, otherwise] {
                    self.node(program, *part);
                }
            }
            Node::Aggregate(aggregate) => self.beyond(Beyond::Records(aggregate.list)),
            Node::Field(..) => {}
            Node::WorkdaysBetween(..) | Node::RollToWorkday(_) => {
                self.beyond(Beyond::Days);
                found.operands().into_iter().for_each(|part| self.node(program, part));
            }
            other => other.operands().into_iter().for_each(|part| self.node(program, part)),
        }
    }

    fn built_in(&mut self, name: BuiltInName) {
        match name {
            BuiltInName::StatutoryMin | BuiltInName::StatutoryMax => self.range = true,
            BuiltInName::CreditGrade => self.slots.entry(Slot::Grade).or_default().as_it_is = true,
            BuiltInName::CreditPoints | BuiltInName::ScoredOn => self.beyond(Beyond::Points),
            BuiltInName::ActBegan | BuiltInName::ActEnded | BuiltInName::Discovered | BuiltInName::Decided => {
                self.beyond(Beyond::Days);
            }
            BuiltInName::Fine
            | BuiltInName::UnitPenalised
            | BuiltInName::BandMin
            | BuiltInName::BandMax
            | BuiltInName::TotalFine
            | BuiltInName::TotalConfiscated => self.beyond(Beyond::Result),
            // These are the same in every case of a scene.
            BuiltInName::PartyIsUnit | BuiltInName::PartyIsResponsible => self.party = true,
            BuiltInName::ThisClause => {}
        }
    }

    /// The variables, in the order of slots. A fact that may be absent has that state too; one that rules ask to be
    /// established has that it cannot be.
    pub(super) fn variables(&self, program: &Program) -> Vec<Variable> {
        self.slots.iter().filter_map(|(slot, used)| used.variable(program, *slot)).collect()
    }
}

/// Whether a fact that is compared with a constant comes out otherwise just below it, and just above it, than at it.
fn told_apart(comparison: Comparison) -> (bool, bool) {
    match comparison {
        Comparison::Less | Comparison::GreaterOrEqual => (true, false),
        Comparison::LessOrEqual | Comparison::Greater => (false, true),
        Comparison::Equal | Comparison::NotEqual => (true, true),
    }
}

/// The node of an id.
pub(super) fn node(program: &Program, id: NodeId) -> Option<&Node> {
    usize::try_from(id.0).ok().and_then(|index| program.nodes.get(index))
}

/// The fact that an expression is, itself or by a definition that has one version only.
pub(super) fn plain_fact(program: &Program, id: NodeId) -> Option<FactId> {
    match node(program, id)? {
        Node::Fact(fact, _) => Some(*fact),
        Node::Define(define, _) => {
            let mut versions = program.define(*define)?.versions.all();
            match (versions.next(), versions.next()) {
                (Some(only), None) => plain_fact(program, program.define(only)?.value.root),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a slot has few values, each read as it is.
pub(super) fn is_finite(program: &Program, slot: Slot) -> bool {
    match slot {
        Slot::Grade => true,
        Slot::Fact(fact) => {
            program.fact(fact).is_some_and(|fact| matches!(fact.kind, FactType::Bool | FactType::Enum(_)))
        }
    }
}
