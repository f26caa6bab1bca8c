use super::recommendation::{Wire, fine_or_range, range};
use super::shapes::*;
use super::words::{choice_mode, problem};
use crate::evaluate::{ChoiceFine, OfficerOption};
use crate::program::FineForce;

/// What is left to the authority, as JSON.
impl Wire<'_> {
    fn way(&self, way: &'static str, choice: &ChoiceFine, recommended: bool) -> WayJson {
        let (fine, within) = fine_or_range(choice.fine);
        let depends_on = self.operand_names(&choice.depends_on);
        WayJson { way, fine, within, recommended, depends_on, problem: choice.problem.map(problem) }
    }

    pub(super) fn option(&self, option: &OfficerOption) -> OptionJson {
        let text = self.line(|reader| reader.option(option));
        let empty = OptionJson {
            kind: "measures",
            text,
            rule: None,
            measures: Vec::new(),
            choose: None,
            fine: None,
            within: None,
            recommended: None,
            depends_on: Vec::new(),
            problem: None,
            ways: Vec::new(),
        };
        match option {
            OfficerOption::Fine(force, among) => OptionJson {
                kind: match force {
                    FineForce::OneOf => "fine_one_of",
                    FineForce::MayOneOf => "fine_may_one_of",
                    FineForce::AnyOf => "fine_any_of",
                    FineForce::Shall | FineForce::Besides | FineForce::May => "may_fine",
                },
                measures: self.measures(among),
                ..empty
            },
            OfficerOption::FurtherFine(rule, range) => OptionJson {
                kind: "further_fine",
                rule: Some(self.rule(*rule)),
                within: Some(self::range(*range)),
                ..empty
            },
            OfficerOption::Measures(choice) => {
                OptionJson { measures: self.measures(choice), choose: Some(choice_mode(choice.mode)), ..empty }
            }
            OfficerOption::OneOf(choice) => OptionJson {
                kind: "one_of",
                measures: self.measures(choice),
                choose: Some(choice_mode(choice.mode)),
                ..empty
            },
            OfficerOption::Waive(rule, recommended, measures) => OptionJson {
                kind: "waive",
                rule: Some(self.rule(*rule)),
                recommended: Some(*recommended),
                measures: self.measures(measures),
                ..empty
            },
            OfficerOption::Weigh { rule, shall, .. } => OptionJson {
                kind: if *shall { "must_weigh" } else { "may_weigh" },
                rule: Some(self.rule(*rule)),
                ..empty
            },
            OfficerOption::LighterOrReduced { rule, lighter, reduced, recommended } => OptionJson {
                kind: "lighter_or_reduced",
                rule: Some(self.rule(*rule)),
                ways: vec![
                    self.way("lighter", lighter, *recommended == Some(false)),
                    self.way("reduced", reduced, *recommended == Some(true)),
                ],
                ..empty
            },
            OfficerOption::Circumstance { rule, fine, recommended, .. } => OptionJson {
                kind: "circumstance",
                rule: Some(self.rule(*rule)),
                fine: fine_or_range(fine.fine).0,
                within: fine_or_range(fine.fine).1,
                recommended: Some(*recommended),
                depends_on: self.operand_names(&fine.depends_on),
                problem: fine.problem.map(problem),
                ..empty
            },
        }
    }
}
