//! Panels take part in aiming: what an aim does on one is told to Bevy's picking as that aim's own pointer.

use bevy::{
    asset::uuid::Uuid,
    camera::NormalizedRenderTarget,
    input::{mouse::MouseScrollUnit, touch::TouchPhase},
    picking::pointer::{Location, PointerAction, PointerButton, PointerId, PointerInput},
    prelude::*,
};

use super::panel::Panel;
use crate::world::interaction::{
    AimSystems,
    aim::{Aim, AimedAt, Hold, Surface},
};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<PointerInput>()
        .add_observer(make_panel_a_surface)
        .add_observer(give_aim_a_pointer)
        .add_systems(PreUpdate, forward.in_set(AimSystems::Forward));
}

/// The pointer of aim `n` has this id plus `n`.
const FIRST_POINTER: u128 = 0x7065_7263_6570_7461_7269_756d_0000_0000;

/// What picking has been told of one aim so far.
#[derive(Component, Default)]
struct PointerState {
    location: Option<Location>,
    pressed: bool,
    /// A release waits a frame when the aim has moved too, since picking clicks what was hovered a frame ago.
    release_due: bool,
}

fn make_panel_a_surface(add: On<Add, Panel>, panels: Query<&Panel>, mut commands: Commands) {
    let Ok(panel) = panels.get(add.entity) else {
        return;
    };
    commands.entity(add.entity).insert(Surface { size: panel.size_m });
}

fn give_aim_a_pointer(add: On<Add, Aim>, mut commands: Commands) {
    let id = Uuid::from_u128(FIRST_POINTER + u128::from(add.entity.to_bits()));
    commands.entity(add.entity).insert((PointerId::Custom(id), PointerState::default()));
}

fn forward(
    mut aims: Query<(&Aim, &AimedAt, &Hold, &PointerId, &mut PointerState)>,
    panels: Query<&Panel>,
    mut inputs: MessageWriter<PointerInput>,
) {
    for (aim, aimed_at, hold, &pointer, mut told) in &mut aims {
        let mut tell = |location: Location, action| {
            inputs.write(PointerInput::new(pointer, location, action));
        };

        if told.release_due
            && let Some(location) = told.location.clone()
        {
            tell(location, PointerAction::Release(PointerButton::Primary));
            told.release_due = false;
            told.pressed = false;
        }

        let on_panel =
            aimed_at.0.and_then(|hit| panels.get(hit.surface).ok().map(|panel| (hit, panel)));
        let here = on_panel.map(|(hit, panel)| Location {
            target: NormalizedRenderTarget::Image(panel.target.clone()),
            position: hit.uv * panel.size_dmm,
        });
        // Released where no ray is, a press must not become a click.
        let here = here.filter(|_| aim.ray.is_some() || aim.pressed);

        let moved =
            told.location != here && (here.is_some() || on_some_panel(told.location.as_ref()));
        if moved {
            let last = told.location.as_ref().map_or(Vec2::ZERO, |location| location.position);
            // Off the panels the pointer stands a hair beside its last place, so that a press left behind ends as a drag.
            let location = here.clone().unwrap_or(Location {
                target: NormalizedRenderTarget::None { width: 1, height: 1 },
                position: last + vec2(0.01, 0.0),
            });
            let delta = location.position - last;
            tell(location.clone(), PointerAction::Move { delta });
            told.location = Some(location);
        }

        let pressed = matches!((*hold, on_panel), (Hold::Surface(held), Some((hit, _))) if held == hit.surface);
        if told.pressed && !pressed {
            match told.location.clone() {
                Some(location) if !moved => {
                    tell(location, PointerAction::Release(PointerButton::Primary));
                    told.pressed = false;
                }
                _ => told.release_due = true,
            }
        }
        let Some(location) = here else {
            continue;
        };
        if pressed && !told.pressed {
            tell(location.clone(), PointerAction::Press(PointerButton::Primary));
            told.pressed = true;
        }
        if aim.scroll != Vec2::ZERO {
            tell(
                location,
                PointerAction::Scroll {
                    unit: MouseScrollUnit::Line,
                    x: aim.scroll.x,
                    y: aim.scroll.y,
                    phase: TouchPhase::Moved,
                },
            );
        }
    }
}

fn on_some_panel(location: Option<&Location>) -> bool {
    location.is_some_and(|location| matches!(location.target, NormalizedRenderTarget::Image(_)))
}

