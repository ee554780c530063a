//! Help: what the mouse and the keys do, or the hands in a headset, on a panel that comes when called.

use bevy::prelude::*;

use crate::world::{
    Head, WorldSystems,
    headset::Headset,
    interaction::intent::Intent,
    ui::{
        controls::{Activate, ButtonKind, button, rule},
        palette,
        panel::{Foremost, Ground, Hanger, PanelPlan},
        type_size, words,
    },
};

/// Size and place in metres: at eye height, within reach.
const SIZE_M: Vec2 = vec2(2.0, 0.96);
const PLACE_M: Vec3 = vec3(0.0, 1.55, -1.3);
/// The distance it is set for, in metres: that of the first view in a window.
const READ_FROM_M: f32 = 2.0;
/// Width of the column that names the key, in dmm.
const KEY_DMM: f32 = 130.0;

/// What the mouse does, and walking; letters are those of QWERTY until the visitor's keyboard is known.
const BY_MOUSE: &[(&str, &str)] = &[
    ("Point", "at a number: its arithmetic"),
    ("Left click", "press, choose"),
    ("Left drag", "slide, draw"),
    ("Right drag", "look around"),
    ("Wheel", "go closer, step back"),
    ("W A S D", "walk; Shift: faster"),
    ("Q and E", "sink and rise"),
];

/// What the other keys do.
const BY_KEY: &[(&str, &str)] = &[
    ("Space", "pause, go on"),
    (".", "one step"),
    ("+ and −", "faster, slower"),
    ("1 to 9", "visit another exhibit"),
    ("Home", "back to the first view"),
    ("Esc", "back, close"),
    ("F", "cells raised or flat"),
    ("F3, F12", "frame times, a picture"),
];

/// What hands do in the headset.
const BY_HAND: &[(&str, &str)] = &[
    ("Point", "at a number: its arithmetic"),
    ("Trigger", "press, slide, draw; bare hands pinch"),
    ("Grip", "take an exhibit; both hands scale it"),
    ("A or X", "pause, go on"),
    ("B or Y", "back, close"),
];

/// How one gets about in the headset.
const BY_STICK: &[(&str, &str)] = &[
    ("Forward", "aim, let go: you are there"),
    ("Aside", "turn by a step"),
    ("Menu", "button, or look at your wrist"),
    ("Recentre", "on the menu, or your system's"),
    ("Put back", "on the menu: exhibits go home"),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, hang_help)
        .add_systems(Update, come_and_go.in_set(WorldSystems::Steer));
}

#[derive(Component)]
struct HelpPanel;

/// Which of the two ways of visiting a part of the page is for.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
enum For {
    Window,
    Headset,
}

