//! The pages of a board: one under each tab, with the words on it and the displays before it.

use bevy::prelude::*;

use super::places::{BOARD_M, READ_FROM_M};
use crate::world::ui::{
    palette,
    panel::Hanger,
    sheet::{BEFORE_M, Sheet, from_left},
    type_size,
};

/// Between the edge of a board and what stands on it, in dmm.
pub(super) const MARGIN_DMM: f32 = 14.0;

/// An empty page and where it lies, for those who furnish it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    /// The node that holds its words and controls.
    pub(super) node: Entity,
    /// What its displays are children of.
    pub(super) displays: Entity,
    sheet: Sheet,
}

impl Leaf {
    /// Hangs a page that is not seen yet; both parts of it are marked.
    pub(super) fn hang(
        hanger: &mut Hanger,
        sheet: Sheet,
        name: &'static str,
        mark: impl Bundle,
        mark_of_displays: impl Bundle,
    ) -> Self {
        let rect = page_rect();
        let node = Node {
            width: px(rect.width()),
            height: px(rect.height()),
            display: Display::None,
            ..from_left(rect.min.x, rect.min.y)
        };
        let node = hanger.commands.spawn((Name::new(name), mark, node, ChildOf(sheet.root))).id();
        let displays = hanger
            .commands
            .spawn((
                Name::new(format!("{name} displays")),
                mark_of_displays,
                Transform::default(),
                Visibility::Hidden,
                ChildOf(sheet.panel),
            ))
            .id();
        Self { node, displays, sheet }
    }

    /// Where a display belongs that covers this part of the page.
    pub(super) fn place(&self, rect: Rect) -> Transform {
        let corner = page_rect().min;
        let rect = Rect { min: rect.min + corner, max: rect.max + corner };
        self.sheet.place(rect, BEFORE_M)
    }

    /// A length in metres.
    pub(super) fn metres(&self, dmm: Vec2) -> Vec2 {
        Vec2::new(self.sheet.metres(dmm.x), self.sheet.metres(dmm.y))
    }
}

/// The part of a board that its pages have, in dmm.
pub(super) fn page_rect() -> Rect {
    let board = BOARD_M * 1000.0 / READ_FROM_M;
    let top = MARGIN_DMM + type_size::ROW + type_size::GAP;
    Rect::from_corners(vec2(MARGIN_DMM, top), board - MARGIN_DMM)
}

/// A node over a whole page.
pub(super) fn whole_page() -> Node {
    Node { width: percent(100), height: percent(100), ..from_left(0.0, 0.0) }
}

/// A line of controls at this height of a page.
pub(super) fn line_at(top: f32) -> Node {
    Node {
        width: percent(100),
        column_gap: px(type_size::GAP),
        align_items: AlignItems::Center,
        ..from_left(0.0, top)
    }
}

/// The ground of a board: words must be read whatever lies behind them.
pub(super) fn plate() -> impl Bundle {
    (
        Node {
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(18)),
            ..whole_page()
        },
        BackgroundColor(palette::PLATE),
        BorderColor::all(palette::RULE),
    )
}
