//! What `verify` says of rules holds of their cases, tried on random packs and random cases of them.
//!
//! `PROPTEST_CASES` sets how many packs are tried, and tries other ones each time.

mod cases;
mod claims;
mod packs;

use std::collections::BTreeSet;

use cases::{Came, Said, Scene, evaluated, said, scenes, states, text};
use lenity::diagnostic::Code;
use lenity::source::{SourceFile, Span};
use lenity::value::Number;
use lenity::verify::Finding;
use lenity::{MemoryLoader, Ruleset};
use packs::{Fact, Kind, Pack};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const MANIFEST: &str = "name = \"p\"\nversion = \"1\"\narea = \"cn\"\n";

/// Cases of which one fact after another is given all its values.
const VARIED: usize = 4;

/// What the checks at hand say that they did not decide.
const UNDECIDED: [&str; 7] = [
    "not decided: which values the rows cover",
    "not decided: whether there is one row for every case",
    "not decided: whether a case comes to every row",
    "not decided: how low and how high its amounts can be",
    "not decided: the lowest and the highest sum of the factors",
    "not decided: whether the amount can fall",
    "not decided: whether `",
];

fn loaded(text: &str) -> Result<Ruleset, String> {
    let loader = MemoryLoader::new().with("p", MANIFEST, [("rules.lenity", text)]);
    Ruleset::load(&loader, "p").map(|compiled| compiled.ruleset).map_err(|errors| errors.to_string())
}

/// The rules of a pack; `None` for the mistakes that a random one may have and that keep it from being loaded.
fn rules(pack: &Pack) -> Option<Ruleset> {
    match loaded(&pack.text()) {
        Ok(ruleset) => Some(ruleset),
        // Two cells that share a value, and a cell that holds no whole number.
        Err(errors) if errors.contains(": E0404") || errors.contains(": E0311") => None,
        Err(errors) => panic!("{}\n{errors}", pack.text()),
    }
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..160)
}

/// The same packs in every run; other ones when their number is given.
fn config() -> ProptestConfig {
    let plain = ProptestConfig { failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return plain;
    }
    ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(64), ..plain }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_found_is_so_and_what_is_not_found_is_not(bytes in bytes(), seed: u64) {
        let pack = Pack::drawn(&bytes);
        let Some(ruleset) = rules(&pack) else { return Ok(()) };
        let findings = ruleset.verify();
        let told = |why: String| TestCaseError::fail(format!("{why}\n{}", pack.text()));
        for finding in &findings {
            claims::holds(&ruleset, finding).map_err(told)?;
        }
        let states = states(&ruleset, &pack);
        for scene in scenes(&pack) {
            let search = Search { pack: &pack, ruleset: &ruleset, states: &states, findings: &findings, scene };
            search.all(&said(&states, seed)).map_err(told)?;
        }
    }

    #[test]
    fn findings_are_the_same_again_and_in_any_order_of_declarations(bytes in bytes(), turns in 1_usize..20) {
        let mut pack = Pack::drawn(&bytes);
        let Some(ruleset) = rules(&pack) else { return Ok(()) };
        let findings = ruleset.verify();
        prop_assert_eq!(&findings, &rules(&pack).unwrap().verify(), "{}", pack.text());
        let before = places(&ruleset, &findings);
        let count = pack.declarations.len();
        pack.declarations.rotate_left(turns % count);
        pack.declarations[..count / 2].reverse();
        let moved = rules(&pack).unwrap();
        prop_assert_eq!(before, places(&moved, &moved.verify()), "{}", pack.text());
    }

    #[test]
    fn what_is_allowed_is_still_found(bytes in bytes()) {
        let mut pack = Pack::drawn(&bytes);
        let Some(ruleset) = rules(&pack) else { return Ok(()) };
        let findings = ruleset.verify();
        // Each code is allowed in the declarations in which it is found, where a clause may stand.
        let (mut start, mut allowed) = (0, vec![false; findings.len()]);
        for declaration in &mut pack.declarations {
            let end = start + u32::try_from(declaration.len()).unwrap() + 1;
            let mut codes = BTreeSet::new();
            for (finding, allowed) in findings.iter().zip(&mut allowed) {
                let span = finding.diagnostic.span;
                let base = ruleset.program().sources.file(span).map_or(0, SourceFile::start);
                if span.is_somewhere() && (start..end).contains(&(span.start() - base)) && declaration.contains("\n    basis") {
                    codes.insert(finding.diagnostic.code.name());
                    *allowed = true;
                }
            }
            start = end;
            for code in codes {
                let clause = format!("\n    allow {code} \"known: {code}\"\n    basis");
                *declaration = declaration.replacen("\n    basis", &clause, 1);
            }
        }
        let after = rules(&pack).unwrap().verify();
        prop_assert_eq!(findings.len(), after.len(), "{}", pack.text());
        for ((before, after), allowed) in findings.iter().zip(&after).zip(allowed) {
            prop_assert_eq!(&before.diagnostic.message, &after.diagnostic.message, "{}", pack.text());
            prop_assert_eq!(&before.case, &after.case);
            let reason = after.allowed.as_ref().map(|reason| reason.get(lenity::Lang::English).unwrap_or_default());
            let expected = allowed.then(|| format!("known: {}", after.diagnostic.code.name()));
            prop_assert_eq!(reason.map(str::to_owned), expected, "{}", pack.text());
        }
    }
}

