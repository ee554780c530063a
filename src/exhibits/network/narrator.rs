//! What is said of a network: of images as of every classifier; of a text also what the network writes after each epoch.

use erased_serde::Serialize;

use super::payload::Written;
use crate::{
    images::{ImageNarrator, TestSet},
    narrator::{Narrator, TableRow},
    sentence::counted,
    stream::{Finished, Payload, Report, Started},
};

/// Tells of a network.
#[derive(Default)]
pub(super) struct NetworkNarrator(ImageNarrator);

#[derive(serde::Serialize)]
struct Wrote<'a> {
    event: &'static str,
    text: &'a str,
}

impl Narrator for NetworkNarrator {
    fn hear(&mut self, report: &Report) {
        self.0.hear(report);
    }

    fn started(&self) -> Option<&Started> {
        self.0.started()
    }

    fn material(&self, content: &Payload) -> String {
        match content.get::<TestSet>() {
            Some(set) if set.of_text => say!(
                "network-model-of-to-be-tested-on",
                name = set.name,
                set_count = counted(set.len(), "passage"),
                width = counted(set.width, "character"),
                classes_count = counted(set.classes.len(), "character")
            ),
            _ => self.0.material(content),
        }
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let Some(written) = found.get::<Written>() else { return self.0.found(found) };
        let lines = written.text.lines().map(|line| TableRow::alone(format!("         │ {line}")));
        lines.collect()
    }

    fn found_as_json<'a>(&'a self, found: &'a Payload) -> Option<Box<dyn Serialize + 'a>> {
        let Some(written) = found.get::<Written>() else { return self.0.found_as_json(found) };
        Some(Box::new(Wrote { event: "wrote", text: &written.text }))
    }

    fn finished(&self, report: &Finished) -> String {
        self.0.finished(report)
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        self.0.verdict_as_json(verdict)
    }
}
