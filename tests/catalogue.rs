//! `docs/catalogue.md` lists what penalty law needs to say, and the pages that show it, collected from their lines `Shows:`.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::{RepositoryFile, files, root};

const PAGE: &str = "docs/catalogue.md";
const OPENING: &str = "Shows: ";
const NOT_SHOWN: &str = "not shown";

/// A group of entries: its word in a line `Shows:`, and the ids it has, in order.
struct Group {
    word: &'static str,
    ids: Vec<String>,
}

/// `letter` with the numbers `from` to `to`, of at least `width` digits.
fn numbered(letter: char, from: u32, to: u32, width: usize) -> impl Iterator<Item = String> {
    (from..=to).map(move |number| format!("{letter}{number:0width$}"))
}

fn groups() -> Vec<Group> {
    let structures = [('A', 38), ('B', 18), ('C', 10), ('D', 17), ('E', 19), ('F', 4)];
    let mut structures: Vec<String> =
        structures.into_iter().flat_map(|(letter, last)| numbered(letter, 1, last, 2)).collect();
    let purpose = structures.iter().position(|id| id == "B15").unwrap() + 1;
    structures.insert(purpose, "B15a".to_owned());
    vec![
        Group { word: "structures", ids: structures },
        Group { word: "methods", ids: numbered('C', 1, 28, 1).collect() },
        Group { word: "general rules", ids: numbered('G', 0, 26, 2).chain(numbered('G', 30, 48, 2)).collect() },
        Group { word: "code", ids: numbered('C', 1, 19, 2).collect() },
    ]
}

/// The pages that show each entry, by group and id.
type Shown = BTreeMap<(&'static str, String), BTreeSet<String>>;

/// Reads the line `Shows:` of a page into `shown`. Fenced blocks are left out.
fn collect(page: &RepositoryFile, groups: &[Group], shown: &mut Shown, findings: &mut Vec<String>) {
    let mut fenced = false;
    for (index, line) in page.text.lines().enumerate() {
        fenced ^= line.starts_with("```");
        let Some(list) = line.strip_prefix(OPENING.trim_end()).filter(|_| !fenced) else {
            continue;
        };
        let mut refuse = |why: String| findings.push(format!("{}:{}: {why}", page.path, index + 1));
        let Some(list) = list.strip_prefix(' ').and_then(|list| list.strip_suffix('.')) else {
            refuse(format!("a line `{OPENING}…` ends with a full stop"));
            continue;
        };
        for part in list.split("; ") {
            let group =
                groups.iter().find_map(|group| Some((group, part.strip_prefix(group.word)?.strip_prefix(' ')?)));
            let Some((group, ids)) = group else {
                let words: Vec<&str> = groups.iter().map(|group| group.word).collect();
                refuse(format!("`{part}` does not begin with one of {}", words.join(", ")));
                continue;
            };
            for id in ids.split(", ") {
                if group.ids.iter().any(|known| known == id) {
                    shown.entry((group.word, id.to_owned())).or_default().insert(page.path.clone());
                } else {
                    refuse(format!("the catalogue has no `{id}` under {}", group.word));
                }
            }
        }
    }
}

/// The link to a page, as it stands in the catalogue.
fn link(path: &str) -> String {
    let name = path.trim_start_matches("tests/corpus/").trim_start_matches("docs/").trim_end_matches(".md");
    let target = path.strip_prefix("docs/").map_or_else(|| format!("../{path}"), str::to_owned);
    format!("[{name}]({target})")
}

/// The catalogue with its lines of pages filled in. An entry is `- **A01** 中文 · English`, and its pages are the line below it.
fn filled_in(catalogue: &str, groups: &[Group], shown: &Shown, findings: &mut Vec<String>) -> String {
    let mut filled = String::new();
    let mut seen: Vec<(&str, String)> = Vec::new();
    let mut group: Option<&Group> = None;
    for line in catalogue.lines().filter(|line| !line.starts_with("  - ")) {
        filled.push_str(line);
        filled.push('\n');
        if let Some(heading) = line.strip_prefix("## ") {
            group = groups.iter().find(|group| group.word == heading.to_lowercase());
        }
        let Some((id, names)) = line.strip_prefix("- **").and_then(|entry| entry.split_once("** ")) else {
            continue;
        };
        let word = group.map_or("", |group| group.word);
        if names.split(" · ").filter(|name| !name.trim().is_empty()).count() != 2 {
            findings.push(format!("{PAGE}: {word} {id} has no names in Chinese and English"));
        }
        let key = (word, id.to_owned());
        let pages = shown.get(&key).map_or_else(
            || NOT_SHOWN.to_owned(),
            |pages| pages.iter().map(|page| link(page)).collect::<Vec<_>>().join(", "),
        );
        filled.push_str(&format!("  - {pages}\n"));
        seen.push(key);
    }
    let wanted: Vec<(&str, String)> =
        groups.iter().flat_map(|group| group.ids.iter().map(|id| (group.word, id.clone()))).collect();
    if seen != wanted {
        let missing: Vec<_> = wanted.iter().filter(|key| !seen.contains(key)).collect();
        findings.push(format!("{PAGE} does not list every entry once and in order; missing: {missing:?}"));
    }
    filled
}

#[test]
fn the_catalogue_lists_the_pages_of_the_corpus_that_show_each_entry() {
    let groups = groups();
    let (mut shown, mut findings) = (Shown::new(), Vec::new());
    for page in files(&["tests/corpus", "docs/language"], &[".md"]) {
        collect(&page, &groups, &mut shown, &mut findings);
    }
    let found = std::fs::read_to_string(root().join(PAGE)).unwrap();
    let filled = filled_in(&found, &groups, &shown, &mut findings);
    if found != filled {
        if std::env::var_os("LENITY_UPDATE").is_some() {
            std::fs::write(root().join(PAGE), &filled).unwrap();
        } else {
            let diff = similar::TextDiff::from_lines(&found, &filled).unified_diff().to_string();
            findings.push(format!("{PAGE} differs; LENITY_UPDATE=1 cargo test --workspace corpus\n{diff}"));
        }
    }
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}

fn read(text: &str) -> (Shown, Vec<String>) {
    let (mut shown, mut findings) = (Shown::new(), Vec::new());
    let page = RepositoryFile { path: "tests/corpus/a/b.md".to_owned(), text: text.to_owned() };
    collect(&page, &groups(), &mut shown, &mut findings);
    (shown, findings)
}

#[test]
fn a_line_of_shows_names_groups_and_ids() {
    let (shown, findings) = read("Shows: structures A01, B15a; general rules G07; code C08.\n");
    assert_eq!(findings, Vec::<String>::new());
    let keys: Vec<String> = shown.keys().map(|(word, id)| format!("{word} {id}")).collect();
    assert_eq!(keys, ["code C08", "general rules G07", "structures A01", "structures B15a"]);
    assert_eq!(link("tests/corpus/a/b.md"), "[a/b](../tests/corpus/a/b.md)");
    assert_eq!(link("docs/language/values.md"), "[language/values](language/values.md)");
    assert!(read("```text\nShows: structures A99.\n```\n").1.is_empty());
    for wrong in
        ["structures A99.", "A01.", "structures A01", "methods C01.", "general rules G27.", "structures A01 A02."]
    {
        assert_eq!(read(&format!("Shows: {wrong}\n")).1.len(), 1, "{wrong}");
    }
}
