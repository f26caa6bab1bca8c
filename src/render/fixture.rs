//! A small rule set and trails written by hand, for the tests of the renderers and of the wire.

#![allow(clippy::arithmetic_side_effects, reason = "offsets into a text of one screen")]

use std::sync::Arc;

use indexmap::IndexMap;

use crate::case::PartyKind;
use crate::evaluate::{CandidateResult, Determination, Fine, MeasureResult, OfficerOption, Outcome, Recommendation};
use crate::program::{
    EnumType, Fact, FactId, FactType, InForce, Instrument, PackIdentity, Program, Rule, RuleId, RuleKind, Status,
    Titles, Unit,
};
use crate::source::{Citation, Locator, LocatorKind, LocatorPart, SourceMap, Span};
use crate::trail::{Adjustment, Moment, Operand, Origin, Recorder, Stage, StepKind, Truth, Verdict};
use crate::value::{AmountRange, Date, EnumId, Number, RoundingMode, UnitId, Value};

/// Rule text in the form packs have it; the comment and the line breaks are there to be left out.
pub(crate) const RULES: &str = "违法行为 water.over_standard “超标排放水污染物” {
    对象 单位
    成立 超标因子数 >= 1 // 至少一个因子
         或 超总量 > 0%
    罚款 10万元 至 100万元
    责令 改正
    可以 限制生产
    若 情节严重 { 责令 停业关闭 }
}
免罚清单 《粤免罚目录》 {
    除外 排放口位置 >= 生态敏感
    免罚 water.over_standard “轻微超标” {
        条件 一年内同类违法次数 = 1
    }
}
裁量基准 water.over_standard {
    权重 总权重 {
        起点 7%
        因素 污染物类别 { B类 => 0%; A类 => 10% }
        因素 日排放量 { 50吨以下 => 0%; 50吨以上 => 3% }
        因素 排放口位置 { 生态敏感 => 8% }
        因素 信访 { 否 => 0% }
        不超过 100%
    }
    罚款 = 总权重 × 法定最高
}
措施 改正 “责令改正”
措施 限制生产 “责令限制生产”
原则 从旧兼从轻
// [3, 8) => 8% 60吨以上90吨以下 2024年5月1日 非 情节严重 且 超总量 > 5%
";

pub(crate) const VIOLATION: usize = 0;
pub(crate) const TIER: usize = 1;
pub(crate) const LIST: usize = 2;
pub(crate) const ITEM: usize = 3;
pub(crate) const BENCHMARK: usize = 4;
pub(crate) const WEIGHTS: usize = 5;
pub(crate) const CLASS: usize = 6;
pub(crate) const DISCHARGE: usize = 7;
pub(crate) const OUTLET: usize = 8;
pub(crate) const COMPLAINT: usize = 9;
pub(crate) const ORDER: usize = 10;
pub(crate) const LIMIT: usize = 11;
pub(crate) const PRESUMPTION: usize = 12;
pub(crate) const INSTRUMENT: usize = 13;

pub(crate) const COUNT: usize = 0;
pub(crate) const EXCESS: usize = 1;
pub(crate) const REPEATS: usize = 2;
pub(crate) const OUTLET_FACT: usize = 3;
pub(crate) const CLASS_FACT: usize = 4;
pub(crate) const DISCHARGE_FACT: usize = 5;
pub(crate) const SERIOUS: usize = 6;

pub(crate) fn titles(zh: &str, en: &str) -> Titles {
    Titles { zh: Some(zh.into()), en: Some(en.into()) }
}

pub(crate) fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(crate) fn percent(of_hundred: i64) -> Value {
    Value::Percent(Number::ratio(of_hundred, 100).unwrap())
}

pub(crate) fn yuan(amount: i64) -> Value {
    Value::Money(Number::integer(amount))
}

pub(crate) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

pub(crate) fn between(min: i64, max: i64) -> AmountRange {
    AmountRange { min: Some(Number::integer(min)), max: Some(Number::integer(max)) }
}

/// A rule of [`program`] by the constants above.
pub(crate) fn id(index: usize) -> RuleId {
    RuleId::new(index)
}

