//! Rules made for measuring: as many violations as wanted, all alike.

pub mod scale;

use std::fmt::Write;

use lenity::MemoryLoader;

/// The name of the pack that [`many_violations`] makes.
pub const PACK: &str = "many";

/// A case under the rules of [`many_violations`]; its violation is the first of them.
pub const CASE: &str = r#"
id = "many"
decided_on = 2024-06-01

[party]
kind = "unit"

[[acts]]
id = "a1"
began_on = 2024-03-18
ended_on = 2024-03-18
violations = ["many.v1"]

[acts.facts]
次数 = 2
"#;

/// A pack of `count` violations, each with a benchmark of its own.
#[must_use]
pub fn many_violations(count: usize) -> MemoryLoader {
    let mut rules = SHARED.to_owned();
    for number in 1..=count {
        // Writing to a string cannot fail.
        let _ = write!(rules, "{}", VIOLATION.replace("{n}", &number.to_string()));
    }
    let manifest = format!("name = \"{PACK}\"\nversion = \"1\"\narea = \"cn\"\nstatus = \"assumed\"\n");
    MemoryLoader::new().with(PACK, &manifest, [("many.lenity", rules.as_str())])
}

const SHARED: &str = r#"
法规 《某法》 “《某法》” / "Some Law" {
    层级 法律
    区域 cn
    施行 2020-01-01 起
}

事实 次数 “次数” / "times" {
    类型 整数
    范围 >= 1
    问 “共几次？” / "How many times?"
}
"#;

const VIOLATION: &str = r#"
违法行为 many.v{n} “第{n}种违法行为” / "violation {n}" {
    依据 《某法》第{n}条
    施行 2020-01-01 起
    对象 单位
    成立 次数 >= 1
    罚款 1万元 至 10万元
}

裁量基准 many.v{n} “第{n}种违法行为的裁量表” / "table for violation {n}" {
    依据 《某法》第{n}条
    施行 2020-01-01 起
    区域 cn

    权重 总权重 “总权重” / "sum of weights" {
        起点 10%
        因素 次数 { 1 => 0%; 2 => 5%; >= 3 => 20% }
        不超过 100%
    }
    罚款 = 总权重 × 法定最高
}
"#;

#[cfg(test)]
mod tests {
    use lenity::{Case, Ruleset};

    use super::{CASE, PACK, many_violations};

    #[test]
    fn the_case_has_the_same_fine_among_few_violations_and_many() {
        for count in [1, 30] {
            let ruleset = Ruleset::load(&many_violations(count), PACK).unwrap().ruleset;
            assert_eq!(ruleset.program().violations.len(), count);
            let case = Case::from_toml(&ruleset, "case.toml", CASE).unwrap();
            let total = ruleset.evaluate(&case).total();
            assert_eq!(total, Some(lenity::value::Number::integer(15_000)));
        }
    }
}
