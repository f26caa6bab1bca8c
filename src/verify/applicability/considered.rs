//! The rules with a condition that are considered for a violation.

use std::sync::Arc;

use super::super::scene::Scene;
use crate::program::{Condition, Expression, InForce, RuleId};
use crate::resolved::Covers;

/// A rule, and what must hold for it to apply.
pub(in crate::verify) struct Considered<'a> {
    pub(in crate::verify) rule: RuleId,
    pub(in crate::verify) in_force: InForce,
    pub(in crate::verify) area: &'a Arc<str>,
    /// All of these hold.
    pub(in crate::verify) conditions: Vec<&'a Condition>,
    /// None of these does.
    pub(in crate::verify) exclusions: Vec<Expression>,
    /// One of these does, when there are any.
    pub(in crate::verify) grounds: Vec<&'a Condition>,
    /// It asks what the case comes to.
    pub(in crate::verify) is_procedure: bool,
}

/// All that are considered in a scene, on some day.
pub(in crate::verify) fn of<'a>(scene: &Scene<'a>) -> Vec<Considered<'a>> {
    let (program, version) = (scene.program, scene.version);
    let considered = |rule, in_force, area, conditions| Considered {
        rule,
        in_force,
        area,
        conditions,
        exclusions: Vec::new(),
        grounds: Vec::new(),
        is_procedure: false,
    };
    let mut all = Vec::new();
    for tier in &version.tiers {
        all.push(considered(tier.rule, version.in_force, &version.area, vec![&tier.condition]));
    }
    for list in &scene.violation.lists {
        for item in list.items.iter() {
            let exclusions = list.exclusions.iter().chain(&item.exclusions).copied().collect();
            let conditions = vec![&list.condition, &item.condition];
            all.push(Considered { exclusions, ..considered(item.rule, list.in_force, &list.area, conditions) });
        }
    }
    let concerns = |covers: &Covers| covers.includes(scene.id());
    for bar in program.bars.iter().filter(|each| concerns(&each.covers)) {
        all.push(considered(bar.rule, bar.in_force, &bar.area, vec![&bar.condition]));
    }
    for circumstance in program.circumstances.iter().filter(|each| concerns(&each.covers)) {
        let conditions = vec![&circumstance.condition];
        all.push(considered(circumstance.rule, circumstance.in_force, &circumstance.area, conditions));
    }
    let credit = program.credit.iter().filter(|each| concerns(&each.covers) && each.subjects.contains(scene.party()));
    for credit in credit {
        for tier in &credit.tiers {
            all.push(considered(tier.rule, credit.in_force, &credit.area, vec![&tier.condition]));
        }
    }
    for referral in program.referrals.iter().filter(|each| concerns(&each.covers)) {
        let whole = || Considered {
            exclusions: referral.exclusions.clone(),
            ..considered(referral.rule, referral.in_force, &referral.area, vec![&referral.condition])
        };
        all.push(Considered { grounds: referral.grounds.iter().map(|ground| &ground.condition).collect(), ..whole() });
        for ground in &referral.grounds {
            let conditions = vec![&referral.condition, &ground.condition];
            all.push(Considered { rule: ground.rule, conditions, ..whole() });
        }
    }
    for procedure in program.procedures.iter().filter(|each| concerns(&each.covers)) {
        let conditions = vec![&procedure.condition];
        all.push(Considered {
            is_procedure: true,
            ..considered(procedure.rule, procedure.in_force, &procedure.area, conditions)
        });
    }
    all
}
