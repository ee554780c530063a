//! The boundary among the rows, bending as the model learns: planes of equal probability, or a sheet of probability.

use std::{sync::Arc, time::Duration};

use bevy::{
    asset::RenderAssetUsages, camera::visibility::NoFrustumCulling, math::UVec3,
    mesh::PrimitiveTopology, prelude::*, time::common_conditions::on_real_timer,
};

use super::{
    attention::{Space, TableAttention},
    isosurface::Grid,
    places::HALF_M,
    probability_sheet::{MOST_LINES, SheetAsk, sheet},
    samples::{Fitted, SampleSystems, SpaceOpened},
    samples_fit::{ComponentFit, odds_among_components},
    samples_looks::{class_colour, other_colour},
    scorer::{KnownScorer, Scorer, log_odds_of},
};
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{Table, TableAnswer},
    },
    world::{
        WorldSystems,
        display::Wires,
        draw::{MeshMaterial3d, Opacity, PlainMaterial},
        link::ShownSnapshot,
        stage::OnStage,
        ui::palette,
    },
};

/// It is computed anew at most this often, in seconds.
const EVERY_SECS: f32 = 0.08;
/// Cells of the grid in which a boundary among components is looked for; flat ones need few.
const CELLS: UVec3 = UVec3::new(14, 10, 12);
/// The probabilities of the planes on either side of the one at the threshold.
const SIDES: [f64; 2] = [0.1, 0.9];
/// How much of what lies behind them the planes take: the one at the threshold, those beside it, and the sheet.
const OPACITY: (f32, f32, f32) = (0.20, 0.09, 0.42);
/// Width of the lines, in metres, and how strong those of the sheet are.
const LINE_M: f32 = 0.004;
const FAINT: f32 = 0.22;
/// A line fades over this share of its length at both ends; it is drawn as much longer, so that lines join.
const FADES: f32 = 0.06;
/// Drawn before the rows, so that these are seen before and behind it alike.
const BEHIND_ROWS: f32 = -2000.0;

pub(super) fn plugin(app: &mut App) {
    let seldom = on_real_timer(Duration::from_secs_f32(EVERY_SECS));
    app.add_observer(hang_boundary).add_systems(
        Update,
        draw.run_if(seldom)
            .after(SampleSystems)
            .in_set(WorldSystems::Show)
            .in_set(OnStage(EXHIBIT_ID)),
    );
}

/// The translucent surface.
#[derive(Component)]
pub(super) struct Boundary;

/// The lines on it.
#[derive(Component)]
struct BoundaryLines;

fn hang_boundary(
    opened: On<SpaceOpened>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut commands: Commands,
) {
    let material = PlainMaterial {
        opacity: Opacity::Blend,
        both_sides: true,
        ahead_m: BEHIND_ROWS,
        ..default()
    };
    commands.spawn((
        Name::new("Boundary"),
        Boundary,
        NoFrustumCulling,
        Mesh3d(meshes.add(mesh_of(&[]))),
        MeshMaterial3d(materials.add(material)),
        Transform::default(),
        Visibility::Hidden,
        ChildOf(opened.entity),
    ));
    let mut wires = Wires::new(MOST_LINES);
    wires.width = LINE_M;
    commands.spawn((
        Name::new("Lines of the boundary"),
        BoundaryLines,
        wires,
        ChildOf(opened.entity),
    ));
}

/// What the boundary was drawn for.
#[derive(Clone)]
struct DrawnFor {
    table: Arc<Table>,
    answer: Arc<TableAnswer>,
    attention: TableAttention,
}

impl DrawnFor {
    fn is(
        &self,
        table: &Arc<Table>,
        answer: &Arc<TableAnswer>,
        attention: &TableAttention,
    ) -> bool {
        let same_attention = self.attention.space == attention.space
            && self.attention.across == attention.across
            && self.attention.class == attention.class
            && self.attention.threshold == attention.threshold;
        Arc::ptr_eq(&self.table, table) && Arc::ptr_eq(&self.answer, answer) && same_attention
    }
}

