use sha2::{Digest, Sha256};

use super::loader::PackFiles;

/// SHA-256 over manifest and rule files in the order of their paths, each with its length, in hexadecimal.
#[must_use]
pub fn digest(pack: &PackFiles) -> String {
    let mut hash = Sha256::new();
    let mut part = |name: &str, text: &str| {
        for piece in [name, text] {
            hash.update(u64::try_from(piece.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(piece.as_bytes());
        }
    };
    part("pack.toml", &pack.manifest);
    let mut files: Vec<&(String, String)> = pack.files.iter().collect();
    files.sort();
    for (name, text) in files {
        part(name, text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
