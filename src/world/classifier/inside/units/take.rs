//! The buttons that take a unit away and put all of them back, and what stands in its place meanwhile.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::{Told, weights::Rows};
use crate::{
    inside::LesionBy,
    world::{
        classifier::{
            Classifier, Of,
            inside::{quarter, state::Inside},
        },
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            sheet::from_left,
        },
    },
};

/// What a control of the line does.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    Out,
    Back,
    ByMean,
}

pub(super) fn hang<C: Classifier>(page: &mut ChildSpawnerCommands, corner: Vec2) {
    let [out, back, by_mean] = C::NAMES.inside.lesions;
    let node = Node { column_gap: px(10), ..from_left(corner.x, corner.y) };
    page.spawn((node, Rows::Lesions, Of::<C>::MARK)).with_children(|line| {
        let mut take = line.spawn((
            button(out, say!("boards-take-it-out"), ButtonKind::Small),
            Take::Out,
            Of::<C>::MARK,
        ));
        take.entry::<Node>().and_modify(quarter::as_target).and_modify(wide);
        take.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>, told: Res<Told<C>>| {
            if let Some((unit, _)) = told.unit(inside.wanted.unit) {
                inside.wanted.take_or_put_back(unit);
            }
        });
        let mut all = line.spawn((
            button(back, say!("boards-all-back"), ButtonKind::Small),
            Take::Back,
            Of::<C>::MARK,
        ));
        all.entry::<Node>().and_modify(quarter::as_target).and_modify(wide);
        all.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>| inside.wanted.out.clear());
        let mut mean = line.spawn((
            button(by_mean, say!("boards-mean-2"), ButtonKind::Small),
            Take::ByMean,
            Of::<C>::MARK,
        ));
        mean.entry::<Node>().and_modify(quarter::as_target).and_modify(wide);
        mean.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>| {
            inside.wanted.lesion_by = match inside.wanted.lesion_by {
                LesionBy::Zero => LesionBy::Mean,
                LesionBy::Mean => LesionBy::Zero,
            };
        });
    });
}

fn wide(mut node: Mut<Node>) {
    node.padding = UiRect::axes(px(10), px(0));
}

/// Shows what is taken out, and puts out what would change nothing.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    controls: Query<(Entity, &Take, Has<Checked>, Has<InteractionDisabled>), With<Of<C>>>,
    mut commands: Commands,
) {
    if !inside.is_changed() && !told.is_changed() {
        return;
    }
    let wanted = &inside.wanted;
    let chosen = told.unit(wanted.unit).map(|(at, _)| at);
    for (entity, take, checked, disabled) in &controls {
        let (holds, idle) = match take {
            Take::Out => (chosen.is_some_and(|at| wanted.out.contains(&at)), chosen.is_none()),
            Take::Back => (false, wanted.out.is_empty()),
            Take::ByMean => (wanted.lesion_by == LesionBy::Mean, false),
        };
        if *take != Take::Back {
            mark::<Checked>(&mut commands, entity, checked, holds);
        }
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
}
