use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::trail::Problem;

/// Why no answer can be given, in a sentence.
impl Reader<'_> {
    pub(crate) fn problem(&self, problem: Problem) -> String {
        if let Problem::AmountElsewhere(rule) = problem {
            let norm = self.citation(rule).unwrap_or_default();
            let said = match self.lang {
                Lang::Chinese => format!("罚款数额规定在{norm}，须按该规定确定"),
                Lang::English => format!("the amount of the fine stands in {norm}, and is to be found there"),
            };
            return format!("{said}{}", self.bracketed(&problem_code(problem)));
        }
        if let Problem::WrongDirection(rule) = problem {
            let name = self.rule_name(rule);
            let said = match self.lang {
                Lang::Chinese => {
                    format!("情节“{name}”的效果与它的方向相反：从轻、减轻却使数额升高，或者从重却使数额降低，没有计入")
                }
                Lang::English => format!(
                    "the effect of the circumstance “{name}” goes against its direction: lighter or reduced, it raises the amount, or heavier, it lowers it; it is not counted"
                ),
            };
            return format!("{said}{}", self.bracketed(&problem_code(problem)));
        }
        let (zh, en) = match problem {
            Problem::NoCalendar(year) => {
                let text = match self.lang {
                    Lang::Chinese => format!("规则包没有{year}年的工作日历，不能计算工作日"),
                    Lang::English => format!("the rules hold no calendar of working days for {year}"),
                };
                return format!("{text}{}", self.bracketed(&problem_code(problem)));
            }
            Problem::IntervalInvalid => {
                ("记录中有期间的止日早于起日", "a record gives an interval that ends before it begins")
            }
            Problem::NoRow => ("表中没有一行包含这些值", "no row of the table covers these values"),
            Problem::SeveralRows => {
                ("表只许一行命中，却有几行都包含这些值", "several rows of a table that allows one cover these values")
            }
            Problem::Arithmetic => (
                "数值超出精确运算的范围，或者除数为零",
                "a figure is too large for exact arithmetic, or a divisor is zero",
            ),
            Problem::NoVersion => {
                ("规则包没有该日有效的规定", "the rules hold no version of the violation in force on that day")
            }
            Problem::NotInForce => (
                "用到的定义、表或措施在所用规则的日期没有有效的版本",
                "a definition, table or measure that is used has no version in force on the day whose rules are used",
            ),
            Problem::NoMinimum => (
                "计算以法定最低为起点，而法律没有规定最低罚款",
                "the computation starts from the statutory minimum, and the law gives none",
            ),
            Problem::NotEstablished => (
                "有因素无法查明，而规则没有规定此时如何计算",
                "a factor cannot be established, and the rules do not say what it counts as then",
            ),
            Problem::NotComparable => (
                "新旧规定的法定幅度交叉，又没有计算出金额，不能判断哪个较轻",
                "the statutory ranges of old and new law cross, and no amounts are worked out, so neither can be called lighter",
            ),
            Problem::OtherRules => (
                "案件是按另一套规则读入的，须用现在的规则重新读入",
                "the case was read by other rules; read it again by these",
            ),
            Problem::NoBand => (
                "规则以裁量档次的一端为准，而裁量基准没有写明档次",
                "a rule goes by an end of the discretion tier, and the benchmark names none",
            ),
            Problem::RangeInvalid => (
                "按已知事实，罚款幅度的两端为负或者颠倒",
                "with the facts given, the ends of the fine are negative or in the wrong order",
            ),
            Problem::ThresholdsChanged => (
                "入罪标准在行为之后有变动，按新旧标准是否移送结论不同，须由法制人员研究决定",
                "the thresholds of a crime changed after the act, and old and new lead to different answers on referral: ask a lawyer",
            ),
            Problem::NoRecord => (
                "要取记录中的最大值或最小值，而没有符合条件的记录",
                "the largest or smallest of records is due, and no record fits",
            ),
            Problem::ProvisionInexact => (
                "两个条款中有一个没有写到项，无法判断是否同一条款",
                "one of two provisions is named less exactly than the other, so it cannot be said whether they are the same",
            ),
            Problem::TooManyRecords => {
                ("要逐条核对的记录超过上限", "more records would have to be looked at than the limit")
            }
            Problem::UnitNotSettled => (
                "本条以单位受到处罚为前提，而对单位的处理尚未确定，见对单位的建议",
                "this rests on the penalty of the unit, which is not settled: see what is recommended for the unit",
            ),
            Problem::AbsentUnsaid => (
                "案件说没有这一项，而规则没有规定此时如何处理",
                "the case says that there is none, and the rule does not say what happens then",
            ),
            Problem::WrongDirection(_) => ("情节的效果与它的方向相反", "an effect goes against its direction"),
            Problem::AmountElsewhere(_) => ("罚款数额规定在别处", "the amount stands in another norm"),
            Problem::FineCaseUncovered => (
                "法条对这个数额没有规定罚款：它不属于写明的任何一种情形",
                "the article gives no fine for this amount: it falls in none of the cases written",
            ),
            Problem::BandNotFollowed => (
                "裁量基准给出的是幅度，而这个效果不随罚款按比例增减，不能由两端推出；须先确定数额",
                "the benchmark gives a band, and this effect does not follow the fine in proportion, so its ends say nothing of what lies between; settle the amount first",
            ),
            Problem::NormsConflict => (
                "对同一行为的几个规定不一致，法律没有规定哪个优先（如地方性法规与部门规章），须按立法法报请裁决",
                "norms on the same conduct conflict, and the law does not say which prevails, as between a local regulation and a departmental rule: refer the question up under the Legislation Law",
            ),
            Problem::NoNormPrinciple => (
                "一个行为触犯几个规定，规则包没有规定如何比较罚款",
                "one act breaks several norms, and no principle says how their fines compare",
            ),
            Problem::NormsNotComparable => (
                "按原则不能判断哪个规定的罚款较高，须由行政机关确定数额后比较",
                "the principle does not tell which norm has the higher fine: the authority has to fix the amounts and compare them",
            ),
            Problem::PenaltiesNotComparable => (
                "依照较重的规定处罚，而几个规定的处罚从整体上分不出轻重，须由法制人员研究决定",
                "the heavier penalty applies, and as a whole neither can be called heavier: ask a lawyer",
            ),
            Problem::LawsNotComparable => (
                "竞合之后，新旧法的处罚互有轻重或者种类不同，不能判断哪个较轻，须由法制人员研究决定",
                "after concurrence old and new law differ in kind or are each lighter in its own way, so neither can be called lighter: ask a lawyer",
            ),
            Problem::NoPrinciple => (
                "有新旧规定，却没有规定如何选择的原则",
                "there are two versions of the law and no principle that says which one applies",
            ),
        };
        format!("{}{}", self.pick(zh, en), self.bracketed(&problem_code(problem)))
    }
}

/// The stable code of a problem.
pub(crate) fn problem_code(problem: Problem) -> String {
    problem.code().name()
}
