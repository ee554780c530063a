//! The gate: what a training of another program says becomes what one of the hall's own would say, or is refused in one
//! sentence before anything of it is shown.
//!
//! A training that this same program serves elsewhere says more: what only its exhibit knows comes through as it was read, by
//! its type; graph, snapshots, tests and numbers that are divided by are looked at all the same.
//!
//! Views trust what is told to them: a tensor of a snapshot is in the graph and of its shape, an operator's numbers fit its
//! tensors, a class is one of the classes, a number that is divided by is none of nought. A model in this program keeps that
//! by how it is made; of another program it is looked at here. Nothing that a run says can take memory without bound: small
//! reports are short, and of large ones a run has only so many bytes.

mod bounds;
mod examples;
mod pieces;
mod shown;
mod sound;
mod started;

use std::sync::Arc;

use crate::{
    images::{self, ClassifierVerdict, TestSet},
    stream::{
        Admission, EpochReport, ExhibitId, Finished, Material, MetricSpec, ModelGraph, Payload,
        PayloadKind, PayloadKinds, Reply, Report, RunId, RunState, Snapshot, Started, Step,
        wire::Message,
    },
    words::Phrase,
};

use super::payload::{Learned, NoExamples, PAYLOADS};
use bounds::{MOST_BYTES, MOST_FACTS, MOST_LETTERS, MOST_OWN_BYTES, MOST_REPORTS};

/// What can be read of an attached training that is shown in an exhibit with these payloads of its own.
pub(super) fn kinds(own: &[PayloadKind]) -> PayloadKinds {
    PayloadKinds::of(own.iter().chain(images::PAYLOADS).chain(PAYLOADS).copied())
}

/// What becomes of a message.
#[derive(Debug)]
pub(super) enum Passed {
    /// Nothing: it says nothing new, or nobody wants it.
    Nothing,
    /// These are told, in this order.
    Reports {
        reports: Vec<Report>,
        /// About how much memory they take.
        bytes: usize,
    },
    /// This is shown.
    Snapshot(Arc<Snapshot>),
    /// A snapshot of an earlier run, of this step: it is taken and not shown.
    Overtaken(Step),
    /// This answers a question.
    Reply(Reply),
    /// Nothing of it can be shown, and why, in words that end a sentence.
    NotShown(Phrase),
    /// It ends the line, and why, in one sentence.
    Farewell(String),
}

/// What is known of the training that is attached, so far.
pub(super) struct Gate {
    exhibit: ExhibitId,
    /// Whether this program trains it elsewhere.
    own: bool,
    /// Our name of its run, and its own.
    run: RunId,
    theirs: Option<RunId>,
    started: Option<Started>,
    graph: Option<Arc<ModelGraph>>,
    examples: Option<Arc<TestSet>>,
    /// Whether the viewer sees examples of a run before it.
    examples_are_shown: bool,
    step: Step,
    state: Option<RunState>,
    /// What its run has said beside steps: how many reports, and how many bytes.
    reports: usize,
    bytes: usize,
}

impl Gate {
    /// Of a training that has said nothing yet, whose runs are of this exhibit, the first called `run` here; `own` says that
    /// this same program serves it, `examples_are_shown` that those of another are.
    pub(super) fn new(exhibit: ExhibitId, own: bool, run: RunId, examples_are_shown: bool) -> Self {
        Self {
            exhibit,
            own,
            run,
            theirs: None,
            started: None,
            graph: None,
            examples: None,
            examples_are_shown,
            step: Step(0),
            state: None,
            reports: 0,
            bytes: 0,
        }
    }

    /// Our name of its run.
    pub(super) const fn run(&self) -> RunId {
        self.run
    }

    /// What the next training's run is called.
    pub(super) fn next_run(&self) -> RunId {
        if self.started.is_some() { self.run.next() } else { self.run }
    }

    /// Whether the viewer sees examples of what is learned.
    pub(super) const fn examples_are_shown(&self) -> bool {
        self.examples_are_shown || self.examples.is_some()
    }

    /// Steps that it has taken.
    pub(super) const fn step(&self) -> Step {
        self.step
    }

