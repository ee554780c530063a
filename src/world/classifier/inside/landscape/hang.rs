//! Furnishes the page: the ground at the left, which leans out of the board, and its numbers at the right.

use bevy::prelude::*;

use super::{Told, pointing, way};
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

/// Where the ground stands on the page, in dmm, and where what belongs beside it begins.
const GROUND_DMM: Rect = Rect { min: vec2(54.0, 138.0), max: vec2(552.0, 560.0) };
pub(super) const RIGHT_DMM: f32 = 572.0;
const TOP_DMM: f32 = 138.0;
/// The first line of words at the right, and from one to the next, in dmm.
const FIRST_DMM: f32 = 206.0;
const LINE_DMM: f32 = 33.0;
/// Lines at the right.
pub(super) const LINES: usize = 11;
/// Width and depth of the ground, and its relief, in metres; how far its far edge is raised, in degrees.
pub(super) const SIZE_M: Vec2 = vec2(1.18, 1.12);
pub(super) const RELIEF_M: f32 = 0.4;
const TILT: f32 = 42.0;

/// The ground; what stands on it are its children.
#[derive(Component)]
pub(in super::super) struct IsLand;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum LandText {
    Plane,
    Line(usize),
    /// What heights and lines are.
    Below,
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    let tilt = TILT.to_radians();
    let middle = leaf.place(GROUND_DMM);
    // As far before the board as its far edge is behind its middle, so that none of it is in the board.
    let before = Vec3::Z * (SIZE_M.y / 2.0 * tilt.cos() + 0.02);
    let down = Vec3::NEG_Y * (RELIEF_M / 2.0 * tilt.cos());
    let place = Transform::from_translation(middle.translation + before + down)
        .with_rotation(Quat::from_rotation_x(tilt));
    let ground = hanger.commands.spawn((
        Name::new("Loss around the weights"),
        IsLand,
        Landmark(C::NAMES.inside.planes[0]),
        place,
        Visibility::Hidden,
        Of::<C>::MARK,
        ChildOf(leaf.displays),
    ));
    let ground = ground.id();
    pointing::hear::<C>(&mut hanger.commands, ground);
    way::hang::<C>(&mut hanger.commands, ground);
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
