//! Rule text and a case from a page, put through the library.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use lenity::{Case, Compiled, Diagnostics, LoadError, Loader, MemoryLoader, PackFiles, Recommendation, Ruleset};
use lenity_packs::BuiltIn;

/// The pack that rule text belongs to when its block names none.
pub(crate) const OWN_PACK: &str = "page";
/// The file that rule text belongs to when its block names none.
const OWN_FILE: &str = "rules.lenity";

/// What a pack came to, by its name and the texts of the scenario.
type Loaded = (String, Rc<Result<Compiled, Diagnostics>>);

thread_local! {
    static LOADED: RefCell<Vec<Loaded>> = const { RefCell::new(Vec::new()) };
}

/// The packs of a scenario.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packs {
    packs: BTreeMap<String, PackText>,
}

#[derive(Clone, Debug, Default)]
struct PackText {
    manifest: String,
    files: BTreeMap<String, String>,
}

impl Packs {
    pub(crate) fn is_empty(&self) -> bool {
        self.packs.is_empty()
    }

    /// Adds rule text. Texts for one file are joined in order.
    pub(crate) fn add_rules(&mut self, pack: Option<&str>, file: Option<&str>, text: &str) {
        self.pack(pack).files.entry(file.unwrap_or(OWN_FILE).to_owned()).or_default().push_str(text);
    }

    /// Adds lines to the manifest of a pack.
    pub(crate) fn add_manifest(&mut self, pack: Option<&str>, text: &str) {
        self.pack(pack).manifest.push_str(text);
    }

    /// The same packs with every rule text rewritten; `None` when one of them cannot be.
    pub(crate) fn map_rules(&self, rewrite: impl Fn(&str) -> Option<String>) -> Option<Packs> {
        let mut packs = self.clone();
        for text in packs.packs.values_mut().flat_map(|pack| pack.files.values_mut()) {
            *text = rewrite(text)?;
        }
        Some(packs)
    }

    fn pack(&mut self, name: Option<&str>) -> &mut PackText {
        self.packs.entry(name.unwrap_or(OWN_PACK).to_owned()).or_default()
    }

    /// The rules of `pack`, when nothing is wrong with them.
    pub(crate) fn ruleset(&self, pack: &str) -> Option<Ruleset> {
        self.loaded(pack).as_ref().as_ref().ok().map(|compiled| compiled.ruleset.clone())
    }

    /// What became of `pack`. A scenario asks several times, and many scenarios use the same built-in packs, so that those
    /// and the last other one are kept.
    fn loaded(&self, pack: &str) -> Rc<Result<Compiled, Diagnostics>> {
        let key = format!("{pack}\n{:?}", self.packs);
        let kept = LOADED.with_borrow(|kept| kept.iter().find(|(known, _)| *known == key).map(|(_, it)| Rc::clone(it)));
        kept.unwrap_or_else(|| {
            let loaded = Rc::new(Ruleset::load(&self.loader(), pack));
            LOADED.with_borrow_mut(|kept| {
                kept.retain(|(known, _)| known.ends_with("\n{}"));
                kept.push((key, Rc::clone(&loaded)));
            });
            loaded
        })
    }

    fn loader(&self) -> BesideBuiltIn {
        let mut memory = MemoryLoader::new();
        for (name, pack) in &self.packs {
            let files = pack.files.iter().map(|(file, text)| (file.as_str(), text.as_str()));
            memory = memory.with(name, &manifest(name, &pack.manifest), files);
        }
        BesideBuiltIn(memory)
    }
}

/// A manifest has a name, a version and an area; those a page does not give are put in front of what it gives.
fn manifest(name: &str, given: &str) -> String {
    let gives = |key: &str| {
        given
            .lines()
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.strip_prefix(key))
            .any(|rest| rest.trim_start().starts_with('='))
    };
    let mut text = String::new();
    for (key, value) in [("name", name), ("version", "1"), ("area", "cn")] {
        if !gives(key) {
            text.push_str(&format!("{key} = \"{value}\"\n"));
        }
    }
    text + given
}

/// The packs of a page, and the built-in ones for it to import.
struct BesideBuiltIn(MemoryLoader);

impl Loader for BesideBuiltIn {
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError> {
        match self.0.load(pack) {
            Err(LoadError::NotFound) => BuiltIn.load(pack),
            other => other,
        }
    }
}

/// A case of a page.
#[derive(Clone, Debug)]
pub(crate) struct CaseText {
    pub(crate) text: String,
    pub(crate) is_json: bool,
    /// The pack it is read by, when that is not the one that evaluates it.
    pub(crate) read_by: Option<String>,
}

/// What became of rules and case.
#[derive(Debug)]
pub(crate) struct Answer {
    /// One line each: place, code, message.
    pub(crate) diagnostics: Vec<String>,
    /// The codes of those.
    pub(crate) codes: Vec<String>,
    /// There when neither rules nor case were refused and there is a case.
    pub(crate) recommendation: Option<Recommendation>,
}

/// Loads `pack` and evaluates the case, when there is one.
pub(crate) fn run(packs: &Packs, pack: &str, case: Option<&CaseText>) -> Answer {
    let mut answer = Answer { diagnostics: Vec::new(), codes: Vec::new(), recommendation: None };
    let ruleset = match &*packs.loaded(pack) {
        Ok(compiled) => {
            answer.add(&compiled.warnings);
            compiled.ruleset.clone()
        }
        Err(diagnostics) => {
            answer.add(diagnostics);
            return answer;
        }
    };
    let Some(case) = case else {
        return answer;
    };
    let reader = match &case.read_by {
        None => ruleset.clone(),
        Some(pack) => packs.ruleset(pack).unwrap(),
    };
    let read = if case.is_json {
        Case::from_json(&reader, "case.json", &case.text)
    } else {
        Case::from_toml(&reader, "case.toml", &case.text)
    };
    match read {
        Ok(case) => answer.recommendation = Some(ruleset.evaluate(&case)),
        Err(diagnostics) => answer.add(&diagnostics),
    }
    answer
}

impl Answer {
    fn add(&mut self, diagnostics: &Diagnostics) {
        let own = format!("{OWN_PACK}/");
        for each in diagnostics {
            let place = match diagnostics.sources().place(each.span) {
                Some(place) => place.to_string(),
                None => "-".to_owned(),
            };
            let place = place.strip_prefix(&own).unwrap_or(&place);
            let code = each.code.name();
            self.diagnostics.push(format!("{place} {code} {}", each.message.en));
            self.codes.push(code);
        }
    }
}

#[test]
fn a_manifest_is_completed_and_never_contradicted() {
    assert_eq!(
        manifest("page", "area = \"cn-gd\"\n[imports]\nname = \"1\"\n"),
        "name = \"page\"\nversion = \"1\"\narea = \"cn-gd\"\n[imports]\nname = \"1\"\n"
    );
}
