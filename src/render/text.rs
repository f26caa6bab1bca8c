use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document, Line, Mark, Role, Row, Table, TrailLine, Weight};
use crate::diagnostic::Lang;

impl Document {
    /// The document as lines for a terminal or a text file. Columns are aligned by the width of East Asian characters.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut out = vec![Line::of(Role::Strong, &self.title)];
        out.push(ruled(&self.title, "="));
        out.extend(self.lead.iter().cloned());
        for section in &self.sections {
            out.push(Line::new());
            out.push(Line::of(Role::Strong, &section.heading));
            out.push(ruled(&section.heading, "-"));
            let width = section
                .blocks
                .iter()
                .map(|block| match block {
                    Block::Rows(rows) => key_width(rows),
                    _ => 0,
                })
                .max()
                .unwrap_or(0);
            for block in &section.blocks {
                block_lines(&mut out, block, width, self.lang);
            }
        }
        out.push(Line::new());
        rows(&mut out, &self.footer, key_width(&self.footer));
        out.push(Line::new());
        out.push(Line::of(Role::Dim, &self.closing));
        out
    }

    /// The document as plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        for line in self.lines() {
            let text = line.to_string();
            out.push_str(text.trim_end());
            out.push('\n');
        }
        out
    }
}

fn ruled(text: &str, sign: &str) -> Line {
    Line::of(Role::Dim, sign.repeat(text.width()))
}

fn block_lines(out: &mut Vec<Line>, block: &Block, width: usize, lang: Lang) {
    match block {
        Block::Lead(line) => {
            let start = Line::of(Role::Strong, lang.pick("建议：", "Recommended: "));
            out.push(start.join(line.clone()));
            out.push(Line::new());
        }
        Block::Heading(text) => {
            set_off(out);
            out.push(Line::of(Role::Strong, text));
        }
        Block::Paragraph(line) => out.push(line.clone()),
        Block::Rows(all) => rows(out, all, width),
        Block::Table(all) => {
            set_off(out);
            table(out, all);
            out.push(Line::new());
        }
        Block::Warning(title, items) => {
            set_off(out);
            out.push(Line::of(Role::Open, format!("! {title}")));
            out.extend(items.iter().map(|item| Line::plain("  - ").join(item.clone())));
        }
        Block::Tree(lines) => lines.iter().for_each(|line| trail_line(out, line, lang)),
    }
}

/// One empty line, unless there is one.
fn set_off(out: &mut Vec<Line>) {
    if out.last().is_some_and(|line| !line.is_empty()) {
        out.push(Line::new());
    }
}

fn key_width(rows: &[Row]) -> usize {
    rows.iter().map(|row| row.key.width()).max().unwrap_or(0)
}

fn pad(line: Line, width: usize) -> Line {
    let missing = width.saturating_sub(line.width());
    line.text(" ".repeat(missing))
}

fn rows(out: &mut Vec<Line>, rows: &[Row], width: usize) {
    for row in rows {
        let mut key = Line::of(Role::Dim, &row.key);
        for line in &row.lines {
            out.push(pad(key, width).text("  ").join(line.clone()));
            key = Line::new();
        }
    }
}

/// Columns aligned; the last one, which holds figures, to the right.
fn table(out: &mut Vec<Line>, table: &Table) {
    let head: Vec<Line> = table.head.iter().map(|text| Line::of(Role::Dim, text)).collect();
    let all: Vec<&Vec<Line>> = std::iter::once(&head).chain(&table.rows).chain(&table.foot).collect();
    let columns = table.head.len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| all.iter().filter_map(|row| row.get(column)).map(Line::width).max().unwrap_or(0))
        .collect();
    let figures = all.iter().skip(1).filter_map(|row| row.last()).all(is_figure);
    for row in all {
        let mut line = Line::plain("  ");
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column > 0 {
                line = line.text("  ");
            }
            let is_last = column.saturating_add(1) == columns;
            line = if is_last && figures {
                let missing = width.saturating_sub(cell.width());
                line.text(" ".repeat(missing)).join(cell.clone())
            } else if is_last {
                line.join(cell.clone())
            } else {
                line.join(pad(cell.clone(), *width))
            };
        }
        out.push(line);
    }
}

/// Whether a cell holds figures and no words.
fn is_figure(cell: &Line) -> bool {
    let word = |text: &str| text.chars().any(char::is_alphabetic);
    cell.pieces.iter().all(|piece| piece.role == Role::Money || !word(&piece.text))
}

fn trail_line(out: &mut Vec<Line>, line: &TrailLine, lang: Lang) {
    if line.depth == 0 && line.weight == Weight::Stage && out.last().is_some_and(follows_a_step) {
        out.push(Line::new());
    }
    let indent = "  ".repeat(line.depth);
    let mut text = Line::plain(&indent);
    // A stage is a heading; a sign before it would only repeat that it says nothing by itself.
    if !(line.weight == Weight::Stage && line.mark == Mark::Neutral) {
        text = text.add(line.mark.role(), format!("{} ", line.mark.sign()));
    }
    text = text.join(line.text.clone());
    if let Some(status) = &line.status {
        text = text.add(
            Role::Open,
            match lang {
                Lang::Chinese => format!("【{status}】"),
                Lang::English => format!(" [{status}]"),
            },
        );
    }
    out.push(text.join(ending(line, lang)));
    for note in &line.notes {
        out.push(Line::plain(&indent).text("  ").add(Role::Dim, format!("{}{note}", lang.pick("说明：", "note: "))));
    }
}

/// Citation and place, which end every step.
fn ending(line: &TrailLine, lang: Lang) -> Line {
    let mut inner = Line::new();
    if let Some(citation) = &line.citation {
        inner = inner.add(Role::Citation, citation);
    }
    if let Some(place) = &line.place {
        if !inner.is_empty() {
            inner = inner.add(Role::Dim, lang.pick("，", "; "));
        }
        inner = inner.add(Role::Place, place);
    }
    if inner.is_empty() {
        return inner;
    }
    let (open, close) = match lang {
        Lang::Chinese => ("〔", "〕"),
        Lang::English => (" [", "]"),
    };
    Line::of(Role::Dim, open).join(inner).add(Role::Dim, close)
}

/// Whether a line is part of the tree, so that a stage after it is set off.
fn follows_a_step(line: &Line) -> bool {
    line.pieces.first().is_some_and(|piece| piece.text.starts_with(' '))
}
