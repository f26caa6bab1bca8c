use clap::Args;
use lenity::verify::Finding;
use lenity::{Diagnostics, Lang, Ruleset};

use crate::diagnostics::{FindingJson, Reporter};
use crate::exit::{Exit, Failure};
use crate::output::{Output, TextOrJson};
use crate::pack::Pack;

/// Look for mistakes in packs: syntax, names, types, and what can be proved of the rules before there is a case
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders of packs, or names of built-in packs; those in the current folder when none is given
    #[arg(value_name = "PACK")]
    packs: Vec<String>,

    /// Form of the findings
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: TextOrJson,
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
        let mut exit = Exit::Fine;
        let mut reporter = Reporter::default();
        let mut all: Vec<Diagnostics> = Vec::new();
        let mut verified: Vec<(Ruleset, Vec<Finding>)> = Vec::new();
        let mut good: Vec<String> = Vec::new();
        for (name, pack) in &packs {
            let diagnostics = match pack.load() {
                Ok(compiled) => {
                    good.push(holds(name, &compiled.ruleset, output.lang()));
                    let findings = compiled.ruleset.verify();
                    verified.push((compiled.ruleset, findings));
                    compiled.warnings
                }
                Err(diagnostics) => {
                    exit = exit.max(if pack.is_readable() { Exit::Findings } else { Exit::Refused });
                    diagnostics
                }
            };
            all.push(diagnostics);
        }
        match self.format {
            TextOrJson::Text => {
                for diagnostics in &all {
                    reporter.write_results(diagnostics, output)?;
                }
                for (ruleset, findings) in &verified {
                    reporter.write_findings(findings, &ruleset.program().sources, output)?;
                }
                output.result(&good.concat())?;
                if let Some(closing) = reporter.closing(output.lang()) {
                    output.result(&closing)?;
                }
            }
            TextOrJson::Json => {
                let mut findings = Vec::new();
                for diagnostics in &all {
                    for each in reporter.new_ones(diagnostics) {
                        findings.push(FindingJson::without_case(each, diagnostics.sources()));
                    }
                }
                for (ruleset, found) in &verified {
                    let sources = &ruleset.program().sources;
                    let new = found.iter().filter(|finding| reporter.is_new(&finding.diagnostic, sources));
                    findings.extend(new.map(|finding| FindingJson::new(finding, sources)));
                }
                output.json(&findings)?;
            }
        }
        Ok(if reporter.has_mistakes() { exit.max(Exit::Findings) } else { exit })
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
