use super::document::{Line, Mark, Role};
use super::reader::Reader;
use super::values::retyped;
use crate::diagnostic::Lang;
use crate::evaluate::{ChoiceMode, MeasureChoice, MeasureResult};
use crate::program::{RuleId, Titles};
use crate::resolved::{MeasureClass, MeasureKind};
use crate::trail::{Extent, MeasureStep, Term, TermLength, TermStart};
use crate::value::{Duration, DurationUnit, Value};

/// Measures: what they are in law, how long, how much, and who decides.
impl Reader<'_> {
    pub(crate) fn measure(&self, measure: &MeasureResult) -> Line {
        let named = self.named_with_citation(measure.rule);
        // Without the approval there is no order yet, only a request for it.
        let mut line = match self.said(measure.approval.as_ref()) {
            Some(approval) => Line::plain(match self.lang {
                Lang::Chinese => format!("报请{approval}批准："),
                Lang::English => format!("request for the approval of {approval}: "),
            })
            .join(named),
            None => named,
        };
        if let Some(term) = &measure.term {
            line = line.text(self.comma()).join(self.term(term));
        }
        if let Some(extent) = measure.extent {
            line = line.text(self.comma()).join(self.extent(extent, self.measure_kind(measure.rule)));
        }
        if let Some(daily) = &measure.daily {
            line = line.text(self.comma()).join(self.daily_penalty(daily));
        }
        if let Some(decider) = self.said(measure.decided_by.as_ref()) {
            line = line.text(self.comma()).join(self.decider(decider));
        }
        if let Some(informed) = self.said(measure.informed.as_ref()) {
            line = line.text(self.comma()).join(self.informed(informed));
        }
        if let Some(otherwise) = measure.otherwise {
            line = line.text(self.semicolon()).join(self.otherwise(otherwise));
        }
        let mut line = self.stated(line, &measure.stated);
        let others: Vec<String> = measure.also_under.iter().filter_map(|norm| self.citation(*norm)).collect();
        if !others.is_empty() {
            line = line
                .text(self.pick("；另一规定同样要求，只采取一次：", "; brought by another norm too and taken once: "))
                .add(Role::Citation, others.join(self.pick("、", "; ")));
        }
        line.add(Role::Dim, self.bracketed(self.class(self.measure_kind(measure.rule).class())))
    }

    /// Measures to choose from, with how many of them.
    pub(crate) fn choice(&self, choice: &MeasureChoice, may: bool) -> Line {
        let (zh, en) = match (choice.mode, may) {
            (ChoiceMode::One, true) => ("可以：", "may: "),
            (ChoiceMode::One, false) => ("应当选择其一：", "must take one of: "),
            (ChoiceMode::Any, true) => ("可以采取一项或者几项：", "may take one or several of: "),
            (ChoiceMode::Any, false) => ("应当采取一项或者几项：", "must take one or several of: "),
            (ChoiceMode::Ladder, true) => ("可以采取其中一级：", "may take one rung of: "),
            (ChoiceMode::Ladder, false) => ("应当采取其中一级：", "must take one rung of: "),
        };
        let between = match choice.mode {
            ChoiceMode::One => self.pick("，或者", ", or "),
            ChoiceMode::Any => self.pick("、", ", "),
            ChoiceMode::Ladder => self.pick("，直至", ", up to "),
        };
        Line::plain(self.pick(zh, en)).join(Line::list(choice.iter().map(|measure| self.measure(measure)), between))
    }

    pub(crate) fn measure_kind(&self, rule: RuleId) -> MeasureKind {
        self.program.measure(rule).map_or(MeasureKind::Other, |measure| measure.kind)
    }

    fn said<'t>(&self, titles: Option<&'t Titles>) -> Option<&'t str> {
        titles.and_then(|titles| titles.get(self.lang))
    }

    /// What a measure is in law.
    pub(crate) fn class(&self, class: MeasureClass) -> &'static str {
        let (zh, en) = match class {
            MeasureClass::Correction => ("不是行政处罚", "corrective, not a penalty"),
            MeasureClass::Penalty => ("行政处罚", "penalty"),
            MeasureClass::Coercion => ("行政强制，不是行政处罚", "coercive measure, not a penalty"),
            MeasureClass::Referral => ("移送、报请", "referral or request"),
            MeasureClass::Record => ("记录、公开", "record"),
            MeasureClass::Education => ("教育，不是行政处罚", "education, not a penalty"),
            MeasureClass::Supervision => ("监督管理", "supervision"),
            MeasureClass::Civil => ("民事责任", "civil liability"),
            MeasureClass::Other => ("其他行政措施", "other administrative measure"),
        };
        self.lang.pick(zh, en)
    }

    fn decider(&self, decider: &str) -> Line {
        Line::plain(match self.lang {
            Lang::Chinese => format!("由{decider}决定"),
            Lang::English => format!("decided by {decider}"),
        })
    }

    fn informed(&self, informed: &str) -> Line {
        Line::plain(match self.lang {
            Lang::Chinese => format!("通知{informed}"),
            Lang::English => format!("{informed} to be told"),
        })
    }

    fn otherwise(&self, otherwise: RuleId) -> Line {
        Line::plain(self.pick("不能履行的，改为：", "if it cannot be performed, in its place: "))
            .join(self.named_with_citation(otherwise))
    }

    /// A length of time; twelve months are a year.
    fn length(&self, duration: Duration) -> String {
        let years = duration.amount.checked_div(12).filter(|_| duration.amount.checked_rem(12) == Some(0));
        match (duration.unit, years) {
            (DurationUnit::Months, Some(years)) if years > 0 => match self.lang {
                Lang::Chinese => format!("{years}年"),
                Lang::English => format!("{years} year{}", if years == 1 { "" } else { "s" }),
            },
            _ => self.value(Value::Duration(duration), None),
        }
    }

    pub(crate) fn term(&self, term: &Term) -> Line {
        let lead = match (term.deadline, term.up_to) {
            (true, _) => self.pick("限期", "within "),
            (false, true) => self.pick("期限不超过", "for at most "),
            (false, false) => self.pick("期限", "for "),
        };
        let low = term.low.map(|low| self.length(low));
        let (role, text) = match (low, term.high) {
            (Some(low), TermLength::Of(high)) => {
                (Role::Value, format!("{low}{}{}", self.pick("至", " to "), self.length(high)))
            }
            (None, TermLength::Of(high)) => (Role::Value, self.length(high)),
            (Some(low), TermLength::Life) => (Role::Value, low + self.pick("直至终身", ", up to life")),
            (None, TermLength::Life) => (Role::Value, self.pick("终身", "life").to_owned()),
            (_, TermLength::Unspecified) => {
                (Role::Open, self.pick("由决定机关确定", "a time that the deciding authority sets").to_owned())
            }
            (_, TermLength::Open) => (Role::Open, self.pick("尚不能计算", "a time not worked out yet").to_owned()),
        };
        Line::plain(lead).add(role, text).join(self.term_start(term))
    }

    fn term_start(&self, term: &Term) -> Line {
        // A whole life has no first day that matters.
        if term.high == TermLength::Life && term.low.is_none() {
            return Line::new();
        }
        let text = match &term.from {
            TermStart::Stated(from) => match self.lang {
                Lang::Chinese => format!("自{}起", from.get(self.lang).unwrap_or_default()),
                Lang::English => format!("from {}", from.get(self.lang).unwrap_or_default()),
            },
            TermStart::DecisionEffective => self
                .pick(
                    "条文未写起算日，自决定生效之日起算",
                    "the article does not say from when: from the day the decision takes effect",
                )
                .to_owned(),
            TermStart::OrderServed => self
                .pick(
                    "条文未写起算日，自责令决定送达之日起算",
                    "the article does not say from when: from service of the order",
                )
                .to_owned(),
            TermStart::WithDecider => self.pick("起算由决定机关确定", "from when, the deciding body says").to_owned(),
        };
        Line::of(Role::Dim, self.bracketed(&text))
    }

    pub(crate) fn extent(&self, extent: Extent, kind: MeasureKind) -> Line {
        let figure = |value: Value| {
            let piece = self.value_piece(value, None);
            Line::of(piece.role, piece.text)
        };
        match extent {
            Extent::Figure(value) => figure(value),
            Extent::Between(range, like) => {
                let end = |number| figure(retyped(number, Some(like)));
                match (range.min, range.max) {
                    (Some(min), Some(max)) => end(min).text(self.pick(" 至 ", " to ")).join(end(max)),
                    (None, Some(max)) => Line::plain(self.pick("至多", "up to ")).join(end(max)),
                    (Some(min), None) => Line::plain(self.pick("至少", "at least ")).join(end(min)),
                    (None, None) => Line::new(),
                }
            }
            Extent::Nothing if kind == MeasureKind::Confiscation => {
                Line::of(Role::Open, self.pick("数额为零，没有可以没收的", "the figure is zero: nothing to confiscate"))
            }
            Extent::Nothing => Line::of(Role::Open, self.pick("数额为零", "the figure is zero")),
            Extent::Open => Line::of(Role::Open, self.pick("数额尚不能计算", "how much cannot be worked out yet")),
            Extent::Unestablished => Line::of(
                Role::Open,
                self.pick(
                    "数额无法查明，规则没有规定此时如何计算",
                    "how much cannot be established, and the rules do not say what counts then",
                ),
            ),
        }
    }

    /// What a step of a measure says.
    pub(crate) fn measure_step(&self, step: &MeasureStep) -> Line {
        match step {
            MeasureStep::NotASubject(kind) => Line::plain(match self.lang {
                Lang::Chinese => format!("当事人是{}，不属于这项措施的对象，不采取", self.party_word(*kind)),
                Lang::English => format!(
                    "the party is of the kind `{}`, whom the measure does not reach: it falls away",
                    self.party_word(*kind)
                ),
            }),
            MeasureStep::FixedByTier(rule) => Line::of(Role::Name, self.rule_name(*rule)).text(self.pick(
                "：适用的档次另有规定，以档次的规定为准",
                ": a tier that applies fixes it anew, and takes the place of this",
            )),
            MeasureStep::Term(term) => self.term(term),
            MeasureStep::Extent(extent @ (Extent::Figure(_) | Extent::Between(..))) => {
                Line::plain(self.pick("数额：", "how much: ")).join(self.extent(*extent, MeasureKind::Other))
            }
            MeasureStep::Extent(extent) => self.extent(*extent, MeasureKind::Other),
            MeasureStep::BelowZero(value) => {
                let piece = self.value_piece(*value, None);
                Line::plain(self.pick("算得 ", "worked out as "))
                    .add(piece.role, piece.text)
                    .text(self.pick("，低于零，按零计", ", which is below zero and counts as zero"))
            }
            MeasureStep::Approval(by) => Line::plain(match self.lang {
                Lang::Chinese => format!("须报请{}批准，批准前不得作出", by.get(self.lang).unwrap_or_default()),
                Lang::English => format!(
                    "needs the approval of {}, and is no order before that",
                    by.get(self.lang).unwrap_or_default()
                ),
            }),
            MeasureStep::DecidedBy(by) => self.decider(by.get(self.lang).unwrap_or_default()),
            MeasureStep::Informed(by) => self.informed(by.get(self.lang).unwrap_or_default()),
            MeasureStep::Otherwise(rule) => self.otherwise(*rule),
            MeasureStep::Daily(step) => self.daily_step(*step),
            MeasureStep::Surcharge(step) => self.surcharge_step(*step),
        }
    }

    pub(crate) fn measure_mark(&self, step: &MeasureStep) -> Mark {
        match step {
            MeasureStep::NotASubject(_) => Mark::Fails,
            MeasureStep::Term(Term { high: TermLength::Open, .. })
            | MeasureStep::Extent(Extent::Open | Extent::Unestablished) => Mark::Unknown,
            MeasureStep::Approval(_) | MeasureStep::DecidedBy(_) => Mark::Choice,
            MeasureStep::Daily(step) => Self::daily_mark(*step),
            MeasureStep::Surcharge(_)
            | MeasureStep::FixedByTier(_)
            | MeasureStep::Term(_)
            | MeasureStep::Extent(_)
            | MeasureStep::BelowZero(_)
            | MeasureStep::Informed(_)
            | MeasureStep::Otherwise(_) => Mark::Neutral,
        }
    }
}
