//! Sheets on the arc, and what classes are called where there is little room.

use bevy::prelude::*;

use super::arc::{RADIUS_M, Spot};
use crate::world::ui::panel::{Hanger, PanelPlan};

pub use crate::world::ui::sheet::{
    BEFORE_M, Sheet, centred, figure, from_left, from_right, percent_of, seldom, whole_percent,
    write,
};

/// On the arc, one metre is this many dmm to the visitor in the middle.
pub const DMM_PER_M: f32 = 1000.0 / RADIUS_M;

/// Hangs an empty sheet over a whole spot of an exhibit's place.
pub fn hang(hanger: &mut Hanger, place: Entity, name: &'static str, spot: Spot) -> Sheet {
    Sheet::hang(hanger, place, PanelPlan::clear(name, spot.size_m, RADIUS_M), spot.transform())
}

/// What a class is called where only two letters fit: its name if it is so short, else its number.
pub fn short_class(classes: &[String], class: usize) -> String {
    match classes.get(class) {
        Some(name) if name.chars().count() <= 2 => name.clone(),
        _ => class.to_string(),
    }
}

/// What a class is called.
pub fn class_name(classes: &[String], class: usize) -> String {
    classes.get(class).cloned().unwrap_or_else(|| class.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_of_classes_give_way_to_numbers() {
        let classes = ["7".to_owned(), "Ankle boot".to_owned()];
        assert_eq!([0, 1, 2].map(|class| short_class(&classes, class)), ["7", "1", "2"]);
        assert_eq!(class_name(&classes, 1), "Ankle boot");
    }
}
