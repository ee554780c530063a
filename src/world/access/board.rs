//! The board on which visitors choose what they need: size of text, contrast, presses by resting.

use bevy::{prelude::*, ui::Checked};

use super::{
    Access,
    dwell::{LEAST_SECS, MOST_SECS},
};
use crate::world::{
    Head, WorldSystems,
    headset::Headset,
    interaction::{
        back::{BackSystems, GoesBack},
        intent::Intent,
    },
    sound::SoundChoice,
    ui::{
        contrast::Contrast,
        controls::{
            Activate, ButtonKind, Choice, ControlText, ValueChange, button, choice, mark, row,
            rule, stat, switch,
        },
        panel::{Foremost, Ground, Hanger, PanelPlan, ReadUntilClosed},
        words,
    },
};

/// Size and place in metres: where the help comes, which it takes the place of.
const SIZE_M: Vec2 = vec2(2.0, 1.14);
const PLACE_M: Vec3 = vec3(0.0, 1.55, -1.3);
/// The distance it is set for, in metres: that of the first view in a window.
const READ_FROM_M: f32 = 2.0;

/// How long a rest may be, in seconds, after the first choice, which is never.
const DWELLS_SECS: [f32; 5] = [LEAST_SECS, 1.0, 1.5, 2.0, MOST_SECS];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, hang)
        .add_systems(Update, come_and_go.in_set(BackSystems::Access))
        .add_systems(
            Update,
            show_captions
                .run_if(resource_exists_and_changed::<SoundChoice>)
                .in_set(WorldSystems::Show),
        )
        .add_systems(
            Update,
            show_choices
                .run_if(
                    resource_exists_and_changed::<Access>
                        .or_else(resource_exists_and_changed::<Contrast>),
                )
                .in_set(WorldSystems::Show),
        );
}

#[derive(Component)]
struct AccessBoard;

/// The line that says how large texts are.
#[derive(Component)]
struct SaysSize;

#[derive(Component)]
struct ContrastSwitch;

#[derive(Component)]
struct DwellChoice;

#[derive(Component)]
struct CaptionsSwitch;

