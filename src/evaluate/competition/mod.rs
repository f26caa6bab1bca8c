//! Stage 12: several norms that one act breaks, and the one fine that is imposed for it (行政处罚法 Art. 29).
//!
//! First norms that give way to another one are left out, then level, special and later law decide between norms that rule
//! the same conduct, and of the rest the one with the higher fine applies. What the others bring besides a fine stays, unless
//! they do not apply at all. A winner is only named when it wins whatever is not known yet.

mod imposed;
mod law_in_time;
mod norm;
mod one_fine;
mod precedence;
mod requirements;
mod severity;

use std::sync::Arc;

use super::sums::Sums;
use super::{Determination, Explanation, Target};
use crate::case::Case;
use crate::program::{Program, RuleId};
use crate::trail::{Criterion, Problem};
use norm::Norm;

/// Why a norm, or only its fine, gives way to another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GivesWay {
    /// It says so itself.
    Yields,
    /// It is of a lower level.
    LowerLevel,
    /// The other one is special.
    General,
    /// The other one is later.
    Earlier,
    /// The other one brings the heavier penalty as a whole.
    LighterPenalty,
    /// The other one has the higher fine.
    LowerFine,
    /// The other one, of a lower level, narrows its range.
    Narrowed,
    /// The other one has the same fine.
    SameFine,
}

impl Standing {
    /// Whether what it brings besides a fine is imposed.
    #[must_use]
    pub const fn keeps_measures(self) -> bool {
        match self {
            Standing::GivesWay(why, _) => why.keeps_measures(),
            Standing::Applies
            | Standing::WithoutFine
            | Standing::LeftToOfficer(_)
            | Standing::Waits
            | Standing::Open => true,
        }
    }
}

impl GivesWay {
    /// Whether only the fine gives way, and measures stay.
    #[must_use]
    pub const fn keeps_measures(self) -> bool {
        matches!(self, GivesWay::LowerFine | GivesWay::Narrowed | GivesWay::SameFine)
    }
}

/// What becomes of a determination beside others for the same act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Standing {
    /// It applies: the only one, or the one whose fine is imposed.
    #[default]
    Applies,
    /// It applies, and brings no fine that could compete.
    WithoutFine,
    /// It gives way to the determination at this place.
    GivesWay(GivesWay, usize),
    /// Its fine may be imposed in place of that of the determination at this place, which must be imposed otherwise.
    LeftToOfficer(usize),
    /// The act is referred under another norm, and its fine waits too.
    Waits,
    /// Cannot be said yet.
    Open,
}

/// Several norms that one act breaks.
#[derive(Clone, PartialEq, Debug)]
pub struct Competition {
    /// The act.
    pub act: Arc<str>,
    /// Who is judged.
    pub target: Target,
    /// The determinations, by their place in the recommendation; each says where it stands.
    pub determinations: Vec<usize>,
    /// The determination whose fine is imposed, when it can be said.
    pub winner: Option<usize>,
    /// By what the fines were told apart, when they had to be compared.
    pub compared_by: Option<Criterion>,
    /// The principle that says how.
    pub principle: Option<RuleId>,
    /// Where whole penalties were compared: of each determination, the gravest of its other measures.
    pub gravest: Vec<Gravest>,
    /// Why it cannot be said, beyond what the determinations leave open.
    pub problems: Vec<Problem>,
}

/// The gravest measures of one norm, as they were compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gravest {
    /// The determination, by its place in the recommendation.
    pub determination: usize,
    /// That must be taken.
    pub must: Option<RuleId>,
    /// That may be taken, when it is graver than all that must be.
    pub may: Option<RuleId>,
}

/// Decides between the determinations of each act that has several, for each party by itself, and leaves of each result what
/// stands beside the others.
pub(super) fn decide(
    program: &Program,
    case: &Case,
    determinations: &mut [Determination],
    sums: &[Sums],
    explanation: Explanation,
) -> Vec<Competition> {
    let mut groups: Vec<(Arc<str>, Target, Vec<usize>)> = Vec::new();
    for (place, determination) in determinations.iter().enumerate() {
        let same = groups
            .iter_mut()
            .find(|(act, target, _)| *act == determination.act && target.id == determination.target.id);
        match same {
            Some((.., places)) => places.push(place),
            None => groups.push((Arc::clone(&determination.act), determination.target.clone(), vec![place])),
        }
    }
    groups
        .into_iter()
        .filter(|(.., places)| places.len() > 1)
        .map(|(act, target, places)| {
            let concurrence = law_in_time::concur(program, case, determinations, &places, explanation);
            for (place, standing) in &concurrence.standings {
                if let Some(determination) = determinations.get_mut(*place) {
                    determination.standing = *standing;
                }
            }
            let Decided { winner, by, principle, .. } = concurrence.decided;
            imposed::keep(program, determinations, &places, winner);
            if explanation == Explanation::On {
                imposed::say(determinations, &places);
            }
            requirements::require(program, case, determinations, &places, winner, sums, explanation);
            Competition {
                act,
                target,
                determinations: places,
                winner,
                compared_by: by,
                principle,
                gravest: concurrence.gravest,
                problems: concurrence.problems,
            }
        })
        .collect()
}

/// What concurrence makes of the norms of one act.
struct Concurrence {
    standings: Vec<(usize, Standing)>,
    decided: Decided,
    /// What was compared besides the fines, where whole penalties were.
    gravest: Vec<Gravest>,
    problems: Vec<Problem>,
}

fn concur(program: &Program, case: &Case, norms: Vec<Norm<'_>>) -> Concurrence {
    let mut group = Group { program, norms, problems: Vec::new() };
    group.yielding();
    group.same_conduct();
    let decided = group.one_fine(case);
    let gravest = group.norms.iter().filter(|_| decided.whole).map(|norm| Gravest {
        determination: norm.place,
        must: norm.severity.must(),
        may: norm.severity.may(),
    });
    let gravest = gravest.collect();
    let standings = group.norms.iter().map(|norm| (norm.place, norm.standing.unwrap_or_default())).collect();
    Concurrence { standings, decided, gravest, problems: group.problems }
}

/// How the fines were decided.
#[derive(Default)]
struct Decided {
    winner: Option<usize>,
    by: Option<Criterion>,
    principle: Option<RuleId>,
    /// Whole penalties were compared.
    whole: bool,
}

/// The norms of one act.
struct Group<'a> {
    program: &'a Program,
    norms: Vec<Norm<'a>>,
    problems: Vec<Problem>,
}

impl Group<'_> {
    fn problem(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}
