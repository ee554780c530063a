//! What keeps a visitor comfortable, as they chose it.

use bevy::prelude::*;

use super::Side;
use crate::world::{WorldSystems, motion::Motion, stage::plan::EYE_HEIGHT_M};

pub(super) fn plugin(app: &mut App) {
    let asked = app.world().get_resource::<Motion>().copied().unwrap_or_default();
    if !app.world().contains_resource::<Comfort>() {
        app.insert_resource(Comfort { less_motion: asked == Motion::Less, ..Comfort::default() });
    }
    app.add_systems(
        Update,
        calm.before(WorldSystems::Arrange)
            .run_if(resource_exists_and_changed::<Comfort>.and_then(resource_exists::<Motion>)),
    );
}

/// The whole hall moves as this visitor chose.
fn calm(comfort: Res<Comfort>, mut motion: ResMut<Motion>) {
    motion.set_if_neq(if comfort.less_motion { Motion::Less } else { Motion::Usual });
}

/// The visitor's choices; the wrist menu changes them.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Comfort {
    /// The hand whose ray the beam starts with; the menu is on the other wrist, and the other's stick walks where
    /// that is chosen.
    pub main_hand: Side,
    /// What one push of the stick turns by, in degrees.
    pub snap_turn_degrees: f32,
    /// Whether the stick also walks smoothly.
    pub smooth_walking: bool,
    /// Whether the edges darken while walking smoothly.
    pub vignette: bool,
    /// Whether what would glide is where it belongs at once.
    pub less_motion: bool,
    /// Whether the visitor sits, and is lifted to the eye height of somebody who stands.
    pub seated: bool,
}

impl Comfort {
    /// Whether the stick of this hand walks, and so neither turns nor teleports.
    pub(super) fn walks_with(&self, side: Side) -> bool {
        self.smooth_walking && side == self.main_hand.other()
    }
}

impl Default for Comfort {
    fn default() -> Self {
        Self {
            main_hand: Side::Right,
            snap_turn_degrees: 30.0,
            smooth_walking: false,
            vignette: true,
            less_motion: false,
            seated: false,
        }
    }
}

/// Nobody is lifted by more than this, in metres: from the height of a low chair or a child.
pub(super) const MOST_LIFT_M: f32 = 0.8;

/// How far a visitor with the head at this height above the own floor is lifted, in metres.
pub(super) fn lift(comfort: &Comfort, head_m: f32) -> f32 {
    if comfort.seated { (EYE_HEIGHT_M - head_m).clamp(0.0, MOST_LIFT_M) } else { 0.0 }
}
