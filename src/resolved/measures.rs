//! Measures: what kind each is, and what an article fixes of it.

use std::fmt::Debug;

use super::{Head, Label, Phase, Stated};
use crate::source::Span;
use crate::syntax::ChoiceMode;

/// What a measure is in law. The order is that of a recommendation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MeasureClass {
    /// 责令改正: an order to put things right, which is no penalty (行政处罚法 Art. 28).
    Correction,
    /// 行政处罚: a penalty of one of the kinds of 行政处罚法 Art. 9.
    Penalty,
    /// 行政强制: a coercive measure or the enforcement of a duty (行政强制法 Arts. 9, 12).
    Coercion,
    /// 移送、报请: a case or a request handed to another body, which decides.
    Referral,
    /// 记录、公开: what is recorded or published.
    Record,
    /// 教育.
    Education,
    /// 监督管理: how the party is supervised from now on. It never changes the penalty.
    Supervision,
    /// 民事责任: what is owed to others, whatever the penalty.
    Civil,
    /// 其他行政措施: quotas, markets, charges.
    Other,
}

macro_rules! measure_kinds {
    ($($(#[$doc:meta])* $variant:ident $zh:literal $en:literal $class:ident,)*) => {
        /// The kind of a measure.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum MeasureKind { $($(#[$doc])* $variant,)* }

        impl MeasureKind {
            /// What it is in law.
            #[must_use]
            pub const fn class(self) -> MeasureClass {
                match self { $(MeasureKind::$variant => MeasureClass::$class,)* }
            }

            /// Its Chinese and its English word, as rule text writes them.
            #[must_use]
            pub const fn words(self) -> (&'static str, &'static str) {
                match self { $(MeasureKind::$variant => ($zh, $en),)* }
            }
        }

        /// The words for what a condition may ask of the measures of a result.
        pub(super) const KIND_ASKED: super::words::Words<KindAsked> =
            &[("行政处罚", "any_penalty", KindAsked::AnyPenalty), $(($zh, $en, KindAsked::Kind(MeasureKind::$variant))),*];

        /// The words for kinds of measures.
        pub(super) const MEASURE_KIND: super::words::Words<MeasureKind> =
            &[$(($zh, $en, MeasureKind::$variant)),*];
    };
}

/// Which measures of a result a condition asks about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KindAsked {
    /// Those of one kind.
    Kind(MeasureKind),
    /// Penalties of any kind (行政处罚法 Art. 9).
    AnyPenalty,
}

impl KindAsked {
    /// Whether a measure of this kind is among them.
    #[must_use]
    pub fn includes(self, kind: MeasureKind) -> bool {
        match self {
            KindAsked::Kind(asked) => asked == kind,
            KindAsked::AnyPenalty => kind.class() == MeasureClass::Penalty,
        }
    }

    /// Its Chinese and its English word, as rule text writes them.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            KindAsked::Kind(kind) => kind.words(),
            KindAsked::AnyPenalty => ("行政处罚", "any_penalty"),
        }
    }
}

measure_kinds! {
    /// An order to correct, restore, remove and the like.
    Order "责令" "order" Correction,
    /// A warning.
    Warning "警告" "warning" Penalty,
    /// Criticism made public.
    PublicCriticism "通报批评" "public_criticism" Penalty,
    /// Gains or things taken.
    Confiscation "没收" "confiscation" Penalty,
    /// A licence touched in a way that the label says.
    Licence "许可证" "licence" Penalty,
    /// A licence held back for a time.
    LicenceSuspended "暂扣许可证" "licence_suspended" Penalty,
    /// A lower grade of qualification.
    QualificationLowered "降低资质等级" "qualification_lowered" Penalty,
    /// A licence revoked.
    LicenceRevoked "吊销许可证" "licence_revoked" Penalty,
    /// The business licence revoked, which no local regulation can provide for (行政处罚法 Art. 12).
    BusinessLicenceRevoked "吊销营业执照" "business_licence_revoked" Penalty,
    /// Production limited.
    ProductionLimited "限制生产" "production_limited" Penalty,
    /// Production halted, business suspended.
    BusinessSuspended "停产停业" "business_suspended" Penalty,
    /// A business closed.
    Closure "关闭" "closure" Penalty,
    /// A ban from an activity or a profession.
    Ban "禁止" "ban" Penalty,
    /// Administrative detention, on which the police decide.
    Detention "行政拘留" "detention" Penalty,
    /// The daily consecutive penalty.
    DailyPenalty "按日连续处罚" "daily_penalty" Penalty,
    /// What is added to a sum that is not paid in time.
    Surcharge "加处罚款" "surcharge" Coercion,
    /// Sealing and seizure.
    Seizure "查封扣押" "seizure" Coercion,
    /// Others perform the duty at the party's cost.
    SubstitutePerformance "代履行" "substitute_performance" Coercion,
    /// A building or installation removed by force.
    ForcedRemoval "强制拆除" "forced_removal" Coercion,
    /// A case handed to another body.
    Transfer "移送" "transfer" Referral,
    /// A request to a body with the power to decide.
    Request "报请" "request" Referral,
    /// Discipline by the body that appoints.
    StaffDiscipline "处分" "staff_discipline" Referral,
    /// What is made public.
    Publication "公开" "publication" Record,
    /// An entry in the credit record.
    CreditRecord "信用记录" "credit_record" Record,
    /// More, fewer or other inspections.
    Inspection "监督检查" "inspection" Supervision,
    /// Entry to and removal from the positive list.
    PositiveList "正面清单" "positive_list" Supervision,
    /// Education of the party.
    Education "教育" "education" Education,
    /// What is owed to others.
    CivilLiability "民事责任" "civil_liability" Civil,
    /// A licence obtained by fraud taken back: not a penalty.
    LicenceWithdrawn "撤销许可证" "licence_withdrawn" Other,
    /// Applications not accepted for a time.
    ApplicationRefused "不予受理申请" "application_refused" Other,
    /// A quota cut.
    Quota "核减配额" "quota" Other,
    /// Trading suspended, allowances cancelled.
    Market "市场措施" "market" Other,
    /// A levy or charge.
    Charge "费用" "charge" Other,
    /// What is set off against another sanction.
    SetOff "折抵" "set_off" Other,
    /// Anything else.
    Other "其他" "other" Other,
}

