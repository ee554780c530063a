//! What stands above every page of the board: what is seen, of which step, at what price, and what colours mean.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::{leaf::Leaf, seen::SCALE};
use crate::world::{
    classifier::{Classifier, Of},
    display::{ColourMap, Mark, colour_bar},
    ui::{
        palette,
        panel::Hanger,
        sheet::{self, from_left, from_right},
        type_size, words,
    },
};

/// The tops of the headline and of the line below it, in dmm.
const HEADLINE_DMM: f32 = 66.0;
const SECOND_DMM: f32 = 102.0;
/// Letters of a headline that have room beside the step.
const HEADLINE_LETTERS: usize = 38;
/// Width of the legend's bar, room for the number at its right, and height of the bar.
const LEGEND: Vec2 = vec2(120.0, 14.0);
const NUMBER_DMM: f32 = 82.0;

/// What the tab that is open says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Telling {
    /// What is seen, in a sentence.
    pub(super) headline: String,
    /// What colours mean, or what is pointed at.
    pub(super) second: String,
    /// Of which step it is and what it cost.
    pub(super) step: String,
    /// Whether that is another step than the hall shows.
    pub(super) lags: bool,
    /// The end of the colours' range.
    pub(super) reach: Option<f32>,
    /// What stands in place of maps, and whether on the left half of the page.
    pub(super) instead: Option<String>,
    pub(super) on_the_left: bool,
}

/// The telling, for whoever writes it.
#[derive(Resource)]
pub(super) struct Frame<C: Classifier> {
    pub(super) telling: Telling,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Frame<C> {
    fn default() -> Self {
        Self { telling: Telling::default(), of: PhantomData }
    }
}

impl<C: Classifier> Frame<C> {
    /// Says this from now on.
    pub(super) fn tell(frame: &mut ResMut<Self>, telling: Telling) {
        if frame.telling != telling {
            frame.telling = telling;
        }
    }
}

/// A line of the frame.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameText {
    Headline,
    Second,
    Step,
    Low,
    High,
    /// What stands in place of maps, on the left half of the page or on the right one.
    Instead(bool),
}

/// The bar of the range of colours, which is there where there are maps.
#[derive(Component)]
pub(super) struct Legend;

/// Writes the lines, still empty, and hangs the legend.
pub(super) fn hang<C: Classifier>(
    hanger: &mut Hanger,
    leaf: Leaf,
    page_dmm: Vec2,
    instead: [Vec2; 2],
) {
    let bar = page_dmm.x - NUMBER_DMM - LEGEND.x;
    let top = SECOND_DMM;
    let quiet =
        |text, place| (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK);
    hanger.commands.entity(leaf.node).with_children(|page| {
        let place = from_left(0.0, HEADLINE_DMM);
        let headline = (words::figure(""), TextLayout::no_wrap());
        page.spawn((headline, place, FrameText::Headline, Of::<C>::MARK));
        page.spawn(quiet(FrameText::Second, from_left(0.0, SECOND_DMM)));
        page.spawn(quiet(FrameText::Step, from_right(0.0, HEADLINE_DMM + 2.0)));
        page.spawn(quiet(FrameText::Low, from_right(page_dmm.x - bar + 10.0, top)));
        page.spawn(quiet(FrameText::High, from_left(bar + LEGEND.x + 10.0, top)));
        let [left, right] = instead;
        for (corner, end, on_the_left) in [(left, right.x, true), (right, page_dmm.x, false)] {
            let wide = end - corner.x - type_size::GAP;
            let place = Node { width: px(wide), ..from_left(corner.x, corner.y) };
            let amber = words::set("", type_size::BODY, FontWeight::NORMAL, palette::AMBER);
            page.spawn((amber, place, FrameText::Instead(on_the_left), Of::<C>::MARK));
        }
    });
    let corner = vec2(bar, top + 11.0);
    let rect = Rect::from_corners(corner, corner + LEGEND);
    let size = Vec2::new(leaf.sheet.metres(LEGEND.x), leaf.sheet.metres(LEGEND.y));
    let mut legend = colour_bar(size, ColourMap::Diverging, SCALE);
    // Where zero is.
    let middle = legend.layout().size_cells().x as f32 / 2.0;
    let zero = Rect::new(middle - 0.5, 0.0, middle + 0.5, 1.0);
    legend.marks.push(Mark { rect: zero, colour: palette::INK_QUIET, width_px: 1.0 });
    hanger.commands.spawn((
        Name::new("Range of the maps"),
        Legend,
        Of::<C>::MARK,
        Visibility::Hidden,
        legend,
        leaf.place(rect),
        ChildOf(leaf.displays),
    ));
}

pub(super) fn show<C: Classifier>(
    frame: Res<Frame<C>>,
    mut lines: Query<(&FrameText, &mut Text, &mut TextColor), With<Of<C>>>,
    mut legends: Query<&mut Visibility, (With<Legend>, With<Of<C>>)>,
) {
    if !frame.is_changed() {
        return;
    }
    let telling = &frame.telling;
    // Where the step is another one, that is said in its place.
    let reach = telling.reach.filter(|_| !telling.lags);
    let ranges = reach.is_some();
    for mut legend in &mut legends {
        legend.set_if_neq(if ranges { Visibility::Inherited } else { Visibility::Hidden });
    }
    for (line, text, mut ink) in &mut lines {
        let end = |sign: &str| {
            reach.map_or_else(String::new, |reach| sign.to_owned() + &sheet::figure(reach))
        };
        let wanted = match line {
            FrameText::Headline => words::shortened(&telling.headline, HEADLINE_LETTERS),
            FrameText::Second => telling.second.clone(),
            FrameText::Step => {
                let colour = if telling.lags { palette::AMBER } else { palette::INK_QUIET };
                ink.set_if_neq(TextColor(colour));
                telling.step.clone()
            }
            FrameText::Low => end("−"),
            FrameText::High => end("+"),
            FrameText::Instead(left) if *left == telling.on_the_left => {
                telling.instead.clone().unwrap_or_default()
            }
            FrameText::Instead(_) => String::new(),
        };
        sheet::write(text, wanted);
    }
}
