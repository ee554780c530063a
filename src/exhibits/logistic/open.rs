//! Opens a table: reads it, gets it ready, and finds a learning rate that suits it.

use super::{
    ReadOptions, Settings, load,
    options::LogisticOptions,
    payload::{Solver, TableSettings},
    ready, trainable,
};
use crate::{
    exhibits::{ExhibitRequest, Opened, refused},
    learning::TrainingConfig,
    program_error::ProgramError,
    sentence::counted,
    terminal::{ReadingBar, WorkingLine},
};

/// The table that ships with the program.
const SHIPPED: &str = "breast-cancer-wisconsin/breast-cancer-wisconsin.csv";
/// Seven seconds for the usual descent.
const PACE: f32 = 30.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: LogisticOptions = asked.own()?;
    let usual = Settings::default();
    let solver = own.solver.unwrap_or(usual.table.solver);
    if asked.options.batch.is_some() && solver != Solver::MiniBatch {
        return Err(ProgramError::Asked(phrase!("logistic-model-batch-is-for-mini-batches")));
    }
    let settings = Settings {
        table: TableSettings {
            chosen: None,
            pairwise: own.pairwise,
            penalty: own.penalty.unwrap_or(usual.table.penalty),
            c: own.c.unwrap_or(usual.table.c),
            solver,
            standardise: !own.no_standardise,
            missing: own.missing.unwrap_or(usual.table.missing),
            split: own.split.unwrap_or(usual.table.split),
        },
        features: own.features,
        drop_correlated: own.drop_correlated,
        folds: asked.options.folds.unwrap_or(usual.folds),
    };
    let reading = ReadOptions { label: own.label, table: asked.table() };
    let mut bar = ReadingBar::default();
    let path = asked.data(SHIPPED)?;
    let raw = load(&path, &reading, &mut |read, of| bar.tell(read, of));
    drop(bar);
    let raw = raw.map_err(refused)?;
    let line = WorkingLine::new(say!(
        "logistic-model-preparing",
        features = counted(raw.features(), "feature")
    ));
    let ready = ready(raw, settings, asked.options.seed).map_err(refused)?;
    ready.check_bounded().map_err(refused)?;
    drop(line);
    // A descent has come close by then, and L-BFGS is over before.
    let epochs = if solver == Solver::Lbfgs { 1000 } else { 200 };
    let learning_rate = ready.usual_rate();
    let config =
        asked.config(TrainingConfig { epochs, learning_rate, ..TrainingConfig::default() })?;
    Ok(Opened::new(trainable(ready), config, PACE))
}
