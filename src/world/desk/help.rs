//! Help: what the mouse and the keys do, or the hands in a headset, on a panel that comes when called: beside the middle, so
//! that what one reads can be tried.

use crate::words::Word;
use bevy::prelude::*;

use crate::world::{
    Head,
    headset::Headset,
    interaction::{
        back::{BackSystems, GoesBack},
        intent::Intent,
    },
    sound::spawn_switch,
    ui::{
        controls::{Activate, ButtonKind, button, row, rule},
        palette,
        panel::{Foremost, Ground, Hanger, PanelPlan, ReadUntilClosed},
        type_size, words,
    },
};

/// Size and place of the window's page, in metres, and its turn to the eye, in radians: left of the middle.
const WINDOW_M: Vec2 = vec2(1.12, 1.72);
const WINDOW_PLACE_M: Vec3 = vec3(-1.15, 1.54, -1.0);
const WINDOW_TURN: f32 = 0.44;
/// Size and place of the headset's page, in metres before the eyes: at their height, within reach.
const HEADSET_M: Vec2 = vec2(2.0, 0.96);
const HEADSET_PLACE_M: Vec3 = vec3(0.0, 1.55, -1.3);
/// The distance they are set for, in metres: that of the first view in a window.
const READ_FROM_M: f32 = 2.0;
/// Width of the column that names the key, in dmm.
const KEY_DMM: f32 = 130.0;
/// From one line to the next, in dmm: the window's page has one column.
const WINDOW_GAP_DMM: f32 = 2.0;
const HEADSET_GAP_DMM: f32 = 9.0;

/// What the mouse does, and walking; letters are those of QWERTY until the visitor's keyboard is known.
const BY_MOUSE: &[(Word, Word)] = &[
    (key!("desk-point"), key!("desk-at-a-number-its-arithmetic")),
    (key!("desk-left-click"), key!("desk-press-choose")),
    (key!("desk-left-drag"), key!("desk-slide-draw")),
    (key!("desk-right-drag"), key!("desk-look-around")),
    (key!("desk-wheel"), key!("desk-go-closer-step-back")),
    (key!("desk-keys-walk"), key!("desk-walk-shift-faster")),
    (key!("desk-q-and-e"), key!("desk-sink-and-rise")),
];

/// What the other keys do.
const BY_KEY: &[(Word, Word)] = &[
    (key!("desk-space"), key!("desk-pause-go-on")),
    (key!("desk-key-step"), key!("desk-one-step")),
    (key!("desk-and"), key!("desk-faster-slower")),
    (key!("desk-number-key"), key!("desk-visit-another-exhibit")),
    (key!("desk-home"), key!("desk-back-to-the-first-view")),
    (key!("desk-timeline"), key!("desk-drag-back-in-time")),
    (key!("desk-live"), key!("desk-back-to-now")),
    (key!("desk-esc"), key!("desk-back-close")),
    (key!("desk-key-relief"), key!("desk-cells-raised-or-flat")),
    (key!("desk-keys-pictures"), key!("desk-frame-times-a-picture")),
];

/// What hands do in the headset.
const BY_HAND: &[(Word, Word)] = &[
    (key!("desk-point"), key!("desk-at-a-number-its-arithmetic")),
    (key!("desk-trigger"), key!("desk-press-slide-draw-bare-hands")),
    (key!("desk-grip"), key!("desk-take-an-exhibit-both-hands")),
    (key!("desk-a-or-x"), key!("desk-pause-go-on")),
    (key!("desk-b-or-y"), key!("desk-back-close")),
    (key!("desk-timeline"), key!("desk-drag-back-in-time")),
];

/// How one gets about in the headset.
const BY_STICK: &[(Word, Word)] = &[
    (key!("desk-forward"), key!("desk-aim-let-go-you-are")),
    (key!("desk-aside"), key!("desk-turn-by-a-step")),
    (key!("desk-menu"), key!("desk-button-or-look-at-your")),
    (key!("desk-recentre"), key!("desk-on-the-menu-or-your")),
    (key!("desk-put-back"), key!("desk-on-the-menu-exhibits-go")),
    (key!("desk-live"), key!("desk-back-to-now")),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, hang_help).add_systems(Update, come_and_go.in_set(BackSystems::Help));
}

/// A page of help, by the way of visiting that it is for.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum HelpFor {
    Window,
    Headset,
}

impl HelpFor {
    /// Where its page hangs for those who stand in the middle of the hall.
    fn place(self) -> Transform {
        match self {
            Self::Window => Transform::from_translation(WINDOW_PLACE_M)
                .with_rotation(Quat::from_rotation_y(WINDOW_TURN)),
            Self::Headset => Transform::from_translation(HEADSET_PLACE_M),
        }
    }
}

fn hang_help(mut hanger: Hanger) {
    let window = [BY_MOUSE, BY_KEY];
    let pages = [
        (HelpFor::Window, "Help", WINDOW_M, "close-help", window),
        (HelpFor::Headset, "Hand-help", HEADSET_M, "close-help-in-hand", [BY_HAND, BY_STICK]),
    ];
    for (side, name, size_m, close, lists) in pages {
        let help = hanger.hang(PanelPlan {
            name,
            size_m,
            read_from_m: READ_FROM_M,
            ground: Ground::Plate,
        });
        hanger.commands.entity(help.panel).insert((
            side,
            Foremost,
            ReadUntilClosed,
            Visibility::Hidden,
            side.place(),
        ));
        hanger.commands.entity(help.root).with_children(|page| {
            write_head(page, side, close);
            page.spawn(rule());
            let (direction, gap_dmm) = match side {
                HelpFor::Window => (FlexDirection::Column, WINDOW_GAP_DMM),
                HelpFor::Headset => (FlexDirection::Row, HEADSET_GAP_DMM),
            };
            let columns = Node {
                flex_direction: direction,
                column_gap: px(48),
                row_gap: px(gap_dmm),
                ..default()
            };
            page.spawn(columns).with_children(|columns| {
                for entries in lists {
                    write_entries(columns, entries, gap_dmm);
                }
            });
        });
    }
}

