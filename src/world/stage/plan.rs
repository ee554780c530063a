//! Where everything stands, as data: bearings in degrees from straight ahead, clockwise seen from above.

use bevy::prelude::*;

/// Radius of the round floor, in metres.
pub const FLOOR_RADIUS_M: f32 = 9.0;
/// Height of the walls, in metres.
pub const WALL_HEIGHT_M: f32 = 6.0;
/// How far from the middle exhibits stand, in metres.
pub const RING_RADIUS_M: f32 = 3.5;
/// Height of a plinth, in metres.
pub const PLINTH_HEIGHT_M: f32 = 0.28;
/// Radius of a plinth, in metres.
pub const PLINTH_RADIUS_M: f32 = 0.62;
/// Eye height of a standing visitor, in metres.
pub const EYE_HEIGHT_M: f32 = 1.6;

/// A place on the ring for something that is not on the stage now.
#[derive(Debug)]
pub struct FreePlace {
    /// Degrees from straight ahead, clockwise.
    pub bearing: f32,
    /// What it is called.
    pub title: &'static str,
    /// What one sees there, or will, in one sentence.
    pub promise: &'static str,
    /// The exhibit that waits there, by the name it is started with.
    pub exhibit: Option<&'static str>,
    /// The names of the buttons that visit it, and that let it go on or pause it.
    pub visit: &'static str,
    pub rest: &'static str,
    /// What stands on the plinth.
    pub emblem: Emblem,
}

/// What stands on a plinth, so that one sees from afar what waits there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emblem {
    /// Nothing yet.
    None,
    /// Layers of a network, one behind the other.
    Layers,
    /// A cloud of items.
    Cloud,
    /// Contour lines of a loss, and a ball.
    Bowl,
    /// Two classes and the boundary between them.
    Boundary,
}

/// The plinths around the stage, clockwise from its right; one whose exhibit is on the stage stays away.
pub const FREE_PLACES: &[FreePlace] = &[
    FreePlace {
        bearing: 80.0,
        title: "Recommender",
        promise: "Films find their place by taste, and suggest themselves",
        exhibit: Some("recommender"),
        visit: "visit-recommender",
        rest: "rest-recommender",
        emblem: Emblem::Cloud,
    },
    FreePlace {
        bearing: 116.0,
        title: "Gradient descent",
        promise: "A loss to stand on, and what one step downhill does",
        exhibit: Some("descent"),
        visit: "visit-descent",
        rest: "rest-descent",
        emblem: Emblem::Bowl,
    },
    FreePlace {
        bearing: 152.0,
        title: "Inside a network",
        promise: "What single units answer to will be shown here",
        exhibit: None,
        visit: "",
        rest: "",
        emblem: Emblem::None,
    },
    FreePlace {
        bearing: 208.0,
        title: "Lessons",
        promise: "Guided walks for a class will start here",
        exhibit: None,
        visit: "",
        rest: "",
        emblem: Emblem::None,
    },
    FreePlace {
        bearing: 244.0,
        title: "Table to verdict",
        promise: "A regression on tumours, step by step",
        exhibit: Some("logistic"),
        visit: "visit-logistic",
        rest: "rest-logistic",
        emblem: Emblem::Boundary,
    },
    FreePlace {
        bearing: 280.0,
        title: "Digits",
        promise: "A network learns to read handwriting",
        exhibit: Some("digits"),
        visit: "visit-digits",
        rest: "rest-digits",
        emblem: Emblem::Layers,
    },
];

/// Where a thing stands that is `radius` metres from the middle, `height` metres up, and faces the middle.
pub fn facing_middle(bearing: f32, radius: f32, height: f32) -> Transform {
    let angle = bearing.to_radians();
    let place = Vec3::new(radius * angle.sin(), height, -radius * angle.cos());
    Transform::from_translation(place).with_rotation(Quat::from_rotation_y(-angle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_ring_faces_the_middle() {
        for bearing in [0.0, 40.0, -55.0, 180.0, 272.0] {
            let place = facing_middle(bearing, 3.5, 0.0);
            let front = place.rotation * Vec3::Z;
            let to_middle = -place.translation.normalize_or_zero();
            assert!(front.dot(to_middle) > 0.999, "bearing {bearing}");
        }
    }

    #[test]
    fn plinths_keep_clear_of_each_other() {
        for (index, place) in FREE_PLACES.iter().enumerate() {
            for other in &FREE_PLACES[index + 1..] {
                let apart = facing_middle(place.bearing, RING_RADIUS_M, 0.0)
                    .translation
                    .distance(facing_middle(other.bearing, RING_RADIUS_M, 0.0).translation);
                assert!(apart > 2.0 * PLINTH_RADIUS_M + 0.5, "{} and {}", place.title, other.title);
            }
        }
    }
}
