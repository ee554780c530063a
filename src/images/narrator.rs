//! What is said of an image classifier: the images it is tested on, and how many it tells rightly in the end.

use erased_serde::Serialize;

use super::{ClassifierVerdict, TestSet};
use crate::{
    inside::{EditLine, EditReport, edit_told},
    narrator::{self, Narrator, TableRow, percent},
    sentence::{counted, grouped, percent_of},
    stream::{Finished, Payload, Report, Started},
};

/// Tells of an image classifier.
#[derive(Default)]
pub struct ImageNarrator(narrator::Plain);

#[derive(serde::Serialize)]
struct Verdict {
    test_accuracy: f32,
    test_loss: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    epsilon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delta: Option<f64>,
}

impl Narrator for ImageNarrator {
    fn hear(&mut self, report: &Report) {
        self.0.hear(report);
    }

    fn started(&self) -> Option<&Started> {
        self.0.started()
    }

    fn material(&self, content: &Payload) -> String {
        content.get::<TestSet>().map_or_else(String::new, |set| {
            say!(
                "images-of-pixels-to-be-tested",
                name = set.name,
                set_count = counted(set.len(), "image"),
                width = set.width,
                height = set.height,
                classes_count = grouped(set.classes.len())
            )
        })
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let edited = found.get::<EditReport>();
        edited.map(|report| TableRow::alone(edit_told(report))).into_iter().collect()
    }

    fn found_as_json<'a>(&'a self, found: &'a Payload) -> Option<Box<dyn Serialize + 'a>> {
        Some(Box::new(EditLine::of(found.get::<EditReport>()?)))
    }

    fn finished(&self, report: &Finished) -> String {
        report.verdict.get::<ClassifierVerdict>().map_or_else(String::new, |verdict| {
            let private = verdict.privacy.map(|spent| say!("images-private", told = spent.told()));
            say!(
                "images-test-accuracy-test-loss-s",
                accuracy = percent(verdict.accuracy),
                loss = format_args!("{:.4}", verdict.loss),
                private = private.unwrap_or_default(),
                speed = self.speed(report)
            )
        })
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        Box::new(verdict.get::<ClassifierVerdict>().map(|verdict| Verdict {
            test_accuracy: verdict.accuracy,
            test_loss: verdict.loss,
            epsilon: verdict.privacy.map(|spent| spent.epsilon),
            delta: verdict.privacy.map(|spent| spent.delta),
        }))
    }
}

/// What the desk says of a finished run.
pub fn headline(verdict: &Payload) -> String {
    verdict.get::<ClassifierVerdict>().map_or_else(String::new, |verdict| {
        say!("images-right", accuracy = percent_of(verdict.accuracy.into()))
    })
}
