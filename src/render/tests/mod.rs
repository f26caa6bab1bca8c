use super::expression::leaves;
use super::fixture::*;
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::evaluate::{Fine, OfficerOption, Outcome, Recommendation};
use crate::program::{FactId, Titles};
use crate::source::Span;
use crate::trail::{Adjustment, Criterion, Moment, Origin, Problem, Recorder, Stage, StepKind, Trail, Truth, Verdict};
use crate::value::{AmountRange, Duration, DurationUnit, EnumId, Number, RoundingMode, UnitId, Value};

mod forms;

const BOTH: [Lang; 2] = [Lang::Chinese, Lang::English];

/// One step alone, in Chinese and English.
fn said(kind: StepKind, span: Span, rule: Option<usize>, value: Option<Value>) -> [String; 2] {
    let mut record = Recorder::new(true);
    record.step(kind, span, rule.map(id), value);
    let all = recommend(program(), bare(Outcome::Fine), record.finish());
    BOTH.map(|lang| Reader::new(&all, lang).sentence(&all.determinations[0].trail, 0).to_string())
}

fn value_in(value: Value, unit: Option<UnitId>) -> [String; 2] {
    let all = fine();
    BOTH.map(|lang| Reader::new(&all, lang).value(value, unit))
}

fn has(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in:\n{text}");
}

#[test]
fn values_are_written_the_way_each_language_writes_them() {
    let range = |min: Option<i64>, max: Option<i64>| {
        Value::Range(AmountRange { min: min.map(Number::integer), max: max.map(Number::integer) })
    };
    let months = Value::Duration(Duration { amount: 12, unit: DurationUnit::Months });
    let day_long = Value::Duration(Duration { amount: 1, unit: DurationUnit::Workdays });
    let third = Value::Money(Number::ratio(1_000_000, 3).unwrap());
    let cases: [(Value, &str, &str); 15] = [
        (yuan(360_000), "360,000元", "CNY 360,000"),
        (third, "333,333 1/3元", "CNY 333,333 1/3"),
        (percent(36), "36%", "36%"),
        (range(Some(100_000), Some(1_000_000)), "100,000元 至 1,000,000元", "CNY 100,000 to CNY 1,000,000"),
        (range(None, Some(5_000)), "至多5,000元", "up to CNY 5,000"),
        (range(Some(5_000), None), "至少5,000元", "at least CNY 5,000"),
        (range(Some(7), Some(7)), "7元", "CNY 7"),
        (range(None, None), "未规定", "not stated"),
        (months, "12个月", "12 months"),
        (day_long, "1个工作日", "1 working day"),
        (Value::Date(day("2024-03-18")), "2024年3月18日", "2024-03-18"),
        (Value::Bool(true), "是", "yes"),
        (Value::Member(EnumId(0), 1), "A类水污染物", "class A pollutant"),
        (Value::Quantity(Number::integer(60), UnitId(0)), "60吨", "60 t"),
        (
            Value::PercentRange(AmountRange { min: Number::ratio(1, 10), max: Number::ratio(1, 2) }),
            "10% 至 50%",
            "10% to 50%",
        ),
    ];
    for (value, zh, en) in cases {
        assert_eq!(value_in(value, None), [zh, en]);
    }
}

#[test]
fn a_quantity_is_shown_in_the_unit_its_fact_is_asked_for() {
    let half = Value::Quantity(number("0.5"), UnitId(0));
    assert_eq!(value_in(half, Some(UnitId(1))), ["500千克", "500 kg"]);
    assert_eq!(value_in(half, None), ["0.5吨", "0.5 t"]);
    has(&fine().explain(Lang::Chinese), "日排放量 = 60,000千克（案件给出）");
}

#[test]
fn other_currencies_are_named_by_their_code() {
    let mut program = program();
    program.currency = "EUR".into();
    let all = recommend(program, bare(Outcome::Fine), Trail::default());
    assert_eq!(Reader::new(&all, Lang::Chinese).money(Number::integer(1_000)), "EUR 1,000");
}

#[test]
fn an_expression_is_shown_with_its_values_put_in() {
    let all = fine();
    has(
        &all.explain(Lang::Chinese),
        "罚款 = 总权重 × 法定最高 = 28% × 1,000,000元 = 280,000元〔《粤裁量规定》附件1表2.7，cn-gd/water.lenity:25〕",
    );
    has(
        &all.explain(Lang::English),
        "fine = ‘sum of weights’ × statutory maximum = 28% × CNY 1,000,000 = CNY 280,000 [Guangdong Rules, annex 1 table 2.7; cn-gd/water.lenity:25]",
    );
}

