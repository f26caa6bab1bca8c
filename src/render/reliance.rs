use super::document::{Block, Line, Role};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::evaluate::{Determination, Presumed};
use crate::program::RuleId;
use crate::trail::Operand;

/// What a determination rests on that the case did not give or nobody has verified.
impl Reader<'_> {
    /// Presumptions and rules that are not verified. What an earlier determination of the same document lists already is
    /// counted, not listed again.
    pub(crate) fn reliance(&self, determination: &Determination, earlier: &[Determination]) -> Vec<Block> {
        let result = &determination.result;
        let presumed = self.new_lines(
            &result.presumed,
            |presumed| earlier.iter().any(|before| before.result.presumed.contains(presumed)),
            |presumed| self.presumed_fact(presumed),
        );
        let unverified = self.new_lines(
            &result.unverified,
            |rule| earlier.iter().any(|before| before.result.unverified.contains(rule)),
            |rule| Some(self.unverified(*rule)),
        );
        [
            (self.pick("使用了推定", "Presumptions used"), presumed),
            (self.pick("所依据的规则中尚未核对的", "Rules it rests on that are not verified"), unverified),
        ]
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| Block::Warning(title.to_owned(), lines))
        .collect()
    }

    fn new_lines<T>(&self, items: &[T], listed: impl Fn(&T) -> bool, line: impl Fn(&T) -> Option<Line>) -> Vec<Line> {
        let (old, new): (Vec<&T>, Vec<&T>) = items.iter().partition(|item| listed(item));
        let mut lines: Vec<Line> = new.into_iter().filter_map(line).collect();
        if !old.is_empty() {
            let said = match self.lang {
                Lang::Chinese => format!("上文已列的{}项", old.len()),
                Lang::English => format!("{} already listed above", old.len()),
            };
            lines.push(Line::of(Role::Dim, said));
        }
        lines
    }

    fn presumed_fact(&self, presumed: &Presumed) -> Option<Line> {
        let fact = self.program.fact(presumed.fact)?;
        let unit = self.unit_of(Operand::Fact(presumed.fact));
        let line = Line::of(Role::Name, self.title(&fact.label, &fact.name))
            .text(self.pick("：推定为 ", ": presumed to be "))
            .add(Role::Value, self.value(presumed.value, unit));
        Some(match self.citation(presumed.rule) {
            Some(citation) => self.with_citation(line, &citation),
            None => line,
        })
    }

    pub(crate) fn unverified(&self, id: RuleId) -> Line {
        let mut line = self.rule_with_kind(id);
        if let Some(status) = self.program.rule(id).and_then(|rule| self.status(rule)) {
            line = line.text(self.colon()).add(Role::Open, status);
        }
        if let Some(note) = self.note(id) {
            line = line.text(self.pick("。", ". ")).text(note);
        }
        match self.rule_place(id) {
            Some(place) => line.text(" ").add(Role::Place, place),
            None => line,
        }
    }
}
