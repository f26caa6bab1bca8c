//! `fmt` on folders, single files and standard input.

use std::fs;

use crate::run::{command, finish, folder, write_pack};

const UNTIDY: &str = "法规《甲法》{施行 2020-01-01 起 // 没有最后一天\n}\n事实 数量 { 类型 整数; 范围 ［０，１０］ }\n";
const TIDY: &str = "\
法规 《甲法》 {
    施行 2020-01-01 起  // 没有最后一天
}

事实 数量 { 类型 整数; 范围 [0, 10] }
";

#[test]
fn a_pack_is_laid_out_once_and_then_stays_as_it_is() {
    let pack = write_pack(&folder("fmt-pack"), "甲", "", UNTIDY);
    let path = pack.to_str().unwrap();
    let checked = finish(command(&["fmt", "--check", path, "--lang", "en"]), "").exits_with(1);
    assert_eq!(checked.stdout, "甲/rules.lenity: would change\n");
    assert_eq!(fs::read_to_string(pack.join("rules.lenity")).unwrap(), UNTIDY);
    let formatted = finish(command(&["fmt", path, "--lang", "zh"]), "").exits_with(0);
    assert_eq!(formatted.stdout, "甲/rules.lenity：已整理\n");
    assert_eq!(fs::read_to_string(pack.join("rules.lenity")).unwrap(), TIDY);
    let again = finish(command(&["fmt", "--check", path]), "").exits_with(0);
    assert_eq!(again.stdout, "");
    let left: Vec<_> = fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn keywords_are_written_in_the_other_language() {
    let finished = finish(command(&["fmt", "-", "--keywords", "en"]), UNTIDY).exits_with(0);
    assert!(
        finished.stdout.contains("instrument 《甲法》 {\n    effective 2020-01-01 ..  // 没有最后一天"),
        "{}",
        finished.stdout
    );
    assert!(finished.stdout.contains("fact 数量 { type integer; bounds [0, 10] }"), "{}", finished.stdout);
}

#[test]
fn nothing_is_written_when_a_file_cannot_be_read() {
    let pack = write_pack(&folder("fmt-bad"), "bad", "", UNTIDY);
    fs::write(pack.join("more.lenity"), "事实 数量 { 类型 整数 整数 }\n").unwrap();
    let finished = finish(command(&["fmt", pack.to_str().unwrap(), "--lang", "en"]), "").exits_with(3);
    assert!(finished.stdout.contains("more.lenity:1:"), "{}", finished.stdout);
    assert_eq!(fs::read_to_string(pack.join("rules.lenity")).unwrap(), UNTIDY);
}

#[test]
fn a_path_that_is_neither_is_refused() {
    let finished = finish(command(&["fmt", "no-such-pack", "--lang", "en"]), "").exits_with(3);
    assert!(finished.stderr.contains("neither a rule file nor the folder of a pack"), "{}", finished.stderr);
    finish(command(&["fmt", "-", "rules/cn", "--lang", "en"]), "").exits_with(2);
}
