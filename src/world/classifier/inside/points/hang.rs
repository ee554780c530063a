//! Furnishes the page: the cloud before its left part, and at the right what it is of, what can be trusted, and what chosen images
//! share.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    SHOWN, Told,
    cloud::{self, ImagePoints},
    dress, pointing, switches,
};
use crate::world::{
    classifier::{
        Classifier, Of,
        inside::{
            leaf::Leaf,
            quarter,
            seen::What,
            state::{Inside, PointsColour, stepped},
            stepper,
        },
    },
    display::Cloud,
    interaction::{
        aim::{Landmark, Surface},
        points::Points,
    },
    ui::{palette, panel::Hanger, sheet::from_left, words},
};

/// Where the cloud is on the page, in dmm, and how far its middle is before it, in metres.
const CLOUD_DMM: Rect = Rect { min: vec2(0.0, 138.0), max: vec2(540.0, 556.0) };
const BEFORE_M: f32 = 0.62;
/// The glass is a little before the page, so that it is met first, in metres.
const GLASS_M: f32 = 0.012;
/// Where the right part begins, its steppers, and from one to the next, in dmm.
pub(super) const RIGHT_DMM: f32 = 560.0;
const TOP_DMM: f32 = 134.0;
const STEPPER_DMM: f32 = 61.0;
/// The line of the classes, and the lines below it.
const CLASSES_DMM: f32 = TOP_DMM + 3.0 * STEPPER_DMM + 2.0;
const FIRST_DMM: f32 = CLASSES_DMM + 34.0;
const LINE_DMM: f32 = 32.0;
/// Lines of what can be trusted, and of what is shared.
pub(super) const TRUST: usize = 3;
pub(super) const SHARED: usize = 2;
/// The images, from one to the next, and their side.
const IMAGES_DMM: f32 = FIRST_DMM + TRUST as f32 * LINE_DMM + 6.0;
const PITCH_DMM: f32 = 94.0;
const SIDE_DMM: f32 = 88.0;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum PointsText {
    Layer,
    Layout,
    Colour,
    /// A class in its colour, where colours mean that.
    Class(usize),
    Trust(usize),
    Shared(usize),
}

/// How strongly neighbours may attract each other; `None` shows components.
pub(super) const ATTRACTIONS: [Option<f32>; 4] = [None, Some(1.0), Some(2.0), Some(4.0)];

/// The names of the tiles.
const NAMES: [&str; SHOWN + 1] = ["Mean of the chosen", "Chosen 1", "Chosen 2", "Chosen 3"];

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    hang_cloud::<C>(&mut hanger.commands, leaf);
    for (place, name) in NAMES.into_iter().enumerate() {
        let corner = vec2(RIGHT_DMM + place as f32 * PITCH_DMM, IMAGES_DMM);
        let (commands, what) = (&mut hanger.commands, What::Image(place));
        quarter::hang_field::<C>(commands, leaf, name, what, corner, SIDE_DMM);
    }
    hanger.commands.entity(leaf.node).with_children(|page| {
        let at = |line: usize| {
            let corner = vec2(RIGHT_DMM, TOP_DMM + line as f32 * STEPPER_DMM);
            (corner, page_dmm - RIGHT_DMM)
        };
        let names = &C::NAMES.inside;
        stepper::write(page, at(0), names.point_layers, PointsText::Layer, to_layer::<C>);
        stepper::write(page, at(1), names.layouts, PointsText::Layout, to_layout::<C>);
        stepper::write(page, at(2), names.point_colours, PointsText::Colour, to_colour::<C>);
        let mut line = |text: PointsText, left: f32, top: f32| {
            let place = from_left(left, top);
            let words = (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK);
            page.spawn(words).id()
        };
        let colours = dress::colours();
        let pitch = (page_dmm - RIGHT_DMM) / dress::CLASSES as f32;
        let classes: Vec<Entity> = (0..dress::CLASSES)
            .map(|at| line(PointsText::Class(at), RIGHT_DMM + at as f32 * pitch, CLASSES_DMM))
            .collect();
        for at in 0..TRUST {
            line(PointsText::Trust(at), RIGHT_DMM, FIRST_DMM + at as f32 * LINE_DMM);
        }
        for at in 0..SHARED {
            let top = IMAGES_DMM + SIDE_DMM + 2.0 + at as f32 * LINE_DMM;
            line(PointsText::Shared(at), RIGHT_DMM, top);
        }
        for (entity, colour) in classes.into_iter().zip(colours) {
            page.commands().entity(entity).insert(TextColor(colour));
        }
        switches::hang::<C>(page, vec2(0.0, CLOUD_DMM.max.y + 4.0));
    });
}

fn hang_cloud<C: Classifier>(commands: &mut Commands, leaf: Leaf) {
    let middle = leaf.place(CLOUD_DMM);
    let size = vec2(leaf.sheet.metres(CLOUD_DMM.width()), leaf.sheet.metres(CLOUD_DMM.height()));
    let glass = commands.spawn((
        Name::new("Glass behind the images"),
        Surface { size },
        Transform::from_translation(middle.translation + Vec3::Z * GLASS_M),
        Visibility::Inherited,
        Of::<C>::MARK,
        ChildOf(leaf.displays),
    ));
    let glass = glass.id();
    cloud::hear::<C>(commands, glass);
    let points = commands.spawn((
        Name::new("All images"),
        ImagePoints,
        Cloud::new(dress::LARGEST_M, dress::colours(), palette::INK).near(),
        Points { places: Arc::from([]) },
        Landmark(C::NAMES.inside.points[0]),
        Transform::from_translation(middle.translation + Vec3::Z * BEFORE_M),
        Visibility::Hidden,
        Of::<C>::MARK,
        ChildOf(leaf.displays),
    ));
    let points = points.id();
    pointing::hear::<C>(commands, points);
}

/// Another layer: the logits, and then all others in the order of computation; other points are other images' places, but the
/// same images stay chosen.
fn to_layer<C: Classifier>(inside: &mut Inside<C>, told: &Told<C>, on: bool) {
    let Some(points) = told.points() else { return };
    let named = points.layers.iter().map(|layer| Some(layer.name.clone()));
    let all: Vec<Option<String>> = std::iter::once(None).chain(named).collect();
    let wanted = &mut inside.wanted.points;
    wanted.layer = stepped(&all, &wanted.layer, on);
}

fn to_layout<C: Classifier>(inside: &mut Inside<C>, _: &Told<C>, on: bool) {
    let wanted = &mut inside.wanted.points;
    wanted.attraction = stepped(&ATTRACTIONS, &wanted.attraction, on);
}

fn to_colour<C: Classifier>(inside: &mut Inside<C>, _: &Told<C>, on: bool) {
    let wanted = &mut inside.wanted.points;
    wanted.colour = stepped(&PointsColour::ALL, &wanted.colour, on);
}
