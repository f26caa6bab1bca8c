//! `difference` on two versions of a pack.

use crate::run::{command, finish, folder, late_reports, lenity, write_pack};

fn old_rules() -> String {
    late_reports("< 10 => 10%  >= 10 => 50%", "")
}

#[test]
fn a_case_shows_what_differs_and_the_exit_code_says_so() {
    let folder = folder("difference");
    let old = write_pack(&folder, "old", "", &old_rules());
    let new =
        write_pack(&folder, "new", "", &old_rules().replace("< 10 =>", "<= 10 =>").replace(">= 10 =>", "> 10 =>"));
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());
    let text = finish(command(&["difference", old, new, "--lang", "en"]), "").exits_with(1);
    assert!(text.stdout.starts_with("water.late: different\n"), "{}", text.stdout);
    assert!(text.stdout.contains("    old: a fine of CNY 100,000\n    new: a fine of CNY 20,000\n"), "{}", text.stdout);
    assert!(text.stdout.contains("    days = \"10\"\n"), "{}", text.stdout);
    let chinese = finish(command(&["difference", old, new, "--lang", "zh"]), "").exits_with(1);
    assert!(chinese.stdout.starts_with("water.late：不同\n"), "{}", chinese.stdout);
    let json = finish(command(&["difference", old, new, "--format", "json"]), "").exits_with(1).json();
    assert_eq!(json["violations"][0]["found"], "different");
    assert_eq!(json["violations"][0]["changes"][0]["new"]["en"], "a fine of CNY 20,000");

    // The case is one like any other.
    let case = folder.join("shown.toml");
    std::fs::write(&case, json["violations"][0]["old_case"].as_str().unwrap()).unwrap();
    let evaluated = finish(command(&["evaluate", case.to_str().unwrap(), "--pack", old, "--format", "json"]), "");
    assert!(evaluated.stdout.contains("\"100000\""), "{}", evaluated.stdout);
}

#[test]
fn a_pack_is_the_same_as_itself() {
    let finished = lenity("difference cn-gd cn-gd --lang en").exits_with(0);
    let lines: Vec<&str> = finished.stdout.lines().collect();
    assert!(!lines.is_empty() && lines.iter().all(|line| line.ends_with(": the same: declared alike")), "{lines:?}");
}

#[test]
fn a_pack_that_is_not_there_or_has_errors_is_refused() {
    let folder = folder("difference-refused");
    let old = write_pack(&folder, "good", "", &old_rules());
    let bad = write_pack(&folder, "bad", "", "fact days { type integr }\n");
    let (old, bad) = (old.to_str().unwrap(), bad.to_str().unwrap());
    let finished = finish(command(&["difference", old, bad, "--lang", "en"]), "").exits_with(3);
    assert!(finished.stdout.is_empty() && finished.stderr.contains("integr"), "{}", finished.stderr);
    finish(command(&["difference", old, "no-such-pack"]), "").exits_with(3);
}
