use std::cmp::Ordering;
use std::sync::Arc;

/// What a part of a citation counts, from large to small.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum LocatorKind {
    /// 附件, annex.
    Annex,
    /// 表, table.
    Table,
    /// 编, book.
    Book,
    /// 分编, part.
    Part,
    /// 章, chapter.
    Chapter,
    /// 节, section.
    Section,
    /// 条, article.
    Article,
    /// 款, paragraph.
    Paragraph,
    /// 项, item.
    Item,
    /// 目, subitem.
    Subitem,
}

impl LocatorKind {
    /// All kinds, in the order of size.
    pub const ALL: [LocatorKind; 10] = [
        LocatorKind::Annex,
        LocatorKind::Table,
        LocatorKind::Book,
        LocatorKind::Part,
        LocatorKind::Chapter,
        LocatorKind::Section,
        LocatorKind::Article,
        LocatorKind::Paragraph,
        LocatorKind::Item,
        LocatorKind::Subitem,
    ];

    /// The English word, such as `art.`.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            LocatorKind::Article => "art.",
            LocatorKind::Paragraph => "para.",
            LocatorKind::Item => "item",
            LocatorKind::Subitem => "subitem",
            LocatorKind::Book => "book",
            LocatorKind::Part => "part",
            LocatorKind::Chapter => "ch.",
            LocatorKind::Section => "sec.",
            LocatorKind::Annex => "annex",
            LocatorKind::Table => "table",
        }
    }

    /// The Chinese word, such as 条.
    #[must_use]
    pub const fn chinese(self) -> &'static str {
        match self {
            LocatorKind::Article => "条",
            LocatorKind::Paragraph => "款",
            LocatorKind::Item => "项",
            LocatorKind::Subitem => "目",
            LocatorKind::Book => "编",
            LocatorKind::Part => "分编",
            LocatorKind::Chapter => "章",
            LocatorKind::Section => "节",
            LocatorKind::Annex => "附件",
            LocatorKind::Table => "表",
        }
    }
}

/// One part of a locator, such as 第83条. Numbers stay text: tables are numbered `2.7.1`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct LocatorPart {
    /// What is counted.
    pub kind: LocatorKind,
    /// The number in Arabic digits, with dots where the source has them.
    pub number: String,
    /// Which of the articles put in after it, such as the one of 第133条之一.
    pub inserted: Option<String>,
}

impl LocatorPart {
    /// As Chinese officers write it: `第83条`, `第133条之一`, `表2.7.1`.
    #[must_use]
    pub fn chinese(&self) -> String {
        let (word, number) = (self.kind.chinese(), &self.number);
        match (self.kind, &self.inserted) {
            (LocatorKind::Annex | LocatorKind::Table, _) => format!("{word}{number}"),
            (_, None) => format!("第{number}{word}"),
            (_, Some(inserted)) => format!("第{number}{word}之{}", chinese_digits(inserted)),
        }
    }

    /// The number in English: `83`, `133-1`.
    #[must_use]
    pub fn number(&self) -> String {
        self.inserted.as_ref().map_or_else(|| self.number.clone(), |inserted| format!("{}-{inserted}", self.number))
    }
}

/// By kind, then by number as a number: article 9 comes before article 10, table 2.9 before table 2.10.
impl Ord for LocatorPart {
    fn cmp(&self, other: &Self) -> Ordering {
        self.kind.cmp(&other.kind).then_with(|| compare_numbers(&self.number, &other.number)).then_with(|| {
            match (&self.inserted, &other.inserted) {
                (Some(one), Some(two)) => compare_numbers(one, two),
                (one, two) => one.is_some().cmp(&two.is_some()),
            }
        })
    }
}

impl PartialOrd for LocatorPart {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Numbers with dots, segment by segment. Those that are equal as numbers are told apart by their text.
fn compare_numbers(one: &str, other: &str) -> Ordering {
    fn segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
        text.split('.').map(|digits| digits.trim_start_matches('0')).map(|digits| (digits.len(), digits))
    }
    segments(one).cmp(segments(other)).then_with(|| one.cmp(other))
}

