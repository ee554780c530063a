//! Says how often it is right where it is how sure, and what temperature would mend it.

use bevy::prelude::*;

use super::{
    Told,
    hang::{SureBar, SureText, tick, width},
};
use crate::{
    inside::Sure,
    sentence::grouped,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Unanswered, tell},
                wish::Wish,
            },
            sheet::percent_of,
        },
        ui::{palette, sheet},
    },
};

/// Bins of fewer images say little.
const FEW: usize = 20;

type Written<'w, 's, C> =
    Query<'w, 's, (&'static SureText, &'static mut Text), (With<Of<C>>, Without<SureBar>)>;
type Bars<'w, 's, C> = Query<
    'w,
    's,
    (&'static SureBar, &'static mut Node, &'static mut BackgroundColor, &'static mut Visibility),
    With<Of<C>>,
>;

pub(super) fn write<C: Classifier>(told: Res<Told<C>>, mut texts: Written<C>, mut bars: Bars<C>) {
    let sure = told.said(0).map(|said| &*said.said);
    let bin = |at: usize| sure.and_then(|sure| sure.bins.get(at)).filter(|bin| bin.images > 0);
    let lines = sure.map(lines).unwrap_or_default();
    for (line, text) in &mut texts {
        let says = match *line {
            SureText::Count(at) => bin(at).map_or_else(String::new, |bin| grouped(bin.images)),
            SureText::Line(at) => lines.get(at).cloned().unwrap_or_default(),
        };
        sheet::write(text, says);
    }
    for (bar, mut node, mut ground, mut seen) in &mut bars {
        match *bar {
            SureBar::Right(at) => {
                let width = width(bin(at).map_or(0.0, |bin| bin.accuracy));
                if node.width != width {
                    node.width = width;
                }
                let few = bin(at).is_some_and(|bin| bin.images < FEW);
                let wanted = if few { palette::ACCENT_DEEP } else { palette::ACCENT };
                ground.set_if_neq(BackgroundColor(wanted));
            }
            SureBar::Confident(at) => {
                let wanted = bin(at).map(|bin| bin.confidence);
                let is_there =
                    if wanted.is_some() { Visibility::Inherited } else { Visibility::Hidden };
                seen.set_if_neq(is_there);
                let left = tick(wanted.unwrap_or(0.0));
                if node.left != left {
                    node.left = left;
                }
            }
        }
    }
}

/// The words at the right.
fn lines(sure: &Sure) -> Vec<String> {
    let mut lines = vec![
        say!("boards-test-images", images = grouped(sure.images)),
        say!("boards-right", accuracy = percent_of(sure.accuracy)),
        say!("boards-sure", confidence = percent_of(sure.confidence)),
        say!("boards-calibration-error", ece = sheet::figure(sure.ece)),
        String::new(),
    ];
    match &sure.temperature {
        Some(found) => lines.extend([
            say!("boards-best-temperature", figure = sheet::figure(found.value)),
            say!("boards-found-on-images", fitted_on = grouped(found.fitted_on)),
            say!("boards-on-others", tried_on = grouped(found.tried_on)),
            say!("boards-error", ece = arrow(found.ece)),
            say!("boards-loss", loss = arrow(found.loss)),
        ]),
        None => lines.push(say!("boards-no-temperature-is-best").to_owned()),
    }
    lines
}

fn arrow([before, after]: [f32; 2]) -> String {
    format!("{} → {}", sheet::figure(before), sheet::figure(after))
}

pub(super) fn frame<C: Classifier>(wish: Wish<C>, told: Res<Told<C>>, mut frame: ResMut<Frame<C>>) {
    let unanswered =
        Unanswered::soon(say!("boards-is-it-as-often-right"), say!("boards-it-cannot-be-counted"));
    tell(&mut frame, &wish, &told, unanswered, |sure| {
        let usual = || say!("boards-bars-reach-ticks-where-both", few = FEW);
        [verdict(sure).to_owned(), sure.remarks.first().map_or_else(usual, ToString::to_string)]
    });
}

/// What the difference between both means.
fn verdict(sure: &Sure) -> &'static str {
    match sure.confidence - sure.accuracy {
        off if off > 0.01 => say!("boards-it-is-surer-than-it"),
        off if off < -0.01 => say!("boards-it-is-more-often-right"),
        off if off.is_nan() => say!("boards-how-sure-it-is-is"),
        _ => say!("boards-it-is-as-often-right"),
    }
}
