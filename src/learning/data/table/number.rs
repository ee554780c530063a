//! Reads how a number may be spelled, and what its spelling says of the marks in it.
//!
//! `1,234` alone may be a thousand or little more than one. So a field is never read by itself: what its marks prove, or
//! leave open, is gathered for its whole column, which decides (see [`marks`](super::marks)).

/// The comma stands before decimals, as in `12,5` or `1.234,5`.
pub(super) const COMMA_IS_DECIMAL: u8 = 1;
/// The point stands before decimals, as in `12.5` or `1,234.5`.
pub(super) const POINT_IS_DECIMAL: u8 = 1 << 1;
/// The comma stands between thousands, as in `1,234,567` or `1,234.5`.
pub(super) const COMMA_GROUPS: u8 = 1 << 2;
/// The point stands between thousands, as in `1.234.567` or `1.234,5`.
pub(super) const POINT_GROUPS: u8 = 1 << 3;
/// The comma may be either, as in `1,234`.
pub(super) const COMMA_IS_EITHER: u8 = 1 << 4;
/// The point may be either, as in `1.234`.
pub(super) const POINT_IS_EITHER: u8 = 1 << 5;
/// A whole number below a thousand: it would have no mark between thousands.
pub(super) const SHORT_WHOLE: u8 = 1 << 6;
/// A whole number from a thousand that has no mark.
pub(super) const LONG_WHOLE: u8 = 1 << 7;

/// Up to this whole numbers are exact in double precision.
const MOST_EXACT: u64 = 1 << 53;
/// Powers of ten that are exact in double precision: a quotient of two exact numbers is the double nearest to what was
/// written (Clinger, How to read floating point numbers accurately, 1990, section 3).
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// What is written at a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sign {
    #[default]
    None,
    /// `%`: the number is as it is written, in hundredths.
    Percent,
    /// Such as `$`.
    Currency(char),
}

/// A field that is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// Where marks leave it open, what it is if the point stands before decimals.
    pub(super) value: f64,
    /// What the marks say: one of the constants above, or several.
    pub(super) marks: u8,
    pub(super) sign: Sign,
}

/// Reads a field without blanks around it; `None` if it is no finite number, however it is spelled.
pub(super) fn number(field: &[u8]) -> Option<Number> {
    plain(field).or_else(|| spelled(std::str::from_utf8(field).ok()?))
}

/// Whether a field is spelled as a number that has no end or is beyond all numbers, such as `inf` or `1e999`.
pub(super) fn is_endless(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_infinite)
}

/// Digits with at most one mark, which nearly all numbers are.
#[inline]
fn plain(field: &[u8]) -> Option<Number> {
    let (negative, digits) = match field {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    // Nineteen digits always fit.
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    let mut whole = 0_u64;
    let mut mark = None;
    for (at, &byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole * 10 + u64::from(byte - b'0'),
            b'.' | b',' if mark.is_none() => mark = Some((byte, at)),
            _ => return None,
        }
    }
    if whole > MOST_EXACT {
        return None;
    }
    let signed = |value: f64| if negative { -value } else { value };
    let found = |value, marks| Some(Number { value: signed(value), marks, sign: Sign::None });
    let Some((mark, at)) = mark else {
        return found(whole as f64, whole_mark(digits.len()));
    };
    let decimals = digits.len() - at - 1;
    let marks = one_mark(mark, &digits[..at], decimals)?;
    let exact = whole as f64;
    if marks == COMMA_IS_EITHER {
        found(exact, marks)
    } else {
        found(exact / EXACT_POWERS[decimals], marks)
    }
}

fn whole_mark(digits: usize) -> u8 {
    if digits > 3 { LONG_WHOLE } else { SHORT_WHOLE }
}

/// What a single mark says between these digits and so many others.
fn one_mark(mark: u8, before: &[u8], after: usize) -> Option<u8> {
    // Nobody writes 0,123 for 123.
    let could_group = after == 3 && (1..=3).contains(&before.len()) && before[0] != b'0';
    match mark {
        _ if before.is_empty() && after == 0 => None,
        b',' if could_group => Some(COMMA_IS_EITHER),
        b',' if after == 0 => None,
        b',' => Some(COMMA_IS_DECIMAL),
        _ if could_group => Some(POINT_IS_EITHER),
        _ => Some(POINT_IS_DECIMAL),
    }
}

