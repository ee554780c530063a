//! The first page of the menu: the exhibits, and what concerns the whole visit.

use crate::words::Word;
use bevy::prelude::*;

use super::{Dismiss, MenuPage, WristMenu};
use crate::world::{
    interaction::intent::Intent,
    sound::{self, SoundSwitch},
    stage::Placed,
    ui::{
        controls::{Activate, ButtonKind, button, row, rule},
        words,
    },
};

/// The names of the entries that lead to exhibits, in the order of the list; there is room for no more.
const EXHIBITS: [&str; 8] = [
    "menu-exhibit-1",
    "menu-exhibit-2",
    "menu-exhibit-3",
    "menu-exhibit-4",
    "menu-exhibit-5",
    "menu-exhibit-6",
    "menu-exhibit-7",
    "menu-exhibit-8",
];
/// So many have a line and their whole title each; more stand in pairs, by their short ones.
const WHOLE_LINES: usize = 4;

/// What else can be asked for, some beside each other: name, label, and what it says.
const WISHES: [&[(&str, Word, Option<Intent>)]; 3] = [
    &[
        ("menu-recentre", key!("body-recentre"), Some(Intent::Recentre)),
        ("menu-put-back", key!("body-put-back"), Some(Intent::PutBack)),
        ("menu-sound", sound::LABEL, Some(Intent::ToggleSound)),
    ],
    &[
        ("menu-help", key!("body-help"), Some(Intent::Help)),
        ("menu-frames", key!("body-frames"), Some(Intent::FrameTimes)),
        ("menu-picture", key!("body-picture"), Some(Intent::Picture)),
    ],
    &[
        ("menu-language", key!("desk-next-language"), Some(Intent::NextLanguage)),
        ("menu-comfort", key!("body-comfort"), None),
        ("menu-leave", key!("body-leave-vr"), Some(Intent::LeaveHeadset)),
    ],
];

/// What a newcomer needs most, as long as the exhibits leave room for it.
const HINT: Word = key!("body-a-or-x-pauses-push");
const ROOM_FOR_HINT: usize = 2;

pub(super) fn write(page: &mut ChildSpawnerCommands, placed: &[Placed]) {
    page.spawn(Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        ..default()
    })
    .with_children(|line| {
        line.spawn(words::heading(say!("body-menu")));
        line.spawn(button("menu-close", say!("body-close"), ButtonKind::Plain)).observe(
            |_: On<Activate>, mut dismissals: MessageWriter<Dismiss>| {
                dismissals.write(Dismiss);
            },
        );
    });
    let entries: Vec<_> = EXHIBITS.iter().zip(placed).enumerate().collect();
    let in_pairs = entries.len() > WHOLE_LINES;
    for line in entries.chunks(if in_pairs { 2 } else { 1 }) {
        page.spawn(row()).with_children(|row| {
            for &(index, (name, place)) in line {
                let title = if in_pairs { place.plinth.title } else { place.title };
                let mut entry = row.spawn(button(name, title, ButtonKind::Small));
                entry.entry::<Node>().and_modify(|mut node| {
                    node.flex_grow = 1.0;
                    node.flex_basis = px(0);
                });
                entry.observe(says(Intent::Visit(index)));
            }
        });
    }
    page.spawn(rule());
    let few = placed.len() <= ROOM_FOR_HINT;
    for pair in WISHES {
        page.spawn(row()).with_children(|line| {
            for (name, label, intent) in pair {
                let mut entry = line.spawn(button(name, *label, ButtonKind::Plain));
                entry.entry::<Node>().and_modify(|mut node| {
                    node.flex_grow = 1.0;
                    node.flex_basis = px(0);
                });
                if *intent == Some(Intent::ToggleSound) {
                    entry.insert(SoundSwitch);
                }
                match intent {
                    Some(intent) => entry.observe(says(*intent)),
                    None => entry.observe(|_: On<Activate>, mut menu: Single<&mut WristMenu>| {
                        menu.page = MenuPage::Comfort;
                    }),
                };
            }
        });
    }
    if few {
        page.spawn(words::caption(HINT)).insert(Node { margin: UiRect::top(auto()), ..default() });
    }
}

/// Says it, and the menu has done its work.
fn says(
    intent: Intent,
) -> impl Fn(On<Activate>, MessageWriter<Intent>, MessageWriter<Dismiss>) + Send + Sync + 'static {
    move |_, mut intents, mut dismissals| {
        intents.write(intent);
        dismissals.write(Dismiss);
    }
}
