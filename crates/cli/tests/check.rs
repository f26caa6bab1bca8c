//! `check` on good packs and bad ones.

use crate::run::{command, finish, folder, late_reports, lenity, write_pack};

/// Three mistakes that have nothing to do with each other.
const BAD: &str = "\
事实 甲 “甲” / \"A\" {
    类型 是否
    类型 是否
}

事实 乙 “乙” / \"B\" {
    类型 整数 整数
}

单位 桶 “桶” / \"barrel\" {
    颜色 红
}
";

#[test]
fn built_in_packs_have_no_errors() {
    let names: Vec<&str> = lenity_packs::names().collect();
    // What is found in them is in the instruments themselves, and the rules say why it stands.
    let finished = lenity(&format!("check {}", names.join(" "))).exits_with(0);
    for name in names {
        assert!(finished.stdout.contains(&format!("{name}: no errors")), "{}", finished.stdout);
    }
    assert!(!finished.stdout.contains("error["), "{}", finished.stdout);
}

/// Ten days have no row.
fn gap() -> String {
    late_reports("< 10 => 10%  > 10 => 30%", "")
}

/// 10% to 30% of 200,000, and nothing for exactly ten days.
#[test]
fn the_reach_of_a_benchmark_is_shown_with_cases_and_facts() {
    let folder = folder("check-reach");
    let pack = write_pack(&folder, "reach", "", &gap());
    let pack = pack.to_str().unwrap();
    let text = finish(command(&["check", pack, "--reach", "--lang", "en"]), "").exits_with(0).stdout;
    assert!(text.contains("  lowest   20,000 (statutory range 20,000..200,000)\n      id = "), "{text}");
    assert!(text.contains("  highest  60,000 (statutory range 20,000..200,000)\n      id = "), "{text}");
    assert!(text.contains("      days = \"11\"\n") && text.contains("  depends on  days\n"), "{text}");
    let json = finish(command(&["check", pack, "--reach", "--format", "json"]), "").exits_with(0).json();
    assert_eq!(json[0]["party"], "unit");
    assert_eq!(json[1]["party"], "individual");
    assert_eq!(json[0]["highest"]["amount"], "60000");
    assert_eq!(json[0]["depends_on"][0], "days");
    assert_eq!(json[0]["exact"], true);
    finish(command(&["check", pack, "--reach", "--format", "sarif"]), "").exits_with(2);
}

#[test]
fn what_is_found_in_the_rules_comes_with_a_case_that_can_be_explained() {
    let folder = folder("check-gap");
    let pack = write_pack(&folder, "gap", "status = \"verified\"\n", &gap());
    let pack = pack.to_str().unwrap();
    let text = finish(command(&["check", pack, "--lang", "en"]), "").exits_with(1);
    assert!(text.stdout.contains("warning[E0701]: no row applies when days = 10"), "{}", text.stdout);
    assert!(text.stdout.contains("    days = \"10\"\n"), "{}", text.stdout);
    assert!(text.stdout.contains("1 warning"), "{}", text.stdout);
    assert!(text.stdout.ends_with("to read more: lenity code E0701\n"), "{}", text.stdout);
    let findings = finish(command(&["check", pack, "--format", "json"]), "").exits_with(1).json();
    assert_eq!(findings[0]["code"], "E0701");
    assert_eq!(findings[0]["severity"], "warning");
    assert!(findings[0]["fix"].is_null());
    let case = folder.join("case.toml");
    std::fs::write(&case, findings[0]["case"].as_str().unwrap()).unwrap();
    let explained = finish(command(&["explain", case.to_str().unwrap(), "--pack", pack, "--lang", "en"]), "");
    assert!(explained.stdout.contains("no row"), "{}{}", explained.stdout, explained.stderr);
}

#[test]
fn every_mistake_of_a_file_is_found_in_one_run() {
    let pack = write_pack(&folder("check-three"), "bad", "", BAD);
    let arguments = ["check", pack.to_str().unwrap(), "--lang", "en"];
    let finished = finish(command(&arguments), "").exits_with(1);
    for line in [3, 7, 11] {
        let place = format!("bad/rules.lenity:{line}:");
        assert!(finished.stdout.contains(&place), "{}", finished.stdout);
    }
    assert!(finished.stdout.contains("3 errors; to read more: lenity code E0"));
    assert_eq!(finished.stderr, "");
    let arguments = ["check", pack.to_str().unwrap(), "--lang", "zh"];
    let chinese = finish(command(&arguments), "").exits_with(1);
    assert!(chinese.stdout.contains("3个错误；详见 lenity code E0"), "{}", chinese.stdout);
}

#[test]
fn json_has_code_place_and_both_languages() {
    let pack = write_pack(&folder("check-json"), "bad", "", BAD);
    let arguments = ["check", pack.to_str().unwrap(), "--format", "json"];
    let findings = finish(command(&arguments), "").exits_with(1).json();
    let findings = findings.as_array().unwrap();
    assert_eq!(findings.len(), 3);
    for finding in findings {
        assert!(finding["code"].as_str().unwrap().starts_with("E0"));
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["place"]["file"], "bad/rules.lenity");
        assert!(finding["place"]["line"].as_u64().unwrap() > 0);
        assert_ne!(finding["message"]["zh"], finding["message"]["en"]);
        assert!(finding["labels"].is_array());
    }
    // What there is to know of the pack does not make it fail.
    let known = lenity("check cn --format json").exits_with(0).json();
    assert!(known.as_array().unwrap().iter().all(|finding| finding["severity"] == "note"), "{known}");
}

