//! The two example packs say the same in two keyword languages, and so lead to the same recommendations.

use lenity::{Case, Ruleset};
use lenity_packs::BuiltIn;
use serde_json::Value;

use crate::tidy::root;

/// What a recommendation says, without what names the pack or quotes its text: names, digests and places of packs, and the
/// sentences of steps, which hold the rule's own words.
fn essence(value: &mut Value, in_trail: bool) {
    match value {
        Value::Object(fields) => {
            for key in ["place", "digest"] {
                fields.remove(key);
            }
            if in_trail && fields.contains_key("kind") {
                fields.remove("text");
            }
            for (key, field) in fields {
                if key == "packs" {
                    *field = Value::Null;
                }
                essence(field, in_trail || key == "trail");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| essence(item, in_trail)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn recommendation(pack: &str, case: &str) -> Value {
    let ruleset = Ruleset::load(&BuiltIn, pack).unwrap().ruleset;
    let case = Case::from_toml(&ruleset, "case.toml", case).unwrap();
    let mut json = serde_json::from_str(&ruleset.evaluate(&case).to_json()).unwrap();
    essence(&mut json, false);
    json
}

/// The shipped example, and what is changed in it: each of `changes` replaces one text by another.
fn check(changes: &[(&str, &str)], expected: &str) {
    let mut case = std::fs::read_to_string(root().join("examples/example.toml")).unwrap();
    for (old, new) in changes {
        assert!(case.contains(old), "{old}");
        case = case.replace(old, new);
    }
    let (chinese, english) = (recommendation("example-zh", &case), recommendation("example-en", &case));
    assert_eq!(chinese, english, "{changes:?}");
    let found = chinese.to_string();
    assert!(found.contains(expected), "{changes:?}: {expected} is not in {found}");
}

#[test]
fn both_packs_give_identical_recommendations() {
    // 5% + 33 1/3% + 15% + 10% = 63 1/3% of 90,000, and 10,000: 67,000.
    check(&[], r#""amount":"67000""#);
    // At three tonnes the second row begins; below it 5% + 0% + 15% + 10% = 30%: 37,000.
    check(&[("4500 kg", "3 t")], r#""amount":"67000""#);
    check(&[("4500 kg", "2999.9 kg")], r#""amount":"37000""#);
    // 30% for the third time with a large amount: 5% + 50% + 15% + 30% = 100%.
    check(&[("4500 kg", "10 t"), ("times = 2", "times = 3")], r#""amount":"100000""#);
    // Refused: 50,000 + 63 1/3% of 450,000 = 335,000.
    check(&[("removed = false", "removed = false\nrefuses = true")], r#""amount":"335000""#);
    // A bad record: 67,000 × 120% = 80,400, and more inspections.
    check(&[("\"good\"", "\"bad\"")], r#""amount":"80400""#);
    check(&[("\"good\"", "\"bad\"")], "more_inspections");
    // Removed: the officer may halve it, below nothing: 33,500.
    check(&[("removed = false", "removed = true")], r#""fine":"33500""#);
    // The exempt and the optional item.
    let minor = [("4500 kg", "500 kg"), ("\"sensitive\"", "\"ordinary\""), ("times = 2", "times = 1")];
    let removed = ("removed = false", "removed = true");
    check(&[minor[0], minor[1], minor[2], removed], r#""outcome":"no_penalty""#);
    check(&[("4500 kg", "1 t"), minor[1], minor[2], removed], r#""outcome":"choice""#);
    // What is not known is asked for, what cannot be established counts at its lowest.
    check(&[("times = 2\n", "")], r#""outcome":"undetermined""#);
    check(&[("\"sensitive\"", "{ unestablished = true }")], r#""amount":"53500""#);
    // Decided under the revised act: 20,000 + 63 1/3% of 60,000 = 58,000, which is lighter.
    check(&[("decided_on = 2024-06-01", "decided_on = 2025-06-01")], r#""amount":"58000""#);
    // A case that does not fit the rules has the same mistakes in both.
    for pack in ["example-zh", "example-en"] {
        let ruleset = Ruleset::load(&BuiltIn, pack).unwrap().ruleset;
        let diagnostics = Case::from_toml(&ruleset, "case.toml", "id = 3\n").unwrap_err();
        let codes: Vec<String> = diagnostics.iter().map(|each| each.code.name()).collect();
        assert_eq!(codes, ["E0603", "E0603", "E0603", "E0604"], "{pack}");
    }
}
