use std::path::{Path, PathBuf};

use lenity::diagnostic::{Text, did_you_mean};
use lenity::{Compiled, Diagnostics, Lang, Loader, Ruleset};
use lenity_packs::BuiltIn;

use crate::exit::Failure;
use crate::folder::Folder;

/// A pack that was asked for and is there.
#[derive(Debug)]
pub(crate) enum Pack {
    /// Comes with the program.
    BuiltIn(String),
    /// Lies in a folder.
    Folder(Folder),
}

impl Pack {
    /// A folder when there is one with a manifest, else a built-in pack. `./cn-gd` is always a folder.
    pub(crate) fn named(written: &str, lang: Lang) -> Result<Self, Failure> {
        let path = Path::new(written);
        if path.join("pack.toml").exists() {
            return Folder::new(path, lang).map(Pack::Folder).map_err(Failure::Refused);
        }
        if lenity_packs::names().any(|name| name == written) {
            return Ok(Pack::BuiltIn(written.to_owned()));
        }
        if path.is_dir() {
            return Err(Failure::Refused(Text::new(
                format!("文件夹“{written}”里没有 pack.toml，不是规则包"),
                format!("folder `{written}` has no pack.toml, so it is not a pack"),
            )));
        }
        let known: Vec<&str> = lenity_packs::names().collect();
        let (near_zh, near_en) = match did_you_mean(written, known.iter().copied()) {
            Some(near) => (format!("；是不是“{near}”？"), format!("; did you mean `{near}`?")),
            None => {
                (format!("；内置的规则包有：{}", known.join("、")), format!("; built in are: {}", known.join(", ")))
            }
        };
        Err(Failure::Refused(Text::new(
            format!("没有规则包“{written}”，它既不是文件夹，也不是内置的{near_zh}"),
            format!("there is no pack `{written}`, neither as a folder nor built in{near_en}"),
        )))
    }

    /// The packs in the current folder: that folder itself, or else those directly below it.
    pub(crate) fn found_here(lang: Lang) -> Result<Vec<(String, Self)>, Failure> {
        let mut folders: Vec<PathBuf> = Vec::new();
        if Path::new("pack.toml").exists() {
            folders.push(PathBuf::from("."));
        } else if let Ok(entries) = std::fs::read_dir(".") {
            folders.extend(
                entries
                    .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                    .filter(|path| path.join("pack.toml").exists()),
            );
            folders.sort();
        }
        if folders.is_empty() {
            return Err(Failure::WrongUse(Text::new(
                "当前文件夹里没有规则包；写出要检查的规则包，例如 lenity check cn-gd",
                "there is no pack in this folder; name one, such as lenity check cn-gd",
            )));
        }
        folders
            .iter()
            .map(|path| {
                let folder = Folder::new(path, lang).map_err(Failure::Refused)?;
                Ok((folder.name().to_owned(), Pack::Folder(folder)))
            })
            .collect()
    }

    /// Compiles the pack and all it imports.
    pub(crate) fn load(&self) -> Result<Compiled, Diagnostics> {
        match self {
            Pack::BuiltIn(name) => Ruleset::load(&BuiltIn, name),
            Pack::Folder(folder) => Ruleset::load(folder, folder.name()),
        }
    }

    /// Where the file that messages call `name` lies; `None` for one that is built in.
    pub(crate) fn path_of(&self, name: &str) -> Option<String> {
        match self {
            Pack::BuiltIn(_) => None,
            Pack::Folder(folder) => folder.path_of(name),
        }
    }

    /// Whether its files can be read at all; when not, there is nothing to find mistakes in.
    pub(crate) fn is_readable(&self) -> bool {
        match self {
            Pack::BuiltIn(_) => true,
            Pack::Folder(folder) => folder.load(folder.name()).is_ok(),
        }
    }
}
