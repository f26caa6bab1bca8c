//! A scene: one version of a violation, the benchmark used for it and a kind of party, on a day when both are in force.
//!
//! Cases are tried in it, whole by [`Trial::determination`] or in part by [`Trial::parts`].

use std::sync::Arc;

use super::facts::{Facts, Slot};
use super::space::{Beyond, Uses, Variable};
use super::split::{Budget, Ended, Look, split};
use crate::case::{Act, Case, PartyKind, Person};
use crate::evaluate::{Determination, Explanation, Parts, Threat, Unsettled, benchmark_on, covers, evaluate};
use crate::program::{BenchmarkVersion, Program, RuleId, Violation, ViolationVersion};
use crate::source::Span;
use crate::value::{AmountRange, Date, Duration};
use crate::wire;

/// The most trials to find a case in which there is a violation.
const ENTRANCE: usize = 20_000;

/// Where a benchmark is used.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) program: &'a Arc<Program>,
    pub(super) violation: &'a Violation,
    pub(super) version: &'a ViolationVersion,
    /// The one that is used; `None` where no benchmark covers the violation.
    pub(super) benchmark: Option<&'a BenchmarkVersion>,
    /// What the facts of whether there is a violation, and of its range, are compared with.
    pub(super) entrance: Vec<Variable>,
    /// What else that rests on.
    pub(super) beyond: Vec<Beyond>,
    party: PartyKind,
    case: Case,
}

/// Cases tried in a scene, one after another; the case is kept and only its facts are exchanged.
#[derive(Debug)]
pub(super) struct Trial<'s, 'a> {
    scene: &'s Scene<'a>,
    case: Case,
}

/// Whether some case with given facts comes to the benchmark.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Entered {
    /// It does with these facts, in this range.
    With(Facts, AmountRange),
    /// None does.
    Never,
    /// That could not be decided.
    Unknown,
}

impl<'a> Scene<'a> {
    /// Every scene of a violation: each version, for each kind of party that it can be committed by, with each benchmark that
    /// is used for it on some day; without one when none ever is.
    pub(super) fn all(program: &'a Arc<Program>, number: usize, id: &Arc<str>, violation: &'a Violation) -> Vec<Self> {
        let mut scenes: Vec<Scene<'a>> = Vec::new();
        for version in violation.versions.iter().filter(|version| !version.no_longer_unlawful) {
            let mut uses = Uses::default();
            uses.threat(program, version);
            let entrance = uses.variables(program);
            for party in PartyKind::ALL {
                let may = version.subjects.is_none_or(|subjects| match party {
                    // A responsible person answers for what a unit did.
                    PartyKind::Unit | PartyKind::Responsible => subjects.unit,
                    PartyKind::Individual => subjects.individual,
                });
                let may = may && (party != PartyKind::Responsible || names_persons(version));
                let Some(area) = narrower(&program.area, &version.area).filter(|_| may) else { continue };
                let before = scenes.len();
                let scene = |area: &Arc<str>, day: Date, benchmark| Scene {
                    program,
                    violation,
                    version,
                    benchmark,
                    entrance: entrance.clone(),
                    beyond: uses.beyond.clone(),
                    party,
                    case: case_of(program, (number, id), area, day, party),
                };
                for benchmark in &violation.benchmarks {
                    let Some(area) = narrower(area, &benchmark.area) else { continue };
                    let used = |day: &Date| {
                        benchmark_on(violation, *day, area, party).is_some_and(|used| used.rule == benchmark.rule)
                    };
                    if let Some(day) = days(version, violation).find(used) {
                        scenes.push(scene(area, day, Some(benchmark)));
                    }
                }
                if scenes.len() == before {
                    scenes.push(scene(area, version.in_force.from, None));
                }
            }
        }
        scenes
    }

    /// A version with the benchmark that is used for it on the day, in the area and for the party of a case.
    fn of(
        program: &'a Arc<Program>,
        violation: &'a Violation,
        version: &'a ViolationVersion,
        benchmark: Option<&'a BenchmarkVersion>,
        case: Case,
    ) -> Self {
        let mut uses = Uses::default();
        uses.threat(program, version);
        let party = case.acts.first().and_then(|act| act.persons.first()).map_or(case.party, |person| person.kind);
        let entrance = uses.variables(program);
        Scene { program, violation, version, benchmark, entrance, beyond: uses.beyond, party, case }
    }

