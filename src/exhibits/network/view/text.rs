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
const MOST_WRITTEN: usize = 36;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<WrongLetter>()
        .add_observer(hang)
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
}

/// The first letter of what was typed that the network does not know.
#[derive(Resource, Default, PartialEq, Eq)]
struct WrongLetter(Option<char>);

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
    let (panel, passage) = board(say!("network-passage"), places::PASSAGE);
    let (_, written) = board(say!("network-what-it-writes"), places::WRITTEN);
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
            line.spawn(field("network-text", key!("network-type-a-text"))).observe(ask);
        });
    });
}

fn show(run: Res<ShownRun>, mut boards: Query<&mut Visibility, With<OnlyTexts>>) {
    let of_text = run.0.material::<TestSet>().is_some_and(|set| set.of_text);
    let wanted = if of_text { Visibility::Inherited } else { Visibility::Hidden };
    for mut seen in &mut boards {
        seen.set_if_neq(wanted);
    }
}

fn write(
    shown: Res<ShownSnapshot>,
    wrong: Res<WrongLetter>,
    mut words: Query<(&TextWords, &mut Text)>,
) {
    if !shown.is_changed() && !wrong.is_changed() {
        return;
    }
    let answer = shown.get().and_then(|shown| shown.answer.as_ref());
    let Some(written) = answer.and_then(|answer| answer.get::<Written>()) else {
        return;
    };
    let seen = |text: &str| text.replace('\n', "↵ ");
    for (of, text) in &mut words {
        let wanted = match (of, wrong.0) {
            (TextWords::Passage, _) => seen(written.after.trim_start_matches('\n')),
            (TextWords::How, Some(_)) => say!("network-it-cannot-read-this").to_owned(),
            (TextWords::How, None) if written.at_once => say!("network-it-goes-on").to_owned(),
            (TextWords::How, None) => say!("network-it-goes-on-live").to_owned(),
            (TextWords::Written, Some(letter)) => {
                say!("network-is-nowhere-in-the-text", letter)
            }
            (TextWords::Written, None) => {
                let count = written.text.chars().count();
                let skipped = count.saturating_sub(MOST_WRITTEN);
                seen(&written.text.chars().skip(skipped).collect::<String>())
            }
        };
        sheet::write(text, wanted);
    }
}

/// The network reads what is typed while it is typed.
fn ask(
    change: On<ValueChange<String>>,
    run: Res<ShownRun>,
    mut wrong: ResMut<WrongLetter>,
    mut asks: MessageWriter<Ask>,
) {
    let Some(set) = run.0.material::<TestSet>() else { return };
    let known = |letter: char| set.classes.contains(&character_sign(letter));
    let unknown = change.value.chars().find(|letter| !known(*letter));
    wrong.set_if_neq(WrongLetter(unknown));
    if unknown.is_none() && !change.value.is_empty() {
        let typed = Typed { text: change.value.clone() };
        asks.write(Ask(Command::Watch(InputChoice::of(typed))));
    }
}
