use std::sync::Arc;

use super::Span;

/// One text with its name.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    text: Arc<str>,
    start: u32,
    lines: Vec<u32>,
}

impl SourceFile {
    /// The name shown to people, such as `cn-gd/water.lenity`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where this file begins in the span space of its map.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.start
    }

    fn end(&self) -> u32 {
        self.start.saturating_add(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }
}

/// A line and column for people: both count from one, columns count characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// All texts of one compilation, laid end to end in one span space.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        SourceMap::default()
    }

    /// Adds a text and returns its index, or `None` when the span space of 4 GiB is used up.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Arc<str>>) -> Option<usize> {
        let text = text.into();
        // One byte is left free between two texts so that an end is never another's start.
        let start = self.files.last().map_or(0, |file| file.end().saturating_add(1));
        let length = u32::try_from(text.len()).ok()?;
        start.checked_add(length).filter(|end| *end < u32::MAX)?;
        let mut lines = vec![0];
        for (offset, _) in text.match_indices('\n') {
            lines.push(u32::try_from(offset).ok()?.saturating_add(1));
        }
        self.files.push(SourceFile { name: name.into(), text, start, lines });
        Some(self.files.len().saturating_sub(1))
    }

    /// The files in the order they were added.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file a span lies in.
    #[must_use]
    pub fn file(&self, span: Span) -> Option<&SourceFile> {
        if !span.is_somewhere() {
            return None;
        }
        let index = self.files.partition_point(|file| file.start <= span.start()).checked_sub(1)?;
        self.files.get(index).filter(|file| span.end() <= file.end())
    }

    /// The text of a span; empty when it points nowhere.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span)
            .and_then(|file| {
                let start = usize::try_from(span.start().checked_sub(file.start)?).ok()?;
                let end = usize::try_from(span.end().checked_sub(file.start)?).ok()?;
                file.text.get(start..end)
            })
            .unwrap_or("")
    }

    /// File, line and column of the start of a span.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<Place> {
        let file = self.file(span)?;
        let offset = span.start().checked_sub(file.start)?;
        let line = file.lines.partition_point(|start| *start <= offset).max(1);
        let line_start = usize::try_from(*file.lines.get(line.checked_sub(1)?)?).ok()?;
        let before = file.text.get(line_start..usize::try_from(offset).ok()?)?;
        Some(Place { file: file.name.clone(), line, column: before.chars().count().saturating_add(1) })
    }
}
