//! A descent made by hand, for the tests of its view.

use std::sync::Arc;

use super::ground::ShownSurface;
use crate::{
    exhibits::descent::payload::{
        DescentSettings, DescentStep, DescentSteps, Fate, Loss, Minimum, ParameterAxis,
        PointsOfData, Problem, RunnerStep, Surface,
    },
    history::Run,
    stream::{ExhibitId, Material, Payload, Report, RunState, Started, Step},
};

/// Grid points along each side.
const GRID: usize = 33;
const RATE: f64 = 0.05;
const TOLERANCE: f64 = 1e-8;

/// J(θ) = θ₀² + 2 θ₁² over −2 to 2.
pub(super) fn surface() -> Surface {
    let axis = |symbol| ParameterAxis {
        name: "parameter".into(),
        symbol,
        unit: "".into(),
        low: -2.0,
        high: 2.0,
    };
    let at = |place: usize| -2.0 + 4.0 * place as f64 / (GRID - 1) as f64;
    let heights: Vec<f32> = (0..GRID * GRID)
        .map(|place| {
            let (x, y) = (at(place % GRID), at(place / GRID));
            (x * x + 2.0 * y * y) as f32
        })
        .collect();
    let problem =
        Problem { key: "bowl", title: "A bowl".into(), source: "made for this test".into() };
    Surface {
        problems: Arc::from([problem]),
        settings: DescentSettings { start: Some([1.5, 1.0]), ..DescentSettings::default() },
        loss: Loss::TestFunction,
        formula: "J(θ) = θ₀² + 2 θ₁²".into(),
        unit: "".into(),
        axes: [axis("θ₀"), axis("θ₁")],
        columns: GRID,
        rows: GRID,
        heights: heights.into(),
        data: None,
        minimum: Some(Minimum { theta: [0.0, 0.0], loss: 0.0, how: "by hand".into() }),
        largest_stable_rate: Some(0.5),
        usual_rate: RATE,
        tolerance: TOLERANCE,
    }
}

/// The same with three points of data under a line.
pub(super) fn line_surface() -> Surface {
    let data = PointsOfData {
        x_name: "x".into(),
        y_name: "y".into(),
        points: Arc::from([[0.0, 1.0], [1.0, 1.0], [2.0, 4.0]]),
        prepared: "".into(),
        remarks: [].into(),
    };
    Surface { data: Some(data), loss: Loss::MeanSquaredError, ..surface() }
}

/// A run of gradient descent alone, of so many steps at most.
pub(super) fn run_of(most: u64) -> Run {
    let mut run = Run::new(0);
    run.take(Report::Material(Material::plain(surface())));
    run.take(Report::Started(Started {
        exhibit: ExhibitId::new("descent"),
        in_epochs: false,
        ..Started::example()
    }));
    let mut theta = [1.5, 1.0];
    for step in 0..most {
        let gradient = [2.0 * theta[0], 4.0 * theta[1]];
        let update = gradient.map(|gradient| -RATE * gradient);
        let next: [f64; 2] = [theta[0] + update[0], theta[1] + update[1]];
        let norm = (2.0 * next[0]).hypot(4.0 * next[1]);
        let fate = if norm < TOLERANCE { Fate::Converged } else { Fate::Going };
        let loss = theta[0] * theta[0] + 2.0 * theta[1] * theta[1];
        let taken = RunnerStep { theta, loss, gradient, rate: RATE, update, batch: (0, 1), fate };
        let runners = [Some(taken), None, None, None, None];
        run.take(Report::Found(Payload::new(DescentSteps(vec![DescentStep { step, runners }]))));
        run.take(Report::State { state: RunState::Training, step: Step(step + 1) });
        theta = next;
        if fate == Fate::Converged {
            break;
        }
    }
    run
}

/// The ground of a run.
pub(super) fn terrain(run: &Run) -> ShownSurface {
    ShownSurface::new(run.material::<Surface>().unwrap(), false).0
}
