//! The whole chain on one page. Each stage is a type, and only the right one has the next step.
//!
//! ```text
//! Loader ──load──▶ Parsed ──resolve──▶ Bound ──check_types──▶ Checked ──compile──▶ Ruleset ──evaluate──▶ Recommendation
//! ```
//!
//! Every step goes on as far as it can, so that one run reports all mistakes; a rule set comes out only when there are none.

use std::sync::Arc;

use crate::case::Case;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::evaluate::{self, Explanation, Recommendation};
use crate::pack::{self, LoadedPack, Loader, Manifest};
use crate::program::{self, PackIdentity, Program, Titles};
use crate::resolved::{self, Resolved};
use crate::source::SourceMap;
use crate::syntax::{self, File};
use crate::typed::{self, TypedRules};
use crate::verify::{self, Difference, Finding};
use crate::wire;

/// What every stage hands on: texts, packs and what was found wrong so far.
struct Common {
    sources: SourceMap,
    packs: Vec<LoadedPack>,
    errors: Vec<Diagnostic>,
}

/// Text read: syntax trees.
struct Parsed {
    common: Common,
    files: Vec<(Manifest, Vec<File>)>,
}

/// Names bound.
struct Bound {
    common: Common,
    resolved: Resolved,
}

/// Types and units checked.
struct Checked {
    common: Common,
    typed: TypedRules,
}

impl Parsed {
    fn load(loader: &dyn Loader, pack: &str) -> Parsed {
        let (mut sources, mut errors) = (SourceMap::new(), Vec::new());
        let packs = pack::load_all(loader, pack, &mut sources, &mut errors);
        let mut files = Vec::new();
        for loaded in &packs {
            let mut parsed = Vec::new();
            for source in loaded.files.iter().filter_map(|index| sources.files().get(*index)) {
                let (file, mut found) = syntax::parse(source.text(), source.start());
                parsed.push(file);
                errors.append(&mut found);
            }
            files.push((loaded.manifest.clone(), parsed));
        }
        Parsed { common: Common { sources, packs, errors }, files }
    }

    fn resolve(self) -> Bound {
        let mut common = self.common;
        let resolved = resolved::resolve(self.files, &mut common.errors);
        Bound { common, resolved }
    }
}

impl Bound {
    fn check_types(self) -> Checked {
        let mut common = self.common;
        let currency = common.packs.last().map_or("CNY", |pack| pack.manifest.currency.as_str()).to_owned();
        let typed = typed::check_types(&self.resolved, &currency, &mut common.errors);
        Checked { common, typed }
    }
}

impl Checked {
    fn compile(self) -> Result<Compiled, Diagnostics> {
        let Common { sources, packs, mut errors } = self.common;
        let refused = |sources, errors| Err(Diagnostics::new(sources, errors));
        let Some(asked) = packs.last().filter(|_| errors.is_empty()) else {
            return refused(sources, errors);
        };
        let (area, currency) = (asked.manifest.area.clone(), asked.manifest.currency.clone());
        let identities = packs.iter().map(identity).collect();
        let program = program::compile(self.typed, sources, identities, &area, &currency, &mut errors);
        if !errors.is_empty() {
            return refused(program.sources, errors);
        }
        let warnings = Diagnostics::new(program.sources.clone(), Vec::new());
        Ok(Compiled { ruleset: Ruleset { program: Arc::new(program) }, warnings })
    }
}

fn identity(pack: &LoadedPack) -> PackIdentity {
    let text = |title: &Option<String>| title.as_deref().map(Arc::from);
    PackIdentity {
        name: pack.manifest.name.clone(),
        version: pack.manifest.version.clone(),
        digest: pack.digest.clone(),
        title: Titles { zh: text(&pack.manifest.title_zh), en: text(&pack.manifest.title_en) },
    }
}

/// A rule set with the warnings found on the way.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The rule set.
    pub ruleset: Ruleset,
    /// What is worth knowing, though the rules work.
    pub warnings: Diagnostics,
}

