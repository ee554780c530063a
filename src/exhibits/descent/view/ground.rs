//! The ground: the loss over its two parameters, as heights that one can point at and stand on.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    ON_STAGE,
    attention::DescentAttention,
    places::{GROUND_M, GROUND_SIZE_M, GROUND_TILT, RELIEF_M},
};
use crate::{
    exhibits::descent::{
        EXHIBIT_ID,
        payload::{Loss, Surface},
    },
    words::Phrase,
    world::{
        WorldSystems,
        display::{Ground, nice_ticks},
        interaction::{aim::Landmark, relief::Relief},
        link::ShownRun,
        stage::PlinthPlaced,
    },
};

/// Contour lines, at most, where heights are the loss itself.
const CONTOURS: usize = 14;
/// Contour lines in a decade, where they are its logarithm.
const CONTOURS_PER_DECADE: f64 = 2.0;
/// Losses nearer to the lowest than this share of their span are all shown at the bottom of the logarithm.
const DEEPEST: f64 = 1e-5;
/// A surface whose middle loss is below this share of its highest shows its shape only by the logarithm.
const FLAT: f64 = 0.15;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Terrain>().add_observer(hang).add_systems(
        Update,
        (prefer_what_shows, raise)
            .chain()
            .in_set(GroundSystems)
            .in_set(WorldSystems::Arrange)
            .in_set(ON_STAGE),
    );
}

/// What raises the ground, before anything is put on it.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct GroundSystems;

/// The entity that is the ground; what stands on it are its children.
#[derive(Component)]
pub(super) struct IsGround;

/// The ground is there and can be furnished.
#[derive(EntityEvent)]
pub(super) struct GroundHung {
    pub(super) entity: Entity,
}

/// The surface that is shown and its relief; nothing before the first surface has come.
#[derive(Resource, Default)]
pub(super) struct Terrain(pub(super) Option<ShownSurface>);

/// A surface and how it is shown.
pub(super) struct ShownSurface {
    pub(super) surface: Arc<Surface>,
    pub(super) log: bool,
    pub(super) relief: Relief,
    /// What lies between two contour lines, in words.
    pub(super) contours: Phrase,
}

impl ShownSurface {
    pub(super) fn new(surface: &Arc<Surface>, log: bool) -> (Self, Ground) {
        let scale = HeightScale::of(surface, log);
        let shares: Vec<f32> =
            surface.heights.iter().map(|loss| scale.share(f64::from(*loss))).collect();
        let levels = surface.heights.iter().map(|loss| scale.level(f64::from(*loss))).collect();
        let relief = Relief {
            size: GROUND_SIZE_M,
            columns: surface.columns,
            rows: surface.rows,
            heights: shares.iter().map(|share| share * RELIEF_M).collect(),
        };
        let contours = scale.words(&surface.unit.to_string());
        let (size, columns, rows, heights) =
            (relief.size, relief.columns, relief.rows, relief.heights.clone());
        // By the logarithm most of it is high up, and would be too bright to see anybody on.
        let tones = if log { shares.iter().map(|share| share * share).collect() } else { shares };
        let ground = Ground { size, columns, rows, heights, tones, levels };
        (Self { surface: surface.clone(), log, relief, contours }, ground)
    }

    /// The shares of width and depth at which θ lies; beyond 0..=1 it is off the ground.
    fn shares(&self, theta: [f64; 2]) -> [f64; 2] {
        let [across, away] = &self.surface.axes;
        [across, away].map(|axis| (axis.low, axis.high - axis.low)).zip_with(theta)
    }

    /// Where θ lies on the ground, in metres, and whether it is really there and not past an edge.
    pub(super) fn at(&self, theta: [f64; 2]) -> Option<(Vec3, bool)> {
        let [across, away] = self.shares(theta);
        if !across.is_finite() || !away.is_finite() {
            return None;
        }
        let within = (0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&away);
        let (across, away) = (across.clamp(0.0, 1.0) as f32, away.clamp(0.0, 1.0) as f32);
        self.relief.at(across, away).map(|place| (place, within))
    }

