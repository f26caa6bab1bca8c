//! Diagnostics for people, with the source lines they are about, and for programs, as JSON.

use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use lenity::diagnostic::{Code, Severity, Text};
use lenity::source::{SourceMap, Span};
use lenity::verify::{Finding, Fix};
use lenity::{Diagnostic, Diagnostics, Lang};
use serde::Serialize;

use crate::output::Output;

/// The widest a source line is shown.
const WIDEST: usize = 140;

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
            if self.is_new(each, diagnostics.sources()) {
                new.push(each);
            }
        }
        new
    }

    /// Whether a diagnostic was not written before; it is counted as written now.
    pub(crate) fn is_new(&mut self, each: &Diagnostic, sources: &SourceMap) -> bool {
        let place = sources.place(each.span).map(|place| place.to_string());
        if !self.seen.insert((place, each.code, each.message.en.clone())) {
            return false;
        }
        self.first.get_or_insert(each.code);
        match each.code.severity() {
            Severity::Error => self.errors = self.errors.saturating_add(1),
            Severity::Warning => self.warnings = self.warnings.saturating_add(1),
            Severity::Note => self.notes = self.notes.saturating_add(1),
        }
        true
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

    /// Writes findings to standard output, each with the case that shows it. Says how bad the worst of them is.
    pub(crate) fn write_findings(
        &mut self,
        findings: &[Finding],
        sources: &SourceMap,
        output: &mut Output,
    ) -> io::Result<()> {
        for finding in findings {
            if !self.is_new(&finding.diagnostic, sources) {
                continue;
            }
            let drawn = draw(&finding.diagnostic, sources, output.lang());
            output.result(&format!("{drawn}\n"))?;
            if let Some(case) = &finding.case {
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

/// One diagnostic with the lines it points into, styled.
fn draw(diagnostic: &Diagnostic, sources: &SourceMap, lang: Lang) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR.with_name(lang.pick("错误", "error")),
        Severity::Warning => Level::WARNING.with_name(lang.pick("警告", "warning")),
        Severity::Note => Level::INFO.with_name(lang.pick("提示", "note")),
    };
    let mut group = Group::with_title(level.primary_title(diagnostic.message.get(lang)).id(diagnostic.code.name()));
    for excerpt in excerpts(diagnostic, sources, lang) {
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(excerpt.file);
        let annotations = excerpt.marks.into_iter().map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(mark.range).label(mark.label)
        });
        group = group.element(snippet.annotations(annotations));
    }
    for (level, name, text) in [
        (Level::NOTE, lang.pick("原因", "note"), &diagnostic.why),
        (Level::HELP, lang.pick("建议", "help"), &diagnostic.help),
    ] {
        if let Some(text) = text {
            let message = normalize_untrusted_str(text.get(lang));
            group = group.element(level.with_name(name).message(message));
        }
    }
    Renderer::styled().term_width(width()).render(&[group])
}

/// How wide a source line may be shown: as wide as the terminal, but so that little is read in one go.
fn width() -> usize {
    terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0).min(WIDEST))
}

/// The lines of one file that a diagnostic points into.
struct Excerpt<'a> {
    file: &'a str,
    text: &'a str,
    line: usize,
    marks: Vec<Mark<'a>>,
}

struct Mark<'a> {
    /// Bytes of the excerpt.
    range: Range<usize>,
    label: Option<&'a str>,
    primary: bool,
}

/// The file of the diagnostic itself first, then those of its labels. Only the lines that matter are cut out, because the
/// renderer looks at all it is given.
fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap, lang: Lang) -> Vec<Excerpt<'a>> {
    let primary = std::iter::once((diagnostic.span, None, true));
    let labels = diagnostic.labels.iter().map(|label| (label.span, Some(label.text.get(lang)), false));
    // Ranges are bytes of the whole file here, and are moved when the excerpt is cut.
    let mut files: Vec<Excerpt<'a>> = Vec::new();
    for (span, label, primary) in primary.chain(labels) {
        let Some((file, range)) =
            sources.file(span).and_then(|file| Some((file, bytes_of(span, file.start(), file.text())?)))
        else {
            continue;
        };
        let mark = Mark { range, label, primary };
        match files.iter_mut().find(|each| each.file == file.name()) {
            Some(excerpt) => excerpt.marks.push(mark),
            None => files.push(Excerpt { file: file.name(), text: file.text(), line: 1, marks: vec![mark] }),
        }
    }
    for excerpt in &mut files {
        excerpt.cut();
    }
    files
}

