//! Plinths around the stage: one for each exhibit that is not on it, with how it stands there and a button to visit it.

use bevy::{prelude::*, ui::InteractionDisabled};
use indicatif::HumanCount;

use super::{ActiveExhibit, ExhibitSessions, Rest};
use crate::{
    history::Run,
    stream::{ExhibitId, RunState},
    world::{
        WorldSystems,
        draw::{MeshMaterial3d, PlainMaterial},
        interaction::intent::Intent,
        stage::{
            ExhibitList, Footprint, Placed, Plinth,
            emblem::{self, Body},
            plan::{PLINTH_HEIGHT_M, PLINTH_RADIUS_M, SIDESHOWS, facing_middle, left_free, ring},
        },
        ui::{
            controls::{Activate, ButtonKind, ControlText, button, mark, row},
            palette,
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// Width and height of a sign over a plinth, in metres.
const SIGN_SIZE_M: Vec2 = vec2(1.9, 1.08);
/// Height of its middle, in metres: that of a head.
const SIGN_HEIGHT_M: f32 = 1.45;
/// The distance that it is set for, in metres: a sign hangs at a slant to those who sit.
const READ_FROM_M: f32 = 3.7;
/// How often signs are written anew, in seconds.
const EVERY_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, raise)
        .add_systems(Update, (make_way, tell_how_it_stands).in_set(WorldSystems::Show));
}

/// A plinth or its sign that makes way while its exhibit is on the stage.
#[derive(Component, Clone, Copy)]
struct WaitsFor(ExhibitId);

/// The line that says how an session stands.
#[derive(Component, Clone, Copy)]
struct SignText(ExhibitId);

/// The button that lets a resting session go on, or pauses it.
#[derive(Component, Clone, Copy)]
struct SwitchesRest(ExhibitId);

fn raise(
    listed: Option<Res<ExhibitList>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut hanger: Hanger,
) {
    let listed = listed.map(|listed| listed.0.clone()).unwrap_or_default();
    let stone = Stone {
        drum: hanger
            .meshes
            .add(Cylinder::new(PLINTH_RADIUS_M, PLINTH_HEIGHT_M).mesh().resolution(64)),
        drum_look: materials.add(PlainMaterial {
            colour: palette::PLATE_RAISED,
            lit: true,
            ..default()
        }),
        rim: hanger.meshes.add(Torus::new(PLINTH_RADIUS_M - 0.006, PLINTH_RADIUS_M + 0.002)),
        rim_look: materials.add(PlainMaterial { colour: palette::RULE, ..default() }),
    };
    let (bearings, radius) = ring(listed.len());
    for ((number, placed), bearing) in listed.iter().enumerate().zip(bearings) {
        let Plinth { title, promise, emblem, .. } = placed.plinth;
        let raised = stone.raise(&mut hanger, title, bearing, radius);
        emblem::put(
            &mut hanger.commands,
            raised.plinth,
            emblem(),
            &mut hanger.meshes,
            &mut materials,
        );
        for part in [raised.plinth, raised.sign] {
            hanger.commands.entity(part).insert(WaitsFor(placed.exhibit));
        }
        hanger.commands.entity(raised.page).with_children(|sign| {
            sign.spawn(words::title(title));
            sign.spawn(words::caption(promise));
            write_visit(sign, placed, number);
        });
    }
    for (sideshow, bearing) in SIDESHOWS.iter().zip(left_free(listed.len())) {
        let raised = stone.raise(&mut hanger, sideshow.title, bearing, radius);
        let looks_inside = sideshow.looks_inside && listed.iter().any(|placed| placed.looks_inside);
        if looks_inside {
            let (commands, meshes) = (&mut hanger.commands, &mut hanger.meshes);
            emblem::put(commands, raised.plinth, lens(), meshes, &mut materials);
        }
        hanger.commands.entity(raised.page).with_children(|sign| {
            sign.spawn(words::title(sideshow.title));
            sign.spawn(words::caption(sideshow.promise));
            if looks_inside {
                let look = button("look-inside", "Look inside", ButtonKind::Primary);
                sign.spawn(row()).with_children(|line| {
                    line.spawn(look).observe(look_inside);
                });
            }
        });
    }
}

/// A layer seen through a ring.
fn lens() -> Vec<Body> {
    let plate = Cuboid::new(0.2, 0.2, 0.014).mesh().build();
    let upright = Transform::from_rotation(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
    let handle = Transform::from_xyz(0.17, -0.17, 0.1)
        .with_rotation(Quat::from_rotation_z(std::f32::consts::FRAC_PI_4));
    vec![
        Body {
            mesh: plate,
            colour: palette::TRAIN,
            places: vec![Transform::from_xyz(0.0, 0.0, -0.1)],
        },
        Body {
            mesh: Torus::new(0.125, 0.15).mesh().build(),
            colour: palette::AMBER,
            places: vec![Transform::from_xyz(0.0, 0.0, 0.1) * upright],
        },
        Body {
            mesh: Cuboid::new(0.024, 0.16, 0.024).mesh().build(),
            colour: palette::AMBER,
            places: vec![handle],
        },
    ]
}

/// Looks inside the model that is on the stage, or else visits the first that can be looked into.
fn look_inside(
    _: On<Activate>,
    listed: Res<ExhibitList>,
    playing: Option<Res<ActiveExhibit>>,
    mut intents: MessageWriter<Intent>,
) {
    let open = |placed: &Placed| placed.looks_inside;
    let on_stage = |placed: &Placed| playing.as_ref().is_some_and(|on| on.0 == placed.exhibit);
    let now = listed.0.iter().position(|placed| on_stage(placed) && open(placed));
    if let Some(exhibit) = now.or_else(|| listed.0.iter().position(open)) {
        if now.is_none() {
            intents.write(Intent::Visit(exhibit));
        }
        intents.write(Intent::LookInside(exhibit));
        intents.write(Intent::Recentre);
    }
}

/// What every plinth is made of.
struct Stone {
    drum: Handle<Mesh>,
    drum_look: Handle<PlainMaterial>,
    rim: Handle<Mesh>,
    rim_look: Handle<PlainMaterial>,
}

/// A plinth with a sign over it, and the page of the sign.
struct Raised {
    plinth: Entity,
    sign: Entity,
    page: Entity,
}

impl Stone {
    fn raise(&self, hanger: &mut Hanger, title: &'static str, bearing: f32, radius: f32) -> Raised {
        let plinth = hanger
            .commands
            .spawn((
                Name::new(format!("Plinth, {title}")),
                Mesh3d(self.drum.clone()),
                MeshMaterial3d(self.drum_look.clone()),
                facing_middle(bearing, radius, PLINTH_HEIGHT_M / 2.0),
                Footprint::Disc { radius: PLINTH_RADIUS_M },
                children![(
                    Mesh3d(self.rim.clone()),
                    MeshMaterial3d(self.rim_look.clone()),
                    Transform::from_xyz(0.0, PLINTH_HEIGHT_M / 2.0, 0.0),
                )],
            ))
            .id();
        let sign = hanger.hang(PanelPlan {
            name: title,
            size_m: SIGN_SIZE_M,
            read_from_m: READ_FROM_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(sign.panel).insert((
            facing_middle(bearing, radius, SIGN_HEIGHT_M),
            // It hangs at the height of a head.
            Footprint::Rectangle { size: SIGN_SIZE_M.with_y(0.0) },
        ));
        Raised { plinth, sign: sign.panel, page: sign.root }
    }
}

/// How an exhibit stands, and what one can do about it; `number` is its place in the list.
fn write_visit(sign: &mut ChildSpawnerCommands, placed: &Placed, number: usize) {
    let [visit, rest] = placed.plinth.buttons;
    sign.spawn((words::caption(""), SignText(placed.exhibit)));
    sign.spawn(row()).with_children(|line| {
        line.spawn(button(visit, "Visit", ButtonKind::Primary)).observe(
            move |_: On<Activate>, mut intents: MessageWriter<Intent>| {
                intents.write(Intent::Visit(number));
            },
        );
        line.spawn((button(rest, "Let it go on", ButtonKind::Plain), SwitchesRest(placed.exhibit)))
            .insert(InteractionDisabled)
            .observe(switch);
    });
}

fn switch(
    press: On<Activate>,
    buttons: Query<&SwitchesRest>,
    mut exhibit_sessions: ResMut<ExhibitSessions>,
) {
    if let Ok(button) = buttons.get(press.entity)
        && let Some(resting) =
            exhibit_sessions.resting.iter_mut().find(|resting| resting.exhibit == button.0)
    {
        resting.switch();
    }
}

/// What is on the stage has no plinth, and what left it has one again.
fn make_way(
    playing: Option<Res<ActiveExhibit>>,
    mut parts: Query<(&WaitsFor, &mut Visibility)>,
    mut done: Local<Option<ExhibitId>>,
) {
    let Some(playing) = playing.filter(|playing| *done != Some(playing.0)) else {
        return;
    };
    *done = Some(playing.0);
    for (part, mut visibility) in &mut parts {
        let on_stage = part.0 == playing.0;
        visibility.set_if_neq(if on_stage { Visibility::Hidden } else { Visibility::Inherited });
    }
}

fn tell_how_it_stands(
    time: Res<Time<Real>>,
    exhibit_sessions: Res<ExhibitSessions>,
    mut next_secs: Local<f32>,
    mut lines: Query<(&SignText, &mut Text)>,
    mut buttons: Query<(Entity, &SwitchesRest, &mut ControlText, Has<InteractionDisabled>)>,
    mut commands: Commands,
) {
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    let resting =
        |id: ExhibitId| exhibit_sessions.resting.iter().find(|resting| resting.exhibit == id);
    for (standing, mut text) in &mut lines {
        let opening =
            exhibit_sessions.opening.as_ref().is_some_and(|one| one.exhibit == standing.0);
        let wanted = match resting(standing.0) {
            Some(resting) => how(&resting.session.run.0, resting.rest),
            None if opening => "Being opened: its data are read".to_owned(),
            None => "Not visited yet".to_owned(),
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
    for (entity, button, mut words, disabled) in &mut buttons {
        let resting = resting(button.0);
        let can = resting.is_some_and(|resting| !resting.session.run.0.state().is_over());
        mark::<InteractionDisabled>(&mut commands, entity, disabled, !can);
        let goes_on = resting.is_some_and(|resting| resting.rest == Rest::GoesOn);
        let label = if goes_on { "Pause it" } else { "Let it go on" };
        if words.0 != label {
            words.0 = label.to_owned();
        }
    }
}

/// How a resting session stands, in one line.
fn how(run: &Run, rest: Rest) -> String {
    let step = HumanCount(run.step().0);
    match (run.state(), rest) {
        (RunState::Finished, _) => format!("It has learned, in {step} steps"),
        (RunState::Diverged { .. }, _) => format!("It diverged at step {step}"),
        (RunState::Failed { .. }, _) => format!("It failed at step {step}"),
        (_, Rest::GoesOn) => format!("Goes on slowly, at step {step}"),
        (_, Rest::Waits | Rest::Stays) => format!("Paused at step {step}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Step};

    #[test]
    fn a_sign_says_what_the_act_does() {
        let mut run = Run::new(0);
        run.take(Report::State { state: RunState::Paused, step: Step(1200) });
        assert_eq!(how(&run, Rest::Waits), "Paused at step 1,200");
        run.take(Report::State { state: RunState::Training, step: Step(1201) });
        assert_eq!(how(&run, Rest::GoesOn), "Goes on slowly, at step 1,201");
        run.take(Report::State { state: RunState::Finished, step: Step(2500) });
        assert_eq!(how(&run, Rest::GoesOn), "It has learned, in 2,500 steps");
    }
}
