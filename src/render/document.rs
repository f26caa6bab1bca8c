use unicode_width::UnicodeWidthStr;

use crate::diagnostic::Lang;

/// What a piece of text is, so that a terminal or a page can set it off without knowing what it says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Running text.
    Plain,
    /// What the eye should find first.
    Strong,
    /// An amount or a range of amounts.
    Money,
    /// A value that is not money.
    Value,
    /// The name of a rule, fact or measure.
    Name,
    /// Text quoted from the rule file, or the same with values put in.
    Expression,
    /// A legal citation.
    Citation,
    /// A place in a rule file.
    Place,
    /// Something that holds.
    Good,
    /// Something that does not hold.
    Bad,
    /// Something not known yet, or left to the officer.
    Open,
    /// Something less important.
    Dim,
}

/// A stretch of text in one role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Its role.
    pub role: Role,
    /// Its text, without line breaks.
    pub text: String,
}

/// Pieces in a row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// The pieces from left to right.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// An empty line.
    #[must_use]
    pub fn new() -> Self {
        Line::default()
    }

    /// A line of running text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Line::new().add(Role::Plain, text)
    }

    /// A line of one piece.
    #[must_use]
    pub fn of(role: Role, text: impl Into<String>) -> Self {
        Line::new().add(role, text)
    }

    /// The line with a piece added at its end; empty text adds nothing, and equal roles flow together.
    #[must_use]
    pub fn add(mut self, role: Role, text: impl Into<String>) -> Self {
        self.push(role, text.into());
        self
    }

    /// The line with running text added.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.add(Role::Plain, text)
    }

    /// The line with another line added.
    #[must_use]
    pub fn join(mut self, other: Line) -> Self {
        for piece in other.pieces {
            self.push(piece.role, piece.text);
        }
        self
    }

    fn push(&mut self, role: Role, text: String) {
        match self.pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.role == role => last.text.push_str(&clean(&text)),
            _ => self.pieces.push(Piece { role, text: clean(&text) }),
        }
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The columns it takes on a terminal: East Asian wide characters count two, those of ambiguous width one.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.width()).fold(0, usize::saturating_add)
    }

    /// Lines with `separator` between them.
    #[must_use]
    pub fn list(lines: impl IntoIterator<Item = Line>, separator: &str) -> Line {
        let mut out = Line::new();
        for line in lines {
            if !out.is_empty() {
                out = out.text(separator);
            }
            out = out.join(line);
        }
        out
    }
}

/// The text of the pieces alone.
impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.pieces.iter().try_for_each(|piece| f.write_str(&piece.text))
    }
}

/// Text on one line. Labels and notes are the pack's: a control character in one may not move a terminal's cursor, nor may
/// a direction mark make a sentence read otherwise than it is written.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter(|letter| !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// What became of a step, as a sign that does not need colour.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mark {
    /// Holds.
    Holds,
    /// Does not hold.
    Fails,
    /// Not known yet.
    Unknown,
    /// A rule took effect.
    Applied,
    /// Left to the officer.
    Choice,
    /// Rests on a presumption or on a rule that is not verified.
    Assumed,
    /// No answer can be given.
    Problem,
    /// Neither: a value, a calculation, a heading.
    Neutral,
}

impl Mark {
    /// The sign, one column wide.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Mark::Holds => "✓",
            Mark::Fails => "✗",
            Mark::Unknown => "?",
            Mark::Applied => "»",
            Mark::Choice => "◇",
            Mark::Assumed => "~",
            Mark::Problem => "!",
            Mark::Neutral => "-",
        }
    }

    /// What the sign says, for readers who do not see it.
    #[must_use]
    pub const fn meaning(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Mark::Holds => ("成立", "holds"),
            Mark::Fails => ("不成立", "does not hold"),
            Mark::Unknown => ("尚不能确定", "not known yet"),
            Mark::Applied => ("适用", "applied"),
            Mark::Choice => ("由行政机关选择", "left to the authority"),
            Mark::Assumed => ("推定或者未核对", "presumed or not verified"),
            Mark::Problem => ("不能得出结论", "no answer"),
            Mark::Neutral => ("说明", "note"),
        };
        match lang {
            Lang::Chinese => zh,
            Lang::English => en,
        }
    }

    /// The role its sign is set in.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Mark::Holds | Mark::Applied => Role::Good,
            Mark::Fails | Mark::Problem => Role::Bad,
            Mark::Unknown | Mark::Choice | Mark::Assumed => Role::Open,
            Mark::Neutral => Role::Dim,
        }
    }
}

/// How much of a branch a line opens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Weight {
    /// A legal stage or a version of the law.
    Stage,
    /// Any other step.
    Step,
    /// A value that went into the step above.
    Input,
}

/// One step of the trail, written out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrailLine {
    /// How deep in the tree; roots are 0.
    pub depth: usize,
    /// Stage, step or input.
    pub weight: Weight,
    /// What became of it.
    pub mark: Mark,
    /// The sentence.
    pub text: Line,
    /// Said when the rule is not verified.
    pub status: Option<String>,
    /// The citation that ends the step.
    pub citation: Option<String>,
    /// File and line of the rule.
    pub place: Option<String>,
    /// Notes of the rule.
    pub notes: Vec<String>,
}

/// A key with what is said of it, one line or several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it is about.
    pub key: String,
    /// What is said.
    pub lines: Vec<Line>,
}

/// A table with a heading line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Headings of the columns.
    pub head: Vec<String>,
    /// Rows of as many cells.
    pub rows: Vec<Vec<Line>>,
    /// The last row, set off from the others.
    pub foot: Option<Vec<Line>>,
}

/// A part of a section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Block {
    /// The answer itself.
    Lead(Line),
    /// A heading inside the section.
    Heading(String),
    /// A paragraph.
    Paragraph(Line),
    /// Keys and values in two columns.
    Rows(Vec<Row>),
    /// A table.
    Table(Table),
    /// What the reader must not miss: a title and items.
    Warning(String, Vec<Line>),
    /// The trail.
    Tree(Vec<TrailLine>),
}

/// A section of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A recommendation as a document, before it becomes text, Markdown or HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// The language it is written in.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// What the whole case comes to.
    pub lead: Vec<Line>,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// What it was made with: engine, packs, dates.
    pub footer: Vec<Row>,
    /// That it recommends and the authority decides.
    pub closing: String,
}
