//! Penalties that the rank of their instrument cannot create (行政处罚法 Arts. 10–14, 16).
//!
//! A penalty may rest on any instrument its place cites: a rule that details what a law provides for cites both. Reported is
//! what none of them can create. An instrument that does not state its level is not judged.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{self, Fine, FineAmount, Level, MeasureGroup, Rules, Target};
use crate::source::{Citation, Span};
use crate::typed::Typed;

/// Looks at every fine and measure that a violation threatens with.
pub(super) fn check(rules: &Rules<Typed>, errors: &mut Vec<Diagnostic>) {
    let mut search = Search { rules, errors };
    for violation in &rules.violations {
        let basis: Vec<&Citation> = violation.head.basis.iter().collect();
        search.place(&basis, violation.fine.as_ref(), &violation.measures);
        search.targets(&basis, &violation.targets);
        for tier in &violation.tiers {
            let basis: Vec<&Citation> = basis.iter().copied().chain(&tier.basis).collect();
            search.place(&basis, tier.fine.as_ref(), &tier.measures);
            search.targets(&basis, &tier.targets);
        }
    }
}

struct Search<'r> {
    rules: &'r Rules<Typed>,
    errors: &'r mut Vec<Diagnostic>,
}

impl Search<'_> {
    fn targets(&mut self, basis: &[&Citation], targets: &[Target<Typed>]) {
        for target in targets {
            let basis: Vec<&Citation> = basis.iter().copied().chain(&target.basis).collect();
            self.place(&basis, target.fine.as_ref(), &target.measures);
        }
    }

    fn place(&mut self, basis: &[&Citation], fine: Option<&Fine<Typed>>, measures: &[MeasureGroup<Typed>]) {
        if let Some(fine) = fine {
            let elsewhere = fine.branches.iter().filter_map(|branch| match &branch.amount {
                FineAmount::Elsewhere(citations) => Some(citations),
                _ => None,
            });
            let basis: Vec<&Citation> = basis.iter().copied().chain(elsewhere.flatten()).collect();
            let fines = fine.branches.iter().any(|branch| !matches!(branch.amount, FineAmount::Nothing));
            if fines && !self.allowed(&basis, Level::may_fine) {
                self.report(fine.span, ("罚款", "a fine"));
            }
            self.measures(&basis, &fine.among);
        }
        self.measures(basis, measures);
    }

    fn measures(&mut self, basis: &[&Citation], groups: &[MeasureGroup<Typed>]) {
        for group in groups {
            for each in &group.measures {
                let Some(measure) = self.rules.measures.get(each.measure) else { continue };
                let Some(kind) = measure.kind else { continue };
                let basis: Vec<&Citation> = basis.iter().copied().chain(&measure.head.basis).collect();
                if !self.allowed(&basis, |level| level.may_bring(kind)) {
                    self.report(group.span, kind.words());
                }
            }
        }
    }

    /// Whether one of the instruments cited may create it; so may one whose level is not stated.
    fn allowed(&self, basis: &[&Citation], may: impl Fn(Level) -> bool) -> bool {
        basis.is_empty() || basis.iter().any(|citation| self.level(citation).is_none_or(&may))
    }

    /// The level of the instrument cited.
    fn level(&self, citation: &Citation) -> Option<Level> {
        let named = |instrument: &&resolved::Instrument<Typed>| instrument.head.name.text == citation.instrument;
        resolved::level(self.rules.instruments.iter().find(named)?.level.as_deref()?)
    }

    fn report(&mut self, span: Span, (zh, en): (&str, &str)) {
        self.errors.push(
            Diagnostic::new(
                Code::PenaltyBeyondRank,
                span,
                format!("所依据的法规，其层级不能设定这种处罚：{zh}"),
                format!("no instrument cited here is of a level that can create this penalty: {en}"),
            )
            .why(
                "法律可以设定各种处罚；限制人身自由只能由法律设定，地方性法规不能设定吊销营业执照，规章只能设定警告、通报批评和一定数额的罚款，其他规范性文件不能设定处罚（行政处罚法第10条至第14条、第16条）",
                "a law may create any penalty; only a law detention; no local regulation the loss of the business licence; a rule only warnings, public criticism and limited fines; other normative documents none (Administrative Penalty Law, arts. 10–14, 16)",
            )
            .help(
                "在“依据”中写明设定这一处罚的法律、法规，核对法规的“层级”，或者删去这一处罚",
                "cite the law or regulation that creates the penalty, check the level of the instrument, or remove the penalty",
            ),
        );
    }
}
