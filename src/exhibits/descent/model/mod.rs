//! The problems that can be descended, and what can be chosen of them.

mod formulas;
mod gradient;
mod graph;
mod landscape;
mod line;
mod optimiser;
#[cfg(test)]
mod tests;
pub(super) mod trainable;
mod tumours;
mod update_rules;

use std::sync::Arc;

use crate::{
    exhibits::descent::{
        PROBLEMS,
        data::{pairs::Pairs, prepared::said},
        model::{
            formulas::{rosenbrock, saddle},
            landscape::Landscape,
            line::line,
            tumours::tumours,
        },
        payload::{DescentSettings, Problem, Runner},
    },
    learning::TrainError,
};

/// A start may lie this many half widths of the drawn surface from its middle.
const FARTHEST_START: f64 = 100.0;

/// Losses of two parameters, in the order of [`PROBLEMS`].
#[derive(Debug)]
pub struct Problems {
    landscapes: [Landscape; 4],
    told: Arc<[Problem]>,
}

impl Problems {
    pub(super) fn new(pairs: &Pairs, of_tumours: &Pairs) -> Self {
        let landscapes = [line(pairs), tumours(of_tumours), rosenbrock(), saddle()];
        let told = PROBLEMS.iter().zip(&landscapes).map(|(&key, landscape)| Problem {
            key,
            title: landscape.title.clone(),
            source: landscape.source.clone(),
        });
        Self { told: told.collect(), landscapes }
    }

    /// What can be chosen, in words.
    pub fn told(&self) -> &Arc<[Problem]> {
        &self.told
    }

    /// A learning rate with which the runners get on at a problem.
    pub fn usual_rate(&self, problem: usize) -> Option<f64> {
        self.landscapes.get(problem).map(|landscape| landscape.usual_rate)
    }

    /// Whether a problem's loss sums over points, from which some can be drawn.
    pub fn has_points(&self, problem: usize) -> bool {
        self.landscapes.get(problem).is_some_and(|landscape| landscape.data.is_some())
    }

    /// The landscape of these settings, if they can be.
    pub(super) fn landscape(&self, settings: &DescentSettings) -> Result<&Landscape, TrainError> {
        self.check(settings)?;
        self.landscapes.get(settings.problem).ok_or_else(|| no_such_problem(settings.problem))
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    /// One sentence for a problem that there is not, a start that is not finite or too far away, and when nobody runs.
    pub fn check(&self, settings: &DescentSettings) -> Result<(), TrainError> {
        let Some(landscape) = self.landscapes.get(settings.problem) else {
            return Err(no_such_problem(settings.problem));
        };
        let wrong = |option, value: String, rule| Err(TrainError::Option { option, value, rule });
        if let Some([first, second]) = settings.start {
            let far = landscape.half * FARTHEST_START;
            let near = |at: f64, middle: f64| (at - middle).abs() <= far;
            let [middle_first, middle_second] = landscape.middle;
            if !near(first, middle_first) || !near(second, middle_second) {
                let range = |middle: f64| {
                    phrase!(
                        "descent-model-from-to",
                        ceil = said((middle - far).ceil()),
                        floor = said((middle + far).floor())
                    )
                };
                return Err(TrainError::Limit {
                    option: "--start",
                    value: format!("{},{}", said(first), said(second)),
                    limit: phrase!(
                        "descent-model-its-first-number-must-be",
                        middle_first = range(middle_first),
                        middle_second = range(middle_second)
                    ),
                });
            }
        }
        let runs = |runner: &Runner| settings.runners.get(runner.index()) == Some(&true);
        if !Runner::ALL.iter().any(runs) {
            return wrong(
                "--runners",
                say!("descent-model-empty").to_owned(),
                key!("descent-model-at-least-one-must-run"),
            );
        }
        let others = Runner::ALL.iter().any(|runner| *runner != Runner::Stochastic && runs(runner));
        if landscape.data.is_none() && !others {
            let rule = key!("descent-model-a-formula-has-no-points");
            return wrong("--runners", say!("descent-model-stochastic-alone").to_owned(), rule);
        }
        Ok(())
    }
}

fn no_such_problem(problem: usize) -> TrainError {
    TrainError::Option {
        option: "--problem",
        value: problem.to_string(),
        rule: key!("descent-model-only-line-tumour-rosenbrock-and"),
    }
}
