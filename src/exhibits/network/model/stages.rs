//! The stages before the first step: preprocessing, building and initialising, with the facts of each.

use indicatif::HumanCount;

use crate::{
    exhibits::network::{SAVED_AS, model::NetworkTrainable},
    learning::{
        TrainError,
        inside::{Books, Course, Past},
    },
    network::Schedule,
    sentence::counted,
    stream::{Fact, Stage},
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
        let counted_here = |count: usize| HumanCount(count as u64);
        let (train, test) = (self.lessons.train_len(), self.lessons.test_len());
        let mut prepared = match self.lessons.text() {
            None => vec![
                fact("Training images", counted_here(train)),
                fact("Test images", counted_here(test)),
                fact("Image size", plan.input),
                fact("Brightness", "0 to 1"),
            ],
            Some(text) => vec![
                fact("Passages", counted_here(train)),
                fact("Test passages", counted_here(test)),
                fact("Context", plan.input),
                fact("Alphabet", counted(text.alphabet.len(), "character")),
            ],
        };
        if let Some(words) = self.lessons.augmented(&self.training) {
            prepared.push(fact("Augmentation", words));
        }
        if let Some(weights) = self.model.class_weights() {
            let rounded: Vec<String> =
                weights.iter().map(|weight| format!("{weight:.3}")).take(MOST_WEIGHTS).collect();
            let more = if weights.len() > MOST_WEIGHTS { " …" } else { "" };
            prepared.push(fact("Class weights", rounded.join(" ") + more));
        }
        prepared.extend(self.remarks().iter().map(|remark| remarked(remark)));
        tell(Stage::Preprocess, prepared);
        tell(
            Stage::Build,
            vec![
                fact("Network", format!("{}, {}", plan.name, counted(plan.layers, "layer"))),
                fact("Parameters", HumanCount(plan.learned() as u64)),
                fact("Units", HumanCount(plan.units() as u64)),
                fact("Multiply-adds", HumanCount(plan.multiply_adds)),
            ],
        );
        self.model.begin(seed);
        self.before = None;
        let back = self.edits.begin();
        let saved = self.keeping.resumed.take().filter(|_| back.is_none());
        let weights = match (&back, &saved) {
            (Some(back), _) => format!("after step {}, without the edit", back.progress.step),
            (None, Some(saved)) => format!("after step {}", saved.words.progress.step),
            _ if plan.begins_with_its_own() => "of the file".to_owned(),
            _ => "as PyTorch begins".to_owned(),
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
        let schedule = match self.training.schedule {
            Schedule::Constant => String::new(),
            Schedule::Cosine => ", rate falls by a cosine".to_owned(),
            Schedule::Step { epochs, gamma } => {
                format!(", rate × {gamma} every {}", counted(epochs as usize, "epoch"))
            }
        };
        let learns = self.model.learned_by_head().map(|count| {
            fact("Learns", format!("the last layer alone, {}", counted(count, "number")))
        });
        let mut initialised = vec![fact("Weights", weights)];
        initialised.extend(learns);
        initialised.extend([
            fact("Optimiser", format!("{}{schedule}", self.training.rule.name())),
            fact("Seed", seed),
        ]);
        initialised.extend(self.keeping.names().map(|names| fact(SAVED_AS, names)));
        initialised.extend(kept.map(|names| fact("The run before", names)));
        tell(Stage::Initialise, initialised);
        Ok(())
    }
}

/// A remark on the data as a fact; what it says is told after a colon.
fn remarked(remark: &str) -> Fact {
    let mut known = [
        "Left out",
        "Tested on",
        "Last layer",
        "Folded",
        "Batch",
        "Colours",
        "Pixels",
        "Outputs",
        "Classes",
        "Few images",
        "Resumed",
    ]
    .into_iter();
    let said = known.find_map(|name| Some((name, remark.strip_prefix(name)?.strip_prefix(": ")?)));
    let (name, value) = said.unwrap_or(("Remark", remark));
    fact(name, value)
}

pub(super) fn fact(name: &'static str, value: impl ToString) -> Fact {
    Fact { name, value: value.to_string() }
}
