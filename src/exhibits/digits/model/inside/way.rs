//! The mean gradient along the straight way from one image to another, exactly.
//!
//! On the way a pooled unit is the largest of as many lines as its window has pixels, and of zero. Each line is highest on
//! one piece of the way, which may be empty; the lengths of these pieces stand where the winner stands in a gradient.

use super::stage::{MOST_IN_WINDOW, Stage};

/// A number that goes straight along the way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// At its beginning.
    pub(super) start: f64,
    /// How much it grows to the end.
    pub(super) slope: f64,
}

impl Line {
    fn end(self) -> f64 {
        self.start + self.slope
    }
}

impl Stage {
    /// Adds the mean gradient by the image, where this is the gradient by the pooled units.
    pub(super) fn along(&self, input: &[f32], from: &[f32], pooled: &[f32], mean: &mut [f32]) {
        let filters = self.sizes.filters.max(1);
        let changes: Vec<f32> = input.iter().zip(from).map(|(to, from)| to - from).collect();
        let starts = self.sums(from, true);
        let slopes = self.sums(&changes, false);
        let window = self.in_window();
        let of_window = filters * MOST_IN_WINDOW;
        let places = starts.chunks(of_window).zip(slopes.chunks(of_window));
        for (place, ((starts, slopes), pooled)) in places.zip(pooled.chunks(filters)).enumerate() {
            // What is multiplied by no change need not be known.
            if !self.is_any(&changes, place) {
                continue;
            }
            let firsts: [usize; MOST_IN_WINDOW] = std::array::from_fn(|at| self.first(place, at));
            for (filter, by) in pooled.iter().enumerate() {
                let mut lines = [Line::default(); MOST_IN_WINDOW];
                for (pixel, line) in lines.iter_mut().enumerate() {
                    let at = pixel * filters + filter;
                    if let (Some(start), Some(slope)) = (starts.get(at), slopes.get(at)) {
                        *line = Line { start: f64::from(*start), slope: f64::from(*slope) };
                    }
                }
                let shares = shares(lines.get(..window).unwrap_or_default());
                for (share, first) in shares.into_iter().zip(firsts).filter(|one| one.0 != 0.0) {
                    let by = (f64::from(*by) * share) as f32;
                    self.add(first, self.weights_of(filter), by, mean);
                }
            }
        }
    }
}

/// On what part of the way each line is the highest and above zero; the first of equals wins.
pub(super) fn shares(lines: &[Line]) -> [f64; MOST_IN_WINDOW] {
    let mut shares = [0.0; MOST_IN_WINDOW];
    if lines.iter().all(|line| line.start <= 0.0 && line.end() <= 0.0) {
        return shares;
    }
    // What is not a number is not hidden behind zero.
    if lines.iter().any(|line| line.end().is_nan()) {
        return [f64::NAN; MOST_IN_WINDOW];
    }
    // What is highest at both ends is so all the way: a difference of lines is a line.
    let last = highest(lines, |line| line.end());
    if let Some((at, line)) = last
        && line.end() > 0.0
        && line.start >= 0.0
        && lines.iter().all(|other| other.start <= line.start)
    {
        if let Some(share) = shares.get_mut(at) {
            *share = 1.0;
        }
        return shares;
    }
    // Zero is one more line, the first among equals: a unit at zero has no slope.
    let zero = (lines.len(), Line::default());
    let all = || [zero].into_iter().chain(lines.iter().copied().enumerate());
    // What leads right behind the beginning: among equals there the steepest.
    let mut leader = all().reduce(|best, other| {
        let (a, b) = (best.1, other.1);
        if b.start > a.start || (b.start == a.start && b.slope > a.slope) { other } else { best }
    });
    let mut here = 0.0;
    while let Some((at, line)) = leader {
        let meets = |other: Line| (line.start - other.start) / (other.slope - line.slope);
        // Only a steeper one overtakes; of several at one place the steepest goes on.
        let next = all().filter(|(_, other)| other.slope > line.slope).reduce(|best, other| {
            let (a, b) = (meets(best.1), meets(other.1));
            if b < a || (b == a && other.1.slope > best.1.slope) { other } else { best }
        });
        let until = next.map_or(1.0, |(_, other)| meets(other).clamp(here, 1.0));
        if let Some(share) = shares.get_mut(at).filter(|_| at < lines.len()) {
            *share += until - here;
        }
        here = until;
        leader = if here < 1.0 { next } else { None };
    }
    shares
}

fn highest(lines: &[Line], of: impl Fn(&Line) -> f64) -> Option<(usize, Line)> {
    let lines = lines.iter().copied().enumerate();
    lines.reduce(|best, other| if of(&other.1) > of(&best.1) { other } else { best })
}
