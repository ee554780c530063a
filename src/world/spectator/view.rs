//! The window's camera in each of the spectators' modes, from entering the headset to leaving it.

use bevy::{
    camera::visibility::RenderLayers, math::curve::EaseFunction, prelude::*, window::PrimaryWindow,
};

use super::{
    SpectatorMode, SpectatorPlan,
    gaze::{Calm, Gaze, Glide, Spring},
};
use crate::world::{
    Head, SPECTATOR_ONLY, WindowCamera, WorldSystems,
    desktop::{
        MouseAim,
        stance::{FlySystems, Stance, Steering},
    },
    head::FIELD_OF_VIEW_DEGREES,
    headset::worn,
    interaction::intent::Intent,
    stage::ExhibitList,
    ui::notice::{Notice, Severity},
};

/// The vertical field of view of who sees with the visitor, in degrees: a headset shows more than a window.
const WIDE_DEGREES: f32 = 74.0;
/// How calmly the camera follows the visitor, and glides from view to view.
const CALM: Calm = Calm {
    place: Spring { secs: 0.15, most_per_sec: 3.0 },
    turn: Spring { secs: 0.2, most_per_sec: 1.6 },
    lens: Spring { secs: 0.12, most_per_sec: 1.0 },
};
/// Whoever steers wants no delay.
const STEERED: Calm = Calm {
    place: Spring { secs: 0.03, most_per_sec: f32::INFINITY },
    turn: Spring { secs: 0.03, most_per_sec: f32::INFINITY },
    ..CALM
};
/// How long the camera takes to where the window's own visitor stands, in seconds.
const HAND_BACK_SECS: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<CameraWork>().init_resource::<Stance>().add_systems(
        Update,
        (
            // Only one of both runs, by whether a headset is worn.
            steer.ambiguous_with(FlySystems).in_set(WorldSystems::Steer).run_if(worn),
            (film.run_if(worn), hand_back.run_if(not(worn))).chain().in_set(WorldSystems::Arrange),
        ),
    );
}

/// Who moves the window's camera.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum CameraWork {
    /// Whoever stands before the window.
    #[default]
    Window,
    /// The spectators' modes.
    Spectators(Glide),
    /// On the way back to whoever stands before the window.
    HandingBack { from: Gaze, secs: f32 },
}

const fn lens(mode: SpectatorMode) -> f32 {
    let degrees = match mode {
        SpectatorMode::Follow => WIDE_DEGREES,
        SpectatorMode::Exhibit | SpectatorMode::Free | SpectatorMode::Off => FIELD_OF_VIEW_DEGREES,
    };
    degrees.to_radians()
}

/// What keys, mouse and buttons change about the view.
fn steer(
    mut intents: MessageReader<Intent>,
    steering: Steering,
    time: Res<Time<Real>>,
    listed: Option<Res<ExhibitList>>,
    camera: Option<Single<&Transform, With<WindowCamera>>>,
    mut plan: ResMut<SpectatorPlan>,
    mut stance: ResMut<Stance>,
    mut notices: MessageWriter<Notice>,
) {
    let Some(eye) = camera else {
        return;
    };
    let mut mode = plan.mode;
    for intent in intents.read() {
        match intent {
            Intent::NextView => mode = mode.next(),
            Intent::Overview => {
                mode = SpectatorMode::Exhibit;
                stance.frame_again();
                continue;
            }
            Intent::Show(index) => {
                let places = listed.as_ref().map_or(&[][..], |listed| &listed.0);
                let Some(place) = places.get(*index) else {
                    continue;
                };
                mode = SpectatorMode::Exhibit;
                *stance = Stance::framing(place.bearing);
                notices.write(Notice {
                    severity: Severity::Info,
                    text: phrase!("spectator-your-guide-points-to", title = place.title),
                });
                continue;
            }
            _ => continue,
        }
        match mode {
            SpectatorMode::Exhibit => stance.frame_again(),
            // It begins where the camera is.
            SpectatorMode::Free => *stance = Stance::at(&eye),
            SpectatorMode::Follow | SpectatorMode::Off => {}
        }
    }
    if let Some(push) = steering.push() {
        if mode != SpectatorMode::Free {
            mode = SpectatorMode::Free;
            *stance = Stance::at(&eye);
        }
        stance.push(&push, &eye, time.delta_secs());
    }
    if plan.mode != mode {
        plan.mode = mode;
    }
}

