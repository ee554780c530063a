//! Things that show numbers: fields of cells, clouds of points, curves, bars, wires, colour bars; they hold no text.
//!
//! Whatever a display shows lives in storage buffers of constant size. A material is made once and never
//! touched again, so a frame costs one small `write_buffer` per display that changed.

mod bars;
mod chart;
mod cloud;
mod colour_map;
pub(in crate::world) mod ease;
mod field;
mod ground;
mod legend;
mod matrix;
mod plate;
mod upload;
mod wires;

use bevy::{prelude::*, render::storage::ShaderBuffer};

pub use bars::{Bars, MAX_BARS};
pub use chart::{
    AxisSpan, Chart, ChartAxis, MAX_SERIES, Scale, SeriesStyle, decade_ticks, nice_ticks,
};
pub use cloud::{Cloud, MAX_CLOUD_COLOURS, Marks, PointLook};
pub use colour_map::{ColourMap, ColourScale};
pub use field::{CellAt, Field, FieldLayout, MAX_MARKS, Mark, Spans};
pub use ground::Ground;
pub use legend::{colour_bar, colour_bar_upright};
pub use matrix::{confusion_matrix, show_counts, show_shares};
pub use wires::Wires;

/// Everything that can show numbers; add it after Bevy's own plugins and after the asset source `shaders`.
pub fn plugin(app: &mut App) {
    provide_asset::<Mesh>(app);
    provide_asset::<Image>(app);
    provide_asset::<ShaderBuffer>(app);
    app.add_plugins((
        upload::plugin,
        colour_map::plugin,
        field::plugin,
        chart::plugin,
        bars::plugin,
        wires::plugin,
        cloud::plugin,
        ground::plugin,
    ));
}

/// An app without a renderer, as in tests, lacks the asset collections that displays are made of.
fn provide_asset<A: Asset>(app: &mut App) {
    if !app.world().contains_resource::<Assets<A>>() {
        app.init_asset::<A>();
    }
}