    /// A version on a day, in an area and for a kind of party, with the benchmark that is used there.
    pub(super) fn on(
        program: &'a Arc<Program>,
        (number, id, violation): (usize, &Arc<str>, &'a Violation),
        version: &'a ViolationVersion,
        (area, day, party): (&Arc<str>, Date, PartyKind),
    ) -> Self {
        let benchmark = benchmark_on(violation, day, area, party);
        Scene::of(program, violation, version, benchmark, case_of(program, (number, id), area, day, party))
    }

    /// The id of the violation.
    pub(super) fn id(&self) -> &str {
        self.case.acts.first().map_or("", |act| &act.violation_id)
    }

    /// The day of act and decision.
    pub(super) fn day(&self) -> Date {
        self.case.decided_on
    }

    /// The same on another day of the version, with the benchmark that is used then. A day on which the version is not in
    /// force does only for a whole case.
    pub(super) fn moved_to(&self, day: Date) -> Scene<'a> {
        let mut case = self.case.clone();
        case.decided_on = day;
        for act in &mut case.acts {
            act.began_on = day;
            act.ended_on = Some(day);
            act.discovered_on = Some(day);
        }
        Scene {
            program: self.program,
            violation: self.violation,
            version: self.version,
            benchmark: benchmark_on(self.violation, day, &case.area, self.party),
            entrance: self.entrance.clone(),
            beyond: self.beyond.clone(),
            party: self.party,
            case,
        }
    }

    /// The same on a day of the version, in the narrower of its area and another; `None` when neither lies in the other.
    pub(super) fn placed(&self, day: Date, area: &Arc<str>) -> Option<Scene<'a>> {
        let mut placed = self.moved_to(day);
        placed.case.area = Arc::clone(narrower(&self.case.area, area)?);
        Some(placed)
    }

    /// The same for an act so long before the decision, found at once or only on the day of the decision.
    pub(super) fn act_ago(&self, length: Duration, found_at_once: bool) -> Option<Scene<'a>> {
        let day = self.day().minus(length)?;
        let mut scene = self.moved_to(self.day());
        scene.case.area = Arc::clone(&self.case.area);
        for act in &mut scene.case.acts {
            act.began_on = day;
            act.ended_on = Some(day);
            if found_at_once {
                act.discovered_on = Some(day);
            }
        }
        Some(scene)
    }

    /// Where the party and the act are.
    pub(super) fn area(&self) -> &Arc<str> {
        &self.case.area
    }

    /// The kind of party.
    pub(super) fn party(&self) -> PartyKind {
        self.party
    }

    /// Whether another scene has the same rules of the same day, for another kind of party.
    pub(super) fn is_under_the_same_rules(&self, other: &Scene<'_>) -> bool {
        let benchmark = |scene: &Scene<'_>| scene.benchmark.map(|benchmark| benchmark.rule);
        self.version.rule == other.version.rule
            && benchmark(self) == benchmark(other)
            && self.day() == other.day()
            && self.case.area == other.case.area
    }

    /// Cases to try.
    pub(super) fn trial(&self) -> Trial<'_, 'a> {
        Trial { scene: self, case: self.case.clone() }
    }

    /// The case with these facts.
    pub(super) fn case(&self, facts: &Facts) -> Case {
        let mut trial = self.trial();
        trial.give(facts);
        trial.case
    }

    /// The case as a file that `lenity explain` reads.
    pub(super) fn case_text(&self, facts: &Facts) -> String {
        let mut trial = self.trial();
        trial.give(facts);
        wire::case::to_toml(self.program, &trial.case)
    }

    /// A case with these facts that comes to the benchmark: a fixed sum leaves it nothing.
    pub(super) fn enter_benchmark(&self, given: &Facts) -> Entered {
        self.enter_where(given, |range| range.min.is_none() || range.min != range.max)
    }

    /// A case with these facts in which there is a violation with a fine.
    pub(super) fn enter(&self, given: &Facts) -> Entered {
        self.enter_where(given, |_| true)
    }

    /// A case with these facts in which there is a violation with a fine in a range that is looked for.
    pub(super) fn enter_where(&self, given: &Facts, fits: impl Fn(AmountRange) -> bool) -> Entered {
        let mut trial = self.trial();
        let mut found = None;
        let open: Vec<&Variable> = self.entrance.iter().filter(|variable| given.get(variable.slot).is_none()).collect();
        let mut budget = Budget::new(ENTRANCE);
        let mut undecided = false;
        let ended = split(self.program, &open, given, &mut budget, &mut |facts| {
            trial.give(facts);
            match trial.parts().threat() {
                Threat::Range(_, range) if !fits(range) => Look::Settled,
                Threat::Range(_, range) => {
                    found = Some((facts.clone(), range));
                    Look::Stop
                }
                Threat::NotEstablished | Threat::NoFine => Look::Settled,
                Threat::Open(Unsettled::NotAsked(slot)) => Look::Open(slot),
                Threat::Open(Unsettled::Unestablished) => Look::Settled,
                Threat::Open(Unsettled::Problem(_)) => {
                    undecided = true;
                    Look::Settled
                }
            }
        });
        match found {
            Some((facts, range)) => Entered::With(facts, range),
            None if ended == Ended::All && !undecided && open.iter().all(|variable| variable.exact) => Entered::Never,
            None => Entered::Unknown,
        }
    }
}

