//! Says what the unit does in numbers, and what is answered without it.

use std::collections::BTreeMap;

use bevy::prelude::*;

use super::{Dreamed, Told, Without, bars, growing::Growing, hang::UnitsText, of_wanted, weights};
use crate::{
    inside::{Dream, Grown, GrownFrame, Lesion, LesionBy, Unit, Units},
    sentence::{counted, grouped},
    words::Word,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Unanswered, tell},
                phrases,
                wish::Wish,
            },
            sheet::percent_of,
        },
        ui::{sheet, words},
    },
};

/// Letters of a layer's name between its two buttons.
const LAYER_LETTERS: usize = 16;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    without: Res<Without<C>>,
    dreamed: Res<Dreamed<C>>,
    growing: Res<Growing<C>>,
    mut texts: Query<(&UnitsText, &mut Text), With<Of<C>>>,
) {
    let wanted = &wish.inside.wanted;
    let units = told.units().map(|said| &*said.said);
    let unit = told.unit(wanted.unit);
    let dream = of_wanted(&wish, &dreamed);
    let grown = growing.frame(&wish);
    for (line, text) in &mut texts {
        let says = match *line {
            _ if wanted.of_classes => of_class(*line, &wish, grown, dream),
            UnitsText::Layer => units.map_or_else(String::new, layer),
            UnitsText::Unit => match (units, unit) {
                (Some(units), Some((at, _))) => {
                    say!(
                        "boards-unit-of",
                        at = grouped(at + 1),
                        units_count = grouped(units.units.len())
                    )
                }
                _ => String::new(),
            },
            UnitsText::Row(row) if unit.is_some() => {
                [say!("boards-strongest-on"), say!("boards-middling-on"), say!("boards-silent-on")]
                    .get(row)
                    .copied()
                    .unwrap_or_default()
                    .to_owned()
            }
            UnitsText::Line(at) => match (units, unit) {
                (Some(units), Some(unit)) => number(units, unit, at),
                _ => String::new(),
            },
            UnitsText::Dream(at) => dream.map_or_else(String::new, |dream| of_dream(dream, at)),
            UnitsText::Bars if wanted.weights => weights::words_of_edit(&wish),
            UnitsText::Without if wanted.weights => weights::said(&wish),
            UnitsText::Bars => match units {
                Some(units) if units.tried_on > 0 => bars_are(units, unit.map_or(0, |unit| unit.0)),
                _ => String::new(),
            },
            UnitsText::Without => match (wanted.out.is_empty(), without.refused(0..1)) {
                (true, _) => String::new(),
                (false, Some(why)) => words::shortened(&why.to_string(), 40),
                (false, None) => {
                    let said = without.said(0).filter(|said| said.said.asked.units == wanted.out);
                    said.map_or_else(
                        || say!("boards-the-network-is-asked").to_owned(),
                        |said| taken(&said.said, wish.classes()),
                    )
                }
            },
            UnitsText::Row(_) => String::new(),
        };
        sheet::write(text, says);
    }
}

/// What is said where classes are looked at in the place of units.
fn of_class<C: Classifier>(
    line: UnitsText,
    wish: &Wish<C>,
    grown: Option<(&Grown, &GrownFrame)>,
    dream: Option<&Dream>,
) -> String {
    let wanted = &wish.inside.wanted;
    let class = wanted.unit;
    let value = |frame: &GrownFrame| frame.values.get(class).copied().unwrap_or(f32::NAN);
    match (line, grown) {
        (UnitsText::Layer, _) => say!("boards-classes").to_owned(),
        (UnitsText::Unit, _) => {
            let name = words::shortened(&phrases::class(wish.classes(), class), LAYER_LETTERS);
            say!("boards-of-4", name, class = class + 1, classes = grouped(wanted.classes))
        }
        (UnitsText::Row(0), Some((_, frame))) => {
            say!("boards-liked-best-after-step", step = grouped(frame.step as usize))
        }
        (UnitsText::Line(0), Some((_, frame))) => {
            say!("boards-its-logit-for-it", frame = sheet::figure(value(frame)))
        }
        (UnitsText::Line(1), Some((grown, _))) => match (grown.frames.first(), grown.frames.last())
        {
            (Some(first), Some(last)) => say!(
                "boards-from-at-step-to",
                first = sheet::figure(value(first)),
                step = grouped(first.step as usize),
                last = sheet::figure(value(last))
            ),
            _ => String::new(),
        },
        (UnitsText::Line(2), Some((grown, _))) => {
            let frames = counted(grown.frames.len(), "state");
            say!("boards-along-steps-uphill-each", frames, steps_each = grown.steps_each)
        }
        (UnitsText::Dream(at), _) => dream.map_or_else(String::new, |dream| of_dream(dream, at)),
        _ => String::new(),
    }
}

