use super::document::{Line, Role};
use crate::case::PartyKind;
use crate::diagnostic::Lang;
use crate::evaluate::Recommendation;
use crate::program::{Pool, Program, Rule, RuleId, RuleKind, Status, Titles};
use crate::resolved::BuiltInName;
use crate::source::{Citation, Span};
use crate::trail::Operand;

/// The rules a recommendation was made with, read in one language: names, citations, places.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) program: &'a Program,
    /// The texts and provisions that values name.
    pub(crate) pool: &'a Pool,
    pub(crate) lang: Lang,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(recommendation: &'a Recommendation, lang: Lang) -> Self {
        Reader { program: recommendation.program(), pool: &recommendation.pool, lang }
    }

    pub(crate) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(zh, en)
    }

    /// What stands between a name and what is said of it.
    pub(crate) fn colon(&self) -> &'static str {
        self.lang.pick("：", ": ")
    }

    /// What stands between the items of a sentence.
    pub(crate) fn semicolon(&self) -> &'static str {
        self.lang.pick("；", "; ")
    }

    pub(crate) fn comma(&self) -> &'static str {
        self.lang.pick("，", ", ")
    }

    /// A text in brackets.
    pub(crate) fn bracketed(&self, text: &str) -> String {
        match self.lang {
            Lang::Chinese => format!("（{text}）"),
            Lang::English => format!(" ({text})"),
        }
    }

    pub(crate) fn party_word(&self, kind: PartyKind) -> &'static str {
        match kind {
            PartyKind::Unit => self.lang.pick("单位", "unit"),
            PartyKind::Individual => self.lang.pick("个人", "individual"),
            PartyKind::Responsible => self.lang.pick("责任人员", "responsible person"),
        }
    }

    pub(crate) fn title(&self, label: &Titles, name: &str) -> String {
        label.get(self.lang).unwrap_or(name).to_owned()
    }

    /// The label of a rule, or its name. A factor without a label is called like the fact or definition it looks up.
    pub(crate) fn rule_name(&self, id: RuleId) -> String {
        let Some(rule) = self.program.rule(id) else {
            return String::new();
        };
        if let Some(label) = rule.label.get(self.lang) {
            return label.to_owned();
        }
        if matches!(rule.kind, RuleKind::Factor | RuleKind::Presumption)
            && let Some(label) = self.label_of_name(&rule.name)
        {
            return label;
        }
        // A benchmark without a title of its own is that of its violation.
        if rule.kind == RuleKind::Benchmark
            && let Some(version) = self.program.violations.get(&rule.name).and_then(|all| all.versions.last())
            && let Some(label) = self.program.rule(version.rule).and_then(|rule| rule.label.get(self.lang))
        {
            return label.to_owned();
        }
        rule.name.to_string()
    }

    /// The label of the fact or definition called `name`.
    pub(crate) fn label_of_name(&self, name: &str) -> Option<String> {
        self.program
            .facts
            .get(name)
            .map(|fact| &fact.label)
            .or_else(|| self.program.defines.iter().find(|define| &*define.name == name).map(|define| &define.label))
            .map(|label| self.title(label, name))
    }

    /// `不予处罚事项“轻微超标”`.
    pub(crate) fn rule_with_kind(&self, id: RuleId) -> Line {
        let kind = self.program.rule(id).map(|rule| rule.kind);
        let word = kind.map_or("", |kind| self.kind_word(kind));
        let name = self.rule_name(id);
        // A title in 《》 is marked as one already.
        let quoted = if name.starts_with('《') { name } else { format!("“{name}”") };
        let gap = self.pick("", " ");
        Line::plain(word).text(gap).add(Role::Name, quoted)
    }

    pub(crate) fn kind_word(&self, kind: RuleKind) -> &'static str {
        let (zh, en) = match kind {
            RuleKind::Violation => ("违法行为", "violation"),
            RuleKind::Tier => ("档次", "tier"),
            RuleKind::Target => ("处罚对象", "penalised:"),
            RuleKind::LeniencyList => ("不予处罚清单", "leniency list"),
            RuleKind::Exemption => ("不予处罚事项", "leniency item"),
            RuleKind::Benchmark => ("裁量基准", "discretion benchmark"),
            RuleKind::Step => ("计算步骤", "step"),
            RuleKind::Factor => ("裁量因素", "discretion factor"),
            RuleKind::Circumstance => ("情节", "circumstance"),
            RuleKind::Credit => ("信用规则", "credit rule"),
            RuleKind::CreditTier => ("信用档次", "credit tier"),
            RuleKind::Bar => ("阻却事由", "bar"),
            RuleKind::Referral => ("移送", "referral"),
            RuleKind::ReferralGround => ("移送情形", "ground of referral"),
            RuleKind::Procedure => ("程序", "procedure"),
            RuleKind::Measure => ("措施", "measure"),
            RuleKind::Calendar => ("工作日历", "calendar of working days"),
            RuleKind::Principle => ("原则", "principle"),
            RuleKind::Instrument => ("法规", "instrument"),
            RuleKind::Define => ("定义", "definition"),
            RuleKind::Table => ("表", "table"),
            RuleKind::Presumption => ("推定", "presumption"),
            RuleKind::FineElsewhere => ("罚款数额的规定", "norm that states the fine"),
        };
        self.lang.pick(zh, en)
    }

    pub(crate) fn cite(&self, citation: &Citation) -> String {
        match self.lang {
            Lang::Chinese => citation.chinese(),
            Lang::English => {
                let instrument = self.program.instruments.get(&citation.instrument);
                let title = instrument.and_then(|instrument| {
                    instrument
                        .label
                        .en
                        .as_deref()
                        .or_else(|| instrument.title.as_ref().and_then(|title| title.en.as_deref()))
                });
                citation.english(title)
            }
        }
    }

    pub(crate) fn cite_all(&self, citations: &[Citation]) -> Option<String> {
        (!citations.is_empty()).then(|| {
            citations.iter().map(|citation| self.cite(citation)).collect::<Vec<_>>().join(self.lang.pick("、", "; "))
        })
    }

    /// The citations of the rule itself, or of the nearest rule above it that has one.
    pub(crate) fn basis(&self, id: RuleId) -> &'a [Citation] {
        let mut next = Some(id);
        // Parents form a chain of a few links; the bound keeps a malformed program from holding a renderer forever.
        for _ in 0..16 {
            let Some(rule) = next.and_then(|id| self.program.rule(id)) else {
                break;
            };
            if !rule.basis.is_empty() {
                return &rule.basis;
            }
            next = rule.parent;
        }
        &[]
    }

    /// The citation a step of this rule ends in. An instrument that cites nothing is cited itself.
    pub(crate) fn citation(&self, id: RuleId) -> Option<String> {
        self.cite_all(self.basis(id)).or_else(|| {
            let rule = self.program.rule(id)?;
            (rule.kind == RuleKind::Instrument)
                .then(|| self.cite(&Citation { instrument: rule.name.clone(), locators: Vec::new() }))
        })
    }

    /// `cn-gd/water.lenity:12`.
    pub(crate) fn place(&self, span: Span) -> Option<String> {
        let place = self.program.sources.place(span)?;
        Some(format!("{}:{}", place.file, place.line))
    }

    pub(crate) fn rule_place(&self, id: RuleId) -> Option<String> {
        self.place(self.program.rule(id)?.span)
    }

    /// Said of a rule that is not verified.
    pub(crate) fn status(&self, rule: &Rule) -> Option<&'static str> {
        match rule.status {
            Status::Verified => None,
            Status::Transcribed => Some(self.lang.pick("转录，未核对原文", "transcribed, not verified")),
            Status::Assumed => Some(self.lang.pick("暂定，待替换", "assumed, to be replaced")),
        }
    }

    pub(crate) fn note(&self, id: RuleId) -> Option<&'a str> {
        self.program.rule(id)?.note.as_ref()?.get(self.lang)
    }

    /// `name (citation)`, as rules are named in lists.
    pub(crate) fn named_with_citation(&self, id: RuleId) -> Line {
        let name = Line::of(Role::Name, self.rule_name(id));
        match self.citation(id) {
            Some(citation) => self.with_citation(name, &citation),
            None => name,
        }
    }

    pub(crate) fn with_citation(&self, line: Line, citation: &str) -> Line {
        let (open, close) = match self.lang {
            Lang::Chinese => ("（", "）"),
            Lang::English => (" (", ")"),
        };
        line.text(open).add(Role::Citation, citation).text(close)
    }

    /// What stays for a person to examine.
    pub(crate) fn not_examined(&self) -> &'static str {
        self.pick(
            "事实是否清楚、证据是否合法、有无管辖权：规则不能判断，须人工审查",
            "whether the facts are proved, the evidence is lawful and the authority is competent: no rule can tell; examine it by hand",
        )
    }

    pub(crate) fn operand(&self, operand: Operand) -> String {
        match operand {
            Operand::Fact(id) | Operand::Records(id) => {
                self.program.fact(id).map_or_else(String::new, |fact| self.title(&fact.label, &fact.name))
            }
            Operand::Define(id) => {
                self.program.define(id).map_or_else(String::new, |define| self.title(&define.label, &define.name))
            }
            Operand::Step(id) => self.rule_name(id),
            Operand::Measure(id) => match self.lang {
                Lang::Chinese => format!("采取“{}”", self.rule_name(id)),
                Lang::English => format!("the measure “{}”", self.rule_name(id)),
            },
            Operand::MeasureKind(kind) => match self.lang {
                Lang::Chinese => format!("采取“{}”类的措施", kind.words().0),
                Lang::English => format!("a measure of the kind “{}”", kind.words().1.replace('_', " ")),
            },
            Operand::Referral(kind) => self.referral_kind(kind).to_owned(),
            Operand::BuiltIn(name) => self.pick(name.names().0, built_in_in_english(name)).to_owned(),
        }
    }
}

/// A built-in name as English prose has it.
fn built_in_in_english(name: BuiltInName) -> &'static str {
    match name {
        BuiltInName::StatutoryMin => "statutory minimum",
        BuiltInName::StatutoryMax => "statutory maximum",
        BuiltInName::Fine => "fine",
        BuiltInName::ActBegan => "first day of the act",
        BuiltInName::ActEnded => "last day of the act",
        BuiltInName::Discovered => "day of discovery",
        BuiltInName::Decided => "day of the decision",
        BuiltInName::PartyIsUnit => "the party is a unit",
        BuiltInName::PartyIsResponsible => "the party is a responsible person",
        BuiltInName::UnitPenalised => "the unit is penalised",
        BuiltInName::CreditGrade => "credit grade",
        BuiltInName::TotalFine => "fines in this decision, added up",
        BuiltInName::TotalConfiscated => "money confiscated in this decision, added up",
        BuiltInName::BandMin => "lower end of the discretion tier",
        BuiltInName::BandMax => "upper end of the discretion tier",
        BuiltInName::CreditPoints => "credit points",
        BuiltInName::ScoredOn => "day of scoring",
        BuiltInName::ThisClause => "clause this violation rests on",
    }
}
