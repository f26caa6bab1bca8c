//! A recommendation as a few stable lines, for pages that say what a case must lead to.

use lenity::Recommendation;
use lenity::evaluate::{
    CandidateResult, ChoiceMode, DailyPenalty, Determination, DueDate, Fine, MeasureChoice, MeasureResult,
    OfficerOption, Outcome, Standing, StatedValue,
};
use lenity::program::{Direction, FactId, FineForce, FineMeanwhile, Program, RuleId};
use lenity::trail::{Extent, Moment, Operand, Term, TermLength};
use lenity::value::{AmountRange, Duration, Number, Value};

/// One `key: value` a line; keys without a value are left out. Several determinations follow each other, each under a
/// line `act violation`.
pub(crate) fn compact(recommendation: &Recommendation) -> String {
    let mut lines = Lines { program: recommendation.program(), out: String::new() };
    let several = recommendation.determinations.len() > 1;
    for each in &recommendation.determinations {
        if several {
            let whom = each.target.id.as_ref().map_or(String::new(), |id| format!(" {id}"));
            lines.out.push_str(&format!("[{} {}{whom}]\n", each.act, each.violation));
        }
        lines.determination(each);
        lines.standing(recommendation, each);
    }
    for competition in &recommendation.competitions {
        let problems: Vec<String> = competition.problems.iter().map(|problem| problem.code().name()).collect();
        let winner = competition.winner.and_then(|place| recommendation.determinations.get(place));
        let by = competition.compared_by.map_or(String::new(), |criterion| format!(" by {criterion:?}"));
        let under = winner.map_or("none".to_owned(), |winner| winner.violation.to_string());
        lines.add("one act", format!("{}: fine under {under}{by}", competition.act));
        lines.add("problems", problems.join(", "));
    }
    if several {
        for total in recommendation.totals() {
            let whom = total.target.id.as_ref().map_or(String::new(), |id| format!(" {id}"));
            lines.add(&format!("total{whom}"), total.amount.map_or("open".to_owned(), |total| total.to_string()));
        }
    }
    lines.out
}

struct Lines<'a> {
    program: &'a Program,
    out: String,
}

