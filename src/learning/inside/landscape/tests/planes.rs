//! Each plane against what it must be, and its losses against the model itself.

use super::{super::plane::Directions, *};

fn close(found: f32, wanted: f64, part: f64) -> bool {
    (f64::from(found) - wanted).abs() <= part * wanted.abs().max(1.0)
}

#[test]
fn the_surface_of_a_bowl_is_the_bowl() {
    let (bowl, trail) = walked();
    for plane in Plane::ALL {
        let found = gone(&bowl, &trail, plane).unwrap();
        let own = bowl.parameters().unwrap().unwrap();
        let directions = match plane {
            Plane::Path => path::plane(&own, &trail, &trail.states[..7]).unwrap().0,
            Plane::Random => random::plane(&own, 4).unwrap().0,
            Plane::Curvature => {
                let (meter, tests) = (Meter::of(&bowl), bowl::examples(3));
                let surface = Surface::of(&meter, &tests, (3, 4), &|| true);
                let bent = bent::found(&surface, &own, 4).unwrap();
                let directions = bent.plane(&own, 1.0, 1.0).unwrap().0;
                // Along the fourth weight and the first, as far as that is found.
                let [first, second] = directions.axes();
                assert!(first[3] > 0.99 && second[0] > 0.99, "{first:?} {second:?}");
                directions
            }
        };
        assert_eq!(found.losses.len(), 25);
        for (place, loss) in found.losses.iter().enumerate() {
            let at = [found.axes[0].at(place % 5, 5), found.axes[1].at(place / 5, 5)];
            let wanted = bowl.loss(&directions.at(at));
            assert!(close(*loss, wanted, 1e-5), "{plane:?} {at:?}: {loss} {wanted}");
        }
        assert!(close(found.loss, bowl.loss(&bowl.numbers), 1e-6));
        // The weights themselves stand in the middle, but on a path.
        let middle = [found.axes[0].at(2, 5), found.axes[1].at(2, 5)];
        if plane != Plane::Path {
            assert_eq!(middle, [0.0; 2], "{plane:?}");
            assert_eq!(found.losses[12].to_bits(), found.loss.to_bits());
        }
        let last = found.path.last().unwrap();
        assert_eq!((last.step, last.at, last.off), (Step(7), [0.0; 2], 0.0));
        assert_eq!([last.loss.to_bits(), last.shadow.to_bits()], [found.loss.to_bits(); 2]);
    }
}

#[test]
fn states_stand_at_their_own_loss_over_their_shadows() {
    let (bowl, trail) = walked();
    let own = bowl.parameters().unwrap().unwrap();
    let found = gone(&bowl, &trail, Plane::Path).unwrap();
    let (directions, _) = path::plane(&own, &trail, &trail.states[..7]).unwrap();
    let [first, second] = directions.axes();
    for (on, kept) in found.path.iter().zip(&trail.states) {
        assert_eq!(on.step, Step(kept.step));
        // Bit for bit what the model says by itself.
        let alone = |numbers: &[f32]| {
            let other = Bowl { numbers: numbers.to_vec(), ..bowl.clone() };
            let trail = Trail::default();
            gone(&other, &trail, Plane::Random).unwrap().loss
        };
        assert_eq!(on.loss.to_bits(), alone(&kept.numbers).to_bits());
        assert_eq!(on.shadow.to_bits(), alone(&directions.at(on.at)).to_bits());
        // The shadow is the nearest place, and nothing of what is off lies along the plane.
        let away: Vec<f32> =
            kept.numbers.iter().zip(&own.numbers).take(7).map(|(a, b)| a - b).collect();
        let at = [dot(&away, first), dot(&away, second)];
        assert!(close(on.at[0], at[0], 1e-6) && close(on.at[1], at[1], 1e-6), "{on:?} {at:?}");
        let off = dot(&away, &away) - at[0] * at[0] - at[1] * at[1];
        assert!((f64::from(on.off).powi(2) - off).abs() < 1e-5, "{on:?} {off}");
        for (axis, at) in found.axes.iter().zip(on.at) {
            assert!(axis.low < at && at < axis.high);
        }
    }
    // A quarter of the way's width is left around it.
    for (along, axis) in found.axes.iter().enumerate() {
        let all = || found.path.iter().map(|on| on.at[along]);
        let (low, high) = (all().fold(0.0, f32::min), all().fold(0.0, f32::max));
        let margin = 0.25 * (high - low);
        assert!(close(axis.low, f64::from(low - margin), 1e-5));
        assert!(close(axis.high, f64::from(high + margin), 1e-5));
    }
}

