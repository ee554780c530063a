//! Sheets: panels, clear or a board, with text at fixed places, and the displays that hang before them.

use bevy::prelude::*;

use super::{
    palette,
    panel::{Ground, Hanger, PanelPlan},
};
use crate::world::interaction::aim::Untouchable;

/// How far a display hangs before its sheet, in metres: near enough to stay in register with its labels.
pub const BEFORE_M: f32 = 0.008;

/// Text is written at most this often, in seconds: faster cannot be read, and each change draws its panel anew.
const WRITE_EVERY_SECS: f64 = 0.2;

/// A condition: it is time to write.
pub fn seldom() -> impl FnMut(Res<Time<Real>>) -> bool + Clone {
    |time: Res<Time<Real>>| is_due(&time)
}

/// Whether it is time to write: in the same frames for whatever is written, so that all that is read is of one step.
pub fn is_due(time: &Time<Real>) -> bool {
    let now = time.elapsed_secs_f64();
    let written = |secs: f64| (secs / WRITE_EVERY_SECS).floor();
    written(now) > written(now - time.delta_secs_f64())
}

/// A panel; places on it are in dmm from its top left corner.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The quad, which displays are children of.
    pub panel: Entity,
    /// The root of its tree.
    pub root: Entity,
    size_dmm: Vec2,
    /// What one metre of it is to whoever stands where it is read from.
    dmm_per_m: f32,
}

impl Sheet {
    /// Hangs an empty sheet at a place of its parent: clear, or the plate of a board, which hides what is behind.
    pub fn hang(hanger: &mut Hanger, parent: Entity, plan: PanelPlan, place: Transform) -> Self {
        let PanelPlan { size_m, read_from_m, ground, .. } = plan;
        let dmm_per_m = 1000.0 / read_from_m;
        let hung = hanger.hang(plan);
        hanger.commands.entity(hung.panel).insert((place, ChildOf(parent)));
        if ground == Ground::Plate {
            Self::edge(hanger, hung.root);
        }
        Self { panel: hung.panel, root: hung.root, size_dmm: size_m * dmm_per_m, dmm_per_m }
    }

    /// Draws the edge of a plate as what lies on it, which is placed from its corner.
    fn edge(hanger: &mut Hanger, root: Entity) {
        hanger.commands.entity(root).entry::<Node>().and_modify(|mut page| {
            (page.padding, page.border) = (UiRect::ZERO, UiRect::ZERO);
        });
        let edge = Node {
            width: percent(100),
            height: percent(100),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(18)),
            ..from_left(0.0, 0.0)
        };
        hanger.commands.entity(root).with_child((edge, BorderColor::all(palette::RULE)));
    }

    /// Hangs another sheet over `rect`, before the displays; aims pass through it. Returns the root of its tree.
    pub fn hang_before(&self, hanger: &mut Hanger, name: &'static str, rect: Rect) -> Entity {
        let hung = hanger.hang(PanelPlan::clear(
            name,
            rect.size() / self.dmm_per_m,
            1000.0 / self.dmm_per_m,
        ));
        let place = self.place(rect, 2.0 * BEFORE_M);
        hanger.commands.entity(hung.panel).insert((place, Untouchable, ChildOf(self.panel)));
        hung.root
    }

    /// Where a display belongs that covers `rect`, as a child of the panel, `before_m` in front of it.
    pub fn place(&self, rect: Rect, before_m: f32) -> Transform {
        let centre = (rect.center() - self.size_dmm / 2.0) / self.dmm_per_m;
        Transform::from_xyz(centre.x, -centre.y, before_m)
    }

    /// A sheet without entities, for tests of what is placed on it.
    #[cfg(test)]
    pub fn for_test(size_dmm: Vec2, read_from_m: f32) -> Self {
        let entity = Entity::PLACEHOLDER;
        Self { panel: entity, root: entity, size_dmm, dmm_per_m: 1000.0 / read_from_m }
    }

    /// A length on it in metres, of one in dmm.
    pub fn metres(&self, dmm: f32) -> f32 {
        dmm / self.dmm_per_m
    }
}

/// A node whose top left corner is here.
pub fn from_left(left: f32, top: f32) -> Node {
    Node { position_type: PositionType::Absolute, left: px(left), top: px(top), ..default() }
}

/// A node whose top right corner is here, counted from the right edge.
pub fn from_right(right: f32, top: f32) -> Node {
    Node { position_type: PositionType::Absolute, right: px(right), top: px(top), ..default() }
}

/// Moves a node sideways by half its width, so that its left edge becomes its middle.
pub fn centred() -> UiTransform {
    UiTransform::from_translation(Val2::percent(-50.0, 0.0))
}

/// Writes text if it says something else now.
pub fn write(mut text: Mut<Text>, wanted: String) {
    if text.0 != wanted {
        text.0 = wanted;
    }
}

/// A share 0..=1 in percent: one decimal, unless nothing or everything, and never rounded up to everything.
pub fn percent_of(share: f32) -> String {
    let percent = share * 100.0;
    match percent {
        percent if !percent.is_finite() => say!("ui-no-number").to_owned(),
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent >= 100.0 => "100 %".to_owned(),
        percent if percent > 99.9 => ">99.9 %".to_owned(),
        percent if percent < 0.1 => "<0.1 %".to_owned(),
        percent => format!("{percent:.1} %"),
    }
}

/// A probability in whole percent where there is little room, with what rounding would hide said in words.
pub fn whole_percent(share: f32) -> String {
    let percent = share * 100.0;
    match percent {
        percent if !percent.is_finite() => say!("ui-no-number").to_owned(),
        percent if percent <= 0.0 => "0 %".to_owned(),
        percent if percent < 1.0 => "<1 %".to_owned(),
        percent if percent > 99.0 && percent < 100.0 => ">99 %".to_owned(),
        percent => format!("{percent:.0} %"),
    }
}

/// A number in few figures, with a true minus sign.
pub fn figure(value: f32) -> String {
    let text = match value.abs() {
        size if !size.is_finite() => value.to_string(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        0.0 => "0".to_owned(),
        size if size < 0.001 => format!("{value:.0e}"),
        size if size < 0.1 => format!("{value:.3}"),
        _ => format!("{value:.2}"),
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_keep_their_sign() {
        assert_eq!(figure(-0.25), "−0.25");
        assert_eq!(figure(1234.6), "1235");
        assert_eq!(figure(0.0), "0");
        assert_eq!(figure(0.0123), "0.012");
        assert_eq!(figure(0.0001), "1e−4");
    }

    #[test]
    fn shares_are_never_rounded_to_all_or_nothing() {
        let texts = [0.0, 1e-6, 0.5, 0.9688, 0.99999, 1.0].map(percent_of);
        assert_eq!(texts, ["0 %", "<0.1 %", "50.0 %", "96.9 %", ">99.9 %", "100 %"]);
        let texts = [0.0, 1e-6, 0.5, 0.9688, 0.9999, 1.0, f32::NAN].map(whole_percent);
        assert_eq!(texts, ["0 %", "<1 %", "50 %", "97 %", ">99 %", "100 %", "no number"]);
    }

    #[test]
    fn displays_hang_where_the_sheet_says() {
        let sheet = Sheet::for_test(Vec2::new(200.0, 100.0), 2.0);
        let place = sheet.place(Rect::new(0.0, 0.0, 100.0, 50.0), 0.01).translation;
        assert!(place.distance(Vec3::new(-0.1, 0.05, 0.01)) < 1e-6);
    }
}
