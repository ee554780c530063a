//! Hands the tree to the platform in the order in which one reads; Bevy would hand pages on in the order of its storage.

use std::cmp::Ordering;

use accesskit::{Node as Spoken, NodeId, Role, TreeId, TreeUpdate};
use bevy::{
    a11y::{AccessibilityNode, ManageAccessibilityUpdates},
    ecs::system::NonSendMarker,
    input_focus::InputFocus,
    prelude::*,
    window::PrimaryWindow,
    winit::accessibility::ACCESS_KIT_ADAPTERS,
};

/// Whether the tree is sent at the end of this frame.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unsent(pub(super) bool);

/// Pages that begin within so many pixels of each other are on one line.
const LINE_PX: f64 = 40.0;

/// Nodes with those in and around them.
pub(super) type Nodes<'w, 's> = Query<
    'w,
    's,
    (Entity, &'static AccessibilityNode, Option<&'static Children>, Option<&'static ChildOf>),
>;

/// Bevy sends nothing by itself.
pub(super) fn take_over(manage: Option<ResMut<ManageAccessibilityUpdates>>) {
    if let Some(mut manage) = manage {
        manage.set(false);
    }
}

pub(super) fn send(
    unsent: Res<Unsent>,
    nodes: Nodes,
    window: Option<Single<(Entity, &Window), With<PrimaryWindow>>>,
    focus: Option<Res<InputFocus>>,
    _on_the_main_thread: NonSendMarker,
) {
    let Some(window) = window.filter(|_| unsent.0) else {
        return;
    };
    let (entity, window) = *window;
    let focus = focus.and_then(|focus| focus.get()).filter(|focus| nodes.contains(*focus));
    ACCESS_KIT_ADAPTERS.with_borrow_mut(|adapters| {
        if let Some(adapter) = adapters.get_mut(&entity) {
            adapter.update_if_active(|| tree(&nodes, (entity, window), focus.unwrap_or(entity)));
        }
    });
}

/// The whole tree, with the window as its root.
pub(super) fn tree(
    nodes: &Nodes,
    (root_entity, window): (Entity, &Window),
    focus: Entity,
) -> TreeUpdate {
    let id = |entity: Entity| NodeId(entity.to_bits());
    let mut pages = Vec::new();
    let mut told: Vec<(NodeId, Spoken)> = Vec::with_capacity(nodes.iter().len() + 1);
    for (entity, node, children, parent) in nodes {
        let mut node = node.0.clone();
        if !parent.is_some_and(|parent| nodes.contains(parent.parent())) {
            pages.push((node.bounds().filter(|bounds| is_in(window, bounds)), entity));
        }
        let parts = children.into_iter().flatten().filter(|part| nodes.contains(**part));
        node.set_children(parts.copied().map(id).collect::<Vec<_>>());
        told.push((id(entity), node));
    }
    pages.sort_by(|(one, entity), (other, next)| {
        read_before(one.as_ref(), other.as_ref()).then(entity.cmp(next))
    });
    let mut root = Spoken::new(Role::Window);
    root.set_label(window.title.as_str());
    root.set_children(pages.into_iter().map(|(_, entity)| id(entity)).collect::<Vec<_>>());
    told.push((id(root_entity), root));
    TreeUpdate { nodes: told, tree: None, tree_id: TreeId::ROOT, focus: id(focus) }
}

fn is_in(window: &Window, bounds: &accesskit::Rect) -> bool {
    let (width, height) = (window.physical_width().into(), window.physical_height().into());
    bounds.x1 > 0.0 && bounds.y1 > 0.0 && bounds.x0 < width && bounds.y0 < height
}

/// Which of two is read first: line by line from above, in a line from the left; last what is not seen.
fn read_before(one: Option<&accesskit::Rect>, other: Option<&accesskit::Rect>) -> Ordering {
    let (Some(one), Some(other)) = (one, other) else {
        return other.is_some().cmp(&one.is_some());
    };
    let line = |rect: &accesskit::Rect| (rect.y0 / LINE_PX).floor();
    line(one).total_cmp(&line(other)).then(one.x0.total_cmp(&other.x0))
}