/// Singular values and right vectors of a matrix, the largest first, by Hestenes' one-sided rotations of its rows: never a
/// product of the matrix with itself.
fn singular(mut rows: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let product = plane::product;
    for _ in 0..60 {
        for p in 0..rows.len() {
            for q in p + 1..rows.len() {
                let between = product(&rows[p], &rows[q]);
                if between == 0.0 {
                    continue;
                }
                let apart = product(&rows[q], &rows[q]) - product(&rows[p], &rows[p]);
                let slope = apart / (2.0 * between);
                let tangent = slope.signum() / (slope.abs() + (slope * slope + 1.0).sqrt());
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                for at in 0..rows[p].len() {
                    let (one, other) = (rows[p][at], rows[q][at]);
                    rows[p][at] = cosine * (one - tangent * other);
                    rows[q][at] = cosine * (tangent * one + other);
                }
            }
        }
    }
    let mut found: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let length = product(&row, &row).sqrt();
            (length, row.into_iter().map(|one| one / length).collect::<Vec<f64>>())
        })
        .collect();
    found.sort_by(|one, other| other.0.total_cmp(&one.0));
    found
}

#[test]
fn components_are_those_of_a_direct_decomposition() {
    // Long enough for several blocks, and for a rest of one.
    let states: Vec<Vec<f32>> = (0..6)
        .map(|step| {
            let (one, other) = (wave(4999, 0.37), wave(4999, 0.11 * (1.0 + step as f32)));
            let by = step as f32;
            one.iter().zip(&other).map(|(a, b)| by * a + 0.3 * b).collect()
        })
        .collect();
    let bowl = Bowl::at(&states[5], &vec![0.001; 4999]);
    let trail = kept(&states);
    let own = bowl.parameters().unwrap().unwrap();
    let (directions, axes) = path::plane(&own, &trail, &trail.states[..5]).unwrap();
    let rows = states[..5].iter().map(|state| {
        let both = state.iter().zip(&states[5]);
        both.map(|(then, now)| f64::from(*then) - f64::from(*now)).chain([0.0]).collect()
    });
    let found = singular(rows.collect());
    let total: f64 = found.iter().map(|(length, _)| length * length).sum();
    for ((axis, direction), (length, vector)) in axes.iter().zip(directions.axes()).zip(&found) {
        assert!((f64::from(axis.explained.unwrap()) - length * length / total).abs() < 1e-5);
        let along: f64 = direction.iter().zip(vector).map(|(a, b)| f64::from(*a) * b).sum();
        for (one, other) in direction.iter().zip(vector) {
            assert!((f64::from(*one) - along.signum() * other).abs() < 1e-5);
        }
        // The largest number is positive.
        let largest =
            direction.iter().copied().reduce(|a, b| if b.abs() > a.abs() { b } else { a });
        assert!(largest > Some(0.0));
    }
}

#[test]
fn every_plane_has_two_perpendicular_directions_of_length_one() {
    let (bowl, trail) = walked();
    let own = bowl.parameters().unwrap().unwrap();
    let (path, _) = path::plane(&own, &trail, &trail.states[..7]).unwrap();
    let (random, _) = random::plane(&own, 9).unwrap();
    let slanted =
        [vec![1.0, 2.0, 0.0, 0.0, 0.0, 1e-4, 0.0], vec![1.0, 2.0, 1e-3, 0.0, 0.0, 0.0, 0.0]];
    for directions in [path, random, Directions::of(&own, slanted).unwrap()] {
        let [first, second] = directions.axes();
        assert!((dot(first, first) - 1.0).abs() < 1e-6 && (dot(second, second) - 1.0).abs() < 1e-6);
        assert!(dot(first, second).abs() < 1e-6);
    }
}