#[test]
fn rule_text_loses_comments_and_line_breaks_and_keeps_its_words() {
    has(
        &fine().explain(Lang::Chinese),
        "✓ 超标因子数 >= 1 或 超总量 > 0%，即 1 >= 1 或 0% > 0%：符合〔《水污染防治法》第83条第2项，cn-gd/water.lenity:3〕",
    );
    has(
        &fine().explain(Lang::English),
        "✓ ‘number of pollutants over’ >= 1 or ‘excess over the total load’ > 0%, that is 1 >= 1 or 0% > 0%: met",
    );
}

#[test]
fn values_are_not_put_in_while_one_is_unknown() {
    let text = "超标因子数 >= 1 // 至少一个因子\n         或 超总量 > 0%";
    let mut record = Recorder::new(true);
    let open = record.open(StepKind::Condition(Truth::Unknown), span(text), Some(id(VIOLATION)));
    for (operand, name, value) in [(COUNT, "超标因子数", Some(Value::Number(Number::ZERO))), (EXCESS, "超总量", None)]
    {
        let origin = if value.is_some() { Origin::Given } else { Origin::NotAsked };
        record.step(StepKind::Input(fact_operand(operand), origin), span_in(text, name), None, value);
    }
    record.end(open);
    let all = recommend(program(), bare(Outcome::Undetermined), record.finish());
    let text = all.explain(Lang::Chinese);
    has(&text, "? 超标因子数 >= 1 或 超总量 > 0%：尚不能确定〔");
    has(&text, "? 超总量：尚未询问");
    has(&all.explain(Lang::English), "? excess over the total load: not asked yet");
}

#[test]
fn figures_of_the_other_language_keep_their_meaning() {
    let all = fine();
    let reader = Reader::new(&all, Lang::English);
    let words = |text: &str| reader.wording(span(text), &[]);
    assert_eq!(words("罚款 10万元 至 100万元"), "fine CNY 100,000 to CNY 1,000,000");
    assert_eq!(words("50吨以上"), "50 t 以上");
    assert_eq!(words("60吨以上90吨以下"), "60 t 以上 90 t 以下");
    assert_eq!(words("不满60吨"), "less than 60 t");
    assert_eq!(words("60吨以上不满90吨"), "60 t 以上 less than 90 t");
    assert_eq!(words("2024年5月1日"), "2024-05-01");
    assert_eq!(words("情节严重"), "‘serious case’");
    let zh = Reader::new(&all, Lang::Chinese);
    assert_eq!(zh.wording(span("罚款 10万元 至 100万元"), &[]), "罚款 10万元 至 100万元");
}

#[test]
fn the_reasons_of_the_sum_are_in_the_short_form() {
    let all = fine();
    let zh = all.summary(Lang::Chinese);
    for part in [
        "建议：罚款 280,000元",
        "法定幅度        100,000元 至 1,000,000元（《水污染防治法》第83条第2项）",
        "裁量百分值总和 = 7% + 10% + 3% + 8% = 28%（《粤裁量规定》附件1表2.7）",
        "不予处罚事项“轻微超标”：不适用（《粤免罚目录》第6项）",
        "✗ 一年内同类违法次数 = 1，即 2 = 1：不符合",
        "违反 《水污染防治法》第10条",
        "情节严重：推定为 否（《行政处罚法》第40条）",
        "裁量因素“信访投诉”：暂定，待替换 cn-gd/water.lenity:22",
        "可以：责令限制生产",
        "规则包    cn-gd 0.1.0  sha256 0123456789ab\n",
        "由行政机关决定",
    ] {
        has(&zh, part);
    }
    assert!(!zh.contains("逐步说明") && all.explain(Lang::Chinese).contains("逐步说明"));
    let en = all.summary(Lang::English);
    for part in [
        "Recommended: a fine of CNY 280,000",
        "sum of weights = 7% + 10% + 3% + 8% = 28% (Guangdong Rules, annex 1 table 2.7)",
        "leniency item “minor exceedance”: does not apply",
        "✗ ‘violations within one year’ = 1, that is 2 = 1: not met",
        "serious case: presumed to be no (Penalty Law, art. 40)",
        "for the authority to decide",
    ] {
        has(&en, part);
    }
}

