use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use lenity::Diagnostics;
use lenity::diagnostic::Text;
use lenity::syntax::KeywordLanguage;

use crate::case_file::CaseFile;
use crate::diagnostics::Reporter;
use crate::exit::{Exit, Failure};
use crate::folder::Folder;
use crate::output::Output;
use crate::pack::Pack;

/// Lay out rule files in the one canonical way
#[derive(Debug, Args)]
pub(crate) struct Format {
    /// Folders of packs, or single rule files; `-` reads standard input and writes standard output; the packs in the
    /// current folder when none is given
    #[arg(value_name = "PATH")]
    paths: Vec<String>,

    /// Change nothing; name the files that would change, and exit with 1 when there are any
    #[arg(long)]
    check: bool,

    /// Write keywords in this language; that of each file's first keyword when not given
    #[arg(long, value_enum, value_name = "LANG")]
    keywords: Option<Keywords>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Keywords {
    /// Chinese
    Zh,
    /// English
    En,
}

/// A rule file: what it is called, where it lies, what it says.
struct RuleFile {
    name: String,
    path: PathBuf,
    text: String,
}

impl Format {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        if self.paths.iter().any(|path| path == "-") {
            return self.standard_input(output);
        }
        let mut exit = Exit::Fine;
        let mut reporter = Reporter::default();
        let mut changed = Vec::new();
        for file in self.files(output)? {
            match self.format(&file.name, &file.text) {
                Ok(formatted) if formatted == file.text => {}
                Ok(formatted) => changed.push((file, formatted)),
                Err(diagnostics) => {
                    reporter.write_results(&diagnostics, output)?;
                    exit = Exit::Refused;
                }
            }
        }
        if let Some(closing) = reporter.closing(output.lang()) {
            output.result(&closing)?;
        }
        // Nothing is written unless everything could be read: a pack stays in one layout and one keyword language.
        let write = !self.check && exit == Exit::Fine;
        for (file, formatted) in &changed {
            if write {
                replace(&file.path, formatted).map_err(|error| cannot_write(&file.name, &error))?;
            }
            let name = &file.name;
            let line = if write {
                Text::new(format!("{name}：已整理\n"), format!("{name}: formatted\n"))
            } else {
                Text::new(format!("{name}：需要整理\n"), format!("{name}: would change\n"))
            };
            output.result(line.get(output.lang()))?;
        }
        if self.check && !changed.is_empty() {
            exit = exit.max(Exit::Findings);
        }
        Ok(exit)
    }

    fn standard_input(&self, output: &mut Output) -> Result<Exit, Failure> {
        if self.paths.len() > 1 {
            return Err(Failure::WrongUse(Text::new("“-”只能单独使用", "`-` stands alone")));
        }
        let file = CaseFile::read("-").map_err(Failure::Refused)?;
        match self.format(&file.name, &file.text) {
            Ok(formatted) if self.check => Ok(if formatted == file.text { Exit::Fine } else { Exit::Findings }),
            Ok(formatted) => {
                output.result(&formatted)?;
                Ok(Exit::Fine)
            }
            Err(diagnostics) => {
                Reporter::default().write_messages(&diagnostics, output)?;
                Ok(Exit::Refused)
            }
        }
    }

    fn format(&self, name: &str, text: &str) -> Result<String, Diagnostics> {
        let keywords = self.keywords.map(|keywords| match keywords {
            Keywords::Zh => KeywordLanguage::Chinese,
            Keywords::En => KeywordLanguage::English,
        });
        lenity::format(name, text, keywords)
    }

    fn files(&self, output: &Output) -> Result<Vec<RuleFile>, Failure> {
        let lang = output.lang();
        let mut folders = Vec::new();
        let mut files = Vec::new();
        if self.paths.is_empty() {
            folders.extend(Pack::found_here(lang)?.into_iter().filter_map(|(_, pack)| match pack {
                Pack::Folder(folder) => Some(folder),
                Pack::BuiltIn(_) => None,
            }));
        }
        for written in &self.paths {
            let path = Path::new(written);
            if path.is_file() {
                let file = CaseFile::read(written).map_err(Failure::Refused)?;
                files.push(RuleFile { name: written.clone(), path: path.to_owned(), text: file.text });
            } else if path.join("pack.toml").exists() {
                folders.push(Folder::new(path, lang).map_err(Failure::Refused)?);
            } else {
                return Err(Failure::Refused(Text::new(
                    format!("“{written}”既不是规则文件，也不是规则包的文件夹"),
                    format!("`{written}` is neither a rule file nor the folder of a pack"),
                )));
            }
        }
        for folder in folders {
            for (name, path, text) in folder.rule_files().map_err(Failure::Refused)? {
                files.push(RuleFile { name, path, text });
            }
        }
        Ok(files)
    }
}

/// Why a rule file could not be written.
pub(crate) fn cannot_write(name: &str, error: &std::io::Error) -> Failure {
    Failure::Refused(Text::new(format!("不能写入“{name}”：{error}"), format!("cannot write `{name}`: {error}")))
}

/// Writes the new text beside the file and puts it in its place, so that no moment leaves half a file.
pub(crate) fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let real = path.canonicalize()?;
    let mut name = real.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = real.with_file_name(name);
    fs::write(&beside, text)?;
    fs::set_permissions(&beside, fs::metadata(&real)?.permissions())?;
    fs::rename(&beside, &real)
}
