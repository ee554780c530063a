//! Pointing at a number: which unit it is, what it sees in the layers before, and thin lines that join them.

use bevy::prelude::*;

use super::{
    AttentionSystems, Digits, DigitsAttention, Shows, architecture::Staged, naming::name_of,
};
use crate::{
    exhibits::digits::{EXHIBIT_ID, PROBABILITIES},
    images::TestSet,
    stream::{LayerId, Step},
    world::{
        WorldSystems,
        classifier::{self, ClassAttention, class_name},
        display::{Field, Mark, Wires},
        hall_events::{HallEvent, HallListener},
        inspect::{self, Region, Unit},
        interaction::aim::{AimHits, Hit},
        link::{ShownRun, ShownSnapshot},
        pointed_at::PointedAt,
        stage::PlinthPlaced,
        ui::{palette, sheet::figure},
    },
};

/// Lines that can be drawn at once: four to each of at most six layers, and some to spare.
const MOST_LINES: usize = 32;
/// Width of a line, in metres.
const LINE_M: f32 = 0.0022;
/// How far lines end before the cells they join, in metres.
const BEFORE_M: f32 = 0.006;
/// What is pointed at is told at most once in this time, in seconds.
const TELL_EVERY_SECS: f32 = 0.1;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Probe>()
        .add_observer(hang_wires)
        .add_systems(
            Update,
            (note_pointed, follow_outputs)
                .chain()
                .in_set(AttentionSystems)
                .after(classifier::AttentionSystems),
        )
        .add_systems(
            Update,
            (mark_fields, draw_wires, tell_pointed, say_pointed).chain().in_set(ProbeSystems),
        );
    app.configure_sets(Update, ProbeSystems.in_set(WorldSystems::Show).in_set(super::ON_STAGE));
}

/// Everything that finds and marks what is pointed at.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ProbeSystems;

/// A field that shows one map of this layer; [`Field::first_map`] says which.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ShowsMap(pub LayerId);

/// Where the pointed unit was found.
#[derive(Resource, Default)]
struct Probe {
    /// What this file has set as pointed at, and the field that it was found on.
    found: Option<(Unit, Entity)>,
}

/// The lines from the pointed unit to what it sees.
#[derive(Component)]
struct SightLines;

type Fields<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Field,
        &'static GlobalTransform,
        Option<&'static Shows>,
        Option<&'static ShowsMap>,
    ),
>;

fn hang_wires(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut wires = Wires::new(MOST_LINES);
    wires.colour = palette::ACCENT;
    wires.width = LINE_M;
    // At the world's origin, since its lines are given in world space.
    commands.spawn((Name::new("Sight lines"), SightLines, wires));
}

/// The layer a field shows, wholly or in part.
fn layer_of(shows: Option<&Shows>, shows_map: Option<&ShowsMap>) -> Option<LayerId> {
    shows.map(|shows| shows.0).or(shows_map.map(|shows| shows.0))
}

/// The unit under a place of a field, in uv.
pub(super) fn unit_at(field: &Field, layer: LayerId, uv: Vec2) -> Option<Unit> {
    let cell = field.layout().cell_at(uv)?;
    Some(Unit { layer, map: field.first_map + cell.map, row: cell.row, column: cell.column })
}

fn note_pointed(
    aims: AimHits,
    fields: Fields,
    mut probe: ResMut<Probe>,
    mut attention: ResMut<DigitsAttention>,
) {
    let found = aims.iter().find_map(|Hit { surface, uv, .. }| {
        let (entity, field, _, shows, shows_map) = fields.get(surface).ok()?;
        Some((unit_at(field, layer_of(shows, shows_map)?, uv)?, entity))
    });
    let unit = found.map(|(unit, _)| unit);
    let ours = probe.found.map(|(unit, _)| unit);
    // Others point too, as at the outputs: only what was set here is taken back here.
    if attention.pointed != unit
        && (unit.is_some() || (ours.is_some() && attention.pointed == ours))
    {
        attention.pointed = unit;
    }
    if probe.found != found {
        probe.found = found;
    }
}

/// Where no layer is pointed at, what is pointed at is the output that is.
fn follow_outputs(class: Res<ClassAttention<Digits>>, mut attention: ResMut<DigitsAttention>) {
    let unit = class.pointed.map(|column| Unit { layer: PROBABILITIES, map: 0, row: 0, column });
    let is_free = attention.pointed.is_none_or(|unit| unit.layer == PROBABILITIES);
    if is_free && attention.pointed != unit {
        attention.pointed = unit;
    }
}

/// The outline of a region on a field, in cells of its plate, if the field shows it.
fn outline(field: &Field, region: &Region) -> Option<Rect> {
    let layout = field.layout();
    let Some(map) = region.map else {
        // All maps: the whole plate.
        return Some(Rect { min: Vec2::ZERO, max: layout.size_cells().as_vec2() });
    };
    let map = map.checked_sub(field.first_map).filter(|map| *map < layout.maps)?;
    let rows = region.rows.0..(region.rows.0 + region.rows.1).min(layout.rows);
    let columns = region.columns.0..(region.columns.0 + region.columns.1).min(layout.cols);
    Some(layout.cells_rect(map, rows, columns))
}

