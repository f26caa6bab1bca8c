//! What holds for every case and every rule text, tried on random ones.

use std::fmt::Write as _;
use std::sync::LazyLock;

use lenity::program::{FactType, Program};
use lenity::value::{DurationUnit, Value};
use lenity::{Case, Loader, MemoryLoader, Outcome, PackFiles, Recommendation, Ruleset};
use lenity_packs::BuiltIn;
use proptest::prelude::*;

/// Packs with their violations, and what of a case each needs.
const PACKS: [&str; 4] = ["cn-gd", "cn-sh", "example-zh", "example-en"];

/// What a random case says of one fact.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Nothing,
    Unestablished,
    /// One of the values worth trying.
    Pick(u8),
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![1 => Just(Said::Nothing), 1 => Just(Said::Unestablished), 8 => any::<u8>().prop_map(Said::Pick)]
}

/// First and last day of the act, discovery and decision: before, across and after the change of law in August 2026, and one
/// discovered too late.
const DATES: [[&str; 4]; 6] = [
    ["2024-03-18", "2024-03-18", "2024-03-20", "2024-06-01"],
    ["2021-12-01", "2022-03-18", "2024-04-01", "2024-06-01"],
    ["2026-02-10", "2026-05-20", "2026-05-20", "2026-07-01"],
    ["2026-02-10", "2026-05-20", "2026-06-01", "2026-11-20"],
    ["2026-08-01", "2026-09-01", "2026-08-20", "2026-11-20"],
    ["2026-09-01", "2026-09-02", "2026-09-02", "2026-11-20"],
];

/// A value for a fact as a case writes it, among those at and beside the thresholds of the packs.
fn value(program: &Program, kind: FactType, pick: u8) -> String {
    let pick = usize::from(pick);
    let of = |values: &[&str]| values[pick % values.len()].to_owned();
    match kind {
        FactType::Bool => of(&["true", "false"]),
        FactType::Integer => of(&["1", "2", "3", "4", "7"]),
        FactType::Decimal => of(&["0.08", "0.1", "1", "2", "2.4", "3", "4.5", "5", "8", "10", "11", "12", "13.9"]),
        FactType::Percent => of(&["\"0%\"", "\"29.9%\"", "\"30%\"", "\"50%\"", "\"80%\""]),
        FactType::Money => of(&["\"0元\"", "\"1万元\"", "\"30万元\""]),
        FactType::Date => of(&["2024-01-01", "2026-08-15"]),
        FactType::Duration(DurationUnit::Months) => of(&["\"1个月\"", "\"12个月\""]),
        FactType::Duration(_) => of(&["\"1日\"", "\"30日\""]),
        FactType::Quantity(unit) => {
            let unit = &program.unit(unit).unwrap().name;
            format!("\"{} {unit}\"", ["0", "0.1", "2.9", "3", "20", "50", "199.9", "200"][pick % 8])
        }
        FactType::Enum(id) => {
            let members = &program.enumeration(id).unwrap().members;
            format!("\"{}\"", members[pick % members.len()].0)
        }
        FactType::Text => of(&["\"甲\"", "\"乙\""]),
        FactType::Provision => {
            let title = program.instruments.keys().next().unwrap();
            format!("\"《{title}》第{}条\"", ["1", "2"][pick % 2])
        }
        FactType::Records => of(&["[]", "[{}]"]),
    }
}

/// The text of a case under the violation numbered `violation`.
fn case_text(program: &Program, violation: u8, dates: u8, facts: &[Said]) -> String {
    let id = program.violations.get_index(usize::from(violation) % program.violations.len()).unwrap().0;
    let [began, ended, discovered, decided] = DATES[usize::from(dates) % DATES.len()];
    let mut text = format!(
        "id = \"random\"\ndecided_on = {decided}\n[party]\nkind = \"unit\"\n[[acts]]\nid = \"a\"\nbegan_on = {began}\n\
         ended_on = {ended}\ndiscovered_on = {discovered}\nviolations = [\"{id}\"]\n[acts.facts]\n"
    );
    for (fact, said) in program.facts.values().zip(facts) {
        match said {
            Said::Nothing => {}
            Said::Unestablished => writeln!(text, "\"{}\" = {{ unestablished = true }}", fact.name).unwrap(),
            Said::Pick(pick) => writeln!(text, "\"{}\" = {}", fact.name, value(program, fact.kind, *pick)).unwrap(),
        }
    }
    text
}