/// Small numbers as they stand in 第133条之一; larger ones in digits.
fn chinese_digits(number: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let Some(value) = number.parse::<usize>().ok().filter(|value| (1..100).contains(value)) else {
        return number.to_owned();
    };
    let digit = |place: usize| DIGITS.get(place).copied().unwrap_or_default();
    match (value / 10, value % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

/// A way into an instrument, from large to small: article, paragraph, item; or all places from one to another.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Locator {
    /// The parts in the order written.
    pub parts: Vec<LocatorPart>,
    /// The last of several places, which follow each other: of the kind of the last part.
    pub through: Option<LocatorPart>,
}

impl Locator {
    /// As Chinese officers write it: `第83条第2项`, `附件1表2.7.1`, `第79条至第81条`.
    #[must_use]
    pub fn chinese(&self) -> String {
        let places: String = self.parts.iter().map(LocatorPart::chinese).collect();
        self.through.as_ref().map_or_else(|| places.clone(), |last| format!("{places}至{}", last.chinese()))
    }

    /// The parts from large to small, with the only paragraph of an article where an item is named without one. Articles
    /// are numbered through the whole instrument, so the chapter an article stands in adds nothing.
    #[must_use]
    pub fn in_full(&self) -> Vec<LocatorPart> {
        let mut parts = self.parts.clone();
        let has = |kind| self.parts.iter().any(|part: &LocatorPart| part.kind == kind);
        if has(LocatorKind::Article) {
            parts.retain(|part| !(LocatorKind::Book..=LocatorKind::Section).contains(&part.kind));
        }
        if has(LocatorKind::Article) && has(LocatorKind::Item) && !has(LocatorKind::Paragraph) {
            parts.push(LocatorPart { kind: LocatorKind::Paragraph, number: "1".to_owned(), inserted: None });
        }
        parts.sort_by_key(|part| part.kind);
        parts
    }

    /// In English: `art. 83 item 2`, `art. 79 to 81`.
    #[must_use]
    pub fn english(&self) -> String {
        let parts = self.parts.iter().map(|part| format!("{} {}", part.kind.english(), part.number()));
        let places = parts.collect::<Vec<_>>().join(" ");
        self.through.as_ref().map_or_else(|| places.clone(), |last| format!("{places} to {}", last.number()))
    }
}

/// 条款: one place in an instrument, as rules and cases compare it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Provision {
    /// Short name as written between 《》.
    pub instrument: Arc<str>,
    /// The place; no parts when the whole instrument is meant.
    pub place: Locator,
}

impl Provision {
    /// Whether both are one provision. `None` when it cannot be said, because one names less than the other: article 83
    /// alone may be its item 2 or another.
    ///
    /// An item named without a paragraph is in the only one of its article, so 第83条第2项 is 第83条第1款第2项.
    #[must_use]
    pub fn is_same(&self, other: &Provision) -> Option<bool> {
        if self.instrument != other.instrument {
            return Some(false);
        }
        let (one, two) = (self.place.in_full(), other.place.in_full());
        if self.place.through.is_some() || other.place.through.is_some() {
            // Several articles name less than one.
            return None;
        }
        if one == two {
            return Some(true);
        }
        let (short, long) = if one.len() < two.len() { (&one, &two) } else { (&two, &one) };
        if short.len() < long.len() && short.iter().all(|part| long.contains(part)) { None } else { Some(false) }
    }

    /// As a citation.
    #[must_use]
    pub fn citation(&self) -> Citation {
        let locators = if self.place.parts.is_empty() { Vec::new() } else { vec![self.place.clone()] };
        Citation { instrument: Arc::clone(&self.instrument), locators }
    }
}

/// An instrument, by the short name its declaration gives, and the places in it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Citation {
    /// Short name as written between 《》.
    pub instrument: Arc<str>,
    /// Places; empty when the whole instrument is cited.
    pub locators: Vec<Locator>,
}

