//! The literate corpus, `tests/corpus/<topic>/<name>.md`, and the language reference, `docs/language/*.md`. `tests/corpus/README.md` says how to write a page.

use std::ops::Range;
use std::path::Path;

use lenity::Lang;
use similar::TextDiff;

use crate::both_languages;
use crate::completions;
use crate::difference::differences;
use crate::literate::{Block, Section, sections};
use crate::outcome::compact;
use crate::scenario::{Answer, CaseText, OWN_PACK, Packs, run};
use crate::tidy::root;
use crate::verified::verified;

/// Set to rewrite what pages expect, for a person to review.
const UPDATE: &str = "LENITY_UPDATE";
/// Set to look only at pages whose path contains it, while writing one.
const ONLY: &str = "LENITY_PAGE";

#[test]
fn every_page_of_the_corpus_holds() {
    let update = std::env::var_os(UPDATE).is_some();
    let only = std::env::var(ONLY).unwrap_or_default();
    let mut failures = Vec::new();
    let mut pages = 0;
    let folders = ["tests/corpus", "docs/language"].map(|folder| root().join(folder));
    for entry in folders.into_iter().flat_map(|folder| walkdir::WalkDir::new(folder).sort_by_file_name()) {
        let path = entry.unwrap().into_path();
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if !is_page || path.ends_with("tests/corpus/README.md") || !path.to_string_lossy().contains(&only) {
            continue;
        }
        pages += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let mut checked = Page::default();
        checked.check(&text);
        if update && !checked.rewrites.is_empty() {
            std::fs::write(&path, checked.rewritten(text)).unwrap();
            checked.failures.retain(|failure| !failure.rewritable);
        }
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        for failure in checked.failures {
            failures.push(format!("{shown}:{}: {}", failure.line, failure.what));
        }
    }
    assert!(pages > 0, "the corpus has no pages");
    assert!(
        failures.is_empty(),
        "\n{}\n\nTo accept what is found: {UPDATE}=1 cargo test --workspace corpus\n",
        failures.join("\n\n")
    );
}

/// What became of a page.
#[derive(Default)]
struct Page {
    failures: Vec<Failure>,
    /// Places in the page with the text that belongs there.
    rewrites: Vec<(Range<usize>, String)>,
}

struct Failure {
    line: usize,
    what: String,
    /// A rewrite of the page would mend it.
    rewritable: bool,
}

/// What a scenario is made of.
#[derive(Default)]
struct Scenario<'a> {
    packs: Packs,
    case: Option<CaseText>,
    /// The pack the case is for, when it is not the page's own.
    pack: Option<String>,
    expectations: Vec<&'a Block>,
}

impl Page {
    fn fail(&mut self, line: usize, what: impl Into<String>) {
        self.failures.push(Failure { line, what: what.into(), rewritable: false });
    }

    fn check(&mut self, text: &str) {
        let sections = match sections(text) {
            Ok(sections) => sections,
            Err(error) => return self.fail(1, error),
        };
        let mut packs = Packs::default();
        let mut asserts = false;
        for section in &sections {
            let Some(mut scenario) = self.scenario(section) else {
                continue;
            };
            if scenario.packs.is_empty() {
                scenario.packs = packs.clone();
            } else {
                packs = scenario.packs.clone();
            }
            asserts |= !scenario.expectations.is_empty();
            self.judge(section, &scenario);
        }
        if !asserts {
            self.fail(1, "no block of this page expects anything");
        }
    }

