//! Random packs, as rule text. Each is drawn from a row of bytes, and zeros draw the plainest one, so that a pack that breaks
//! a law shrinks to a small one.

use std::fmt::Write as _;

/// Choices, taken one after another from random bytes; nothing but the first choice once they are used up.
pub(super) struct Draw<'b> {
    bytes: std::slice::Iter<'b, u8>,
}

impl<'b> Draw<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Draw { bytes: bytes.iter() }
    }

    /// A number below `count`.
    pub(super) fn below(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % count
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// Whether something happens that does so once in `times`.
    fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Integer,
    Bool,
    /// From light to heavy.
    Ordered,
    Member,
    Decimal,
    Quantity,
    Percent,
    Money,
    Days,
}

const KINDS: [Kind; 9] = [
    Kind::Integer,
    Kind::Bool,
    Kind::Ordered,
    Kind::Decimal,
    Kind::Quantity,
    Kind::Member,
    Kind::Percent,
    Kind::Money,
    Kind::Days,
];

/// The members of the two declared types.
pub(super) const MEMBERS: [&str; 3] = ["light", "middling", "grave"];
const PLACES: [&str; 3] = ["river", "sewer", "pit"];

#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) may_be_absent: bool,
    presumed: bool,
    bounds: &'static str,
}

impl Fact {
    fn is_number(&self) -> bool {
        !matches!(self.kind, Kind::Bool | Kind::Ordered | Kind::Member)
    }

    /// The numbers that the facts of a pack are compared with, in hundredths.
    pub(super) fn constants(&self) -> &'static [i64] {
        if matches!(self.kind, Kind::Integer | Kind::Days) { &[100, 200, 300, 500] } else { &[50, 200, 250, 500] }
    }

    /// A number of hundredths as rules and cases write it.
    pub(super) fn written(&self, hundredths: i64) -> String {
        let sign = if hundredths < 0 { "-" } else { "" };
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        let number = if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:02}") };
        match self.kind {
            Kind::Percent => format!("{number}%"),
            Kind::Money => format!("CNY {number}"),
            Kind::Quantity => format!("{number} t"),
            Kind::Days => format!("{number} days"),
            _ => number,
        }
    }

    /// Everything a case may say of it: numbers at, just below and just above all that rules compare it with, and beyond.
    pub(super) fn states(&self) -> Vec<String> {
        let mut states: Vec<String> = match self.kind {
            Kind::Bool => ["false", "true"].map(str::to_owned).to_vec(),
            Kind::Ordered => MEMBERS.map(|member| format!("\"{member}\"")).to_vec(),
            Kind::Member => PLACES.map(|member| format!("\"{member}\"")).to_vec(),
            Kind::Integer | Kind::Decimal => self.numbers().into_iter().map(|each| self.written(each)).collect(),
            _ => self.numbers().into_iter().map(|each| format!("\"{}\"", self.written(each))).collect(),
        };
        if self.may_be_absent {
            states.push("\"none\"".to_owned());
        }
        states.push("{ unestablished = true }".to_owned());
        states
    }

    fn numbers(&self) -> Vec<i64> {
        let beside = if matches!(self.kind, Kind::Integer | Kind::Days) { 100 } else { 1 };
        let ends = [0, 100, 600];
        let mut numbers: Vec<i64> =
            self.constants().iter().chain(&ends).flat_map(|each| [each - beside, *each, each + beside]).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn declared(&self) -> String {
        let kind = match self.kind {
            Kind::Integer => "integer",
            Kind::Bool => "bool",
            Kind::Ordered => "Harm",
            Kind::Member => "Place",
            Kind::Decimal => "decimal",
            Kind::Quantity => "quantity tonne",
            Kind::Percent => "percent",
            Kind::Money => "money",
            Kind::Days => "duration days",
        };
        let mut text = format!("fact {} {{ type {kind}", self.name);
        let (zero, one, six) = (self.written(0), self.written(100), self.written(600));
        match self.bounds {
            "" => {}
            "from zero" => write!(text, "; bounds >= {zero}").unwrap(),
            "from one" => write!(text, "; bounds >= {one}").unwrap(),
            "closed" => write!(text, "; bounds [{zero}, {six}]").unwrap(),
            _ => write!(text, "; bounds ({zero}, {six})").unwrap(),
        }
        if self.may_be_absent {
            text.push_str("; may be absent");
        }
        if self.presumed {
            text.push_str("; presume false basis 《Law》 art 9");
        }
        text + " }"
    }
}

/// A pack: its declarations, which may stand in any order.
#[derive(Clone, Debug)]
pub(super) struct Pack {
    pub(super) facts: Vec<Fact>,
    pub(super) declarations: Vec<String>,
    pub(super) violations: usize,
}

