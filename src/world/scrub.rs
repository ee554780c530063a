//! Pointing at a chart reads it, pressing and dragging on it moves the timeline.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    display::Chart,
    hall_events::HallListener,
    interaction::aim::{AimDragged, AimLeft, AimMoved, AimPressed},
    link::ShownRun,
    timeline::{Timeline, travel},
};
use crate::stream::Step;

/// Reads the chart where an aim points: for its observer.
pub fn point(moved: On<AimMoved>, mut charts: Query<&mut Chart>) {
    if let Ok(mut chart) = charts.get_mut(moved.entity) {
        let step = chart.step_at(moved.uv.clamp(Vec2::ZERO, Vec2::ONE));
        chart.pointed_step = Some(step).filter(|step| step.is_finite());
    }
}

/// Reads the chart at the shown step again: for its observer.
pub fn leave(left: On<AimLeft>, mut charts: Query<&mut Chart>) {
    if let Ok(mut chart) = charts.get_mut(left.entity) {
        chart.pointed_step = None;
    }
}

/// Lets a chart be read where an aim points, and the timeline be moved by pressing and dragging on it.
pub fn allow(mut chart: EntityCommands) {
    chart
        .observe(point)
        .observe(leave)
        .observe(|pressed: On<AimPressed>, scrub: Scrub| scrub.to(pressed.entity, pressed.uv))
        .observe(|dragged: On<AimDragged>, scrub: Scrub| scrub.to(dragged.entity, dragged.uv));
}

/// Marks the step that the hall shows.
pub fn mark_shown(chart: &mut Mut<Chart>, run: &ShownRun, timeline: &Timeline) {
    let shown = Some(timeline.shown_step(&run.0).0 as f64);
    if chart.shown_step != shown {
        chart.shown_step = shown;
    }
}

/// What pressing and dragging on a chart needs.
#[derive(SystemParam)]
pub struct Scrub<'w, 's> {
    charts: Query<'w, 's, &'static Chart>,
    run: Res<'w, ShownRun>,
    timeline: ResMut<'w, Timeline>,
    told: Option<ResMut<'w, HallListener>>,
}

impl Scrub<'_, '_> {
    /// Shows the step at this place of the chart.
    pub fn to(mut self, chart: Entity, uv: Vec2) {
        let Ok(chart) = self.charts.get(chart) else {
            return;
        };
        let step = chart.step_at(uv);
        if !step.is_finite() {
            return;
        }
        travel(step_pressed(step, self.run.0.step()), &mut self.timeline, self.told);
    }
}

/// The step a place on the axis stands for; at and beyond the newest step that is live, which is `None`.
fn step_pressed(step: f64, newest: Step) -> Option<Step> {
    let step = Step(step.max(0.0).round() as u64);
    (step < newest).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pressing_at_the_newest_step_or_beyond_is_live() {
        assert_eq!(step_pressed(-3.0, Step(100)), Some(Step(0)));
        assert_eq!(step_pressed(41.6, Step(100)), Some(Step(42)));
        assert_eq!(step_pressed(100.2, Step(100)), None);
        assert_eq!(step_pressed(900.0, Step(100)), None);
    }
}
