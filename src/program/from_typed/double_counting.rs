//! Facts that count twice: as a factor of a benchmark or a heavier tier, and again in a circumstance or a credit tier that
//! changes the amount. Refused unless the rule says that it is meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{
    Benchmark, BuiltInName, Circumstance, CountedTwice, Covers, CreditTier, Direction, EventSource, FactorRows, Fine,
    FineAmount, FineBranch, Grading, Head, InForce, Rules, Step, Violation,
};
use crate::source::Span;
use crate::syntax::Ends;
use crate::typed::{Expr, ExprKind, Typed};
use crate::value::Value;

/// What can count twice. Days and the kind of party are no facts of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Counted {
    /// A fact, by its place in the table of facts.
    Fact(usize),
    /// A definition that rests on days only, by its place in the table of definitions.
    Define(usize),
    /// The credit grade.
    Grade,
}

/// What an expression counts, each with the place where it is first used.
type Found = BTreeMap<Counted, Span>;

/// For each circumstance, and each tier of each credit rule, the violations for which something counts twice.
#[derive(Debug, Default)]
pub(super) struct DoubleCounting {
    pub(super) circumstances: Vec<Vec<Arc<str>>>,
    pub(super) tiers: Vec<Vec<Vec<Arc<str>>>>,
}

/// Looks at every rule that changes an amount together with what it may meet.
pub(super) fn check(rules: &Rules<Typed>, errors: &mut Vec<Diagnostic>) -> DoubleCounting {
    let search = Search { rules };
    let mut places = Vec::new();
    for benchmark in &rules.benchmarks {
        let found = search.benchmark(benchmark);
        let (zh, en) = ("裁量基准已经计入", "the benchmark counts it already");
        places.push(Place { head: &benchmark.head, found, heavier_only: false, said: (zh, en) });
    }
    for violation in &rules.violations {
        let found = search.heavier_tiers(violation);
        let (zh, en) = ("它已经使案件进入较重的档次", "it opens a heavier tier already");
        places.push(Place { head: &violation.head, found, heavier_only: true, said: (zh, en) });
    }
    rules.credit.iter().filter_map(|credit| credit.grading.as_ref()).for_each(|grading| search.circle(grading, errors));
    let mut result = DoubleCounting::default();
    for circumstance in &rules.circumstances {
        let changing = search.circumstance(circumstance);
        result.circumstances.push(search.meet(&changing, &places, errors));
    }
    for credit in &rules.credit {
        let tiers = credit.tiers.iter().map(|tier| {
            let changing = search.tier(&credit.head, &credit.covers, tier);
            search.meet(&changing, &places, errors)
        });
        result.tiers.push(tiers.collect());
    }
    result
}

/// Where something counts for the first time.
struct Place<'r> {
    head: &'r Head,
    found: Found,
    /// Only a heavier circumstance counts it again.
    heavier_only: bool,
    said: (&'static str, &'static str),
}

/// A rule that changes the amount, with what it counts.
struct Changing<'r> {
    head: &'r Head,
    covers: &'r Covers,
    heavier: bool,
    found: Found,
    twice: Option<&'r CountedTwice<Typed>>,
    /// Where its condition stands.
    span: Span,
}

struct Search<'r> {
    rules: &'r Rules<Typed>,
}

