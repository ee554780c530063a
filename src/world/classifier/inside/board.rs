//! The board itself: the button that opens it, its plate, its tabs, and a page under each.

use crate::words::Word;
use bevy::{prelude::*, ui::Checked};

use super::{
    alike, branch, frame, health, landscape, leaf::Leaf, points, quarter, robust, state::Inside,
    sure, tab::Tab, taught, trust, units, why,
};
use crate::stream::ExhibitId;
use crate::world::{
    classifier::{
        AsksModel, Classifier, Of, OnlyImages,
        arc::{RADIUS_M, Spot},
        sheet::{Sheet, from_left},
    },
    interaction::{back::GoesBack, intent::Intent},
    stage::{ExhibitList, PlinthPlaced},
    ui::{
        controls::{Activate, ButtonKind, ControlText, button, mark, show as give_place},
        panel::{Hanger, PanelPlan},
        tabs::MARGIN_DMM,
    },
};

/// How much nearer than the arc it hangs, and from where it is read, in metres: a little further than it is, as its corners
/// are seen at a slant.
const NEARER_M: f32 = 0.5;
const READ_FROM_M: f32 = 3.6;
/// How far above the outputs the button hangs that opens it, and how high that is, in metres; above the bars is their
/// heading.
const ABOVE_M: f32 = 0.3;
const BUTTON_M: f32 = 0.26;
/// From where it can be read by who sits: it hangs high and at a slant.
const OPENER_READ_FROM_M: f32 = 1.12 * RADIUS_M;
/// Height of the button in dmm.
const BUTTON_DMM: f32 = 54.0;
/// What is free at both sides of a tab's word, in dmm.
const TAB_PADDING_DMM: f32 = 1.5;
/// Least width of a tab, height of all, which hang high, and what is free between them.
const TAB_WIDTH_DMM: f32 = 46.0;
const TAB_HEIGHT_DMM: f32 = 58.0;
const TAB_GAP_DMM: f32 = 8.6;

/// What stands on the button that opens the board, and closes it.
const OPEN: Word = key!("boards-look-inside");
const CLOSE: Word = key!("boards-close");

/// The plate, which is there while the board is open.
#[derive(Component)]
pub(super) struct Plate;

/// The button that opens it.
#[derive(Component)]
pub(super) struct Opener;

/// What hangs before the layers, and is not to be seen while the board hangs there.
#[derive(Component, Clone, Copy, Debug)]
#[require(Visibility)]
pub struct MakesWay(pub ExhibitId);

/// What belongs to a tab: its page, its displays, its button.
#[derive(Component, Clone, Copy)]
pub(super) enum Part {
    Page(Tab),
    Displays(Tab),
    Button(Tab),
}

pub(super) fn hang<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit == C::EXHIBIT {
        hang_opener::<C>(&mut hanger, placed.entity);
        hang_board::<C>(&mut hanger, placed.entity);
    }
}

fn hang_opener<C: Classifier>(hanger: &mut Hanger, place: Entity) {
    let outputs = C::PLACES.outputs;
    let up_m = outputs.up_m + outputs.size_m.y / 2.0 + ABOVE_M + BUTTON_M / 2.0;
    let spot = Spot { up_m, size_m: vec2(outputs.size_m.x, BUTTON_M), ..outputs };
    let sheet = Sheet::hang(
        hanger,
        place,
        PanelPlan::clear(say!("boards-look-inside"), spot.size_m, OPENER_READ_FROM_M),
        spot.transform(),
    );
    hanger.commands.entity(sheet.panel).insert((OnlyImages(C::EXHIBIT), AsksModel));
    hanger.commands.entity(sheet.root).with_children(|page| {
        let opener = button(C::NAMES.inside.open, OPEN, ButtonKind::Plain);
        let mut opener = page.spawn((opener, Opener, Of::<C>::MARK));
        opener.entry::<Node>().and_modify(|mut node| {
            node.min_height = px(BUTTON_DMM);
            node.padding = UiRect::axes(px(12), px(0));
            node.align_self = AlignSelf::Start;
        });
        opener.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>| inside.open = !inside.open);
    });
}

