//! The formatter on every rule text of the repository: packs, language reference, corpus, pages of diagnostics.

use lenity::syntax::{INNER_WORDS, Keyword, KeywordLanguage};

use crate::literate::sections;
use crate::tidy::root;

/// Every rule text with the place it comes from, whether it can be read or not.
fn rule_texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for folder in ["rules", "docs", "tests/corpus"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).sort_by_file_name() {
            let path = entry.unwrap().into_path();
            let shown = path.strip_prefix(root()).unwrap().display().to_string();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("lenity") => texts.push((shown, std::fs::read_to_string(&path).unwrap())),
                Some("md") => {
                    let page = std::fs::read_to_string(&path).unwrap();
                    for block in sections(&page).unwrap_or_default().iter().flat_map(|section| &section.blocks) {
                        if block.words.first().is_some_and(|word| word == "lenity") {
                            texts.push((format!("{shown}:{}", block.line), block.text.clone()));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    texts
}

#[test]
fn formatting_again_changes_nothing_and_both_keyword_languages_lead_to_the_same_text() {
    let (mut formatted, mut failures) = (0, Vec::new());
    for (place, text) in rule_texts() {
        let readable = lenity::syntax::parse(&text, 0).1.is_empty();
        let language = |text: &str, language| lenity::format(&place, text, Some(language));
        let chinese = match language(&text, KeywordLanguage::Chinese) {
            Ok(chinese) => chinese,
            Err(_) if !readable => continue,
            Err(errors) => {
                failures.push(format!("{place}: {:?}", errors.iter().collect::<Vec<_>>()));
                continue;
            }
        };
        formatted += 1;
        // English is wider, so that a block may be broken into lines on the way; breaking is all that may change.
        let through_english =
            language(&text, KeywordLanguage::English).and_then(|english| language(&english, KeywordLanguage::Chinese));
        if through_english.as_ref().map_or(true, |found| words(found) != words(&chinese)) {
            failures.push(format!("{place}: through English: {through_english:?}\nnot {chinese}"));
        }
        for (name, found) in [
            ("formatted twice", language(&chinese, KeywordLanguage::Chinese)),
            ("in its own language", lenity::format(&place, &chinese, None)),
        ] {
            match found {
                Ok(found) if found == chinese => {}
                Ok(found) => failures.push(format!(
                    "{place}: {name}\n{}",
                    similar::TextDiff::from_lines(&chinese, &found).unified_diff()
                )),
                Err(errors) => failures.push(format!("{place}: {name}: {:?}", errors.iter().collect::<Vec<_>>())),
            }
        }
    }
    assert!(formatted > 100, "only {formatted} texts could be formatted");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A text without what laying it out may change: white space, and what separates clauses.
fn words(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != ';').collect()
}

/// Words in double quotes in a piece of the grammar.
fn quoted(piece: &str) -> Vec<&str> {
    piece.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_word_of_the_grammar_is_known_in_both_languages() {
    let grammar = std::fs::read_to_string(root().join("grammar/lenity.pest")).unwrap();
    // A rule of words ends its English ones with `~ en` and its Chinese ones with `~ zh`.
    let mut unknown = Vec::new();
    for piece in grammar.split("~ zh").filter(|piece| piece.contains("~ en")) {
        let rule = piece.rsplit("= @{").next().unwrap_or(piece);
        let Some((english, chinese)) = rule.rsplit_once("~ en") else { continue };
        for word in quoted(english).into_iter().chain(quoted(chinese)) {
            let is_known = Keyword::from_text(word).is_some()
                || lenity::syntax::DeclarationKind::from_text(word).is_some()
                || INNER_WORDS.iter().any(|(zh, en)| *zh == word || *en == word)
                || OTHERS.contains(&word);
            if !is_known && !word.trim().is_empty() {
                unknown.push(word);
            }
        }
    }
    assert!(unknown.is_empty(), "add to INNER_WORDS: {unknown:?}");
}

/// What ends of ranges and intervals are written with, units of time, and parts of words that the grammar writes in pieces.
const OTHERS: [&str; 23] = [
    "onward",
    "..",
    "起",
    "至",
    "to",
    "meanwhile",
    "_",
    "倍",
    "个工作日",
    "工作日",
    "个月",
    "月",
    "日",
    "天",
    "年",
    "workdays",
    "workday",
    "days",
    "day",
    "months",
    "month",
    "years",
    "year",
];
