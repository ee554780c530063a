//! The letters of the hall: Inter, and where it has none, those of Noto Sans for Chinese.

use bevy::{
    asset::AssetLoadFailedEvent,
    prelude::*,
    text::{FontCx, TextFont},
};
use parley::fontique::{FallbackKey, Script};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, load_typeface).add_systems(
        Update,
        (
            report_missing_letters.run_if(on_message::<AssetLoadFailedEvent<Font>>),
            fall_back.run_if(resource_exists_and_changed::<FontCx>),
        ),
    );
}

/// The letters of the hall; they must stay loaded, since text is laid out anew when any goes.
#[derive(Resource, Debug)]
pub struct Typeface {
    /// Latin letters of text that is read.
    pub regular: Handle<Font>,
    /// Those of headings and figures.
    pub semibold: Handle<Font>,
    /// Chinese ones of both, taken where the others have none.
    pub chinese: [Handle<Font>; 2],
}

impl Typeface {
    /// All letters.
    pub fn all(&self) -> impl Iterator<Item = &Handle<Font>> {
        [&self.regular, &self.semibold].into_iter().chain(&self.chinese)
    }
}

/// The family of the Chinese letters, as its files name it.
const CHINESE: &str = "Noto Sans CJK SC";

fn load_typeface(assets: Res<AssetServer>, mut commands: Commands) {
    commands.insert_resource(Typeface {
        regular: assets.load("fonts/Inter-Regular.otf"),
        semibold: assets.load("fonts/Inter-SemiBold.otf"),
        chinese: ["fonts/NotoSansCJKsc-Regular.otf", "fonts/NotoSansCJKsc-Bold.otf"]
            .map(|file| assets.load(file)),
    });
}

/// Tells the layout of text where it finds Chinese letters, as soon as they are loaded.
///
/// Bevy names no language to the layout, so neither does the key.
fn fall_back(mut letters: ResMut<FontCx>, mut known: Local<bool>, mut texts: Query<&mut TextFont>) {
    let letters = letters.bypass_change_detection();
    let family = letters.collection.family_id(CHINESE);
    if *known == family.is_some() {
        return;
    }
    *known = family.is_some();
    let Some(family) = family else { return };
    let key = FallbackKey::new(Script::from_bytes(*b"Hani"), None);
    letters.collection.append_fallbacks(key, [family].into_iter());
    texts.iter_mut().for_each(|mut text| text.set_changed());
}

fn report_missing_letters(mut failures: MessageReader<AssetLoadFailedEvent<Font>>) {
    for failure in failures.read() {
        error!("no letters to write with: {}: {}", failure.path, failure.error);
    }
}
