//! Why a network answers as it does: maps of the pixels that speak for it, with what each adds up to and whether the network
//! obeys it.

mod hang;
mod say;

use std::marker::PhantomData;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    line::{Line, Said},
    quarter,
    seen::{self, Seen, Shown, What},
    state::{Inside, is_at, was_left},
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{Attribution, Why, WhyAsked},
    world::{
        classifier::{Classifier, Of},
        display::Field,
        link::{Answer, Question},
        ui::sheet,
    },
};

pub(super) use hang::hang;

/// What the model has said.
#[derive(Resource)]
pub(super) struct Told<C: Classifier> {
    line: Line<WhyAsked, Why>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Told<C> {
    fn default() -> Self {
        Self { line: Line::default(), of: PhantomData }
    }
}

impl<C: Classifier> Told<C> {
    fn said(&self) -> Option<&Said<Why>> {
        self.line.said()
    }

    /// The map of a method.
    fn map(&self, inside: &Inside<C>, place: usize) -> Option<&Attribution> {
        let method = inside.wanted.methods.get(place)?;
        self.said()?.said.maps.iter().find(|map| map.method == *method)
    }

    /// The maps that hang.
    fn maps<'a>(&'a self, inside: &'a Inside<C>) -> impl Iterator<Item = &'a Attribution> {
        (0..quarter::MAPS).filter_map(move |place| self.map(inside, place))
    }

    /// The end of the range of all of them.
    fn reach(&self, inside: &Inside<C>) -> f32 {
        seen::reach(self.maps(inside).map(|map| &*map.values))
    }
}

/// Everything that runs while the tab is open.
pub(super) fn systems<C: Classifier>() -> ScheduleConfigs<ScheduleSystem> {
    (
        let_go::<C>.run_if(was_left::<C>(Tab::Why)),
        (
            hear::<C>,
            ask::<C>,
            show_maps::<C>,
            hang::light::<C>,
            (say::write::<C>, say::frame::<C>).chain().run_if(sheet::seldom()),
        )
            .chain()
            .run_if(is_at::<C>(Tab::Why)),
    )
        .chain()
}

fn let_go<C: Classifier>(mut told: ResMut<Told<C>>) {
    told.line.hang_up();
}

fn hear<C: Classifier>(
    wish: Wish<C>,
    mut answers: MessageReader<Answer>,
    mut told: ResMut<Told<C>>,
) {
    for answer in answers.read() {
        if told.bypass_change_detection().line.hear(wish.now(), answer) {
            told.set_changed();
        }
    }
}

fn ask<C: Classifier>(
    wish: Wish<C>,
    mut told: ResMut<Told<C>>,
    mut questions: MessageWriter<Question>,
) {
    let Some((run, step)) = wish.at() else {
        return;
    };
    let line = &mut told.bypass_change_detection().line;
    let wanted = wish.question();
    if line.is_due(wish.now(), &wanted, run, step) {
        questions.write(line.ask(wish.now(), wanted, run, step));
    }
}

fn show_maps<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    mut fields: Query<(Entity, &Seen, &mut Field, &mut Visibility), With<Of<C>>>,
    mut commands: Commands,
) {
    if !told.is_changed() && !inside.is_changed() {
        return;
    }
    let reach = told.reach(&inside);
    for (entity, seen, field, visible) in &mut fields {
        let wanted =
            match seen.what {
                _ if seen.tab != Tab::Why => continue,
                What::Input => told.said().map(|said| Shown {
                    size: said.said.size,
                    values: said.said.input.clone(),
                    reach,
                }),
                What::Map(place) | What::Shuffled(place) => told.map(&inside, place).map(|map| {
                    Shown { size: [1, map.size[0], map.size[1]], values: map.values.clone(), reach }
                }),
            };
        seen.show(&mut commands, (entity, field, visible), wanted);
    }
}
