//! The buttons below the cloud: its tour, turning it, choosing neighbours, letting go.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::{Told, cloud::ImagePoints, pointing, tour};
use crate::{
    inside::PointsLayout,
    world::{
        classifier::{
            Classifier, Of,
            inside::{quarter, state::Inside},
        },
        display::Cloud,
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            sheet::from_left,
        },
    },
};

/// What a button does.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    Tour,
    Left,
    Right,
    Neighbours,
    LetGo,
}

pub(super) fn hang<C: Classifier>(page: &mut ChildSpawnerCommands, corner: Vec2) {
    let all = [
        (Switch::Tour, say!("boards-tour")),
        (Switch::Left, say!("boards-turn")),
        (Switch::Right, say!("boards-turn-2")),
        (Switch::Neighbours, say!("boards-nearest")),
        (Switch::LetGo, say!("boards-let-go")),
    ];
    let node = Node { column_gap: px(8), ..from_left(corner.x, corner.y) };
    page.spawn(node).with_children(|line| {
        for (name, (switch, label)) in C::NAMES.inside.points.into_iter().zip(all) {
            let mut made =
                line.spawn((button(name, label, ButtonKind::Small), switch, Of::<C>::MARK));
            made.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
                node.padding = UiRect::axes(px(10), px(0));
            });
            made.observe(
                move |_: On<Activate>,
                      mut inside: ResMut<Inside<C>>,
                      clouds: Query<&Cloud, With<ImagePoints>>| {
                    press(switch, &mut inside, &clouds);
                },
            );
        }
    });
}

fn press<C: Classifier>(
    switch: Switch,
    inside: &mut Inside<C>,
    clouds: &Query<&Cloud, With<ImagePoints>>,
) {
    let wanted = &mut inside.wanted.points;
    match switch {
        Switch::Tour => wanted.tour = !wanted.tour,
        Switch::Left => wanted.turned -= 1,
        Switch::Right => wanted.turned += 1,
        Switch::Neighbours => pointing::choose_neighbours(inside, clouds),
        Switch::LetGo => wanted.chosen.clear(),
    }
}

/// Shows whether it tours, and puts out what would change nothing.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    switches: Query<(Entity, &Switch, Has<Checked>, Has<InteractionDisabled>), With<Of<C>>>,
    mut commands: Commands,
) {
    if !inside.is_changed() && !told.is_changed() {
        return;
    }
    let wanted = &inside.wanted.points;
    let tours = told.points().is_some_and(|points| {
        points.axes > tour::SEEN && matches!(points.asked.layout, PointsLayout::Components)
    });
    for (entity, switch, checked, disabled) in &switches {
        let idle = match switch {
            Switch::Tour => !tours,
            Switch::Left | Switch::Right => false,
            Switch::Neighbours | Switch::LetGo => wanted.chosen.is_empty(),
        };
        if *switch == Switch::Tour {
            mark::<Checked>(&mut commands, entity, checked, wanted.tour && tours);
        }
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
}
