//! Referrals with their grounds.

use std::sync::Arc;

use super::Compiler;
use crate::program::{ReferralGround, ReferralRule, RuleKind, Titles};
use crate::resolved;
use crate::typed::Typed;

impl Compiler<'_> {
    pub(super) fn referral(&mut self, referral: resolved::Referral<Typed>) {
        let Some(in_force) = self.in_force(&referral.head) else { return };
        let rule = self.rule(RuleKind::Referral, &referral.head, None);
        let name = &referral.head.name.text;
        let condition = self.condition(&referral.when);
        let exclusions = referral.except.iter().map(|each| self.expression(each)).collect();
        let grounds = referral
            .grounds
            .into_iter()
            .map(|ground| {
                let id = self.part(
                    RuleKind::ReferralGround,
                    rule,
                    Arc::clone(name),
                    ground.label.into(),
                    ground.basis,
                    ground.span,
                );
                if let Some(entry) = self.program.rules.get_mut(id.index()) {
                    entry.note = ground.note.map(Titles::from);
                }
                ReferralGround { rule: id, condition: self.condition([&ground.condition]) }
            })
            .collect();
        self.program.referrals.push(ReferralRule {
            rule,
            in_force,
            area: Arc::clone(&referral.head.area),
            covers: referral.covers,
            kind: referral.kind,
            refer_to: referral.refer_to.into(),
            fine: referral.fine,
            condition,
            exclusions,
            grounds,
        });
    }
}
