//! Text: the one place that knows how letters are set.

use bevy::{
    prelude::*,
    text::{FontFeatureTag, FontFeatures, FontHinting, LineHeight},
};

use super::{lettering::Lettering, palette, type_size};
use crate::{
    words::{Word, width},
    world::{WorldSystems, interaction::keycaps::Keycaps},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        name_keys.run_if(resource_exists_and_changed::<Keycaps>).in_set(WorldSystems::Show),
    );
}

/// Text that names keys as QWERTY has them; it is written as the visitor's keyboard has them.
#[derive(Component, Clone, Copy, Debug)]
pub struct NamesKeys(pub Word);

fn name_keys(keycaps: Res<Keycaps>, mut texts: Query<(&NamesKeys, &mut Text)>) {
    for (names, mut text) in &mut texts {
        text.set_if_neq(Text(keycaps.written(names.0.text())));
    }
}

/// The family's name inside the font files.
pub(super) const FAMILY: &str = "Inter";

/// Room between lines, as a multiple of the letter size.
const LEADING: f32 = 1.32;

/// The title of an exhibit.
pub fn title(text: impl Into<Lettering>) -> impl Bundle {
    set(text, type_size::TITLE, FontWeight::SEMIBOLD, palette::INK)
}

/// The heading of a panel or layer.
pub fn heading(text: impl Into<Lettering>) -> impl Bundle {
    set(text, type_size::HEADING, FontWeight::SEMIBOLD, palette::INK)
}

/// Text one reads.
pub fn body(text: impl Into<Lettering>) -> impl Bundle {
    set(text, type_size::BODY, FontWeight::NORMAL, palette::INK)
}

/// Text that says what something is: units, ticks, captions.
pub fn caption(text: impl Into<Lettering>) -> impl Bundle {
    set(text, type_size::CAPTION, FontWeight::NORMAL, palette::INK_QUIET)
}

/// A value: figures of equal width, so that digits do not dance while they change.
pub fn figure(text: impl Into<Lettering>) -> impl Bundle {
    set(text, type_size::BODY, FontWeight::SEMIBOLD, palette::INK)
}

/// Text that is no wider than so many letters, and says so where it was cut; a Chinese character is as wide as two.
pub fn shortened(text: &str, letters: usize) -> String {
    if width(text) <= letters {
        return text.to_owned();
    }
    fitting(text.chars(), letters.saturating_sub(1)).into_iter().chain(['…']).collect()
}

/// The same, but the middle is left out, as of names whose ends differ. The sign for it is as wide as two letters, so that one
/// letter more has its room.
pub fn squeezed(text: &str, letters: usize) -> String {
    if width(text) <= letters + 1 {
        return text.to_owned();
    }
    let left = letters.saturating_sub(1);
    let end = fitting(text.chars().rev(), left / 2);
    let start = fitting(text.chars(), left - left / 2);
    start.into_iter().chain(['…']).chain(end.into_iter().rev()).collect()
}

/// As many of these as are no wider than so many letters.
fn fitting(letters: impl Iterator<Item = char>, room: usize) -> Vec<char> {
    let mut taken = 0;
    letters
        .take_while(|letter| {
            taken += width(letter.encode_utf8(&mut [0; 4]));
            taken <= room
        })
        .collect()
}

/// Any other text: `size` in dmm, from [`type_size`]; `ink` from [`palette`].
pub fn set(text: impl Into<Lettering>, size: f32, weight: FontWeight, ink: Color) -> impl Bundle {
    let Lettering { text, said } = text.into();
    (
        Text::new(text),
        said,
        TextFont {
            font: FontSource::Family(FAMILY.into()),
            font_size: FontSize::Px(size),
            weight,
            font_features: FontFeatures::from([FontFeatureTag::TABULAR_FIGURES]),
            ..default()
        },
        LineHeight::RelativeToFont(LEADING),
        // Panels are drawn larger than they are seen and at an angle, where snapping stems to pixels only distorts them.
        FontHinting::Disabled,
        TextColor(ink),
        // Aiming at a word means the control or panel that it stands on.
        Pickable::IGNORE,
    )
}

/// Sets letters of another size, in dmm.
pub(super) fn resize(font: &mut TextFont, size_dmm: f32) {
    font.font_size = FontSize::Px(size_dmm);
}

/// The size of letters that were set here, in dmm.
pub fn letters_dmm(font: &TextFont) -> f32 {
    match font.font_size {
        FontSize::Px(size) => size,
        _ => type_size::BODY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clipped_where_they_do_not_fit() {
        assert_eq!(shortened("worst concave points × area", 22), "worst concave points …");
        assert_eq!(shortened("radius", 22), "radius");
        assert_eq!(squeezed("transpose_12", 8), "tran…_12");
        assert_eq!(squeezed("transpose_12", 12), "transpose_12");
        assert_eq!(squeezed("stem_norm", 8), "stem_norm");
        assert_eq!(shortened("网络学习识别数字", 9), "网络学习…");
        assert_eq!(squeezed("网络学习识别数字", 9), "网络…数字");
    }
}
