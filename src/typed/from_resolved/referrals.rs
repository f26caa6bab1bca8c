//! Referrals typed.

use super::Checker;
use crate::resolved::{Ground, Referral, Written};
use crate::typed::Typed;

impl Checker<'_> {
    pub(super) fn referral(&mut self, referral: &Referral<Written>) -> Referral<Typed> {
        self.enter(&referral.head);
        Referral {
            head: referral.head.clone(),
            covers: referral.covers.clone(),
            kind: referral.kind,
            refer_to: referral.refer_to.clone(),
            fine: referral.fine,
            when: self.optional_condition(referral.when.as_ref()),
            except: self.conditions(&referral.except),
            grounds: referral
                .grounds
                .iter()
                .map(|ground| Ground {
                    condition: self.infer.condition(&ground.condition),
                    label: ground.label.clone(),
                    basis: ground.basis.clone(),
                    note: ground.note.clone(),
                    span: ground.span,
                })
                .collect(),
        }
    }
}
