//! Says how much of each map is left once layers or labels are shuffled, and above all of them what that means.

use bevy::prelude::*;

use super::{Told, hang::TrustText};
use crate::{
    inside::{Attribution, Shuffled},
    words::enumerated,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::{Frame, Telling},
                phrases,
                pixel::{Pixel, PixelAt},
                seen::{self, What},
                state::MAPS,
                wish::Wish,
            },
        },
        ui::{sheet, words},
    },
};

/// Letters of the names of layers that have room beside the input.
const NAMES_LETTERS: usize = 20;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    mut texts: Query<(&TrustText, &mut Text), With<Of<C>>>,
) {
    let wanted = &wish.inside.wanted;
    let names = told.layers(&wish.inside);
    let labels = wanted.shuffled == Some(Shuffled::Labels);
    for (line, text) in &mut texts {
        let says = match *line {
            TrustText::Lever if labels => say!("boards-shuffled-labels").to_owned(),
            TrustText::Lever => say!("boards-shuffled-layers").to_owned(),
            TrustText::Layers => phrases::shuffled(wanted.shuffled, names),
            TrustText::Names if labels && !names.is_empty() => {
                say!("boards-trained-again").to_owned()
            }
            TrustText::Names => {
                let names: Vec<_> =
                    names.iter().map(|name| crate::words::layer(name).unwrap_or(name)).collect();
                words::shortened(&enumerated(&names), NAMES_LETTERS)
            }
            TrustText::Heading(place) => {
                let [learned, _] = told.maps(&wish.inside, place);
                let of = wanted.methods.get(place);
                of.map_or_else(String::new, |of| phrases::heading(*of, learned))
            }
            TrustText::Line(place, line) => {
                let [_, shuffled] = told.maps(&wish.inside, place);
                shuffled.map_or_else(String::new, |map| correlation(map, line))
            }
            TrustText::Refused(place) => {
                let why = seen::refused_of(told.said(place), &wish.inside, place);
                why.map_or_else(String::new, ToString::to_string)
            }
        };
        sheet::write(text, says);
    }
}

/// Rank correlation with the map before, of signed numbers and of their sizes.
fn correlation(map: &Attribution, line: usize) -> String {
    let of = |at: usize| {
        let number = map.unshuffled.and_then(|both| both.get(at).copied());
        number.map_or_else(|| "–".to_owned(), phrases::signed)
    };
    match line {
        0 => say!("boards-signed").to_owned(),
        1 => of(0),
        2 => say!("boards-absolute").to_owned(),
        _ => of(1),
    }
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pixel: Res<Pixel<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let wanted = wish.inside.wanted.shuffled;
    let lines = if wanted.is_some() { 2 * MAPS } else { MAPS };
    let refused = told.refused(0..lines);
    let refused = refused.map(|why| say!("boards-the-maps-cannot-be-drawn", why));
    let question = say!("boards-do-maps-show-what-was").to_owned();
    let Some(learned) = told.learned().filter(|_| refused.is_none()) else {
        let instead =
            Some(refused.unwrap_or_else(|| say!("boards-the-network-is-asked").to_owned()));
        Frame::tell(&mut frame, Telling { headline: question, instead, ..Telling::default() });
        return;
    };
    let shuffled = told.shuffled(&wish.inside);
    let newest = shuffled.unwrap_or(learned);
    let scrubbed = wish.scrubbed_to().filter(|shown| *shown != newest.step);
    let meaning = match (shuffled, wanted) {
        (None, Some(Shuffled::Labels)) => say!("boards-it-learns-shuffled-labels-that"),
        (None, _) => say!("boards-from-the-last-layer-on"),
        (Some(_), Some(Shuffled::Labels)) => say!("boards-right-it-learned-shuffled-labels"),
        (Some(_), _) => say!("boards-left-as-learned-right-shuffled"),
    };
    let mut telling = Telling {
        headline: match shuffled {
            None => question,
            Some(said) => phrases::says_shuffled(&said.said, wish.classes()),
        },
        second: match scrubbed {
            Some(shown) => phrases::lags(newest.step, shown, newest.step < wish.run.0.step()),
            None => meaning.to_owned(),
        },
        step: phrases::step(
            told.steps(0..lines).unwrap_or([newest.step; 2]),
            wish.run.0.step(),
            newest.said.price,
            told.share(),
        ),
        lags: scrubbed.is_some(),
        reach: Some(told.reach(&wish.inside)),
        ..Telling::default()
    };
    if let Some((headline, second)) = pixel.at.and_then(|at| pointed(&told, &wish, at)) {
        (telling.headline, telling.second) = (headline, second);
    }
    Frame::tell(&mut frame, telling);
}

/// What is said of the pixel that is pointed at.
fn pointed<C: Classifier>(told: &Told<C>, wish: &Wish<C>, at: PixelAt) -> Option<(String, String)> {
    let (place, own) = match at.what {
        What::Input => {
            let why = &told.learned()?.said;
            let ink = *why.input.get(at.index_in([why.size[1], why.size[2]]))?;
            return Some((phrases::pixel_of_input(at.row, at.column, ink), String::new()));
        }
        What::Map(place) => (place, 0),
        What::Shuffled(place) => (place, 1),
        What::Image(_) | What::Grown(_) | What::Alike => return None,
    };
    let maps = told.maps(&wish.inside, place);
    let value = |map: &Attribution| map.values.get(at.index_in(map.size)).copied();
    let values = maps.map(|map| map.and_then(value));
    let headline = phrases::pixel(at.row, at.column, values[own]?);
    let method = phrases::method(maps[own]?.method);
    let second = match values {
        [Some(before), Some(after)] => {
            let (before, after) = (phrases::signed(before), phrases::signed(after));
            say!("boards-as-learned-shuffled", method, before, after)
        }
        _ => say!("boards-as-learned", method),
    };
    Some((headline, second))
}
