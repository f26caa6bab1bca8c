//! Rules of the size of a whole province: what checking them costs.

use std::fmt::Write;

use lenity::MemoryLoader;

/// The name of the pack that [`many_benchmarks`] makes.
pub const BENCHMARKS: &str = "province";
/// The name of the pack that [`large_table`] makes.
pub const TABLE: &str = "table";

/// Rows of the factors of one benchmark of [`many_benchmarks`].
pub const ROWS: usize = 35;
/// Violations that share their facts: those of one chapter of a catalogue, such as water or waste.
const CHAPTER: usize = 25;

/// A pack of `count` violations, each with a benchmark of eight factors and [`ROWS`] rows, of the shapes of Guangdong's tables:
/// whole numbers, members of a type, bands of a quantity, conditions over several facts, yes or no. Figures differ from one
/// violation to the next; facts are shared by the violations of a chapter, and some by all.
#[must_use]
pub fn many_benchmarks(count: usize) -> MemoryLoader {
    let mut rules = SHARED.to_owned();
    for chapter in 0..count.div_ceil(CHAPTER) {
        rules.push_str(&CHAPTER_FACTS.replace("{c}", &chapter.to_string()));
    }
    for number in 0..count {
        benchmark(&mut rules, number);
    }
    let manifest = format!("name = \"{BENCHMARKS}\"\nversion = \"1\"\narea = \"cn\"\nstatus = \"assumed\"\n");
    MemoryLoader::new().with(BENCHMARKS, &manifest, [("province.lenity", rules.as_str())])
}

/// The steps of a factor grow by amounts that depend on the violation.
fn weight(number: usize, factor: usize, row: usize) -> usize {
    row * (1 + (number + factor * 3) % 4) + row * row.saturating_sub(1) / 2
}

fn benchmark(rules: &mut String, number: usize) {
    let chapter = number / CHAPTER;
    let party = if number.is_multiple_of(3) { "单位, 个人" } else { "单位" };
    let elements = if number.is_multiple_of(4) { format!("超标倍数{chapter} > 0") } else { "是".to_owned() };
    let fine = match number % 2 {
        0 => "总权重 × 法定最高",
        _ => "法定最低 + 总权重 × (法定最高 - 法定最低)",
    };
    let w = |factor: usize, row: usize| weight(number, factor, row);
    // Writing to a string cannot fail.
    let _ = write!(
        rules,
        r"
违法行为 many.v{number} “第{number}种违法行为” / “violation {number}” {{
    依据 《某法》第{article}条
    对象 {party}
    成立 {elements}
    罚款 {low}万元 至 {high}万元
}}
裁量基准 many.v{number} “第{number}种违法行为的裁量表” / “table for violation {number}” {{
    依据 《某法》第{article}条
    权重 总权重 “总权重” / “sum of weights” {{
        起点 {start}%
        因素 次数 {{ 1 => 0%; 2 => {a1}%; 3 => {a2}%; >= 4 => {a3}% }}
        因素 区域 {{ 一般 => 0%; 限批 => {b1}%; 敏感 => {b2}%; 保护区 => {b3}% }}
        因素 日排放量{chapter} {{ < 50 => 0%; [50, 200) => {c1}%; [200, 500) => {c2}%; >= 500 => {c3}% }}
        因素 超标倍数{chapter} {{ < 1 => 0%; [1, 3) => {d1}%; [3, 8) => {d2}%; [8, 20) => {d3}%; >= 20 => {d4}% }}
        因素 类别{chapter} {{ 甲{chapter} => 0%; 乙{chapter} => {e1}%; 丙{chapter} => {e2}%; 丁{chapter} => {e3}%; 戊{chapter} => {e4}% }}
        因素 情况 “情况” / “state of affairs” 取最高 {{
            仅一项{chapter} 且 比例{chapter} < 10%                                        => 0%
            仅一项{chapter} 且 比例{chapter} >= 10%                                       => {f1}%
            非 仅一项{chapter} 且 (比例{chapter} < 30% 或 个数{chapter} < 3)              => {f2}%
            非 仅一项{chapter} 且 (比例{chapter} 在 [30%, 50%) 或 个数{chapter} 在 [3, 8)) => {f3}%
            非 仅一项{chapter} 且 (比例{chapter} 在 [50%, 80%) 或 个数{chapter} 在 [8, 20)) => {f4}%
            非 仅一项{chapter} 且 (比例{chapter} >= 80% 或 个数{chapter} >= 20)            => {f5}%
        }}
        因素 改正{chapter} {{ 是 => 0%; 否 => {g1}% }}
        因素 天数{chapter} {{ < 10 => 0%; [10, 30) => {h1}%; [30, 90) => {h2}%; [90, 180) => {h3}%; >= 180 => {h4}% }}
        不超过 100%
    }}
    罚款 = {fine}
}}
",
        article = number + 1,
        low = 1 + number % 5,
        high = 20 + 10 * (number % 9),
        start = 10 + number % 5,
        a1 = w(1, 1),
        a2 = w(1, 2),
        a3 = w(1, 3),
        b1 = w(2, 1),
        b2 = w(2, 2),
        b3 = w(2, 3),
        c1 = w(3, 1),
        c2 = w(3, 2),
        c3 = w(3, 3),
        d1 = w(4, 1),
        d2 = w(4, 2),
        d3 = w(4, 3),
        d4 = w(4, 4),
        e1 = w(5, 1),
        e2 = w(5, 2),
        e3 = w(5, 3),
        e4 = w(5, 4),
        f1 = w(6, 1),
        f2 = w(6, 2),
        f3 = w(6, 3),
        f4 = w(6, 4),
        f5 = w(6, 5),
        g1 = w(7, 1),
        h1 = w(8, 1),
        h2 = w(8, 2),
        h3 = w(8, 3),
        h4 = w(8, 4),
    );
}

