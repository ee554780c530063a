//! Numbers as the desk writes them.

/// A learning rate without the noise that its last bits would bring, such as 0.003, and never longer than it can be read.
pub(super) fn rate(rate: f64) -> String {
    let rate = rate as f32;
    if (1e-5..1e4).contains(&rate) { rate.to_string() } else { format!("{rate:e}") }
}

/// The learning rate that a visitor reads off a slider, to the last digit.
pub(super) fn as_read(rate: f32) -> f64 {
    rate.to_string().parse().unwrap_or(f64::from(rate))
}

/// Bytes in mebibytes.
pub(super) fn mebibytes(bytes: usize) -> u64 {
    (bytes as f64 / f64::from(1 << 20)).round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_what_it_reads() {
        assert_eq!(rate(0.1 * 0.3), "0.03");
        assert_eq!(rate(1e30), "1e30");
        assert_eq!(as_read(0.003), 0.003);
        assert_eq!(as_read(1e-5), 0.000_01);
    }
}
