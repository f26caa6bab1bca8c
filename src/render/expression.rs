use super::document::{Line, Role};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::resolved::built_in_name;
use crate::source::Span;
use crate::trail::{Operand, Origin, StepKind, Trail};
use crate::typed::BUILT_IN_FUNCTIONS;
use crate::value::{Date, Duration, DurationUnit, Number, Value};

/// A name used in an expression, with the value the evaluation put there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaf {
    pub(crate) span: Span,
    pub(crate) operand: Operand,
    pub(crate) origin: Origin,
    pub(crate) value: Option<Value>,
}

/// Words of expressions in both languages; what is not here is a name or a figure.
const WORDS: &[(&str, &str)] = &[
    ("且", "and"),
    ("或", "or"),
    ("非", "not"),
    ("在", "in"),
    ("不在", "not in"),
    ("至", "to"),
    ("是", "true"),
    ("否", "false"),
    ("若", "if"),
    ("则", "then"),
    ("否则", "else"),
    ("其中", "where"),
    ("不满", "less than"),
    ("不足", "less than"),
    ("超过", "more than"),
    ("的", "at"),
    ("按", "counting"),
    ("每", "per"),
    ("不足", "below"),
    ("超过", "above"),
];

/// The names used directly in the step at `index`, in the order of its text.
pub(crate) fn leaves(trail: &Trail, index: usize) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = trail
        .children(index)
        .filter_map(|(_, child)| match child.kind {
            StepKind::Input(operand, origin) => Some(Leaf { span: child.span, operand, origin, value: child.value }),
            _ => None,
        })
        .collect();
    leaves.sort_by_key(|leaf| (leaf.span.start(), leaf.span.end()));
    leaves
}

