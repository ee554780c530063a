//! Plinths around the stage: one for each exhibit that is not on it, with how it stands there and a button to visit it.

use bevy::{prelude::*, ui::InteractionDisabled};
use indicatif::HumanCount;

use super::{
    ActiveExhibit, ExhibitSessions, Rest,
    wake::{Wakes, floor_look},
};
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
            plan::{PLINTH_HEIGHT_M, PLINTH_RADIUS_M, SIDESHOW, facing_middle, left_free, ring},
            stone,
        },
        ui::{
            controls::{Activate, ButtonKind, ControlText, button, mark, row},
            lettering::Lettering,
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
        .add_systems(Update, tell_how_it_stands.in_set(WorldSystems::Show));
}

/// Something that waits for its exhibit to come back, and makes way while that is on the stage.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct WaitsFor {
    pub exhibit: ExhibitId,
    pub part: Part,
}

/// What waits for an exhibit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Plinth,
    Sign,
    /// What stands on the plinth, in the plinth's own space.
    Emblem,
}

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
    let drum = hanger.meshes.add(stone::plinth());
    let (bearings, radius) = ring(listed.len());
    for ((number, placed), bearing) in listed.iter().enumerate().zip(bearings) {
        let Plinth { title, promise, emblem, .. } = placed.plinth;
        let raised = raise_one(&mut hanger, &mut materials, &drum, (title.text(), bearing, radius));
        let stand = raised.bear(&mut hanger, emblem(), &mut materials);
        let exhibit = placed.exhibit;
        hanger.commands.entity(raised.plinth).insert(WaitsFor { exhibit, part: Part::Plinth });
        hanger.commands.entity(raised.sign).insert(WaitsFor { exhibit, part: Part::Sign });
        hanger.commands.entity(stand).insert(WaitsFor { exhibit, part: Part::Emblem });
        hanger.commands.entity(raised.page).with_children(|sign| {
            sign.spawn(words::title(title));
            sign.spawn(words::caption(promise));
            write_visit(sign, placed, number);
        });
    }
    let can_be_looked_into = listed.iter().any(|placed| placed.looks_inside);
    if let Some(bearing) = left_free(listed.len()).next().filter(|_| can_be_looked_into) {
        raise_sideshow(&mut hanger, &mut materials, &drum, (bearing, radius));
    }
}

