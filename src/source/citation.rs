use std::sync::Arc;

/// What a part of a citation counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum LocatorKind {
    /// 条, article.
    Article,
    /// 款, paragraph.
    Paragraph,
    /// 项, item.
    Item,
    /// 章, chapter.
    Chapter,
    /// 附件, annex.
    Annex,
    /// 表, table.
    Table,
}

impl LocatorKind {
    /// All kinds, in the order of size.
    pub const ALL: [LocatorKind; 6] = [
        LocatorKind::Annex,
        LocatorKind::Table,
        LocatorKind::Chapter,
        LocatorKind::Article,
        LocatorKind::Paragraph,
        LocatorKind::Item,
    ];

    /// The English word, such as `art.`.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            LocatorKind::Article => "art.",
            LocatorKind::Paragraph => "para.",
            LocatorKind::Item => "item",
            LocatorKind::Chapter => "ch.",
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
            LocatorKind::Chapter => "章",
            LocatorKind::Annex => "附件",
            LocatorKind::Table => "表",
        }
    }
}

/// One part of a locator, such as 第83条. Numbers stay text: tables are numbered `2.7.1`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct LocatorPart {
    /// What is counted.
    pub kind: LocatorKind,
    /// The number in Arabic digits, with dots where the source has them.
    pub number: String,
}

/// A way into an instrument, from large to small: article, paragraph, item.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Locator {
    /// The parts in the order written.
    pub parts: Vec<LocatorPart>,
}

impl Locator {
    /// As Chinese officers write it: `第83条第2项`, `附件1表2.7.1`.
    #[must_use]
    pub fn chinese(&self) -> String {
        self.parts
            .iter()
            .map(|part| match part.kind {
                LocatorKind::Annex | LocatorKind::Table => {
                    format!("{}{}", part.kind.chinese(), part.number)
                }
                LocatorKind::Article | LocatorKind::Paragraph | LocatorKind::Item | LocatorKind::Chapter => {
                    format!("第{}{}", part.number, part.kind.chinese())
                }
            })
            .collect()
    }

    /// The parts from large to small, with the only paragraph of an article where an item is named without one.
    #[must_use]
    pub fn in_full(&self) -> Vec<LocatorPart> {
        let rank = |kind: LocatorKind| LocatorKind::ALL.iter().position(|each| *each == kind);
        let mut parts = self.parts.clone();
        let has = |kind| parts.iter().any(|part: &LocatorPart| part.kind == kind);
        if has(LocatorKind::Article) && has(LocatorKind::Item) && !has(LocatorKind::Paragraph) {
            parts.push(LocatorPart { kind: LocatorKind::Paragraph, number: "1".to_owned() });
        }
        parts.sort_by_key(|part| rank(part.kind));
        parts
    }

    /// In English: `art. 83 item 2`.
    #[must_use]
    pub fn english(&self) -> String {
        self.parts.iter().map(|part| format!("{} {}", part.kind.english(), part.number)).collect::<Vec<_>>().join(" ")
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
        let parts = parts.iter().map(|(kind, number)| LocatorPart { kind: *kind, number: (*number).to_owned() });
        Provision { instrument: "水污染防治法".into(), place: Locator { parts: parts.collect() } }
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
}
