//! Packs in folders. What a pack can make this program read ends at the pack's own folder, its siblings, and the built-in packs.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use lenity::diagnostic::Text;
use lenity::{Lang, LoadError, Loader, PackFiles};
use lenity_packs::BuiltIn;

use crate::case_file::line_of;

/// The most that is read of one file, above what the library accepts.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// The most files read of one pack, above what the library accepts.
const MOST_FILES: usize = 10_000;
/// The most folders inside each other.
const DEEPEST: usize = 32;

/// A pack in a folder. What it imports lies in folders beside it, or is built in.
#[derive(Debug)]
pub(crate) struct Folder {
    name: String,
    path: PathBuf,
    lang: Lang,
}

impl Folder {
    /// The pack in `path`; `lang` is that of messages about its files.
    pub(crate) fn new(path: &Path, lang: Lang) -> Result<Self, Text> {
        let real = path.canonicalize().map_err(|error| {
            let shown = path.display();
            Text::new(format!("不能读取文件夹“{shown}”：{error}"), format!("cannot read folder `{shown}`: {error}"))
        })?;
        let name = real.file_name().and_then(|name| name.to_str());
        let Some(name) = name else {
            let shown = real.display();
            return Err(Text::new(
                format!("规则包要以文件夹为名，“{shown}”没有可用的名称"),
                format!("a pack is named after its folder, and `{shown}` has no usable name"),
            ));
        };
        Ok(Folder { name: name.to_owned(), path: real, lang })
    }

    /// Its rule files: what each is called in messages, where it lies, what it says.
    pub(crate) fn rule_files(&self) -> Result<Vec<(String, PathBuf, String)>, Text> {
        let files = read_pack(&self.path)?.files;
        let placed =
            files.into_iter().map(|(name, text)| (format!("{}/{name}", self.name), self.path.join(&name), text));
        Ok(placed.collect())
    }

    /// Where the file that messages call `name` lies, from the folder the program runs in where it is below that; `None`
    /// for a file that is built in.
    pub(crate) fn path_of(&self, name: &str) -> Option<String> {
        let (pack, file) = name.split_once('/')?;
        let folder = if pack == self.name { self.path.clone() } else { self.path.with_file_name(pack) };
        let path = folder.join(file);
        if !path.exists() {
            return None;
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let shown = match &here {
            Ok(here) => path.strip_prefix(here).unwrap_or(&path),
            Err(_) => &path,
        };
        let parts: Option<Vec<&str>> = shown.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| parts.join("/").replacen("//", "/", 1))
    }

    /// The name it is loaded by: that of its folder.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Loader for Folder {
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError> {
        let unreadable = |why: Text| LoadError::Unreadable(why.get(self.lang).to_owned());
        if pack == self.name {
            return read_pack(&self.path).map_err(unreadable);
        }
        if !is_plain_name(pack) {
            return Err(unreadable(Text::new("规则包的名称不能是路径", "the name of a pack cannot be a path")));
        }
        let sibling = self.path.with_file_name(pack);
        if sibling.join("pack.toml").exists() {
            let real = sibling.canonicalize().map_err(|error| unreadable(cannot_read("pack.toml", &error)))?;
            return read_pack(&real).map_err(unreadable);
        }
        BuiltIn.load(pack)
    }
}

/// Whether `name` names an entry of a folder: no `..`, no root, no separator.
fn is_plain_name(name: &str) -> bool {
    let mut components = Path::new(name).components();
    matches!(components.next(), Some(Component::Normal(only)) if only == name)
        && components.next().is_none()
        && !name.contains(['/', '\\', ':'])
}

fn read_pack(root: &Path) -> Result<PackFiles, Text> {
    let mut files = Vec::new();
    read_folder(root, root, 0, &mut files)?;
    Ok(PackFiles { manifest: read_text(root, &root.join("pack.toml"))?, files })
}

