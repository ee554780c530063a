//! What has one home in the source: OpenXR, raw colours, sizes of text, tensors.

use super::source::{check_homes, lines_with, tokens_that};

#[test]
fn only_xr_speaks_openxr() {
    let breaches = [
        ("world/body/hand.rs", "use bevy_mod_xr::session::XrTrackingRoot;"),
        ("app.rs", "let entry = openxr::Entry::linked();"),
    ];
    let words = ["openxr", "bevy_mod_xr", "bevy_xr_utils"];
    check_homes("OpenXR leaves its room", &breaches, &["world/xr/"], |source| {
        lines_with(source, &words)
    });
}

#[test]
fn raw_colours_live_in_the_palette() {
    const SPACES: [&str; 11] = [
        "Color",
        "Srgba",
        "LinearRgba",
        "Hsla",
        "Hsva",
        "Hwba",
        "Laba",
        "Lcha",
        "Oklaba",
        "Oklcha",
        "Xyza",
    ];
    // What is made from another colour, or is none, is not chosen.
    const DERIVED: [&str; 3] = ["NONE", "from", "default"];
    let breaches = [
        ("world/desk/mod.rs", "let ink = Color::hwb(0.5, 0.1, 0.1);"),
        ("world/desk/mod.rs", "let ink = Srgba { red: 1.0, ..ink };"),
        ("world/desk/mod.rs", "let ink = Color::WHITE;"),
        ("world/desk/mod.rs", "use bevy::{color::palettes::css::RED, math::Vec2};"),
    ];
    // The maps of data to colours are computed, not chosen.
    let homes = ["world/ui/palette.rs", "world/display/colour_map.rs"];
    check_homes("A raw colour outside of palette.rs", &breaches, &homes, |source| {
        tokens_that(source, |[space, joint, word, after]| match joint {
            "::" => {
                (SPACES.contains(&space) && !DERIVED.contains(&word))
                    || [space, word].contains(&"palettes")
            }
            // Another opacity is not another colour.
            "{" => SPACES.contains(&space) && after == ":" && word != "alpha",
            _ => false,
        })
    });
}

#[test]
fn sizes_of_text_live_in_one_file() {
    let breaches = [
        ("world/desk/mod.rs", "let font_size = FontSize::Px(26.0);"),
        ("world/desk/mod.rs", "let font = TextFont::from_font_size(26.0);"),
        ("world/desk/mod.rs", r#"let text = words::set("", 26.0, weight, ink);"#),
    ];
    // They are handed on in one place only, whence they come as numbers with a name.
    check_homes(
        "A text size outside of type_size.rs",
        &breaches,
        &["world/ui/words.rs"],
        |source| {
            let mut found = tokens_that(source, |[word]| {
                matches!(word, "FontSize" | "from_font_size" | "with_font_size")
            });
            let calls = source.code.iter().filter_map(|(number, line)| {
                let size = line.split("words::set(").nth(1)?.split(", ").nth(1)?;
                size.starts_with(|first: char| first.is_ascii_digit())
                    .then(|| (*number, line.clone()))
            });
            found.extend(calls);
            found
        },
    );
}

#[test]
fn tensors_stay_where_they_are_learned() {
    let breaches = [
        ("world/link.rs", "fn show(values: Tensor<2>) {}"),
        ("exhibits/digits/view/card.rs", "let numbers = answer.layer().try_into_vec_as::<f32>();"),
        ("exhibits/digits/data/mod.rs", "let data = burn::tensor::TensorData::new(pixels, [28]);"),
        ("learning/session.rs", "let loss: f32 = loss.into_scalar();"),
    ];
    // Names of the types, and all ways in which burn gives their numbers away.
    let types = ["Tensor", "TensorData", "FloatTensor", "IntTensor"];
    let ways =
        ["_data", "_data_as", "_data_dtype", "_data_async", "_scalar", "_scalar_async", "_vec_as"];
    check_homes(
        "A tensor outside of a model",
        &breaches,
        &[
            "exhibits/*/model/",
            "learning/network/",
            "learning/onnx/",
            "learning/convolution/",
            "learning/normalisation/",
        ],
        |source| {
            tokens_that(source, |[word]| {
                let way = ["into", "to"].iter().find_map(|way| word.split_once(way));
                types.contains(&word)
                    || way.is_some_and(|(before, after)| {
                        ["", "try_", "float_", "int_"].contains(&before) && ways.contains(&after)
                    })
            })
        },
    );
}
