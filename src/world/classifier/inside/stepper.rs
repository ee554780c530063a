//! A stepper of a page: words between two buttons that lead back and on.

use bevy::prelude::*;

use super::{
    page::{Page, Told},
    quarter,
    state::Inside,
};
use crate::world::{
    classifier::{Classifier, Of},
    ui::{
        controls::{Activate, ButtonKind, button},
        sheet::from_left,
        words,
    },
};

/// What a stepper does: another choice of the visitor, by what the page has been told.
pub(super) type Steps<C, P> = fn(&mut Inside<C>, &Told<C, P>, bool);

/// Writes one of this width at a corner of a page, in dmm.
pub(super) fn write<C: Classifier, P: Page<C>>(
    page: &mut ChildSpawnerCommands,
    (corner, width): (Vec2, f32),
    [back, on]: [&'static str; 2],
    text: impl Component,
    to: Steps<C, P>,
) {
    let node = Node {
        width: px(width),
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        ..from_left(corner.x, corner.y)
    };
    page.spawn(node).with_children(|line| {
        let write = |line: &mut ChildSpawnerCommands, name, label, forward: bool| {
            let mut step = line.spawn(button(name, label, ButtonKind::Small));
            step.entry::<Node>().and_modify(quarter::as_target);
            step.observe(
                move |_: On<Activate>, mut inside: ResMut<Inside<C>>, told: Res<Told<C, P>>| {
                    to(&mut inside, &told, forward);
                },
            );
        };
        write(line, back, "‹", false);
        line.spawn((words::figure(""), TextLayout::no_wrap(), text, Of::<C>::MARK));
        write(line, on, "›", true);
    });
}
