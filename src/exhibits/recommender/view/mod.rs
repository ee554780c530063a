//! How the recommender is shown: films overhead, how it learns on the left, the visitor's taste on the right.

mod asking;
mod attention;
mod places;
mod taste;

use bevy::prelude::*;

use self::attention::{Attention, Profile, Sculpting};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Attention>()
        .init_resource::<Profile>()
        .init_resource::<Sculpting>()
        .add_plugins((asking::plugin, taste::plugin));
}
