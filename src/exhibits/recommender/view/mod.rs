//! How the recommender is shown: films overhead, how it learns on the left, the visitor's taste on the right.

mod asking;
mod attention;
mod learning;
mod places;

use bevy::prelude::*;

use self::attention::{Attention, Profile};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Attention>()
        .init_resource::<Profile>()
        .add_plugins((asking::plugin, learning::plugin));
}
