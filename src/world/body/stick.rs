//! A push of the stick, decided once: what began as a turn never ends as a teleport.

use bevy::prelude::*;

use super::{Grabbing, Hand, HandInput, Scrolling, TravelSystems};

/// A stick that is pushed this far means it.
pub(super) const PUSHED: f32 = 0.7;
/// A stick that is back within this is at rest, and can mean something else.
pub(super) const RESTED: f32 = 0.4;

pub(super) fn plugin(app: &mut App) {
    app.register_required_components::<Hand, Stick>()
        .add_systems(Update, feel_sticks.in_set(TravelSystems::Feel));
}

/// What the stick of a hand is pushed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Push {
    Forward,
    Back,
    Left,
    Right,
}

/// The stick of a hand since it was last at rest.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stick {
    /// Where it was pushed to first.
    pub push: Option<Push>,
    /// Whether that was in this frame.
    pub begins: bool,
}

impl Stick {
    /// As if it were pushed by nobody who means it.
    const UNRESTED: Self = Self { push: Some(Push::Back), begins: false };

    /// The push that begins in this frame.
    pub(super) fn begun(self) -> Option<Push> {
        self.push.filter(|_| self.begins)
    }

    fn feel(self, at: Vec2) -> Self {
        match self.push {
            Some(_) if at.length() < RESTED => Self::default(),
            Some(_) => Self { begins: false, ..self },
            None => {
                let push = direction(at);
                Self { push, begins: push.is_some() }
            }
        }
    }
}

fn direction(at: Vec2) -> Option<Push> {
    let far = at.abs();
    if far.max_element() <= PUSHED {
        return None;
    }
    Some(match (far.y >= far.x, at.x > 0.0, at.y > 0.0) {
        (true, _, true) => Push::Forward,
        (true, _, false) => Push::Back,
        (false, true, _) => Push::Right,
        (false, false, _) => Push::Left,
    })
}

fn feel_sticks(mut hands: Query<(&HandInput, &mut Stick, Has<Scrolling>, Has<Grabbing>)>) {
    for (input, mut stick, scrolls, grabs) in &mut hands {
        // One that is pushed already when its hand comes must rest before it means anything.
        let mut felt = if input.tracked { stick.feel(input.stick) } else { Stick::UNRESTED };
        // What scrolls a list or pulls an exhibit nearer goes nowhere, and must rest before it means to.
        felt.begins &= !scrolls && !grabs;
        stick.set_if_neq(felt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stick_that_comes_pushed_means_nothing_until_it_has_rested() {
        let mut app = App::new();
        app.add_systems(Update, feel_sticks);
        let hand = app.world_mut().spawn((HandInput::default(), Stick::default())).id();
        let mut felt = |tracked, at: Vec2| {
            let input = HandInput { tracked, stick: at, ..default() };
            app.world_mut().entity_mut(hand).insert(input);
            app.update();
            app.world().get::<Stick>(hand).unwrap().begun()
        };
        assert_eq!(felt(false, Vec2::ZERO), None);
        assert_eq!(felt(true, Vec2::Y), None);
        assert_eq!(felt(true, Vec2::ZERO), None);
        assert_eq!(felt(true, Vec2::Y), Some(Push::Forward));
    }

    #[test]
    fn a_push_means_its_first_direction_until_the_stick_has_rested() {
        let mut stick = Stick::default();
        let mut felt = Vec::new();
        for at in [
            vec2(0.5, 0.2),
            vec2(0.8, 0.2),
            vec2(0.9, 0.0),
            vec2(0.2, 0.9),
            vec2(0.0, 0.5),
            vec2(0.0, 0.3),
            vec2(0.2, 0.9),
            vec2(0.0, 0.0),
            vec2(-0.8, 0.7),
            vec2(0.0, 0.0),
            vec2(0.1, -1.0),
        ] {
            stick = stick.feel(at);
            felt.push(stick.begun());
        }
        let expected = [
            None,
            Some(Push::Right),
            None,
            None,
            None,
            None,
            Some(Push::Forward),
            None,
            Some(Push::Left),
            None,
            Some(Push::Back),
        ];
        assert_eq!(felt, expected);
    }
}
