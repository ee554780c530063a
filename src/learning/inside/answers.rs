//! What a model said to many images, beside what they are.

/// What a model said to images, and what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    pub(super) classes: usize,
    /// Images × classes.
    pub(super) logits: Vec<f32>,
    pub(super) labels: Vec<usize>,
}

impl Answers {
    /// The logits of each image, and its class.
    pub(super) fn each(&self) -> impl Iterator<Item = (&[f32], usize)> {
        self.logits.chunks(self.classes.max(1)).zip(self.labels.iter().copied())
    }

    /// The first half of the images and the second.
    pub(super) fn halves(&self) -> [Self; 2] {
        let middle = self.labels.len() / 2;
        let (labels, other_labels) = self.labels.split_at(middle);
        let (logits, other_logits) =
            self.logits.split_at((middle * self.classes).min(self.logits.len()));
        [(labels, logits), (other_labels, other_logits)].map(|(labels, logits)| Self {
            classes: self.classes,
            logits: logits.to_vec(),
            labels: labels.to_vec(),
        })
    }
}
