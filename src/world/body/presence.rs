//! Tells listeners outside when a hand comes or goes, or holds something else.

use bevy::prelude::*;

use super::{Hand, HandInput, Profile};
use crate::world::{
    WorldSystems,
    hall_events::{HallEvent, HallListener},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, tell_hands.in_set(WorldSystems::Show));
}

/// What was told of each hand; at first both are away and hold nothing.
#[derive(Default)]
struct LastTold {
    tracked: bool,
    profile: Profile,
}

fn tell_hands(
    told: Option<ResMut<HallListener>>,
    hands: Query<(&Hand, &HandInput, &Profile)>,
    mut last: Local<[LastTold; 2]>,
) {
    let Some(mut told) = told else {
        return;
    };
    for (hand, input, profile) in &hands {
        let last = &mut last[hand.0 as usize];
        if last.tracked != input.tracked || last.profile != *profile {
            *last = LastTold { tracked: input.tracked, profile: profile.clone() };
            told.tell(HallEvent::Hand {
                side: hand.0.word(),
                tracked: input.tracked,
                profile: &profile.0,
            });
        }
    }
}
