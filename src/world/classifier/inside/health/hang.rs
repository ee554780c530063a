//! Furnishes the page: a line for each layer with the size of its steps as a bar, what is wrong below, and the switch that asks
//! the doctor.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::{Doctor, Told, remedy};

use crate::world::{
    classifier::{
        Classifier, Of,
        inside::{leaf::Leaf, quarter, state::Inside},
    },
    ui::{
        controls::{Activate, ButtonKind, button, mark},
        palette,
        panel::Hanger,
        sheet::{from_left, from_right},
        words,
    },
};

/// The top of the table, and from a line to the next, in dmm.
const TOP_DMM: f32 = 134.0;
const LINE_DMM: f32 = 32.0;
/// Layers at once.
pub(super) const LAYERS: usize = 6;
/// Where the columns begin.
const COLUMNS_DMM: [f32; 5] = [0.0, 220.0, 340.0, 640.0, 750.0];
/// The column that has a bar beside it, where that begins and how long it is.
const BAR_DMM: (f32, f32) = (446.0, 170.0);
const BAR_HEIGHT_DMM: f32 = 18.0;
/// The sizes of a step over its weights at both ends of the bars, by their logarithms.
const ENDS: [f32; 2] = [-6.0, 0.0];
/// What is usual, by its logarithm.
const USUAL: f32 = -3.0;
/// What is free below the table, and from there to what is wrong, in dmm.
const FREE_DMM: f32 = 8.0;
const WHOLE_DMM: f32 = 2.0 * LINE_DMM + 4.0;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum HealthText {
    /// A cell of the table: layer and column.
    Cell(usize, usize),
    /// Numbers of the whole training.
    Whole(usize),
    /// What is wrong, or what the doctor says.
    Below,
}

/// How large the steps of a layer are, and what is usual.
#[derive(Component, Clone, Copy)]
pub(super) enum StepBar {
    Size(usize),
    Usual(usize),
}

/// What hangs below the table, which is as long as there are layers.
#[derive(Component)]
pub(super) struct Lower;

/// Where that begins, below so many layers.
pub(super) fn lower(layers: usize) -> Val {
    px(TOP_DMM + (layers.min(LAYERS) + 1) as f32 * LINE_DMM + FREE_DMM)
}

/// The switch that tries a remedy.
#[derive(Component)]
pub(super) struct TryIt;

/// The switch that asks the doctor.
#[derive(Component)]
pub(super) struct AskDoctor;

/// The width of a bar for steps of this size over the weights.
pub(super) fn width(ratio: f64) -> Val {
    let share = (ratio.log10() as f32 - ENDS[0]) / (ENDS[1] - ENDS[0]);
    px(if share.is_finite() { (share.clamp(0.0, 1.0) * BAR_DMM.1).round() } else { 0.0 })
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        let quiet = |text: &'static str, left: f32, top: f32| {
            (words::caption(text), TextLayout::no_wrap(), from_left(left, top))
        };
        let heads = [
            say!("boards-layer"),
            say!("boards-gradient"),
            say!("boards-step-size"),
            say!("boards-dead"),
            say!("boards-dormant"),
        ];
        for (head, left) in heads.into_iter().zip(COLUMNS_DMM) {
            page.spawn(quiet(head, left, TOP_DMM));
        }
        let usual = BAR_DMM.0 + (USUAL - ENDS[0]) / (ENDS[1] - ENDS[0]) * BAR_DMM.1;
        page.spawn(quiet(say!("boards-usual"), usual - 30.0, TOP_DMM));
        let text = |place: Node, text: HealthText| {
            (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK)
        };
        for layer in 0..LAYERS {
            let top = TOP_DMM + (layer + 1) as f32 * LINE_DMM;
            for (column, left) in COLUMNS_DMM.into_iter().enumerate() {
                page.spawn(text(from_left(left, top), HealthText::Cell(layer, column)));
            }
            let node = |left: f32, width: f32| Node {
                width: px(width),
                height: px(BAR_HEIGHT_DMM),
                ..from_left(left, top + 6.0)
            };
            let bar = (StepBar::Size(layer), BackgroundColor(palette::ACCENT), Of::<C>::MARK);
            page.spawn((node(BAR_DMM.0, 0.0), bar, Pickable::IGNORE));
            let tick = (StepBar::Usual(layer), BackgroundColor(palette::INK_FAINT), Of::<C>::MARK);
            page.spawn((node(usual - 1.0, 2.0), tick, Pickable::IGNORE));
        }
        let place = Node { width: px(page_dmm), top: lower(0), ..from_left(0.0, 0.0) };
        page.spawn((place, Lower, Of::<C>::MARK)).with_children(|lower| {
            write_lower::<C>(lower, page_dmm);
        });
    });
}

fn write_lower<C: Classifier>(page: &mut ChildSpawnerCommands, page_dmm: f32) {
    let text = |place: Node, text: HealthText| {
        (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK)
    };
    let place = Node { width: px(page_dmm), ..from_left(0.0, WHOLE_DMM) };
    page.spawn((words::caption(""), place, HealthText::Below, Of::<C>::MARK));
    for line in 0..2 {
        page.spawn(text(from_left(0.0, line as f32 * LINE_DMM), HealthText::Whole(line)));
    }
    let corner = Node { column_gap: px(10), ..from_right(0.0, 4.0) };
    page.spawn(corner).with_children(|corner| {
        let mut tries = corner.spawn((
            button(C::NAMES.inside.trial, say!("boards-try-it"), ButtonKind::Small),
            TryIt,
            Of::<C>::MARK,
        ));
        tries.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
            node.padding = UiRect::axes(px(16), px(0));
        });
        tries.observe(
            |_: On<Activate>,
             mut inside: ResMut<Inside<C>>,
             told: Res<Told<C>>,
             doctor: Res<Doctor<C>>| {
                let wanted = &mut inside.wanted;
                wanted.trial = match wanted.trial {
                    Some(_) => None,
                    None => remedy(&told, &doctor, wanted.doctor),
                };
            },
        );
        let doctor =
            button(C::NAMES.inside.doctor, say!("boards-ask-the-doctor"), ButtonKind::Small);
        let mut doctor = corner.spawn((doctor, AskDoctor, Of::<C>::MARK));
        doctor.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
            node.padding = UiRect::axes(px(16), px(0));
        });
        doctor.observe(|_: On<Activate>, mut inside: ResMut<Inside<C>>| {
            inside.wanted.doctor = !inside.wanted.doctor;
            inside.wanted.trial = None;
        });
    });
}

/// Shows whether the doctor is asked.
pub(super) fn light<C: Classifier>(
    inside: Res<Inside<C>>,
    (told, doctor): (Res<Told<C>>, Res<Doctor<C>>),
    switches: Query<(Entity, Has<Checked>), (With<AskDoctor>, With<Of<C>>)>,
    tries: Query<(Entity, Has<Checked>, Has<InteractionDisabled>), (With<TryIt>, With<Of<C>>)>,
    mut commands: Commands,
) {
    let wanted = &inside.wanted;
    let idle = wanted.trial.is_none() && remedy(&told, &doctor, wanted.doctor).is_none();
    for (entity, checked, disabled) in &tries {
        mark::<Checked>(&mut commands, entity, checked, wanted.trial.is_some());
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
    if inside.is_changed() {
        for (entity, checked) in &switches {
            mark::<Checked>(&mut commands, entity, checked, inside.wanted.doctor);
        }
    }
}