impl Reader<'_> {
    /// Whether rule text at `span` is written in the language the reader does not read.
    pub(crate) fn is_foreign(&self, span: Span) -> bool {
        let has_chinese = self.program.sources.text(span).chars().any(is_chinese);
        match self.lang {
            Lang::Chinese => !has_chinese,
            Lang::English => has_chinese,
        }
    }

    /// The rule's own words on one line. Where they are in the other language, names and words are put into the reader's.
    pub(crate) fn wording(&self, span: Span, leaves: &[Leaf]) -> String {
        let foreign = self.is_foreign(span);
        let parts = self.parts(span, leaves, foreign, |leaf, text| {
            if foreign {
                let name = self.operand(leaf.operand);
                match leaf.operand {
                    Operand::Fact(_) | Operand::Define(_) | Operand::Step(_) => Line::plain(self.quoted(name)),
                    // What is counted is said by the call itself.
                    Operand::Records(_) => Line::plain(self.translated(&squeeze(&without_comments(text)))),
                    _ => Line::plain(name),
                }
            } else {
                Line::plain(text)
            }
        });
        squeeze(&parts.to_string()).trim().to_owned()
    }

    /// The same with values put in; nothing when one of them is not known, or when only the value itself would be left.
    pub(crate) fn with_values(&self, span: Span, leaves: &[Leaf]) -> Option<Line> {
        let inside = || leaves.iter().filter(|leaf| span.contains(leaf.span));
        let alone = inside().any(|leaf| leaf.span == span);
        if alone || inside().next().is_none() || inside().any(|leaf| leaf.value.is_none()) {
            return None;
        }
        let foreign = self.is_foreign(span);
        let line = self.parts(span, leaves, foreign, |leaf, text| {
            let Some(value) = leaf.value else {
                return Line::new();
            };
            match value {
                // Rule text compares with the names of members, so the name stands in quoted text and the label elsewhere.
                Value::Member(kind, member) if !foreign => {
                    let name = self
                        .program
                        .enumeration(kind)
                        .and_then(|kind| kind.members.get(usize::from(member)))
                        .map_or_else(|| member.to_string(), |(name, _)| name.to_string());
                    Line::of(Role::Value, name)
                }
                Value::Member(..) => Line::of(Role::Value, self.quoted(self.value(value, None))),
                // A truth value alone among `not` and `and` would not be read: the name stays, with the value behind it.
                Value::Bool(_) => {
                    let name = if foreign { self.quoted(self.operand(leaf.operand)) } else { text.to_owned() };
                    Line::of(Role::Expression, name).add(Role::Value, self.bracketed(&self.value(value, None)))
                }
                value => {
                    let piece = self.value_piece(value, self.unit_of(leaf.operand));
                    Line::of(piece.role, piece.text)
                }
            }
        });
        let line = trimmed(line);
        (line.to_string() != self.wording(span, leaves)).then_some(line)
    }

    /// The text of `span`, cut at the leaves, which `put` replaces.
    fn parts(&self, span: Span, leaves: &[Leaf], foreign: bool, put: impl Fn(&Leaf, &str) -> Line) -> Line {
        let sources = &self.program.sources;
        let mut line = Line::new();
        let mut from = span.start();
        let between = |line: Line, from: u32, to: u32| {
            let text = squeeze(&without_comments(sources.text(Span::new(from, to))));
            let text = if foreign { self.translated(&text) } else { text };
            line.add(Role::Expression, text)
        };
        for leaf in leaves {
            if !span.contains(leaf.span) || leaf.span.start() < from {
                continue;
            }
            line = between(line, from, leaf.span.start());
            line = line.join(put(leaf, sources.text(leaf.span)));
            from = leaf.span.end();
        }
        if span.is_somewhere() {
            line = between(line, from, span.end());
        }
        line
    }

    /// Rule text word by word in the reader's language; words that are not known stay as they are.
    fn translated(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        let mut word = String::new();
        for (index, letter) in letters.iter().enumerate() {
            let inside = is_word(*letter) || joins(&letters, index);
            if inside {
                word.push(*letter);
            } else {
                out.push_str(&self.translated_word(&word));
                word.clear();
                out.push(*letter);
            }
        }
        out.push_str(&self.translated_word(&word));
        out
    }

    fn translated_word(&self, word: &str) -> String {
        if word.is_empty() {
            return String::new();
        }
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.translated_figure(word);
        }
        if let Some((zh, en)) = WORDS.iter().find(|(zh, en)| *zh == word || *en == word) {
            return self.word(zh, en);
        }
        if let Some(name) = built_in_name(word) {
            return self.operand(Operand::BuiltIn(name));
        }
        if let Some((zh, en, ..)) = BUILT_IN_FUNCTIONS.iter().find(|(zh, en, ..)| *zh == word || *en == word) {
            return self.word(zh, en);
        }
        // 不满60吨 is one word.
        if let Some(((zh, en), figure)) = WORDS.iter().find_map(|words| Some((words, word.strip_prefix(words.0)?)))
            && figure.starts_with(|letter: char| letter.is_ascii_digit())
        {
            return format!("{} {}", self.word(zh, en), self.translated_figure(figure));
        }
        self.label_of_name(word)
            .or_else(|| self.label_of_field(word))
            .or_else(|| self.only_label(word))
            .map_or_else(|| word.to_owned(), |label| self.quoted(label))
    }

    /// A label of several words between quotation marks: among `and` and `in` it would not be seen where it ends.
    fn quoted(&self, label: String) -> String {
        if self.lang == Lang::English && label.contains(' ') { format!("‘{label}’") } else { label }
    }

    fn word(&self, zh: &str, en: &str) -> String {
        match (self.lang, en) {
            (Lang::Chinese, _) => zh.to_owned(),
            (Lang::English, "true") => "yes".to_owned(),
            (Lang::English, "false") => "no".to_owned(),
            (Lang::English, _) => en.replace('_', " "),
        }
    }

    /// The label of the one type member, unit or step of that name; nothing when several differ.
    fn only_label(&self, word: &str) -> Option<String> {
        let members = self
            .program
            .enums
            .iter()
            .flat_map(|kind| &kind.members)
            .filter(|(name, _)| **name == *word)
            .map(|(name, label)| self.title(label, name));
        let units =
            self.program.units.iter().filter(|unit| *unit.name == *word || unit.symbol.as_deref() == Some(word)).map(
                |unit| match self.lang {
                    Lang::Chinese => self.title(&unit.label, &unit.name),
                    Lang::English => {
                        unit.symbol.as_deref().map_or_else(|| self.title(&unit.label, &unit.name), str::to_owned)
                    }
                },
            );
        let steps = self
            .program
            .rules
            .iter()
            .filter(|rule| rule.kind == crate::program::RuleKind::Step && *rule.name == *word)
            .map(|rule| self.title(&rule.label, &rule.name));
        let mut labels = members.chain(units).chain(steps);
        let first = labels.next()?;
        labels.all(|label| label == first).then_some(first)
    }

    /// A figure with its unit, such as `10万元`, `3个月` or `50吨`. Boundary words stay: what they mean is the instrument's.
    fn translated_figure(&self, word: &str) -> String {
        if let Some(date) = Date::parse(word) {
            return self.date(date);
        }
        if let Some((low, high)) = word.split_once("以上")
            && !high.is_empty()
        {
            return format!("{} 以上 {}", self.translated_figure(low), self.translated_word(high));
        }
        let digits: String =
            word.chars().take_while(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '_')).collect();
        let rest = word.strip_prefix(digits.as_str()).unwrap_or("");
        let (unit, boundary) = ["以上", "以下"]
            .into_iter()
            .find_map(|boundary| Some((rest.strip_suffix(boundary)?, boundary)))
            .unwrap_or((rest, ""));
        let Ok(number) = Number::parse(&digits) else {
            return word.to_owned();
        };
        let money =
            |factor: i64| number.multiply(Number::integer(factor)).map(|amount| self.value(Value::Money(amount), None));
        let duration = |unit: DurationUnit| {
            number.to_integer().map(|amount| self.value(Value::Duration(Duration { amount, unit }), None))
        };
        let shown = match unit {
            "" => None,
            "元" => money(1),
            "万元" => money(10_000),
            "亿元" => money(100_000_000),
            "日" => duration(DurationUnit::Days),
            "个工作日" => duration(DurationUnit::Workdays),
            "个月" => duration(DurationUnit::Months),
            unit => self.only_label(unit).map(|label| format!("{digits} {label}")),
        };
        match shown {
            Some(shown) if boundary.is_empty() => shown,
            Some(shown) => format!("{shown} {boundary}"),
            None => word.to_owned(),
        }
    }

    /// The cell or condition of a row without its result: `A类 => 10%` is `A类`.
    pub(crate) fn row_match(&self, span: Span, leaves: &[Leaf]) -> String {
        let text = self.wording(span, leaves);
        ["=>", "＝＞"]
            .into_iter()
            .find_map(|arrow| text.split_once(arrow))
            .map_or(text.as_str(), |(before, _)| before)
            .trim_matches([' ', '|', '｜'])
            .to_owned()
    }
}

