//! A network for text: the passage that it reads, how it goes on, and a line to type one's own.

use bevy::{prelude::*, text::LineBreak};

use super::{ON_STAGE, places};
use crate::{
    exhibits::network::{
        EXHIBIT_ID,
        payload::{Typed, Written},
    },
    images::TestSet,
    network::TEXT,
    sentence::character_sign,
    stream::{Command, InputChoice},
    world::{
        WorldSystems,
        classifier::{arc::Spot, sheet},
        link::{Ask, ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        subscriptions::Shows,
        ui::{
            controls::{ValueChange, field},
            palette,
            panel::{Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// Characters of what was written that have room; they are the last.
const MOST_WRITTEN: usize = 60;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang)
        .add_systems(Update, (show, write).chain().in_set(WorldSystems::Show).in_set(ON_STAGE));
}

/// What hangs only before a text.
#[derive(Component)]
struct OnlyTexts;

/// The words that change.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum TextWords {
    Passage,
    How,
    Written,
    /// What is wrong with what was typed.
    Wrong,
}

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut board = |name, spot: Spot| {
        let board = hanger.hang(PanelPlan::clear(name, spot.size_m, places::READ_FROM_M));
        let place = (spot.before(0.01), ChildOf(placed.entity), OnlyTexts, Visibility::Hidden);
        hanger.commands.entity(board.panel).insert(place);
        (board.panel, board.root)
    };
    let (panel, passage) = board("Passage", places::PASSAGE);
    let (_, written) = board("What it writes", places::WRITTEN);
    hanger.commands.entity(panel).insert(Shows(TEXT));
    let running = |of: TextWords, ink: Color| {
        let letters = words::set("", type_size::BODY, FontWeight::NORMAL, ink);
        let layout = TextLayout { linebreak: LineBreak::WordOrCharacter, ..default() };
        (letters, layout, of)
    };
    hanger.commands.entity(passage).with_children(|page| {
        page.spawn(running(TextWords::Passage, palette::INK));
    });
    hanger.commands.entity(written).entry::<Node>().and_modify(|mut page| page.row_gap = px(6));
    hanger.commands.entity(written).with_children(|page| {
        page.spawn((words::caption(""), TextWords::How));
        page.spawn(running(TextWords::Written, palette::ACCENT_BRIGHT));
        let line = Node { margin: UiRect::top(auto()), ..default() };
        page.spawn(line).with_children(|line| {
            line.spawn(field("network-text", "Type a text")).observe(ask);
        });
        page.spawn((words::caption(""), TextWords::Wrong));
    });
}

fn show(run: Res<ShownRun>, mut boards: Query<&mut Visibility, With<OnlyTexts>>) {
    let of_text = run.0.material::<TestSet>().is_some_and(|set| set.of_text);
    let wanted = if of_text { Visibility::Inherited } else { Visibility::Hidden };
    for mut seen in &mut boards {
        seen.set_if_neq(wanted);
    }
}

fn write(shown: Res<ShownSnapshot>, mut words: Query<(&TextWords, &mut Text)>) {
    let answer = shown.get().filter(|_| shown.is_changed()).and_then(|shown| shown.answer.as_ref());
    let Some(written) = answer.and_then(|answer| answer.get::<Written>()) else {
        return;
    };
    let seen = |text: &str| text.replace('\n', "↵ ");
    for (of, text) in &mut words {
        let wanted = match of {
            TextWords::Passage => seen(written.after.trim_start_matches('\n')),
            TextWords::How if written.at_once => "It goes on".to_owned(),
            TextWords::How => "It goes on, a letter a picture".to_owned(),
            TextWords::Written => {
                let count = written.text.chars().count();
                let last: String =
                    written.text.chars().skip(count.saturating_sub(MOST_WRITTEN)).collect();
                if count > MOST_WRITTEN { format!("…{}", seen(&last)) } else { seen(&last) }
            }
            TextWords::Wrong => continue,
        };
        sheet::write(text, wanted);
    }
}

/// The network reads what is typed while it is typed.
fn ask(
    change: On<ValueChange<String>>,
    run: Res<ShownRun>,
    mut words: Query<(&TextWords, &mut Text)>,
    mut asks: MessageWriter<Ask>,
) {
    let Some(set) = run.0.material::<TestSet>() else { return };
    let known = |letter: char| set.classes.contains(&character_sign(letter));
    let unknown = change.value.chars().find(|letter| !known(*letter));
    let wrong = unknown.map_or_else(String::new, |letter| {
        format!("“{letter}” is nowhere in the text that it learns")
    });
    if unknown.is_none() && !change.value.is_empty() {
        let typed = Typed { text: change.value.clone() };
        asks.write(Ask(Command::Watch(InputChoice::of(typed))));
    }
    for (_, text) in words.iter_mut().filter(|(of, _)| **of == TextWords::Wrong) {
        sheet::write(text, wrong.clone());
    }
}
