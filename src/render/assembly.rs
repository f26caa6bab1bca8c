use std::sync::Arc;

use super::document::{Block, Document, Line, Role, Row, Section};
use super::reader::Reader;
use super::{Detail, ENGINE_VERSION, LANGUAGE_VERSION};
use crate::diagnostic::Lang;
use crate::evaluate::{Determination, Recommendation, Standing};
use crate::program::RuleId;
use crate::trail::StepKind;

/// Puts the parts of a recommendation in order.
pub(super) fn document(recommendation: &Recommendation, lang: Lang, detail: Detail) -> Document {
    let reader = Reader::new(recommendation, lang);
    // Everyone judged for one act stands under one heading.
    let acts: Vec<&[Determination]> =
        recommendation.determinations.chunk_by(|a, b| a.act == b.act && a.violation == b.violation).collect();
    let several = acts.len() > 1;
    let mut sections = Vec::new();
    let mut shown: usize = 0;
    for (index, act) in acts.iter().enumerate() {
        let name = act.first().map_or_else(String::new, |first| reader.violation_name(first));
        let heading = if several { numbered(lang, index, &name) } else { name };
        let mut blocks = Vec::new();
        for (number, determination) in act.iter().enumerate() {
            blocks.extend(target_heading(act, determination, &reader));
            let earlier = recommendation.determinations.get(..shown).unwrap_or_default();
            shown = shown.saturating_add(1);
            let mut summary = reader.determination(determination, number == 0, earlier);
            if !matches!(determination.standing, Standing::Applies | Standing::WithoutFine) {
                // What a norm would lead to is not what is imposed under it beside others.
                blocks.push(Block::Lead(reader.standing(recommendation, determination)));
                if let Some(first) = summary.first_mut()
                    && let Block::Lead(alone) = first
                {
                    let alone = std::mem::take(alone).text(match determination.standing {
                        Standing::GivesWay(..) => {
                            reader.pick("；仅供比较，不予采取", "; for comparison only, and not imposed")
                        }
                        _ => reader.pick(
                            "；下列各项均按单独适用计算",
                            "; what follows is worked out as if this norm stood alone",
                        ),
                    });
                    *first = Block::Rows(vec![reader.row("单独适用时", "On its own", vec![alone])]);
                }
            }
            blocks.extend(summary);
        }
        sections.push(Section { heading, blocks });
    }
    sections.extend(reader.competitions(recommendation));
    if detail == Detail::Full {
        for (index, act) in acts.iter().enumerate() {
            let heading = reader.pick("逐步说明", "Step by step").to_owned();
            let name = act.first().map_or_else(String::new, |first| reader.violation_name(first));
            let heading =
                if several { format!("{heading}{}{}", reader.colon(), numbered(lang, index, &name)) } else { heading };
            let mut blocks = Vec::new();
            for determination in *act {
                blocks.extend(target_heading(act, determination, &reader));
                blocks.push(Block::Tree(reader.tree(&determination.trail)));
            }
            sections.push(Section { heading, blocks });
        }
        sections.extend(instruments(recommendation, &reader));
    }
    let lead = reader.totals(recommendation);
    Document {
        lang,
        title: reader
            .pick("行政处罚裁量建议", "Recommendation on penalty discretion")
            .to_owned(),
        lead,
        sections,
        footer: footer(recommendation, &reader),
        closing: reader
            .pick(
                "本文书由规则计算得出，仅为建议；是否处罚、如何处罚由行政机关决定。",
                "This is a recommendation worked out from rules. Whether and how to penalise is for the authority to decide.",
            )
            .to_owned(),
    }
}

fn numbered(lang: Lang, index: usize, name: &str) -> String {
    let number = index.saturating_add(1);
    match lang {
        Lang::Chinese => format!("{number}．{name}"),
        Lang::English => format!("{number}. {name}"),
    }
}

/// Whom the blocks that follow are about, where more than one is judged.
fn target_heading(act: &[Determination], determination: &Determination, reader: &Reader<'_>) -> Option<Block> {
    (act.len() > 1).then(|| Block::Heading(reader.target(&determination.target)))
}

