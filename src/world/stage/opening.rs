//! The opening: from the dark the light of the hall rises, and with it the network that is learning already.
//!
//! Nothing waits for it: the run has begun, the desk can be pressed, and any key, button or trigger ends it.

use bevy::prelude::*;

use super::{
    Exhibited, Home,
    glide::Glides,
    look::{HallLook, HallMaterial},
};
use crate::world::{WorldSystems, interaction::aim::Aim, link::ShownRun, motion::Motion};

/// When the light begins to rise, and when all of it is there, in seconds.
const LIGHT_SECS: (f32, f32) = (0.3, 3.2);
/// When the exhibit comes up, if its run has begun, in seconds.
const RISE_SECS: f32 = 1.8;
/// How long that takes, in seconds.
const RISING_SECS: f32 = 1.4;
/// The opening is over then, whatever has not begun, in seconds.
const MOST_SECS: f32 = 8.0;
/// A frame that takes longer, as the first ones do, counts as one of this length, in seconds.
const LONGEST_FRAME_SECS: f32 = 0.1;
/// How far below the floor the exhibit waits, in metres: all of it is hidden there.
const BELOW_M: f32 = 4.8;

pub(super) fn plugin(app: &mut App) {
    let plays = resource_exists::<Opening>.and_then(resource_exists::<HallLook>);
    app.add_systems(Update, play.in_set(WorldSystems::Arrange).run_if(plays));
}

/// Put into the hall before it opens, this lets the opening play; it goes when that is over.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Opening {
    secs: f32,
    /// The same by the clock.
    real_secs: f32,
    /// Whether the exhibit is on its way up.
    rises: bool,
}

impl Opening {
    /// How much of the hall's light is there, 0..=1.
    fn light(&self) -> f32 {
        let (from, to) = LIGHT_SECS;
        let share = ((self.secs - from) / (to - from)).clamp(0.0, 1.0);
        share * share * (3.0 - 2.0 * share)
    }

    fn is_over(&self) -> bool {
        self.real_secs >= MOST_SECS
            || (self.rises && self.secs >= LIGHT_SECS.1.max(RISE_SECS + RISING_SECS))
    }
}

/// What a visitor presses, on whatever device.
#[derive(bevy::ecs::system::SystemParam)]
struct Presses<'w, 's> {
    keys: Option<Res<'w, ButtonInput<KeyCode>>>,
    mouse: Option<Res<'w, ButtonInput<MouseButton>>>,
    aims: Query<'w, 's, &'static Aim>,
}

impl Presses<'_, '_> {
    fn any(&self) -> bool {
        self.keys.as_ref().is_some_and(|keys| keys.get_pressed().len() > 0)
            || self.mouse.as_ref().is_some_and(|mouse| mouse.get_pressed().len() > 0)
            || self.aims.iter().any(|aim| aim.pressed || aim.secondary)
    }
}

type Place<'a> = (Entity, &'a Home, &'a mut Transform);

