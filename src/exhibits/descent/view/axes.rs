//! What the two directions of the ground are, with numbers along its near and its left edge.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    ON_STAGE,
    ground::{GroundHung, GroundSystems, Terrain},
    numbers,
    places::{GROUND_READ_FROM_M, GROUND_SIZE_M, GROUND_TILT},
};
use crate::{
    exhibits::descent::payload::{ParameterAxis, Surface},
    words::{Language, spoken},
    world::{
        WorldSystems,
        display::nice_ticks,
        interaction::aim::Untouchable,
        ui::{
            palette,
            panel::{Hanger, PanelPlan},
            sheet::{Sheet, centred, from_left},
            type_size, words,
        },
    },
};

/// Width and height of the sign along the near edge, and of a number at the left edge, in metres.
const NEAR_M: Vec2 = vec2(2.7, 0.34);
const LEFT_M: Vec2 = vec2(0.4, 0.14);
/// The distance that those numbers are set for, in metres: they hang further away than the near edge.
const LEFT_READ_FROM_M: f32 = 3.7;
/// Numbers along an edge, at most.
const TICKS: usize = 4;
/// Places of the near edge that are looked at for the lowest.
const EDGE_POINTS: usize = 16;
/// Height of a line of text, in dmm.
const LINE_DMM: f32 = 34.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        write.after(GroundSystems).in_set(WorldSystems::Show).in_set(ON_STAGE),
    );
}

/// The page of the sign along the near edge, and the sign.
#[derive(Component)]
struct Near(Entity);

/// A number at the left edge, and the sign that it stands on.
#[derive(Component)]
struct Left {
    tick: usize,
    sign: Entity,
}

fn hang(hung: On<GroundHung>, mut hanger: Hanger) {
    // Upright, although the ground is tilted.
    let upright = Quat::from_rotation_x(-GROUND_TILT.to_radians());
    let place = Transform::from_translation(near_place(0.0)).with_rotation(upright);
    let plan = PanelPlan::clear("Near edge", NEAR_M, GROUND_READ_FROM_M);
    let sheet = Sheet::hang(&mut hanger, hung.entity, plan, place);
    hanger.commands.entity(sheet.panel).insert(Untouchable);
    let page = Node { width: percent(100), height: percent(100), ..from_left(0.0, 0.0) };
    hanger.commands.spawn((Near(sheet.panel), page, ChildOf(sheet.root)));
    for tick in 0..TICKS {
        let sign = hanger.hang(PanelPlan::clear("Left edge", LEFT_M, LEFT_READ_FROM_M));
        hanger.commands.entity(sign.panel).insert((
            Untouchable,
            Transform::from_rotation(upright),
            ChildOf(hung.entity),
        ));
        hanger.commands.entity(sign.root).entry::<Node>().and_modify(|mut page| {
            page.align_items = AlignItems::End;
            page.justify_content = JustifyContent::Center;
        });
        hanger.commands.entity(sign.root).with_child((
            words::caption(""),
            TextLayout::no_wrap(),
            Left { tick, sign: sign.panel },
        ));
    }
}

/// Where the sign along the near edge is, below where that edge is lowest.
fn near_place(lowest_m: f32) -> Vec3 {
    vec3(0.0, lowest_m - NEAR_M.y / 2.0 - 0.005, GROUND_SIZE_M.y / 2.0 + 0.02)
}

fn write(
    terrain: Res<Terrain>,
    near: Option<Single<(Entity, &Near)>>,
    mut left: Query<(&Left, &mut Text)>,
    mut signs: Query<&mut Transform>,
    mut written: Local<Option<(Arc<Surface>, bool, Language)>>,
    mut commands: Commands,
) {
    let (Some(shown), Some(near)) = (&terrain.0, near) else {
        return;
    };
    let same = written.as_ref().is_some_and(|(surface, log, language)| {
        Arc::ptr_eq(surface, &shown.surface) && (*log, *language) == (shown.log, spoken())
    });
    if same {
        return;
    }
    *written = Some((shown.surface.clone(), shown.log, spoken()));
    let [across, away] = &shown.surface.axes;
    let (page, Near(sign)) = *near;
    let edge = (0..=EDGE_POINTS)
        .filter_map(|at| shown.relief.at(at as f32 / EDGE_POINTS as f32, 0.0).map(|place| place.y));
    if let Ok(mut place) = signs.get_mut(*sign) {
        place.translation = near_place(edge.reduce(f32::min).unwrap_or(0.0));
    }
    commands.entity(page).despawn_children().with_children(|page| {
        let middle_dmm = NEAR_M.x / 2.0 * 1000.0 / GROUND_READ_FROM_M;
        let ground_dmm = GROUND_SIZE_M.x * 1000.0 / GROUND_READ_FROM_M;
        for (tick, share) in ticks(across) {
            let at = middle_dmm + (share - 0.5) * ground_dmm;
            let number = words::caption(numbers::tick(tick));
            page.spawn((number, TextLayout::no_wrap(), from_left(at, 0.0), centred()));
        }
        let names = format!("→ {}      ↗ {}", name(across), name(away));
        for (line, text) in [names, shown.contours.to_string()].into_iter().enumerate() {
            let ink = if line == 0 { palette::INK } else { palette::INK_QUIET };
            let text = words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink);
            let place = from_left(middle_dmm, (line + 1) as f32 * LINE_DMM);
            page.spawn((text, TextLayout::no_wrap(), place, centred()));
        }
    });
    let ticks = ticks(away);
    for (left, mut text) in &mut left {
        let tick = ticks.get(left.tick);
        let wanted = tick.map_or_else(String::new, |(tick, _)| numbers::tick(*tick));
        text.set_if_neq(Text(wanted));
        if let (Some((_, share)), Ok(mut place)) = (tick, signs.get_mut(left.sign)) {
            // As high as the edge beside it, which would hide it otherwise.
            let edge = shown.relief.at(0.0, *share).unwrap_or_default();
            place.translation = edge - Vec3::X * LEFT_M.x / 2.0;
        }
    }
}

/// Round values on an axis, and their shares of it.
fn ticks(axis: &ParameterAxis) -> Vec<(f64, f32)> {
    let span = axis.high - axis.low;
    let share = |tick: f64| ((tick - axis.low) / span) as f32;
    nice_ticks(axis.low, axis.high, TICKS).into_iter().map(|tick| (tick, share(tick))).collect()
}

fn name(axis: &ParameterAxis) -> String {
    let unit =
        if axis.unit.is_empty() { String::new() } else { say!("descent-in", unit = axis.unit) };
    format!("{} {}{unit}", axis.symbol, axis.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_their_share_of_the_edge() {
        let axis = ParameterAxis {
            name: "slope".into(),
            symbol: "θ₁",
            unit: "mm".into(),
            low: -2.0,
            high: 2.0,
        };
        let ticks = ticks(&axis);
        assert!(ticks.len() <= TICKS && ticks.contains(&(0.0, 0.5)), "{ticks:?}");
        assert_eq!(name(&axis), "θ₁ slope in mm");
    }
}
