//! A case against a program.

mod recommendation;

pub use recommendation::{
    CandidateResult, Determination, Fine, MeasureResult, OfficerOption, Outcome, Recommendation,
};
