//! What the hall shows: the run, the snapshot of its shown step, and the answer to what is asked.

use std::sync::{Arc, OnceLock};

use bevy::prelude::*;

use super::channel::{Answered, Link};
use crate::{
    history::Run,
    stream::{Content, InputChoice, LayerId, LayerValues, Snapshot, Step},
    world::{inspect::forward, timeline::Timeline},
};

/// Everything that is known of the run.
#[derive(Resource)]
pub struct ShownRun(pub Run);

/// The snapshot of the step that the hall shows now, and what the model says to what the visitor asks; it changes only
/// when what is seen should.
#[derive(Resource, Default)]
pub struct ShownSnapshot {
    snapshot: Option<Arc<Snapshot>>,
    /// The snapshot of history that it is, or was worked out from.
    origin: Option<Arc<Snapshot>>,
    /// What a network of the past was asked anew, whether it could be worked out or not.
    asked_anew: Option<InputChoice>,
    /// Tensors of which the snapshot does not hold every number, as they were seen last.
    beside: Vec<Beside>,
    /// The answer to what is asked now, where the snapshot was made for another question.
    reply: Option<Answered>,
}

/// Parts of a tensor, which are put together when somebody asks for it: all tensors of a large network would take many times
/// what was sent of them.
struct Beside {
    tensor: LayerId,
    parts: Vec<LayerValues>,
    whole: OnceLock<Option<LayerValues>>,
}

impl Beside {
    fn whole(&self) -> Option<&LayerValues> {
        let together = || LayerValues::spread(&self.parts.iter().collect::<Vec<_>>());
        self.whole.get_or_init(together).as_ref()
    }
}

/// The numbers of the input that is looked at, in the order of the graph's input, where its exhibit knows them: so that a
/// network of the past can be shown it too.
#[derive(Resource, Default)]
pub struct AskedPixels(pub Option<(InputChoice, Arc<[f32]>)>);

impl ShownSnapshot {
    /// Shows this snapshot, for tests of views.
    #[cfg(test)]
    pub fn of(snapshot: Snapshot) -> Self {
        Self { snapshot: Some(Arc::new(snapshot)), ..Self::default() }
    }

    /// Shows this snapshot, and what was answered beside it at another step, for tests of views.
    #[cfg(test)]
    pub fn replied(snapshot: Snapshot, said: crate::stream::Payload, step: Step) -> Self {
        let (about, run) = (said.clone(), snapshot.run);
        Self {
            snapshot: Some(Arc::new(snapshot)),
            reply: Some(Answered { about, run, step, said }),
            ..Self::default()
        }
    }

    /// The snapshot, once there is one.
    pub fn get(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// The numbers of one layer; where the snapshot has not all of them, as they were seen last, put together from parts.
    pub fn layer(&self, id: LayerId) -> Option<&LayerValues> {
        let whole = self.snapshot.as_ref()?.layer(id);
        let beside = || self.beside.iter().find(|beside| beside.tensor == id)?.whole();
        whole.or_else(beside)
    }

    /// What the model says to what is asked, if it is of this kind.
    ///
    /// A picture from the past shows what was answered then, unless something else is asked now: that is answered by the
    /// model as it is now ([`answered_at`](Self::answered_at)).
    pub fn answer<C: Content>(&self) -> Option<&Arc<C>> {
        match &self.reply {
            Some(reply) => reply.said.get(),
            None => self.snapshot.as_ref()?.answer(),
        }
    }

    /// What the model said at the shown step, whatever was asked then: for answers that tell of more than was asked, as of
    /// all coefficients, and so need no other of the model as it is now.
    pub fn own_answer<C: Content>(&self) -> Option<&Arc<C>> {
        self.snapshot.as_ref()?.answer().or_else(|| self.answer())
    }

    /// Whether it shows this input, or what the model says to it now.
    pub fn shows(&self, input: &InputChoice) -> bool {
        let answers =
            |reply: &Answered| matches!(input, InputChoice::Other(about) if *about == reply.about);
        self.snapshot.as_ref().is_some_and(|snapshot| snapshot.input == *input)
            || self.reply.as_ref().is_some_and(answers)
    }

    /// The step of the model that answers, where it is not the one of the snapshot.
    pub fn answered_at(&self) -> Option<Step> {
        let shown = self.snapshot.as_ref()?.step;
        self.reply.as_ref().map(|reply| reply.step).filter(|step| *step != shown)
    }
}

/// Live shows the newest snapshot; a scrubbed timeline the one at or before its step.
pub(super) fn choose_shown(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    asked: Res<AskedPixels>,
    mut link: Option<ResMut<Link>>,
    mut shown: ResMut<ShownSnapshot>,
) {
    let wanted = match timeline.scrubbed_to() {
        None => run.0.newest_snapshot(),
        // A run that goes on with another's has nothing before its own first.
        Some(step) => run.0.snapshot_at(step).or_else(|| run.0.snapshots().next()),
    };
    let reply =
        wanted.zip(link.as_deref_mut()).and_then(|(snapshot, link)| link.reply_beside(snapshot));
    let other = asked.0.as_ref().filter(|_| timeline.scrubbed_to().is_some());
    let other = other.filter(|(choice, _)| wanted.is_some_and(|of| of.input != *choice));
    let same = match (&shown.origin, wanted) {
        (Some(origin), Some(wanted)) => {
            let tried = other.map(|(choice, _)| choice);
            Arc::ptr_eq(origin, wanted) && shown.asked_anew.as_ref() == tried
        }
        (None, None) => true,
        _ => false,
    };
    if !same {
        let beside = wanted.map(|snapshot| beside(&run.0, snapshot)).unwrap_or_default();
        let anew = other.zip(wanted).and_then(|((choice, pixels), snapshot)| {
            let graph = run.0.graph()?;
            forward(graph, snapshot, choice.clone(), pixels.clone()).map(Arc::new)
        });
        *shown = ShownSnapshot {
            snapshot: anew.or_else(|| wanted.cloned()),
            origin: wanted.cloned(),
            asked_anew: other.map(|(choice, _)| choice.clone()),
            beside,
            reply,
        };
    } else if shown.reply != reply {
        shown.reply = reply;
    }
}

/// Every tensor of which a snapshot has not all numbers, as it was seen last; nothing is shown as made of this input that was
/// made of another.
fn beside(run: &Run, snapshot: &Snapshot) -> Vec<Beside> {
    let tensors = run.graph().map_or(&[][..], |graph| graph.tensors());
    let missing = tensors.iter().filter(|tensor| snapshot.layer(tensor.name).is_none());
    missing
        .filter_map(|tensor| {
            let (_, parts) = run.last_seen(tensor, snapshot)?;
            let parts = parts.into_iter().cloned().collect();
            Some(Beside { tensor: tensor.name, parts, whole: OnceLock::new() })
        })
        .collect()
}
