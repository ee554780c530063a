//! Where the card hangs, and that its words are the numbers of the calculation.

use bevy::prelude::*;

use super::{
    explanation::{CardContent, explain_on},
    panel::SIZE_M,
    placement::beside,
};
use crate::{
    exhibits::digits::ACTIVATION,
    world::inspect::{Arithmetic, Unit},
};

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

#[test]
fn words_are_the_numbers_of_the_calculation() {
    let unit = Unit { layer: ACTIVATION, map: 7, row: 3, column: 12 };
    let mut page = CardContent::default();
    explain_on(&mut page, unit, 0.0, &Arithmetic::Relu { before: -0.31 });
    assert_eq!(page.lines, ["max(0, −0.31) = 0"]);

    let mut page = CardContent::default();
    let parts = (0..32).map(|map| (map, 32.0 - map as f32)).collect();
    explain_on(&mut page, unit, 0.0, &Arithmetic::Linear { parts, bias: 0.5, sum: 528.5 });
    assert_eq!(page.lines[0], "bias: 0.50,  map 0: 32.0");
    assert_eq!(page.lines[3], "the other 27 maps: 378");
    assert_eq!(page.lines[4], "together the logit z = 528");

    let mut page = CardContent::default();
    explain_on(
        &mut page,
        unit,
        2.0,
        &Arithmetic::MaxPooling { of: vec![vec![0.0, 2.0], vec![1.0, 0.5]] },
    );
    let marked: Vec<_> =
        page.table.iter().flatten().filter(|cell| cell.2).map(|cell| &cell.1).collect();
    assert_eq!(marked, ["2.00"]);
}
