//! Every raw colour of the hall; nothing else names one.

use bevy::color::{Alpha as _, Color};

/// The dark of the hall behind everything: near-black blue.
pub const NIGHT: Color = Color::srgb(0.012, 0.018, 0.040);
/// The floor, a touch lighter than the dark.
pub const FLOOR: Color = Color::srgb(0.020, 0.030, 0.058);
/// The soft band of light where floor and sky meet.
pub const HORIZON: Color = Color::srgb(0.058, 0.096, 0.172);
/// The sky overhead, darker than the dark of the hall.
pub const ZENITH: Color = Color::srgb(0.006, 0.009, 0.024);
/// The light that lies on the floor before and below what stands there.
pub const POOL: Color = Color::srgb(0.052, 0.086, 0.150);
/// Lines of the floor's grid and thin frames of reference.
pub const GRID: Color = Color::srgb(0.070, 0.100, 0.165);
/// The ground of panels and of layers.
pub const PLATE: Color = Color::srgb(0.026, 0.038, 0.074);
/// A raised ground: a control at rest.
pub const PLATE_RAISED: Color = Color::srgb(0.062, 0.088, 0.150);
/// A control that is pointed at.
pub const PLATE_POINTED: Color = Color::srgb(0.095, 0.135, 0.220);
/// Thin frames and rules.
pub const RULE: Color = Color::srgb(0.125, 0.170, 0.265);
/// Text.
pub const INK: Color = Color::srgb(0.890, 0.918, 0.965);
/// Text that steps back: units, captions, ticks.
pub const INK_QUIET: Color = Color::srgb(0.560, 0.625, 0.735);
/// Text and marks of what cannot be used now; 3 to 1 on a plate, although what is disabled need not be read (WCAG 2.2,
/// 1.4.3 and 1.4.11).
pub const INK_FAINT: Color = Color::srgb(0.322, 0.374, 0.468);
/// What can be pressed, and what is chosen.
pub const ACCENT: Color = Color::srgb(0.360, 0.780, 1.000);
/// What can be pressed, while it is pointed at.
pub const ACCENT_BRIGHT: Color = Color::srgb(0.660, 0.890, 1.000);
/// The ground of what is chosen or held down.
pub const ACCENT_DEEP: Color = Color::srgb(0.075, 0.260, 0.400);
/// The ground of what is chosen, while it is pointed at.
pub const ACCENT_MIDDLE: Color = Color::srgb(0.110, 0.370, 0.555);
/// Trouble that one can live with.
pub const AMBER: Color = Color::srgb(1.000, 0.720, 0.330);
/// Trouble.
pub const RED: Color = Color::srgb(1.000, 0.430, 0.410);
/// The curve of the training examples (Okabe and Ito's sky blue).
pub const TRAIN: Color = Color::srgb(0.337, 0.706, 0.914);
/// The curve of the test examples (Okabe and Ito's orange).
pub const TEST: Color = Color::srgb(0.902, 0.624, 0.000);
/// What is true, as the true class (Okabe and Ito's bluish green).
pub const TRUTH: Color = Color::srgb(0.000, 0.720, 0.530);

/// Drama, on the map of films.
pub const GENRE_DRAMA: Color = Color::srgb(0.290, 0.520, 0.980);
/// Comedy (Okabe and Ito's yellow).
pub const GENRE_COMEDY: Color = Color::srgb(0.941, 0.894, 0.259);
/// Action and adventure (Okabe and Ito's orange).
pub const GENRE_ACTION: Color = Color::srgb(0.902, 0.580, 0.000);
/// Thriller, crime and horror (Okabe and Ito's vermillion).
pub const GENRE_THRILLER: Color = Color::srgb(0.860, 0.300, 0.060);
/// Romance and musical (Okabe and Ito's reddish purple).
pub const GENRE_ROMANCE: Color = Color::srgb(0.860, 0.500, 0.720);
/// Science fiction and fantasy (Okabe and Ito's bluish green).
pub const GENRE_FANTASY: Color = Color::srgb(0.000, 0.660, 0.490);
/// Animation and children (Okabe and Ito's sky blue, lighter).
pub const GENRE_CHILDREN: Color = Color::srgb(0.430, 0.820, 1.000);
/// Documentary and all others.
pub const GENRE_OTHER: Color = Color::srgb(0.820, 0.830, 0.850);

