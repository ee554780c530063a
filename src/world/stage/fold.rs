//! Boards that are folded away until their tab is pressed: an exhibit is its picture, and boards are its captions.

use bevy::{prelude::*, ui::Checked};

use super::plan::beside_visitor;
use crate::world::{
    WorldSystems,
    ui::{
        controls::{Activate, ButtonKind, button, mark},
        panel::{Hanger, PanelPlan},
    },
};

/// The tab's size, and the distance it is read from, in metres.
const TAB_M: Vec2 = vec2(0.7, 0.12);
const READ_FROM_M: f32 = 2.3;
/// Where tabs stand, beside the desk: to the side, turned to the eye, in degrees; and from the middle and up, in metres.
const BEARING: f32 = 55.0;
const TURN: f32 = 12.0;
const PLACE_M: Vec2 = vec2(1.85, 0.86);

/// The button that unfolds a board and folds it again.
#[derive(Component, Clone, Copy, Debug)]
struct Folds(Entity);

/// A board that can be folded, and at which side it stands.
#[derive(Component, Clone, Copy, Debug)]
struct Foldable {
    side: f32,
}

/// What the board at this side would cover, -1 left and 1 right: it goes while that is unfolded.
#[derive(Component, Clone, Copy, Debug)]
pub struct ClearOf {
    /// The side.
    pub side: f32,
}

/// Folds a board away, and hangs the tab that unfolds it at this side of the desk: -1 left, 1 right.
///
/// What is folded costs no draw; the tab is one more panel.
pub fn fold(
    hanger: &mut Hanger,
    exhibit: Entity,
    board: Entity,
    side: f32,
    name: &'static str,
    label: &'static str,
) {
    let tab = hanger.hang(PanelPlan::clear(name, TAB_M, READ_FROM_M));
    let place = beside_visitor(BEARING * side, TURN * side, PLACE_M.x, PLACE_M.y);
    hanger.commands.entity(tab.panel).insert((place, ChildOf(exhibit)));
    hanger.commands.entity(tab.root).entry::<Node>().and_modify(|mut page| {
        page.align_items = AlignItems::Center;
    });
    hanger.commands.entity(tab.root).with_children(|page| {
        page.spawn((button(name, label, ButtonKind::Small), Folds(board))).observe(unfold);
    });
    hanger.commands.entity(board).insert((Foldable { side }, Visibility::Hidden));
}

/// Unfolds a board of its own accord, as for whoever asks what stands on it.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct Unfold {
    /// The board.
    pub entity: Entity,
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(unfold_asked).add_systems(
        Update,
        // Nobody else hides what gives way.
        clear.in_set(WorldSystems::Arrange).ambiguous_with_all(),
    );
}

/// Takes away what an unfolded board would cover, and brings it back.
fn clear(
    boards: Query<(&Foldable, Ref<Visibility>)>,
    mut beside: Query<(&ClearOf, &mut Visibility), Without<Foldable>>,
) {
    if !boards.iter().any(|(_, seen)| seen.is_changed()) {
        return;
    }
    for (ClearOf { side }, mut seen) in &mut beside {
        let covers = |(board, open): (&Foldable, Ref<Visibility>)| {
            board.side * side > 0.0 && *open != Visibility::Hidden
        };
        let wanted =
            if boards.iter().any(covers) { Visibility::Hidden } else { Visibility::Inherited };
        seen.set_if_neq(wanted);
    }
}

fn unfold_asked(
    asked: On<Unfold>,
    tabs: Query<(Entity, &Folds, Has<Checked>)>,
    mut boards: Query<&mut Visibility>,
    mut commands: Commands,
) {
    for (tab, _, open) in tabs.iter().filter(|(_, folds, _)| folds.0 == asked.entity) {
        if let Ok(mut seen) = boards.get_mut(asked.entity) {
            seen.set_if_neq(Visibility::Inherited);
            mark::<Checked>(&mut commands, tab, open, true);
        }
    }
}

fn unfold(
    press: On<Activate>,
    tabs: Query<(&Folds, Has<Checked>)>,
    mut boards: Query<&mut Visibility>,
    mut commands: Commands,
) {
    let Ok((folds, open)) = tabs.get(press.entity) else {
        return;
    };
    let Ok(mut seen) = boards.get_mut(folds.0) else {
        return;
    };
    seen.set_if_neq(if open { Visibility::Hidden } else { Visibility::Inherited });
    mark::<Checked>(&mut commands, press.entity, open, !open);
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;

    use super::*;
    use crate::world::headless::{frames, hall};

    #[test]
    fn a_board_is_there_after_one_press_of_its_tab_and_gone_after_another() {
        let mut app = hall();
        plugin(&mut app);
        let board = app
            .world_mut()
            .run_system_once(|mut hanger: Hanger| {
                let exhibit =
                    hanger.commands.spawn((Transform::default(), Visibility::default())).id();
                let board = hanger.hang(PanelPlan::plate("Board", Vec2::ONE, 1.0)).panel;
                hanger.commands.entity(board).insert(ChildOf(exhibit));
                fold(&mut hanger, exhibit, board, -1.0, "board", "Board");
                board
            })
            .unwrap();
        frames(&mut app, 2);
        let world = app.world_mut();
        let tab = world.query_filtered::<Entity, With<Folds>>().single(world).unwrap();
        for wanted in [false, true, false] {
            assert_eq!(app.world().get::<InheritedVisibility>(board).unwrap().get(), wanted);
            assert_eq!(app.world().get::<Checked>(tab).is_some(), wanted);
            app.world_mut().trigger(Activate { entity: tab });
            frames(&mut app, 2);
        }
        app.world_mut().trigger(Activate { entity: tab });
        frames(&mut app, 2);
        for _ in 0..2 {
            app.world_mut().trigger(Unfold { entity: board });
            frames(&mut app, 2);
            assert!(app.world().get::<InheritedVisibility>(board).unwrap().get());
            assert!(app.world().get::<Checked>(tab).is_some());
        }
    }
}
