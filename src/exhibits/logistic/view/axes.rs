//! The edges of the space, and what its three directions are.

use bevy::prelude::*;

use super::{
    attention::{Space, TableAttention},
    places::HALF_M,
    samples::{Fitted, SampleSystems, SpaceOpened},
};
use crate::{
    exhibits::logistic::{EXHIBIT_ID, payload::Table},
    words::of_table,
    world::{
        WorldSystems,
        display::Wires,
        interaction::aim::Untouchable,
        stage::{OnStage, fold::ClearOf},
        ui::{
            panel::{Hanger, PanelPlan},
            sheet::percent_of,
            words,
        },
    },
};

/// How strong the edges of the space are.
const EDGE: f32 = 0.30;
/// Width and height of a name, which keeps clear of what stands at the foot of the space, and the distance it is read from, in
/// metres.
const NAME_M: Vec2 = vec2(1.42, 0.108);
const READ_FROM_M: f32 = 3.02;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_axes).add_systems(
        Update,
        name_axes.after(SampleSystems).in_set(WorldSystems::Show).in_set(OnStage(EXHIBIT_ID)),
    );
}

/// The name of an axis: 0 to the right, 1 up, 2 away.
#[derive(Component, Clone, Copy)]
struct AxisName(usize);

fn hang_axes(opened: On<SpaceOpened>, mut hanger: Hanger) {
    let mut wires = Wires::new(EDGES);
    wires.set(&edges());
    hanger.commands.spawn((Name::new("Edges of the space"), wires, ChildOf(opened.entity)));
    for axis in 0..3 {
        let sign = hanger.hang(PanelPlan::clear("Axis", NAME_M, READ_FROM_M));
        let mut panel = hanger.commands.entity(sign.panel);
        panel.insert((name_place(axis), Untouchable, ChildOf(opened.entity)));
        if axis == 1 {
            panel.insert(ClearOf { side: -1.0 });
        }
        hanger.commands.entity(sign.root).entry::<Node>().and_modify(move |mut page| {
            page.justify_content = JustifyContent::Center;
            // The name beside the upright edge ends at it.
            page.align_items = if axis == 1 { AlignItems::End } else { AlignItems::Center };
        });
        hanger.commands.entity(sign.root).with_child((
            words::caption(""),
            TextLayout::no_wrap(),
            AxisName(axis),
        ));
    }
}

const EDGES: usize = 12;

fn edges() -> Vec<(Vec3, Vec3, f32)> {
    let mut edges = Vec::with_capacity(EDGES);
    for axis in 0..3 {
        for corner in 0..4 {
            let side = |bit: u32| if corner >> bit & 1 == 0 { -1.0 } else { 1.0 };
            let mut from = Vec3::ZERO;
            from[axis] = -1.0;
            from[(axis + 1) % 3] = side(0);
            from[(axis + 2) % 3] = side(1);
            let mut to = from;
            to[axis] = 1.0;
            edges.push((from * HALF_M, to * HALF_M, EDGE));
        }
    }
    edges
}

/// Under the front edge one above the other, as far to the left as the board at the right reaches; and to the left of the
/// upright one, where it is turned to the middle.
fn name_place(axis: usize) -> Transform {
    /// Air between an edge and its name, in metres.
    const AIR_M: f32 = 0.03;
    /// From the middle of the front edge to those of its names, and air above them, in metres.
    const ASIDE_M: f32 = 0.2;
    const CLOSE_M: f32 = 0.01;
    /// How far that at the left is turned, in radians.
    const TURN: f32 = 0.6;
    let below = HALF_M.y + NAME_M.y / 2.0 + CLOSE_M;
    match axis {
        0 => Transform::from_xyz(-ASIDE_M, -below, HALF_M.z),
        1 => {
            let half = Quat::from_rotation_y(TURN) * Vec3::X * NAME_M.x / 2.0;
            let end = vec3(-HALF_M.x - AIR_M, 0.0, HALF_M.z);
            Transform::from_translation(end - half).with_rotation(Quat::from_rotation_y(TURN))
        }
        _ => Transform::from_xyz(-ASIDE_M, -below - NAME_M.y, HALF_M.z),
    }
}

fn name_axes(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    mut names: Query<(&AxisName, &mut Text)>,
) {
    let Some((table, _)) = &fitted.0 else {
        return;
    };
    if !attention.is_changed() && !fitted.is_changed() {
        return;
    }
    for (axis, mut text) in &mut names {
        text.set_if_neq(Text(axis_words(table, &attention, axis.0)));
    }
}

fn axis_words(table: &Table, attention: &TableAttention, axis: usize) -> String {
    let arrow = ["→", "↑", "↗"].get(axis).copied().unwrap_or_default();
    let feature = |place: usize| {
        let of = attention.across.get(place).and_then(|feature| table.features.get(*feature));
        of.map_or_else(String::new, |feature| of_table(&feature.name).into_owned())
    };
    let name = match (attention.space, axis) {
        (Space::Components, _) => {
            let share = table.drawn.explained.get(axis).copied().unwrap_or(0.0);
            say!("logistic-component-of-variance", axis = axis + 1, share = percent_of(share))
        }
        (Space::Features, 0) => feature(0),
        (Space::Features, 1) => {
            let class = &*table.class(attention.class);
            say!("logistic-probability-of-0-to-1", class)
        }
        (Space::Features, _) => feature(1),
    };
    format!("{arrow} {name}")
}

#[cfg(test)]
mod tests {
    use super::{super::board::tests::table, *};

    #[test]
    fn axes_are_named_after_what_they_are() {
        let table = table();
        let mut attention = TableAttention::default();
        assert_eq!(axis_words(&table, &attention, 0), "→ component 1: 60.0 % of variance");
        attention.space = Space::Features;
        attention.across = [1, 0];
        let words = [0, 1, 2].map(|axis| axis_words(&table, &attention, axis));
        assert_eq!(
            words,
            ["→ texture", "↑ probability of malignant, 0 to 1", "↗ radius"].map(str::to_owned)
        );
    }

    #[test]
    fn the_space_has_twelve_edges_of_its_size() {
        let edges = edges();
        let length: f32 = edges.iter().map(|(from, to, _)| from.distance(*to)).sum();
        assert_eq!(edges.len(), EDGES);
        assert!((length - 8.0 * HALF_M.element_sum()).abs() < 1e-4);
    }
}
