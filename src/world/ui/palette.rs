//! Every raw colour of the hall; nothing else names one.

use bevy::color::Color;

/// The dark of the hall behind everything: near-black blue.
pub const NIGHT: Color = Color::srgb(0.012, 0.018, 0.040);
/// The floor, a touch lighter than the dark.
pub const FLOOR: Color = Color::srgb(0.020, 0.030, 0.058);
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
/// Text and marks of what cannot be used now.
pub const INK_FAINT: Color = Color::srgb(0.300, 0.350, 0.440);
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
