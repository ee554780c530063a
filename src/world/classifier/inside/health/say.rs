//! Says how each layer learns, what is wrong, and what the doctor finds.

use bevy::prelude::*;

use super::{
    Doctor, Told, Tried,
    hang::{HealthText, LAYERS, Lower, StepBar, lower, width},
};
use crate::{
    inside::{Alarm, Diagnosis, Health, LayerHealth, Trained, TrialRun},
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
            sheet::{percent_of, whole_percent},
        },
        ui::{controls::show as give_place, palette, sheet, words},
    },
};

/// Letters of a layer's name, and of what is said below the table, that have room.
const LAYER_LETTERS: usize = 14;
const BELOW_LETTERS: usize = 52;
/// Lines of it below a table of all layers that have room.
const BELOW_LINES: usize = 4;

type Written<'w, 's, C> = Query<
    'w,
    's,
    (&'static HealthText, &'static mut Text, &'static mut TextColor),
    (With<Of<C>>, Without<StepBar>),
>;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    doctor: Res<Doctor<C>>,
    tried: Res<Tried<C>>,
    mut texts: Written<C>,
    mut bars: Query<(&StepBar, &mut Node), (With<Of<C>>, Without<Lower>)>,
    mut lowers: Query<&mut Node, (With<Lower>, With<Of<C>>)>,
) {
    let health = told.said(0).map(|said| &*said.said);
    let layers = health.map_or(0, |health| health.layers.len().min(LAYERS));
    let layer = |at: usize| health.and_then(|health| health.layers.get(at));
    for (line, text, mut ink) in &mut texts {
        let says = match *line {
            HealthText::Cell(at, column) => {
                layer(at).map_or_else(String::new, |of| cell(of, column))
            }
            HealthText::Whole(line) => {
                health.map_or_else(String::new, |health| whole(health, line))
            }
            HealthText::Below => {
                let (says, colour) = below(&wish, health, (&doctor, &tried));
                ink.set_if_neq(TextColor(colour));
                let room = BELOW_LETTERS * (BELOW_LINES + LAYERS - layers);
                words::shortened(&says, room)
            }
        };
        sheet::write(text, says);
    }
    for (bar, mut node) in &mut bars {
        match *bar {
            StepBar::Size(at) => {
                let wanted = width(layer(at).and_then(|of| of.update_ratio).unwrap_or(0.0));
                if node.width != wanted {
                    node.width = wanted;
                }
            }
            StepBar::Usual(at) => give_place(&mut node, at < layers),
        }
    }
    for mut node in &mut lowers {
        let wanted = lower(layers);
        if node.top != wanted {
            node.top = wanted;
        }
    }
}

fn cell(of: &LayerHealth, column: usize) -> String {
    let activity = of.activity.as_ref();
    let share = |share: Option<f64>| {
        share.map_or_else(|| "–".to_owned(), |share| whole_percent(share as f32))
    };
    match column {
        0 => words::squeezed(&of.name, LAYER_LETTERS),
        1 => sheet::figure(of.gradient_norm as f32),
        2 => of.update_ratio.map_or_else(|| "–".to_owned(), |ratio| sheet::figure(ratio as f32)),
        3 => share(activity.and_then(|activity| activity.dead)),
        _ => share(activity.map(|activity| activity.dormant)),
    }
}

/// Numbers of the whole training: what is learned beside what is tested, noise and curvature.
fn whole(health: &Health, line: usize) -> String {
    let figure = |value: f64| sheet::figure(value as f32);
    match line {
        0 => {
            let [train, test] =
                [health.train, health.test].map(|fit| percent_of(fit.accuracy as f32));
            format!("right: {train} of what is learned, {test} tested")
        }
        _ => {
            let noise = health.noise.and_then(|noise| noise.scale);
            let noise = noise.map_or_else(
                || "no noise scale".to_owned(),
                |scale| format!("noise scale {}", grouped(scale.max(0.0).round() as usize)),
            );
            let curvature = health.curvature.limit.map_or_else(
                || figure(health.curvature.sharpness),
                |limit| format!("{} of {}", figure(health.curvature.sharpness), figure(limit)),
            );
            format!("{noise} (batch {}), sharpness {curvature}", grouped(health.steps.batch))
        }
    }
}

