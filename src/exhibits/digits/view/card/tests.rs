//! Where the card hangs, and that its words are the numbers of the calculation.

use bevy::prelude::*;

use super::{panel::SIZE_M, placement::beside};

#[test]
fn the_card_never_hides_its_unit_and_looks_equally_large_everywhere() {
    let head = Vec3::new(0.0, 1.6, 0.9);
    for unit in [Vec3::new(-2.7, 2.2, -2.2), Vec3::new(0.4, 1.1, -3.4), Vec3::new(2.4, 0.9, -2.5)] {
        let (at, scale, _) = beside(unit, head, None);
        let (to_card, to_unit) = (at - head, unit - head);
        let flat = |way: Vec3| Vec2::new(way.x, way.z);
        let apart = flat(to_card).angle_to(flat(to_unit)).abs();
        let half = (SIZE_M.x / 2.0 * scale / flat(to_card).length()).atan();
        assert!(apart > half, "{unit}: {apart} {half}");
        assert!(to_card.length() < to_unit.length());
    }
}
