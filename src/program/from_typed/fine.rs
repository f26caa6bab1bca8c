//! The statutory fine.

use std::sync::Arc;

use crate::program::{FineAmount, FineBranch, FineCase, FineRule, RuleId, RuleKind, Titles};
use crate::resolved;
use crate::syntax::Deemed;
use crate::typed::Typed;

use super::{Compiler, unit_id};

impl Compiler<'_> {
    /// The fine of a violation or tier, whose rule is `owner`.
    pub(super) fn fine(&mut self, fine: &resolved::Fine<Typed>, owner: RuleId, name: &Arc<str>) -> FineRule {
        FineRule {
            base: fine.base.as_ref().map(|base| self.expression(base)),
            deemed: fine
                .deemed
                .as_ref()
                .map(|deemed| Deemed { amount: self.expression(&deemed.amount), even_if_none: deemed.even_if_none }),
            branches: fine.branches.iter().map(|branch| self.fine_branch(branch, owner, name)).collect(),
            cap: fine.cap.as_ref().map(|cap| self.expression(cap)),
            force: fine.force,
            among: self.measure_groups(fine.among.clone()),
            span: fine.span,
        }
    }

    fn fine_branch(&mut self, branch: &resolved::FineBranch<Typed>, owner: RuleId, name: &Arc<str>) -> FineBranch {
        let amount = match &branch.amount {
            resolved::FineAmount::Nothing => FineAmount::Nothing,
            resolved::FineAmount::Plain(ends) => FineAmount::Plain(ends.map(|end| self.expression(end))),
            resolved::FineAmount::Range(value) => FineAmount::Range(self.expression(value)),
            resolved::FineAmount::Portion(ends) => FineAmount::Portion(ends.map(|end| self.expression(end))),
            resolved::FineAmount::Each(ends, count, unit) => FineAmount::Each(
                ends.map(|end| self.expression(end)),
                self.expression(count),
                unit.map(|(unit, _)| unit_id(unit)),
            ),
            resolved::FineAmount::Elsewhere(citations) => FineAmount::Elsewhere(self.part(
                RuleKind::FineElsewhere,
                owner,
                Arc::clone(name),
                Titles::default(),
                citations.clone(),
                branch.span,
            )),
        };
        let case = branch.case.as_ref().map(|case| FineCase {
            none: case.none,
            unestablished: case.unestablished,
            values: case.values.clone(),
        });
        FineBranch { case, amount, span: branch.span }
    }
}
