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
pub(crate) struct RepositoryFile {
    /// Path from the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All text files below `folders` whose name ends in one of `endings`, by path. Build output and version control are left
/// out.
pub(crate) fn files(folders: &[&str], endings: &[&str]) -> Vec<RepositoryFile> {
    let root = root();
    let mut found = Vec::new();
    let skipped = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str());
        matches!(name, Some("target" | ".git"))
    };
    let entries = folders.iter().flat_map(|folder| {
        let walk = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
        walk.into_iter().filter_entry(|entry| !skipped(entry.path()))
    });
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().to_str().unwrap();
        if entry.file_type().is_file() && endings.iter().any(|ending| name.ends_with(ending)) {
            let inside = entry.path().strip_prefix(&root).unwrap();
            let parts: Vec<&str> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            found.push(RepositoryFile { path: parts.join("/"), text: std::fs::read_to_string(entry.path()).unwrap() });
        }
    }
    assert!(!found.is_empty(), "no files in {}", folders.join(", "));
    found
}

/// Fails with one finding a line.
#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
}
