//! Furnishes the page: what is drawn, buttons for changes, fields for layers and for images that are answered otherwise.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::{
    Told,
    place::{Drawn, IMAGES, LINE_DMM, RIGHT_DMM, SIDE_DMM, TOP_DMM, corner},
};
use crate::{
    stream::Step,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                branches::{Measure, Press},
                leaf::Leaf,
                quarter,
                seen::What,
                state::Inside,
                stepper,
                wish::Wish,
            },
        },
        kept_runs::KeptRuns,
        ui::{
            controls::{Activate, ButtonKind, ControlText, button, mark},
            lettering::Lettering,
            panel::Hanger,
            sheet::from_left,
            words,
        },
    },
};

/// What the words before buttons take at least.
const WORD_DMM: f32 = 64.0;
/// The line of what is looked at.
const CHOICE_DMM: f32 = 446.0;
const CHOICE_WIDTH_DMM: f32 = 220.0;
/// The side of a layer's field, where both begin, and what is said over them.
const LAYER_DMM: f32 = 256.0;
const LAYERS_DMM: [Vec2; 2] = [vec2(0.0, 176.0), vec2(272.0, 176.0)];
/// The factors of the learning rate that are offered.
const FACTORS: [f64; 4] = [0.1, 0.5, 2.0, 10.0];

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum BranchText {
    /// The unit that is silenced.
    Unit,
    /// Which of the branches is looked at.
    Chosen,
    /// What stands over a layer.
    Layer(usize),
}

/// What a button does.
#[derive(Component, Clone, Copy, PartialEq)]
pub(super) enum BranchButton {
    Press(Press),
    Measure,
    Layers,
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf) {
    let names: [&str; IMAGES] = ["Otherwise 1", "Otherwise 2", "Otherwise 3"];
    for (place, name) in names.into_iter().enumerate() {
        let (commands, what) = (&mut hanger.commands, What::Image(place));
        quarter::hang_field::<C>(commands, leaf, name, what, corner(place), SIDE_DMM);
    }
    let layers = ["Layer (run)", "Layer (branch)"].into_iter().zip(LAYERS_DMM);
    for (place, (name, corner)) in layers.enumerate() {
        let (commands, what) = (&mut hanger.commands, What::Map(place));
        quarter::hang_field::<C>(commands, leaf, name, what, corner, LAYER_DMM);
    }
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn((from_left(0.0, 0.0), Drawn, Of::<C>::MARK, Pickable::IGNORE));
        for (place, corner) in LAYERS_DMM.into_iter().enumerate() {
            let over = from_left(corner.x, corner.y - 36.0);
            let line = (words::caption(""), TextLayout::no_wrap(), over);
            page.spawn((line, BranchText::Layer(place), Of::<C>::MARK));
        }
        write_changes::<C>(page);
        let [back, on, measure, layers] = C::NAMES.inside.branch_choice;
        let at = (vec2(0.0, CHOICE_DMM), CHOICE_WIDTH_DMM);
        stepper::write(page, at, [back, on], BranchText::Chosen, |inside, _: &Told<C>, on| {
            inside.wanted.branch.step(on);
        });
        let node = Node { column_gap: px(10), ..from_left(CHOICE_WIDTH_DMM + 16.0, CHOICE_DMM) };
        page.spawn(node).with_children(|line| {
            write::<C>(line, measure, say!("branch-accuracy"), BranchButton::Measure);
            write::<C>(line, layers, say!("branch-layers"), BranchButton::Layers);
        });
    });
}

