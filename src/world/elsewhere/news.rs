//! Who attached, who has gone, and who was not let in, as notices.

use bevy::prelude::*;

use super::Elsewhere;
use crate::{
    attach::News,
    world::{
        WorldSystems,
        ui::notice::{NoLongerSo, Notice, Severity},
    },
};

pub(super) fn plugin(app: &mut App) {
    let post = post.run_if(resource_exists::<Elsewhere>);
    // Before others that have news in what is shown.
    app.add_systems(Update, post.after(WorldSystems::Arrange).before(WorldSystems::Show));
}

fn post(
    elsewhere: Res<Elsewhere>,
    mut trouble: Local<Vec<Notice>>,
    mut notices: MessageWriter<Notice>,
    mut no_longer: MessageWriter<NoLongerSo>,
) {
    // That a run broke off is told of its state.
    for news in elsewhere.news.try_iter().filter(|news| *news != News::Gone) {
        let severity = if news.is_trouble() { Severity::Amber } else { Severity::Info };
        let notice = Notice { severity, text: news.told() };
        if news.is_trouble() {
            trouble.push(notice.clone());
        } else if matches!(news, News::Attached { .. }) {
            // What was the matter with those before it is not with this one.
            no_longer.write_batch(trouble.drain(..).map(NoLongerSo));
        }
        notices.write(notice);
    }
}
