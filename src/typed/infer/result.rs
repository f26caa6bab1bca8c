//! What a procedure may ask about the result: measures and referrals.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved;
use crate::source::Span;
use crate::syntax::{self, Name};
use crate::typed::operators::BuiltInFunction;
use crate::typed::{Expr, ExprKind, Type};

use super::Infer;

impl Infer<'_> {
    /// `imposes(measure)`, `imposes_kind(kind)`, `refers(kind)`: only where there is a result.
    pub(super) fn result_asked(
        &mut self,
        function: BuiltInFunction,
        arguments: &[(syntax::Expr, Option<syntax::Expr>)],
        span: Span,
    ) -> Expr {
        let [(syntax::Expr { kind: syntax::ExprKind::Name(name), .. }, None)] = arguments else {
            return self.wrong_arguments(function, span);
        };
        if !self.scope.result {
            self.errors.push(
                Diagnostic::new(
                    Code::NotAvailableHere,
                    span,
                    "处理结果只能在程序中询问",
                    "only a procedure may ask about the result",
                )
                .why("其他规则决定处理结果，不能以结果为条件", "other rules lead to the result and cannot rest on it")
                .help("把条件写成事实，或移到“程序”里", "ask for a fact instead, or move it into a `procedure`"),
            );
            return Self::unknown(span);
        }
        let kind = match function {
            BuiltInFunction::Imposes => self.measure_named(name).map(ExprKind::Imposes),
            BuiltInFunction::ImposesKind => resolved::kind_asked(name, self.errors).map(ExprKind::ImposesKind),
            _ => resolved::referral_kind(name, self.errors).map(ExprKind::Refers),
        };
        match kind {
            Some(kind) => Expr { kind, kind_of: Type::Bool, span },
            None => Self::unknown(span),
        }
    }

    fn measure_named(&mut self, name: &Name) -> Option<usize> {
        let measures = &self.resolved.symbols.measures;
        let found = measures.get(&name.text);
        if found.is_none() {
            let text = &name.text;
            self.errors.push(
                Diagnostic::new(
                    Code::MeasureUnknown,
                    name.span,
                    format!("没有声明措施“{text}”"),
                    format!("the measure `{text}` is not declared"),
                )
                .help(format!("先声明：措施 {text}"), format!("declare it: measure {text}"))
                .suggest(text, measures.names()),
            );
        }
        found
    }
}