/// The lines of buttons that begin a branch.
fn write_changes<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let names = C::NAMES.inside.branch_changes;
    let [slowest, slower, faster, fastest, seed, seeds, silence, zero, clear] = names;
    let press = BranchButton::Press;
    let line = |at: usize| {
        let top = TOP_DMM + at as f32 * LINE_DMM;
        let node = from_left(RIGHT_DMM, top);
        Node { column_gap: px(10), align_items: AlignItems::Center, ..node }
    };
    let word = || Node { min_width: px(WORD_DMM), ..default() };
    page.spawn(line(0)).with_children(|line| {
        line.spawn((words::caption(say!("branch-word-rate")), TextLayout::no_wrap(), word()));
        for (name, factor) in [slowest, slower, faster, fastest].into_iter().zip(FACTORS) {
            // Shorter than a share, and read as easily.
            let label =
                if factor < 1.0 { format!("÷{}", 1.0 / factor) } else { format!("×{factor}") };
            write::<C>(line, name, label, press(Press::Rate(factor)));
        }
    });
    page.spawn(line(1)).with_children(|line| {
        line.spawn((words::caption(say!("branch-word-order")), TextLayout::no_wrap(), word()));
        write::<C>(line, seed, say!("branch-another"), press(Press::Seed));
        write::<C>(line, seeds, say!("branch-three"), press(Press::Seeds));
    });
    page.spawn(line(2)).with_children(|line| {
        let text = (words::caption(""), TextLayout::no_wrap(), word());
        line.spawn((text, BranchText::Unit, Of::<C>::MARK));
        write::<C>(line, silence, say!("branch-silent"), press(Press::Silence));
        write::<C>(line, zero, "×0", press(Press::Zero));
        write::<C>(line, clear, say!("branch-clear"), press(Press::Clear));
    });
}

fn write<C: Classifier>(
    line: &mut ChildSpawnerCommands,
    name: &'static str,
    label: impl Into<Lettering>,
    does: BranchButton,
) {
    let mut button = line.spawn((button(name, label, ButtonKind::Small), does, Of::<C>::MARK));
    button.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
        node.padding = UiRect::axes(px(7), px(0));
    });
    button.observe(move |_: On<Activate>, mut inside: ResMut<Inside<C>>| {
        let branch = &mut inside.wanted.branch;
        match does {
            BranchButton::Press(press) => branch.pressed = Some(press),
            BranchButton::Measure => {
                branch.measure = branch.measure.next();
                if branch.groups.is_empty() && branch.measure == Measure::Apart {
                    branch.measure = branch.measure.next();
                }
            }
            BranchButton::Layers => branch.next_layer(),
        }
    });
}

/// Lights what is shown, and puts out what would change nothing.
pub(super) fn light<C: Classifier>(
    wish: Wish<C>,
    kept: Option<Res<KeptRuns>>,
    mut known: Local<Option<(Option<Step>, bool)>>,
    controls: Query<(Entity, &BranchButton, Has<Checked>, Has<InteractionDisabled>), With<Of<C>>>,
    mut labels: Query<(&BranchButton, &mut ControlText), With<Of<C>>>,
    mut commands: Commands,
) {
    let wanted = &wish.inside.wanted.branch;
    let now = (wish.scrubbed_to(), wanted.groups.is_empty());
    if known.replace(now) == Some(now) && !wish.inside.is_changed() {
        return;
    }
    for (_, mut label) in labels.iter_mut().filter(|(does, _)| **does == BranchButton::Measure) {
        let wanted = wanted.measure.name();
        if label.0 != wanted {
            label.0 = wanted.to_owned();
        }
    }
    let (is_now, nothing) = (now.0.is_none(), now.1);
    let kept = kept.is_some_and(|kept| !kept.of(C::EXHIBIT).is_empty());
    for (entity, does, checked, disabled) in &controls {
        let (lit, idle) = match does {
            BranchButton::Measure => (false, nothing && !kept),
            BranchButton::Press(Press::Clear) => (false, nothing),
            BranchButton::Layers => (wanted.layer.is_some(), nothing),
            BranchButton::Press(Press::Seeds) => (false, nothing && is_now),
            BranchButton::Press(_) => (false, is_now),
        };
        mark::<Checked>(&mut commands, entity, checked, lit);
        mark::<InteractionDisabled>(&mut commands, entity, disabled, idle);
    }
}