fn is_chinese(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Whether the letter at `index` holds a word together: a point between letters, or a comma before three digits.
fn joins(letters: &[char], index: usize) -> bool {
    let at = |offset: usize| letters.get(index.saturating_add(offset)).copied();
    let before = index.checked_sub(1).and_then(|before| letters.get(before)).copied();
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    match at(0) {
        Some('.') => before.is_some_and(is_word) && at(1).is_some_and(is_word),
        Some(',') => digit(before) && digit(at(1)) && digit(at(2)) && digit(at(3)) && !digit(at(4)),
        _ => false,
    }
}

/// Rule text without `//` comments.
fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| line.split_once("//").map_or(line, |(before, _)| before))
        .collect::<Vec<_>>()
        .join("\n")
        // `lines` drops a line break at the end, where it parts two words.
        + if text.ends_with('\n') { "\n" } else { "" }
}

/// Text with each run of spaces and line breaks as one space.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// A line without the spaces at its ends.
fn trimmed(mut line: Line) -> Line {
    if let Some(first) = line.pieces.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = line.pieces.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    line.pieces.retain(|piece| !piece.text.is_empty());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_line_breaks_leave_rule_text() {
        let text = "甲 >= 1 // 第一款\n    或 乙 // 第二款\n";
        assert_eq!(squeeze(&without_comments(text)), "甲 >= 1 或 乙 ");
        assert_eq!(squeeze("a\n\t b"), "a b");
    }

    #[test]
    fn commas_hold_thousands_together_and_part_lists() {
        let joined = |text: &str, index| joins(&text.chars().collect::<Vec<_>>(), index);
        assert!(joined("1,000", 1));
        assert!(!joined("1,2", 1));
        assert!(!joined("1,0000", 1));
        assert!(joined("2.4", 1));
        assert!(!joined("2.", 1));
    }
}
