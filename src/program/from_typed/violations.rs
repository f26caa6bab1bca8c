//! Violations, their fines, tiers and measures, and leniency lists.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::program::{ExemptItem, Expression, LeniencyVersion, RuleKind, Subjects, Tier, Titles, ViolationVersion};
use crate::resolved::{self};
use crate::typed::Typed;

use super::Compiler;

impl Compiler<'_> {
    pub(super) fn violation(&mut self, violation: resolved::Violation<Typed>) {
        let Some(in_force) = self.in_force(&violation.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Violation, &violation.head, None);
        if let Some(entry) = self.program.rules.get_mut(rule.index()) {
            entry.breaches = violation.breaches;
        }
        let basis = violation.head.basis.iter().flat_map(crate::source::Citation::provisions).collect();
        let provisions = Arc::make_mut(&mut self.program.pool).provision_id(basis);
        let (name, area) = (violation.head.name.text, violation.head.area);
        let elements = self.condition(&violation.elements);
        let fine = violation.fine.as_ref().map(|fine| self.fine(fine, rule, &name));
        let measures = self.measure_groups(violation.measures);
        let targets = self.targets(violation.targets, rule, &name);
        let tiers = violation
            .tiers
            .into_iter()
            .map(|tier| {
                let id = self.part(RuleKind::Tier, rule, Arc::clone(&name), tier.label.into(), tier.basis, tier.span);
                Tier {
                    rule: id,
                    condition: self.condition([&tier.condition]),
                    occurs_on: tier.occurs_on.as_ref().map(|day| self.expression(day)),
                    fine: tier.fine.as_ref().map(|fine| self.fine(fine, id, &name)),
                    measures: self.measure_groups(tier.measures),
                    targets: self.targets(tier.targets, id, &name),
                }
            })
            .collect();
        let version = ViolationVersion {
            provisions,
            rule,
            in_force,
            area,
            norm: violation.norm,
            no_longer_unlawful: violation.no_longer_unlawful,
            subjects: violation.subjects.map(|(unit, individual, span)| Subjects { unit, individual, span }),
            elements,
            fine,
            measures,
            targets,
            tiers,
        };
        self.program.violations.entry(name).or_default().versions.push(version);
    }

    pub(super) fn list(&mut self, list: resolved::LeniencyList<Typed>) {
        let Some(in_force) = self.in_force(&list.head) else {
            return;
        };
        let rule = self.rule(RuleKind::LeniencyList, &list.head, None);
        let condition = self.condition(&list.when);
        let exclusions: Vec<Expression> = list.except.iter().map(|each| self.expression(each)).collect();
        let mut by_violation: IndexMap<Arc<str>, Vec<ExemptItem>> = IndexMap::new();
        for item in list.items {
            let name = Arc::clone(&list.head.name.text);
            let id = self.part(RuleKind::Exemption, rule, name, item.label.into(), item.basis, item.span);
            if let Some(entry) = self.program.rules.get_mut(id.index()) {
                entry.note = item.note.map(Titles::from);
            }
            let compiled = ExemptItem {
                rule: id,
                condition: self.condition(&item.when),
                exclusions: item.except.iter().map(|each| self.expression(each)).collect(),
                force: item.force,
                measures: self.measure_groups(item.measures),
            };
            for violation in item.violations {
                by_violation.entry(violation.text).or_default().push(compiled.clone());
            }
        }
        for (violation, items) in by_violation {
            let version = LeniencyVersion {
                rule,
                name: Arc::clone(&list.head.name.text),
                in_force,
                area: Arc::clone(&list.head.area),
                condition: condition.clone(),
                exclusions: exclusions.clone(),
                items: items.into(),
            };
            self.program.violations.entry(violation).or_default().lists.push(version);
        }
    }
}
