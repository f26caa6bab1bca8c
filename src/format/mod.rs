//! Canonical layout of rule text.
//!
//! In: rule text that can be read. Out: the same rules laid out in one way, with comments kept, tables aligned by display
//! width, full-width signs made half-width and keywords in one language. The result is read again and compared with what
//! was given before it is handed out, so that formatting never changes what a rule says.

mod compare;
mod elements;
mod print;
mod spacing;
mod words;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};
use crate::syntax::{self, KeywordLanguage};

/// The widest line, in columns; a full-width character takes two.
const WIDEST: usize = 120;

/// Lays out the text of one rule file; `name` is what diagnostics call the file.
///
/// Keywords are written in `keywords`; `None` keeps the language of the first one. Formatting the result again changes
/// nothing.
///
/// # Errors
/// What makes the text unreadable, as loading it would report it.
///
/// ```
/// let text = "unit tonne {symbol t}";
/// assert_eq!(lenity::format("units.lenity", text, None).unwrap(), "unit tonne { symbol t }\n");
/// ```
pub fn format(name: &str, text: &str, keywords: Option<KeywordLanguage>) -> Result<String, Diagnostics> {
    let (file, errors) = syntax::parse(text, 0);
    if errors.is_empty() {
        let used = file.keyword_languages.first().map_or(KeywordLanguage::English, |(language, _)| *language);
        if let Some(formatted) = laid_out(text, keywords.unwrap_or(used)) {
            return Ok(formatted);
        }
    }
    let mut sources = SourceMap::new();
    sources.add(name, text);
    Err(Diagnostics::new(sources, if errors.is_empty() { vec![changed(text)] } else { errors }))
}

/// The canonical layout; `None` when it would not say the same.
fn laid_out(text: &str, keywords: KeywordLanguage) -> Option<String> {
    let outline = syntax::outline(text)?;
    let formatted = print::print(&elements::entries(text, &outline, keywords));
    compare::same(text, &outline, &formatted).then_some(formatted)
}

/// The result would not have said the same as the text: nothing is handed out.
fn changed(text: &str) -> Diagnostic {
    let span = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    Diagnostic::new(
        Code::Syntax,
        span,
        "不能整理这个文件：整理后的文本与原文不一致",
        "this file cannot be formatted: the result would not say the same",
    )
    .why(
        "整理后的文本会重新读取并与原文比较",
        "what was laid out is read again and compared with the text before it is written",
    )
    .help(
        "文件没有改动；请报告这个问题，并附上规则文本",
        "the file was left as it is; please report this, with the rule text",
    )
}