#[test]
fn every_step_is_shown_at_its_depth_and_ends_in_its_source() {
    let all = fine();
    let trail = &all.determinations[0].trail;
    for lang in BOTH {
        let lines = Reader::new(&all, lang).tree(trail);
        assert_eq!(lines.len(), trail.steps().len());
        for (line, step) in lines.iter().zip(trail.steps()) {
            assert_eq!(line.depth, usize::from(step.depth));
            assert!(!line.text.is_empty(), "{step:?}");
            let rests_on_a_rule = step.rule.is_some() && !matches!(step.kind, StepKind::Input(..));
            if rests_on_a_rule {
                assert!(line.place.is_some(), "{step:?}");
            }
            let names_versions = matches!(step.kind, StepKind::Versions { .. });
            if rests_on_a_rule && step.rule != Some(id(LIST)) && !names_versions {
                assert!(line.citation.is_some(), "{step:?}");
            }
        }
    }
}

#[test]
fn a_condition_without_a_rule_of_its_own_is_cited_by_the_rule_above_or_the_version() {
    let mut record = Recorder::new(true);
    let versions =
        StepKind::Versions { at_act: Some(id(VIOLATION)), at_decision: Some(id(VIOLATION)), continued: false };
    record.step(versions, Span::NOWHERE, None, None);
    let stage = record.open(StepKind::Stage(Stage::Elements), span("违法行为 water"), None);
    record.step(StepKind::Condition(Truth::True), span("超总量 > 0%"), None, None);
    record.end(stage);
    let item = record.open(StepKind::Rule(Verdict::Failed), span("免罚 water"), Some(id(ITEM)));
    record.step(StepKind::Condition(Truth::False), span("一年内同类违法次数 = 1"), None, None);
    record.end(item);
    let all = recommend(program(), bare(Outcome::Fine), record.finish());
    let text = all.explain(Lang::Chinese);
    has(&text, "超总量 > 0%：符合〔《水污染防治法》第83条第2项，cn-gd/water.lenity:4〕");
    has(&text, "一年内同类违法次数 = 1：不符合〔《粤免罚目录》第6项，cn-gd/water.lenity:13〕");
    has(&text, "\n违法行为的成立\n");
}

#[test]
fn a_truth_value_keeps_its_name() {
    let text = "非 情节严重 且 超总量 > 5%";
    let mut record = Recorder::new(true);
    let open = record.open(StepKind::Condition(Truth::True), span(text), None);
    for (operand, name, value) in [(SERIOUS, "情节严重", Value::Bool(false)), (EXCESS, "超总量", percent(6))] {
        record.step(StepKind::Input(fact_operand(operand), Origin::Given), span_in(text, name), None, Some(value));
    }
    record.end(open);
    let all = recommend(program(), bare(Outcome::Fine), record.finish());
    has(&all.explain(Lang::Chinese), "非 情节严重 且 超总量 > 5%，即 非 情节严重（否） 且 6% > 5%：符合");
    has(&all.explain(Lang::English), "that is not ‘serious case’ (no) and 6% > 5%: met");
}

#[test]
fn an_undetermined_fine_is_said_to_be_conditional_and_the_grade_is_asked_for() {
    let mut result = bare(Outcome::Undetermined);
    result.grade_to_ask = true;
    result.fine =
        Some(Fine { amount: Some(Number::integer(70_000)), within: None, range: between(1, 100_000), benchmark: None });
    let all = recommend(program(), result, Trail::default());
    let zh = all.summary(Lang::Chinese);
    has(&zh, "须先查明下列事实");
    has(&zh, "如予罚款  70,000元");
    has(&zh, "! 尚待查明的事实\n  - 信用等级\n");
}

#[test]
fn notes_stand_once_and_unverified_rules_are_marked() {
    let text = fine().explain(Lang::Chinese);
    assert_eq!(text.matches("说明：敏感区内不适用。").count(), 1);
    has(&text, "~ 信访投诉：无法查明，取最低档，计 0%【暂定，待替换】");
    has(
        &fine().explain(Lang::English),
        "~ complaints: cannot be established, the lowest row counts: 0% [assumed, to be replaced]",
    );
}

#[test]
fn a_row_found_by_a_value_shows_the_value_and_one_found_by_a_condition_the_condition() {
    let mut record = Recorder::new(true);
    let row = "一年内同类违法次数 = 1";
    let open = record.open(StepKind::Factor, span(row), Some(id(CLASS)));
    record.step(
        StepKind::Input(fact_operand(REPEATS), Origin::Given),
        span_in(row, "一年内同类违法次数"),
        None,
        Some(Value::Number(Number::ONE)),
    );
    record.close(open, StepKind::Factor, Some(percent(5)));
    let all = recommend(program(), bare(Outcome::Fine), record.finish());
    let trail = &all.determinations[0].trail;
    let reader = Reader::new(&all, Lang::Chinese);
    assert_eq!(reader.sentence(trail, 0).to_string(), "排污情况：一年内同类违法次数 = 1，计 5%");
    assert_eq!(leaves(trail, 0).len(), 1);
    has(&fine().explain(Lang::Chinese), "日排放量：60,000千克（50吨以上），计 3%");

    let mut record = Recorder::new(true);
    let open = record.open(StepKind::Factor, span("[3, 8) => 8%"), Some(id(CLASS)));
    record.step(
        StepKind::Input(fact_operand(REPEATS), Origin::Given),
        span("一年内同类违法次数"),
        None,
        Some(Value::Number(Number::integer(3))),
    );
    record.close(open, StepKind::Factor, Some(percent(8)));
    let all = recommend(program(), bare(Outcome::Fine), record.finish());
    has(&all.explain(Lang::Chinese), "排污情况：3 在 [3, 8)，计 8%");
    has(&all.explain(Lang::English), "pollutant discharged: 3 in [3, 8), counts 8%");
}

