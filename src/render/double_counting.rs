use super::document::{Line, Role};
use super::reader::Reader;
use crate::program::CountedTwice;
use crate::resolved::built_in_name;
use crate::trail::{Operand, Step};

impl Reader<'_> {
    /// That facts count a second time, and why the rules mean it.
    pub(crate) fn counted_twice(&self, step: &Step) -> Line {
        let Some(twice) = self.twice(step) else { return Line::new() };
        let names: Vec<String> = twice
            .names
            .iter()
            .map(|name| match built_in_name(name) {
                Some(built_in) => self.operand(Operand::BuiltIn(built_in)),
                None => self.label_of_name(name).unwrap_or_else(|| name.to_string()),
            })
            .collect();
        Line::plain(self.pick("重复计入 ", "counted twice: "))
            .add(Role::Name, names.join(self.pick("、", ", ")))
            .text(self.pick("，理由：", ", because "))
            .text(twice.reason.get(self.lang).unwrap_or_default())
    }

    fn twice(&self, step: &Step) -> Option<&CountedTwice> {
        let rule = step.rule?;
        let circumstances = self.program.circumstances.iter();
        let mut tiers = self.program.credit.iter().flat_map(|credit| &credit.tiers);
        let own = circumstances.filter(|each| each.rule == rule).find_map(|each| each.counted_twice.as_ref());
        own.or_else(|| tiers.find(|tier| tier.rule == rule)?.counted_twice.as_ref())
    }
}
