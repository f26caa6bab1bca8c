//! The factors and tables that the rules of a scene look up.

use super::scene::Scene;
use super::space::node;
use crate::program::{
    BenchmarkStep, CellIndex, Expression, FactorKind, FactorProgram, Node, NodeId, Program, RuleId, TableProgram,
    TableRow,
};
use crate::syntax::HitPolicy;
use crate::trail::{Problem, StepKind, Trail};

/// One factor or table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lookup<'a> {
    Factor(&'a FactorProgram),
    Table(&'a TableProgram),
}

impl<'a> Lookup<'a> {
    /// All that the fine of a scene is worked out with, each once, in the order in which they are met.
    pub(super) fn all(scene: &Scene<'a>) -> Vec<Self> {
        let mut found = Found { program: scene.program, lookups: Vec::new() };
        let Some(benchmark) = scene.benchmark else { return Vec::new() };
        for step in &benchmark.steps {
            match step {
                BenchmarkStep::Weights(_, weights, _) => {
                    for limit in [weights.start, weights.cap, weights.floor].into_iter().flatten() {
                        found.expression(limit);
                    }
                    for factor in &weights.factors {
                        found.add(Lookup::Factor(factor));
                    }
                }
                BenchmarkStep::Let(_, value) => found.expression(*value),
            }
        }
        found.expression(benchmark.fine);
        found.lookups
    }

    /// Its rule.
    pub(super) fn rule(&self) -> RuleId {
        match self {
            Lookup::Factor(factor) => factor.rule,
            Lookup::Table(table) => table.rule,
        }
    }

    /// Its rows.
    pub(super) fn rows(&self) -> &'a [TableRow] {
        match self {
            Lookup::Factor(factor) => &factor.rows,
            Lookup::Table(table) => &table.rows,
        }
    }

    /// What happens when several rows fit.
    pub(super) fn hit(&self) -> HitPolicy {
        match self {
            Lookup::Factor(factor) => factor.hit,
            Lookup::Table(table) => table.hit,
        }
    }

    /// Whether what cannot be established counts at the lowest row.
    pub(super) fn lowest_when_unestablished(&self) -> bool {
        match self {
            Lookup::Factor(factor) => factor.lowest_when_unestablished,
            Lookup::Table(table) => table.lowest_when_unestablished,
        }
    }

    /// The keys and the cells, when it is looked up by cells.
    pub(super) fn cells(&self) -> Option<(&'a [Expression], &'a CellIndex)> {
        match self {
            Lookup::Factor(FactorProgram { kind: FactorKind::Keyed(key, index), .. }) => {
                Some((std::slice::from_ref(key), index))
            }
            Lookup::Factor(FactorProgram { kind: FactorKind::Conditions(_), .. }) => None,
            Lookup::Table(table) => Some((&table.keys, &table.index)),
        }
    }

    /// What decides which row applies.
    fn keys(&self) -> &'a [Expression] {
        match self {
            Lookup::Factor(FactorProgram { kind: FactorKind::Keyed(key, _), .. }) => std::slice::from_ref(key),
            Lookup::Factor(FactorProgram { kind: FactorKind::Conditions(conditions), .. }) => conditions,
            Lookup::Table(table) => &table.keys,
        }
    }

    /// Whether a trail shows that this was looked up in vain for some reason.
    pub(super) fn failed_in(&self, trail: &Trail, problem: Problem) -> bool {
        trail.steps().iter().enumerate().any(|(place, step)| {
            step.rule == Some(self.rule())
                && matches!(step.kind, StepKind::Factor | StepKind::TableRow)
                && trail.children(place).any(|(_, child)| child.kind == StepKind::Problem(problem))
        })
    }
}

struct Found<'a> {
    program: &'a Program,
    lookups: Vec<Lookup<'a>>,
}

impl<'a> Found<'a> {
    fn add(&mut self, lookup: Lookup<'a>) {
        if self.lookups.iter().any(|each| each.rule() == lookup.rule()) {
            return;
        }
        self.lookups.push(lookup);
        for expression in lookup.keys().iter().copied().chain(lookup.rows().iter().map(|row| row.result)) {
            self.expression(expression);
        }
    }

    fn expression(&mut self, expression: Expression) {
        self.node(expression.root);
    }

    fn node(&mut self, id: NodeId) {
        let program = self.program;
        match node(program, id) {
            None => {}
            Some(Node::Table(table, _)) => {
                for version in program.table(*table).into_iter().flat_map(|table| table.versions.all()) {
                    if let Some(table) = program.table(version) {
                        self.add(Lookup::Table(table));
                    }
                }
            }
            Some(Node::Define(define, _)) => {
                for version in program.define(*define).into_iter().flat_map(|define| define.versions.all()) {
                    if let Some(define) = program.define(version) {
                        self.expression(define.value);
                    }
                }
            }
            Some(other) => {
                for part in other.operands() {
                    self.node(part);
                }
            }
        }
    }
}
