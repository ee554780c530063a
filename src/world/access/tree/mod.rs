//! The window's accessibility tree: every page that can be seen, with the role, name, value and state of what is on it.
//!
//! Whatever bears an `AccessibilityNode` is handed to the platform (`send`). Controls hang in the world on pages of their own, so
//! what they are is worked out here, and where they are seen in the window. As long as no assistive technology asks,
//! nothing runs but one look at a flag.

mod bounds;
mod page;
mod requests;
mod send;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use accesskit::{Live, Node as Spoken, Role};
use bevy::{
    a11y::{AccessibilityNode, AccessibilityRequested, AccessibilitySystems, ActionRequest},
    ecs::system::SystemParam,
    input_focus::{InputFocus, InputFocusSystems},
    prelude::*,
    ui::UiSystems,
};

use self::{bounds::InWindow, page::PageWriter, send::Unsent};
use super::names::Names;
use crate::world::{pointed_at::PointedAt, ui::panel::Panel};

/// How often the tree is looked after, in seconds: faster words cannot be heard.
const EVERY_SECS: f32 = 0.2;
/// After so many looks it is sent even if nothing has changed, for whoever has just begun to listen.
const SEND_AGAIN: u32 = 10;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<ActionRequest>()
        .init_resource::<Unsent>()
        .add_systems(Startup, send::take_over)
        .add_systems(
            PostUpdate,
            (look_after, send::send)
                .chain()
                .run_if(somebody_listens)
                .after(UiSystems::PostLayout)
                .after(UiSystems::Stack)
                .after(InputFocusSystems::FocusChangeEvents)
                .before(AccessibilitySystems::Update),
        )
        .add_systems(
            Last,
            requests::obey.run_if(on_message::<ActionRequest>).in_set(ScreenReaderSystems),
        );
}

/// Whatever obeys a screen reader, at the end of a frame.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScreenReaderSystems;

fn somebody_listens(requested: Option<Res<AccessibilityRequested>>) -> bool {
    requested.is_some_and(|requested| requested.get())
}

/// What is pointed at, told as it changes.
#[derive(Component)]
struct Announcer;

/// When the tree was looked after, and how often since it was sent.
#[derive(Default)]
struct Course {
    next_secs: f32,
    looks: u32,
}

/// The pages of the hall as they are told.
#[derive(SystemParam)]
struct Pages<'w, 's> {
    names: Names<'w, 's>,
    panels: Query<'w, 's, (&'static Panel, &'static GlobalTransform, &'static InheritedVisibility)>,
    window: InWindow<'w, 's>,
}

impl Pages<'_, '_> {
    /// What is told of each node of all pages that are seen.
    fn told(&self) -> HashMap<Entity, Spoken> {
        let mut told = HashMap::new();
        for (panel, place, _) in self.panels.iter().filter(|(.., seen)| seen.get()) {
            let bounds = |entity| self.window.bounds(panel, place, entity);
            PageWriter::new(&self.names, &bounds).write(panel.root, &mut told);
        }
        told
    }
}

fn look_after(
    pages: Pages,
    nodes: Query<(Entity, &AccessibilityNode), Without<Announcer>>,
    announcers: Query<(Entity, &AccessibilityNode), With<Announcer>>,
    pointed_at: Option<Res<PointedAt>>,
    time: Res<Time<Real>>,
    focus: Option<ResMut<InputFocus>>,
    mut unsent: ResMut<Unsent>,
    mut course: Local<Course>,
    mut commands: Commands,
) {
    let moved = focus.as_ref().is_some_and(DetectChanges::is_changed);
    let now = time.elapsed_secs();
    let is_due = now >= course.next_secs || moved;
    let changed = is_due && {
        course.next_secs = now + EVERY_SECS;
        let told = pages.told();
        // What is not told cannot have the focus.
        if let Some(mut focus) = focus
            && focus.get().is_some_and(|focused| !told.contains_key(&focused))
        {
            focus.clear();
        }
        let announced = announce(pointed_at.as_deref(), &announcers, &mut commands);
        let rewritten = rewrite(told, &nodes, &mut commands);
        course.looks += 1;
        let again = course.looks >= SEND_AGAIN;
        if again {
            course.looks = 0;
        }
        announced || rewritten || moved || again
    };
    unsent.set_if_neq(Unsent(changed));
}

/// Writes what differs, and takes away what is no longer told; says whether anything did.
fn rewrite(
    mut told: HashMap<Entity, Spoken>,
    nodes: &Query<(Entity, &AccessibilityNode), Without<Announcer>>,
    commands: &mut Commands,
) -> bool {
    let mut changed = false;
    for (entity, node) in nodes {
        match told.remove(&entity) {
            Some(same) if same == node.0 => {}
            Some(other) => {
                changed = true;
                commands.entity(entity).insert(AccessibilityNode(other));
            }
            None => {
                changed = true;
                commands.entity(entity).remove::<AccessibilityNode>();
            }
        }
    }
    changed |= !told.is_empty();
    // In which order entities get theirs is seen nowhere.
    let mut new: Vec<_> = told.into_iter().collect();
    new.sort_unstable_by_key(|(entity, _)| *entity);
    for (entity, node) in new {
        commands.entity(entity).insert(AccessibilityNode(node));
    }
    changed
}

/// Says what is pointed at, for those who hear rather than see it.
fn announce(
    pointed_at: Option<&PointedAt>,
    announcers: &Query<(Entity, &AccessibilityNode), With<Announcer>>,
    commands: &mut Commands,
) -> bool {
    let words = pointed_at.and_then(|pointed| pointed.0.as_deref()).unwrap_or_default();
    let mut node = Spoken::new(Role::Status);
    node.set_label(words);
    node.set_live(Live::Polite);
    match announcers.iter().next() {
        Some((_, before)) if before.0 == node => false,
        Some((announcer, _)) => {
            commands.entity(announcer).insert(AccessibilityNode(node));
            true
        }
        None => {
            commands.spawn((Name::new("Announcer"), Announcer, AccessibilityNode(node)));
            true
        }
    }
}
