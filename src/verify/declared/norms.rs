//! Two norms that one act can break, between which the rules do not decide.
//!
//! Looked at are violations that name each other, or whose elements rest on a fact in common; any two others could be broken
//! by one act only as far as everything can happen at once. All ways in which both threaten a fine are gone through. Where
//! the principle compares ranges first and the ranges differ, nothing is left to decide; else whole cases are evaluated.

use std::sync::Arc;

use crate::case::{Case, PartyKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::{Competition, Explanation, GivesWay, Standing, Threat, Unsettled, covers, evaluate};
use crate::program::{Program, Violation, ViolationVersion};
use crate::resolved::YieldsTo;
use crate::source::Span;
use crate::trail::{Criterion, Problem};
use crate::value::Date;
use crate::verify::facts::{Facts, Slot};
use crate::verify::scene::{Scene, days, fewest, narrower};
use crate::verify::space::{Uses, Variable};
use crate::verify::split::{Budget, Ended, Look, split};
use crate::verify::{Finding, not_decided, reading};
use crate::wire;

/// The most ways to break both that are gone through for two violations.
const TRIALS: usize = 4_000;
/// How many cases are evaluated of each way.
const TURNS: usize = 4;

/// A violation with its id and place.
type Named<'a> = (usize, &'a Arc<str>, &'a Violation);

pub(super) fn check(program: &Arc<Program>, findings: &mut Vec<Finding>) {
    let all: Vec<Named<'_>> =
        program.violations.iter().enumerate().map(|(place, (id, each))| (place, id, each)).collect();
    for (place, first) in all.iter().enumerate() {
        for second in all.iter().skip(place.saturating_add(1)) {
            findings.extend(pair(program, *first, *second));
        }
    }
}

fn pair(program: &Arc<Program>, first: Named<'_>, second: Named<'_>) -> Option<Finding> {
    let mut open = None;
    for a in first.2.versions.iter().filter(|version| !version.no_longer_unlawful) {
        for b in second.2.versions.iter().filter(|version| !version.no_longer_unlawful) {
            let named = names(program, a, (second.1, b)) || names(program, b, (first.1, a));
            if !a.in_force.overlaps(&b.in_force) || !(named || shares_a_fact(program, a, b)) {
                continue;
            }
            let area = narrower(&program.area, &a.area).and_then(|area| narrower(area, &b.area));
            let Some(area) = area else { continue };
            let parties = [PartyKind::Unit, PartyKind::Individual].into_iter();
            let parties = parties.filter(|party| may_be(a, *party) && may_be(b, *party));
            let days = days_of_both(program, (a, first.2), (b, second.2));
            for (party, day) in parties.flat_map(|party| days.iter().map(move |day| (party, *day))) {
                let both = Both {
                    first: Scene::on(program, first, a, (area, day, party)),
                    second: Scene::on(program, second, b, (area, day, party)),
                    named,
                };
                match both.look(program, first, second) {
                    Seen::Undecided(facts, problem) => {
                        return Some(both.finding(program, (first.1, second.1), &facts, problem));
                    }
                    Seen::Decided => {}
                    Seen::Open => open = open.or(Some(place(program, b))),
                }
            }
        }
    }
    open.map(|span| {
        not_decided(
            span,
            (
                &format!("一个行为触犯“{}”和“{}”时，规则能否决定适用哪个", first.1, second.1),
                &format!("whether the rules decide between `{}` and `{}` for one act", first.1, second.1),
            ),
            ("案件太多，或者规则用到的不只是事实", "there are too many cases, or the rules look at more than facts"),
        )
    })
}

/// Whether a norm says how it stands to another.
fn names(program: &Program, own: &ViolationVersion, (id, other): (&str, &ViolationVersion)) -> bool {
    let instrument = program.rule(other.rule).and_then(|rule| rule.basis.first());
    own.norm.same_conduct_as(id)
        || own.norm.yields_to.iter().any(|each| match each {
            YieldsTo::Violation(stem) => crate::resolved::is_stem(stem, id),
            YieldsTo::Instrument(name) => instrument.is_some_and(|cited| cited.instrument == *name),
            YieldsTo::Level(level) => {
                let word = instrument.and_then(|cited| program.instruments.get(&cited.instrument)?.level.as_deref());
                word.and_then(crate::resolved::level) == Some(*level)
            }
        })
}

fn shares_a_fact(program: &Program, a: &ViolationVersion, b: &ViolationVersion) -> bool {
    let read = |version: &ViolationVersion| {
        let mut uses = Uses::default();
        uses.condition(program, &version.elements);
        uses.slots().collect::<Vec<Slot>>()
    };
    let other = read(b);
    read(a).iter().any(|slot| other.contains(slot))
}

/// The days on which what decides between two versions may change. Nobody decides any more on a day before the first
/// principle.
fn days_of_both(
    program: &Program,
    (a, first): (&ViolationVersion, &Violation),
    (b, second): (&ViolationVersion, &Violation),
) -> Vec<Date> {
    let principles = program.principles.iter().filter(|each| !each.norms.is_empty()).map(|each| each.in_force);
    let changes = principles.clone().flat_map(|each| [Some(each.from), each.to.and_then(Date::tomorrow)]).flatten();
    let mut found: Vec<Date> = days(a, first).chain(days(b, second)).chain(changes).collect();
    let since = principles.map(|each| each.from).min();
    found.retain(|day| {
        a.in_force.holds_on(*day) && b.in_force.holds_on(*day) && since.is_none_or(|since| since <= *day)
    });
    found.sort();
    found.dedup();
    found
}

fn may_be(version: &ViolationVersion, party: PartyKind) -> bool {
    version.subjects.is_none_or(|subjects| match party {
        PartyKind::Unit | PartyKind::Responsible => subjects.unit,
        PartyKind::Individual => subjects.individual,
    })
}

fn place(program: &Program, version: &ViolationVersion) -> Span {
    program.rule(version.rule).map_or(Span::NOWHERE, |rule| rule.span)
}

/// Two norms on one day, in one area, for one kind of party.
struct Both<'a> {
    first: Scene<'a>,
    second: Scene<'a>,
    /// One of them names the other.
    named: bool,
}

