//! Check 10: how two versions of a pack differ. Facts are matched by name, violations by id.
//!
//! Of each violation it is shown that both treat every case alike, or a case is shown which they do not. What is alike by
//! its declarations, with everything they name, needs no case. Otherwise cases are tried on every day on which something
//! changes, in every area and for units and individuals, over all states of facts that either side tells apart; both sides
//! are evaluated. An act and its decision fall on one day in these cases; a party stands alone.

mod declarations;
mod result;
mod shared;

use std::sync::Arc;

use super::facts::Facts;
use super::scene::{Entered, Scene, case_of, fewest};
use super::space::Beyond;
use super::split::{Budget, Ended, Look, split_with};
use crate::case::{Case, PartyKind};
use crate::diagnostic::Text;
use crate::evaluate::{Explanation, covers, evaluate};
use crate::program::{Program, Violation, ViolationVersion};
use crate::resolved::NormRelations;
use crate::value::Date;
use crate::wire;
use declarations::Declared;
pub use result::Change;
use result::{changes, is_settled, next_question};
use shared::Shared;

/// The most cases tried for one violation.
const TRIALS: usize = 20_000;

/// How two rule sets differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Facts that differ, in the order of names.
    pub facts: Vec<FactDifference>,
    /// Every violation of either, in the order of ids.
    pub violations: Vec<ViolationDifference>,
}

impl Difference {
    /// Whether anything differs. What was not decided does not.
    #[must_use]
    pub fn is_any(&self) -> bool {
        let differs = |each: &ViolationDifference| {
            matches!(each.found, Found::OnlyInOld | Found::OnlyInNew | Found::Different(_))
        };
        !self.facts.is_empty() || self.violations.iter().any(differs)
    }
}

/// A fact that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactDifference {
    /// Its name.
    pub name: Arc<str>,
    /// How.
    pub change: FactChange,
}

/// How a fact differs.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FactChange {
    /// Only the old rules have it.
    OnlyInOld,
    /// Only the new rules have it.
    OnlyInNew,
    /// Its type, unit or members differ.
    Type,
    /// Its bounds differ, or whether a case may say that there is none.
    Values,
}

/// What was found of one violation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ViolationDifference {
    /// Its id.
    pub violation: Arc<str>,
    /// What was found.
    pub found: Found,
}

/// What was found of one violation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// Only the old rules have it.
    OnlyInOld,
    /// Only the new rules have it.
    OnlyInNew,
    /// All that bears on it is declared alike.
    DeclaredAlike,
    /// Both come to the same in every case; so many stood for all of them.
    Same(usize),
    /// A case on which they differ.
    Different(Box<Shown>),
    /// No case was found on which they differ, and some were not covered: how many were tried, and why not all.
    NotDecided(usize, Text),
}

/// A case on which two rule sets differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The case in TOML as the old rules read it.
    pub old_case: String,
    /// The same as the new rules read it: it differs where only one of them has a fact.
    pub new_case: String,
    /// What differs in the results.
    pub changes: Vec<Change>,
}

/// Compares two rule sets.
pub(crate) fn difference(old: &Arc<Program>, new: &Arc<Program>) -> Difference {
    let mut ids: Vec<&Arc<str>> = old.violations.keys().chain(new.violations.keys()).collect();
    ids.sort();
    ids.dedup();
    let found = |id: &Arc<str>| match (Side::of(old, id), Side::of(new, id)) {
        (Some(old), Some(new)) => Pair { old, new }.compare(),
        (None, _) => Found::OnlyInNew,
        (_, None) => Found::OnlyInOld,
    };
    let violations =
        ids.into_iter().map(|id| ViolationDifference { violation: Arc::clone(id), found: found(id) }).collect();
    Difference { facts: shared::facts(old, new), violations }
}

/// A violation in one of the two.
#[derive(Clone, Copy)]
struct Side<'a> {
    program: &'a Arc<Program>,
    number: usize,
    id: &'a Arc<str>,
    violation: &'a Violation,
}

impl<'a> Side<'a> {
    fn of(program: &'a Arc<Program>, id: &str) -> Option<Self> {
        let (number, id, violation) = program.violations.get_full(id)?;
        Some(Side { program, number, id, violation })
    }

    /// How its norm stands to others, version by version.
    fn norms(&self) -> impl Iterator<Item = &'a NormRelations> + use<'a> {
        self.violation.versions.iter().map(|version| &version.norm)
    }

