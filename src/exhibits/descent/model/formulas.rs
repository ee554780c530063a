//! Two published formulas on which descent struggles: a ravine and a saddle.

use crate::exhibits::descent::{
    model::landscape::{Landscape, TOLERANCE, Terms},
    payload::{Loss, Minimum},
};
use crate::words::Phrase;

/// The ravine: its floor is nearly flat, its walls are steep, and it bends.
pub(super) fn rosenbrock() -> Landscape {
    Landscape {
        title: phrase!("descent-model-a-ravine-rosenbrocks-function"),
        source: phrase!("descent-model-h-h-rosenbrock-an-automatic"),
        terms: Terms::Rosenbrock,
        formula: "J(θ) = (1 − θ₀)² + 100 (θ₁ − θ₀²)²".into(),
        middle: [0.0, 1.0],
        half: 2.0,
        // Rosenbrock's own.
        start: [-1.2, 1.0],
        usual_rate: 0.001,
        // Gradient descent comes to within the tolerance after 43,600.
        most_steps: 50_000,
        minimum: Minimum {
            theta: [1.0, 1.0],
            loss: 0.0,
            how: phrase!("descent-model-known-every-square-is-zero"),
        },
        ..formula()
    }
}

/// The saddle: seen along θ₀ its middle is a valley's floor, seen along θ₁ it is a hilltop.
pub(super) fn saddle() -> Landscape {
    Landscape {
        title: phrase!("descent-model-a-saddle-between-two-hollows"),
        source: phrase!("descent-model-y-nesterov-introductory-lectures-on"),
        terms: Terms::Saddle,
        formula: "J(θ) = ½θ₀² + ¼θ₁⁴ − ½θ₁²".into(),
        middle: [0.0, 0.0],
        half: 2.0,
        // A thousandth off the line on which every descent ends on the saddle.
        start: [1.5, 0.001],
        usual_rate: 0.1,
        most_steps: 20_000,
        minimum: Minimum {
            theta: [0.0, 1.0],
            loss: -0.25,
            how: phrase!("descent-model-known-as-low-at-0"),
        },
        ..formula()
    }
}

/// What all formulas have in common.
fn formula() -> Landscape {
    Landscape {
        title: Phrase::default(),
        source: Phrase::default(),
        loss: Loss::TestFunction,
        terms: Terms::Saddle,
        formula: Phrase::default(),
        unit: Phrase::default(),
        names: [
            (key!("descent-model-first"), Phrase::default()),
            (key!("descent-model-second"), Phrase::default()),
        ],
        middle: [0.0; 2],
        half: 1.0,
        start: [0.0; 2],
        usual_rate: 0.1,
        largest_stable_rate: None,
        tolerance: TOLERANCE,
        most_steps: 0,
        minimum: Minimum { theta: [0.0; 2], loss: 0.0, how: phrase!("descent-model-known") },
        data: None,
    }
}
