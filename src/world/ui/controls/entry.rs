//! Entries: lines of a list that are pressed as a whole, with words at the left and a figure at the right.

use bevy::{prelude::*, ui_widgets::Button as Pressable};

use super::{ControlName, UiWrite, dress::Dress, show};
use crate::world::ui::{palette, type_size, words};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, write_entries.in_set(UiWrite));
}

/// What an entry says; change it and the texts follow. An entry without words is not there.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub words: String,
    /// A second line, where the entry has one.
    pub note: String,
    pub figure: String,
}

/// How high an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    One,
    Two,
}

/// The texts of an entry.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum EntryText {
    Words,
    Note,
    Figure,
}

/// The height of an entry of two lines, in dmm.
const TWO_LINES_DMM: f32 = 76.0;

/// An entry: observe [`Activate`](super::Activate) on it; `Checked` marks the one that is chosen.
pub fn entry(name: &'static str, lines: Lines) -> impl Bundle {
    let height = match lines {
        Lines::One => type_size::ROW,
        Lines::Two => TWO_LINES_DMM,
    };
    (
        Name::new(name),
        ControlName(name),
        Pressable,
        Entry::default(),
        Dress::Row,
        Node {
            display: Display::None,
            width: percent(100),
            height: px(height),
            padding: UiRect::axes(px(12), px(0)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(10)),
            align_items: AlignItems::Center,
            column_gap: px(12),
            flex_shrink: 0.0,
            ..default()
        },
        children![
            (
                Pickable::IGNORE,
                // Words that do not fit end at the figure.
                Node {
                    flex_direction: FlexDirection::Column,
                    flex_grow: 1.0,
                    flex_basis: px(0),
                    min_width: px(0),
                    overflow: Overflow::clip(),
                    ..default()
                },
                children![
                    (words::body(""), EntryText::Words, line()),
                    (words::caption(""), EntryText::Note, line()),
                ],
            ),
            (
                words::set("", type_size::BODY, FontWeight::SEMIBOLD, palette::INK),
                TextLayout::no_wrap(),
                EntryText::Figure,
                Node { flex_shrink: 0.0, ..default() },
            ),
        ],
    )
}

fn line() -> impl Bundle {
    (TextLayout::no_wrap(), Node { width: percent(100), flex_shrink: 0.0, ..default() })
}

fn write_entries(
    mut changed: Query<(Entity, &Entry, &mut Node), (Changed<Entry>, Without<EntryText>)>,
    children: Query<&Children>,
    mut texts: Query<(&EntryText, &mut Text, &mut Node)>,
) {
    for (entity, entry, mut node) in &mut changed {
        show(&mut node, !entry.words.is_empty());
        for part in children.iter_descendants(entity) {
            let Ok((says, mut text, mut node)) = texts.get_mut(part) else {
                continue;
            };
            let wanted = match says {
                EntryText::Words => &entry.words,
                EntryText::Note => &entry.note,
                EntryText::Figure => &entry.figure,
            };
            if text.0 != *wanted {
                text.0.clone_from(wanted);
            }
            show(&mut node, !wanted.is_empty());
        }
    }
}
