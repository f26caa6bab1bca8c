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

    /// In English: `art. 83 item 2`.
    #[must_use]
    pub fn english(&self) -> String {
        self.parts.iter().map(|part| format!("{} {}", part.kind.english(), part.number)).collect::<Vec<_>>().join(" ")
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
