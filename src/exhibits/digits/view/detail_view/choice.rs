//! Which map is near: pressed in a layer or let go again, and the loupe made ready for it.

use bevy::prelude::*;

use super::{
    panel::{DetailView, DetailWords, FilterField, Lens},
    travel::ends,
};
use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_WEIGHTS, FILTER_WEIGHTS, POOLED,
        view::{DigitsAttention, Shows, architecture::Staged, probe::ShowsMap, theatre},
    },
    images::TestSet,
    stream::LayerId,
    world::{
        Head,
        display::{ColourMap, Field, FieldLayout},
        inspect::Unit,
        interaction::{
            aim::{AimReleased, Surface},
            back::GoesBack,
        },
        link::{ShownRun, ShownSnapshot},
    },
};

/// The layers whose maps can be brought near.
pub(super) const LAYERS: [LayerId; 5] =
    [CONVOLUTION, ACTIVATION, POOLED, FILTER_WEIGHTS, DENSE_WEIGHTS];

/// A press of a map brings it near; a press of the one that is near already lets it go.
pub(super) fn choose_map(
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

pub(super) fn close_on_wish(mut back: GoesBack, mut attention: ResMut<DigitsAttention>) {
    if back.take(attention.chosen.is_some()) {
        attention.chosen = None;
    }
}

pub(super) fn follow_choice(
    attention: Res<DigitsAttention>,
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
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
    // What takes the place of another field is not new to those who fill new ones, and a run that rests tells nothing more.
    if let Some(layer) = shown.layer(chosen.layer) {
        field.show(layer);
    }
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
                if let Some(weights) = shown.layer(FILTER_WEIGHTS) {
                    other.show(weights);
                }
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

fn title_of(chosen: Unit, staged: &Staged, class: impl FnOnce(usize) -> String) -> String {
    let filter = staged.filter_of(chosen);
    match chosen.layer {
        CONVOLUTION => say!("digits-convolution-map", map = chosen.map),
        ACTIVATION => say!("digits-after-relu-map", map = chosen.map),
        POOLED => say!("digits-pooled-map", map = chosen.map),
        FILTER_WEIGHTS => say!("digits-filter", filter),
        _ => {
            let filters = staged.sizes().map_or(1, |sizes| sizes.filters.max(1));
            let class = class(chosen.map / filters);
            say!("digits-weights-from-map-to", filter, class)
        }
    }
}
