//! Maps over places: channels added up, and a coarse map brought to the size of the input.

/// For each place the sum over the channels.
pub(super) fn over_channels(values: &[f64], places: usize) -> Vec<f32> {
    let mut sums = vec![0.0_f64; places];
    for channel in values.chunks(places.max(1)) {
        for (sum, value) in sums.iter_mut().zip(channel) {
            *sum += value;
        }
    }
    sums.into_iter().map(|sum| sum as f32).collect()
}

/// A map of these rows and columns at another size, between whose places it goes straight; centres of the outermost places
/// are as far in as theirs (`align_corners=False` of `torch.nn.functional.interpolate`).
pub(super) fn resized(map: &[f32], from: [usize; 2], to: [usize; 2]) -> Vec<f32> {
    if from == to {
        return map.to_vec();
    }
    let [rows, columns] = [0, 1].map(|side| spread(from[side], to[side]));
    let at = |row: usize, column: usize| {
        map.get(row * from[1] + column).copied().map_or(f64::NAN, f64::from)
    };
    let mut made = Vec::with_capacity(to[0] * to[1]);
    for (above, below, down) in &rows {
        for (left, right, along) in &columns {
            let upper = at(*above, *left) * (1.0 - along) + at(*above, *right) * along;
            let lower = at(*below, *left) * (1.0 - along) + at(*below, *right) * along;
            made.push((upper * (1.0 - down) + lower * down) as f32);
        }
    }
    made
}

/// For each of so many places the two between which it lies, and how far from the first to the second.
fn spread(from: usize, to: usize) -> Vec<(usize, usize, f64)> {
    let last = from.saturating_sub(1);
    (0..to)
        .map(|at| {
            let place = (at as f64 + 0.5) * from as f64 / to as f64 - 0.5;
            let place = place.clamp(0.0, last as f64);
            let before = place.floor();
            (before as usize, (before as usize + 1).min(last), place - before)
        })
        .collect()
}
