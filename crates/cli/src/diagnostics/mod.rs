//! Diagnostics and findings: counted here, written as text, JSON, SARIF or GitHub annotations by one file each.

mod drawn;
mod github;
mod json;
mod sarif;

use std::collections::BTreeSet;
use std::io;

use lenity::diagnostic::{Code, Severity, Text};
use lenity::program::Titles;
use lenity::source::{SourceMap, Span};
use lenity::verify::Finding;
use lenity::{Diagnostic, Diagnostics, Lang};

use crate::output::{Output, harmless};
use crate::pack::Pack;
use drawn::draw;
pub(crate) use github::commands;
pub(crate) use json::{FindingJson, PlaceJson, TextJson, TitlesJson, severity_name};
pub(crate) use sarif::log;

/// A diagnostic or a finding of one pack, with what tells where it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reported<'a> {
    pub(crate) diagnostic: &'a Diagnostic,
    pub(crate) finding: Option<&'a Finding>,
    pub(crate) sources: &'a SourceMap,
    pub(crate) pack: &'a Pack,
}

/// A place in a file.
#[derive(Debug)]
pub(crate) struct Placed {
    /// Lines and columns.
    pub(crate) place: PlaceJson,
    /// The file, from the folder the program runs in; `None` for a file that is built in.
    pub(crate) path: Option<String>,
}

impl<'a> Reported<'a> {
    /// Where a span of it is.
    pub(crate) fn placed(&self, span: Span) -> Option<Placed> {
        let place = PlaceJson::new(span, self.sources)?;
        let path = self.pack.path_of(&place.file);
        Some(Placed { place, path })
    }

    /// The case that shows it.
    pub(crate) fn case(&self) -> Option<&'a str> {
        self.finding.and_then(|finding| finding.case.as_deref())
    }

    /// Why the rules let it stand.
    pub(crate) fn allowed(&self) -> Option<&'a Titles> {
        self.finding.and_then(|finding| finding.allowed.as_ref())
    }

    /// What it says, why, and what to do, a line each.
    pub(crate) fn sentences(&self, lang: Lang) -> String {
        let diagnostic = self.diagnostic;
        let texts = [Some(&diagnostic.message), diagnostic.why.as_ref(), diagnostic.help.as_ref()];
        let lines: Vec<&str> = texts.into_iter().flatten().map(|text| text.get(lang)).collect();
        lines.join("\n")
    }
}

/// Writes diagnostics, each once even when several packs import the file it is in, and counts them.
#[derive(Debug, Default)]
pub(crate) struct Reporter {
    errors: usize,
    warnings: usize,
    notes: usize,
    first: Option<Code>,
    seen: BTreeSet<(Option<String>, Code, String)>,
}

