//! How far each benchmark reaches, for people who write rules and for those who compare them.

use std::sync::Arc;

use super::course::{Course, Stage};
use super::grid::Seen;
use super::pieces::Pieces;
use super::reach::{Extreme, reach, shown};
use super::scene::Scene;
use super::slot_name;
use crate::program::{PartyKind, Program, RuleId};
use crate::value::{AmountRange, Date, Number};

/// How far the amounts of a benchmark reach, for one kind of party.
///
/// Amounts are what the benchmark gives before they are held inside the statutory range, and before circumstances, credit and
/// competition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    /// The violation.
    pub violation: Arc<str>,
    /// The benchmark.
    pub benchmark: RuleId,
    /// Who is judged.
    pub party: PartyKind,
    /// The day of act and decision of the cases: the first on which the benchmark is used.
    pub day: Date,
    /// The lowest amount; `None` where none could be worked out.
    pub lowest: Option<Reached>,
    /// The highest amount.
    pub highest: Option<Reached>,
    /// The facts, by name, and `credit_grade`, that change the amount in some case, in the order of their declarations.
    pub depends_on: Vec<Arc<str>>,
    /// Those of which that was not decided.
    pub may_depend_on: Vec<Arc<str>>,
    /// Whether `lowest` and `highest` are proved of all cases; else they are the ends of those that were looked at.
    pub exact: bool,
}

/// An end of what a benchmark reaches.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The amount; of a band, its end.
    pub amount: Number,
    /// The statutory range it belongs in.
    pub range: AmountRange,
    /// A case in TOML in which the benchmark gives it; `None` where every such case ends in another way.
    pub case: Option<String>,
}

/// How far every benchmark reaches, in the order of violations.
#[must_use]
pub(crate) fn reached(program: &Arc<Program>) -> Vec<Reach> {
    let mut all = Vec::new();
    for (number, (id, violation)) in program.violations.iter().enumerate() {
        for scene in Scene::all(program, number, id, violation) {
            let (Some(benchmark), Some(pieces)) = (scene.benchmark, Pieces::of(&scene)) else { continue };
            all.push(of_scene(&mut Stage::of(&scene, &pieces), id, benchmark.rule));
        }
    }
    all
}

fn of_scene(stage: &mut Stage<'_, '_>, violation: &Arc<str>, benchmark: RuleId) -> Reach {
    let found = reach(stage);
    let (scene, pieces) = (stage.scene, stage.pieces);
    let end = |extreme: &Extreme| Reached {
        amount: extreme.amount,
        range: extreme.range,
        case: shown(scene, benchmark, extreme).map(|(_, facts)| scene.case_text(&facts)),
    };
    let (mut depends_on, mut may_depend_on) = (Vec::new(), Vec::new());
    for (place, variable) in pieces.variables.iter().enumerate() {
        let name = || Arc::from(slot_name(scene.program, variable.slot));
        match &*stage.course(place) {
            Course { differs: Some(_), .. } => depends_on.push(name()),
            Course { seen: Some(Seen::TooMany | Seen::Sampled), .. } => may_depend_on.push(name()),
            _ => {}
        }
    }
    Reach {
        violation: Arc::clone(violation),
        benchmark,
        party: scene.party(),
        day: scene.day(),
        lowest: found.lowest.as_ref().map(end),
        highest: found.highest.as_ref().map(end),
        depends_on,
        may_depend_on,
        exact: found.seen == Seen::All,
    }
}
