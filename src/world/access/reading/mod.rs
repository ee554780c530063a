//! The line for reading: what is pointed at, or what the keyboard acts on, in letters as large as the visitor chose.
//!
//! The pages of the hall are composed to the millimetre, so letters that grow there would be cut or run into others.
//! Instead each text of the hall, pointed at, is told once more on a plate of its own: in a window at its lower edge, or
//! at its upper one while what is pointed at lies below; in a headset below what is pointed at, where it stays, so that
//! it never sticks to the face. At 100 % there is no plate.

mod find;
mod place;
#[cfg(test)]
mod tests;

use bevy::prelude::*;

use self::find::Finder;
use super::Access;
use crate::world::{
    WorldSystems,
    interaction::aim::Untouchable,
    ui::{
        palette,
        panel::{Foremost, Hanger, PanelPlan},
        sheet::seldom,
        words,
    },
};

/// What is largest of the plate, in dmm: as wide as a window of 4:3, and half as high.
const SIZE_DMM: Vec2 = vec2(1480.0, 560.0);
/// How far before the camera of a window it hangs, in metres: nearer than anything that the camera may meet.
const BEFORE_M: f32 = 0.1;
/// How long it stays after nothing is pointed at any more, in seconds.
const STAYS_SECS: f32 = 1.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            (read, write).chain().run_if(wanted.and_then(seldom())),
            put_away.run_if(not(wanted)),
            place::place.run_if(wanted),
        )
            .chain()
            // It repeats what has been written in this frame.
            .after(WorldSystems::Show)
            // It only adds a plate of its own.
            .ambiguous_with_all(),
    )
    .init_resource::<Read>();
}

fn wanted(access: Res<Access>) -> bool {
    access.reads_large()
}

/// What is read out.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
struct Read {
    words: Option<Words>,
    /// When something was pointed at last, in seconds since the hall opened.
    at_secs: f32,
}

/// A text of the hall, as it is to be read.
#[derive(Clone, Debug, PartialEq)]
struct Words {
    text: String,
    /// Of its letters where it hangs, in dmm.
    letters_dmm: f32,
    /// Where in the hall.
    place: Vec3,
}

/// The plate, and the part of its page that is as high as the text.
#[derive(Component)]
struct ReadingPlate {
    root: Entity,
    card: Entity,
    /// What is written on it, and how large.
    written: Option<(String, u16)>,
}

fn read(finder: Finder, time: Res<Time<Real>>, mut read: ResMut<Read>) {
    let now = time.elapsed_secs();
    match finder.words() {
        Some(words) => *read = Read { words: Some(words), at_secs: now },
        None if read.words.is_some() && now - read.at_secs > STAYS_SECS => *read = Read::default(),
        None => {}
    }
}

/// Hangs the plate when it is wanted for the first time, since its page takes 13 MB of the graphics card's memory.
fn write(
    read: Res<Read>,
    access: Res<Access>,
    plate: Option<Single<(&mut ReadingPlate, &mut Visibility)>>,
    mut hanger: Hanger,
) {
    let Some(plate) = plate else {
        hang(&mut hanger);
        return;
    };
    let (mut plate, mut seen) = plate.into_inner();
    let shown = if read.words.is_some() { Visibility::Inherited } else { Visibility::Hidden };
    seen.set_if_neq(shown);
    let wanted = read.words.as_ref().map(|words| (words.text.clone(), access.text_percent));
    if plate.written == wanted {
        return;
    }
    plate.written = wanted;
    let card = plate.card;
    hanger.commands.entity(card).despawn_related::<Children>();
    if let Some(words) = &read.words {
        let size = words.letters_dmm * f32::from(access.text_percent) / 100.0;
        let text = words::set(words.text.as_str(), size, FontWeight::NORMAL, palette::INK);
        hanger.commands.entity(card).with_child((Name::new("Read out"), text));
    }
}

fn hang(hanger: &mut Hanger) {
    let plan = PanelPlan::clear("Reading line", SIZE_DMM * BEFORE_M / 1000.0, BEFORE_M);
    let hung = hanger.hang(plan);
    let card = hanger
        .commands
        .spawn((
            Node {
                width: percent(100),
                max_height: percent(100),
                padding: UiRect::axes(px(34), px(18)),
                border: UiRect::all(px(3)),
                border_radius: BorderRadius::all(px(18)),
                flex_shrink: 0.0,
                ..default()
            },
            BackgroundColor(palette::NIGHT),
            BorderColor::all(palette::ACCENT),
            ChildOf(hung.root),
        ))
        .id();
    hanger.commands.entity(hung.panel).insert((
        ReadingPlate { root: hung.root, card, written: None },
        Foremost,
        Untouchable,
        Visibility::Hidden,
        Transform::default(),
    ));
}

fn put_away(plates: Query<&mut Visibility, With<ReadingPlate>>, mut read: ResMut<Read>) {
    for mut seen in plates {
        seen.set_if_neq(Visibility::Hidden);
    }
    read.set_if_neq(Read::default());
}