    /// Whether a run has begun and is not over.
    pub(super) fn is_amid_a_run(&self) -> bool {
        self.started.is_some() && self.state.as_ref().is_none_or(|state| !state.is_over())
    }

    /// Looks at a message.
    ///
    /// # Errors
    /// What is wrong with it, in words that end a sentence; the training is sent away.
    pub(super) fn pass(&mut self, message: Message) -> Result<Passed, Phrase> {
        match message {
            Message::Report(report) => self.report(report),
            Message::Snapshot(snapshot) => self.snapshot(&snapshot),
            Message::Reply(reply) => Ok(Passed::Reply(self.reply(reply))),
            Message::Admission(Admission { said: Err(why), .. }) if self.own => {
                Ok(Passed::Farewell(pieces::short(&why)))
            }
            // Who it is was said at the door; the others no reader of a viewer lets through.
            Message::Hello(_)
            | Message::Command(_)
            | Message::Query(_)
            | Message::Admission(_)
            | Message::Taken(_)
            | Message::Steps(_) => Err(phrase!("attach-a-hello-comes-once")),
        }
    }

    fn report(&mut self, report: Report) -> Result<Passed, Phrase> {
        let told = |report, bytes| Ok(Passed::Reports { reports: vec![report], bytes });
        let is_bounded = self.own && matches!(report, Report::Found(_));
        if !matches!(report, Report::Stepped(_) | Report::Started(_)) && !is_bounded {
            self.reports += 1;
            if self.reports > MOST_REPORTS {
                return Err(phrase!("attach-a-run-says-too-much"));
            }
        }
        match report {
            Report::Started(started) => self.begin(started),
            Report::Graph(graph) => self.declare(graph),
            Report::Material(material) => {
                let material = self.material(material)?;
                let bytes = material.content.bytes() + MOST_FACTS * MOST_LETTERS;
                told(Report::Material(material), bytes)
            }
            Report::Stage(stage) => {
                let stage = pieces::stage(stage);
                let bytes = stage.facts.len() * 8 * MOST_LETTERS;
                told(Report::Stage(stage), bytes)
            }
            Report::State { state: RunState::Failed { reason }, .. }
                if !self.own && self.started.is_none() =>
            {
                Ok(Passed::NotShown(pieces::phrase(reason)))
            }
            Report::State { state, step } => {
                let state = pieces::state(state);
                self.state = Some(state.clone());
                self.step = self.step.max(step);
                told(Report::State { state, step }, 0)
            }
            Report::Stepped(report) => {
                self.has_begun()?;
                self.step = self.step.max(report.step);
                told(Report::Stepped(pieces::stepped(report)), 0)
            }
            Report::EpochEnded(epoch) => {
                self.has_begun()?;
                let epoch = self.epoch(epoch)?;
                let bytes = epoch.test.as_ref().map_or(0, examples::bytes);
                told(Report::EpochEnded(epoch), bytes)
            }
            // What only an exhibit's own model finds out.
            Report::Found(found) if self.own => {
                let bytes = found.bytes();
                self.count(bytes)?;
                told(Report::Found(found), bytes)
            }
            Report::Found(_) => Ok(Passed::Nothing),
            Report::Saved(mut saved) => {
                saved.said = saved.said.map(pieces::phrase).map_err(pieces::phrase);
                told(Report::Saved(saved), 0)
            }
            Report::Finished(finished) => {
                self.has_begun()?;
                self.state = Some(RunState::Finished);
                let finished = if self.own { finished } else { verdict(finished) };
                told(Report::Finished(finished), 0)
            }
        }
    }

    fn has_begun(&self) -> Result<(), Phrase> {
        let begun = self.started.is_some();
        if begun { Ok(()) } else { Err(phrase!("attach-a-run-begins-first")) }
    }

