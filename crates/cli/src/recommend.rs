//! Cases in, recommendations out: what `evaluate` and `explain` share. They differ in how much they tell.

use std::io;

use clap::{Args, ValueEnum};
use lenity::diagnostic::Text;
use lenity::render::Detail;
use lenity::{Case, Recommendation};

use crate::case_file::CaseFile;
use crate::diagnostics::Reporter;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use crate::pack::Pack;

/// What both commands are given.
#[derive(Debug, Args)]
pub(crate) struct CasesAndPack {
    /// Case files, TOML or JSON; `-` is standard input
    #[arg(required = true, value_name = "CASE")]
    cases: Vec<String>,

    /// Rules to apply: the folder of a pack, or the name of a built-in pack
    #[arg(long, value_name = "PACK")]
    pack: String,

    /// Form of the result; json gives an array when several cases are given, html takes one case at a time
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
}

/// Form of a recommendation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Html,
}

/// Evaluates every case that can be read. One that is refused does not keep the others from being answered.
pub(crate) fn run(given: &CasesAndPack, detail: Detail, output: &mut Output) -> Result<Exit, Failure> {
    if given.format == Format::Html && given.cases.len() > 1 {
        return Err(Failure::WrongUse(Text::new(
            "--format html 一次只能输出一个案件",
            "--format html writes one page: give one case at a time",
        )));
    }
    if given.cases.iter().filter(|case| *case == "-").count() > 1 {
        return Err(Failure::WrongUse(Text::new(
            "标准输入（-）只能读一次",
            "standard input (-) can be read only once",
        )));
    }
    let mut reporter = Reporter::default();
    let mut exit = Exit::Fine;
    let pack = Pack::named(&given.pack, output.lang())?;
    let ruleset = match pack.load() {
        Ok(compiled) => {
            reporter.mention_warnings(&compiled.warnings, &given.pack, output)?;
            compiled.ruleset
        }
        Err(diagnostics) => {
            reporter.write_messages(&diagnostics, output)?;
            reporter.summary(output)?;
            return Ok(Exit::Refused);
        }
    };
    let mut recommendations = Vec::new();
    for name in &given.cases {
        let file = match CaseFile::read(name) {
            Ok(file) => file,
            Err(why) => {
                output.error(&why)?;
                exit = exit.max(Exit::Refused);
                continue;
            }
        };
        let case = if file.is_json() {
            Case::from_json(&ruleset, &file.name, &file.text)
        } else {
            Case::from_toml(&ruleset, &file.name, &file.text)
        };
        match case {
            Ok(case) => {
                let recommendation = ruleset.evaluate(&case);
                if !recommendation.is_determined() {
                    exit = exit.max(Exit::Findings);
                }
                recommendations.push(recommendation);
            }
            Err(diagnostics) => {
                reporter.write_messages(&diagnostics, output)?;
                exit = exit.max(Exit::Refused);
            }
        }
    }
    reporter.summary(output)?;
    write(&recommendations, given, detail, output)?;
    Ok(exit)
}

fn write(
    recommendations: &[Recommendation],
    given: &CasesAndPack,
    detail: Detail,
    output: &mut Output,
) -> io::Result<()> {
    let lang = output.lang();
    match given.format {
        Format::Text => {
            for (index, recommendation) in recommendations.iter().enumerate() {
                if index > 0 {
                    output.result("\n")?;
                }
                for line in recommendation.document(lang, detail).lines() {
                    output.line(&line)?;
                }
            }
        }
        // The form follows the command, not the number of cases that were good: one case asked for gives an object.
        Format::Json if given.cases.len() == 1 => {
            for recommendation in recommendations {
                output.result(&ending_in_newline(recommendation.to_json()))?;
            }
        }
        Format::Json => {
            let items: Vec<String> =
                recommendations.iter().map(|recommendation| recommendation.to_json().trim_end().to_owned()).collect();
            output.result(&format!("[\n{}\n]\n", items.join(",\n")))?;
        }
        Format::Markdown => {
            for (index, recommendation) in recommendations.iter().enumerate() {
                if index > 0 {
                    output.result("\n")?;
                }
                output.result(&ending_in_newline(recommendation.to_markdown(lang, detail)))?;
            }
        }
        Format::Html => {
            for recommendation in recommendations {
                output.result(&ending_in_newline(recommendation.to_html(lang, detail)))?;
            }
        }
    }
    Ok(())
}

fn ending_in_newline(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
