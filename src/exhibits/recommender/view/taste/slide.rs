//! Lines that changed their place slide there, so that the eye can follow.

use bevy::prelude::*;

use crate::world::{WorldSystems, ui::type_size};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, slide.in_set(WorldSystems::Arrange).in_set(super::ON_STAGE));
}

/// How far a line still is below its place, in dmm; write it to let the line slide from there.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
#[require(UiTransform)]
pub(super) struct Slide(pub(super) f32);

/// From one line of a list to the next, in dmm.
pub(super) const PITCH_DMM: f32 = type_size::ROW + type_size::GAP;
/// After this time 95 % of the way is gone, in seconds.
const EASE_SECS: f32 = 0.25;
/// Less than this is no way, in dmm.
const ARRIVED_DMM: f32 = 0.5;

impl Slide {
    /// From one place of the list to another, of which `shown` can be seen.
    pub(super) fn between(from: usize, to: usize, shown: usize) -> Self {
        let most = shown as f32;
        Self((from as f32 - to as f32).clamp(-most, most) * PITCH_DMM)
    }

    fn after(self, secs: f32) -> Self {
        let left = self.0 * (-3.0 * secs / EASE_SECS).exp();
        Self(if left.abs() < ARRIVED_DMM { 0.0 } else { left })
    }
}

fn slide(time: Res<Time<Real>>, mut lines: Query<(&mut Slide, &mut UiTransform)>) {
    for (mut slide, mut place) in &mut lines {
        let now = slide.after(time.delta_secs());
        slide.set_if_neq(now);
        let moved = Val2::px(0.0, now.0);
        if place.translation != moved {
            place.translation = moved;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_arrives_soon_and_rests() {
        let risen = Slide::between(4, 1, 5);
        assert_eq!(risen, Slide(3.0 * PITCH_DMM));
        assert!(risen.after(EASE_SECS).0 < 0.06 * risen.0);
        assert_eq!(risen.after(1.0), Slide(0.0));
        assert_eq!(
            Slide::between(0, 19, 5),
            Slide(-5.0 * PITCH_DMM),
            "no further than can be seen"
        );
    }
}
