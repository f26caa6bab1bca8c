/// The value of a Chinese numeral such as 八十三 or 一千一百七十五, up to thousands.
///
/// ```
/// use lenity::syntax::chinese_numeral;
/// assert_eq!(chinese_numeral("一千一百七十五"), Some(1175));
/// assert_eq!(chinese_numeral("十"), Some(10));
/// assert_eq!(chinese_numeral("一千零五"), Some(1005));
/// assert_eq!(chinese_numeral("十百"), None);
/// ```
#[must_use]
pub fn chinese_numeral(text: &str) -> Option<u32> {
    let (mut total, mut digit, mut last_unit) = (0_u32, None::<u32>, u32::MAX);
    let mut any = false;
    for letter in text.chars() {
        if let Some(value) =
            "零一二三四五六七八九".chars().position(|each| each == if letter == '〇' { '零' } else { letter })
        {
            if digit.is_some_and(|before| before != 0) {
                return None;
            }
            digit = Some(u32::try_from(value).ok()?);
        } else {
            let unit = match letter {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                _ => return None,
            };
            if unit >= last_unit || (digit.is_none() && any) {
                return None;
            }
            total = total.checked_add(digit.unwrap_or(1).checked_mul(unit)?)?;
            (digit, last_unit) = (None, unit);
        }
        any = true;
    }
    any.then(|| total.checked_add(digit.unwrap_or(0))).flatten()
}