    /// `None` when a section holds prose only.
    fn scenario<'a>(&mut self, section: &'a Section) -> Option<Scenario<'a>> {
        let mut scenario = Scenario::default();
        let mut any = false;
        for block in &section.blocks {
            let mut allowed: &[&str] = &[];
            match block.words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["lenity"] => {
                    allowed = &["pack", "name"];
                    let (pack, name) = (block.setting("pack"), block.setting("name"));
                    scenario.packs.add_rules(pack, name, &block.text);
                }
                ["toml", "pack"] => {
                    allowed = &["pack"];
                    scenario.packs.add_manifest(block.setting("pack"), &block.text);
                }
                [form @ ("toml" | "json"), "case"] => {
                    allowed = &["pack", "file"];
                    if scenario.case.is_some() {
                        self.fail(block.line, "a second case; put it under a heading of its own");
                    }
                    let text = self.case_text(block);
                    scenario.case = Some(CaseText { text, is_json: form == "json", read_by: None });
                    scenario.pack = block.setting("pack").map(str::to_owned);
                }
                ["outcome"] | ["diagnostics"] | ["explanation", "zh" | "en"] => {
                    scenario.expectations.push(block);
                }
                ["findings"] => {
                    allowed = &["only"];
                    scenario.expectations.push(block);
                }
                ["difference"] => {
                    allowed = &["new"];
                    scenario.expectations.push(block);
                }
                [
                    "lenity" | "toml" | "json" | "outcome" | "diagnostics" | "explanation" | "findings" | "difference",
                    ..,
                ] => {
                    let kind = block.kind();
                    self.fail(block.line, format!("`{kind}` is no kind of block here"));
                }
                _ => continue,
            }
            any = true;
            for name in block.settings.keys() {
                if !allowed.contains(&name.as_str()) {
                    self.fail(block.line, format!("`{name}=` has no meaning here"));
                }
            }
        }
        any.then_some(scenario)
    }

    /// A case may stand in a file of the repository, so that a page can say what a shipped example leads to.
    fn case_text(&mut self, block: &Block) -> String {
        let Some(file) = block.setting("file") else {
            return block.text.clone();
        };
        if !block.text.is_empty() {
            self.fail(block.line, "a case has either a file or a text");
        }
        let path = Path::new(file);
        match std::fs::read_to_string(root().join(path)) {
            Ok(text) => text,
            Err(error) => {
                self.fail(block.line, format!("{file}: {error}"));
                String::new()
            }
        }
    }

    fn judge(&mut self, section: &Section, scenario: &Scenario) {
        let first_line = section.blocks.first().map_or(1, |block| block.line);
        let heading = &section.heading;
        if scenario.case.is_some() && scenario.expectations.is_empty() {
            self.fail(first_line, format!("“{heading}” has a case and expects nothing"));
        }
        if scenario.packs.is_empty() && scenario.pack.is_none() {
            return self.fail(first_line, format!("“{heading}” has no rules"));
        }
        let pack = scenario.pack.as_deref().unwrap_or(OWN_PACK);
        let answer = run(&scenario.packs, pack, scenario.case.as_ref());
        if let (Some(recommendation), Some(case)) = (&answer.recommendation, &scenario.case)
            && let Some(ruleset) = scenario.packs.ruleset(pack)
        {
            for finding in completions::findings(&ruleset, case, recommendation) {
                self.fail(first_line, format!("“{heading}” {finding}"));
            }
        }
        for finding in both_languages::findings(&scenario.packs, pack, scenario.case.as_ref(), &answer) {
            self.fail(first_line, format!("“{heading}” {finding}"));
        }
        let expects_diagnostics = scenario.expectations.iter().any(|block| block.kind() == "diagnostics");
        if !answer.diagnostics.is_empty() && !expects_diagnostics {
            let found = answer.diagnostics.join("\n");
            self.fail(first_line, format!("“{heading}” was not expected to have diagnostics:\n{found}"));
        }
        for block in &scenario.expectations {
            match block.words[0].as_str() {
                "diagnostics" => self.compare(block, lines(&answer.diagnostics)),
                "findings" => match scenario.packs.ruleset(pack) {
                    Some(ruleset) => match verified(&ruleset, block.setting("only")) {
                        Ok(found) => self.compare(block, lines(&found)),
                        Err(error) => self.fail(block.line, error),
                    },
                    None => self.fail(block.line, "the rules are refused"),
                },
                "difference" => {
                    let new = block.setting("new").and_then(|new| scenario.packs.ruleset(new));
                    match scenario.packs.ruleset(pack).zip(new) {
                        Some((old, new)) => match differences(&old, &new) {
                            Ok(found) => self.compare(block, lines(&found)),
                            Err(error) => self.fail(block.line, error),
                        },
                        None => self.fail(block.line, "one of the packs is refused or not named"),
                    }
                }
                "outcome" => match &answer.recommendation {
                    Some(recommendation) => self.compare(block, compact(recommendation)),
                    None => self.fail(block.line, "there is no recommendation"),
                },
                _ => self.explanation(block, &answer),
            }
        }
    }

    fn compare(&mut self, block: &Block, found: String) {
        if block.text == found {
            return;
        }
        let diff = TextDiff::from_lines(block.text.as_str(), found.as_str());
        let diff = diff.unified_diff().header("expected", "found").to_string();
        self.failures.push(Failure {
            line: block.line,
            what: format!("`{}` differs\n{diff}", block.kind()),
            rewritable: true,
        });
        self.rewrites.push((block.place.clone(), found));
    }

    /// Every line of the block is part of a line of the explanation, in this order.
    fn explanation(&mut self, block: &Block, answer: &Answer) {
        let Some(recommendation) = &answer.recommendation else {
            return self.fail(block.line, "there is no recommendation");
        };
        let lang = match block.words[1].as_str() {
            "zh" => Lang::Chinese,
            _ => Lang::English,
        };
        let full = recommendation.explain(lang);
        let mut rest = full.lines();
        let wanted = block.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut any = false;
        for line in wanted {
            any = true;
            if !rest.any(|found| found.contains(line)) {
                return self.fail(block.line, format!("the explanation does not say, or not here: {line}\n{full}"));
            }
        }
        if !any {
            self.fail(block.line, "an empty explanation expects nothing");
        }
    }

    fn rewritten(&self, mut text: String) -> String {
        // From the end, so that earlier places stay where they are.
        for (place, found) in self.rewrites.iter().rev() {
            text.replace_range(place.clone(), found);
        }
        text
    }
}

