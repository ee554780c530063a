//! Ground that can be aimed at: heights over a grid, and where a ray first meets them.

use std::sync::Arc;

use bevy::prelude::*;

/// Heights over a rectangle in the XZ plane of the entity, centred; +Y is up.
///
/// The entity is left out under the same conditions as a [`Surface`](super::aim::Surface). A hit on it has its `uv`
/// as on a map: (0, 0) is the far left corner and (1, 1) the near right one.
#[derive(Component, Clone, Debug)]
#[require(Transform, Visibility)]
pub struct Relief {
    /// Width along x and depth along z, in metres before the entity's own scale.
    pub size: Vec2,
    /// Grid points along x, and along z; at least two of each.
    pub columns: usize,
    /// Grid points along z.
    pub rows: usize,
    /// Heights in metres, row by row; row 0 is the nearest (+z), column 0 the leftmost.
    pub heights: Arc<[f32]>,
}

impl Relief {
    /// The grid point of a column and a row, in metres.
    pub fn point(&self, column: usize, row: usize) -> Option<Vec3> {
        let height = *self.heights.get(row * self.columns + column)?;
        let across = column as f32 / (self.columns.max(2) - 1) as f32;
        let away = row as f32 / (self.rows.max(2) - 1) as f32;
        (column < self.columns && height.is_finite()).then(|| self.flat(across, away, height))
    }

    /// A place at these shares of the width and of the depth, 0..=1 from the near left corner.
    fn flat(&self, across: f32, away: f32, height: f32) -> Vec3 {
        vec3((across - 0.5) * self.size.x, height, (0.5 - away) * self.size.y)
    }

    /// The ground at these shares of the width and of the depth, 0..=1 from the near left corner, on the two
    /// triangles that each cell of the grid consists of; what lies outside is taken at the edge.
    pub fn at(&self, across: f32, away: f32) -> Option<Vec3> {
        let (across, away) = (across.clamp(0.0, 1.0), away.clamp(0.0, 1.0));
        let cell = |share: f32, count: usize| {
            let place = share * count.checked_sub(1)? as f32;
            let first = (place.floor() as usize).min(count.checked_sub(2)?);
            Some((first, place - first as f32))
        };
        let (column, x) = cell(across, self.columns)?;
        let (row, z) = cell(away, self.rows)?;
        let height = |right: usize, far: usize| {
            self.heights.get((row + far) * self.columns + column + right).copied()
        };
        let (near_left, far_right) = (height(0, 0)?, height(1, 1)?);
        let height = if x >= z {
            let near_right = height(1, 0)?;
            near_left + (near_right - near_left) * x + (far_right - near_right) * z
        } else {
            let far_left = height(0, 1)?;
            near_left + (far_right - far_left) * x + (far_left - near_left) * z
        };
        height.is_finite().then(|| self.flat(across, away, height))
    }

    /// Where a point above or on the ground lies on the map.
    pub fn uv(&self, point: Vec3) -> Vec2 {
        vec2(point.x / self.size.x + 0.5, point.z / self.size.y + 0.5)
    }

    /// How far along a ray in the space of the entity the ground is first met, in lengths of `direction`.
    ///
    /// The cells under the ray are looked at one after the other, so it costs as many as lie on its way.
    pub fn meet(&self, origin: Vec3, direction: Vec3) -> Option<f32> {
        let cells = [self.columns.checked_sub(1)?, self.rows.checked_sub(1)?];
        let (enter, leave) = self.within(origin, direction)?;
        let [wide, deep] = cells.map(|count| count as f32);
        // Places counted in cells; rows count away from the visitor, so against z.
        let start =
            vec2((origin.x / self.size.x + 0.5) * wide, (0.5 - origin.z / self.size.y) * deep);
        let way = vec2(direction.x / self.size.x * wide, -direction.z / self.size.y * deep);
        let first = start + way * enter;
        let mut cell = [first.x, first.y];
        for (place, count) in cell.iter_mut().zip([wide, deep]) {
            *place = place.floor().clamp(0.0, count - 1.0);
        }
        let mut along = enter;
        // A ray crosses each line of the grid at most once.
        for _ in 0..=cells[0] + cells[1] + 2 {
            if let Some(met) = self.meet_cell(cell[0] as usize, cell[1] as usize, origin, direction)
            {
                return Some(met);
            }
            let edge = |axis: usize| {
                let (way, start) = (way[axis], start[axis]);
                if way == 0.0 {
                    return f32::INFINITY;
                }
                (cell[axis] + if way > 0.0 { 1.0 } else { 0.0 } - start) / way
            };
            let next = [edge(0), edge(1)];
            let axis = usize::from(next[1] < next[0]);
            cell[axis] += way[axis].signum();
            along = along.max(next[axis]);
            let outside = cell[0] < 0.0 || cell[0] >= wide || cell[1] < 0.0 || cell[1] >= deep;
            if outside || along > leave {
                return None;
            }
        }
        None
    }

