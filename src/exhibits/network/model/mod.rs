//! A network of the visitor's and how it learns images or a text.

mod bench;
mod edit;
mod explanation;
mod health;
mod lessons;
mod names;
mod own_picture;
mod past;
mod readout;
mod saving;
mod stages;
mod step;
#[cfg(test)]
mod tests;
mod trial;
mod trouble;
mod writing;

use std::{ops::ControlFlow, sync::Arc};

use crate::{
    exhibits::network::EXHIBIT_ID,
    learning::{
        AfterEdit, Evaluation, Judgement, Outline, Progress, Reader, Readout, StepOrder, Stepped,
        Study, Taps, TrainError, Trainable, TrainableMaker, TrainingConfig,
        classifier::judgement,
        inside::{self, Books, Course, Edits, Past, Way},
        network::{NetworkModel, Weights},
    },
    network::{Plan, Training},
    stream::{
        Fact, InputChoice, Material, MetricSpec, Mistake, ModelGraph, Payload, Stage, Step,
        TestReport,
    },
    words::Phrase,
};

use lessons::Lessons;
use names::Names;
use writing::Writer;

pub use saving::Keeping;
#[cfg(test)]
pub(super) use saving::weights_file;
pub(super) use saving::{Place, file, training_in_force};

pub use lessons::Data;

/// The trainable of this network on these data, to be handed to a session, and where it is kept.
pub fn trainable(
    data: Data,
    plan: Arc<Plan>,
    training: Training,
    keeping: Keeping,
) -> TrainableMaker {
    Box::new(move |config| {
        let mut trainable = NetworkTrainable::new(data, plan, training, config)?;
        trainable.keep(keeping);
        Ok(Box::new(trainable))
    })
}

/// A network, being taught.
struct NetworkTrainable {
    lessons: Lessons,
    training: Training,
    model: NetworkModel,
    names: Names,
    graph: Arc<ModelGraph>,
    batch: usize,
    epochs: u32,
    seed: u64,
    device: &'static str,
    /// Goes on from what is looked at, where it learns a text.
    writer: Option<Writer>,
    /// What the last test brought beyond its report.
    found: Vec<Payload>,
    /// Where it is written, and where it goes on.
    keeping: Keeping,
    /// Where the run that has begun goes on.
    resumed: Option<Progress>,
    /// The weights before the last step, if a snapshot is to be made of it.
    before: Option<Arc<Weights>>,
    /// What was changed by hand, and what was before.
    edits: Edits<edit::BeforeEdit>,
    /// The way of the run through its weights.
    way: Way,
    /// How the run came to where it is.
    past: Past,
    /// What was made of the run last.
    books: Books,
    /// The losses of the run so far.
    course: Course,
    /// The learning rate before the first step.
    first_rate: f64,
}

impl NetworkTrainable {
    fn new(
        data: Data,
        plan: Arc<Plan>,
        training: Training,
        config: &TrainingConfig,
    ) -> Result<Self, TrainError> {
        let mut model = NetworkModel::new(
            plan.clone(),
            config.device.device(),
            training.rule,
            training.weight_decay,
        )?;
        let mut lessons = Lessons::of(data, training.augmentation);
        model.weigh(training.class_weights.of(&lessons.counts())?);
        if training.frozen {
            model.freeze()?;
            lessons.freeze();
        }
        Ok(Self {
            writer: lessons.text().cloned().map(Writer::of),
            found: Vec::new(),
            lessons,
            training,
            model,
            names: Names::of(&plan)?,
            graph: Arc::new(plan.graph.clone()),
            batch: config.batch,
            epochs: config.epochs,
            seed: config.seed,
            device: config.device.name(),
            keeping: Keeping::default(),
            resumed: None,
            before: None,
            edits: Edits::default(),
            way: Way::default(),
            past: Past::default(),
            books: Books::default(),
            course: Course::default(),
            first_rate: config.learning_rate,
        })
    }

    fn plan(&self) -> &Plan {
        self.model.plan()
    }

    /// What is to be known of the data and of the network.
    fn remarks(&self) -> Vec<Phrase> {
        let resumed = self.keeping.remark();
        self.lessons.remarks().iter().chain(&self.plan().remarks).cloned().chain(resumed).collect()
    }

    fn steps_per_epoch(&self) -> u64 {
        self.lessons.train_len().div_ceil(self.batch) as u64
    }
}

impl Trainable for NetworkTrainable {
    fn outline(&self) -> Outline {
        Outline {
            exhibit: EXHIBIT_ID,
            example: self.lessons.example(),
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            parameters: self.plan().learned(),
            train_examples: self.lessons.train_len(),
            test_examples: self.lessons.test_len(),
            batch: self.batch,
            device: self.device,
            steps_per_epoch: self.steps_per_epoch(),
            // A batch is work enough between two looks at requests.
            steps_at_once: 1,
            first_input: InputChoice::default(),
            pictures_gradients: true,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        Material { remarks: self.remarks(), ..Material::plain(self.lessons.test_set()) }
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        Ok((*self.graph).clone())
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.prepare_run(seed, tell)
    }

    fn resumed(&mut self) -> Option<Progress> {
        self.resumed.take()
    }

    fn save(&mut self, progress: &Progress) -> Result<Option<Phrase>, TrainError> {
        self.write(progress)
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        self.train_on_batch(order)
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        self.read_out(input, taps)
    }

    fn answer(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        self.answer_of_picture(about)
    }

    fn reader(&self) -> Result<Option<Reader>, TrainError> {
        Ok(self.model.reader())
    }

    fn study(&mut self, about: &Payload) -> Result<Option<Study>, TrainError> {
        self.study_of(about)
    }

    fn recall(&mut self, about: &Payload, step: Step) -> Result<(Step, Study), TrainError> {
        self.recall_of(about, step)
    }

    fn edit(&mut self, asked: &Payload, progress: &Progress) -> Result<AfterEdit, TrainError> {
        inside::edit(self, asked, progress)
    }

    fn can_edit(&self, asked: &Payload) -> Result<(), TrainError> {
        inside::can_edit(self, asked)
    }

    fn without_number(&mut self) -> Result<Option<Phrase>, TrainError> {
        self.first_that_is_none()
    }

    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        let (answers, lessons) = (self.plan().answers(), &self.lessons);
        let given = &mut |rows| lessons.tested(&self.model, rows);
        let tally = self.model.tried(lessons.test_len(), lessons.is_frozen(), given, go_on)?;
        let Some(tally) = tally else { return Ok(None) };
        if let Some(writer) = &mut self.writer {
            match writer.sample(&self.model, go_on)? {
                Some(sample) => self.found.push(sample),
                None => return Ok(None),
            }
        }
        let mut report = tally.report();
        if answers > 1 {
            // One can look at an example, and read there what its last token was taken for.
            let last = report.mistakes.iter().filter(|one| one.index % answers == answers - 1);
            report.mistakes =
                last.map(|one| Mistake { index: one.index / answers, ..*one }).collect();
            report.said = report.said.iter().skip(answers - 1).step_by(answers).copied().collect();
            report.losses =
                report.losses.iter().skip(answers - 1).step_by(answers).copied().collect();
        }
        Ok(Some(report))
    }

    fn findings(&mut self) -> Vec<Payload> {
        std::mem::take(&mut self.found)
    }

    fn evaluate(
        &mut self,
        _: f64,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let Some(test) = self.test(go_on)? else {
            return Ok(Evaluation::BrokenOff);
        };
        let findings = self.findings();
        Ok(Evaluation::Done(Judgement { findings, ..judgement(test) }))
    }
}
