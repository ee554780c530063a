//! The buttons that change a unit's weights by hand: an edit is a command of the run with its step, and the last can be taken
//! back. They hang where the bars and the buttons of lesions do, and one button leads from these to those.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::Told;
use crate::{
    inside::{Edit, EditAsked, EditChange, EditReport, Edited},
    sentence::grouped,
    stream::{Command, Payload},
    words::Word,
    world::{
        classifier::{
            ClassAttention, Classifier, Of,
            inside::{phrases, quarter, state::Inside, wish::Wish},
            sheet::percent_of,
        },
        link::Ask,
        ui::{
            controls::{Activate, ButtonKind, button, mark},
            sheet::from_left,
            words,
        },
    },
};

/// How much is added to each weight, the bound of all of them, and letters of a line.
const ADDED: f32 = 0.1;
const BOUND: f32 = 0.1;
const LETTERS: usize = 36;
const EDIT_LETTERS: usize = 24;

/// What a button does with the weights of the unit that is looked at.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub(super) enum Hand {
    Change(EditChange),
    /// Cuts what the class that is looked at makes of it.
    Cut,
    Undo,
}

/// What is there while weights are changed, what is there else, and what is there of units and not of classes.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    Weights,
    Lesions,
    Units,
}

/// The button that leads from lesions to weights.
#[derive(Component)]
pub(super) struct Toggle;

/// What is written on the buttons of the two lines.
const FIRST: [(Word, Hand); 5] = [
    (Word::plain("× 0"), Hand::Change(EditChange::Scale(0.0))),
    (Word::plain("× ½"), Hand::Change(EditChange::Scale(0.5))),
    (Word::plain("× 2"), Hand::Change(EditChange::Scale(2.0))),
    (Word::plain("× −1"), Hand::Change(EditChange::Scale(-1.0))),
    (Word::plain("+ 0.1"), Hand::Change(EditChange::Add(ADDED))),
];
const SECOND: [(Word, Hand); 4] = [
    (Word::plain("≤ 0.1"), Hand::Change(EditChange::Clamp(BOUND))),
    (key!("boards-bias-0"), Hand::Change(EditChange::Bias(0.0))),
    (key!("boards-cut"), Hand::Cut),
    (key!("boards-undo"), Hand::Undo),
];

/// Hangs both lines, the second at `corner`, and the button that leads to them at the right of the unit's first numbers.
pub(super) fn hang<C: Classifier>(page: &mut ChildSpawnerCommands, corner: Vec2, top_dmm: f32) {
    let names = C::NAMES.inside.weights;
    let above = corner - vec2(0.0, quarter::TARGET_DMM + 10.0);
    let lines = [(above, FIRST.as_slice()), (corner, SECOND.as_slice())];
    let mut names = names.into_iter();
    for (corner, buttons) in lines {
        let node =
            Node { column_gap: px(10), display: Display::None, ..from_left(corner.x, corner.y) };
        page.spawn((node, Rows::Weights, Of::<C>::MARK)).with_children(|line| {
            for ((label, hand), name) in buttons.iter().zip(&mut names) {
                write::<C>(line, name, label.text(), *hand);
            }
        });
    }
    let place =
        Node { position_type: PositionType::Absolute, right: px(0), top: px(top_dmm), ..default() };
    page.spawn((place, Rows::Units, Of::<C>::MARK)).with_children(|line| {
        let name = C::NAMES.inside.to_weights;
        let mut toggle = line.spawn((
            button(name, say!("boards-weights"), ButtonKind::Small),
            Toggle,
            Of::<C>::MARK,
        ));
        toggle.entry::<Node>().and_modify(quarter::as_target).and_modify(wide);
        toggle.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>| {
            inside.wanted.weights = !inside.wanted.weights;
        });
    });
}

fn wide(mut node: Mut<Node>) {
    node.padding = UiRect::axes(px(10), px(0));
}

