//! Whether all that bears on a violation is declared alike on both sides.
//!
//! Rules are compared by their texts, blanks aside, with the interval, area and name of each. What a text may name is taken
//! in with it: every declaration whose name occurs in it, in whatever sense. That takes in too much rather than too little.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Side;
use crate::evaluate::covers;
use crate::program::{InForce, Program, RuleId, RuleKind};
use crate::source::Span;
use crate::value::Date;

/// One declaration: what makes it the same as another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Item {
    name: Arc<str>,
    text: String,
    area: Option<Arc<str>>,
    interval: Option<(Date, Option<Date>)>,
    /// Whether it is chosen by day and area; what is named is not.
    chosen: bool,
}

/// All that bears on a violation.
#[derive(Debug)]
pub(super) struct Declared {
    items: BTreeSet<Item>,
    principles: BTreeSet<Item>,
}

impl Declared {
    pub(super) fn of(side: &Side<'_>) -> Self {
        let program = side.program;
        let mut items = BTreeSet::new();
        for (rule, area) in bearing(side) {
            items.extend(item(program, rule, Some(area)));
        }
        // The grade of a case is of this type, whatever is said of it.
        let grades = program.grades.and_then(|id| program.enumeration(id));
        items.extend(grades.map(|kind| plain(&kind.name, text(program, kind.span))));
        let mut named = named(program);
        loop {
            let (used, rest): (Vec<Item>, Vec<Item>) =
                named.into_iter().partition(|each| items.iter().any(|item| mentions(&item.text, each)));
            if used.is_empty() {
                break;
            }
            items.extend(used);
            named = rest;
        }
        let principles = program.principles.iter().filter_map(|each| item(program, each.rule, Some(&each.area)));
        Declared { items, principles: principles.collect() }
    }

    /// Whether the other has the same, all of it or what may be used in an area on a day.
    pub(super) fn is_like(&self, other: &Declared, stand: Option<(&str, Date)>) -> bool {
        let used = |item: &&Item| {
            let holds = |day: Date| item.interval.is_none_or(|(from, to)| InForce { from, to }.holds_on(day));
            stand.is_none_or(|(area, day)| {
                !item.chosen || (holds(day) && item.area.as_ref().is_none_or(|own| covers(own, area)))
            })
        };
        self.items.iter().filter(used).eq(other.items.iter().filter(used))
    }

    /// Whether versions and norms compete in the same way.
    pub(super) fn has_the_principles_of(&self, other: &Declared) -> bool {
        self.principles == other.principles
    }

    /// The days on which something begins, and those after something ended.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> + '_ {
        let intervals = self.items.iter().filter_map(|item| item.interval);
        intervals.flat_map(|(from, to)| [Some(from), to.and_then(Date::tomorrow)]).flatten()
    }

    /// The areas of what is chosen by area.
    pub(super) fn areas(&self) -> impl Iterator<Item = Arc<str>> + '_ {
        self.items.iter().filter_map(|item| item.area.clone())
    }
}

/// The rules that may bear on a violation, each with its area.
fn bearing<'a>(side: &Side<'a>) -> Vec<(RuleId, &'a Arc<str>)> {
    let Side { program, id, violation, .. } = *side;
    let mut found: Vec<(RuleId, &Arc<str>)> = Vec::new();
    found.extend(violation.versions.iter().map(|each| (each.rule, &each.area)));
    found.extend(violation.lists.iter().map(|each| (each.rule, &each.area)));
    found.extend(violation.benchmarks.iter().map(|each| (each.rule, &each.area)));
    found.extend(
        program.circumstances.iter().filter(|each| each.covers.includes(id)).map(|each| (each.rule, &each.area)),
    );
    found.extend(program.credit.iter().filter(|each| each.covers.includes(id)).map(|each| (each.rule, &each.area)));
    found.extend(program.bars.iter().filter(|each| each.covers.includes(id)).map(|each| (each.rule, &each.area)));
    found.extend(program.referrals.iter().filter(|each| each.covers.includes(id)).map(|each| (each.rule, &each.area)));
    found.extend(program.procedures.iter().filter(|each| each.covers.includes(id)).map(|each| (each.rule, &each.area)));
    found.extend(program.principles.iter().map(|each| (each.rule, &each.area)));
    let due = program.measures.iter().filter_map(|measure| Some((measure.rule, &measure.due.as_ref()?.area)));
    found.extend(due);
    found
}

fn item(program: &Program, rule: RuleId, area: Option<&Arc<str>>) -> Option<Item> {
    let rule = program.rule(rule)?;
    Some(Item {
        name: Arc::clone(&rule.name),
        text: text(program, rule.span),
        area: area.cloned(),
        interval: rule.in_force.map(|in_force| (in_force.from, in_force.to)),
        chosen: area.is_some(),
    })
}

/// What has neither an interval nor an area.
fn plain(name: &Arc<str>, text: String) -> Item {
    Item { name: Arc::clone(name), text, area: None, interval: None, chosen: false }
}

/// What rules may name.
fn named(program: &Program) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (number, rule) in program.rules.iter().enumerate() {
        if matches!(
            rule.kind,
            RuleKind::Define | RuleKind::Table | RuleKind::Measure | RuleKind::Instrument | RuleKind::Calendar
        ) {
            let mut item = item(program, RuleId::new(number), None);
            if let (Some(item), RuleKind::Instrument | RuleKind::Calendar) = (&mut item, rule.kind) {
                // What is cited is in force when what cites it says so; days of calendars are looked up, not chosen.
                item.text.push_str(&format!("{:?}", item.interval));
                item.interval = None;
            }
            items.extend(item);
        }
    }
    for (name, fact) in &program.facts {
        items.push(plain(name, text(program, fact.span)));
        // Every version of a fact presumes something or nothing in its own interval.
        for (in_force, presumption) in fact.presumptions.with_intervals() {
            let said = presumption.and_then(|(_, rule)| program.rule(rule)).map(|rule| text(program, rule.span));
            let mut item = plain(name, said.unwrap_or_default());
            item.interval = in_force.map(|each| (each.from, each.to));
            items.push(item);
        }
    }
    for kind in &program.enums {
        // A member may be named where its type is not.
        let members = kind.members.iter().map(|(name, _)| name);
        items.extend(members.chain([&kind.name]).map(|name| plain(name, text(program, kind.span))));
    }
    for unit in &program.units {
        let declared = text(program, unit.span);
        items.extend(unit.symbol.iter().chain([&unit.name]).map(|name| plain(name, declared.clone())));
    }
    items
}

/// Whether a text may name a declaration. Calendars are looked up by day and area, so every text may.
fn mentions(text: &str, item: &Item) -> bool {
    text.contains(&*item.name) || item.text.starts_with("工作日历") || item.text.starts_with("calendar")
}

/// A text without regard to blanks and line ends.
fn text(program: &Program, span: Span) -> String {
    program.sources.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
}