impl<'r> Search<'r> {
    /// The violations for which a rule counts something a second time. What it does not say it means is reported, once for
    /// each fact.
    fn meet(&self, changing: &Changing<'r>, places: &[Place<'r>], errors: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
        let meant = self.meant(changing, errors);
        let mut violations: Vec<Arc<str>> = Vec::new();
        let mut reported: Vec<Counted> = Vec::new();
        for place in places {
            let id = &place.head.name.text;
            let meets = changing.covers.includes(id)
                && (changing.heavier || !place.heavier_only)
                && related(&changing.head.area, &place.head.area)
                && may_meet(place.head.in_force, changing.head.in_force);
            if !meets {
                continue;
            }
            for (counted, first) in &place.found {
                let Some(second) = changing.found.get(counted) else { continue };
                if !violations.contains(id) {
                    violations.push(Arc::clone(id));
                }
                if !meant.contains_key(counted) && !reported.contains(counted) {
                    reported.push(*counted);
                    errors.push(self.report(*counted, id, (*first, place.said), *second));
                }
            }
        }
        violations.sort();
        violations
    }

    /// What a rule says that it counts a second time. A name it does not rest on means nothing there.
    fn meant(&self, changing: &Changing<'r>, errors: &mut Vec<Diagnostic>) -> Found {
        let mut meant = Found::new();
        for fact in changing.twice.iter().flat_map(|twice| &twice.facts) {
            let found = self.of([fact]);
            if found.keys().any(|counted| changing.found.contains_key(counted)) {
                meant.extend(found);
            } else {
                errors.push(
                    Diagnostic::new(
                        Code::NotAvailableHere,
                        fact.span,
                        "这条规则的条件没有用到它，谈不上重复计入",
                        "the condition of this rule does not rest on it, so it does not count a second time",
                    )
                    .label(changing.span, "条件在这里", "the condition is here")
                    .help("删去它，或写条件中的事实", "remove it, or name a fact of the condition"),
                );
            }
        }
        meant
    }

    /// A grade may not be worked out from a grade, or from the points that lead to it.
    fn circle(&self, grading: &Grading<Typed>, errors: &mut Vec<Diagnostic>) {
        let limits = grading.start.iter().chain(&grading.cap).chain(&grading.floor).chain(&grading.indicators);
        let mut parts: Vec<&Expr> = limits.collect();
        for event in &grading.events {
            parts.extend(std::iter::once(&event.points).chain(&event.most));
            match &event.source {
                EventSource::Once(condition) => parts.push(condition),
                EventSource::Records(records) => parts.extend(records.filter.iter().chain(&records.repaired)),
            }
        }
        parts.extend(grading.vetoes.iter().map(|veto| &veto.condition));
        if let Some(span) = self.of(parts).get(&Counted::Grade) {
            errors.push(
                Diagnostic::new(
                    Code::DefinitionCycle,
                    *span,
                    "信用等级用它自己来计算",
                    "the credit grade is worked out from itself",
                )
                .help("在这里用事实，不用信用等级和信用分", "use facts here, neither the credit grade nor the points"),
            );
        }
    }

    fn report(
        &self,
        counted: Counted,
        violation: &str,
        (first, said): (Span, (&'static str, &'static str)),
        second: Span,
    ) -> Diagnostic {
        let (zh, en) = self.names(counted);
        Diagnostic::new(
            Code::CountedTwice,
            second,
            format!("对 {violation}，“{zh}”重复计入"),
            format!("`{en}` counts twice for {violation}"),
        )
        .label(first, said.0, said.1)
        .why(
            "同一事实只能影响罚款一次，除非规定本意如此",
            "one fact changes the fine once, unless the rules mean it to count again",
        )
        .help(
            format!("用“适用于”缩小范围，或写明：重复计入 {zh} 理由 “…”"),
            format!("narrow the rule with `covers`, or say that it is meant: counted twice {en} because \"…\""),
        )
    }

    /// What it is called in Chinese and in English rule text.
    fn names(&self, counted: Counted) -> (&str, &str) {
        let head = match counted {
            Counted::Fact(index) => self.rules.facts.get(index).map(|fact| &fact.head),
            Counted::Define(index) => self.rules.defines.get(index).map(|define| &define.head),
            Counted::Grade => return BuiltInName::CreditGrade.names(),
        };
        head.map_or(("", ""), |head| (&head.name.text, &head.name.text))
    }

    fn circumstance(&self, circumstance: &'r Circumstance<Typed>) -> Changing<'r> {
        Changing {
            head: &circumstance.head,
            covers: &circumstance.covers,
            heavier: circumstance.direction == Direction::Heavier,
            found: self.of(circumstance.when.iter().chain([&circumstance.effect])),
            twice: circumstance.counted_twice.as_ref(),
            span: circumstance.when.as_ref().map_or(circumstance.head.span, |when| when.span),
        }
    }

    /// A tier that changes no amount counts nothing.
    fn tier(&self, head: &'r Head, covers: &'r Covers, tier: &'r CreditTier<Typed>) -> Changing<'r> {
        let amount = tier.coefficient.iter().chain(&tier.effect);
        let changes = amount.clone().next().is_some();
        let found = if changes { self.of(amount.chain([&tier.condition])) } else { self.of([]) };
        let (twice, span) = (tier.counted_twice.as_ref(), tier.condition.span);
        Changing { head, covers, heavier: true, found, twice, span }
    }

    fn benchmark(&self, benchmark: &'r Benchmark<Typed>) -> Found {
        let mut found = self.of(benchmark.band.iter().chain([&benchmark.fine]));
        for step in &benchmark.steps {
            match step {
                Step::Let(_, value) => self.visit(value, None, &mut found),
                Step::Weights { start, factors, cap, floor, .. } => {
                    start.iter().chain(cap).chain(floor).for_each(|each| self.visit(each, None, &mut found));
                    for factor in factors {
                        match &factor.rows {
                            FactorRows::Keyed(key, _) => self.visit(key, None, &mut found),
                            FactorRows::Conditions(rows) => {
                                rows.iter().for_each(|row| self.visit(row, None, &mut found));
                            }
                        }
                        for (result, _) in &factor.results {
                            self.visit(&result.value, None, &mut found);
                            result.upper.iter().for_each(|upper| self.visit(upper, None, &mut found));
                        }
                    }
                }
            }
        }
        found
    }

    /// The conditions of tiers that are not known to be lighter than the base.
    fn heavier_tiers(&self, violation: &'r Violation<Typed>) -> Found {
        let tiers = violation.tiers.iter();
        let heavier = tiers.filter(|tier| match (&tier.fine, &violation.fine) {
            (Some(own), Some(base)) => upper(own).zip(upper(base)).is_none_or(|(own, base)| own > base),
            (Some(_), None) => true,
            (None, _) => false,
        });
        self.of(heavier.map(|tier| &tier.condition))
    }

    fn of<'e>(&self, expressions: impl IntoIterator<Item = &'e Expr>) -> Found {
        let mut found = Found::new();
        expressions.into_iter().for_each(|each| self.visit(each, None, &mut found));
        found
    }

    /// Collects what an expression counts. `from` is the place of the definition or table that is being looked into.
    fn visit(&self, expression: &Expr, from: Option<Span>, found: &mut Found) {
        let place = from.unwrap_or(expression.span);
        let mut note = |counted| {
            found.entry(counted).or_insert(place);
        };
        match &expression.kind {
            ExprKind::Fact(index) => note(Counted::Fact(*index)),
            ExprKind::BuiltIn(BuiltInName::CreditGrade | BuiltInName::CreditPoints) => note(Counted::Grade),
            ExprKind::Define(index) => {
                let Some(define) = self.rules.defines.get(*index) else { return };
                let mut inner = Found::new();
                self.visit(&define.value, Some(place), &mut inner);
                if inner.is_empty() && rests_on_days(&define.value) {
                    note(Counted::Define(*index));
                }
                for (counted, span) in inner {
                    found.entry(counted).or_insert(span);
                }
            }
            ExprKind::Table(index) => {
                let Some(table) = self.rules.tables.get(*index) else { return };
                let results = table.rows.iter().flat_map(|(_, row, _)| std::iter::once(&row.value).chain(&row.upper));
                table.keys.iter().chain(results).for_each(|each| self.visit(each, Some(place), found));
            }
            ExprKind::Aggregate { list, filter, .. } => {
                note(Counted::Fact(*list));
                filter.iter().for_each(|filter| self.visit(filter, Some(place), found));
            }
            _ => parts(expression).into_iter().for_each(|part| self.visit(part, from, found)),
        }
    }
}