impl Excerpt<'_> {
    fn cut(&mut self) {
        let starts = self.marks.iter().map(|mark| mark.range.start);
        let ends = self.marks.iter().map(|mark| mark.range.end);
        let (Some(first), Some(last)) = (starts.min(), ends.max()) else {
            return;
        };
        let before = self.text.get(..first).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let after = self.text.get(last..).unwrap_or("");
        let end = after.find('\n').map_or(self.text.len(), |newline| last + newline);
        let Some(lines) = self.text.get(start..end) else {
            return;
        };
        self.line = before.matches('\n').count() + 1;
        // With its line feed cut off, the carriage return of a line from Windows would be shown as a character.
        self.text = lines.strip_suffix('\r').filter(|rest| rest.len() >= last - start).unwrap_or(lines);
        for mark in &mut self.marks {
            mark.range = mark.range.start - start..mark.range.end - start;
        }
    }
}

/// The bytes of a span inside its file, when they are whole characters.
fn bytes_of(span: Span, file_start: u32, text: &str) -> Option<Range<usize>> {
    let start = usize::try_from(span.start().checked_sub(file_start)?).ok()?;
    let end = usize::try_from(span.end().checked_sub(file_start)?).ok()?;
    text.get(start..end).map(|_| start..end)
}

/// A diagnostic as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct DiagnosticJson<'a> {
    code: String,
    severity: &'static str,
    message: TextJson<'a>,
    why: Option<TextJson<'a>>,
    help: Option<TextJson<'a>>,
    place: Option<PlaceJson>,
    labels: Vec<LabelJson<'a>>,
}

/// A finding as JSON: a diagnostic with the case that shows it, and the changes that would mend it.
#[derive(Debug, Serialize)]
pub(crate) struct FindingJson<'a> {
    #[serde(flatten)]
    diagnostic: DiagnosticJson<'a>,
    case: Option<&'a str>,
    fix: Option<FixJson<'a>>,
}

#[derive(Debug, Serialize)]
struct FixJson<'a> {
    title: TextJson<'a>,
    edits: Vec<EditJson<'a>>,
}

#[derive(Debug, Serialize)]
struct EditJson<'a> {
    place: Option<PlaceJson>,
    text: &'a str,
}

impl<'a> FindingJson<'a> {
    pub(crate) fn new(finding: &'a Finding, sources: &SourceMap) -> Self {
        FindingJson {
            diagnostic: DiagnosticJson::new(&finding.diagnostic, sources),
            case: finding.case.as_deref(),
            fix: finding.fix.as_ref().map(|fix| FixJson::new(fix, sources)),
        }
    }

    /// A mistake that was found before there could be a case.
    pub(crate) fn without_case(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Self {
        FindingJson { diagnostic: DiagnosticJson::new(diagnostic, sources), case: None, fix: None }
    }
}

impl<'a> FixJson<'a> {
    fn new(fix: &'a Fix, sources: &SourceMap) -> Self {
        let edits = fix.edits.iter();
        FixJson {
            title: TextJson::from(&fix.title),
            edits: edits.map(|(span, text)| EditJson { place: PlaceJson::new(*span, sources), text }).collect(),
        }
    }
}

/// A text in both languages as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct TextJson<'a> {
    pub(crate) zh: &'a str,
    pub(crate) en: &'a str,
}

#[derive(Debug, Serialize)]
struct LabelJson<'a> {
    text: TextJson<'a>,
    place: Option<PlaceJson>,
}

