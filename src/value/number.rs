use std::fmt;
use std::hash::{Hash, Hasher};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, Zero};
use rust_decimal::Decimal;

/// An exact rational number: 1/3 + 1/8 + 1/8 + 1/24 is 5/8, not nearly so.
///
/// Arithmetic is checked: a result that does not fit 128 bits is `None`, never wrapped and never rounded.
///
/// ```
/// use lenity::value::Number;
/// let sum = [(1, 3), (1, 8), (1, 8), (1, 24)]
///     .into_iter()
///     .try_fold(Number::ZERO, |sum, (n, d)| sum.plus(Number::ratio(n, d)?));
/// assert_eq!(sum, Number::ratio(5, 8));
/// ```
#[derive(Clone, Copy, Eq, Debug)]
pub struct Number(Ratio<i128>);

// A number is always kept reduced, so that equal ones have the same parts; a ratio that may not be would have to divide.
impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.numer() == other.0.numer() && self.0.denom() == other.0.denom()
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.small() {
            Some((numerator, denominator)) => {
                state.write_i64(numerator);
                state.write_i64(denominator);
            }
            None => {
                state.write_i128(*self.0.numer());
                state.write_i128(*self.0.denom());
            }
        }
    }
}

/// Why a text is not a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseNumberError {
    /// Not digits with at most one decimal point.
    #[error("not a decimal number")]
    NotANumber,
    /// More than 28 significant digits, or more than fit 96 bits.
    #[error("more than 28 digits")]
    TooLong,
}

/// How a number that is not a multiple of the rounding step becomes one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RoundingMode {
    /// 舍去: toward zero.
    Down,
    /// 进一: away from zero.
    Up,
    /// 四舍五入: to the nearest, a half away from zero.
    HalfUp,
}

impl Number {
    /// Zero.
    pub const ZERO: Number = Number(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Number = Number(Ratio::new_raw(1, 1));

    /// A whole number.
    #[must_use]
    pub const fn integer(value: i64) -> Self {
        Number(Ratio::new_raw(value as i128, 1))
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        (denominator != 0).then(|| Number(Ratio::new(i128::from(numerator), i128::from(denominator))))
    }

    /// Reads a decimal exactly. Digits may be grouped with `_`, or by thousands with `,`; full-width digits are read too.
    ///
    /// # Errors
    /// When the text is not a decimal, or has more than 28 significant digits.
    pub fn parse(text: &str) -> Result<Self, ParseNumberError> {
        let mut plain = String::with_capacity(text.len());
        let mut digit_before = false;
        let mut any_digit = false;
        let mut point = false;
        // Digits since the last comma: three, so that `2,4` is never read as 24.
        let mut group: Option<u8> = None;
        for (index, letter) in text.trim().chars().enumerate() {
            let letter = halfwidth(letter);
            match letter {
                '0'..='9' => {
                    any_digit = true;
                    plain.push(letter);
                    group = group.map(|digits| digits.saturating_add(1));
                }
                '_' if digit_before => {
                    digit_before = false;
                    continue;
                }
                ',' if digit_before && !point && group.is_none_or(|digits| digits == 3) => {
                    group = Some(0);
                    digit_before = false;
                    continue;
                }
                '.' if !point && digit_before && group.is_none_or(|digits| digits == 3) => {
                    group = None;
                    point = true;
                    plain.push('.');
                }
                '-' | '+' if index == 0 => {
                    if letter == '-' {
                        plain.push('-');
                    }
                }
                _ => return Err(ParseNumberError::NotANumber),
            }
            digit_before = letter.is_ascii_digit();
        }
        if !any_digit || !digit_before || group.is_some_and(|digits| digits != 3) {
            return Err(ParseNumberError::NotANumber);
        }
        let decimal = Decimal::from_str_exact(&plain).map_err(|_| ParseNumberError::TooLong)?;
        let denominator = 10_i128.checked_pow(decimal.scale()).ok_or(ParseNumberError::TooLong)?;
        Ok(Number(Ratio::new(decimal.mantissa(), denominator)))
    }

    /// Numerator and denominator, when both are small enough to be multiplied without a check: nearly always.
    fn small(self) -> Option<(i64, i64)> {
        Some((i64::try_from(*self.0.numer()).ok()?, i64::try_from(*self.0.denom()).ok()?))
    }

    /// `numerator / denominator` reduced, in machine words where they suffice.
    fn reduced(numerator: i128, denominator: i128) -> Number {
        if denominator == 1 {
            return Number(Ratio::new_raw(numerator, 1));
        }
        match (u64::try_from(numerator.unsigned_abs()), u64::try_from(denominator)) {
            (Ok(top), Ok(bottom)) => {
                let divisor = i128::from(greatest_common_divisor(top, bottom).max(1));
                let part = |of: i128| of.checked_div(divisor).unwrap_or(of);
                Number(Ratio::new_raw(part(numerator), part(denominator)))
            }
            _ => Number(Ratio::new(numerator, denominator)),
        }
    }

    /// Sum, or `None` when it does not fit.
    #[must_use]
    pub fn plus(self, other: Number) -> Option<Number> {
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let wide = |x: i64, y: i64| i128::from(x).checked_mul(i128::from(y));
            if b == d {
                return Some(Number::reduced(i128::from(a).checked_add(i128::from(c))?, i128::from(b)));
            }
            return Some(Number::reduced(wide(a, d)?.checked_add(wide(c, b)?)?, wide(b, d)?));
        }
        self.0.checked_add(&other.0).map(Number)
    }

