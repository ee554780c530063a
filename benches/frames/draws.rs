//! How many draw calls, passes and copies a frame took, as the renderer itself counts them.

use bevy::prelude::*;
use perceptarium::world::{draw::Drawn, ui::Painted};

/// Draw calls of the camera with this entity of the main world; none where it has not drawn.
pub(crate) fn of_camera(render_world: &World, camera: Entity) -> usize {
    let views = &render_world.resource::<Drawn>().views;
    views.iter().find(|view| view.camera == camera).map_or(0, |view| view.calls)
}

/// Draw calls of all panels that were drawn anew in this frame.
pub(crate) fn of_panels(render_world: &World) -> usize {
    render_world.resource::<Painted>().calls
}