/// Reads the `.lenity` files of `folder` and of the folders in it. Names that begin with a dot belong to editors and
/// version control, not to the pack.
fn read_folder(root: &Path, folder: &Path, depth: usize, files: &mut Vec<(String, String)>) -> Result<(), Text> {
    let shown = name_inside(root, folder)?;
    if depth > DEEPEST {
        return Err(Text::new(format!("文件夹“{shown}”嵌套过深"), format!("folder `{shown}` lies too deep")));
    }
    let entries = fs::read_dir(folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
    for entry in entries.map_err(|error| cannot_read(&shown, &error))? {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let is_rule_file = path.extension().is_some_and(|extension| extension == "lenity");
        let kind = entry.file_type().map_err(|error| cannot_read(&shown, &error))?;
        if kind.is_dir() || (kind.is_symlink() && path.is_dir()) {
            let inside = name_inside(root, &path)?;
            if kind.is_symlink() {
                return Err(Text::new(
                    format!("“{inside}”是指向文件夹的符号链接；规则包只读自己的文件夹"),
                    format!("`{inside}` is a symbolic link to a folder; a pack is read from its own folders only"),
                ));
            }
            if path.join("pack.toml").exists() {
                return Err(Text::new(
                    format!("“{inside}”是规则包里的另一个规则包，应放在旁边"),
                    format!("`{inside}` is a pack inside a pack; it belongs beside it"),
                ));
            }
            read_folder(root, &path, depth.saturating_add(1), files)?;
        } else if is_rule_file {
            if files.len() >= MOST_FILES {
                return Err(Text::new(
                    format!("文件超过{MOST_FILES}个"),
                    format!("there are more than {MOST_FILES} files"),
                ));
            }
            files.push((name_inside(root, &path)?, read_text(root, &path)?));
        }
    }
    Ok(())
}

/// Reads one file, wherever a symbolic link leads as long as it stays in the pack.
fn read_text(root: &Path, path: &Path) -> Result<String, Text> {
    let shown = name_inside(root, path)?;
    let real = path.canonicalize().map_err(|error| cannot_read(&shown, &error))?;
    if !real.starts_with(root) {
        return Err(Text::new(
            format!("“{shown}”是指向规则包之外的符号链接"),
            format!("`{shown}` is a symbolic link that leaves the pack"),
        ));
    }
    // Opening a pipe or a device could wait for ever, so they are refused before.
    if !real.is_file() {
        return Err(Text::new(format!("“{shown}”不是普通文件"), format!("`{shown}` is not a regular file")));
    }
    let mut bytes = Vec::new();
    File::open(&real)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes))
        .map_err(|error| cannot_read(&shown, &error))?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) >= MOST_BYTES {
        let most = MOST_BYTES / 1024 / 1024;
        return Err(Text::new(format!("“{shown}”超过{most} MiB"), format!("`{shown}` is larger than {most} MiB")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
        Text::new(
            format!("“{shown}”第{line}行不是 UTF-8 编码，请另存为 UTF-8"),
            format!("`{shown}` is not UTF-8 on line {line}: save it as UTF-8"),
        )
    })
}

/// The path of a file inside its pack, with `/` between folders on every system.
fn name_inside(root: &Path, path: &Path) -> Result<String, Text> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| {
        let shown = path.display();
        Text::new(format!("文件名不是 UTF-8 编码：{shown}"), format!("the name of a file is not UTF-8: {shown}"))
    })
}

fn cannot_read(file: &str, error: &io::Error) -> Text {
    Text::new(format!("不能读取“{file}”：{error}"), format!("cannot read `{file}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::is_plain_name;

    #[test]
    fn only_names_of_entries_are_names() {
        for name in ["cn", "cn-gd", "裁量", "a.b"] {
            assert!(is_plain_name(name), "{name}");
        }
        for name in ["", ".", "..", "../cn", "/etc", "a/b", "a/", "a\\b", "C:", "c:x"] {
            assert!(!is_plain_name(name), "{name}");
        }
    }
}
