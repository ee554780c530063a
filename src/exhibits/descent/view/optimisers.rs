//! Those who walk down: a ball for each, the way it has come, the step that it takes next, and the lowest point.

use bevy::prelude::*;

use super::{
    INKS, ON_STAGE,
    attention::{DescentAttention, Stand, stand},
    ground::{GroundHung, GroundSystems, ShownSurface, Terrain},
};
use crate::{
    exhibits::descent::{payload::Runner, view::steps::Steps},
    history::Run,
    stream::{RunId, Step},
    world::{
        WorldSystems,
        display::Wires,
        draw::{MeshMaterial3d, PlainMaterial},
        link::ShownRun,
        timeline::Timeline,
        ui::palette,
    },
};

/// Radius of a ball, and how far ways lie above the ground, in metres.
const BALL_M: f32 = 0.021;
const WAY_UP_M: f32 = 0.007;
/// Width of a way and of the arrow, in metres.
const WAY_M: f32 = 0.009;
const ARROW_M: f32 = 0.013;
/// Pieces of a way, at most; a longer way has longer pieces.
const MOST_PIECES: usize = 360;
/// The shortest piece of a way, in metres.
const SHORTEST_M: f32 = 0.004;
/// How long an arrow is at least and at most, so that small steps are seen and large ones stay on the ground.
const ARROW_LENGTH_M: (f32, f32) = (0.10, 0.5);

pub(super) fn plugin(app: &mut App) {
    app.add_observer(put).add_systems(
        Update,
        (walk, point_ahead, mark_lowest)
            .after(GroundSystems)
            .in_set(WorldSystems::Show)
            .in_set(ON_STAGE),
    );
}

/// The ball of a runner.
#[derive(Component, Clone, Copy)]
pub(super) struct Ball(pub(super) Runner);

/// The way that a runner has come.
#[derive(Component)]
struct Path {
    runner: Runner,
    trail: Trail,
}

/// The arrow of the step that is written out.
#[derive(Component)]
struct Arrow;

/// The lowest point.
#[derive(Component)]
struct Lowest;

/// A way with as many points as can be seen: the step each belongs to, and where it is.
#[derive(Default)]
struct Trail {
    /// Whose way it is: of which run, and on which ground.
    of: Option<(RunId, bool, usize)>,
    points: Vec<(u64, Vec3)>,
    /// Steps that were looked at.
    seen: usize,
    /// The least distance from one point to the next, in metres.
    apart_m: f32,
}

impl Trail {
    /// Follows a runner to the shown step; says whether anything has changed.
    fn follow(&mut self, run: &Run, shown: &ShownSurface, runner: Runner, to: usize) -> bool {
        let id =
            run.started().map(|started| (started.run, shown.log, shown.surface.settings.problem));
        if self.of != id || to < self.seen {
            *self = Self { of: id, apart_m: SHORTEST_M, ..Self::default() };
        }
        let before = self.seen;
        let steps = Steps::of(run);
        let end = to.min(steps.len());
        for step in steps.after(self.seen).take(end.saturating_sub(self.seen)) {
            let Some(taken) = step.runners.get(runner.index()).copied().flatten() else {
                continue;
            };
            if self.points.is_empty() {
                self.add(step.step, taken.theta, shown);
            }
            self.add(step.step + 1, taken.next(), shown);
        }
        self.seen = self.seen.max(end);
        self.seen != before || before == 0
    }

    fn add(&mut self, step: u64, theta: [f64; 2], shown: &ShownSurface) {
        let Some((place, _)) = shown.at(theta) else {
            return;
        };
        let far = self.points.last().is_none_or(|(_, last)| last.distance(place) >= self.apart_m);
        if far {
            self.points.push((step, place));
        }
        if self.points.len() > MOST_PIECES {
            self.apart_m *= 2.0;
            let mut keep = false;
            self.points.retain(|_| {
                keep = !keep;
                keep
            });
        }
    }

    fn lines(&self, end: Option<Vec3>) -> Vec<(Vec3, Vec3, f32)> {
        let up = Vec3::Y * WAY_UP_M;
        let places = self.points.iter().map(|(_, place)| *place).chain(end);
        let places: Vec<Vec3> = places.map(|place| place + up).collect();
        places.windows(2).map(|pair| (pair[0], pair[1], 1.0)).collect()
    }
}

fn put(
    hung: On<GroundHung>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut commands: Commands,
) {
    let ball = meshes.add(Sphere::new(BALL_M).mesh().uv(24, 16));
    let mut material = |colour: Color| materials.add(PlainMaterial { colour, ..default() });
    for (runner, colour) in Runner::ALL.into_iter().zip(INKS) {
        commands.spawn((
            Name::new(runner.name()),
            Ball(runner),
            Mesh3d(ball.clone()),
            MeshMaterial3d(material(colour)),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(hung.entity),
        ));
        let mut wires = Wires::new(MOST_PIECES + 2);
        (wires.colour, wires.width) = (colour, WAY_M);
        commands.spawn((
            Name::new("Way"),
            Path { runner, trail: Trail::default() },
            wires,
            ChildOf(hung.entity),
        ));
    }
    let mut wires = Wires::new(3);
    (wires.colour, wires.width) = (palette::INK, ARROW_M);
    commands.spawn((Name::new("Next step"), Arrow, wires, ChildOf(hung.entity)));
    commands.spawn((
        Name::new("Lowest point"),
        Lowest,
        Mesh3d(meshes.add(Torus::new(0.028, 0.036))),
        MeshMaterial3d(material(palette::INK)),
        Transform::default(),
        Visibility::Hidden,
        ChildOf(hung.entity),
    ));
}

