//! Sheets: clear panels with text at fixed places, and the displays that hang before them.

use bevy::prelude::*;

use super::theatre::{RADIUS_M, Spot};
use crate::{
    history::Run,
    stream::Step,
    world::{
        interaction::aim::Untouchable,
        timeline::Timeline,
        ui::panel::{Ground, Hanger, PanelPlan},
    },
};

/// On the arc, one metre is this many dmm to the visitor in the middle.
pub(super) const DMM_PER_M: f32 = 1000.0 / RADIUS_M;
/// How far a display hangs before its sheet, in metres: near enough to stay in register with its labels.
pub(super) const BEFORE_M: f32 = 0.008;

/// Text is written at most this often, since each change draws its panel anew.
pub(super) const WRITE_EVERY_SECS: f32 = 0.1;

/// A clear panel on the arc; places on it are in dmm from its top left corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// The quad, which displays are children of.
    pub panel: Entity,
    /// The root of its tree.
    pub root: Entity,
    size_dmm: Vec2,
}

impl Sheet {
    /// Hangs an empty sheet over a whole spot.
    pub(super) fn hang(
        hanger: &mut Hanger,
        theatre: Entity,
        name: &'static str,
        spot: Spot,
    ) -> Self {
        let hung = hanger.hang(PanelPlan {
            name,
            size_m: spot.size_m,
            read_from_m: RADIUS_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(hung.panel).insert((spot.transform(), ChildOf(theatre)));
        Self { panel: hung.panel, root: hung.root, size_dmm: spot.size_m * DMM_PER_M }
    }

    /// Hangs another sheet over `rect`, before the displays; aims pass through it. Returns the root of its tree.
    pub(super) fn hang_before(
        &self,
        hanger: &mut Hanger,
        name: &'static str,
        rect: Rect,
    ) -> Entity {
        let hung = hanger.hang(PanelPlan {
            name,
            size_m: rect.size() / DMM_PER_M,
            read_from_m: RADIUS_M,
            ground: Ground::Clear,
        });
        let place = self.place(rect, 2.0 * BEFORE_M);
        hanger.commands.entity(hung.panel).insert((place, Untouchable, ChildOf(self.panel)));
        hung.root
    }

    #[cfg(test)]
    pub(super) fn for_test(size_dmm: Vec2) -> Self {
        Self { panel: Entity::PLACEHOLDER, root: Entity::PLACEHOLDER, size_dmm }
    }

    /// Where a display belongs that covers `rect`, as a child of the panel, `before_m` in front of it.
    pub(super) fn place(&self, rect: Rect, before_m: f32) -> Transform {
        let centre = (rect.center() - self.size_dmm / 2.0) / DMM_PER_M;
        Transform::from_xyz(centre.x, -centre.y, before_m)
    }
}

/// A node whose top left corner is here.
pub(super) fn from_left(left: f32, top: f32) -> Node {
    Node { position_type: PositionType::Absolute, left: px(left), top: px(top), ..default() }
}

/// A node whose top right corner is here, counted from the right edge.
pub(super) fn from_right(right: f32, top: f32) -> Node {
    Node { position_type: PositionType::Absolute, right: px(right), top: px(top), ..default() }
}

/// Moves a node sideways by half its width, so that its left edge becomes its middle.
pub(super) fn centred() -> UiTransform {
    UiTransform::from_translation(Val2::percent(-50.0, 0.0))
}

/// Writes text if it says something else now.
pub(super) fn write(mut text: Mut<Text>, wanted: String) {
    if text.0 != wanted {
        text.0 = wanted;
    }
}

/// A share 0..=1 in percent: one decimal, unless nothing or everything, and never rounded up to everything.
pub(super) fn percent_of(share: f32) -> String {
    let percent = share * 100.0;
    match percent {
        percent if !percent.is_finite() => "no number".to_owned(),
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent >= 100.0 => "100 %".to_owned(),
        percent if percent > 99.9 => ">99.9 %".to_owned(),
        percent if percent < 0.1 => "<0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// A probability in whole percent where there is little room, with what rounding would hide said in words.
pub(super) fn whole_percent(share: f32) -> String {
    let percent = share * 100.0;
    match percent {
        percent if !percent.is_finite() => "no number".to_owned(),
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent < 1.0 => "<1 %".to_owned(),
        percent if percent > 99.0 && percent < 100.0 => ">99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

/// The step that curves and tables speak of: where the visitor scrubbed to, or the newest.
pub(super) fn shown_step(timeline: &Timeline, run: &Run) -> Step {
    timeline.scrubbed_to().map_or(run.step(), |step| step.min(run.step()))
}

/// What a class is called where only two letters fit: its name if it is so short, else its number.
pub(super) fn short_class(classes: &[String], class: usize) -> String {
    match classes.get(class) {
        Some(name) if name.chars().count() <= 2 => name.clone(),
        _ => class.to_string(),
    }
}

/// What a class is called.
pub(super) fn class_name(classes: &[String], class: usize) -> String {
    classes.get(class).cloned().unwrap_or_else(|| class.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_all_or_nothing() {
        let texts = [0.0, 1e-6, 0.5, 0.9688, 0.99999, 1.0].map(percent_of);
        assert_eq!(texts, ["0 %", "<0.1 %", "50.0 %", "96.9 %", ">99.9 %", "100 %"]);
        let texts = [0.0, 1e-6, 0.5, 0.9688, 0.9999, 1.0, f32::NAN].map(whole_percent);
        assert_eq!(texts, ["0 %", "<1 %", "50 %", "97 %", ">99 %", "100 %", "no number"]);
    }

    #[test]
    fn long_names_of_classes_give_way_to_numbers() {
        let classes = ["7".to_owned(), "Ankle boot".to_owned()];
        assert_eq!([0, 1, 2].map(|class| short_class(&classes, class)), ["7", "1", "2"]);
        assert_eq!(class_name(&classes, 1), "Ankle boot");
    }

    #[test]
    fn displays_hang_where_the_sheet_says() {
        let sheet = Sheet::for_test(Vec2::new(200.0, 100.0));
        let place = sheet.place(Rect::new(0.0, 0.0, 100.0, 50.0), 0.01).translation;
        let expected = Vec3::new(-50.0 / DMM_PER_M, 25.0 / DMM_PER_M, 0.01);
        assert!(place.distance(expected) < 1e-6);
    }
}
