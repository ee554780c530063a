//! The loupe's parts: the map that comes near, its title, its filter, and the numbers on that.

use std::f32::consts::PI;

use bevy::prelude::*;

use crate::{
    exhibits::digits::{
        EXHIBIT_ID, FILTER_WEIGHTS,
        view::{DigitsAttention, probe::ShowsMap, theatre},
    },
    stream::LayerId,
    world::{
        display::{ColourMap, Field, FieldLayout},
        exhibit_sessions::Belongs,
        interaction::aim::{Surface, Untouchable},
        stage::PlinthPlaced,
        ui::{
            controls::{Activate, ButtonKind, button},
            palette,
            panel::{Ground, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

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
pub(in crate::exhibits::digits::view) const RIGHT_EDGE_M: f32 =
    theatre::LOUPE_SIDE_M / 2.0 + GAP_M + FILTER_M;

/// Rows and columns of the largest filter.
const FILTER_SIDE: usize = 3;

/// What carries the map that is near, its title and its filter.
#[derive(Component, Default)]
pub(super) struct DetailView {
    /// The map that is near or on its way back.
    pub(super) map: Option<(LayerId, usize)>,
    /// Where it belongs, and where it comes to.
    pub(super) ends: [Transform; 2],
    /// How much of the way is done, 0..=1.
    pub(super) way: f32,
}

/// The field with the map itself.
#[derive(Component)]
pub(super) struct Lens;

/// The field with the map's filter.
#[derive(Component)]
pub(super) struct FilterField;

/// What is written on the loupe.
#[derive(Component, Clone, Copy)]
pub(super) enum DetailWords {
    Title,
    /// A weight of the filter, by row and column.
    Weight(usize, usize),
    Bias,
}

pub(super) fn hang_loupe(placed: On<PlinthPlaced>, mut hanger: Hanger) {
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
            line.spawn(button("close-map", say!("digits-close"), ButtonKind::Plain)).observe(
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
