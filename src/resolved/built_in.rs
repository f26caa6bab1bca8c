//! Names that need no declaration. What type each has, `typed` knows.

/// A name that needs no declaration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BuiltInName {
    /// Lower end of the statutory range.
    StatutoryMin,
    /// Upper end of the statutory range.
    StatutoryMax,
    /// The fine as it stands.
    Fine,
    /// First day of the act.
    ActBegan,
    /// Last day of the act.
    ActEnded,
    /// Day of discovery.
    Discovered,
    /// Day of the decision.
    Decided,
    /// Whether the party is a unit.
    PartyIsUnit,
    /// Whether the party is a responsible person of a unit.
    PartyIsResponsible,
    /// Whether the unit is penalised for the same act.
    UnitPenalised,
    /// The party's credit grade.
    CreditGrade,
    /// The party's credit points.
    CreditPoints,
    /// The day as of which credit points count.
    ScoredOn,
    /// Lower end of the discretion tier that the benchmark found.
    BandMin,
    /// Upper end of the discretion tier that the benchmark found.
    BandMax,
    /// The fines of the party in this decision, added up.
    TotalFine,
    /// The money confiscated from the party in this decision, added up.
    TotalConfiscated,
    /// The provisions that the violation at hand rests on.
    ThisClause,
}

/// Chinese name, English name, meaning, and what it is in both languages.
pub const BUILT_IN_NAMES: &[(&str, &str, BuiltInName, &str, &str)] = &[
    ("法定最低", "statutory_min", BuiltInName::StatutoryMin, "法定幅度的下限", "lower end of the statutory range"),
    ("法定最高", "statutory_max", BuiltInName::StatutoryMax, "法定幅度的上限", "upper end of the statutory range"),
    ("档次最低", "band_min", BuiltInName::BandMin, "裁量档次的下限", "lower end of the discretion tier"),
    ("档次最高", "band_max", BuiltInName::BandMax, "裁量档次的上限", "upper end of the discretion tier"),
    ("罚款", "fine", BuiltInName::Fine, "当前的罚款数额", "the fine as it stands"),
    (
        "罚款合计",
        "total_fine",
        BuiltInName::TotalFine,
        "本案对当事人的罚款合计",
        "the party's fines in this decision, added up",
    ),
    (
        "没收合计",
        "total_confiscated",
        BuiltInName::TotalConfiscated,
        "本案没收当事人的款项合计",
        "the money confiscated from the party in this decision, added up",
    ),
    ("行为开始日", "act_began_on", BuiltInName::ActBegan, "违法行为开始之日", "first day of the act"),
    ("行为终了日", "act_ended_on", BuiltInName::ActEnded, "违法行为终了之日", "last day of the act"),
    ("发现日", "discovered_on", BuiltInName::Discovered, "违法行为被发现之日", "day the act was discovered"),
    ("决定日", "decided_on", BuiltInName::Decided, "作出处罚决定之日", "day of the decision"),
    (
        "当事人是单位",
        "party_is_unit",
        BuiltInName::PartyIsUnit,
        "当事人是单位而不是个人",
        "the party is a unit, not an individual",
    ),
    (
        "当事人是责任人员",
        "party_is_responsible",
        BuiltInName::PartyIsResponsible,
        "当事人是单位的责任人员",
        "the party is a responsible person of a unit",
    ),
    (
        "单位受罚",
        "unit_penalised",
        BuiltInName::UnitPenalised,
        "单位因同一行为受到处罚",
        "the unit is penalised for the same act",
    ),
    ("信用等级", "credit_grade", BuiltInName::CreditGrade, "当事人的信用等级", "the party's credit grade"),
    ("信用分", "credit_points", BuiltInName::CreditPoints, "当事人的信用积分", "the party's credit points"),
    ("计分日", "scored_on", BuiltInName::ScoredOn, "计算信用积分所至之日", "the day as of which credit points count"),
    (
        "本条款",
        "this_clause",
        BuiltInName::ThisClause,
        "本违法行为所依据的条款",
        "the provision that the violation at hand rests on",
    ),
];

/// Whether a name is built in.
#[must_use]
pub fn is_built_in(name: &str) -> bool {
    built_in_name(name).is_some()
}

/// What a built-in name means.
#[must_use]
pub fn built_in_name(name: &str) -> Option<BuiltInName> {
    BUILT_IN_NAMES.iter().find(|(zh, en, ..)| *zh == name || *en == name).map(|(_, _, meaning, ..)| *meaning)
}

impl BuiltInName {
    /// Its Chinese and its English name, as rule text writes them.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        BUILT_IN_NAMES
            .iter()
            .find(|(_, _, meaning, ..)| *meaning == self)
            .map_or_else(Default::default, |(zh, en, ..)| (*zh, *en))
    }
}
