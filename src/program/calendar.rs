use std::sync::Arc;

use super::rule::{InForce, RuleId};
use crate::value::Date;

/// Which days are worked: Monday to Friday but holidays, and the days that are worked besides. It covers the days on which
/// it is in force, and says nothing of others.
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    /// Its rule.
    pub rule: RuleId,
    /// The days it covers.
    pub in_force: InForce,
    /// Area.
    pub area: Arc<str>,
    /// Holidays.
    pub holidays: Vec<InForce>,
    /// Days worked that are no ordinary working days.
    pub workdays: Vec<InForce>,
}

impl Calendar {
    /// Whether a day that it covers is worked.
    #[must_use]
    pub fn is_worked(&self, day: Date) -> bool {
        let among = |days: &[InForce]| days.iter().any(|each| each.holds_on(day));
        among(&self.workdays) || !(among(&self.holidays) || day.is_weekend())
    }
}
