//! Writes a table of all packs below `rules/`, each file named by its absolute path for `include_str!`.
//!
//! A macro that embeds a folder cannot tell a stable compiler about files that are added later; a build script can.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let rules = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../rules").canonicalize()?;
    // Cargo looks into a folder named here down to its last file.
    println!("cargo::rerun-if-changed={}", rules.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut packs = Vec::new();
    find_packs(&rules, &mut packs)?;
    packs.sort();
    let mut names: Vec<&str> = packs.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    if names.len() != packs.len() {
        return Err(format!("two packs have the same name: {names:?}").into());
    }

    let mut table = String::from("&[\n");
    for (name, folder) in &packs {
        let mut files = Vec::new();
        rule_files(folder, folder, &mut files)?;
        files.sort();
        let manifest = folder.join("pack.toml");
        writeln!(table, "    Pack {{\n        name: {name:?},")?;
        writeln!(table, "        manifest: include_str!({manifest:?}),")?;
        writeln!(table, "        files: &[")?;
        for (path, file) in files {
            writeln!(table, "            ({path:?}, include_str!({file:?})),")?;
        }
        writeln!(table, "        ],\n    }},")?;
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("packs.rs"), table)?;
    Ok(())
}

/// A folder with a `pack.toml` is a pack; any other folder may hold packs.
fn find_packs(folder: &Path, packs: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.join("pack.toml").is_file() {
            packs.push((name_of(&path)?, path));
        } else if path.is_dir() {
            find_packs(&path, packs)?;
        }
    }
    Ok(())
}

/// The rule files below `folder`, by their path inside the pack with `/` between folders.
fn rule_files(pack: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.join("pack.toml").exists() {
                return Err(format!("{} is a pack inside a pack", path.display()).into());
            }
            rule_files(pack, &path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "lenity") {
            let inside = path.strip_prefix(pack)?;
            let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
            let parts = parts.ok_or_else(|| format!("{} is not UTF-8", path.display()))?;
            files.push((parts.join("/"), path));
        }
    }
    Ok(())
}

fn name_of(path: &Path) -> Result<String, Box<dyn Error>> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.ok_or_else(|| format!("{} is not UTF-8", path.display()))?.to_owned())
}
