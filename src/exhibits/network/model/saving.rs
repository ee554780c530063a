//! Writes the network as ONNX, with what it learned, so that others open it.

use std::{fs, io::Write as _, path::Path};

use crate::{exhibits::network::model::NetworkTrainable, learning::TrainError};

impl NetworkTrainable {
    /// Writes it where the visitor wants it, if anywhere.
    pub(super) fn saved(&self) -> Result<(), TrainError> {
        self.save.as_deref().map_or(Ok(()), |path| self.written(path))
    }

    /// Whole or not at all: beside its place first, then moved there.
    fn written(&self, path: &Path) -> Result<(), TrainError> {
        let unusable = |fact: String| {
            TrainError::unusable(path, fact, "the network is not saved: make room and train again")
        };
        let weights = self.model.weights();
        let mut plan = self.plan().clone();
        let names = self.lessons.classes();
        let facts = match self.lessons.text() {
            // Signs would stand for themselves.
            Some(text) => vec![("alphabet", text.alphabet.all())],
            None => vec![("classes", names.join(", ")), ("brightness", "0 to 1".to_owned())],
        };
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value));
        plan.model.facts.extend(facts);
        let bytes = plan.file(&weights.parameters, &weights.memories);
        let bytes = bytes.map_err(|fault| unusable(fault.to_string()))?;
        // A link keeps leading where it led.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let beside = path.with_extension("onnx.part");
        let write = || -> std::io::Result<()> {
            let mut file = fs::File::create(&beside)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        };
        write().map_err(|error| {
            fs::remove_file(&beside).ok();
            unusable(error.to_string())
        })
    }
}
