//! Findings as workflow commands of GitHub Actions, which shows them beside the line of a pull request.
//!
//! A command is one line: `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`. Percent signs and line
//! breaks are escaped everywhere, commas and colons in properties too.

use lenity::Lang;
use lenity::diagnostic::Severity;

use super::{Placed, Reported};

/// One command a finding, each on a line of its own. What the rules allow needs nobody's attention and is left out.
pub(crate) fn commands(reported: &[Reported<'_>], lang: Lang) -> String {
    reported.iter().filter(|each| each.allowed().is_none()).map(|each| command(each, lang)).collect()
}

fn command(reported: &Reported<'_>, lang: Lang) -> String {
    let diagnostic = reported.diagnostic;
    let level = match diagnostic.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties: Vec<(&str, String)> = Vec::new();
    let mut message = String::new();
    match reported.placed(diagnostic.span) {
        Some(Placed { path: Some(path), place, .. }) => {
            properties.push(("file", path));
            properties.push(("line", place.line.to_string()));
            properties.push(("endLine", place.end_line.to_string()));
            // Columns mean something only inside one line.
            if place.line == place.end_line {
                properties.push(("col", place.column.to_string()));
                properties.push(("endColumn", place.end_column.to_string()));
            }
        }
        // A file that the checkout does not have cannot be annotated; the message says where it is.
        Some(placed) => message = format!("{}:{}:{}: ", placed.place.file, placed.place.line, placed.place.column),
        None => {}
    }
    properties.push(("title", diagnostic.code.name()));
    message.push_str(&reported.sentences(lang));
    if let Some(case) = reported.case() {
        message.push_str(&format!("\n\n{}\n{case}", lang.pick("案件：", "case:")));
    }
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", escaped_property(&value))).collect();
    format!("::{level} {}::{}\n", properties.join(","), escaped(message.trim_end()))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{escaped, escaped_property};

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        assert_eq!(escaped("超过10%，\r\n见第2行"), "超过10%25，%0D%0A见第2行");
        assert_eq!(escaped("a: b, c"), "a: b, c");
        assert_eq!(escaped_property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