fn lines(items: &[String]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

fn failures(page: &str) -> Vec<String> {
    let mut checked = Page::default();
    checked.check(page);
    checked.failures.into_iter().map(|failure| failure.what).collect()
}

#[test]
fn every_keyword_and_built_in_name_is_in_the_reference() {
    use lenity::syntax::{DeclarationKind, Keyword};
    use lenity::typed::{BUILT_IN_FUNCTIONS, BUILT_IN_NAMES};

    let page = |name: &str| std::fs::read_to_string(root().join("docs/language").join(name)).unwrap();
    let (text, values) = (page("text-and-names.md"), page("values.md"));
    let declarations = DeclarationKind::ALL.iter().map(|word| (word.chinese(), word.english()));
    let clauses = Keyword::ALL.iter().map(|word| (word.chinese(), word.english()));
    for (zh, en) in declarations.chain(clauses) {
        assert!(text.contains(&format!("| `{zh}` | `{en}` |")), "{zh} {en}");
    }
    let functions = BUILT_IN_FUNCTIONS.iter().map(|(zh, en, ..)| (zh, en));
    for (zh, en) in functions.chain(BUILT_IN_NAMES.iter().map(|(zh, en, ..)| (zh, en))) {
        assert!(values.contains(&format!("`{zh}")) && values.contains(&format!("`{en}")), "{zh} {en}");
    }
}

#[test]
fn a_page_that_expects_nothing_or_misspells_a_block_fails() {
    assert_eq!(failures("# Empty\n"), ["no block of this page expects anything"]);
    let misspelt = failures("```lenity\n```\n```outcomes\n```\n```toml cases\n```\n```diagnostics\n```\n");
    assert_eq!(misspelt, ["`toml cases` is no kind of block here"]);
    let setting = failures("```lenity file=a.lenity\n```\n```diagnostics\n```\n");
    assert_eq!(setting, ["`file=` has no meaning here"]);
    assert!(failures("```lenity\n```\n```diagnostics\n```\n").is_empty());
}

#[test]
fn a_difference_is_shown_and_can_be_accepted() {
    let page = "text\n```lenity\n事实 甲 (\n```\n```diagnostics\nold\n```\nmore\n";
    let mut checked = Page::default();
    checked.check(page);
    assert_eq!(checked.failures.len(), 1);
    assert!(checked.failures[0].what.contains("-old\n+rules.lenity:1:"));
    let accepted = checked.rewritten(page.to_owned());
    assert!(accepted.starts_with("text\n```lenity\n") && accepted.ends_with("\n```\nmore\n"));
    assert!(failures(&accepted).is_empty(), "{accepted}");
}
