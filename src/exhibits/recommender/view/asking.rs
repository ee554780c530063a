//! Asks the model whenever the visitor's attention or profile changes what it should answer.

use std::sync::Arc;

use bevy::prelude::*;

use super::attention::{AttentionSystems, Profile, TasteAttention, Who};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID,
        payload::{Person, TasteAsk},
    },
    stream::{Command, InputChoice, Payload, RunId},
    world::{
        WorldSystems,
        desk::DeskSystems,
        link::{Ask, ShownRun},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        ask.in_set(WorldSystems::Steer)
            .in_set(super::ON_STAGE)
            .after(AttentionSystems)
            .after(DeskSystems),
    );
}

/// What was asked last, and of which run.
#[derive(Default)]
struct LastAsked(Option<(RunId, Arc<TasteAsk>)>);

fn ask(
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    run: Res<ShownRun>,
    mut asked: Local<LastAsked>,
    mut asks: MessageWriter<Ask>,
) {
    let Some(started) = run.0.started().filter(|started| started.exhibit == EXHIBIT_ID) else {
        return;
    };
    let wanted = question(&attention, &profile);
    if asked.0.as_ref().is_some_and(|(run, last)| *run == started.run && **last == wanted) {
        return;
    }
    let wanted = Arc::new(wanted);
    asks.write(Ask(Command::Watch(InputChoice::Other(Payload::shared(wanted.clone())))));
    asked.0 = Some((started.run, wanted));
}

/// What the model must answer for the visitor's attention.
fn question(attention: &TasteAttention, profile: &Profile) -> TasteAsk {
    let person = |who: Who| match who {
        Who::You => Person::Visitor(profile.entries.iter().map(|entry| entry.rated).collect()),
        Who::Known(person) => Person::Known(person),
    };
    TasteAsk {
        people: std::iter::once(attention.who).chain(attention.with).map(person).collect(),
        together: attention.together,
        list: attention.list.clone(),
        item: attention.chosen,
        with_factors: false,
        layout: attention.layout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointing_asks_nothing_and_rating_asks_anew() {
        let mut attention = TasteAttention { who: Who::You, ..TasteAttention::default() };
        let mut profile = Profile::default();
        let before = question(&attention, &profile);
        attention.pointed = Some(4);
        assert_eq!(question(&attention, &profile), before);
        profile.rate(4, 5.0, false);
        let after = question(&attention, &profile);
        assert!(matches!(&after.people[..], [Person::Visitor(rated)] if rated.len() == 1));
        attention.with = Some(Who::Known(3));
        assert_eq!(question(&attention, &profile).people.len(), 2);
    }
}