impl Reporter {
    /// Those not written before, which are counted as written now.
    pub(crate) fn new_ones<'a>(&mut self, diagnostics: &'a Diagnostics) -> Vec<&'a Diagnostic> {
        let mut new = Vec::new();
        for each in diagnostics {
            if self.is_unseen(each, diagnostics.sources()) {
                self.count(each);
                new.push(each);
            }
        }
        new
    }

    /// Whether a finding was not written before; it is counted as written now, unless the rules allow it.
    pub(crate) fn is_new(&mut self, reported: &Reported<'_>) -> bool {
        let new = self.is_unseen(reported.diagnostic, reported.sources);
        if new && reported.allowed().is_none() {
            self.count(reported.diagnostic);
        }
        new
    }

    fn is_unseen(&mut self, each: &Diagnostic, sources: &SourceMap) -> bool {
        let place = sources.place(each.span).map(|place| place.to_string());
        self.seen.insert((place, each.code, each.message.en.clone()))
    }

    fn count(&mut self, each: &Diagnostic) {
        self.first.get_or_insert(each.code);
        match each.code.severity() {
            Severity::Error => self.errors = self.errors.saturating_add(1),
            Severity::Warning => self.warnings = self.warnings.saturating_add(1),
            Severity::Note => self.notes = self.notes.saturating_add(1),
        }
    }

    /// Whether anything was written that has to be mended.
    pub(crate) fn has_mistakes(&self) -> bool {
        self.errors > 0 || self.warnings > 0
    }

    /// Writes diagnostics to standard error.
    pub(crate) fn write_messages(&mut self, diagnostics: &Diagnostics, output: &mut Output) -> io::Result<()> {
        for each in self.new_ones(diagnostics) {
            let drawn = draw(each, diagnostics.sources(), output.lang());
            output.message(&format!("{drawn}\n\n"))?;
        }
        Ok(())
    }

    /// Writes diagnostics to standard output.
    pub(crate) fn write_results(&mut self, diagnostics: &Diagnostics, output: &mut Output) -> io::Result<()> {
        for each in self.new_ones(diagnostics) {
            let drawn = draw(each, diagnostics.sources(), output.lang());
            output.result(&format!("{drawn}\n\n"))?;
        }
        Ok(())
    }

    /// Writes the findings that the rules allow to standard output, a line each with the reason.
    pub(crate) fn write_allowed(allowed: &[&Reported<'_>], output: &mut Output) -> io::Result<()> {
        if allowed.is_empty() {
            return Ok(());
        }
        let lang = output.lang();
        output.result(&match lang {
            Lang::Chinese => format!("规则已说明理由、予以容许的：{}项\n", allowed.len()),
            Lang::English => format!("allowed, for the reason that the rules give: {}\n", allowed.len()),
        })?;
        for each in allowed {
            let place = each.sources.place(each.diagnostic.span).map_or_else(String::new, |place| format!("{place} "));
            let reason = each.allowed().and_then(|reason| reason.get(lang)).unwrap_or_default();
            let code = each.diagnostic.code.name();
            let message = each.diagnostic.message.get(lang);
            let line = format!("{place}{code} {message}{}{reason}", lang.pick("。理由：", "; because: "));
            output.result(&format!("  {}\n", harmless(&line)))?;
        }
        output.result("\n")
    }

    /// Writes what is reported to standard output, each finding with the case that shows it.
    pub(crate) fn write_reported(reported: &[&Reported<'_>], output: &mut Output) -> io::Result<()> {
        for each in reported {
            let drawn = draw(each.diagnostic, each.sources, output.lang());
            output.result(&format!("{drawn}\n"))?;
            if let Some(case) = each.case() {
                output.result(output.lang().pick("  案件：\n", "  case:\n"))?;
                let indented: String =
                    case.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect();
                output.result(&indented)?;
            }
            output.result("\n")?;
        }
        Ok(())
    }

    /// Writes the closing line to standard error, when there was anything to count.
    pub(crate) fn summary(&self, output: &mut Output) -> io::Result<()> {
        match self.closing(output.lang()) {
            Some(closing) => output.message(&closing),
            None => Ok(()),
        }
    }

    /// How many there were and where to read more; `None` when there were none.
    pub(crate) fn closing(&self, lang: Lang) -> Option<String> {
        let first = self.first?;
        let counts = counts(self.errors, self.warnings, self.notes);
        let more = Text::new(
            format!("详见 lenity code {}", first.name()),
            format!("to read more: lenity code {}", first.name()),
        );
        Some(match lang {
            Lang::Chinese => format!("{}；{}\n", counts.zh, more.zh),
            Lang::English => format!("{}; {}\n", counts.en, more.en),
        })
    }

    /// Says that rules which were used have warnings, and how to see them. They concern the rules' author, so they are not
    /// drawn in front of a recommendation.
    pub(crate) fn mention_warnings(&self, warnings: &Diagnostics, pack: &str, output: &mut Output) -> io::Result<()> {
        if warnings.is_empty() {
            return Ok(());
        }
        let counts = counts(0, warnings.len(), 0);
        output.message(&match output.lang() {
            Lang::Chinese => format!("规则有{}；详见 lenity check {pack}\n", counts.zh),
            Lang::English => {
                format!("the rules have {}; to see them: lenity check {pack}\n", counts.en)
            }
        })
    }
}

fn counts(errors: usize, warnings: usize, notes: usize) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for (count, chinese, english) in [(errors, "错误", "error"), (warnings, "警告", "warning"), (notes, "提示", "note")]
    {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            zh.push(format!("{count}个{chinese}"));
            en.push(format!("{count} {english}{plural}"));
        }
    }
    Text::new(zh.join("，"), en.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_in_both_languages() {
        let reporter = Reporter { errors: 3, warnings: 1, notes: 0, first: Some(Code::Syntax), seen: BTreeSet::new() };
        assert_eq!(reporter.closing(Lang::English).unwrap(), "3 errors, 1 warning; to read more: lenity code E0101\n");
        assert_eq!(reporter.closing(Lang::Chinese).unwrap(), "3个错误，1个警告；详见 lenity code E0101\n");
        assert_eq!(Reporter::default().closing(Lang::English), None);
    }
}
