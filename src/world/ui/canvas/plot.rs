//! Small charts drawn on the canvas itself: points of any two numbers, where a curve over steps would not do.

use bevy::prelude::*;

use super::{Canvas, LINE_DMM};
use crate::world::ui::palette;

/// Where a chart lies on its page, in dmm, and what it spans.
#[derive(Clone, Copy, Debug)]
pub struct Plot {
    pub rect: Rect,
    /// Values at the left and right side.
    pub x: (f64, f64),
    /// Values at the lower and upper side.
    pub y: (f64, f64),
}

/// Width of a curve, in dmm.
const CURVE_DMM: f32 = 3.0;

impl Plot {
    /// Where a pair of values lies; what is out of its span lies on the nearest side.
    pub fn at(&self, x: f64, y: f64) -> Vec2 {
        let share = |value: f64, (low, high): (f64, f64)| {
            let share = (value - low) / (high - low);
            if share.is_finite() { share.clamp(0.0, 1.0) as f32 } else { 0.0 }
        };
        vec2(
            self.rect.min.x + share(x, self.x) * self.rect.width(),
            self.rect.max.y - share(y, self.y) * self.rect.height(),
        )
    }

    /// The sides, and level lines at some values.
    pub fn ground(&self, canvas: &mut Canvas, levels: &[f64]) {
        for level in levels {
            let [from, to] = [self.x.0, self.x.1].map(|x| self.at(x, *level));
            canvas.bar(Rect::from_corners(from - Vec2::Y, to + Vec2::Y), palette::GRID);
        }
        canvas.frame(self.rect);
    }

    /// Numbers beside the left side.
    pub fn levels(&self, canvas: &mut Canvas, levels: &[(f64, String)]) {
        for (level, words) in levels {
            let middle = self.at(self.x.0, *level).y;
            // At the ends it keeps out of the lines above and below.
            let (least, most) = (self.rect.min.y - 6.0, self.rect.max.y - LINE_DMM + 8.0);
            let top = (middle - LINE_DMM / 2.0).clamp(least, most);
            canvas.ending(self.rect.min.x - 8.0, top, words.clone(), palette::INK_QUIET);
        }
    }

    /// Numbers under the lower side.
    pub fn ticks(&self, canvas: &mut Canvas, ticks: &[(f64, String)]) {
        for (tick, words) in ticks {
            let middle = self.at(*tick, self.y.0).x;
            canvas.middle(middle, self.rect.max.y + 1.0, words.clone(), palette::INK_QUIET);
        }
    }

    /// A curve through points.
    pub fn curve(&self, canvas: &mut Canvas, points: &[(f64, f64)], ink: Color) {
        let places: Vec<Vec2> = points.iter().map(|(x, y)| self.at(*x, *y)).collect();
        for pair in bends(&places).windows(2) {
            if let [from, to] = pair {
                canvas.stroke(*from, *to, CURVE_DMM, ink);
            }
        }
    }
}

/// The places at which a curve bends, and its ends: what lies straight between them needs no stroke of its own.
fn bends(places: &[Vec2]) -> Vec<Vec2> {
    let mut bends: Vec<Vec2> = Vec::with_capacity(places.len());
    for &place in places {
        if let [.., before, last] = bends[..] {
            let (way, next) = (last - before, place - last);
            let straight = way.perp_dot(next).abs() < 1e-3 * way.length().max(1e-6);
            if straight && way.dot(next) >= 0.0 {
                bends.pop();
            }
        }
        if bends.last() != Some(&place) {
            bends.push(place);
        }
    }
    bends
}

/// A span with air that holds all finite values and does not shrink to nothing.
pub fn span_of(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let ends = values
        .into_iter()
        .filter(|value| value.is_finite())
        .map(|value| (value, value))
        .reduce(|(low, high), (value, _)| (low.min(value), high.max(value)));
    let (low, high) = ends.unwrap_or((0.0, 1.0));
    let air = ((high - low) * 0.06).max(1e-6);
    (low - air, high + air)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot() -> Plot {
        Plot { rect: Rect::new(10.0, 20.0, 110.0, 220.0), x: (0.0, 1.0), y: (-1.0, 1.0) }
    }

    #[test]
    fn values_lie_in_proportion_and_never_outside() {
        assert_eq!(plot().at(0.5, 0.0), vec2(60.0, 120.0));
        assert_eq!(plot().at(0.0, 1.0), vec2(10.0, 20.0));
        assert_eq!(plot().at(7.0, -3.0), vec2(110.0, 220.0));
        assert_eq!(plot().at(f64::NAN, 0.0).x, 10.0);
    }

    #[test]
    fn straight_parts_of_a_curve_are_one_stroke() {
        let places = [0.0, 1.0, 2.0, 5.0].map(|x| vec2(x, 0.0));
        assert_eq!(bends(&places), [vec2(0.0, 0.0), vec2(5.0, 0.0)]);
        let step = [vec2(0.0, 0.0), vec2(0.0, 2.0), vec2(3.0, 2.0), vec2(3.0, 2.0)];
        assert_eq!(bends(&step), step[..3]);
        // It may come back on itself.
        let back = [vec2(0.0, 0.0), vec2(4.0, 0.0), vec2(1.0, 0.0)];
        assert_eq!(bends(&back), back);
    }

    #[test]
    fn a_span_holds_its_values() {
        let (low, high) = span_of([0.3, 0.1, f64::NAN]);
        assert!(low < 0.1 && high > 0.3 && high < 0.33);
        let (low, high) = span_of([0.5]);
        assert!(low < 0.5 && high > 0.5);
    }
}
