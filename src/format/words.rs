//! Each word of rule text in the other keyword language. Names, texts, titles and places are the author's and stay.

use std::borrow::Cow;

use super::elements::all_half_width;
use crate::resolved::{BUILT_IN_NAMES, listed_word};
use crate::syntax::{DeclarationKind, INNER_WORDS, Keyword, KeywordLanguage, OutlineKind};
use crate::typed::{BUILT_IN_FUNCTIONS, BuiltInFunction};

/// Writes the leaves of an outline in one keyword language.
pub(super) struct Translator {
    keywords: KeywordLanguage,
    /// The clause keyword read last: some clauses take names where others take words.
    clause: Option<Keyword>,
    /// The function read last takes a word, not a name.
    word_is_due: bool,
    /// The clause adds or deducts points.
    in_event: bool,
}

impl Translator {
    pub(super) fn new(keywords: KeywordLanguage) -> Self {
        Translator { keywords, clause: None, word_is_due: false, in_event: false }
    }

    /// The text of a leaf, in half width and in the keyword language.
    pub(super) fn leaf<'t>(&mut self, kind: OutlineKind, text: &'t str) -> Cow<'t, str> {
        match kind {
            OutlineKind::Word => {
                let text = single_spaces(text);
                // How long points last is said with a word that elsewhere opens a clause.
                if self.in_event && matches!(&*text, "for" | "有效") {
                    return Cow::Borrowed(self.either("有效", "for"));
                }
                if let Some((keyword, _)) = Keyword::from_text(&text) {
                    self.clause = Some(keyword);
                    self.in_event = match keyword {
                        Keyword::Add | Keyword::Deduct => true,
                        Keyword::If => self.in_event,
                        _ => false,
                    };
                }
                self.chosen(text, word)
            }
            // Waiving a penalty and a bar to one share a word in Chinese.
            OutlineKind::ListedWord
                if self.clause == Some(Keyword::Outcome) && matches!(text, "不予处罚" | "no_penalty") =>
            {
                Cow::Borrowed(self.either("不予处罚", "no_penalty"))
            }
            OutlineKind::ListedWord if !self.takes_names() => self.chosen(Cow::Borrowed(text), listed_word),
            OutlineKind::Name if std::mem::take(&mut self.word_is_due) => self.chosen(Cow::Borrowed(text), listed_word),
            OutlineKind::Name | OutlineKind::TypeName | OutlineKind::UnitOfTime | OutlineKind::Called => {
                if kind == OutlineKind::Called {
                    self.word_is_due = takes_word(text);
                }
                let known = match kind {
                    OutlineKind::Called => function,
                    OutlineKind::TypeName => type_name,
                    OutlineKind::UnitOfTime => unit_of_time,
                    _ => built_in_name,
                };
                self.chosen(Cow::Borrowed(text), known)
            }
            OutlineKind::RangeTo => Cow::Borrowed(self.either("至", "..")),
            OutlineKind::Onward => Cow::Borrowed(self.either("起", "..")),
            OutlineKind::Sign | OutlineKind::Negation => sign(text),
            OutlineKind::BoundaryWord => self.chosen(Cow::Borrowed(text), boundary_word),
            OutlineKind::Literal => self.literal(text),
            OutlineKind::ChinesePlace | OutlineKind::EnglishPlace => {
                single_spaces(text).into_owned().chars().map(super::elements::half_width).collect::<String>().into()
            }
            _ => Cow::Borrowed(text),
        }
    }

    fn takes_names(&self) -> bool {
        matches!(
            self.clause,
            Some(Keyword::Area | Keyword::Symbol | Keyword::Grades | Keyword::Exclude | Keyword::WorstOf)
        )
    }

    fn chosen<'t>(&self, text: Cow<'t, str>, known: fn(&str) -> Option<Pair>) -> Cow<'t, str> {
        match known(&text) {
            Some((zh, en)) => Cow::Borrowed(self.either(zh, en)),
            None => text,
        }
    }

    fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.keywords {
            KeywordLanguage::Chinese => zh,
            KeywordLanguage::English => en,
        }
    }

    /// Durations and multiples are written in the keyword language; every other literal means the same in both.
    fn literal<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = match all_half_width(text) {
            Cow::Borrowed(text) => single_spaces(text),
            Cow::Owned(text) => Cow::Owned(single_spaces(&text).into_owned()),
        };
        let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = text.get(digits.len()..).unwrap_or("").trim();
        if matches!(unit, "倍" | "times") {
            return Cow::Owned(format!("{digits}{}", self.either("倍", " times")));
        }
        let Some((_, singular, plural, chinese)) = DURATIONS.iter().find(|(spellings, ..)| spellings.contains(&unit))
        else {
            return text;
        };
        Cow::Owned(match self.keywords {
            KeywordLanguage::Chinese => format!("{digits}{chinese}"),
            KeywordLanguage::English if digits == "1" => format!("1 {singular}"),
            KeywordLanguage::English => format!("{digits} {plural}"),
        })
    }
}

