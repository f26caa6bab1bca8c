use clap::Args;
use lenity::diagnostic::Text;
use lenity::verify::{Change, Difference, FactChange, FactDifference, Found, Shown, ViolationDifference};
use lenity::{Lang, Ruleset};
use serde::Serialize;

use crate::diagnostics::{Reporter, TextJson};
use crate::exit::{Exit, Failure};
use crate::output::{Output, TextOrJson};
use crate::pack::Pack;

/// Compare two versions of a pack: that both treat every case alike, or a case on which they differ
#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Folder of the old version, or name of a built-in pack
    #[arg(value_name = "OLD")]
    old: String,

    /// Folder of the new version, or name of a built-in pack
    #[arg(value_name = "NEW")]
    new: String,

    /// Form of what is found
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: TextOrJson,
}

impl Compare {
    pub(crate) fn run(&self, output: &mut Output) -> Result<Exit, Failure> {
        let mut reporter = Reporter::default();
        let mut rulesets: Vec<Ruleset> = Vec::new();
        for name in [&self.old, &self.new] {
            match Pack::named(name, output.lang())?.load() {
                Ok(compiled) => rulesets.push(compiled.ruleset),
                Err(diagnostics) => reporter.write_messages(&diagnostics, output)?,
            }
        }
        let [old, new] = rulesets.as_slice() else {
            reporter.summary(output)?;
            return Ok(Exit::Refused);
        };
        let difference = old.difference(new);
        match self.format {
            TextOrJson::Text => output.result(&text(&difference, output.lang()))?,
            TextOrJson::Json => output.json(&DifferenceJson::new(&difference))?,
        }
        Ok(if difference.is_any() { Exit::Findings } else { Exit::Fine })
    }
}

fn text(difference: &Difference, lang: Lang) -> String {
    let mut text = String::new();
    for FactDifference { name, change } in &difference.facts {
        let said = match change {
            FactChange::OnlyInOld => lang.pick("只有旧规则有", "only the old rules have it"),
            FactChange::OnlyInNew => lang.pick("只有新规则有", "only the new rules have it"),
            FactChange::Type => lang.pick("类型不同", "its type differs"),
            FactChange::Values => lang.pick("允许的值不同", "the values it may have differ"),
        };
        text.push_str(&match lang {
            Lang::Chinese => format!("事实“{name}”：{said}\n"),
            Lang::English => format!("fact `{name}`: {said}\n"),
        });
    }
    for ViolationDifference { violation, found } in &difference.violations {
        let said = match found {
            Found::OnlyInOld => lang.pick("只有旧规则有", "only the old rules have it").to_owned(),
            Found::OnlyInNew => lang.pick("只有新规则有", "only the new rules have it").to_owned(),
            Found::DeclaredAlike => lang.pick("相同：规定一样", "the same: declared alike").to_owned(),
            Found::Same(cases) => match lang {
                Lang::Chinese => format!("相同：所有案件结果一样（核对{cases}个）"),
                Lang::English => format!("the same in every case (cases looked at: {cases})"),
            },
            Found::NotDecided(cases, why) => match lang {
                Lang::Chinese => format!("没有得出结论；核对的{cases}个案件没有差别。原因：{}", why.zh),
                Lang::English => format!("not decided; no difference in {cases} cases. Why: {}", why.en),
            },
            Found::Different(_) => lang.pick("不同", "different").to_owned(),
        };
        text.push_str(&format!("{violation}{}{said}\n", lang.pick("：", ": ")));
        if let Found::Different(shown) = found {
            show(shown, lang, &mut text);
        }
    }
    text
}

/// What differs, and the case that shows it.
fn show(shown: &Shown, lang: Lang, text: &mut String) {
    let nothing = lang.pick("（无）", "(none)");
    for Change { what, old, new } in &shown.changes {
        let said = |side: &Text| match side.get(lang) {
            "" => nothing.to_owned(),
            said => said.to_owned(),
        };
        let (colon, was, is) = (lang.pick("：", ":"), lang.pick("旧：", "old: "), lang.pick("新：", "new: "));
        text.push_str(&format!("  {}{colon}\n    {was}{}\n    {is}{}\n", what.get(lang), said(old), said(new)));
    }
    let mut case = |title: &str, case: &str| {
        text.push_str(&format!("  {title}\n"));
        for line in case.lines() {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        }
    };
    if shown.old_case == shown.new_case {
        case(lang.pick("案件：", "case:"), &shown.old_case);
    } else {
        case(lang.pick("案件（旧规则）：", "case, for the old rules:"), &shown.old_case);
        case(lang.pick("案件（新规则）：", "case, for the new rules:"), &shown.new_case);
    }
}

#[derive(Debug, Serialize)]
struct DifferenceJson<'a> {
    facts: Vec<FactJson<'a>>,
    violations: Vec<ViolationJson<'a>>,
}

#[derive(Debug, Serialize)]
struct FactJson<'a> {
    name: &'a str,
    change: &'static str,
}

#[derive(Debug, Serialize)]
struct ViolationJson<'a> {
    violation: &'a str,
    found: &'static str,
    /// How many cases were looked at, where cases decide.
    cases: Option<usize>,
    why: Option<TextJson<'a>>,
    old_case: Option<&'a str>,
    new_case: Option<&'a str>,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Debug, Serialize)]
struct ChangeJson<'a> {
    what: TextJson<'a>,
    old: TextJson<'a>,
    new: TextJson<'a>,
}

impl<'a> DifferenceJson<'a> {
    fn new(difference: &'a Difference) -> Self {
        let fact = |fact: &'a FactDifference| FactJson {
            name: &fact.name,
            change: match fact.change {
                FactChange::OnlyInOld => "only_in_old",
                FactChange::OnlyInNew => "only_in_new",
                FactChange::Type => "type",
                FactChange::Values => "values",
            },
        };
        DifferenceJson {
            facts: difference.facts.iter().map(fact).collect(),
            violations: difference.violations.iter().map(ViolationJson::new).collect(),
        }
    }
}

impl<'a> ViolationJson<'a> {
    fn new(difference: &'a ViolationDifference) -> Self {
        let (found, cases, why, shown) = match &difference.found {
            Found::OnlyInOld => ("only_in_old", None, None, None),
            Found::OnlyInNew => ("only_in_new", None, None, None),
            Found::DeclaredAlike => ("declared_alike", None, None, None),
            Found::Same(cases) => ("same", Some(*cases), None, None),
            Found::NotDecided(cases, why) => ("not_decided", Some(*cases), Some(why), None),
            Found::Different(shown) => ("different", None, None, Some(shown)),
        };
        let change = |change: &'a Change| ChangeJson {
            what: TextJson::from(&change.what),
            old: TextJson::from(&change.old),
            new: TextJson::from(&change.new),
        };
        ViolationJson {
            violation: &difference.violation,
            found,
            cases,
            why: why.map(TextJson::from),
            old_case: shown.map(|shown| shown.old_case.as_str()),
            new_case: shown.map(|shown| shown.new_case.as_str()),
            changes: shown.iter().flat_map(|shown| &shown.changes).map(change).collect(),
        }
    }
}
