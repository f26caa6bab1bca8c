use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Both {
    pub(super) zh: String,
    pub(super) en: String,
}

#[derive(Serialize)]
pub(super) struct RecommendationJson<'a> {
    pub(super) format_version: u32,
    pub(super) engine: &'static str,
    pub(super) engine_version: &'static str,
    pub(super) language_version: &'static str,
    pub(super) packs: Vec<PackJson<'a>>,
    pub(super) case: &'a str,
    pub(super) area: &'a str,
    pub(super) decided_on: String,
    pub(super) party: &'static str,
    pub(super) currency: &'a str,
    pub(super) determinations: Vec<DeterminationJson<'a>>,
    /// One for each act that several norms cover.
    pub(super) competitions: Vec<CompetitionJson<'a>>,
    pub(super) total: Option<String>,
    pub(super) totals: Vec<TotalJson<'a>>,
    pub(super) not_examined: Both,
}

/// Who is judged; the party of the case has no id.
#[derive(Serialize)]
pub(super) struct PartyJson<'a> {
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct TotalJson<'a> {
    pub(super) party: PartyJson<'a>,
    pub(super) amount: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PackJson<'a> {
    pub(super) name: &'a str,
    pub(super) version: &'a str,
    pub(super) digest: &'a str,
}

#[derive(Serialize)]
pub(super) struct DeterminationJson<'a> {
    pub(super) party: PartyJson<'a>,
    pub(super) act: ActJson<'a>,
    pub(super) violation: ViolationJson<'a>,
    pub(super) standing: StandingJson,
    pub(super) moment: Option<&'static str>,
    #[serde(flatten)]
    pub(super) result: ResultJson,
    pub(super) other: Option<ResultJson>,
    pub(super) trail: Vec<StepJson>,
}

#[derive(Serialize)]
pub(super) struct CompetitionJson<'a> {
    pub(super) act: &'a str,
    pub(super) party: PartyJson<'a>,
    /// Places in `determinations`.
    pub(super) determinations: &'a [usize],
    pub(super) winner: Option<usize>,
    pub(super) compared_by: Option<&'static str>,
    pub(super) principle: Option<RuleJson>,
    /// Where whole penalties were compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) gravest: Vec<GravestJson>,
    pub(super) problems: Vec<ProblemJson>,
}

/// The gravest measures of one norm besides its fine.
#[derive(Serialize)]
pub(super) struct GravestJson {
    /// Place in `determinations`.
    pub(super) determination: usize,
    pub(super) must: Option<RuleJson>,
    pub(super) may: Option<RuleJson>,
}

/// Where a determination stands beside others for the same act.
#[derive(Serialize)]
pub(super) struct StandingJson {
    pub(super) kind: &'static str,
    /// Why it gives way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    /// To which determination, by its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keeps_measures: Option<bool>,
    pub(super) text: Both,
}

#[derive(Serialize)]
pub(super) struct ActJson<'a> {
    pub(super) id: &'a str,
    pub(super) began_on: String,
    pub(super) ended_on: Option<String>,
    pub(super) discovered_on: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ViolationJson<'a> {
    pub(super) id: &'a str,
    pub(super) label: Both,
}

#[derive(Serialize)]
pub(super) struct ResultJson {
    pub(super) version: Option<VersionJson>,
    pub(super) outcome: &'static str,
    pub(super) sentence: Both,
    pub(super) fine: Option<FineJson>,
    /// What would be due if a case that is referred came back. Not to be imposed now.
    pub(super) fine_if_returned: Option<FineJson>,
    pub(super) referrals: Vec<ReferralJson>,
    pub(super) separate_acts: Vec<SeparateActJson>,
    pub(super) measures: Vec<MeasureJson>,
    pub(super) supervision: Vec<SupervisionJson>,
    pub(super) notices: Vec<NoticeJson>,
    pub(super) options: Vec<OptionJson>,
    pub(super) decided_by: Vec<RuleJson>,
    pub(super) unverified: Vec<RuleJson>,
    pub(super) presumed: Vec<PresumedJson>,
    pub(super) facts_to_ask: Vec<QuestionJson>,
    /// Only what measures take, or how long they last, rests on these.
    pub(super) facts_for_measures: Vec<QuestionJson>,
    pub(super) credit_grade_to_ask: bool,
    pub(super) discovery_date_to_ask: bool,
    pub(super) problems: Vec<ProblemJson>,
    pub(super) persons_to_examine: Vec<RuleJson>,
}

#[derive(Serialize)]
pub(super) struct NoticeJson {
    pub(super) if_chosen: Vec<RuleJson>,
    pub(super) rule: RuleJson,
    pub(super) text: Both,
    /// The last day of the time limit, when it can be worked out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due_on: Option<String>,
    pub(super) certain: bool,
    pub(super) stated: Vec<StatedJson>,
}

