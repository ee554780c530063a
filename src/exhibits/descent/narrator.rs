//! What is said of a descent: what is descended, who has arrived or flown off, and how each runner ended.

use std::sync::Arc;

use erased_serde::Serialize;

use super::payload::{
    DescentStep, DescentSteps, DescentVerdict, Fate, Minimum, Runner, RunnerStep, RunnerVerdict,
    Surface,
};
use crate::{
    narrator::{Narrator, Plain, TableRow, per_second},
    sentence::{self, counted, grouped},
    stream::{EpochReport, Finished, Material, Payload, Report, Started, StepReport},
    words::{Word, column},
};

/// Tells of a descent.
#[derive(Default)]
pub(super) struct Descent {
    plain: Plain,
    /// What is descended.
    surface: Option<Arc<Surface>>,
    /// With which learning rate each runner diverged.
    diverged: [Option<f64>; 5],
}

impl Narrator for Descent {
    fn hear(&mut self, report: &Report) {
        self.plain.hear(report);
        match report {
            Report::Material(Material { content, .. }) => self.surface = content.get().cloned(),
            Report::Started(_) => self.diverged = [None; 5],
            Report::Found(found) => {
                if let Some(steps) = found.get::<DescentSteps>() {
                    self.follow(&steps.0);
                }
            }
            _ => {}
        }
    }

    fn started(&self) -> Option<&Started> {
        self.plain.started()
    }

    fn material(&self, content: &Payload) -> String {
        let problem = content
            .get::<Surface>()
            .and_then(|surface| surface.problems.get(surface.settings.problem));
        problem.map_or_else(String::new, |problem| {
            say!("list-within", whole = problem.title, of = problem.source)
        })
    }

    fn learns_from(&self, started: &Started) -> String {
        // A surface may be a formula, with nothing to sum over.
        match started.train_examples {
            0 => say!("descent-model-a-formula").to_owned(),
            count => started.example.counted(count),
        }
    }

    fn epoch(&self, _: &EpochReport) -> Option<TableRow> {
        // A descent has no epochs, only an end.
        None
    }

    fn step(&self, report: &StepReport) -> String {
        let speed = per_second(report.examples_per_second);
        say!(
            "descent-model-loss-of-the-first-that",
            loss = format_args!("{:.6}", report.values.loss()),
            speed
        )
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let (Some(surface), Some(steps)) = (&self.surface, found.get::<DescentSteps>()) else {
            return Vec::new();
        };
        let ended = steps.0.iter().flat_map(|step| {
            let taken = step.runners.iter().zip(Runner::ALL);
            taken.filter_map(|(taken, runner)| {
                let taken = taken.filter(|taken| taken.fate != Fate::Going)?;
                Some(TableRow::alone(ended(surface, runner, step.step + 1, &taken)))
            })
        });
        ended.collect()
    }

    fn finished(&self, report: &Finished) -> String {
        let speed = per_second(report.examples_per_second);
        let runners = report.verdict.get::<DescentVerdict>();
        let runners = runners.iter().flat_map(|verdict| verdict.0.iter().flatten());
        let surface = self.surface.as_deref();
        let lowest = surface.and_then(|surface| surface.minimum.as_ref()).map(|minimum| {
            let place = place(minimum.theta);
            format!(
                "  {:<16}  {:21}  {place}  {:>12}  {}",
                column(say!("descent-model-lowest-point")),
                "",
                number(minimum.loss),
                minimum.how
            )
        });
        [say!("descent-model-steps-s", speed), RUNNER_HEADINGS.to_string()]
            .into_iter()
            .chain(runners.map(|verdict| runner(verdict, surface)))
            .chain(lowest)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        Box::new(verdict.get::<DescentVerdict>().map(|verdict| self.told(&verdict.0)))
    }
}

/// What the desk says of a finished run.
pub(super) fn headline(verdict: &Payload) -> String {
    verdict.get::<DescentVerdict>().map_or_else(String::new, |verdict| {
        let ran = || verdict.0.iter().flatten();
        let arrived = ran().filter(|runner| runner.fate == Fate::Converged).count();
        say!("descent-model-of-arrived", arrived, count = ran().count())
    })
}

/// The first line of the table of runners.
const RUNNER_HEADINGS: Word = key!("descent-model-runner-end-of-its-way");

