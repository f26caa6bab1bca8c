//! What a finding says, held against its case.

use lenity::Ruleset;
use lenity::diagnostic::Code;
use lenity::value::{Number, Value};
use lenity::verify::Finding;

use super::cases::{Came, evaluated};

/// Whether the case of a finding does what the finding says.
pub(super) fn holds(ruleset: &Ruleset, finding: &Finding) -> Result<(), String> {
    let said = &finding.diagnostic.message.en;
    let failed = |what: &str| Err(format!("{said}: {what}\n{}", finding.case.as_deref().unwrap_or("no case")));
    let place = finding.diagnostic.span;
    let needs_case = [
        Code::Gap,
        Code::Overlap,
        Code::BelowRange,
        Code::AboveRange,
        Code::OverCap,
        Code::StartUnreached,
        Code::NotMonotone,
        Code::Cliff,
    ];
    let Some(case) = &finding.case else {
        return if needs_case.contains(&finding.diagnostic.code) { failed("there is no case") } else { Ok(()) };
    };
    let Some(came) = evaluated(ruleset, case) else { return failed("the case cannot be read") };
    let has = |code: &str| came.problems.iter().any(|problem| problem == code);
    let range = came.range;
    let holds = match finding.diagnostic.code {
        Code::Gap => has("E0501") && came.no_row.contains(&place),
        Code::Overlap => has("E0502") && came.several.iter().any(|lookup| lookup.contains(place)),
        Code::PointAmongBands => came.rows.contains(&place),
        Code::BelowRange => {
            let claimed = (number(said, "as little as ")?, number(said, "minimum of ")?);
            came.ends().map(|ends| ends.0) == Some(claimed.0)
                && range.and_then(|range| range.min) == Some(claimed.1)
                && claimed.0 < claimed.1
        }
        Code::AboveRange => {
            let claimed = (number(said, "gives up to ")?, number(said, "maximum of ")?);
            came.ends().map(|ends| ends.1) == Some(claimed.0)
                && range.and_then(|range| range.max) == Some(claimed.1)
                && claimed.0 > claimed.1
        }
        Code::OverCap => {
            let (sum, cap) = (number(said, "add up to ")?, number(said, "cap of ")?);
            came.capped.contains(&sum) && sum > cap
        }
        Code::StartUnreached => {
            let (start, lowest) = (number(said, "start is ")?, number(said, "sum is ")?);
            came.sums.contains(&(place, Some(start), lowest)) && lowest > start
        }
        Code::NotMonotone => {
            let (before, after) = (number(said, "amount falls: ")?, number(said, ", ")?);
            let lighter = other(ruleset, said, case, "grows")?;
            at_an_end(&lighter, before) && at_an_end(&came, after) && after < before
        }
        Code::Cliff => {
            let (before, after) = (number(said, ": ")?, number(said, ", ")?);
            let size = number(said, "the amount by ")?;
            let one = other(ruleset, said, case, "changes")?;
            let step = if after > before { after.subtract(before) } else { before.subtract(after) };
            let highest = range.and_then(|range| range.max).unwrap();
            at_an_end(&one, before)
                && at_an_end(&came, after)
                && step == Some(size)
                && size.multiply(Number::integer(4)).unwrap() >= highest
        }
        // Another rule may end the case before this one is asked.
        Code::AlwaysApplies => !came.failed.contains(&place),
        Code::NoBenchmark => came.benchmark.is_none(),
        // What other checks say is held against their pages.
        _ => true,
    };
    if holds { Ok(()) } else { failed(&format!("it does not do so: {came:?}")) }
}

/// The first number after some words, ratio or amount.
fn number(text: &str, after: &str) -> Result<Number, String> {
    let found = text.match_indices(after).find_map(|(at, words)| {
        let rest = &text[at + words.len()..];
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | ',' | '.' | '-' | '%')).unwrap_or(rest.len());
        let figure = rest[..end].trim_end_matches([',', '.']).replace(',', "");
        match figure.strip_suffix('%') {
            Some(percent) => Number::parse(percent).ok()?.divide(Number::integer(100)),
            None => Number::parse(&figure).ok(),
        }
    });
    found.ok_or_else(|| format!("no number after `{after}`: {text}"))
}

/// Of `A when f = X, B when f = Y` about the case with Y, what the one with X comes to.
fn other(ruleset: &Ruleset, said: &str, case: &str, verb: &str) -> Result<Came, String> {
    let name = said.split('`').nth(1).ok_or("no fact")?;
    let equals = format!("when {name} = ");
    let value = said.split(&equals).nth(1).and_then(|rest| rest.rsplit_once(", ")).ok_or(verb)?.0;
    let value = if matches!(value, "true" | "false") { value.to_owned() } else { format!("\"{value}\"") };
    let line = format!("{name} = ");
    let changed: Vec<String> = case
        .lines()
        .map(|each| if each.starts_with(&line) { format!("{line}{value}") } else { each.to_owned() })
        .collect();
    let changed = changed.join("\n");
    if changed == case.trim_end() {
        return Err(format!("both cases are one: {said}\n{case}"));
    }
    evaluated(ruleset, &changed).ok_or_else(|| format!("the other case cannot be read: {said}\n{changed}"))
}

fn at_an_end(came: &Came, amount: Number) -> bool {
    came.benchmark
        .map(|(_, value)| value)
        .and_then(Value::ends)
        .is_some_and(|ends| ends.0 == amount || ends.1 == amount)
}
