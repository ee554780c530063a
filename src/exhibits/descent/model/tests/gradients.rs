//! Gradients from automatic differentiation against the closed form and against finite differences.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::{
    exhibits::descent::{
        model::{
            gradient::{Gradient, Slope},
            landscape::{Landscape, Terms},
        },
        payload::{DescentSettings, ParameterAxis},
    },
    learning::DeviceName,
};

/// Loss and gradient over some points, by the formulas of a textbook.
fn closed(terms: &Terms, points: &[[f64; 2]], [a, b]: [f64; 2]) -> Slope {
    let mean = |term: &dyn Fn(f64, f64) -> f64| {
        points.iter().map(|[x, y]| term(*x, *y)).sum::<f64>() / points.len() as f64
    };
    let sigmoid = |score: f64| 1.0 / (1.0 + (-score).exp());
    match terms {
        Terms::Line { .. } => Slope {
            loss: mean(&|x, y| (a + b * x - y).powi(2)),
            gradient: [
                mean(&|x, y| 2.0 * (a + b * x - y)),
                mean(&|x, y| 2.0 * x * (a + b * x - y)),
            ],
        },
        Terms::Logistic { .. } => Slope {
            // The probability of the class that it is.
            loss: mean(&|x, y| -sigmoid((2.0 * y - 1.0) * (a + b * x)).ln()),
            gradient: [
                mean(&|x, y| sigmoid(a + b * x) - y),
                mean(&|x, y| x * (sigmoid(a + b * x) - y)),
            ],
        },
        Terms::Rosenbrock => Slope {
            loss: (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2),
            gradient: [-2.0 * (1.0 - a) - 400.0 * a * (b - a * a), 200.0 * (b - a * a)],
        },
        Terms::Saddle => Slope {
            loss: 0.5 * a * a + 0.25 * b.powi(4) - 0.5 * b * b,
            gradient: [a, b.powi(3) - b],
        },
    }
}

fn close(found: f64, truth: f64, scale: f64, tolerance: f64) {
    assert!((found - truth).abs() <= tolerance * scale, "{found} instead of {truth}");
}

fn landscape(problem: usize) -> Landscape {
    bundled().landscape(&all(problem)).unwrap().clone()
}

/// Places all over the surface, and the one where scores are zero.
fn places(landscape: &Landscape) -> Vec<[f64; 2]> {
    let mut generator = ChaCha8Rng::seed_from_u64(1);
    let mut anywhere =
        |middle: f64| middle + landscape.half * (2.0 * generator.random::<f64>() - 1.0);
    let some = (0..20).map(|_| [anywhere(landscape.middle[0]), anywhere(landscape.middle[1])]);
    let some: Vec<_> = some.collect();
    [[0.0, 0.0], landscape.start].into_iter().chain(some).collect()
}

#[test]
fn they_are_the_textbooks_on_both_devices() {
    for device in DeviceName::ON_CPU {
        for problem in [LINE, TUMOUR, ROSENBROCK, SADDLE] {
            let landscape = landscape(problem);
            let gradient = Gradient::new(&landscape.terms, 16, &device.device());
            for place in places(&landscape) {
                let truth = closed(&landscape.terms, landscape.terms.points(), place);
                let found = gradient.over_all(place).unwrap();
                let scale = 1.0 + truth.norm();
                close(found.loss, truth.loss, 1.0 + truth.loss.abs(), 1e-12);
                close(found.gradient[0], truth.gradient[0], scale, 1e-12);
                close(found.gradient[1], truth.gradient[1], scale, 1e-12);
            }
        }
    }
}

#[test]
fn they_are_the_slopes_of_finite_differences() {
    const NUDGE: f64 = 1e-5;
    for problem in [LINE, TUMOUR, ROSENBROCK, SADDLE] {
        let landscape = landscape(problem);
        let gradient = Gradient::new(&landscape.terms, 16, &DeviceName::Flex.device());
        let loss = |place| gradient.over_all(place).unwrap().loss;
        for [a, b] in places(&landscape) {
            let found = gradient.over_all([a, b]).unwrap();
            let along = |da: f64, db: f64| {
                (loss([a + da, b + db]) - loss([a - da, b - db])) / (2.0 * NUDGE)
            };
            let scale = 1.0 + found.norm();
            close(found.gradient[0], along(NUDGE, 0.0), scale, 1e-6);
            close(found.gradient[1], along(0.0, NUDGE), scale, 1e-6);
        }
    }
}

#[test]
fn a_batch_goes_around_the_end() {
    for problem in [LINE, TUMOUR] {
        let landscape = landscape(problem);
        let points = landscape.terms.points();
        let gradient = Gradient::new(&landscape.terms, 16, &DeviceName::Flex.device());
        for first in [0, 100, points.len() - 16, points.len() - 3, points.len() - 1] {
            let some: Vec<_> = points.iter().cycle().skip(first).take(16).copied().collect();
            let truth = closed(&landscape.terms, &some, landscape.start);
            let found = gradient.over_batch(landscape.start, (first, 16)).unwrap();
            let scale = 1.0 + truth.norm();
            close(found.loss, truth.loss, 1.0 + truth.loss, 1e-12);
            close(found.gradient[0], truth.gradient[0], scale, 1e-12);
            close(found.gradient[1], truth.gradient[1], scale, 1e-12);
        }
    }
}

#[test]
fn the_surface_has_the_height_of_the_loss() {
    for problem in [LINE, TUMOUR, ROSENBROCK, SADDLE] {
        let problems = bundled();
        let landscape = landscape(problem);
        let surface = landscape.surface(problems.told(), &all(problem));
        let [first, second] = &surface.axes;
        assert_eq!(surface.heights.len(), surface.columns * surface.rows);
        for (row, column) in [(0, 0), (64, 64), (128, 0), (3, 120), (128, 128)] {
            let at = |axis: &ParameterAxis, place: usize| {
                axis.low + (axis.high - axis.low) * place as f64 / 128.0
            };
            let place = [at(first, column), at(second, row)];
            let truth = closed(&landscape.terms, landscape.terms.points(), place).loss;
            let height = f64::from(surface.heights[row * surface.columns + column]);
            close(height, truth, 1.0 + truth.abs(), 1e-6);
        }
        let inside = |axis: &ParameterAxis, at: f64| axis.low < at && at < axis.high;
        let minimum = surface.minimum.unwrap();
        for place in [surface.settings.start.unwrap(), minimum.theta] {
            assert!(inside(first, place[0]) && inside(second, place[1]), "{problem}: {place:?}");
        }
        // Nothing on the grid is lower.
        let lowest = surface.heights.iter().copied().fold(f32::INFINITY, f32::min);
        assert!(f64::from(lowest) >= minimum.loss - 1e-6);
        let there = closed(&landscape.terms, landscape.terms.points(), minimum.theta);
        assert!(there.norm() < 1e-12, "{problem}: {}", there.norm());
    }
}

#[test]
fn a_start_outside_widens_the_surface() {
    let problems = bundled();
    let settings = DescentSettings { start: Some([100.0, -50.0]), ..all(LINE) };
    let landscape = problems.landscape(&settings).unwrap();
    let surface = landscape.surface(problems.told(), &settings);
    let [first, second] = &surface.axes;
    assert!(first.high > 100.0 && second.low < -50.0);
    let width = |axis: &ParameterAxis| axis.high - axis.low;
    assert!((width(first) - width(second)).abs() < 1e-9);
}
