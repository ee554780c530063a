//! Pictures of what the visitor sees: one PNG for each eye, beside the window's.

use bevy::{
    prelude::*,
    render::view::screenshot::{Screenshot, ScreenshotCaptured},
};

use bevy_mod_xr::camera::XrCamera;

use super::frame::picture_of;
use crate::{
    sentence::shown_path,
    world::{
        WorldSystems,
        headset::worn,
        interaction::intent::Intent,
        link::ShownRun,
        screenshot::{free_name, save},
        ui::notice::{Notice, Severity},
    },
};

pub(super) fn plugin(app: &mut App) {
    // After the window's own picture has its name, so that the three belong together.
    app.add_systems(Update, take_on_wish.after(WorldSystems::Show).run_if(worn));
}

fn take_on_wish(
    mut commands: Commands,
    mut intents: MessageReader<Intent>,
    run: Res<ShownRun>,
    eyes: Query<(&XrCamera, &Camera)>,
) {
    if !intents.read().any(|intent| *intent == Intent::Picture) {
        return;
    }
    let step = run.0.step();
    let folder = std::env::current_dir().unwrap_or_default();
    for (eye, side) in [(0, "left"), (1, "right")] {
        // Of an eye's picture no more may be drawn than the graphics card can in time.
        let Some(drawn) = eyes
            .iter()
            .find(|(camera, _)| camera.0 == eye)
            .and_then(|(_, camera)| camera.physical_viewport_size())
        else {
            continue;
        };
        let file = free_name(&folder, step, side);
        commands.spawn(Screenshot::texture_view(picture_of(eye))).observe(
            move |captured: On<ScreenshotCaptured>, mut notices: MessageWriter<Notice>| {
                match save(&captured.image, drawn, &file) {
                    // One slip is enough for both.
                    Ok(()) if eye == 0 => {}
                    Ok(()) => {
                        let text = phrase!("xr-what-the-eyes-see-is", file = shown_path(&file));
                        notices.write(Notice { severity: Severity::Info, text });
                    }
                    Err(why) => {
                        notices.write(Notice { severity: Severity::Amber, text: why.into() });
                    }
                }
            },
        );
    }
}
