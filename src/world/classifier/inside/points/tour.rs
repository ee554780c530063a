//! The grand tour: a frame of three axes that turns through all of them, so that whatever stands apart anywhere is seen apart at
//! some time.
//!
//! Asimov 1985, The grand tour (<https://doi.org/10.1137/0906011>), on a torus: a turn in the plane of each shown and each
//! hidden axis, with speeds of which none is a multiple of another. At the time 0 the first three axes are seen.

/// Axes that are seen.
pub(super) const SEEN: usize = 3;
/// Turns of the first plane in a second; the others are slower by roots.
const TURNS_PER_SECOND: f32 = 0.03;

/// Three directions among so many axes, each of them of length 1 and at right angles to the others; axis after axis, in each
/// what it adds to the three.
pub(super) fn frame(axes: usize, time: f32) -> Vec<[f32; SEEN]> {
    let mut rows: Vec<[f32; SEEN]> = (0..axes)
        .map(|axis| std::array::from_fn(|seen| f32::from(u8::from(axis == seen))))
        .collect();
    let planes = (0..SEEN).flat_map(|seen| (SEEN..axes).map(move |hidden| (seen, hidden)));
    for (at, (seen, hidden)) in planes.enumerate() {
        // Roots of whole numbers that are no squares have no common measure.
        let slower = (at as f32 + 2.0).sqrt() + (at as f32 + 3.0).sqrt();
        let angle = time * std::f32::consts::TAU * TURNS_PER_SECOND * 3.0 / slower;
        let (sin, cos) = angle.sin_cos();
        let (Some(one), Some(other)) = (rows.get(seen).copied(), rows.get(hidden).copied()) else {
            continue;
        };
        let turned = |a: [f32; SEEN], b: [f32; SEEN], by: [f32; 2]| {
            std::array::from_fn(|at| a[at] * by[0] + b[at] * by[1])
        };
        rows[seen] = turned(one, other, [cos, -sin]);
        rows[hidden] = turned(one, other, [sin, cos]);
    }
    rows
}

/// The places of points of so many axes each, as the frame shows them.
pub(super) fn seen_by(places: &[f32], axes: usize, frame: &[[f32; SEEN]], scale: f32) -> Vec<f32> {
    let mut seen = Vec::with_capacity(places.len() / axes.max(1) * SEEN);
    for point in places.chunks_exact(axes.max(1)) {
        let mut sum = [0.0; SEEN];
        for (value, axis) in point.iter().zip(frame) {
            for at in 0..SEEN {
                sum[at] += value * axis[at];
            }
        }
        seen.extend(sum.map(|sum| sum * scale));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tour_begins_at_the_first_axes_and_stays_at_right_angles() {
        let first = frame(8, 0.0);
        assert_eq!(first[..3], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        assert!(first[3..].iter().all(|row| *row == [0.0; 3]));
        for time in [0.5, 7.0, 300.0] {
            let frame = frame(8, time);
            for (a, b) in (0..3).flat_map(|a| (0..3).map(move |b| (a, b))) {
                let product: f32 = frame.iter().map(|row| row[a] * row[b]).sum();
                let wanted = if a == b { 1.0 } else { 0.0 };
                assert!((product - wanted).abs() < 1e-4, "{time} {a} {b} {product}");
            }
        }
        let hidden: f32 = frame(8, 7.0)[3..].iter().flatten().map(|part| part * part).sum();
        assert!(hidden > 0.5, "hidden axes come into sight: {hidden}");
    }

    #[test]
    fn points_of_few_axes_are_flat() {
        let frame = frame(2, 5.0);
        assert_eq!(
            seen_by(&[1.0, 2.0, -1.0, 0.5], 2, &frame, 2.0),
            [2.0, 4.0, 0.0, -2.0, 1.0, 0.0]
        );
        assert!(seen_by(&[], 0, &frame, 1.0).is_empty());
    }
}