/// Whether the argument of a function is one of the words that clauses take.
fn takes_word(function: &str) -> bool {
    BUILT_IN_FUNCTIONS.iter().any(|(zh, en, function_of, _)| {
        (*zh == function || *en == function)
            && matches!(function_of, BuiltInFunction::Refers | BuiltInFunction::ImposesKind)
    })
}

/// A word in Chinese and in English.
type Pair = (&'static str, &'static str);

/// Every spelling of a unit of time, and how it is written: one in English, several in English, Chinese.
const DURATIONS: [(&[&str], &str, &str, &str); 4] = [
    (&["日", "天", "day", "days"], "day", "days", "日"),
    (&["个工作日", "工作日", "workday", "workdays"], "workday", "workdays", "个工作日"),
    (&["个月", "月", "month", "months"], "month", "months", "个月"),
    (&["年", "year", "years"], "year", "years", "年"),
];

const TYPE_NAMES: [Pair; 8] = [
    ("是否", "bool"),
    ("整数", "integer"),
    ("小数", "decimal"),
    ("百分比", "percent"),
    ("金额", "money"),
    ("日期", "date"),
    ("文字", "text"),
    ("条款", "clause"),
];

fn word(text: &str) -> Option<Pair> {
    let keyword = Keyword::from_text(text).map(|(word, _)| (word.chinese(), word.english()));
    let declaration = || DeclarationKind::from_text(text).map(|(word, _)| (word.chinese(), word.english()));
    keyword.or_else(declaration).or_else(|| in_list(INNER_WORDS, text))
}

/// A boundary word that means the same whatever the instrument says. 以上, 以下 and 不满 have no English form.
fn boundary_word(text: &str) -> Option<Pair> {
    in_list(&[("不足", "below"), ("超过", "above")], text)
}

/// A unit of time that stands without a number.
fn unit_of_time(text: &str) -> Option<Pair> {
    let place = DURATIONS.iter().position(|(spellings, ..)| spellings.contains(&text))?;
    [("日", "days"), ("工作日", "workdays"), ("月", "months"), ("年", "years")].get(place).copied()
}

fn in_list(list: &[Pair], text: &str) -> Option<Pair> {
    list.iter().find(|(zh, en)| *zh == text || *en == text).copied()
}

fn type_name(text: &str) -> Option<Pair> {
    in_list(&TYPE_NAMES, text)
}

fn built_in_name(text: &str) -> Option<Pair> {
    BUILT_IN_NAMES.iter().find(|(zh, en, ..)| *zh == text || *en == text).map(|(zh, en, ..)| (*zh, *en))
}

fn function(text: &str) -> Option<Pair> {
    BUILT_IN_FUNCTIONS.iter().find(|(zh, en, ..)| *zh == text || *en == text).map(|(zh, en, ..)| (*zh, *en))
}

/// A sign in its one spelling.
fn sign(text: &str) -> Cow<'_, str> {
    let text = all_half_width(text);
    match &*text {
        "≤" => Cow::Borrowed("<="),
        "≥" => Cow::Borrowed(">="),
        "≠" => Cow::Borrowed("!="),
        "*" => Cow::Borrowed("×"),
        "/" => Cow::Borrowed("÷"),
        _ => text,
    }
}

fn single_spaces(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_whitespace) {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text)
    }
}