impl Pack {
    pub(super) fn text(&self) -> String {
        self.declarations.join("\n")
    }

    pub(super) fn drawn(bytes: &[u8]) -> Self {
        let mut draw = Draw::new(bytes);
        let facts: Vec<Fact> = (0..2 + draw.below(3)).map(|number| fact(&mut draw, number)).collect();
        let mut writer = Writer { facts: &facts, draw, declarations: Vec::new(), definition: None };
        writer.pack();
        let mut declarations: Vec<String> = [
            "instrument 《Law》 { effective 2018-01-01 onward }",
            "instrument 《List》 { effective 2018-01-01 onward }",
            "unit tonne { symbol t }",
            "type Harm ordered { light, middling, grave }",
            "type Place { river, sewer, pit }",
        ]
        .map(str::to_owned)
        .to_vec();
        declarations.extend(facts.iter().map(Fact::declared));
        let violations = writer.declarations.iter().filter(|each| each.starts_with("violation")).count();
        declarations.append(&mut writer.declarations);
        Pack { facts, declarations, violations }
    }
}

fn fact(draw: &mut Draw<'_>, number: usize) -> Fact {
    let kind = draw.of(&KINDS);
    let mut fact = Fact { name: format!("f{number}"), kind, may_be_absent: false, presumed: false, bounds: "" };
    if fact.is_number() {
        fact.bounds = draw.of(&["from zero", "from one", "closed", "", "open"]);
        fact.may_be_absent = kind != Kind::Days && draw.once_in(6);
    }
    fact.presumed = kind == Kind::Bool && draw.once_in(4);
    fact
}

struct Writer<'b> {
    facts: &'b [Fact],
    draw: Draw<'b>,
    declarations: Vec<String>,
    /// The name of a definition that is a condition.
    definition: Option<&'static str>,
}

