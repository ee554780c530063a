//! The sky, which is the run itself: each star is one step, as high as its loss, and further around the later it came.

use bevy::prelude::*;

use super::look::{HallLook, HallMaterial, STARS};
use crate::{
    history::Run,
    stream::{RunId, Step},
    world::{WorldSystems, link::ShownRun, timeline::Timeline},
};

/// Height of a star whose loss is that of the run's first step, in degrees.
const FIRST_DEGREES: f32 = 44.0;
/// How much lower a star is with a tenth of the loss, in degrees.
const DECADE_DEGREES: f32 = 12.0;
/// The least and the largest height of a star, in degrees; losses beyond stand there.
const HEIGHTS_DEGREES: (f32, f32) = (4.0, 60.0);
/// How often the sky is looked after, in seconds: stars come one by one, not with every frame.
const EVERY_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    let shown = resource_exists::<ShownRun>
        .and_then(resource_exists::<HallLook>)
        .and_then(resource_exists::<Timeline>);
    app.add_systems(Update, follow.in_set(WorldSystems::Show).run_if(shown));
}

fn follow(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    hall: Res<HallLook>,
    mut materials: ResMut<Assets<HallMaterial>>,
    mut next_secs: Local<f32>,
    mut done: Local<Option<(RunId, Step)>>,
) {
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    let Some(started) = run.0.started() else {
        return;
    };
    let shown = timeline.shown_step(&run.0);
    if *done == Some((started.run, shown)) {
        return;
    }
    *done = Some((started.run, shown));
    let mut stars = [Vec4::NEG_ONE; STARS / 4];
    for (star, height) in heights(&run.0, shown).enumerate() {
        stars[star / 4][star % 4] = height;
    }
    if materials.get(&hall.0).is_some_and(|look| look.stars != stars)
        && let Some(mut look) = materials.get_mut(&hall.0)
    {
        look.stars = stars;
    }
}

/// Height of the star of each part of a run up to the shown step, in radians; -1 where there is none.
///
/// A part is shown by its first step, so a star that is there stays where it is.
fn heights(run: &Run, shown: Step) -> impl Iterator<Item = f32> {
    let all = run
        .started()
        .map_or(0, |started| u64::from(started.epochs).saturating_mul(started.steps_per_epoch));
    let scalars = run.scalars();
    let first = scalars.iter().next().map(|first| first.values.loss());
    (0..STARS as u64).map(move |part| {
        let before = |part: u64| part.saturating_mul(all).div_ceil(STARS as u64);
        scalars
            .after(Step(before(part)))
            .next()
            .filter(|taken| taken.step <= shown && taken.step.0 <= before(part + 1))
            .zip(first)
            .map_or(-1.0, |(taken, first)| height(taken.values.loss(), first))
    })
}

/// Height of a star by its loss and that of the first step, in radians; -1 for what is no number.
fn height(loss: f32, first: f32) -> f32 {
    let (low, high) = HEIGHTS_DEGREES;
    let decades = if loss <= 0.0 { f32::INFINITY } else { (first / loss).log10() };
    if loss.is_nan() || decades.is_nan() {
        return -1.0;
    }
    (FIRST_DEGREES - DECADE_DEGREES * decades).clamp(low, high).to_radians()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{MetricValues, Report, Started, StepReport, WatchCost};

    /// A run of so many steps, of which so many were taken; the loss of each is one over its number.
    fn run(steps_per_epoch: u64, taken: u64) -> Run {
        let mut run = Run::new(0);
        run.take(Report::Started(Started { epochs: 1, steps_per_epoch, ..Started::example() }));
        for step in 1..=taken {
            run.take(Report::Stepped(StepReport {
                step: Step(step),
                epoch: 1,
                values: MetricValues::new(&[1.0 / step as f32]),
                learning_rate: 0.1,
                steps_per_second: 1.0,
                examples_per_second: 1.0,
                cost: WatchCost::default(),
                merged: 1,
            }));
        }
        run
    }

    fn stars(run: &Run, shown: u64) -> Vec<(usize, f32)> {
        let all = heights(run, Step(shown)).enumerate();
        all.filter(|(_, height)| *height >= 0.0)
            .map(|(part, height)| (part, height.to_degrees()))
            .collect()
    }

    #[test]
    fn a_tenth_of_the_loss_is_a_step_lower_and_half_the_run_half_way_around() {
        let run = run(1024, 600);
        let seen = stars(&run, 600);
        // One for each two steps, the first of them.
        assert_eq!(seen.len(), 300);
        assert!((seen[0].1 - FIRST_DEGREES).abs() < 1e-3 && seen[0].0 == 0);
        let (part, degrees) = seen[256];
        assert_eq!(part, 256);
        let wanted = FIRST_DEGREES - DECADE_DEGREES * 513_f32.log10();
        assert!((degrees - wanted).abs() < 1e-3, "{degrees}, not {wanted}");
    }

    #[test]
    fn stars_stay_where_they_are_and_go_when_one_goes_back() {
        let (early, late) = (run(2000, 500), run(2000, 1500));
        let [before, after] = [stars(&early, 500), stars(&late, 1500)];
        assert!(!before.is_empty() && after.starts_with(&before));
        assert_eq!(stars(&late, 500), before);
    }

    #[test]
    fn each_step_of_a_short_run_is_a_star_of_its_own() {
        let seen = stars(&run(200, 200), 200);
        assert_eq!(seen.len(), 200);
    }

    #[test]
    fn what_is_no_number_is_no_star_and_nothing_leaves_the_sky() {
        assert_eq!(height(f32::NAN, 1.0), -1.0);
        assert_eq!(height(1.0, f32::NAN), -1.0);
        let low = HEIGHTS_DEGREES.0.to_radians();
        assert_eq!([height(0.0, 1.0), height(1e-30, 1.0)], [low; 2]);
        assert_eq!(height(1e30, 1.0), HEIGHTS_DEGREES.1.to_radians());
    }
}