#[cfg(test)]
mod tests {
    use bevy::ui::{Checked, InteractionDisabled};

    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel, place},
        ui::controls::{
            Activate, ButtonKind, Choice, Pointed, Scale, Slider, SliderPlan, ValueChange, button,
            choice, slider, switch,
        },
    };

    #[derive(Resource, Default)]
    struct Heard(Vec<String>);

    /// A hall with one panel of controls, laid out, and an aim.
    fn desk() -> (App, Entity) {
        let mut app = hall();
        app.init_resource::<Heard>()
            .add_observer(|_: On<Activate>, mut heard: ResMut<Heard>| {
                heard.0.push("activated".into());
            })
            .add_observer(
                |change: On<ValueChange<f32>>,
                 mut heard: ResMut<Heard>,
                 sliders: Query<(), With<Slider>>| {
                    if sliders.contains(change.source) {
                        let end = if change.is_final { " at last" } else { "" };
                        heard.0.push(format!("{:.0}{end}", change.value));
                    }
                },
            )
            .add_observer(|change: On<ValueChange<usize>>, mut heard: ResMut<Heard>| {
                heard.0.push(format!("chose {}", change.value));
            });
        let hung = panel(&mut app);
        app.world_mut().entity_mut(hung.root).with_children(|page| {
            page.spawn(button("go", "Go", ButtonKind::Primary));
            page.spawn((button("not now", "Not now", ButtonKind::Plain), InteractionDisabled));
            let plan = SliderPlan {
                name: "speed",
                label: "Speed".into(),
                range: 0.0..=100.0,
                value: 20.0,
                scale: Scale::Linear { step: 1.0 },
                show: |value| format!("{value}"),
            };
            page.spawn(slider(plan.clone()));
            page.spawn((slider(SliderPlan { name: "fixed", ..plan }), InteractionDisabled));
            page.spawn(choice("range", &["one", "two", "three"], 0));
            page.spawn(switch("relief", "Relief"));
        });
        lay_out(&mut app);
        let aim = app.world_mut().spawn(Aim::default()).id();
        (app, aim)
    }

    /// Aims from the origin at a point of a control, for one frame.
    fn point(app: &mut App, aim: Entity, name: &'static str, at: Vec2, pressed: bool) {
        let at = place(app, name, at);
        let ray = Some(Ray3d::new(Vec3::ZERO, Dir3::new(at).unwrap()));
        app.world_mut().entity_mut(aim).insert(Aim { ray, pressed, ..default() });
        app.update();
    }

    fn click(app: &mut App, aim: Entity, name: &'static str, at: Vec2) {
        point(app, aim, name, at, false);
        point(app, aim, name, at, true);
        point(app, aim, name, at, false);
    }

    fn heard(app: &mut App) -> Vec<String> {
        std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
    }

    const MIDDLE: Vec2 = Vec2::splat(0.5);

    #[test]
    fn a_click_activates_what_it_aims_at() {
        let (mut app, aim) = desk();
        click(&mut app, aim, "go", MIDDLE);
        assert_eq!(heard(&mut app), ["activated"]);
        click(&mut app, aim, "go", vec2(0.05, 0.9));
        assert_eq!(heard(&mut app), ["activated"], "near its corner, and a second time");
        click(&mut app, aim, "not now", MIDDLE);
        assert!(heard(&mut app).is_empty(), "disabled");
        click(&mut app, aim, "go", vec2(0.5, 1.3));
        assert!(heard(&mut app).is_empty(), "below it");
    }

    #[test]
    fn a_press_that_ends_elsewhere_or_nowhere_is_no_click() {
        let (mut app, aim) = desk();
        point(&mut app, aim, "go", MIDDLE, true);
        point(&mut app, aim, "speed", MIDDLE, false);
        app.update();
        point(&mut app, aim, "go", MIDDLE, true);
        app.world_mut().entity_mut(aim).insert(Aim::default());
        frames(&mut app, 3);
        assert!(heard(&mut app).is_empty());
        click(&mut app, aim, "go", MIDDLE);
        assert_eq!(heard(&mut app), ["activated"], "and nothing stays stuck");
    }

    #[test]
    fn aiming_shows_and_leaving_shows_too() {
        let (mut app, aim) = desk();
        let pointed = |app: &mut App| {
            app.world_mut().query::<&Pointed>().iter(app.world()).filter(|p| p.0).count()
        };
        point(&mut app, aim, "go", MIDDLE, false);
        assert_eq!(pointed(&mut app), 1);
        app.world_mut().entity_mut(aim).insert(Aim::default());
        frames(&mut app, 2);
        assert_eq!(pointed(&mut app), 0);
    }

    #[test]
    fn a_slider_follows_the_aim_over_its_end_and_settles_once() {
        let (mut app, aim) = desk();
        point(&mut app, aim, "speed", MIDDLE, false);
        point(&mut app, aim, "speed", MIDDLE, true);
        point(&mut app, aim, "speed", vec2(0.8, 0.5), true);
        point(&mut app, aim, "speed", vec2(3.0, -4.0), true);
        point(&mut app, aim, "speed", vec2(3.0, -4.0), false);
        app.update();
        let heard = heard(&mut app);
        assert_eq!(heard.first().map(String::as_str), Some("50"));
        assert_eq!(heard[2..], ["100", "100 at last"]);
        let value: f32 = heard[1].parse().unwrap();
        assert!((80.0..84.0).contains(&value), "{value}");
    }

    #[test]
    fn a_click_on_a_slider_sets_it() {
        let (mut app, aim) = desk();
        click(&mut app, aim, "speed", MIDDLE);
        app.update();
        assert_eq!(heard(&mut app), ["50", "50 at last"]);
        click(&mut app, aim, "fixed", MIDDLE);
        app.update();
        assert!(heard(&mut app).is_empty(), "disabled");
    }

    #[test]
    fn one_of_several_is_chosen() {
        let (mut app, aim) = desk();
        click(&mut app, aim, "range", vec2(0.9, 0.5));
        assert_eq!(heard(&mut app), ["chose 2"]);
        app.update();
        let world = app.world_mut();
        assert_eq!(world.query::<&Choice>().single(world).unwrap().chosen, 2);
        assert_eq!(world.query::<&Checked>().iter(world).count(), 1);
    }

    #[test]
    fn a_switch_keeps_what_was_chosen() {
        let (mut app, aim) = desk();
        // One segment of the choice is checked from the start.
        let checked = |app: &mut App| app.world_mut().query::<&Checked>().iter(app.world()).count();
        let before = checked(&mut app);
        click(&mut app, aim, "relief", MIDDLE);
        assert_eq!(checked(&mut app), before + 1);
        click(&mut app, aim, "relief", MIDDLE);
        assert_eq!(checked(&mut app), before);
    }
}