/// A pack of one violation whose benchmark is a `unique` table of four keys: eight members, and ten bands of each of three
/// numbers, which are 8,000 rows. Every row gives an amount of its own.
#[must_use]
pub fn large_table() -> MemoryLoader {
    let mut rules = TABLE_FACTS.to_owned();
    let band = |number: usize, by: usize| match number {
        0 => format!("< {by}"),
        9 => format!(">= {}", 9 * by),
        _ => format!("[{}, {})", number * by, (number + 1) * by),
    };
    let mut amount = 10_000;
    for member in ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"] {
        for days in 0..10 {
            for times in 0..10 {
                for share in 0..10 {
                    amount += 7;
                    // Writing to a string cannot fail.
                    let _ = writeln!(
                        rules,
                        "    | {member} | {} | {} | {} | => {amount}元 |",
                        band(days, 7),
                        band(times, 3),
                        band(share, 2)
                    );
                }
            }
        }
    }
    rules.push_str(TABLE_USE);
    let manifest = format!("name = \"{TABLE}\"\nversion = \"1\"\narea = \"cn\"\nstatus = \"assumed\"\n");
    MemoryLoader::new().with(TABLE, &manifest, [("table.lenity", rules.as_str())])
}

const SHARED: &str = r"
法规 《某法》 “《某法》” / “Some Law” { 层级 法律; 区域 cn; 施行 2020-01-01 起 }
类型 敏感程度 有序 { 一般; 限批; 敏感; 保护区 }
事实 次数 “两年内同类违法次数” / “violations within two years” { 类型 整数; 范围 >= 1 }
事实 区域 “所在区域” / “area” { 类型 敏感程度 }
";

const CHAPTER_FACTS: &str = r"
类型 物质{c} { 甲{c}; 乙{c}; 丙{c}; 丁{c}; 戊{c} }
事实 日排放量{c} “日排放量” / “discharge a day” { 类型 小数; 范围 >= 0 }
事实 超标倍数{c} “超标倍数” / “times over the standard” { 类型 小数; 范围 >= 0 }
事实 类别{c} “类别” / “class” { 类型 物质{c} }
事实 仅一项{c} “仅一项超标” / “one item only” { 类型 是否 }
事实 比例{c} “比例” / “share” { 类型 百分比; 范围 >= 0% }
事实 个数{c} “个数” / “number” { 类型 整数; 范围 >= 0 }
事实 改正{c} “按期改正” / “put right in time” { 类型 是否 }
事实 天数{c} “持续天数” / “days” { 类型 整数; 范围 >= 0 }
";

const TABLE_FACTS: &str = r"
法规 《某法》 “《某法》” / “Some Law” { 层级 法律; 区域 cn; 施行 2020-01-01 起 }
类型 物质 { 甲; 乙; 丙; 丁; 戊; 己; 庚; 辛 }
事实 类别 “类别” / “class” { 类型 物质 }
事实 天数 “天数” / “days” { 类型 整数; 范围 >= 0 }
事实 次数 “次数” / “times” { 类型 整数; 范围 >= 0 }
事实 倍数 “倍数” / “times over” { 类型 小数; 范围 >= 0 }
违法行为 many.table “违法行为” / “violation” {
    依据 《某法》第1条
    对象 单位
    成立 是
    罚款 1万元 至 10万元
}
表 数额 “数额” / “amounts” {
    依据 《某法》第1条
    | 类别 | 天数 | 次数 | 倍数 | => 数额 |
";

const TABLE_USE: &str = r"}
裁量基准 many.table “裁量表” / “table” {
    依据 《某法》第1条
    罚款 = 数额
}
";

#[cfg(test)]
mod tests {
    use lenity::{Ruleset, diagnostic::Code};

    use super::{BENCHMARKS, ROWS, TABLE, large_table, many_benchmarks};

    #[test]
    fn a_benchmark_has_as_many_rows_as_are_named_and_is_checked_completely() {
        let ruleset = Ruleset::load(&many_benchmarks(4), BENCHMARKS).unwrap().ruleset;
        for violation in ruleset.program().violations.values() {
            let rows: usize = violation
                .benchmarks
                .iter()
                .flat_map(|benchmark| &benchmark.steps)
                .filter_map(|step| match step {
                    lenity::program::BenchmarkStep::Weights(_, weights, _) => Some(&weights.factors),
                    lenity::program::BenchmarkStep::Let(..) => None,
                })
                .flatten()
                .map(|factor| factor.rows.len())
                .sum();
            assert_eq!(rows, ROWS);
        }
        assert!(ruleset.verify().iter().all(|finding| finding.diagnostic.code != Code::NotDecided));
    }

    #[test]
    fn the_table_has_its_rows() {
        let ruleset = Ruleset::load(&large_table(), TABLE).unwrap().ruleset;
        assert_eq!(ruleset.program().tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [8_000]);
    }
}