impl Lines<'_> {
    fn add(&mut self, key: &str, value: String) {
        if !value.is_empty() {
            self.out.push_str(&format!("{key}: {value}\n"));
        }
    }

    fn determination(&mut self, each: &Determination) {
        let result = &each.result;
        self.add("outcome", outcome(result.outcome).to_owned());
        if let Some(fine) = &result.fine {
            self.add("fine", fine_amount(fine));
            self.add("range", range_text(&fine.range));
            if let Some(benchmark) = fine.benchmark.filter(|benchmark| Some(*benchmark) != fine.amount) {
                self.add("benchmark", benchmark.to_string());
            }
        }
        if let Some(fine) = &result.waiting {
            self.add("fine if returned", format!("{} in {}", fine_amount(fine), range_text(&fine.range)));
        }
        for act in &result.separate_acts {
            self.add("act of its own", format!("{} on {}", self.rule(act.tier), act.occurred_on));
        }
        for each in &result.referrals {
            let grounds: Vec<String> = each.grounds.iter().map(|rule| self.rule(*rule)).collect();
            let grounds = if grounds.is_empty() { String::new() } else { format!(" on {}", grounds.join("; ")) };
            let meanwhile = if each.fine == FineMeanwhile::Waits { "waits" } else { "continues" };
            self.add("referral", format!("{}, the fine {meanwhile}{grounds}", self.rule(each.rule)));
        }
        let version = result.version.map(|rule| self.rule(rule));
        let law = match (each.moment, version) {
            (Some(moment), Some(version)) => format!("{version}, at the {}", moment_name(moment)),
            _ => String::new(),
        };
        self.add("law", law);
        if let Some(other) = &each.other {
            self.other(other);
        }
        self.add("measures", self.measures(&result.measures, "; "));
        for each in &result.supervision {
            let measure = self.measures(std::slice::from_ref(&each.measure), "");
            let open =
                if each.certain { String::new() } else { format!(" (open: {})", self.operands(&each.depends_on)) };
            self.add("supervision", format!("{measure}{open}"));
        }
        for notice in &result.notices {
            let open = match (notice.certain, notice.if_chosen.is_empty()) {
                (true, _) => String::new(),
                (false, true) => " (open)".to_owned(),
                (false, false) => {
                    let names: Vec<String> = notice.if_chosen.iter().map(|rule| self.rule(*rule)).collect();
                    format!(" (if chosen: {})", names.join(", "))
                }
            };
            let stated = self.stated(&notice.stated);
            let due = match notice.due {
                DueDate::NotStated => String::new(),
                DueDate::Open => ", last day open".to_owned(),
                DueDate::On(day) => format!(", last day {day}"),
            };
            self.add("notice", format!("{}{due}{stated}{open}", self.rule(notice.rule)));
        }
        for option in &result.options {
            self.add("option", self.option(option));
        }
        for rule in &result.decided_by {
            self.add("decided by", self.rule(*rule));
        }
        for rule in &result.unverified {
            self.add("not verified", self.rule(*rule));
        }
        let presumed: Vec<FactId> = result.presumed.iter().map(|presumed| presumed.fact).collect();
        self.add("presumed", self.facts(&presumed));
        let mut ask = self.facts(&result.facts_to_ask);
        let more = [(result.grade_to_ask, "credit_grade"), (result.discovery_to_ask, "discovered_on")];
        for (_, name) in more.iter().filter(|(asked, _)| *asked) {
            ask = if ask.is_empty() { (*name).to_owned() } else { format!("{ask}, {name}") };
        }
        self.add("ask", ask);
        self.add("ask for measures", self.facts(&result.facts_for_measures));
        let problems: Vec<String> = result.problems.iter().map(|problem| problem.code().name()).collect();
        self.add("problems", problems.join(", "));
        for rule in &result.persons_to_examine {
            self.add("examine persons", self.rule(*rule));
        }
    }

    /// Where it stands beside others for the same act.
    fn standing(&mut self, recommendation: &Recommendation, each: &Determination) {
        let standing = match each.standing {
            Standing::Applies => return,
            Standing::WithoutFine => "no fine that competes".to_owned(),
            Standing::Waits => "the fine waits".to_owned(),
            Standing::LeftToOfficer(to) => {
                format!("the officer's choice beside {}", recommendation.determinations[to].violation)
            }
            Standing::Open => "open".to_owned(),
            Standing::GivesWay(why, to) => {
                format!("gives way to {} ({why:?})", recommendation.determinations[to].violation)
            }
        };
        self.add("beside the others", standing);
    }

    /// The version that was worked out and does not apply.
    fn other(&mut self, other: &CandidateResult) {
        let version = other.version.map_or(String::new(), |rule| self.rule(rule));
        let mut value = format!("{version}, {}", outcome(other.outcome));
        if let Some(fine) = &other.fine {
            value.push_str(&format!(" {} in {}", fine_amount(fine), range_text(&fine.range)));
        }
        self.add("other law", value);
    }

    /// Kind, name, label where one rule holds several of its kind, and first day in force.
    fn rule(&self, id: RuleId) -> String {
        let rule = self.program.rule(id).unwrap();
        let mut text = format!("{:?} {}", rule.kind, rule.name);
        if rule.parent.is_some()
            && let Some(label) = rule.label.zh.as_ref().or(rule.label.en.as_ref())
        {
            text.push_str(&format!(" “{label}”"));
        }
        if let Some(in_force) = &rule.in_force {
            text.push_str(&format!(" from {}", in_force.from));
        }
        text
    }

    fn measures(&self, measures: &[MeasureResult], between: &str) -> String {
        let names: Vec<String> = measures.iter().map(|measure| self.measure(measure)).collect();
        names.join(between)
    }

    /// Name, how long, how much, and who decides, approves or is told.
    fn measure(&self, measure: &MeasureResult) -> String {
        let mut text = self.program.rule(measure.rule).unwrap().name.to_string() + &self.stated(&measure.stated);
        if let Some(term) = &measure.term {
            text.push_str(&format!(" {}", self.term(term)));
        }
        if let Some(extent) = &measure.extent {
            text.push_str(&format!(" {}", self.extent(extent)));
        }
        if let Some(daily) = &measure.daily {
            text.push_str(&format!(" {}", daily_penalty(daily)));
        }
        for (titles, what) in
            [(&measure.approval, "approved by"), (&measure.decided_by, "decided by"), (&measure.informed, "telling")]
        {
            if let Some(by) = titles.as_ref().and_then(|titles| titles.zh.as_ref().or(titles.en.as_ref())) {
                text.push_str(&format!(" ({what} {by})"));
            }
        }
        for norm in &measure.also_under {
            text.push_str(&format!(" (also under {})", self.program.rule(*norm).unwrap().name));
        }
        if let Some(otherwise) = measure.otherwise {
            text.push_str(&format!(" (else {})", self.program.rule(otherwise).unwrap().name));
        }
        text
    }

    fn term(&self, term: &Term) -> String {
        let length = |duration: Duration| format!("{} {:?}", duration.amount, duration.unit).to_lowercase();
        let high = match term.high {
            TermLength::Of(duration) => length(duration),
            TermLength::Life => "life".to_owned(),
            TermLength::Unspecified => "unspecified".to_owned(),
            TermLength::Open => "open".to_owned(),
        };
        let low = term.low.map_or(String::new(), |low| format!("{}..", length(low)));
        let up_to = if term.up_to { ".." } else { "" };
        format!("{} {low}{up_to}{high}", if term.deadline { "within" } else { "for" })
    }

    fn extent(&self, extent: &Extent) -> String {
        let unit = |value: &Value| match value {
            Value::Quantity(_, unit) => format!(" {}", self.program.unit(*unit).unwrap().name),
            _ => String::new(),
        };
        match extent {
            Extent::Figure(value) => format!("{}{}", value.as_number().unwrap(), unit(value)),
            Extent::Between(ends, like) => format!("{}{}", range_text(ends), unit(like)),
            Extent::Nothing => "nothing".to_owned(),
            Extent::Open => "open".to_owned(),
            Extent::Unestablished => "unestablished".to_owned(),
        }
    }

    /// `, label = value` for all that a measure or notice says.
    fn stated(&self, stated: &[StatedValue]) -> String {
        let said = stated.iter().map(|each| {
            let label = each.label.zh.as_ref().or(each.label.en.as_ref()).unwrap();
            match each.value {
                Some(value) => format!(", {label} = {}", self.value(value)),
                None => format!(", {label} open: {}", self.operands(&each.depends_on)),
            }
        });
        said.collect()
    }

    fn value(&self, value: Value) -> String {
        match value {
            Value::Bool(truth) => truth.to_string(),
            Value::Percent(ratio) => format!("{}%", ratio.multiply(Number::integer(100)).unwrap()),
            Value::Date(date) => date.to_string(),
            Value::Duration(duration) => format!("{} {:?}", duration.amount, duration.unit).to_lowercase(),
            Value::Member(kind, member) => {
                self.program.enumeration(kind).unwrap().members[usize::from(member)].0.to_string()
            }
            Value::Range(range) | Value::PercentRange(range) | Value::NumberRange(range) => range_text(&range),
            other => other.as_number().unwrap().to_string(),
        }
    }

    fn operands(&self, operands: &[Operand]) -> String {
        let names = operands.iter().map(|operand| match operand {
            Operand::Fact(fact) => self.program.fact(*fact).unwrap().name.to_string(),
            Operand::BuiltIn(name) => name.names().1.to_owned(),
            other => format!("{other:?}"),
        });
        names.collect::<Vec<_>>().join(", ")
    }

    fn choice(&self, choice: &MeasureChoice) -> String {
        match choice.mode {
            ChoiceMode::One => self.measures(choice, " | "),
            ChoiceMode::Any => format!("any of {}", self.measures(choice, " | ")),
            ChoiceMode::Ladder => self.measures(choice, " up to "),
        }
    }

    fn option(&self, option: &OfficerOption) -> String {
        let recommended = |yes: bool| if yes { ", recommended" } else { "" };
        match option {
            OfficerOption::Measures(measures) => {
                format!("may {}", self.choice(measures))
            }
            OfficerOption::Fine(force, among) => {
                let force = match force {
                    FineForce::OneOf => "must fine",
                    FineForce::AnyOf => "any of fine",
                    _ => "may fine",
                };
                if among.is_empty() { force.to_owned() } else { format!("{force} | {}", self.measures(among, " | ")) }
            }
            OfficerOption::FurtherFine(tier, range) => {
                format!("may fine {} by {}", range_text(range), self.rule(*tier))
            }
            OfficerOption::OneOf(measures) => {
                format!("must {}", self.choice(measures))
            }
            OfficerOption::Waive(rule, yes, measures) => {
                let with = if measures.is_empty() {
                    String::new()
                } else {
                    format!(" with {}", self.measures(measures, "; "))
                };
                format!("waive by {}{with}{}", self.rule(*rule), recommended(*yes))
            }
            OfficerOption::Weigh { rule, shall, direction } => {
                let force = if *shall { "must" } else { "may" };
                let below = match direction {
                    Direction::Reduced => ", below the minimum",
                    Direction::LighterOrReduced => ", lighter, or below the minimum",
                    Direction::Lighter | Direction::Heavier => "",
                };
                format!("{force} weigh {}{below}", self.rule(*rule))
            }
            OfficerOption::LighterOrReduced { rule, lighter, reduced, recommended: first } => format!(
                "one of lighter: {}{} | reduced: {}{} by {}",
                amount_text(lighter.fine.as_ref()),
                recommended(*first == Some(false)),
                amount_text(reduced.fine.as_ref()),
                recommended(*first == Some(true)),
                self.rule(*rule)
            ),
            OfficerOption::Circumstance { rule, fine, recommended: yes, .. } => {
                format!("use {}: {}{}", self.rule(*rule), amount_text(fine.fine.as_ref()), recommended(*yes))
            }
        }
    }

    fn facts(&self, facts: &[FactId]) -> String {
        let names: Vec<&str> = facts.iter().map(|fact| &*self.program.fact(*fact).unwrap().name).collect();
        names.join(", ")
    }
}

