//! Entries: lines of a list that are pressed as a whole, with words at the left and a figure at the right.

use bevy::{prelude::*, text::TextLayoutInfo, ui::UiSystems, ui_widgets::Button as Pressable};

use super::{ControlName, UiWrite, dress::Dress, show};
use crate::{
    words::width,
    world::ui::{palette, type_size, words},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PostUpdate,
        (write_entries.in_set(UiWrite), end_before_figure.after(UiSystems::PostLayout)),
    );
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

/// What a text says where it has room, and how wide the figures beside it have been since it was written, in letters: it is
/// written anew when it changes or has more room, and not with every figure.
#[derive(Component, Clone, Debug, Default)]
struct Whole {
    text: String,
    figure: usize,
}

/// The height of an entry of two lines, in dmm.
const TWO_LINES_DMM: f32 = 76.0;
/// By so many pixels letters may be wider than their room.
const SLACK_PX: f32 = 0.5;

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
                Node {
                    flex_direction: FlexDirection::Column,
                    flex_grow: 1.0,
                    flex_basis: px(0),
                    min_width: px(0),
                    overflow: Overflow::clip(),
                    ..default()
                },
                children![
                    (words::body(""), EntryText::Words, Whole::default(), line()),
                    (words::caption(""), EntryText::Note, Whole::default(), line()),
                ],
            ),
            (
                words::set("", type_size::BODY, FontWeight::SEMIBOLD, palette::INK),
                TextLayout::no_wrap(),
                EntryText::Figure,
                Whole::default(),
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
    mut texts: Query<(&EntryText, &mut Whole, &mut Text, &mut Node)>,
) {
    for (entity, entry, mut node) in &mut changed {
        show(&mut node, !entry.words.is_empty());
        let figure = width(&entry.figure);
        for part in children.iter_descendants(entity) {
            let Ok((says, mut whole, mut text, mut node)) = texts.get_mut(part) else {
                continue;
            };
            let wanted = match says {
                EntryText::Words => &entry.words,
                EntryText::Note => &entry.note,
                EntryText::Figure => &entry.figure,
            };
            if whole.text != *wanted || whole.figure > figure {
                text.0.clone_from(wanted);
                *whole = Whole { text: wanted.clone(), figure };
            }
            whole.figure = whole.figure.max(figure);
            show(&mut node, !wanted.is_empty());
        }
    }
}

/// How wide letters are, in pixels of their page.
fn needs_px(letters: &TextLayoutInfo, node: &ComputedNode) -> f32 {
    letters.size.x / node.inverse_scale_factor()
}

/// Words that do not fit before the figure say so where they end.
fn end_before_figure(
    mut laid_out: Query<
        (&EntryText, &mut Text, &TextLayoutInfo, &ComputedNode),
        Or<(Changed<TextLayoutInfo>, Changed<ComputedNode>)>,
    >,
) {
    for (says, mut text, letters, node) in &mut laid_out {
        let (needs_px, room_px) = (needs_px(letters, node), node.size().x);
        if *says == EntryText::Figure || room_px <= 0.0 || needs_px <= room_px + SLACK_PX {
            continue;
        }
        let fit = (width(&text.0) as f32 * room_px / needs_px) as usize;
        let ended = words::shortened(&text.0, fit);
        text.set_if_neq(Text(ended));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::headless::{frames, hall, lay_out, panel};

    #[test]
    fn a_long_title_says_where_it_was_cut_and_is_whole_again_where_there_is_room() {
        let mut app = hall();
        let hung = panel(&mut app);
        let row = app.world_mut().spawn((entry("row", Lines::One), ChildOf(hung.root))).id();
        let mut reads = |title: &str, figure: &str| {
            let wanted =
                Entry { words: title.to_owned(), figure: figure.to_owned(), ..Entry::default() };
            *app.world_mut().get_mut::<Entry>(row).unwrap() = wanted;
            lay_out(&mut app);
            frames(&mut app, 4);
            let world = app.world_mut();
            let mut texts = world.query::<(&EntryText, &Text, &TextLayoutInfo, &ComputedNode)>();
            let (_, text, letters, node) =
                texts.iter(world).find(|(says, ..)| **says == EntryText::Words).unwrap();
            assert!(needs_px(letters, node) <= node.size().x + SLACK_PX, "{text:?}");
            text.0.clone()
        };
        let long = "The Shawshank Redemption (1994), a film ".repeat(4);
        let cut = reads(&long, "4.2");
        assert!(cut.ends_with('…') && cut.chars().count() > 20, "{cut}");
        assert!(long.starts_with(cut.trim_end_matches('…')), "{cut}");
        assert_eq!(reads(&long, "4.3"), cut, "it does not flicker with the figure");
        assert!(reads(&long, "wider: 4.2").chars().count() < cut.chars().count());
        assert_eq!(reads(&long, "4.2"), cut, "there is as much room as before");
        assert_eq!(reads("Heat (1995)", "4.2"), "Heat (1995)");
    }
}
