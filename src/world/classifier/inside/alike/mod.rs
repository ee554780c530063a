//! How alike layers are: a matrix of what each of them has in common with others, with itself at other steps or at the end of
//! other runs, beside two floors: the pixels, and the same layer of a network that has learned nothing.

mod hang;
mod pointing;
mod say;
mod together;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    page::{self, Page},
    seen::{Shown, What},
    tab::Tab,
    wish::{SEED, Wish},
};
use crate::{
    inside::{Alike, AlikeAsked},
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use hang::hang;
pub(super) use pointing::AlikePointed;
pub(super) use together::TogetherPage;

/// Test images on which layers are compared.
const IMAGES: usize = 500;
/// Columns of the floors, and the one that is free before them.
const FLOORS: usize = 2;

/// The page.
pub(super) struct AlikePage;

type Told<C> = page::Told<C, AlikePage>;

impl<C: Classifier> Told<C> {
    /// What is said of the comparison that is wanted.
    fn alike(&self, wish: &Wish<C>) -> Option<&Alike> {
        let said = &self.said(0)?.said;
        Some(&**said).filter(|said| said.asked.with == wish.inside.wanted.alike)
    }
}

/// Rows and columns of the matrix with its floors.
fn size(alike: &Alike) -> [usize; 2] {
    [alike.layers.len(), alike.columns.len() + 1 + FLOORS]
}

/// The matrix with its floors, row by row; nothing stands before these.
fn cells(alike: &Alike) -> Vec<f32> {
    let columns = alike.columns.len();
    let floors = alike.with_pixels.iter().zip(&alike.with_shuffled);
    let rows = alike.alignment.chunks(columns.max(1)).zip(floors);
    rows.flat_map(|(row, (pixels, shuffled))| {
        row.iter().copied().chain([0.0, *pixels, *shuffled]).collect::<Vec<f32>>()
    })
    .collect()
}

impl<C: Classifier> Page<C> for AlikePage {
    const TAB: Tab = Tab::Alike;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = AlikeAsked;
    type Answer = Alike;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<AlikeAsked> {
        Some(AlikeAsked { with: wish.inside.wanted.alike, images: IMAGES, seed: SEED })
    }

    fn owns(what: What) -> bool {
        what == What::Alike
    }

    fn shown(wish: &Wish<C>, told: &Told<C>, _: What) -> Option<Shown> {
        let alike = told.alike(wish)?;
        let [rows, columns] = size(alike);
        (rows > 0 && !alike.columns.is_empty())
            .then(|| Shown::image([1, rows, columns], cells(alike).into()))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (say::write::<C>, say::frame::<C>).chain().run_if(sheet::seldom())
    }
}
