/// A keyword language. A pack keeps to one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeywordLanguage {
    /// 中文关键字.
    Chinese,
    /// English keywords.
    English,
}

macro_rules! keywords {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $en:literal $zh:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The English spelling.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $($name::$variant => $en,)* }
            }

            /// The Chinese spelling.
            #[must_use]
            pub const fn chinese(self) -> &'static str {
                match self { $($name::$variant => $zh,)* }
            }

            /// Reads either spelling; runs of spaces count as one.
            #[must_use]
            pub fn from_text(text: &str) -> Option<(Self, KeywordLanguage)> {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Self::ALL.iter().find_map(|word| {
                    if word.english() == text {
                        Some((*word, KeywordLanguage::English))
                    } else if word.chinese() == text {
                        Some((*word, KeywordLanguage::Chinese))
                    } else {
                        None
                    }
                })
            }
        }
    };
}

keywords! {
    /// What a declaration declares.
    DeclarationKind {
        /// A law, regulation, rule or document that is cited.
        Instrument "instrument" "法规",
        /// A unit of measure.
        Unit "unit" "单位",
        /// An enumerated type.
        Type "type" "类型",
        /// Holidays and make-up working days.
        Calendar "calendar" "工作日历",
        /// A fact a case may give.
        Fact "fact" "事实",
        /// A named derived value.
        Define "define" "定义",
        /// An unlawful act and its statutory consequence.
        Violation "violation" "违法行为",
        /// A list of acts that are forgiven.
        LeniencyList "leniency list" "免罚清单",
        /// How the amount is found.
        Benchmark "benchmark" "裁量基准",
        /// Lighter, reduced or heavier.
        Circumstance "circumstance" "情节",
        /// Credit grades and what they change.
        Credit "credit" "信用",
        /// What stands against a penalty.
        Bar "bar" "阻却",
        /// Transfer to the police or the prosecution.
        Referral "referral" "移送",
        /// Orders, suspension, closure and the like.
        Measure "measure" "措施",
        /// What the result requires: hearing, legal review, publication.
        Procedure "procedure" "程序",
        /// How versions compete.
        Principle "principle" "原则",
        /// A decision table.
        Table "table" "表",
    }
}