/// What is wrong, or what the doctor finds, and its colour.
fn below<C: Classifier>(
    wish: &Wish<C>,
    health: Option<&Health>,
    (doctor, tried): (&Doctor<C>, &Tried<C>),
) -> (String, Color) {
    if let Some(trial) = &wish.inside.wanted.trial {
        let said = tried.said(0).filter(|said| said.said.asked.trial == *trial);
        return match (said, tried.refused(0..1)) {
            (_, Some(why)) => (format!("It cannot be tried: {why}."), palette::AMBER),
            (Some(said), None) => (remedied(&said.said), palette::INK),
            (None, None) => {
                let says = format!("The run is taken once more with {}…", trial.told());
                (says, palette::INK_QUIET)
            }
        };
    }
    if wish.inside.wanted.doctor {
        return match (doctor.said(0), doctor.refused(0..1)) {
            (_, Some(why)) => (format!("The doctor cannot tell: {why}."), palette::AMBER),
            (Some(said), None) => (diagnosis(&said.said), palette::INK),
            (None, None) => ("The doctor measures…".to_owned(), palette::INK_QUIET),
        };
    }
    let Some(health) = health else { return (String::new(), palette::INK_QUIET) };
    if health.alarms.is_empty() {
        return (health.remarks.join(" "), palette::INK_QUIET);
    }
    let alarms: Vec<String> = health.alarms.iter().map(Alarm::to_string).collect();
    (alarms.join("\n"), palette::AMBER)
}

/// What a remedy came to, beside the run as it was.
fn remedied(run: &TrialRun) -> String {
    let TrialRun { asked, before, after, remarks, .. } = run;
    let of = |trained: &Trained| {
        format!("{} right, loss {}", percent_of(trained.accuracy), sheet::figure(trained.loss))
    };
    let steps = |trained: &Trained| counted(trained.steps as usize, "step");
    let mut says = format!(
        "With {}: {} after {}.\nAs it is: {} after {}.",
        asked.trial.told(),
        of(after),
        steps(after),
        of(before),
        steps(before)
    );
    for remark in remarks {
        says += &format!("\n{}.", phrases::capital(remark));
    }
    says
}

/// The three questions, answered.
fn diagnosis(said: &Diagnosis) -> String {
    let parts = &said.speed.parts;
    let share = |seconds: f64| whole_percent((seconds / parts.step()) as f32);
    let slow = format!(
        "Slow? Data {}, forward {}, backward {}, optimiser {}. {}",
        share(parts.data),
        share(parts.forward),
        share(parts.backward),
        share(parts.optimiser),
        said.speed.advice
    );
    let accurate = said.accuracy.first().map_or_else(
        || "Not more accurate? Nothing is found that would help.".to_owned(),
        |reason| format!("Not more accurate? {} {}", reason.evidence, reason.remedy),
    );
    format!("{slow}\n{accurate}\nElsewhere? {}", said.elsewhere.how)
}

pub(super) fn frame<C: Classifier>(wish: Wish<C>, told: Res<Told<C>>, mut frame: ResMut<Frame<C>>) {
    let unanswered =
        Unanswered::soon("How is the training?", "How it is cannot be told").on_the_left();
    tell(&mut frame, &wish, &told, unanswered, |health| {
        let headline = match &health.alarms[..] {
            [] => "Nothing is found wrong.".to_owned(),
            [one] => phrases::capital(one.kind.name()) + ".",
            [one, more @ ..] => {
                format!("{}, and {} more.", phrases::capital(one.kind.name()), more.len())
            }
        };
        let second = match health.layers.len().saturating_sub(LAYERS) {
            0 => "A thousandth of the weights a step is usual.".to_owned(),
            more => format!("The first layers; {} more are looked at.", grouped(more)),
        };
        [headline, second]
    });
}