impl Writer<'_> {
    fn pack(&mut self) {
        if self.draw.once_in(4) {
            let condition = self.condition(1);
            self.declarations.push(format!("define defined = {condition}"));
            self.definition = Some("defined");
        }
        let table = self.draw.below(4) > 1;
        if table {
            let bands = self.draw.once_in(2);
            self.table(bands);
        }
        self.violation("v0");
        self.benchmark("v0", table);
        if self.draw.once_in(4) {
            self.violation("v1");
            self.benchmark("v1", table);
        }
        if self.draw.once_in(5) {
            let condition = self.condition(0);
            self.declarations.push(format!(
                "leniency list 《List》 {{ exempt v0 {{ basis 《List》 art 1; when {condition}; shall waive }} }}"
            ));
        }
    }

    fn violation(&mut self, id: &str) {
        let subjects = self.draw.of(&["", "", "subjects unit\n    ", "subjects individual\n    "]);
        let elements = if self.draw.once_in(3) { self.condition(1) } else { "true".to_owned() };
        let range = self.range();
        let mut tiers = String::new();
        if self.draw.once_in(3) {
            let (condition, range) = (self.condition(0), self.range());
            write!(tiers, "\n    if {condition} {{ fine {range} }}").unwrap();
        }
        if subjects.is_empty() && self.draw.once_in(6) {
            write!(tiers, "\n    for individual {{ fine {} }}", self.range()).unwrap();
        }
        self.declarations.push(format!(
            "violation {id} {{\n    basis 《Law》 art 1\n    {subjects}elements {elements}\n    fine {range}{tiers}\n}}"
        ));
    }

    fn range(&mut self) -> String {
        let ranges = [
            "CNY 10_000 .. CNY 100_000",
            "CNY 20_000 .. CNY 100_000",
            "CNY 50_000 .. CNY 200_000",
            "up to CNY 50_000",
            "CNY 30_000",
        ];
        let choice = if self.draw.once_in(4) { self.draw.below(5) } else { self.draw.below(3) };
        ranges[choice].to_owned()
    }

    fn benchmark(&mut self, id: &str, table: bool) {
        let mut steps = String::new();
        let mut amounts = Vec::new();
        let of_bands = self.declarations.iter().any(|each| each.starts_with("table band"));
        if table && self.draw.once_in(2) {
            amounts = if of_bands {
                vec!["band", "midpoint(band)", "lower(band)", "midpoint(band) .. upper(band)"]
            } else {
                vec!["row × statutory_max", "statutory_min + row × (statutory_max - statutory_min)"]
            };
            if self.draw.once_in(2) && !of_bands {
                steps.push_str(&self.weights("share"));
                amounts = vec!["(share + row) × statutory_max", "max(share, row) × statutory_max"];
            }
        } else {
            steps.push_str(&self.weights("share"));
            amounts.extend([
                "share × statutory_max",
                "statutory_min + share × (statutory_max - statutory_min)",
                "max(share × statutory_max, CNY 30_000)",
            ]);
        }
        let mut amount = self.draw.of(&amounts).to_owned();
        if steps.contains("share") && self.draw.once_in(5) {
            steps.push_str(&self.weights("second"));
            amount = self
                .draw
                .of(&["(share + second) × statutory_max", "share × (100% + second) × statutory_max"])
                .to_owned();
        }
        if self.draw.once_in(5) && !amount.contains("..") && amount != "band" {
            let condition = self.condition(1);
            let other = self.draw.of(&["statutory_max", "CNY 40_000"]);
            writeln!(steps, "    let other = if {condition} then {other} else {amount}").unwrap();
            amount = "other".to_owned();
        }
        let subjects = self.draw.of(&["", "", "", "", "\n    subjects unit", "\n    subjects individual"]);
        self.declarations
            .push(format!("benchmark {id} {{\n    basis 《Law》 art 2{subjects}\n{steps}    fine = {amount}\n}}"));
    }

    fn weights(&mut self, name: &str) -> String {
        let mut text = format!("    weights {name} {{\n");
        text.push_str(self.draw.of(&["        start 10%\n", "", "        start 5%\n", "        start 20%\n"]));
        for number in 0..1 + self.draw.below(3) {
            if self.draw.once_in(3) {
                self.conditions(&mut text, &format!("{name}{number}"));
            } else {
                self.keyed(&mut text);
            }
        }
        match self.draw.below(6) {
            3 => text.push_str("        at most 50%\n"),
            4 => text.push_str("        at most 100%\n"),
            5 => writeln!(text, "        at most if {} then 40% else 60%", self.condition(0)).unwrap(),
            _ => {}
        }
        if self.draw.once_in(5) {
            text.push_str("        at least 20%\n");
        }
        if self.draw.once_in(4) {
            text.push_str("        unestablished lowest\n");
        }
        text + "    }\n"
    }

    /// A factor whose rows are cells.
    fn keyed(&mut self, text: &mut String) {
        let fact = self.fact();
        let policy = if self.draw.once_in(4) { self.policy() } else { "" };
        writeln!(text, "        factor {}{policy} {{", fact.name).unwrap();
        let mut cells = self.cells(&fact);
        if !policy.is_empty() {
            cells.extend(self.cells(&fact));
        }
        for (number, cell) in cells.iter().enumerate() {
            writeln!(text, "            {cell} => {}", self.percent(number)).unwrap();
        }
        text.push_str("        }\n");
    }

    /// A factor whose rows are conditions; often the last one is for the rest.
    fn conditions(&mut self, text: &mut String, name: &str) {
        let policy = if self.draw.once_in(2) { "" } else { self.policy() };
        writeln!(text, "        factor {name}{policy} {{").unwrap();
        let first = self.condition(1);
        writeln!(text, "            {first} => {}", self.percent(0)).unwrap();
        if self.draw.once_in(3) {
            let between = self.condition(1);
            writeln!(text, "            {between} => {}", self.percent(1)).unwrap();
        }
        match self.draw.below(4) {
            0 | 1 => writeln!(text, "            not ({first}) => {}", self.percent(2)).unwrap(),
            2 => writeln!(text, "            true => {}", self.percent(2)).unwrap(),
            _ => {}
        }
        text.push_str("        }\n");
    }

    fn policy(&mut self) -> &'static str {
        self.draw.of(&[" highest", " lowest", " first", " collect"])
    }

    fn percent(&mut self, number: usize) -> String {
        if self.draw.once_in(16) {
            return format!("(if {} then 10% else 25%)", self.condition(0));
        }
        let tens = if self.draw.once_in(5) { self.draw.below(8) } else { number };
        format!("{}%", tens * 10)
    }

    fn table(&mut self, bands: bool) {
        let one = self.fact();
        let other = self.fact();
        let both = self.draw.once_in(2) && one.name != other.name;
        let policy = if self.draw.once_in(4) { self.draw.of(&[" highest", " lowest", " first"]) } else { "" };
        let (name, policy) = if bands {
            ("band", policy.replace(" highest", " first").replace(" lowest", " first"))
        } else {
            ("row", policy.to_owned())
        };
        let mut text = format!("table {name} \"{name}\"{policy} {{\n    basis 《Law》 art 3\n");
        let heads = if both { format!("| {} | {} |", one.name, other.name) } else { format!("| {} |", one.name) };
        writeln!(text, "    {heads} => result |").unwrap();
        let mut number = 0;
        for cell in self.cells(&one) {
            let beside = match (both, self.draw.below(3)) {
                (false, _) => vec![String::new()],
                (true, 0) => vec![" - |".to_owned()],
                (true, 1) => self.cells(&other).iter().map(|cell| format!(" {cell} |")).collect(),
                (true, _) => {
                    [self.cells(&other), self.cells(&other)].concat().iter().map(|cell| format!(" {cell} |")).collect()
                }
            };
            for beside in beside {
                let result = if bands { self.band(number) } else { self.percent(number) };
                writeln!(text, "    | {cell} |{beside} => {result} |").unwrap();
                number += 1;
            }
        }
        if self.draw.once_in(4) {
            text.push_str("    unestablished lowest\n");
        }
        self.declarations.push(text + "}");
    }

    fn band(&mut self, number: usize) -> String {
        let low = if self.draw.once_in(5) { self.draw.below(6) } else { number } * 20_000;
        // A table whose rows are all single sums gives no bands.
        if number > 0 && self.draw.once_in(5) {
            format!("CNY {low}")
        } else {
            format!("CNY {low} .. CNY {}", low + 20_000)
        }
    }

    /// Cells that cover a fact from end to end, sometimes with one left out or an end that belongs to neither.
    fn cells(&mut self, fact: &Fact) -> Vec<String> {
        let mut cells: Vec<String> = match fact.kind {
            Kind::Bool => vec!["false".to_owned(), "true".to_owned()],
            Kind::Ordered | Kind::Member => {
                let names = if fact.kind == Kind::Ordered { MEMBERS } else { PLACES };
                match self.draw.below(4) {
                    2 => vec![names[0].to_owned(), format!("{} or {}", names[1], names[2])],
                    3 => vec![format!("{} or {}", names[0], names[1]), names[2].to_owned()],
                    _ => names.map(str::to_owned).to_vec(),
                }
            }
            _ => {
                let mut ends: Vec<i64> = fact.constants().to_vec();
                for _ in 0..1 + self.draw.below(3) {
                    ends.remove(self.draw.below(ends.len()));
                }
                let ends: Vec<String> = ends.into_iter().map(|end| fact.written(end)).collect();
                let mut cells = vec![format!("< {}", ends[0])];
                for pair in ends.windows(2) {
                    let open = if self.draw.once_in(10) { '(' } else { '[' };
                    cells.push(format!("{open}{}, {})", pair[0], pair[1]));
                }
                let from = if self.draw.once_in(10) { '>'.to_string() } else { ">=".to_owned() };
                cells.push(format!("{from} {}", ends[ends.len() - 1]));
                cells
            }
        };
        if self.draw.once_in(10) {
            cells.remove(self.draw.below(cells.len()));
        }
        cells
    }

    fn fact(&mut self) -> Fact {
        let facts = self.facts;
        facts[self.draw.below(facts.len())].clone()
    }

    fn condition(&mut self, depth: usize) -> String {
        if let Some(name) = self.definition
            && self.draw.once_in(8)
        {
            return name.to_owned();
        }
        if depth > 0 {
            match self.draw.below(6) {
                3 => return format!("not ({})", self.condition(depth - 1)),
                4 => return format!("({}) and ({})", self.condition(depth - 1), self.condition(depth - 1)),
                5 => return format!("({}) or ({})", self.condition(depth - 1), self.condition(depth - 1)),
                _ => {}
            }
        }
        let fact = self.fact();
        let name = &fact.name;
        if fact.may_be_absent && self.draw.once_in(3) {
            return format!("absent({name})");
        }
        if self.draw.once_in(12) {
            return format!("established({name})");
        }
        match fact.kind {
            Kind::Bool => name.clone(),
            Kind::Ordered => {
                format!("{name} {} {}", self.draw.of(&[">=", "=", "<"]), self.draw.of(&["middling", "grave"]))
            }
            Kind::Member => format!("{name} {}", self.draw.of(&["= river", "in {sewer, pit}", "!= pit"])),
            _ => {
                let constants = fact.constants();
                let at = self.draw.below(constants.len() - 1);
                let (low, high) = (fact.written(constants[at]), fact.written(constants[at + 1]));
                match self.draw.below(6) {
                    0 => format!("{name} >= {low}"),
                    1 => format!("{name} < {high}"),
                    2 => format!("{name} > {low}"),
                    3 => format!("{name} in [{low}, {high})"),
                    4 => format!("{name} = {low}"),
                    _ => format!("{name} not in [{low}, {high}]"),
                }
            }
        }
    }
}
