//! The statutory fine: its ends in money, its base, and the cases that share the base out.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{Fine, FineAmount, FineBranch, FineCase, FineForce, Written};
use crate::source::Span;
use crate::syntax::{self, Deemed, Ends};
use crate::typed::infer::constant;
use crate::typed::{Cells, Expr, ExprKind, Type, Typed};

use super::Checker;

impl Checker<'_> {
    /// The fine of a tier. A multiple of the fine itself is one more fine that the officer may impose.
    pub(super) fn tier_fine(&mut self, fine: &Fine<Written>, base_has_one: bool) -> Fine<Typed> {
        let was = self.infer.scope.fine;
        self.infer.scope.fine = base_has_one && fine.force == FineForce::May;
        let typed = self.fine(fine);
        self.infer.scope.fine = was;
        typed
    }

    pub(super) fn fine(&mut self, fine: &Fine<Written>) -> Fine<Typed> {
        let base = fine.base.as_ref().map(|base| self.infer.value_of(base, &[Type::Money]));
        let deemed = fine.deemed.as_ref().map(|deemed| Deemed {
            amount: self.infer.value_of(&deemed.amount, &[Type::Money]),
            even_if_none: deemed.even_if_none,
        });
        if let (Some(base), Some(deemed)) = (&base, &fine.deemed)
            && deemed.even_if_none
        {
            self.may_be_absent(base, deemed.amount.span);
        }
        let branches: Vec<_> = fine.branches.iter().map(|branch| self.fine_branch(branch, base.as_ref())).collect();
        self.cases_apart(&branches);
        let cap = fine.cap.as_ref().map(|cap| self.infer.value_of(cap, &[Type::Money]));
        let among = self.measure_groups(&fine.among, true);
        Fine { base, deemed, branches, cap, force: fine.force, among, span: fine.span }
    }

    fn fine_branch(&mut self, branch: &FineBranch<Written>, base: Option<&Expr>) -> FineBranch<Typed> {
        let case = branch.case.as_ref().map(|case| {
            if let (true, Some(base)) = (case.none, base) {
                self.may_be_absent(base, branch.span);
            }
            FineCase {
                none: case.none,
                unestablished: case.unestablished,
                values: case.values.as_ref().and_then(|cell| self.infer.cell(cell, &Type::Money)),
            }
        });
        let amount = match &branch.amount {
            FineAmount::Nothing => FineAmount::Nothing,
            FineAmount::Plain(Ends::Single(sum)) => {
                let typed = self.infer.value_of(sum, &[Type::Money, Type::Range]);
                match typed.kind_of {
                    Type::Range => FineAmount::Range(typed),
                    _ => FineAmount::Plain(Ends::Single(typed)),
                }
            }
            FineAmount::Plain(ends) => FineAmount::Plain(self.ends(ends, &[Type::Money], branch.span)),
            FineAmount::Range(value) => FineAmount::Range(self.infer.value_of(value, &[Type::Range])),
            FineAmount::Portion(ends) => {
                FineAmount::Portion(self.ends(ends, &[Type::Number, Type::Percent], branch.span))
            }
            FineAmount::Each(ends, count, unit) => {
                let ends = self.ends(ends, &[Type::Money], branch.span);
                FineAmount::Each(ends, self.count(count, *unit), *unit)
            }
            FineAmount::Elsewhere(citations) => FineAmount::Elsewhere(citations.clone()),
        };
        FineBranch { case, amount, span: branch.span }
    }

    fn ends(&mut self, ends: &Ends<syntax::Expr>, due: &[Type], span: Span) -> Ends<Expr> {
        let ends = ends.map(|end| self.infer.value_of(end, due));
        if let Ends::Between(low, high) = &ends
            && let (Some(low), Some(high)) = (constant(low), constant(high))
            && low > high
        {
            self.infer.errors.push(
                Diagnostic::new(
                    Code::RangeEmpty,
                    span,
                    "罚款的下限高于上限",
                    "the lower end of the fine is above the upper end",
                )
                .help("核对两个数额", "check the two amounts"),
            );
        }
        ends
    }

    /// What is counted is a whole number; what is measured has the dimension of the unit.
    fn count(&mut self, count: &syntax::Expr, unit: Option<(usize, Span)>) -> Expr {
        let Some((unit, place)) = unit else {
            let typed = self.infer.infer(count, None);
            if let Type::Quantity(_) = typed.kind_of {
                let name = self.infer.name_of(&typed.kind_of);
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::UnitMissing,
                        typed.span,
                        format!("这是{}，没有写每多少罚多少", name.zh),
                        format!("this is {}, and nothing says for each of which unit the sum is", name.en),
                    )
                    .help("写上单位，如“按 面积 每 平方米 …”", "write the unit, as in `counting area per m2 …`"),
                );
                return typed;
            }
            return self.infer.value_of(count, &[Type::Integer]);
        };
        let base = self.infer.units.base(unit);
        let typed = self.infer.infer(count, None);
        match &typed.kind_of {
            Type::Quantity(found) if *found == base => {}
            Type::Unknown => {}
            other => {
                let (found, due) = (self.infer.name_of(other), self.infer.name_of(&Type::Quantity(base)));
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::TypesDiffer,
                        typed.span,
                        format!("每单位的罚款要按{}计算，这里却是{}", due.zh, found.zh),
                        format!("the sum is for each of {}, but this is {}", due.en, found.en),
                    )
                    .label(place, "这里的单位", "the unit")
                    .help("换成同一种单位的量", "name a quantity of that dimension"),
                );
            }
        }
        typed
    }

    /// Only a fact that is declared to allow it is ever absent.
    fn may_be_absent(&mut self, base: &Expr, span: Span) {
        let facts = &self.infer.resolved.rules.facts;
        let allowed = match &base.kind {
            ExprKind::Fact(index) => facts.get(*index).is_some_and(|fact| fact.may_be_absent),
            ExprKind::Unknown => true,
            _ => false,
        };
        if !allowed {
            self.infer.errors.push(
                Diagnostic::new(
                    Code::FineCaseInvalid,
                    span,
                    "基数不会“没有”，这个情形永远不成立",
                    "the base is never absent, so this case never holds",
                )
                .label(base.span, "基数", "the base")
                .help(
                    "基数写事实的名称，并在事实里加上“可以没有”",
                    "name a fact as the base, and add `may be absent` to it",
                ),
            );
        }
    }

    /// Two cases for one state of the base would be two fines.
    fn cases_apart(&mut self, branches: &[FineBranch<Typed>]) {
        for (index, branch) in branches.iter().enumerate() {
            let Some(case) = &branch.case else { continue };
            let earlier = branches.iter().take(index).filter_map(|other| Some((other.case.as_ref()?, other.span)));
            for (other, place) in earlier {
                let both = (case.none && other.none) || (case.unestablished && other.unestablished);
                if both || share_value(case.values.as_ref(), other.values.as_ref()) {
                    self.infer.errors.push(
                        Diagnostic::new(
                            Code::FineCaseInvalid,
                            branch.span,
                            "这个情形与前面的重叠",
                            "this case overlaps one before it",
                        )
                        .label(place, "前面的情形", "the case before")
                        .help("使两个情形没有共同的数额", "leave no amount that both hold"),
                    );
                }
            }
        }
    }
}

fn share_value(first: Option<&Cells>, second: Option<&Cells>) -> bool {
    match (first, second) {
        (Some(Cells::Ranges(first)), Some(Cells::Ranges(second))) => {
            first.iter().any(|range| second.iter().any(|other| range.overlaps(other)))
        }
        (Some(_), Some(_)) => true,
        _ => false,
    }
}
