//! Dreams that grow along a way, against dreams that are asked for once, and what cannot grow.

use super::{super::Way, toy::toy, *};
use crate::inside::{DreamAsked, DreamTarget, Grown, GrownAsked};

const WAITS: &dyn Fn() -> bool = &|| true;
const ASKED: GrownAsked = GrownAsked { steps_each: 5, seed: 3 };

/// A way through these weights, one a step.
fn way(states: &[&[f32]]) -> Trail {
    let mut way = Way::default();
    for (step, numbers) in states.iter().enumerate() {
        match step {
            0 => way.begin(1, 0, numbers.to_vec()),
            _ => way.took(step as u64, || Ok(numbers.to_vec())).unwrap(),
        }
    }
    way.trail()
}

fn steps(grown: &Grown) -> Vec<u64> {
    grown.frames.iter().map(|frame| frame.step).collect()
}

#[test]
fn a_network_that_does_not_change_dreams_as_if_it_were_asked_once_bit_for_bit() {
    let (model, image) = toy([-0.3, 0.1]);
    let own = model.weights.as_slice();
    let found = grown(&model, &ASKED, &way(&[own, own, own, own]), WAITS).unwrap();
    assert_eq!((steps(&found), found.dreams, found.steps_each), (vec![0, 1, 2, 3], 2, 5));
    let tests = examples(&[image], &[0]);
    for class in 0..2 {
        for (at, frame) in found.frames.iter().enumerate() {
            let asked = DreamAsked {
                target: DreamTarget::Class(class),
                steps: 5 * (at + 1),
                seed: 3,
                count: 2,
                plain: false,
            };
            let once = dream(&model, &asked, &tests, WAITS).unwrap();
            let once = &once.dreams[class];
            assert_eq!(frame.images[126 * class..][..126], once.image[..], "{class} {at}");
            assert_eq!(frame.values[class], once.value);
        }
    }
    // Two passes each way for each dream and step, and one there for each dream of a frame.
    assert_eq!((found.price.forward, found.price.backward), (4 * 2 * (5 + 1), 4 * 2 * 5));
}

#[test]
fn each_state_leads_on_by_its_own_weights() {
    let (model, _) = toy([0.0; 2]);
    let turned: Vec<f32> = model.weights.iter().map(|weight| -weight).collect();
    let ways = [way(&[&model.weights, &model.weights]), way(&[&model.weights, &turned])];
    let [same, other] = ways.map(|way| grown(&model, &ASKED, &way, WAITS).unwrap());
    assert_eq!(same.frames[0], other.frames[0], "until then nothing differs");
    assert_ne!(same.frames[1].images, other.frames[1].images);
    // What holds dreams back may cost more than a state's few steps gain, so that no value is promised.
    assert_ne!(same.frames[1].values, other.frames[1].values);
    let pixels = same.frames.iter().chain(&other.frames).flat_map(|frame| &*frame.images);
    assert!(pixels.copied().all(|pixel| (0.0..=1.0).contains(&pixel)));
}

#[test]
fn what_cannot_grow_is_one_sentence_and_what_is_no_number_is_said() {
    let (model, _) = toy([0.0; 2]);
    let own = model.weights.as_slice();
    let refused = |asked: GrownAsked, trail: &Trail, go_on| {
        grown(&model, &asked, trail, go_on).unwrap_err().to_string()
    };
    let two = way(&[own, own]);
    for steps_each in [0, 65] {
        let why = refused(GrownAsked { steps_each, seed: 1 }, &two, WAITS);
        assert!(why.contains(&format!("1 to 64 steps at each state, not {steps_each}")), "{why}");
    }
    assert!(refused(ASKED, &Trail::default(), WAITS).contains("is not kept"));
    assert!(refused(ASKED, &way(&[own]), WAITS).contains("no step yet"));
    assert!(refused(ASKED, &two, &|| false).contains("nobody waits"));
    let none = vec![f32::NAN; own.len()];
    let found = grown(&model, &ASKED, &way(&[own, &none]), WAITS).unwrap();
    assert!(found.frames[0].values.iter().all(|value| value.is_finite()));
    assert!(found.frames[1].values.iter().all(|value| value.is_nan()));
    assert_eq!(found.remarks, ["what is made large is no number"]);
}
