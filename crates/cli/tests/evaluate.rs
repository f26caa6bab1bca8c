//! `evaluate` and `explain` on the shipped cases.

use std::fs;

use crate::run::{command, finish, lenity, root};

const OVER_STANDARD: &str = "examples/water-over-standard.toml --pack cn-gd";

#[test]
fn text_is_in_the_language_asked_for() {
    let english = lenity(&format!("evaluate {OVER_STANDARD} --lang en")).exits_with(0);
    assert!(english.stdout.contains("360,000"), "{}", english.stdout);
    assert!(english.stdout.contains("Discharging water pollutants"));
    let chinese = lenity(&format!("evaluate {OVER_STANDARD} --lang zh")).exits_with(0);
    assert!(chinese.stdout.contains("超标排放水污染物"), "{}", chinese.stdout);
    assert!(!chinese.stdout.contains("Discharging"));
}

#[test]
fn the_environment_gives_the_language_when_none_is_asked_for() {
    let arguments = ["evaluate", "examples/water-over-standard.toml", "--pack", "cn-gd"];
    let mut chinese = command(&arguments);
    chinese.env("LANG", "zh_CN.UTF-8");
    let chinese = finish(chinese, "").exits_with(0);
    assert_eq!(chinese.stdout, lenity(&format!("evaluate {OVER_STANDARD} --lang zh")).stdout);
    assert_eq!(
        lenity(&format!("evaluate {OVER_STANDARD}")).stdout,
        lenity(&format!("evaluate {OVER_STANDARD} --lang en")).stdout
    );
}

#[test]
fn explain_tells_more_than_evaluate() {
    let short = lenity(&format!("evaluate {OVER_STANDARD}")).exits_with(0);
    let full = lenity(&format!("explain {OVER_STANDARD}")).exits_with(0);
    assert!(full.stdout.lines().count() > short.stdout.lines().count());
    assert!(full.stdout.contains("cn-gd/water.lenity"), "{}", full.stdout);
}

#[test]
fn every_format_is_what_it_says() {
    let json = lenity(&format!("evaluate {OVER_STANDARD} --format json")).exits_with(0);
    assert!(json.json().is_object());
    let markdown = lenity(&format!("explain {OVER_STANDARD} --format markdown")).exits_with(0);
    assert!(markdown.stdout.starts_with("# "), "{}", markdown.stdout);
    let html = lenity(&format!("explain {OVER_STANDARD} --format html")).exits_with(0);
    let html = html.stdout.to_lowercase();
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    assert!(!lenity(&format!("evaluate {OVER_STANDARD}")).stdout.contains('\u{1b}'));
    let always = lenity(&format!("evaluate {OVER_STANDARD} --color always"));
    assert!(always.stdout.contains("\u{1b}["));
    let never = lenity(&format!("evaluate {OVER_STANDARD} --color never"));
    assert!(!never.stdout.contains('\u{1b}'));
}

#[test]
fn several_cases_are_all_reported() {
    let cases = "examples/water-over-standard.toml examples/water-ph-only.toml --pack cn-gd";
    let text = lenity(&format!("evaluate {cases}")).exits_with(0);
    assert!(text.stdout.contains("360,000") && text.stdout.contains("100,000"));
    let json = lenity(&format!("evaluate {cases} --format json")).exits_with(0);
    assert_eq!(json.json().as_array().map(Vec::len), Some(2));
}

#[test]
fn standard_input_may_be_toml_or_json() {
    let toml = fs::read_to_string(root().join("examples/water-ph-only.toml")).unwrap();
    let arguments = ["evaluate", "-", "--pack", "cn-gd", "--format", "json"];
    let from_toml = finish(command(&arguments), &toml).exits_with(0);
    let json = r#"{
        "id": "water-ph-only",
        "decided_on": "2024-06-01",
        "party": { "kind": "unit" },
        "acts": [{
            "id": "a1",
            "began_on": "2024-03-18",
            "ended_on": "2024-03-18",
            "discovered_on": "2024-03-20",
            "violations": ["water.over_standard"],
            "facts": {
                "超标因子数": 1,
                "污染物类别": "B类",
                "排放口位置": "一般区域",
                "日排放量": "20 吨",
                "仅pH超标": true,
                "仅色度超标": false,
                "pH值": 4.5,
                "一年内同类违法次数": 1,
                "两年内同类违法次数": 1,
                "在规定期限内改正": true,
                "危害后果": "一般"
            }
        }]
    }"#;
    let from_json = finish(command(&arguments), json).exits_with(0);
    assert_eq!(from_toml.stdout, from_json.stdout);
}

#[test]
fn a_case_that_leaves_the_outcome_open_is_a_finding() {
    let open = r#"
id = "open"
decided_on = 2024-06-01
[party]
kind = "unit"
[[acts]]
id = "a1"
began_on = 2024-03-18
ended_on = 2024-03-18
violations = ["water.over_standard"]
[acts.facts]
超标因子数 = 1
"#;
    let arguments = ["evaluate", "-", "--pack", "cn-gd", "--lang", "zh"];
    let finished = finish(command(&arguments), open).exits_with(1);
    assert!(finished.stdout.contains("污染物类别"), "{}", finished.stdout);
}

#[test]
fn a_reader_who_walks_away_is_no_reason_to_panic() {
    let arguments = ["explain", "examples/water-over-standard.toml", "--pack", "cn-gd"];
    let mut child = command(&arguments).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

/// The shipped cases, each with its pack and what every form of its recommendation must say, in Chinese and in English.
const SHIPPED: [(&str, &str, &str, &str); 6] = [
    ("water-over-standard", "cn-gd", "360,000", "360,000"),
    ("water-ph-only", "cn-gd", "100,000", "100,000"),
    ("hazardous-waste-label", "cn-sh", "57,500", "57,500"),
    ("water-minor", "cn-gd", "应当不予行政处罚", "no penalty shall be imposed"),
    ("water-minor-repeated", "cn-gd", "150,000", "150,000"),
    ("inspection-obstructed", "cn-gd", "75,000", "75,000"),
];

#[test]
fn the_shipped_cases_come_to_the_same_in_every_form_and_language() {
    for (case, pack, chinese, english) in SHIPPED {
        for action in ["evaluate", "explain"] {
            for format in ["text", "json", "markdown", "html"] {
                for (lang, expected) in [("zh", chinese), ("en", english)] {
                    let line = format!("{action} examples/{case}.toml --pack {pack} --format {format} --lang {lang}");
                    let answer = lenity(&line).exits_with(0);
                    // Markdown may escape, HTML may mark up what stands between the words.
                    let plain: String = answer.stdout.replace('\\', "");
                    assert!(plain.contains(expected), "{line}: {expected} is not in {plain}");
                }
            }
        }
    }
}

#[test]
fn what_the_readme_shows_is_what_its_command_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once("cargo run --release -- ").unwrap();
    let (line, after) = after.split_once('\n').unwrap();
    let (_, after) = after.split_once("```text\n").unwrap();
    let (shown, _) = after.split_once("```").unwrap();
    let printed = lenity(line).exits_with(0).stdout;
    for shown in shown.lines().filter(|shown| !shown.is_empty()) {
        assert!(printed.lines().any(|printed| printed == shown), "{shown}\nis not in\n{printed}");
    }
}