#[test]
fn without_a_name_the_packs_of_the_current_folder_are_checked() {
    let folder = folder("check-here");
    write_pack(&folder, "one", "", "");
    write_pack(&folder, "two", "[imports]\none = \"1\"\n", "");
    let mut above = command(&["check"]);
    above.current_dir(&folder);
    let finished = finish(above, "").exits_with(0);
    assert!(finished.stdout.contains("one: no errors") && finished.stdout.contains("two: no errors"));
    let mut inside = command(&["check"]);
    inside.current_dir(folder.join("two"));
    let finished = finish(inside, "").exits_with(0);
    assert!(!finished.stdout.contains("one: no errors") && finished.stdout.contains("two: no errors"));
    let mut elsewhere = command(&["check"]);
    elsewhere.current_dir(folder.join("one")).args(["no-such-pack"]);
    finish(elsewhere, "").exits_with(3);
    std::fs::remove_file(folder.join("one/pack.toml")).unwrap();
    let mut nothing = command(&["check"]);
    nothing.current_dir(folder.join("one"));
    finish(nothing, "").exits_with(2);
}

#[test]
fn a_mistake_in_a_shared_pack_is_told_once() {
    let folder = folder("check-shared");
    let shared = write_pack(&folder, "shared", "", BAD);
    let user = write_pack(&folder, "user", "[imports]\nshared = \"1\"\n", "");
    let arguments = ["check", shared.to_str().unwrap(), user.to_str().unwrap(), "--format", "json"];
    let findings = finish(command(&arguments), "").exits_with(1).json();
    assert_eq!(findings.as_array().map(Vec::len), Some(3));
}

#[test]
fn findings_as_sarif_have_rules_places_and_the_case() {
    let pack = write_pack(&folder("check-sarif"), "gap", "", &gap());
    let sarif = finish(command(&["check", pack.to_str().unwrap(), "--format", "sarif", "--lang", "zh"]), "");
    let sarif = sarif.exits_with(1).json();
    assert_eq!(sarif["version"], "2.1.0");
    let run = &sarif["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "lenity");
    assert_eq!(driver["rules"][0]["id"], "E0701");
    assert_eq!(driver["rules"][0]["defaultConfiguration"]["level"], "warning");
    let result = &run["results"][0];
    assert_eq!(result["ruleId"], "E0701");
    assert_eq!(result["ruleIndex"], 0);
    assert_eq!(result["level"], "warning");
    let location = &result["locations"][0]["physicalLocation"];
    let uri = location["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.ends_with("check-sarif/gap/rules.lenity"), "{uri}");
    assert_eq!(location["region"]["startLine"], 11);
    assert!(result["properties"]["case"].as_str().unwrap().contains("days = "), "{result}");
}

#[test]
fn findings_as_annotations_are_one_line_each_with_the_path_of_the_file() {
    let pack = write_pack(&folder("check-github"), "gap", "", &gap());
    let mut command = command(&["check", "gap", "--format", "github", "--lang", "en"]);
    command.current_dir(pack.parent().unwrap());
    let annotations = finish(command, "").exits_with(1).stdout;
    let lines: Vec<&str> = annotations.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with("::")), "{annotations}");
    let gap = lines.iter().find(|line| line.contains("title=E0701")).unwrap();
    assert!(gap.starts_with("::warning file=gap/rules.lenity,line=11,endLine=11,col="), "{gap}");
    assert!(gap.contains("::no row applies when days = 10%0A"), "{gap}");
}

#[test]
fn a_built_in_file_is_named_in_the_message_since_no_checkout_has_it() {
    let annotations = lenity("check cn-sh --format github --lang en").stdout;
    assert!(annotations.lines().any(|line| line.contains("title=E0790::cn-sh/waste.lenity:")), "{annotations}");
    assert!(!annotations.contains("file="), "{annotations}");
}

/// Of a row that is there: nothing needs it.
const ALLOWED: &str = "        allow E0701 days \"the table says nothing of ten days\"\n";

#[test]
fn an_allowance_that_nothing_needs_is_removed_on_request() {
    let pack = write_pack(&folder("check-fix"), "mended", "", &late_reports("< 10 => 10%  >= 10 => 50%", ALLOWED));
    let pack = pack.to_str().unwrap();
    let before = finish(command(&["check", pack, "--lang", "en"]), "").exits_with(1);
    assert!(before.stdout.contains("warning[E0791]"), "{}", before.stdout);
    let fixed = finish(command(&["check", pack, "--fix", "--lang", "en"]), "");
    assert_eq!(fixed.stderr, "mended/rules.lenity: remove the allowance that is not needed\n");
    let text = std::fs::read_to_string(format!("{pack}/rules.lenity")).unwrap();
    assert_eq!(text, late_reports("< 10 => 10%  >= 10 => 50%", ""));
    let after = finish(command(&["check", pack, "--lang", "en"]), "").exits_with(0);
    assert!(!after.stdout.contains("E0791"), "{}", after.stdout);
}
