//! Furnishes the page: the ground at the left, which leans out of the board, and its numbers at the right.

use bevy::prelude::*;

use super::{
    Told,
    places::{self, GROUND_DMM, IsLand},
    pointing, way,
};
use crate::{
    inside::Plane,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                state::{Inside, stepped},
                stepper,
            },
        },
        interaction::aim::Landmark,
        ui::{panel::Hanger, sheet::from_left, words},
    },
};

/// Where what belongs beside the ground begins, in dmm.
pub(super) const RIGHT_DMM: f32 = 572.0;
const TOP_DMM: f32 = 138.0;
/// The first line of words at the right, and from one to the next, in dmm.
const FIRST_DMM: f32 = 206.0;
const LINE_DMM: f32 = 33.0;
/// Lines at the right.
pub(super) const LINES: usize = 11;
/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum LandText {
    Plane,
    Line(usize),
    /// What heights and lines are.
    Below,
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    let ground = hanger.commands.spawn((
        Name::new("Loss around the weights"),
        IsLand,
        Landmark(C::NAMES.inside.planes[0]),
        places::ground(leaf),
        Visibility::Hidden,
        Of::<C>::MARK,
        ChildOf(leaf.displays),
    ));
    let ground = ground.id();
    pointing::hear::<C>(&mut hanger.commands, ground);
    let states = way::hang::<C>(&mut hanger.commands, ground);
    pointing::hear_of_states::<C>(&mut hanger.commands, states);
    hanger.commands.entity(leaf.node).with_children(|page| {
        let at = (vec2(RIGHT_DMM, TOP_DMM), page_dmm - RIGHT_DMM);
        stepper::write(page, at, C::NAMES.inside.planes, LandText::Plane, to_plane::<C>);
        let mut line = |text: LandText, corner: Vec2| {
            let place = from_left(corner.x, corner.y);
            page.spawn((words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK));
        };
        for at in 0..LINES {
            line(LandText::Line(at), vec2(RIGHT_DMM, FIRST_DMM + at as f32 * LINE_DMM));
        }
        line(LandText::Below, vec2(0.0, GROUND_DMM.max.y + 8.0));
    });
}

fn to_plane<C: Classifier>(inside: &mut Inside<C>, _: &Told<C>, on: bool) {
    inside.wanted.plane = stepped(&Plane::ALL, &inside.wanted.plane, on);
}
