//! Check 9: what the declarations alone show. Norms between which nothing decides, fines without a benchmark and benchmarks
//! without a fine, names that nothing uses, rules that cite nothing or were not read in the instrument.
//!
//! What belongs to an imported pack is said when that pack is checked, as far as it can be mended only there.

pub(super) mod benchmarks;
mod norms;
mod reliability;
mod unused;

use std::sync::Arc;

use super::Finding;
use crate::program::Program;
use crate::source::Span;

/// Looks at the declarations of the pack asked for.
pub(super) fn check(program: &Arc<Program>, findings: &mut Vec<Finding>) {
    benchmarks::none_at_all(program, findings);
    norms::check(program, findings);
    unused::check(program, findings);
    reliability::check(program, findings);
}

/// Whether something stands in the pack asked for, not in one that it imports.
fn is_own(program: &Program, span: Span) -> bool {
    let file = program.sources.file(span);
    let pack = program.packs.last();
    file.zip(pack).is_some_and(|(file, pack)| {
        file.name().strip_prefix(pack.name.as_str()).is_some_and(|rest| rest.starts_with('/'))
    })
}
