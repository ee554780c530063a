//! The loupe: a map that is pressed comes near, with the filter that made it, and the same map is lit in every layer.

use std::f32::consts::PI;

use bevy::prelude::*;

use super::{
    AttentionSystems, DigitsAttention, Shows,
    architecture::Staged,
    probe::{ProbeSystems, ShowsMap},
    theatre,
};
use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_WEIGHTS, EXHIBIT_ID, FILTER_BIASES, FILTER_WEIGHTS, POOLED,
    },
    images::TestSet,
    stream::LayerId,
    world::{
        Head, WorldSystems,
        display::{ColourMap, Field, FieldLayout},
        exhibit_sessions::Belongs,
        inspect::{self, Unit},
        interaction::{
            aim::{AimReleased, Surface, Untouchable},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, button},
            palette,
            panel::{Ground, Hanger, PanelPlan},
            sheet::figure,
            type_size, words,
        },
    },
};

/// How long a map takes to come near or to go back, in seconds.
const TRAVEL_SECS: f32 = 0.25;
/// Its middle hangs so far below the visitor's eye, between these heights, in metres: above the desk, within reach.
const BELOW_EYE_M: f32 = 0.1;
const HEIGHTS_M: (f32, f32) = (1.4, 1.7);
/// Whoever stands further from the middle than this, in metres, has the map brought before them.
const MIDDLE_M: f32 = 0.5;
/// How far before such a visitor, in metres.
const BEFORE_HEAD_M: f32 = 1.6;
/// Width and height of the filter beside it, in metres.
const FILTER_M: f32 = 0.36;
/// How far it is turned to face a visitor in the middle of the hall, in radians.
const FILTER_TURN: f32 = 26.0 / 180.0 * PI;
/// Between the map and what is beside and above it, in metres.
const GAP_M: f32 = 0.04;
/// Height of the title in metres, and how far it leans towards the visitor, in radians.
const TITLE_M: f32 = 0.12;
const TITLE_LEAN: f32 = 22.0 / 180.0 * PI;
/// The distance that the title is set for, in metres: whoever sits is further from it than from the map.
const TITLE_READ_FROM_M: f32 = 1.4;
/// Height of the words under the filter, in metres.
const BIAS_M: f32 = 0.06;
/// From the middle of the map to the right edge of its filter, in metres.
pub(super) const RIGHT_EDGE_M: f32 = theatre::LOUPE_SIDE_M / 2.0 + GAP_M + FILTER_M;
/// The words on the filter are written at most once in this time, in seconds.
const WRITE_EVERY_SECS: f32 = 0.1;

/// Rows and columns of the largest filter.
const FILTER_SIDE: usize = 3;

/// The layers whose maps can be brought near.
const LAYERS: [LayerId; 5] = [CONVOLUTION, ACTIVATION, POOLED, FILTER_WEIGHTS, DENSE_WEIGHTS];

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_loupe)
        .add_observer(choose_map)
        .add_systems(Update, close_on_wish.in_set(AttentionSystems))
        .add_systems(
            Update,
            (follow_choice, travel).chain().in_set(WorldSystems::Arrange).in_set(super::ON_STAGE),
        )
        .add_systems(
            Update,
            (show_maps, write_filter)
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(super::ON_STAGE)
                .before(ProbeSystems),
        );
}

/// What carries the map that is near, its title and its filter.
#[derive(Component, Default)]
struct DetailView {
    /// The map that is near or on its way back.
    map: Option<(LayerId, usize)>,
    /// Where it belongs, and where it comes to.
    ends: [Transform; 2],
    /// How much of the way is done, 0..=1.
    way: f32,
}

/// The field with the map itself.
#[derive(Component)]
struct Lens;

/// The field with the map's filter.
#[derive(Component)]
struct FilterField;

/// What is written on the loupe.
#[derive(Component, Clone, Copy)]
enum DetailWords {
    Title,
    /// A weight of the filter, by row and column.
    Weight(usize, usize),
    Bias,
}