/// Classes of a table, in their order; those past the last share it (after Okabe and Ito).
pub const CLASSES: [Color; 6] = [
    Color::srgb(0.400, 0.690, 1.000),
    Color::srgb(0.980, 0.560, 0.090),
    Color::srgb(0.000, 0.700, 0.520),
    Color::srgb(0.880, 0.520, 0.740),
    Color::srgb(0.941, 0.894, 0.259),
    Color::srgb(0.820, 0.830, 0.850),
];

/// Operators of a network, by family: convolutions, linear layers, normalisations, activations, poolings, what joins ways,
/// and all others (after Okabe and Ito).
pub const OPERATORS: [Color; 7] = [
    Color::srgb(0.337, 0.706, 0.914),
    Color::srgb(0.902, 0.624, 0.000),
    Color::srgb(0.560, 0.625, 0.735),
    Color::srgb(0.941, 0.894, 0.259),
    Color::srgb(0.000, 0.700, 0.520),
    Color::srgb(0.860, 0.500, 0.720),
    Color::srgb(0.820, 0.830, 0.850),
];

/// What takes the place of a colour where the visitor wants high contrast: grounds are black, text is white, frames and
/// what is disabled are bright enough to be read. Colours of data stay as they are: they are told apart before black as
/// before a plate.
const HIGH_CONTRAST: [(Color, Color); 21] = [
    (NIGHT, Color::srgb(0.0, 0.0, 0.0)),
    (FLOOR, Color::srgb(0.0, 0.0, 0.0)),
    (HORIZON, Color::srgb(0.060, 0.070, 0.090)),
    (ZENITH, Color::srgb(0.0, 0.0, 0.0)),
    (POOL, Color::srgb(0.050, 0.060, 0.080)),
    (GRID, Color::srgb(0.420, 0.470, 0.560)),
    (PLATE, Color::srgb(0.0, 0.0, 0.0)),
    (PLATE_RAISED, Color::srgb(0.050, 0.060, 0.085)),
    (PLATE_POINTED, Color::srgb(0.090, 0.150, 0.250)),
    (RULE, Color::srgb(0.640, 0.700, 0.790)),
    (INK, Color::srgb(1.0, 1.0, 1.0)),
    (INK_QUIET, Color::srgb(0.900, 0.925, 0.960)),
    (INK_FAINT, Color::srgb(0.660, 0.700, 0.760)),
    (ACCENT, Color::srgb(0.540, 0.870, 1.000)),
    (ACCENT_BRIGHT, Color::srgb(0.820, 0.950, 1.000)),
    (ACCENT_DEEP, Color::srgb(0.0, 0.180, 0.330)),
    (ACCENT_MIDDLE, Color::srgb(0.0, 0.270, 0.460)),
    (AMBER, Color::srgb(1.000, 0.810, 0.480)),
    (RED, Color::srgb(1.000, 0.620, 0.600)),
    (TRAIN, Color::srgb(0.540, 0.820, 1.000)),
    (TEST, Color::srgb(1.000, 0.750, 0.200)),
];

/// The colour that stands for this one where high contrast is wanted, with the same opacity.
pub fn in_high_contrast(colour: Color) -> Color {
    let opaque = colour.with_alpha(1.0);
    let found = HIGH_CONTRAST.iter().find(|(usual, _)| *usual == opaque);
    found.map_or(colour, |(_, high)| high.with_alpha(colour.alpha()))
}

#[cfg(test)]
mod tests {
    use bevy::color::Luminance as _;

    use super::*;

    /// The usual colours and those of high contrast.
    const SETS: [fn(Color) -> Color; 2] = [|colour| colour, in_high_contrast];