fn play(
    time: Res<Time<Real>>,
    presses: Presses,
    run: Option<Res<ShownRun>>,
    (motion, hall): (Res<Motion>, Res<HallLook>),
    mut opening: ResMut<Opening>,
    mut places: Query<Place, With<Exhibited>>,
    mut materials: ResMut<Assets<HallMaterial>>,
    mut commands: Commands,
) {
    opening.secs += time.delta_secs().min(LONGEST_FRAME_SECS);
    opening.real_secs += time.delta_secs();
    let over = opening.is_over() || presses.any();
    let light = if over { 1.0 } else { opening.light() };
    if materials.get(&hall.0).is_some_and(|look| look.light.to_bits() != light.to_bits())
        && let Some(mut look) = materials.get_mut(&hall.0)
    {
        look.light = light;
    }
    let below =
        |home: &Home| Transform { translation: home.0.translation - Vec3::Y * BELOW_M, ..home.0 };
    if over {
        for (entity, home, mut place) in &mut places {
            place.set_if_neq(home.0);
            commands.entity(entity).remove::<Glides>();
        }
        commands.remove_resource::<Opening>();
        return;
    }
    if opening.rises || *motion == Motion::Less {
        opening.rises = true;
        return;
    }
    let begun = run.is_some_and(|run| run.0.started().is_some());
    opening.rises = begun && opening.secs >= RISE_SECS;
    for (entity, home, mut place) in &mut places {
        place.set_if_neq(below(home));
        if opening.rises {
            let way = Glides::between(below(home), home.0).lasting(RISING_SECS);
            commands.entity(entity).insert(way);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bevy::{asset::AssetPlugin, time::TimeUpdateStrategy};

    use super::*;
    use crate::{
        history::Run,
        stream::{ExhibitId, Report, Started},
        world::stage::carry,
    };

    const THING: ExhibitId = ExhibitId::new("thing");

    /// A hall that opens, with or without a run that has begun, at 20 frames a second.
    fn hall(begun: bool) -> (App, Entity) {
        let mut run = Run::new(0);
        if begun {
            run.take(Report::Started(Started::example()));
        }
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AssetPlugin::default()))
            .init_asset::<HallMaterial>()
            .add_message::<crate::world::interaction::intent::Intent>()
            .init_resource::<ButtonInput<KeyCode>>()
            .init_resource::<Motion>()
            .init_resource::<Opening>()
            .insert_resource(ShownRun(run))
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(50)))
            .add_plugins((plugin, carry::plugin));
        let mut looks = app.world_mut().resource_mut::<Assets<HallMaterial>>();
        let look = looks.add(HallMaterial::default());
        app.insert_resource(HallLook(look));
        let place = app.world_mut().spawn(Exhibited(THING)).id();
        app.update();
        (app, place)
    }

    fn light(app: &App) -> f32 {
        let look = &app.world().resource::<HallLook>().0;
        app.world().resource::<Assets<HallMaterial>>().get(look).unwrap().light
    }

    fn height(app: &App, place: Entity) -> f32 {
        app.world().get::<Transform>(place).unwrap().translation.y
    }

    fn plays(app: &App) -> bool {
        app.world().contains_resource::<Opening>()
    }

    fn run_for(app: &mut App, secs: f32) {
        (0..(secs / 0.05).round() as usize).for_each(|_| app.update());
    }

    #[test]
    fn the_light_rises_then_the_exhibit_and_then_it_is_over() {
        let (mut app, place) = hall(true);
        assert!(light(&app) < 0.01 && height(&app, place) < -3.0);
        run_for(&mut app, 2.5);
        let (now, up) = (light(&app), height(&app, place));
        assert!(now > 0.5 && now < 1.0 && up > -BELOW_M && up < 0.0, "{now}, {up} m");
        run_for(&mut app, 1.5);
        assert!(!plays(&app) && light(&app) == 1.0 && height(&app, place) == 0.0);
    }

    #[test]
    fn any_key_and_any_trigger_end_it_at_once() {
        let (mut app, place) = hall(true);
        run_for(&mut app, 0.5);
        app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::KeyQ);
        app.update();
        app.update();
        assert!(!plays(&app) && light(&app) == 1.0 && height(&app, place) == 0.0);

        let (mut app, place) = hall(true);
        run_for(&mut app, 2.5);
        app.world_mut().spawn(Aim { pressed: true, ..Aim::default() });
        run_for(&mut app, 0.2);
        assert!(!plays(&app) && height(&app, place) == 0.0);
    }

    #[test]
    fn it_ends_in_time_even_if_nothing_has_begun() {
        let (mut app, place) = hall(false);
        run_for(&mut app, MOST_SECS - 0.5);
        assert!(plays(&app) && height(&app, place) < -3.0);
        run_for(&mut app, 1.0);
        assert!(!plays(&app) && height(&app, place) == 0.0);
        const { assert!(MOST_SECS <= 10.0) };
    }

    #[test]
    fn with_less_motion_only_the_light_rises() {
        let (mut app, place) = hall(true);
        app.insert_resource(Motion::Less);
        run_for(&mut app, 1.0);
        app.world_mut().get_mut::<Transform>(place).unwrap().translation.y = 0.0;
        run_for(&mut app, 1.0);
        assert!(height(&app, place) == 0.0 && light(&app) < 1.0);
    }
}
