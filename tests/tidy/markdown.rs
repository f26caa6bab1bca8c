//! A path named in a Markdown file exists.

use std::path::Path;

use super::{files, none, root};

#[test]
fn every_path_named_in_markdown_exists() {
    let entries: Vec<String> =
        std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let mut findings = Vec::new();
    for file in files(&["."], &[".md"]) {
        let folder = Path::new(&file.path).parent().unwrap();
        for (line, named) in paths_named(&file.text, &entries) {
            let found = match &named {
                Named::Link(path) => root().join(folder).join(path).exists(),
                // In running text a path counts from the root, or from the page it is in.
                Named::Text(path) => root().join(path).exists() || root().join(folder).join(path).exists(),
            };
            if !found {
                let (Named::Link(path) | Named::Text(path)) = named;
                findings.push(format!("{}:{line}: `{path}` does not exist", file.path));
            }
        }
    }
    none(&findings);
}

#[derive(PartialEq, Debug)]
enum Named {
    /// The target of a link.
    Link(String),
    /// Between backticks.
    Text(String),
}

/// Paths with their lines. Fenced blocks are examples and are left out; so are patterns and places to be filled in.
fn paths_named(text: &str, root_entries: &[String]) -> Vec<(usize, Named)> {
    let mut found = Vec::new();
    let mut fence: Option<&str> = None;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        match fence {
            Some(open) => {
                if trimmed.starts_with(open) {
                    fence = None;
                }
                continue;
            }
            None => {
                fence = ["````", "```"].into_iter().find(|ticks| trimmed.starts_with(ticks));
                if fence.is_some() {
                    continue;
                }
            }
        }
        for (count, part) in line.split('`').enumerate() {
            if count % 2 == 1 {
                if is_path(part, root_entries) {
                    found.push((index + 1, Named::Text(part.trim_end_matches('/').to_owned())));
                }
                continue;
            }
            for piece in part.split("](").skip(1) {
                let target = piece.split([')', '#', ' ']).next().unwrap();
                if !target.is_empty() && !target.contains(':') {
                    found.push((index + 1, Named::Link(target.to_owned())));
                }
            }
        }
    }
    found
}

/// Whether text between backticks is meant as a path of the repository: it begins as one and names one thing.
fn is_path(text: &str, root_entries: &[String]) -> bool {
    let plain = text.chars().all(|letter| letter.is_alphanumeric() || "/._-".contains(letter));
    let first = text.split('/').next().unwrap();
    plain && text.contains('/') && (root_entries.iter().any(|entry| entry == first) || first == "." || first == "..")
}

#[test]
fn paths_are_told_from_other_text() {
    let entries = ["src".to_owned(), "docs".to_owned()];
    let named =
        |text: &str| -> Vec<Named> { paths_named(text, &entries).into_iter().map(|(_, named)| named).collect() };
    assert_eq!(named("see `src/lib.rs` and `text/json`"), [Named::Text("src/lib.rs".into())]);
    assert_eq!(named("`src/*.rs` `docs/<code>.md` `docs/E….md` src/x"), []);
    assert_eq!(named("[a](docs/x.md#part) [b](https://example.org/x) [c](#here)"), [Named::Link("docs/x.md".into())]);
    assert_eq!(named("```text\n`src/none.rs`\n```\n`src/two.rs`"), [Named::Text("src/two.rs".into())]);
    assert_eq!(named("````md\n```\n[a](b)\n```\n````\n[c](d)"), [Named::Link("d".into())]);
}
