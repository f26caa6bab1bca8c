//! What can be proved about rules before a case is touched.
//!
//! In: a compiled program. Out: [`Finding`]s, each with the place in the rules and, where a case can show it, that case. No
//! solver is needed: rules compare facts with constants, so that finitely many values stand for all. Every case that is
//! shown was evaluated and does what the finding says. What is not decided is said, never left out.
//!
//! ```
//! use lenity::diagnostic::Code;
//! use lenity::{Case, MemoryLoader, Ruleset};
//!
//! let rules = r#"
//! instrument 《Water Law》 { effective 2018-01-01 onward }
//! fact days "days" { type integer bounds >= 0 }
//! violation water.late "reporting late" { basis 《Water Law》 art 1 elements true fine CNY 10_000 .. CNY 100_000 }
//! benchmark water.late {
//!     basis 《Water Law》 art 2
//!     weights share { factor days { 0 .. 9 => 10%  >= 11 => 30% } }
//!     fine = share × statutory_max
//! }
//! "#;
//! let manifest = "name = \"p\"\nversion = \"1\"\narea = \"cn\"\nstatus = \"verified\"\n";
//! let loader = MemoryLoader::new().with("p", manifest, [("rules.lenity", rules)]);
//! let ruleset = Ruleset::load(&loader, "p")?.ruleset;
//!
//! let findings = ruleset.verify();
//! let gap = findings.iter().find(|finding| finding.diagnostic.code == Code::Gap).expect("there is one");
//! assert_eq!(gap.diagnostic.message.en, "no row applies when days = 10");
//!
//! // The case that shows it is one like any other.
//! let case = Case::from_toml(&ruleset, "shown.toml", gap.case.as_deref().unwrap_or_default())?;
//! assert_eq!(ruleset.evaluate(&case).determinations[0].result.fine.and_then(|fine| fine.amount), None);
//! # Ok::<(), lenity::Diagnostics>(())
//! ```

mod allowances;
mod amounts;
mod applicability;
mod branches;
mod course;
mod declared;
mod dependence;
mod difference;
mod double_counting;
mod facts;
mod grid;
mod kept;
mod lanes;
mod lookups;
mod map;
mod order;
mod parallel;
mod pieces;
mod reach;
mod reached;
mod reading;
mod rows;
mod scene;
mod space;
mod split;
mod stretches;
mod sums;
mod unexamined;
mod variable;
mod versions;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::program::{Program, Titles};
use crate::source::Span;
use crate::wire;
pub(crate) use difference::difference;
pub use difference::{Change, Difference, FactChange, FactDifference, Found, Shown, ViolationDifference};
pub(crate) use reached::reached;
pub use reached::{Reach, Reached};

use course::Stage;
use facts::{Facts, Slot};
use pieces::Pieces;
use scene::Scene;
use unexamined::Examined;

/// Something found in the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What it is, where, why, and what to do.
    pub diagnostic: Diagnostic,
    /// A case in TOML that shows it; `None` where no case can, such as for a row that no case comes to.
    pub case: Option<String>,
    /// Changes of rule text that mend it, where that is safe to do without reading the instrument.
    pub fix: Option<Fix>,
    /// Why the rules let it stand, where they say that it is known.
    pub allowed: Option<Titles>,
}

/// A change of rule text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// What it does.
    pub title: Text,
    /// The text in its place that is replaced; an empty span is where text is put in.
    pub edits: Vec<(Span, String)>,
}

impl Finding {
    /// A finding that no case can show.
    fn of(diagnostic: Diagnostic) -> Self {
        Finding { diagnostic, case: None, fix: None, allowed: None }
    }

    /// A finding that a case shows.
    fn shown(diagnostic: Diagnostic, case: String) -> Self {
        Finding { diagnostic, case: Some(case), fix: None, allowed: None }
    }
}

