//! A diagnostic for people: its message, the source lines it is about, why, and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};
use lenity::diagnostic::Severity;
use lenity::source::{SourceMap, Span};
use lenity::{Diagnostic, Lang};

/// The widest a source line is shown.
const WIDEST: usize = 140;

/// One diagnostic with the lines it points into, styled.
pub(super) fn draw(diagnostic: &Diagnostic, sources: &SourceMap, lang: Lang) -> String {
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

#[cfg(test)]
mod tests {
    use lenity::diagnostic::Code;

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
}