impl Citation {
    /// Every place it names as a provision of its own.
    pub fn provisions(&self) -> impl Iterator<Item = Provision> {
        let whole = self.locators.is_empty().then(Locator::default);
        self.locators
            .iter()
            .cloned()
            .chain(whole)
            .map(|place| Provision { instrument: Arc::clone(&self.instrument), place })
    }

    /// `《水污染防治法》第83条第2项`.
    #[must_use]
    pub fn chinese(&self) -> String {
        let places = self.locators.iter().map(Locator::chinese).collect::<Vec<_>>().join("、");
        format!("《{}》{places}", self.instrument)
    }

    /// `《水污染防治法》 art. 83 item 2`, or with `title` in place of the Chinese short name.
    #[must_use]
    pub fn english(&self, title: Option<&str>) -> String {
        let places = self.locators.iter().map(Locator::english).collect::<Vec<_>>().join(", ");
        let name = title.map_or_else(|| format!("《{}》", self.instrument), str::to_owned);
        if places.is_empty() { name } else { format!("{name}, {places}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(parts: &[(LocatorKind, &str)]) -> Provision {
        let parts = parts.iter().map(|(kind, number)| LocatorPart {
            kind: *kind,
            number: (*number).to_owned(),
            inserted: None,
        });
        Provision { instrument: "水污染防治法".into(), place: Locator { parts: parts.collect(), through: None } }
    }

    #[test]
    fn an_item_without_a_paragraph_is_in_the_first_and_an_article_alone_settles_nothing() {
        use LocatorKind::{Article, Item, Paragraph};
        let item = place(&[(Article, "83"), (Item, "2")]);
        let in_full = place(&[(Article, "83"), (Paragraph, "1"), (Item, "2")]);
        let second_paragraph = place(&[(Article, "83"), (Paragraph, "2"), (Item, "2")]);
        let article = place(&[(Article, "83")]);
        let other = place(&[(Article, "84"), (Item, "2")]);
        assert_eq!(item.is_same(&in_full), Some(true));
        assert_eq!(item.is_same(&second_paragraph), Some(false));
        assert_eq!(item.is_same(&article), None);
        assert_eq!(article.is_same(&item), None);
        assert_eq!(item.is_same(&place(&[])), None);
        assert_eq!(article.is_same(&article), Some(true));
        assert_eq!(item.is_same(&other), Some(false));
        assert_eq!(other.is_same(&article), Some(false));
    }

    #[test]
    fn places_compare_as_numbers_and_not_as_text() {
        let part = |kind, number: &str, inserted: Option<&str>| LocatorPart {
            kind,
            number: number.to_owned(),
            inserted: inserted.map(str::to_owned),
        };
        let ascending = [
            part(LocatorKind::Table, "2.9", None),
            part(LocatorKind::Table, "2.10", None),
            part(LocatorKind::Table, "2.10.1", None),
            part(LocatorKind::Section, "11", None),
            part(LocatorKind::Article, "9", None),
            part(LocatorKind::Article, "10", None),
            part(LocatorKind::Article, "133", None),
            part(LocatorKind::Article, "133", Some("1")),
            part(LocatorKind::Article, "133", Some("2")),
            part(LocatorKind::Article, "133", Some("10")),
            part(LocatorKind::Article, "134", None),
            part(LocatorKind::Paragraph, "1", None),
            part(LocatorKind::Item, "2", None),
            part(LocatorKind::Subitem, "1", None),
        ];
        let mut sorted: Vec<LocatorPart> = ascending.iter().rev().cloned().collect();
        sorted.sort();
        assert_eq!(sorted, ascending);
        assert_eq!(part(LocatorKind::Article, "133", Some("12")).chinese(), "第133条之十二");
        assert_eq!(part(LocatorKind::Article, "133", Some("30")).chinese(), "第133条之三十");
    }
}
