//! The stages before the first step: preprocessing, building and initialising, with the facts of each.

use crate::{
    exhibits::network::{SAVED_AS, model::NetworkTrainable},
    learning::{
        TrainError,
        inside::{Books, Course, Past},
    },
    network::Schedule,
    sentence::grouped,
    stream::{Fact, Stage},
    words::Phrase,
};

/// So many weights of classes are told.
const MOST_WEIGHTS: usize = 10;

impl NetworkTrainable {
    /// Draws the first weights and a new order of the examples by the seed.
    pub(super) fn prepare_run(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        let kept = self.keep_the_run_before()?;
        self.way.end(|| self.model.learned_and_remembered());
        (self.seed, self.course) = (seed, Course::default());
        (self.past, self.books) = (Past::default(), Books::default());
        self.lessons.begin(seed);
        if let Some(writer) = &mut self.writer {
            writer.begin(seed);
        }
        let plan = self.model.plan().clone();
        let counted_here = |count: usize| grouped(count);
        let (train, test) = (self.lessons.train_len(), self.lessons.test_len());
        let mut prepared = match self.lessons.text() {
            None => vec![
                Fact::new(key!("network-model-training-images"), counted_here(train)),
                Fact::new(key!("network-model-test-images"), counted_here(test)),
                Fact::new(key!("network-model-image-size"), Phrase::plain(&plan.input)),
                Fact::new(key!("network-model-brightness"), key!("network-model-0-to-1")),
            ],
            Some(text) => vec![
                Fact::new(key!("network-model-passages"), counted_here(train)),
                Fact::new(key!("network-model-test-passages"), counted_here(test)),
                Fact::new(key!("network-model-context"), Phrase::plain(&plan.input)),
                Fact::new(
                    key!("network-model-alphabet"),
                    Phrase::counted(text.alphabet.len(), "character"),
                ),
            ],
        };
        if let Some(words) = self.lessons.augmented(&self.training) {
            prepared.push(Fact::new(key!("network-model-augmentation"), words));
        }
        if let Some(weights) = self.model.class_weights() {
            let rounded: Vec<String> =
                weights.iter().map(|weight| format!("{weight:.3}")).take(MOST_WEIGHTS).collect();
            let more = if weights.len() > MOST_WEIGHTS { " …" } else { "" };
            prepared.push(Fact::new(key!("network-model-class-weights"), rounded.join(" ") + more));
        }
        prepared.extend(
            self.remarks().iter().map(|remark| Fact::new(key!("network-model-remark"), remark)),
        );
        tell(Stage::Preprocess, prepared);
        tell(
            Stage::Build,
            vec![
                Fact::new(
                    key!("network-model-network"),
                    Phrase::listed([
                        plan.name.as_str().into(),
                        Phrase::counted(plan.layers, "layer"),
                    ]),
                ),
                Fact::new(key!("network-model-parameters"), grouped(plan.learned())),
                Fact::new(key!("network-model-units"), grouped(plan.units())),
                Fact::new(
                    key!("network-model-multiply-adds"),
                    grouped(plan.multiply_adds as usize),
                ),
            ],
        );
        self.model.begin(seed);
        self.before = None;
        let back = self.edits.begin();
        let saved = self.keeping.resumed.take().filter(|_| back.is_none());
        let weights = match (&back, &saved) {
            (Some(back), _) => {
                phrase!("network-model-after-step-without-the-edit", step = back.progress.step)
            }
            (None, Some(saved)) => {
                phrase!("network-model-after-step", step = saved.words.progress.step)
            }
            _ if plan.begins_with_its_own() => phrase!("network-model-of-the-file"),
            _ => phrase!("network-model-as-pytorch-begins"),
        };
        self.resumed = saved.as_ref().map(|saved| saved.words.progress);
        if let Some(back) = back {
            self.resumed = Some(back.progress);
            (self.model, self.past) = (back.state.model, back.state.past);
        }
        if let Some(saved) = saved {
            self.keeping.holds_a_run = true;
            self.past = Past::resumed(saved.words.progress.step);
            self.model.go_on_with(saved);
        }
        let first = self.resumed.map_or(0, |progress| progress.step);
        if self.lessons.images().is_some() {
            self.way.begin(seed, first, self.model.learned_and_remembered());
        }
        let optimiser = self.training.rule.name();
        let optimiser = match self.training.schedule {
            Schedule::Constant => optimiser.into(),
            Schedule::Cosine => phrase!("network-model-rate-falls-by-a-cosine", optimiser),
            Schedule::Step { epochs, gamma } => {
                phrase!(
                    "network-model-rate-every",
                    optimiser,
                    gamma,
                    epochs = Phrase::counted(epochs as usize, "epoch")
                )
            }
        };
        let learns = self.model.learned_by_head().map(|count| {
            Fact::new(
                key!("network-model-learns"),
                phrase!(
                    "network-model-the-last-layer-alone",
                    count = Phrase::counted(count, "number")
                ),
            )
        });
        let mut initialised = vec![Fact::new(key!("network-model-weights"), weights)];
        initialised.extend(learns);
        initialised.extend([
            Fact::new(key!("network-model-optimiser"), optimiser),
            Fact::new(key!("network-model-seed"), seed),
        ]);
        initialised.extend(self.keeping.names().map(|names| Fact::new(SAVED_AS, names)));
        initialised
            .extend(kept.map(|names| Fact::new(key!("network-model-the-run-before"), names)));
        tell(Stage::Initialise, initialised);
        Ok(())
    }
}