/// The plinth that leads into the model that is on the stage.
fn raise_sideshow(
    hanger: &mut Hanger,
    materials: &mut Assets<PlainMaterial>,
    drum: &Handle<Mesh>,
    (bearing, radius): (f32, f32),
) {
    let raised = raise_one(hanger, materials, drum, (SIDESHOW.title.text(), bearing, radius));
    raised.bear(hanger, lens(), materials);
    hanger.commands.entity(raised.page).with_children(|sign| {
        sign.spawn(words::title(SIDESHOW.title));
        sign.spawn(words::caption(SIDESHOW.promise));
        let look = button("look-inside", say!("exhibit-sessions-look-inside"), ButtonKind::Primary);
        sign.spawn(row()).with_children(|line| {
            line.spawn(look).observe(look_inside);
        });
    });
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

/// A plinth with a sign over it, what it is made of, and the page of the sign.
struct Raised {
    plinth: Entity,
    stone: Handle<PlainMaterial>,
    sign: Entity,
    page: Entity,
}

/// Raises a plinth that is called so, at this bearing and so far from the middle.
fn raise_one(
    hanger: &mut Hanger,
    materials: &mut Assets<PlainMaterial>,
    drum: &Handle<Mesh>,
    (title, bearing, radius): (&'static str, f32, f32),
) -> Raised {
    // Each has a look of its own, as each wakes by itself.
    let stone =
        materials.add(PlainMaterial { colour: palette::PLATE_RAISED, lit: true, ..default() });
    let plinth = hanger
        .commands
        .spawn((
            Name::new(format!("Plinth, {title}")),
            Mesh3d(drum.clone()),
            MeshMaterial3d(stone.clone()),
            facing_middle(bearing, radius, PLINTH_HEIGHT_M / 2.0),
            Footprint::Disc { radius: PLINTH_RADIUS_M },
            floor_look(0.0),
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
    Raised { plinth, stone, sign: sign.panel, page: sign.root }
}

impl Raised {
    /// Puts an emblem on it, which wakes with it; gives back what the emblem stands on.
    fn bear(
        &self,
        hanger: &mut Hanger,
        emblem: Vec<Body>,
        materials: &mut Assets<PlainMaterial>,
    ) -> Entity {
        let (commands, meshes) = (&mut hanger.commands, &mut *hanger.meshes);
        let (stand, bodies) = emblem::put(commands, self.plinth, emblem, meshes, materials);
        let (sign, stone) = (self.sign, self.stone.clone());
        let wakes = Wakes { sign, stone, bodies, awake: 0.0, wanted: false };
        commands.entity(self.plinth).insert(wakes);
        stand
    }
}

/// How an exhibit stands, and what one can do about it; `number` is its place in the list.
fn write_visit(sign: &mut ChildSpawnerCommands, placed: &Placed, number: usize) {
    let [visit, rest] = placed.plinth.buttons;
    sign.spawn((words::caption(""), SignText(placed.exhibit)));
    sign.spawn(row()).with_children(|line| {
        line.spawn(button(visit, visit_words(number), ButtonKind::Primary)).observe(
            move |_: On<Activate>, mut intents: MessageWriter<Intent>| {
                intents.write(Intent::Visit(number));
            },
        );
        line.spawn((
            button(rest, say!("exhibit-sessions-let-it-go-on"), ButtonKind::Plain),
            SwitchesRest(placed.exhibit),
        ))
        .insert(InteractionDisabled)
        .observe(switch);
    });
}

/// What the button says that visits the exhibit with this number, counted from 0: as long as there are digits for them, with
/// the key that does the same.
fn visit_words(number: usize) -> Lettering {
    match number + 1 {
        key @ 1..=9 => phrase!("exhibit-sessions-visit-by-key", key).into(),
        _ => key!("exhibit-sessions-visit").into(),
    }
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
            None if opening => say!("exhibit-sessions-being-opened-its-data-are").to_owned(),
            None => say!("exhibit-sessions-not-visited-yet").to_owned(),
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
        let label = if goes_on {
            say!("exhibit-sessions-pause-it")
        } else {
            say!("exhibit-sessions-let-it-go-on")
        };
        if words.0 != label {
            words.0 = label.to_owned();
        }
    }
}

/// How a resting session stands, in one line.
fn how(run: &Run, rest: Rest) -> String {
    let step = HumanCount(run.step().0);
    match (run.state(), rest) {
        (RunState::Finished, _) => say!("exhibit-sessions-it-has-learned-in-steps", step),
        (RunState::Diverged { .. }, _) => say!("exhibit-sessions-it-diverged-at-step", step),
        (RunState::Failed { .. }, _) => say!("exhibit-sessions-it-failed-at-step", step),
        (_, Rest::GoesOn) => say!("exhibit-sessions-goes-on-slowly-at-step", step),
        (_, Rest::Waits | Rest::Stays) => say!("exhibit-sessions-paused-at-step", step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Step};

    #[test]
    fn a_sign_names_the_key_that_visits_its_exhibit() {
        let said = [0, 8, 9].map(|number| visit_words(number).text);
        assert_eq!(said, ["Visit (key 1)", "Visit (key 9)", "Visit"]);
    }

    /// What is written on all signs of a hall with one exhibit.
    fn signs(looks_inside: bool) -> Vec<String> {
        use crate::world::headless::{frames, hall_with};
        let mut app = hall_with(|app| {
            let placed =
                Placed { looks_inside, ..Placed::silent(ExhibitId::new("digits"), "Digits") };
            app.insert_resource(ExhibitList(vec![placed])).add_systems(Startup, raise);
        });
        frames(&mut app, 2);
        let world = app.world_mut();
        world.query::<&Text>().iter(world).map(|text| text.0.clone()).collect()
    }

    #[test]
    fn no_plinth_promises_what_is_not_there() {
        let title = SIDESHOW.title.text();
        assert!(signs(true).iter().any(|text| text == title));
        let without = signs(false);
        assert!(without.iter().any(|text| text == "Digits"));
        assert!(without.iter().all(|text| text != title), "{without:?}");
    }

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
