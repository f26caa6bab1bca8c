//! Who may name what, and what nobody may name.

use super::tokens::{Token, matches, tokens};
use super::{files, none};

/// Words that only some files of the library may use, with the places where they may.
const RESERVED: [(&[&str], &[&str]); 4] = [
    (&["pest", "pest_derive"], &["src/syntax/grammar/"]),
    (&["rust_decimal", "num_rational", "num_traits", "jiff"], &["src/value/"]),
    (
        &["Serialize", "Deserialize", "JsonSchema", "DeserializeSeed"],
        &["src/wire/", "src/rulings/", "src/pack/manifest.rs"],
    ),
    // No place at all: amounts are exact.
    (&["f32", "f64"], &[]),
];

#[test]
fn reserved_words_stay_where_they_belong() {
    let mut findings = Vec::new();
    for file in files(&["src"], &[".rs"]) {
        for token in tokens(&file.path, &file.text) {
            if let Some(finding) = misplaced(&file.path, &token) {
                findings.push(format!("{}:{}: {finding}", file.path, token.line));
            }
        }
    }
    none(&findings);
}

fn misplaced(path: &str, token: &Token) -> Option<String> {
    if token.is_literal {
        let text = token.text.as_str();
        let is_number = text.starts_with(|letter: char| letter.is_ascii_digit());
        let is_float = is_number
            && !text.starts_with("0x")
            && (text.contains('.') || text.ends_with("f32") || text.ends_with("f64"));
        return is_float.then(|| format!("`{text}` is a binary floating-point number"));
    }
    RESERVED.iter().find_map(|(words, places)| {
        let reserved = words.contains(&token.text.as_str());
        let allowed = places.iter().any(|place| path.starts_with(place));
        (reserved && !allowed).then(|| match places {
            [] => format!("`{}` may not be used in the library", token.text),
            _ => format!("`{}` may be named only in {}", token.text, places.join(", ")),
        })
    })
}

/// pest derives an enum called `Rule` in the grammar's module; the compiled program has a type of that name too.
#[test]
fn only_the_grammar_names_the_rules_of_pest() {
    let mut findings = Vec::new();
    for file in files(&["src/syntax"], &[".rs"]) {
        if file.path.starts_with("src/syntax/grammar/") {
            continue;
        }
        for token in tokens(&file.path, &file.text) {
            if token.text == "Rule" {
                findings.push(format!("{}:{}: names `Rule`", file.path, token.line));
            }
        }
    }
    none(&findings);
}

#[test]
fn no_test_is_skipped_or_meant_to_panic() {
    let mut findings = Vec::new();
    for file in files(&["src", "tests", "crates", "examples"], &[".rs"]) {
        let tokens = tokens(&file.path, &file.text);
        for (index, token) in tokens.iter().enumerate() {
            for attribute in ["ignore", "should_panic"] {
                if matches(&tokens, index, &["#", "[", attribute]) {
                    findings.push(format!("{}:{}: #[{attribute}]", file.path, token.line));
                }
            }
        }
    }
    none(&findings);
}

#[test]
fn misplaced_words_are_seen() {
    let seen =
        |path: &str, text: &str| tokens(path, text).iter().filter(|token| misplaced(path, token).is_some()).count();
    assert_eq!(seen("src/typed/a.rs", "fn f(x: f64) -> f32 { 0.5 + 1f64 }"), 4);
    assert_eq!(seen("src/typed/a.rs", "let x = 1..2; let y = t.0.1; let s = \"0.5\"; // f64"), 1);
    assert_eq!(seen("src/typed/a.rs", "use rust_decimal::Decimal; use jiff::civil;"), 2);
    assert_eq!(seen("src/value/a.rs", "use rust_decimal::Decimal;"), 0);
    assert_eq!(seen("src/case/mod.rs", "#[derive(Deserialize)] struct A;"), 1);
    assert_eq!(seen("src/wire/a.rs", "#[derive(Deserialize)] struct A;"), 0);
}
