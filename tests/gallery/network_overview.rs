//! The model of a network beside the desk: what is said of a box, and where it and its name lead the visitor.

use std::{ffi::OsString, fmt::Write as _, fs};

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyCode, KeyboardInput},
    },
    prelude::*,
};
use perceptarium::world::{
    WindowCamera,
    ui::controls::{ControlName, Field, Typing},
};

use crate::{
    halls::{Hall, surfaces},
    support::{exhibit, small_data},
};

/// Where a visitor stands at first.
const EYE: Vec3 = Vec3::new(0.0, 1.6, 0.0);
/// The name of its board.
const BOARD: &str = "Network overview";

/// The eye of the window.
pub(crate) fn eye(hall: &mut Hall) -> Transform {
    let world = hall.app.world_mut();
    let mut cameras = world.query_filtered::<&GlobalTransform, With<WindowCamera>>();
    cameras.single(world).unwrap().compute_transform()
}

/// Fails unless the window's visitor stands before a plate and looks at it.
#[track_caller]
fn assert_stands_before(hall: &mut Hall, plate: &str) {
    let eye = eye(hall);
    let world = hall.app.world_mut();
    let (_, place, _) = surfaces(world)
        .into_iter()
        .find(|(surface, ..)| world.get::<Name>(*surface).is_some_and(|n| n.as_str() == plate))
        .expect(plate);
    let way = place.translation() - eye.translation;
    assert!(way.xz().length() < 1.5, "{way} to {plate}");
    assert!(eye.forward().dot(way.normalize()) > 0.999, "{:?}, not {way}", eye.forward());
    // In front of it, and not from aside.
    let front = place.back().xz().normalize();
    assert!(front.dot(-way.xz().normalize()) > 0.99, "{way} to {plate}, which faces {front}");
}

#[track_caller]
fn assert_says(hall: &mut Hall, wanted: &[&str]) {
    let texts = hall.texts();
    for wanted in wanted {
        assert!(texts.iter().any(|text| text == wanted), "“{wanted}” is missing in {texts:?}");
    }
}

/// Presses a key that prints this.
pub(crate) fn key(hall: &mut Hall, key_code: KeyCode, logical_key: Key) {
    let text = match &logical_key {
        Key::Character(text) => Some(text.clone()),
        _ => None,
    };
    for (state, text) in [(ButtonState::Pressed, text), (ButtonState::Released, None)] {
        hall.app.world_mut().write_message(KeyboardInput {
            key_code,
            logical_key: logical_key.clone(),
            state,
            text,
            repeat: false,
            window: Entity::PLACEHOLDER,
        });
        hall.app.update();
    }
}

/// Types a sign and letters, wherever their keys are.
pub(crate) fn type_letters(hall: &mut Hall, letters: &str) {
    for letter in letters.chars() {
        let key_code = if letter == '/' { KeyCode::Slash } else { KeyCode::KeyF };
        key(hall, key_code, Key::Character(letter.to_string().into()));
    }
    hall.settle();
}

fn typed(hall: &mut Hall) -> (String, bool) {
    let world = hall.app.world_mut();
    let mut fields = world.query::<(Entity, &Field, &ControlName)>();
    let found = fields.iter(world).find(|(.., name)| name.0 == "network-find").unwrap();
    (found.1.text.clone(), world.resource::<Typing>().0 == Some(found.0))
}

#[test]
fn a_box_tells_what_its_layer_costs_and_leads_to_its_plate() {
    let mut hall = Hall::of(exhibit("network"));
    // The fourth of LeNet-5's layers without the flatten, which are nine.
    let uv = vec2(3.5 / LENET as f32, 0.5);
    hall.aim_at(EYE, BOARD, uv, false);
    assert_says(
        &mut hall,
        &["conv2", "convolution 5 × 5", "2,416 parameters", "240,000 multiply-adds"],
    );
    assert_says(&mut hall, &["16 × 10 × 10 · 15.7 KiB"]);
    let before = eye(&mut hall);
    hall.aim_at(EYE, BOARD, uv, true);
    assert!(eye(&mut hall).translation.distance(before.translation) > 1.0);
    assert_stands_before(&mut hall, "Plate 3");
    hall.aim_at(EYE, BOARD, vec2(0.5 / LENET as f32, 0.5), true);
    assert_stands_before(&mut hall, "Plate 0");
    hall.aim_away();
    let texts = hall.texts();
    assert!(!texts.iter().any(|text| text == "convolution 5 × 5"), "nothing is pointed at");
}

/// Layers of LeNet-5 that have boxes.
const LENET: usize = 11;

#[test]
fn letters_find_a_layer_enter_leads_there_and_escape_ends_it() {
    let mut hall = Hall::of(exhibit("network"));
    type_letters(&mut hall, "/CONV2");
    assert_eq!(typed(&mut hall), ("CONV2".to_owned(), true), "the sign that began it is no letter");
    assert_says(&mut hall, &["conv2", "convolution 5 × 5"]);
    key(&mut hall, KeyCode::Enter, Key::Enter);
    hall.settle();
    assert_stands_before(&mut hall, "Plate 3");
    assert_eq!(typed(&mut hall), (String::new(), false));

    let there = eye(&mut hall);
    type_letters(&mut hall, "/conv");
    assert_says(&mut hall, &["conv1", "the first of 2"]);
    key(&mut hall, KeyCode::Escape, Key::Escape);
    hall.settle();
    assert_eq!(typed(&mut hall), (String::new(), false));
    type_letters(&mut hall, "/nothing");
    assert_says(&mut hall, &["No layer is called so"]);
    key(&mut hall, KeyCode::Enter, Key::Enter);
    hall.settle();
    assert_eq!(eye(&mut hall), there, "there was nowhere to go");
}

#[test]
fn a_layer_in_a_closed_block_is_shown_when_one_goes_there() {
    let images = small_data(32, 10);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep.toml");
    let mut text = "[[layers]]\nkind = \"block\"\nname = \"stage\"\nrepeat = 20\n".to_owned();
    for (kind, name, more) in [
        ("relu", "first", ""),
        ("tanh", "second", ""),
        ("add", "sum", "from = [\"second\", \"input\"]"),
    ] {
        write!(text, "[[layers.layers]]\nkind = \"{kind}\"\nname = \"{name}\"\n{more}\n").unwrap();
    }
    text.push_str("[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n");
    fs::write(&file, text).unwrap();
    let words = ["--epochs", "1", "--batch", "16"].map(OsString::from).into_iter();
    let words = words.chain(["--model".into(), file.into(), "--data".into(), images.path().into()]);
    let mut hall = Hall::told(exhibit("network"), &words.collect::<Vec<_>>());
    let heading = |hall: &mut Hall| hall.texts().iter().any(|text| text.starts_with("second"));
    assert!(!heading(&mut hall), "its block is closed");
    type_letters(&mut hall, "/stage.17.second");
    key(&mut hall, KeyCode::Enter, Key::Enter);
    hall.settle();
    assert!(heading(&mut hall), "{:?}", hall.texts());
    // Seventeen closed blocks, then its first layer.
    assert_stands_before(&mut hall, "Plate 18");
}
