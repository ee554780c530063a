//! Says what the unit does in numbers, and what is answered without it.

use std::collections::BTreeMap;

use bevy::prelude::*;

use super::{Dreamed, Told, Without, bars, growing::Growing, hang::UnitsText, of_wanted, weights};
use crate::{
    inside::{Dream, Grown, GrownFrame, Lesion, LesionBy, Unit, Units},
    sentence::{counted, grouped},
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
                    format!("unit {} of {}", grouped(at + 1), grouped(units.units.len()))
                }
                _ => String::new(),
            },
            UnitsText::Row(row) if unit.is_some() => ["strongest on", "middling on", "silent on"]
                .get(row)
                .copied()
                .unwrap_or_default()
                .to_owned(),
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
                (false, Some(why)) => words::shortened(why, 40),
                (false, None) => {
                    let said = without.said(0).filter(|said| said.said.asked.units == wanted.out);
                    said.map_or_else(
                        || "The network is asked.".to_owned(),
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
        (UnitsText::Layer, _) => "classes".to_owned(),
        (UnitsText::Unit, _) => {
            let name = words::shortened(&phrases::class(wish.classes(), class), LAYER_LETTERS);
            format!("{name} ({} of {})", class + 1, grouped(wanted.classes))
        }
        (UnitsText::Row(0), Some((_, frame))) => {
            format!("liked best after step {}", grouped(frame.step as usize))
        }
        (UnitsText::Line(0), Some((_, frame))) => {
            format!("its logit for it: {}", sheet::figure(value(frame)))
        }
        (UnitsText::Line(1), Some((grown, _))) => match (grown.frames.first(), grown.frames.last())
        {
            (Some(first), Some(last)) => format!(
                "from {} at step {} to {}",
                sheet::figure(value(first)),
                grouped(first.step as usize),
                sheet::figure(value(last))
            ),
            _ => String::new(),
        },
        (UnitsText::Line(2), Some((grown, _))) => {
            let frames = counted(grown.frames.len(), "state");
            format!("along {frames}, {} steps uphill each", grown.steps_each)
        }
        (UnitsText::Dream(at), _) => dream.map_or_else(String::new, |dream| of_dream(dream, at)),
        _ => String::new(),
    }
}

fn layer(units: &Units) -> String {
    let name = words::squeezed(&units.layer.name, LAYER_LETTERS);
    match units.layer.size {
        [_, 1, 1] => name,
        [_, rows, columns] => format!("{name} {rows} × {columns}"),
    }
}

/// The accuracy lost without a unit, in points, with its sign.
fn points(drop: f32) -> String {
    if drop.is_nan() {
        return "no number".to_owned();
    }
    format!("{} points", phrases::signed(-100.0 * drop))
}

/// A line of what is known of the unit.
fn number(units: &Units, (at, unit): (usize, &Unit), line: usize) -> String {
    let without = |by: LesionBy, drop: f32| match units.tried_on {
        0 => String::new(),
        _ => format!("as {}: {}", by.name(), points(drop)),
    };
    match line {
        0 => format!("active on {}", percent_of(unit.active)),
        1 => without(LesionBy::Zero, unit.drop_by_zero),
        2 => without(LesionBy::Mean, unit.drop_by_mean),
        _ => units.shapley.as_ref().map_or_else(String::new, |shapley| {
            let value = shapley.values.get(at).copied().unwrap_or(f64::NAN);
            let error = shapley.errors.get(at).copied().unwrap_or(0.0);
            let value = phrases::signed((100.0 * value) as f32);
            match error > 0.0 {
                true => {
                    format!("worth {value} ± {} (Shapley)", sheet::figure((100.0 * error) as f32))
                }
                false => format!("worth {value} points (Shapley)"),
            }
        }),
    }
}

/// The dream beside the best real image: how far above it lies.
fn of_dream(dream: &Dream, line: usize) -> String {
    let value = dream.dreams.first().map_or(f32::NAN, |dreamed| dreamed.value);
    match (line, &dream.best) {
        (0, _) => format!("dream: {}", sheet::figure(value)),
        (1, Some(best)) => format!("best real image: {}", sheet::figure(best.value)),
        _ => String::new(),
    }
}

fn bars_are(units: &Units, unit: usize) -> String {
    let first = bars::first(unit);
    let last = units.units.len().min(first + bars::MOST);
    match units.units.len() > bars::MOST {
        true => format!("accuracy lost without units {} to {}", grouped(first + 1), grouped(last)),
        false => "accuracy lost without each unit".to_owned(),
    }
}

/// What became of the answers, and which change is the most frequent.
fn taken(lesion: &Lesion, classes: &[String]) -> String {
    let mut pairs = BTreeMap::<[usize; 2], usize>::new();
    for changed in &lesion.changed {
        *pairs.entry(changed.read_as).or_default() += 1;
    }
    let most = pairs.into_iter().max_by_key(|(_, count)| *count);
    let most = most.map_or_else(String::new, |([from, to], count)| {
        let class = |of| phrases::class(classes, of);
        format!(", {}→{} {count}×", class(from), class(to))
    });
    format!(
        "{} out: {}→{}{most}",
        grouped(lesion.asked.units.len()),
        percent_of(lesion.before.accuracy),
        percent_of(lesion.after.accuracy)
    )
}

pub(super) fn frame<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    growing: Res<Growing<C>>,
    mut frame: ResMut<Frame<C>>,
) {
    if wish.inside.wanted.of_classes {
        let unanswered = Unanswered::soon("What does a class like best?", "It cannot be told");
        tell(&mut frame, &wish, &growing, unanswered, |grown| {
            let headline = "Images that grow with the training".to_owned();
            let dreams = grouped(grown.dreams);
            [
                headline,
                format!("What {dreams} classes would like best; it learned from none of them."),
            ]
        });
        return;
    }
    const QUESTION: &str = "What does a unit know?";
    let unanswered = Unanswered::soon(QUESTION, "Its units cannot be told");
    tell(&mut frame, &wish, &told, unanswered, |units| {
        let headline = match units.tried_on {
            0 => QUESTION.to_owned(),
            _ => format!("{} read right with all units.", percent_of(units.accuracy)),
        };
        let images = grouped(units.images);
        let second =
            format!("Of {images} test images. The strongest alone look purer than a unit is.");
        [headline, second]
    });
}