    /// Where a ray is above the rectangle: from, and to.
    fn within(&self, origin: Vec3, direction: Vec3) -> Option<(f32, f32)> {
        let half = self.size / 2.0;
        let (mut enter, mut leave) = (0.0_f32, f32::INFINITY);
        for (from, way, half) in [(origin.x, direction.x, half.x), (origin.z, direction.z, half.y)]
        {
            if way == 0.0 {
                if from.abs() > half {
                    return None;
                }
                continue;
            }
            let [one, other] = [(-half - from) / way, (half - from) / way];
            enter = enter.max(one.min(other));
            leave = leave.min(one.max(other));
        }
        (enter <= leave && enter.is_finite()).then_some((enter, leave))
    }

    fn meet_cell(&self, column: usize, row: usize, origin: Vec3, way: Vec3) -> Option<f32> {
        let near_left = self.point(column, row)?;
        let far_right = self.point(column + 1, row + 1)?;
        let near_right = self.point(column + 1, row);
        let far_left = self.point(column, row + 1);
        let one =
            near_right.and_then(|corner| triangle([near_left, corner, far_right], origin, way));
        let other =
            far_left.and_then(|corner| triangle([near_left, corner, far_right], origin, way));
        one.into_iter().chain(other).min_by(f32::total_cmp)
    }
}

/// How far along a ray a triangle is met, from either side.
///
/// Tomas Möller and Ben Trumbore, Fast, minimum storage ray/triangle intersection, 1997.
fn triangle([a, b, c]: [Vec3; 3], origin: Vec3, way: Vec3) -> Option<f32> {
    /// Rays along an edge meet one of its two triangles.
    const SLACK: f32 = 1e-5;
    let (ab, ac) = (b - a, c - a);
    let across = way.cross(ac);
    let determinant = ab.dot(across);
    if determinant.abs() < 1e-12 {
        return None;
    }
    let from = origin - a;
    let u = from.dot(across) / determinant;
    let turned = from.cross(ab);
    let v = way.dot(turned) / determinant;
    let along = ac.dot(turned) / determinant;
    (u >= -SLACK && v >= -SLACK && u + v <= 1.0 + SLACK && along > 0.0).then_some(along)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    fn hills(columns: usize, rows: usize) -> Relief {
        let heights = (0..columns * rows)
            .map(|place| {
                let (x, z) = ((place % columns) as f32, (place / columns) as f32);
                0.3 + 0.2 * (0.9 * x).sin() * (0.7 * z).cos()
            })
            .collect();
        Relief { size: vec2(2.0, 1.6), columns, rows, heights }
    }

    #[test]
    fn a_ray_meets_what_looking_at_every_triangle_finds() {
        let relief = hills(17, 13);
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        let mut met = 0;
        for _ in 0..2000 {
            let mut within = |low: f32, high: f32| rng.random_range(low..high);
            let origin = vec3(within(-2.0, 2.0), within(0.6, 2.0), within(-2.0, 2.0));
            let to = vec3(within(-1.2, 1.2), within(0.0, 0.5), within(-1.0, 1.0));
            let way = to - origin;
            let cells = (0..16).flat_map(|column| (0..12).map(move |row| (column, row)));
            let wanted = cells
                .filter_map(|(column, row)| relief.meet_cell(column, row, origin, way))
                .min_by(f32::total_cmp);
            match (relief.meet(origin, way), wanted) {
                (Some(found), Some(wanted)) => {
                    assert!((found - wanted).abs() < 1e-4, "{found} {wanted}");
                    met += 1;
                }
                (found, wanted) => assert_eq!(found, wanted, "{origin} {way}"),
            }
        }
        assert!(met > 500, "{met}");
    }

    #[test]
    fn a_ray_straight_down_meets_the_ground_below_it() {
        let relief = hills(17, 13);
        for (across, away) in [(0.5, 0.5), (0.03, 0.9), (0.71, 0.22)] {
            let ground = relief.at(across, away).unwrap();
            let met = relief.meet(ground.with_y(3.0), Vec3::NEG_Y).unwrap();
            assert!((met - (3.0 - ground.y)).abs() < 1e-5);
            let uv = relief.uv(ground);
            assert!(uv.abs_diff_eq(vec2(across, 1.0 - away), 1e-6), "{uv}");
        }
    }

    #[test]
    fn no_ground_is_met_beside_it_or_where_it_has_no_height() {
        let mut relief = hills(3, 3);
        assert_eq!(relief.meet(vec3(1.5, 1.0, 0.0), Vec3::NEG_Y), None);
        assert_eq!(relief.meet(vec3(0.0, 1.0, 0.0), Vec3::Y), None);
        relief.heights = vec![f32::NAN; 9].into();
        assert_eq!(relief.meet(vec3(0.2, 1.0, 0.1), Vec3::NEG_Y), None);
        relief.heights = Arc::from([]);
        assert_eq!(relief.meet(vec3(0.2, 1.0, 0.1), Vec3::NEG_Y), None);
        assert_eq!(relief.at(0.5, 0.5), None);
    }
}
