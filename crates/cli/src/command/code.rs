use anstyle::{AnsiColor, Style};
use clap::Args;
use lenity::Lang;
use lenity::diagnostic::{Code, Severity, Text, did_you_mean};
use serde::Serialize;

use crate::diagnostics::{TextJson, severity_name};
use crate::exit::{Exit, Failure};
use crate::output::{Output, TextOrJson};
use crate::page;

/// Read the page of a diagnostic, or list all of them
#[derive(Debug, Args)]
pub(crate) struct CodePage {
    /// Code of a diagnostic, such as E0301
    #[arg(value_name = "CODE")]
    code: Option<String>,

    /// Form of the page
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: TextOrJson,
}

/// A code as JSON; the page only when one code was asked for.
#[derive(Debug, Serialize)]
struct CodeJson {
    code: String,
    severity: &'static str,
    message: TextJson<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'static str>,
}

impl CodePage {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        match &self.code {
            Some(written) => self.one(written, output),
            None => self.all(output),
        }
    }

    fn one(&self, written: &str, output: &mut Output) -> Result<Exit, Failure> {
        let Some(code) = code_named(written) else {
            return Err(Failure::WrongUse(unknown(written)));
        };
        let lang = output.lang();
        let page = page::page(&code.name());
        match self.format {
            TextOrJson::Text => {
                let shown = match page {
                    Some(page) => page::for_terminal(&page::for_reader(page, lang), lang),
                    None => line(code, lang),
                };
                output.result(&shown)?;
            }
            TextOrJson::Json => output.json(&json(code, page))?,
        }
        Ok(Exit::Fine)
    }

    fn all(&self, output: &mut Output) -> Result<Exit, Failure> {
        let lang = output.lang();
        match self.format {
            TextOrJson::Text => {
                let lines: Vec<String> = Code::ALL.iter().map(|code| line(*code, lang)).collect();
                output.result(&lines.concat())?;
            }
            TextOrJson::Json => {
                let codes: Vec<CodeJson> = Code::ALL.iter().map(|code| json(*code, None)).collect();
                output.json(&codes)?;
            }
        }
        Ok(Exit::Fine)
    }
}

/// `E0301`, `e0301`, `0301` and `301` are all the same code.
fn code_named(written: &str) -> Option<Code> {
    let written = written.trim();
    Code::from_name(written).or_else(|| Code::from_name(&format!("E{written}")))
}

fn unknown(written: &str) -> Text {
    let names: Vec<String> = Code::ALL.iter().map(|code| code.name()).collect();
    let near = did_you_mean(&written.to_ascii_uppercase(), names.iter().map(String::as_str));
    match near {
        Some(near) => Text::new(
            format!("没有诊断代码“{written}”；是不是“{near}”？"),
            format!("there is no diagnostic `{written}`; did you mean `{near}`?"),
        ),
        None => Text::new(
            format!("没有诊断代码“{written}”；lenity code 列出全部代码"),
            format!("there is no diagnostic `{written}`; lenity code lists them all"),
        ),
    }
}

/// Code and meaning, in a line.
fn line(code: Code, lang: Lang) -> String {
    let color = match code.severity() {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    let meaning = lang.pick(code.chinese(), code.english());
    format!("{style}{}{style:#}  {meaning}\n", code.name())
}

fn json(code: Code, page: Option<&'static str>) -> CodeJson {
    CodeJson {
        code: code.name(),
        severity: severity_name(code.severity()),
        message: TextJson { zh: code.chinese(), en: code.english() },
        page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_written_short() {
        for written in ["E0301", "e0301", "0301", "301", " E0301 "] {
            assert_eq!(code_named(written), Some(Code::TypesDiffer), "{written}");
        }
        assert_eq!(code_named("E9999"), None);
        assert_eq!(code_named(""), None);
    }

    #[test]
    fn an_unknown_code_suggests_a_near_one() {
        assert!(unknown("E03O1").en.contains("did you mean `E0301`?"));
        assert!(unknown("colour").en.contains("lists them all"));
    }
}