/// Moves the camera to where the mode wants it.
fn film(
    plan: Res<SpectatorPlan>,
    stance: Res<Stance>,
    time: Res<Time<Real>>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    heads: Query<&GlobalTransform, (With<Head>, Without<WindowCamera>)>,
    camera: Option<Single<(Entity, &mut Transform, &mut Projection), With<WindowCamera>>>,
    mice: Query<Entity, With<MouseAim>>,
    mut work: ResMut<CameraWork>,
    mut was_off: Local<bool>,
    mut commands: Commands,
) {
    let Some(camera) = camera else {
        return;
    };
    let (entity, mut eye, mut projection) = camera.into_inner();
    let Projection::Perspective(perspective) = &mut *projection else {
        return;
    };
    let off = plan.mode == SpectatorMode::Off;
    let mut glide = if let CameraWork::Spectators(glide) = *work {
        glide
    } else {
        *was_off = !off;
        Glide::from(Gaze::of_eye(&eye, perspective.fov))
    };
    if *was_off != off {
        *was_off = off;
        let layers = if off { RenderLayers::none() } else { RenderLayers::layer(0) };
        let layers = layers.with(SPECTATOR_ONLY);
        // The mouse reaches what the window shows.
        for mouse in &mice {
            commands.entity(mouse).insert(layers.clone());
        }
        commands.entity(entity).insert(layers);
    }

    let aspect =
        window.map_or(perspective.aspect_ratio, |window| window.width() / window.height().max(1.0));
    let fov = lens(plan.mode);
    let target = match plan.mode {
        SpectatorMode::Follow => heads.iter().next().map(|head| {
            let head = head.compute_transform();
            Gaze::of_eye(&head, fov)
        }),
        SpectatorMode::Exhibit | SpectatorMode::Free => {
            Some(Gaze::of_eye(&stance.eye(aspect, fov), fov))
        }
        SpectatorMode::Off => None,
    };
    if let Some(target) = target {
        let calm = if plan.mode == SpectatorMode::Free { STEERED } else { CALM };
        glide.follow(&target, &calm, time.delta_secs());
    }
    eye.set_if_neq(glide.gaze.eye());
    if perspective.fov != glide.gaze.fov {
        perspective.fov = glide.gaze.fov;
    }
    *work = CameraWork::Spectators(glide);
}

/// Eases the camera to where the window's own visitor stands, which has been written this frame already.
fn hand_back(
    time: Res<Time<Real>>,
    camera: Option<Single<(Entity, &mut Transform, &mut Projection), With<WindowCamera>>>,
    mice: Query<Entity, With<MouseAim>>,
    mut work: ResMut<CameraWork>,
    mut commands: Commands,
) {
    let (from, secs) = match *work {
        CameraWork::Window => return,
        CameraWork::Spectators(glide) => (glide.gaze, 0.0),
        CameraWork::HandingBack { from, secs } => (from, secs),
    };
    let Some(camera) = camera else {
        return;
    };
    let (entity, mut eye, mut projection) = camera.into_inner();
    if matches!(*work, CameraWork::Spectators(_)) {
        commands.entity(entity).remove::<RenderLayers>();
        for mouse in &mice {
            commands.entity(mouse).remove::<RenderLayers>();
        }
    }
    let secs = secs + time.delta_secs();
    let share = (secs / HAND_BACK_SECS).min(1.0);
    let own = FIELD_OF_VIEW_DEGREES.to_radians();
    let eased = EaseFunction::SmoothStep.sample_clamped(share);
    let gaze = from.part_way(&Gaze::of_eye(&eye, own), eased);
    if share < 1.0 {
        *eye = gaze.eye();
        *work = CameraWork::HandingBack { from, secs };
    } else {
        *work = CameraWork::Window;
    }
    if let Projection::Perspective(perspective) = &mut *projection {
        perspective.fov = gaze.fov;
    }
}