fn draw(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    boundary: Option<Single<(&Mesh3d, &mut Visibility), With<Boundary>>>,
    lines: Option<Single<&mut Wires, With<BoundaryLines>>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut scorer: Local<KnownScorer>,
    mut last: Local<Option<DrawnFor>>,
) {
    let (Some(boundary), Some(mut lines)) = (boundary, lines) else {
        return;
    };
    let (mesh, mut seen) = boundary.into_inner();
    let answer = shown.own_answer::<TableAnswer>();
    let (Some((table, fit)), Some(answer)) = (&fitted.0, answer) else {
        if last.take().is_some() {
            seen.set_if_neq(Visibility::Hidden);
            lines.clear();
        }
        return;
    };
    // A snapshot of the run before does not fit a table with other terms.
    if !fits(table, answer) || last.as_ref().is_some_and(|last| last.is(table, answer, &attention))
    {
        return;
    }
    let scorer = scorer.of(table);
    let drawn = match attention.space {
        Space::Components => planes(table, *fit, scorer, answer, &attention),
        Space::Features => {
            let ask = SheetAsk {
                across: attention.across,
                class: attention.class,
                threshold: attention.threshold as f32,
            };
            sheet_in_colour(table, scorer, answer, ask)
        }
    };
    if let Some(mut mesh) = meshes.get_mut(&mesh.0) {
        *mesh = mesh_of(&drawn.corners);
    }
    lines.set(&drawn.lines);
    let wanted = if drawn.corners.is_empty() { Visibility::Hidden } else { Visibility::Inherited };
    seen.set_if_neq(wanted);
    *last = Some(DrawnFor {
        table: table.clone(),
        answer: answer.clone(),
        attention: attention.clone(),
    });
}

/// Whether an answer is that of a model of this table.
pub(super) fn fits(table: &Table, answer: &TableAnswer) -> bool {
    let rows = if table.classes.len() > 2 { table.classes.len() } else { 1 };
    answer.coefficients.len() == rows * table.terms.len()
        && answer.probabilities.len() == table.drawn.rows.len() * table.classes.len()
}

/// What is to be drawn.
#[derive(Default)]
struct Drawn {
    corners: Vec<(Vec3, LinearRgba)>,
    lines: Vec<(Vec3, Vec3, f32)>,
}

impl Drawn {
    fn line(&mut self, [from, to]: [Vec3; 2], strength: f32) {
        let more = (to - from) * FADES;
        self.lines.push((from - more, to + more, strength));
    }
}

/// The planes of three probabilities among the components.
fn planes(
    table: &Table,
    fit: ComponentFit,
    scorer: &Scorer,
    answer: &TableAnswer,
    attention: &TableAttention,
) -> Drawn {
    let odds = odds_among_components(table, fit, scorer, answer, attention.class);
    let grid = Grid::of(HALF_M, CELLS, |place| odds(place) as f32);
    let (threshold, aside, _) = OPACITY;
    let [low, high] = SIDES;
    let mut drawn = Drawn::default();
    for (probability, colour, opacity, strength) in [
        (low, other_colour(table, attention.class), aside, FAINT),
        (attention.threshold, palette::INK, threshold, 1.0),
        (high, class_colour(attention.class), aside, FAINT),
    ] {
        let level = grid.level(log_odds_of(probability) as f32);
        let colour = colour.with_alpha(opacity).to_linear();
        drawn.corners.extend(level.triangles.into_iter().map(|corner| (corner, colour)));
        for line in level.rim {
            drawn.line(line, strength);
        }
    }
    drawn
}