    /// θ at a place of the ground, as aims tell it: (0, 0) is far left.
    pub(super) fn theta(&self, uv: Vec2) -> [f64; 2] {
        let [across, away] = &self.surface.axes;
        let at = |low: f64, high: f64, share: f32| low + (high - low) * f64::from(share);
        [at(across.low, across.high, uv.x), at(away.low, away.high, 1.0 - uv.y)]
    }

    /// The loss at θ, between the four grid points around it.
    pub(super) fn loss(&self, theta: [f64; 2]) -> f64 {
        let [across, away] = self.shares(theta).map(|share| share.clamp(0.0, 1.0));
        let (columns, rows) = (self.surface.columns, self.surface.rows);
        let cell = |share: f64, count: usize| {
            let place = share * (count.max(2) - 1) as f64;
            let first = (place.floor() as usize).min(count.max(2) - 2);
            (first, place - first as f64)
        };
        let ((column, x), (row, z)) = (cell(across, columns), cell(away, rows));
        let height = |right: usize, far: usize| {
            let place = (row + far) * columns + column + right;
            self.surface.heights.get(place).map_or(f64::NAN, |loss| f64::from(*loss))
        };
        let near = height(0, 0) + (height(1, 0) - height(0, 0)) * x;
        let far = height(0, 1) + (height(1, 1) - height(0, 1)) * x;
        near + (far - near) * z
    }
}

/// Shares of two spans.
trait Shares {
    fn zip_with(self, values: [f64; 2]) -> [f64; 2];
}

impl Shares for [(f64, f64); 2] {
    fn zip_with(self, values: [f64; 2]) -> [f64; 2] {
        let [(low_a, span_a), (low_b, span_b)] = self;
        [(values[0] - low_a) / span_a, (values[1] - low_b) / span_b]
    }
}

/// How a loss becomes a height.
struct HeightScale {
    low: f64,
    high: f64,
    log: bool,
    /// Between two contour lines, unless the scale is logarithmic.
    interval: f64,
}

impl HeightScale {
    fn of(surface: &Surface, log: bool) -> Self {
        let (low, high) = span(surface);
        let ticks = nice_ticks(low, high, CONTOURS);
        let interval = match ticks[..] {
            [first, second, ..] => second - first,
            _ => (high - low).max(f64::MIN_POSITIVE),
        };
        Self { low, high, log, interval }
    }

    /// The height of a loss above the lowest, on its scale.
    fn decades(&self, loss: f64) -> f64 {
        let above = (loss - self.low).max(0.0) / (self.high - self.low).max(f64::MIN_POSITIVE);
        (above + DEEPEST).log10()
    }

    /// The share of the full relief, 0..=1.
    fn share(&self, loss: f64) -> f32 {
        let share = if self.log {
            let deepest = DEEPEST.log10();
            (self.decades(loss) - deepest) / -deepest
        } else {
            (loss - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE)
        };
        share.clamp(0.0, 1.0) as f32
    }

    /// A contour line runs where this passes a whole number.
    fn level(&self, loss: f64) -> f32 {
        let level =
            if self.log { self.decades(loss) * CONTOURS_PER_DECADE } else { loss / self.interval };
        level as f32
    }

    fn words(&self, unit: &str) -> Phrase {
        if self.log {
            return phrase!("descent-log-of-j-above-the");
        }
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        phrase!(
            "descent-heights-j-a-line-every",
            interval = super::numbers::tick(self.interval),
            unit
        )
    }
}

/// The lowest and the highest loss of a surface.
fn span(surface: &Surface) -> (f64, f64) {
    let finite =
        surface.heights.iter().map(|loss| f64::from(*loss)).filter(|loss| loss.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), loss| {
        (low.min(loss), high.max(loss))
    });
    let low = surface.minimum.as_ref().map_or(low, |minimum| low.min(minimum.loss));
    if low <= high { (low, high) } else { (0.0, 1.0) }
}

