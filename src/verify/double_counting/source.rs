//! The rules that change the amount of a fine, each with the facts it rests on.

use std::collections::BTreeSet;

use crate::evaluate::covers;
use crate::program::{BenchmarkStep, Expression, FactId, FactorProgram, Node, Program, RuleId};
use crate::value::Value;
use crate::verify::facts::Slot;
use crate::verify::reading;
use crate::verify::scene::Scene;
use crate::verify::space::{Beyond, Uses, node};

/// What a rule is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A factor of a benchmark, by the place of its step.
    Factor(usize),
    /// A tier with a fine of its own.
    Tier,
    /// A circumstance.
    Circumstance,
    /// A tier of a credit rule.
    Credit,
}

/// A rule that changes the amount.
pub(super) struct Source {
    pub(super) kind: Kind,
    pub(super) rule: RuleId,
    /// The credit rule of a tier; else the rule itself.
    whole: RuleId,
    /// What it rests on, records among it.
    pub(super) slots: BTreeSet<Slot>,
    pub(super) records: BTreeSet<FactId>,
    /// It rests on a grade that is worked out.
    pub(super) works_out_the_grade: bool,
}

impl Source {
    fn new(kind: Kind, rule: RuleId, uses: &Uses) -> Source {
        let records: BTreeSet<FactId> = uses
            .beyond
            .iter()
            .filter_map(|beyond| match beyond {
                Beyond::Records(list) => Some(*list),
                Beyond::Days | Beyond::Points | Beyond::Result => None,
            })
            .collect();
        let slots = uses.slots().chain(records.iter().copied().map(Slot::Fact)).collect();
        Source { kind, rule, whole: rule, slots, records, works_out_the_grade: false }
    }

    /// All of a scene, in the order in which they come to bear.
    pub(super) fn all(scene: &Scene<'_>) -> Vec<Source> {
        let (program, day) = (scene.program, scene.day());
        let mut sources = Vec::new();
        for tier in scene.version.tiers.iter().filter(|tier| tier.fine.is_some()) {
            let mut uses = Uses::default();
            uses.condition(program, &tier.condition);
            sources.push(Source::new(Kind::Tier, tier.rule, &uses));
        }
        for (step, found) in scene.benchmark.iter().flat_map(|benchmark| &benchmark.steps).enumerate() {
            let BenchmarkStep::Weights(_, weights, _) = found else { continue };
            for factor in &weights.factors {
                let mut uses = Uses::default();
                uses.factor(program, factor);
                sources.push(Source::new(Kind::Factor(step), factor.rule, &uses));
            }
        }
        let bears = |area: &str| covers(area, scene.area());
        for each in program.circumstances.iter().filter(|each| each.in_force.holds_on(day) && bears(&each.area)) {
            if each.covers.includes(scene.id()) {
                let mut uses = Uses::default();
                uses.condition(program, &each.condition);
                uses.expression(program, each.effect);
                sources.push(Source::new(Kind::Circumstance, each.rule, &uses));
            }
        }
        for each in program.credit.iter().filter(|each| each.in_force.holds_on(day) && bears(&each.area)) {
            if !each.covers.includes(scene.id()) || !each.subjects.contains(scene.party()) {
                continue;
            }
            for tier in each.tiers.iter().filter(|tier| tier.coefficient.is_some() || tier.effect.is_some()) {
                let mut uses = Uses::default();
                uses.condition(program, &tier.condition);
                tier.coefficient.iter().chain(&tier.effect).for_each(|amount| uses.expression(program, *amount));
                sources.push(Source { whole: each.rule, ..Source::new(Kind::Credit, tier.rule, &uses) });
            }
        }
        for source in &mut sources {
            source.add_grading(program, scene);
        }
        sources
    }

    /// Who rests on the grade rests on what it is worked out from.
    fn add_grading(&mut self, program: &Program, scene: &Scene<'_>) {
        if !self.slots.contains(&Slot::Grade) {
            return;
        }
        let gradings = program.credit.iter().filter(|each| each.in_force.holds_on(scene.day()));
        for grading in gradings.filter_map(|each| each.grading.as_ref()) {
            let from = Source::new(self.kind, self.rule, &reading::of_grading(program, grading));
            self.slots.extend(from.slots);
            self.records.extend(from.records);
            self.works_out_the_grade = true;
        }
    }

    /// Whether there is nothing to look for between this rule and one that comes later: they never count beside each other,
    /// or loading has looked. `meant`: the later one says that it counts something a second time.
    pub(super) fn excludes(&self, later: &Source, meant: bool) -> bool {
        match (self.kind, later.kind) {
            // Tiers of one rule take each other's place.
            (Kind::Tier, Kind::Tier) => true,
            (Kind::Credit, Kind::Credit) => self.whole == later.whole,
            // Loading has compared what these say themselves, but not what a grade is worked out from.
            (Kind::Tier | Kind::Factor(_), Kind::Circumstance | Kind::Credit) => {
                !meant && !later.works_out_the_grade && !self.works_out_the_grade
            }
            _ => false,
        }
    }

    /// The rules of a scene without it; a factor whose results are fixed stands at its lowest.
    pub(super) fn removed_from(&self, scene: &Scene<'_>) -> Program {
        let mut program = Program::clone(scene.program);
        let (version, benchmark) = (scene.version.rule, scene.benchmark.map(|benchmark| benchmark.rule));
        let violation = program.violations.get_mut(scene.id());
        match self.kind {
            Kind::Tier => {
                let versions = violation.into_iter().flat_map(|violation| &mut violation.versions);
                for each in versions.filter(|each| each.rule == version) {
                    each.tiers.retain(|tier| tier.rule != self.rule);
                }
            }
            Kind::Factor(step) => {
                let benchmarks = violation.into_iter().flat_map(|violation| &mut violation.benchmarks);
                for each in benchmarks.filter(|each| Some(each.rule) == benchmark) {
                    if let Some(BenchmarkStep::Weights(_, weights, _)) = each.steps.get_mut(step) {
                        match weights
                            .factors
                            .iter()
                            .find(|factor| factor.rule == self.rule)
                            .and_then(|factor| lowest(scene.program, factor))
                        {
                            Some(lowest) => weights
                                .factors
                                .iter_mut()
                                .filter(|factor| factor.rule == self.rule)
                                .flat_map(|factor| &mut factor.rows)
                                .for_each(|row| row.result = lowest),
                            None => weights.factors.retain(|factor| factor.rule != self.rule),
                        }
                    }
                }
            }
            Kind::Circumstance => program.circumstances.retain(|each| each.rule != self.rule),
            Kind::Credit => {
                for each in &mut program.credit {
                    each.tiers.retain(|tier| tier.rule != self.rule);
                }
            }
        }
        program
    }
}

/// The lowest of the results of a factor, when all are fixed.
fn lowest(program: &Program, factor: &FactorProgram) -> Option<Expression> {
    let mut lowest: Option<(Value, Expression)> = None;
    for row in &factor.rows {
        let Some(Node::Constant(value)) = node(program, row.result.root) else { return None };
        if lowest.is_none_or(|(least, _)| *value < least) {
            lowest = Some((*value, row.result));
        }
    }
    lowest.map(|(_, result)| result)
}
