//! Furnishes the page: a line for each bin of confidence, with a bar of how often it is right and a tick at how sure it is.

use bevy::prelude::*;

use crate::{
    inside::SureAsked,
    world::{
        classifier::{Classifier, Of, inside::leaf::Leaf},
        ui::{
            palette,
            panel::Hanger,
            sheet::{from_left, from_right},
            words,
        },
    },
};

/// The top of the line above the bins, and from one to the next, in dmm.
const TOP_DMM: f32 = 134.0;
const LINE_DMM: f32 = 29.5;
/// Where bars begin, and how long they are for what is always right.
const BARS_DMM: f32 = 148.0;
const BAR_DMM: f32 = 280.0;
const BAR_HEIGHT_DMM: f32 = 20.0;
const TICK_DMM: f32 = 4.0;
/// Where the numbers of images end, and where the words at the right begin.
const COUNT_DMM: f32 = 530.0;
const WORDS_DMM: f32 = 566.0;
/// From a line of words to the next, and how many there are.
const WORDS_LINE_DMM: f32 = 36.0;
pub(super) const WORDS: usize = 12;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum SureText {
    /// How many images a bin has.
    Count(usize),
    /// A line at the right.
    Line(usize),
}

/// How often it is right in a bin, and how sure it is there.
#[derive(Component, Clone, Copy)]
pub(in super::super) enum SureBar {
    Right(usize),
    Confident(usize),
}

/// The width of a bar of this share.
pub(super) fn width(share: f32) -> Val {
    px(if share.is_finite() { (share.clamp(0.0, 1.0) * BAR_DMM).round() } else { 0.0 })
}

/// Where the tick of this share is.
pub(super) fn tick(share: f32) -> Val {
    px(BARS_DMM + (share.clamp(0.0, 1.0) * BAR_DMM).round() - TICK_DMM / 2.0)
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        let caption =
            |text: &'static str, place: Node| (words::caption(text), TextLayout::no_wrap(), place);
        page.spawn(caption(say!("boards-how-sure"), from_left(0.0, TOP_DMM)));
        page.spawn(caption(say!("boards-how-often-right"), from_left(BARS_DMM, TOP_DMM)));
        page.spawn(caption(say!("boards-images"), from_right(page_dmm - COUNT_DMM, TOP_DMM)));
        for bin in 0..SureAsked::BINS {
            write_bin::<C>(page, bin, page_dmm);
        }
        for line in 0..WORDS {
            let place = from_left(WORDS_DMM, TOP_DMM + line as f32 * WORDS_LINE_DMM);
            let text = (words::caption(""), TextLayout::no_wrap(), Of::<C>::MARK);
            page.spawn((text, place, SureText::Line(line)));
        }
    });
}

fn write_bin<C: Classifier>(page: &mut ChildSpawnerCommands, bin: usize, page_dmm: f32) {
    // The surest on top.
    let top = TOP_DMM + (SureAsked::BINS - bin) as f32 * LINE_DMM + 4.0;
    let bound = |at: usize| (100.0 * at as f32 / SureAsked::BINS as f32).round();
    let range = format!("{}–{} %", bound(bin), bound(bin + 1));
    let text = || (TextLayout::no_wrap(), Of::<C>::MARK);
    page.spawn((words::caption(range), text(), from_left(0.0, top)));
    let middle = top + (LINE_DMM - BAR_HEIGHT_DMM) / 2.0;
    let bar = |node: Node, colour: Color, of: SureBar| {
        (node, BackgroundColor(colour), of, Pickable::IGNORE, Of::<C>::MARK)
    };
    let node = |width: f32, left: f32| Node {
        width: px(width),
        height: px(BAR_HEIGHT_DMM),
        ..from_left(left, middle)
    };
    let ground = (node(BAR_DMM, BARS_DMM), BackgroundColor(palette::PLATE_RAISED));
    page.spawn((ground, Pickable::IGNORE));
    page.spawn(bar(node(0.0, BARS_DMM), palette::ACCENT, SureBar::Right(bin)));
    page.spawn(bar(node(TICK_DMM, BARS_DMM), palette::INK, SureBar::Confident(bin)));
    let place = from_right(page_dmm - COUNT_DMM, top);
    page.spawn((words::caption(""), text(), place, SureText::Count(bin)));
}