keywords! {
    /// What opens a clause.
    Keyword {
        /// A condition.
        When "when" "条件",
        /// What makes the act a violation.
        Elements "elements" "成立",
        /// What excludes leniency.
        Except "except" "除外",
        /// Start value of weights.
        Start "start" "起点",
        /// Upper bound of weights.
        AtMost "at most" "不超过",
        /// Lower bound of weights.
        AtLeast "at least" "不低于",
        /// The new amount under a circumstance.
        Effect "effect" "效果",
        /// A factor on the amount.
        Coefficient "coefficient" "系数",
        /// What one of this unit is in another.
        Equals "equals" "等于",
        /// A time limit.
        Within "within" "期限",
        /// When a credit record counts as repaired.
        RepairedWhen "repaired when" "修复条件",
        /// The discretion tier that a benchmark finds.
        Band "band" "档次",
        /// The grade that points lead to.
        Graded "graded by" "评定",
        /// The duty breached.
        Breaches "breaches" "违反",
        /// The legal basis.
        Basis "basis" "依据",
        /// In-force interval.
        Effective "effective" "施行",
        /// A note for the explanation.
        Note "note" "说明",
        /// The question put to the officer.
        Question "question" "问",
        /// The evidence a fact rests on.
        Evidence "evidence" "证据",
        /// Full title of an instrument.
        Title "title" "全称",
        /// Number of an instrument.
        Number "number" "文号",
        /// Where a case is referred to.
        ReferTo "refer to" "移送至",
        /// What a procedure requires.
        Requires "requires" "需要",
        /// Level of an instrument.
        Level "level" "层级",
        /// How far a rule can be relied on.
        Status "status" "可信度",
        /// Area a rule applies in.
        Area "area" "区域",
        /// What 以上 means.
        Above "above" "以上",
        /// What 以下 means.
        Below "below" "以下",
        /// Who can commit the violation.
        Subjects "subjects" "对象",
        /// What an unestablished factor means.
        Unestablished "unestablished" "无法查明",
        /// Symbol of a unit.
        Symbol "symbol" "记号",
        /// Kind of a measure.
        Kind "kind" "类别",
        /// What versions are compared by, in order.
        Compare "compare" "依次比较",
        /// Which branch of a choice comes first.
        Recommend "recommend" "建议",
        /// Result of a bar.
        Outcome "outcome" "结果",
        /// At which stage of the proceedings something is required.
        ProceedingStage "stage" "环节",
        /// What happens to the fine while a case is referred.
        FineMeanwhile "fine meanwhile" "期间罚款",
        /// The type that holds the grades.
        Grades "grades" "等级",
        /// What a credit grade excludes.
        Exclude "exclude" "排除",
        /// The worst of several indicators.
        WorstOf "worst of" "取最差",
        /// Type of a fact.
        TypeOf "type" "类型",
        /// A corrective order.
        Order "order" "责令",
        /// A duty.
        Shall "shall" "应当",
        /// A discretion.
        May "may" "可以",
        /// The day on which what a tier punishes happened.
        OccursOn "occurs on" "发生日",
        /// A measure besides.
        Also "also" "并",
        /// Confiscation.
        Confiscate "confiscate" "没收",
        /// Bounds of a fact.
        Bounds "bounds" "范围",
        /// A measure that a rule brings.
        Apply "apply" "采取",
        /// The violations that a rule concerns.
        Covers "covers" "适用于",
        /// Violations whose norms rule the same conduct.
        SameConduct "same conduct as" "同一行为",
        /// Violations whose norms are the general ones beside this special one.
        SpecialTo "special to" "特别于",
        /// What a norm gives way to.
        YieldsTo "yields to" "让位于",
        /// Whole penalties are compared, and the heavier applies.
        HeavierApplies "heavier penalty applies" "依照较重规定",
        /// What norms that one act breaks are compared by, in order.
        CompareNorms "compare norms" "竞合比较",
        /// Holidays.
        Holidays "holidays" "假日",
        /// Working days that are not ordinary ones.
        Workdays "workdays" "调休上班",
        /// Days on which a grade is frozen.
        FrozenOn "frozen on" "冻结日",
        /// The act is no longer unlawful.
        NoLongerUnlawful "no longer unlawful" "不再认为是违法",
        /// A case may say of a fact that there is none.
        MayBeAbsent "may be absent" "可以没有",
        /// A fact is known only after the decision.
        KnownAfterDecision "known after decision" "决定后知悉",
        /// The value taken when nothing is said.
        Presume "presume" "推定",
        /// Rounding rule.
        Rounding "rounding" "舍入",
        /// A tier.
        If "if" "若",
        /// What one kind of party is threatened with.
        For "for" "对",
        /// An exemption.
        Exempt "exempt" "免罚",
        /// Weights added up.
        Weights "weights" "权重",
        /// A factor of weights.
        Factor "factor" "因素",
        /// A named step.
        Let "let" "令",
        /// What a measure says besides its name.
        States "states" "载明",
        /// Facts that count a second time.
        CountedTwice "counted twice" "重复计入",
        /// A finding of `lenity check` that is known, and why it stands.
        Allow "allow" "容许",
        /// The fine.
        Fine "fine" "罚款",
        /// Points added.
        Add "add" "加分",
        /// Points deducted.
        Deduct "deduct" "扣分",
        /// A grade given outright.
        VetoTo "veto to" "否决至",
        /// Who approves a measure.
        WithApprovalOf "with approval of" "须经",
        /// Who decides on a measure, when it is another body.
        By "by" "由",
        /// Who is told of a measure.
        Notifying "notifying" "通知",
        /// How long a measure lasts.
        Lasting "lasting" "为期",
        /// What sum a measure takes.
        Amount "amount" "金额",
        /// How much of anything else.
        Quantity "quantity" "数量",
        /// The time for the re-inspection before a daily penalty.
        RecheckWithin "recheck within" "复查期限",
        /// What a refused re-inspection does.
        RefusedRecheck "refused recheck" "拒绝复查",
        /// What a surcharge adds each day.
        DailyRate "daily rate" "日率",
        /// Which day a surcharge counts first.
        CountedFrom "counted from" "起算",
    }
}

/// The words inside clauses that the grammar knows, in Chinese and in English. Boundary words such as 以上 have no English
/// form, and the ends of ranges and intervals have several.
pub const INNER_WORDS: &[(&str, &str)] = &[
    ("有序", "ordered"),
    ("记录", "list of"),
    ("数量", "quantity"),
    ("期间", "duration"),
    ("任意", "any of"),
    ("直至", "through"),
    ("终身", "life"),
    ("不定", "unspecified"),
    ("自", "from"),
    ("不能履行则", "failing which"),
    ("到", "to"),
    ("顺延", "rolling"),
    ("唯一", "unique"),
    ("取最高", "highest"),
    ("取最低", "lowest"),
    ("累加", "collect"),
    ("首个", "first"),
    ("至多", "up to"),
    ("的", "at"),
    ("按", "counting"),
    ("每", "per"),
    ("没有", "none"),
    ("没有或不足按", "none or less deemed"),
    ("不罚款", "no fine"),
    ("依照", "under"),
    ("不足按", "deemed at least"),
    ("法律", "law"),
    ("行政法规", "administrative_regulation"),
    ("地方性法规", "local_regulation"),
    ("部门规章", "departmental_rule"),
    ("地方政府规章", "local_government_rule"),
    ("理由", "because"),
    ("有效", "for"),
    ("自", "from"),
    ("则", "then"),
    ("否则", "else"),
    ("其中", "where"),
    ("或", "or"),
    ("且", "and"),
    ("非", "not"),
    ("在", "in"),
    ("不在", "not in"),
    ("是", "true"),
    ("否", "false"),
];
