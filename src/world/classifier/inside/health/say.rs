//! Says how each layer learns, what is wrong, and what the doctor finds.

use bevy::prelude::*;

use super::{
    Doctor, Told, Tried,
    hang::{HealthText, LAYERS, Lower, StepBar, lower, width},
};
use crate::{
    inside::{Alarm, Diagnosis, Health, LayerHealth, Trained, TrialRun},
    sentence::{counted, grouped},
    words::Phrase,
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
        0 => phrases::layer_name(&of.name, LAYER_LETTERS),
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
            let [learned, tested] = [health.train, health.test].map(|fit| grouped(fit.images));
            say!("boards-right-of-what-is-learned", train, learned, test, tested)
        }
        _ => {
            let noise = health.noise.and_then(|noise| noise.scale);
            let noise = noise.map_or_else(
                || say!("boards-no-noise-scale").to_owned(),
                |scale| {
                    say!("boards-noise-scale", round = grouped(scale.max(0.0).round() as usize))
                },
            );
            let curvature = health.curvature.limit.map_or_else(
                || figure(health.curvature.sharpness),
                |limit| {
                    say!(
                        "boards-of",
                        sharpness = figure(health.curvature.sharpness),
                        limit = figure(limit)
                    )
                },
            );
            say!("boards-batch-sharpness", noise, batch = grouped(health.steps.batch), curvature)
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
            (_, Some(why)) => (say!("boards-it-cannot-be-tried", why), palette::AMBER),
            (Some(said), None) => (remedied(&said.said), palette::INK),
            (None, None) => {
                let says = say!("boards-the-run-is-taken-once", told = trial.told());
                (says, palette::INK_QUIET)
            }
        };
    }
    if wish.inside.wanted.doctor {
        return match (doctor.said(0), doctor.refused(0..1)) {
            (_, Some(why)) => (say!("boards-the-doctor-cannot-tell", why), palette::AMBER),
            (Some(said), None) => (diagnosis(&said.said), palette::INK),
            (None, None) => (say!("boards-the-doctor-measures").to_owned(), palette::INK_QUIET),
        };
    }
    let Some(health) = health else { return (String::new(), palette::INK_QUIET) };
    if health.alarms.is_empty() {
        return (Phrase::Listed(health.remarks.clone()).to_string(), palette::INK_QUIET);
    }
    let alarms: Vec<String> = health.alarms.iter().map(Alarm::to_string).collect();
    (alarms.join("\n"), palette::AMBER)
}

/// What a remedy came to, beside the run as it was.
fn remedied(run: &TrialRun) -> String {
    let TrialRun { asked, before, after, remarks, .. } = run;
    let of = |trained: &Trained| {
        say!(
            "boards-right-loss",
            accuracy = percent_of(trained.accuracy),
            loss = sheet::figure(trained.loss)
        )
    };
    let steps = |trained: &Trained| counted(trained.steps as usize, "step");
    let mut says = say!(
        "boards-with-after-as-it-is",
        told = asked.trial.told(),
        after = of(after),
        after2 = steps(after),
        before = of(before),
        before2 = steps(before)
    );
    for remark in remarks {
        says.push('\n');
        says += &say!("list-sentence", text = phrases::capital(&remark.to_string()));
    }
    says
}

/// The three questions, answered.
fn diagnosis(said: &Diagnosis) -> String {
    let parts = &said.speed.parts;
    let share = |seconds: f64| whole_percent((seconds / parts.step()) as f32);
    let slow = say!(
        "boards-slow-data-forward-backward-optimiser",
        data = share(parts.data),
        forward = share(parts.forward),
        backward = share(parts.backward),
        optimiser = share(parts.optimiser),
        advice = said.speed.advice
    );
    let accurate = said.accuracy.first().map_or_else(
        || say!("boards-not-more-accurate-nothing-is").to_owned(),
        |reason| {
            say!("boards-not-more-accurate", evidence = reason.evidence, remedy = reason.remedy)
        },
    );
    say!("boards-elsewhere", slow, accurate, how = said.elsewhere.how)
}

pub(super) fn frame<C: Classifier>(wish: Wish<C>, told: Res<Told<C>>, mut frame: ResMut<Frame<C>>) {
    let unanswered =
        Unanswered::soon(say!("boards-how-is-the-training"), say!("boards-how-it-is-cannot-be"))
            .on_the_left();
    tell(&mut frame, &wish, &told, unanswered, |health| {
        let headline = match &health.alarms[..] {
            [] => say!("boards-nothing-is-found-wrong").to_owned(),
            [one] => phrases::capital(one.kind.name()) + say!("list-stop"),
            [one, more @ ..] => {
                say!(
                    "boards-and-more",
                    name = phrases::capital(one.kind.name()),
                    more_count = more.len()
                )
            }
        };
        let second = match health.layers.len().saturating_sub(LAYERS) {
            0 => say!("boards-a-thousandth-of-the-weights").to_owned(),
            more => say!("boards-the-first-layers-more-are", more = grouped(more)),
        };
        [headline, second]
    });
}
