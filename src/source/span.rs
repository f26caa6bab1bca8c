/// A stretch of rule or case text: byte offsets into the texts of one [`SourceMap`](super::SourceMap) laid end to end.
///
/// Eight bytes and `Copy`, so that every node of every tree can carry one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span that points nowhere: built-in names, steps without a rule.
    pub const NOWHERE: Span = Span { start: u32::MAX, end: u32::MAX };

    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Whether the span points into a text.
    #[must_use]
    pub fn is_somewhere(self) -> bool {
        self != Span::NOWHERE
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if !self.is_somewhere() {
            return other;
        }
        if !other.is_somewhere() {
            return self;
        }
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside this span.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.is_somewhere() && other.is_somewhere() && self.start <= other.start && other.end <= self.end
    }
}
