//! Findings that the rules say are known, and allowances that nothing needs any more.

use super::{Finding, Fix};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::program::Program;
use crate::source::Span;

/// Marks the findings that are allowed with the narrowest allowance that covers them. Of an allowance that covers none,
/// the rule it was written for has changed, or the check has: that is a finding too.
pub(super) fn apply(program: &Program, findings: &mut Vec<Finding>) {
    let mut needed = vec![false; program.allowances.len()];
    for finding in findings.iter_mut() {
        let (code, span) = (finding.diagnostic.code, finding.diagnostic.span);
        let narrowest = program
            .allowances
            .iter()
            .zip(&mut needed)
            .filter(|(allowance, _)| allowance.code == code && covers(allowance.scope, span))
            .min_by_key(|(allowance, _)| allowance.scope.end().saturating_sub(allowance.scope.start()));
        if let Some((allowance, needed)) = narrowest {
            *needed = true;
            finding.allowed = Some(allowance.reason.clone());
        }
    }
    let unneeded = program.allowances.iter().zip(needed).filter(|(_, needed)| !needed).map(|(allowance, _)| allowance);
    findings.extend(unneeded.map(|allowance| {
        let code = allowance.code.name();
        let diagnostic = Diagnostic::new(
            Code::AllowanceUnneeded,
            allowance.span,
            format!("这里已没有需要容许的 {code}"),
            format!("there is no {code} here any more that would need to be allowed"),
        )
        .why("留着它，以后真的出现的同类问题就不会被指出", "left in place, it would hide the next mistake of this kind")
        .help("删去这一行", "remove the line");
        let title = Text::new("删去不再需要的容许", "remove the allowance that is not needed");
        let fix = Fix { title, edits: vec![(allowance.span, String::new())] };
        Finding { fix: Some(fix), ..Finding::of(diagnostic) }
    }));
}

fn covers(scope: Span, span: Span) -> bool {
    scope.start() <= span.start() && span.end() <= scope.end()
}
