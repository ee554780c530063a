//! The timeline: a slider back into the run's memory, and the way back to what happens now.

use bevy::{prelude::*, ui::InteractionDisabled};
use indicatif::HumanCount;

use super::record;
use crate::{
    stream::{RunId, Step},
    world::{
        WorldSystems,
        hall_events::HallListener,
        link::ShownRun,
        replay::Replayed,
        stage::ActiveExhibit,
        timeline::{Timeline, travel},
        ui::{
            controls::{
                Activate, ButtonKind, Scale, Slider, SliderPlan, ValueChange, button, mark, row,
                slider,
            },
            sheet::is_due,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, leave_the_old_run.in_set(WorldSystems::Steer))
        .add_systems(Update, (follow_the_run, offer_live).in_set(WorldSystems::Show));
}

#[derive(Component)]
struct TimelineSlider;

#[derive(Component)]
struct LiveButton;

/// The slider, and the button that leaves the past.
pub(super) fn spawn(side: &mut ChildSpawnerCommands) {
    side.spawn(Node { column_gap: px(24), ..row() }).with_children(|line| {
        line.spawn((
            slider(SliderPlan {
                name: "timeline",
                label: say!("desk-shown-step").into(),
                range: 0.0..=0.0,
                value: 0.0,
                scale: Scale::Linear { step: 1.0 },
                show: |step| HumanCount(step.round() as u64).to_string(),
            }),
            TimelineSlider,
        ))
        .insert(Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.0,
            flex_basis: px(0),
            ..default()
        })
        .observe(scrub);
        line.spawn((button("live", say!("desk-live"), ButtonKind::Plain), LiveButton))
            .observe(go_live);
        record::spawn(line);
    });
}

fn scrub(
    change: On<ValueChange<f32>>,
    sliders: Query<&Slider, With<TimelineSlider>>,
    replayed: Option<Res<Replayed>>,
    mut timeline: ResMut<Timeline>,
    told: Option<ResMut<HallListener>>,
) {
    let Ok(slider) = sliders.get(change.source) else {
        return;
    };
    // Pulled to its end, the timeline stays with the run; that of a recording may have the end still before it.
    let at_end = change.value >= *slider.range.end() && replayed.is_none();
    let to = (!at_end).then_some(Step(change.value.round() as u64));
    travel(to, &mut timeline, told);
}

fn go_live(_: On<Activate>, mut timeline: ResMut<Timeline>, told: Option<ResMut<HallListener>>) {
    travel(None, &mut timeline, told);
}

/// The memory of a run goes with it.
fn leave_the_old_run(
    run: Res<ShownRun>,
    playing: Option<Res<ActiveExhibit>>,
    mut last: Local<Option<RunId>>,
    mut timeline: ResMut<Timeline>,
    told: Option<ResMut<HallListener>>,
) {
    let now = run.0.started().map(|started| started.run);
    if playing.is_some_and(|playing| playing.is_changed()) {
        // Another session has its own place in time.
        *last = now;
        return;
    }
    if *last != now {
        *last = now;
        travel(None, &mut timeline, told);
    }
}

/// The line ends at the newest step; it stands still under a hand.
fn follow_the_run(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    replayed: Option<Res<Replayed>>,
    mut sliders: Query<&mut Slider, With<TimelineSlider>>,
) {
    if !is_due(&time) && !timeline.is_changed() {
        return;
    }
    let newest = run.0.step().0 as f32;
    let shown = timeline.scrubbed_to().map_or(newest, |step| step.0 as f32);
    let end = replayed.map_or(newest, |replayed| replayed.end_of(&run.0).0 as f32);
    for mut slider in &mut sliders {
        if slider.is_held() || (*slider.range.end() == end && slider.value == shown) {
            continue;
        }
        slider.range = 0.0..=end;
        slider.value = shown;
    }
}

/// There is nothing to go back to while one is there.
fn offer_live(
    timeline: Res<Timeline>,
    buttons: Query<(Entity, Has<InteractionDisabled>), With<LiveButton>>,
    mut commands: Commands,
) {
    let is_live = timeline.scrubbed_to().is_none();
    for (button, disabled) in &buttons {
        mark::<InteractionDisabled>(&mut commands, button, disabled, is_live);
    }
}