/// Puts every ball where its runner is, and draws the way that it has come.
fn walk(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    terrain: Res<Terrain>,
    mut balls: Query<(&Ball, &mut Transform, &mut Visibility)>,
    mut ways: Query<(&mut Path, &mut Wires)>,
    mut shown_last: Local<Option<(RunId, Step, bool)>>,
) {
    let (Some(shown), Some(started)) = (&terrain.0, run.0.started()) else {
        return;
    };
    let step = timeline.shown_step(&run.0);
    let now = Some((started.run, step, shown.log));
    if *shown_last == now && !terrain.is_changed() {
        return;
    }
    *shown_last = now;
    let place = |runner: Runner| {
        let stand = stand(&run.0, runner, step)?;
        // Flown off to where no number leads, it stays where it was last seen.
        shown.at(stand.theta()).or_else(|| shown.at(stand.step.theta)).map(|(place, _)| place)
    };
    for (ball, mut transform, mut visibility) in &mut balls {
        let place = place(ball.0);
        if let Some(place) = place {
            transform.translation = place + Vec3::Y * BALL_M;
        }
        let seen = if place.is_some() { Visibility::Inherited } else { Visibility::Hidden };
        visibility.set_if_neq(seen);
    }
    let to = usize::try_from(step.0).unwrap_or(usize::MAX);
    for (mut way, mut wires) in &mut ways {
        let runner = way.runner;
        if way.trail.follow(&run.0, shown, runner, to) || terrain.is_changed() {
            wires.set(&way.trail.lines(place(runner)));
        }
    }
}

/// From the ball of the runner whose step is written out to where that step leads, or at least which way.
fn point_ahead(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    terrain: Res<Terrain>,
    attention: Res<DescentAttention>,
    mut arrow: Single<&mut Wires, With<Arrow>>,
    mut last: Local<Option<(Stand, bool)>>,
) {
    let Some(shown) = &terrain.0 else {
        return;
    };
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    let now = stand.map(|stand| (stand, shown.log));
    if *last == now {
        return;
    }
    *last = now;
    let lines = stand.filter(|stand| !stand.ended).and_then(|stand| arrow_of(&stand, shown));
    arrow.set(&lines.unwrap_or_default());
}

fn arrow_of(stand: &Stand, shown: &ShownSurface) -> Option<Vec<(Vec3, Vec3, f32)>> {
    let (from, _) = shown.at(stand.step.theta)?;
    let [across, away] = &shown.surface.axes;
    let way = vec3(
        (stand.step.update[0] / (across.high - across.low)) as f32 * shown.relief.size.x,
        0.0,
        -(stand.step.update[1] / (away.high - away.low)) as f32 * shown.relief.size.y,
    );
    let length = way.length();
    if !length.is_normal() {
        return None;
    }
    let up = Vec3::Y * (2.0 * BALL_M);
    let drawn = length.clamp(ARROW_LENGTH_M.0, ARROW_LENGTH_M.1);
    let (from, way) = (from + up, way / length);
    let to = from + way * drawn;
    let aside = way.cross(Vec3::Y) * 0.028;
    let back = to - way * 0.05;
    Some(vec![(from, to, 1.0), (back + aside, to, 1.0), (back - aside, to, 1.0)])
}

fn mark_lowest(
    terrain: Res<Terrain>,
    lowest: Single<(&mut Transform, &mut Visibility), With<Lowest>>,
) {
    if !terrain.is_changed() {
        return;
    }
    let place = terrain.0.as_ref().and_then(|shown| {
        let (place, within) = shown.at(shown.surface.minimum.as_ref()?.theta)?;
        within.then_some(place)
    });
    let (mut transform, mut visibility) = lowest.into_inner();
    if let Some(place) = place {
        transform.translation = place + Vec3::Y * WAY_UP_M;
    }
    let seen = if place.is_some() { Visibility::Inherited } else { Visibility::Hidden };
    visibility.set_if_neq(seen);
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{run_of, terrain},
        *,
    };

    #[test]
    fn a_long_way_keeps_few_points_and_its_ends() {
        let run = run_of(5000);
        let shown = terrain(&run);
        let mut trail = Trail::default();
        assert!(trail.follow(&run, &shown, Runner::GradientDescent, 5000));
        assert!(trail.points.len() <= MOST_PIECES);
        let first = trail.points.first().map(|(step, _)| *step);
        assert_eq!(first, Some(0));
        assert!(!trail.follow(&run, &shown, Runner::GradientDescent, 5000), "nothing new");
        assert!(trail.follow(&run, &shown, Runner::GradientDescent, 3), "back in time");
        assert!(trail.points.iter().all(|(step, _)| *step <= 3));
    }

    #[test]
    fn the_arrow_points_where_the_step_leads() {
        let run = run_of(10);
        let shown = terrain(&run);
        let stand = stand(&run, Runner::GradientDescent, Step(0)).unwrap();
        let lines = arrow_of(&stand, &shown).unwrap();
        let way = lines[0].1 - lines[0].0;
        // Down from θ₀ > 0 and θ₁ > 0: to the left and nearer.
        assert!(way.x < 0.0 && way.z > 0.0, "{way}");
    }
}
