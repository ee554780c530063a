//! What is told of the hall to whoever listens outside it: reports, where controls are, what is pointed at.

use bevy::prelude::*;

use crate::stream::{ExhibitId, Report, Step};

/// Something that happened in the hall.
#[derive(Debug)]
pub enum HallEvent<'a> {
    /// The trainer reported.
    Report(&'a Report),
    /// A control is at this place of the window, in physical pixels from the top left.
    Control {
        /// The control's stable name.
        name: &'a str,
        /// Pixels from the left.
        x: f32,
        /// Pixels from the top.
        y: f32,
    },
    /// The visitor points at a number.
    Pointed {
        /// The layer, in words.
        layer: &'a str,
        /// Map, row and column.
        unit: [usize; 3],
        /// The value shown.
        value: f32,
        /// The step it belongs to.
        step: Step,
    },
    /// The step that the hall shows changed by the visitor's hand; `None` is live.
    Scrubbed(Option<Step>),
    /// Something that can be aimed at hangs here; told only where a headset can be worn.
    Place {
        /// The control's stable name, or the surface's.
        name: &'a str,
        /// Its middle, in metres: x to the right of who enters the hall, y up, z towards them.
        middle: Vec3,
        /// From the middle to its right edge.
        right: Vec3,
        /// From the middle to its upper edge.
        up: Vec3,
    },
    /// The headset is entered, worn, left, hidden, or lost.
    Headset {
        /// `away`, `ready`, `entering`, `focused`, `visible`, `hidden`, `leaving` or `lost`.
        state: &'a str,
        /// Why it was lost.
        reason: Option<&'a str>,
    },
    /// A hand came or went, or changed what it holds.
    Hand {
        /// `left` or `right`.
        side: &'a str,
        /// Whether its pose is known.
        tracked: bool,
        /// The interaction profile that it answers to, as OpenXR names it.
        profile: &'a str,
    },
    /// The visitor stands somewhere else, by teleport, turn, walk or recentring.
    Stands {
        /// The head's place on the floor, in metres.
        x: f32,
        z: f32,
        /// Which way the head's rig is turned, in degrees to the left.
        turn_degrees: f32,
    },
    /// An exhibit was moved, turned or scaled, or put back.
    Moved {
        /// Its name.
        exhibit: &'a str,
        /// Its origin, in metres.
        place: Vec3,
        /// In degrees to the left.
        turn_degrees: f32,
        /// 1 as it was built.
        scale: f32,
    },
    /// Another exhibit is on the stage.
    Visited(ExhibitId),
    /// Another input is looked at.
    Input(&'a str),
    /// A recommender's list says something else.
    List {
        /// `you`, a person's name in the file, or two of them with a plus between.
        who: &'a str,
        /// The first titles, best first.
        top: &'a [String],
        /// How many items it was chosen from.
        eligible: usize,
        /// How many items there are.
        of: usize,
    },
    /// The visitor rated something, or took it back.
    Rated {
        /// Its title.
        item: &'a str,
        /// The stars, `None` when taken back.
        stars: Option<f32>,
        /// How many ratings the visitor has given now.
        ratings: usize,
    },
}

/// Passes on what happens to the listener that the app brought.
#[derive(Resource)]
pub struct Told(Box<dyn FnMut(HallEvent<'_>) + Send + Sync>);

impl Told {
    /// Passes everything to `listener`.
    pub fn new(listener: impl FnMut(HallEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Box::new(listener))
    }

    /// Tells it.
    pub fn tell(&mut self, event: HallEvent<'_>) {
        (self.0)(event);
    }
}
