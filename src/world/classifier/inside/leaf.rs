//! A page of the board, for those who furnish it.

use bevy::prelude::*;

use super::tab::Tab;
use crate::world::{
    classifier::sheet::Sheet,
    ui::{sheet::BEFORE_M, tabs::MARGIN_DMM},
};

/// A page of the board, for those who furnish it; places on it are in dmm from its top left corner.
#[derive(Clone, Copy)]
pub(super) struct Leaf {
    pub(super) tab: Tab,
    /// The node that holds its words and controls.
    pub(super) node: Entity,
    /// What its fields are children of.
    pub(super) displays: Entity,
    pub(super) sheet: Sheet,
}

impl Leaf {
    /// Where a field belongs that covers this part of the page.
    pub(super) fn place(&self, rect: Rect) -> Transform {
        let moved = Rect { min: rect.min + MARGIN_DMM, max: rect.max + MARGIN_DMM };
        self.sheet.place(moved, BEFORE_M)
    }
}