fn mark_fields(
    attention: Res<DigitsAttention>,
    staged: Res<Staged>,
    mut fields: Query<
        (&mut Field, Option<&Shows>, Option<&ShowsMap>),
        Or<(With<Shows>, With<ShowsMap>)>,
    >,
    mut marks: Local<Vec<Mark>>,
) {
    let regions: Vec<(Region, Color)> = attention.pointed.map_or_else(Vec::new, |unit| {
        let graph = staged.graph();
        let fed = inspect::feeds(graph, unit).into_iter();
        let seen = inspect::receptive_field(graph, unit).into_iter();
        let fed = fed.map(|region| (region, palette::INK_QUIET));
        let seen = seen.map(|region| (region, palette::ACCENT));
        fed.chain(seen).chain([(Region::of(unit), palette::ACCENT_BRIGHT)]).collect()
    });
    for (mut field, shows, shows_map) in &mut fields {
        let layer = layer_of(shows, shows_map);
        marks.clear();
        marks.extend(
            regions
                .iter()
                .filter(|(region, _)| Some(region.layer) == layer)
                .filter_map(|(region, colour)| Some(Mark::new(outline(&field, region)?, *colour))),
        );
        if field.marks != *marks {
            field.marks.clone_from(&marks);
        }
    }
}

/// The four corners of a rectangle of cells, in world space, a little before the field.
fn corners(field: &Field, place: &GlobalTransform, rect: Rect) -> [Vec3; 4] {
    let cells = field.layout().size_cells().as_vec2();
    [rect.min, Vec2::new(rect.max.x, rect.min.y), rect.max, Vec2::new(rect.min.x, rect.max.y)].map(
        |corner| {
            let flat = (corner / cells - 0.5) * Vec2::new(1.0, -1.0) * field.size();
            place.transform_point(flat.extend(field.depth() + BEFORE_M))
        },
    )
}

fn draw_wires(
    attention: Res<DigitsAttention>,
    probe: Res<Probe>,
    staged: Res<Staged>,
    fields: Fields,
    wires: Option<Single<&mut Wires, With<SightLines>>>,
    mut lines: Local<Vec<(Vec3, Vec3, f32)>>,
) {
    let Some(mut wires) = wires else {
        return;
    };
    lines.clear();
    if let Some((unit, entity)) = probe.found.filter(|(unit, _)| attention.pointed == Some(*unit))
        && let Ok((_, field, place, ..)) = fields.get(entity)
        && let Some(rect) = outline(field, &Region::of(unit))
    {
        let mut from = corners(field, place, rect);
        for region in inspect::receptive_field(staged.graph(), unit) {
            let Some((_, field, place, ..)) = fields
                .iter()
                .find(|(.., shows, _)| shows.is_some_and(|shows| shows.0 == region.layer))
            else {
                continue;
            };
            let Some(rect) = outline(field, &region) else {
                continue;
            };
            let to = corners(field, place, rect);
            let strength = if region.is_parameter { 0.35 } else { 0.8 };
            lines.extend(from.into_iter().zip(to).map(|(from, to)| (from, to, strength)));
            // The weights are a by-way.
            if !region.is_parameter {
                from = to;
            }
        }
    }
    if wires.lines() != lines.as_slice() {
        wires.set(&lines);
    }
}

/// What was told last, and when it may be told again.
#[derive(Default)]
struct LastTold {
    what: Option<(Unit, f32, Step)>,
    next_secs: f32,
}

fn tell_pointed(
    time: Res<Time<Real>>,
    attention: Res<DigitsAttention>,
    shown: Res<ShownSnapshot>,
    told: Option<ResMut<HallListener>>,
    mut last: Local<LastTold>,
) {
    let Some(unit) = attention.pointed else {
        last.what = None;
        return;
    };
    let (Some(mut told), Some(snapshot)) = (told, shown.get()) else {
        return;
    };
    let Some(value) = inspect::value(snapshot, unit) else {
        return;
    };
    let what = (unit, value, snapshot.step);
    // A value that is not a number differs from itself, but it is told only once.
    let same = last.what.is_some_and(|(before, number, step)| {
        before == unit && number.to_bits() == value.to_bits() && step == snapshot.step
    });
    if same || time.elapsed_secs() < last.next_secs {
        return;
    }
    *last = LastTold { what: Some(what), next_secs: time.elapsed_secs() + TELL_EVERY_SECS };
    told.tell(HallEvent::Pointed {
        layer: unit.layer.name(),
        unit: [unit.map, unit.row, unit.column].into(),
        value,
        step: snapshot.step,
    });
}

