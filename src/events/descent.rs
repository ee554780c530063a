//! What a descent is told as: what was descended, and how each runner ended.

use std::sync::Arc;

use serde::Serialize;

use crate::stream::{DescentStep, Fate, Minimum, RunnerVerdict, Surface};

/// What must be remembered of a descent until it is over.
#[derive(Default)]
pub(super) struct Descent {
    /// What is descended.
    pub(super) surface: Option<Arc<Surface>>,
    /// With which learning rate each runner diverged.
    diverged: [Option<f64>; 5],
}

impl Descent {
    /// Another run begins on the same surface.
    pub(super) fn begin(&mut self) {
        self.diverged = [None; 5];
    }

    /// Remembers who diverged.
    pub(super) fn follow(&mut self, steps: &[DescentStep]) {
        for step in steps {
            for (rate, taken) in self.diverged.iter_mut().zip(&step.runners) {
                if let Some(taken) = taken.filter(|taken| taken.fate == Fate::Diverged) {
                    *rate = Some(taken.rate);
                }
            }
        }
    }

    /// All of it, when it is over.
    pub(super) fn told(&self, verdicts: &[Option<RunnerVerdict>; 5]) -> DescentPart {
        let surface = self.surface.as_deref();
        let runners = verdicts.iter().zip(self.diverged).filter_map(|(verdict, rate)| {
            let verdict = (*verdict)?;
            let why = |rate| Some(surface?.why_diverged(verdict.runner, rate));
            Some(RunnerPart {
                verdict,
                steps_to_convergence: (verdict.fate == Fate::Converged).then_some(verdict.steps),
                why: rate.and_then(why),
            })
        });
        DescentPart { surface: surface.map(SurfacePart::of), runners: runners.collect() }
    }
}

/// What was descended, and how each runner ended.
#[derive(Serialize)]
pub(super) struct DescentPart {
    #[serde(flatten)]
    surface: Option<SurfacePart>,
    runners: Vec<RunnerPart>,
}

#[derive(Serialize)]
struct SurfacePart {
    problem: &'static str,
    formula: String,
    #[serde(flatten)]
    data: Option<DataPart>,
    start: Option<[f64; 2]>,
    tolerance: f64,
    largest_stable_rate: Option<f64>,
    minimum: Option<MinimumPart>,
}

#[derive(Serialize)]
struct DataPart {
    x: String,
    y: String,
    /// How θ is to be read: what was done to x and y before.
    prepared: String,
}

#[derive(Serialize)]
struct MinimumPart {
    theta: [f64; 2],
    loss: f64,
    how: &'static str,
}

#[derive(Serialize)]
struct RunnerPart {
    #[serde(flatten)]
    verdict: RunnerVerdict,
    steps_to_convergence: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl SurfacePart {
    fn of(surface: &Surface) -> Self {
        let problem = surface.problems.get(surface.settings.problem);
        let minimum = surface.minimum.as_ref();
        Self {
            problem: problem.map_or("", |problem| problem.key),
            formula: surface.formula.clone(),
            data: surface.data.as_ref().map(|data| DataPart {
                x: data.x_name.clone(),
                y: data.y_name.clone(),
                prepared: data.prepared.clone(),
            }),
            start: surface.settings.start,
            tolerance: surface.tolerance,
            largest_stable_rate: surface.largest_stable_rate,
            minimum: minimum.map(|Minimum { theta, loss, how }| MinimumPart {
                theta: *theta,
                loss: *loss,
                how,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::stream::{Loss, ParameterAxis, Problem, Runner, RunnerStep};

    use super::*;

    fn surface() -> Surface {
        let axis = |symbol| ParameterAxis {
            name: "first".to_owned(),
            symbol,
            unit: String::new(),
            low: -1.0,
            high: 1.0,
        };
        Surface {
            problems: Arc::from([Problem {
                key: "bowl",
                title: "A bowl".to_owned(),
                source: "this test".to_owned(),
            }]),
            settings: Default::default(),
            loss: Loss::TestFunction,
            formula: "J(θ) = θ₀² + θ₁²".to_owned(),
            unit: String::new(),
            axes: [axis("θ₀"), axis("θ₁")],
            columns: 1,
            rows: 1,
            heights: Arc::from([0.0]),
            data: None,
            minimum: Some(Minimum { theta: [0.0, 0.0], loss: 0.0, how: "seen" }),
            largest_stable_rate: Some(1.0),
            usual_rate: 0.1,
            tolerance: 1e-8,
        }
    }

    #[test]
    fn every_runner_has_its_steps_its_place_and_why_it_flew_off() {
        let taken = RunnerStep {
            theta: [1.0, 1.0],
            loss: 2.0,
            gradient: [2.0, 2.0],
            rate: 1.5,
            update: [-3.0, -3.0],
            batch: (0, 0),
            fate: Fate::Diverged,
        };
        let verdict = |runner, fate, steps| RunnerVerdict {
            runner,
            fate,
            steps,
            theta: [0.5, 0.0],
            loss: f64::INFINITY,
            gradient_norm: 1.0,
        };
        let mut descent = Descent { surface: Some(Arc::new(surface())), ..Descent::default() };
        let mut runners = [None; 5];
        runners[Runner::GradientDescent.index()] = Some(taken);
        descent.follow(&[DescentStep { step: 6, runners }]);
        let mut verdicts = [None; 5];
        verdicts[0] = Some(verdict(Runner::GradientDescent, Fate::Diverged, 7));
        verdicts[3] = Some(verdict(Runner::RmsProp, Fate::Converged, 9));
        let line = serde_json::to_string(&descent.told(&verdicts)).unwrap();
        let expected = concat!(
            r#"{"problem":"bowl","formula":"J(θ) = θ₀² + θ₁²","start":null,"tolerance":1e-8,"largest_stable_rate":1.0,"#,
            r#""minimum":{"theta":[0.0,0.0],"loss":0.0,"how":"seen"},"#,
            r#""runners":[{"runner":"gradient_descent","fate":"diverged","steps":7,"theta":[0.5,0.0],"loss":null,"#,
            r#""gradient_norm":1.0,"steps_to_convergence":null,"#,
            r#""why":"α = 1.5 is above 2/λmax = 1.0000, so that each step overshoots further than the last"},"#,
            r#"{"runner":"rms_prop","fate":"converged","steps":9,"theta":[0.5,0.0],"loss":null,"#,
            r#""gradient_norm":1.0,"steps_to_convergence":9}]}"#,
        );
        assert_eq!(line, expected);
    }
}
