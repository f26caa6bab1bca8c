//! The pages of `docs/diagnostics/`, embedded, and how they are shown on a terminal.

use anstyle::Style;
use lenity::Lang;

use crate::output::harmless;

/// Code and page, by code.
static PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The whole page of a code, as Markdown.
pub(crate) fn page(code: &str) -> Option<&'static str> {
    PAGES.iter().find(|(name, _)| *name == code).map(|(_, page)| *page)
}

/// What a reader of one language needs of a page: its title, the section in that language, and the example.
pub(crate) fn for_reader(page: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut shown = true;
    let mut fenced = false;
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced && let Some(heading) = line.strip_prefix("## ") {
            let own = lang.pick("中文", "English");
            shown = match heading {
                "中文" | "English" => heading == own,
                _ => true,
            };
            // The reader knows which language it is in.
            if heading == own {
                continue;
            }
        }
        if shown {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Markdown for a terminal: headings stand out and examples are indented, with no fences around them.
pub(crate) fn for_terminal(markdown: &str, lang: Lang) -> String {
    let strong = Style::new().bold();
    let faint = Style::new().dimmed();
    let mut out = String::new();
    let mut fenced = false;
    let mut empty_before = true;
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if line.is_empty() && empty_before && !fenced {
            continue;
        }
        empty_before = line.is_empty();
        let shown = harmless(line);
        if fenced {
            if shown.is_empty() {
                out.push('\n');
            } else {
                out.push_str(&format!("    {faint}{shown}{faint:#}\n"));
            }
        } else if line.starts_with('#') {
            let heading = heading_for(shown.trim_start_matches('#').trim(), lang);
            out.push_str(&format!("{strong}{heading}{strong:#}\n"));
        } else {
            out.push_str(&shown);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Headings end in `… · Chinese · English`; a reader gets one of the two.
fn heading_for(heading: &str, lang: Lang) -> String {
    let parts: Vec<&str> = heading.split(" · ").collect();
    match parts.as_slice() {
        [before @ .., zh, en] => {
            let mut kept: Vec<&str> = before.to_vec();
            kept.push(lang.pick(zh, en));
            kept.join(" ")
        }
        _ => heading.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
# E0101 · 不合语法 · does not fit

## 中文

中文说明。

## English

English words.

## 示例 · Example

```lenity error
## 中文 is not a heading here
```
";

    fn shown(lang: Lang) -> String {
        let text = for_terminal(&for_reader(PAGE, lang), lang);
        anstream::adapter::strip_str(&text).to_string()
    }

    #[test]
    fn a_reader_gets_one_language_and_the_example() {
        assert_eq!(
            shown(Lang::English),
            "E0101 does not fit\n\nEnglish words.\n\nExample\n\n    ## 中文 is not a heading here\n"
        );
        assert_eq!(shown(Lang::Chinese), "E0101 不合语法\n\n中文说明。\n\n示例\n\n    ## 中文 is not a heading here\n");
    }

    #[test]
    fn every_code_has_its_page() {
        for code in lenity::diagnostic::Code::ALL {
            assert!(page(&code.name()).is_some(), "{}", code.name());
        }
    }
}