#[test]
fn a_random_direction_is_as_long_as_the_weights_filter_by_filter() {
    let (bowl, _) = walked();
    let own = bowl.parameters().unwrap().unwrap();
    let (drawn, length) = random::drawn(&own, 9);
    let norm = |of: &[f64]| of.iter().map(|one| one * one).sum::<f64>().sqrt();
    let weights: Vec<f64> = own.numbers.iter().map(|one| f64::from(*one)).collect();
    for direction in &drawn {
        for filter in [0..3, 3..6] {
            let (one, other) = (norm(&direction[filter.clone()]), norm(&weights[filter]));
            assert!((one - other).abs() < 1e-12 * other, "{one} {other}");
        }
        // The bias stays.
        assert_eq!(direction[6], 0.0);
    }
    assert!((norm(&weights[..6]) - length).abs() < 1e-12 * length);
    let (_, axes) = random::plane(&own, 9).unwrap();
    assert!(close(axes[0].high, length, 1e-6) && axes[0].low == -axes[0].high);
    assert_ne!(random::drawn(&own, 9).0, random::drawn(&own, 10).0);
    // A filter that is scaled takes its direction with it, so that the picture stays.
    let mut scaled = own.clone();
    scaled.numbers[..3].iter_mut().for_each(|number| *number *= 8.0);
    let (other, _) = random::drawn(&scaled, 9);
    for (one, other) in drawn.iter().zip(&other) {
        assert!(one[..3].iter().zip(&other[..3]).all(|(a, b)| (8.0 * a - b).abs() < 1e-12));
        assert_eq!(one[3..], other[3..]);
    }
}

#[test]
fn the_plane_of_curvature_lies_along_the_largest_eigenvalues() {
    let (bowl, trail) = walked();
    let found = gone(&bowl, &trail, Plane::Curvature).unwrap();
    let curvatures = found.axes.map(|axis| f64::from(axis.curvature.unwrap()));
    assert!((curvatures[0] - 18.0).abs() < 0.02 && (curvatures[1] - 8.0).abs() < 0.02);
    // Along each axis the loss rises by what it is in the middle, as far as the way is not shorter.
    let farthest = path::farthest(&bowl.parameters().unwrap().unwrap(), &trail.states[..7]);
    for (axis, curvature) in found.axes.iter().zip(curvatures) {
        let reach = (2.0 * f64::from(found.loss) / curvature).sqrt().min(farthest);
        assert!(close(axis.high, reach, 1e-5) && axis.low == -axis.high, "{axis:?} {reach}");
    }
    assert!(found.price.backward > 0);
    // Where the loss bends downwards, that is said.
    let bends = [-8.0, -9.0, -10.0, -18.0, -6.0, -12.0];
    let hill = Bowl { floor: 40.0, ..Bowl::at(&bowl.numbers[..6], &bends) };
    let found = gone(&hill, &Trail::default(), Plane::Curvature).unwrap();
    let curvatures = found.axes.map(|axis| axis.curvature.unwrap());
    assert!(curvatures[0].abs() < 1e-3 && (curvatures[1] + 6.0).abs() < 0.02, "{curvatures:?}");
    // Along what hardly bends it is not looked at farther than the weights are from zero.
    let norm = dot(&hill.numbers[..7], &hill.numbers[..7]).sqrt();
    assert!(close(found.axes[0].high, norm, 1e-5), "{:?} {norm}", found.axes);
    assert!(found.remarks.iter().any(|said| said.contains("no minimum")), "{:?}", found.remarks);
}