#[test]
fn amounts_held_rounded_and_capped_say_from_what_to_what() {
    let range = between(100_000, 1_000_000);
    let held = |adjustment, before, after| {
        said(
            StepKind::Held(adjustment, Number::integer(before), range),
            Span::NOWHERE,
            Some(VIOLATION),
            Some(yuan(after)),
        )
    };
    assert_eq!(
        held(Adjustment::HeldAtMinimum, 70_000, 100_000),
        [
            "70,000元 低于法定最低，按法定最低计 100,000元（法定幅度 100,000元 至 1,000,000元）",
            "CNY 70,000 is below the statutory minimum: held at CNY 100,000 (statutory range CNY 100,000 to CNY 1,000,000)",
        ]
    );
    assert_eq!(
        held(Adjustment::ReducedBelowMinimum, 70_000, 70_000)[0],
        "70,000元 低于法定最低，因有减轻情节而允许（法定幅度 100,000元 至 1,000,000元）"
    );
    let rounded = |rule, before: &str, after| {
        said(
            StepKind::Rounded(number(before), RoundingMode::Down, Number::integer(100)),
            Span::NOWHERE,
            rule,
            Some(yuan(after)),
        )
    };
    assert_eq!(
        rounded(Some(INSTRUMENT), "12345", 12_300),
        [
            "12,345元，按100元取整（舍去），为 12,300元",
            "CNY 12,345, rounded down to a multiple of CNY 100, is CNY 12,300",
        ]
    );
    has(&rounded(None, "12345.678", 12_345)[0], "没有取整规定");
    assert_eq!(rounded(None, "500", 500)[1], "CNY 500 needs no rounding");
    assert_eq!(
        said(StepKind::Capped(Number::ratio(12, 10).unwrap()), Span::NOWHERE, Some(WEIGHTS), Some(percent(100)),),
        ["合计 120%，高于上限，计 100%", "the sum of 120% is above the cap, so it counts as 100%",]
    );
    assert_eq!(
        said(
            StepKind::DeemedBase(Number::integer(150_000), Number::integer(200_000)),
            Span::NOWHERE,
            Some(VIOLATION),
            Some(yuan(200_000)),
        )[0],
        "基数 150,000元，不足 200,000元 的按该数计算，计 200,000元"
    );
}

#[test]
fn problems_carry_their_code() {
    let [zh, en] = said(StepKind::Problem(Problem::NoRow), Span::NOWHERE, None, None);
    assert!(zh.ends_with("（E0501）") && en.ends_with(" (E0501)"), "{zh} {en}");
}

/// Two versions compared: the decision's is lighter by its range.
fn compared() -> Recommendation {
    let mut record = Recorder::new(true);
    let versions = record.open(StepKind::Stage(Stage::Versions), Span::NOWHERE, None);
    for (moment, max) in [(Moment::Act, 900_000), (Moment::Decision, 200_000)] {
        let candidate = record.open(StepKind::Candidate(moment), span("违法行为 water"), Some(id(VIOLATION)));
        let statutory = record.open(StepKind::Stage(Stage::Statutory), Span::NOWHERE, None);
        record.step(
            StepKind::StatutoryRange,
            span("罚款 10万元 至 100万元"),
            Some(id(VIOLATION)),
            Some(Value::Range(between(50_000, max))),
        );
        record.step(
            StepKind::DeemedBase(Number::integer(max), Number::ZERO),
            Span::NOWHERE,
            Some(id(VIOLATION)),
            Some(yuan(max)),
        );
        record.end(statutory);
        record.end(candidate);
    }
    record.step(StepKind::Compared(Criterion::Outcome, None), Span::NOWHERE, None, None);
    record.step(StepKind::Compared(Criterion::StatutoryRange, Some(Moment::Decision)), Span::NOWHERE, None, None);
    record.step(StepKind::Chosen(Moment::Decision), Span::NOWHERE, None, None);
    record.end(versions);
    let fine = |amount, max| {
        let mut result = bare(Outcome::Fine);
        result.fine = Some(Fine {
            amount: Some(Number::integer(amount)),
            within: None,
            range: between(50_000, max),
            benchmark: None,
        });
        result
    };
    let mut all = recommend(program(), fine(60_000, 200_000), record.finish());
    let determination = &mut all.determinations[0];
    determination.moment = Some(Moment::Decision);
    determination.other = Some(fine(80_000, 900_000));
    all
}

