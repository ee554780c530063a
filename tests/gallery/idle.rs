//! A hall in which nothing happens writes nothing: no place, no word, no colour, no picture, and so draws no panel and
//! hands nothing to the graphics card.

use std::thread;

use bevy::{
    ecs::message::Messages,
    prelude::*,
    text::TextLayoutInfo,
    ui::{ComputedNode, UiGlobalTransform},
};
use perceptarium::{
    exhibits,
    world::{
        display::{Bars, Chart, Cloud, Field, Wires},
        ui::panel::PanelMaterial,
    },
};

use crate::{
    halls::{FRAME, Hall},
    support::exhibit,
};

/// Frames in a row in which nothing may be written: half a second, longer than anything waits before it writes again.
const AT_REST: usize = 60;
/// Frames after which a hall must have come to rest: what is calculated on threads of its own may arrive late.
const MOST_FRAMES: usize = 1500;

/// How many of each component were written in the frame that has just run, and what was said of assets.
fn written(world: &mut World) -> Vec<(&'static str, usize)> {
    macro_rules! changed {
        ($($component:ty),* $(,)?) => {
            [$((
                std::any::type_name::<$component>(),
                world.query_filtered::<(), Changed<$component>>().iter(world).count(),
            )),*]
        };
    }
    macro_rules! told {
        ($($asset:ty),* $(,)?) => {
            [$((
                std::any::type_name::<$asset>(),
                world.resource::<Messages<AssetEvent<$asset>>>().iter_current_update_messages().count(),
            )),*]
        };
    }
    let components = changed![
        Transform,
        GlobalTransform,
        Visibility,
        InheritedVisibility,
        Mesh3d,
        Projection,
        Node,
        ComputedNode,
        UiGlobalTransform,
        Text,
        TextColor,
        TextFont,
        TextLayoutInfo,
        BackgroundColor,
        BorderColor,
        Outline,
        Field,
        Bars,
        Chart,
        Cloud,
        Wires,
    ];
    let assets = told![Mesh, Image, PanelMaterial];
    components.into_iter().chain(assets).filter(|(_, count)| *count > 0).collect()
}

/// What was written last, if a hall does not come to rest.
fn unrest(mut hall: Hall) -> Option<Vec<(&'static str, usize)>> {
    let (mut calm, mut last) = (0, Vec::new());
    for _ in 0..MOST_FRAMES {
        let main = hall.app.main_mut();
        main.run_default_schedule();
        let written = written(main.world_mut());
        main.world_mut().clear_trackers();
        thread::sleep(FRAME);
        if written.is_empty() {
            calm += 1;
            if calm == AT_REST {
                return None;
            }
        } else {
            (calm, last) = (0, written);
        }
    }
    Some(last)
}

#[test]
fn every_exhibit_rests() {
    for exhibit in exhibits::ALL {
        let unrest = unrest(Hall::of(exhibit));
        assert_eq!(unrest, None, "{} does not come to rest", exhibit.title);
    }
}

#[test]
fn an_open_browser_of_images_rests() {
    let mut hall = Hall::of(exhibit("network"));
    hall.press("network-browse");
    assert_eq!(unrest(hall), None, "it does not come to rest");
}

#[test]
fn an_open_look_inside_rests() {
    let mut hall = Hall::of(exhibit("digits"));
    hall.press("inside");
    hall.wait("maps", |world| {
        let mut fields = world.query::<(&Name, &InheritedVisibility)>();
        fields.iter(world).any(|(name, seen)| name.as_str() == "Map 1" && seen.get())
    });
    assert_eq!(unrest(hall), None, "it does not come to rest");
}
