//! The card's panel: where each of its texts stands, all of them still empty.

use bevy::prelude::*;

use crate::{
    exhibits::digits::EXHIBIT_ID,
    world::{
        exhibit_sessions::Belongs,
        inspect::Unit,
        interaction::aim::Untouchable,
        stage::PlinthPlaced,
        ui::{
            controls, palette,
            panel::{Ground, Hanger, PanelPlan},
            type_size, words,
        },
    },
};

/// The distance that the card is made for, in metres; nearer or further it is scaled so that it looks as large.
pub(super) const READ_FROM_M: f32 = 2.2;
/// Width and height, in metres at that distance.
pub(super) const SIZE_M: Vec2 = Vec2::new(1.38, 0.9);

/// Least width of the plate, and of a column of its table, in dmm.
const LEAST_WIDTH_DMM: f32 = 330.0;
const COLUMN_DMM: f32 = 84.0;
/// Rows and columns of its table: no filter is larger.
const TABLE_SIDE: usize = 3;
/// Lines of text under the table.
const LINES: usize = 8;

/// The panel, and for which unit it hangs where.
#[derive(Component, Default)]
pub(super) struct Card {
    /// The unit, and the surface that it was pointed at on.
    pub(super) of: Option<(Unit, Option<Entity>)>,
    pub(super) at: Vec3,
}

/// A text of the card.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Layer,
    Place,
    Value,
    /// What is multiplied, at a row and column.
    Factors(usize, usize),
    /// What comes of it.
    Product(usize, usize),
    Line(usize),
}

/// A row of the table.
#[derive(Component)]
pub(super) struct TableRow(pub(super) usize);

/// The ground under the words.
#[derive(Component)]
pub(super) struct Plate;

pub(super) fn hang_card(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let card = hanger.hang(PanelPlan {
        name: "Arithmetic",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        // The plate is as large as its words, so it stands on nothing.
        ground: Ground::Clear,
    });
    // It hangs in world space, between the unit and whoever looks.
    hanger.commands.entity(card.panel).insert((
        Card::default(),
        Belongs::to(EXHIBIT_ID),
        Untouchable,
        Transform::default(),
        Visibility::Hidden,
    ));
    hanger.commands.entity(card.root).entry::<Node>().and_modify(|mut page| {
        page.justify_content = JustifyContent::Center;
    });
    hanger.commands.entity(card.root).with_children(|root| {
        let mut plate = root.spawn((controls::card(), Plate));
        plate.entry::<Node>().and_modify(|mut plate| {
            plate.min_width = px(LEAST_WIDTH_DMM);
            plate.row_gap = px(3);
        });
        plate.with_children(write_nothing);
    });
}

/// The texts of the card, all of them still empty.
fn write_nothing(page: &mut ChildSpawnerCommands) {
    page.spawn(Node {
        column_gap: px(20),
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Baseline,
        ..default()
    })
    .with_children(|line| {
        line.spawn((words::figure(""), Slot::Layer));
        line.spawn((in_ink(FontWeight::SEMIBOLD, palette::ACCENT_BRIGHT), Slot::Value));
    });
    page.spawn((words::caption(""), Slot::Place));
    for row in 0..TABLE_SIDE {
        page.spawn((
            TableRow(row),
            Node { margin: UiRect::top(px(4)), column_gap: px(16), ..default() },
        ))
        .with_children(|line| {
            for column in 0..TABLE_SIDE {
                line.spawn(Node {
                    min_width: px(COLUMN_DMM),
                    // Factors that need more room widen the plate rather than run into each other.
                    flex_shrink: 0.0,
                    flex_direction: FlexDirection::Column,
                    ..default()
                })
                .with_children(|cell| {
                    cell.spawn((
                        words::caption(""),
                        TextLayout::no_wrap(),
                        Slot::Factors(row, column),
                    ));
                    cell.spawn((
                        in_ink(FontWeight::SEMIBOLD, palette::INK),
                        TextLayout::no_wrap(),
                        Slot::Product(row, column),
                    ));
                });
            }
        });
    }
    for line in 0..LINES {
        page.spawn((in_ink(FontWeight::NORMAL, palette::INK), Slot::Line(line)));
    }
}

/// Small text that does not step back.
fn in_ink(weight: FontWeight, ink: Color) -> impl Bundle {
    words::set("", type_size::CAPTION, weight, ink)
}