    fn has_version(&self, area: &str, day: Date) -> bool {
        self.violation.versions.iter().any(|version| version.in_force.holds_on(day) && covers(&version.area, area))
    }
}

/// Where cases are tried.
#[derive(Clone)]
struct Stand {
    area: Arc<str>,
    day: Date,
    party: PartyKind,
}

struct Pair<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// The case of both sides, whose facts are exchanged.
struct Trial<'p, 'a> {
    pair: &'p Pair<'a>,
    shared: &'p Shared,
    old: Case,
    new: Case,
    /// Whether a case stayed open though every fact had a state.
    open: bool,
}

impl Trial<'_, '_> {
    /// What differs with these facts, once both sides say all they have to say; else what to ask next.
    fn compare(&mut self, facts: &Facts) -> Result<Vec<Change>, Option<super::facts::Slot>> {
        self.give(facts);
        let old = evaluate(self.pair.old.program, &self.old, Explanation::Off);
        let new = evaluate(self.pair.new.program, &self.new, Explanation::Off);
        let settled = is_settled(&old) && is_settled(&new);
        if !settled && !self.shared.all_given(facts) {
            let asked = next_question(&old).and_then(|slot| self.shared.of_old(slot));
            let slot = asked.or_else(|| next_question(&new).and_then(|slot| self.shared.of_new(slot)));
            return Err(slot);
        }
        self.open |= !settled;
        Ok(changes(&old, &new))
    }

    fn give(&mut self, facts: &Facts) {
        self.shared.give(facts, &mut self.old, &mut self.new);
    }
}

