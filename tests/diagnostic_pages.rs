//! Every page of a diagnostic is its test: the wrong example gives the code, the right one gives nothing.
//! `docs/diagnostics/README.md` says how a page is written.

use lenity::diagnostic::Code;

use crate::literate::{Block, sections};
use crate::outcome::compact;
use crate::scenario::{Answer, CaseText, OWN_PACK, Packs, run};
use crate::tidy::root;
use crate::verified::verified;

#[test]
fn every_page_shows_its_mistake_and_how_to_mend_it() {
    let mut failures = Vec::new();
    for code in Code::ALL {
        let name = code.name();
        let path = root().join(format!("docs/diagnostics/{name}.md"));
        let Ok(text) = std::fs::read_to_string(&path) else {
            // The tidy rules report pages that are missing.
            continue;
        };
        let mut problems = Vec::new();
        check(*code, &text, &mut problems);
        failures.extend(problems.into_iter().map(|what| format!("{name}.md: {what}")));
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// Which of the two examples of a page a block belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Wrong,
    Right,
    Both,
}

/// One of the two examples of a page.
#[derive(Default)]
struct Example {
    packs: Packs,
    case: Option<CaseText>,
    outcome: Option<String>,
    /// Other codes that the wrong example gives beside its own.
    also: Vec<String>,
    given: bool,
}

fn check(code: Code, text: &str, problems: &mut Vec<String>) {
    let name = code.name();
    let title = format!("# {name} · {} · {}", code.chinese(), code.english());
    if text.lines().next() != Some(title.as_str()) {
        problems.push(format!("the first line is not `{title}`"));
    }
    let sections = match sections(text) {
        Ok(sections) => sections,
        Err(error) => return problems.push(error),
    };
    for heading in ["中文", "English", "示例 · Example"] {
        if !sections.iter().any(|section| section.heading == heading) {
            problems.push(format!("there is no section `{heading}`"));
        }
    }
    let mut wrong = Example::default();
    let mut right = Example::default();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        let Some((kind, side)) = kind_and_side(block) else {
            if is_ours(block) {
                problems.push(format!("line {}: `{}` is no kind of block here", block.line, block.kind()));
            }
            continue;
        };
        for setting in block.settings.keys() {
            if !settings_of(kind, side).contains(&setting.as_str()) {
                problems.push(format!("line {}: `{setting}=` has no meaning here", block.line));
            }
        }
        if side != Side::Right {
            wrong.add(kind, block, side == Side::Wrong, problems);
        }
        if side != Side::Wrong {
            right.add(kind, block, side == Side::Right, problems);
        }
    }
    if !wrong.given {
        problems.push("there is no wrong example (`… error`)".to_owned());
    }
    if !right.given {
        problems.push("there is no right example (`… ok`)".to_owned());
    }
    if wrong.given && right.given {
        wrong.must_give(&name, problems);
        right.must_be_fine(&name, problems);
    }
}

/// The words that open blocks of ours; blocks of other kinds are prose.
fn is_ours(block: &Block) -> bool {
    matches!(block.words.first().map(String::as_str), Some("lenity" | "toml" | "json" | "outcome"))
}

fn kind_and_side(block: &Block) -> Option<(&str, Side)> {
    let words: Vec<&str> = block.words.iter().map(String::as_str).collect();
    let (words, side) = match words.as_slice() {
        [words @ .., "error"] => (words, Side::Wrong),
        [words @ .., "ok"] => (words, Side::Right),
        words => (words, Side::Both),
    };
    match words {
        ["lenity"] => Some(("rules", side)),
        ["toml", "pack"] => Some(("manifest", side)),
        ["toml", "case"] => Some(("toml", side)),
        ["json", "case"] => Some(("json", side)),
        ["outcome"] if side != Side::Both => Some(("outcome", side)),
        _ => None,
    }
}

fn settings_of(kind: &str, side: Side) -> &'static [&'static str] {
    match (kind, side) {
        ("rules", Side::Wrong) => &["pack", "name", "times", "also"],
        ("rules", _) => &["pack", "name", "times"],
        ("manifest", Side::Wrong) => &["pack", "times", "also"],
        ("manifest", _) => &["pack", "times"],
        ("toml" | "json", Side::Wrong) => &["times", "also", "read"],
        ("toml" | "json", _) => &["times", "read"],
        _ => &[],
    }
}