fn hang_loupe(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let side = theatre::LOUPE_SIDE_M;
    // It is placed in world space, since it comes to where the visitor is.
    let loupe = hanger
        .commands
        .spawn((
            Name::new("Loupe"),
            DetailView::default(),
            Belongs::to(EXHIBIT_ID),
            Transform::default(),
            Visibility::Hidden,
        ))
        .id();

    let title = hanger.hang(PanelPlan {
        name: "Loupe title",
        size_m: Vec2::new(side, TITLE_M),
        read_from_m: TITLE_READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(title.panel).insert((
        Transform::from_xyz(0.0, (side + GAP_M) / 2.0, 0.0)
            * Transform::from_rotation(Quat::from_rotation_x(TITLE_LEAN))
            * Transform::from_xyz(0.0, TITLE_M / 2.0, 0.0),
        ChildOf(loupe),
    ));
    hanger.commands.entity(title.root).entry::<Node>().and_modify(|mut page| {
        page.padding = UiRect::axes(px(18), px(8));
    });
    hanger.commands.entity(title.root).with_children(|page| {
        page.spawn(Node {
            height: percent(100),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::SpaceBetween,
            ..default()
        })
        .with_children(|line| {
            line.spawn((words::figure(""), TextLayout::no_wrap(), DetailWords::Title));
            line.spawn(button("close-map", "Close", ButtonKind::Plain)).observe(
                |_: On<Activate>, mut attention: ResMut<DigitsAttention>| attention.chosen = None,
            );
        });
    });

    // It is turned towards the visitor about its inner edge.
    let inner_edge = Vec3::new(side / 2.0 + GAP_M, (side - FILTER_M) / 2.0, 0.0);
    let turn = Quat::from_rotation_y(-FILTER_TURN);
    let filter_place = Transform::from_translation(inner_edge + turn * Vec3::X * FILTER_M / 2.0)
        .with_rotation(turn);
    let filter = Field::sized(FieldLayout::single(FILTER_SIDE, FILTER_SIDE), Vec2::splat(FILTER_M))
        .with_colours(ColourMap::Diverging)
        .flat();
    hanger.commands.spawn((
        Name::new("Filter of the map"),
        FilterField,
        ShowsMap(FILTER_WEIGHTS),
        Surface { size: filter.size() },
        filter,
        filter_place,
        ChildOf(loupe),
    ));
    let numbers = hanger.hang(PanelPlan {
        name: "Weights of the filter",
        size_m: Vec2::new(FILTER_M, FILTER_M + BIAS_M),
        read_from_m: theatre::LOUPE_DISTANCE_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(numbers.panel).insert((
        // Aims go through it to the weights themselves.
        Untouchable,
        filter_place * Transform::from_xyz(0.0, -BIAS_M / 2.0, 0.008),
        ChildOf(loupe),
    ));
    let cell = FILTER_M * 1000.0 / theatre::LOUPE_DISTANCE_M / FILTER_SIDE as f32;
    hanger
        .commands
        .entity(numbers.root)
        .entry::<Node>()
        .and_modify(|mut page| page.row_gap = px(0));
    hanger.commands.entity(numbers.root).with_children(|page| {
        for row in 0..FILTER_SIDE {
            page.spawn(Node { height: px(cell), flex_shrink: 0.0, ..default() }).with_children(
                |line| {
                    for column in 0..FILTER_SIDE {
                        line.spawn(Node {
                            width: px(cell),
                            align_items: AlignItems::Center,
                            justify_content: JustifyContent::Center,
                            ..default()
                        })
                        .with_children(|place| {
                            place.spawn((
                                words::set(
                                    "",
                                    type_size::CAPTION,
                                    FontWeight::SEMIBOLD,
                                    palette::INK,
                                ),
                                DetailWords::Weight(row, column),
                                // Whatever the weight's colour, the number on it can be read.
                                BackgroundColor(palette::NIGHT.with_alpha(0.6)),
                            ));
                        });
                    }
                },
            );
        }
        page.spawn((
            words::caption(""),
            DetailWords::Bias,
            Node { padding: UiRect::axes(px(8), px(2)), align_self: AlignSelf::Start, ..default() },
            // The hall behind it is full of other words.
            BackgroundColor(palette::PLATE),
        ));
    });
    hanger.commands.spawn((
        Name::new("Chosen map"),
        Lens,
        Transform::default(),
        Visibility::Inherited,
        ChildOf(loupe),
    ));
}

/// A press of a map brings it near; a press of the one that is near already lets it go.
fn choose_map(
    released: On<AimReleased>,
    fields: Query<(&Shows, &Field)>,
    mut attention: ResMut<DigitsAttention>,
) {
    let Ok((shows, field)) = fields.get(released.entity) else {
        return;
    };
    if !released.inside || !LAYERS.contains(&shows.0) {
        return;
    }
    // Between two maps the nearer one is meant.
    let Some(map) = field.layout().map_at(released.uv) else {
        return;
    };
    let unit = Unit { layer: shows.0, map: field.first_map + map, row: 0, column: 0 };
    let same = attention.chosen.is_some_and(|chosen| same_map(chosen, unit));
    attention.chosen = (!same).then_some(unit);
}

fn same_map(a: Unit, b: Unit) -> bool {
    a.layer == b.layer && a.map == b.map
}

fn close_on_wish(mut intents: MessageReader<Intent>, mut attention: ResMut<DigitsAttention>) {
    let back = intents.read().any(|intent| *intent == Intent::Back);
    if back && attention.chosen.is_some() {
        attention.chosen = None;
    }
}

/// Where a map comes to that hangs at `place`: near the middle, or before a visitor who stands elsewhere.
fn near_place(place: Vec3, head: Vec3) -> Transform {
    let feet = head.with_y(0.0);
    let (from, distance) = if feet.length() < MIDDLE_M {
        (Vec3::ZERO, theatre::LOUPE_DISTANCE_M)
    } else {
        (feet, BEFORE_HEAD_M)
    };
    let ahead = (place - from).with_y(0.0).normalize_or(Vec3::NEG_Z);
    let height = (head.y - BELOW_EYE_M).clamp(HEIGHTS_M.0, HEIGHTS_M.1);
    Transform::from_translation(from + ahead * distance + Vec3::Y * height)
        .looking_to(ahead, Vec3::Y)
}

fn follow_choice(
    attention: Res<DigitsAttention>,
    run: Res<ShownRun>,
    walls: Query<(&Shows, &Field, &GlobalTransform)>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    staged: Res<Staged>,
    loupe: Option<Single<(&mut DetailView, &mut Visibility)>>,
    lens: Option<Single<Entity, With<Lens>>>,
    mut filter: Query<(Entity, &mut Field), (With<FilterField>, Without<Shows>)>,
    mut words: Query<(&DetailWords, &mut Text)>,
    mut commands: Commands,
) {
    let (Some(head), Some(loupe), Some(lens)) = (head, loupe, lens) else {
        return;
    };
    let (mut loupe, mut seen) = loupe.into_inner();
    let Some(chosen) = attention.chosen.filter(|unit| loupe.map != Some((unit.layer, unit.map)))
    else {
        return;
    };
    let Some((_, wall, place)) = walls.iter().find(|(shows, ..)| shows.0 == chosen.layer) else {
        return;
    };
    loupe.map = Some((chosen.layer, chosen.map));
    loupe.way = 0.0;
    loupe.ends = ends(chosen, wall, place, head.translation());
    *seen = Visibility::Inherited;

    let layout = FieldLayout::single(wall.layout().rows, wall.layout().cols);
    // The longer side is as long as the loupe.
    let sides = Vec2::new(layout.cols as f32, layout.rows as f32);
    let size = sides / sides.max_element().max(1.0) * theatre::LOUPE_SIDE_M;
    let mut field = Field::sized(layout, size).with_colours(wall.colours);
    field.scale = wall.scale;
    field.first_map = chosen.map;
    commands.entity(*lens).insert((ShowsMap(chosen.layer), Surface { size: field.size() }, field));
    if let Some(sizes) = staged.sizes() {
        // Of a filter of several channels, the one that was chosen, or else the first.
        let first_map = match chosen.layer {
            FILTER_WEIGHTS => chosen.map,
            _ => staged.filter_of(chosen) * sizes.channels,
        };
        let [rows, columns] = sizes.kernel();
        for (entity, mut filter) in &mut filter {
            filter.first_map = first_map;
            let layout = FieldLayout::single(rows, columns);
            if *filter.layout() != layout {
                let other = Field::sized(layout, filter.size());
                let mut other = other.with_colours(ColourMap::Diverging).flat();
                other.first_map = first_map;
                commands.entity(entity).insert(other);
            }
        }
    }
    let classes = run.0.material::<TestSet>().map(|set| set.classes.clone());
    let title = title_of(chosen, &staged, |class| {
        classes.as_ref().and_then(|classes| classes.get(class)).cloned().unwrap_or_default()
    });
    for (which, mut text) in &mut words {
        if matches!(which, DetailWords::Title) {
            text.0.clone_from(&title);
        }
    }
}

/// Where the map is on its wall, as large as it is there, and where it comes to.
fn ends(chosen: Unit, wall: &Field, place: &GlobalTransform, head: Vec3) -> [Transform; 2] {
    let layout = wall.layout();
    let map = chosen.map.saturating_sub(wall.first_map) % layout.maps.max(1);
    let rect = layout.rect_of_map(map);
    let flat = (rect.center() - 0.5) * Vec2::new(1.0, -1.0) * wall.size();
    let middle = place.transform_point(flat.extend(0.02));
    let scale = rect.width() * wall.size().x / theatre::LOUPE_SIDE_M;
    let on_wall = Transform::from_translation(middle)
        .with_rotation(place.rotation())
        .with_scale(Vec3::splat(scale));
    [on_wall, near_place(middle, head)]
}

fn title_of(chosen: Unit, staged: &Staged, class: impl FnOnce(usize) -> String) -> String {
    let filter = staged.filter_of(chosen);
    match chosen.layer {
        CONVOLUTION => format!("Convolution, map {}", chosen.map),
        ACTIVATION => format!("After ReLU, map {}", chosen.map),
        POOLED => format!("Pooled, map {}", chosen.map),
        FILTER_WEIGHTS => format!("Filter {filter}"),
        _ => {
            let filters = staged.sizes().map_or(1, |sizes| sizes.filters.max(1));
            let class = class(chosen.map / filters);
            format!("Weights from map {filter} to “{class}”")
        }
    }
}

/// Slow at both ends of the way.
fn smooth(way: f32) -> f32 {
    way * way * (3.0 - 2.0 * way)
}

fn travel(
    time: Res<Time<Real>>,
    attention: Res<DigitsAttention>,
    loupe: Option<Single<(&mut DetailView, &mut Transform, &mut Visibility)>>,
) {
    let Some(loupe) = loupe else {
        return;
    };
    let (mut loupe, mut transform, mut seen) = loupe.into_inner();
    if loupe.map.is_none() {
        return;
    }
    let step = time.delta_secs() / TRAVEL_SECS;
    let near = attention.chosen.is_some();
    let way = (loupe.way + if near { step } else { -step }).clamp(0.0, 1.0);
    if way != loupe.way {
        loupe.way = way;
    }
    let share = smooth(way);
    let [from, to] = loupe.ends;
    transform.set_if_neq(Transform {
        translation: from.translation.lerp(to.translation, share),
        rotation: from.rotation.slerp(to.rotation, share),
        scale: from.scale.lerp(to.scale, share),
    });
    if !near && way == 0.0 {
        loupe.map = None;
        *seen = Visibility::Hidden;
    }
}

/// Numbers of the near fields, and light on the chosen map in every layer that has it.
fn show_maps(
    shown: Res<ShownSnapshot>,
    attention: Res<DigitsAttention>,
    staged: Res<Staged>,
    mut near: Query<(&ShowsMap, &mut Field), Without<Shows>>,
    mut walls: Query<(&Shows, &mut Field), Without<ShowsMap>>,
) {
    for (shows, mut field) in &mut near {
        if (shown.is_changed() || field.is_added())
            && let Some(layer) = shown.layer(shows.0)
        {
            field.show(layer);
        }
    }
    if !attention.is_changed() {
        return;
    }
    let filter = attention.chosen.map(|chosen| staged.filter_of(chosen));
    let channels = staged.sizes().map_or(1, |sizes| sizes.channels);
    for (shows, mut field) in &mut walls {
        let spotlight = match shows.0 {
            FILTER_WEIGHTS if channels > 1 => {
                attention.chosen.filter(|chosen| chosen.layer == FILTER_WEIGHTS).map(|of| of.map)
            }
            _ => filter,
        };
        if LAYERS.contains(&shows.0) && field.spotlight != spotlight {
            field.spotlight = spotlight;
        }
    }
}

fn write_filter(
    time: Res<Time<Real>>,
    mut next_secs: Local<f32>,
    shown: Res<ShownSnapshot>,
    staged: Res<Staged>,
    loupe: Option<Single<&DetailView>>,
    mut words: Query<(&DetailWords, &mut Text)>,
) {
    let Some((layer, map)) = loupe.and_then(|loupe| loupe.map) else {
        return;
    };
    let filter = staged.filter_of(Unit { layer, map, row: 0, column: 0 });
    let channels = staged.sizes().map_or(1, |sizes| sizes.channels);
    let of_weights = if layer == FILTER_WEIGHTS { map } else { filter * channels };
    let Some(snapshot) = shown.get().filter(|_| time.elapsed_secs() >= *next_secs) else {
        return;
    };
    *next_secs = time.elapsed_secs() + WRITE_EVERY_SECS;
    let number = |layer, map, row, column| {
        inspect::value(snapshot, Unit { layer, map, row, column }).map_or_else(String::new, figure)
    };
    for (which, mut text) in &mut words {
        let wanted = match *which {
            DetailWords::Title => continue,
            DetailWords::Weight(row, column) => number(FILTER_WEIGHTS, of_weights, row, column),
            DetailWords::Bias => {
                format!("Filter {filter}, bias {}", number(FILTER_BIASES, 0, 0, filter))
            }
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_map_comes_before_the_visitor_and_faces_them() {
        let wall = Vec3::new(-1.2, 2.2, -3.3);
        for head in [Vec3::new(0.0, 1.6, 0.0), Vec3::new(0.3, 1.2, 1.4), Vec3::new(2.0, 1.6, -1.0)]
        {
            let place = near_place(wall, head);
            let to_head = (head - place.translation).with_y(0.0);
            assert!((place.rotation * Vec3::Z).dot(to_head.normalize()) > 0.99, "{head}");
            let distance = to_head.length();
            assert!((1.0..1.7).contains(&distance), "{distance}");
            let height = place.translation.y;
            assert!(height < 1.5 + 1e-6 && height >= HEIGHTS_M.0, "{height}");
        }
    }

    #[test]
    fn it_leaves_from_where_it_is_on_the_wall() {
        let layout = FieldLayout::stack(crate::stream::Shape::maps(32, 26, 26), 8, 2);
        let wall = Field::new(layout, 1.78);
        let place = GlobalTransform::from(Transform::from_xyz(0.0, 2.0, -3.0));
        let first = Unit { layer: CONVOLUTION, map: 0, row: 0, column: 0 };
        let [from, to] = ends(first, &wall, &place, Vec3::Y);
        assert!(from.translation.x < -0.7 && from.translation.y > 2.2, "{}", from.translation);
        assert!(from.scale.x < 0.3 && to.scale.x == 1.0);
    }
}
