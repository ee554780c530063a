//! What of an exhibit can be pointed at: places on its fields, points and grounds, the richest first.

use bevy::{ecs::system::SystemParam, prelude::*};

use crate::world::{
    display::{Field, FieldLayout},
    interaction::{aim::Untouchable, points::Points, relief::Relief},
    link::ShownSnapshot,
    subscriptions::Shows,
};

/// Only what lies this near to the middle of the view is pointed at, in radians.
const IN_VIEW: f32 = 0.5;
/// How many places are offered, in case something hides some.
const MOST: usize = 6;
/// How many of the largest fields are pointed at in turn.
const IN_TURN: usize = 3;
/// Places that are tried on one field or among some points.
const TRIED: u32 = 24;
/// The golden ratio less one, and its square: multiples of both spread evenly over a square (Roberts, "The unreasonable
/// effectiveness of quasirandom sequences", 2018, has the sequence for two dimensions).
const SPREAD: Vec2 = vec2(0.754_877_7, 0.569_840_3);

type Seen = (&'static GlobalTransform, &'static InheritedVisibility);

/// Everything with numbers on it.
#[derive(SystemParam)]
pub(super) struct Things<'w, 's> {
    fields: Query<'w, 's, (&'static Field, &'static Shows, Seen), Without<Untouchable>>,
    clouds: Query<'w, 's, (&'static Points, Seen), Without<Untouchable>>,
    grounds: Query<'w, 's, (&'static Relief, Seen), Without<Untouchable>>,
    shown: Res<'w, ShownSnapshot>,
}

impl Things<'_, '_> {
    /// Places that can be pointed at from this head, the best first; other ones each `turn`.
    pub(super) fn places(&self, head: &GlobalTransform, turn: u32) -> Vec<Vec3> {
        let in_view = |place: &Vec3| {
            let way = *place - head.translation();
            place.is_finite() && head.forward().angle_between(way) < IN_VIEW
        };
        let clouds = self.clouds.iter().filter(|(_, (_, seen))| seen.get());
        let points = clouds.flat_map(|(points, (place, _))| among(points, place, turn));
        let grounds = self.grounds.iter().filter(|(_, (_, seen))| seen.get());
        let on_ground = grounds.flat_map(|(ground, (place, _))| on(ground, place, turn));
        let all = self.cells(turn).into_iter().chain(points).chain(on_ground);
        all.filter(in_view).take(MOST).collect()
    }

    /// The strongest of some cells of each field, the fields with most cells first.
    fn cells(&self, turn: u32) -> Vec<Vec3> {
        let mut fields: Vec<_> = self.fields.iter().filter(|(.., (_, seen))| seen.get()).collect();
        fields.sort_by_key(|(field, ..)| std::cmp::Reverse(field.layout().len()));
        let in_turn = fields.len().min(IN_TURN);
        if let Some(richest) = fields.get_mut(..in_turn).filter(|richest| !richest.is_empty()) {
            let by = turn as usize % richest.len();
            richest.rotate_left(by);
        }
        let cell = |(field, shows, (place, _)): (&Field, &Shows, (&GlobalTransform, _))| {
            let numbers = self.shown.layer(shows.0).map(|layer| &*layer.values);
            let uv = strongest(field.layout(), numbers, field.first_map, turn)?;
            let flat = (uv - 0.5) * vec2(1.0, -1.0) * field.size();
            Some(place.transform_point(flat.extend(field.depth())))
        };
        fields.into_iter().filter_map(cell).collect()
    }
}

/// Places spread over a square, other ones each turn.
fn spread(turn: u32) -> impl Iterator<Item = Vec2> {
    let first = turn.wrapping_mul(TRIED) % 1000;
    (first..first + TRIED).map(|place| (SPREAD * (place as f32 + 1.0)).fract())
}

/// The middle of the cell with the largest number of some that are spread over a field; nothing where there is no cell.
fn strongest(
    layout: &FieldLayout,
    numbers: Option<&[f32]>,
    first_map: usize,
    turn: u32,
) -> Option<Vec2> {
    let first = first_map * layout.rows * layout.cols;
    let cells = spread(turn).filter_map(|uv| layout.cell_at(uv));
    let strength = |index: usize| {
        let number = numbers.and_then(|numbers| numbers.get(first + index));
        number.map_or(0.0, |number| number.abs())
    };
    let best = cells.max_by(|a, b| strength(a.index).total_cmp(&strength(b.index)))?;
    let (row, column) = (best.row, best.column);
    Some(layout.rect_of_cells(best.map, row..row + 1, column..column + 1).center())
}

/// Some of the points.
fn among(points: &Points, place: &GlobalTransform, turn: u32) -> Vec<Vec3> {
    let count = points.places.len() / 3;
    let at = |share: f32| {
        let first = ((share * count as f32) as usize).min(count.checked_sub(1)?) * 3;
        match points.places.get(first..first + 3)? {
            &[x, y, z] => Some(place.transform_point(vec3(x, y, z))),
            _ => None,
        }
    };
    spread(turn).filter_map(|share| at(share.x)).collect()
}

/// Some places on the ground, not at its edge.
fn on(ground: &Relief, place: &GlobalTransform, turn: u32) -> Vec<Vec3> {
    let inner = |share: f32| 0.2 + 0.6 * share;
    let at = |share: Vec2| ground.at(inner(share.x), inner(share.y));
    spread(turn).filter_map(at).map(|point| place.transform_point(point)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_of_the_cells_that_are_tried_is_taken() {
        let layout = FieldLayout::single(4, 4);
        let mut numbers = [0.1_f32; 16];
        numbers[6] = -3.0;
        let uv = strongest(&layout, Some(&numbers), 0, 0).unwrap();
        assert_eq!(layout.cell_at(uv).unwrap().index, 6);
        assert!(strongest(&layout, None, 0, 5).is_some());
        assert_eq!(strongest(&FieldLayout::single(0, 0), None, 0, 0), None);
    }

    #[test]
    fn each_turn_tries_other_places_and_none_is_outside() {
        let [first, second] = [0, 1].map(|turn| spread(turn).collect::<Vec<_>>());
        assert_ne!(first, second);
        let all = first.iter().chain(&second);
        assert!(all.clone().all(|uv| uv.min_element() >= 0.0 && uv.max_element() < 1.0));
        let left = all.filter(|uv| uv.x < 0.5).count();
        assert!((18..=30).contains(&left), "{left} of 48 on the left");
    }

    #[test]
    fn points_and_grounds_are_pointed_at_where_they_stand() {
        let place = GlobalTransform::from_xyz(0.0, 1.0, -3.0);
        let points = Points { places: vec![0.5, 0.0, 0.0, 1.0, 0.0, 0.0].into() };
        let found = among(&points, &place, 0);
        assert_eq!(found.len(), TRIED as usize);
        assert!(found.iter().all(|at| at.z == -3.0 && (at.x == 0.5 || at.x == 1.0)));
        assert!(among(&Points { places: Vec::new().into() }, &place, 0).is_empty());
        let ground =
            Relief { size: vec2(2.0, 2.0), columns: 2, rows: 2, heights: vec![0.5; 4].into() };
        for at in on(&ground, &place, 0) {
            assert!((at.y - 1.5).abs() < 1e-5 && at.x.abs() < 0.7 && (at.z + 3.0).abs() < 0.7);
        }
    }
}
