//! The statutory fine: one base, and an amount for each of its states.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::Phase;
use crate::resolved::Written;
use crate::resolved::fine::{Fine, FineAmount, FineBranch, FineCase, FineForce};
use crate::resolved::measures::MeasureGroup;
use crate::resolved::names::unknown;
use crate::source::Span;
use crate::syntax::{
    Body, ChoiceMode, Clause, Expr, ExprKind, FineShape, Keyword, Name, WrittenAmount, WrittenBranch, WrittenFine,
};

type Amount = FineAmount<Written>;

impl Resolver<'_> {
    /// The fine of a violation, or of one of its tiers.
    pub(super) fn fine(&mut self, clause: Clause, in_tier: bool) -> Option<Fine<Written>> {
        let span = clause.span;
        match clause.body {
            Body::Fine(shape) => self.fine_of(shape, span),
            Body::FineChoice(word, measures, shape) => {
                let mut fine = self.fine_of(shape, span)?;
                let alone = measures.references.is_empty();
                let any = measures.mode == ChoiceMode::Any;
                fine.force = match word {
                    Keyword::May if any => FineForce::AnyOf,
                    Keyword::May if alone => FineForce::May,
                    Keyword::May => FineForce::MayOneOf,
                    _ if alone => FineForce::Besides,
                    _ => FineForce::OneOf,
                };
                let (mode, may) = (ChoiceMode::One, fine.force != FineForce::OneOf);
                let measures = self.measures(measures);
                if !measures.is_empty() {
                    fine.among.push(MeasureGroup { measures, mode, may, span });
                }
                self.force_fits(fine.force, in_tier, alone, span);
                if any && word != Keyword::May {
                    self.any_needs_may(span);
                }
                Some(fine)
            }
            _ => None,
        }
    }

    /// Besides what, and any number of what.
    fn force_fits(&mut self, force: FineForce, in_tier: bool, alone: bool, span: Span) {
        let (zh, en, help) = match force {
            FineForce::Besides if !in_tier => (
                "“并 罚款”用在档次里，表示在基本罚款之外另处罚款",
                "`also fine` is for tiers: a fine besides that of the base",
                ("这里写“罚款 …”", "write `fine …` here"),
            ),
            FineForce::AnyOf if alone => (
                "“任意”后面要有几项",
                "`any of` needs several things to choose from",
                ("写成“可以 任意 警告 | 罚款 …”或“可以 罚款 …”", "write `may any of warn | fine …`, or `may fine …`"),
            ),
            _ => return,
        };
        self.errors.push(Diagnostic::new(Code::ClauseNotAllowed, span, zh, en).help(help.0, help.1));
    }

    fn any_needs_may(&mut self, span: Span) {
        self.errors.push(
            Diagnostic::new(
                Code::ClauseNotAllowed,
                span,
                "有罚款的几项之间，“任意”前写“可以”",
                "among several things with a fine, `any of` stands after `may`",
            )
            .help("写成“可以 任意 警告 | 罚款 …”", "write `may any of warn | fine …`"),
        );
    }

    fn fine_of(&mut self, shape: FineShape, span: Span) -> Option<Fine<Written>> {
        match shape {
            FineShape::Written(written) => Some(self.written_fine(written, span)),
            FineShape::Elsewhere(citations) => {
                let amount = FineAmount::Elsewhere(self.check_citations(citations));
                Some(one_amount(amount, span))
            }
            FineShape::Result(value) => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseNotAllowed,
                        span,
                        "这里要写法定幅度，不是计算式",
                        "the statutory range is due here, not a computation",
                    )
                    .help(
                        "写成“罚款 A 至 B”；计算式写在裁量基准里",
                        "write `fine A .. B`; the computation belongs in a benchmark",
                    ),
                );
                Some(one_amount(FineAmount::Plain(crate::syntax::Ends::UpTo(value)), span))
            }
        }
    }

    fn written_fine(&mut self, written: WrittenFine, span: Span) -> Fine<Written> {
        let mut fine = Fine { cap: written.cap, ..no_amount(span) };
        for branch in written.branches {
            let branch = self.fine_branch(branch, &mut fine);
            fine.branches.push(branch);
        }
        self.cases_fit(&fine);
        fine
    }

    fn fine_branch(&mut self, branch: WrittenBranch, fine: &mut Fine<Written>) -> FineBranch<Written> {
        let amount = match branch.amount {
            WrittenAmount::Nothing => FineAmount::Nothing,
            WrittenAmount::Plain(ends) => FineAmount::Plain(ends),
            WrittenAmount::Portion { ends, base, deemed } => {
                match &fine.base {
                    None => fine.base = Some(base),
                    Some(first) if !same_name(first, &base) => self.another_base(first.span, base.span),
                    Some(_) => {}
                }
                fine.deemed = fine.deemed.take().or(deemed);
                FineAmount::Portion(ends)
            }
            WrittenAmount::Each { ends, count, unit } => {
                let unit = unit.and_then(|unit| self.unit_of_count(&unit));
                FineAmount::Each(ends, name_expression(count), unit)
            }
        };
        let case = branch.case.map(|case| FineCase {
            none: case.none,
            unestablished: case.unestablished,
            values: case.values,
        });
        FineBranch { case, amount, span: branch.span }
    }

    fn unit_of_count(&mut self, unit: &Name) -> Option<(usize, Span)> {
        let found = self.symbols.unit(&unit.text);
        if found.is_none() {
            self.errors.push(unknown(Code::UnitUnknown, unit, ("单位", "unit"), self.symbols.units.names()));
        }
        found.map(|index| (index, unit.span))
    }

    fn another_base(&mut self, first: Span, second: Span) {
        self.errors.push(
            Diagnostic::new(
                Code::FineCaseInvalid,
                second,
                "一条罚款只能有一个基数，这里却是另一个",
                "one fine has one base, and this is another",
            )
            .label(first, "第一个基数", "the first base")
            .help("写同一个名称，或分成两个档次", "name the same base, or write two tiers"),
        );
    }

    /// Cases need a base to speak of, and an amount without a case stands once.
    fn cases_fit(&mut self, fine: &Fine<Written>) {
        let mut rules = fine.branches.iter().filter(|branch| branch.case.is_none());
        let (_, second) = (rules.next(), rules.next());
        if let Some(second) = second {
            self.errors.push(
                Diagnostic::new(
                    Code::FineCaseInvalid,
                    second.span,
                    "没有说明这个幅度适用于哪种情形",
                    "nothing says in which case this amount holds",
                )
                .help(
                    "写明情形，如“没有或不足 50万元 则 …”",
                    "say in which case, as in `none or below CNY 500_000 then …`",
                ),
            );
        }
        if fine.base.is_none()
            && let Some(branch) = fine.branches.iter().find(|branch| branch.case.is_some())
        {
            self.errors.push(
                Diagnostic::new(
                    Code::FineCaseInvalid,
                    branch.span,
                    "这条罚款没有基数，不知情形说的是什么",
                    "this fine has no base, so the case speaks of nothing",
                )
                .help(
                    "写一个基数，如“违法所得 的 5倍 至 10倍”，或者写成档次",
                    "give it a base, as in `gains at 5 .. 10 times`, or write a tier",
                ),
            );
        }
    }
}

fn one_amount(amount: Amount, span: Span) -> Fine<Written> {
    Fine { branches: vec![FineBranch { case: None, amount, span }], ..no_amount(span) }
}

fn no_amount(span: Span) -> Fine<Written> {
    Fine { base: None, deemed: None, branches: Vec::new(), cap: None, force: FineForce::Shall, among: Vec::new(), span }
}

fn name_expression(name: Name) -> <Written as Phase>::Expr {
    Expr { span: name.span, kind: ExprKind::Name(name) }
}

fn same_name(first: &Expr, second: &Expr) -> bool {
    matches!((&first.kind, &second.kind), (ExprKind::Name(a), ExprKind::Name(b)) if a.text == b.text)
}
