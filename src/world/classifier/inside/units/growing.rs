//! What each class likes best, growing along the kept states of the run: a film from its first state to its last, or the frame
//! of the step that the visitor went back to.

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use crate::{
    inside::{Grown, GrownAsked, GrownFrame},
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                page::{self, Page},
                seen::{Seen, Shown, What},
                state::Inside,
                tab::Tab,
                wish::{SEED, Wish},
            },
        },
        display::Field,
    },
};

/// Classes whose dreams hang at once.
pub(super) const MOST: usize = 12;
/// Steps uphill at each kept state.
const STEPS_EACH: usize = 4;
/// Frames of the film in a second, and for how many of them its last one stands.
const FRAMES_PER_SECOND: f64 = 6.0;
const STANDS: usize = 12;

/// What the classes liked best along the way.
pub(in crate::world::classifier::inside) struct GrownPage;

pub(super) type Growing<C> = page::Told<C, GrownPage>;

impl<C: Classifier> Page<C> for GrownPage {
    const TAB: Tab = Tab::Units;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = GrownAsked;
    type Answer = Grown;

    fn question(wish: &Wish<C>, _: &Growing<C>, _: usize) -> Option<GrownAsked> {
        wish.inside.wanted.of_classes.then_some(GrownAsked { steps_each: STEPS_EACH, seed: SEED })
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Growing<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (count::<C>, grow::<C>).chain()
    }
}

impl<C: Classifier> Growing<C> {
    /// The place of the frame that is shown: that of the step that the visitor went back to, or one after the other.
    pub(super) fn place(&self, wish: &Wish<C>) -> Option<usize> {
        let frames = &self.said(0)?.said.frames;
        let last = frames.len().checked_sub(1)?;
        Some(match wish.scrubbed_to() {
            Some(step) => frames.iter().rposition(|frame| frame.step <= step.0).unwrap_or_default(),
            None => film(wish.now(), last),
        })
    }

    /// The frame that is shown.
    pub(super) fn frame(&self, wish: &Wish<C>) -> Option<(&Grown, &GrownFrame)> {
        let grown = &self.said(0)?.said;
        Some((grown, grown.frames.get(self.place(wish)?)?))
    }
}

/// The frame of a film whose last one is `last`, so many seconds after some beginning: it stands at its end before it begins
/// anew.
fn film(now: f64, last: usize) -> usize {
    let round = (last + 1 + STANDS) as f64;
    let at = (now * FRAMES_PER_SECOND).rem_euclid(round);
    (at as usize).min(last)
}

/// Knows how many classes there are to step through.
fn count<C: Classifier>(mut inside: ResMut<Inside<C>>, run: Res<crate::world::link::ShownRun>) {
    let count = run.0.material::<crate::images::TestSet>().map_or(0, |set| set.classes.len());
    if inside.wanted.classes != count {
        inside.wanted.classes = count;
    }
}

/// Shows the frame, each time it is another.
fn grow<C: Classifier>(
    wish: Wish<C>,
    told: Res<Growing<C>>,
    mut fields: Query<(Entity, &Seen, &mut Field, &mut Visibility), With<Of<C>>>,
    mut commands: Commands,
    mut shown: Local<Option<(usize, usize)>>,
) {
    let frame = told.frame(&wish).filter(|_| wish.inside.wanted.of_classes);
    let now = frame.map(|(grown, _)| (grown.frames.len(), told.place(&wish).unwrap_or_default()));
    if *shown == now && !told.is_changed() && !wish.inside.is_changed() {
        return;
    }
    *shown = now;
    for (entity, seen, field, visible) in &mut fields {
        let What::Grown(class) = seen.what else { continue };
        let wanted = frame.and_then(|(grown, frame)| {
            let length = grown.size.iter().product::<usize>();
            let image = frame.images.chunks(length.max(1)).nth(class)?;
            Some(Shown::image(grown.size, image.into()))
        });
        seen.show(&mut commands, (entity, field, visible), wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_film_runs_to_its_end_and_stands_there() {
        let at = |tick: f64| film((tick + 0.5) / FRAMES_PER_SECOND, 3);
        let seen: Vec<usize> = (0..6).map(|tick| at(f64::from(tick))).collect();
        assert_eq!(seen, [0, 1, 2, 3, 3, 3]);
        assert_eq!(at(15.0), 3);
        assert_eq!(at(16.0), 0);
        assert_eq!(film(7.3, 0), 0);
    }
}