#[test]
fn the_short_form_speaks_of_the_version_that_applies_and_says_why() {
    let zh = compared().summary(Lang::Chinese);
    has(&zh, "适用            决定时的规定：");
    has(&zh, "另一版本的规定  行为时的规定：《水污染防治法》第83条第2项");
    has(&zh, "罚款 80,000元");
    has(&zh, "比较处理结果：没有轻重之分");
    has(&zh, "比较法定幅度：决定时的规定较轻");
    // The reckoning under the other version stays out of the short form.
    assert!(zh.contains("200,000元 的按") || zh.contains("基数 200,000元"), "{zh}");
    assert!(!zh.contains("基数 900,000元"), "{zh}");
    let en = compared().summary(Lang::English);
    has(&en, "compared by statutory range: the law at the time of the decision is lighter");
    has(&en, "applied: the law at the time of the decision");
}

#[test]
fn a_choice_is_left_to_the_authority_and_an_undetermined_case_asks() {
    let mut result = bare(Outcome::Choice);
    result.options = vec![OfficerOption::Waive(id(ITEM), true, Vec::new())];
    result.fine = Some(Fine {
        amount: Some(Number::integer(70_000)),
        within: None,
        range: between(10_000, 100_000),
        benchmark: None,
    });
    let all = recommend(program(), result, Trail::default());
    let zh = all.summary(Lang::Chinese);
    has(&zh, "建议：可以不予行政处罚，也可以罚款 70,000元（规则建议优先考虑不予处罚），由行政机关决定");
    has(&zh, "可以不予行政处罚：轻微超标（《粤免罚目录》第6项）；规则建议优先考虑");
    has(&all.summary(Lang::English), "the penalty may be waived, or a fine of CNY 70,000");

    let mut result = bare(Outcome::Undetermined);
    result.facts_to_ask = vec![FactId::new(REPEATS)];
    let all = recommend(program(), result, Trail::default());
    has(&all.summary(Lang::Chinese), "  - 一年内同类违法次数：一年内共几次？（证据：处罚记录）");
    has(
        &all.summary(Lang::English),
        "  - violations within one year: How many within one year? (evidence: penalty records)",
    );
}

#[test]
fn an_element_that_failed_is_named() {
    let mut record = Recorder::new(true);
    let stage = record.open(StepKind::Stage(Stage::Elements), Span::NOWHERE, None);
    record.step(
        StepKind::Subject(crate::case::PartyKind::Individual, false),
        span("对象 单位"),
        Some(id(VIOLATION)),
        None,
    );
    record.end(stage);
    let mut all = recommend(program(), bare(Outcome::NotEstablished), record.finish());
    all.party = crate::case::PartyKind::Individual;
    has(
        &all.summary(Lang::Chinese),
        "未满足的要件  当事人是个人，不属于处罚对象（对象 单位）（《水污染防治法》第83条第2项）",
    );
    has(&all.summary(Lang::English), "the party is an individual, not a subject of this violation");
}

#[test]
fn several_determinations_are_numbered_and_added_up() {
    let mut all = fine();
    let mut again = all.determinations[0].clone();
    again.act = "a2".into();
    all.determinations.push(again);
    let zh = all.summary(Lang::Chinese);
    has(&zh, "各项罚款合计 560,000元");
    has(&zh, "\n2．超标排放水污染物\n");
    let mut open = all.clone();
    open.determinations[1].result.outcome = Outcome::Choice;
    has(&open.summary(Lang::English), "No total: ");
}

#[test]
fn a_label_in_one_language_serves_both() {
    let mut program = program();
    program.rules[ITEM].label = Titles { zh: Some("轻微".into()), en: None };
    let mut record = Recorder::new(true);
    record.step(StepKind::Rule(Verdict::Choice), Span::NOWHERE, Some(id(ITEM)), None);
    let all = recommend(program, bare(Outcome::Fine), record.finish());
    has(&all.explain(Lang::English), "◇ leniency item “轻微”: its conditions are met");
}