fn write<C: Classifier>(
    line: &mut ChildSpawnerCommands,
    name: &'static str,
    label: &'static str,
    hand: Hand,
) {
    let mut of = line.spawn((button(name, label, ButtonKind::Small), hand, Of::<C>::MARK));
    of.entry::<Node>().and_modify(quarter::as_target).and_modify(wide);
    of.observe(
        move |_: On<Activate>,
              inside: Res<Inside<C>>,
              told: Res<Told<C>>,
              attention: Res<ClassAttention<C>>,
              mut asks: MessageWriter<Ask>| {
            let change = match hand {
                Hand::Undo => None,
                Hand::Change(change) => Some(change),
                Hand::Cut => Some(EditChange::Towards { class: attention.class, factor: 0.0 }),
            };
            let Some(change) = change else {
                asks.write(Ask(Command::Edit(Payload::new(EditAsked::Undo))));
                return;
            };
            let unit = told.unit(inside.wanted.unit).map(|(at, _)| at);
            if let Some((unit, units)) = unit.zip(told.units()) {
                let layer = Some(units.said.layer.name.clone());
                let edit = EditAsked::Make(Edit { layer, unit, change });
                asks.write(Ask(Command::Edit(Payload::new(edit))));
            }
        },
    );
}

/// Shows the lines that are wanted, and puts out what could not be done.
pub(super) fn light<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    mut rows: Query<(&Rows, &mut Node), With<Of<C>>>,
    hands: Query<(Entity, &Hand, Has<InteractionDisabled>), With<Of<C>>>,
    toggles: Query<(Entity, Has<Checked>), (With<Toggle>, With<Of<C>>)>,
    mut commands: Commands,
) {
    let (weights, of_classes) = (wish.inside.wanted.weights, wish.inside.wanted.of_classes);
    for (row, mut node) in &mut rows {
        let shown = !of_classes
            && match row {
                Rows::Weights => weights,
                Rows::Lesions => !weights,
                Rows::Units => true,
            };
        let display = if shown { Display::Flex } else { Display::None };
        if node.display != display {
            node.display = display;
        }
    }
    for (toggle, checked) in &toggles {
        mark::<Checked>(&mut commands, toggle, checked, weights);
    }
    let none = told.unit(wish.inside.wanted.unit).is_none() || wish.scrubbed_to().is_some();
    for (entity, hand, disabled) in &hands {
        // Whether there is anything to take back, the trainer knows.
        let idle = *hand != Hand::Undo && none;
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
}

/// The last edit as it can be said to another run, or what the buttons do.
pub(super) fn words_of_edit<C: Classifier>(wish: &Wish<C>) -> String {
    let last = wish.run.0.found::<EditReport>().last();
    match last.map(|report| (&report.asked, &report.said)) {
        Some((EditAsked::Make(_), Ok(edited))) => {
            say!("boards-edit", edit = words::squeezed(&edited.edit.to_string(), EDIT_LETTERS))
        }
        _ => say!("boards-change-the-weights-that-make").to_owned(),
    }
}

/// What became of the last edit, and what an edit is where there was none.
pub(super) fn said<C: Classifier>(wish: &Wish<C>) -> String {
    let Some(report) = wish.run.0.found::<EditReport>().last() else {
        return say!("boards-changes-at-once-undo-takes").to_owned();
    };
    let said = line(report);
    match &report.said {
        Ok(_) => said,
        Err(_) => words::shortened(&said, LETTERS),
    }
}

fn line(report: &EditReport) -> String {
    let Edited { edit, answers, .. } = match &report.said {
        Ok(edited) => edited,
        Err(why) => return say!("list-sentence", text = phrases::capital(&why.to_string())),
    };
    if report.asked == EditAsked::Undo {
        return say!(
            "boards-back-at-step-without",
            step = grouped(edit.step as usize),
            change = edit.edit.change
        );
    }
    answers.as_ref().map_or_else(
        || say!("boards-the-run-goes-on-with").to_owned(),
        |[before, after]| {
            say!(
                "boards-right-2",
                accuracy = percent_of(before.accuracy),
                accuracy2 = percent_of(after.accuracy)
            )
        },
    )
}
