//! How a network is trained, as the table `[training]` of a description.

use toml::Table;

use crate::network::{
    Augmentation, ClassWeights, Fault, Rule, Schedule, Training, optimiser::training,
    settings::Settings,
};

impl Training {
    /// The settings of the table `[training]`, one a line, none left out, and behind them the table `[augmentation]`, if it
    /// changes anything.
    pub fn text(&self) -> String {
        let Self { rule, learning_rate, weight_decay, schedule, batch, epochs, .. } = self;
        let (name, settings) = match rule {
            Rule::Sgd { momentum, nesterov } => {
                ("sgd", format!("momentum = {momentum:?}\nnesterov = {nesterov}"))
            }
            Rule::Adam { betas: [beta1, beta2], epsilon } => {
                ("adam", format!("beta1 = {beta1:?}\nbeta2 = {beta2:?}\neps = {epsilon:?}"))
            }
            Rule::AdamW { betas: [beta1, beta2], epsilon } => {
                ("adamw", format!("beta1 = {beta1:?}\nbeta2 = {beta2:?}\neps = {epsilon:?}"))
            }
            Rule::RmsProp { alpha, epsilon, momentum } => (
                "rmsprop",
                format!("alpha = {alpha:?}\neps = {epsilon:?}\nmomentum = {momentum:?}"),
            ),
        };
        let schedule = match schedule {
            Schedule::Constant => "\"constant\"".to_owned(),
            Schedule::Cosine => "\"cosine\"".to_owned(),
            Schedule::Step { epochs, gamma } => {
                format!("\"step\"\nstep_size = {epochs}\ngamma = {gamma:?}")
            }
        };
        let classes = match &self.class_weights {
            ClassWeights::Equal => String::new(),
            ClassWeights::Balanced => "class_weights = \"balanced\"\n".to_owned(),
            ClassWeights::Given(weights) => format!("class_weights = {weights:?}\n"),
        };
        let frozen = if self.frozen { "frozen = true\n" } else { "" };
        let augmentation = if self.augmentation.is_nothing() {
            String::new()
        } else {
            format!("\n[augmentation]\n{}", self.augmentation.text())
        };
        format!(
            "optimiser = \"{name}\"\n{settings}\nlearning_rate = {learning_rate:?}\nweight_decay = {weight_decay:?}\n\
             schedule = {schedule}\nbatch_size = {batch}\nepochs = {epochs}\n{classes}{frozen}{augmentation}"
        )
    }

    /// Reads such settings.
    ///
    /// # Errors
    /// One sentence with the setting.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let table: Table = text
            .parse()
            .map_err(|_| Fault::new(phrase!("network-files-its-training-is-no-toml")))?;
        let mut settings = Settings::new(table);
        let augmentation = Augmentation::read(settings.table("augmentation")?)?;
        Ok(Self { augmentation, ..training(settings)? })
    }
}
