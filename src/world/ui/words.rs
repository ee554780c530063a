//! Text: the one place that knows which letters are used and how they are set.

use bevy::{
    asset::AssetLoadFailedEvent,
    prelude::*,
    text::{FontFeatureTag, FontFeatures, FontHinting, LineHeight},
};

use super::{palette, type_size};
use crate::world::{WorldSystems, interaction::keycaps::Keycaps};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, load_typeface).add_systems(
        Update,
        (
            report_missing_letters.run_if(on_message::<AssetLoadFailedEvent<Font>>),
            name_keys.run_if(resource_exists_and_changed::<Keycaps>).in_set(WorldSystems::Show),
        ),
    );
}

/// Text that names keys as QWERTY has them; it is written as the visitor's keyboard has them.
#[derive(Component, Clone, Copy, Debug)]
pub struct NamesKeys(pub &'static str);

fn name_keys(keycaps: Res<Keycaps>, mut texts: Query<(&NamesKeys, &mut Text)>) {
    for (names, mut text) in &mut texts {
        text.set_if_neq(Text(keycaps.written(names.0)));
    }
}

/// The letters of the hall, kept loaded; text asks for them by family and weight.
#[derive(Resource, Debug)]
pub struct Typeface {
    pub regular: Handle<Font>,
    pub semibold: Handle<Font>,
}

/// The family's name inside the font files.
const FAMILY: &str = "Inter";

/// Room between lines, as a multiple of the letter size.
const LEADING: f32 = 1.32;

fn load_typeface(assets: Res<AssetServer>, mut commands: Commands) {
    commands.insert_resource(Typeface {
        regular: assets.load("fonts/Inter-Regular.otf"),
        semibold: assets.load("fonts/Inter-SemiBold.otf"),
    });
}

fn report_missing_letters(mut failures: MessageReader<AssetLoadFailedEvent<Font>>) {
    for failure in failures.read() {
        error!("no letters to write with: {}: {}", failure.path, failure.error);
    }
}

/// The title of an exhibit.
pub fn title(text: impl Into<String>) -> impl Bundle {
    set(text, type_size::TITLE, FontWeight::SEMIBOLD, palette::INK)
}

/// The heading of a panel or layer.
pub fn heading(text: impl Into<String>) -> impl Bundle {
    set(text, type_size::HEADING, FontWeight::SEMIBOLD, palette::INK)
}

/// Text one reads.
pub fn body(text: impl Into<String>) -> impl Bundle {
    set(text, type_size::BODY, FontWeight::NORMAL, palette::INK)
}

/// Text that says what something is: units, ticks, captions.
pub fn caption(text: impl Into<String>) -> impl Bundle {
    set(text, type_size::CAPTION, FontWeight::NORMAL, palette::INK_QUIET)
}

/// A value: figures of equal width, so that digits do not dance while they change.
pub fn figure(text: impl Into<String>) -> impl Bundle {
    set(text, type_size::BODY, FontWeight::SEMIBOLD, palette::INK)
}

/// Text that has no more letters than this, and says so where it was cut.
pub fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
}

/// The same, but the middle is left out, as of names whose ends differ.
pub fn squeezed(text: &str, letters: usize) -> String {
    let count = text.chars().count();
    if count <= letters {
        return text.to_owned();
    }
    let left = letters.saturating_sub(1);
    let end = left / 2;
    let start = text.chars().take(left - end);
    start.chain(['…']).chain(text.chars().skip(count - end)).collect()
}

/// Any other text: `size` in dmm, from [`type_size`]; `ink` from [`palette`].
pub fn set(text: impl Into<String>, size: f32, weight: FontWeight, ink: Color) -> impl Bundle {
    (
        Text::new(text),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clipped_where_they_do_not_fit() {
        assert_eq!(shortened("worst concave points × area", 22), "worst concave points …");
        assert_eq!(shortened("radius", 22), "radius");
        assert_eq!(squeezed("transpose_12", 8), "tran…_12");
        assert_eq!(squeezed("transpose_12", 12), "transpose_12");
    }
}