fn hang(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let place = Transform::from_translation(GROUND_M)
        .with_rotation(Quat::from_rotation_x(GROUND_TILT.to_radians()));
    let entity = commands
        .spawn((
            Name::new("Loss surface"),
            IsGround,
            Landmark("loss-surface"),
            place,
            Visibility::Inherited,
            ChildOf(placed.entity),
        ))
        .id();
    commands.trigger(GroundHung { entity });
}

/// A ravine shows its shape only by the logarithm; the visitor may choose otherwise.
fn prefer_what_shows(
    run: Res<ShownRun>,
    mut attention: ResMut<DescentAttention>,
    mut problem: Local<Option<usize>>,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    if *problem == Some(surface.settings.problem) {
        return;
    }
    *problem = Some(surface.settings.problem);
    // A loss of data is a bowl whose height says something; a ravine's walls say nothing.
    let log = surface.loss == Loss::TestFunction && is_flat(surface);
    if attention.log != log {
        attention.log = log;
    }
}

fn is_flat(surface: &Surface) -> bool {
    let (low, high) = span(surface);
    let mut losses: Vec<f32> = surface.heights.to_vec();
    losses.sort_by(f32::total_cmp);
    let middle = losses.get(losses.len() / 2).map_or(high, |loss| f64::from(*loss));
    middle - low < FLAT * (high - low)
}

/// Raises the ground anew when there is another surface, or its heights are shown otherwise.
fn raise(
    run: Res<ShownRun>,
    attention: Res<DescentAttention>,
    mut terrain: ResMut<Terrain>,
    ground: Option<Single<Entity, With<IsGround>>>,
    mut commands: Commands,
) {
    let (Some(surface), Some(ground)) = (run.0.material::<Surface>(), ground) else {
        return;
    };
    let same = terrain
        .0
        .as_ref()
        .is_some_and(|shown| Arc::ptr_eq(&shown.surface, surface) && shown.log == attention.log);
    if same {
        return;
    }
    let (shown, look) = ShownSurface::new(surface, attention.log);
    // The relief first, since the look is made from it.
    commands.entity(*ground).insert(shown.relief.clone()).insert(look);
    terrain.0 = Some(shown);
}

#[cfg(test)]
mod tests {
    use super::{super::tests::surface, *};

    #[test]
    fn a_place_of_the_ground_and_its_theta_belong_together() {
        for log in [false, true] {
            let (shown, _) = ShownSurface::new(&Arc::new(surface()), log);
            for theta in [[0.0, 0.0], [1.5, -0.5], [-1.9, 1.9]] {
                let (place, within) = shown.at(theta).unwrap();
                assert!(within);
                let back = shown.theta(shown.relief.uv(place));
                assert!((back[0] - theta[0]).abs() < 1e-5 && (back[1] - theta[1]).abs() < 1e-5);
                let true_loss = theta[0] * theta[0] + 2.0 * theta[1] * theta[1];
                assert!((shown.loss(theta) - true_loss).abs() < 0.05, "{theta:?}");
            }
            assert_eq!(shown.at([9.0, 0.0]).map(|(_, within)| within), Some(false));
            assert_eq!(shown.at([f64::NAN, 0.0]), None);
        }
    }

    #[test]
    fn heights_rise_with_the_loss_on_both_scales() {
        let surface = surface();
        for log in [false, true] {
            let scale = HeightScale::of(&surface, log);
            let shares = [0.0, 0.01, 1.0, 6.0, 12.0].map(|loss| scale.share(loss));
            assert!(shares.is_sorted(), "{shares:?}");
            assert_eq!((shares[0], shares[4]), (0.0, 1.0));
        }
        // The logarithm shows what is near the lowest.
        assert!(HeightScale::of(&surface, true).share(0.01) > 0.3);
        assert!(!is_flat(&surface));
    }
}
