//! Changes of rule text that findings propose, tried before they are written.
//!
//! What is written loads, and nothing is found in it that was not found before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lenity::diagnostic::Text;
use lenity::verify::Finding;
use lenity::{LoadError, Loader, PackFiles, Ruleset};

use crate::folder::Folder;

/// A rule file with the changes made.
#[derive(Debug)]
pub(crate) struct Fixed {
    /// What it is called in messages.
    pub(crate) name: String,
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// What it says now.
    pub(crate) text: String,
    /// What was changed, in order.
    pub(crate) titles: Vec<Text>,
}

/// The files of `folder` with the changes that `findings` propose. Changes in packs it imports are left to their own
/// check. An error says why nothing may be written.
pub(crate) fn fixed(folder: &Folder, ruleset: &Ruleset, findings: &[Finding]) -> Result<Vec<Fixed>, Text> {
    let sources = &ruleset.program().sources;
    let mut all = Vec::new();
    for (name, path, text) in folder.rule_files()? {
        let mut edits: Vec<(usize, usize, &str)> = Vec::new();
        let mut titles = Vec::new();
        for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
            let own = fix.edits.iter().filter_map(|(span, new)| {
                let file = sources.file(*span).filter(|file| file.name() == name)?;
                let start = usize::try_from(span.start().checked_sub(file.start())?).ok()?;
                let end = usize::try_from(span.end().checked_sub(file.start())?).ok()?;
                Some((start, end, new.as_str()))
            });
            let before = edits.len();
            edits.extend(own);
            if edits.len() > before {
                titles.push(fix.title.clone());
            }
        }
        if let Some(changed) = edited(&text, edits).filter(|_| !titles.is_empty()) {
            all.push(Fixed { name, path, text: changed, titles });
        }
    }
    if !all.is_empty() {
        tried(folder, &all, findings)?;
    }
    Ok(all)
}

/// The text with its edits; a line that has nothing left is taken out whole. `None` when two edits meet.
fn edited(text: &str, mut edits: Vec<(usize, usize, &str)>) -> Option<String> {
    edits.sort_unstable();
    edits.dedup();
    let mut out = text.to_owned();
    let mut end_of_next = text.len();
    for (start, end, new) in edits.into_iter().rev() {
        if end > end_of_next {
            return None;
        }
        out.replace_range(start..end, new);
        end_of_next = start;
        let line_start = out.get(..start)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = out.get(start..)?.find('\n').map_or(out.len(), |newline| start + newline + 1);
        let is_left_empty = new.is_empty() && out.get(line_start..line_end)?.trim().is_empty();
        if is_left_empty && line_start < line_end {
            out.replace_range(line_start..line_end, "");
            end_of_next = line_start;
        }
    }
    Some(out)
}

/// Loads and checks the changed files.
fn tried(folder: &Folder, fixed: &[Fixed], before: &[Finding]) -> Result<(), Text> {
    let changed: BTreeMap<&str, &str> = fixed.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let loader = Changed { folder, changed };
    let refused = |zh: &str, en: &str| Text::new(format!("没有写入：{zh}"), format!("nothing was written: {en}"));
    let ruleset = match Ruleset::load(&loader, folder.name()) {
        Ok(compiled) => compiled.ruleset,
        Err(_) => return Err(refused("修改之后规则不能使用", "with the changes the rules cannot be used")),
    };
    let known: BTreeSet<_> = before.iter().map(|each| (each.diagnostic.code, &each.diagnostic.message.en)).collect();
    let after = ruleset.verify();
    if after.iter().any(|each| !known.contains(&(each.diagnostic.code, &each.diagnostic.message.en))) {
        return Err(refused(
            "修改之后出现了原来没有的检查结果",
            "with the changes something is found that was not found before",
        ));
    }
    Ok(())
}

/// A folder some of whose files say something else.
#[derive(Debug)]
struct Changed<'a> {
    folder: &'a Folder,
    changed: BTreeMap<&'a str, &'a str>,
}

impl Loader for Changed<'_> {
    fn load(&self, pack: &str) -> Result<PackFiles, LoadError> {
        let mut files = self.folder.load(pack)?;
        for (name, text) in &mut files.files {
            if let Some(changed) = self.changed.get(format!("{pack}/{name}").as_str()) {
                *text = (*changed).to_owned();
            }
        }
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::edited;

    #[test]
    fn lines_left_empty_go_and_edits_that_meet_are_refused() {
        let text = "a\n    b c\nd\n";
        assert_eq!(edited(text, vec![(6, 9, "")]).unwrap(), "a\nd\n");
        assert_eq!(edited(text, vec![(6, 7, ""), (8, 9, "e")]).unwrap(), "a\n     e\nd\n");
        assert_eq!(edited(text, vec![(6, 8, ""), (7, 9, "")]), None);
    }
}
