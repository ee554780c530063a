//! Where a map leaves from and where it comes to.

use bevy::prelude::*;

use super::travel::{HEIGHTS_M, ends, near_place};
use crate::{
    exhibits::digits::CONVOLUTION,
    stream::Shape,
    world::{
        display::{Field, FieldLayout},
        inspect::Unit,
    },
};

#[test]
fn a_chosen_map_comes_before_the_visitor_and_faces_them() {
    let wall = Vec3::new(-1.2, 2.2, -3.3);
    for head in [Vec3::new(0.0, 1.6, 0.0), Vec3::new(0.3, 1.2, 1.4), Vec3::new(2.0, 1.6, -1.0)] {
        let place = near_place(wall, head);
        let to_head = (head - place.translation).with_y(0.0);
        assert!((place.rotation * Vec3::Z).dot(to_head.normalize()) > 0.99, "{head}");
        let distance = to_head.length();
        assert!((1.0..1.7).contains(&distance), "{distance}");
        let height = place.translation.y;
        assert!(height < 1.5 + 1e-6 && height >= HEIGHTS_M.0, "{height}");
    }
}

#[test]
fn it_leaves_from_where_it_is_on_the_wall() {
    let layout = FieldLayout::stack(Shape::maps(32, 26, 26), 8, 2);
    let wall = Field::new(layout, 1.78);
    let place = GlobalTransform::from(Transform::from_xyz(0.0, 2.0, -3.0));
    let first = Unit { layer: CONVOLUTION, map: 0, row: 0, column: 0 };
    let [from, to] = ends(first, &wall, &place, Vec3::Y);
    assert!(from.translation.x < -0.7 && from.translation.y > 2.2, "{}", from.translation);
    assert!(from.scale.x < 0.3 && to.scale.x == 1.0);
}
