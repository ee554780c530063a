//! The contract between learning and showing: one training step on its way to the eye.
//!
//! The learning thread takes a step and offers what it knows on two lanes. [`Report`]s are few and
//! must arrive: they wait in the trainer's outbox until the room has taken them, and training goes
//! on meanwhile. [`Snapshot`]s are many and only the newest matters: the oldest is dropped and
//! counted. [`Command`]s come back the other way and are read between two steps; when the room hangs
//! up, the run ends.
//!
//! Everything here is plain data: no tensor, no entity, no handle.

mod channel;
mod command;
mod descent;
mod ids;
mod ratings;
mod report;
mod snapshot;
mod table;
mod taste;

pub use channel::{Outbox, Pictures, RoomEnd, TrainerEnd, Waited, connect};
pub use command::{Change, Command, InputChoice};
pub use descent::{
    DescentSettings, DescentStep, Fate, Loss, MOMENTUM, Minimum, ParameterAxis, PointsOfData,
    Problem, Runner, RunnerStep, RunnerVerdict, Surface,
};
pub use ids::{ExhibitId, LayerId, RunId, Step};
pub use ratings::{Item, Rated, Ratings, StarScale};
pub use report::{
    EpochReport, Example, Fact, Finished, FoldOutcome, FoldReport, ListQuality, Material, Mistake,
    RatingsVerdict, Report, RunState, Stage, StageReport, Started, StepReport, TestReport, TestSet,
    Verdict, WatchCost,
};
pub use snapshot::{Answer, LayerValues, ParameterSizes, Range, Shape, Snapshot};
pub use table::{
    DrawnRows, Feature, Missing, NotDefined, Penalty, RowSum, Solver, Split, Standing, Table,
    TableAnswer, TableSettings, TableTest, TableVerdict, Term, TuneReport,
};
pub use taste::{
    AlsoLiked, Factors, Laid, Layout, LayoutProgress, ListAsk, Listed, MovedBy, Neighbour, Person,
    Reasons, Suggested, Taste, TasteAnswer, TasteAsk, Terms, Together, Why,
};
