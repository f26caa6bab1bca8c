//! What a recommendation may not leave out: an answer that is determined stays the same whatever is learnt besides, and one
//! that is not says why.

use lenity::evaluate::{Determination, MeasureResult, OfficerOption, Outcome};
use lenity::program::{Fact, FactType, Program};
use lenity::trail::{Extent, TermLength};
use lenity::value::DurationUnit;
use lenity::{Case, Recommendation, Ruleset};

use crate::outcome::compact;
use crate::scenario::CaseText;

/// What is wrong with a recommendation in the light of other cases that say more, or nothing.
pub(crate) fn findings(ruleset: &Ruleset, case: &CaseText, recommendation: &Recommendation) -> Vec<String> {
    let mut findings = Vec::new();
    for each in &recommendation.determinations {
        let result = &each.result;
        let asks = !result.facts_to_ask.is_empty() || result.grade_to_ask || result.discovery_to_ask;
        if result.outcome == Outcome::Undetermined {
            if !asks && result.problems.is_empty() {
                findings.push("is undetermined, and nothing says why".to_owned());
            }
        } else if asks {
            findings.push(format!("is determined and asks all the same:\n{}", compact(recommendation)));
        }
    }
    if let Ok(read) = read(ruleset, case, &case.text) {
        let quiet = compact(&ruleset.evaluate_without_explanation(&read));
        if quiet != compact(recommendation) {
            findings.push(format!("is another without its explanation:\n{quiet}"));
        }
    }
    // Facts are added to the one table of facts that most pages have.
    let facts = ["facts = {", "\"facts\": {", "[acts.facts]\n"];
    let Some(place) = facts.iter().find(|place| case.text.matches(**place).count() == 1) else {
        return findings;
    };
    if recommendation.determinations.len() > 1 {
        return findings;
    }
    for (name, values) in silent(ruleset.program(), &case.text) {
        for value in values {
            let more = match *place {
                "[acts.facts]\n" => format!("{place}{name} = {value}\n"),
                "facts = {" => format!("{place} {name} = {value}, ").replace(", }", " }"),
                _ => format!("{place}\"{name}\": {value}, "),
            };
            let text = case.text.replacen(*place, &more, 1).replace(",  }", " }");
            let Ok(completed) = read(ruleset, case, &text) else {
                continue;
            };
            let completed = ruleset.evaluate(&completed);
            let pairs = recommendation.determinations.iter().zip(&completed.determinations);
            for (before, after) in pairs.filter(|(before, _)| before.result.outcome != Outcome::Undetermined) {
                if essence(before) != essence(&as_open_as(before, after)) {
                    findings.push(format!("does not hold any more when {name} = {value}:\n{}", compact(&completed)));
                }
            }
        }
    }
    findings
}

fn read(ruleset: &Ruleset, case: &CaseText, text: &str) -> Result<Case, lenity::Diagnostics> {
    if case.is_json { Case::from_json(ruleset, "case", text) } else { Case::from_toml(ruleset, "case", text) }
}

/// `after` with the measures left open that `before` leaves open: what a measure takes, or how long it lasts, may become
/// known later without changing the outcome.
pub(crate) fn as_open_as(before: &Determination, after: &Determination) -> Determination {
    let mut after = after.clone();
    open_measures(&before.result.measures, &mut after.result.measures);
    for (before, after) in before.result.options.iter().zip(&mut after.result.options) {
        match (before, after) {
            (OfficerOption::Measures(before), OfficerOption::Measures(after))
            | (OfficerOption::OneOf(before), OfficerOption::OneOf(after)) => {
                open_measures(before, &mut after.measures);
            }
            (OfficerOption::Waive(_, _, before), OfficerOption::Waive(_, _, after)) => open_measures(before, after),
            _ => {}
        }
    }
    after
}

fn open_measures(before: &[MeasureResult], after: &mut [MeasureResult]) {
    for (before, after) in before.iter().zip(after) {
        if before.extent == Some(Extent::Open) {
            after.extent = before.extent;
        }
        if before.term.as_ref().is_some_and(|term| term.high == TermLength::Open) {
            after.term = before.term.clone();
        }
    }
}

/// What an officer acts on.
fn essence(each: &Determination) -> impl PartialEq + use<> {
    (each.result.outcome, each.result.fine, each.result.measures.clone(), each.result.options.clone(), each.moment)
}

/// The facts without a presumption that a case does not mention, each with some values that it may have.
fn silent(program: &Program, case: &str) -> Vec<(String, Vec<String>)> {
    program
        .facts
        .values()
        .filter(|fact| !fact.is_ever_presumed() && !case.contains(&*fact.name))
        .map(|fact| {
            let mut values = match fact.kind {
                FactType::Records => lists(program, fact),
                kind => samples(program, kind),
            };
            if fact.may_be_absent {
                values.push("\"none\"".to_owned());
            }
            (fact.name.to_string(), values)
        })
        .collect()
}

/// Some values of a type as a TOML case writes them.
fn samples(program: &Program, kind: FactType) -> Vec<String> {
    let quoted = |text: String| format!("\"{text}\"");
    let numbers = ["0", "0.05", "0.3", "1", "2", "3", "5", "10", "60", "1000"];
    let whole = ["0", "1", "2", "3", "4", "10", "100"];
    match kind {
        FactType::Bool => vec!["true".to_owned(), "false".to_owned()],
        FactType::Integer => whole.map(str::to_owned).to_vec(),
        FactType::Decimal => numbers.map(str::to_owned).to_vec(),
        FactType::Percent => whole.map(|number| quoted(format!("{number}%"))).to_vec(),
        FactType::Money => whole.map(|number| quoted(format!("{number}万元"))).to_vec(),
        FactType::Date => ["2020-01-01", "2024-03-01", "2030-12-31"].map(str::to_owned).map(quoted).to_vec(),
        FactType::Duration(DurationUnit::Months) => whole.map(|number| quoted(format!("{number}个月"))).to_vec(),
        FactType::Duration(_) => whole.map(|number| quoted(format!("{number}日"))).to_vec(),
        FactType::Quantity(unit) => {
            let name = program.unit(unit).map_or("", |unit| &*unit.name);
            numbers.map(|number| quoted(format!("{number} {name}"))).to_vec()
        }
        FactType::Enum(kind) => {
            let kind = program.enumeration(kind).unwrap();
            kind.members.iter().map(|(member, _)| quoted(member.to_string())).collect()
        }
        FactType::Text => ["甲", "乙"].map(str::to_owned).map(quoted).to_vec(),
        FactType::Provision => {
            let title = program.instruments.keys().next().map_or("", |name| name);
            ["第1条", "第2条"].map(|place| quoted(format!("《{title}》{place}"))).to_vec()
        }
        FactType::Records => Vec::new(),
    }
}

/// Some lists of records: none, one of which nothing is known, and one with a value for every field.
fn lists(program: &Program, fact: &Fact) -> Vec<String> {
    let full = (0..3_usize).map(|pick| {
        let fields = fact.fields.iter().filter_map(|field| {
            let values = samples(program, field.kind);
            Some(format!("\"{}\" = {}", field.name, values.get(pick % values.len().max(1))?))
        });
        format!("[{{ {} }}]", fields.collect::<Vec<_>>().join(", "))
    });
    ["[]", "[{}]"].map(str::to_owned).into_iter().chain(full).collect()
}
