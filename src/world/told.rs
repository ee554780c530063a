//! What is told of the hall to whoever listens outside it: reports, where controls are, what is pointed at.

use bevy::prelude::*;

use crate::stream::{Report, Step};

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
