//! Rows of the outputs: a bar for each class, its name on the left of it and its probability on the right; of many
//! classes, the likeliest.

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
/// A letter of a name is about so wide, in dmm.
const LETTER_DMM: f32 = 14.0;
/// Height of a line of the words beside a bar, in dmm.
const LINE_DMM: f32 = 37.0;
/// So many classes have a row each.
const ALL_ROWS: usize = 12;
/// Of more, so many have: the likeliest.
const LIKELIEST: usize = 10;

/// The bars, their sheet, which class has which row, and for how long names there is room.
#[derive(Component)]
pub(super) struct Outputs {
    pub(super) sheet: Sheet,
    /// Width and height of all rows, in dmm.
    size_dmm: Vec2,
    classes: usize,
    /// The class of each row.
    rows: Vec<usize>,
    name_dmm: f32,
}

/// The name of the class of a row.
#[derive(Component)]
pub(super) struct NameOf(pub(super) usize);

/// The probability of the class of a row, in percent.
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
        Self { sheet, size_dmm, classes: 0, rows: Vec::new(), name_dmm: NAME_DMM.0 }
    }

    /// Makes room for classes whose longest name has so many letters.
    pub(super) fn make_room(&mut self, classes: usize, longest: usize) {
        self.classes = classes;
        let rows = if classes > ALL_ROWS { LIKELIEST } else { classes };
        self.rows = (0..rows).collect();
        self.name_dmm = (longest as f32 * LETTER_DMM + 8.0).clamp(NAME_DMM.0, NAME_DMM.1);
    }

    /// How many classes there are, where not each has a row.
    pub(super) fn of_many(&self) -> Option<usize> {
        (self.classes > self.rows.len()).then_some(self.classes)
    }

    /// The class of a row.
    pub(super) fn class_of(&self, row: usize) -> Option<usize> {
        self.rows.get(row).copied()
    }

    /// The row of a class, if it has one.
    pub(super) fn row_of(&self, class: usize) -> Option<usize> {
        self.rows.iter().position(|own| *own == class)
    }

    /// The probabilities of the rows.
    pub(super) fn of_rows(&self, shares: &[f32]) -> Vec<f32> {
        self.rows.iter().map(|class| shares.get(*class).copied().unwrap_or(0.0)).collect()
    }

    /// The likeliest classes, where there are more classes than rows and others have them.
    pub(super) fn ranked(&self, shares: &[f32]) -> Option<Vec<usize>> {
        self.of_many()?;
        let mut classes: Vec<usize> = (0..self.classes.min(shares.len())).collect();
        let share = |class: &usize| shares.get(*class).copied().unwrap_or(f32::NEG_INFINITY);
        // Equal ones stay in their order.
        classes.sort_by(|a, b| share(b).total_cmp(&share(a)));
        classes.truncate(self.rows.len());
        (classes != self.rows).then_some(classes)
    }

    /// Gives the rows to other classes.
    pub(super) fn give(&mut self, rows: Vec<usize>) {
        self.rows = rows;
    }

    /// Letters of a name for which there is room.
    pub(super) fn letters(&self) -> usize {
        (self.name_dmm / LETTER_DMM) as usize
    }

    /// Height of a row, in dmm.
    fn row_dmm(&self) -> f32 {
        self.size_dmm.y / self.rows.len().max(1) as f32
    }

    /// The middle of a bar on the sheet, in dmm from the top.
    fn row_middle_dmm(&self, row: usize) -> f32 {
        HEAD_M * sheet::DMM_PER_M + (row as f32 + 0.5) * self.row_dmm()
    }

    /// The bars between the names and the percentages.
    pub(super) fn bars(&self) -> (Bars, Surface, Transform) {
        let (whole, top) = (self.size_dmm, HEAD_M * sheet::DMM_PER_M);
        let rect = Rect::new(self.name_dmm, top, whole.x - PERCENT_DMM, top + whole.y);
        let size = rect.size() / sheet::DMM_PER_M;
        (
            Bars::new(self.rows.len(), size),
            Surface { size },
            self.sheet.place(rect, sheet::BEFORE_M),
        )
    }

    /// Names and shares beside the bars, still empty.
    pub(super) fn write<C: Classifier>(&self, page: &mut ChildSpawnerCommands) {
        for row in 0..self.rows.len() {
            let top = self.row_middle_dmm(row) - LINE_DMM / 2.0;
            let words = || (words::figure(""), TextLayout::no_wrap(), Of::<C>::MARK);
            page.spawn((words(), from_left(0.0, top), NameOf(row)));
            page.spawn((words(), from_right(0.0, top), ShareOf(row)));
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

    #[test]
    fn of_many_classes_the_likeliest_have_rows() {
        let sheet = Sheet::for_test(Vec2::new(200.0, 500.0), RADIUS_M);
        let mut outputs = Outputs::empty(sheet, Vec2::new(0.8, 1.6));
        let shares: Vec<f32> = (0..72).map(|class| if class == 40 { 0.5 } else { 0.1 }).collect();
        outputs.make_room(72, 1);
        let rows = outputs.ranked(&shares).unwrap();
        outputs.give(rows);
        assert_eq!(outputs.ranked(&shares), None);
        assert_eq!(outputs.of_many(), Some(72));
        assert_eq!([0, 1, 9].map(|row| outputs.class_of(row)), [Some(40), Some(0), Some(8)]);
        assert_eq!((outputs.row_of(40), outputs.row_of(60)), (Some(0), None));
        assert_eq!(outputs.of_rows(&shares)[..2], [0.5, 0.1]);
        // Few keep their order.
        outputs.make_room(3, 1);
        assert_eq!(outputs.ranked(&[0.1, 0.2, 0.7]), None);
        assert_eq!((outputs.of_many(), outputs.class_of(0)), (None, Some(0)));
    }
}
