//! `code` shows pages in the reader's language.

use crate::run::lenity;

#[test]
fn a_page_is_shown_in_the_language_asked_for() {
    let english = lenity("code E0101 --lang en").exits_with(0);
    assert!(english.stdout.starts_with("E0101 text that does not fit the grammar\n"));
    assert!(!english.stdout.contains("## ") && !english.stdout.contains("```"));
    let chinese = lenity("code e0101 --lang zh").exits_with(0);
    assert!(chinese.stdout.starts_with("E0101 此处不合语法\n"));
    assert_ne!(english.stdout, chinese.stdout);
}

#[test]
fn all_codes_are_listed() {
    let listed = lenity("code --lang en").exits_with(0);
    let codes = lenity::diagnostic::Code::ALL;
    assert_eq!(listed.stdout.lines().count(), codes.len());
    let json = lenity("code --format json").exits_with(0).json();
    assert_eq!(json.as_array().map(Vec::len), Some(codes.len()));
    let one = lenity("code E0301 --format json").exits_with(0).json();
    assert_eq!(one["code"], "E0301");
    assert!(one["page"].as_str().unwrap().contains("## English"));
}

#[test]
fn an_unknown_code_is_wrong_use() {
    let finished = lenity("code E0311x").exits_with(2);
    assert!(finished.stderr.contains("did you mean `E0311`?"), "{}", finished.stderr);
}