/// Rules ready to evaluate cases: never changes, cheap to clone, shared between threads.
#[derive(Clone, Debug)]
pub struct Ruleset {
    program: Arc<Program>,
}

impl Ruleset {
    /// Loads a pack with all it imports, and compiles it.
    ///
    /// # Errors
    /// All mistakes of all files in one run, each with its place, its reason and what to do.
    pub fn load(loader: &dyn Loader, pack: &str) -> Result<Compiled, Diagnostics> {
        Parsed::load(loader, pack).resolve().check_types().compile()
    }

    /// Evaluates a case, with its explanation.
    ///
    /// The answer may be that it cannot be determined: see [`Outcome`](evaluate::Outcome).
    #[must_use]
    pub fn evaluate(&self, case: &Case) -> Recommendation {
        evaluate::evaluate(&self.program, case, Explanation::On)
    }

    /// Evaluates a case and leaves the explanation out; the result is the same. For comparisons in bulk.
    #[must_use]
    pub fn evaluate_without_explanation(&self, case: &Case) -> Recommendation {
        evaluate::evaluate(&self.program, case, Explanation::Off)
    }

    /// Looks for what can be wrong with the rules whatever the case; see [`verify`](crate::verify).
    #[must_use]
    pub fn verify(&self) -> Vec<Finding> {
        verify::verify(&self.program)
    }

    /// Compares these rules, the old ones, with others: that both treat every case of a violation alike, or a case which they
    /// do not; see [`Difference`].
    ///
    /// ```
    /// use lenity::verify::Found;
    /// use lenity::{MemoryLoader, Ruleset};
    ///
    /// let rules = |maximum: &str| {
    ///     let text = format!(
    ///         "instrument 《Act》 {{ effective 2018-01-01 onward }}
    ///          violation a.b \"b\" {{ basis 《Act》 art 1 elements true fine CNY 1_000 .. CNY {maximum} }}"
    ///     );
    ///     let manifest = "name = \"p\"\nversion = \"1\"\narea = \"cn\"\n";
    ///     Ruleset::load(&MemoryLoader::new().with("p", manifest, [("rules.lenity", &*text)]), "p")
    /// };
    /// let (old, new) = (rules("5_000")?.ruleset, rules("6_000")?.ruleset);
    /// assert!(!old.difference(&old).is_any());
    /// let difference = old.difference(&new);
    /// let Found::Different(shown) = &difference.violations[0].found else { panic!("{difference:?}") };
    /// assert!(shown.changes.iter().any(|change| change.old.en == "CNY 1,000 to CNY 5,000"));
    /// # Ok::<(), lenity::Diagnostics>(())
    /// ```
    #[must_use]
    pub fn difference(&self, new: &Ruleset) -> Difference {
        verify::difference(&self.program, &new.program)
    }

    /// The compiled rules: facts, violations, citations.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }
}

impl Case {
    /// Reads a case from TOML and binds it to the facts and violations of `ruleset`. `name` is shown in diagnostics.
    ///
    /// # Errors
    /// All problems at once: syntax, unknown or missing fields, unknown facts and violations, wrong types and units, values
    /// out of bounds, dates in the wrong order.
    pub fn from_toml(ruleset: &Ruleset, name: &str, text: &str) -> Result<Case, Diagnostics> {
        wire::case::from_toml(&ruleset.program, name, text)
    }

    /// Reads a case from JSON; see [`Case::from_toml`].
    ///
    /// # Errors
    /// As [`Case::from_toml`].
    pub fn from_json(ruleset: &Ruleset, name: &str, text: &str) -> Result<Case, Diagnostics> {
        wire::case::from_json(&ruleset.program, name, text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Compiled, Diagnostics, Recommendation, Ruleset};

    #[test]
    fn rule_sets_cases_and_recommendations_cross_threads() {
        fn crosses_threads<T: Send + Sync + Clone>() {}
        crosses_threads::<Ruleset>();
        crosses_threads::<Compiled>();
        crosses_threads::<Case>();
        crosses_threads::<Recommendation>();
        crosses_threads::<Diagnostics>();
    }
}