/// Says what is pointed at to those who watch.
fn say_pointed(
    attention: Res<DigitsAttention>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    staged: Res<Staged>,
    mut said: ResMut<PointedAt>,
    mut last: Local<Option<Unit>>,
) {
    if !attention.is_changed() && !shown.is_changed() {
        return;
    }
    let words = attention.pointed.zip(shown.get()).and_then(|(unit, snapshot)| {
        let value = inspect::value(snapshot, unit)?;
        let classes = run.0.material::<TestSet>().map_or(&[][..], |set| &set.classes);
        let (name, place) = name_of(unit, staged.sizes()?, |class| class_name(classes, class));
        let whose = say!("list-comma", first = name, second = place);
        Some(say!("list-of", name = whose, value = figure(value)))
    });
    // Another exhibit may have said something since.
    if words.is_some() || last.is_some() {
        *last = attention.pointed.filter(|_| words.is_some());
        said.set_if_neq(PointedAt(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        exhibits::digits::{DENSE_WEIGHTS, POOLED, view::architecture::fixtures::pooled_and_dense},
        stream::Shape,
        world::{display::FieldLayout, interaction::aim::AimedAt},
    };

    /// A hall of two layers and an aim, without any picture.
    fn room() -> (App, [Entity; 2], Entity) {
        let mut app = App::new();
        app.init_resource::<DigitsAttention>()
            .init_resource::<Probe>()
            .insert_resource(pooled_and_dense())
            .add_systems(Update, (note_pointed, mark_fields).chain());
        let stack = |side| FieldLayout::stack(Shape::maps(32, side, side), 8, 2);
        let pooled = app.world_mut().spawn((Shows(POOLED), Field::new(stack(13), 1.0))).id();
        let mut dense = Field::new(stack(13), 1.0);
        dense.first_map = 32 * 4;
        let dense = app.world_mut().spawn((Shows(DENSE_WEIGHTS), dense)).id();
        let aim = app.world_mut().spawn(AimedAt(None)).id();
        (app, [pooled, dense], aim)
    }

    fn point(app: &mut App, aim: Entity, at: Option<(Entity, [usize; 3])>) -> Option<Unit> {
        let hit = at.map(|(surface, [map, row, column])| {
            let layout = *app.world().get::<Field>(surface).unwrap().layout();
            let uv = layout.rect_of_cells(map, row..row + 1, column..column + 1).center();
            Hit { surface, uv, part: None, point: Vec3::ZERO, distance: 1.0 }
        });
        app.world_mut().entity_mut(aim).insert(AimedAt(hit));
        app.update();
        app.world().resource::<DigitsAttention>().pointed
    }

    #[test]
    fn dense_weights_are_those_of_the_class_that_is_shown() {
        let (mut app, [pooled, dense], aim) = room();
        let unit = point(&mut app, aim, Some((dense, [7, 3, 12])));
        assert_eq!(unit, Some(Unit { layer: DENSE_WEIGHTS, map: 135, row: 3, column: 12 }));
        // What the weight is multiplied with is outlined on the pooled maps.
        let layout = *app.world().get::<Field>(pooled).unwrap().layout();
        let marks = &app.world().get::<Field>(pooled).unwrap().marks;
        assert_eq!(marks[..], [Mark::new(layout.cells_rect(7, 3..4, 12..13), palette::ACCENT)]);
    }

    #[test]
    fn leaving_takes_back_only_what_was_set_here() {
        let (mut app, [pooled, _], aim) = room();
        assert!(point(&mut app, aim, Some((pooled, [0, 0, 0]))).is_some());
        assert_eq!(point(&mut app, aim, None), None);
        assert!(app.world().get::<Field>(pooled).unwrap().marks.is_empty());
        let said = Unit { layer: PROBABILITIES, map: 0, row: 0, column: 4 };
        app.world_mut().resource_mut::<DigitsAttention>().pointed = Some(said);
        assert_eq!(point(&mut app, aim, None), Some(said));
    }
    #[test]
    fn an_output_is_pointed_at_where_no_layer_is() {
        let (mut app, [pooled, _], aim) = room();
        app.init_resource::<ClassAttention<Digits>>()
            .add_systems(Update, follow_outputs.after(note_pointed).before(mark_fields));
        let output = |app: &mut App, pointed| {
            app.world_mut().resource_mut::<ClassAttention<Digits>>().pointed = pointed;
        };
        output(&mut app, Some(7));
        let said = Unit { layer: PROBABILITIES, map: 0, row: 0, column: 7 };
        assert_eq!(point(&mut app, aim, None), Some(said));
        let unit = point(&mut app, aim, Some((pooled, [3, 1, 2])));
        assert_eq!(unit, Some(Unit { layer: POOLED, map: 3, row: 1, column: 2 }));
        assert_eq!(point(&mut app, aim, None), Some(said));
        output(&mut app, None);
        assert_eq!(point(&mut app, aim, None), None);
    }
}
