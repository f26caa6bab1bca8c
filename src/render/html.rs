use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{Block, Document, Line, Mark, Role, Row, Section, Table, TrailLine, Weight, clean};
use crate::diagnostic::Lang;

/// The whole style of the page, so that it needs no other file.
const STYLE: &str = include_str!("page.css");

impl Document {
    /// The document as one HTML page: no script, no other file, no network. `maud` escapes whatever rules and cases say.
    #[must_use]
    pub fn to_html(&self) -> String {
        let code = match self.lang {
            Lang::Chinese => "zh-CN",
            Lang::English => "en",
        };
        let page: Markup = html! {
            (DOCTYPE)
            html lang=(code) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (clean(&self.title)) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        header {
                            h1 { (clean(&self.title)) }
                            @for line in &self.lead { p.total { (inline(line)) } }
                        }
                        @for section in &self.sections { (section_of(section, self.lang)) }
                        (signatures(self.lang))
                        footer {
                            (rows(&self.footer))
                            p.closing { (clean(&self.closing)) }
                        }
                    }
                }
            }
        };
        page.into_string()
    }
}

fn section_of(section: &Section, lang: Lang) -> Markup {
    html! {
        section {
            h2 { (clean(&section.heading)) }
            @for block in &section.blocks { (block_of(block, lang)) }
        }
    }
}

fn block_of(block: &Block, lang: Lang) -> Markup {
    match block {
        Block::Lead(line) => html! {
            p.lead {
                span.word { (lang.pick("建议", "Recommended")) }
                span { (inline(line)) }
            }
        },
        Block::Heading(text) => html! { h3 { (clean(text)) } },
        Block::Paragraph(line) => html! { p { (inline(line)) } },
        Block::Rows(all) => rows(all),
        Block::Table(all) => table(all),
        Block::Warning(title, items) => html! {
            aside {
                h3 { span.sign aria-hidden="true" { "!" } " " (clean(title)) }
                ul { @for item in items { li { (inline(item)) } } }
            }
        },
        Block::Tree(lines) => html! { div.trail { (branch(lines, 0, lang)) } },
    }
}

fn rows(rows: &[Row]) -> Markup {
    html! {
        dl {
            @for row in rows {
                div {
                    dt { (clean(&row.key)) }
                    dd { @for line in &row.lines { p { (inline(line)) } } }
                }
            }
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        table {
            thead { tr { @for text in &table.head { th scope="col" { (clean(text)) } } } }
            tbody {
                @for row in &table.rows { tr { @for cell in row { td { (inline(cell)) } } } }
            }
            @if let Some(foot) = &table.foot {
                tfoot { tr { @for cell in foot { td { (inline(cell)) } } } }
            }
        }
    }
}

/// The deepest level that is nested; what lies deeper stays at this level, so that no trail can exhaust a browser's stack.
const DEEPEST: usize = 48;

/// The lines of one level with those below each.
fn branch(lines: &[TrailLine], level: usize, lang: Lang) -> Markup {
    let mut rest = lines;
    let mut groups: Vec<(&TrailLine, &[TrailLine])> = Vec::new();
    while let Some((line, after)) = rest.split_first() {
        let below = if level < DEEPEST { after.iter().take_while(|next| next.depth > line.depth).count() } else { 0 };
        let (children, next) = after.split_at_checked(below).unwrap_or((after, &[]));
        groups.push((line, children));
        rest = next;
    }
    html! {
        ul {
            @for (line, children) in groups {
                li.stage[line.weight == Weight::Stage].input[line.weight == Weight::Input] {
                    @if children.is_empty() {
                        div.leaf { (step(line, lang)) }
                    } @else if children.iter().all(|child| child.weight == Weight::Input) {
                        // The values that went in stay in sight: a printed page cannot be opened further.
                        div.leaf { (step(line, lang)) }
                        (branch(children, level.saturating_add(1), lang))
                    } @else {
                        details open {
                            summary { (step(line, lang)) }
                            (branch(children, level.saturating_add(1), lang))
                        }
                    }
                }
            }
        }
    }
}

fn step(line: &TrailLine, lang: Lang) -> Markup {
    html! {
        @if line.mark != Mark::Neutral {
            span.mark.(mark_class(line.mark)) role="img" aria-label=(line.mark.meaning(lang)) {
                (line.mark.sign())
            }
        }
        span.said { (inline(&line.text)) }
        @if let Some(status) = &line.status { " " span.status { (clean(status)) } }
        @if line.citation.is_some() || line.place.is_some() {
            span.ending {
                @if let Some(citation) = &line.citation { cite { (clean(citation)) } }
                @if let Some(place) = &line.place { " " code { (clean(place)) } }
            }
        }
        @for note in &line.notes { span.note { (lang.pick("说明：", "Note: ")) (clean(note)) } }
    }
}

fn inline(line: &Line) -> Markup {
    html! {
        @for piece in &line.pieces {
            @match piece.role {
                Role::Plain => (clean(&piece.text)),
                Role::Strong => strong { (clean(&piece.text)) },
                Role::Money => strong.money { (clean(&piece.text)) },
                Role::Value => span.value { (clean(&piece.text)) },
                Role::Name => span.name { (clean(&piece.text)) },
                Role::Expression => span.expression { (clean(&piece.text)) },
                Role::Citation => cite { (clean(&piece.text)) },
                Role::Place => code { (clean(&piece.text)) },
                Role::Good => span.good { (clean(&piece.text)) },
                Role::Bad => span.bad { (clean(&piece.text)) },
                Role::Open => span.open { (clean(&piece.text)) },
                Role::Dim => span.dim { (clean(&piece.text)) },
            }
        }
    }
}

fn mark_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Holds | Mark::Applied => "good",
        Mark::Fails | Mark::Problem => "bad",
        Mark::Unknown | Mark::Choice | Mark::Assumed => "open",
        Mark::Neutral => "dim",
    }
}

/// Room for the two officers who sign and the day they do.
fn signatures(lang: Lang) -> Markup {
    html! {
        div.signatures {
            p { (lang.pick("执法人员（签名）：", "Enforcement officer (signature):")) span {} }
            p { (lang.pick("执法人员（签名）：", "Enforcement officer (signature):")) span {} }
            p { (lang.pick("日期：", "Date:")) span {} }
        }
    }
}
