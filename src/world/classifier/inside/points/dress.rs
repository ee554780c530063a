//! How each point looks: its class by colour and shape, whether it is read right, its loss, or since when it is read right;
//! training images hollow.

use std::sync::Arc;

use bevy::prelude::*;

use super::{Told, cloud::Images};
use crate::{
    history::Run,
    images::TestSet,
    inside::Points,
    stream::Step,
    world::{
        classifier::{
            Classifier,
            inside::{state::PointsColour, wish::Wish},
        },
        display::{Cloud, Marks, PointLook},
        ui::palette,
    },
};

/// The radius of the largest point, in metres.
pub(super) const LARGEST_M: f32 = 0.011;
/// Sizes in 255ths: of most points, of misread ones, and of chosen ones.
const SIZE: (u8, u8, u8) = (120, 190, 255);
/// A loss of so many nats or more is as bright as can be.
const MOST_LOSS: f32 = 4.0;
/// The colours of what is read right, of what is misread, and of losses, behind those of the classes.
const RIGHT: u8 = CLASSES as u8;
const WRONG: u8 = RIGHT + 1;
const LOSS: u8 = RIGHT + 2;

/// Classes that have a colour of their own; those that follow begin again, in another shape.
pub(super) const CLASSES: usize = 10;

/// All colours.
pub(super) fn colours() -> Vec<Color> {
    let classes = [
        palette::TRAIN,
        palette::TEST,
        palette::TRUTH,
        palette::GENRE_COMEDY,
        palette::GENRE_ROMANCE,
        palette::GENRE_DRAMA,
        palette::GENRE_THRILLER,
        palette::GENRE_OTHER,
        palette::GENRE_CHILDREN,
        palette::AMBER,
    ];
    classes.into_iter().chain([palette::ACCENT, palette::AMBER, palette::ACCENT_BRIGHT]).collect()
}

/// What the points were dressed for last.
#[derive(Default)]
pub(super) struct DressedFor(Option<(Arc<[f32]>, PointsColour, Vec<u32>, usize)>);

pub(super) fn dress<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    cloud: Option<Single<&mut Cloud, Images<C>>>,
    mut dressed: Local<DressedFor>,
) {
    let (Some(mut cloud), Some(points)) = (cloud, told.points()) else {
        return;
    };
    let wanted = &wish.inside.wanted.points;
    let tests: Vec<&[u8]> = match wanted.colour {
        PointsColour::Step => said_in_tests(&wish.run.0, told.said(0).map(|said| said.step)),
        _ => Vec::new(),
    };
    let same = dressed.0.as_ref().is_some_and(|(places, colour, chosen, count)| {
        Arc::ptr_eq(places, &points.places)
            && *colour == wanted.colour
            && *chosen == wanted.chosen
            && *count == tests.len()
    });
    if same {
        return;
    }
    let count = points.of.train.len() + points.of.tests.len();
    let looks: Vec<u32> = (0..count)
        .map(|at| {
            let chosen = wanted.chosen.contains(&(at as u32));
            look(points, at, (wanted.colour, &tests), chosen).word()
        })
        .collect();
    cloud.show_looks(&looks.into());
    if wanted.colour == PointsColour::Images
        && let Some((size, bytes)) = pictures(&wish, &points.of.tests)
    {
        cloud.show_pictures(points.of.train.len() as u32, size, &bytes);
    }
    let chosen = wanted.chosen.clone();
    dressed.0 = Some((points.places.clone(), wanted.colour, chosen, tests.len()));
}

/// Rows and columns of test images, and their brightness, image after image; the mean of the channels.
fn pictures<C: Classifier>(wish: &Wish<C>, tests: &[u32]) -> Option<([u32; 2], Vec<u8>)> {
    let set = wish.run.0.material::<TestSet>()?;
    let (length, channels) = (set.height * set.width, set.channels.max(1));
    let mut bytes = Vec::with_capacity(tests.len() * length);
    for index in tests {
        let image = set.image(*index as usize)?;
        let mean = |at: usize| -> usize {
            let values = image.iter().skip(at).step_by(length.max(1));
            values.map(|value| usize::from(*value)).sum::<usize>() / channels
        };
        bytes.extend((0..length).map(|at| mean(at) as u8));
    }
    Some(([set.height as u32, set.width as u32], bytes))
}

/// What each test image was taken for in the tests of a run up to a step, the first test first.
fn said_in_tests(run: &Run, step: Option<Step>) -> Vec<&[u8]> {
    let until = run.epochs().iter().filter(|epoch| step.is_none_or(|step| epoch.step <= step));
    until.filter_map(|epoch| epoch.test.as_ref()).map(|test| &*test.said).collect()
}