fn hang(mut hanger: Hanger, access: Res<Access>, contrast: Option<Res<Contrast>>) {
    let contrast = contrast.as_deref().copied().unwrap_or_default();
    let hung = hanger.hang(PanelPlan {
        name: "Access",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(hung.panel).insert((
        AccessBoard,
        Foremost,
        ReadUntilClosed,
        Visibility::Hidden,
        Transform::from_translation(PLACE_M),
    ));
    hanger.commands.entity(hung.root).with_children(|page| {
        page.spawn(between()).with_children(|line| {
            line.spawn(words::heading(say!("access-heading")));
            line.spawn(button("access-close", say!("desk-close"), ButtonKind::Plain)).observe(
                |_: On<Activate>, mut boards: Query<&mut Visibility, With<AccessBoard>>| {
                    boards.iter_mut().for_each(|mut board| *board = Visibility::Hidden);
                },
            );
        });
        page.spawn(rule());
        write_size(page, &access);
        let mut high =
            page.spawn((switch("high-contrast", say!("access-contrast")), ContrastSwitch));
        if contrast == Contrast::High {
            high.insert(Checked);
        }
        high.observe(|change: On<ValueChange<bool>>, mut contrast: ResMut<Contrast>| {
            let wanted = if change.value { Contrast::High } else { Contrast::Usual };
            contrast.set_if_neq(wanted);
        });
        let captions = switch("captions", say!("access-captions"));
        page.spawn((captions, CaptionsSwitch)).observe(
            |change: On<ValueChange<bool>>, sound: Option<ResMut<SoundChoice>>| {
                if let Some(mut sound) = sound {
                    let wanted = SoundChoice { captions: change.value, ..*sound };
                    sound.set_if_neq(wanted);
                }
            },
        );
        write_dwell(page, &access);
        page.spawn(words::caption(say!("access-size-note")));
    });
}

/// A name at the left and what it is about at the right.
fn between() -> Node {
    Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        ..default()
    }
}

fn write_size(page: &mut ChildSpawnerCommands, access: &Access) {
    page.spawn(between()).with_children(|line| {
        let mut size = line.spawn((stat(say!("access-size"), percent(access)), SaysSize));
        size.entry::<Node>().and_modify(|mut node| node.column_gap = px(24));
        line.spawn(row()).with_children(|row| {
            for (name, label, quarters) in [
                ("text-smaller", key!("access-smaller"), -1),
                ("text-larger", key!("access-larger"), 1),
            ] {
                row.spawn(button(name, label, ButtonKind::Plain)).observe(
                    move |_: On<Activate>, mut access: ResMut<Access>| {
                        let wanted = access.resized(quarters);
                        access.set_if_neq(wanted);
                    },
                );
            }
        });
    });
}

fn write_dwell(page: &mut ChildSpawnerCommands, access: &Access) {
    page.spawn(between()).with_children(|line| {
        line.spawn(words::body(say!("access-dwell")));
        let seconds = DWELLS_SECS.map(|secs| secs.to_string());
        let never = std::iter::once(say!("access-never"));
        let labels: Vec<&str> = never.chain(seconds.iter().map(String::as_str)).collect();
        line.spawn((choice("dwell", &labels, chosen(access)), DwellChoice)).observe(
            |change: On<ValueChange<usize>>, mut access: ResMut<Access>| {
                let secs = change.value.checked_sub(1).and_then(|place| DWELLS_SECS.get(place));
                let wanted = Access { dwell_secs: secs.copied(), ..*access };
                access.set_if_neq(wanted);
            },
        );
    });
}

fn percent(access: &Access) -> String {
    format!("{} %", access.text_percent)
}

/// The choice that a rest lies nearest to; the first is never.
fn chosen(access: &Access) -> usize {
    let Some(secs) = access.dwell_secs else {
        return 0;
    };
    let far = |place: &(usize, &f32)| (*place.1 - secs).abs();
    let nearest = DWELLS_SECS.iter().enumerate().min_by(|a, b| far(a).total_cmp(&far(b)));
    nearest.map_or(0, |(place, _)| place + 1)
}

/// Whoever else changes what is needed, the board says what counts.
fn show_choices(
    access: Res<Access>,
    contrast: Res<Contrast>,
    mut sizes: Query<&mut ControlText, With<SaysSize>>,
    mut dwells: Query<&mut Choice, With<DwellChoice>>,
    switches: Query<(Entity, Has<Checked>), With<ContrastSwitch>>,
    mut commands: Commands,
) {
    for mut size in &mut sizes {
        size.set_if_neq(ControlText(percent(&access)));
    }
    for mut dwell in &mut dwells {
        dwell.set_if_neq(Choice { chosen: chosen(&access) });
    }
    for (switch, checked) in &switches {
        mark::<Checked>(&mut commands, switch, checked, *contrast == Contrast::High);
    }
}

fn show_captions(
    sound: Res<SoundChoice>,
    switches: Query<(Entity, Has<Checked>), With<CaptionsSwitch>>,
    mut commands: Commands,
) {
    for (switch, checked) in &switches {
        mark::<Checked>(&mut commands, switch, checked, sound.captions);
    }
}

fn come_and_go(
    mut intents: MessageReader<Intent>,
    mut back: GoesBack,
    headset: Option<Res<Headset>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    mut boards: Query<(&mut Visibility, &mut Transform), With<AccessBoard>>,
) {
    let is_open = boards.iter().any(|(seen, _)| *seen != Visibility::Hidden);
    if back.take(is_open) {
        boards.iter_mut().for_each(|(mut seen, _)| *seen = Visibility::Hidden);
    }
    for intent in intents.read() {
        for (mut seen, mut place) in &mut boards {
            let wanted = match (intent, *seen) {
                (Intent::Access, Visibility::Hidden) => Visibility::Inherited,
                // Both would hang in the same place.
                (Intent::Access | Intent::Help, _) => Visibility::Hidden,
                _ => continue,
            };
            if wanted != Visibility::Hidden {
                let worn = headset.as_deref().is_some_and(Headset::is_worn);
                let before = head.as_deref().filter(|_| worn).map(|head| before(head));
                place.set_if_neq(before.unwrap_or(Transform::from_translation(PLACE_M)));
            }
            seen.set_if_neq(wanted);
        }
    }
}

/// Upright before a visitor who may have gone anywhere, as the help is.
fn before(head: &GlobalTransform) -> Transform {
    let (_, rotation, eyes) = head.to_scale_rotation_translation();
    let (turn, ..) = rotation.to_euler(EulerRot::YXZ);
    let turn = Quat::from_rotation_y(turn);
    Transform::from_translation(eyes.with_y(0.0) + turn * PLACE_M).with_rotation(turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        headless::{frames, hall_with, lay_out},
        ui::controls::ControlName,
    };

    fn opened() -> App {
        let mut app = hall_with(|app| {
            app.init_resource::<Access>();
            plugin(app);
        });
        app.world_mut().write_message(Intent::Access);
        lay_out(&mut app);
        app
    }

    fn control(app: &mut App, name: &str) -> Entity {
        let world = app.world_mut();
        let mut controls = world.query::<(Entity, &ControlName)>();
        controls.iter(world).find(|(_, control)| control.0 == name).unwrap().0
    }

    #[test]
    fn what_is_chosen_on_it_counts_and_what_counts_is_shown() {
        let mut app = opened();
        for _ in 0..2 {
            let entity = control(&mut app, "text-larger");
            app.world_mut().trigger(Activate { entity });
        }
        let source = control(&mut app, "high-contrast");
        app.world_mut().trigger(ValueChange { source, value: true, is_final: true });
        let source = control(&mut app, "dwell");
        app.world_mut().trigger(ValueChange { source, value: 2_usize, is_final: true });
        frames(&mut app, 2);
        let access = *app.world().resource::<Access>();
        assert_eq!(access, Access { text_percent: 150, dwell_secs: Some(1.0) });
        assert_eq!(*app.world().resource::<Contrast>(), Contrast::High);

        *app.world_mut().resource_mut::<Access>() =
            Access { text_percent: 175, dwell_secs: Some(2.9) };
        frames(&mut app, 2);
        let world = app.world_mut();
        let says: Vec<String> = world
            .query_filtered::<&ControlText, With<SaysSize>>()
            .iter(world)
            .map(|text| text.0.clone())
            .collect();
        assert_eq!(says, ["175 %"]);
        let dwell = control(&mut app, "dwell");
        assert_eq!(*app.world().get::<Choice>(dwell).unwrap(), Choice { chosen: 5 });
    }

    #[test]
    fn it_comes_and_goes_when_called_and_makes_way_for_the_help() {
        let mut app = opened();
        let seen = |app: &mut App, intent: Intent| {
            app.world_mut().write_message(intent);
            app.update();
            let world = app.world_mut();
            let mut boards = world.query_filtered::<&Visibility, With<AccessBoard>>();
            *boards.single(world).unwrap() != Visibility::Hidden
        };
        assert!(!seen(&mut app, Intent::Access), "it was there");
        assert!(seen(&mut app, Intent::Access));
        assert!(!seen(&mut app, Intent::Help));
        assert!(!seen(&mut app, Intent::Back));
    }
}
