//! How the recommender is shown: films overhead, how it learns on the left, the visitor's taste on the right.

mod asking;
mod attention;
mod dome;
mod dome_families;
mod dome_glass;
mod dome_lines;
mod dome_looks;
mod dome_names;
mod dome_people;
mod dome_plate;
mod dome_pointing;
mod dome_shape;
pub(super) mod emblem;
mod film_card;
mod label_placement;
mod learning;
mod legend;
mod map_switch;
mod places;
mod pull;
mod sculpt;
mod taste;

use bevy::prelude::*;

pub(super) use self::attention::SeenBy;
use self::attention::{AttentionSystems, Profile, Sculpting, TasteAttention, look_as_asked};
use super::EXHIBIT_ID;
use crate::world::{
    WorldSystems,
    guide::{Telling, Tellings},
    stage::OnStage,
};

/// What runs only while the recommender is on the stage.
const ON_STAGE: OnStage = OnStage(EXHIBIT_ID);

/// What a stranger is told here.
const TELLING: Telling = Telling {
    point: key!("guide-point-at-any-film"),
    press: key!("guide-see-why-the-film"),
    comes_near: true,
};

pub(super) fn plugin(app: &mut App) {
    app.world_mut().get_resource_or_init::<Tellings>().add(EXHIBIT_ID, TELLING);
    app.init_resource::<TasteAttention>()
        .init_resource::<Profile>()
        .init_resource::<Sculpting>()
        .configure_sets(
            Update,
            AttentionSystems
                .in_set(WorldSystems::Steer)
                .in_set(ON_STAGE)
                .ambiguous_with(AttentionSystems),
        )
        .add_systems(Startup, look_as_asked)
        .add_plugins((asking::plugin, learning::plugin, taste::plugin, legend::plugin))
        .add_plugins((
            dome::plugin,
            dome_glass::plugin,
            dome_looks::plugin,
            dome_names::plugin,
            dome_people::plugin,
            dome_lines::plugin,
            dome_pointing::plugin,
            film_card::plugin,
            map_switch::plugin,
            pull::plugin,
            sculpt::plugin,
        ));
}
