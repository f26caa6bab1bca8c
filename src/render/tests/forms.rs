use unicode_width::UnicodeWidthStr;

use super::super::document::{Block, Line, Role};
use super::super::fixture::*;
use super::super::{Detail, Document};
use super::{BOTH, has};
use crate::diagnostic::Lang;
use crate::evaluate::Recommendation;

#[test]
fn columns_are_aligned_by_the_width_of_characters() {
    for lang in BOTH {
        let document = fine().document(lang, Detail::Short);
        let lines = document.lines();
        let mut checked = 0;
        for rows in document.sections.iter().flat_map(|section| &section.blocks) {
            let Block::Rows(rows) = rows else { continue };
            for row in rows {
                let value = row.lines[0].to_string();
                let line = lines
                    .iter()
                    .find(|line| line.to_string().starts_with(&row.key) && line.to_string().ends_with(&value))
                    .unwrap();
                let text = line.to_string();
                let column = text.strip_suffix(&value).unwrap().width();
                let widest = document.sections[0]
                    .blocks
                    .iter()
                    .filter_map(|block| match block {
                        Block::Rows(rows) => rows.iter().map(|row| row.key.width()).max(),
                        _ => None,
                    })
                    .max()
                    .unwrap();
                assert_eq!(column, widest.saturating_add(2), "{text}");
                checked += 1;
            }
        }
        assert!(checked > 5);
    }
    // Figures of the table end in one column.
    let text = fine().summary(Lang::Chinese);
    let ends: Vec<usize> =
        text.lines().filter(|line| line.starts_with("  ") && line.ends_with('%')).map(UnicodeWidthStr::width).collect();
    assert!(ends.len() >= 6 && ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}");
}

/// A recommendation whose labels try to break out of every form.
fn hostile() -> Recommendation {
    let evil = "<script>alert(1)</script> **b** | [x](y)\n# h\u{1b}[31m\u{202e}";
    let mut program = program();
    program.rules[VIOLATION].label = titles(evil, evil);
    program.rules[BENCHMARK].note = Some(titles(evil, evil));
    program.packs[0].version = evil.to_owned();
    let all = fine();
    recommend(program, all.determinations[0].result.clone(), all.determinations[0].trail.clone())
}

#[test]
fn html_escapes_whatever_rules_say_and_needs_nothing_else() {
    for lang in BOTH {
        let html = hostile().to_html(lang, Detail::Full);
        assert!(!html.contains("<script"), "{html}");
        has(&html, "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert!(!html.contains("http") && !html.contains("@import") && !html.contains("url("));
        has(&html, lang.pick("<html lang=\"zh-CN\">", "<html lang=\"en\">"));
        for tag in ["details", "ul", "li", "section", "dl", "table"] {
            let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }
    // Every mark has words for those who do not see it.
    has(&fine().to_html(Lang::Chinese, Detail::Full), "aria-label=\"不成立\"");
}

#[test]
fn markdown_escapes_whatever_rules_say() {
    let markdown = hostile().to_markdown(Lang::Chinese, Detail::Full);
    assert!(!markdown.replace("\\<", "").contains('<'), "{markdown}");
    has(&markdown, "\\<script\\>alert(1)\\</script\\> \\*\\*b\\*\\* \\| \\[x\\](y) \\# h");
    assert!(!markdown.lines().any(|line| line.starts_with("# h")));
    let columns: Vec<usize> = markdown
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(|line| line.replace("\\|", "").matches('|').count())
        .collect();
    assert!(columns.len() > 6 && columns.iter().all(|count| *count == 4), "{columns:?}");
    has(&markdown, "  - ✗ 不予处罚清单“轻微违法行为目录”：不适用，被排除");
}

#[test]
fn text_carries_no_control_characters() {
    for lang in BOTH {
        let text = hostile().explain(lang);
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
        assert!(!text.contains('\u{202e}'));
    }
}

#[test]
fn pieces_keep_their_roles_for_the_terminal() {
    let document = fine().document(Lang::Chinese, Detail::Short);
    let lead = document.lines().into_iter().find(|line| line.to_string().starts_with("建议：罚款")).unwrap();
    assert_eq!(lead.pieces.last().unwrap().role, Role::Money);
    let line = Line::plain("甲").text("乙").add(Role::Good, "").add(Role::Good, "丙");
    assert_eq!(line.pieces.len(), 2);
    assert_eq!(line.width(), 6);
}

#[test]
fn the_same_recommendation_gives_the_same_bytes() {
    let form = |document: Document| (document.to_text(), document.to_markdown(), document.to_html());
    for lang in BOTH {
        assert_eq!(form(fine().document(lang, Detail::Full)), form(fine().document(lang, Detail::Full)));
    }
}