fn layer(units: &Units) -> String {
    let name = phrases::layer_name(&units.layer.name, LAYER_LETTERS);
    match units.layer.size {
        [_, 1, 1] => name,
        [_, rows, columns] => format!("{name} {rows} × {columns}"),
    }
}

/// The accuracy lost without a unit, in points, with its sign.
fn points(drop: f32) -> String {
    if drop.is_nan() {
        return say!("boards-no-number").to_owned();
    }
    say!("boards-points-2", signed = phrases::signed(-100.0 * drop))
}

/// A line of what is known of the unit.
fn number(units: &Units, (at, unit): (usize, &Unit), line: usize) -> String {
    let without = |by: LesionBy, drop: f32| match units.tried_on {
        0 => String::new(),
        _ => say!("boards-as", name = by.name(), drop = points(drop)),
    };
    match line {
        0 => say!("boards-active-on", active = percent_of(unit.active)),
        1 => without(LesionBy::Zero, unit.drop_by_zero),
        2 => without(LesionBy::Mean, unit.drop_by_mean),
        _ => units.shapley.as_ref().map_or_else(String::new, |shapley| {
            let value = shapley.values.get(at).copied().unwrap_or(f64::NAN);
            let error = shapley.errors.get(at).copied().unwrap_or(0.0);
            let value = phrases::signed((100.0 * value) as f32);
            match error > 0.0 {
                true => {
                    say!(
                        "boards-worth-shapley",
                        value,
                        figure = sheet::figure((100.0 * error) as f32)
                    )
                }
                false => say!("boards-worth-points-shapley", value),
            }
        }),
    }
}

/// The dream beside the best real image: how far above it lies.
fn of_dream(dream: &Dream, line: usize) -> String {
    let value = dream.dreams.first().map_or(f32::NAN, |dreamed| dreamed.value);
    match (line, &dream.best) {
        (0, _) => say!("boards-dream-2", figure = sheet::figure(value)),
        (1, Some(best)) => say!("boards-best-real-image", figure = sheet::figure(best.value)),
        _ => String::new(),
    }
}

fn bars_are(units: &Units, unit: usize) -> String {
    let first = bars::first(unit);
    let last = units.units.len().min(first + bars::MOST);
    match units.units.len() > bars::MOST {
        true => say!(
            "boards-accuracy-lost-without-units-to",
            first = grouped(first + 1),
            last = grouped(last)
        ),
        false => say!("boards-accuracy-lost-without-each-unit").to_owned(),
    }
}

/// What became of the answers, and which change is the most frequent.
fn taken(lesion: &Lesion, classes: &[String]) -> String {
    let mut pairs = BTreeMap::<[usize; 2], usize>::new();
    for changed in &lesion.changed {
        *pairs.entry(changed.read_as).or_default() += 1;
    }
    let most = pairs.into_iter().max_by_key(|(_, count)| *count);
    let out = say!(
        "boards-out",
        units_count = grouped(lesion.asked.units.len()),
        accuracy = percent_of(lesion.before.accuracy),
        accuracy2 = percent_of(lesion.after.accuracy)
    );
    let Some(([from, to], count)) = most else { return out };
    let class = |of| phrases::class(classes, of);
    let most = format!("{}→{} {count}×", class(from), class(to));
    say!("list-comma", first = out, second = most)
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    growing: Res<Growing<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    if wish.inside.wanted.of_classes {
        let unanswered = Unanswered::soon(
            say!("boards-what-does-a-class-like"),
            say!("boards-it-cannot-be-told-2"),
        );
        tell(&mut frame, &wish, &growing, unanswered, |grown| {
            let headline = say!("boards-images-that-grow-with-the").to_owned();
            let dreams = grouped(grown.dreams);
            [headline, say!("boards-what-classes-would-like-best", dreams)]
        });
        return;
    }
    const QUESTION: Word = key!("boards-what-does-a-unit-know");
    let unanswered = Unanswered::soon(QUESTION.text(), say!("boards-its-units-cannot-be-told"));
    tell(&mut frame, &wish, &told, unanswered, |units| {
        let headline = match units.tried_on {
            0 => QUESTION.to_string(),
            tried_on => say!(
                "boards-read-right-with-all-units",
                accuracy = percent_of(units.accuracy),
                images = grouped(tried_on)
            ),
        };
        let images = grouped(units.images);
        let second = say!("boards-of-test-images-the-strongest", images);
        [headline, second]
    });
}