fn hang_help(mut hanger: Hanger) {
    let help = hanger.hang(PanelPlan {
        name: "Help",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(help.panel).insert((
        HelpPanel,
        Foremost,
        Visibility::Hidden,
        Transform::from_translation(PLACE_M),
    ));
    hanger.commands.entity(help.root).with_children(|page| {
        page.spawn(Node {
            justify_content: JustifyContent::SpaceBetween,
            align_items: AlignItems::Center,
            ..default()
        })
        .with_children(|line| {
            line.spawn(words::heading("How to move and what to press"));
            line.spawn(button("close-help", "Close", ButtonKind::Plain)).observe(
                |_: On<Activate>, mut panels: Query<&mut Visibility, With<HelpPanel>>| {
                    for mut panel in &mut panels {
                        *panel = Visibility::Hidden;
                    }
                },
            );
        });
        page.spawn(rule());
        let sides = [(For::Window, [BY_MOUSE, BY_KEY]), (For::Headset, [BY_HAND, BY_STICK])];
        for (side, lists) in sides {
            let columns = Node { column_gap: px(48), ..default() };
            page.spawn((side, columns)).with_children(|columns| {
                for entries in lists {
                    columns
                        .spawn(Node {
                            flex_direction: FlexDirection::Column,
                            row_gap: px(9),
                            flex_shrink: 0.0,
                            ..default()
                        })
                        .with_children(|column| {
                            for (key, meaning) in entries {
                                column.spawn(entry(key, meaning));
                            }
                        });
                }
            });
        }
    });
}

fn entry(key: &'static str, meaning: &str) -> impl Bundle {
    (
        Node { column_gap: px(14), ..default() },
        Pickable::IGNORE,
        children![
            (
                words::set(key, type_size::CAPTION, FontWeight::SEMIBOLD, palette::INK),
                words::NamesKeys(key),
                TextLayout::no_wrap(),
                Node { width: px(KEY_DMM), flex_shrink: 0.0, ..default() },
            ),
            (words::caption(meaning), TextLayout::no_wrap()),
        ],
    )
}

fn come_and_go(
    mut intents: MessageReader<Intent>,
    headset: Option<Res<Headset>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    mut panels: Query<(&mut Visibility, &mut Transform), With<HelpPanel>>,
    mut sides: Query<(&For, &mut Node)>,
) {
    for intent in intents.read() {
        for (mut panel, mut place) in &mut panels {
            let wanted = match (intent, *panel) {
                (Intent::Help, Visibility::Hidden) => Visibility::Inherited,
                (Intent::Help | Intent::Back, _) => Visibility::Hidden,
                _ => continue,
            };
            let worn = headset.as_deref().is_some_and(Headset::is_worn);
            if wanted != Visibility::Hidden {
                let before = head.as_deref().filter(|_| worn).map(|head| before(head));
                place.set_if_neq(before.unwrap_or(Transform::from_translation(PLACE_M)));
                for (side, mut node) in &mut sides {
                    let shown = (*side == For::Headset) == worn;
                    node.display = if shown { Display::Flex } else { Display::None };
                }
            }
            panel.set_if_neq(wanted);
        }
    }
}

/// Upright before a visitor who may have gone anywhere, at the height and distance that it has before the desk.
fn before(head: &GlobalTransform) -> Transform {
    let (_, rotation, eyes) = head.to_scale_rotation_translation();
    let (turn, ..) = rotation.to_euler(EulerRot::YXZ);
    let turn = Quat::from_rotation_y(turn);
    Transform::from_translation(eyes.with_y(0.0) + turn * PLACE_M).with_rotation(turn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{headless, interaction::keycaps::Keycaps, ui::controls::ControlFinder};
    use bevy::ecs::system::RunSystemOnce;

    #[test]
    fn keys_are_named_as_the_keyboard_has_them() {
        let mut app = headless::hall();
        app.world_mut().run_system_once(hang_help).unwrap();
        let says = |app: &mut App, key: &str| {
            app.update();
            let world = app.world_mut();
            world.query::<&Text>().iter(world).any(|text| text.0 == key)
        };
        assert!(says(&mut app, "W A S D") && says(&mut app, "Q and E"));
        let mut keycaps = app.world_mut().resource_mut::<Keycaps>();
        for (key, printed) in [(KeyCode::KeyW, 'z'), (KeyCode::KeyA, 'q'), (KeyCode::KeyQ, 'a')] {
            *keycaps = keycaps.with(key, printed);
        }
        assert!(says(&mut app, "Z Q S D") && says(&mut app, "A and E"));
        assert!(!says(&mut app, "W A S D"));
    }

    #[test]
    fn it_hangs_before_a_visitor_wherever_they_stand_and_look() {
        let head = Transform::from_xyz(2.0, 1.2, 3.0).with_rotation(Quat::from_euler(
            EulerRot::YXZ,
            1.0,
            -0.6,
            0.1,
        ));
        let place = before(&head.into());
        assert!((place.translation.y - PLACE_M.y).abs() < 1e-5, "at its own height");
        let to_head = (head.translation - place.translation).with_y(0.0);
        assert!((to_head.length() + PLACE_M.z).abs() < 1e-4);
        assert!((place.rotation * Vec3::Z).dot(to_head.normalize()) > 0.999, "it faces them");
    }

    #[test]
    fn the_help_comes_when_called_and_goes_by_key_or_button() {
        let mut app = headless::hall();
        app.add_systems(Update, come_and_go);
        app.world_mut().run_system_once(hang_help).unwrap();
        headless::lay_out(&mut app);
        let seen = |app: &mut App| {
            let world = app.world_mut();
            world.run_system_once(|finder: ControlFinder| finder.centre("close-help")).unwrap()
        };
        let say = |app: &mut App, intent| {
            app.world_mut().write_message::<Intent>(intent);
            headless::frames(app, 3);
        };
        assert!(seen(&mut app).is_none());
        say(&mut app, Intent::Help);
        assert!(seen(&mut app).is_some());
        say(&mut app, Intent::Back);
        assert!(seen(&mut app).is_none());
        say(&mut app, Intent::Help);
        say(&mut app, Intent::Help);
        assert!(seen(&mut app).is_none());
    }
}
