use super::{LoadError, Loader, Manifest, digest};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceMap, Span};

/// The most packs one rule set may import, itself included.
const MOST_PACKS: usize = 64;
/// The most files in one pack.
const MOST_FILES: usize = 4_096;
/// The largest manifest in bytes.
const LARGEST_MANIFEST: usize = 65_536;

/// A pack whose manifest was read.
#[derive(Clone, Debug)]
pub struct LoadedPack {
    /// Its manifest.
    pub manifest: Manifest,
    /// Its digest.
    pub digest: String,
    /// Its rule files in the source map, in the order of their paths.
    pub files: Vec<usize>,
}

/// Loads `pack` and all it imports, imports first, each once.
pub fn load_all(
    loader: &dyn Loader,
    pack: &str,
    sources: &mut SourceMap,
    errors: &mut Vec<Diagnostic>,
) -> Vec<LoadedPack> {
    let mut loading = Loading { loader, sources, errors, path: Vec::new(), packs: Vec::new() };
    loading.pack(pack, Span::NOWHERE);
    loading.packs
}

struct Loading<'a> {
    loader: &'a dyn Loader,
    sources: &'a mut SourceMap,
    errors: &'a mut Vec<Diagnostic>,
    /// Packs being loaded, from the one asked for to this one.
    path: Vec<String>,
    packs: Vec<LoadedPack>,
}

impl Loading<'_> {
    /// `asked` is where the import stands.
    fn pack(&mut self, name: &str, asked: Span) {
        if let Some(start) = self.path.iter().position(|each| each == name) {
            let mut circle: Vec<&str> = self.path.iter().skip(start).map(String::as_str).collect();
            circle.push(name);
            let circle = circle.join(" → ");
            self.errors.push(
                Diagnostic::new(
                    Code::ImportCycle,
                    asked,
                    format!("规则包循环引用：{circle}"),
                    format!("packs import each other in a circle: {circle}"),
                )
                .help(
                    "去掉其中一个引用，把共用的声明移到单独的规则包",
                    "drop one of the imports, or move what they share to a pack of its own",
                ),
            );
            return;
        }
        if self.packs.iter().any(|pack| pack.manifest.name == name) {
            return;
        }
        if self.path.len().saturating_add(self.packs.len()) >= MOST_PACKS {
            self.errors.push(Diagnostic::new(
                Code::TooMany,
                asked,
                format!("引用的规则包超过{MOST_PACKS}个"),
                format!("more than {MOST_PACKS} packs are imported"),
            ));
            return;
        }
        let files = match self.loader.load(name) {
            Ok(files) => files,
            Err(error) => {
                let reason = match &error {
                    LoadError::NotFound => "没有这个规则包".to_owned(),
                    LoadError::Unreadable(why) => why.clone(),
                };
                self.errors.push(
                    Diagnostic::new(
                        Code::PackNotFound,
                        asked,
                        format!("不能载入规则包“{name}”：{reason}"),
                        format!("cannot load pack `{name}`: {error}"),
                    )
                    .help(
                        "规则包是一个含有 pack.toml 的目录，被引用的规则包在它旁边，或者是内置的",
                        "a pack is a folder with a pack.toml; imported packs lie beside it or are built in",
                    ),
                );
                return;
            }
        };
        let manifest_name = format!("{name}/pack.toml");
        let Some(index) = self.sources.add(manifest_name.clone(), files.manifest.as_str()) else {
            self.too_large(&manifest_name);
            return;
        };
        let start = self.sources.files().get(index).map_or(0, crate::source::SourceFile::start);
        let Some(manifest) = self.manifest(&files.manifest, start, name) else {
            return;
        };
        let digest = digest(&files);
        self.path.push(name.to_owned());
        for (import, version) in &manifest.imports {
            let place =
                files.manifest.find(import.as_str()).map_or(Span::NOWHERE, |offset| span(start, offset, import.len()));
            let known = self.errors.len();
            self.pack(import, place);
            if let Some(loaded) = self.packs.iter().find(|pack| pack.manifest.name == *import)
                && loaded.manifest.version != *version
                && known == self.errors.len()
            {
                let found = loaded.manifest.version.clone();
                self.errors.push(
                    Diagnostic::new(
                        Code::ImportVersion,
                        place,
                        format!("需要规则包“{import}”的{version}版，找到的是{found}版"),
                        format!("pack `{import}` is wanted in version {version}, but version {found} is here"),
                    )
                    .help(
                        format!("核对改动后，把引用改为 {import} = \"{found}\""),
                        format!("check what changed, then write {import} = \"{found}\""),
                    ),
                );
            }
        }
        self.path.pop();
        let mut texts = files.files;
        texts.sort();
        if texts.len() > MOST_FILES {
            self.errors.push(Diagnostic::new(
                Code::TooMany,
                asked,
                format!("规则包“{name}”的文件超过{MOST_FILES}个"),
                format!("pack `{name}` has more than {MOST_FILES} files"),
            ));
            return;
        }
        let mut indices = Vec::new();
        for (path, text) in texts {
            let full = format!("{name}/{path}");
            match self.sources.add(full.clone(), text) {
                Some(index) => indices.push(index),
                None => self.too_large(&full),
            }
        }
        self.packs.push(LoadedPack { manifest, digest, files: indices });
    }

    fn manifest(&mut self, text: &str, start: u32, name: &str) -> Option<Manifest> {
        if text.len() > LARGEST_MANIFEST {
            self.too_large(&format!("{name}/pack.toml"));
            return None;
        }
        let invalid = |span, zh: String, en: String| {
            Diagnostic::new(Code::ManifestInvalid, span, zh, en)
                .help("至少写明 name、version 和 area", "give at least name, version and area")
        };
        match toml::from_str::<Manifest>(text) {
            Ok(manifest) if manifest.name != name => {
                let found = manifest.name;
                let offset = text.find("name").unwrap_or(0);
                self.errors.push(invalid(
                    span(start, offset, 4),
                    format!("规则包名为“{found}”，却以“{name}”载入"),
                    format!("the pack is called `{found}` but was loaded as `{name}`"),
                ));
                None
            }
            Ok(manifest) => Some(manifest),
            Err(error) => {
                let place = error.span().map_or(Span::NOWHERE, |range| span(start, range.start, range.len()));
                let message = error.message();
                self.errors.push(invalid(
                    place,
                    format!("规则包“{name}”的 pack.toml 无效：{message}"),
                    format!("the manifest of pack `{name}` cannot be read: {message}"),
                ));
                None
            }
        }
    }

    fn too_large(&mut self, file: &str) {
        self.errors.push(
            Diagnostic::new(
                Code::FileTooLarge,
                Span::NOWHERE,
                format!("文件过大：{file}"),
                format!("the file is too large: {file}"),
            )
            .help("删去不属于规则的内容，或拆成几个文件", "remove what is no rule, or split it into several files"),
        );
    }
}

fn span(start: u32, offset: usize, length: usize) -> Span {
    let from = start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
    Span::new(from, from.saturating_add(u32::try_from(length).unwrap_or(0)))
}
