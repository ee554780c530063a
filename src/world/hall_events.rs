//! What is told of the hall to whoever listens outside it: reports, where controls are, what is pointed at.

use bevy::{ecs::system::SystemParam, prelude::*};

use serde::Serialize;

use crate::stream::{ExhibitId, Report, Step};

/// Something that happened in the hall; as JSON an object with its name under `event`.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum HallEvent<'a> {
    /// The trainer reported.
    #[serde(skip)]
    Report(&'a Report),
    /// Something that only an exhibit can tell, as an object with its name under `event`.
    #[serde(skip)]
    Own(&'a dyn erased_serde::Serialize),
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
        /// Which one.
        #[serde(flatten)]
        unit: Unit,
        /// The value shown.
        value: f32,
        /// The step it belongs to.
        step: Step,
    },
    /// The step that the hall shows changed by the visitor's hand; `None` is live.
    Scrubbed {
        /// The step.
        step: Option<Step>,
    },
    /// Something that can be aimed at hangs here; told only where a headset can be worn.
    Place {
        /// The control's stable name, or the surface's.
        name: &'a str,
        /// Its middle, in metres: x to the right of who enters the hall, y up, z towards them.
        middle: [f32; 3],
        /// From the middle to its right edge.
        right: [f32; 3],
        /// From the middle to its upper edge.
        up: [f32; 3],
    },
    /// The headset is entered, worn, left, hidden, or lost.
    Headset {
        /// `away`, `ready`, `entering`, `focused`, `visible`, `hidden`, `leaving` or `lost`.
        state: &'a str,
        /// Why it was lost.
        #[serde(skip_serializing_if = "Option::is_none")]
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
        place: [f32; 3],
        /// In degrees to the left.
        turn_degrees: f32,
        /// 1 as it was built.
        scale: f32,
    },
    /// Another exhibit is on the stage.
    Visited {
        /// Which.
        exhibit: ExhibitId,
    },
    /// The hall shows an exhibit by itself, and takes so much meanwhile.
    Shows {
        /// Which.
        exhibit: &'a str,
        /// How many times all have been shown before.
        round: u32,
        /// Memory of the program that is in use, in KiB, where the system says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        resident_kib: Option<u64>,
        /// Its threads, likewise.
        #[serde(skip_serializing_if = "Option::is_none")]
        threads: Option<u64>,
        /// Things in the hall, pictures and meshes.
        entities: u32,
        images: usize,
        meshes: usize,
    },
    /// Another input is looked at.
    Input {
        /// It, in words.
        shown: &'a str,
    },
}

/// A unit of a layer: its map, and row and column there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    map: usize,
    row: usize,
    column: usize,
}

impl From<[usize; 3]> for Unit {
    fn from([map, row, column]: [usize; 3]) -> Self {
        Self { map, row, column }
    }
}

/// Passes on what happens to the listener that the app brought.
#[derive(Resource)]
pub struct HallListener(Box<dyn FnMut(HallEvent<'_>) + Send + Sync>);

impl HallListener {
    /// Passes everything to `listener`.
    pub fn new(listener: impl FnMut(HallEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Box::new(listener))
    }

    /// Tells it.
    pub fn tell(&mut self, event: HallEvent<'_>) {
        (self.0)(event);
    }
}
/// What is pointed at is told at most once in this time, in seconds.
const TELL_EVERY_SECS: f32 = 0.1;

/// What was told last of what is pointed at, and when it may be told again.
#[derive(Default)]
struct LastTold {
    what: Option<(&'static str, Unit, u32, Step)>,
    next_secs: f32,
}

/// Tells of the number that is pointed at: each once, and not too often.
#[derive(SystemParam)]
pub struct TellPointed<'w, 's> {
    time: Res<'w, Time<Real>>,
    told: Option<ResMut<'w, HallListener>>,
    last: Local<'s, LastTold>,
}

impl TellPointed<'_, '_> {
    /// Nothing is pointed at: what is pointed at next is told, even if it was the last.
    pub fn nothing(&mut self) {
        self.last.what = None;
    }

    /// This is pointed at.
    pub fn of(&mut self, layer: &'static str, unit: Unit, value: f32, step: Step) {
        let Some(told) = &mut self.told else {
            return;
        };
        let now_secs = self.time.elapsed_secs();
        // A value that is not a number differs from itself, but it is told only once.
        let what = Some((layer, unit, value.to_bits(), step));
        if now_secs >= self.last.next_secs && self.last.what != what {
            *self.last = LastTold { what, next_secs: now_secs + TELL_EVERY_SECS };
            told.tell(HallEvent::Pointed { layer, unit, value, step });
        }
    }
}
