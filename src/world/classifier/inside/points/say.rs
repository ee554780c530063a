//! Says what the points are, what of their places can be trusted, and what chosen images share.

use bevy::prelude::*;

use super::{
    PointsPage, Together, Told,
    hang::PointsText,
    pointing::{self, PointsPointed},
};
use crate::{
    inside::{Points, PointsLayout, Shared},
    sentence::grouped,
    words::enumerated,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Page as _, Unanswered, tell},
                phrases,
                state::PointsColour,
                wish::Wish,
            },
            sheet::{figure, percent_of, short_class, whole_percent},
        },
        ui::sheet,
    },
};

/// Letters of a layer's name between its two buttons.
const LAYER_LETTERS: usize = 14;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    together: Res<Together<C>>,
    mut texts: Query<(&PointsText, &mut Text), With<Of<C>>>,
) {
    let wanted = &wish.inside.wanted.points;
    let (points, classes) = (told.points(), wish.classes());
    let trust = points.map(trust).unwrap_or_default();
    let shared = match together.refused(0..1) {
        Some(why) => vec![say!("boards-it-cannot-be-told", why)],
        None => together.said(0).map(|said| shared(&said.said, classes)).unwrap_or_default(),
    };
    for (line, text) in &mut texts {
        let says = match *line {
            PointsText::Layer => phrases::layer_name(
                wanted.layer.as_deref().unwrap_or(say!("boards-logits")),
                LAYER_LETTERS,
            ),
            PointsText::Layout => layout(wanted.attraction),
            PointsText::Colour => match wanted.colour {
                PointsColour::Class => say!("boards-by-class").to_owned(),
                PointsColour::Answer => say!("boards-by-answer").to_owned(),
                PointsColour::Loss => say!("boards-by-loss").to_owned(),
                PointsColour::Step => say!("boards-by-step-learned").to_owned(),
                PointsColour::Images => say!("boards-as-images").to_owned(),
            },
            PointsText::Class(class) => match wanted.colour {
                PointsColour::Class if points.is_some() && class < count(points, classes) => {
                    short_class(classes, class)
                }
                _ => String::new(),
            },
            PointsText::Trust(at) => trust.get(at).cloned().unwrap_or_default(),
            PointsText::Shared(at) => shared.get(at).cloned().unwrap_or_default(),
        };
        sheet::write(text, says);
    }
}

/// How many classes there are.
fn count(points: Option<&Points>, classes: &[String]) -> usize {
    let labels = points.map(|points| points.labels.iter().copied().max().unwrap_or_default());
    classes.len().max(labels.map_or(0, |most| usize::from(most) + 1))
}

fn layout(attraction: Option<f32>) -> String {
    match attraction {
        None => say!("boards-components").to_owned(),
        Some(1.0) => "t-SNE".to_owned(),
        Some(times) => say!("boards-t-sne-pull", times),
    }
}

/// What can be trusted, line by line.
fn trust(points: &Points) -> Vec<String> {
    let trust = &points.trust;
    let mut lines = Vec::new();
    if let [_, ..] = points.explained[..] {
        let seen: f32 = points.explained.iter().take(3).sum();
        let all: f32 = points.explained.iter().sum();
        lines.push(say!(
            "boards-3-axes",
            seen = whole_percent(seen),
            axes = points.axes,
            all = whole_percent(all)
        ));
    }
    lines.push(say!(
        "boards-trust-kept",
        trustworthiness = figure(trust.trustworthiness),
        kept = whole_percent(trust.kept)
    ));
    let moved = match (trust.moved, trust.noise) {
        (Some(moved), Some(noise)) => {
            say!("boards-moved-noise", moved = percent_of(moved), noise = percent_of(noise))
        }
        (Some(moved), None) => say!("boards-moved", moved = percent_of(moved)),
        (None, Some(noise)) => say!("boards-noise", noise = percent_of(noise)),
        (None, None) => say!("boards-same-class", same_class = whole_percent(trust.same_class)),
    };
    lines.push(moved);
    lines
}

/// What chosen images share, line by line.
fn shared(shared: &Shared, classes: &[String]) -> Vec<String> {
    let images = shared.asked.of.train.len() + shared.asked.of.tests.len();
    let most = |counts: &[usize]| {
        let mut found: Vec<(usize, usize)> =
            counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let told = found.iter().take(2);
        let told: Vec<String> = told
            .map(|(class, count)| format!("{count} {}", phrases::class(classes, *class)))
            .collect();
        enumerated(&told)
    };
    let units: Vec<String> = shared
        .units
        .iter()
        .take(2)
        .map(|unit| say!("boards-by-sd", unit = unit.unit + 1, apart = figure(unit.apart)))
        .collect();
    let is = if images == 1 { say!("boards-one").to_owned() } else { grouped(images) };
    vec![
        say!("boards-said", is, labels = most(&shared.labels), said = most(&shared.said)),
        match &units[..] {
            [] => String::new(),
            _ => say!("boards-units", units = enumerated(&units)),
        },
    ]
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pointed: Res<PointsPointed<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    let unanswered = Unanswered::soon(
        say!("boards-where-does-it-put-all"),
        say!("boards-they-cannot-be-laid-out"),
    );
    let unanswered = unanswered.on_the_left();
    let classes = wish.classes();
    tell(&mut frame, &wish, &told, unanswered, |points| {
        let images = points.of.train.len() + points.of.tests.len();
        let usual = || match points.asked.layout {
            _ if wish.inside.wanted.points.colour == PointsColour::Step => {
                say!("boards-bright-read-right-early-amber").to_owned()
            }
            _ if wish.inside.wanted.points.colour == PointsColour::Images => {
                say!("boards-test-images-as-they-are").to_owned()
            }
            PointsLayout::Components => {
                say!("boards-filled-test-images-hollow-training").to_owned()
            }
            PointsLayout::Neighbours { .. } => say!("boards-who-is-beside-whom-counts").to_owned(),
        };
        let wanted = PointsPage::question(&wish, &told, 0);
        let anew = (wanted.as_ref() != Some(&points.asked))
            .then(|| say!("boards-they-are-laid-out-anew").to_owned());
        let at = pointed.at.and_then(|part| pointing::words(points, classes, part)).or(anew);
        [say!("boards-where-it-puts-images", images = grouped(images)), at.unwrap_or_else(usual)]
    });
}