    /// Difference, or `None` when it does not fit.
    #[must_use]
    pub fn subtract(self, other: Number) -> Option<Number> {
        match other.small() {
            Some((c, d)) if c != i64::MIN => {
                self.plus(Number(Ratio::new_raw(i128::from(c).checked_neg()?, i128::from(d))))
            }
            _ => self.0.checked_sub(&other.0).map(Number),
        }
    }

    /// Product, or `None` when it does not fit.
    #[must_use]
    pub fn multiply(self, other: Number) -> Option<Number> {
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let wide = |x: i64, y: i64| i128::from(x).checked_mul(i128::from(y));
            return Some(Number::reduced(wide(a, c)?, wide(b, d)?));
        }
        self.0.checked_mul(&other.0).map(Number)
    }

    /// Quotient, or `None` when the divisor is zero or the result does not fit.
    #[must_use]
    pub fn divide(self, other: Number) -> Option<Number> {
        if other.0.is_zero() { None } else { self.0.checked_div(&other.0).map(Number) }
    }

    /// The number with its sign changed, or `None` when it does not fit.
    #[must_use]
    pub fn negate(self) -> Option<Number> {
        Number::ZERO.subtract(self)
    }

    /// Whether there is no fractional part.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// The value as a machine integer, when it is whole and fits.
    #[must_use]
    pub fn to_integer(self) -> Option<i64> {
        if self.0.is_integer() { i64::try_from(*self.0.numer()).ok() } else { None }
    }

    /// The nearest multiple of `step` in the direction of `mode`; `None` when `step` is not above zero or the result does not fit.
    #[must_use]
    pub fn round_to(self, step: Number, mode: RoundingMode) -> Option<Number> {
        if step.0 <= Ratio::zero() {
            return None;
        }
        if self.0.is_integer() && *step.0.numer() == 1 {
            return Some(self);
        }
        let quotient = self.divide(step)?.0;
        let whole = match mode {
            RoundingMode::Down => quotient.trunc(),
            RoundingMode::Up if quotient.is_negative() => quotient.floor(),
            RoundingMode::Up => quotient.ceil(),
            RoundingMode::HalfUp => quotient.round(),
        };
        Number(whole).multiply(step)
    }

    /// The number as an exact decimal; `None` when it does not end (1/3) or has more than 28 digits.
    fn to_decimal(self) -> Option<Decimal> {
        let (mut rest, mut scale) = (*self.0.denom(), 0_u32);
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while rest % 2 == 0 {
            rest = rest.checked_div(2)?;
            twos = twos.checked_add(1)?;
        }
        while rest % 5 == 0 {
            rest = rest.checked_div(5)?;
            fives = fives.checked_add(1)?;
        }
        if rest != 1 {
            return None;
        }
        scale = scale.max(twos).max(fives);
        let factor = 10_i128.checked_pow(scale)?.checked_div(*self.0.denom())?;
        Decimal::try_from_i128_with_scale(i128::checked_mul(*self.0.numer(), factor)?, scale).ok()
    }

    /// The number with thousands grouped by commas, as amounts are printed: `360,000`, `1,234.5`, or `1/3`.
    #[must_use]
    pub fn grouped(self) -> String {
        let text = self.to_string();
        if text.contains('/') {
            return text;
        }
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let mut out = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len().saturating_sub(index) % 3 == 0 {
                out.push(',');
            }
            out.push(digit);
        }
        if let Some(part) = fraction {
            out.push('.');
            out.push_str(part);
        }
        out
    }

    /// The number as a percentage: `36%`, or `33 1/3%` for a third.
    #[must_use]
    pub fn percent(self) -> String {
        match self.multiply(Number::integer(100)) {
            Some(hundredfold) if hundredfold.to_decimal().is_some() => format!("{hundredfold}%"),
            Some(hundredfold) => {
                let whole = Number(hundredfold.0.trunc());
                match hundredfold.subtract(whole) {
                    Some(part) if !whole.0.is_zero() && !part.is_negative() => {
                        format!("{whole} {part}%")
                    }
                    _ => format!("{hundredfold}%"),
                }
            }
            None => format!("{self}"),
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.0.denom() == other.0.denom() {
            return self.0.numer().cmp(other.0.numer());
        }
        if let (Some((a, b)), Some((c, d))) = (self.small(), other.small()) {
            let wide = |x: i64, y: i64| i128::from(x).saturating_mul(i128::from(y));
            return wide(a, d).cmp(&wide(c, b));
        }
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Euclid's algorithm in machine words.
fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => write!(f, "{}", decimal.normalize()),
            None => write!(f, "{}", self.0),
        }
    }
}

