//! What is found in rules before there is a case, as a page states it.

use lenity::verify::Finding;
use lenity::{Case, Lang, Ruleset};

use crate::outcome::compact;
use crate::scenario::OWN_PACK;

/// One line for each finding, `place code message`, and one below it that says what the case that shows it comes to: the
/// case is read and evaluated again for that. With `only`, findings of these codes.
pub(crate) fn verified(ruleset: &Ruleset, only: Option<&str>) -> Result<Vec<String>, String> {
    let codes: Option<Vec<&str>> = only.map(|only| only.split(',').collect());
    let mut lines = Vec::new();
    for finding in ruleset.verify() {
        let code = finding.diagnostic.code.name();
        if codes.as_ref().is_some_and(|codes| !codes.contains(&code.as_str())) {
            continue;
        }
        let place = ruleset.program().sources.place(finding.diagnostic.span);
        let place = place.map_or("-".to_owned(), |place| place.to_string());
        let place = place.strip_prefix(&format!("{OWN_PACK}/")).unwrap_or(&place).to_owned();
        lines.push(format!("{place} {code} {}", finding.diagnostic.message.en));
        if let Some(reason) = &finding.allowed {
            let reason = reason.get(Lang::English).unwrap_or_default();
            lines.push(format!("    allowed: {reason}"));
        }
        lines.extend(shown(ruleset, &finding)?);
    }
    Ok(lines)
}

/// What the case of a finding comes to.
fn shown(ruleset: &Ruleset, finding: &Finding) -> Result<Option<String>, String> {
    let Some(text) = &finding.case else { return Ok(None) };
    let case = Case::from_toml(ruleset, "shown.toml", text)
        .map_err(|errors| format!("the case of {} cannot be read:\n{errors}\n{text}", finding.diagnostic.message.en))?;
    let outcome = compact(&ruleset.evaluate(&case));
    let keys = ["outcome: ", "fine: ", "range: ", "benchmark: ", "problems: "];
    let said: Vec<&str> = outcome.lines().filter(|line| keys.iter().any(|key| line.starts_with(key))).collect();
    Ok(Some(format!("    case: {}", said.join(", "))))
}
