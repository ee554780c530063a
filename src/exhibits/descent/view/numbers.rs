//! Numbers of a descent in words: as many places as matter, and no more than there is room for.

/// A number with four significant figures, or a power of ten where it is very large or small.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return say!("descent-no-number").to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e6).contains(&size) {
        return signed(format!("{value:.2e}"));
    }
    let places = (3 - size.log10().floor() as i32).clamp(0, 7) as usize;
    signed(format!("{value:.places$}"))
}

/// A round number on an axis, as short as it can be.
pub(super) fn tick(value: f64) -> String {
    // Sums of tenths are rarely round in binary.
    let round = (value * 1e9).round() / 1e9;
    if value != 0.0 && !(1e-3..1e6).contains(&value.abs()) {
        return signed(format!("{value:e}"));
    }
    signed(format!("{round}"))
}

/// Two numbers in brackets.
pub(super) fn pair([first, second]: [f64; 2]) -> String {
    format!("({}, {})", number(first), number(second))
}

/// A proper minus sign instead of a hyphen.
fn signed(text: String) -> String {
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_figures_and_a_true_minus() {
        let texts = [0.0, 12.3456, -0.012_345, 1234.6, 1e-9, 3e7, f64::NAN].map(number);
        let wanted = ["0", "12.35", "−0.01235", "1235", "1.00e−9", "3.00e7", "no number"];
        assert_eq!(texts, wanted);
        assert_eq!([0.1 + 0.2, -15.0, 0.0, 2e7].map(tick), ["0.3", "−15", "0", "2e7"]);
        assert_eq!(pair([1.0, -2.0]), "(1.000, −2.000)");
    }
}