/// How early a test image was learned for good, from 1 in the first test to just above 0 in the last; `None` where the last test
/// misread it, or nobody tested it.
fn early(tests: &[&[u8]], index: usize, label: usize) -> Option<f32> {
    let right = |said: &&&[u8]| said.get(index).is_some_and(|said| usize::from(*said) == label);
    let since = tests.iter().rev().take_while(right).count();
    (since > 0).then(|| since as f32 / tests.len() as f32)
}

fn look(
    points: &Points,
    at: usize,
    (colour, tests): (PointsColour, &[&[u8]]),
    chosen: bool,
) -> PointLook {
    let label = usize::from(points.labels.get(at).copied().unwrap_or_default());
    let wrong = points.labels.get(at) != points.said.get(at);
    let loss = points.losses.get(at).copied().unwrap_or(f32::NAN);
    let bright = |share: f32| (70.0 + 185.0 * share) as u8;
    let pictured = colour == PointsColour::Images;
    let (colour, brightness) = match colour {
        PointsColour::Class => ((label % CLASSES) as u8, bright(0.6)),
        PointsColour::Answer => {
            (if wrong { WRONG } else { RIGHT }, bright(if wrong { 1.0 } else { 0.3 }))
        }
        // What is no number is as bright as the largest.
        PointsColour::Loss if loss.is_nan() => (WRONG, 255),
        PointsColour::Loss => (LOSS, bright((loss / MOST_LOSS).clamp(0.0, 1.0).sqrt())),
        PointsColour::Images if at < points.of.train.len() => (RIGHT, 60),
        PointsColour::Images => (if wrong { WRONG } else { RIGHT }, 255),
        PointsColour::Step => {
            let test = at.checked_sub(points.of.train.len());
            let index = test.and_then(|test| points.of.tests.get(test).copied());
            match index.map(|index| early(tests, index as usize, label)) {
                // Training images are not tested.
                None => (RIGHT, 40),
                Some(None) => (WRONG, 255),
                Some(Some(early)) => (LOSS, bright(early * early)),
            }
        }
    };
    let marks = if chosen { Marks::RING } else { Marks::NONE };
    let marks = marks.shaped((label / CLASSES + label % CLASSES) as u8);
    let is_train = at < points.of.train.len();
    let is_picture = pictured && !is_train;
    let marks = if is_picture { marks.pictured() } else { marks };
    let size = if chosen || is_picture {
        SIZE.2
    } else if wrong {
        SIZE.1
    } else {
        SIZE.0
    };
    PointLook { colour, size, brightness, marks: if is_train { marks.hollow() } else { marks } }
}

#[cfg(test)]
mod tests {
    use super::{super::super::tests::points, *};

    #[test]
    fn class_answer_and_loss_are_told_apart_without_colour_alone() {
        let points = points(1.0);
        let tests: [&[u8]; 3] = [&[9; 4], &[4; 4], &[4; 4]];
        let of = |at, colour| look(&points, at, (colour, &tests), false);
        // Image 0 is read right, image 1 is not; the first two are training images.
        let (right, wrong) = (of(0, PointsColour::Answer), of(1, PointsColour::Answer));
        assert!(wrong.size > right.size && wrong.brightness > right.brightness);
        assert!(right.colour != wrong.colour);
        assert_eq!(of(0, PointsColour::Class).colour, 4);
        assert!(of(1, PointsColour::Loss).brightness > of(0, PointsColour::Loss).brightness);
        let shape = |look: PointLook| look.marks;
        assert_eq!(shape(of(0, PointsColour::Class)), Marks::NONE.shaped(4).hollow());
        assert_eq!(
            shape(of(2, PointsColour::Class)),
            Marks::NONE.shaped(4),
            "a test image is filled"
        );
        let held = look(&points, 2, (PointsColour::Class, &[]), true);
        assert_eq!(held.marks, Marks::RING.shaped(4));
        assert!(colours().len() <= crate::world::display::MAX_CLOUD_COLOURS);
    }

    #[test]
    fn an_image_is_learned_since_the_test_from_which_on_it_is_read_right() {
        let tests: [&[u8]; 4] = [&[7, 1, 7, 7], &[7, 1, 2, 7], &[7, 7, 2, 3], &[7, 7, 7, 3]];
        assert_eq!(early(&tests, 0, 7), Some(1.0));
        assert_eq!(early(&tests, 1, 7), Some(0.5));
        assert_eq!(early(&tests, 2, 7), Some(0.25), "it was forgotten meanwhile");
        assert_eq!(early(&tests, 3, 7), None);
        assert_eq!(early(&tests, 9, 7), None);
        assert_eq!(early(&[], 0, 7), None);
    }
}
