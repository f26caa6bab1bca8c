//! What a benchmark reads, in pieces: whether there is a violation and what its range is, each factor, each limit, each step
//! and the amount itself.

use super::facts::Slot;
use super::scene::Scene;
use super::space::{Uses, Variable};
use crate::program::{BenchmarkStep, BenchmarkVersion, Expression, FactorProgram, Program, WeightsProgram};

/// What a piece works out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Factor(&'a FactorProgram),
    Value(Expression),
    /// The start, the cap or the floor of a sum.
    Limit(Expression),
}

/// One piece.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    /// Its place among all pieces.
    pub(super) number: usize,
    pub(super) part: Part<'a>,
    pub(super) uses: Uses,
}

impl Piece<'_> {
    pub(super) fn reads(&self, slot: Slot) -> bool {
        self.uses.reads(slot)
    }

    /// Whether it looks at the range or at steps before it.
    pub(super) fn follows(&self) -> bool {
        self.uses.range || !self.uses.steps.is_empty()
    }
}

/// A step of a benchmark.
#[derive(Clone, Debug)]
pub(super) enum Step<'a> {
    Weights(Box<Sum<'a>>),
    Let(Piece<'a>),
}

/// Weights that are added up.
#[derive(Clone, Debug)]
pub(super) struct Sum<'a> {
    pub(super) weights: &'a WeightsProgram,
    pub(super) start: Option<Piece<'a>>,
    pub(super) factors: Vec<Piece<'a>>,
    pub(super) cap: Option<Piece<'a>>,
    pub(super) floor: Option<Piece<'a>>,
}

impl Sum<'_> {
    /// Whether some piece looks at the range or at steps before it.
    pub(super) fn follows(&self) -> bool {
        let limits = [&self.start, &self.cap, &self.floor];
        limits.into_iter().flatten().chain(&self.factors).any(Piece::follows)
    }
}

/// All pieces of a benchmark.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'a> {
    /// The variables of all pieces together.
    pub(super) variables: Vec<Variable>,
    /// The same with no more states than the pieces tell apart.
    pub(super) told_apart: Vec<Variable>,
    /// Slots that several pieces read.
    pub(super) shared: Vec<Slot>,
    /// What decides whether there is a violation, and its range.
    pub(super) threat: Uses,
    pub(super) steps: Vec<Step<'a>>,
    pub(super) fine: Piece<'a>,
    /// After each step, which of the steps so far are read later.
    pub(super) kept: Vec<Vec<bool>>,
    /// Whether the values of the variables stand for all cases.
    pub(super) exact: bool,
    /// Whether amounts may hang on what kind of party it is.
    pub(super) by_party: bool,
}

/// Pieces as they are taken.
struct Taken<'a> {
    program: &'a Program,
    uses: Vec<Uses>,
}

impl<'a> Taken<'a> {
    fn take(&mut self, part: Part<'a>, uses: Uses) -> Piece<'a> {
        self.uses.push(uses.clone());
        Piece { number: self.uses.len(), part, uses }
    }

    fn value(&mut self, value: Expression) -> Piece<'a> {
        let uses = self.reading(value);
        self.take(Part::Value(value), uses)
    }

    fn limit(&mut self, value: Expression) -> Piece<'a> {
        let uses = self.reading(value);
        self.take(Part::Limit(value), uses)
    }

    fn reading(&self, value: Expression) -> Uses {
        let mut uses = Uses::default();
        uses.expression(self.program, value);
        uses
    }

    fn factor(&mut self, factor: &'a FactorProgram) -> Piece<'a> {
        let mut uses = Uses::default();
        uses.factor(self.program, factor);
        self.take(Part::Factor(factor), uses)
    }

    fn step(&mut self, step: &'a BenchmarkStep) -> Step<'a> {
        match step {
            BenchmarkStep::Let(_, value) => Step::Let(self.value(*value)),
            BenchmarkStep::Weights(_, weights, _) => Step::Weights(Box::new(Sum {
                weights,
                factors: weights.factors.iter().map(|factor| self.factor(factor)).collect(),
                start: weights.start.map(|start| self.limit(start)),
                cap: weights.cap.map(|cap| self.limit(cap)),
                floor: weights.floor.map(|floor| self.limit(floor)),
            })),
        }
    }
}

impl<'a> Pieces<'a> {
    /// The pieces of the benchmark of a scene; `None` when it has none.
    pub(super) fn of(scene: &Scene<'a>) -> Option<Self> {
        let benchmark = scene.benchmark?;
        let program = scene.program;
        let mut threat = Uses::default();
        threat.threat(program, scene.version);
        let mut taken = Taken { program, uses: vec![threat.clone()] };
        let steps = benchmark.steps.iter().map(|step| taken.step(step)).collect();
        let fine = taken.value(benchmark.fine);
        let kept = (0..benchmark.steps.len()).map(|number| kept_after(program, benchmark, number)).collect();
        let mut all = Uses::default();
        taken.uses.iter().for_each(|uses| all.add(uses));
        let several = |slot: &Slot| taken.uses.iter().filter(|uses| uses.reads(*slot)).count() > 1;
        let shared = all.slots().filter(several).collect();
        let variables = all.variables(program);
        let told_apart = variables.iter().map(Variable::fewest).collect();
        let exact = all.beyond.is_empty() && variables.iter().all(|variable| variable.exact);
        let mut targets = scene.version.targets.iter().chain(scene.version.tiers.iter().flat_map(|tier| &tier.targets));
        let by_party = all.party || targets.next().is_some();
        Some(Pieces { variables, told_apart, shared, threat, steps, fine, kept, exact, by_party })
    }
}

/// Which of the steps up to `number` are read after it.
fn kept_after(program: &Program, benchmark: &BenchmarkVersion, number: usize) -> Vec<bool> {
    let mut uses = Uses::default();
    for step in benchmark.steps.iter().skip(number.saturating_add(1)) {
        match step {
            BenchmarkStep::Weights(_, weights, _) => uses.weights(program, weights),
            BenchmarkStep::Let(_, value) => uses.expression(program, *value),
        }
    }
    uses.expression(program, benchmark.fine);
    (0..=number).map(|step| uses.steps.iter().any(|each| usize::from(*each) == step)).collect()
}
