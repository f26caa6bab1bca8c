//! Units of measure reduced to the base unit of their dimension.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::Resolved;
use crate::value::Number;

/// For each unit its base unit and how many of it it is.
#[derive(Clone, Debug, Default)]
pub struct Units {
    reduced: Vec<(usize, Number)>,
}

impl Units {
    /// Follows `equals` from unit to unit; circles and numbers that cannot be read are reported.
    pub(super) fn new(resolved: &Resolved, errors: &mut Vec<Diagnostic>) -> Self {
        let units = &resolved.rules.units;
        let step = |index: usize| {
            let (text, other) = units.get(index)?.equals.as_ref()?;
            Some((Number::parse(text).ok()?, resolved.symbols.unit(&other.text)?))
        };
        let mut reduced = Vec::with_capacity(units.len());
        for (index, unit) in units.iter().enumerate() {
            if let Some((text, _)) = &unit.equals
                && Number::parse(text).map_or(true, |number| number <= Number::ZERO)
            {
                errors.push(
                    Diagnostic::new(
                        Code::LiteralInvalid,
                        unit.head.name.span,
                        "换算系数必须大于零",
                        "the factor of a unit must be above zero",
                    )
                    .help("写一个正数，如 0.001 吨", "write a positive number, such as 0.001 t"),
                );
            }
            let (mut at, mut factor, mut steps) = (index, Some(Number::ONE), 0_usize);
            while let Some((by, next)) = step(at) {
                factor = factor.and_then(|factor| factor.multiply(by));
                at = next;
                steps = steps.saturating_add(1);
                if steps > units.len() {
                    let name = &unit.head.name.text;
                    errors.push(
                        Diagnostic::new(
                            Code::DefinitionCycle,
                            unit.head.name.span,
                            format!("单位“{name}”用自己定义自己"),
                            format!("the unit `{name}` is defined by itself"),
                        )
                        .help(
                            "让其中一个单位没有“等于”，作为基准",
                            "leave one of the units without `equals`, as the base",
                        ),
                    );
                    at = index;
                    break;
                }
            }
            reduced.push((at, factor.unwrap_or(Number::ONE)));
        }
        Units { reduced }
    }

    /// The base unit of a unit.
    #[must_use]
    pub fn base(&self, unit: usize) -> usize {
        self.reduced.get(unit).map_or(unit, |(base, _)| *base)
    }

    /// How many base units one of it is.
    #[must_use]
    pub fn factor(&self, unit: usize) -> Number {
        self.reduced.get(unit).map_or(Number::ONE, |(_, factor)| *factor)
    }
}
