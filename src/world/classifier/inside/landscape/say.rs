//! Says how high the loss is around the weights, which share of the way the plane shows, and what it hides.

use bevy::prelude::*;

use super::{
    Told,
    hang::LandText,
    pointing::{self, LandPointed},
};
use crate::{
    inside::{Landscape, Plane, PlaneAxis},
    sentence::grouped,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Unanswered, tell},
                wish::Wish,
            },
            sheet::{figure, percent_of},
        },
        ui::sheet,
    },
};

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    mut texts: Query<(&LandText, &mut Text), With<Of<C>>>,
) {
    let plane = wish.inside.wanted.plane;
    let landscape = told.landscape(&wish);
    let lines = landscape.map(lines).unwrap_or_default();
    for (line, text) in &mut texts {
        let says = match *line {
            LandText::Plane => called(plane).to_owned(),
            LandText::Line(at) => lines.get(at).cloned().unwrap_or_default(),
            LandText::Below if landscape.is_some() => {
                say!("boards-height-log-of-the-loss").to_owned()
            }
            LandText::Below => String::new(),
        };
        sheet::write(text, says);
    }
}

/// What stands between the buttons that lead to another plane.
fn called(plane: Plane) -> &'static str {
    match plane {
        Plane::Path => say!("boards-its-own-way"),
        Plane::Random => say!("boards-random"),
        Plane::Curvature => say!("boards-curvature"),
    }
}

/// The words at the right.
fn lines(landscape: &Landscape) -> Vec<String> {
    let [across, away] = &landscape.axes;
    let finite = landscape.losses.iter().copied().filter(|loss| loss.is_finite());
    let ends = finite.map(|loss| (loss, loss));
    let ends = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    let mut lines =
        vec![axis(say!("boards-across"), across), axis(say!("boards-away"), away), String::new()];
    lines.push(say!("boards-loss-here", loss = figure(landscape.loss)));
    lines.push(match ends {
        Some((low, high)) => say!("boards-plane-to", low = figure(low), high = figure(high)),
        None => say!("boards-no-loss-is-a-number").to_owned(),
    });
    let side = landscape.asked.side;
    lines.push(say!("boards-places", side));
    lines.push(say!("boards-test-images", images = grouped(landscape.asked.images)));
    if let [first, .., _] = &landscape.path[..] {
        lines.push(String::new());
        lines.push(say!("boards-states-of-its-way", path_count = grouped(landscape.path.len())));
        lines.push(say!("boards-first-loss", loss = figure(first.loss)));
        lines.push(say!("boards-on-the-plane", shadow = figure(first.shadow)));
    }
    lines
}

fn axis(name: &str, axis: &PlaneAxis) -> String {
    match (axis.explained, axis.curvature) {
        (Some(explained), _) => say!("boards-of-the-way", name, explained = percent_of(explained)),
        (None, Some(curvature)) => say!("boards-curvature-2", name, curvature = figure(curvature)),
        (None, None) => say!("boards-wide", name, high = figure(axis.high - axis.low)),
    }
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pointed: Res<LandPointed<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let unanswered = Unanswered {
        question: say!("boards-what-lies-around-its-weights"),
        cannot: say!("boards-the-loss-cannot-be-mapped"),
        waiting: say!("boards-the-network-is-tried-with"),
        on_the_left: true,
    };
    let is_sharp = |landscape: &Landscape| super::SIDES.last() == Some(&landscape.asked.side);
    tell(&mut frame, &wish, &told, unanswered, |landscape| {
        let usual = || match (landscape.path.len(), landscape.asked.plane) {
            (0..2, _) => say!("boards-it-has-not-gone-far").to_owned(),
            (_, Plane::Random) => say!("boards-a-random-plane-shows-what").into(),
            _ => say!("boards-its-way-hangs-at-its").to_owned(),
        };
        let headline = match landscape.asked.plane == wish.inside.wanted.plane {
            true if is_sharp(landscape) => say!("boards-the-loss-around-its-weights"),
            true => say!("boards-the-loss-around-its-weights-so"),
            false => say!("boards-the-network-is-asked"),
        };
        [headline.to_owned(), pointing::words(landscape, &pointed).unwrap_or_else(usual)]
    });
}
