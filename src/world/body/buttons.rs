//! Buttons of the hands, as wishes: A or X pauses, B or Y goes back, the menu button calls the menu.

use bevy::prelude::*;

use super::{Hand, HandInput, Side};
use crate::world::interaction::intent::{Intent, IntentSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, speak_by_buttons.in_set(IntentSystems));
}

/// Each button and what it says.
const BUTTONS: [(fn(&HandInput) -> bool, Intent); 3] = [
    (|input| input.primary, Intent::TogglePause),
    (|input| input.secondary, Intent::Back),
    (|input| input.menu, Intent::Menu),
];

/// Which buttons of a hand were down in the last frame; all of them while the hand was not there, so that what is
/// held down while it comes back is no press.
type Down = [bool; BUTTONS.len()];

fn speak_by_buttons(
    hands: Query<(&Hand, &HandInput)>,
    mut last: Local<[Down; Side::BOTH.len()]>,
    mut intents: MessageWriter<Intent>,
) {
    for (hand, input) in &hands {
        let last = &mut last[hand.0 as usize];
        let down = BUTTONS.map(|(is_down, _)| !input.tracked || is_down(input));
        for (((_, intent), down), last) in BUTTONS.iter().zip(down).zip(*last) {
            if down && !last && input.tracked {
                intents.write(*intent);
            }
        }
        *last = down;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> (App, Entity) {
        let mut app = App::new();
        app.add_message::<Intent>().add_systems(Update, speak_by_buttons);
        let hand = app.world_mut().spawn(Hand(Side::Right)).id();
        app.world_mut().spawn(Hand(Side::Left));
        app.update();
        (app, hand)
    }

    /// What is said in a frame with this input.
    fn said(app: &mut App, hand: Entity, input: HandInput) -> Vec<Intent> {
        app.world_mut().entity_mut(hand).insert(input);
        app.update();
        app.world_mut().resource_mut::<Messages<Intent>>().drain().collect()
    }

    #[test]
    fn a_button_speaks_once_for_each_press() {
        let (mut app, hand) = room();
        let up = HandInput { tracked: true, ..default() };
        assert!(said(&mut app, hand, up.clone()).is_empty());
        for (input, intent) in [
            (HandInput { primary: true, ..up.clone() }, Intent::TogglePause),
            (HandInput { secondary: true, ..up.clone() }, Intent::Back),
            (HandInput { menu: true, ..up.clone() }, Intent::Menu),
        ] {
            assert_eq!(said(&mut app, hand, input.clone()), [intent]);
            assert!(said(&mut app, hand, input).is_empty(), "held down");
            assert!(said(&mut app, hand, up.clone()).is_empty(), "let go");
        }
    }

    #[test]
    fn a_button_that_is_down_when_the_hand_comes_back_says_nothing() {
        let (mut app, hand) = room();
        let up = HandInput { tracked: true, ..default() };
        let down = HandInput { primary: true, ..up.clone() };
        assert!(said(&mut app, hand, down.clone()).is_empty());
        assert!(said(&mut app, hand, HandInput::default()).is_empty());
        assert!(said(&mut app, hand, down.clone()).is_empty());
        assert!(said(&mut app, hand, up).is_empty());
        assert_eq!(said(&mut app, hand, down), [Intent::TogglePause]);
    }
}