    /// The contrast of two colours, from 1 to 21 (WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    fn contrast(one: Color, other: Color) -> f32 {
        let [one, other] = [one, other].map(|colour| colour.to_linear().luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn words_can_be_read_before_the_brightest_of_the_hall() {
        for ink in [INK, INK_QUIET] {
            for ground in [NIGHT, ZENITH, HORIZON, FLOOR, POOL, PLATE] {
                assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}");
            }
        }
    }

    /// WCAG 2.2, 1.4.6 (text, enhanced) and 1.4.11 (what is not text).
    const TEXT: f32 = 7.0;
    const NOT_TEXT: f32 = 3.0;

    #[test]
    fn what_is_read_stands_out_seven_to_one_in_both_sets() {
        for (set, shown) in SETS.iter().enumerate() {
            for ink in [INK, INK_QUIET] {
                for ground in [NIGHT, ZENITH, FLOOR, PLATE] {
                    let found = contrast(shown(ink), shown(ground));
                    assert!(found >= TEXT, "set {set}: {ink:?} on {ground:?} is {found}");
                }
            }
            // Labels of controls at rest, pointed at, chosen, pressed.
            for (ink, ground) in [
                (INK, PLATE_RAISED),
                (INK, PLATE_POINTED),
                (ACCENT_BRIGHT, PLATE_POINTED),
                (INK, ACCENT_DEEP),
                (NIGHT, ACCENT),
            ] {
                let found = contrast(shown(ink), shown(ground));
                assert!(found >= TEXT, "set {set}: {ink:?} on {ground:?} is {found}");
            }
        }
    }

    #[test]
    fn all_that_carries_meaning_stands_out_three_to_one_in_both_sets() {
        let marks = [ACCENT, ACCENT_BRIGHT, AMBER, RED, TRAIN, TEST, TRUTH, INK_FAINT];
        let genres = [
            GENRE_DRAMA,
            GENRE_COMEDY,
            GENRE_ACTION,
            GENRE_THRILLER,
            GENRE_ROMANCE,
            GENRE_FANTASY,
            GENRE_CHILDREN,
            GENRE_OTHER,
        ];
        let all = marks.into_iter().chain(genres).chain(CLASSES).chain(OPERATORS);
        for (set, shown) in SETS.iter().enumerate() {
            for mark in all.clone() {
                for ground in [NIGHT, PLATE] {
                    let found = contrast(shown(mark), shown(ground));
                    assert!(found >= NOT_TEXT, "set {set}: {mark:?} on {ground:?} is {found}");
                }
            }
        }
    }

    #[test]
    fn in_high_contrast_all_text_and_frames_stand_out_more() {
        for ground in [PLATE, PLATE_RAISED, PLATE_POINTED, ACCENT_DEEP, ACCENT_MIDDLE, POOL] {
            let ground = in_high_contrast(ground);
            assert!(contrast(in_high_contrast(INK), ground) >= TEXT);
            assert!(contrast(in_high_contrast(INK_QUIET), ground) >= TEXT);
        }
        for ground in [NIGHT, PLATE, PLATE_RAISED] {
            let ground = in_high_contrast(ground);
            assert!(contrast(in_high_contrast(INK_FAINT), ground) >= 4.5, "what is disabled");
            assert!(contrast(in_high_contrast(RULE), ground) >= NOT_TEXT, "frames");
            assert!(contrast(in_high_contrast(GRID), ground) >= NOT_TEXT, "frames");
        }
    }

    #[test]
    fn what_has_no_place_in_the_set_and_what_shines_through_stay_so() {
        assert_eq!(in_high_contrast(GENRE_DRAMA), GENRE_DRAMA);
        assert_eq!(in_high_contrast(Color::NONE), Color::NONE);
        assert_eq!(
            in_high_contrast(INK.with_alpha(0.4)),
            Color::srgb(1.0, 1.0, 1.0).with_alpha(0.4)
        );
    }
}