/// What a recommendation comes to, without its explanation.
fn essence(recommendation: &Recommendation) -> String {
    let mut out = String::new();
    for determination in &recommendation.determinations {
        let result = &determination.result;
        write!(out, "{:?} {:?} {:?} {:?}", determination.moment, result.outcome, result.fine, result.measures).unwrap();
        write!(out, " {:?} {:?}", result.options, result.decided_by).unwrap();
    }
    out
}

fn rules(pack: u8) -> Ruleset {
    static RULES: LazyLock<Vec<Ruleset>> =
        LazyLock::new(|| PACKS.iter().map(|pack| Ruleset::load(&BuiltIn, pack).unwrap().ruleset).collect());
    RULES[usize::from(pack) % PACKS.len()].clone()
}

/// A case that the pack accepts; a value outside the bounds of a fact makes another one.
fn read(ruleset: &Ruleset, text: &str) -> Option<Case> {
    Case::from_toml(ruleset, "random.toml", text).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn leaving_the_explanation_out_changes_no_result(
        pack: u8, violation: u8, dates: u8, facts in prop::collection::vec(said(), 40),
    ) {
        let ruleset = rules(pack);
        let text = case_text(ruleset.program(), violation, dates, &facts);
        let Some(case) = read(&ruleset, &text) else { return Ok(()) };
        let (with, without) = (ruleset.evaluate(&case), ruleset.evaluate_without_explanation(&case));
        for (a, b) in with.determinations.iter().zip(&without.determinations) {
            prop_assert_eq!(&a.result, &b.result, "{}", text);
            prop_assert_eq!(&a.other, &b.other);
            prop_assert!(b.trail.steps().is_empty());
        }
    }

    #[test]
    fn what_is_certain_from_some_facts_stays_so_when_more_are_known(
        pack: u8, violation: u8, dates: u8, facts in prop::collection::vec(said(), 40), hidden: u64,
    ) {
        let ruleset = rules(pack);
        let hide = |index: usize, said: &Said| if hidden >> (index % 64) & 1 == 1 { Said::Nothing } else { *said };
        let partial: Vec<Said> = facts.iter().enumerate().map(|(index, said)| hide(index, said)).collect();
        // A presumption answers for a fact that is not given, so only facts without one are hidden.
        let program = ruleset.program();
        let partial: Vec<Said> = program.facts.values().zip(partial.iter().zip(&facts))
            .map(|(fact, (partial, full))| if fact.is_ever_presumed() { *full } else { *partial })
            .collect();
        let text = case_text(program, violation, dates, &partial);
        let (Some(some), Some(all)) = (read(&ruleset, &text), read(&ruleset, &case_text(program, violation, dates, &facts)))
        else { return Ok(()) };
        let (some, all) = (ruleset.evaluate(&some), ruleset.evaluate(&all));
        if some.determinations.iter().all(|each| each.result.outcome != Outcome::Undetermined) {
            let mut as_open = all.clone();
            for (before, after) in some.determinations.iter().zip(&mut as_open.determinations) {
                *after = crate::completions::as_open_as(before, after);
            }
            prop_assert_eq!(essence(&some), essence(&as_open), "{}", text);
        }
    }

    #[test]
    fn a_fine_lies_in_its_range_unless_a_reducing_rule_decided(
        pack: u8, violation: u8, dates: u8, facts in prop::collection::vec(said(), 40),
    ) {
        let ruleset = rules(pack);
        let Some(case) = read(&ruleset, &case_text(ruleset.program(), violation, dates, &facts)) else { return Ok(()) };
        let recommendation = ruleset.evaluate(&case);
        for determination in &recommendation.determinations {
            let Some(fine) = determination.result.fine else { continue };
            let Some(amount) = fine.amount else { continue };
            prop_assert!(fine.range.max.is_none_or(|max| amount <= max));
            let reduced = determination.result.decided_by.iter().any(|rule| {
                ruleset.program().circumstances.iter().any(|each| each.rule == *rule && each.may_reduce())
            });
            prop_assert!(reduced || fine.range.min.is_none_or(|min| amount >= min));
        }
    }

    #[test]
    fn no_case_text_makes_the_reader_panic(text in "[\\[\\]{}=\"'a-z0-9_\\-\\.,:\\n 一-三超标]{0,200}") {
        let ruleset = rules(0);
        prop_assert!(Case::from_toml(&ruleset, "case.toml", &text).is_err());
        prop_assert!(Case::from_json(&ruleset, "case.json", &text).is_err());
    }
}

