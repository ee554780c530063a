//! Furnishes the page: a row of images, and a table of accuracies with bars.

use bevy::{prelude::*, ui::InteractionDisabled};

use super::Tile;
use crate::{
    inside::{Attack, RobustAsked},
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter::{self, TARGET_DMM},
                seen::What,
                state::Inside,
            },
        },
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            palette,
            panel::Hanger,
            sheet::{from_left, from_right},
            type_size, words,
        },
    },
};

/// The top of the row of images, from one to the next, and their side, in dmm.
const ROW_DMM: f32 = 138.0;
const PITCH_DMM: f32 = 144.0;
const SIDE_DMM: f32 = 130.0;
/// The tops of the table's heading, of the line of its strengths, and from a line to the next.
const TABLE_DMM: f32 = 346.0;
const STRENGTHS_DMM: f32 = 406.0;
const LINE_DMM: f32 = 40.0;
/// Where its columns begin, and how wide they are; bars are a little shorter.
const COLUMNS_DMM: f32 = 196.0;
const COLUMN_DMM: f32 = 164.0;
const BAR_DMM: f32 = 140.0;
const BAR_HEIGHT_DMM: f32 = 30.0;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum RobustText {
    /// What an image is.
    Heading(usize),
    /// What it is read as.
    Reads(usize),
    /// What the table counts.
    Table,
    /// The strength that is shown.
    Strength,
    /// An accuracy, by attack and strength.
    Cell(usize, usize),
}

/// A bar of the table, by attack and strength.
#[derive(Component, Clone, Copy)]
pub(in super::super) struct RobustBar(pub(in super::super) usize, pub(in super::super) usize);

impl RobustBar {
    /// The width of a bar of this share.
    pub(super) fn width(share: f32) -> Val {
        px(if share.is_finite() { (share.clamp(0.0, 1.0) * BAR_DMM).round() } else { 0.0 })
    }
}

/// A button that goes to another strength.
#[derive(Component, Clone, Copy)]
pub(super) enum ToStrength {
    Weaker,
    Stronger,
}

impl ToStrength {
    /// The place of the strength that it leads to, if there is one.
    fn from(self, now: usize) -> Option<usize> {
        match self {
            Self::Weaker => now.checked_sub(1),
            Self::Stronger => Some(now + 1).filter(|to| *to < RobustAsked::STRENGTHS.len()),
        }
    }
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf) {
    let left = |tile: usize| tile as f32 * PITCH_DMM;
    let names = [
        say!("boards-input-attacked"),
        say!("boards-by-fgsm"),
        say!("boards-by-pgd"),
        say!("boards-by-random-signs"),
        say!("boards-flipped"),
        say!("boards-nearest-2"),
    ];
    for (tile, name) in names.into_iter().enumerate() {
        let corner = vec2(left(tile), ROW_DMM + 32.0);
        let what = What::Image(tile);
        quarter::hang_field::<C>(&mut hanger.commands, leaf, name, what, corner, SIDE_DMM);
    }
    hanger.commands.entity(leaf.node).with_children(|page| {
        let line = |text: RobustText, place: Node| {
            (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK)
        };
        for tile in 0..Tile::ALL.len() {
            page.spawn(line(RobustText::Heading(tile), from_left(left(tile), ROW_DMM)));
            let below = ROW_DMM + 32.0 + SIDE_DMM + 2.0;
            page.spawn(line(RobustText::Reads(tile), from_left(left(tile), below)));
        }
        let heading = (words::figure(""), TextLayout::no_wrap(), Of::<C>::MARK);
        page.spawn((heading, RobustText::Table, from_left(0.0, TABLE_DMM + 8.0)));
        write_stepper::<C>(page);
        write_table::<C>(page);
    });
}

fn write_stepper<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let place =
        Node { column_gap: px(12), align_items: AlignItems::Center, ..from_right(0.0, TABLE_DMM) };
    let [weaker, stronger] = C::NAMES.inside.strengths;
    page.spawn(place).with_children(|stepper| {
        let write = |stepper: &mut ChildSpawnerCommands, name, label, to: ToStrength| {
            let mut step =
                stepper.spawn((button(name, label, ButtonKind::Small), to, Of::<C>::MARK));
            step.entry::<Node>().and_modify(quarter::as_target);
            step.observe(move |_: On<Activate>, mut inside: ResMut<Inside<C>>| {
                if let Some(strength) = to.from(inside.wanted.strength) {
                    inside.wanted.strength = strength;
                }
            });
        };
        write(stepper, weaker, "‹", ToStrength::Weaker);
        let text = (words::caption(""), TextLayout::no_wrap(), Of::<C>::MARK);
        let place = Node { min_height: px(0), min_width: px(TARGET_DMM), ..default() };
        stepper.spawn((text, RobustText::Strength, place));
        write(stepper, stronger, "›", ToStrength::Stronger);
    });
}

fn write_table<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let column = |at: usize| COLUMNS_DMM + at as f32 * COLUMN_DMM;
    for (at, strength) in RobustAsked::STRENGTHS.into_iter().enumerate() {
        let place = from_left(column(at), STRENGTHS_DMM);
        page.spawn((words::caption(format!("±{strength}")), TextLayout::no_wrap(), place));
    }
    for (row, attack) in Attack::ALL.into_iter().enumerate() {
        let top = STRENGTHS_DMM + (row + 1) as f32 * LINE_DMM;
        let name = words::caption(attack.name());
        page.spawn((name, TextLayout::no_wrap(), from_left(0.0, top)));
        for at in 0..RobustAsked::STRENGTHS.len() {
            let node = Node {
                width: px(0),
                height: px(BAR_HEIGHT_DMM),
                ..from_left(column(at), top + 2.0)
            };
            let ground = BackgroundColor(palette::PLATE_RAISED);
            page.spawn((node, ground, Pickable::IGNORE, RobustBar(row, at), Of::<C>::MARK));
            let ink = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::INK);
            let text = (ink, TextLayout::no_wrap());
            let place = from_left(column(at) + 8.0, top);
            page.spawn((text, place, RobustText::Cell(row, at), Of::<C>::MARK));
        }
    }
}

/// Puts out a button that leads nowhere.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    steps: Query<(Entity, &ToStrength, Has<InteractionDisabled>), With<Of<C>>>,
    mut commands: Commands,
) {
    if inside.is_changed() {
        for (entity, step, disabled) in &steps {
            let idle = step.from(inside.wanted.strength).is_none();
            mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
        }
    }
}