impl Example {
    fn add(&mut self, kind: &str, block: &Block, own: bool, problems: &mut Vec<String>) {
        self.given |= own;
        if let Some(also) = block.setting("also") {
            self.also.extend(also.split(',').map(str::to_owned));
        }
        let text = match repeated(block) {
            Ok(text) => text,
            Err(error) => return problems.push(error),
        };
        match kind {
            "rules" => self.packs.add_rules(block.setting("pack"), block.setting("name"), &text),
            "manifest" => self.packs.add_manifest(block.setting("pack"), &text),
            "outcome" => self.outcome = Some(block.text.clone()),
            form => {
                let case =
                    self.case.get_or_insert(CaseText { text: String::new(), is_json: form == "json", read_by: None });
                case.read_by = block.setting("read").map(str::to_owned).or(case.read_by.take());
                case.text.push_str(&text);
            }
        }
    }

    fn run(&self, name: &str) -> Answer {
        let mut answer = run(&self.packs, OWN_PACK, self.case.as_ref());
        // Of what is found in rules before there is a case, an example shows one kind only.
        if name.starts_with("E07")
            && let Some(ruleset) = self.packs.ruleset(OWN_PACK)
        {
            let found = verified(&ruleset, Some(name)).unwrap();
            answer.codes.extend(found.iter().filter(|line| !line.starts_with(' ')).map(|_| name.to_owned()));
            answer.diagnostics.extend(found);
        }
        answer
    }

    fn must_give(&self, name: &str, problems: &mut Vec<String>) {
        let answer = self.run(name);
        let mut found = answer.codes.clone();
        if let Some(outcome) = self.outcome_found(&answer, "wrong", problems) {
            let codes = outcome.lines().find_map(|line| line.strip_prefix("problems: "));
            found.extend(codes.unwrap_or("").split(", ").map(str::to_owned));
        }
        if !found.iter().any(|code| code == name) {
            problems.push(format!("the wrong example does not give it, but:\n{}", answer.diagnostics.join("\n")));
        }
        for also in &self.also {
            if !found.contains(also) {
                problems.push(format!("the wrong example does not give {also} as well"));
            }
        }
        for code in found {
            if !code.is_empty() && code != name && !self.also.contains(&code) {
                problems.push(format!(
                    "the wrong example also gives {code}; mend it or say `also={code}`:\n{}",
                    answer.diagnostics.join("\n")
                ));
            }
        }
    }

    fn must_be_fine(&self, name: &str, problems: &mut Vec<String>) {
        let answer = self.run(name);
        if !answer.diagnostics.is_empty() {
            problems.push(format!("the right example gives:\n{}", answer.diagnostics.join("\n")));
        }
        if let Some(outcome) = self.outcome_found(&answer, "right", problems)
            && outcome.contains("problems: ")
        {
            problems.push(format!("the right example has problems:\n{outcome}"));
        }
    }

    /// The outcome, when the page says what it must be.
    fn outcome_found(&self, answer: &Answer, which: &str, problems: &mut Vec<String>) -> Option<String> {
        let expected = self.outcome.as_ref()?;
        let Some(recommendation) = &answer.recommendation else {
            problems
                .push(format!("the {which} example gives no recommendation, but:\n{}", answer.diagnostics.join("\n")));
            return None;
        };
        let found = compact(recommendation);
        if *expected != found {
            problems.push(format!("the outcome of the {which} example is:\n{found}"));
        }
        Some(found)
    }
}

/// The text of a block, as often as `times=` says; `{n}` counts from one. Limits are shown without pages of text by it.
fn repeated(block: &Block) -> Result<String, String> {
    let Some(times) = block.setting("times") else {
        return Ok(block.text.clone());
    };
    let times: usize = times.parse().map_err(|_| format!("line {}: `times={times}` is no number", block.line))?;
    Ok((1..=times).map(|count| block.text.replace("{n}", &count.to_string())).collect())
}

#[test]
fn a_page_without_its_mistake_fails() {
    let head = format!(
        "# E0101 · {} · {}\n## 中文\n## English\n## 示例 · Example\n",
        Code::Syntax.chinese(),
        Code::Syntax.english()
    );
    let problems = |rest: &str| {
        let mut problems = Vec::new();
        check(Code::Syntax, &(head.clone() + rest), &mut problems);
        problems
    };
    let right = "```lenity ok\n```\n";
    let wrong = "```lenity error\n单位 桶 “桶” / \"barrel\" { 颜色 红 }\n```\n";
    assert!(problems(&format!("{wrong}{right}")).is_empty());
    assert_eq!(problems(right), ["there is no wrong example (`… error`)"]);
    let harmless = problems(&format!("```lenity error\n```\n{right}"));
    assert!(harmless[0].starts_with("the wrong example does not give it"), "{harmless:?}");
    let misspelt = problems("```lenity wrong\n```\n");
    assert!(misspelt[0].contains("`lenity wrong` is no kind of block here"));
    let mut untitled = Vec::new();
    check(Code::Syntax, "# E0101\n", &mut untitled);
    assert!(untitled[0].starts_with("the first line is not"));
}