// These compile a pack for each case, so they try fewer.
proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_inputs_give_the_same_bytes(
        pack: u8, violation: u8, dates: u8, facts in prop::collection::vec(said(), 40),
    ) {
        let name = PACKS[usize::from(pack) % PACKS.len()];
        let (one, two) = (rules(pack), Ruleset::load(&BuiltIn, name).unwrap().ruleset);
        let text = case_text(one.program(), violation, dates, &facts);
        let Some(case) = read(&one, &text) else { return Ok(()) };
        let first = one.evaluate(&case).to_json();
        let second = std::thread::spawn(move || two.evaluate(&read(&two, &text).unwrap()).to_json()).join().unwrap();
        prop_assert_eq!(first, second);
    }

    #[test]
    fn no_rule_text_makes_the_compiler_panic(
        cuts in prop::collection::vec((any::<u16>(), any::<u16>()), 1..4), insert in "[（）{}\\[\\]｛“”《》|=>\\-一-三0-9%元若则否则且或非\\n ]{0,8}",
    ) {
        let mut files = BuiltIn.load("cn-gd").unwrap();
        let text = &mut files.files.iter_mut().find(|(name, _)| name.contains("water")).unwrap().1;
        for (at, length) in cuts {
            let mut start = usize::from(at) % text.len().max(1);
            let mut end = (start + usize::from(length) % 12).min(text.len());
            while !text.is_char_boundary(start) { start -= 1; }
            while !text.is_char_boundary(end) { end += 1; }
            text.replace_range(start..end, &insert);
        }
        let files: Vec<(&str, &str)> = files.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let manifest = "name = \"cn-gd\"\nversion = \"1\"\narea = \"cn-gd\"\n[imports]\ncn = \"0.1.0\"\n";
        let own = MemoryLoader::new().with("cn-gd", manifest, files);
        let result = Ruleset::load(&Both(own), "cn-gd");
        if let Err(diagnostics) = result {
            prop_assert!(diagnostics.has_errors());
            for diagnostic in &diagnostics {
                prop_assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
            }
        }
    }
}

/// Packs in memory, then the built-in ones.
struct Both(MemoryLoader);

impl Loader for Both {
    fn load(&self, pack: &str) -> Result<PackFiles, lenity::LoadError> {
        self.0.load(pack).or_else(|_| BuiltIn.load(pack))
    }
}

#[test]
fn the_order_of_declarations_and_files_does_not_matter() {
    let original = BuiltIn.load("example-zh").unwrap();
    let plain = Ruleset::load(&BuiltIn, "example-zh").unwrap().ruleset;
    let case = std::fs::read_to_string(crate::tidy::root().join("examples/example.toml")).unwrap();
    let summary = |ruleset: &Ruleset| {
        let recommendation = ruleset.evaluate(&read(ruleset, &case).unwrap());
        // Places and digests differ when texts move; what is recommended and why does not.
        let determination = &recommendation.determinations[0];
        let names: Vec<_> = determination
            .result
            .decided_by
            .iter()
            .filter_map(|rule| ruleset.program().rule(*rule))
            .map(|rule| (rule.kind, rule.name.clone(), rule.basis.clone()))
            .collect();
        let steps: Vec<_> = determination
            .trail
            .steps()
            .iter()
            .map(|step| (step.depth, step.value.and_then(Value::as_number)))
            .collect();
        format!("{:?} {:?} {names:?} {steps:?}", determination.result.outcome, determination.result.fine)
    };
    let mut reversed = String::new();
    for (_, text) in original.files.iter().rev() {
        let mut map = lenity::source::SourceMap::new();
        map.add("file", text.as_str());
        let (file, errors) = lenity::syntax::parse(text, 0);
        assert!(errors.is_empty());
        for declaration in file.declarations.iter().rev() {
            reversed.push_str(map.text(declaration.span));
            reversed.push('\n');
        }
    }
    let loader = MemoryLoader::new().with("example-zh", &original.manifest, [("all.lenity", reversed.as_str())]);
    let moved = Ruleset::load(&loader, "example-zh").unwrap().ruleset;
    assert_eq!(summary(&plain), summary(&moved));
}