#[test]
fn a_finer_grid_asks_only_for_what_is_new_and_says_the_same() {
    let (bowl, trail) = walked();
    let at = |side: usize, trail: &Trail| {
        ask(&bowl, trail, &LandscapeAsked { plane: Plane::Path, side, images: 3, seed: 4 }, 9)
    };
    let coarse = at(11, &trail).unwrap();
    let fine = at(21, &trail).unwrap();
    // Eight states, seven shadows and the grid; then only places between.
    assert_eq!(coarse.price.forward, 3 * (8 + 7 + 121));
    assert_eq!(fine.price.forward, 3 * (441 - 121));
    for row in 0..11 {
        for column in 0..11 {
            let (one, other) =
                (coarse.losses[row * 11 + column], fine.losses[row * 42 + 2 * column]);
            assert_eq!(one.to_bits(), other.to_bits());
        }
    }
    let (_, fresh) = walked();
    let alone = at(21, &fresh).unwrap();
    assert_eq!(alone.price.forward, 3 * (8 + 7 + 441));
    assert_eq!((&alone.losses, &alone.path, alone.axes), (&fine.losses, &fine.path, fine.axes));
    assert_eq!(alone.remarks, fine.remarks);
    // Another seed looks at other images, and another run has another way.
    let other = LandscapeAsked { plane: Plane::Path, side: 11, images: 3, seed: 5 };
    assert_eq!(ask(&bowl, &trail, &other, 9).unwrap().price.forward, 3 * (8 + 7 + 121));
    // A later step of the same run knows the losses of the states that are still there.
    let mut later = trail.clone();
    later.step = 8;
    let after = at(11, &later).unwrap();
    // The last of them is where the weights are, whose loss is known.
    assert_eq!(after.price.forward, 3 * (1 + 8 + 121));
}

#[test]
fn a_first_sight_walks_few_states_of_a_long_way() {
    let bends = [8.0, 2.0, 1.0, 18.0, 0.5, 3.0];
    let states: Vec<Vec<f32>> = (0..40).map(|step| wave(6, 0.9 + 0.01 * step as f32)).collect();
    let (bowl, trail) = (Bowl::at(&states[39], &bends), kept(&states));
    let at = |side| {
        let asked = LandscapeAsked { plane: Plane::Path, side, images: 3, seed: 4 };
        ask(&bowl, &trail, &asked, 9).unwrap()
    };
    let (first, whole) = (at(7), at(11));
    assert_eq!((first.path.len(), whole.path.len()), (16, 40));
    assert_eq!(first.path[15].step, Step(39));
    assert!(first.path.iter().all(|on| whole.path.contains(on)));
    assert_eq!(first.axes, whole.axes);
}

#[test]
fn a_way_over_normalisations_has_its_own_memories_and_the_plane_those_of_now() {
    let (bowl, trail) = walked();
    let mut way = super::super::super::Way::default();
    for (step, kept) in trail.states.iter().enumerate() {
        let mut numbers = kept.numbers.clone();
        numbers[7] = 10.0 - step as f32;
        match step {
            0 => way.begin(1, 0, numbers),
            _ => way.took(step as u64, || Ok(numbers)).unwrap(),
        }
    }
    let mut now = bowl.clone();
    now.numbers[7] = 3.0;
    let found = gone(&now, &way.trail(), Plane::Path).unwrap();
    let before = gone(&bowl, &trail, Plane::Path).unwrap();
    for (step, (on, plain)) in found.path.iter().zip(&before.path).enumerate() {
        let remembered = if step == 7 { 3.0 } else { 10.0 - step as f64 };
        assert!(close(on.loss, f64::from(plain.loss) + remembered, 1e-5), "{on:?} {plain:?}");
        assert!(close(on.shadow, f64::from(plain.shadow) + 3.0, 1e-5));
        assert_eq!(on.at, plain.at);
    }
    assert!(found.remarks.iter().any(|said| said.starts_with("normalisations remember")));
}