/// Codes and what of the text they are about.
fn places(ruleset: &Ruleset, findings: &[Finding]) -> BTreeSet<(String, String)> {
    let text = |finding: &Finding| ruleset.program().sources.text(finding.diagnostic.span).to_owned();
    findings.iter().map(|finding| (finding.diagnostic.code.name(), text(finding))).collect()
}

/// A search for cases that show what was not found.
struct Search<'r> {
    pack: &'r Pack,
    ruleset: &'r Ruleset,
    states: &'r [Vec<String>],
    findings: &'r [Finding],
    scene: Scene,
}

/// How the amount goes with one fact.
#[derive(Default)]
struct Course {
    rises: Option<String>,
    falls: Option<String>,
}

impl Search<'_> {
    fn all(&self, cases: &[Said]) -> Result<(), String> {
        // What is said not to be decided may be so.
        if self.any(|finding| UNDECIDED.iter().any(|what| finding.diagnostic.message.en.contains(what))) {
            return Ok(());
        }
        for said in cases {
            let (case, came) = self.case(said);
            self.rows(&came).map_err(|why| format!("{why}\n{case}"))?;
            if self.is_covered(said) {
                self.amount(&came).map_err(|why| format!("{why}\n{case}"))?;
            }
        }
        for number in 0..self.pack.facts.len() {
            let mut course = Course::default();
            for said in cases.iter().step_by((cases.len() / VARIED).max(1)) {
                self.varied(number, said, &mut course)?;
            }
        }
        Ok(())
    }

    fn case(&self, said: &Said) -> (String, Came) {
        let case = text(self.pack, self.scene, self.states, said);
        let came = evaluated(self.ruleset, &case).unwrap_or_else(|| panic!("{case}"));
        (case, came)
    }

    fn any(&self, is: impl Fn(&Finding) -> bool) -> bool {
        self.findings.iter().any(is)
    }

    /// Whether there is a finding of a code inside a place.
    fn found(&self, code: Code, place: Span) -> bool {
        self.any(|finding| finding.diagnostic.code == code && place.contains(finding.diagnostic.span))
    }

    /// Whether there is a finding of a code of a benchmark about a fact.
    fn found_of(&self, code: Code, place: Span, fact: &Fact) -> bool {
        let name = format!("`{}`", fact.name);
        self.any(|finding| {
            let diagnostic = &finding.diagnostic;
            diagnostic.code == code && diagnostic.span == place && diagnostic.message.en.contains(&name)
        })
    }

    /// Whether what a case comes to is claimed: that a fact cannot be established only where the rules ask.
    fn is_covered(&self, said: &Said) -> bool {
        let rules = self.pack.text();
        self.pack.facts.iter().zip(self.states).zip(said).all(|((fact, states), state)| {
            !states[*state].contains("unestablished") || rules.contains(&format!("established({})", fact.name))
        })
    }

    /// What the rows do in a case is found.
    fn rows(&self, came: &Came) -> Result<(), String> {
        for (code, places) in [(Code::Gap, &came.no_row), (Code::Overlap, &came.several)] {
            if let Some(place) = places.iter().find(|place| !self.found(code, **place)) {
                let text = self.ruleset.program().sources.text(*place);
                return Err(format!("{} is not found of {text}", code.name()));
            }
        }
        for finding in self.findings {
            let place = finding.diagnostic.span;
            if finding.diagnostic.code == Code::DeadRow && came.rows.contains(&place) {
                return Err(format!("the dead row counts: {}", self.ruleset.program().sources.text(place)));
            }
            if finding.diagnostic.code == Code::NeverApplies && came.applied.contains(&place) {
                return Err(format!("the rule applies: {}", self.ruleset.program().sources.text(place)));
            }
            if finding.diagnostic.code == Code::AlwaysApplies && came.failed.contains(&place) {
                return Err(format!("the rule does not apply: {}", self.ruleset.program().sources.text(place)));
            }
        }
        Ok(())
    }

    /// How the sums and the amount of a case lie to their limits is found.
    fn amount(&self, came: &Came) -> Result<(), String> {
        for finding in self.findings {
            let place = finding.diagnostic.span;
            if finding.diagnostic.code == Code::StartUnreached {
                let reached = |(each, start, sum): &(Span, Option<Number>, Number)| {
                    *each == place && start.is_some_and(|start| *sum <= start)
                };
                // A sum beside one that cannot be worked out leads to no amount, and says nothing of the start.
                if came.benchmark.is_some() && came.sums.iter().any(reached) {
                    return Err("the sum comes to the start".to_owned());
                }
            }
        }
        let Some(benchmark) = came.benchmark_place(self.ruleset.program()) else { return Ok(()) };
        if let (Some((low, high)), Some(range)) = (came.ends(), came.range) {
            let below = range.min.is_some_and(|min| low < min);
            let above = range.max.is_some_and(|max| high > max);
            for (outside, code, amount) in [(below, Code::BelowRange, low), (above, Code::AboveRange, high)] {
                if outside && !self.found(code, benchmark) {
                    return Err(format!("{} is not found: {amount}", code.name()));
                }
            }
        }
        // Of a cap that hangs on facts nothing is said.
        if !came.capped.is_empty() && !self.found(Code::OverCap, benchmark) && !self.pack.text().contains("at most if")
        {
            return Err("a sum above the cap is not found".to_owned());
        }
        Ok(())
    }

    /// Gives one fact all its values, all else the same.
    fn varied(&self, number: usize, said: &Said, course: &mut Course) -> Result<(), String> {
        let fact = &self.pack.facts[number];
        let mut lanes: Vec<Said> = Vec::new();
        for state in 0..self.states[number].len() {
            let mut said = said.clone();
            said[number] = state;
            lanes.push(said);
        }
        lanes.retain(|said| self.is_covered(said));
        let lanes: Vec<(String, Came, bool)> = lanes
            .into_iter()
            .map(|said| {
                let (case, came) = self.case(&said);
                let state = &self.states[number][said[number]];
                (case, came, !state.contains("unestablished") && !state.contains("none"))
            })
            .collect();
        let known: Vec<_> = lanes.iter().filter(|(_, came, _)| came.ends().is_some()).collect();
        let Some(place) = known.first().and_then(|(_, came, _)| came.benchmark_place(self.ruleset.program())) else {
            return Ok(());
        };
        if self.found_of(Code::NeverMatters, place, fact)
            && let Some((case, ..)) = known.iter().find(|(_, came, _)| came.ends() != known[0].1.ends())
        {
            return Err(format!("`{}` matters\n{}\n{case}", fact.name, known[0].0));
        }
        if matches!(fact.kind, Kind::Bool | Kind::Member) {
            return Ok(());
        }
        let ordered: Vec<_> = known.iter().filter(|(.., in_order)| *in_order).collect();
        for pair in ordered.windows(2) {
            let ((one, before, _), (other, after, _)) = (pair[0], pair[1]);
            let ((low, high), (low_after, high_after)) = (before.ends().unwrap(), after.ends().unwrap());
            let shown = || Some(format!("{low}..{high}\n{one}\n{low_after}..{high_after}\n{other}"));
            if low_after < low && high_after <= high || low_after <= low && high_after < high {
                course.falls = course.falls.take().or_else(shown);
            }
            if low_after > low && high_after >= high || low_after >= low && high_after > high {
                course.rises = course.rises.take().or_else(shown);
            }
            let quarter = after.range.unwrap().max.unwrap().divide(Number::integer(4)).unwrap();
            let step = high_after.subtract(high).unwrap();
            let step = if step.is_negative() { step.negate().unwrap() } else { step };
            if low == high
                && low_after == high_after
                && step >= quarter
                && fact.kind != Kind::Ordered
                && ![Code::Cliff, Code::NotMonotone].iter().any(|code| self.found_of(*code, place, fact))
            {
                return Err(format!("the cliff of `{}` is not found: {}", fact.name, shown().unwrap()));
            }
        }
        let wrong = if fact.kind == Kind::Ordered {
            course.falls.as_ref()
        } else {
            course.rises.as_ref().and(course.falls.as_ref())
        };
        match wrong {
            Some(shown) if !self.found_of(Code::NotMonotone, place, fact) => {
                Err(format!("that `{}` grows and the amount falls is not found: {shown}", fact.name))
            }
            _ => Ok(()),
        }
    }
}
