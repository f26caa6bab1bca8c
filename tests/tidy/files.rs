//! Names, sizes and places of files.

use std::collections::BTreeSet;

use lenity::diagnostic::Code;

use super::{files, none, root};

/// The root listing, apart from what `.gitignore` names.
const ROOT: [&str; 19] = [
    ".ci",
    ".clippy.toml",
    ".gitignore",
    ".rustfmt.toml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "crates",
    "docs",
    "examples",
    "grammar",
    "rules",
    "src",
    "tests",
];

/// Lines of code a file of the library should not have.
const WISHED: usize = 400;
/// Lines of code a file of the library may not have.
const MOST: usize = 800;
/// Files that may be longer, each with its reason. One that is short again fails the test.
const LONG: [(&str, &str); 0] = [];

#[test]
fn the_root_listing_is_the_agreed_one() {
    let ignored = std::fs::read_to_string(root().join(".gitignore")).unwrap();
    let ignored: BTreeSet<&str> = ignored.lines().filter_map(|line| line.strip_prefix('/')).collect();
    let found: BTreeSet<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != ".git" && !ignored.contains(name.as_str()))
        .collect();
    let agreed: BTreeSet<String> = ROOT.iter().map(|name| (*name).to_owned()).collect();
    let mut findings: Vec<String> = Vec::new();
    findings.extend(found.difference(&agreed).map(|name| format!("`{name}` is not in the list")));
    findings.extend(agreed.difference(&found).map(|name| format!("`{name}` is missing")));
    none(&findings);
}

#[test]
fn files_can_be_read_in_one_sitting() {
    let mut findings = Vec::new();
    for file in files(&["src"], &[".rs"]) {
        let lines = lines_of_code(&file.text);
        let long = LONG.iter().any(|(path, _)| *path == file.path);
        if lines > MOST && !long {
            findings.push(format!("{}: {lines} lines of code", file.path));
        } else if lines <= MOST && long {
            findings.push(format!("{}: {lines} lines, remove the exception", file.path));
        } else if lines > WISHED {
            eprintln!("{}: {lines} lines of code, {WISHED} are wished", file.path);
        }
    }
    none(&findings);
}

/// Lines that are neither empty nor a comment, up to the tests at the end.
fn lines_of_code(text: &str) -> usize {
    text.lines()
        .map(str::trim)
        .take_while(|line| *line != "#[cfg(test)]")
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let mut pages: BTreeSet<String> = files(&["docs/diagnostics"], &[".md"])
        .into_iter()
        .filter_map(|file| {
            let name = file.path.strip_prefix("docs/diagnostics/")?;
            Some(name.strip_suffix(".md")?.to_owned())
        })
        .collect();
    assert!(pages.remove("README"), "the pages have no README.md");
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.name()).collect();
    let mut findings: Vec<String> = Vec::new();
    findings.extend(codes.difference(&pages).map(|code| format!("{code} has no page")));
    findings.extend(pages.difference(&codes).map(|page| format!("{page}.md has no code")));
    none(&findings);
}

#[test]
fn file_names_say_what_is_inside() {
    let empty = ["util", "utils", "helper", "helpers", "common", "manager", "misc"];
    let mut findings = Vec::new();
    for file in files(&["src", "tests", "crates", "examples"], &[".rs"]) {
        let words = file.path.trim_end_matches(".rs").split(['/', '_', '-']);
        for word in words {
            if empty.contains(&word) {
                findings.push(format!("{}: `{word}` says nothing", file.path));
            }
        }
    }
    none(&findings);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places = ["home", "Users", "root", "work", "tmp", "var/folders"];
    let endings = [".rs", ".md", ".toml", ".lenity", ".pest", ".json", ".html", "run", ".yml", ".lock"];
    let mut findings = Vec::new();
    for file in files(&["."], &endings) {
        for (index, line) in file.text.lines().enumerate() {
            for place in places {
                if names_place(line, place) {
                    findings.push(format!("{}:{}: /{place}/…", file.path, index + 1));
                }
            }
        }
    }
    none(&findings);
}

/// Whether `line` names an absolute path below `/place/`; the same words inside a longer path or an address do not count.
fn names_place(line: &str, place: &str) -> bool {
    let pattern = format!("/{place}/");
    line.match_indices(&pattern).any(|(index, _)| {
        let before = line[..index].chars().next_back();
        !before.is_some_and(|letter| letter.is_alphanumeric() || "._-~/}".contains(letter))
    })
}

#[test]
fn absolute_paths_are_told_from_relative_ones() {
    let path = ["", "home", "someone"].join("/");
    assert!(names_place(&format!("see \"{path}\""), "home"));
    assert!(names_place(&path, "home"));
    assert!(!names_place("docs/place/x", "place"));
    assert!(!names_place("https://example.org/place/x", "place"));
    assert!(!names_place("target/place/x", "place"));
}

#[test]
fn the_tests_of_the_readme_are_those_that_are_run_on_every_change() {
    for file in ["README.md", "CONTRIBUTING.md", ".ci/run"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(text.contains("cargo test --workspace\n"), "{file}");
    }
}