/// Everything that can be found in a program, in the order of places.
#[must_use]
pub fn verify(program: &Arc<Program>) -> Vec<Finding> {
    let (mut findings, mut all, mut examined) = (Vec::new(), Vec::new(), Examined::default());
    for (found, scenes) in parallel::each(program.violations.len(), |number| examine(program, number)) {
        findings.extend(found);
        examined.note(&scenes);
        all.push(scenes);
    }
    rows::check(&all, &mut findings);
    unexamined::tables(program, &examined, &mut findings);
    versions::check(program, &all, &mut findings);
    applicability::check(program, &all, &mut findings);
    declared::check(program, &mut findings);
    allowances::apply(program, &mut findings);
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.diagnostic.span, finding.diagnostic.code.number());
        (key(a), &a.diagnostic.message.en).cmp(&(key(b), &b.diagnostic.message.en))
    });
    // What several violations share is found with each of them.
    let mut met = BTreeSet::new();
    findings.retain(|finding| {
        let Diagnostic { span, code, message, why, .. } = &finding.diagnostic;
        met.insert((*span, code.number(), message.en.clone(), why.as_ref().map(|why| why.en.clone())))
    });
    findings
}

/// What is found in the rules of one violation, and its scenes.
fn examine(program: &Arc<Program>, number: usize) -> (Vec<Finding>, Vec<Scene<'_>>) {
    let Some((id, violation)) = program.violations.get_index(number) else { return (Vec::new(), Vec::new()) };
    let mut findings = Vec::new();
    let scenes = Scene::all(program, number, id, violation);
    let pieces: Vec<_> = scenes.iter().filter_map(|scene| Some((scene, Pieces::of(scene)?))).collect();
    let mut stages = Stage::all(&pieces);
    reach::check(&mut stages, &mut findings);
    order::check(&mut stages, &mut findings);
    dependence::check(&mut stages, &mut findings);
    branches::check(&scenes, &mut findings);
    double_counting::check(&scenes, &mut findings);
    declared::benchmarks::check(program, (number, id, violation), &mut findings);
    unexamined::check(violation, &scenes, &mut findings);
    drop(stages);
    drop(pieces);
    (findings, scenes)
}

/// A question that was not decided, and why.
fn not_decided(span: Span, what: (&str, &str), why: (&str, &str)) -> Finding {
    Finding::of(
        Diagnostic::new(Code::NotDecided, span, format!("没有核对：{}", what.0), format!("not decided: {}", what.1))
            .why(why.0, why.1),
    )
}

/// Facts and their states for a message.
fn values_text(program: &Program, facts: &Facts) -> Text {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for (slot, knowledge) in facts.iter() {
        let (name_zh, name_en) = match slot {
            Slot::Fact(fact) => {
                let name = program.fact(fact).map_or("", |fact| &*fact.name);
                (name, name)
            }
            Slot::Grade => ("信用等级", "credit_grade"),
        };
        match knowledge {
            Knowledge::Value(value) => {
                let value = wire::case::shown(program, slot_fact(slot), value);
                zh.push(format!("{name_zh} = {value}"));
                en.push(format!("{name_en} = {value}"));
            }
            Knowledge::Absent => {
                zh.push(format!("没有{name_zh}"));
                en.push(format!("there is no {name_en}"));
            }
            Knowledge::Unestablished => {
                zh.push(format!("{name_zh}无法查明"));
                en.push(format!("{name_en} cannot be established"));
            }
            Knowledge::Records(_) => {}
        }
    }
    Text::new(zh.join("，"), en.join(", "))
}

/// What a slot is called in rule text.
fn slot_name(program: &Program, slot: Slot) -> &str {
    match slot {
        Slot::Fact(fact) => program.fact(fact).map_or("", |fact| &fact.name),
        Slot::Grade => "credit_grade",
    }
}

fn slot_fact(slot: Slot) -> Option<crate::program::FactId> {
    match slot {
        Slot::Fact(fact) => Some(fact),
        Slot::Grade => None,
    }
}