/// One line of the table of runners.
fn runner(verdict: &RunnerVerdict, surface: Option<&Surface>) -> String {
    let steps = grouped(verdict.steps as usize);
    let end = match verdict.fate {
        Fate::Converged => say!("descent-model-converged-after", steps),
        Fate::Diverged => say!("descent-model-diverged-after", steps),
        Fate::Going => say!("descent-model-still-going-at", steps),
    };
    let minimum = surface.and_then(|surface| surface.minimum.as_ref());
    let rests = minimum.is_some_and(|minimum| verdict.rests_above(minimum));
    let remark = if rests { say!("descent-model-level-but-not-the-lowest") } else { "" };
    format!(
        "  {:<16}  {end:<21}  {}  {:>12}  {:>6.0e}{remark}",
        column(verdict.runner.name()),
        place(verdict.theta),
        number(verdict.loss),
        verdict.gradient_norm,
    )
}

/// Both parameters, in columns.
fn place([first, second]: [f64; 2]) -> String {
    format!("{:>12}  {:>12}", number(first), number(second))
}

/// A number that may have flown off.
fn number(number: f64) -> String {
    if number.abs() < 1e5 { format!("{number:.6}") } else { format!("{number:.3e}") }
}

/// Who has arrived or flown off, after how many steps.
fn ended(surface: &Surface, runner: Runner, steps: u64, step: &RunnerStep) -> String {
    let (name, steps) = (runner.name(), counted(steps as usize, "step"));
    if step.fate == Fate::Diverged {
        let why = surface.why_diverged(runner, step.rate);
        // A rate that is proposed to somebody must not be the one that they have.
        let proposed = (step.rate > surface.usual_rate).then(|| {
            say!(
                "descent-model-try-learning-rate",
                usual_rate = sentence::number(surface.usual_rate)
            )
        });
        return say!(
            "descent-model-diverged-after-2",
            name,
            steps,
            why,
            proposed = proposed.unwrap_or_default()
        );
    }
    say!(
        "descent-model-converged-after-j-is-below",
        name,
        steps,
        tolerance = format_args!("{:e}", surface.tolerance)
    )
}

impl Descent {
    /// Remembers who diverged.
    fn follow(&mut self, steps: &[DescentStep]) {
        for step in steps {
            for (rate, taken) in self.diverged.iter_mut().zip(&step.runners) {
                if let Some(taken) = taken.filter(|taken| taken.fate == Fate::Diverged) {
                    *rate = Some(taken.rate);
                }
            }
        }
    }

    /// All of it, when it is over.
    fn told(&self, verdicts: &[Option<RunnerVerdict>; 5]) -> DescentPart {
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
#[derive(serde::Serialize)]
struct DescentPart {
    #[serde(flatten)]
    surface: Option<SurfacePart>,
    runners: Vec<RunnerPart>,
}

#[derive(serde::Serialize)]
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

#[derive(serde::Serialize)]
struct DataPart {
    x: String,
    y: String,
    /// How θ is to be read: what was done to x and y before.
    prepared: String,
}

#[derive(serde::Serialize)]
struct MinimumPart {
    theta: [f64; 2],
    loss: f64,
    how: String,
}

#[derive(serde::Serialize)]
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
            formula: surface.formula.to_string(),
            data: surface.data.as_ref().map(|data| DataPart {
                x: data.x_name.clone(),
                y: data.y_name.clone(),
                prepared: data.prepared.to_string(),
            }),
            start: surface.settings.start,
            tolerance: surface.tolerance,
            largest_stable_rate: surface.largest_stable_rate,
            minimum: minimum.map(|Minimum { theta, loss, how }| MinimumPart {
                theta: *theta,
                loss: *loss,
                how: how.to_string(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::payload::{Loss, ParameterAxis, Problem};

    use super::*;
    use crate::golden::kept;
    use crate::words::Phrase;

    fn surface() -> Surface {
        let axis = |symbol| ParameterAxis {
            name: "first".into(),
            symbol,
            unit: Phrase::default(),
            low: -1.0,
            high: 1.0,
        };
        Surface {
            problems: Arc::from([Problem {
                key: "bowl",
                title: "A bowl".into(),
                source: "this test".into(),
            }]),
            settings: Default::default(),
            loss: Loss::TestFunction,
            formula: "J(θ) = θ₀² + θ₁²".into(),
            unit: Phrase::default(),
            axes: [axis("θ₀"), axis("θ₁")],
            columns: 1,
            rows: 1,
            heights: Arc::from([0.0]),
            data: None,
            minimum: Some(Minimum { theta: [0.0, 0.0], loss: 0.0, how: "seen".into() }),
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
        let told = serde_json::to_string_pretty(&descent.told(&verdicts)).unwrap();
        kept("descent-verdict", &told);
    }
}
