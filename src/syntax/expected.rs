//! What people call the things the grammar expects.

use crate::diagnostic::Text;

/// A grammar rule, and what it is called in Chinese and English. Rules of one name are said once.
const PHRASES: &[(&str, &str, &str)] = &[
    ("declaration", "声明", "a declaration"),
    ("EOI", "文件结尾", "the end of the file"),
    ("clause", "子句", "a clause"),
    ("block", "“{”", "`{`"),
    ("label", "“标签”", "a \"label\""),
    ("string", "“文字”", "a \"text\""),
    ("name", "名称", "a name"),
    ("name_or_title", "名称", "a name"),
    ("title", "《法规》", "a 《title》"),
    ("member", "成员名称", "the name of a member"),
    ("ordered", "“有序”", "`ordered`"),
    ("citations", "引用，如《行政处罚法》第33条", "a citation, such as 《行政处罚法》 art 33"),
    ("citation", "引用，如《行政处罚法》第33条", "a citation, such as 《行政处罚法》 art 33"),
    ("locator", "条款号，如第33条", "a place, such as art 33"),
    ("interval", "日期", "a date"),
    ("date", "日期", "a date"),
    ("word", "词语", "a word"),
    ("type_reference", "类型", "a type"),
    ("choice", "措施", "a measure"),
    ("measure_reference", "措施", "a measure"),
    ("cell", "单元格", "a cell"),
    ("cell_item", "单元格", "a cell"),
    ("factor_row", "一行“条件 => 结果”", "a row `cell => result`"),
    ("result", "结果", "a result"),
    ("header", "表头", "the header of the table"),
    ("table_row", "表的一行", "a row of the table"),
    ("hit", "命中方式，如“取最高”", "a hit policy, such as `highest`"),
    ("expr", "表达式", "an expression"),
    ("and_expr", "表达式", "an expression"),
    ("not_expr", "表达式", "an expression"),
    ("comparison", "表达式", "an expression"),
    ("sum", "数值", "a value"),
    ("product", "数值", "a value"),
    ("unary", "数值", "a value"),
    ("primary", "数值", "a value"),
    ("bound", "数值", "a value"),
    ("bound_term", "数值", "a value"),
    ("literal", "数值", "a value"),
    ("provision", "《法规》", "a 《title》"),
    ("fine_shape", "罚款幅度", "the range of the fine"),
    ("set", "集合，如 [5, 10] 或 {甲, 乙}", "a set, such as [5, 10] or {a, b}"),
    ("or_op", "“或”", "`or`"),
    ("and_op", "“且”", "`and`"),
    ("compare_op", "比较符号", "a comparison"),
    ("add_op", "“+”“-”", "`+`, `-`"),
    ("mul_op", "“×”“÷”", "`×`, `÷`"),
    ("to", "“至”", "`to`"),
    ("then_word", "“则”", "`then`"),
    ("else_word", "“否则”", "`else`"),
    ("to_word", "“到”", "`to`"),
    ("if_word", "“若”", "`if`"),
];

/// Joins the phrases of the rules expected, at most six, each once; `None` when none of them has one.
pub(super) fn expected<'a>(rules: impl Iterator<Item = &'a str>) -> Option<Text> {
    let mut phrases: Vec<(&str, &str)> = Vec::new();
    for rule in rules {
        if let Some((_, zh, en)) = PHRASES.iter().find(|(name, _, _)| *name == rule)
            && !phrases.contains(&(zh, en))
        {
            phrases.push((zh, en));
        }
    }
    phrases.truncate(6);
    if phrases.is_empty() {
        return None;
    }
    let zh = phrases.iter().map(|(zh, _)| *zh).collect::<Vec<_>>().join("、");
    let en = phrases.iter().map(|(_, en)| *en).collect::<Vec<_>>().join(" or ");
    Some(Text::new(zh, en))
}

#[cfg(test)]
mod tests {
    use super::PHRASES;

    #[test]
    fn every_phrase_belongs_to_a_grammar_rule() {
        let grammar = include_str!("../../grammar/lenity.pest");
        for (rule, _, _) in PHRASES.iter().filter(|(rule, _, _)| *rule != "EOI") {
            let defined = grammar.lines().any(|line| line.split('=').next().is_some_and(|head| head.trim() == *rule));
            assert!(defined, "{rule} is not a rule of the grammar");
        }
    }
}
