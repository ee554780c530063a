//! What a unit knows: the test images on which it is strongest, middling and silent, an image that it would like best, and
//! what the network answers once it is taken away.

mod bars;
mod growing;
mod hang;
mod say;
mod take;
mod weights;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    line::Said,
    page::{self, Page},
    seen::{Shown, What},
    tab::Tab,
    wish::{SEED, Wish},
};
use crate::{
    inside::{
        Dream, DreamAsked, DreamTarget, Lesion, LesionAsked, PixelField, Unit, UnitImage, Units,
        UnitsAsked,
    },
    world::{classifier::Classifier, ui::sheet},
};

pub(super) use {growing::GrownPage, hang::hang};

/// Test images that are looked at, as far as that is not dear.
const IMAGES: usize = 2000;
/// Images in a row.
const TOP: usize = 4;
/// Steps uphill of a dream.
const DREAM_STEPS: usize = 128;

/// The page: what all units know.
pub(super) struct UnitsPage;
/// What is answered without some of them.
pub(super) struct LesionPage;
/// What the chosen one would like best.
pub(super) struct DreamPage;

type Told<C> = page::Told<C, UnitsPage>;
type Without<C> = page::Told<C, LesionPage>;
type Dreamed<C> = page::Told<C, DreamPage>;

/// The images that hang, from the left and row by row, and the dream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tile {
    Top(usize),
    Median(usize),
    NearZero(usize),
    Dream,
}

impl Tile {
    /// The place of the dream, behind all rows.
    const DREAM: usize = 3 * TOP;

    fn at(place: usize) -> Self {
        match (place / TOP, place % TOP) {
            (0, at) => Self::Top(at),
            (1, at) => Self::Median(at),
            (2, at) => Self::NearZero(at),
            _ => Self::Dream,
        }
    }
}

impl<C: Classifier> Told<C> {
    fn units(&self) -> Option<&Said<Units>> {
        self.said(0)
    }

    /// The unit that is looked at, as one of those that there are.
    fn unit(&self, wanted: usize) -> Option<(usize, &Unit)> {
        let units = &self.units()?.said.units;
        let at = wanted.min(units.len().checked_sub(1)?);
        Some((at, units.get(at)?))
    }

    /// The test image of a tile.
    fn image(&self, wanted: usize, tile: Tile) -> Option<&UnitImage> {
        let (_, unit) = self.unit(wanted)?;
        match tile {
            Tile::Top(at) => unit.top.get(at),
            Tile::Median(at) => unit.median.get(at),
            Tile::NearZero(at) => unit.near_zero.get(at),
            Tile::Dream => None,
        }
    }

    /// All units, from the one without which most answers are lost; of equal ones the first.
    fn ranks(&self) -> Vec<usize> {
        let Some(said) = self.units() else { return Vec::new() };
        let drop = |at: &usize| said.said.units.get(*at).map_or(0.0, |unit| unit.drop_by_zero);
        let mut ranks: Vec<usize> = (0..said.said.units.len()).collect();
        ranks.sort_by(|a, b| drop(b).total_cmp(&drop(a)));
        ranks
    }
}

/// What dreams are of.
fn target<C: Classifier>(wish: &Wish<C>) -> DreamTarget {
    let (layer, unit) = (wish.inside.wanted.layer.clone(), wish.inside.wanted.unit);
    match wish.inside.wanted.of_classes {
        true => DreamTarget::Class(unit),
        false => DreamTarget::Unit { layer, unit },
    }
}

/// The dream of what is looked at, once it is told.
fn of_wanted<'a, C: Classifier>(wish: &Wish<C>, told: &'a Dreamed<C>) -> Option<&'a Dream> {
    let dream = &*told.said(0)?.said;
    (dream.asked.target == target(wish)).then_some(dream)
}

/// A rectangle of pixels as a part of an image of so many rows and columns, 0..=1 to the right and down.
fn part(field: PixelField, [rows, columns]: [usize; 2]) -> Rect {
    let uv = |at: [usize; 2]| vec2(at[1] as f32 / columns as f32, at[0] as f32 / rows as f32);
    let min = uv(field.first);
    Rect { min, max: (min + uv(field.size)).min(Vec2::ONE) }
}

impl<C: Classifier> Page<C> for UnitsPage {
    const TAB: Tab = Tab::Units;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = UnitsAsked;
    type Answer = Units;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<UnitsAsked> {
        let wanted = &wish.inside.wanted;
        let layer = wanted.layer.clone();
        (!wanted.of_classes).then_some(UnitsAsked { layer, images: IMAGES, top: TOP, seed: SEED })
    }

    fn owns(what: What) -> bool {
        !matches!(what, What::Image(Tile::DREAM) | What::Grown(_))
    }

    fn shown(wish: &Wish<C>, told: &Told<C>, what: What) -> Option<Shown> {
        let What::Image(place) = what else { return None };
        if wish.inside.wanted.of_classes {
            return None;
        }
        let image = told.image(wish.inside.wanted.unit, Tile::at(place))?;
        let shown = wish.test_image(image.index)?;
        let [_, rows, columns] = shown.size;
        Some(Shown { outline: Some(part(image.field, [rows, columns])), ..shown })
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>, bars::show::<C>).chain();
        (take::light::<C>, weights::light::<C>, says.run_if(sheet::seldom())).chain()
    }
}

impl<C: Classifier> Page<C> for LesionPage {
    const TAB: Tab = Tab::Units;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = LesionAsked;
    type Answer = Lesion;

    fn question(wish: &Wish<C>, _: &Without<C>, _: usize) -> Option<LesionAsked> {
        let wanted = &wish.inside.wanted;
        let (layer, units) = (wanted.layer.clone(), wanted.out.clone());
        (!units.is_empty()).then_some(LesionAsked {
            layer,
            units,
            by: wanted.lesion_by,
            images: IMAGES,
        })
    }

    fn owns(_: What) -> bool {
        false
    }

    fn shown(_: &Wish<C>, _: &Without<C>, _: What) -> Option<Shown> {
        None
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}

impl<C: Classifier> Page<C> for DreamPage {
    const TAB: Tab = Tab::Units;
    const GOES_BACK: bool = true;
    const LINES: usize = 1;
    type Asked = DreamAsked;
    type Answer = Dream;

    fn question(wish: &Wish<C>, _: &Dreamed<C>, _: usize) -> Option<DreamAsked> {
        Some(DreamAsked {
            target: target(wish),
            steps: DREAM_STEPS,
            seed: SEED,
            count: 1,
            plain: false,
        })
    }

    fn owns(what: What) -> bool {
        matches!(what, What::Image(Tile::DREAM))
    }

    fn shown(wish: &Wish<C>, told: &Dreamed<C>, _: What) -> Option<Shown> {
        let dream = of_wanted(wish, told)?;
        Some(Shown::image(dream.size, dream.dreams.first()?.image.clone()))
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        (|| {}).into_configs()
    }
}