#[derive(Serialize)]
pub(super) struct SupervisionJson {
    #[serde(flatten)]
    pub(super) measure: MeasureJson,
    pub(super) text: Both,
    pub(super) certain: bool,
    pub(super) depends_on: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct StatedJson {
    pub(super) label: Both,
    pub(super) value: Option<ValueJson>,
    pub(super) depends_on: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct ReferralJson {
    pub(super) rule: RuleJson,
    pub(super) kind: &'static str,
    pub(super) refer_to: Option<Both>,
    pub(super) fine_meanwhile: &'static str,
    pub(super) grounds: Vec<RuleJson>,
    pub(super) text: Both,
}

#[derive(Serialize)]
pub(super) struct VersionJson {
    #[serde(flatten)]
    pub(super) rule: RuleJson,
    pub(super) in_force_from: Option<String>,
    pub(super) in_force_to: Option<String>,
    pub(super) breaches: Option<Both>,
}

#[derive(Serialize)]
pub(super) struct FineJson {
    pub(super) amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) within: Option<RangeJson>,
    pub(super) range: RangeJson,
    pub(super) benchmark: Option<String>,
    pub(super) currency: String,
}

#[derive(Serialize)]
pub(super) struct RangeJson {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
}

#[derive(Serialize)]
pub(super) struct MeasureJson {
    #[serde(flatten)]
    pub(super) rule: RuleJson,
    pub(super) measure_kind: &'static str,
    pub(super) class: &'static str,
    /// The whole measure in one sentence.
    pub(super) text: Both,
    pub(super) approval: Option<Both>,
    pub(super) stated: Vec<StatedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decided_by: Option<Both>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) informed: Option<Both>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) otherwise: Option<RuleJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) term: Option<TermJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extent: Option<ExtentJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) daily_penalty: Option<DailyJson>,
    /// Other norms that bring it for the same act.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) also_under: Vec<RuleJson>,
}

/// A daily penalty, which is no part of the fine.
#[derive(Serialize)]
pub(super) struct DailyJson {
    pub(super) cycles: Vec<DailyCycleJson>,
    pub(super) total: Option<String>,
    pub(super) text: Both,
}

/// One fine decision and the days counted after it.
#[derive(Serialize)]
pub(super) struct DailyCycleJson {
    pub(super) original_fine: Option<String>,
    pub(super) days: i64,
    pub(super) amount: Option<String>,
    pub(super) settled: bool,
    pub(super) recheck_due: bool,
}

/// How long: `length`, `life`, `unspecified` or `open`, with its ends where it has them.
#[derive(Serialize)]
pub(super) struct TermJson {
    pub(super) kind: &'static str,
    pub(super) deadline: bool,
    pub(super) up_to: bool,
    pub(super) min: Option<ValueJson>,
    pub(super) max: Option<ValueJson>,
    pub(super) from: &'static str,
    pub(super) text: Both,
}

/// How much: `figure`, `between`, `nothing`, `open` or `unestablished`, with its ends where it has them.
#[derive(Serialize)]
pub(super) struct ExtentJson {
    pub(super) kind: &'static str,
    pub(super) min: Option<ValueJson>,
    pub(super) max: Option<ValueJson>,
    pub(super) text: Both,
}

#[derive(Serialize)]
pub(super) struct OptionJson {
    pub(super) kind: &'static str,
    pub(super) text: Both,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<RuleJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) measures: Vec<MeasureJson>,
    /// How many of the measures: `one`, `any`, or one rung of a `ladder`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) choose: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fine: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) within: Option<RangeJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recommended: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<&'static str>,
    /// Where one of two ways has to be taken: each with its fine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ways: Vec<WayJson>,
}

/// One of the ways that the officer chooses from.
#[derive(Serialize)]
pub(super) struct WayJson {
    /// `lighter` or `reduced`.
    pub(super) way: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fine: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) within: Option<RangeJson>,
    pub(super) recommended: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<&'static str>,
}

/// What a tier punishes that happened under another version.
#[derive(Serialize)]
pub(super) struct SeparateActJson {
    pub(super) tier: RuleJson,
    pub(super) occurred_on: String,
    pub(super) text: Both,
}

#[derive(Serialize)]
pub(super) struct RuleJson {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) label: Both,
    pub(super) basis: Option<Both>,
    pub(super) status: &'static str,
    pub(super) note: Option<Both>,
    pub(super) place: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PresumedJson {
    pub(super) name: String,
    pub(super) label: Both,
    pub(super) value: Option<ValueJson>,
    pub(super) basis: Option<Both>,
}

#[derive(Serialize)]
pub(super) struct QuestionJson {
    pub(super) name: String,
    pub(super) label: Both,
    pub(super) question: Option<Both>,
    pub(super) evidence: Option<Both>,
}

#[derive(Serialize)]
pub(super) struct ProblemJson {
    pub(super) code: String,
    pub(super) kind: &'static str,
    pub(super) text: Both,
}

/// A value: its type, its exact form, and the text for each language.
#[derive(Serialize)]
pub(super) struct ValueJson {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max: Option<String>,
    pub(super) text: Both,
}

#[derive(Serialize)]
pub(super) struct StepJson {
    pub(super) kind: &'static str,
    /// The stage, truth, verdict, origin, moment or adjustment, as the kind has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) detail: Option<&'static str>,
    /// What versions were compared by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) criterion: Option<&'static str>,
    /// The name of the fact, definition or step used, or of a fixed operand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) operand: Option<String>,
    pub(super) text: Both,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<ValueJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'static str>,
    pub(super) citation: Option<Both>,
    pub(super) place: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) children: Vec<StepJson>,
}
