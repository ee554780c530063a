//! Says what each image was credited with, what the ledger explains, and what really happens without the strongest.

use bevy::prelude::*;

use super::{Again, Told, hang::TaughtText};
use crate::{
    inside::{Forecast, Learned, Taught, Without},
    sentence::grouped,
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
        ui::sheet,
    },
};

/// Letters that have room below an image.
const CREDIT_LETTERS: usize = 7;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    again: Res<Again<C>>,
    mut texts: Query<(&TaughtText, &mut Text), With<Of<C>>>,
) {
    let taught = told.taught();
    let class = |class: usize| phrases::class(wish.classes(), class);
    let without = wish.inside.wanted.without.as_ref();
    let said = again.said(0).map(|said| &*said.said).filter(|said| Some(&said.asked) == without);
    for (line, text) in &mut texts {
        let says = match (*line, taught) {
            (TaughtText::Row(0), Some(taught)) if !taught.helped.is_empty() => {
                say!("boards-these-training-images-lowered-its").to_owned()
            }
            (TaughtText::Row(1), Some(taught)) if !taught.hindered.is_empty() => {
                say!("boards-these-raised-it-most").to_owned()
            }
            (TaughtText::Credit(place), _) => {
                told.credited(place).map_or_else(String::new, |credited| {
                    let credit = phrases::signed(credited.credit as f32);
                    // A longer one would touch that beside it.
                    let both = format!("{} {credit}", class(credited.class));
                    if both.chars().count() <= CREDIT_LETTERS { both } else { credit }
                })
            }
            (TaughtText::Bars, Some(taught)) => bars(taught),
            (TaughtText::Line(at), Some(taught)) => match (without, said, again.refused(0..1)) {
                (None, ..) => account(taught, at),
                (Some(_), Some(said), _) => really(said, at, &class),
                (Some(_), None, Some(why)) if at == 0 => why.to_string(),
                (Some(_), None, None) if at == 0 => say!("boards-it-trains-again").to_owned(),
                _ => String::new(),
            },
            _ => String::new(),
        };
        sheet::write(text, says);
    }
}

fn bars(taught: &Taught) -> String {
    match taught.stretches.last() {
        Some(last) => say!("boards-by-step-1-to-scale", last = steps(last.last)),
        None => say!("boards-no-step-has-been-taken").to_owned(),
    }
}

fn steps(step: u64) -> String {
    grouped(usize::try_from(step).unwrap_or(usize::MAX))
}

/// What the ledger says of itself.
fn account(taught: &Taught, line: usize) -> String {
    let figure = |value: f64| sheet::figure(value as f32);
    match line {
        0 => say!(
            "boards-booked-rest",
            credit = figure(taught.credit),
            residual = figure(taught.residual)
        ),
        1 => say!("boards-when-seen-else-later", at_once = whole_percent(taught.at_once as f32)),
        _ => say!("boards-as-gradients-are-remembered").to_owned(),
    }
}

/// What the run without the images really says.
fn really(said: &Without, line: usize, class: &impl Fn(usize) -> String) -> String {
    let figure = |value: f64| sheet::figure(value as f32);
    let learned = |learned: &Learned| {
        say!("boards-tests", loss = figure(learned.loss), accuracy = percent_of(learned.accuracy))
    };
    match line {
        0 => say!("boards-all-loss", before = learned(&said.before)),
        1 => say!(
            "boards-less",
            left_out_count = said.asked.left_out.len(),
            after = learned(&said.after)
        ),
        _ if said.after.said != said.before.said => {
            say!("boards-now-read-as", said = class(said.after.said))
        }
        _ => match said.forecast {
            Some(Forecast { change, .. }) => {
                let change = phrases::signed(change as f32);
                say!("boards-foretold-booked", change, booked = figure(said.booked))
            }
            None => say!("boards-booked-no-forecast", booked = figure(said.booked)),
        },
    }
}

pub(super) fn frame<C: Classifier>(wish: Wish<C>, told: Res<Told<C>>, mut frame: ResMut<Frame<C>>) {
    let unanswered = Unanswered {
        question: say!("boards-which-images-taught-it-this"),
        cannot: say!("boards-its-ledger-cannot-be-kept"),
        waiting: say!("boards-the-run-is-taken-again"),
        on_the_left: false,
    };
    tell(&mut frame, &wish, &told, unanswered, |taught| {
        let [first, last] = taught.loss.map(|loss| sheet::figure(loss as f32));
        let second = say!("boards-blue-lowered-it-amber-raised");
        [say!("boards-its-loss-was-and-is", first, last), second.to_owned()]
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        inside::{ForecastChecked, Price, WithoutAsked},
        stream::InputChoice,
    };

    #[test]
    fn what_was_foretold_stands_beside_what_was_booked_and_what_came() {
        let learned = |loss: f64| Learned {
            loss,
            logits: [1.0, 0.0].into(),
            said: 0,
            accuracy: 0.5,
            test_loss: 0.1,
            confusion: [1, 0, 1, 0].into(),
        };
        let checked = ForecastChecked { rank_correlation: 0.9, runs: 20 };
        let forecast = Some(Forecast { change: 0.05, first_step: 21, checked });
        let asked =
            WithoutAsked { input: InputChoice::Test(0), left_out: vec![3, 5], foretold: true };
        let told = Without {
            asked,
            steps: 50,
            class: 0,
            floor: 0.0,
            before: learned(0.5),
            after: learned(0.75),
            changed: Vec::new(),
            booked: -2.0,
            forecast,
            remarks: Vec::new(),
            price: Price::default(),
        };
        let lines = |said: &Without| [0, 1, 2].map(|line| really(said, line, &|at| at.to_string()));
        assert_eq!(
            lines(&told),
            [
                "all: loss 0.50; tests 50.0 %",
                "less 2: 0.75; tests 50.0 %",
                "foretold +0.050, booked −2.00"
            ]
        );
        let untold = Without { forecast: None, ..told };
        assert_eq!(lines(&untold)[2], "booked −2.00: no forecast");
    }
}
