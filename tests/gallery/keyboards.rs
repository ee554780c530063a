//! The window on keyboards from elsewhere: each key is pressed where it is, by its number on X11.

use std::{thread, time::Duration};

use perceptarium::display_server;

use crate::{
    program::Hall,
    screen::Screen,
    support::{program, small_data},
};

/// Numbers of keys, as X11 counts them.
struct Keys {
    slower: &'static str,
    faster: &'static str,
    step: &'static str,
    /// The second of the row of digits, without Shift.
    second: &'static str,
}

/// The place of W.
const FORWARD: &str = "25";

#[test]
fn a_german_keyboard_steps_changes_the_speed_and_visits() {
    visit_with("de", &Keys { slower: "61", faster: "35", step: "60", second: "11" });
}

#[test]
fn a_french_keyboard_steps_changes_the_speed_and_visits() {
    visit_with("fr", &Keys { slower: "15", faster: "shift+21", step: "shift+59", second: "11" });
}

fn visit_with(layout: &str, keys: &Keys) {
    let data = small_data(640, 32);
    let program = &mut program();
    program.args(["--mode", "window", "--epochs", "100000", "--threads", "1"]);
    let mut hall = Hall::open_on(Screen::with_keyboard(layout), program, data.path());
    hall.state("training");

    // One step, for each time that the key is pressed.
    hall.key("space");
    let paused = hall.state("paused");
    hall.key(keys.step);
    assert_eq!(hall.state("paused"), paused + 1, "one step");

    // As slow as it gets, and faster again.
    (0..8).for_each(|_| hall.key(keys.slower));
    let slow = steps_in_a_while(&mut hall);
    (0..4).for_each(|_| hall.key(keys.faster));
    let fast = steps_in_a_while(&mut hall);
    assert!(slow > 0 && slow <= 12 && fast > 2 * slow, "{slow} steps slowly, {fast} fast");

    // Forward is a place, whatever is printed there.
    let before = hall.place_of("pause");
    hall.screen.xdotool(&["keydown", FORWARD]);
    thread::sleep(Duration::from_secs(1));
    hall.screen.xdotool(&["keyup", FORWARD]);
    thread::sleep(Duration::from_secs(1));
    assert_ne!(hall.place_of("pause"), before, "the desk comes nearer");

    hall.visit(keys.second, "recommender");
}

/// Lets the training go on for four seconds.
fn steps_in_a_while(hall: &mut Hall) -> u64 {
    hall.key("space");
    let begun = hall.state("training");
    thread::sleep(Duration::from_secs(4));
    hall.key("space");
    hall.state("paused") - begun
}

#[test]
fn what_a_keyboard_prints_is_found_out() {
    // W A S D Q E F V R L, as Linux counts them.
    static SCANCODES: [u8; 10] = [17, 30, 31, 32, 16, 18, 33, 47, 19, 38];
    for (layout, printed) in
        [("us", "wasdqefvrl"), ("de", "wasdqefvrl"), ("fr", "zqsdaefvrl"), ("ru", "цфывйуамкд")]
    {
        let screen = Screen::with_keyboard(layout);
        let found = display_server::printed(Some(screen.display.clone()), &SCANCODES);
        assert_eq!(found, printed.chars().map(Some).collect::<Vec<_>>(), "{layout}");
    }
}
