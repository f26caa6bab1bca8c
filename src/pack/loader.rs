use std::collections::BTreeMap;

/// The texts of one pack.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PackFiles {
    /// The text of `pack.toml`.
    pub manifest: String,
    /// Rule files: path inside the pack with `/` between folders, and text. The order does not matter.
    pub files: Vec<(String, String)>,
}

/// Why a pack could not be loaded.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no pack of that name.
    #[error("there is no pack of that name")]
    NotFound,
    /// It is there, but its files cannot be read; the text says which and why.
    #[error("{0}")]
    Unreadable(String),
}

/// Where packs come from: a folder, an archive, the binary itself. The library reads nothing by any other way.
pub trait Loader {
    /// The texts of the pack called `pack`.
    ///
    /// # Errors
    /// When there is no such pack, or it cannot be read.
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError>;
}

/// Packs held in memory, for tests and small programs.
///
/// ```
/// use lenity::{Loader, MemoryLoader};
/// let loader = MemoryLoader::new().with("demo", "name = \"demo\"\nversion = \"1\"\narea = \"cn\"\n", [("a.lenity", "")]);
/// assert!(loader.load("demo").is_ok());
/// assert!(loader.load("other").is_err());
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryLoader {
    packs: BTreeMap<String, PackFiles>,
}

impl MemoryLoader {
    /// A loader without packs.
    #[must_use]
    pub fn new() -> Self {
        MemoryLoader::default()
    }

    /// Adds a pack.
    #[must_use]
    pub fn with<'a>(mut self, name: &str, manifest: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        self.packs.insert(name.to_owned(), PackFiles { manifest: manifest.to_owned(), files });
        self
    }
}

impl Loader for MemoryLoader {
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError> {
        self.packs.get(pack).cloned().ok_or(LoadError::NotFound)
    }
}
