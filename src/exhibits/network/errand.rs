//! What is told in the terminal of a visitor's own picture once the network has learned: what it is read as.

use std::{
    fmt::Write as _,
    io::{Write as _, stdout},
    sync::Arc,
};

use crate::{
    events::EventWriter,
    exhibits::{self, Afterwards},
    images::{Picture, PictureRead},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// So many classes are told in words.
const MOST_TOLD: usize = 5;

/// What is asked of a network when it has learned.
pub(super) struct Errand {
    pub(super) picture: Picture,
    pub(super) classes: Arc<[String]>,
}

/// A class and how probable it is.
#[derive(serde::Serialize)]
struct Share<'a> {
    class: &'a str,
    probability: f32,
}

/// What a picture is read as.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "picture_read")]
struct Told<'a> {
    picture: &'a str,
    read_as: &'a str,
    /// The most probable first.
    probabilities: &'a [Share<'a>],
}

impl Errand {
    /// To be run when the training is over.
    pub(super) fn afterwards(self) -> Afterwards {
        Box::new(move |room, events, as_json| self.run(room, events, as_json))
    }

    fn run(
        &self,
        room: &ViewerEnd,
        events: &EventWriter,
        as_json: bool,
    ) -> Result<(), ProgramError> {
        let about = Payload::new(self.picture.clone());
        let read: Arc<PictureRead> = exhibits::answer(room, about)?;
        let classes = self.classes.iter().map(String::as_str);
        let mut shares: Vec<Share<'_>> = classes
            .zip(read.probabilities.iter())
            .map(|(class, &probability)| Share { class, probability })
            .collect();
        shares.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let read_as = shares.first().map_or("", |first| first.class);
        if as_json {
            events.tell(&Told { picture: &self.picture.name, read_as, probabilities: &shares });
        } else {
            // Whoever asked may have left already, as after `| head -1`.
            stdout().write_all(lines(&self.picture.name, &shares).as_bytes()).ok();
        }
        Ok(())
    }
}

fn lines(picture: &str, shares: &[Share<'_>]) -> String {
    let read_as = shares.first().map_or("", |first| first.class);
    // A `String` takes everything that is written to it.
    let mut lines = say!("network-model-is-read-as", picture, read_as);
    for Share { class, probability } in shares.iter().take(MOST_TOLD) {
        writeln!(lines, "{:>6.2} %  {class}", 100.0 * probability).ok();
    }
    let others = shares.get(MOST_TOLD..).unwrap_or_default();
    if !others.is_empty() {
        let rest: f32 = others.iter().map(|share| share.probability).sum();
        writeln!(
            lines,
            "{}",
            say!(
                "network-model-the-other-together",
                value = format_args!("{:>6.2}", 100.0 * rest),
                others_count = others.len()
            )
        )
        .ok();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_classes_are_told_and_the_others_together() {
        let share = |class, probability| Share { class, probability };
        let mut shares = vec![share("cat", 0.75), share("dog", 0.25)];
        assert_eq!(lines("a.png", &shares), "a.png is read as cat\n 75.00 %  cat\n 25.00 %  dog\n");
        shares.extend(["e", "f", "g", "h", "i"].map(|class| share(class, 0.01)));
        let told = lines("a.png", &shares);
        assert_eq!(
            (told.lines().count(), told.ends_with("  2.00 %  the other 2 together\n")),
            (7, true)
        );
    }
}
