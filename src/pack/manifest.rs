use std::collections::BTreeMap;

use serde::Deserialize;

/// `pack.toml`: what a pack is called, where it applies and what it imports.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name; must be the name it is loaded by.
    pub name: String,
    /// Version.
    pub version: String,
    /// Area, such as `cn-gd`: cases lie in it.
    pub area: String,
    /// Title in Chinese.
    #[serde(default)]
    pub title_zh: Option<String>,
    /// Title in English.
    #[serde(default)]
    pub title_en: Option<String>,
    /// Currency of all money; CNY when not given.
    #[serde(default = "default_currency")]
    pub currency: String,
    /// Status of rules that do not state one: `verified`, `transcribed` or `assumed`; assumed when not given.
    #[serde(default)]
    pub status: Option<DefaultStatus>,
    /// Imported packs with the version wanted.
    #[serde(default)]
    pub imports: BTreeMap<String, String>,
}

/// The status of rules that do not state one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DefaultStatus {
    /// Read in the instruments.
    Verified,
    /// From copies or summaries.
    Transcribed,
    /// Placeholders.
    Assumed,
}

fn default_currency() -> String {
    "CNY".to_owned()
}
