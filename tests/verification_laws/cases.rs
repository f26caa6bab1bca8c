//! Cases of a random pack, and what each comes to.

use std::collections::BTreeSet;

use lenity::program::{Program, RuleId, RuleKind};
use lenity::source::Span;
use lenity::trail::{Problem, StepKind, Trail, Verdict};
use lenity::value::{AmountRange, Number, Value};
use lenity::{Case, Ruleset};

use super::packs::Pack;

/// The most cases of one violation and kind of party: all there are where these are few, else random ones.
const MOST: usize = 80;

/// What a case says of each fact, by the numbers of its states.
pub(super) type Said = Vec<usize>;

/// What a case comes to.
#[derive(Debug)]
pub(super) struct Came {
    /// Factors and tables without a row.
    pub(super) no_row: BTreeSet<Span>,
    /// Factors and tables with two rows.
    pub(super) several: BTreeSet<Span>,
    /// Rows that counted.
    pub(super) rows: BTreeSet<Span>,
    /// The benchmark, and what it gave before anything else.
    pub(super) benchmark: Option<(RuleId, Value)>,
    /// The statutory range.
    pub(super) range: Option<AmountRange>,
    /// Sums that were cut at a cap.
    pub(super) capped: Vec<Number>,
    /// Weights by the place of their first factor: their start, and the sum before cap and floor.
    pub(super) sums: Vec<(Span, Option<Number>, Number)>,
    /// Codes of problems.
    pub(super) problems: Vec<String>,
    /// Rules whose conditions held.
    pub(super) applied: BTreeSet<Span>,
    /// Rules whose conditions did not hold, though nothing was said to be unestablished.
    pub(super) failed: BTreeSet<Span>,
}

impl Came {
    /// The lower and the upper end of what the benchmark gave.
    pub(super) fn ends(&self) -> Option<(Number, Number)> {
        self.benchmark?.1.ends()
    }

    /// Where the benchmark stands.
    pub(super) fn benchmark_place(&self, program: &Program) -> Option<Span> {
        program.rule(self.benchmark?.0).map(|rule| rule.span)
    }
}

/// Reads a case and evaluates it; `None` when the rules refuse it, such as for a value outside the bounds.
pub(super) fn evaluated(ruleset: &Ruleset, text: &str) -> Option<Came> {
    let case = Case::from_toml(ruleset, "case.toml", text).ok()?;
    let recommendation = ruleset.evaluate(&case);
    let determination = recommendation.determinations.first()?;
    let program = ruleset.program();
    let mut came = Came {
        no_row: BTreeSet::new(),
        several: BTreeSet::new(),
        rows: BTreeSet::new(),
        benchmark: None,
        range: determination.result.fine.map(|fine| fine.range),
        capped: Vec::new(),
        sums: Vec::new(),
        problems: determination.result.problems.iter().map(|problem| problem.code().name()).collect(),
        applied: BTreeSet::new(),
        failed: BTreeSet::new(),
    };
    for (place, step) in determination.trail.steps().iter().enumerate() {
        match step.kind {
            StepKind::Factor | StepKind::TableRow => {
                let rule = step.rule.and_then(|rule| program.rule(rule)).unwrap();
                for (_, child) in determination.trail.children(place) {
                    match child.kind {
                        StepKind::Problem(Problem::NoRow) => came.no_row.insert(rule.span),
                        StepKind::Problem(Problem::SeveralRows) => came.several.insert(rule.span),
                        _ => false,
                    };
                }
                came.rows.extend(step.value.map(|_| step.span));
            }
            StepKind::Rule(verdict) => {
                let rule = step.rule.and_then(|rule| program.rule(rule)).map(|rule| rule.span);
                match verdict {
                    Verdict::Applied => came.applied.extend(rule),
                    Verdict::Failed if !text.contains("unestablished") => came.failed.extend(rule),
                    _ => {}
                }
            }
            StepKind::FactorAtLowest | StepKind::TableRowAtLowest => came.rows.extend(step.value.map(|_| step.span)),
            StepKind::Capped(sum) => came.capped.push(sum),
            StepKind::Weights => came.sums.extend(sum(program, &determination.trail, place)),
            StepKind::Computed => {
                if let (Some(rule), Some(value)) = (step.rule.filter(|rule| is_benchmark(program, *rule)), step.value) {
                    came.benchmark = Some((rule, value));
                }
            }
            _ => {}
        }
    }
    if !came.problems.is_empty() {
        // What was worked out beside a problem decides nothing.
        came.benchmark = None;
    }
    Some(came)
}

/// What the start and all factors of some weights come to, when all have a value.
fn sum(program: &Program, trail: &Trail, place: usize) -> Option<(Span, Option<Number>, Number)> {
    let (mut first, mut start, mut sum) = (None, None, Number::ZERO);
    for (_, step) in trail.children(place) {
        let number = step.value.and_then(Value::as_number);
        match step.kind {
            StepKind::Start => start = Some(number?),
            StepKind::Factor | StepKind::FactorAtLowest => {
                first = first.or(program.rule(step.rule?).map(|rule| rule.span));
            }
            _ => continue,
        }
        sum = sum.plus(number?)?;
    }
    Some((first?, start, sum))
}

fn is_benchmark(program: &Program, rule: RuleId) -> bool {
    program.rule(rule).is_some_and(|rule| rule.kind == RuleKind::Benchmark)
}

/// Where a case is judged: the number of the violation, and the kind of party.
pub(super) type Scene = (usize, &'static str);

pub(super) fn scenes(pack: &Pack) -> Vec<Scene> {
    (0..pack.violations).flat_map(|violation| [(violation, "unit"), (violation, "individual")]).collect()
}

/// A case as a file.
pub(super) fn text(pack: &Pack, (violation, party): Scene, states: &[Vec<String>], said: &Said) -> String {
    let mut text = format!(
        "id = \"random\"\ndecided_on = 2024-06-01\nparty = {{ kind = \"{party}\" }}\n[[acts]]\nid = \"a1\"\n\
         began_on = 2024-03-18\nended_on = 2024-03-18\nviolations = [\"v{violation}\"]\n[acts.facts]\n"
    );
    for ((fact, states), state) in pack.facts.iter().zip(states).zip(said) {
        text.push_str(&format!("{} = {}\n", fact.name, states[*state]));
    }
    text
}

/// What cases may say of each fact of a pack.
pub(super) fn states(ruleset: &Ruleset, pack: &Pack) -> Vec<Vec<String>> {
    let allowed = |name: &str, state: &str| {
        let text = text(pack, (0, "unit"), &[], &Vec::new()) + &format!("{name} = {state}\n");
        Case::from_toml(ruleset, "case.toml", &text).is_ok()
    };
    pack.facts
        .iter()
        .map(|fact| fact.states().into_iter().filter(|state| allowed(&fact.name, state)).collect())
        .collect()
}

/// All combinations of states where these are few, else random ones.
pub(super) fn said(states: &[Vec<String>], seed: u64) -> Vec<Said> {
    let count: usize = states.iter().map(Vec::len).product();
    if count <= MOST {
        return (0..count)
            .map(|mut number| {
                let mut digit = |states: &Vec<String>| {
                    let digit = number % states.len();
                    number /= states.len();
                    digit
                };
                states.iter().map(&mut digit).collect()
            })
            .collect();
    }
    let mut random = seed | 1;
    let mut below = |count: usize| {
        // Xorshift: the low bits are as good as the high ones.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % u64::try_from(count).unwrap()).unwrap()
    };
    (0..MOST).map(|_| states.iter().map(|states| below(states.len())).collect()).collect()
}
