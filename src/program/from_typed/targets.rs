//! What some kinds of party are threatened with.

use std::sync::Arc;

use crate::program::{PartyKind, PartyKinds, RuleId, RuleKind, Target, Titles};
use crate::resolved;
use crate::typed::Typed;

use super::Compiler;

impl Compiler<'_> {
    /// The blocks of a violation or of one of its tiers, whose rule is `parent`.
    pub(super) fn targets(
        &mut self,
        targets: Vec<resolved::Target<Typed>>,
        parent: RuleId,
        violation: &Arc<str>,
    ) -> Vec<Target> {
        targets.into_iter().map(|target| self.target(target, parent, violation)).collect()
    }

    fn target(&mut self, target: resolved::Target<Typed>, parent: RuleId, violation: &Arc<str>) -> Target {
        let mut label = Titles::from(target.label);
        if label.is_empty() {
            label = kinds_as_label(target.who);
        }
        let rule = self.part(RuleKind::Target, parent, Arc::clone(violation), label, target.basis, target.span);
        if let Some(entry) = self.program.rules.get_mut(rule.index()) {
            entry.note = target.note.map(Titles::from);
            entry.status = target.status.unwrap_or(entry.status);
        }
        Target {
            rule,
            who: target.who,
            condition: self.condition(&target.when),
            fine: target.fine.as_ref().map(|fine| self.fine(fine, rule, violation)),
            measures: self.measure_groups(target.measures),
        }
    }
}

/// What a block without a label is called.
fn kinds_as_label(kinds: PartyKinds) -> Titles {
    let join = |name: fn(PartyKind) -> &'static str, separator: &str| {
        Some(Arc::from(kinds.iter().map(name).collect::<Vec<_>>().join(separator)))
    };
    Titles {
        zh: join(
            |kind| match kind {
                PartyKind::Unit => "单位",
                PartyKind::Individual => "个人",
                PartyKind::Responsible => "责任人员",
            },
            "、",
        ),
        en: join(
            |kind| match kind {
                PartyKind::Unit => "units",
                PartyKind::Individual => "individuals",
                PartyKind::Responsible => "responsible persons",
            },
            ", ",
        ),
    }
}
