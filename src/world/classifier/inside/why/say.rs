//! Says beside every map what it adds up to, what deleting does, and what it cost; and above all of them what they are.

use bevy::prelude::*;

use super::{
    Told,
    hang::{WhyBar, WhyText, label},
};
use crate::{
    inside::Attribution,
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
        display::ColourMap,
        ui::{palette, sheet},
    },
};

type Written<'w, 's, C> =
    Query<'w, 's, (&'static WhyText, &'static mut Text), (With<Of<C>>, Without<WhyBar>)>;
type Bars<'w, 's, C> =
    Query<'w, 's, (&'static WhyBar, &'static mut Node, &'static mut BackgroundColor), With<Of<C>>>;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    mut texts: Written<C>,
    mut bars: Bars<C>,
) {
    let wanted = &wish.inside.wanted;
    let classes = wish.classes();
    let map = |place: usize| told.map(&wish.inside, place);
    for (line, text) in &mut texts {
        let says = match *line {
            WhyText::Baseline => {
                let said = told.newest(0..MAPS);
                let of = said.map_or(wanted.baseline, |said| said.said.asked.baseline);
                say!("boards-baseline", of = phrases::baseline(of, classes))
            }
            WhyText::Chosen => phrases::baseline(wanted.baseline, classes),
            WhyText::Against => match wanted.against.filter(|_| wish.is_compared()) {
                Some(against) => say!("boards-not", classes = phrases::class(classes, against)),
                None => say!("boards-alone").to_owned(),
            },
            WhyText::Heading(place) => wanted
                .methods
                .get(place)
                .map_or_else(String::new, |of| phrases::heading(*of, map(place))),
            WhyText::Price(place) => {
                map(place).map_or_else(String::new, |map| phrases::milliseconds(map.price))
            }
            WhyText::Label(place, line) if map(place).is_some() => label(line).to_owned(),
            WhyText::Label(..) => String::new(),
            WhyText::Value(place, line) => {
                map(place).map_or_else(String::new, |map| value(map, line))
            }
            WhyText::Refused(place) => {
                let why = seen::refused_of(told.said(place), &wish.inside, place);
                why.map_or_else(String::new, ToString::to_string)
            }
        };
        sheet::write(text, says);
    }
    let drops = told.maps(&wish.inside).flat_map(|map| [map.deletion.drop, map.deletion.random]);
    let most = drops.map(f32::abs).filter(|drop| drop.is_finite()).fold(0.0, f32::max);
    for (bar, mut node, mut ground) in &mut bars {
        let (share, ink) =
            map(bar.place).map_or((0.0, palette::ACCENT), |map| of_bar(map, bar.line, most));
        let width = WhyBar::width(share);
        if node.width != width {
            node.width = width;
        }
        ground.set_if_neq(BackgroundColor(ink));
    }
}

/// The number of a line.
fn value(map: &Attribution, line: usize) -> String {
    let [sum, error] = phrases::sum(map);
    match line {
        0 => sum,
        1 => error,
        2 => map.biases.map_or_else(|| "–".to_owned(), phrases::signed),
        3 => phrases::signed(-map.deletion.drop),
        _ => phrases::signed(-map.deletion.random),
    }
}

/// How long the bar of a line is, and its colour: that of the biases has the map's colours, and is as long as their share.
fn of_bar(map: &Attribution, line: usize, most: f32) -> (f32, Color) {
    let deleted = |drop: f32, ink: Color| {
        // Where the number rises, the map is wrong.
        (drop.abs() / most, if drop < 0.0 { palette::AMBER } else { ink })
    };
    match line {
        2 => {
            let biases = map.biases.unwrap_or(0.0);
            let whole = biases.abs() + map.values.iter().sum::<f32>().abs();
            let end = if biases < 0.0 { 0.0 } else { 1.0 };
            (biases.abs() / whole, ColourMap::Diverging.colour(end))
        }
        3 => deleted(map.deletion.drop, palette::ACCENT),
        _ => deleted(map.deletion.random, palette::INK_QUIET),
    }
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pixel: Res<Pixel<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let refused = told.refused(0..MAPS).map(|why| say!("boards-the-maps-cannot-be-drawn", why));
    let Some(said) = told.newest(0..MAPS).filter(|_| refused.is_none()) else {
        let waiting = say!("boards-the-network-is-asked").to_owned();
        let headline = say!("boards-why-does-it-say-so").to_owned();
        let instead = Some(refused.unwrap_or(waiting));
        Frame::tell(&mut frame, Telling { headline, instead, ..Telling::default() });
        return;
    };
    let (why, classes) = (&said.said, wish.classes());
    let scrubbed = wish.scrubbed_to().filter(|shown| *shown != said.step);
    let mut telling = Telling {
        headline: phrases::says(why, wish.truth_of(&why.asked.input), classes),
        second: match scrubbed {
            Some(shown) => phrases::lags(said.step, shown, said.step < wish.run.0.step()),
            None => phrases::colours(why.target, classes),
        },
        step: phrases::step(
            told.steps(0..MAPS).unwrap_or([said.step; 2]),
            wish.run.0.step(),
            why.price,
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
    let why = &told.newest(0..MAPS)?.said;
    let [_, rows, columns] = why.size;
    let ink = why.input.get(at.index_in([rows, columns])).copied();
    match at.what {
        What::Input => {
            let of_maps = told.maps(&wish.inside).filter_map(|map| {
                let value = *map.values.get(at.index_in(map.size))?;
                Some(format!("{} {}", phrases::method(map.method), phrases::signed(value)))
            });
            let headline = phrases::pixel_of_input(at.row, at.column, ink?);
            Some((headline, enumerated(&of_maps.collect::<Vec<_>>())))
        }
        What::Image(_) | What::Grown(_) | What::Alike => None,
        What::Map(place) | What::Shuffled(place) => {
            let map = told.map(&wish.inside, place)?;
            let value = *map.values.get(at.row * map.size[1] + at.column)?;
            // Of a coarser map a cell covers many pixels.
            let ink = ink.filter(|_| map.size == [rows, columns]);
            Some((phrases::pixel(at.row, at.column, value), phrases::remark(map, ink)))
        }
    }
}
