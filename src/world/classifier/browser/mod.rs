//! The test images to browse: a wall of a few, those that the network reads wrongly at first, that opens into a board with all
//! of them by order, class and page.

mod caption;
mod hang;
mod order;
mod shelf;
mod show;
mod steps;
mod wall;

use std::marker::PhantomData;

use bevy::prelude::*;

use self::{order::Order, shelf::Shelf};
use super::{Classifier, on_stage, sheet};
use crate::world::WorldSystems;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    app.init_resource::<Browsing<C>>()
        .init_resource::<Shelf<C>>()
        .add_observer(hang::hang::<C>)
        .add_systems(
            Update,
            (
                shelf::fill::<C>,
                show::show_walls::<C>,
                show::mark_walls::<C>,
                show::open_or_close::<C>,
                steps::dress::<C>,
                show::write_words::<C>.run_if(sheet::seldom()),
            )
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(on_stage::<C>()),
        );
}

/// What the controls of a browser are called, each as no other in the hall.
#[derive(Clone, Copy, Debug)]
pub struct BrowserNames {
    /// The button that opens it.
    pub open: &'static str,
    /// The one that closes it.
    pub close: &'static str,
    /// Those that order its images: misread, by largest and by smallest loss, as they lie.
    pub orders: [&'static str; 4],
    /// Those that lead to other classes: far back, back, on, far on.
    pub classes: [&'static str; 4],
    /// Those that lead to other pages.
    pub pages: [&'static str; 4],
}

/// The names of a browser's controls, all with the same beginning.
macro_rules! browser_names {
    ($of:literal) => {
        $crate::world::classifier::BrowserNames {
            open: concat!($of, "browse"),
            close: concat!($of, "browse-close"),
            orders: [
                concat!($of, "browse-misread"),
                concat!($of, "browse-most-loss"),
                concat!($of, "browse-least-loss"),
                concat!($of, "browse-all"),
            ],
            classes: [
                concat!($of, "browse-class-far-back"),
                concat!($of, "browse-class-back"),
                concat!($of, "browse-class-on"),
                concat!($of, "browse-class-far-on"),
            ],
            pages: [
                concat!($of, "browse-page-far-back"),
                concat!($of, "browse-page-back"),
                concat!($of, "browse-page-on"),
                concat!($of, "browse-page-far-on"),
            ],
        }
    };
}
pub(crate) use browser_names;

/// What the visitor wants to see of the test images.
#[derive(Resource)]
struct Browsing<C: Classifier> {
    /// Whether the board is there in place of the wall.
    open: bool,
    order: Order,
    /// The only class that is shown.
    class: Option<usize>,
    /// From 0.
    page: usize,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Browsing<C> {
    fn default() -> Self {
        Self { open: false, order: Order::Misread, class: None, page: 0, of: PhantomData }
    }
}

/// What hangs here, and when.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hangs {
    /// While the board is closed, where there are images.
    Closed,
    /// While it is open.
    Open,
    /// Where the board hangs when it is open.
    Beside,
    /// The same, where there are examples that a test can tell of.
    BesideExamples,
}

/// What hangs beside the wall and has a caption that runs on below it, and whether it tells anything now.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RunsOn(pub(super) bool);

/// The images on a wall, and which place of it is pointed at.
#[derive(Component)]
pub(super) struct Wall {
    /// Whether it is that of the board.
    on_board: bool,
    pointed: Option<usize>,
}

impl Wall {
    /// Whether one of its images is pointed at, whose caption runs on below the confusion matrix.
    pub(super) fn tells_below(&self) -> bool {
        !self.on_board && self.pointed.is_some()
    }
}
