//! What the window does while there is a headset: it never holds up a frame, and closing it ends the session first.

use bevy::{
    prelude::*,
    window::{PresentMode, PrimaryWindow, WindowCloseRequested},
    winit::{UpdateMode, WinitSettings},
};

use super::{alive::Session, session::leave};
use crate::world::{
    hall_events::{HallEvent, HallListener},
    headset::Headset,
};

/// How long a runtime may take to end a session when the window is closed, in seconds; some never do.
const FAREWELL_SECS: f32 = 2.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(First, (tell, keep_pace).chain()).add_systems(Last, say_goodbye);
}

fn tell(
    headset: Res<Headset>,
    told: Option<ResMut<HallListener>>,
    mut last: Local<Option<Headset>>,
) {
    if last.as_ref() == Some(&*headset) {
        return;
    }
    *last = Some(headset.clone());
    let Some(mut told) = told else {
        return;
    };
    let (state, reason) = match &*headset {
        Headset::Away => ("away", None),
        Headset::Ready => ("ready", None),
        Headset::Entering => ("entering", None),
        Headset::Worn { focused: true, .. } => ("focused", None),
        Headset::Worn { visible: true, .. } => ("visible", None),
        Headset::Worn { .. } => ("hidden", None),
        Headset::Leaving => ("leaving", None),
        Headset::Lost(why) => ("lost", Some(why.as_str())),
    };
    told.tell(HallEvent::Headset { state, reason });
}

/// The runtime sets the pace of a session, whether or not the window is in front; without one, the screen does.
fn keep_pace(
    session: Option<Res<Session>>,
    winit: Option<ResMut<WinitSettings>>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
) {
    let (mode, settings) = if session.is_some() {
        let always = UpdateMode::Continuous;
        (PresentMode::AutoNoVsync, WinitSettings { focused_mode: always, unfocused_mode: always })
    } else {
        (PresentMode::AutoVsync, WinitSettings::game())
    };
    if let Some(mut winit) = winit
        && (winit.focused_mode != settings.focused_mode
            || winit.unfocused_mode != settings.unfocused_mode)
    {
        *winit = settings;
    }
    for mut window in &mut windows {
        if window.present_mode != mode {
            window.present_mode = mode;
        }
    }
}

/// Ends the session before the program, since some runtimes hang or complain about one that just vanishes.
fn say_goodbye(world: &mut World, mut farewell_secs: Local<Option<f32>>) {
    let asked = world
        .get_resource::<Messages<WindowCloseRequested>>()
        .is_some_and(|requests| !requests.is_empty());
    let now = world.resource::<Time<Real>>().elapsed_secs();
    if asked && farewell_secs.is_none() {
        *farewell_secs = Some(now + FAREWELL_SECS);
        leave(world);
    }
    let gone = !world.contains_resource::<Session>();
    if farewell_secs.is_some_and(|until| gone || now > until) {
        world.write_message(AppExit::Success);
    }
}
