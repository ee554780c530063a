//! Where a field of numbers in a box has a given value: triangles by marching tetrahedra.
//!
//! Each cell of a regular grid is cut into six tetrahedra along its diagonal, and in each the field is taken as linear
//! (Doi and Koide, "An Efficient Method of Triangulating Equi-Valued Surfaces by Using Tetrahedral Cells", 1991), so a
//! linear field has exactly its plane.

use bevy::math::{UVec3, Vec3};

/// Numbers at the corners of the cells of a box that is centred on the origin.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    half: Vec3,
    cells: UVec3,
    values: Vec<f32>,
}

/// Corners of a cell: bit 0 is x, bit 1 is y, bit 2 is z. Each tetrahedron holds the diagonal from 0 to 7.
const TETRAHEDRA: [[u32; 4]; 6] =
    [[0, 1, 3, 7], [0, 3, 2, 7], [0, 2, 6, 7], [0, 6, 4, 7], [0, 4, 5, 7], [0, 5, 1, 7]];

impl Grid {
    /// Asks for the number at each corner.
    pub(super) fn of(half: Vec3, cells: UVec3, value: impl Fn(Vec3) -> f32) -> Self {
        let mut values =
            Vec::with_capacity(((cells.x + 1) * (cells.y + 1) * (cells.z + 1)) as usize);
        for z in 0..=cells.z {
            for y in 0..=cells.y {
                for x in 0..=cells.x {
                    values.push(value(place(half, cells, UVec3::new(x, y, z))));
                }
            }
        }
        Self { half, cells, values }
    }

    fn corner(&self, at: UVec3) -> Option<(Vec3, f32)> {
        let row = self.cells.x + 1;
        let index = (at.z * (self.cells.y + 1) + at.y) * row + at.x;
        Some((place(self.half, self.cells, at), *self.values.get(index as usize)?))
    }

    /// The triangles on which the field has this value, and the lines in which they meet the sides of the box.
    pub(super) fn level(&self, value: f32) -> Level {
        let mut level = Level::default();
        for z in 0..self.cells.z {
            for y in 0..self.cells.y {
                for x in 0..self.cells.x {
                    self.cut_cell(UVec3::new(x, y, z), value, &mut level);
                }
            }
        }
        level
    }

    fn cut_cell(&self, cell: UVec3, value: f32, level: &mut Level) {
        let corner =
            |bits: u32| self.corner(cell + UVec3::new(bits & 1, bits >> 1 & 1, bits >> 2 & 1));
        for tetrahedron in TETRAHEDRA {
            let [Some(a), Some(b), Some(c), Some(d)] = tetrahedron.map(corner) else {
                continue;
            };
            let corners = [a, b, c, d];
            if corners.iter().any(|(_, number)| !number.is_finite()) {
                continue;
            }
            let (above, below): (Vec<_>, Vec<_>) =
                corners.into_iter().partition(|(_, number)| *number >= value);
            let cut = |&(one, of_one): &(Vec3, f32), &(other, of_other): &(Vec3, f32)| {
                one.lerp(other, ((value - of_one) / (of_other - of_one)).clamp(0.0, 1.0))
            };
            match (&above[..], &below[..]) {
                ([one], [a, b, c]) | ([a, b, c], [one]) => {
                    level.add(self.half, [cut(one, a), cut(one, b), cut(one, c)]);
                }
                ([a, b], [c, d]) => {
                    let corners = [cut(a, c), cut(a, d), cut(b, d), cut(b, c)];
                    level.add(self.half, [corners[0], corners[1], corners[2]]);
                    level.add(self.half, [corners[0], corners[2], corners[3]]);
                }
                _ => {}
            }
        }
    }
}

fn place(half: Vec3, cells: UVec3, at: UVec3) -> Vec3 {
    half * (at.as_vec3() / cells.as_vec3() * 2.0 - 1.0)
}

/// A surface of equal value.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// Corners, three to a triangle.
    pub(super) triangles: Vec<Vec3>,
    /// Ends of the lines on the sides of the box, two to a line.
    pub(super) rim: Vec<[Vec3; 2]>,
}

impl Level {
    fn add(&mut self, half: Vec3, triangle: [Vec3; 3]) {
        /// Less than this, in metres, counts as on a side.
        const ON_SIDE_M: f32 = 1e-4;
        let [a, b, c] = triangle;
        if (b - a).cross(c - a).length_squared() < 1e-14 {
            return;
        }
        self.triangles.extend(triangle);
        for [from, to] in [[a, b], [b, c], [c, a]] {
            let on_side = |axis: usize| {
                let [from, to] = [from, to].map(|end| end.to_array()[axis]);
                let side = half.to_array()[axis];
                (from.abs() - side).abs() < ON_SIDE_M && (from - to).abs() < ON_SIDE_M
            };
            if (0..3).any(on_side) && from.distance(to) > ON_SIDE_M {
                self.rim.push([from, to]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: Vec3 = Vec3::new(0.7, 0.5, 0.6);
    const CELLS: UVec3 = UVec3::new(7, 5, 6);

    #[test]
    fn a_linear_field_has_exactly_its_plane() {
        let normal = Vec3::new(1.3, -0.4, 0.8);
        let grid = Grid::of(HALF, CELLS, |place| normal.dot(place) + 0.1);
        let level = grid.level(0.25);
        assert!(level.triangles.len() > 90, "{}", level.triangles.len());
        for corner in &level.triangles {
            assert!((normal.dot(*corner) + 0.1 - 0.25).abs() < 1e-5, "{corner}");
            assert!(corner.abs().cmple(HALF + 1e-5).all());
        }
        // The area of the plane within the box, by summing what its shadow along z covers.
        let area: f32 = level
            .triangles
            .chunks_exact(3)
            .map(|t| (t[1] - t[0]).cross(t[2] - t[0]).length() / 2.0)
            .sum();
        let shade: f32 = level
            .triangles
            .chunks_exact(3)
            .map(|t| (t[1] - t[0]).cross(t[2] - t[0]).x.abs() / 2.0)
            .sum();
        assert!((shade / area - normal.normalize().x).abs() < 1e-3);
        assert!(level.rim.iter().flatten().all(|end| {
            let off = (end.abs() - HALF).abs();
            off.min_element() < 1e-4
        }));
    }

    #[test]
    fn a_sphere_is_closed() {
        let grid = Grid::of(Vec3::ONE, UVec3::splat(16), Vec3::length);
        let level = grid.level(0.8);
        assert!(level.rim.is_empty(), "it touches no side");
        let area: f32 = level
            .triangles
            .chunks_exact(3)
            .map(|t| (t[1] - t[0]).cross(t[2] - t[0]).length() / 2.0)
            .sum();
        let sphere = 4.0 * std::f32::consts::PI * 0.8 * 0.8;
        assert!((area / sphere - 1.0).abs() < 0.03, "{area}");
    }

    #[test]
    fn where_the_value_does_not_occur_there_is_nothing() {
        let grid = Grid::of(HALF, CELLS, |place| place.x);
        assert!(grid.level(2.0).triangles.is_empty());
        assert!(Grid::of(HALF, CELLS, |_| f32::NAN).level(0.0).triangles.is_empty());
    }
}
