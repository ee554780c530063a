//! The session that lives now, as everyone of the headset's room knows it.

use bevy::prelude::*;
use bevy_mod_openxr::{resources::OxrFrameWaiter, session::OxrSession};
use bevy_mod_xr::spaces::XrReferenceSpace;
use openxr::{ReferenceSpaceType, SessionState, ViewConfigurationType};

/// Two pictures, one for each eye.
pub(super) const STEREO: ViewConfigurationType = ViewConfigurationType::PRIMARY_STEREO;

/// The session that lives now.
#[derive(Resource)]
pub(super) struct Session {
    pub(super) session: OxrSession,
    pub(super) waiter: OxrFrameWaiter,
    /// The floor that every pose is told from.
    pub(super) floor: XrReferenceSpace,
    /// Which kind of floor that is.
    pub(super) floor_kind: ReferenceSpaceType,
    pub(super) state: SessionState,
    /// Between its beginning and its end, while frames are waited for.
    pub(super) running: bool,
    /// Whether its pictures have been seen yet.
    pub(super) seen: bool,
    pub(super) leaving: bool,
}
