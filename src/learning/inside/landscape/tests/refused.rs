//! What cannot be had is said in a sentence, and what is dear is bounded.

use super::*;
use crate::learning::inside::tests::WithoutClosedForm;

/// Why there is no landscape.
fn why(found: Result<Landscape, TrainError>) -> String {
    let Err(why) = found else { panic!("that is none") };
    why.to_string()
}

#[test]
fn a_run_that_has_not_moved_has_no_plane_of_its_way_but_others() {
    let (bowl, trail) = walked();
    let first = kept(&[bowl.numbers[..6].to_vec()]);
    let said = why(gone(&bowl, &first, Plane::Path));
    assert!(said.contains("has taken no step yet"), "{said}");
    for plane in [Plane::Random, Plane::Curvature] {
        let found = gone(&bowl, &first, plane).unwrap();
        assert_eq!((found.path.len(), found.losses.len()), (1, 25));
        assert!(found.losses.iter().all(|loss| loss.is_finite()));
    }
    let still = kept(&vec![bowl.numbers[..6].to_vec(); 4]);
    let said = why(gone(&bowl, &still, Plane::Path));
    assert!(said.contains("have not moved"), "{said}");
    let straight: Vec<Vec<f32>> = (0..5).map(|step| vec![step as f32; 6]).collect();
    let ahead = Bowl::at(&straight[4], &bowl.bends);
    let said = why(gone(&ahead, &kept(&straight), Plane::Path));
    assert!(said.contains("in one direction only"), "{said}");
    let said = why(gone(&ahead, &kept(&straight[3..]), Plane::Path));
    assert!(said.contains("in one direction only"), "{said}");
    let mut large = trail;
    large.states.clear();
    let said = why(gone(&bowl, &large, Plane::Path));
    assert!(said.contains("so large that the way"), "{said}");
    assert_eq!(gone(&bowl, &large, Plane::Random).unwrap().path.len(), 1);
}

#[test]
fn weights_without_number_and_planes_without_places_are_refused() {
    let (bowl, trail) = walked();
    for number in [f32::NAN, f32::INFINITY] {
        let mut broken = bowl.clone();
        broken.numbers[2] = number;
        for plane in Plane::ALL {
            let said = why(gone(&broken, &trail, plane));
            assert!(said.contains("no number"), "{said}");
        }
    }
    let mut way = trail.clone();
    let mut odd = (*way.states[3]).clone();
    odd.numbers[1] = f32::NAN;
    way.states[3] = Arc::new(odd);
    let said = why(gone(&bowl, &way, Plane::Path));
    assert!(said.contains("a state on the way holds"), "{said}");
    let asked =
        |side: usize, images: usize| LandscapeAsked { plane: Plane::Path, side, images, seed: 0 };
    assert!(why(ask(&bowl, &trail, &asked(2, 5), 5)).contains("at least 3 places"));
    assert!(why(ask(&bowl, &trail, &asked(5, 0), 5)).contains("at least one test image"));
    assert!(why(ask(&bowl, &trail, &asked(5, 5), 0)).contains("at least one test image"));
    let nothing = Bowl::at(&[], &[]);
    for plane in Plane::ALL {
        assert!(why(gone(&nothing, &trail, plane)).contains("learns 1 number"));
    }
    // Without a filter of several numbers there is no length for a random direction.
    let two = Bowl::at(&[0.5, 0.25], &[1.0, 2.0]);
    let said = why(gone(&two, &Trail::default(), Plane::Random));
    assert!(said.contains("no filters of several numbers"), "{said}");
    let flat = Bowl::at(&[0.5; 4], &[0.0; 4]);
    assert!(why(gone(&flat, &Trail::default(), Plane::Curvature)).contains("does not bend"));
    let said = why(gone(&WithoutClosedForm(&bowl), &trail, Plane::Random));
    assert!(said.contains("shows nobody what it has learned"), "{said}");
}

#[test]
fn losses_that_are_none_stay_and_are_said() {
    let (mut bowl, trail) = walked();
    // Far from the middle the logit is beyond single precision, and farther it is no number.
    bowl.bends.iter_mut().for_each(|bend| *bend *= 300.0);
    bowl.numbers[..6].iter_mut().for_each(|weight| *weight *= 1e-3);
    let found = gone(&bowl, &trail, Plane::Path).unwrap();
    let none = found.losses.iter().filter(|loss| !loss.is_finite()).count();
    assert!(none > 0 && none < 25 && found.loss.is_finite(), "{:?}", found.losses);
    let said = format!("in {none} of 25 places the loss is no number, or beyond all");
    assert!(found.remarks.iter().any(|remark| *remark == said), "{:?}", found.remarks);
}

#[test]
fn nobody_is_kept_waiting_and_what_is_dear_is_bounded() {
    let (bowl, trail) = walked();
    let means = super::super::super::Means::new(2);
    let tests = bowl::examples(4);
    let (layouts, train, tests) = (&crate::learning::inside::Layouts::default(), &tests, &tests);
    let examples = Baselines { means: &means, layouts, train, tests, trail: &trail };
    for plane in Plane::ALL {
        for patience in [0, 3, 12] {
            let asked = LandscapeAsked { plane, side: 9, images: 4, seed: 0 };
            let left = std::cell::Cell::new(patience as usize);
            let go_on = || left.replace(left.get().saturating_sub(1)) > 0;
            let said = why(landscape(&bowl, &asked, examples, &go_on));
            assert!(said.contains("nobody waits"), "{said}");
        }
    }
    for (multiply_adds, wanted) in [
        (1, [500, 21, 129]),
        // The digits are not bounded.
        (249_000, [500, 21, 129]),
        (1_000_000, [143, 21, 129]),
        (20_000_000, [68, 7, 12]),
        (15_000_000_000, [1, 7, 12]),
        (u64::MAX, [1, 7, 12]),
    ] {
        let asked = LandscapeAsked { plane: Plane::Path, side: 21, images: 500, seed: 0 };
        let Bounds { images, side, states } = Bounds::of(&asked, multiply_adds, 2000, 129);
        assert_eq!([images, side, states], wanted, "{multiply_adds}");
    }
    let asked =
        LandscapeAsked { plane: Plane::Path, side: usize::MAX, images: usize::MAX, seed: 0 };
    assert_eq!(Bounds::of(&asked, 1, 10, 1), Bounds { images: 10, side: 201, states: 1 });
    let dear = Bowl { multiply_adds: 1_000_000_000, ..bowl };
    let asked = LandscapeAsked { plane: Plane::Path, side: 21, images: 100, seed: 0 };
    let found = ask(&dear, &trail, &asked, 100).unwrap();
    assert_eq!((found.asked.side, found.losses.len(), found.path.len()), (7, 49, 8));
    assert!(found.asked.images < 100 && found.asked.images >= 1);
    assert!(
        found.remarks[0].starts_with("the loss is a mean over 1 test image"),
        "{:?}",
        found.remarks
    );
    assert!(found.remarks[1].starts_with("looked at in 7 × 7 places"), "{:?}", found.remarks);
}
