//! How norms that one act breaks stand to each other: level, special and general, what gives way to what.

use std::sync::Arc;

use super::covers::is_stem;
use super::measures::{MeasureClass, MeasureKind};

/// The level of an instrument.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Level {
    /// 法律.
    Law,
    /// 行政法规.
    AdministrativeRegulation,
    /// 地方性法规.
    LocalRegulation,
    /// 部门规章.
    DepartmentalRule,
    /// 地方政府规章.
    LocalGovernmentRule,
    /// 规范性文件: it may narrow discretion, and creates no penalty.
    NormativeDocument,
    /// 司法解释.
    JudicialInterpretation,
}

impl Level {
    /// How one level stands to another (立法法 Arts. 99–106): `Less` is lower; `None` when the law gives no order between them
    /// and the conflict is referred up, as between a local regulation and a departmental rule.
    #[must_use]
    pub fn against(self, other: Level) -> Option<std::cmp::Ordering> {
        use Level::{DepartmentalRule, LocalGovernmentRule, LocalRegulation};
        match (self, other) {
            (a, b) if a == b => Some(std::cmp::Ordering::Equal),
            (LocalRegulation | LocalGovernmentRule, DepartmentalRule)
            | (DepartmentalRule, LocalRegulation | LocalGovernmentRule) => None,
            (a, b) => Some(b.depth().cmp(&a.depth())),
        }
    }

    /// Whether an instrument of this level may provide for a fine of its own (行政处罚法 Arts. 10–14, 16). How high a fine in a
    /// rule may be is limited by the State Council or the standing committee of a province, and is not looked at.
    #[must_use]
    pub const fn may_fine(self) -> bool {
        !matches!(self, Level::NormativeDocument | Level::JudicialInterpretation)
    }

    /// Whether an instrument of this level may provide for a measure of its own, as far as it is a penalty (行政处罚法 Arts.
    /// 10–14, 16): detention only a law, the loss of the business licence no local regulation; of the measures, a rule may
    /// provide for warnings and public criticism only, and a normative document for no penalty.
    #[must_use]
    pub fn may_bring(self, kind: MeasureKind) -> bool {
        if kind.class() != MeasureClass::Penalty {
            return true;
        }
        match self {
            Level::Law => true,
            Level::AdministrativeRegulation => kind != MeasureKind::Detention,
            Level::LocalRegulation => !matches!(kind, MeasureKind::Detention | MeasureKind::BusinessLicenceRevoked),
            Level::DepartmentalRule | Level::LocalGovernmentRule => {
                matches!(kind, MeasureKind::Warning | MeasureKind::PublicCriticism)
            }
            Level::NormativeDocument | Level::JudicialInterpretation => false,
        }
    }

    const fn depth(self) -> u8 {
        match self {
            Level::Law => 0,
            Level::AdministrativeRegulation => 1,
            Level::LocalRegulation => 2,
            Level::DepartmentalRule | Level::LocalGovernmentRule => 3,
            Level::NormativeDocument | Level::JudicialInterpretation => 4,
        }
    }
}

/// What a norm gives way to, where it covers the same act.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum YieldsTo {
    /// Norms of an instrument, by its short name.
    Instrument(Arc<str>),
    /// Norms of a level.
    Level(Level),
    /// A violation, or violations whose ids share a stem.
    Violation(Arc<str>),
}

/// How a norm stands to others that one act breaks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NormRelations {
    /// What it gives way to.
    pub yields_to: Vec<YieldsTo>,
    /// Violations, or stems, whose norms rule the same conduct: level, special and later law decide between them.
    pub same_conduct: Vec<Arc<str>>,
    /// Violations, or stems, beside whose norms it is the special one.
    pub special_to: Vec<Arc<str>>,
    /// Whole penalties are compared, and the heavier applies as a whole.
    pub heavier_applies: bool,
}

impl NormRelations {
    /// Whether it says that it rules the same conduct as a violation; a special norm does.
    #[must_use]
    pub fn same_conduct_as(&self, violation: &str) -> bool {
        self.same_conduct.iter().any(|stem| is_stem(stem, violation)) || self.is_special_to(violation)
    }

    /// Whether it says that it is special to a violation's norm.
    #[must_use]
    pub fn is_special_to(&self, violation: &str) -> bool {
        self.special_to.iter().any(|stem| is_stem(stem, violation))
    }
}