/// `fine × days = amount` for each cycle.
fn daily_penalty(daily: &DailyPenalty) -> String {
    let open = |number: Option<Number>| number.map_or("open".to_owned(), |number| number.to_string());
    let cycles = daily.cycles.iter().map(|cycle| {
        let due = if cycle.recheck_due { ", re-inspection due" } else { "" };
        format!("{} × {} days = {}{due}", open(cycle.original_fine), cycle.days, open(cycle.amount))
    });
    let total = if daily.cycles.len() > 1 { format!("; total {}", open(daily.total)) } else { String::new() };
    cycles.collect::<Vec<_>>().join("; ") + &total
}

fn fine_amount(fine: &Fine) -> String {
    match (fine.amount, &fine.within) {
        (Some(amount), _) => amount.to_string(),
        (None, Some(within)) => format!("the officer's choice in {}", range_text(within)),
        (None, None) => "the officer's choice".to_owned(),
    }
}

fn range_text(range: &AmountRange) -> String {
    let end = |end: &Option<_>| end.as_ref().map_or(String::new(), ToString::to_string);
    format!("{}..{}", end(&range.min), end(&range.max))
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotEstablished => "not established",
        Outcome::Barred => "barred",
        Outcome::NoLongerUnlawful => "no longer unlawful",
        Outcome::NotPunishable => "not punishable",
        Outcome::NoPenalty => "no penalty",
        Outcome::OrderOnly => "order only",
        Outcome::Referred => "referred",
        Outcome::Choice => "choice",
        Outcome::Fine => "fine",
        Outcome::Undetermined => "undetermined",
    }
}

fn moment_name(moment: Moment) -> &'static str {
    match moment {
        Moment::Act => "act",
        Moment::Decision => "decision",
    }
}

fn amount_text(amount: Option<&AmountRange>) -> String {
    amount.map_or("open".to_owned(), |amount| match (amount.min, amount.max) {
        (Some(min), max) if Some(min) == max => min.to_string(),
        _ => range_text(amount),
    })
}
