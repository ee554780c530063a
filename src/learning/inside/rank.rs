//! Spearman's rank correlation (1904): Pearson's of the ranks, equal numbers sharing the mean of theirs.

/// How alike two rows of numbers are in their order, -1..=1; not a number where one of them has no order: fewer than two
/// numbers, all alike, or one that is none.
pub(crate) fn correlation(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() || a.iter().chain(b).any(|number| number.is_nan()) {
        return f32::NAN;
    }
    let (a, b) = (ranks(a), ranks(b));
    let middle = (a.len() as f64 + 1.0) / 2.0;
    let product = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().zip(b).map(|(a, b)| (a - middle) * (b - middle)).sum()
    };
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    if spread > 0.0 { (product(&a, &b) / spread) as f32 } else { f32::NAN }
}

/// The rank of each number from 1; equal ones share the mean of their ranks.
fn ranks(numbers: &[f32]) -> Vec<f64> {
    let mut order: Vec<(f32, usize)> =
        numbers.iter().enumerate().map(|(at, number)| (*number, at)).collect();
    // Zeros are equal, whatever their sign.
    order.sort_by(|a, b| (a.0 + 0.0).total_cmp(&(b.0 + 0.0)));
    let mut ranks = vec![0.0; numbers.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        let shared = before as f64 + (equal.len() as f64 + 1.0) / 2.0;
        for (_, at) in equal {
            if let Some(rank) = ranks.get_mut(*at) {
                *rank = shared;
            }
        }
        before += equal.len();
    }
    ranks
}
