//! A TOML or JSON document as a tree with places and exact numbers: no decimal passes through a float.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The largest document in bytes.
pub(super) const LARGEST: usize = 4_194_304;
/// The deepest nesting of a JSON document.
const DEEPEST: usize = 32;

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

impl Node {
    /// The text under a key of a table.
    pub(super) fn text_of(&self, key: &str) -> Option<&str> {
        let Kind::Table(entries) = &self.kind else {
            return None;
        };
        match &entries.iter().find(|entry| entry.key == key)?.value.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is `{ unestablished = true }`.
    pub(super) fn is_unestablished(&self) -> bool {
        let Kind::Table(entries) = &self.kind else {
            return false;
        };
        matches!(entries.as_slice(), [Entry { key, value: Node { kind: Kind::Bool(true), .. }, .. }]
            if matches!(key.as_str(), "unestablished" | "无法查明"))
    }
}

/// What a value is. Numbers stay text.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Table(Vec<Entry>),
    List(Vec<Node>),
    Text(String),
    Number(String),
    Bool(bool),
    Date(String),
    Null,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) place: Span,
    pub(super) value: Node,
}

fn span(range: Range<usize>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(at(range.start), at(range.end))
}

fn too_large() -> Diagnostic {
    Diagnostic::new(
        Code::CaseTooLarge,
        Span::NOWHERE,
        format!("案件文件超过{LARGEST}字节，或嵌套超过{DEEPEST}层"),
        format!("the case has more than {LARGEST} bytes, or is nested more than {DEEPEST} deep"),
    )
    .help("一个文件只写一个案件", "write one case in one file")
}

/// Reads TOML. Keys may be written in Chinese without quotes, which TOML itself does not allow.
pub(super) fn from_toml(text: &str) -> Result<Node, Vec<Diagnostic>> {
    if text.len() > LARGEST {
        return Err(vec![too_large()]);
    }
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    let errors: Vec<Diagnostic> = errors
        .iter()
        .filter(|error| !is_bare_key(text, error))
        .map(|error| {
            let place = span(error.span().unwrap_or(0..0));
            let message = error.message();
            if message.starts_with("cannot recurse") {
                return too_large();
            }
            if message.starts_with("duplicate key") {
                return Diagnostic::new(Code::GivenTwice, place, "同一个名称给出了两次", "one name is given twice")
                    .help("只保留一个", "keep one of them");
            }
            Diagnostic::new(
                Code::CaseSyntax,
                place,
                format!("不合 TOML 语法：{message}"),
                format!("not TOML: {message}"),
            )
            .help(
                "每行写“名称 = 值”，文字加引号；日期须存在，如 2024-05-01",
                "write `name = value` on each line, with quotes around text; dates must exist, as 2024-05-01 does",
            )
        })
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let range = table.span();
    Ok(toml_table(table.get_ref(), range))
}

/// Whether an error only says that a key has letters other than ASCII.
fn is_bare_key(text: &str, error: &toml::de::Error) -> bool {
    let letter = error.span().and_then(|range| text.get(range.start..)?.chars().next());
    error.message().starts_with("invalid unquoted key") && letter.is_some_and(char::is_alphanumeric)
}

fn toml_table(table: &toml::de::DeTable<'_>, range: Range<usize>) -> Node {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), place: span(key.span()), value: toml_value(value) })
        .collect();
    entries.sort_by_key(|entry| entry.place);
    Node { kind: Kind::Table(entries), span: span(range) }
}

fn toml_value(value: &toml::Spanned<toml::de::DeValue<'_>>) -> Node {
    use toml::de::DeValue;
    let range = value.span();
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Kind::Number(number.as_str().to_owned()),
        // The digits of another base are no decimal: 0x10 is not ten.
        DeValue::Integer(number) => Kind::Number(format!("base {}: {}", number.radix(), number.as_str())),
        DeValue::Float(number) => Kind::Number(number.as_str().to_owned()),
        DeValue::Boolean(value) => Kind::Bool(*value),
        DeValue::Datetime(date) => Kind::Date(date.to_string()),
        DeValue::Array(items) => Kind::List(items.iter().map(toml_value).collect()),
        DeValue::Table(table) => return toml_table(table, range),
    };
    Node { kind, span: span(range) }
}

/// Reads JSON.
pub(super) fn from_json(text: &str) -> Result<Node, Vec<Diagnostic>> {
    if text.len() > LARGEST || too_deep(text) {
        return Err(vec![too_large()]);
    }
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| vec![json_error(text, &error)])?;
    json_value(text, raw).map_err(|error| vec![*error])
}

/// Brackets outside of texts, before a parser that recurses sees them.
fn too_deep(text: &str) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth = depth.saturating_add(1);
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

fn json_error(text: &str, error: &serde_json::Error) -> Diagnostic {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = line_start.saturating_add(error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at = at.saturating_sub(1);
    }
    let full = error.to_string();
    let message = full.split(" at line ").next().unwrap_or(&full);
    Diagnostic::new(
        Code::CaseSyntax,
        span(at..at.saturating_add(1).min(text.len())),
        format!("不合 JSON 语法：{message}"),
        format!("not JSON: {message}"),
    )
    .help("检查括号、逗号和引号", "check brackets, commas and quotes")
}

/// A JSON object with its keys in order, doubled ones included.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry::<String, &'de RawValue>()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

/// Where a piece of `text` stands in it.
fn place(text: &str, piece: &str) -> Span {
    let offset = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    span(offset..offset.saturating_add(piece.len()))
}

fn json_value(text: &str, raw: &RawValue) -> Result<Node, Box<Diagnostic>> {
    let piece = raw.get();
    let here = place(text, piece);
    let error = |error: serde_json::Error| Box::new(json_error(text, &error));
    let kind = match piece.as_bytes().first() {
        Some(b'{') => {
            let Pairs(pairs) = serde_json::from_str(piece).map_err(error)?;
            let mut entries: Vec<Entry> = Vec::with_capacity(pairs.len());
            for (key, raw) in pairs {
                let value = json_value(text, raw)?;
                if entries.iter().any(|entry| entry.key == key) {
                    let twice = Diagnostic::new(
                        Code::GivenTwice,
                        value.span,
                        format!("“{key}”给出了两次"),
                        format!("`{key}` is given twice"),
                    );
                    return Err(Box::new(twice.help("只保留一个", "keep one of them")));
                }
                entries.push(Entry { key, place: value.span, value });
            }
            Kind::Table(entries)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(piece).map_err(error)?;
            Kind::List(items.into_iter().map(|item| json_value(text, item)).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Kind::Text(serde_json::from_str(piece).map_err(error)?),
        Some(b't') => Kind::Bool(true),
        Some(b'f') => Kind::Bool(false),
        Some(b'n') => Kind::Null,
        _ => Kind::Number(piece.to_owned()),
    };
    Ok(Node { kind, span: here })
}