impl<'a> Pair<'a> {
    fn compare(&self) -> Found {
        let (old, new) = (Declared::of(&self.old), Declared::of(&self.new));
        let currency = self.old.program.currency == self.new.program.currency;
        if currency && old.is_like(&new, None) {
            return Found::DeclaredAlike;
        }
        let shared = Shared::of(&self.old, &self.new);
        let mut budget = Budget::new(TRIALS);
        let mut tried = 0_usize;
        let mut why = shared.limits();
        if !old.has_the_principles_of(&new) {
            why.push(Text::new(
                "新旧法或者几个规定如何比较有变动，没有尝试这样的案件",
                "how versions of the law, or several norms, are compared differs, and such cases are not tried",
            ));
        }
        if !self.old.norms().eq(self.new.norms()) {
            why.push(Text::new(
                "它与其他规定的关系有变动，没有尝试触犯几个规定的案件",
                "how it stands to other norms differs, and cases under several norms are not tried",
            ));
        }
        let stands = self.stands(&old, &new);
        if stands.is_empty() {
            why.push(Text::new(
                "两边的区域不相交，没有共同的案件",
                "their areas do not meet, so that no case is one of both",
            ));
        }
        for stand in stands {
            if currency && old.is_like(&new, Some((&stand.area, stand.day))) {
                continue;
            }
            let mut trial = Trial {
                pair: self,
                shared: &shared,
                old: self.case(&self.old, &stand),
                new: self.case(&self.new, &stand),
                open: false,
            };
            if let Some(facts) = self.sampled(&stand, &mut trial, &mut tried) {
                return self.shown(&mut trial, &facts);
            }
            let mut different = None;
            let ended = split_with(
                &shared.variables,
                &|slot| shared.is_presumed(slot),
                &Facts::default(),
                &mut budget,
                &mut |facts| {
                    tried = tried.saturating_add(1);
                    match trial.compare(facts) {
                        Ok(changes) if changes.is_empty() => Look::Settled,
                        Ok(_) => {
                            different = Some(facts.clone());
                            Look::Stop
                        }
                        Err(slot) => Look::Open(slot),
                    }
                },
            );
            if let Some(facts) = different {
                return self.shown(&mut trial, &facts);
            }
            if trial.open {
                why.push(Text::new(
                    "有的案件，事实都已给出仍没有结论",
                    "some cases stay open though every fact is given",
                ));
            }
            if ended != Ended::All {
                why.push(Text::new("案件太多", "there are too many cases"));
                break;
            }
        }
        let mut reasons: Vec<Text> = Vec::new();
        for reason in why {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        let why = reasons;
        if why.is_empty() {
            return Found::Same(tried);
        }
        let join = |texts: Vec<&str>, with: &str| texts.join(with);
        let zh = join(why.iter().map(|text| text.zh.as_str()).collect(), "；");
        let en = join(why.iter().map(|text| text.en.as_str()).collect(), "; ");
        Found::NotDecided(tried, Text::new(zh, en))
    }

    fn case(&self, side: &Side<'_>, stand: &Stand) -> Case {
        case_of(side.program, (side.number, side.id), &stand.area, stand.day, stand.party)
    }

    /// The days on which something that bears on the violation changes on either side, in each area and for each party.
    fn stands(&self, old: &Declared, new: &Declared) -> Vec<Stand> {
        let mut days: Vec<Date> = old.days().chain(new.days()).collect();
        days.sort();
        days.dedup();
        let mut areas: Vec<Arc<str>> = old.areas().chain(new.areas()).collect();
        areas.extend([Arc::clone(&self.old.program.area), Arc::clone(&self.new.program.area)]);
        areas.retain(|area| covers(&self.old.program.area, area) && covers(&self.new.program.area, area));
        areas.sort();
        areas.dedup();
        let mut stands = Vec::new();
        for area in &areas {
            for day in &days {
                if self.old.has_version(area, *day) || self.new.has_version(area, *day) {
                    for party in [PartyKind::Unit, PartyKind::Individual] {
                        stands.push(Stand { area: Arc::clone(area), day: *day, party });
                    }
                }
            }
        }
        stands
    }

    /// Tries cases that lie far from each other, and those beside them: a difference in one row is met soon that way.
    fn sampled(&self, stand: &Stand, trial: &mut Trial<'_, 'a>, tried: &mut usize) -> Option<Facts> {
        let shared = trial.shared;
        let established = [(&self.old, true), (&self.new, false)].map(|(side, is_old)| {
            let in_force = |version: &&ViolationVersion| {
                version.in_force.holds_on(stand.day) && covers(&version.area, &stand.area)
            };
            let version = side.violation.versions.iter().find(in_force)?;
            let scene = Scene::on(
                side.program,
                (side.number, side.id, side.violation),
                version,
                (&stand.area, stand.day, stand.party),
            );
            match scene.enter(&Facts::default()) {
                Entered::With(facts, _) => Some(shared.virtual_facts(&facts, is_old)),
                _ => None,
            }
        });
        let most = shared.variables.iter().map(|variable| variable.states.len()).max().unwrap_or(0);
        for entered in established.into_iter().flatten() {
            for turn in 0..most.min(12) {
                let mut base = entered.clone();
                for variable in &shared.variables {
                    let state = turn.checked_rem(variable.states.len()).and_then(|place| variable.states.get(place));
                    if let (None, Some(state)) = (base.get(variable.slot), state) {
                        base.set(variable.slot, *state);
                    }
                }
                let beside = shared
                    .variables
                    .iter()
                    .flat_map(|variable| variable.states.iter().map(|state| (variable.slot, *state)));
                let changed = beside.map(|(slot, state)| base.with(slot, state));
                for facts in std::iter::once(base.clone()).chain(changed) {
                    *tried = tried.saturating_add(1);
                    if trial.compare(&facts).is_ok_and(|changes| !changes.is_empty()) {
                        return Some(facts);
                    }
                }
            }
        }
        None
    }

    fn shown(&self, trial: &mut Trial<'_, 'a>, facts: &Facts) -> Found {
        let facts = fewest(facts, |facts| trial.compare(facts).is_ok_and(|changes| !changes.is_empty()));
        let changes = trial.compare(&facts).unwrap_or_default();
        trial.give(&facts);
        Found::Different(Box::new(Shown {
            old_case: wire::case::to_toml(self.old.program, &trial.old),
            new_case: wire::case::to_toml(self.new.program, &trial.new),
            changes,
        }))
    }
}

/// Why cases that rest on something besides facts are not covered.
fn limit(beyond: Beyond) -> Option<Text> {
    Some(match beyond {
        Beyond::Records(_) => Text::new("规则用到记录，没有逐一尝试", "the rules look at records, which are not tried"),
        Beyond::Days => Text::new(
            "规则用到行为、发现和决定的日期，只试了同一天的",
            "the rules look at the days of act, discovery and decision, of which only equal ones are tried",
        ),
        Beyond::Points => {
            Text::new("规则用到信用分，没有逐一尝试", "the rules work out credit points, which are not tried")
        }
        // What the case itself comes to is worked out in every case that is tried.
        Beyond::Result => return None,
    })
}
