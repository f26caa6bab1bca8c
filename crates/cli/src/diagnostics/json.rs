//! Diagnostics and findings as JSON, in both languages.

use lenity::Diagnostic;
use lenity::diagnostic::{Severity, Text};
use lenity::source::{SourceMap, Span};
use lenity::verify::Fix;
use serde::Serialize;

use super::Reported;

/// A diagnostic as JSON.
#[derive(Debug, Serialize)]
struct DiagnosticJson<'a> {
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
    /// Why the rules let it stand; what is not declared in a language is null.
    allowed: Option<TitlesJson<'a>>,
}

/// A text that may be declared in one language only.
#[derive(Debug, Serialize)]
pub(crate) struct TitlesJson<'a> {
    pub(crate) zh: Option<&'a str>,
    pub(crate) en: Option<&'a str>,
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
    pub(crate) fn new(reported: &Reported<'a>) -> Self {
        FindingJson {
            diagnostic: DiagnosticJson::new(reported.diagnostic, reported.sources),
            case: reported.case(),
            allowed: reported.allowed().map(|reason| TitlesJson { zh: reason.zh.as_deref(), en: reason.en.as_deref() }),
            fix: reported.finding.and_then(|found| found.fix.as_ref()).map(|fix| FixJson::new(fix, reported.sources)),
        }
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
pub(crate) struct PlaceJson {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
}

impl<'a> DiagnosticJson<'a> {
    fn new(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Self {
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
    pub(crate) fn new(span: Span, sources: &SourceMap) -> Option<Self> {
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
