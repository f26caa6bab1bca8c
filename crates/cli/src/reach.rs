//! How far benchmarks reach, as text and as JSON.

use std::fmt::Write;

use lenity::program::{PartyKind, Program};
use lenity::value::AmountRange;
use lenity::verify::{Reach, Reached};
use lenity::{Lang, Ruleset};
use serde::Serialize;

use crate::diagnostics::TitlesJson;

/// One benchmark and kind of party in JSON. Amounts are decimal texts, as in recommendations.
#[derive(Debug, Serialize)]
pub(crate) struct ReachJson<'a> {
    pack: &'a str,
    violation: &'a str,
    benchmark: TitlesJson<'a>,
    party: &'static str,
    day: String,
    lowest: Option<ReachedJson<'a>>,
    highest: Option<ReachedJson<'a>>,
    exact: bool,
    depends_on: Vec<&'a str>,
    may_depend_on: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct ReachedJson<'a> {
    amount: String,
    statutory_min: Option<String>,
    statutory_max: Option<String>,
    case: Option<&'a str>,
}

impl<'a> ReachJson<'a> {
    pub(crate) fn new(pack: &'a str, ruleset: &'a Ruleset, reach: &'a Reach) -> Self {
        ReachJson {
            pack,
            violation: &reach.violation,
            benchmark: TitlesJson {
                zh: title(ruleset.program(), reach, Lang::Chinese),
                en: title(ruleset.program(), reach, Lang::English),
            },
            party: match reach.party {
                PartyKind::Unit => "unit",
                PartyKind::Individual => "individual",
                PartyKind::Responsible => "responsible",
            },
            day: reach.day.to_string(),
            lowest: reach.lowest.as_ref().map(ReachedJson::new),
            highest: reach.highest.as_ref().map(ReachedJson::new),
            exact: reach.exact,
            depends_on: reach.depends_on.iter().map(|fact| &**fact).collect(),
            may_depend_on: reach.may_depend_on.iter().map(|fact| &**fact).collect(),
        }
    }
}

impl<'a> ReachedJson<'a> {
    fn new(reached: &'a Reached) -> Self {
        ReachedJson {
            amount: reached.amount.to_string(),
            statutory_min: reached.range.min.map(|end| end.to_string()),
            statutory_max: reached.range.max.map(|end| end.to_string()),
            case: reached.case.as_deref(),
        }
    }
}

/// A block for each benchmark and kind of party: its two ends, each with the statutory range it belongs in and its case, and
/// the facts.
pub(crate) fn reach_text(ruleset: &Ruleset, reach: &Reach, lang: Lang) -> String {
    let chinese = lang == Lang::Chinese;
    let party = match (reach.party, lang) {
        (PartyKind::Unit, Lang::Chinese) => "单位",
        (PartyKind::Unit, Lang::English) => "unit",
        (PartyKind::Individual, Lang::Chinese) => "个人",
        (PartyKind::Individual, Lang::English) => "individual",
        (PartyKind::Responsible, Lang::Chinese) => "责任人员",
        (PartyKind::Responsible, Lang::English) => "responsible person",
    };
    let mut out = String::new();
    let title = title(ruleset.program(), reach, lang).map(|title| format!(" · {title}")).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}{title} · {party} · {}", reach.violation, reach.day);
    let ends = match lang {
        Lang::Chinese => [("最低", &reach.lowest), ("最高", &reach.highest)],
        Lang::English => [("lowest ", &reach.lowest), ("highest", &reach.highest)],
    };
    for (name, end) in ends {
        let text = match (end, chinese) {
            (None, true) => "算不出".to_owned(),
            (None, false) => "cannot be worked out".to_owned(),
            (Some(end), true) => format!("{}元（法定幅度{}）", end.amount.grouped(), range_text(end.range)),
            (Some(end), false) => format!("{} (statutory range {})", end.amount.grouped(), range_text(end.range)),
        };
        let _ = writeln!(out, "  {name}  {text}");
        for line in end.iter().flat_map(|end| &end.case).flat_map(|case| case.lines()) {
            let _ = writeln!(out, "{}", format!("      {line}").trim_end());
        }
    }
    if !reach.exact {
        let text = if chinese {
            "没有核对所有案件，实际可能更低或者更高"
        } else {
            "not all cases were looked at: there may be lower and higher amounts"
        };
        let _ = writeln!(out, "  {text}");
    }
    let lists = [
        (if chinese { "取决于" } else { "depends on" }, &reach.depends_on),
        (if chinese { "可能取决于" } else { "may depend on" }, &reach.may_depend_on),
    ];
    for (name, facts) in lists {
        if !facts.is_empty() {
            let facts: Vec<&str> = facts.iter().map(|fact| &**fact).collect();
            let _ = writeln!(out, "  {name}  {}", facts.join(if chinese { "、" } else { ", " }));
        }
    }
    out.push('\n');
    out
}

fn title<'a>(program: &'a Program, reach: &Reach, lang: Lang) -> Option<&'a str> {
    program.rule(reach.benchmark).and_then(|rule| rule.label.get(lang))
}

fn range_text(range: AmountRange) -> String {
    let end = |end: Option<lenity::value::Number>| end.map_or_else(String::new, lenity::value::Number::grouped);
    format!("{}..{}", end(range.min), end(range.max))
}
