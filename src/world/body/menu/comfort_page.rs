//! The page on which visitors choose what is comfortable for them.

use bevy::{prelude::*, ui::Checked};

use super::{Dismiss, MenuPage, WristMenu};
use crate::world::{
    WorldSystems,
    body::{Comfort, Side},
    interaction::intent::Intent,
    ui::{
        controls::{
            Activate, ButtonKind, Choice, ControlName, ValueChange, button, choice, mark, switch,
        },
        words,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show_choices.run_if(resource_exists_and_changed::<Comfort>).in_set(WorldSystems::Show),
    );
}

/// What one push of the stick can turn by, in degrees.
const TURNS_DEGREES: [f32; 3] = [15.0, 30.0, 45.0];

/// One of a few, by what it is about; also its place in the choice from a [`Comfort`] and back.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum OneOf {
    Turn,
    Posture,
    MainHand,
}

impl OneOf {
    fn chosen(self, comfort: &Comfort) -> usize {
        match self {
            Self::Turn => {
                let far = |degrees: f32| (degrees - comfort.snap_turn_degrees).abs();
                let nearest = TURNS_DEGREES.iter().enumerate();
                nearest
                    .min_by(|a, b| far(*a.1).total_cmp(&far(*b.1)))
                    .map_or(0, |nearest| nearest.0)
            }
            Self::Posture => usize::from(comfort.seated),
            Self::MainHand => comfort.main_hand as usize,
        }
    }

    fn choose(self, comfort: &mut Comfort, chosen: usize) {
        match self {
            Self::Turn => {
                if let Some(&degrees) = TURNS_DEGREES.get(chosen) {
                    comfort.snap_turn_degrees = degrees;
                }
            }
            Self::Posture => comfort.seated = chosen == 1,
            Self::MainHand => {
                if let Some(&side) = Side::BOTH.get(chosen) {
                    comfort.main_hand = side;
                }
            }
        }
    }
}

/// Something that is on or off.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum OnOff {
    Walking,
    Vignette,
    LessMotion,
}

impl OnOff {
    fn of(self, comfort: &mut Comfort) -> &mut bool {
        match self {
            Self::Walking => &mut comfort.smooth_walking,
            Self::Vignette => &mut comfort.vignette,
            Self::LessMotion => &mut comfort.less_motion,
        }
    }

    fn is_on(self, comfort: &Comfort) -> bool {
        match self {
            Self::Walking => comfort.smooth_walking,
            Self::Vignette => comfort.vignette,
            Self::LessMotion => comfort.less_motion,
        }
    }
}

pub(super) fn write(page: &mut ChildSpawnerCommands, comfort: &Comfort) {
    page.spawn(between()).with_children(|line| {
        line.spawn(words::heading(say!("body-comfort")));
        line.spawn(button("comfort-access", say!("body-ease-of-use"), ButtonKind::Plain)).observe(
            |_: On<Activate>,
             mut intents: MessageWriter<Intent>,
             mut dismissals: MessageWriter<Dismiss>| {
                intents.write(Intent::Access);
                dismissals.write(Dismiss);
            },
        );
        line.spawn(button("comfort-back", say!("body-menu"), ButtonKind::Plain)).observe(
            |_: On<Activate>, mut menu: Single<&mut WristMenu>| menu.page = MenuPage::First,
        );
    });
    for (one_of, name, label, labels) in [
        (OneOf::Turn, "comfort-turn", say!("body-turn-by"), &["15°", "30°", "45°"][..]),
        (
            OneOf::Posture,
            "comfort-posture",
            say!("body-i-am"),
            &[say!("body-standing"), say!("body-seated")],
        ),
        (
            OneOf::MainHand,
            "comfort-hand",
            say!("body-main-hand"),
            &[say!("body-left"), say!("body-right")],
        ),
    ] {
        page.spawn(between()).with_children(|line| {
            line.spawn(words::body(label));
            line.spawn((choice(name, labels, one_of.chosen(comfort)), one_of)).observe(
                |change: On<ValueChange<usize>>,
                 choices: Query<&OneOf>,
                 mut comfort: ResMut<Comfort>| {
                    if let Ok(one_of) = choices.get(change.source) {
                        one_of.choose(&mut comfort, change.value);
                    }
                },
            );
        });
    }
    for (on_off, name, label) in [
        (OnOff::Walking, "comfort-walking", say!("body-walk-smoothly-with-the-stick")),
        (OnOff::Vignette, "comfort-vignette", say!("body-darken-the-edges-meanwhile")),
        (OnOff::LessMotion, "comfort-motion", say!("body-less-motion-in-the-hall")),
    ] {
        let mut switch = page.spawn((switch(name, label), on_off));
        if on_off.is_on(comfort) {
            switch.insert(Checked);
        }
        switch.observe(
            |change: On<ValueChange<bool>>,
             switches: Query<&OnOff>,
             mut comfort: ResMut<Comfort>| {
                if let Ok(on_off) = switches.get(change.source) {
                    *on_off.of(&mut comfort) = change.value;
                }
            },
        );
    }
}

/// A name at the left and what it is about at the right.
fn between() -> Node {
    Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        ..default()
    }
}

/// Whoever else changes what is comfortable, the page says what counts.
fn show_choices(
    comfort: Res<Comfort>,
    mut choices: Query<(&OneOf, &mut Choice), With<ControlName>>,
    switches: Query<(Entity, &OnOff, Has<Checked>)>,
    mut commands: Commands,
) {
    for (one_of, mut choice) in &mut choices {
        choice.set_if_neq(Choice { chosen: one_of.chosen(&comfort) });
    }
    for (entity, on_off, checked) in &switches {
        mark::<Checked>(&mut commands, entity, checked, on_off.is_on(&comfort));
    }
}