/// The ASCII form of a full-width character; others stay.
fn halfwidth(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code.saturating_sub(0xFEE0)).unwrap_or(letter),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_and_printed_exactly() {
        for text in ["0", "0.1", "-3.25", "360000", "0.0000000000000000000000000001", "9999999999999999999999999999"] {
            assert_eq!(number(text).to_string(), text);
        }
        assert_eq!(number("0.1").plus(number("0.2")), Some(number("0.3")));
    }

    #[test]
    fn grouping_and_fullwidth_digits_are_read() {
        assert_eq!(number("100_000"), number("１００,０００"));
        assert_eq!(number("1,234.5"), number("1234.5"));
        for bad in ["2,4", "1,2345", "1,23.4", "1,234,5", "1.234,567"] {
            assert_eq!(Number::parse(bad), Err(ParseNumberError::NotANumber), "{bad}");
        }
        for bad in ["", ".", "1.", ".5", "1..2", "1e5", "_1", "1__0", "0x10", "1 2"] {
            assert_eq!(Number::parse(bad), Err(ParseNumberError::NotANumber), "{bad}");
        }
        assert_eq!(Number::parse("0.00000000000000000000000000001"), Err(ParseNumberError::TooLong));
    }

    #[test]
    fn printing_groups_and_percents() {
        assert_eq!(number("1234567.5").grouped(), "1,234,567.5");
        assert_eq!(number("-1000").grouped(), "-1,000");
        assert_eq!(number("0.36").percent(), "36%");
        assert_eq!(Number::ratio(1, 3).unwrap().percent(), "33 1/3%");
        assert_eq!(Number::ratio(1, 3).unwrap().to_string(), "1/3");
    }

    #[test]
    fn rounding_goes_the_declared_way() {
        let cases = [
            ("123.45", "1", "123", "124", "123"),
            ("150", "100", "100", "200", "200"),
            ("-1.5", "1", "-1", "-2", "-2"),
        ];
        for (value, step, down, up, half) in cases {
            let (value, step) = (number(value), number(step));
            assert_eq!(value.round_to(step, RoundingMode::Down), Some(number(down)));
            assert_eq!(value.round_to(step, RoundingMode::Up), Some(number(up)));
            assert_eq!(value.round_to(step, RoundingMode::HalfUp), Some(number(half)));
        }
        assert_eq!(number("1").round_to(Number::ZERO, RoundingMode::Down), None);
    }

    #[test]
    fn machine_words_and_wide_words_agree() {
        let values = [0, 1, -1, 2, 3, 7, -12, 100, 1_000_000, i64::MAX, i64::MIN, i64::MAX - 1];
        for a in values {
            for b in values {
                for (c, d) in [(1, 1), (1, 3), (-7, 100), (i64::MAX, 2), (5, i64::MAX)] {
                    let (Some(x), Some(y)) = (Number::ratio(a, b), Number::ratio(c, d)) else { continue };
                    assert_eq!(x.plus(y), x.0.checked_add(&y.0).map(Number), "{x} + {y}");
                    assert_eq!(x.subtract(y), x.0.checked_sub(&y.0).map(Number), "{x} - {y}");
                    assert_eq!(x.multiply(y), x.0.checked_mul(&y.0).map(Number), "{x} * {y}");
                    assert_eq!(x.cmp(&y), x.0.cmp(&y.0), "{x} <> {y}");
                }
            }
        }
    }

    #[test]
    fn overflow_is_none() {
        let large = number("9999999999999999999999999999");
        let square = large.multiply(large);
        assert_eq!(square, None);
        assert_eq!(Number::ONE.divide(Number::ZERO), None);
    }
}
