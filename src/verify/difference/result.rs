//! What two recommendations for the same case say differently, in the words of a recommendation, citations left out.

use crate::diagnostic::{Lang, Text};
use crate::evaluate::{Recommendation, Slot};
use crate::render::{Line, Reader, Role};

/// Something that differs in two results.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What: the outcome, the fine, the measures, ….
    pub what: Text,
    /// Under the old rules; empty when there is none.
    pub old: Text,
    /// Under the new rules; empty when there is none.
    pub new: Text,
}

/// Whether a recommendation asks for nothing and leaves nothing open.
pub(super) fn is_settled(recommendation: &Recommendation) -> bool {
    recommendation.determinations.iter().all(|determination| {
        [Some(&determination.result), determination.other.as_ref()].into_iter().flatten().all(|result| {
            let stated = result.notices.iter().flat_map(|notice| &notice.stated);
            result.facts_to_ask.is_empty()
                && result.facts_for_measures.is_empty()
                && !result.grade_to_ask
                && result.supervision.iter().all(|each| each.certain)
                && result.notices.iter().all(|notice| notice.certain || !notice.if_chosen.is_empty())
                && stated.into_iter().all(|stated| stated.value.is_some())
        })
    })
}

/// The first thing a recommendation asks for.
pub(super) fn next_question(recommendation: &Recommendation) -> Option<Slot> {
    recommendation.determinations.iter().find_map(|determination| {
        [Some(&determination.result), determination.other.as_ref()].into_iter().flatten().find_map(|result| {
            let facts = result.facts_to_ask.iter().chain(&result.facts_for_measures);
            let fact = facts.copied().next().map(Slot::Fact);
            fact.or(result.grade_to_ask.then_some(Slot::Grade))
        })
    })
}

/// What differs.
pub(super) fn changes(old: &Recommendation, new: &Recommendation) -> Vec<Change> {
    let (old, new) = (said(old), said(new));
    let keys = old.iter().chain(&new).map(|(key, _)| key);
    let mut found: Vec<Change> = Vec::new();
    for key in keys {
        if found.iter().any(|change| change.what == *key) {
            continue;
        }
        let text = |said: &[(Text, Text)]| {
            said.iter().find(|(each, _)| each == key).map_or_else(|| Text::new("", ""), |(_, text)| text.clone())
        };
        let (old, new) = (text(&old), text(&new));
        if old != new {
            found.push(Change { what: key.clone(), old, new });
        }
    }
    found
}

/// What a recommendation says, by what it is about.
fn said(recommendation: &Recommendation) -> Vec<(Text, Text)> {
    let zh = said_in(recommendation, Lang::Chinese);
    let en = said_in(recommendation, Lang::English);
    let both = |((key_zh, zh), (key_en, en))| (Text::new(key_zh, key_en), Text::new(zh, en));
    zh.into_iter().zip::<Vec<(String, String)>>(en).map(both).collect()
}

fn said_in(recommendation: &Recommendation, lang: Lang) -> Vec<(String, String)> {
    let reader = Reader::new(recommendation, lang);
    let mut said = Vec::new();
    for determination in &recommendation.determinations {
        let result = &determination.result;
        said.push((lang.pick("结论", "outcome").to_owned(), plain(&reader.outcome(result))));
        for (key, fine) in [
            (lang.pick("法定幅度", "statutory range"), result.fine),
            (lang.pick("移送期间暂不作出的罚款", "fine that waits for the referral"), result.waiting),
        ] {
            let Some(fine) = fine else { continue };
            let amount = fine.amount.map(|amount| reader.money(amount));
            let band = fine.within.map(|band| reader.range(band));
            let parts: Vec<String> = [Some(reader.range(fine.range)), amount, band].into_iter().flatten().collect();
            // The amount is part of the outcome, except where the fine waits.
            let shown = if result.waiting == Some(fine) {
                parts.join(lang.pick("，", ", "))
            } else {
                reader.range(fine.range)
            };
            said.push((key.to_owned(), shown));
        }
        for row in reader.measures(result) {
            let lines: Vec<String> = row.lines.iter().map(plain).collect();
            said.push((row.key, lines.join(lang.pick("；", "; "))));
        }
        if !result.problems.is_empty() {
            let problems: Vec<String> = result.problems.iter().map(|problem| reader.problem(*problem)).collect();
            said.push((
                lang.pick("不能得出结论的原因", "why no answer can be given").to_owned(),
                problems.join(lang.pick("；", "; ")),
            ));
        }
        if !result.persons_to_examine.is_empty() {
            let persons: Vec<String> = result.persons_to_examine.iter().map(|rule| reader.rule_name(*rule)).collect();
            said.push((
                lang.pick("还应审查的责任人员", "persons to examine").to_owned(),
                persons.join(lang.pick("、", ", ")),
            ));
        }
    }
    said
}

/// The text of a line without citations, which change with the number of an article and not with the result.
fn plain(line: &Line) -> String {
    line.pieces.iter().filter(|piece| piece.role != Role::Citation).map(|piece| piece.text.as_str()).collect()
}
