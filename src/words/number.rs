//! Numbers as prose has them: with commas between thousands, and large ones rounded to the units of the language.

use super::Language;

/// A whole number with commas between thousands; figures are the same in every language.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// A number that is only told roughly, with one decimal from where the language has a unit for it: "6.1 million" in
/// English, which counts by thousands, and 608.3万 in Chinese, which counts by ten thousands. A smaller one has commas.
pub fn rounded(number: f64) -> String {
    let of = |unit: f64| match number / unit {
        // Without a larger unit a decimal says nothing any more.
        many if many >= 1000.0 => grouped(many.round() as usize),
        few => format!("{few:.1}"),
    };
    // A unit begins where its one decimal is 1.0, a little below one of it.
    let begins = |unit: f64| number >= unit * 0.9995;
    match super::spoken() {
        Language::Chinese if begins(1e12) => say!("count-in-trillions", number = of(1e12)),
        Language::Chinese if begins(1e8) => {
            say!("count-in-hundred-millions", number = of(1e8))
        }
        Language::Chinese if begins(1e6) => {
            say!("count-in-ten-thousands", number = of(1e4))
        }
        Language::English | Language::Pseudo if begins(1e9) => {
            say!("count-in-billions", number = of(1e9))
        }
        Language::English | Language::Pseudo if begins(1e6) => {
            say!("count-in-millions", number = of(1e6))
        }
        _ => grouped(number.round() as usize),
    }
}

/// A round number where there is little room, as on an axis: "2 M" in English, 200万 in Chinese.
pub fn short(number: f64) -> String {
    let chinese = super::spoken() == Language::Chinese;
    match number {
        number if chinese && number >= 1e4 => {
            say!("count-in-ten-thousands", number = number / 1e4)
        }
        number if !chinese && number >= 1e6 => format!("{} M", number / 1e6),
        number if !chinese && number >= 1e3 => format!("{} k", number / 1e3),
        number => format!("{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::speaking, *};

    #[test]
    fn thousands_are_parted() {
        for (number, words) in [(0, "0"), (999, "999"), (1000, "1,000"), (9_876_543, "9,876,543")] {
            assert_eq!(grouped(number), words);
        }
    }

    #[test]
    fn large_numbers_are_counted_as_the_language_counts() {
        let told = || [671.0, 54_410.0, 6_083_286.0, 99_990_000.0, 2.1e9, 2.676e13].map(rounded);
        let english = ["671", "54,410", "6.1 million", "100.0 million", "2.1 billion"];
        assert_eq!(told()[..5], english);
        assert_eq!(
            (told()[5].as_str(), rounded(999_980_000.0)),
            ("26,760 billion", "1.0 billion".into())
        );
        assert_eq!(
            speaking(Language::Chinese, told),
            ["671", "54,410", "608.3万", "1.0亿", "21.0亿", "26.8万亿"]
        );
    }

    #[test]
    fn axes_have_short_numbers() {
        let told = || [500.0, 2000.0, 50_000.0, 2e6].map(short);
        assert_eq!(told(), ["500", "2 k", "50 k", "2 M"]);
        assert_eq!(speaking(Language::Chinese, told), ["500", "2000", "5万", "200万"]);
    }
}