fn hang_board<C: Classifier>(hanger: &mut Hanger, place: Entity) {
    let spot = C::PLACES.inside;
    let sheet = Sheet::hang(
        hanger,
        place,
        PanelPlan::plate(say!("boards-inside"), spot.size_m, READ_FROM_M),
        spot.before(NEARER_M),
    );
    hanger.commands.entity(sheet.panel).insert((Plate, Of::<C>::MARK, Visibility::Hidden));
    let page_dmm = spot.size_m * 1000.0 / READ_FROM_M - 2.0 * MARGIN_DMM;
    let page = || Node {
        width: px(page_dmm.x),
        height: px(page_dmm.y),
        ..from_left(MARGIN_DMM, MARGIN_DMM)
    };
    let shared = hanger.commands.spawn((page(), ChildOf(sheet.root))).id();
    let leaf = Leaf { tab: Tab::default(), node: shared, displays: sheet.panel, sheet };
    let instead = [0, 1].map(|at| quarter::corner(at) + vec2(0.0, quarter::HEAD_DMM));
    frame::hang::<C>(hanger, leaf, page_dmm, instead);
    for (tab, _) in Tab::ALL {
        let mark = || Of::<C>::MARK;
        let node = hanger.commands.spawn((page(), Part::Page(tab), mark(), ChildOf(sheet.root)));
        let node = node.id();
        let displays = hanger.commands.spawn((
            Name::new(format!("Displays of {tab:?}")),
            Part::Displays(tab),
            mark(),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(sheet.panel),
        ));
        let leaf = Leaf { tab, node, displays: displays.id(), sheet };
        match tab {
            Tab::Why => why::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Trust => trust::hang::<C>(hanger, leaf),
            Tab::Units => units::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Taught => taught::hang::<C>(hanger, leaf),
            Tab::Robust => robust::hang::<C>(hanger, leaf),
            Tab::Health => health::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Sure => sure::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Points => points::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Alike => alike::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Landscape => landscape::hang::<C>(hanger, leaf, page_dmm.x),
            Tab::Branch => branch::hang::<C>(hanger, leaf),
        }
    }
    // Before the pages, which would be hit in their place.
    let tabs = (from_left(MARGIN_DMM, MARGIN_DMM), ChildOf(sheet.root));
    hanger.commands.spawn(tabs).with_children(write_tabs::<C>);
}

fn write_tabs<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let line = Node { column_gap: px(TAB_GAP_DMM), ..default() };
    let high = |mut node: Mut<Node>| {
        node.min_height = px(TAB_HEIGHT_DMM);
        node.min_width = px(TAB_WIDTH_DMM);
    };
    page.spawn(line).with_children(|line| {
        for (name, (tab, label)) in C::NAMES.inside.tabs.into_iter().zip(Tab::ALL) {
            let mut button = line.spawn((
                button(name, label, ButtonKind::Small),
                Part::Button(tab),
                Of::<C>::MARK,
            ));
            button.entry::<Node>().and_modify(high).and_modify(|mut node| {
                node.padding = UiRect::axes(px(TAB_PADDING_DMM), px(0));
            });
            button.observe(move |_: On<Activate>, mut inside: ResMut<Inside<C>>| inside.tab = tab);
        }
    });
}

/// What is closed with whatever else one looks at closely.
pub(super) fn close_on_wish<C: Classifier>(mut back: GoesBack, mut inside: ResMut<Inside<C>>) {
    if back.take(inside.open) {
        inside.open = false;
    }
}

/// Opens it for whoever looks inside from afar, whatever is on the stage meanwhile.
pub(super) fn open_on_wish<C: Classifier>(
    mut intents: MessageReader<Intent>,
    listed: Option<Res<ExhibitList>>,
    mut inside: ResMut<Inside<C>>,
) {
    let is_ours = |at: usize| {
        listed.as_ref().is_some_and(|listed| {
            let placed = listed.0.get(at).filter(|placed| placed.looks_inside);
            placed.is_some_and(|placed| placed.exhibit == C::EXHIBIT)
        })
    };
    let looks = |intent: &Intent| matches!(intent, Intent::LookInside(at) if is_ours(*at));
    if intents.read().any(looks) && !inside.open {
        inside.open = true;
    }
}

/// Shows the board while it is open, and the page of its tab.
pub(super) fn show<C: Classifier>(
    inside: Res<Inside<C>>,
    mut plates: Query<&mut Visibility, (With<Plate>, With<Of<C>>, Without<Part>)>,
    mut openers: Query<(Entity, &mut ControlText, Has<Checked>), (With<Opener>, With<Of<C>>)>,
    parts: Query<(Entity, &Part, Has<Checked>), With<Of<C>>>,
    mut displays: Query<&mut Visibility, With<Part>>,
    mut before: Query<(&MakesWay, &mut Visibility), (Without<Plate>, Without<Part>)>,
    mut pages: Query<&mut Node, With<Part>>,
    mut commands: Commands,
) {
    if !inside.is_changed() {
        return;
    }
    let seen = |is: bool| if is { Visibility::Inherited } else { Visibility::Hidden };
    for mut plate in &mut plates {
        plate.set_if_neq(seen(inside.open));
    }
    for (_, mut before) in before.iter_mut().filter(|(of, _)| of.0 == C::EXHIBIT) {
        before.set_if_neq(seen(!inside.open));
    }
    for (opener, mut label, is) in &mut openers {
        mark::<Checked>(&mut commands, opener, is, inside.open);
        let wanted = if inside.open { CLOSE } else { OPEN }.text();
        if label.0 != wanted {
            label.0 = wanted.to_owned();
        }
    }
    for (entity, part, checked) in &parts {
        match *part {
            Part::Page(tab) => {
                if let Ok(mut page) = pages.get_mut(entity) {
                    give_place(&mut page, tab == inside.tab);
                }
            }
            Part::Displays(tab) => {
                if let Ok(mut displays) = displays.get_mut(entity) {
                    displays.set_if_neq(seen(tab == inside.tab));
                }
            }
            Part::Button(tab) => {
                mark::<Checked>(&mut commands, entity, checked, tab == inside.tab);
            }
        }
    }
}
