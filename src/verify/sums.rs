//! Sums of weights, and what they come to where nothing but a sum and a range decides the amount.

use std::rc::Rc;

use super::amounts::{Amount, Combine, States, Sweep, Values, Visit, Watch};
use super::facts::Facts;
use super::kept::{Id, Way};
use super::lanes::{Lanes, Lanewise};
use super::pieces::{Piece, Step, Sum};

/// The most different sums of one piece of weights.
const DIFFERENT: usize = 20_000;

/// Limits of a sum that are the same in every case.
struct Limits {
    cap: Option<Id>,
    floor: Option<Id>,
}

impl<'a> Sweep<'_, 'a> {
    /// The different values of weights.
    pub(super) fn weights(
        &mut self,
        lanes: &Lanes,
        sum: &Sum<'a>,
        given: &Facts,
        states: &States,
        watch: Watch<'_>,
    ) -> Rc<Values> {
        let mut sums = match self.parts(lanes, sum, given, states) {
            (None, None) => Rc::default(),
            (Some(only), None) | (None, Some(only)) => only,
            (Some(sums), Some(last)) => Rc::new(self.both(lanes, &sums, &last, Combine::Plus)),
        };
        self.seen(sum, &sums, given, watch);
        for (limit, combine) in [(&sum.cap, Combine::AtMost), (&sum.floor, Combine::AtLeast)] {
            let Some(limit) = limit else { continue };
            let bounds = self.piece(lanes, limit, given, states);
            sums = Rc::new(self.both(lanes, &sums, &bounds, combine));
        }
        sums
    }

    /// Where the benchmark is one sum, and nothing else of it hangs on facts that are not given: visits each pair of a sum
    /// and a value of what differs from lane to lane, without putting the pairs in order first. Whether it is so.
    pub(super) fn at_once(
        &mut self,
        lanes: &Lanes,
        given: &Facts,
        states: &super::map::Map<States, Rc<Way>>,
        nowhere: &States,
        watch: Watch<'_>,
        visit: Visit<'_>,
    ) -> bool {
        let pieces = self.pieces;
        let [Step::Weights(sum)] = pieces.steps.as_slice() else { return false };
        let settled = |piece: &Piece<'_>| {
            !lanes.slot.is_some_and(|slot| piece.reads(slot)) && self.own(lanes, &piece.uses, given).is_empty()
        };
        if sum.follows() || ![&sum.cap, &sum.floor].into_iter().flatten().all(settled) || !settled(&pieces.fine) {
            return false;
        }
        let Some(limits) = self.limits(lanes, sum, given, nowhere) else { return false };
        let (first, last) = match self.parts(lanes, sum, given, nowhere) {
            (Some(first), last) => (first, last),
            (None, Some(last)) => (last, None),
            (None, None) => return false,
        };
        if last.is_none() {
            self.seen(sum, &first, given, watch);
        }
        let seconds: Vec<Option<(&States, &Rc<Way>)>> = match &last {
            None => vec![None],
            Some(last) => last.iter().map(Some).collect(),
        };
        if self.ended.0 != *given {
            self.ended = (given.clone(), super::map::Map::default());
        }
        let mut amounts: Vec<Amount> = Vec::with_capacity(lanes.count());
        for (state, facts) in states {
            for (one, way) in &*first {
                for second in &seconds {
                    amounts.clear();
                    for lane in 0..lanes.count() {
                        let sum = one.get(lane).copied().flatten();
                        let sum = match second {
                            None => sum,
                            Some((other, _)) => sum
                                .zip(other.get(lane).copied().flatten())
                                .and_then(|(one, other)| self.combined(Combine::Plus, one, other)),
                        };
                        let lane = state.get(lane).copied().flatten();
                        amounts.push(lane.zip(sum).and_then(|(lane, sum)| {
                            let amount = self.ended(lanes, given, &limits, lane, sum)?;
                            Some((self.kept_lanes.get(lane)?.range, (*self.kept_values.get(amount)?)?))
                        }));
                    }
                    if amounts.iter().any(Option::is_some) {
                        visit(&amounts, &|| {
                            let more = second.map_or_else(|| Rc::clone(way), |(_, other)| Way::both(way, other));
                            facts.facts().and(&more.facts()).and(given)
                        });
                    }
                }
            }
        }
        true
    }

    /// The limits of a sum; `None` where one cannot be worked out.
    fn limits(&mut self, lanes: &Lanes, sum: &Sum<'a>, given: &Facts, nowhere: &States) -> Option<Limits> {
        let mut limit = |piece: &Option<Piece<'a>>| match piece {
            None => Some(None),
            Some(piece) => {
                let values = self.piece(lanes, piece, given, nowhere);
                let (only, _) = values.first()?;
                only.get(0).copied().flatten().map(Some)
            }
        };
        Some(Limits { cap: limit(&sum.cap)?, floor: limit(&sum.floor)? })
    }

    /// The amount in a lane with a sum before its limits.
    fn ended(&mut self, lanes: &Lanes, given: &Facts, limits: &Limits, lane: Id, sum: Id) -> Option<Id> {
        if let Some(known) = self.ended.1.get(&(lane, sum)) {
            return *known;
        }
        let mut limited = Some(sum);
        for (limit, combine) in [(limits.cap, Combine::AtMost), (limits.floor, Combine::AtLeast)] {
            if let Some(limit) = limit {
                limited = limited.and_then(|sum| self.combined(combine, sum, limit));
            }
        }
        let fine = &self.pieces.fine;
        let amount = limited.and_then(|sum| self.after(lane, sum, 0)).and_then(|after| {
            let key = (fine.number, given.only(|slot| fine.reads(slot)));
            let values = self.followed(lanes, fine, key, given, &Lanewise::Same(Some(after)));
            values.first().and_then(|(values, _)| values.get(0).copied().flatten())
        });
        if self.is_complete() {
            self.ended.1.insert((lane, sum), amount);
        }
        amount
    }

    fn seen(&self, sum: &Sum<'a>, sums: &Values, given: &Facts, watch: Watch<'_>) {
        for (values, way) in sums {
            let value =
                values.get(0).copied().flatten().and_then(|value| self.kept_values.get(value).copied().flatten());
            watch(sum.weights, value, &|| way.facts().and(given));
        }
    }

    /// The sums of all parts but the last, and the values of the last, which is one that differs from lane to lane where there
    /// is one. What differs comes last, so that all before is worked out for one lane, and once for all sweeps that leave
    /// out the same parts.
    fn parts(
        &mut self,
        lanes: &Lanes,
        sum: &Sum<'a>,
        given: &Facts,
        states: &States,
    ) -> (Option<Rc<Values>>, Option<Rc<Values>>) {
        let apart = |piece: &Piece<'_>| piece.follows() || lanes.slot.is_some_and(|slot| piece.reads(slot));
        let mut left_out: Vec<usize> = Vec::new();
        let mut sums: Option<Rc<Values>> = None;
        for piece in sum.start.iter().chain(&sum.factors) {
            if apart(piece) {
                left_out.push(piece.number);
                continue;
            }
            let key = (piece.number, left_out.clone(), given.clone());
            let found = match self.sums.get(&key) {
                Some(known) => Rc::clone(known),
                None => {
                    let points = self.piece(lanes, piece, given, states);
                    let found = match sums {
                        None => points,
                        Some(sums) => Rc::new(self.both(lanes, &sums, &points, Combine::Plus)),
                    };
                    if self.is_complete() {
                        self.sums.insert(key, Rc::clone(&found));
                    }
                    found
                }
            };
            sums = Some(found);
        }
        let mut last: Option<Rc<Values>> = None;
        for piece in sum.start.iter().chain(&sum.factors).filter(|piece| apart(piece)) {
            if let Some(last) = last.take() {
                sums = Some(match sums {
                    None => last,
                    Some(sums) => Rc::new(self.both(lanes, &sums, &last, Combine::Plus)),
                });
            }
            last = Some(self.piece(lanes, piece, given, states));
        }
        (sums, last)
    }

    /// Every value of one with every value of another, lane by lane.
    fn both(&mut self, lanes: &Lanes, some: &Values, others: &Values, combine: Combine) -> Values {
        let mut out = Values::default();
        for (one, way) in some {
            for (other, more) in others {
                let values = one.both(other, lanes.count(), |one, other| self.combined(combine, (*one)?, (*other)?));
                let Some(values) = values.filter(|values| values.any(Option::is_some)) else { continue };
                if out.len() >= DIFFERENT {
                    self.full = true;
                    return out;
                }
                out.entry(values).or_insert_with(|| Way::both(way, more));
            }
        }
        out
    }

    /// Two values put together.
    fn combined(&mut self, combine: Combine, one: Id, other: Id) -> Option<Id> {
        if let Some(known) = self.combined.get(&(combine, one, other)) {
            return *known;
        }
        let id = match ((*self.kept_values.get(one)?).zip(*self.kept_values.get(other)?), combine) {
            (None, _) => self.kept_values.id(None),
            (Some((first, second)), Combine::Plus) => first.plus(second).and_then(|sum| self.kept_values.id(Some(sum))),
            (Some((first, second)), Combine::AtMost) => Some(if first > second { other } else { one }),
            (Some((first, second)), Combine::AtLeast) => Some(if first < second { other } else { one }),
        };
        self.combined.insert((combine, one, other), id);
        id
    }
}