/// The first place of `text` in the rules.
pub(crate) fn span(text: &str) -> Span {
    let start = RULES.find(text).unwrap_or_else(|| panic!("{text}"));
    let at = |offset: usize| u32::try_from(offset).unwrap();
    Span::new(at(start), at(start + text.len()))
}

/// The first place of `text` inside the first place of `outer`.
pub(crate) fn span_in(outer: &str, text: &str) -> Span {
    let start = span(outer).start() + u32::try_from(outer.find(text).unwrap()).unwrap();
    Span::new(start, start + u32::try_from(text.len()).unwrap())
}

fn cite(instrument: &str, parts: &[(LocatorKind, &str)]) -> Citation {
    Citation {
        instrument: instrument.into(),
        locators: vec![Locator {
            parts: parts
                .iter()
                .map(|(kind, number)| LocatorPart { kind: *kind, number: (*number).to_owned() })
                .collect(),
        }],
    }
}

fn rule(kind: RuleKind, name: &str, label: (&str, &str), parent: Option<RuleId>, at: &str) -> Rule {
    Rule {
        kind,
        name: name.into(),
        label: if label.0.is_empty() { Titles::default() } else { titles(label.0, label.1) },
        basis: Vec::new(),
        breaches: Vec::new(),
        status: Status::Verified,
        note: None,
        in_force: None,
        parent,
        span: span(at),
    }
}

fn fact(name: &str, en: &str, kind: FactType) -> Fact {
    Fact {
        name: name.into(),
        label: titles(name, en),
        kind,
        bounds: None,
        question: None,
        evidence: None,
        presumption: None,
        span: Span::NOWHERE,
    }
}

