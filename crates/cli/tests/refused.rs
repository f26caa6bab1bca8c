//! Wrong use and bad input: each has its exit code, and none gives a recommendation.

use crate::run::{Finished, command, finish, folder, lenity, write};

fn nothing_recommended(finished: &Finished) {
    assert_eq!(finished.stdout, "");
    assert_ne!(finished.stderr, "");
}

#[test]
fn wrong_use_is_two() {
    for arguments in [
        "",
        "judge",
        "evaluate --pack cn",
        "evaluate examples/water-minor.toml",
        "evaluate examples/water-minor.toml --pack cn-gd --format xml",
        "evaluate examples/water-minor.toml --pack cn-gd --lang fr",
        "evaluate examples/water-minor.toml examples/water-ph-only.toml --pack cn-gd --format html",
        "evaluate - - --pack cn-gd",
    ] {
        nothing_recommended(&lenity(arguments).exits_with(2));
    }
}

#[test]
fn help_and_version_are_fine() {
    assert!(lenity("--help").exits_with(0).stdout.contains("Exit codes"));
    assert!(lenity("--version").exits_with(0).stdout.starts_with("lenity "));
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let missing = lenity("evaluate examples/no-such-case.toml --pack cn-gd").exits_with(3);
    nothing_recommended(&missing);
    assert!(missing.stderr.contains("examples/no-such-case.toml"));
    nothing_recommended(&lenity("evaluate examples --pack cn-gd").exits_with(3));
}

#[test]
fn a_case_in_another_encoding_is_refused_and_the_line_named() {
    let folder = folder("refused-encoding");
    write(&folder, "gbk.toml", b"id = \"1\"\nname = \"\xb9\xe3\xb6\xab\"\n");
    let path = folder.join("gbk.toml");
    let arguments = ["evaluate", path.to_str().unwrap(), "--pack", "cn-gd", "--lang", "en"];
    let finished = finish(command(&arguments), "").exits_with(3);
    nothing_recommended(&finished);
    assert!(finished.stderr.contains("not UTF-8 on line 2"), "{}", finished.stderr);
}

/// A good case with one line put in the place of another.
fn altered(from: &str, to: &str) -> String {
    let case = "\
id = \"c\"
decided_on = 2024-06-01
party = { kind = \"unit\" }
[[acts]]
id = \"a1\"
began_on = 2024-03-18
ended_on = 2024-03-18
violations = [\"water.over_standard\"]
[acts.facts]
超标因子数 = 1
日排放量 = \"20 吨\"
";
    assert!(case.contains(from), "{from}");
    case.replace(from, to)
}

#[test]
fn every_mistake_in_a_case_has_its_code() {
    for (from, to, code) in [
        ("id = \"c\"", "id = \"c", "E0601"),
        ("id = \"a1\"", "id = \"a1\"\ncolour = \"red\"", "E0602"),
        ("decided_on = 2024-06-01\n", "", "E0603"),
        ("超标因子数 = 1", "超标因子数 = \"many\"", "E0604"),
        ("超标因子数 = 1", "超标因子书 = 1", "E0605"),
        ("\"20 吨\"", "20", "E0606"),
        ("超标因子数 = 1", "超标因子数 = -1", "E0607"),
        ("ended_on = 2024-03-18", "ended_on = 2024-03-17", "E0608"),
        ("water.over_standard", "water.over_standart", "E0609"),
    ] {
        let arguments = ["evaluate", "-", "--pack", "cn-gd", "--lang", "en"];
        let finished = finish(command(&arguments), &altered(from, to)).exits_with(3);
        nothing_recommended(&finished);
        assert!(finished.stderr.contains(code), "{to}: {}", finished.stderr);
        assert!(finished.stderr.contains("<stdin>"), "{}", finished.stderr);
    }
}

#[test]
fn all_mistakes_of_a_case_are_listed_at_once() {
    let case = altered("超标因子数 = 1", "超标因子书 = 1").replace("\"20 吨\"", "\"20 天\"");
    for (lang, count) in [("en", "2 errors"), ("zh", "2个错误")] {
        let arguments = ["evaluate", "-", "--pack", "cn-gd", "--lang", lang];
        let finished = finish(command(&arguments), &case).exits_with(3);
        assert!(finished.stderr.contains(count), "{}", finished.stderr);
        assert!(finished.stderr.contains("超标因子数"), "{}", finished.stderr);
    }
}

#[test]
fn a_refused_case_does_not_keep_the_others_from_being_answered() {
    let finished = lenity("evaluate examples/no-such-case.toml examples/water-ph-only.toml --pack cn-gd --format json")
        .exits_with(3);
    assert_eq!(finished.json().as_array().map(Vec::len), Some(1));
    assert!(finished.stderr.contains("no-such-case.toml"));
}

#[test]
fn a_pack_that_is_not_there_is_refused_with_a_suggestion() {
    let finished = lenity("evaluate examples/water-minor.toml --pack cn-gf").exits_with(3);
    nothing_recommended(&finished);
    assert!(finished.stderr.contains("did you mean `cn-gd`?"), "{}", finished.stderr);
    let finished = lenity("evaluate examples/water-minor.toml --pack examples").exits_with(3);
    assert!(finished.stderr.contains("pack.toml"), "{}", finished.stderr);
}
