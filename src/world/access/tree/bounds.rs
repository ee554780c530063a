//! Where what is on a page is seen in the window: a rectangle around its four corners, in physical pixels.

use bevy::{ecs::system::SystemParam, prelude::*, ui::UiGlobalTransform};

use crate::world::{WindowCamera, ui::panel::Panel};

type Eye<'w, 's> =
    Option<Single<'w, 's, (&'static Camera, &'static GlobalTransform), With<WindowCamera>>>;

/// The window as the camera of the hall sees it.
#[derive(SystemParam)]
pub(super) struct InWindow<'w, 's> {
    eye: Eye<'w, 's>,
    nodes: Query<'w, 's, (&'static ComputedNode, &'static UiGlobalTransform)>,
}

impl InWindow<'_, '_> {
    /// Where a node of a page is seen; nowhere if part of it is behind the eye.
    pub(super) fn bounds(
        &self,
        panel: &Panel,
        place: &GlobalTransform,
        entity: Entity,
    ) -> Option<accesskit::Rect> {
        let (camera, eye) = self.eye.as_deref()?;
        let (node, on_page) = self.nodes.get(entity).ok()?;
        let scale = camera.target_scaling_factor()?;
        let mut around: Option<Rect> = None;
        for corner in [vec2(-0.5, -0.5), vec2(0.5, -0.5), vec2(0.5, 0.5), vec2(-0.5, 0.5)] {
            let pixel = on_page.transform_point2(corner * node.size());
            let uv = pixel / panel.target.scale_factor / panel.size_dmm;
            let local = (uv - 0.5) * vec2(1.0, -1.0) * panel.size_m;
            let point = place.transform_point(local.extend(0.0));
            let seen = camera.world_to_viewport(eye, point).ok()? * scale;
            let spot = Rect::from_corners(seen, seen);
            around = Some(around.map_or(spot, |around| around.union(spot)));
        }
        // Whole pixels, so that a tree that only trembles is not sent again.
        around.map(|Rect { min, max }| {
            let [x0, y0, x1, y1] = [min.x.floor(), min.y.floor(), max.x.ceil(), max.y.ceil()];
            accesskit::Rect::new(x0.into(), y0.into(), x1.into(), y1.into())
        })
    }
}
