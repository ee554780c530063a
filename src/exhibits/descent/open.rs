//! Opens the descent: the losses that one can go down, and who goes.

use super::{
    LineColumns, load,
    options::{DescentOptions, DescentProblem},
    payload::{DescentSettings, Runner},
    trainable,
};
use crate::{
    exhibits::{ExhibitRequest, Opened, refused},
    learning::TrainingConfig,
    program_error::ProgramError,
};

/// The table that ships with the program.
const SHIPPED: &str = "breast-cancer-wisconsin/breast-cancer-wisconsin.csv";
/// Slowly enough that each step can be read.
const PACE: f32 = 20.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: DescentOptions = asked.own()?;
    let options = asked.options;
    let problem = own.problem.unwrap_or(DescentProblem::Line);
    let of_line =
        [("--data", options.data.is_some()), ("--x", own.x.is_some()), ("--y", own.y.is_some())];
    if let Some((option, _)) = of_line.into_iter().find(|(_, given)| *given)
        && problem != DescentProblem::Line
    {
        return Err(ProgramError::Asked(phrase!("descent-model-is-for-the-line-but", option)));
    }
    let columns = LineColumns { x: own.x, y: own.y };
    let table = asked.table();
    let own_data = options.data.as_deref().map(|path| (path, &table));
    let problems = load(&asked.shipped(SHIPPED)?, own_data, &columns).map_err(refused)?;
    let settings = DescentSettings {
        problem: problem as usize,
        start: own.start,
        runners: Runner::ALL
            .map(|runner| own.runners.as_ref().is_none_or(|chosen| chosen.contains(&runner))),
    };
    problems.check(&settings).map_err(refused)?;
    if options.batch.is_some() && !problems.has_points(settings.problem) {
        return Err(ProgramError::Asked(phrase!("descent-model-batch-says-how-many-points")));
    }
    let usual_rate = problems.usual_rate(settings.problem);
    let config = asked.config(TrainingConfig {
        epochs: 1,
        batch: 16,
        learning_rate: usual_rate.unwrap_or(TrainingConfig::default().learning_rate),
        ..TrainingConfig::default()
    })?;
    if !config.device.has_doubles() {
        return Err(ProgramError::Asked(phrase!(
            "descent-model-device-is-but-the-descent",
            device = config.device
        )));
    }
    Ok(Opened::new(trainable(problems, settings, own.steps), config, PACE))
}
