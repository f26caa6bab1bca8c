use std::sync::Arc;

use super::versions::Versions;
use crate::diagnostic::Lang;
use crate::source::{Citation, Span};
use crate::typed::Cells;
use crate::value::{DurationUnit, EnumId, Number, RoundingMode, UnitId, Value};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(u32);

        impl $name {
            /// The id of the item at `index`; the limit on declarations keeps indices small.
            #[must_use]
            pub fn new(index: usize) -> Self {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The place in its table.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A citable rule by its place in [`Program::rules`](super::Program::rules).
    RuleId
}
id! {
    /// A fact by its slot.
    FactId
}
id! {
    /// A definition by its slot.
    DefineId
}

/// A text in one or both languages, as declared.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Titles {
    /// Chinese.
    pub zh: Option<Arc<str>>,
    /// English.
    pub en: Option<Arc<str>>,
}

impl From<crate::syntax::Label> for Titles {
    fn from(label: crate::syntax::Label) -> Self {
        Titles { zh: label.zh, en: label.en }
    }
}

impl Titles {
    /// Whether neither language has a text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// The text in `lang`, or in the other language when only that was declared.
    #[must_use]
    pub fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Chinese => self.zh.as_deref().or(self.en.as_deref()),
            Lang::English => self.en.as_deref().or(self.zh.as_deref()),
        }
    }
}

/// What a rule is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RuleKind {
    /// 违法行为.
    Violation,
    /// A tier of a violation.
    Tier,
    /// 对…: what a violation threatens some kinds of party with.
    Target,
    /// 免罚清单.
    LeniencyList,
    /// An item of a list.
    Exemption,
    /// 裁量基准.
    Benchmark,
    /// A named step of a benchmark.
    Step,
    /// A factor of weights.
    Factor,
    /// 情节.
    Circumstance,
    /// 信用.
    Credit,
    /// A tier of a credit rule.
    CreditTier,
    /// 阻却.
    Bar,
    /// 移送.
    Referral,
    /// A ground of a referral.
    ReferralGround,
    /// 程序.
    Procedure,
    /// 措施.
    Measure,
    /// 原则.
    Principle,
    /// 工作日历.
    Calendar,
    /// 法规.
    Instrument,
    /// 定义.
    Define,
    /// 表.
    Table,
    /// The presumption of a fact.
    Presumption,
    /// The norm that states the amount of a fine.
    FineElsewhere,
}

pub use crate::resolved::{InForce, Status};

/// A rule that can be cited: what it is, where it comes from, how far it can be relied on.
#[derive(Clone, PartialEq, Debug)]
pub struct Rule {
    /// What it is.
    pub kind: RuleKind,
    /// Name in rule text; for an item or tier, of the rule it belongs to.
    pub name: Arc<str>,
    /// Label in each language.
    pub label: Titles,
    /// Legal basis.
    pub basis: Vec<Citation>,
    /// The duty breached, on a violation.
    pub breaches: Vec<Citation>,
    /// Reliability.
    pub status: Status,
    /// A note for the explanation.
    pub note: Option<Titles>,
    /// When it is in force; `None` when it has no time of its own.
    pub in_force: Option<InForce>,
    /// The rule it belongs to.
    pub parent: Option<RuleId>,
    /// Where it stands.
    pub span: Span,
}

/// A law, regulation or document.
#[derive(Clone, PartialEq, Debug)]
pub struct Instrument {
    /// Its rule entry.
    pub rule: RuleId,
    /// Short name.
    pub name: Arc<str>,
    /// Label: how it is cited in each language.
    pub label: Titles,
    /// Full title.
    pub title: Option<Titles>,
    /// Document number.
    pub number: Option<Titles>,
    /// Level word as declared, such as `法律`.
    pub level: Option<Arc<str>>,
    /// Area.
    pub area: Option<Arc<str>>,
    /// When it is in force.
    pub in_force: Option<InForce>,
    /// Whether 以上 includes the number; `None` when not declared.
    pub above_included: Option<bool>,
    /// Whether 以下 includes the number; `None` when not declared.
    pub below_included: Option<bool>,
    /// Rounding of amounts: mode and step in yuan.
    pub rounding: Option<(RoundingMode, Number)>,
}

/// What values a fact takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FactType {
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A ratio.
    Percent,
    /// An amount.
    Money,
    /// A quantity, asked for in this unit.
    Quantity(UnitId),
    /// A day.
    Date,
    /// A duration.
    Duration(DurationUnit),
    /// A member of a type.
    Enum(EnumId),
    /// A text; only in records.
    Text,
    /// A provision; only in records.
    Provision,
    /// Records, with the fields of the fact.
    Records,
}

/// A field of the records that a fact holds.
#[derive(Clone, PartialEq, Debug)]
pub struct FactField {
    /// Name in rule text and cases.
    pub name: Arc<str>,
    /// Label in each language.
    pub label: Titles,
    /// What values it takes.
    pub kind: FactType,
}

/// A fact a case may give.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// Name in rule text and cases.
    pub name: Arc<str>,
    /// Label in each language.
    pub label: Titles,
    /// What values it takes.
    pub kind: FactType,
    /// The fields of its records, when it holds records.
    pub fields: Vec<FactField>,
    /// Bounds its value must keep to.
    pub bounds: Option<Cells>,
    /// The question put to the officer.
    pub question: Option<Titles>,
    /// The evidence it rests on.
    pub evidence: Option<Titles>,
    /// The value taken when a case is silent, and the rule that says so; one for each version, if that presumes anything.
    pub presumptions: Versions<Option<(Value, RuleId)>>,
    /// Whether a case may say that there is none.
    pub may_be_absent: bool,
    /// Whether it is known only after the decision, and so can be no reason for it.
    pub known_after_decision: bool,
    /// Where it is declared.
    pub span: Span,
}

impl Fact {
    /// Whether some version takes a value when a case is silent.
    #[must_use]
    pub fn is_ever_presumed(&self) -> bool {
        self.presumptions.all().any(|presumption| presumption.is_some())
    }
}
