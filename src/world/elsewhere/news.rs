//! Who attached, who has gone, and who was not let in, as notices.

use bevy::prelude::*;

use super::Elsewhere;
use crate::{
    attach::News,
    world::{
        WorldSystems,
        ui::notice::{Notice, Severity},
    },
};

pub(super) fn plugin(app: &mut App) {
    let post = post.run_if(resource_exists::<Elsewhere>);
    // Before others that have news in what is shown.
    app.add_systems(Update, post.after(WorldSystems::Arrange).before(WorldSystems::Show));
}

fn post(elsewhere: Res<Elsewhere>, mut notices: MessageWriter<Notice>) {
    if elsewhere.news.is_empty() {
        return;
    }
    // That a run broke off is told of its state.
    let told = elsewhere.news.try_iter().filter(|news| *news != News::Gone);
    notices.write_batch(told.map(|news| {
        let severity = if news.is_trouble() { Severity::Amber } else { Severity::Info };
        Notice { severity, text: news.told() }
    }));
}