/// The program; tests change what they need before they use it.
pub(crate) fn program() -> Program {
    let mut sources = SourceMap::new();
    sources.add("cn-gd/water.lenity", RULES).unwrap();
    let article = |number| cite("水污染防治法", &[(LocatorKind::Article, number)]);
    let in_force = InForce { from: day("2018-01-01"), to: Some(day("2026-08-14")) };
    let mut rules = vec![
        rule(
            RuleKind::Violation,
            "water.over_standard",
            ("超标排放水污染物", "Discharging above the standard"),
            None,
            "违法行为 water",
        ),
        rule(RuleKind::Tier, "water.over_standard", ("情节严重", "serious case"), Some(id(VIOLATION)), "若 情节严重"),
        rule(
            RuleKind::LeniencyList,
            "粤免罚目录",
            ("轻微违法行为目录", "catalogue of minor violations"),
            None,
            "免罚清单",
        ),
        rule(
            RuleKind::Exemption,
            "water.over_standard",
            ("轻微超标", "minor exceedance"),
            Some(id(LIST)),
            "免罚 water",
        ),
        rule(RuleKind::Benchmark, "water.over_standard", ("裁量表", "benchmark table"), None, "裁量基准 water"),
        rule(RuleKind::Step, "总权重", ("裁量百分值总和", "sum of weights"), Some(id(BENCHMARK)), "权重 总权重"),
        rule(
            RuleKind::Factor,
            "污染物类别",
            ("排污情况", "pollutant discharged"),
            Some(id(WEIGHTS)),
            "因素 污染物类别",
        ),
        rule(RuleKind::Factor, "日排放量", ("", ""), Some(id(WEIGHTS)), "因素 日排放量"),
        rule(RuleKind::Factor, "排放口位置", ("", ""), Some(id(WEIGHTS)), "因素 排放口位置"),
        rule(RuleKind::Factor, "信访", ("信访投诉", "complaints"), Some(id(WEIGHTS)), "因素 信访"),
        rule(RuleKind::Measure, "改正", ("责令改正", "order to correct"), None, "措施 改正"),
        rule(RuleKind::Measure, "限制生产", ("责令限制生产", "order to limit production"), None, "措施 限制生产"),
        rule(RuleKind::Presumption, "情节严重", ("", ""), None, "若 情节严重"),
        rule(RuleKind::Instrument, "粤裁量规定", ("《粤裁量规定》", "Guangdong Rules"), None, "原则"),
    ];
    rules[VIOLATION].basis = vec![cite("水污染防治法", &[(LocatorKind::Article, "83"), (LocatorKind::Item, "2")])];
    rules[VIOLATION].breaches = vec![article("10")];
    rules[VIOLATION].in_force = Some(in_force);
    rules[ITEM].basis = vec![cite("粤免罚目录", &[(LocatorKind::Item, "6")])];
    rules[LIST].note = Some(titles("敏感区内不适用。", "Not in sensitive areas."));
    rules[BENCHMARK].basis = vec![cite("粤裁量规定", &[(LocatorKind::Annex, "1"), (LocatorKind::Table, "2.7")])];
    rules[COMPLAINT].status = Status::Assumed;
    rules[PRESUMPTION].basis = vec![cite("行政处罚法", &[(LocatorKind::Article, "40")])];

    let mut facts = vec![
        fact("超标因子数", "number of pollutants over", FactType::Integer),
        fact("超总量", "excess over the total load", FactType::Percent),
        fact("一年内同类违法次数", "violations within one year", FactType::Integer),
        fact("排放口位置", "area of the outlet", FactType::Enum(EnumId(1))),
        fact("污染物类别", "class of pollutant", FactType::Enum(EnumId(0))),
        fact("日排放量", "waste water a day", FactType::Quantity(UnitId(1))),
        fact("情节严重", "serious case", FactType::Bool),
    ];
    facts[SERIOUS].presumption = Some((Value::Bool(false), id(PRESUMPTION)));
    facts[REPEATS].question = Some(titles("一年内共几次？", "How many within one year?"));
    facts[REPEATS].evidence = Some(titles("处罚记录", "penalty records"));

    let instrument = |name: &str, zh: &str, en: &str| Instrument {
        rule: id(INSTRUMENT),
        name: name.into(),
        label: titles(&format!("《{name}》"), en),
        title: Some(titles(zh, en)),
        number: None,
        level: None,
        area: None,
        in_force: Some(in_force),
        above_included: None,
        below_included: None,
        rounding: None,
    };
    let instruments = [
        instrument("水污染防治法", "中华人民共和国水污染防治法", "Water Law"),
        instrument("粤裁量规定", "广东省裁量权规定", "Guangdong Rules"),
        instrument("行政处罚法", "中华人民共和国行政处罚法", "Penalty Law"),
    ];
    let members =
        |names: &[(&str, &str, &str)]| names.iter().map(|(name, zh, en)| ((*name).into(), titles(zh, en))).collect();
    Program {
        sources,
        packs: vec![PackIdentity {
            name: "cn-gd".to_owned(),
            version: "0.1.0".to_owned(),
            digest: "0123456789abcdef".repeat(4),
            title: titles("广东", "Guangdong"),
        }],
        area: "cn-gd".into(),
        currency: "CNY".into(),
        rules,
        instruments: instruments
            .into_iter()
            .map(|instrument| (instrument.name.clone(), instrument))
            .collect::<IndexMap<Arc<str>, Instrument>>(),
        facts: facts.into_iter().map(|fact| (fact.name.clone(), fact)).collect(),
        defines: Vec::new(),
        units: vec![
            Unit {
                name: "吨".into(),
                symbol: Some("t".into()),
                label: titles("吨", "tonne"),
                base: UnitId(0),
                factor: Number::ONE,
            },
            Unit {
                name: "千克".into(),
                symbol: Some("kg".into()),
                label: titles("千克", "kilogram"),
                base: UnitId(0),
                factor: number("0.001"),
            },
        ],
        enums: vec![
            EnumType {
                name: "类别".into(),
                ordered: true,
                members: members(&[
                    ("B类", "B类水污染物", "class B pollutant"),
                    ("A类", "A类水污染物", "class A pollutant"),
                ]),
            },
            EnumType {
                name: "区域".into(),
                ordered: true,
                members: members(&[
                    ("一般", "一般区域", "ordinary area"),
                    ("生态敏感", "生态环境敏感区", "ecological sensitive area"),
                ]),
            },
        ],
        grades: None,
        nodes: Vec::new(),
        tables: Vec::new(),
        violations: IndexMap::new(),
        circumstances: Vec::new(),
        credit: Vec::new(),
        principles: Vec::new(),
    }
}

pub(crate) fn fact_operand(index: usize) -> Operand {
    Operand::Fact(FactId::new(index))
}

