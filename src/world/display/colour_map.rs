//! Colours of numbers: three maps, safe for colour-blind eyes, baked into one small texture.

use bevy::{
    asset::RenderAssetUsages,
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};

/// Colours per map: neighbours differ by less than the screen can show, and an odd number has a middle for zero.
const TEXELS: u32 = 255;

pub(super) fn plugin(app: &mut App) {
    let table = app.world_mut().resource_mut::<Assets<Image>>().add(bake());
    app.insert_resource(ColourTable(table));
}

/// The baked maps, one row each, in the order of [`ColourMap`].
#[derive(Resource)]
pub(super) struct ColourTable(pub(super) Handle<Image>);

/// Which colours numbers take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourMap {
    /// Amounts: black at zero, then even steps of lightness through purple and orange to pale yellow.
    ///
    /// Inferno by Stéfan van der Walt and Nathaniel Smith, made for matplotlib.
    #[default]
    Sequential,
    /// Signed quantities: dark and neutral at zero, blue below, orange above.
    ///
    /// Lightness rises evenly with size and alike on both sides, in Oklab (Björn Ottosson, 2020,
    /// "A perceptual color space for image processing"); blue against orange stays apart for all
    /// common kinds of colour blindness, as in Crameri's dark-centred "berlin".
    Diverging,
    /// Pixels of a grey picture.
    Grey,
}

impl ColourMap {
    const ALL: [Self; 3] = [Self::Sequential, Self::Diverging, Self::Grey];

    /// Whether zero lies in the middle.
    pub const fn signed(self) -> bool {
        matches!(self, Self::Diverging)
    }

    /// The row of the baked table.
    pub(super) const fn row(self) -> u32 {
        self as u32
    }

    /// The colour at a place on the map, 0..=1; for signed quantities zero is at 0.5.
    pub fn colour(self, place: f32) -> Color {
        let place = place.clamp(0.0, 1.0);
        match self {
            Self::Sequential => {
                let colour = colorous::INFERNO.eval_continuous(f64::from(place));
                Srgba::rgb_u8(colour.r, colour.g, colour.b).into()
            }
            Self::Diverging => diverging(2.0 * place - 1.0).into(),
            Self::Grey => Srgba::rgb(place, place, place).into(),
        }
    }
}

/// How place on a colour map follows the number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourScale {
    /// In proportion.
    #[default]
    Linear,
    /// By the square root, which lifts small counts.
    SquareRoot,
    /// By the logarithm, over three decades below the largest.
    Logarithmic,
}

impl ColourScale {
    /// Place of a share of the range, both 0..=1; the shader does the same.
    pub fn place(self, share: f32) -> f32 {
        match self {
            Self::Linear => share,
            Self::SquareRoot => share.sqrt(),
            Self::Logarithmic => (999.0 * share).ln_1p() / 1000.0_f32.ln(),
        }
    }
}

/// Hue in degrees and greatest chroma of negative quantities.
const BELOW: (f32, f32) = (250.0, 0.15);
/// Hue in degrees and greatest chroma of positive quantities.
const ABOVE: (f32, f32) = (62.0, 0.15);
/// Oklab lightness at zero: as good as black, so that silence is dark.
const DARKEST: f32 = 0.1;
/// Oklab lightness at either end: beyond it a screen has no chroma left to tell the signs apart.
const LIGHTEST: f32 = 0.8;

/// The colour of a signed share, -1..=1.
fn diverging(share: f32) -> LinearRgba {
    let (hue, most) = if share < 0.0 { BELOW } else { ABOVE };
    let size = share.abs();
    let lightness = DARKEST + (LIGHTEST - DARKEST) * size;
    // Without chroma at zero, so that neither sign leaks into it.
    let mut chroma = most * (size * 3.0).min(1.0);
    loop {
        let colour = LinearRgba::from(Oklcha::lch(lightness, chroma, hue));
        let channels = [colour.red, colour.green, colour.blue];
        // Lightness carries the number, so chroma gives way where a screen cannot show both.
        if channels.iter().all(|channel| (-1e-4..=1.0001).contains(channel)) || chroma <= 0.0 {
            return colour;
        }
        chroma -= 0.002;
    }
}

fn bake() -> Image {
    let texels = ColourMap::ALL.iter().flat_map(|map| {
        (0..TEXELS).flat_map(|texel| {
            Srgba::from(map.colour(texel as f32 / (TEXELS - 1) as f32)).to_u8_array()
        })
    });
    Image::new(
        Extent3d { width: TEXELS, height: ColourMap::ALL.len() as u32, depth_or_array_layers: 1 },
        TextureDimension::D2,
        texels.collect(),
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lightness(map: ColourMap, place: f32) -> f32 {
        Oklaba::from(map.colour(place)).lightness
    }

    #[test]
    fn every_map_grows_lighter_with_the_amount() {
        for (map, from) in
            [(ColourMap::Sequential, 0.0), (ColourMap::Grey, 0.0), (ColourMap::Diverging, 0.5)]
        {
            let steps = (0..=40).map(|i| lightness(map, from + (1.0 - from) * i as f32 / 40.0));
            let steps: Vec<_> = steps.collect();
            assert!(steps.is_sorted(), "{map:?} {steps:?}");
            assert!(steps[0] < 0.2 && steps[40] > 0.79, "{map:?}");
        }
    }

    #[test]
    fn both_signs_are_equally_light_and_zero_is_neutral() {
        for share in [0.1, 0.4, 0.7, 1.0] {
            let (below, above) = (
                lightness(ColourMap::Diverging, 0.5 - share / 2.0),
                lightness(ColourMap::Diverging, 0.5 + share / 2.0),
            );
            assert!((below - above).abs() < 0.01, "{share}: {below} {above}");
        }
        let chroma = |place| Oklcha::from(ColourMap::Diverging.colour(place)).chroma;
        assert!(chroma(0.0) > 0.09 && chroma(1.0) > 0.09, "the ends still tell their sign");
        let zero = Oklcha::from(ColourMap::Diverging.colour(0.5));
        assert!(zero.chroma < 0.01);
    }

    #[test]
    fn scales_keep_both_ends() {
        for scale in [ColourScale::Linear, ColourScale::SquareRoot, ColourScale::Logarithmic] {
            assert!(scale.place(0.0).abs() < 1e-6 && (scale.place(1.0) - 1.0).abs() < 1e-6);
            assert!(scale.place(0.1) >= 0.1);
        }
    }
}