/// The upper end of a fine that is a fixed amount.
fn upper(fine: &Fine<Typed>) -> Option<crate::value::Number> {
    let [FineBranch { case: None, amount: FineAmount::Plain(ends), .. }] = fine.branches.as_slice() else {
        return None;
    };
    let (Ends::UpTo(high) | Ends::Single(high) | Ends::Between(_, high)) = ends;
    match high.kind {
        ExprKind::Constant(Value::Money(amount)) if fine.cap.is_none() => Some(amount),
        _ => None,
    }
}

/// Whether a value is worked out from days.
fn rests_on_days(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::BuiltIn(name) => matches!(
            name,
            BuiltInName::ActBegan | BuiltInName::ActEnded | BuiltInName::Discovered | BuiltInName::Decided
        ),
        _ => parts(expression).into_iter().any(rests_on_days),
    }
}

/// The operands of an expression.
fn parts(expression: &Expr) -> Vec<&Expr> {
    match &expression.kind {
        ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::In(inner, _) => vec![inner],
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::Call(_, parts) => parts.iter().collect(),
        ExprKind::Arithmetic(_, left, right) | ExprKind::Compare(_, left, right) => vec![left, right],
        ExprKind::If(parts) => parts.iter().collect(),
        ExprKind::Range(parts) => parts.iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether one area is the other or lies in it.
fn related(a: &str, b: &str) -> bool {
    let within =
        |whole: &str, part: &str| part.strip_prefix(whole).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    within(a, b) || within(b, a)
}

/// Whether there may be a case for which both are used. A benchmark that came later is used for earlier acts as well, so only
/// one that ended before the other began is out of reach.
fn may_meet(first: Option<InForce>, second: Option<InForce>) -> bool {
    match (first, second) {
        (Some(first), Some(second)) => first.to.is_none_or(|to| to >= second.from),
        _ => true,
    }
}