/// A result of the given outcome and nothing else.
pub(crate) fn bare(outcome: Outcome) -> CandidateResult {
    CandidateResult {
        version: Some(id(VIOLATION)),
        outcome,
        fine: None,
        measures: Vec::new(),
        options: Vec::new(),
        decided_by: Vec::new(),
        unverified: Vec::new(),
        presumed: Vec::new(),
        facts_to_ask: Vec::new(),
        grade_to_ask: false,
        problems: Vec::new(),
    }
}

pub(crate) fn recommend(program: Program, result: CandidateResult, trail: crate::trail::Trail) -> Recommendation {
    Recommendation {
        program: Arc::new(program),
        case_id: "2024-0117".into(),
        area: "cn-gd".into(),
        decided_on: day("2024-06-01"),
        party: PartyKind::Unit,
        determinations: vec![Determination {
            act: "a1".into(),
            began_on: day("2024-03-18"),
            ended_on: Some(day("2024-03-18")),
            discovered_on: Some(day("2024-03-20")),
            violation: "water.over_standard".into(),
            moment: Some(Moment::Act),
            result,
            other: None,
            trail,
        }],
    }
}

/// A fine of 280,000 yuan: 7% + 10% + 3% + 8% of the maximum; the leniency item fails at its condition.
pub(crate) fn fine() -> Recommendation {
    let member = |kind, member| Some(Value::Member(EnumId(kind), member));
    let mut record = Recorder::new(true);
    let versions = record.open(StepKind::Stage(Stage::Versions), Span::NOWHERE, None);
    record.step(
        StepKind::Versions { at_act: Some(id(VIOLATION)), at_decision: Some(id(VIOLATION)), continued: false },
        Span::NOWHERE,
        Some(id(VIOLATION)),
        None,
    );
    record.end(versions);

    let elements = record.open(StepKind::Stage(Stage::Elements), Span::NOWHERE, None);
    record.step(StepKind::Subject(true), span("对象 单位"), Some(id(VIOLATION)), None);
    let text = "超标因子数 >= 1 // 至少一个因子\n         或 超总量 > 0%";
    let condition = record.open(StepKind::Condition(Truth::True), span(text), Some(id(VIOLATION)));
    record.step(
        StepKind::Input(fact_operand(COUNT), Origin::Given),
        span_in(text, "超标因子数"),
        None,
        Some(Value::Number(Number::integer(1))),
    );
    record.step(StepKind::Input(fact_operand(EXCESS), Origin::Given), span_in(text, "超总量"), None, Some(percent(0)));
    record.end(condition);
    record.end(elements);

    let leniency = record.open(StepKind::Stage(Stage::Leniency), Span::NOWHERE, None);
    let list = record.open(StepKind::Rule(Verdict::Excluded), span("免罚清单"), Some(id(LIST)));
    let text = "排放口位置 >= 生态敏感";
    let exclusion = record.open(StepKind::Exclusion(Truth::True), span(text), Some(id(LIST)));
    record.step(
        StepKind::Input(fact_operand(OUTLET_FACT), Origin::Given),
        span_in(text, "排放口位置"),
        None,
        member(1, 1),
    );
    record.end(exclusion);
    let item = record.open(StepKind::Rule(Verdict::Failed), span("免罚 water"), Some(id(ITEM)));
    let text = "一年内同类违法次数 = 1";
    let condition = record.open(StepKind::Condition(Truth::False), span(text), Some(id(ITEM)));
    record.step(
        StepKind::Input(fact_operand(REPEATS), Origin::Given),
        span_in(text, "一年内同类违法次数"),
        None,
        Some(Value::Number(Number::integer(2))),
    );
    record.end(condition);
    record.end(item);
    record.end(list);
    record.end(leniency);

    let statutory = record.open(StepKind::Stage(Stage::Statutory), Span::NOWHERE, None);
    let tier = record.open(StepKind::Rule(Verdict::Failed), span("若 情节严重"), Some(id(TIER)));
    let condition = record.open(StepKind::Condition(Truth::False), span_in("若 情节严重", "情节严重"), Some(id(TIER)));
    record.step(
        StepKind::Input(fact_operand(SERIOUS), Origin::Presumed),
        span_in("若 情节严重", "情节严重"),
        Some(id(PRESUMPTION)),
        Some(Value::Bool(false)),
    );
    record.end(condition);
    record.end(tier);
    record.step(
        StepKind::StatutoryRange,
        span("罚款 10万元 至 100万元"),
        Some(id(VIOLATION)),
        Some(Value::Range(between(100_000, 1_000_000))),
    );
    record.end(statutory);

    let benchmark = record.open(StepKind::Stage(Stage::Benchmark), Span::NOWHERE, None);
    let applied = record.open(StepKind::Rule(Verdict::Applied), span("裁量基准 water"), Some(id(BENCHMARK)));
    let weights = record.open(StepKind::Weights, span("权重 总权重"), Some(id(WEIGHTS)));
    record.step(StepKind::Start, span("起点 7%"), Some(id(WEIGHTS)), Some(percent(7)));
    let mut factor = |row: &str, rule, points, key: &str, operand, value| {
        let open = record.open(StepKind::Factor, span(row), Some(rule));
        record.step(
            StepKind::Input(fact_operand(operand), Origin::Given),
            span_in(&format!("因素 {key}"), key),
            None,
            value,
        );
        record.close(open, StepKind::Factor, Some(percent(points)));
    };
    factor("A类 => 10%", id(CLASS), 10, "污染物类别", CLASS_FACT, member(0, 1));
    factor(
        "50吨以上 => 3%",
        id(DISCHARGE),
        3,
        "日排放量",
        DISCHARGE_FACT,
        Some(Value::Quantity(Number::integer(60), UnitId(0))),
    );
    factor("生态敏感 => 8%", id(OUTLET), 8, "排放口位置", OUTLET_FACT, member(1, 1));
    record.step(StepKind::FactorAtLowest, span("否 => 0%"), Some(id(COMPLAINT)), Some(percent(0)));
    record.close(weights, StepKind::Weights, Some(percent(28)));
    let text = "总权重 × 法定最高";
    let computed = record.open(StepKind::Computed, span(text), Some(id(BENCHMARK)));
    record.step(
        StepKind::Input(Operand::Step(id(WEIGHTS)), Origin::Derived),
        span_in(text, "总权重"),
        None,
        Some(percent(28)),
    );
    record.step(
        StepKind::Input(Operand::StatutoryMax, Origin::Derived),
        span_in(text, "法定最高"),
        None,
        Some(yuan(1_000_000)),
    );
    record.close(computed, StepKind::Computed, Some(yuan(280_000)));
    record.end(applied);
    record.end(benchmark);

    let bounds = record.open(StepKind::Stage(Stage::Bounds), Span::NOWHERE, None);
    record.step(
        StepKind::Held(Adjustment::WithinRange, Number::integer(280_000), between(100_000, 1_000_000)),
        Span::NOWHERE,
        Some(id(VIOLATION)),
        Some(yuan(280_000)),
    );
    record.step(
        StepKind::Rounded(Number::integer(280_000), RoundingMode::Down, number("0.01")),
        Span::NOWHERE,
        None,
        Some(yuan(280_000)),
    );
    record.end(bounds);

    let measures = record.open(StepKind::Stage(Stage::Measures), Span::NOWHERE, None);
    record.step(StepKind::Measure(id(ORDER)), span("责令 改正"), Some(id(VIOLATION)), None);
    record.step(StepKind::MeasureChoice(id(LIMIT)), span("可以 限制生产"), Some(id(VIOLATION)), None);
    record.end(measures);

    let measure = |rule| MeasureResult { rule, approval: None };
    let result = CandidateResult {
        fine: Some(Fine {
            amount: Some(Number::integer(280_000)),
            range: between(100_000, 1_000_000),
            benchmark: Some(Number::integer(280_000)),
        }),
        measures: vec![measure(id(ORDER))],
        options: vec![OfficerOption::Measures(vec![measure(id(LIMIT))])],
        decided_by: vec![id(BENCHMARK), id(VIOLATION)],
        unverified: vec![id(COMPLAINT)],
        presumed: vec![FactId::new(SERIOUS)],
        ..bare(Outcome::Fine)
    };
    recommend(program(), result, record.finish())
}
