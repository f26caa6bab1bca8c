//! Whether an expression follows the fine in proportion, and what a band of fines decides.

use super::Candidate;
use super::knowledge::Known;
use crate::program::{Expression, Node, NodeId};
use crate::resolved::BuiltInName;
use crate::syntax::{BinaryOperator, Comparison};
use crate::trail::Problem;
use crate::value::Value;

/// How an expression depends on the fine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Dependence {
    /// Not at all.
    None,
    /// In proportion, plus or minus what does not depend on it.
    Linear,
    /// In another way, so that its values at the ends of a band do not bound those between.
    Other,
}

impl Candidate<'_> {
    /// Whether an effect can be worked out over a band of fines from its ends alone. If not, that is noted.
    pub(super) fn in_proportion(&mut self, effect: Expression) -> bool {
        let followed = self.dependence(effect.root) != Dependence::Other;
        if !followed {
            self.fail(Problem::BandNotFollowed, effect.span);
        }
        followed
    }

    fn dependence(&self, id: NodeId) -> Dependence {
        use Dependence as D;
        let Some(node) = usize::try_from(id.0).ok().and_then(|index| self.program.nodes.get(index)) else {
            return D::Other;
        };
        let apart = |parts: &[NodeId]| {
            if parts.iter().all(|part| self.dependence(*part) == D::None) { D::None } else { D::Other }
        };
        let sum = |parts: &[NodeId]| {
            let all = parts.iter().map(|part| self.dependence(*part));
            all.fold(D::None, |sum, part| match (sum, part) {
                (D::Other, _) | (_, D::Other) => D::Other,
                (D::None, D::None) => D::None,
                _ => D::Linear,
            })
        };
        match node {
            Node::BuiltIn(BuiltInName::Fine, _) => D::Linear,
            // Definitions and tables cannot name the fine.
            Node::Constant(_)
            | Node::Fact(..)
            | Node::Define(..)
            | Node::Step(..)
            | Node::Field(..)
            | Node::Absent(..)
            | Node::Established(..)
            | Node::Imposes(..)
            | Node::ImposesKind(..)
            | Node::Refers(..)
            | Node::BuiltIn(..)
            | Node::Table(..) => D::None,
            Node::Aggregate(aggregate) => aggregate.filter.map_or(D::None, |filter| apart(&[filter.root])),
            Node::Negate(inner) => self.dependence(*inner),
            Node::Range(low, high) => sum(&[*low, *high]),
            Node::Average(parts) => sum(parts),
            Node::Arithmetic(BinaryOperator::Add | BinaryOperator::Subtract, left, right) => sum(&[*left, *right]),
            Node::Arithmetic(BinaryOperator::Multiply, left, right) => {
                match (self.dependence(*left), self.dependence(*right)) {
                    (D::None, other) | (other, D::None) => other,
                    _ => D::Other,
                }
            }
            Node::Arithmetic(BinaryOperator::Divide, left, right) => {
                if self.dependence(*right) == D::None {
                    self.dependence(*left)
                } else {
                    D::Other
                }
            }
            Node::If(condition, yes, no) => {
                if self.dependence(*condition) == D::None {
                    sum(&[*yes, *no])
                } else {
                    D::Other
                }
            }
            Node::Not(inner) | Node::In(inner, _) => apart(&[*inner]),
            Node::And(parts) | Node::Or(parts) | Node::Minimum(parts) | Node::Maximum(parts) => apart(parts),
            Node::LowerEnd(inner) | Node::UpperEnd(inner) | Node::Midpoint(inner) => apart(&[*inner]),
            Node::RollToWorkday(inner) | Node::YearOf(inner) | Node::MonthOf(inner) => apart(&[*inner]),
            Node::Compare(_, left, right)
            | Node::Power(left, right)
            | Node::Clamp(left, right)
            | Node::Round(_, left, right)
            | Node::FullMonths(left, right)
            | Node::FullYears(left, right)
            | Node::WorkdaysBetween(left, right)
            | Node::DaysBetween(left, right) => apart(&[*left, *right]),
        }
    }

    /// A comparison of the fine, or of a sum, with an amount, where the fine is a band or the sum is not one figure: decided
    /// when it holds, or fails, at both ends.
    pub(super) fn compare_band(&mut self, operator: Comparison, left: NodeId, right: NodeId) -> Option<Known> {
        let node = |id: NodeId| usize::try_from(id.0).ok().and_then(|index| self.program.nodes.get(index));
        let named = |id: NodeId| match node(id) {
            Some(Node::BuiltIn(name, _)) => self.spread(*name),
            _ => None,
        };
        let spread = |id: NodeId| {
            let spread = match node(id) {
                Some(Node::Arithmetic(BinaryOperator::Add, one, other)) => named(*one)?.plus(named(*other)?),
                _ => named(id)?,
            };
            spread.amount().is_none().then_some(spread)
        };
        // Equality may hold inside the band only.
        if matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            return None;
        }
        let (band, fine_on_the_left) = match (spread(left), spread(right)) {
            (Some(band), None) => (band, true),
            (None, Some(band)) => (band, false),
            _ => return None,
        };
        // The step that shows the fine says that it is not settled.
        let (first, second) = (self.value(left), self.value(right));
        let amount = if fine_on_the_left { second } else { first };
        let holds = |fine| {
            let (left, right) = if fine_on_the_left {
                (Value::Money(fine), amount.value()?)
            } else {
                (amount.value()?, Value::Money(fine))
            };
            Some(super::expression::compare(operator, &left, &right))
        };
        // Beyond every figure, only that the fine is more than an amount holds.
        let more = if fine_on_the_left {
            matches!(operator, Comparison::Greater | Comparison::GreaterOrEqual)
        } else {
            matches!(operator, Comparison::Less | Comparison::LessOrEqual)
        };
        let at_most = match band.high {
            Some(high) => holds(high),
            None => amount.value().map(|_| more),
        };
        match (holds(band.low), at_most) {
            (Some(low), Some(high)) if low == high => Some(Known::from_bool(low)),
            _ => Some(first.both(second, |_, _| Known::NotAsked)),
        }
    }
}
