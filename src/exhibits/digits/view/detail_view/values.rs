//! The numbers of the near map and of its filter at the shown step, and light on the same map in every layer.

use bevy::prelude::*;

use super::{
    choice::LAYERS,
    panel::{DetailView, DetailWords},
};
use crate::{
    exhibits::digits::{
        FILTER_BIASES, FILTER_WEIGHTS,
        view::{DigitsAttention, Shows, architecture::Staged, probe::ShowsMap},
    },
    world::{
        display::Field,
        inspect::{self, Unit},
        link::ShownSnapshot,
        ui::sheet::figure,
    },
};

/// The words on the filter are written at most once in this time, in seconds.
const WRITE_EVERY_SECS: f32 = 0.1;

/// Numbers of the near fields, and light on the chosen map in every layer that has it.
pub(super) fn show_maps(
    shown: Res<ShownSnapshot>,
    attention: Res<DigitsAttention>,
    staged: Res<Staged>,
    mut near: Query<(&ShowsMap, &mut Field), Without<Shows>>,
    mut walls: Query<(&Shows, &mut Field), Without<ShowsMap>>,
) {
    for (shows, mut field) in &mut near {
        if (shown.is_changed() || field.is_added())
            && let Some(layer) = shown.layer(shows.0)
        {
            field.show(layer);
        }
    }
    if !attention.is_changed() {
        return;
    }
    let filter = attention.chosen.map(|chosen| staged.filter_of(chosen));
    let channels = staged.sizes().map_or(1, |sizes| sizes.channels);
    for (shows, mut field) in &mut walls {
        let spotlight = match shows.0 {
            FILTER_WEIGHTS if channels > 1 => {
                attention.chosen.filter(|chosen| chosen.layer == FILTER_WEIGHTS).map(|of| of.map)
            }
            _ => filter,
        };
        if LAYERS.contains(&shows.0) && field.spotlight != spotlight {
            field.spotlight = spotlight;
        }
    }
}

pub(super) fn write_filter(
    time: Res<Time<Real>>,
    mut next_secs: Local<f32>,
    shown: Res<ShownSnapshot>,
    staged: Res<Staged>,
    loupe: Option<Single<&DetailView>>,
    mut words: Query<(&DetailWords, &mut Text)>,
) {
    let Some((layer, map)) = loupe.and_then(|loupe| loupe.map) else {
        return;
    };
    let filter = staged.filter_of(Unit { layer, map, row: 0, column: 0 });
    let channels = staged.sizes().map_or(1, |sizes| sizes.channels);
    let of_weights = if layer == FILTER_WEIGHTS { map } else { filter * channels };
    let Some(snapshot) = shown.get().filter(|_| time.elapsed_secs() >= *next_secs) else {
        return;
    };
    *next_secs = time.elapsed_secs() + WRITE_EVERY_SECS;
    let number = |layer, map, row, column| {
        inspect::value(snapshot, Unit { layer, map, row, column }).map_or_else(String::new, figure)
    };
    for (which, mut text) in &mut words {
        let wanted = match *which {
            DetailWords::Title => continue,
            DetailWords::Weight(row, column) => number(FILTER_WEIGHTS, of_weights, row, column),
            DetailWords::Bias => {
                say!(
                    "digits-filter-bias",
                    filter,
                    filter_biases = number(FILTER_BIASES, 0, 0, filter)
                )
            }
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}
