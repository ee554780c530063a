//! Says what each image is read as and how many test images are still read right, and above all of it what that means.

use bevy::prelude::*;

use super::{
    Tile, Told,
    hang::{RobustBar, RobustText},
    strength,
};
use crate::{
    inside::{Attack, Robust},
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                frame::Frame,
                page::{Unanswered, tell},
                phrases,
                wish::Wish,
            },
            sheet::whole_percent,
        },
        ui::{palette, sheet},
    },
};

type Written<'w, 's, C> = Query<
    'w,
    's,
    (&'static RobustText, &'static mut Text, &'static mut TextColor),
    (With<Of<C>>, Without<RobustBar>),
>;
type Bars<'w, 's, C> = Query<
    'w,
    's,
    (&'static RobustBar, &'static mut Node, &'static mut BackgroundColor),
    With<Of<C>>,
>;

pub(super) fn write<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    mut texts: Written<C>,
    mut bars: Bars<C>,
) {
    let robust = told.robust().map(|said| &*said.said);
    for (line, text, mut ink) in &mut texts {
        let says = match *line {
            RobustText::Strength => say!("boards-shown", inside = strength(&wish.inside)),
            RobustText::Table => robust.map_or_else(String::new, table),
            RobustText::Cell(row, at) => {
                accuracy(robust, row, at).map_or_else(String::new, whole_percent)
            }
            RobustText::Heading(tile) => Tile::ALL
                .get(tile)
                .zip(robust)
                .map_or_else(String::new, |(tile, robust)| heading(*tile, robust, wish.classes())),
            RobustText::Reads(tile) => {
                let reads = Tile::ALL.get(tile).and_then(|tile| reads(&wish, &told, *tile));
                let (says, flipped) = reads.unwrap_or_default();
                let wanted = if flipped { palette::AMBER } else { palette::INK_QUIET };
                ink.set_if_neq(TextColor(wanted));
                says
            }
        };
        sheet::write(text, says);
    }
    for (RobustBar(row, at), mut node, mut ground) in &mut bars {
        let width = RobustBar::width(accuracy(robust, *row, *at).unwrap_or(0.0));
        if node.width != width {
            node.width = width;
        }
        let shown = *at == wish.inside.wanted.strength;
        let wanted = if shown { palette::ACCENT_DEEP } else { palette::PLATE_RAISED };
        ground.set_if_neq(BackgroundColor(wanted));
    }
}

/// What the table counts.
fn table(robust: &Robust) -> String {
    match robust.images {
        0 => say!("boards-no-test-image-is-attacked").to_owned(),
        images => say!(
            "boards-of-test-images-unchanged",
            images,
            accuracy = whole_percent(robust.accuracy)
        ),
    }
}

fn accuracy(robust: Option<&Robust>, row: usize, at: usize) -> Option<f32> {
    let attack = *Attack::ALL.get(row)?;
    let withstood = robust?.withstood.iter().find(|one| one.attack == attack)?;
    withstood.accuracy.get(at).copied()
}

fn heading(tile: Tile, robust: &Robust, classes: &[String]) -> String {
    match (tile, &robust.flip) {
        (Tile::Input, _) => say!("boards-as-it-is").to_owned(),
        (Tile::Attacked(Attack::RandomSigns), _) => say!("boards-random-2").to_owned(),
        (Tile::Attacked(attack), _) => phrases::capital(attack.name()),
        (Tile::Flip, Some(_)) => say!("boards-least-flip").to_owned(),
        (Tile::Nearest, Some(flip)) if flip.nearest.is_some() => {
            say!("boards-nearest-3", classes = phrases::class(classes, flip.class))
        }
        (Tile::Flip | Tile::Nearest, _) => String::new(),
    }
}

/// What the network reads an image as, and whether that is another class than it read.
fn reads<C: Classifier>(wish: &Wish<C>, told: &Told<C>, tile: Tile) -> Option<(String, bool)> {
    let robust = &told.robust()?.said;
    let class = |class: usize| phrases::class(wish.classes(), class);
    let unchanged = robust.unchanged;
    let flip = robust.flip.as_ref();
    let reading = match tile {
        Tile::Input => unchanged,
        Tile::Attacked(attack) => told.attacked(&wish.inside, attack)?.reading,
        Tile::Flip => {
            let flip = flip?;
            let size = sheet::figure(flip.size);
            return Some((say!("list-comma", first = class(flip.class), second = size), true));
        }
        Tile::Nearest => {
            let distance = sheet::figure(flip?.nearest.as_ref()?.distance);
            return Some((say!("boards-away-2", distance), false));
        }
    };
    let says = format!("{} {}", class(reading.class), whole_percent(reading.probability));
    Some((says, reading.class != unchanged.class))
}

pub(super) fn frame<C: Classifier>(wish: Wish<C>, told: Res<Told<C>>, mut frame: ResMut<Frame<C>>) {
    let unanswered = Unanswered::soon(
        say!("boards-what-does-its-answer-withstand"),
        say!("boards-it-cannot-be-attacked"),
    );
    tell(&mut frame, &wish, &told, unanswered, |robust| {
        let usual = || say!("boards-random-signs-change-as-much").into();
        let second = robust
            .remarks
            .first()
            .map_or_else(usual, |remark| phrases::capital(&remark.to_string()));
        [headline(&wish, &told), second]
    });
}

/// Whether the strength that is shown flips the answer.
fn headline<C: Classifier>(wish: &Wish<C>, told: &Told<C>) -> String {
    let strength = strength(&wish.inside);
    let class = |class: usize| phrases::class(wish.classes(), class);
    let flipped = [Attack::Fgsm, Attack::Pgd].into_iter().find_map(|attack| {
        let was = told.robust()?.said.unchanged.class;
        let reading = told.attacked(&wish.inside, attack)?.reading;
        (reading.class != was).then_some((attack, was, reading.class))
    });
    match flipped {
        Some((attack, was, is)) => {
            say!(
                "boards-by-turns-into",
                strength,
                name = attack.name(),
                was = class(was),
                is = class(is)
            )
        }
        None => say!("boards-it-withstands-a-pixel", strength),
    }
}