/// Any spelling: with currency or percent, in brackets when negative, with several marks, with an exponent.
fn spelled(text: &str) -> Option<Number> {
    let (bare, bracketed) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(within) => (within.trim(), true),
        None => (text, false),
    };
    let (bare, negative, sign) = bared(bare)?;
    let (bare, exponent) = match bare.find(['e', 'E']) {
        Some(at) if sign == Sign::None => (&bare[..at], Some(whole_exponent(&bare[at + 1..])?)),
        _ => (bare, None),
    };
    let (digits, marks) = ungrouped(bare)?;
    // A mark before a power of ten is no mark between thousands.
    let marks = match (exponent, marks) {
        (Some(_), COMMA_IS_EITHER) => COMMA_IS_DECIMAL,
        (Some(_), POINT_IS_EITHER) => POINT_IS_DECIMAL,
        (_, marks) => marks,
    };
    let digits = match (marks, digits.find(',')) {
        (COMMA_IS_DECIMAL, Some(at)) => format!("{}.{}", &digits[..at], &digits[at + 1..]),
        (COMMA_IS_EITHER, _) => digits.replace(',', ""),
        _ => digits,
    };
    let value: f64 = format!("{digits}e{}", exponent.unwrap_or(0)).parse().ok()?;
    let negative = negative != bracketed;
    value.is_finite().then_some(Number {
        value: if negative { -value } else { value },
        marks,
        sign,
    })
}

/// Takes minus and what else is written at a number off it.
fn bared(mut text: &str) -> Option<(&str, bool, Sign)> {
    let (mut negative, mut signed, mut sign) = (false, false, Sign::None);
    if let Some(before) = text.strip_suffix('%') {
        (text, sign) = (before.trim_end(), Sign::Percent);
    } else if let Some(last) = text.chars().next_back().filter(|last| is_currency(*last)) {
        (text, sign) = (text[..text.len() - last.len_utf8()].trim_end(), Sign::Currency(last));
    }
    loop {
        let first = text.chars().next()?;
        match first {
            '+' | '-' | '−' if !signed => (negative, signed) = (first != '+', true),
            _ if is_currency(first) && sign == Sign::None => sign = Sign::Currency(first),
            _ => return Some((text, negative, sign)),
        }
        text = &text[first.len_utf8()..];
        if sign != Sign::None {
            text = text.trim_start();
        }
    }
}

/// The signs of Unicode's category Sc that are written at amounts: <https://www.unicode.org/charts/PDF/U20A0.pdf>.
fn is_currency(letter: char) -> bool {
    matches!(
        letter,
        '$' | '¢' | '£' | '¤' | '¥' | '฿' | '\u{20a0}'
            ..='\u{20c0}' | '﹩' | '＄' | '￠' | '￡' | '￥' | '￦'
    )
}

fn whole_exponent(text: &str) -> Option<i32> {
    // What is longer is beyond all numbers or vanishes.
    (text.len() <= 6).then(|| text.parse().ok()).flatten()
}

/// A mark that is only ever between thousands: a blank of any width, or an apostrophe.
fn only_groups(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

/// Digits without marks between thousands, with the last mark if it may stand before decimals, and what the marks say.
fn ungrouped(text: &str) -> Option<(String, u8)> {
    let mut digits = String::with_capacity(text.len());
    let mut marks: Vec<char> = Vec::new();
    let mut lengths = vec![0_usize];
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            *lengths.last_mut()? += 1;
        } else if matches!(letter, '.' | ',') || only_groups(letter) {
            marks.push(letter);
            lengths.push(0);
        } else {
            return None;
        }
    }
    let (Some(&last), Some(&decimals)) = (marks.last(), lengths.last()) else {
        return Some((digits, whole_mark(lengths[0])));
    };
    if let ([mark @ ('.' | ',')], [before, after]) = (marks.as_slice(), lengths.as_slice()) {
        let said = one_mark(*mark as u8, &digits.as_bytes()[..*before], *after)?;
        digits.insert(*before, *mark);
        return Some((digits, said));
    }
    let (&first, others) = marks.split_first()?;
    let has_decimals = first != last && !only_groups(last);
    let grouping = if has_decimals { &others[..others.len() - 1] } else { others };
    let groups = if has_decimals { &lengths[..lengths.len() - 1] } else { &lengths[..] };
    if grouping.iter().any(|mark| *mark != first)
        || !are_thousands(groups, first)
        || digits.starts_with('0')
    {
        return None;
    }
    if has_decimals {
        if decimals == 0 {
            return None;
        }
        digits.insert(digits.len() - decimals, last);
    }
    let said = match (first, has_decimals.then_some(last)) {
        (',', None) => COMMA_GROUPS,
        ('.', None) => POINT_GROUPS,
        (',', Some(_)) => COMMA_GROUPS | POINT_IS_DECIMAL,
        ('.', Some(_)) => POINT_GROUPS | COMMA_IS_DECIMAL,
        (_, Some(',')) => COMMA_IS_DECIMAL,
        (_, Some(_)) => POINT_IS_DECIMAL,
        (_, None) => 0,
    };
    let digits = if said & COMMA_IS_DECIMAL != 0 { digits.replace(',', ".") } else { digits };
    Some((digits, said))
}