/// 措施.
#[derive(Clone, Debug)]
pub struct Measure<P: Phase> {
    /// Head.
    pub head: Head,
    /// Kind; unknown when the word was reported.
    pub kind: Option<MeasureKind>,
    /// When it applies of itself, not called by another rule.
    pub when: Option<P::Expr>,
    /// What it says.
    pub states: Vec<Stated<P>>,
    /// Unit, individual, and where it says so.
    pub subjects: Option<(bool, bool, Span)>,
    /// What holds wherever it is brought, unless the place says otherwise.
    pub terms: MeasureTerms<P>,
    /// How a daily penalty counts.
    pub daily: DailyRules<P>,
    /// How a surcharge counts.
    pub surcharge: SurchargeRules<P>,
}

/// What an article fixes of a measure.
#[derive(Clone, Debug)]
pub struct MeasureTerms<P: Phase> {
    /// Who approves.
    pub approval: Option<Label>,
    /// Who decides, when it is another body.
    pub decided_by: Option<Label>,
    /// Who is told.
    pub informed: Option<Label>,
    /// What takes its place when it cannot be performed, by its place in the table of measures.
    pub otherwise: Option<usize>,
    /// How long.
    pub term: Option<Term<P>>,
    /// How much.
    pub extent: Option<Extent<P>>,
}

impl<P: Phase> Default for MeasureTerms<P> {
    fn default() -> Self {
        MeasureTerms { approval: None, decided_by: None, informed: None, otherwise: None, term: None, extent: None }
    }
}

/// How long a measure lasts, or by when it must be performed.
#[derive(Clone, Debug)]
pub struct Term<P: Phase> {
    /// By when an order must be performed, not how long a measure lasts.
    pub deadline: bool,
    /// Lower end of a range.
    pub low: Option<P::Expr>,
    /// The length, or the upper end.
    pub high: TermEnd<P>,
    /// `up to` stands before it.
    pub up_to: bool,
    /// From when, where the article says so.
    pub from: Option<Label>,
    /// Where.
    pub span: Span,
}

/// The upper end of a term.
#[derive(Clone, Debug)]
pub enum TermEnd<P: Phase> {
    /// A length.
    At(P::Expr),
    /// 终身.
    Life,
    /// 不定.
    Unspecified,
}

/// How much a measure takes.
#[derive(Clone, Debug)]
pub struct Extent<P: Phase> {
    /// A sum of money, not a quantity.
    pub money: bool,
    /// Lower end; absent for `up to`.
    pub low: Option<P::Expr>,
    /// The figure, or the upper end.
    pub high: P::Expr,
    /// Where.
    pub span: Span,
}

/// How a daily penalty counts.
#[derive(Clone, Debug)]
pub struct DailyRules<P: Phase> {
    /// The time for the re-inspection, from service of the order.
    pub recheck_within: Option<P::Expr>,
    /// Whether a refused re-inspection counts as going on; `None` when the law does not say.
    pub refusal_counts: Option<bool>,
}

impl<P: Phase> Default for DailyRules<P> {
    fn default() -> Self {
        DailyRules { recheck_within: None, refusal_counts: None }
    }
}

/// How a surcharge counts.
#[derive(Clone, Debug)]
pub struct SurchargeRules<P: Phase> {
    /// What each day adds, as a share of the sum due.
    pub rate: Option<P::Expr>,
    /// The most it can come to, as a share of the sum due.
    pub cap: Option<P::Expr>,
    /// Whether the last day for payment itself counts.
    pub due_day_counts: bool,
}

impl<P: Phase> Default for SurchargeRules<P> {
    fn default() -> Self {
        SurchargeRules { rate: None, cap: None, due_day_counts: false }
    }
}

/// A measure that a rule brings.
#[derive(Clone, Debug)]
pub struct MeasureUse<P: Phase> {
    /// The measure by its place in the table of measures.
    pub measure: usize,
    /// What the rule fixes of it.
    pub terms: MeasureTerms<P>,
}

/// Measures of a consequence.
#[derive(Clone, Debug)]
pub struct MeasureGroup<P: Phase> {
    /// The measures: one, or several to choose from.
    pub measures: Vec<MeasureUse<P>>,
    /// How many of several.
    pub mode: ChoiceMode,
    /// Left to the officer.
    pub may: bool,
    /// Where.
    pub span: Span,
}
