//! What a pack in a folder may and may not read.

use std::path::Path;

use crate::run::{Finished, command, finish, folder, write, write_pack};

fn check(pack: &Path) -> Finished {
    finish(command(&["check", pack.to_str().unwrap(), "--lang", "en"]), "")
}

#[test]
fn imports_lie_beside_the_pack_or_are_built_in() {
    let folder = folder("folder-imports");
    write_pack(&folder, "beside", "", "");
    let pack = write_pack(&folder, "mine", "[imports]\nbeside = \"1\"\ncn = \"0.1.0\"\n", "");
    check(&pack).exits_with(0);
    let pack = write_pack(&folder, "other", "[imports]\nnowhere = \"1\"\n", "");
    let finished = check(&pack).exits_with(1);
    assert!(finished.stdout.contains("E0207"), "{}", finished.stdout);
    assert!(finished.stdout.contains("other/pack.toml:5:1"), "{}", finished.stdout);
}

#[test]
fn an_import_cannot_name_a_path() {
    let folder = folder("folder-paths");
    write_pack(&folder, "secret", "", "");
    for (index, path) in ["../secret", "/etc", "..", "secret/../secret"].iter().enumerate() {
        let imports = format!("[imports]\n\"{path}\" = \"1\"\n");
        let pack = write_pack(&folder.join("packs"), &format!("p{index}"), &imports, "");
        let finished = check(&pack).exits_with(1);
        assert!(finished.stdout.contains("cannot be a path"), "{}", finished.stdout);
    }
}

#[test]
fn rule_files_may_lie_in_sub_folders_and_other_files_are_ignored() {
    let pack = write_pack(&folder("folder-files"), "mine", "", "");
    write(&pack, "water/facts.lenity", "事实 甲 “甲” / \"A\" {\n    类型 是否\n}\n");
    write(&pack, "notes.md", b"\xff\xfe not for the compiler");
    write(&pack, ".water.lenity.swp", b"\xff");
    write(&pack, ".git/x.lenity", b"\xff");
    let finished = check(&pack).exits_with(0);
    assert!(finished.stdout.contains("facts: 1"), "{}", finished.stdout);
}

#[test]
fn a_file_in_another_encoding_is_refused_by_name() {
    let pack = write_pack(&folder("folder-encoding"), "mine", "", "");
    write(&pack, "water/gbk.lenity", b"// \xb9\xe3\xb6\xab\n");
    let finished = check(&pack).exits_with(3);
    assert!(finished.stdout.contains("`water/gbk.lenity` is not UTF-8"), "{}", finished.stdout);
}

#[test]
fn a_pack_inside_a_pack_is_refused() {
    let pack = write_pack(&folder("folder-nested"), "mine", "", "");
    write_pack(&pack, "inner", "", "");
    let finished = check(&pack).exits_with(3);
    assert!(finished.stdout.contains("a pack inside a pack"), "{}", finished.stdout);
}

#[cfg(unix)]
#[test]
fn symbolic_links_stay_in_the_pack() {
    use std::os::unix::fs::symlink;

    let folder = folder("folder-links");
    write(&folder, "outside.lenity", "");
    write(&folder, "outside/x.lenity", "");
    let good = write_pack(&folder, "good", "", "");
    write(&good, "kept/original.txt", "");
    symlink("kept/original.txt", good.join("linked.lenity")).unwrap();
    check(&good).exits_with(0);

    let leaving = write_pack(&folder, "leaving", "", "");
    symlink("../outside.lenity", leaving.join("link.lenity")).unwrap();
    let finished = check(&leaving).exits_with(3);
    assert!(finished.stdout.contains("`link.lenity` is a symbolic link that leaves the pack"), "{}", finished.stdout);

    let through = write_pack(&folder, "through", "", "");
    symlink("../outside", through.join("link")).unwrap();
    let finished = check(&through).exits_with(3);
    assert!(finished.stdout.contains("`link` is a symbolic link to a folder"), "{}", finished.stdout);

    let broken = write_pack(&folder, "broken", "", "");
    symlink("nothing", broken.join("link.lenity")).unwrap();
    let finished = check(&broken).exits_with(3);
    assert!(finished.stdout.contains("`link.lenity`"), "{}", finished.stdout);

    // The folder of a pack may itself be reached by a link; its files are still its own.
    symlink(&good, folder.join("alias")).unwrap();
    check(&folder.join("alias")).exits_with(0);
}
