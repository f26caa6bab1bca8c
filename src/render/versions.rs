use super::document::{Line, Role};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::program::{InForce, RuleId};
use crate::trail::{Criterion, Moment};

/// The sentences on versions of the law.
impl Reader<'_> {
    /// A version of the law by its citation and the days it is in force.
    pub(crate) fn version(&self, id: RuleId) -> Line {
        let citation = self
            .citation(id)
            .map_or_else(|| Line::of(Role::Name, self.rule_name(id)), |citation| Line::of(Role::Citation, citation));
        match self.program.rule(id).and_then(|rule| rule.in_force) {
            Some(in_force) => {
                let text = self.in_force(in_force);
                citation.add(Role::Dim, self.bracketed(&text))
            }
            None => citation,
        }
    }

    pub(crate) fn versions(&self, at_act: Option<RuleId>, at_decision: Option<RuleId>, continued: bool) -> Line {
        let named = |version: Option<RuleId>| {
            version.map_or_else(
                || Line::of(Role::Open, self.pick("没有有效的规定", "none in force")),
                |id| self.version(id),
            )
        };
        if at_act == at_decision {
            return Line::plain(
                self.pick("行为时与决定时的规定相同：", "the same version at the act and at the decision: "),
            )
            .join(named(at_act));
        }
        let line = Line::plain(self.pick("行为时：", "at the act: "))
            .join(named(at_act))
            .text(self.semicolon())
            .text(self.pick("决定时：", "at the decision: "))
            .join(named(at_decision));
        if continued {
            line.text(self.semicolon()).text(self.pick(
                "行为持续到新规定施行之后，适用新规定，不作比较",
                "the act went on under the new version, which applies without comparison",
            ))
        } else {
            line
        }
    }

    pub(crate) fn criterion(&self, criterion: Criterion) -> &'static str {
        match criterion {
            Criterion::Outcome => self.lang.pick("处理结果", "outcome"),
            Criterion::StatutoryRange => self.lang.pick("法定幅度", "statutory range"),
            Criterion::Amount => self.lang.pick("计算金额", "amount worked out"),
        }
    }

    pub(crate) fn compared(&self, criterion: Criterion, lighter: Option<Moment>) -> Line {
        let name = self.criterion(criterion);
        let line = match self.lang {
            Lang::Chinese => Line::plain(format!("比较{name}：")),
            Lang::English => Line::plain(format!("compared by {name}: ")),
        };
        match lighter {
            Some(moment) => {
                let law = self.moment(moment);
                line.add(
                    Role::Strong,
                    match self.lang {
                        Lang::Chinese => format!("{law}较轻"),
                        Lang::English => format!("{law} is lighter"),
                    },
                )
            }
            None => line.text(self.pick("没有轻重之分", "neither is lighter")),
        }
    }

    /// The law of a moment, as the one that applies.
    pub(crate) fn moment(&self, moment: Moment) -> &'static str {
        match moment {
            Moment::Act => self.lang.pick("行为时的规定", "the law at the time of the act"),
            Moment::Decision => self.lang.pick("决定时的规定", "the law at the time of the decision"),
        }
    }

    /// `2018年1月1日 至 2026年8月14日 施行`.
    pub(crate) fn in_force(&self, in_force: InForce) -> String {
        let from = self.date(in_force.from);
        match (self.lang, in_force.to.map(|to| self.date(to))) {
            (Lang::Chinese, Some(to)) => format!("{from} 至 {to} 施行"),
            (Lang::Chinese, None) => format!("{from} 起施行"),
            (Lang::English, Some(to)) => format!("in force {from} to {to}"),
            (Lang::English, None) => format!("in force from {from}"),
        }
    }
}
