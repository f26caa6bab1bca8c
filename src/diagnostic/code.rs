macro_rules! codes {
    ($($variant:ident $number:literal $severity:ident $zh:literal $en:literal,)*) => {
        /// A stable code: the same mistake has the same code in every version, and a page `docs/diagnostics/E….md` of its own.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $en] $variant,)*
        }

        impl Code {
            /// All codes, by number.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The number after the E.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $(Code::$variant => $number,)* }
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// What it means, in Chinese.
            #[must_use]
            pub const fn chinese(self) -> &'static str {
                match self { $(Code::$variant => $zh,)* }
            }

            /// What it means, in English.
            #[must_use]
            pub const fn english(self) -> &'static str {
                match self { $(Code::$variant => $en,)* }
            }
        }
    };
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Something to know when reading the rules; there is nothing to mend.
    Note,
    /// Probably a mistake; the rules still work.
    Warning,
    /// The rules or the case are refused.
    Error,
}

impl Code {
    /// `E0101`.
    #[must_use]
    pub fn name(self) -> String {
        format!("E{:04}", self.number())
    }

    /// Whether it is what a check of `lenity check` finds out about rules that can be used.
    #[must_use]
    pub const fn is_of_a_check(self) -> bool {
        matches!(self.number(), 701..=799)
    }

    /// Reads `E0101` or `e0101`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let number: u16 = name.strip_prefix(['E', 'e'])?.parse().ok()?;
        Code::ALL.iter().copied().find(|code| code.number() == number)
    }
}

