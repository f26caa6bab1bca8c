use super::document::{Block, Document, Line, Mark, Role, Row, Table, TrailLine, Weight, clean};
use crate::diagnostic::Lang;

impl Document {
    /// The document as CommonMark with tables. Everything that rules and cases say is escaped, so that a label can neither
    /// break the layout nor bring HTML or links with it.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        for line in &self.lead {
            out.push_str(&format!("\n**{}**\n", plain(line)));
        }
        for section in &self.sections {
            out.push_str(&format!("\n## {}\n", escaped(&section.heading)));
            for block in &section.blocks {
                out.push('\n');
                block_text(&mut out, block, self.lang);
            }
        }
        out.push_str("\n---\n\n");
        rows(&mut out, &self.footer, self.lang);
        out.push_str(&format!("\n*{}*\n", escaped(&self.closing)));
        out
    }
}

fn block_text(out: &mut String, block: &Block, lang: Lang) {
    match block {
        Block::Lead(line) => {
            let start = lang.pick("建议：", "Recommended: ");
            out.push_str(&format!("**{}{}**\n", start, plain(line)));
        }
        Block::Heading(text) => out.push_str(&format!("### {}\n", escaped(text))),
        Block::Paragraph(line) => out.push_str(&format!("{}\n", item(line))),
        Block::Rows(all) => rows(out, all, lang),
        Block::Table(all) => table(out, all),
        Block::Warning(title, items) => {
            out.push_str(&format!("> **{}**\n>\n", escaped(title)));
            for line in items {
                out.push_str(&format!("> - {}\n", item(line)));
            }
        }
        Block::Tree(lines) => {
            for line in lines {
                trail_line(out, line, lang);
            }
        }
    }
}

fn rows(out: &mut String, rows: &[Row], lang: Lang) {
    for row in rows {
        let key = escaped(&row.key);
        let colon = lang.pick("：", ": ");
        match row.lines.as_slice() {
            [] => {}
            [line] => out.push_str(&format!("- **{key}**{colon}{}\n", marked(line))),
            lines => {
                out.push_str(&format!("- **{key}**{}\n", colon.trim_end()));
                for line in lines {
                    out.push_str(&format!("  - {}\n", item(line)));
                }
            }
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let mut line = |cells: Vec<String>| {
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    };
    line(table.head.iter().map(|text| escaped(text)).collect());
    let last = table.head.len().saturating_sub(1);
    line((0..table.head.len()).map(|column| if column == last { "---:" } else { "---" }.to_owned()).collect());
    for row in &table.rows {
        line(row.iter().map(marked).collect());
    }
    if let Some(foot) = &table.foot {
        line(foot.iter().map(marked).collect());
    }
}

fn trail_line(out: &mut String, line: &TrailLine, lang: Lang) {
    let indent = "  ".repeat(line.depth);
    let mut text = String::new();
    if line.mark == Mark::Neutral {
        text.push_str(&item(&line.text));
    } else {
        text.push_str(&format!("{} {}", line.mark.sign(), marked(&line.text)));
    }
    if line.weight == Weight::Stage && line.mark == Mark::Neutral && line.depth == 0 {
        text = format!("**{}**", plain(&line.text));
    }
    if let Some(status) = &line.status {
        text.push_str(&match lang {
            Lang::Chinese => format!("【{}】", escaped(status)),
            Lang::English => format!(" \\[{}\\]", escaped(status)),
        });
    }
    let ending: Vec<String> =
        [line.citation.as_deref(), line.place.as_deref()].into_iter().flatten().map(escaped).collect();
    if !ending.is_empty() {
        text.push_str(&match lang {
            Lang::Chinese => format!("〔{}〕", ending.join("，")),
            Lang::English => format!(" \\[{}\\]", ending.join("; ")),
        });
    }
    out.push_str(&format!("{indent}- {text}\n"));
    for note in &line.notes {
        let word = lang.pick("说明：", "note: ");
        out.push_str(&format!("{indent}  - *{word}{}*\n", escaped(note)));
    }
}

/// A line with amounts and other strong pieces in bold.
fn marked(line: &Line) -> String {
    line.pieces
        .iter()
        .map(|piece| {
            let text = escaped(&piece.text);
            match piece.role {
                // Emphasis needs a word character inside at both ends, which an amount or a label always has.
                Role::Strong | Role::Money if text.trim() == text => format!("**{text}**"),
                _ => text,
            }
        })
        .collect()
}

/// A line without emphasis, to stand inside emphasis.
fn plain(line: &Line) -> String {
    escaped(&line.to_string())
}

/// A line that begins a list item or a paragraph: what would begin a list inside it is escaped too.
fn item(line: &Line) -> String {
    let text = marked(line);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let mut letters = text.chars();
    match text.chars().nth(digits) {
        Some(sign @ ('.' | ')')) if digits > 0 => {
            let head: String = letters.by_ref().take(digits).collect();
            let rest: String = letters.skip(1).collect();
            format!("{head}\\{sign}{rest}")
        }
        Some('+' | '-' | '=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Text without a meaning in Markdown.
fn escaped(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let special = matches!(
            letter,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '@' | '$'
        )
            // What some readers turn into links by themselves.
            || (letter == ':' && letters.peek() == Some(&'/'))
            || (letter == '.' && out.to_ascii_lowercase().ends_with("www"));
        if special {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_label_is_markdown() {
        assert_eq!(
            escaped("a*b* [x](http://y) <script> | `c` #1 www.z"),
            "a\\*b\\* \\[x\\](http\\://y) \\<script\\> \\| \\`c\\` \\#1 www\\.z"
        );
        assert_eq!(escaped("一行\n# 二行"), "一行 \\# 二行");
    }

    #[test]
    fn an_item_does_not_begin_another_list() {
        assert_eq!(item(&Line::plain("1. 甲")), "1\\. 甲");
        assert_eq!(item(&Line::plain("- 甲")), "\\- 甲");
        assert_eq!(item(&Line::plain("360,000元")), "360,000元");
    }
}