impl<'a> Trial<'_, 'a> {
    /// Makes these the facts of the case.
    pub(super) fn give(&mut self, facts: &Facts) {
        self.case.credit_grade = facts.get(Slot::Grade);
        for act in &mut self.case.acts {
            let persons = act.persons.iter_mut().map(|person| {
                person.credit_grade = facts.get(Slot::Grade);
                &mut person.facts
            });
            for known in std::iter::once(&mut act.facts).chain(persons) {
                known.clear();
                known.extend(facts.iter().filter_map(|(slot, knowledge)| match slot {
                    Slot::Fact(fact) => Some((fact, knowledge)),
                    Slot::Grade => None,
                }));
            }
        }
    }

    /// The rules.
    pub(super) fn program(&self) -> &'a Arc<Program> {
        self.scene.program
    }

    /// Where a rule stands.
    pub(super) fn place(&self, rule: RuleId) -> Span {
        self.scene.program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span)
    }

    /// Parts of the rules, worked out for the case as it is.
    pub(super) fn parts(&self) -> Parts<'_> {
        let scene = self.scene;
        Parts {
            program: scene.program,
            case: &self.case,
            violation: scene.violation,
            version: scene.version,
            day: scene.day(),
        }
    }

    /// What the rules say of the whole case with these facts, with its explanation.
    pub(super) fn determination(&mut self, facts: &Facts) -> Option<Determination> {
        self.give(facts);
        let judged = |determination: &Determination| determination.target.kind == self.scene.party;
        evaluate(self.scene.program, &self.case, Explanation::On).determinations.into_iter().find(judged)
    }

    /// The same under other rules with the same facts, without its explanation.
    pub(super) fn determination_under(&mut self, program: &Arc<Program>, facts: &Facts) -> Option<Determination> {
        self.give(facts);
        evaluate(program, &self.case, Explanation::Off).determinations.into_iter().next()
    }
}

/// Whether a version threatens responsible persons with something.
fn names_persons(version: &ViolationVersion) -> bool {
    let targets = version.targets.iter().chain(version.tiers.iter().flat_map(|tier| &tier.targets));
    targets.into_iter().any(|target| target.who.contains(PartyKind::Responsible))
}

/// Whoever is judged is the party, or the one person of the case: a responsible person of the unit that is the party, with
/// the same facts as the unit.
pub(super) fn case_of(
    program: &Program,
    (number, id): (usize, &Arc<str>),
    area: &Arc<str>,
    day: Date,
    party: PartyKind,
) -> Case {
    let persons = if party == PartyKind::Responsible {
        let facts = Vec::new();
        vec![Person { id: "p1".into(), kind: party, of: None, credit_grade: None, facts }]
    } else {
        Vec::new()
    };
    let act = Act {
        id: "a1".into(),
        began_on: day,
        ended_on: Some(day),
        discovered_on: Some(day),
        violation_id: Arc::clone(id),
        violation: number,
        facts: Vec::new(),
        persons,
        daily: Vec::new(),
        payment: None,
    };
    Case {
        read_by: Arc::clone(&program.identity),
        id: "counterexample".into(),
        area: Arc::clone(area),
        decided_on: day,
        party: if party == PartyKind::Responsible { PartyKind::Unit } else { party },
        credit_grade: None,
        acts: vec![act],
        lists: Vec::new(),
        pool: Arc::clone(&program.pool),
    }
}

/// Which of two areas lies in the other; `None` when neither does.
pub(super) fn narrower<'r>(a: &'r Arc<str>, b: &'r Arc<str>) -> Option<&'r Arc<str>> {
    if covers(a, b) { Some(b) } else { covers(b, a).then_some(a) }
}

/// The days of a version on which what is in force beside it may begin to differ, in order.
pub(super) fn days(version: &ViolationVersion, violation: &Violation) -> impl Iterator<Item = Date> + use<> {
    let own = version.in_force;
    let changes = violation.benchmarks.iter().map(|each| each.in_force);
    let mut days: Vec<Date> =
        changes.flat_map(|each| [Some(each.from), each.to.and_then(Date::tomorrow)]).flatten().collect();
    days.push(own.from);
    days.retain(|day| own.holds_on(*day));
    days.sort();
    days.dedup();
    days.into_iter()
}

/// The fewest of these facts that still do what `shows` asks: each is left out in turn, and stays out if it was not needed.
pub(super) fn fewest(facts: &Facts, mut shows: impl FnMut(&Facts) -> bool) -> Facts {
    let mut kept = facts.clone();
    for (slot, _) in facts.iter() {
        let without = kept.without(slot);
        if shows(&without) {
            kept = without;
        }
    }
    kept
}