codes! {
    Syntax 101 Error "此处不合语法" "text that does not fit the grammar",
    UnclosedBracket 102 Error "括号没有配对" "a bracket without its partner",
    NestedTooDeep 103 Error "嵌套过深" "brackets nested too deep",
    FileTooLarge 104 Error "文件过大" "a file above the size limit",
    UnclosedText 105 Error "引号或书名号没有配对" "a text or title that is not closed",
    ClauseNotAllowed 106 Error "该声明不能有此子句" "a clause that does not belong in this declaration",
    ClauseMissing 107 Error "缺少必需的子句" "a clause that is required is missing",
    ClauseTwice 108 Error "子句重复" "a clause given twice",
    MixedKeywordLanguages 109 Error "同一规则包混用中英文关键字" "one pack with keywords of two languages",
    LiteralInvalid 110 Error "数值或日期无效" "a number or date that does not exist",
    LabelLanguages 111 Error "两个标签是同一种语言" "two labels in the same language",
    ForbiddenCharacter 112 Error "不允许的控制字符" "a control character that hides what the text says",
    WordNotKnown 113 Error "此处不能用这个词" "a word that is not one of those allowed here",
    NameUnknown 201 Error "未声明的名称" "a name that is not declared",
    NameTwice 202 Error "名称重复声明" "a name declared twice",
    InstrumentUnknown 203 Error "引用的法规未声明" "a citation of an instrument that is not declared",
    ViolationUnknown 204 Error "未声明的违法行为" "a violation that is not declared",
    TypeUnknown 205 Error "未声明的类型" "a type that is not declared",
    UnitUnknown 206 Error "未声明的单位" "a unit that is not declared",
    PackNotFound 207 Error "找不到规则包" "a pack that cannot be found",
    ImportCycle 208 Error "规则包循环引用" "packs that import each other in a circle",
    ManifestInvalid 209 Error "pack.toml 无效" "a manifest that cannot be read",
    NameAmbiguous 210 Error "名称有多种含义" "a name that could mean several things",
    ImportVersion 211 Error "引用的规则包版本不符" "an import of a version that is not there",
    MeasureUnknown 212 Error "未声明的措施" "a measure that is not declared",
    TypesDiffer 301 Error "类型或单位不同，不能比较" "two values of different types or units",
    OperatorTypes 302 Error "运算符不适用于这些类型" "an operator on types it does not take",
    UnitMissing 303 Error "数字缺少单位" "a number without a unit where one is due",
    ConditionNotBool 304 Error "条件不是“是否”型" "a condition that is not a yes or no",
    NotOrdered 305 Error "无序类型不能比较大小" "an unordered type compared by size",
    CallInvalid 306 Error "函数或参数不正确" "a call of an unknown function or with wrong arguments",
    CellType 307 Error "单元格与键的类型不符" "a cell of another type than its key",
    BoundaryUndeclared 308 Error "法规未声明“以上”“以下”的含义" "boundary words under an instrument that does not define them",
    ResultType 309 Error "结果类型不正确" "a result of the wrong type",
    NotAvailableHere 310 Error "此名称不能用在这里" "a name that means nothing here",
    RangeEmpty 311 Error "范围为空" "a range that holds nothing",
    KindOfFactorMixed 312 Error "因素的行写法不一致" "a factor whose rows mix cells and conditions",
    NotConstant 313 Error "此处只能写确定的值" "a value that is not fixed where one is due",
    FineCaseInvalid 314 Error "罚款的情形写法有误" "a case of a fine that cannot stand",
    VersionsDiffer 320 Error "同名规则的各个版本类型不同" "versions of one name that are of different types",
    NotEvaluated 401 Error "此版本尚不能计算该写法" "a construct that this version does not evaluate",
    VersionsOverlap 402 Error "同名规则的施行期间重叠" "versions of one rule in force on the same day",
    DefinitionCycle 403 Error "定义循环" "definitions that use each other in a circle",
    RowsOverlap 404 Error "唯一命中的表中有两行重叠" "two rows of a unique factor that match the same value",
    InForceUnknown 406 Error "规则没有施行期间" "a rule without an in-force interval",
    TooMany 407 Error "超出数量上限" "more declarations, rows or cells than the limit",
    CountedTwice 408 Error "一个事实重复计入" "a fact that counts twice",
    TargetNotSubject 420 Error "处罚对象不在违法行为的对象之内" "a penalty for a party that cannot commit the violation",
    CalendarInvalid 430 Error "工作日历中的日子有误" "a day that a calendar cannot have",
    PenaltyBeyondRank 440 Error "法规的层级不能设定这种处罚" "a penalty that the level of its instrument cannot create",
    NoRow 501 Error "没有一行适用" "no row covers the values of a case",
    SeveralRows 502 Error "多行同时适用" "several rows of a unique table cover the values of a case",
    Arithmetic 503 Error "数值无法精确计算" "a figure that exact arithmetic cannot hold",
    NoVersion 504 Error "规则包没有该日有效的版本" "no version of the violation for that day",
    NoPrinciple 505 Error "没有规定新旧法如何比较" "versions of the law and no principle to choose by",
    NoMinimum 506 Error "法律没有规定最低罚款" "a computation from a statutory minimum that the law does not give",
    NotEstablished 507 Error "因素无法查明，且规则没有规定如何处理" "a factor that cannot be established, and no rule for that",
    NotComparable 508 Error "新旧法的幅度交叉，又没有计算金额，不能比较轻重" "ranges of old and new law that cross, and no amounts to compare",
    RangeInvalid 509 Error "事实使罚款幅度的两端颠倒或为负" "facts that make the ends of a fine negative or put them in the wrong order",
    OtherRules 510 Error "案件是按另一套规则读入的" "a case that was read by other rules",
    BandNotFollowed 511 Error "幅度之内的罚款不能按这个效果换算" "an effect that does not follow a band of fines in proportion",
    WrongDirection 512 Error "情节的效果与从轻、从重的方向相反" "a circumstance whose effect goes against its direction",
    UnitNotSettled 520 Error "单位是否受到处罚尚未确定" "a rule that depends on the penalty of the unit, which is not settled",
    AbsentUnsaid 521 Error "没有这一项，而规则没有规定此时如何处理" "there is none, and the rule does not say what happens then",
    AmountElsewhere 522 Error "罚款数额规定在别处" "an amount that stands in another norm",
    FineCaseUncovered 523 Error "法条没有规定这种情形的罚款" "a value of the base for which the article gives no fine",
    NoRecord 530 Error "没有记录可比大小" "the largest or smallest of no records",
    ProvisionInexact 531 Error "条款写得不够具体，无法判断是否同一条款" "a provision named too broadly to be compared",
    TooManyRecords 532 Error "要核对的记录过多" "more records to look at than the limit",
    NoCalendar 533 Error "没有该年的工作日历" "a year without a calendar of working days",
    IntervalInvalid 534 Error "期间的起止日颠倒" "an interval that ends before it begins",
    ThresholdsChanged 541 Error "入罪标准在行为之后有变动，新旧标准结论不同" "thresholds of a crime that changed after the act and lead to different answers",
    NormsConflict 542 Error "同一行为的几个规定冲突，法律没有规定哪个优先" "norms on one conduct that conflict, and no rule says which prevails",
    NoNormPrinciple 543 Error "一个行为触犯几个规定，没有规定如何比较罚款" "one act under several norms and no principle to compare their fines",
    NormsNotComparable 544 Error "几个规定的罚款按原则不能比较高低" "fines of several norms that the principle does not tell apart",
    PenaltiesNotComparable 545 Error "几个规定的处罚从整体上分不出轻重" "whole penalties of several norms that cannot be told apart",
    LawsNotComparable 546 Error "竞合之后新旧法的处罚互有轻重" "old and new law that, after concurrence, are each lighter in its own way",
    NoBand 550 Error "裁量基准没有写明档次" "an end of a discretion tier that the benchmark does not name",
    NotInForce 551 Error "规则用到的声明在该日没有有效的版本" "what a rule uses has no version in force on that day",
    CaseSyntax 601 Error "案件文件不合 TOML 或 JSON 语法" "a case that is not TOML or JSON",
    FieldUnknown 602 Error "案件中有未知的字段" "a field that a case does not have",
    FieldMissing 603 Error "案件缺少必需的字段" "a field that a case must have",
    ValueType 604 Error "值的类型不正确" "a value of the wrong type",
    FactUnknown 605 Error "案件中有未声明的事实" "a fact that the rules do not declare",
    ValueUnit 606 Error "值缺少单位或单位不符" "a value without its unit or with another",
    OutOfBounds 607 Error "值超出允许范围" "a value outside its bounds",
    DateOrder 608 Error "日期先后有误" "dates in an impossible order",
    CaseViolationUnknown 609 Error "案件中有未声明的违法行为" "a violation that the rules do not declare",
    MemberUnknown 610 Error "没有这个选项" "a member that the type does not have",
    GivenTwice 612 Error "重复给出" "an act or fact given twice",
    AreaOutside 613 Error "案件区域不在规则包区域内" "an area outside that of the pack",
    CaseTooLarge 614 Error "案件文件过大或嵌套过深" "a case above the limits",
    PersonMisplaced 620 Error "责任人员与所属的单位不符" "a responsible person of a unit that is not there",
    CaseInstrumentUnknown 630 Error "案件引用的法规未声明" "a case that names an instrument which is not declared",
    Gap 701 Warning "没有一行适用于可能出现的值" "values that no row covers",
    Overlap 702 Warning "可能有多行同时适用" "values that several rows of a unique table cover",
    DeadRow 703 Warning "没有案件会用到的行" "a row that no case ever comes to",
    PointAmongBands 704 Warning "各行是幅度，只有一行是一个数" "a row that gives one sum among rows that give bands",
    BelowRange 711 Warning "基准金额可能低于法定最低" "a benchmark that can give less than the statutory minimum",
    AboveRange 712 Warning "基准金额可能高于法定最高" "a benchmark that can give more than the statutory maximum",
    OverCap 713 Warning "各因素最高合计超过上限" "factors whose maxima add up to more than the cap",
    StartUnreached 714 Warning "没有案件停在起点" "a start value that no case stays at",
    NotMonotone 721 Warning "情形加重而金额反降" "a heavier value that leads to a lower amount",
    Cliff 722 Note "事实相差一点而金额相差很大" "a small step in a fact that is a large step in the amount",
    NeverMatters 731 Warning "基准用到而从不影响金额的事实" "a fact that a benchmark reads and that never changes the amount",
    FineHole 740 Warning "罚款的各种情形之间有空缺" "a value of the base that no amount of a fine is for",
    FineForNone 741 Warning "可能没有基数，而罚款没有规定此时如何处理" "a fine that does not say what holds when there is no base",
    FineUnestablished 742 Note "罚款没有规定基数无法查明时如何处理" "a fine that does not say what holds when its base cannot be established",
    FineFalls 743 Warning "基数大的反而罚得轻" "a larger base that brings a lower fine",
    FineJumps 744 Note "基数过了一个数额，罚款骤增" "a fine that jumps where its base passes an amount",
    TierHole 745 Warning "档次之间有空缺" "a hole between the tiers of a violation",
    TiersMeet 746 Warning "两个档次在同一个值上都适用" "two tiers of a violation that both hold at the value where they meet",
    VersionGap 750 Warning "同名规则的版本之间有一段时间没有效力" "a time between two versions of a rule in which neither holds",
    BenchmarkEnds 751 Note "违法行为仍在施行，裁量基准已经到期" "a benchmark that ends while its violation goes on",
    RestsOnNothing 752 Warning "规则有效的某些日子，所引法规都不施行" "a rule in force on days on which no instrument it cites is",
    CitedNeverInForce 753 Warning "规则有效期间从未施行的法规" "an instrument cited by a rule in whose time it is never in force",
    CitedForPart 754 Note "所引法规只在规则有效期间的一部分时间施行" "an instrument in force for a part only of the time of a rule that cites it",
    BearsOnNothing 755 Warning "规则有效期间没有它所针对的违法行为" "a rule in whose time there is nothing it bears on",
    UsedOutOfTime 756 Warning "规则用到的声明那时还没有或已经没有版本" "what a rule uses before its first version or after its last",
    NeverApplies 760 Warning "条件永远不成立" "conditions that no case fulfils",
    AlwaysApplies 761 Warning "条件总是成立" "conditions that every violation fulfils",
    KnownTooLate 762 Warning "条件取决于决定之后才知道的事" "a condition on what is known only after the decision",
    AlwaysRequired 763 Note "每个违法行为都移送，或者都需要这一程序" "a referral or procedure that every violation brings",
    CountsTwice 771 Warning "同一事实对罚款起两次作用" "one fact that counts twice in the fine",
    CountedTwiceMeant 772 Note "规则写明有意重复计入的事实" "a fact that counts twice, as a rule says it should",
    NormsCollide 781 Warning "一个行为触犯两个规定，而规则不能决定适用哪个" "two norms on one act between which the rules do not decide",
    NoBenchmark 782 Note "罚款没有裁量基准" "a fine that no benchmark works out",
    BenchmarkUnused 783 Warning "没有案件会用到的裁量基准" "a benchmark that no case ever comes to",
    NameUnused 784 Note "没有规则用到的名称" "a name that no rule uses",
    NoCitation 785 Warning "规则没有写明依据的条款" "a rule that cites no provision",
    StatusCounts 786 Note "尚未核对原文的规则" "rules that were not read in the instrument",
    NotDecided 790 Note "没有全部核对" "a question that was not decided",
    AllowanceUnneeded 791 Warning "不再需要的容许" "an allowance that nothing needs",
}
