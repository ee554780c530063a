//! The page of the ledger: images with their credit, bars by step, and the run without the strongest.

use bevy::prelude::*;

use super::{asked_of, control, field_seen, opened, press_on, say, says, texts, wait};
use crate::{
    inside::{
        Credited, Learned, Price, Sides, Stretch, Taught, TaughtAsked, WhyAsked, Without,
        WithoutAsked,
    },
    stream::{InputChoice, Step},
    world::timeline::Timeline,
};

fn taught(asked: &TaughtAsked) -> Taught {
    let credited = |index: usize, credit: f64| Credited {
        index,
        class: 4,
        credit,
        step: 17,
        image: vec![0.5; 4].into(),
    };
    let stretch = |first: u64| Stretch {
        first,
        last: first + 9,
        sides: Sides { helped: -1.0, hindered: 0.25 },
        loss: 1.0,
    };
    Taught {
        asked: asked.clone(),
        steps: 50,
        size: [1, 2, 2],
        class: 4,
        loss: [2.3, 0.05],
        credit: -2.25,
        by_hand: 0.0,
        apart: 0.0,
        residual: 1e-5,
        images: vec![0.0; 9].into(),
        helped: vec![credited(3, -1.5), credited(5, -0.5)],
        hindered: vec![credited(7, 0.75)],
        unseen: 0,
        classes: Vec::new(),
        stretches: (0..5).map(|at| stretch(1 + 10 * at)).collect(),
        layers: Vec::new(),
        maps: Vec::new(),
        at_once: 0.23,
        memory: 0,
        remarks: Vec::new(),
        price: Price { forward: 1, backward: 1, seconds: 2.0 },
    }
}

#[test]
fn the_ledger_names_images_and_the_run_is_taken_again_without_them() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-taught");
    let open = asked_of::<TaughtAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!(about.input, InputChoice::Test(0));
    let said = taught(about);
    say(&mut app, about, 50, Ok(said));
    for wanted in [
        "Its loss was 2.30, and is 0.050.",
        "4 −1.50",
        "4 +0.75",
        "booked −2.25, rest 1e−5",
        "23 % when seen, else later,",
        "by step, 1 to 50, √ scale",
    ] {
        says(&mut app, wanted);
    }
    assert!(field_seen(&mut app, "Taught 2") && field_seen(&mut app, "Hindered 1"));
    assert!(!field_seen(&mut app, "Taught 3"));
    control(&mut app, "inside-without");
    let open = asked_of::<WithoutAsked>(&mut app);
    let [about] = &open[..] else { panic!("{open:?}") };
    assert_eq!((&about.left_out[..], about.foretold), (&[3, 5][..], false));
    says(&mut app, "It trains again…");
    let learned = |said: usize, loss: f64, accuracy: f32| Learned {
        loss,
        logits: vec![0.0; 10].into(),
        said,
        accuracy,
        test_loss: 0.1,
        confusion: Vec::new().into(),
    };
    let said = Without {
        asked: (**about).clone(),
        steps: 50,
        class: 4,
        floor: 0.0,
        before: learned(4, 0.05, 0.96),
        after: learned(9, 1.25, 0.955),
        changed: Vec::new(),
        booked: -2.0,
        forecast: None,
        remarks: Vec::new(),
        price: Price::default(),
    };
    say(&mut app, about, 50, Ok(said));
    says(&mut app, "all: loss 0.050; tests 96.0 %");
    says(&mut app, "less 2: 1.25; tests 95.5 %");
    says(&mut app, "now read as 9");
    // What had been foretold is asked after that.
    let open = asked_of::<WithoutAsked>(&mut app);
    assert!(matches!(&open[..], [about] if about.foretold), "{open:?}");
    control(&mut app, "inside-without");
    says(&mut app, "booked −2.25, rest 1e−5");
    assert!(!texts(&mut app).iter().any(|text| text.starts_with("less 2")));
    // A press goes back to the step that taught most with the image.
    press_on(&mut app, "Taught 1");
    wait(&mut app);
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(17)));
    // A press on the bars goes to the first step of the stretch below it.
    press_on(&mut app, "Credit by step");
    wait(&mut app);
    assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(21)));
}

#[test]
fn a_run_whose_past_is_not_known_says_so() {
    let mut app = opened();
    asked_of::<WhyAsked>(&mut app);
    control(&mut app, "inside-taught");
    let open = asked_of::<TaughtAsked>(&mut app);
    say(&mut app, &open[0], 50, Err::<Taught, _>("its past is not known".to_owned()));
    says(&mut app, "Its ledger cannot be kept: its past is not known.");
}
