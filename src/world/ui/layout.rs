//! Lays panels out only in frames in which something has changed that their layout depends on.
//!
//! `bevy_ui` goes through all trees in every frame, whether anything in them is new or not.

use bevy::{
    prelude::*,
    ui::{
        ComputedUiRenderTargetInfo, ContentSize, IgnoreScroll, LayoutConfig, ScrollPosition,
        UiSystems, UiTransform,
    },
};

/// Frames with layout after one in which something changed: what follows from a new layout, such as the length of a
/// scroll bar, is laid out in the next.
const MORE_FRAMES: u32 = 2;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(PostUpdate, UiSystems::Layout.run_if(something_changed));
}

type Changes = Or<(
    Changed<Node>,
    Changed<Children>,
    Changed<ContentSize>,
    Changed<ComputedUiRenderTargetInfo>,
    Changed<UiTransform>,
    Changed<LayoutConfig>,
    Changed<Outline>,
    Changed<ScrollPosition>,
    Changed<IgnoreScroll>,
)>;

fn something_changed(
    changed: Query<(), (With<Node>, Changes)>,
    mut removed_nodes: RemovedComponents<Node>,
    mut removed_children: RemovedComponents<Children>,
    mut removed_outlines: RemovedComponents<Outline>,
    mut more_frames: Local<u32>,
) -> bool {
    // Each is read to its end, so that nothing is told again in the next frame.
    let removed = [
        removed_nodes.read().count(),
        removed_children.read().count(),
        removed_outlines.read().count(),
    ];
    if !changed.is_empty() || removed.iter().any(|count| *count > 0) {
        *more_frames = MORE_FRAMES;
        return true;
    }
    let lays_out = *more_frames > 0;
    *more_frames = more_frames.saturating_sub(1);
    lays_out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of `frames` in which a layout would be made.
    fn laid_out(app: &mut App, frames: usize) -> usize {
        app.insert_resource(LaidOut(0));
        (0..frames).for_each(|_| app.update());
        app.world().resource::<LaidOut>().0
    }

    #[derive(Resource)]
    struct LaidOut(usize);

    #[test]
    fn layouts_are_made_when_something_changed_and_a_little_longer() {
        let mut app = App::new();
        app.add_plugins(plugin).insert_resource(LaidOut(0)).add_systems(
            PostUpdate,
            (|mut count: ResMut<LaidOut>| count.0 += 1).in_set(UiSystems::Layout),
        );
        assert_eq!(laid_out(&mut app, 5), 0, "there is nothing to lay out");
        let node = app.world_mut().spawn((Node::default(), Outline::default())).id();
        assert_eq!(laid_out(&mut app, 5), 1 + MORE_FRAMES as usize);
        app.world_mut().get_mut::<Node>(node).unwrap().width = px(20);
        assert_eq!(laid_out(&mut app, 5), 1 + MORE_FRAMES as usize);
        app.world_mut().entity_mut(node).remove::<Outline>();
        assert_eq!(laid_out(&mut app, 5), 1 + MORE_FRAMES as usize);
        app.world_mut().despawn(node);
        assert_eq!(laid_out(&mut app, 5), 1 + MORE_FRAMES as usize);
        app.world_mut().spawn(Transform::default());
        assert_eq!(laid_out(&mut app, 5), 0, "places in the hall are nothing of a page");
    }
}
