//! Markdown pages whose fenced blocks are tests.

use std::collections::BTreeMap;
use std::ops::Range;

/// What stands under one heading, or before the first.
#[derive(Debug)]
pub(crate) struct Section {
    /// The heading without its signs; empty before the first.
    pub(crate) heading: String,
    pub(crate) blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Debug)]
pub(crate) struct Block {
    /// The words behind the opening fence, such as `toml case`.
    pub(crate) words: Vec<String>,
    /// The settings behind them, such as `name=water.lenity`.
    pub(crate) settings: BTreeMap<String, String>,
    /// What stands between the fences, with its last line break.
    pub(crate) text: String,
    /// Where that is in the page.
    pub(crate) place: Range<usize>,
    /// The line of the opening fence, from one.
    pub(crate) line: usize,
}

impl Block {
    /// The words as one text.
    pub(crate) fn kind(&self) -> String {
        self.words.join(" ")
    }

    /// Takes a setting out, so that those left over can be refused.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }
}

/// The sections of a page in order.
pub(crate) fn sections(page: &str) -> Result<Vec<Section>, String> {
    let mut sections = vec![Section { heading: String::new(), blocks: Vec::new() }];
    let mut open: Option<(usize, Block)> = None;
    let mut offset = 0;
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let content = line.trim_end();
        let ticks = content.len() - content.trim_start_matches('`').len();
        match &mut open {
            Some((opening, block)) if ticks >= *opening && ticks == content.len() => {
                block.place.end = start;
                block.text = page[block.place.clone()].to_owned();
                let (_, block) = open.take().unwrap();
                sections.last_mut().unwrap().blocks.push(block);
            }
            Some(_) => {}
            None if ticks >= 3 => {
                let (settings, words): (Vec<&str>, Vec<&str>) =
                    content[ticks..].split_whitespace().partition(|word| word.contains('='));
                let block = Block {
                    words: words.into_iter().map(str::to_owned).collect(),
                    settings: settings
                        .into_iter()
                        .filter_map(|word| word.split_once('='))
                        .map(|(name, value)| (name.to_owned(), value.to_owned()))
                        .collect(),
                    text: String::new(),
                    place: offset..offset,
                    line: index + 1,
                };
                open = Some((ticks, block));
            }
            None => {
                let signs = content.len() - content.trim_start_matches('#').len();
                if (1..=6).contains(&signs) && content[signs..].starts_with(' ') {
                    sections.push(Section { heading: content[signs..].trim().to_owned(), blocks: Vec::new() });
                }
            }
        }
    }
    match open {
        Some((_, block)) => Err(format!("line {}: the block is never closed", block.line)),
        None => Ok(sections),
    }
}

#[test]
fn pages_are_cut_into_sections_and_blocks() {
    let page = "intro\n# One\n```lenity name=a.lenity\n# no heading\n```\n## Two\n````toml case\n```\n````\n";
    let sections = sections(page).unwrap();
    let headings: Vec<&str> = sections.iter().map(|each| each.heading.as_str()).collect();
    assert_eq!(headings, ["", "One", "Two"]);
    let first = &sections[1].blocks[0];
    assert_eq!((first.kind().as_str(), first.line), ("lenity", 3));
    assert_eq!(first.setting("name"), Some("a.lenity"));
    assert_eq!(first.text, "# no heading\n");
    assert_eq!(&page[first.place.clone()], first.text);
    assert_eq!(sections[2].blocks[0].kind(), "toml case");
    assert_eq!(sections[2].blocks[0].text, "```\n");
    assert!(super::literate::sections("```lenity\n").is_err());
}
