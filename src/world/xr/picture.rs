//! Pictures of what the visitor sees: one PNG for each eye, beside the window's.

use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured},
};

use super::frame::picture_of;
use crate::world::{
    headset::worn,
    interaction::intent::Intent,
    link::ShownRun,
    picture::{free_name, save},
    ui::notice::{Notice, Severity},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, take_on_wish.run_if(worn));
}

fn take_on_wish(mut commands: Commands, mut intents: MessageReader<Intent>, run: Res<ShownRun>) {
    if !intents.read().any(|intent| *intent == Intent::Picture) {
        return;
    }
    let step = run.0.step();
    let folder = std::env::current_dir().unwrap_or_default();
    for (eye, side) in [(0, "left"), (1, "right")] {
        let file = free_name(&folder, step, side);
        commands.spawn(Screenshot::texture_view(picture_of(eye))).observe(
            move |captured: On<ScreenshotCaptured>, mut notices: MessageWriter<Notice>| {
                notices.write(match save(&captured.image, &file) {
                    Ok(()) => Notice {
                        severity: Severity::Info,
                        text: format!("Picture of the {side} eye saved as {}", file.display()),
                    },
                    Err(reason) => Notice { severity: Severity::Amber, text: reason },
                });
            },
        );
    }
}
