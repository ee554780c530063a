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
                "height: log of the loss, 4 lines a decade".to_owned()
            }
            LandText::Below => String::new(),
        };
        sheet::write(text, says);
    }
}

/// What stands between the buttons that lead to another plane.
const fn called(plane: Plane) -> &'static str {
    match plane {
        Plane::Path => "its own way",
        Plane::Random => "random",
        Plane::Curvature => "curvature",
    }
}

/// The words at the right.
fn lines(landscape: &Landscape) -> Vec<String> {
    let [across, away] = &landscape.axes;
    let finite = landscape.losses.iter().copied().filter(|loss| loss.is_finite());
    let ends = finite.map(|loss| (loss, loss));
    let ends = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
    let mut lines = vec![axis("across", across), axis("away", away), String::new()];
    lines.push(format!("loss here {}", figure(landscape.loss)));
    lines.push(match ends {
        Some((low, high)) => format!("plane {} to {}", figure(low), figure(high)),
        None => "no loss is a number".to_owned(),
    });
    let side = landscape.asked.side;
    lines.push(format!("{side} × {side} places"));
    lines.push(format!("{} test images", grouped(landscape.asked.images)));
    if let [first, .., _] = &landscape.path[..] {
        lines.push(String::new());
        lines.push(format!("{} states of its way", grouped(landscape.path.len())));
        lines.push(format!("first loss {}", figure(first.loss)));
        lines.push(format!("on the plane {}", figure(first.shadow)));
    }
    lines
}

fn axis(name: &str, axis: &PlaneAxis) -> String {
    match (axis.explained, axis.curvature) {
        (Some(explained), _) => format!("{name} {} of the way", percent_of(explained)),
        (None, Some(curvature)) => format!("{name}: curvature {}", figure(curvature)),
        (None, None) => format!("{name} {} wide", figure(axis.high - axis.low)),
    }
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pointed: Res<LandPointed<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let unanswered = Unanswered {
        question: "What lies around its weights?",
        cannot: "The loss cannot be mapped",
        waiting: "The network is tried with other weights, which may take some seconds.",
        on_the_left: true,
    };
    let is_sharp = |landscape: &Landscape| super::SIDES.last() == Some(&landscape.asked.side);
    tell(&mut frame, &wish, &told, unanswered, |landscape| {
        let usual = || match (landscape.path.len(), landscape.asked.plane) {
            (0..2, _) => "It has not gone far enough to show its way.".to_owned(),
            (_, Plane::Random) => {
                "A random plane shows what is around, not where it came from.".into()
            }
            _ => "Its way hangs at its true height; stems reach to the plane.".to_owned(),
        };
        let headline = match landscape.asked.plane == wish.inside.wanted.plane {
            true if is_sharp(landscape) => "The loss around its weights.",
            true => "The loss around its weights, so far.",
            false => "The network is asked.",
        };
        [headline.to_owned(), pointing::words(landscape, &pointed).unwrap_or_else(usual)]
    });
}
