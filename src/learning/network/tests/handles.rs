//! The numbers on which a unit hangs: whatever is changed of them changes that unit and no other of its layer, and of what reads it
//! that class alone.

use super::{
    inside::{PIECES, image, learned},
    *,
};
use crate::{
    inside::{Edit, EditChange},
    learning::inside::{Explained as _, edited},
};

const CLASSES: usize = 3;

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

/// How many units of how many could be changed, and how many of these a class reads directly.
fn change_each(model: &NetworkModel) -> [usize; 3] {
    let inputs = [image(1), image(50), image(9)].concat();
    let inside = model.inside().unwrap();
    let logits = inside.logits(&inputs).unwrap();
    let (mut all, mut changed, mut read) = (0, 0, 0);
    for layer in inside.unit_layers().unwrap().layers {
        let values = inside.hidden(&layer.name).unwrap().unwrap().values(&inputs).unwrap();
        for unit in 0..layer.units() {
            let asked = |change| Edit { layer: Some(layer.name.clone()), unit, change };
            all += 1;
            let Ok(after) = edited(&inside, &asked(EditChange::Scale(-3.0))) else { continue };
            changed += 1;
            let other = inside.with_parameters(&after.numbers).unwrap();
            let moved = other.hidden(&layer.name).unwrap().unwrap().values(&inputs).unwrap();
            let places = layer.places();
            let of = |numbers: &[f32], wanted: bool| -> Vec<u32> {
                let maps = numbers.chunks(places).enumerate();
                let maps = maps.filter(|(at, _)| (at % layer.units() == unit) == wanted);
                bits(&maps.flat_map(|(_, map)| map).copied().collect::<Vec<_>>())
            };
            assert_eq!(of(&values, false), of(&moved, false), "{} {unit}", layer.name);
            let silent = values.chunks(places).skip(unit).step_by(layer.units()).flatten();
            if silent.clone().any(|value| *value != 0.0) {
                assert_ne!(of(&values, true), of(&moved, true), "{} {unit}", layer.name);
            }
            for class in 0..CLASSES {
                let towards = EditChange::Towards { class, factor: -2.0 };
                let Ok(cut) = edited(&inside, &asked(towards)) else { continue };
                read += 1;
                let cut = inside.with_parameters(&cut.numbers).unwrap().logits(&inputs).unwrap();
                for (at, (was, is)) in logits.iter().zip(&cut).enumerate() {
                    assert!(at % CLASSES == class || was.to_bits() == is.to_bits());
                }
                let of_class = |numbers: &[f32]| -> Vec<u32> {
                    bits(&numbers.iter().skip(class).step_by(CLASSES).copied().collect::<Vec<_>>())
                };
                if silent.clone().any(|value| *value != 0.0) {
                    assert_ne!(of_class(&logits), of_class(&cut), "{} {unit}", layer.name);
                }
            }
        }
    }
    [all, changed, read]
}

#[test]
fn an_edit_changes_its_unit_alone_and_what_one_class_makes_of_it() {
    for layers in [PIECES, ALL_KINDS] {
        let [all, changed, read] = change_each(&learned(layers));
        assert!(changed > all / 4 && changed > 5, "{changed} of {all}");
        assert!(read > 0 && read.is_multiple_of(CLASSES), "{read}");
    }
}
