use std::borrow::Cow;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use lenity::Lang;
use lenity::diagnostic::Text;
use lenity::render::{Line, Role};
use serde::Serialize;

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

/// The forms of what is not a recommendation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum TextOrJson {
    #[default]
    Text,
    Json,
}

/// Where results and messages go. Styles are always written and taken out again where they do not belong.
#[derive(Debug)]
pub(crate) struct Output {
    lang: Lang,
    results: Stream<io::Stdout>,
    messages: Stream<io::Stderr>,
}

impl Output {
    pub(crate) fn new(lang: Lang, color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Output {
            lang,
            results: Stream::new(AutoStream::new(io::stdout(), choice)),
            messages: Stream::new(AutoStream::new(io::stderr(), choice)),
        }
    }

    /// The reader's language.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// Writes text to standard output as it is.
    pub(crate) fn result(&mut self, text: &str) -> io::Result<()> {
        self.results.write(text)
    }

    /// Writes a value to standard output as JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        self.results.write(&format!("{text}\n"))
    }

    /// Writes a line of a rendered document to standard output.
    pub(crate) fn line(&mut self, line: &Line) -> io::Result<()> {
        let mut text = String::new();
        for piece in &line.pieces {
            let style = style_of(piece.role);
            let shown = harmless(&piece.text);
            text.push_str(&format!("{style}{shown}{style:#}"));
        }
        text.push('\n');
        self.results.write(&text)
    }

    /// Writes text to standard error as it is.
    pub(crate) fn message(&mut self, text: &str) -> io::Result<()> {
        self.messages.write(text)
    }

    /// Says on standard error what went wrong.
    pub(crate) fn error(&mut self, text: &Text) -> io::Result<()> {
        let word = self.lang.pick("错误：", "error: ");
        let red = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let text = harmless(text.get(self.lang));
        self.messages.write(&format!("{red}{word}{red:#}{text}\n"))
    }
}

/// A stream whose reader may walk away: what is written after that is dropped, and the exit code is still the answer's own.
#[derive(Debug)]
struct Stream<S: anstream::stream::RawStream> {
    inner: AutoStream<S>,
    closed: bool,
}

impl<S: anstream::stream::RawStream> Stream<S>
where
    AutoStream<S>: Write,
{
    fn new(inner: AutoStream<S>) -> Self {
        Stream { inner, closed: false }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.inner.write_all(text.as_bytes()).and_then(|()| self.inner.flush());
        match written {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other,
        }
    }
}

fn style_of(role: Role) -> Style {
    let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
    match role {
        Role::Plain | Role::Expression => Style::new(),
        Role::Strong | Role::Name => Style::new().bold(),
        Role::Money => color(AnsiColor::Cyan).bold(),
        Role::Value => color(AnsiColor::Cyan),
        Role::Citation => color(AnsiColor::BrightBlue),
        Role::Good => color(AnsiColor::Green),
        Role::Bad => color(AnsiColor::Red),
        Role::Open => color(AnsiColor::Yellow),
        Role::Place | Role::Dim => Style::new().dimmed(),
    }
}

/// Text from a case or a file name as it may be shown: characters that command a terminal or turn the reading direction
/// are replaced, so that what is read is what is there.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let harmful = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(harmful) { Cow::Owned(text.replace(harmful, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn escapes_and_direction_marks_are_replaced() {
        assert_eq!(harmless("超标 2.4 倍"), "超标 2.4 倍");
        assert_eq!(harmless("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
        assert_eq!(harmless("a\u{202e}b\nc"), "a\u{fffd}b\u{fffd}c");
    }
}
