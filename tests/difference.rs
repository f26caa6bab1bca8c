//! How two packs of a page differ, as the page states it.

use lenity::verify::{Change, Found};
use lenity::{Case, Ruleset};

use crate::outcome::compact;

/// A line for each fact and violation. Below a violation that differs stands what differs, and what its case comes to under
/// both packs, each of which reads and evaluates it again.
pub(crate) fn differences(old: &Ruleset, new: &Ruleset) -> Result<Vec<String>, String> {
    let difference = old.difference(new);
    let mut lines: Vec<String> =
        difference.facts.iter().map(|fact| format!("fact {}: {:?}", fact.name, fact.change)).collect();
    for each in &difference.violations {
        let id = &each.violation;
        match &each.found {
            Found::OnlyInOld => lines.push(format!("{id}: only in the old rules")),
            Found::OnlyInNew => lines.push(format!("{id}: only in the new rules")),
            Found::DeclaredAlike => lines.push(format!("{id}: declared alike")),
            Found::Same(_) => lines.push(format!("{id}: the same in every case")),
            Found::NotDecided(_, why) => lines.push(format!("{id}: not decided: {}", why.en)),
            Found::Different(shown) => {
                lines.push(format!("{id}: different"));
                for Change { what, old, new } in &shown.changes {
                    lines.push(format!("    {}: {} -> {}", what.en, old.en, new.en));
                }
                let (was, is) = (outcome(old, &shown.old_case)?, outcome(new, &shown.new_case)?);
                if was == is {
                    return Err(format!("the case does not show that {id} differs:\n{}", shown.old_case));
                }
                lines.push(format!("    old: {was}"));
                lines.push(format!("    new: {is}"));
            }
        }
    }
    Ok(lines)
}

/// What a case comes to, without its citations.
fn outcome(ruleset: &Ruleset, text: &str) -> Result<String, String> {
    let case =
        Case::from_toml(ruleset, "shown.toml", text).map_err(|errors| format!("the case cannot be read:\n{errors}"))?;
    let outcome = compact(&ruleset.evaluate(&case));
    let keys = ["outcome: ", "fine: ", "range: ", "benchmark: ", "measures: ", "problems: "];
    let said: Vec<&str> = outcome.lines().filter(|line| keys.iter().any(|key| line.starts_with(key))).collect();
    Ok(said.join(", "))
}
