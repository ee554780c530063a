//! Rows of the outputs: a bar for each class, its name on the left of it and its probability on the right.

use bevy::prelude::*;

use crate::world::{
    classifier::{
        Classifier, Of,
        arc::Spot,
        sheet::{self, Sheet, from_left, from_right},
    },
    display::Bars,
    interaction::aim::Surface,
    ui::words,
};

/// Two lines of words above the bars, in metres.
const HEAD_M: f32 = 0.30;
/// Room for percentages at the right, in dmm.
const PERCENT_DMM: f32 = 116.0;
/// Room for a class name of one or two letters, and the most that longer names get, in dmm.
const NAME_DMM: (f32, f32) = (30.0, 104.0);
/// Letters that have room there.
pub(super) const NAME_LETTERS: usize = 7;
/// A letter of a name is about so wide, in dmm.
const LETTER_DMM: f32 = 14.0;
/// Height of a line of the words beside a bar, in dmm.
const LINE_DMM: f32 = 37.0;

/// The bars, their sheet, for how many classes, and for how long names there is room.
#[derive(Component)]
pub(super) struct Outputs {
    pub(super) sheet: Sheet,
    /// Width and height of all rows, in dmm.
    size_dmm: Vec2,
    classes: usize,
    name_dmm: f32,
}

/// The name of a class.
#[derive(Component)]
pub(super) struct NameOf(pub(super) usize);

/// The probability of a class, in percent.
#[derive(Component)]
pub(super) struct ShareOf(pub(super) usize);

/// The spot of the bars and of the words above them.
pub(super) fn with_head(bars: Spot) -> Spot {
    Spot { up_m: bars.up_m + HEAD_M / 2.0, size_m: bars.size_m + Vec2::new(0.0, HEAD_M), ..bars }
}

impl Outputs {
    /// Bars of no class yet, in a room of so many metres on their sheet.
    pub(super) fn empty(sheet: Sheet, size_m: Vec2) -> Self {
        let size_dmm = size_m * sheet::DMM_PER_M;
        Self { sheet, size_dmm, classes: 0, name_dmm: NAME_DMM.0 }
    }

    /// Makes room for classes whose longest name has so many letters.
    pub(super) fn make_room(&mut self, classes: usize, longest: usize) {
        self.classes = classes;
        self.name_dmm = (longest as f32 * LETTER_DMM + 8.0).clamp(NAME_DMM.0, NAME_DMM.1);
    }

    /// Height of a row, in dmm.
    fn row_dmm(&self) -> f32 {
        self.size_dmm.y / self.classes.max(1) as f32
    }

    /// The middle of a bar on the sheet, in dmm from the top.
    fn row_middle_dmm(&self, class: usize) -> f32 {
        HEAD_M * sheet::DMM_PER_M + (class as f32 + 0.5) * self.row_dmm()
    }

    /// The bars between the names and the percentages.
    pub(super) fn bars(&self) -> (Bars, Surface, Transform) {
        let (whole, top) = (self.size_dmm, HEAD_M * sheet::DMM_PER_M);
        let rect = Rect::new(self.name_dmm, top, whole.x - PERCENT_DMM, top + whole.y);
        let size = rect.size() / sheet::DMM_PER_M;
        (Bars::new(self.classes, size), Surface { size }, self.sheet.place(rect, sheet::BEFORE_M))
    }

    /// Names and shares beside the bars, still empty; of many classes, those for which there is room.
    pub(super) fn write<C: Classifier>(&self, page: &mut ChildSpawnerCommands) {
        let every = (LINE_DMM / self.row_dmm()).ceil().max(1.0) as usize;
        // Not the first, which would be moved down and cover the next.
        for class in (every / 2..self.classes).step_by(every) {
            let first = HEAD_M * sheet::DMM_PER_M;
            let last = first + (self.size_dmm.y - LINE_DMM).max(0.0);
            let top = (self.row_middle_dmm(class) - LINE_DMM / 2.0).clamp(first, last);
            let words = || (words::figure(""), TextLayout::no_wrap(), Of::<C>::MARK);
            page.spawn((words(), from_left(0.0, top), NameOf(class)));
            page.spawn((words(), from_right(0.0, top), ShareOf(class)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::classifier::arc::RADIUS_M;

    #[test]
    fn names_and_percentages_stand_beside_their_bars() {
        let size_m = Vec2::new(0.8, 1.6);
        let sheet = Sheet::for_test((size_m + Vec2::new(0.0, HEAD_M)) * sheet::DMM_PER_M, RADIUS_M);
        let mut outputs = Outputs::empty(sheet, size_m);
        outputs.make_room(10, 1);
        let (bars, surface, place) = outputs.bars();
        assert_eq!(surface.size, bars.size());
        for class in 0..10 {
            let span = bars.span_of(class);
            let local = (0.5 - (span.start + span.end) / 2.0) * bars.size().y + place.translation.y;
            let middle =
                (size_m.y + HEAD_M) / 2.0 - outputs.row_middle_dmm(class) / sheet::DMM_PER_M;
            assert!((local - middle).abs() < 1e-4, "class {class}");
        }
    }
}
