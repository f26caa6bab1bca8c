use clap::{Args, ValueEnum};
use lenity::verify::Finding;
use lenity::{Diagnostics, Lang, Ruleset};

use crate::command::fmt::{cannot_write, replace};
use crate::diagnostics::{FindingJson, Reported, Reporter, commands, log};
use crate::exit::{Exit, Failure};
use crate::fix::fixed;
use crate::output::Output;
use crate::pack::Pack;

/// The forms of findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
enum Format {
    /// For people, with the lines they are about
    #[default]
    Text,
    /// For programs, in both languages
    Json,
    /// Static Analysis Results Interchange Format 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// Look for mistakes in packs: syntax, names, types, and what can be proved of the rules before there is a case
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders of packs, or names of built-in packs; those in the current folder when none is given
    #[arg(value_name = "PACK")]
    packs: Vec<String>,

    /// Form of the findings
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,

    /// Make the changes that findings propose, where they are safe; each is shown, and nothing is written when the rules
    /// would not load any more or something else would be found
    #[arg(long)]
    fix: bool,
}

impl Check {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let packs = if self.packs.is_empty() {
            Pack::found_here(output.lang())?
        } else {
            self.packs
                .iter()
                .map(|name| Ok((name.clone(), Pack::named(name, output.lang())?)))
                .collect::<Result<_, Failure>>()?
        };
        if self.fix {
            packs.iter().try_for_each(|(_, pack)| fix(pack, output))?;
        }
        let mut exit = Exit::Fine;
        let mut checked: Vec<Checked<'_>> = Vec::new();
        let mut good: Vec<String> = Vec::new();
        for (name, pack) in &packs {
            checked.push(match pack.load() {
                Ok(compiled) => {
                    good.push(holds(name, &compiled.ruleset, output.lang()));
                    let findings = compiled.ruleset.verify();
                    Checked { pack, diagnostics: compiled.warnings, verified: Some((compiled.ruleset, findings)) }
                }
                Err(diagnostics) => {
                    exit = exit.max(if pack.is_readable() { Exit::Findings } else { Exit::Refused });
                    Checked { pack, diagnostics, verified: None }
                }
            });
        }
        let mut reporter = Reporter::default();
        let reported: Vec<Reported<'_>> = checked
            .iter()
            .flat_map(Checked::mistakes)
            .chain(checked.iter().flat_map(Checked::findings))
            .filter(|each| reporter.is_new(each))
            .collect();
        match self.format {
            Format::Text => {
                let (allowed, open): (Vec<_>, Vec<_>) = reported.iter().partition(|each| each.allowed().is_some());
                Reporter::write_reported(&open, output)?;
                Reporter::write_allowed(&allowed, output)?;
                output.result(&good.concat())?;
                if let Some(closing) = reporter.closing(output.lang()) {
                    output.result(&closing)?;
                }
            }
            Format::Json => output.json(&reported.iter().map(FindingJson::new).collect::<Vec<_>>())?,
            Format::Sarif => output.json(&log(&reported, output.lang()))?,
            Format::Github => output.result(&commands(&reported, output.lang()))?,
        }
        Ok(if reporter.has_mistakes() { exit.max(Exit::Findings) } else { exit })
    }
}

/// Writes what the findings in a pack propose, and says so on standard error.
fn fix(pack: &Pack, output: &mut Output) -> Result<(), Failure> {
    let (Pack::Folder(folder), Ok(compiled)) = (pack, pack.load()) else {
        return Ok(());
    };
    let findings = compiled.ruleset.verify();
    for file in fixed(folder, &compiled.ruleset, &findings).map_err(Failure::Refused)? {
        replace(&file.path, &file.text).map_err(|error| cannot_write(&file.name, &error))?;
        for title in &file.titles {
            let (colon, title) = (output.lang().pick("：", ": "), title.get(output.lang()));
            output.message(&format!("{}{colon}{title}\n", file.name))?;
        }
    }
    Ok(())
}

/// What came of one pack.
struct Checked<'a> {
    pack: &'a Pack,
    diagnostics: Diagnostics,
    verified: Option<(Ruleset, Vec<Finding>)>,
}

impl Checked<'_> {
    fn mistakes(&self) -> impl Iterator<Item = Reported<'_>> {
        let sources = self.diagnostics.sources();
        self.diagnostics.iter().map(move |diagnostic| Reported { diagnostic, finding: None, sources, pack: self.pack })
    }

    fn findings(&self) -> impl Iterator<Item = Reported<'_>> {
        self.verified.iter().flat_map(move |(ruleset, findings)| {
            let sources = &ruleset.program().sources;
            findings.iter().map(move |finding| Reported {
                diagnostic: &finding.diagnostic,
                finding: Some(finding),
                sources,
                pack: self.pack,
            })
        })
    }
}

/// What a pack without errors holds, in a line.
fn holds(name: &str, ruleset: &Ruleset, lang: Lang) -> String {
    let program = ruleset.program();
    let violations = program.violations.len();
    let facts = program.facts.len();
    match lang {
        Lang::Chinese => format!("{name}：没有错误（违法行为{violations}项，事实{facts}项）\n"),
        Lang::English => format!("{name}: no errors (violations: {violations}, facts: {facts})\n"),
    }
}
