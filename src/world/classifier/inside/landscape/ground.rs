//! Raises the ground anew when another surface is told.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    Told,
    heights::Heights,
    places::{IsLand, RELIEF_M, SIZE_M},
};
use crate::{
    inside::Landscape,
    world::{
        classifier::{Classifier, Of, inside::wish::Wish},
        display::Ground,
        interaction::relief::Relief,
    },
};

/// The relief of a surface, and how it looks.
fn raised(landscape: &Landscape, heights: Heights) -> (Relief, Ground) {
    let shares: Vec<f32> = landscape.losses.iter().map(|loss| heights.share(*loss)).collect();
    let levels = landscape.losses.iter().map(|loss| heights.level(*loss)).collect();
    let metres: Arc<[f32]> = shares.iter().map(|share| share * RELIEF_M).collect();
    let (size, side) = (SIZE_M, landscape.asked.side);
    let relief = Relief { size, columns: side, rows: side, heights: metres.clone() };
    let ground = Ground { size, columns: side, rows: side, heights: metres, tones: shares, levels };
    (relief, ground)
}

pub(super) fn raise<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    ground: Option<Single<(Entity, &mut Visibility), (With<IsLand>, With<Of<C>>)>>,
    mut commands: Commands,
) {
    if !told.is_changed() && !wish.inside.is_changed() {
        return;
    }
    let Some(ground) = ground else { return };
    let (entity, mut seen) = ground.into_inner();
    let landscape = told.landscape(&wish).and_then(|said| Some((said, Heights::of(said)?)));
    let is_there = landscape.is_some();
    seen.set_if_neq(if is_there { Visibility::Inherited } else { Visibility::Hidden });
    if let Some((landscape, heights)) = landscape {
        // The relief first, since the look is made from it.
        let (relief, look) = raised(landscape, heights);
        commands.entity(entity).insert(relief).insert(look);
    }
}
