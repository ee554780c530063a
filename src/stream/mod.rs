//! The contract between learning and showing: one training step on its way to the eye.
//!
//! The learning thread takes a step and offers what it knows on two lanes. [`Report`]s are few and
//! must arrive: they wait in the trainer's outbox until the viewer has taken them, and training goes
//! on meanwhile. [`Snapshot`]s are many and only the newest matters: none is made while two wait, and they hold what the
//! viewer [subscribes](Subscription) to and no more. [`Command`]s come back the other way and are read between two steps; when the viewer hangs
//! up, the run ends. A [`Query`] is answered with a [`Reply`] on a lane of its own, whatever the run is doing.
//!
//! Everything here is plain data: no tensor, no entity, no handle. What only one exhibit knows travels as a
//! [`Payload`].

mod admission;
pub mod array;
mod channel;
mod command;
mod graph;
mod ids;
mod merging;
mod metric;
pub mod names;
pub mod number;
mod payload;
mod query;
mod report;
mod settings;
mod snapshot;
mod steps;
mod subscription;
mod tee;
mod thinning;
pub mod wire;

pub use admission::{Admission, Hello, Taken};
pub use channel::{Answers, Outbox, SnapshotQueue, TrainerEnd, ViewerEnd, Waited, connect};
pub use command::{Command, InputChoice};
pub use graph::{Axis, Dim, GraphBuilder, ModelGraph, Node, Op, Role, TensorId, TensorSpec};
pub use ids::{ExhibitId, LayerId, RunId, SessionId, Step};
pub use merging::steps_merged;
pub use metric::{Better, MOST_METRICS, MetricSpec, MetricValues, Split};
pub use payload::{Content, Payload, PayloadKind, PayloadKinds};
pub use query::{MOST_OPEN_QUERIES, Query, QueryId, Reply};
pub use report::{
    AT_FULL_SPEED, EpochReport, Example, Fact, Finished, Material, Mistake, Report, RunState,
    SaveReport, Stage, StageReport, Started, StepReport, TestReport, WatchCost,
};
pub use settings::{Setting, setting_shown};
pub use snapshot::{LayerValues, ParameterSizes, Range, Shape, Snapshot, Span};
pub use steps::StepTable;
pub use subscription::{Level, MOST_SUBSCRIPTIONS, Slice, Subscription};
pub use tee::Keeper;
pub use thinning::Part;