enum Seen {
    /// Some case leaves it open, for this reason.
    Undecided(Facts, Problem),
    Decided,
    Open,
}

impl Both<'_> {
    fn look(&self, program: &Arc<Program>, first: Named<'_>, second: Named<'_>) -> Seen {
        let mut entrance = Uses::default();
        entrance.threat(program, self.first.version);
        entrance.threat(program, self.second.version);
        let mut uses = reading::of(program, first.1, first.2);
        uses.add(&reading::of(program, second.1, second.2));
        let all: Vec<Variable> =
            uses.variables(program).into_iter().filter(|variable| !variable.states.is_empty()).collect();
        let decides: Vec<Slot> = entrance.slots().collect();
        let variables: Vec<Variable> =
            all.iter().filter(|variable| decides.contains(&variable.slot)).cloned().collect();
        let by_range = ranges_come_first(program, self.first.area(), self.first.day()) && !self.named;
        let (mut one, mut other) = (self.first.trial(), self.second.trial());
        let (mut undecided, mut open) = (None, !entrance.beyond.is_empty());
        let mut budget = Budget::new(TRIALS);
        let ended = split(program, &variables, &Facts::default(), &mut budget, &mut |facts| {
            one.give(facts);
            other.give(facts);
            let (a, b) = match (one.parts().threat(), other.parts().threat()) {
                (Threat::NotEstablished | Threat::NoFine, _) | (_, Threat::NotEstablished | Threat::NoFine) => {
                    return Look::Settled;
                }
                (Threat::Open(Unsettled::NotAsked(slot)), _) | (_, Threat::Open(Unsettled::NotAsked(slot))) => {
                    return Look::Open(slot);
                }
                (Threat::Range(_, a), Threat::Range(_, b)) => (a, b),
                _ => {
                    open = true;
                    return Look::Settled;
                }
            };
            if by_range && a != b {
                return Look::Settled;
            }
            match self.evaluated(program, facts, &all) {
                Seen::Undecided(facts, problem) => {
                    undecided = Some((facts, problem));
                    Look::Stop
                }
                Seen::Decided => Look::Settled,
                Seen::Open => {
                    open = true;
                    Look::Settled
                }
            }
        });
        match undecided {
            Some((facts, problem)) => Seen::Undecided(facts, problem),
            None if ended == Ended::All && !open && variables.iter().all(|variable| variable.exact) => Seen::Decided,
            None => Seen::Open,
        }
    }

    /// Cases with these facts, the others far apart. It is decided for all of them when one norm gives way by itself.
    fn evaluated(&self, program: &Arc<Program>, facts: &Facts, all: &[Variable]) -> Seen {
        let most = all.iter().map(|variable| variable.states.len()).max().unwrap_or(1).clamp(1, TURNS);
        for turn in 0..most {
            let mut base = facts.clone();
            for variable in all {
                let state = turn.checked_rem(variable.states.len()).and_then(|place| variable.states.get(place));
                if let (None, Some(state)) = (base.get(variable.slot), state) {
                    base.set(variable.slot, *state);
                }
            }
            let (competition, gives_way) = self.competition(program, &base);
            if let Some(problem) = competition.as_ref().and_then(|found| found.problems.first()) {
                return Seen::Undecided(base, *problem);
            }
            if gives_way {
                return Seen::Decided;
            }
        }
        Seen::Open
    }

    fn case(&self, facts: &Facts) -> Case {
        let mut case = self.first.case(facts);
        case.acts.extend(self.second.case(facts).acts);
        case
    }

    /// What becomes of the two norms, and whether one gives way whatever the fines are.
    fn competition(&self, program: &Arc<Program>, facts: &Facts) -> (Option<Competition>, bool) {
        let found = evaluate(program, &self.case(facts), Explanation::Off);
        let by_itself = found.determinations.iter().any(|determination| match determination.standing {
            Standing::GivesWay(GivesWay::LowerFine | GivesWay::SameFine | GivesWay::LighterPenalty, _) => false,
            Standing::GivesWay(..) => true,
            _ => false,
        });
        (found.competitions.into_iter().next(), by_itself)
    }

    fn finding(&self, program: &Arc<Program>, (a, b): (&str, &str), facts: &Facts, problem: Problem) -> Finding {
        let shows = |facts: &Facts| {
            self.competition(program, facts).0.is_some_and(|found| found.problems.first() == Some(&problem))
        };
        let facts = fewest(facts, shows);
        let (zh, en) = match problem {
            Problem::NormsConflict => (
                "两者规定同一行为而互相冲突，层级、特别和新旧都不能决定",
                "they rule the same conduct and conflict, and neither level nor special nor later law decides",
            ),
            Problem::NoNormPrinciple => ("没有原则说明如何比较它们的罚款", "no principle says how their fines compare"),
            _ => ("按原则比较，不分高低", "the principle does not tell their fines apart"),
        };
        let diagnostic = Diagnostic::new(
            Code::NormsCollide,
            place(program, self.second.version),
            format!("一个行为可以同时触犯“{a}”和“{b}”，而规则不能决定适用哪个"),
            format!("one act can break both `{a}` and `{b}`, and the rules do not decide between them"),
        )
        .label(place(program, self.first.version), "另一个规定", "the other norm")
        .why(zh, en)
        .help(
            "写明让位、同一行为或特别规定，或者在原则里写明如何比较罚款",
            "say which yields, is special or rules the same conduct, or how a principle compares their fines",
        );
        Finding::shown(diagnostic, wire::case::to_toml(program, &self.case(&facts)))
    }
}

/// Whether the principle of a day compares the ranges of several norms before anything else.
fn ranges_come_first(program: &Program, area: &str, day: Date) -> bool {
    let mut principles =
        program.principles.iter().filter(|each| each.in_force.holds_on(day) && covers(&each.area, area));
    principles.next().is_some_and(|principle| principle.norms.first() == Some(&Criterion::StatutoryRange))
}
