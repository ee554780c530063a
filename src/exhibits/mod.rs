//! Every exhibit: a model and the way it is shown, in the order a visitor meets them.
//!
//! An exhibit is a folder and a line in [`ALL`]; docs/ARCHITECTURE.md tells how to add one.

use bevy::app::App;

use crate::{
    cli::ExhibitOptions,
    events::Narrators,
    images, learning,
    narrator::Narrator,
    program_error::ProgramError,
    stream::{ExhibitId, Payload, PayloadKind, PayloadKinds},
    words::Word,
    world::stage::{Placed, Plinth},
};

mod branch;
mod health;
mod in_words;
mod inside;
mod landscape;
mod open;
mod points;
mod robust;
mod taught;
mod teller;
mod test_image;
mod units;
mod why;

/// Five optimisers walk down losses of two parameters.
pub mod descent;
/// A small convolutional network reads handwritten digits.
pub mod digits;
/// A logistic regression tells what a row of a table is.
pub mod logistic;
/// Any network that is described learns images.
pub mod network;
/// A factorisation of ratings recommends films.
pub mod recommender;

pub use in_words::{InWords, in_words, takes_it_again};
pub use open::{
    Afterwards, Arrive, ExhibitRequest, Opened, answer, answer_within, one_after_the_other, open,
    refused,
};

/// All that the program knows of an exhibit.
#[derive(Clone)]
pub struct Exhibit {
    /// Its name on the command line and in reports.
    pub id: ExhibitId,
    /// Its title in the hall.
    pub title: Word,
    /// What it understands on the command line.
    pub options: ExhibitOptions,
    /// Reads its data and says what will be taught; errors are sentences.
    pub open: fn(&ExhibitRequest<'_>) -> Result<Opened, ProgramError>,
    /// What only it and its view know, so that it can be read from bytes.
    pub payloads: &'static [PayloadKind],
    /// Who tells of its runs in the terminal and in JSON.
    pub narrator: fn() -> Box<dyn Narrator>,
    /// What a finished run came to, in a few words for the desk.
    pub headline: fn(&Payload) -> String,
    /// What stands for it while another exhibit is on the stage.
    pub plinth: Plinth,
    /// Whether the progress banner above it tells what each stage of a run did.
    pub tells_stages: bool,
    /// Whether one can look inside its model: it is a classifier with the board of one.
    pub looks_inside: bool,
    /// Adds its view to the hall.
    pub plugin: fn(&mut App),
}

impl Exhibit {
    /// What the hall needs to know of it.
    pub fn placed(&self) -> Placed {
        Placed {
            exhibit: self.id,
            title: self.title,
            bearing: 0.0,
            tells_stages: self.tells_stages,
            looks_inside: self.looks_inside,
            headline: self.headline,
            plinth: self.plinth,
        }
    }
}

/// All exhibits; the first is visited when none is named.
pub const ALL: &[Exhibit] =
    &[digits::EXHIBIT, recommender::EXHIBIT, descent::EXHIBIT, logistic::EXHIBIT, network::EXHIBIT];

/// Every payload that these exhibits know, for whoever reads a stream.
pub fn payload_kinds(exhibits: &[Exhibit]) -> PayloadKinds {
    let own = exhibits.iter().flat_map(|exhibit| exhibit.payloads);
    PayloadKinds::of(
        own.chain(learning::PAYLOADS)
            .chain(images::PAYLOADS)
            .chain(crate::inside::PAYLOADS)
            .copied(),
    )
}

/// Who tells of the runs of these exhibits.
pub fn narrators(exhibits: &[Exhibit]) -> Narrators {
    exhibits.iter().map(|exhibit| (exhibit.id, (exhibit.narrator)())).collect()
}
