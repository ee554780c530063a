//! What a network withstands: its answer to the input attacked with all its pixels changed a little, the smallest change that
//! flips it, and how many test images are still read right against how large a change.

mod hang;
mod say;

use std::sync::Arc;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    line::Said,
    page::{self, Page},
    seen::{Shown, What},
    state::Inside,
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{Attack, Attacked, Robust, RobustAsked},
    world::{classifier::Classifier, ui::sheet},
};

#[cfg(test)]
pub(super) use hang::RobustBar;
pub(super) use hang::hang;

/// The page.
pub(super) struct RobustPage;

type Told<C> = page::Told<C, RobustPage>;

/// An image of the row at the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tile {
    Input,
    Attacked(Attack),
    Flip,
    Nearest,
}

impl Tile {
    /// All of them, from the left.
    const ALL: [Self; 6] = [
        Self::Input,
        Self::Attacked(Attack::Fgsm),
        Self::Attacked(Attack::Pgd),
        Self::Attacked(Attack::RandomSigns),
        Self::Flip,
        Self::Nearest,
    ];
}

/// The strength that is shown, 0..=1 of the range of brightness.
fn strength<C: Classifier>(inside: &Inside<C>) -> f32 {
    RobustAsked::STRENGTHS.get(inside.wanted.strength).copied().unwrap_or_default()
}

impl<C: Classifier> Told<C> {
    fn robust(&self) -> Option<&Said<Robust>> {
        self.said(0)
    }

    /// The input under an attack, by the strength that is shown.
    fn attacked(&self, inside: &Inside<C>, attack: Attack) -> Option<&Attacked> {
        let strength = strength(inside);
        let mut attacked = self.robust()?.said.attacked.iter();
        attacked.find(|one| one.attack == attack && one.strength == strength)
    }

    fn image(&self, inside: &Inside<C>, tile: Tile) -> Option<Arc<[f32]>> {
        let robust = &self.robust()?.said;
        let flip = robust.flip.as_ref();
        match tile {
            Tile::Input => Some(robust.input.clone()),
            Tile::Attacked(attack) => self.attacked(inside, attack).map(|one| one.image.clone()),
            Tile::Flip => flip.map(|flip| flip.image.clone()),
            Tile::Nearest => flip?.nearest.as_ref().map(|nearest| nearest.image.clone()),
        }
    }
}

impl<C: Classifier> Page<C> for RobustPage {
    const TAB: Tab = Tab::Robust;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = RobustAsked;
    type Answer = Robust;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<RobustAsked> {
        Some(RobustAsked::usual(wish.input().clone()))
    }

    fn shown(wish: &Wish<C>, told: &Told<C>, what: What) -> Option<Shown> {
        let What::Image(place) = what else { return None };
        let values = told.image(&wish.inside, *Tile::ALL.get(place)?)?;
        Some(Shown::image(told.robust()?.said.size, values))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        (hang::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}