/// Lines and columns count from one; columns count characters; the end is the first column behind.
#[derive(Debug, Serialize)]
struct PlaceJson {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> DiagnosticJson<'a> {
    pub(crate) fn new(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Self {
        DiagnosticJson {
            code: diagnostic.code.name(),
            severity: severity_name(diagnostic.code.severity()),
            message: TextJson::from(&diagnostic.message),
            why: diagnostic.why.as_ref().map(TextJson::from),
            help: diagnostic.help.as_ref().map(TextJson::from),
            place: PlaceJson::new(diagnostic.span, sources),
            labels: diagnostic
                .labels
                .iter()
                .map(|label| LabelJson {
                    text: TextJson::from(&label.text),
                    place: PlaceJson::new(label.span, sources),
                })
                .collect(),
        }
    }
}

impl<'a> From<&'a Text> for TextJson<'a> {
    fn from(text: &'a Text) -> Self {
        TextJson { zh: &text.zh, en: &text.en }
    }
}

impl PlaceJson {
    fn new(span: Span, sources: &SourceMap) -> Option<Self> {
        let start = sources.place(span)?;
        let end = sources.place(Span::new(span.end(), span.end()))?;
        Some(PlaceJson {
            file: start.file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    }
}

/// The word for a severity in JSON.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(lang: Lang) -> String {
        let mut sources = SourceMap::new();
        sources.add("cn/a.lenity", "事实 甲 {\n    类型 整树\n}\n");
        sources.add("cn/b.lenity", "事实 甲 {}\n");
        let text = "    类型 整树";
        let start = u32::try_from("事实 甲 {\n".len() + text.find("整树").unwrap()).unwrap();
        let second = sources.files()[1].start();
        let diagnostic = Diagnostic::new(
            Code::TypeUnknown,
            Span::new(start, start + 6),
            "没有类型“整树”",
            "there is no type `整树`",
        )
        .label(Span::new(second, second + 6), "这里也有", "and here")
        .why("每个事实都要有类型", "every fact has a type")
        .help("是不是“整数”？", "did you mean `整数`?");
        let drawn = draw(&diagnostic, &sources, lang);
        anstream::adapter::strip_str(&drawn).to_string()
    }

    #[test]
    fn a_diagnostic_shows_its_line_its_labels_why_and_what_to_do() {
        assert_eq!(
            drawn(Lang::English),
            "\
error[E0205]: there is no type `整树`
 --> cn/a.lenity:2:8
  |
2 |     类型 整树
  |          ^^^^
  |
 ::: cn/b.lenity:1:1
  |
1 | 事实 甲 {}
  | ---- and here
  |
  = note: every fact has a type
  = help: did you mean `整数`?"
        );
        let chinese = drawn(Lang::Chinese);
        assert!(chinese.starts_with("错误[E0205]：没有类型") || chinese.starts_with("错误[E0205]: 没有类型"));
        assert!(chinese.contains("= 建议: 是不是“整数”？"));
    }

    #[test]
    fn carriage_returns_are_not_shown() {
        let mut sources = SourceMap::new();
        sources.add("a.lenity", "甲\r\n乙\r\n丙\r\n");
        let diagnostic = Diagnostic::new(Code::Syntax, Span::new(5, 8), "不对", "wrong");
        let drawn = draw(&diagnostic, &sources, Lang::English);
        assert_eq!(
            anstream::adapter::strip_str(&drawn).to_string(),
            "error[E0101]: wrong\n --> a.lenity:2:1\n  |\n2 | 乙\n  | ^^"
        );
    }

    #[test]
    fn a_diagnostic_without_a_place_is_its_message() {
        let diagnostic = Diagnostic::new(Code::PackNotFound, Span::NOWHERE, "没有", "not there");
        let drawn = draw(&diagnostic, &SourceMap::new(), Lang::English);
        assert_eq!(anstream::adapter::strip_str(&drawn).to_string(), "error[E0207]: not there");
    }

    #[test]
    fn the_closing_line_counts_in_both_languages() {
        let reporter = Reporter { errors: 3, warnings: 1, notes: 0, first: Some(Code::Syntax), seen: BTreeSet::new() };
        assert_eq!(reporter.closing(Lang::English).unwrap(), "3 errors, 1 warning; to read more: lenity code E0101\n");
        assert_eq!(reporter.closing(Lang::Chinese).unwrap(), "3个错误，1个警告；详见 lenity code E0101\n");
        assert_eq!(Reporter::default().closing(Lang::English), None);
    }
}
