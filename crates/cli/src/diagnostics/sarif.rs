//! Findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS), which code hosts and editors read.

use std::collections::{BTreeMap, BTreeSet};

use lenity::Lang;
use lenity::diagnostic::{Code, Severity};
use lenity::source::Span;
use lenity::verify::Fix as Mending;
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    PhysicalLocation, PropertyBag, Region, Replacement, ReportingConfiguration, ReportingDescriptor,
    Result as SarifResult, ResultLevel, Run, Sarif, Suppression, Tool, ToolComponent,
};

use super::{Placed, Reported};
use crate::page;

/// The schema that the format is published with.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// One run with everything that is reported. The codes that occur are its rules, each with its page.
pub(crate) fn log(reported: &[Reported<'_>], lang: Lang) -> Sarif {
    let codes: BTreeSet<Code> = reported.iter().map(|each| each.diagnostic.code).collect();
    let rules: Vec<ReportingDescriptor> = codes.iter().map(|code| rule(*code, lang)).collect();
    let indexes: BTreeMap<Code, i64> = codes.iter().copied().zip(0..).collect();
    let driver = ToolComponent::builder()
        .name("lenity")
        .version(lenity::render::ENGINE_VERSION)
        .semantic_version(lenity::render::ENGINE_VERSION)
        .language(lang.pick("zh-CN", "en"))
        .rules(rules)
        .build();
    let results: Vec<SarifResult> =
        reported.iter().map(|each| result(each, indexes.get(&each.diagnostic.code).copied(), lang)).collect();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind("unicodeCodePoints")
        .language(lang.pick("zh-CN", "en"))
        .results(results)
        .build();
    Sarif::builder().schema(SCHEMA).version("2.1.0").runs(vec![run]).build()
}

fn rule(code: Code, lang: Lang) -> ReportingDescriptor {
    let short = match lang {
        Lang::Chinese => code.chinese(),
        Lang::English => code.english(),
    };
    let text = |text: &str| MultiformatMessageString::builder().text(text).build();
    let level = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let name = code.name();
    let page = page::page(&name).map(|whole| page::for_reader(whole, lang)).unwrap_or_else(|| short.to_owned());
    ReportingDescriptor::builder()
        .id(&name)
        .short_description(text(short))
        .help(MultiformatMessageString::builder().text(&page).markdown(&page).build())
        .default_configuration(ReportingConfiguration::builder().level(level).build())
        .build()
}

fn result(reported: &Reported<'_>, rule_index: Option<i64>, lang: Lang) -> SarifResult {
    let diagnostic = reported.diagnostic;
    let level = match diagnostic.code.severity() {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Note => ResultLevel::Note,
    };
    let locations: Vec<Location> =
        reported.placed(diagnostic.span).map(|placed| location(&placed, None)).into_iter().collect();
    let related: Vec<Location> = diagnostic
        .labels
        .iter()
        .filter_map(|label| Some(location(&reported.placed(label.span)?, Some(label.text.get(lang)))))
        .collect();
    let fixes: Vec<Fix> = reported
        .finding
        .and_then(|finding| finding.fix.as_ref())
        .map(|fix| fix_of(fix, reported, lang))
        .into_iter()
        .collect();
    // The case is one file of its own: `lenity explain` on it shows the finding.
    let properties: BTreeMap<String, serde_json::Value> =
        reported.case().map(|case| ("case".to_owned(), serde_json::Value::from(case))).into_iter().collect();
    let suppressions = reported.allowed().map(|reason| {
        vec![Suppression::builder().kind("inSource").justification(reason.get(lang).unwrap_or_default()).build()]
    });
    SarifResult {
        rule_index,
        suppressions,
        related_locations: (!related.is_empty()).then_some(related),
        fixes: (!fixes.is_empty()).then_some(fixes),
        properties: (!properties.is_empty()).then(|| PropertyBag::builder().additional_properties(properties).build()),
        ..SarifResult::builder()
            .rule_id(diagnostic.code.name())
            .level(level)
            .message(message(&reported.sentences(lang)))
            .locations(locations)
            .build()
    }
}

fn message(text: &str) -> Message {
    Message::builder().text(text).build()
}

fn location(placed: &Placed, said: Option<&str>) -> Location {
    let physical = PhysicalLocation::builder().artifact_location(artifact(placed)).region(region(placed)).build();
    Location { message: said.map(message), ..Location::builder().physical_location(physical).build() }
}

/// A path from the folder the program runs in, as a reference that needs no base; a built-in file by its name alone.
fn artifact(placed: &Placed) -> ArtifactLocation {
    let path = placed.path.as_ref().unwrap_or(&placed.place.file);
    ArtifactLocation::builder().uri(reference(path)).build()
}

fn region(placed: &Placed) -> Region {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let place = &placed.place;
    Region::builder()
        .start_line(number(place.line))
        .start_column(number(place.column))
        .end_line(number(place.end_line))
        .end_column(number(place.end_column))
        .build()
}

fn fix_of(fix: &Mending, reported: &Reported<'_>, lang: Lang) -> Fix {
    let change = |(span, text): &(Span, String)| {
        let placed = reported.placed(*span)?;
        let replacement = Replacement::builder()
            .deleted_region(region(&placed))
            .inserted_content(ArtifactContent::builder().text(text).build())
            .build();
        Some(ArtifactChange::builder().artifact_location(artifact(&placed)).replacements(vec![replacement]).build())
    };
    let changes: Vec<ArtifactChange> = fix.edits.iter().filter_map(change).collect();
    Fix::builder().description(message(fix.title.get(lang))).artifact_changes(changes).build()
}

/// A path as a URI reference (RFC 3986): bytes that may not stand there are percent-encoded.
fn reference(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn paths_become_references() {
        assert_eq!(reference("rules/cn-gd/water.lenity"), "rules/cn-gd/water.lenity");
        assert_eq!(reference("规则/a b.lenity"), "%E8%A7%84%E5%88%99/a%20b.lenity");
    }
}
