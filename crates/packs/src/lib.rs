//! The packs that come with Lenity, inside the program: no files are needed to use them.
//!
//! ```
//! use lenity::Loader;
//! assert!(lenity_packs::names().any(|name| name == "cn"));
//! assert!(lenity_packs::BuiltIn.load("cn").is_ok());
//! ```

use lenity::{LoadError, Loader, PackFiles};

struct Pack {
    name: &'static str,
    manifest: &'static str,
    /// Path inside the pack and text, by path.
    files: &'static [(&'static str, &'static str)],
}

/// Sorted by name.
static PACKS: &[Pack] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Loads built-in packs by name.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIn;

impl Loader for BuiltIn {
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError> {
        let pack = PACKS.iter().find(|each| each.name == pack).ok_or(LoadError::NotFound)?;
        Ok(PackFiles {
            manifest: pack.manifest.to_owned(),
            files: pack.files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect(),
        })
    }
}

/// The names of all built-in packs, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|pack| pack.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_calls_itself_what_its_folder_is_called() {
        for name in names() {
            let files = BuiltIn.load(name).unwrap();
            assert!(files.manifest.contains(&format!("name = \"{name}\"")), "{name}");
            assert!(!files.files.is_empty(), "{name} has no rule files");
        }
    }

    #[test]
    fn names_are_sorted_and_unknown_ones_refused() {
        assert!(names().is_sorted());
        assert_eq!(BuiltIn.load("no-such-pack"), Err(LoadError::NotFound));
    }
}