/// What the page is about, the button that switches sound, and the one that closes it.
fn write_head(page: &mut ChildSpawnerCommands, side: HelpFor, close: &'static str) {
    page.spawn(Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        column_gap: px(14),
        ..default()
    })
    .with_children(|line| {
        let (sound, access) = match side {
            // The window's page is narrow; its words say what it is.
            HelpFor::Window => ("help-sound", "open-access"),
            HelpFor::Headset => {
                line.spawn(words::heading(say!("desk-how-to-move-and-what")));
                ("help-sound-in-hand", "open-access-in-hand")
            }
        };
        // All as high as the tallest: they hang high above those who sit.
        let buttons = Node { flex_shrink: 0.0, align_items: AlignItems::Stretch, ..row() };
        line.spawn(buttons).with_children(|line| {
            spawn_switch(line, sound);
            line.spawn(button(access, say!("desk-ease-of-use"), ButtonKind::Small)).observe(
                |_: On<Activate>, mut intents: MessageWriter<Intent>| {
                    intents.write(Intent::Access);
                },
            );
            line.spawn(button(close, say!("desk-close"), ButtonKind::Plain)).observe(
                |_: On<Activate>, mut panels: Query<&mut Visibility, With<HelpFor>>| {
                    for mut panel in &mut panels {
                        panel.set_if_neq(Visibility::Hidden);
                    }
                },
            );
        });
    });
}

fn write_entries(columns: &mut ChildSpawnerCommands, entries: &[(Word, Word)], gap_dmm: f32) {
    columns
        .spawn(Node {
            flex_direction: FlexDirection::Column,
            row_gap: px(gap_dmm),
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|column| {
            for (key, meaning) in entries {
                column.spawn(entry(*key, *meaning));
            }
        });
}

fn entry(key: Word, meaning: Word) -> impl Bundle {
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
    mut back: GoesBack,
    headset: Option<Res<Headset>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    mut panels: Query<(&HelpFor, &mut Visibility, &mut Transform)>,
) {
    let is_open = panels.iter().any(|(_, seen, _)| *seen != Visibility::Hidden);
    let (mut called, mut gives_way) = (0, false);
    for intent in intents.read() {
        called += usize::from(*intent == Intent::Help);
        // The board of needs is called from here.
        gives_way |= *intent == Intent::Access;
    }
    let leaves = back.take(is_open) || (gives_way && is_open);
    if called == 0 && !leaves {
        return;
    }
    // Called twice in a frame, it comes and goes.
    let opens = !leaves && (called % 2 == 1) != is_open;
    let worn = headset.as_deref().is_some_and(Headset::is_worn);
    for (side, mut seen, mut place) in &mut panels {
        let shown = opens && (*side == HelpFor::Headset) == worn;
        if shown {
            let before = head.as_deref().filter(|_| worn).map(|head| before(head));
            place.set_if_neq(before.unwrap_or_else(|| side.place()));
        }
        seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
}

/// Upright before a visitor who may have gone anywhere, at the height and distance that it has before the desk.
fn before(head: &GlobalTransform) -> Transform {
    let (_, rotation, eyes) = head.to_scale_rotation_translation();
    let (turn, ..) = rotation.to_euler(EulerRot::YXZ);
    let turn = Quat::from_rotation_y(turn);
    Transform::from_translation(eyes.with_y(0.0) + turn * HEADSET_PLACE_M).with_rotation(turn)
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
        assert!((place.translation.y - HEADSET_PLACE_M.y).abs() < 1e-5, "at its own height");
        let to_head = (head.translation - place.translation).with_y(0.0);
        assert!((to_head.length() + HEADSET_PLACE_M.z).abs() < 1e-4);
        assert!((place.rotation * Vec3::Z).dot(to_head.normalize()) > 0.999, "it faces them");
    }

    #[test]
    fn beside_the_help_the_middle_of_the_window_stays_free() {
        let eye = vec3(0.0, 1.6, 0.95);
        let half = WINDOW_M / 2.0;
        for x in [-half.x, half.x] {
            let corner = HelpFor::Window.place().transform_point(vec3(x, 0.0, 0.0)) - eye;
            let aside = (corner.x / -corner.z).atan().to_degrees();
            // A window of 16:9 sees 45.7° to either side.
            assert!((-45.0..-15.0).contains(&aside), "{aside}°");
        }
    }

    #[test]
    fn the_help_tells_how_one_goes_back_in_time_and_to_the_present() {
        for lists in [[BY_MOUSE, BY_KEY], [BY_HAND, BY_STICK]] {
            let all = lists.concat();
            for wanted in [key!("desk-timeline"), key!("desk-live")] {
                assert!(all.iter().any(|(key, _)| key.key() == wanted.key()), "{wanted}");
            }
        }
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