/// Whether digits come in groups of three, or with commas as in India: `12,34,567`.
fn are_thousands(groups: &[usize], mark: char) -> bool {
    let [first, between @ .., last] = groups else {
        return false;
    };
    let all = |length| between.iter().all(|group| *group == length);
    let by_threes = (1..=3).contains(first) && all(3);
    let as_in_india = mark == ',' && (1..=2).contains(first) && all(2);
    *last == 3 && (by_threes || as_in_india)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_numbers_are_read() {
        for (text, value, marks) in [
            ("0", 0.0, SHORT_WHOLE),
            ("-950", -950.0, SHORT_WHOLE),
            ("+12345", 12345.0, LONG_WHOLE),
            ("12.5", 12.5, POINT_IS_DECIMAL),
            (".5", 0.5, POINT_IS_DECIMAL),
            ("5.", 5.0, POINT_IS_DECIMAL),
            ("12,5", 12.5, COMMA_IS_DECIMAL),
            (",5", 0.5, COMMA_IS_DECIMAL),
            ("0,123", 0.123, COMMA_IS_DECIMAL),
            ("1234,567", 1234.567, COMMA_IS_DECIMAL),
            ("1,234", 1234.0, COMMA_IS_EITHER),
            ("1.234", 1.234, POINT_IS_EITHER),
            ("1,234,567", 1_234_567.0, COMMA_GROUPS),
            ("1.234.567", 1_234_567.0, POINT_GROUPS),
            ("12,34,567", 1_234_567.0, COMMA_GROUPS),
            ("1,234.5", 1234.5, COMMA_GROUPS | POINT_IS_DECIMAL),
            ("1.234,5", 1234.5, POINT_GROUPS | COMMA_IS_DECIMAL),
            ("1 234,567", 1234.567, COMMA_IS_DECIMAL),
            ("1\u{202f}234.5", 1234.5, POINT_IS_DECIMAL),
            ("1'234'567", 1_234_567.0, 0),
            ("1e3", 1000.0, SHORT_WHOLE),
            ("1.234e+01", 12.34, POINT_IS_DECIMAL),
            ("1,5E-3", 0.0015, COMMA_IS_DECIMAL),
            ("−7", -7.0, SHORT_WHOLE),
            ("0.1234567890123456789", 0.123_456_789_012_345_68, POINT_IS_DECIMAL),
            ("99999999999999999999", 1e20, LONG_WHOLE),
        ] {
            let read = number(text.as_bytes());
            assert_eq!(read, Some(Number { value, marks, sign: Sign::None }), "{text}");
        }
    }

    #[test]
    fn what_is_written_at_a_number_is_kept_apart() {
        let dollars = Sign::Currency('$');
        for (text, value, sign) in [
            ("$2,297.08", 2297.08, dollars),
            ("-$5", -5.0, dollars),
            ("$ -5", -5.0, dollars),
            ("($5.50)", -5.5, dollars),
            ("12,50 €", 12.5, Sign::Currency('€')),
            ("￥100", 100.0, Sign::Currency('￥')),
            ("71%", 71.0, Sign::Percent),
            ("-0,5 %", -0.5, Sign::Percent),
            ("(7)", -7.0, Sign::None),
        ] {
            let read = number(text.as_bytes()).map(|number| (number.value, number.sign));
            assert_eq!(read, Some((value, sign)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            "-",
            ".",
            ",",
            "+",
            "$",
            "%",
            "e5",
            "1e",
            "1,",
            "1,23,4",
            "1.2.3",
            "12:30",
            "2013-01-05",
            "1,2,3",
            "0,000,000",
            "1.234.5",
            "1,234,5",
            "1.234,5,6",
            "inf",
            "NaN",
            "1e999",
            "0x10",
            "1_000",
            "5 kg",
            "١٢",
            "--5",
            "(5",
            "1 23",
            "a",
            "()",
            "1,234 .5",
            "$5$",
            "5e5%",
            "1e9999999",
        ] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
        assert_eq!(number(b"\xff"), None);
        assert!(
            is_endless("inf")
                && is_endless("-Infinity")
                && is_endless("1e999")
                && !is_endless("nan")
        );
    }

    proptest! {
        /// Whatever double is written out is the double that is read.
        #[test]
        fn doubles_are_read_exactly(value in prop::num::f64::NORMAL | prop::num::f64::ZERO, shift in -12_i32..12) {
            for value in [value, value.rem_euclid(1e6) * 10.0_f64.powi(shift)] {
                for text in [format!("{value}"), format!("{value:e}")] {
                    prop_assert_eq!(number(text.as_bytes()).map(|number| number.value), Some(value), "{}", text);
                }
            }
        }

        #[test]
        fn no_field_is_too_odd(text in "[-+0-9.,'eE%$€() \u{a0}−]{0,14}", bytes: Vec<u8>) {
            for field in [text.as_bytes(), &bytes] {
                prop_assert!(number(field).is_none_or(|number| number.value.is_finite()));
            }
        }
    }
}
