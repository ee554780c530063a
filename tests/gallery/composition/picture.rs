//! What a visitor sees from one place, as outlines on the picture: a window's, or the field of view of a headset.

use bevy::{math::Affine3A, prelude::*};

/// Pixels of a headset's picture per milliradian in its middle, about 25 to a degree.
const HEADSET_PX_PER_MRAD: f32 = 1.4;
/// What is nearer to the plane of the eye than this is not projected, in metres.
const LEAST_AHEAD_M: f32 = 0.1;

/// Where the eye is, and how points of the hall come onto the picture.
pub(super) struct Seat {
    pub(super) name: String,
    pub(super) eye: Vec3,
    pub(super) kind: SeatKind,
}

pub(super) enum SeatKind {
    /// A window of this size in pixels; from the hall to the camera, and its focal length in pixels.
    Window { size: Vec2, view: Affine3A, focal_px: f32 },
    /// A head that turns to what it looks at.
    Head,
}

impl Seat {
    /// The outline of a flat thing with four corners, in order around it, in pixels from the middle, y up; a head is turned
    /// towards a point. `None` for what reaches behind the eye.
    pub(super) fn outline(&self, corners: &[Vec3; 4], towards: Vec3) -> Option<Outline> {
        let (view, focal_px) = match &self.kind {
            SeatKind::Window { view, focal_px, .. } => (*view, *focal_px),
            SeatKind::Head => {
                let head = Transform::from_translation(self.eye).looking_at(towards, Vec3::Y);
                (head.compute_affine().inverse(), 1000.0 * HEADSET_PX_PER_MRAD)
            }
        };
        let [a, b, c, d] = corners.map(|corner| {
            let seen = view.transform_point3(corner);
            (seen.z < -LEAST_AHEAD_M).then(|| seen.truncate() / -seen.z * focal_px)
        });
        Some(Outline([a?, b?, c?, d?]))
    }

    /// How much of an outline lies outside of the picture, in pixels, and whether any of it lies inside.
    pub(super) fn beyond(&self, outline: &Outline) -> (f32, bool) {
        let SeatKind::Window { size, .. } = self.kind else {
            return (0.0, true);
        };
        let bounds = outline.bounds();
        let outside = (bounds.max - size / 2.0).max(-size / 2.0 - bounds.min).max_element();
        let window = Rect::from_center_size(Vec2::ZERO, size);
        (outside, !window.intersect(bounds).is_empty())
    }
}

/// A convex outline of four corners, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outline([Vec2; 4]);

impl Outline {
    pub(super) fn bounds(&self) -> Rect {
        let [first, ..] = self.0;
        let least = self.0.into_iter().fold(first, Vec2::min);
        Rect::from_corners(least, self.0.into_iter().fold(first, Vec2::max))
    }

    /// By how many pixels one of two would have to move until they no longer touch; 0 if they do not.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let axes = self.normals().chain(other.normals());
        let depth = |axis: Vec2| {
            let (low, high) = self.span(axis);
            let (other_low, other_high) = other.span(axis);
            high.min(other_high) - low.max(other_low)
        };
        axes.map(depth).fold(f32::INFINITY, f32::min).max(0.0)
    }

    fn normals(&self) -> impl Iterator<Item = Vec2> {
        let Self(corners) = *self;
        (0..4).map(move |at| (corners[(at + 1) % 4] - corners[at]).perp().normalize_or_zero())
    }

    fn span(&self, axis: Vec2) -> (f32, f32) {
        let along = self.0.map(|corner| corner.dot(axis));
        along.into_iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), place| {
            (low.min(place), high.max(place))
        })
    }
}

/// Where a line of sight to a point meets the plane of a flat thing: below 1 it is before the point.
pub(super) fn meets(eye: Vec3, point: Vec3, corners: &[Vec3; 4]) -> f32 {
    let [a, b, _, d] = *corners;
    let normal = (b - a).cross(d - a);
    (a - eye).dot(normal) / (point - eye).dot(normal)
}

#[test]
fn outlines_overlap_by_the_shortest_way_apart() {
    let square = |left: f32, top: f32| {
        let at = vec2(left, top);
        Outline([at, at + vec2(10.0, 0.0), at + vec2(10.0, -10.0), at + vec2(0.0, -10.0)])
    };
    assert!((square(0.0, 0.0).overlap(&square(7.0, 2.0)) - 3.0).abs() < 1e-5);
    assert!(square(0.0, 0.0).overlap(&square(10.5, 0.0)) < 1e-5);
    // A diamond beside a corner is near by its bounds only.
    let diamond = Outline([vec2(17.0, 5.0), vec2(25.0, -3.0), vec2(17.0, -11.0), vec2(9.0, -3.0)]);
    assert!(square(0.0, 0.0).overlap(&diamond) > 0.5);
    let corner = Outline([vec2(15.0, 10.0), vec2(25.0, 0.0), vec2(15.0, -10.0), vec2(5.0, 0.0)]);
    assert!(square(0.0, 9.0).overlap(&corner) < square(0.0, 5.0).overlap(&corner));
}