fn footer(recommendation: &Recommendation, reader: &Reader<'_>) -> Vec<Row> {
    let row = |zh: &str, en: &str, lines: Vec<Line>| Row { key: reader.pick(zh, en).to_owned(), lines };
    let mut dates =
        Line::plain(reader.pick("决定 ", "decision ")).add(Role::Value, reader.date(recommendation.decided_on));
    let mut acts: Vec<&str> = Vec::new();
    for determination in &recommendation.determinations {
        if acts.contains(&&*determination.act) {
            continue;
        }
        acts.push(&determination.act);
        dates = dates
            .text(reader.semicolon())
            .text(reader.pick("行为 ", "act "))
            .text(format!("{} ", determination.act))
            .add(Role::Value, reader.date(determination.began_on));
        match determination.ended_on {
            Some(ended) if ended == determination.began_on => {}
            Some(ended) => {
                dates = dates.text(reader.pick(" 至 ", " to ")).add(Role::Value, reader.date(ended));
            }
            None => dates = dates.text(reader.pick(" 起", " onward")),
        }
        if let Some(discovered) = determination.discovered_on {
            dates = dates
                .text(reader.comma())
                .text(reader.pick("发现 ", "discovery "))
                .add(Role::Value, reader.date(discovered));
        }
    }
    let packs = reader
        .program
        .packs
        .iter()
        .map(|pack| {
            let digest: String = pack.digest.chars().take(12).collect();
            Line::of(Role::Name, format!("{} {}", pack.name, pack.version)).add(Role::Dim, format!("  sha256 {digest}"))
        })
        .collect();
    vec![
        row("案件", "Case", vec![Line::plain(recommendation.case_id.to_string())]),
        row("当事人", "Party", vec![reader.party_of_case(recommendation.party)]),
        row("区域", "Area", vec![Line::plain(recommendation.area.to_string())]),
        row("所用日期", "Dates used", vec![dates]),
        // Silence on these would read as if they had been looked at.
        row("未审查", "Not examined", vec![Line::plain(reader.not_examined())]),
        row("规则包", "Packs", packs),
        row(
            "引擎",
            "Engine",
            vec![Line::plain(match reader.lang {
                Lang::Chinese => format!("lenity {ENGINE_VERSION}，规则语言第{LANGUAGE_VERSION}版"),
                Lang::English => {
                    format!("lenity {ENGINE_VERSION}, rule language version {LANGUAGE_VERSION}")
                }
            })],
        ),
    ]
}

/// The instruments cited anywhere in the trails, with their full titles, in the order they are first cited.
fn instruments(recommendation: &Recommendation, reader: &Reader<'_>) -> Option<Section> {
    let mut cited: Vec<Arc<str>> = Vec::new();
    let mut cite = |id: RuleId| {
        let breaches = reader.program.rule(id).map_or(&[][..], |rule| rule.breaches.as_slice());
        for citation in reader.basis(id).iter().chain(breaches) {
            if !cited.contains(&citation.instrument) {
                cited.push(citation.instrument.clone());
            }
        }
    };
    for determination in &recommendation.determinations {
        for step in determination.trail.steps() {
            step.rule.into_iter().for_each(&mut cite);
            match step.kind {
                StepKind::Measure(rule) | StepKind::MeasureChoice(rule) => cite(rule),
                _ => {}
            }
        }
        let result = &determination.result;
        result.decided_by.iter().chain(&result.unverified).copied().for_each(&mut cite);
        result.presumed.iter().for_each(|presumed| cite(presumed.rule));
    }
    let rows: Vec<Row> = cited
        .iter()
        .filter_map(|name| reader.program.instruments.get(name))
        .map(|instrument| {
            let key = match reader.lang {
                Lang::Chinese => format!("《{}》", instrument.name),
                Lang::English => reader.title(&instrument.label, &instrument.name),
            };
            let title = instrument
                .title
                .as_ref()
                .and_then(|title| title.get(reader.lang))
                .map_or_else(|| reader.title(&instrument.label, &instrument.name), str::to_owned);
            let mut line = Line::plain(title);
            let mut details: Vec<String> = Vec::new();
            if let Some(number) = instrument.number.as_ref().and_then(|number| number.get(reader.lang)) {
                details.push(number.to_owned());
            }
            if let Some(in_force) = instrument.in_force {
                details.push(reader.in_force(in_force));
            }
            if !details.is_empty() {
                let text = details.join(reader.comma());
                line = line.add(Role::Dim, reader.bracketed(&text));
            }
            if let Some(status) = reader.program.rule(instrument.rule).and_then(|rule| reader.status(rule)) {
                line = line.text(reader.semicolon()).add(Role::Open, status);
            }
            Row { key, lines: vec![line] }
        })
        .collect();
    (!rows.is_empty()).then(|| Section {
        heading: reader.pick("引用的法规", "Instruments cited").to_owned(),
        blocks: vec![Block::Rows(rows)],
    })
}
