//! Findings of `lenity check` that the rules say are known.
//!
//! An allowance covers the block it stands in, or one factor of it, so that the next mistake of the same kind elsewhere is
//! still found.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::syntax::{Body, Clause, Declaration, Expr, ExprKind, Label, Name};

/// A finding that is known, and why it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// The finding's code.
    pub code: Code,
    /// What it covers: a declaration, a block in it, or a factor.
    pub scope: Span,
    /// Why the finding stands.
    pub reason: Label,
    /// Where it says so.
    pub span: Span,
}

/// Those of one declaration.
pub(super) fn collect(declaration: &Declaration, found: &mut Vec<Allowance>, errors: &mut Vec<Diagnostic>) {
    block(&declaration.clauses, declaration.span, found, errors);
}

fn block(clauses: &[Clause], scope: Span, found: &mut Vec<Allowance>, errors: &mut Vec<Diagnostic>) {
    for clause in clauses {
        match &clause.body {
            Body::Allow(code, part, reason) => {
                let code = known_code(code, errors);
                let scope = match part {
                    None => Some(scope),
                    Some(part) => factor(clauses, part, errors),
                };
                if let (Some(code), Some(scope)) = (code, scope) {
                    found.push(Allowance { code, scope, reason: reason.clone(), span: clause.span });
                }
            }
            Body::Tier(_, _, inner)
            | Body::Target(_, _, inner)
            | Body::Exempt(_, _, inner)
            | Body::Weights(_, _, inner) => {
                block(inner, clause.span, found, errors);
            }
            _ => {}
        }
    }
}

/// The code of a finding that may stand; a mistake that keeps rules from being used may not.
fn known_code(written: &Name, errors: &mut Vec<Diagnostic>) -> Option<Code> {
    let text = &written.text;
    let code = Code::from_name(text).filter(|code| code.is_of_a_check() && code.severity() != Severity::Error);
    if code.is_none() {
        errors.push(
            Diagnostic::new(
                Code::WordNotKnown,
                written.span,
                format!("“{text}”不是可以容许的检查结果"),
                format!("`{text}` is not the code of a finding that may be allowed"),
            )
            .why(
                "只有 lenity check 对规则内容的检查结果（E07开头）可以容许",
                "only what `lenity check` finds out about rules, with codes from E0701, may be allowed",
            )
            .help("写检查结果前方括号里的编号", "write the code that stands in brackets before the finding"),
        );
    }
    code
}

/// The factor called `part` in the same block.
fn factor(clauses: &[Clause], part: &Name, errors: &mut Vec<Diagnostic>) -> Option<Span> {
    let factors = clauses.iter().filter_map(|clause| match &clause.body {
        Body::Factor(factor) => Some((name_of(&factor.key)?, clause.span)),
        _ => None,
    });
    let found = factors.clone().find(|(name, _)| name.text == part.text);
    if found.is_none() {
        let text = &part.text;
        errors.push(
            Diagnostic::new(
                Code::NameUnknown,
                part.span,
                format!("这里没有因素“{text}”"),
                format!("there is no factor `{text}` here"),
            )
            .why(
                "容许的检查结果要指明它所在的因素",
                "an allowance for one factor names one that stands in the same block",
            )
            .suggest(text, factors.map(|(name, _)| &*name.text)),
        );
    }
    found.map(|(_, span)| span)
}

fn name_of(key: &Expr) -> Option<&Name> {
    match &key.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}
