//! On which side of what is pointed at a plate has room: in the view, and over nothing that is read.

use bevy::prelude::*;

/// Between what is pointed at and the plate, as a share of the distance: more than a mouse's arrow takes.
const GAP: f32 = 0.035;
/// What lies outside the view counts so many times as much as what covers something.
const OUTSIDE: f32 = 10.0;

/// A side of what is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub left: bool,
    pub above: bool,
}

impl Side {
    /// All of them; where all have as much room, the first is taken.
    const ALL: [Self; 4] = [
        Self { left: false, above: false },
        Self { left: false, above: true },
        Self { left: true, above: false },
        Self { left: true, above: true },
    ];

    /// Where a plate of this size lies on this side of a point; y is up.
    pub(super) fn rect(self, point: Vec2, size: Vec2) -> Rect {
        let way = vec2(if self.left { -1.0 } else { 1.0 }, if self.above { 1.0 } else { -1.0 });
        Rect::from_corners(point + way * GAP, point + way * (GAP + size))
    }
}

/// The side on which a plate covers least of what is `taken` and lies within `view`, all in one plane; none below where what
/// is meant is down there.
pub(super) fn roomiest(point: Vec2, size: Vec2, view: Rect, taken: &[Rect], below: bool) -> Side {
    let cost = |side: &Side| {
        let rect = side.rect(point, size);
        let covers: f32 = taken.iter().map(|other| area(rect.intersect(*other))).sum();
        covers + OUTSIDE * (area(rect) - area(rect.intersect(view)))
    };
    let by_cost = |a: &Side, b: &Side| cost(a).total_cmp(&cost(b));
    let sides = Side::ALL.into_iter().filter(|side| below || side.above);
    sides.min_by(by_cost).unwrap_or(Side { left: false, above: true })
}

fn area(rect: Rect) -> f32 {
    if rect.is_empty() { 0.0 } else { rect.width() * rect.height() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Vec2 = vec2(0.5, 0.12);
    const VIEW: Rect = Rect { min: vec2(-1.0, -0.57), max: vec2(1.0, 0.57) };

    fn side(point: Vec2, taken: &[Rect]) -> (bool, bool) {
        let Side { left, above } = roomiest(point, SIZE, VIEW, taken, true);
        (left, above)
    }

    #[test]
    fn it_stands_below_on_the_right_and_flips_near_the_edges() {
        assert_eq!(side(Vec2::ZERO, &[]), (false, false));
        assert_eq!(side(vec2(0.9, 0.0), &[]), (true, false));
        assert_eq!(side(vec2(0.0, -0.5), &[]), (false, true));
        assert_eq!(side(vec2(0.9, -0.5), &[]), (true, true));
    }

    #[test]
    fn it_covers_nothing_that_is_read_where_there_is_room() {
        let board = Rect { min: vec2(0.1, -0.3), max: vec2(0.8, -0.01) };
        assert_eq!(side(Vec2::ZERO, &[board]), (false, true));
        let all_right = Rect { min: vec2(0.05, -0.5), max: vec2(0.9, 0.5) };
        assert_eq!(side(Vec2::ZERO, &[all_right]), (true, false));
    }

    #[test]
    fn it_never_covers_what_is_pointed_at() {
        for x in [-1.0, -0.3, 0.0, 0.7, 1.0_f32] {
            let point = vec2(x, 0.5 * x);
            let rect = roomiest(point, SIZE, VIEW, &[], true).rect(point, SIZE);
            assert!(!rect.contains(point) && (rect.size() - SIZE).length() < 1e-6);
        }
    }
}
