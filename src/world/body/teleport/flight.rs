//! The way of a thing thrown from the hand, which says where one wants to stand.

use bevy::prelude::*;

use crate::world::stage::plan::FLOOR_RADIUS_M;

/// How fast it is thrown, in metres per second: level from the hand it lands 4.5 m away, slightly upwards it reaches
/// the walls.
const SPEED_M_PER_SECOND: f32 = 9.0;
/// Standard gravity, in metres per second squared.
const GRAVITY: f32 = 9.80665;

/// A throw from a hand to the floor or to a wall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flight {
    from: Vec3,
    velocity: Vec3,
    /// How long it flies, in seconds.
    secs: f32,
    /// Whether it ends on the floor of the hall.
    pub lands: bool,
}

impl Flight {
    /// Thrown from this point in this direction; none from below the floor, or from outside of the hall.
    pub(super) fn thrown(from: Vec3, direction: Dir3) -> Option<Self> {
        if from.y < 0.0 || from.xz().length() >= FLOOR_RADIUS_M {
            return None;
        }
        let velocity = direction * SPEED_M_PER_SECOND;
        // y + v t - g t² / 2 = 0, the later of the two.
        let to_floor =
            (velocity.y + (velocity.y.powi(2) + 2.0 * GRAVITY * from.y).sqrt()) / GRAVITY;
        // |p + v t| = R, seen from above, the later of the two; never if it is thrown straight up.
        let (place, way) = (from.xz(), velocity.xz());
        let (along, speed) = (place.dot(way), way.length_squared());
        let room = FLOOR_RADIUS_M.powi(2) - place.length_squared();
        let to_wall = if speed > 1e-6 {
            ((along.powi(2) + speed * room).sqrt() - along) / speed
        } else {
            f32::INFINITY
        };
        Some(Self { from, velocity, secs: to_floor.min(to_wall), lands: to_floor <= to_wall })
    }

    /// Where it ends.
    pub(super) fn end(&self) -> Vec3 {
        self.at(self.secs)
    }

    /// The way in this many straight pieces.
    pub(super) fn pieces(&self, count: u16) -> impl Iterator<Item = (Vec3, Vec3)> {
        let at = move |piece: u16| self.at(self.secs * f32::from(piece) / f32::from(count));
        (0..count).map(move |piece| (at(piece), at(piece + 1)))
    }

    fn at(&self, secs: f32) -> Vec3 {
        self.from + self.velocity * secs - Vec3::Y * (0.5 * GRAVITY * secs * secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thrown(from: Vec3, direction: Vec3) -> Flight {
        Flight::thrown(from, Dir3::new(direction).unwrap()).unwrap()
    }

    #[test]
    fn it_lands_where_a_thrown_stone_does() {
        let flight = thrown(vec3(0.5, 1.25, 1.0), Vec3::NEG_Z);
        // It falls 1.25 m in sqrt(2 h / g) = 0.5049 s, in which it flies 4.544 m.
        assert!(flight.lands);
        assert!(flight.end().distance(vec3(0.5, 0.0, 1.0 - 4.544)) < 1e-3, "{}", flight.end());
        let down = thrown(vec3(0.5, 1.25, 1.0), Vec3::NEG_Y);
        assert!(down.lands && down.end().distance(vec3(0.5, 0.0, 1.0)) < 1e-4);
        let up = thrown(vec3(0.5, 1.25, 1.0), Vec3::Y);
        assert!(up.lands && up.end().distance(vec3(0.5, 0.0, 1.0)) < 1e-3);
    }

    #[test]
    fn it_ends_at_the_walls() {
        let flight = thrown(vec3(3.0, 1.25, 0.0), vec3(0.0, 0.5, -1.0));
        assert!(!flight.lands);
        assert!((flight.end().xz().length() - FLOOR_RADIUS_M).abs() < 1e-3);
        assert!(flight.end().y > 0.0);
        let outside = vec3(9.5, 1.25, 0.0);
        assert_eq!(Flight::thrown(outside, Dir3::NEG_X), None);
    }

    #[test]
    fn pieces_join_from_hand_to_floor() {
        let flight = thrown(vec3(0.5, 1.25, 1.0), vec3(0.3, 0.2, -1.0));
        let pieces: Vec<_> = flight.pieces(20).collect();
        assert_eq!(pieces[0].0, vec3(0.5, 1.25, 1.0));
        assert_eq!(pieces[19].1, flight.end());
        assert!(pieces.windows(2).all(|two| two[0].1 == two[1].0));
    }
}
