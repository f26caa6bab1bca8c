//! Check 8: facts that count twice in a fine. Between a benchmark or a heavier tier and a circumstance or credit tier this is
//! refused when rules are loaded, unless the rule says that it is meant; those are listed. The rest is looked for here:
//! between two factors, a factor and a tier, two circumstances, a circumstance and credit, and between what credit points
//! are worked out from and anything else.
//!
//! A fact counts twice when, in one case, leaving out either of two rules changes the fine, and against another value of the
//! fact each of them alone changes it in the same direction. A factor is left out by holding it at its lowest row. The case is shown with the fine under both and under each alone.

mod source;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facts::{Facts, Slot};
use super::scene::{Entered, Scene, Trial, fewest};
use super::space::Variable;
use super::split::{Budget, Ended, Look, split};
use super::{Finding, not_decided, reading};
use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic, Lang, Text};
use crate::program::{CountedTwice, FactId, Program, RuleId};
use crate::source::Span;
use crate::value::Number;
use source::{Kind, Source};

/// The most cases tried for two rules.
const TRIALS: usize = 2_000;
/// The most starting points of the search for a case.
const TURNS: usize = 12;

/// Examines the scenes of one violation.
pub(super) fn check(scenes: &[Scene<'_>], findings: &mut Vec<Finding>) {
    let mut seen: BTreeSet<(RuleId, RuleId)> = BTreeSet::new();
    let mut open: Vec<(Pair, Option<FactId>)> = Vec::new();
    for scene in scenes.iter().filter(|scene| scene.benchmark.is_some()) {
        let sources = Source::all(scene);
        for (place, first) in sources.iter().enumerate() {
            for second in sources.iter().skip(place.saturating_add(1)) {
                let pair = Pair::of(first, second);
                let meant = meant(scene, second);
                if seen.contains(&pair.rules) || pair.shared.is_empty() || first.excludes(second, meant.is_some()) {
                    continue;
                }
                match pair.look(scene, first, second) {
                    Seen::Twice(found) => {
                        seen.insert(pair.rules);
                        findings.push(finding(scene, &pair, &found, meant));
                    }
                    Seen::Never => {}
                    Seen::Open(records) => open.push((pair, records)),
                }
            }
        }
        // What is said to be meant is listed even where no case was found in which it counts.
        for source in &sources {
            let itself = (source.rule, source.rule);
            let shown = |rules: &(RuleId, RuleId)| rules.1 == source.rule;
            if let Some(meant) = meant(scene, source).filter(|_| !seen.iter().any(shown)) {
                seen.insert(itself);
                findings.push(Finding::of(listed(scene, source.rule, meant)));
            }
        }
    }
    for (pair, records) in open {
        if seen.insert(pair.rules)
            && let Some(scene) = scenes.first()
        {
            findings.push(undecided(scene.program, &pair, records));
        }
    }
}

/// Two rules that rest on the same facts.
struct Pair {
    rules: (RuleId, RuleId),
    shared: Vec<Slot>,
    /// Records that both look at.
    records: Option<FactId>,
    /// One of them rests on points, so that the case must not give the grade.
    works_out_the_grade: bool,
}

/// A case in which a fact counts twice.
struct Twice {
    facts: Facts,
    slot: Slot,
    both: Figure,
    without_second: Figure,
    without_first: Figure,
}

enum Seen {
    Twice(Box<Twice>),
    Never,
    /// Not decided; because of these records, or of too many cases.
    Open(Option<FactId>),
}

/// The fine of a case: one amount, or the ends of a band.
type Figure = (Number, Number);

impl Pair {
    fn of(first: &Source, second: &Source) -> Pair {
        let shared: Vec<Slot> = first.slots.intersection(&second.slots).copied().collect();
        Pair {
            rules: (first.rule, second.rule),
            shared,
            records: first.records.intersection(&second.records).next().copied(),
            works_out_the_grade: first.works_out_the_grade || second.works_out_the_grade,
        }
    }

    fn look(&self, scene: &Scene<'_>, first: &Source, second: &Source) -> Seen {
        if self.shared.iter().all(|slot| self.records.map(Slot::Fact) == Some(*slot)) {
            return Seen::Open(self.records);
        }
        let uses = reading::of(scene.program, scene.id(), scene.violation);
        let variables: Vec<Variable> = uses
            .variables(scene.program)
            .into_iter()
            .filter(|variable| !variable.states.is_empty())
            .filter(|variable| !(self.works_out_the_grade && variable.slot == Slot::Grade))
            .collect();
        let mut search = Search {
            trial: scene.trial(),
            without_first: Arc::new(first.removed_from(scene)),
            without_second: Arc::new(second.removed_from(scene)),
            heavier_first: first.kind == Kind::Tier,
            open: false,
        };
        if let Some(found) = self.sample(scene, &variables, &mut search) {
            return Seen::Twice(Box::new(found.with_fewest(&mut search, &variables)));
        }
        let mut budget = Budget::new(TRIALS);
        let mut found = None;
        search.open = false;
        let ended = split(scene.program, &variables, &Facts::default(), &mut budget, &mut |facts| {
            if let Err(slot) = search.settled(facts) {
                return Look::Open(slot);
            }
            let given = |slot: &&Slot| facts.get(**slot).is_some();
            found = self.shared.iter().filter(given).find_map(|slot| search.twice(facts, *slot, &variables));
            if found.is_some() { Look::Stop } else { Look::Settled }
        });
        match found {
            Some(found) => Seen::Twice(Box::new(found.with_fewest(&mut search, &variables))),
            None if ended == Ended::All && !search.open && variables.iter().all(|variable| variable.exact) => {
                Seen::Never
            }
            None => Seen::Open(self.records),
        }
    }

    /// Cases that lie far apart, with each shared fact changed.
    fn sample(&self, scene: &Scene<'_>, variables: &[Variable], search: &mut Search<'_, '_>) -> Option<Twice> {
        let Entered::With(entered, _) = scene.enter(&Facts::default()) else { return None };
        let most = variables.iter().map(|variable| variable.states.len()).max().unwrap_or(0);
        for turn in 0..most.min(TURNS) {
            let mut base = entered.clone();
            for variable in variables {
                let state = turn.checked_rem(variable.states.len()).and_then(|place| variable.states.get(place));
                if let (None, Some(state)) = (base.get(variable.slot), state) {
                    base.set(variable.slot, *state);
                }
            }
            for slot in &self.shared {
                for state in states(variables, *slot) {
                    if let Some(found) = search.twice(&base.with(*slot, *state), *slot, variables) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }
}

fn states(variables: &[Variable], slot: Slot) -> &[Knowledge] {
    variables.iter().find(|variable| variable.slot == slot).map_or(&[], |variable| &variable.states)
}

/// The rules as they are, and without one rule or the other.
struct Search<'s, 'a> {
    trial: Trial<'s, 'a>,
    without_first: Arc<Program>,
    without_second: Arc<Program>,
    /// The first rule is a tier, which counts when it makes the fine heavier.
    heavier_first: bool,
    /// Some case came to no figure.
    open: bool,
}

impl Search<'_, '_> {
    /// Whether a case says all there is to say; else what to ask next.
    fn settled(&mut self, facts: &Facts) -> Result<(), Option<Slot>> {
        let Some(found) = self.trial.determination(facts) else { return Ok(()) };
        let asked = found.result.facts_to_ask.first().copied().map(Slot::Fact);
        match asked.or(found.result.grade_to_ask.then_some(Slot::Grade)) {
            None => Ok(()),
            slot => Err(slot),
        }
    }

    fn figure(&mut self, facts: &Facts) -> Option<Figure> {
        self.trial.determination(facts).and_then(|found| figure(&found.result))
    }

    fn figure_under(&mut self, program: &Arc<Program>, facts: &Facts) -> Option<Figure> {
        let found = self.trial.determination_under(program, facts);
        let figure = found.as_ref().and_then(|found| figure(&found.result));
        self.open |= figure.is_none()
            && found.is_some_and(|found| found.result.outcome == crate::evaluate::Outcome::Undetermined);
        figure
    }

    /// Whether a fact counts twice in a case.
    fn twice(&mut self, facts: &Facts, slot: Slot, variables: &[Variable]) -> Option<Twice> {
        let both = self.figure(facts)?;
        let (no_first, no_second) = (Arc::clone(&self.without_first), Arc::clone(&self.without_second));
        let without_second = self.figure_under(&no_second, facts)?;
        let without_first = self.figure_under(&no_first, facts)?;
        let lighter = self.heavier_first && both < without_first;
        if both == without_second || both == without_first || lighter {
            return None;
        }
        let own = facts.get(slot)?;
        // Against one other value of the fact, each of them alone moves the fine the way it moves it here.
        let (first_moves, second_moves) = (both.cmp(&without_first), both.cmp(&without_second));
        let twice = states(variables, slot).iter().filter(|state| **state != own).any(|state| {
            let other = facts.with(slot, *state);
            let mut moves = |program: &Arc<Program>, figure: Figure| {
                self.figure_under(program, &other).map(|other| figure.cmp(&other))
            };
            moves(&no_second, without_second) == Some(first_moves)
                && moves(&no_first, without_first) == Some(second_moves)
        });
        twice.then(|| Twice { facts: facts.clone(), slot, both, without_second, without_first })
    }
}

impl Twice {
    fn with_fewest(self, search: &mut Search<'_, '_>, variables: &[Variable]) -> Twice {
        let slot = self.slot;
        let facts = fewest(&self.facts, |facts| search.twice(facts, slot, variables).is_some());
        search.twice(&facts, slot, variables).unwrap_or(self)
    }
}

fn figure(result: &crate::evaluate::CandidateResult) -> Option<Figure> {
    let fine = result.fine?;
    let band = fine.within.and_then(|band| band.min.zip(band.max));
    fine.amount.map(|amount| (amount, amount)).or(band)
}

/// What a circumstance or credit tier says that it means to count a second time, for the violation at hand.
fn meant<'a>(scene: &Scene<'a>, source: &Source) -> Option<&'a CountedTwice> {
    let program: &'a Program = scene.program;
    let twice = match source.kind {
        Kind::Circumstance => {
            program.circumstances.iter().find(|each| each.rule == source.rule)?.counted_twice.as_ref()
        }
        Kind::Credit => {
            let tiers = program.credit.iter().flat_map(|credit| &credit.tiers);
            tiers.into_iter().find(|tier| tier.rule == source.rule)?.counted_twice.as_ref()
        }
        Kind::Factor(_) | Kind::Tier => None,
    };
    twice.filter(|twice| twice.violations.iter().any(|id| **id == *scene.id()))
}

fn finding(scene: &Scene<'_>, pair: &Pair, found: &Twice, meant: Option<&CountedTwice>) -> Finding {
    let program = scene.program;
    let (first, second) = (name(program, pair.rules.0), name(program, pair.rules.1));
    let diagnostic = match meant {
        Some(meant) => listed(scene, pair.rules.1, meant),
        None => {
            let id = scene.id();
            let fact = match found.slot {
                Slot::Fact(fact) => program.fact(fact).map_or(("", ""), |fact| (&*fact.name, &*fact.name)),
                Slot::Grade => ("信用等级", "credit_grade"),
            };
            Diagnostic::new(
                Code::CountsTwice,
                place(program, pair.rules.1),
                format!("对 {id}，“{}”在“{}”和“{}”中各计一次", fact.0, first.zh, second.zh),
                format!("`{}` counts twice for `{id}`: in {} and in {}", fact.1, first.en, second.en),
            )
            .label(place(program, pair.rules.0), "第一次在这里", "the first time is here")
            .help(
                "只在一处计入；规定本意如此的，写明理由",
                "let it count in one of them, or give the reason when the rules mean it",
            )
        }
    };
    let figures = [found.both, found.without_second, found.without_first].map(|figure| money(program, figure));
    let [both, without_second, without_first] = figures;
    let diagnostic = diagnostic.why(
        format!(
            "都计入为{}；不计“{}”为{}；不计“{}”为{}",
            both.zh, second.zh, without_second.zh, first.zh, without_first.zh
        ),
        format!(
            "with both the fine is {}, without {} it is {}, without {} it is {}",
            both.en, second.en, without_second.en, first.en, without_first.en
        ),
    );
    Finding::shown(diagnostic, scene.case_text(&found.facts))
}

fn listed(scene: &Scene<'_>, rule: RuleId, meant: &CountedTwice) -> Diagnostic {
    let (id, rule) = (scene.id(), name(scene.program, rule));
    let reason = |lang| meant.reason.get(lang).unwrap_or("").to_owned();
    Diagnostic::new(
        Code::CountedTwiceMeant,
        meant.span,
        format!("对 {id}，“{}”有意重复计入 {}：{}", rule.zh, meant.names.join("、"), reason(Lang::Chinese)),
        format!("for `{id}` {} counts {} a second time: {}", rule.en, meant.names.join(", "), reason(Lang::English)),
    )
}

fn undecided(program: &Program, pair: &Pair, records: Option<FactId>) -> Finding {
    let (first, second) = (name(program, pair.rules.0), name(program, pair.rules.1));
    let why = match records.and_then(|fact| program.fact(fact)) {
        Some(fact) => (
            format!("两者都用到记录“{}”，而记录没有逐一尝试", fact.name),
            format!("both look at the records `{}`, which are not tried", fact.name),
        ),
        None => (
            "案件太多，或者有的事实参与计算".to_owned(),
            "there are too many cases, or facts are reckoned with".to_owned(),
        ),
    };
    not_decided(
        place(program, pair.rules.1),
        (
            &format!("同一事实是否在“{}”和“{}”中各计一次", first.zh, second.zh),
            &format!("whether a fact counts twice, in {} and in {}", first.en, second.en),
        ),
        (&why.0, &why.1),
    )
}

fn place(program: &Program, rule: RuleId) -> Span {
    program.rule(rule).map_or(Span::NOWHERE, |rule| rule.span)
}

/// The rule as its label or name has it.
fn name(program: &Program, rule: RuleId) -> Text {
    let Some(rule) = program.rule(rule) else { return Text::new("", "") };
    let label = |lang| rule.label.get(lang).unwrap_or(&rule.name).to_owned();
    Text::new(label(Lang::Chinese), format!("`{}`", label(Lang::English)))
}

fn money(program: &Program, (low, high): Figure) -> Text {
    let currency = &program.currency;
    if low == high {
        return Text::new(format!("{}元", low.grouped()), format!("{currency} {}", low.grouped()));
    }
    Text::new(
        format!("{}元至{}元", low.grouped(), high.grouped()),
        format!("{currency} {} to {}", low.grouped(), high.grouped()),
    )
}
