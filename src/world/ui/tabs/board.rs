//! Boards: a plate with tabs, an empty page under each, and where displays belong before it.

use bevy::prelude::*;

use super::{Displays, PageContent, Pages, write_tabs};
use crate::world::ui::{
    panel::{Hanger, PanelPlan},
    sheet::{BEFORE_M, Sheet, from_left},
    type_size,
};

/// How a board is to be hung.
#[derive(Clone, Copy, Debug)]
pub struct BoardPlan {
    pub name: &'static str,
    /// Width and height in metres.
    pub size_m: Vec2,
    /// The distance that it is read from, in metres.
    pub read_from_m: f32,
    pub place: Transform,
    /// The height of its tabs, in dmm.
    pub tab_dmm: f32,
}

/// Between the edge of a board and what stands on it, in dmm.
pub const MARGIN_DMM: f32 = 14.0;
/// Where the pages of a board begin, in dmm from its top left corner.
const CORNER: Vec2 = vec2(MARGIN_DMM, MARGIN_DMM + type_size::ROW + type_size::GAP);

/// An empty page and where it lies, for those who furnish it.
#[derive(Clone, Copy, Debug)]
pub struct Leaf {
    /// The node that holds its words and controls.
    pub node: Entity,
    /// What its displays are children of.
    pub displays: Entity,
    sheet: Sheet,
}

impl Leaf {
    /// Where a display belongs that covers this part of the page.
    pub fn place(&self, rect: Rect) -> Transform {
        let rect = Rect { min: rect.min + CORNER, max: rect.max + CORNER };
        self.sheet.place(rect, BEFORE_M)
    }

    /// A length in metres.
    pub fn metres(&self, dmm: Vec2) -> Vec2 {
        Vec2::new(self.sheet.metres(dmm.x), self.sheet.metres(dmm.y))
    }
}

/// Hangs a board with its tabs and a page under each, and has the pages furnished.
pub fn hang<P: Pages>(
    hanger: &mut Hanger,
    parent: Entity,
    plan: BoardPlan,
    furnish: impl Fn(&mut Hanger, P, Leaf),
) -> Sheet {
    let BoardPlan { name, size_m, read_from_m, place, tab_dmm } = plan;
    let sheet = Sheet::hang(hanger, parent, PanelPlan::plate(name, size_m, read_from_m), place);
    let page = Rect::from_corners(CORNER, size_m * 1000.0 / read_from_m - MARGIN_DMM);
    hanger.commands.entity(sheet.root).with_children(|root| {
        let line = Node { width: px(page.width()), ..from_left(MARGIN_DMM, MARGIN_DMM) };
        write_tabs::<P>(root, line, tab_dmm);
    });
    for (_, name, of) in P::TABS {
        let leaf = hang_page(hanger, sheet, name.text(), page, *of);
        furnish(hanger, *of, leaf);
    }
    sheet
}

fn hang_page<P: Pages>(
    hanger: &mut Hanger,
    sheet: Sheet,
    name: &'static str,
    rect: Rect,
    page: P,
) -> Leaf {
    let node = Node {
        width: px(rect.width()),
        height: px(rect.height()),
        display: Display::None,
        ..from_left(rect.min.x, rect.min.y)
    };
    let node = hanger
        .commands
        .spawn((Name::new(name), page, node, ChildOf(sheet.root)))
        .with_child((whole_page(), PageContent(page)))
        .id();
    let displays = hanger
        .commands
        .spawn((
            Name::new(format!("{name} displays")),
            Displays(page),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(sheet.panel),
        ))
        .id();
    Leaf { node, displays, sheet }
}

/// A node over a whole page.
pub fn whole_page() -> Node {
    Node { width: percent(100), height: percent(100), ..from_left(0.0, 0.0) }
}

/// A line of controls at this height of a page.
pub fn line_at(top: f32) -> Node {
    Node {
        width: percent(100),
        column_gap: px(type_size::GAP),
        align_items: AlignItems::Center,
        ..from_left(0.0, top)
    }
}