    /// A run begins; one that another graph begins has no name of its own at the training.
    fn begin(&mut self, mut started: Started) -> Result<Passed, Phrase> {
        started::check(&started)?;
        if self.own && started.exhibit != self.exhibit {
            return Err(phrase!("attach-another-exhibit", name = started.exhibit.name()));
        }
        if self.started.is_some() {
            self.run = self.run.next();
        }
        self.theirs = Some(started.run);
        (started.run, started.exhibit) = (self.run, self.exhibit);
        self.started = Some(started.clone());
        (self.state, self.step) = (None, Step(0));
        if !self.own {
            // This program tells a graph again only where it is another one.
            self.graph = None;
        }
        (self.reports, self.bytes) = (0, 0);
        let bytes = size_of::<Started>() + started.metrics.len() * size_of::<MetricSpec>();
        let mut reports = vec![Report::Started(started)];
        if !self.own && self.examples_are_shown && self.examples.is_none() {
            reports.insert(0, Report::Material(Material::plain(NoExamples {})));
        }
        self.examples_are_shown = false;
        Ok(Passed::Reports { reports, bytes })
    }

    fn declare(&mut self, graph: Arc<ModelGraph>) -> Result<Passed, Phrase> {
        self.has_begun()?;
        if self.graph.as_ref().is_some_and(|known| *known == graph) {
            return Ok(Passed::Nothing);
        }
        sound::check(&graph)?;
        let mut reports = Vec::new();
        // What was seen of the graph before does not fit this one, so that a run begins with it.
        if !self.own
            && self.graph.is_some()
            && let Some(started) = &mut self.started
        {
            self.run = self.run.next();
            started.run = self.run;
            reports.push(Report::Started(started.clone()));
            reports
                .extend(self.state.clone().map(|state| Report::State { state, step: self.step }));
        }
        self.graph = Some(graph.clone());
        let bytes = sound::bytes(&graph);
        reports.push(Report::Graph(graph));
        Ok(Passed::Reports { reports, bytes })
    }

    fn material(&mut self, material: Material) -> Result<Material, Phrase> {
        let Material { content, remarks } = material;
        let set = content.get::<TestSet>();
        match set {
            Some(set) => examples::check(set)?,
            None if self.own => {}
            None => return Err(phrase!("attach-no-such-material")),
        }
        self.count(content.bytes())?;
        self.examples = set.cloned();
        Ok(Material { content, remarks: pieces::remarks(remarks) })
    }

    fn epoch(&mut self, mut epoch: EpochReport) -> Result<EpochReport, Phrase> {
        if let Some(test) = &mut epoch.test {
            // What is no image is counted, too, where this program knows how.
            if self.examples.is_some() || !self.own {
                examples::check_test(test, self.examples.as_deref())?;
            }
            self.count(examples::bytes(test))?;
        }
        Ok(epoch)
    }

    /// Counts what a run has said in large reports.
    fn count(&mut self, bytes: usize) -> Result<(), Phrase> {
        self.bytes = self.bytes.saturating_add(bytes);
        let much = self.bytes > if self.own { MOST_OWN_BYTES } else { MOST_BYTES };
        if much { Err(phrase!("attach-a-run-says-too-much")) } else { Ok(()) }
    }

    fn snapshot(&mut self, snapshot: &Snapshot) -> Result<Passed, Phrase> {
        // One of the run before may be under way when the next begins.
        if self.theirs != Some(snapshot.run) {
            return Ok(Passed::Overtaken(snapshot.step));
        }
        let Some(graph) = &self.graph else {
            return Err(phrase!("attach-a-graph-comes-first"));
        };
        shown::check(snapshot, graph)?;
        let mut ours = snapshot.clone();
        ours.run = self.run;
        if !self.own {
            // What only a model of an exhibit says beside its tensors.
            ours.answer = None;
        }
        Ok(Passed::Snapshot(Arc::new(ours)))
    }

    fn reply(&self, reply: Reply) -> Reply {
        let said = reply.said.map_err(pieces::phrase);
        Reply { run: self.run, said, ..reply }
    }
}

/// The verdict of a run, of a kind that can be told.
fn verdict(finished: Finished) -> Finished {
    let known = finished.verdict.get::<ClassifierVerdict>().is_some();
    let verdict = if known { finished.verdict } else { Payload::new(Learned {}) };
    Finished { verdict, ..finished }
}
