//! Rules rewritten in the other keyword language mean the same: every scenario of the corpus is run both ways.

use lenity::syntax::KeywordLanguage;

use crate::outcome::compact;
use crate::scenario::{Answer, CaseText, Packs, run};

/// Where the rules of a scenario mean something else once their keywords are those of the other language.
pub(crate) fn findings(packs: &Packs, pack: &str, case: Option<&CaseText>, answer: &Answer) -> Vec<String> {
    // A page that shows mixed keywords has no other language.
    if answer.codes.iter().any(|code| code == "E0109") {
        return Vec::new();
    }
    let Some(rewritten) = packs.map_rules(in_the_other_language) else {
        return Vec::new();
    };
    let other = run(&rewritten, pack, case);
    let mut findings = Vec::new();
    let codes = |answer: &Answer| {
        let mut codes = answer.codes.clone();
        codes.sort();
        codes
    };
    if codes(answer) != codes(&other) {
        findings.push(format!(
            "has other mistakes in the other keyword language:\n{}\nnot\n{}",
            other.diagnostics.join("\n"),
            answer.diagnostics.join("\n")
        ));
    }
    let outcome = |answer: &Answer| answer.recommendation.as_ref().map(compact);
    if outcome(answer) != outcome(&other) {
        findings.push(format!(
            "comes to something else in the other keyword language:\n{}\nnot\n{}",
            outcome(&other).unwrap_or_default(),
            outcome(answer).unwrap_or_default()
        ));
    }
    findings
}

/// `None` for a text that cannot be read.
fn in_the_other_language(text: &str) -> Option<String> {
    let (file, errors) = lenity::syntax::parse(text, 0);
    let other = match file.keyword_languages.first() {
        Some((KeywordLanguage::Chinese, _)) => KeywordLanguage::English,
        Some((KeywordLanguage::English, _)) => KeywordLanguage::Chinese,
        None => return None,
    };
    errors.is_empty().then(|| lenity::format("rules.lenity", text, Some(other)).ok()).flatten()
}

#[test]
fn keywords_are_rewritten_and_names_are_not() {
    let english = in_the_other_language("定义 甲 “甲” = 是 且 法定最高 > 1元").unwrap();
    assert_eq!(english, "define 甲 “甲” = true and statutory_max > 1元\n");
    assert_eq!(in_the_other_language(&english).unwrap(), "定义 甲 “甲” = 是 且 法定最高 > 1元\n");
    assert_eq!(in_the_other_language("定义 甲 ="), None);
}
