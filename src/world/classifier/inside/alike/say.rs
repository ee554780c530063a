//! Says how alike layers are, and what that is to be measured by.

use bevy::prelude::*;

use super::{
    Told,
    hang::{self, AlikeText},
    pointing::{self, AlikePointed},
    together::{self, Fused},
};
use crate::{
    inside::{Alike, AlikeWith},
    sentence::grouped,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Unanswered, tell},
                phrases,
                wish::Wish,
            },
            sheet::figure,
        },
        ui::sheet,
    },
};

/// Letters of a layer's name beside its row.
const LAYER_LETTERS: usize = 10;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    fused: Res<Fused<C>>,
    mut texts: Query<(&AlikeText, &mut Text, &mut Node), With<Of<C>>>,
) {
    let with = wish.inside.wanted.alike;
    let alike = told.alike(&wish);
    let fused = fused.said(0).filter(|_| with == AlikeWith::Runs).map(|said| &*said.said);
    let lines = fused.map(together::lines).or(alike.map(lines)).unwrap_or_default();
    for (line, text, mut node) in &mut texts {
        let says = match *line {
            AlikeText::With => say!("boards-with-2", name = with.name()),
            AlikeText::Line(at) => lines.get(at).cloned().unwrap_or_default(),
            AlikeText::Contested(place) => fused
                .and_then(|fused| together::said(fused, place, wish.classes()))
                .unwrap_or_default(),
            AlikeText::Columns => alike.map_or_else(String::new, |alike| columns(alike).to_owned()),
            AlikeText::Row(row) => match alike.filter(|alike| hang::has_room(alike)) {
                Some(alike) => {
                    let top = hang::top(alike, row);
                    if node.top != top {
                        node.top = top;
                    }
                    let name = alike.layers.get(row).map(String::as_str).unwrap_or_default();
                    phrases::layer_name(name, LAYER_LETTERS)
                }
                None => String::new(),
            },
        };
        sheet::write(text, says);
    }
}

/// What the columns are.
fn columns(alike: &Alike) -> &'static str {
    match alike.asked.with {
        AlikeWith::Layers => say!("boards-columns-the-same-layers-then"),
        AlikeWith::Steps => say!("boards-columns-steps-of-the-run"),
        AlikeWith::Runs => say!("boards-columns-runs-before-then-pixels"),
    }
}

/// The words at the right: of each layer what it has learned beyond both floors.
fn lines(alike: &Alike) -> Vec<String> {
    let mut lines = vec![say!("boards-with-pixels-unlearned").to_owned()];
    let floors = alike.layers.iter().zip(&alike.with_pixels).zip(&alike.with_shuffled);
    lines.extend(floors.take(hang::LINES - 4).map(|((layer, pixels), shuffled)| {
        let layer = phrases::layer_name(layer, LAYER_LETTERS);
        format!("{layer} {} · {}", figure(*pixels), figure(*shuffled))
    }));
    lines.push(String::new());
    lines.push(say!("boards-black-0-white-1").to_owned());
    lines.push(say!("boards-on-test-images", images = grouped(alike.asked.images)));
    lines
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pointed: Res<AlikePointed<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let unanswered = Unanswered::soon(
        say!("boards-how-alike-are-its-layers"),
        say!("boards-they-cannot-be-compared"),
    );
    let unanswered = unanswered.on_the_left();
    tell(&mut frame, &wish, &told, unanswered, |alike| {
        let headline = match alike.asked.with {
            AlikeWith::Layers => say!("boards-how-alike-its-layers-are"),
            AlikeWith::Steps => say!("boards-its-layers-beside-earlier-steps"),
            AlikeWith::Runs => say!("boards-its-layers-beside-those-of"),
        };
        let usual = || match alike.remarks.first() {
            Some(remark) => phrases::capital(&remark.to_string()),
            None => say!("boards-1-is-the-same-but").into(),
        };
        let at = pointed.at.and_then(|at| pointing::words(alike, at));
        [headline.to_owned(), at.unwrap_or_else(usual)]
    });
}
