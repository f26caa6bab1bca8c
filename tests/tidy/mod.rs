//! What a reader may rely on about the repository itself, checked.

mod files;
mod layers;
mod markdown;
mod names;
mod tokens;

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
struct RepositoryFile {
    /// Path from the root, with `/`.
    path: String,
    text: String,
}

/// All text files below `folder` whose name ends in one of `endings`, by path. Build output and version control are left out.
fn files(folder: &str, endings: &[&str]) -> Vec<RepositoryFile> {
    let root = root();
    let mut found = Vec::new();
    let skipped = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str());
        matches!(name, Some("target" | ".git"))
    };
    for entry in walkdir::WalkDir::new(root.join(folder))
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !skipped(entry.path()))
    {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap();
        if entry.file_type().is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            let parts: Vec<&str> =
                entry.path().strip_prefix(&root).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
            found.push(RepositoryFile { path: parts.join("/"), text: std::fs::read_to_string(entry.path()).unwrap() });
        }
    }
    assert!(!found.is_empty(), "no files in {folder}");
    found
}

/// Fails with one finding a line.
#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}
