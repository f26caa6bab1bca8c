use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use lenity::diagnostic::Text;

/// The most that is read of a case, far above what the library accepts; it keeps an endless input from filling the memory.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The text of a case, not looked into yet.
#[derive(Debug)]
pub(crate) struct CaseFile {
    /// Name to show to people.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

impl CaseFile {
    /// Reads the file called `name`, or standard input when that is `-`.
    pub(crate) fn read(name: &str) -> Result<Self, Text> {
        let mut bytes = Vec::new();
        let read = if name == "-" {
            read_some(io::stdin().lock(), &mut bytes)
        } else {
            File::open(name).and_then(|file| read_some(file, &mut bytes))
        };
        let shown = if name == "-" { "<stdin>" } else { name };
        read.map_err(|error| {
            Text::new(format!("不能读取案件“{shown}”：{error}"), format!("cannot read case `{shown}`: {error}"))
        })?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
            Text::new(
                format!("案件“{shown}”第{line}行不是 UTF-8 编码，请另存为 UTF-8"),
                format!("case `{shown}` is not UTF-8 on line {line}: save it as UTF-8"),
            )
        })?;
        Ok(CaseFile { name: shown.to_owned(), text })
    }

    /// JSON by the ending of its name; without such a name, by its first character.
    pub(crate) fn is_json(&self) -> bool {
        let extension = Path::new(&self.name).extension();
        match extension.and_then(|extension| extension.to_str()) {
            Some("json") => true,
            Some("toml") => false,
            _ => self.text.trim_start_matches('\u{feff}').trim_start().starts_with('{'),
        }
    }
}

fn read_some(from: impl Read, into: &mut Vec<u8>) -> io::Result<()> {
    let read = from.take(MOST_BYTES).read_to_end(into)?;
    if u64::try_from(read).unwrap_or(u64::MAX) >= MOST_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {} MiB", MOST_BYTES / 1024 / 1024),
        ));
    }
    Ok(())
}

/// The line, from one, in which the byte at `offset` stands.
pub(crate) fn line_of(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|byte| **byte == b'\n').count().saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::CaseFile;

    fn is_json(name: &str, text: &str) -> bool {
        CaseFile { name: name.to_owned(), text: text.to_owned() }.is_json()
    }

    #[test]
    fn the_name_decides_and_without_a_telling_one_the_text() {
        assert!(is_json("a.json", "id = 1"));
        assert!(!is_json("a.toml", "{}"));
        assert!(is_json("<stdin>", "\u{feff}\n {\"id\": 1}"));
        assert!(!is_json("<stdin>", "id = \"1\""));
    }
}
