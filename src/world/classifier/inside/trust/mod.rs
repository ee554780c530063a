//! Whether maps can be trusted: the lever shuffles weights from the last layer on, and a map that stays as it is does not show
//! what was learned (Adebayo and others 2018).

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

/// What the model says as it has learned, and with layers shuffled: two questions that take turns.
#[derive(Resource)]
pub(super) struct Told<C: Classifier> {
    learned: Line<WhyAsked, Why>,
    shuffled: Line<WhyAsked, Why>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Told<C> {
    fn default() -> Self {
        Self { learned: Line::default(), shuffled: Line::default(), of: PhantomData }
    }
}

fn map_of<'a, C: Classifier>(
    said: Option<&'a Said<Why>>,
    inside: &Inside<C>,
    place: usize,
) -> Option<&'a Attribution> {
    let method = inside.wanted.methods.get(place)?;
    said?.said.maps.iter().find(|map| map.method == *method)
}

impl<C: Classifier> Told<C> {
    fn learned(&self) -> Option<&Said<Why>> {
        self.learned.said()
    }

    /// What the shuffled network says, while the lever is pulled.
    fn shuffled(&self, inside: &Inside<C>) -> Option<&Said<Why>> {
        self.shuffled.said().filter(|_| inside.wanted.layers > 0)
    }

    /// The map of a method, before and after.
    fn maps(&self, inside: &Inside<C>, place: usize) -> [Option<&Attribution>; 2] {
        [self.learned(), self.shuffled(inside)].map(|said| map_of(said, inside, place))
    }

    /// The end of the range of all maps.
    fn reach(&self, inside: &Inside<C>) -> f32 {
        let maps = (0..quarter::MAPS).flat_map(|place| self.maps(inside, place)).flatten();
        seen::reach(maps.map(|map| &*map.values))
    }

    /// The layers that are shuffled now, the last first.
    fn layers(&self, inside: &Inside<C>) -> &[String] {
        self.shuffled(inside).map(|said| &*said.said.shuffled).unwrap_or_default()
    }
}

/// Everything that runs while the tab is open.
pub(super) fn systems<C: Classifier>() -> ScheduleConfigs<ScheduleSystem> {
    (
        let_go::<C>.run_if(was_left::<C>(Tab::Trust)),
        (
            hear::<C>,
            ask::<C>,
            show_maps::<C>,
            hang::light::<C>,
            (say::write::<C>, say::frame::<C>).chain().run_if(sheet::seldom()),
        )
            .chain()
            .run_if(is_at::<C>(Tab::Trust)),
    )
        .chain()
}

fn let_go<C: Classifier>(mut told: ResMut<Told<C>>) {
    let told = &mut *told;
    [&mut told.learned, &mut told.shuffled].into_iter().for_each(Line::hang_up);
}

fn hear<C: Classifier>(
    wish: Wish<C>,
    mut answers: MessageReader<Answer>,
    mut told: ResMut<Told<C>>,
) {
    for answer in answers.read() {
        let now = wish.now();
        let lines = told.bypass_change_detection();
        let (learned, shuffled) = (&mut lines.learned, &mut lines.shuffled);
        // What one of them costs both wait for.
        let heard = if learned.hear(now, answer) {
            shuffled.wait_like(learned);
            true
        } else if shuffled.hear(now, answer) {
            learned.wait_like(shuffled);
            true
        } else {
            false
        };
        if heard {
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
    let Told { learned, shuffled, .. } = told.bypass_change_detection();
    if learned.is_open() || shuffled.is_open() {
        return;
    }
    let now = wish.now();
    let before = wish.question();
    let layers = wish.inside.wanted.layers;
    let after = learned.said().filter(|_| layers > 0 && !learned.is_news(&before, run));
    let after = after.map(|said| wish.shuffled(said.said.target, layers));
    let (line, wanted) = match after {
        // Whichever was asked longer ago.
        Some(after)
            if shuffled.is_news(&after, run) || shuffled.asked_at() < learned.asked_at() =>
        {
            (shuffled, after)
        }
        _ => (learned, before),
    };
    if line.is_due(now, &wanted, run, step) {
        questions.write(line.ask(now, wanted, run, step));
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
    let shown = |map: &Attribution| Shown {
        size: [1, map.size[0], map.size[1]],
        values: map.values.clone(),
        reach,
    };
    for (entity, seen, field, visible) in &mut fields {
        let wanted = match seen.what {
            _ if seen.tab != Tab::Trust => continue,
            What::Input => told.learned().map(|said| Shown {
                size: said.said.size,
                values: said.said.input.clone(),
                reach,
            }),
            What::Map(place) => told.maps(&inside, place)[0].map(shown),
            What::Shuffled(place) => told.maps(&inside, place)[1].map(shown),
        };
        seen.show(&mut commands, (entity, field, visible), wanted);
    }
}