/// The sheet, each place in the colour of the class that is likelier there.
fn sheet_in_colour(table: &Table, scorer: &Scorer, answer: &TableAnswer, ask: SheetAsk) -> Drawn {
    let sheet = sheet(table, scorer, answer, ask);
    let other = other_colour(table, ask.class).to_linear();
    let this = class_colour(ask.class).to_linear();
    let colour = |probability: f32| {
        let middle = palette::PLATE_RAISED.to_linear();
        // Clear where nothing is sure.
        let sure = (2.0 * probability - 1.0).abs();
        let end = if probability > 0.5 { this } else { other };
        middle.mix(&end, sure).with_alpha(OPACITY.2 * (0.35 + 0.65 * sure))
    };
    let mut drawn = Drawn::default();
    let corners = sheet.triangles.into_iter();
    drawn.corners.extend(corners.map(|(corner, told)| (corner, colour(told))));
    for line in sheet.lines {
        drawn.line(line, FAINT);
    }
    for line in sheet.contour {
        drawn.line(line, 1.0);
    }
    drawn
}

fn mesh_of(corners: &[(Vec3, LinearRgba)]) -> Mesh {
    // A mesh without corners cannot be put on the graphics card.
    let nothing = [(Vec3::ZERO, LinearRgba::NONE); 3];
    let corners = if corners.is_empty() { &nothing[..] } else { corners };
    let positions: Vec<[f32; 3]> = corners.iter().map(|(place, _)| place.to_array()).collect();
    let colours: Vec<[f32; 4]> = corners.iter().map(|(_, colour)| colour.to_f32_array()).collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, vec![[0.0, 1.0, 0.0]; positions.len()])
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            board::tests::{answer, table},
            samples_fit::features_of,
            scorer::sigmoid,
        },
        *,
    };

    #[test]
    fn the_plane_passes_where_the_probability_is_one_half() {
        let table = table();
        let (fit, scorer) = (ComponentFit::of(&table), Scorer::of(&table));
        let attention = TableAttention::default();
        for (weights, intercept) in [([2.0, -1.0], 0.2), ([-0.4, 0.9], -0.1)] {
            let answer = answer(&weights, intercept);
            let drawn = planes(&table, fit, &scorer, &answer, &attention);
            let ink = palette::INK.with_alpha(OPACITY.0).to_linear();
            let middle: Vec<_> =
                drawn.corners.iter().filter(|(_, colour)| *colour == ink).collect();
            assert!(middle.len() > 30, "{}", middle.len());
            for (corner, _) in middle {
                let mut features = vec![0.0; 3];
                features_of(&table, fit.components(*corner), &mut features);
                // By hand: both terms are standardised features.
                let score = weights[0] * features[0] + weights[1] * features[1] + intercept;
                assert!((sigmoid(score) - 0.5).abs() < 1e-4, "{corner} {score}");
            }
        }
    }

    #[test]
    fn the_threshold_moves_the_plane() {
        let table = table();
        let (fit, scorer) = (ComponentFit::of(&table), Scorer::of(&table));
        let answer = answer(&[1.0, 0.0], 0.0);
        let attention = TableAttention { threshold: 0.6, ..default() };
        let drawn = planes(&table, fit, &scorer, &answer, &attention);
        let ink = palette::INK.with_alpha(OPACITY.0).to_linear();
        let odds = odds_among_components(&table, fit, &scorer, &answer, 1);
        let corners = drawn.corners.iter().filter(|(_, colour)| *colour == ink);
        let told = corners.map(|(corner, _)| sigmoid(odds(*corner)));
        let told: Vec<f64> = told.collect();
        assert!(!told.is_empty() && told.iter().all(|told| (told - 0.6).abs() < 1e-4));
    }

    #[test]
    fn an_answer_of_another_model_is_not_drawn() {
        let table = table();
        assert!(fits(&table, &answer(&[1.0, 2.0], 0.0)));
        let other = TableAnswer { coefficients: [1.0].into(), ..answer(&[1.0, 2.0], 0.0) };
        assert!(!fits(&table, &other));
    }
}
