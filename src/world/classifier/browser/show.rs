//! Shows the images of the page on both walls, outlines what is pointed at and looked at, and says what each image is.

use bevy::prelude::*;

use super::{Browsing, Hangs, RunsOn, Wall, caption, order::Order, shelf::Shelf, wall};
use crate::{
    images::TestSet,
    stream::{InputChoice, Range},
    world::{
        classifier::{Classifier, Of, sheet},
        display::{Field, Mark},
        elsewhere::Elsewhere,
        interaction::aim::Surface,
        link::{ShownRun, ShownSnapshot},
        ui::{controls::ControlText, palette},
    },
};

/// What each line of words says.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum BrowserText {
    /// What the images are, on the button that opens the board.
    Heading,
    /// How many of how many.
    Count,
    /// Which of them hang on the wall.
    Drawn,
    /// The image of the wall that is pointed at.
    Caption,
    /// Two lines of the board: the image that is pointed at, or how many there are and what stands below each.
    Told(usize),
    /// A line below an image of the board.
    Label {
        /// Of which image.
        place: usize,
        /// Which line.
        at: usize,
    },
}

/// Where the board is when it is open, what else hangs there is not; before a text there is neither board nor wall.
pub(super) fn open_or_close<C: Classifier>(
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    mut sheets: Query<(&Hangs, &mut Visibility), With<Of<C>>>,
) {
    if !browsing.is_changed() && !shelf.is_changed() && !run.is_changed() {
        return;
    }
    let set = run.0.material::<TestSet>();
    let of_text = set.is_some_and(|set| set.of_text);
    let elsewhere = Elsewhere::shows(elsewhere.as_deref(), &run.0);
    let without = elsewhere && set.is_none();
    let untested = elsewhere && run.0.epochs().iter().all(|epoch| epoch.test.is_none());
    let open = browsing.open && !of_text && !without;
    for (hangs, mut seen) in &mut sheets {
        let is_there = match hangs {
            Hangs::Closed => !open && !of_text && !without,
            Hangs::BesideExamples => !open && !without && !untested,
            Hangs::Open => open,
            Hangs::Beside => !open,
        };
        seen.set_if_neq(if is_there { Visibility::Inherited } else { Visibility::Hidden });
    }
}

pub(super) fn show_walls<C: Classifier>(
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    mut walls: Query<(Entity, &mut Field, &mut Wall), With<Of<C>>>,
    mut commands: Commands,
) {
    if !browsing.is_changed() && !shelf.is_changed() {
        return;
    }
    let page = shelf.page(browsing.page);
    let pixels = shelf.set.as_ref().map(|set| wall::pixels(set, page));
    for (entity, mut field, mut wall) in &mut walls {
        if wall.pointed.is_some_and(|place| place >= page.len()) {
            wall.pointed = None;
        }
        let (Some(set), Some(pixels)) = (&shelf.set, &pixels) else {
            field.clear();
            continue;
        };
        let range = Range { low: 0.0, high: 1.0 };
        let mut wanted = wall::empty(wall.on_board, [set.height, set.width], set.channels);
        if field.is_like(&wanted) {
            field.show_values(pixels, range);
        } else {
            wanted.show_values(pixels, range);
            let surface = Surface { size: wanted.size() };
            commands.entity(entity).insert((wanted, surface));
        }
    }
}

/// Outlines the image that is pointed at, and the one that the network looks at now.
pub(super) fn mark_walls<C: Classifier>(
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    shown: Res<ShownSnapshot>,
    mut walls: Query<(&mut Field, &Wall), With<Of<C>>>,
) {
    for (mut field, wall) in &mut walls {
        let watched = shown.get().and_then(|shown| match shown.input {
            InputChoice::Test(index) => {
                shelf.page(browsing.page).iter().position(|image| *image == index)
            }
            _ => None,
        });
        let outline = |place: usize, colour| {
            let layout = field.layout();
            Mark::new(layout.cells_rect(place, 0..layout.rows, 0..layout.cols), colour)
        };
        let marks: Vec<Mark> = watched
            .map(|place| outline(place, palette::INK))
            .into_iter()
            .chain(wall.pointed.map(|place| outline(place, palette::ACCENT)))
            .collect();
        if field.marks != marks {
            field.marks = marks;
        }
    }
}

type Written<'w, 's, C> = Query<
    'w,
    's,
    (&'static BrowserText, &'static mut Text, &'static mut TextColor),
    (With<Of<C>>, Without<ControlText>),
>;

pub(super) fn write_words<C: Classifier>(
    browsing: Res<Browsing<C>>,
    shelf: Res<Shelf<C>>,
    changed: Query<(), (Or<(Changed<Wall>, Changed<RunsOn>)>, With<Of<C>>)>,
    walls: Query<&Wall, With<Of<C>>>,
    others: Query<&RunsOn, With<Of<C>>>,
    mut headings: Query<&mut ControlText, (With<BrowserText>, With<Of<C>>)>,
    mut lines: Written<C>,
) {
    if !browsing.is_changed() && !shelf.is_changed() && changed.is_empty() {
        return;
    }
    for mut heading in &mut headings {
        heading.set_if_neq(ControlText(browsing.order.heading().to_owned()));
    }
    let classes = shelf.set.as_ref().map(|set| &*set.classes).unwrap_or_default();
    let of_place = |place: usize| shelf.at(browsing.page, place);
    let pointed = |on_board: bool| {
        let wall = walls.iter().find(|wall| wall.on_board == on_board)?;
        of_place(wall.pointed?)
    };
    let counted = others.iter().any(|caption| caption.0);
    let is_waiting = shelf.test.is_none() && browsing.order != Order::AsTheyLie;
    let all = shelf.set.as_ref().filter(|_| !is_waiting).map(|set| set.len());
    let count = || all.map_or_else(String::new, |all| caption::count(shelf.images.len(), all));
    for (line, text, mut ink) in &mut lines {
        let wanted = match *line {
            BrowserText::Heading => continue,
            BrowserText::Count => {
                all.map_or_else(String::new, |all| caption::short_count(shelf.images.len(), all))
            }
            // The caption stands there, or that of the confusion matrix.
            BrowserText::Drawn if pointed(false).is_some() || counted => String::new(),
            BrowserText::Drawn => caption::drawn(browsing.page, shelf.images.len()),
            BrowserText::Caption => {
                pointed(false).map_or_else(String::new, |known| caption::of(&known, classes))
            }
            BrowserText::Told(at) => match (pointed(true), at) {
                (Some(known), _) => {
                    caption::lines(&known, classes).into_iter().nth(at).unwrap_or_default()
                }
                (None, 0) if is_waiting => say!("classifier-after-the-first-epoch").to_owned(),
                (None, 0) => say!("list-of", name = browsing.order.heading(), value = count()),
                (None, _) => caption::number_is(browsing.order).to_owned(),
            },
            BrowserText::Label { place, at } => {
                let known = of_place(place);
                let is_wrong = known
                    .is_some_and(|known| known.read.is_some_and(|read| read.said != known.truth));
                if at == 1 {
                    let colour = if is_wrong { palette::AMBER } else { palette::INK_QUIET };
                    ink.set_if_neq(TextColor(colour));
                }
                let label = known.map(|known| caption::label(&known, classes, browsing.order));
                label.into_iter().flatten().nth(at).unwrap_or_default()
            }
        };
        sheet::write(text, wanted);
    }
}
