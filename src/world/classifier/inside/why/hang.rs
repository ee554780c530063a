//! Furnishes the page: the input with what can be chosen beside it, and three maps with lines of numbers and bars.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
};

use super::Told;
use crate::{
    images::TestSet,
    words::Word,
    world::{
        classifier::{
            ClassAttention, Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter::{
                    self, BESIDE_DMM, HEAD_DMM, LINE_DMM, SIDE_DMM, WIDTH_DMM, corner, of_map,
                },
                seen::What,
                state::{Inside, MAPS},
                wish::Wish,
            },
        },
        link::ShownRun,
        ui::{
            controls::{Activate, ButtonKind, ValueChange, button, mark, toggle},
            palette,
            panel::Hanger,
            sheet::{from_left, from_right},
            type_size, words,
        },
    },
};

/// What stands before each line beside a map.
const LABELS: [Word; 5] = [
    key!("boards-sum"),
    key!("boards-error-2"),
    key!("boards-biases"),
    key!("boards-top-cut"),
    key!("boards-random"),
];
/// The lines that have a bar.
pub(super) const BARS: [usize; 3] = [2, 3, 4];
/// Where bars begin, beside a map, and how long the longest is.
const BAR_DMM: (f32, f32) = (138.0, 28.0);
const BAR_HEIGHT_DMM: f32 = 14.0;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum WhyText {
    Baseline,
    Against,
    Chosen,
    Heading(usize),
    Price(usize),
    /// What stands before a line: nothing where there is no map.
    Label(usize, usize),
    Value(usize, usize),
    /// Why there is no map.
    Refused(usize),
}

/// A bar beside a map.
#[derive(Component, Clone, Copy)]
pub(super) struct WhyBar {
    pub(super) place: usize,
    pub(super) line: usize,
}

impl WhyBar {
    /// The width of a bar of this share.
    pub(super) fn width(share: f32) -> Val {
        px(if share.is_finite() { (share.clamp(0.0, 1.0) * BAR_DMM.1).round() } else { 0.0 })
    }
}

/// The toggle between logit and probability.
#[derive(Component)]
pub(super) struct ByProbability;

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    let under = |quarter: usize| corner(quarter) + vec2(0.0, HEAD_DMM);
    quarter::hang_field::<C>(
        &mut hanger.commands,
        leaf,
        say!("boards-input-that-is-explained"),
        What::Input,
        under(0),
        SIDE_DMM,
    );
    for (place, name) in
        [say!("boards-map-1"), say!("boards-map-2"), say!("boards-map-3")].into_iter().enumerate()
    {
        let corner = under(of_map(place));
        quarter::hang_field::<C>(
            &mut hanger.commands,
            leaf,
            name,
            What::Map(place),
            corner,
            SIDE_DMM,
        );
    }
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn((quarter::heading(0), WhyText::Baseline, Of::<C>::MARK));
        write_choices::<C>(page);
        for place in 0..MAPS {
            write_map::<C>(page, place, page_dmm);
        }
    });
}

/// A line of the controls beside the input, from its top.
fn line_at(line: usize) -> Node {
    let corner = corner(0) + vec2(SIDE_DMM + BESIDE_DMM, HEAD_DMM);
    Node {
        width: px(WIDTH_DMM - SIDE_DMM - BESIDE_DMM),
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Center,
        ..from_left(corner.x, corner.y + line as f32 * quarter::TARGETS_DMM)
    }
}

fn write_choices<C: Classifier>(page: &mut ChildSpawnerCommands) {
    let names = C::NAMES.inside;
    page.spawn(line_at(0)).with_children(|line| {
        let toggle = toggle(names.probability, say!("boards-probability"), ButtonKind::Small);
        let mut toggle = line.spawn((toggle, ByProbability, Of::<C>::MARK));
        toggle.entry::<Node>().and_modify(quarter::as_target).and_modify(|mut node| {
            node.flex_grow = 1.0;
        });
        toggle.observe(|change: On<ValueChange<bool>>, mut inside: ResMut<Inside<C>>| {
            inside.wanted.probability = change.value;
        });
    });
    page.spawn(line_at(1)).with_children(|line| {
        let step = |on: bool| {
            move |_: On<Activate>,
                  mut inside: ResMut<Inside<C>>,
                  told: Res<Told<C>>,
                  attention: Res<ClassAttention<C>>| {
                let logits = told.newest(0..MAPS).map(|said| said.said.logits.clone());
                let logits = logits.as_deref().unwrap_or_default();
                inside.wanted.step_against(on, attention.class, logits);
            }
        };
        let [back, on] = names.against;
        write_step(line, back, "‹").observe(step(false));
        line.spawn((words::caption(""), TextLayout::no_wrap(), WhyText::Against, Of::<C>::MARK));
        write_step(line, on, "›").observe(step(true));
    });
    page.spawn(line_at(2)).with_children(|line| {
        let step = |on: bool| {
            move |_: On<Activate>, mut inside: ResMut<Inside<C>>, run: Res<ShownRun>| {
                let classes = run.0.material::<TestSet>().map_or(0, |set| set.classes.len());
                inside.wanted.step_baseline(on, classes);
            }
        };
        let [back, on] = names.baselines;
        write_step(line, back, "‹").observe(step(false));
        line.spawn((words::caption(""), TextLayout::no_wrap(), WhyText::Chosen, Of::<C>::MARK));
        write_step(line, on, "›").observe(step(true));
    });
}

fn write_step<'a>(
    line: &'a mut ChildSpawnerCommands,
    name: &'static str,
    label: &'static str,
) -> EntityCommands<'a> {
    let mut step = line.spawn(button(name, label, ButtonKind::Small));
    step.entry::<Node>().and_modify(quarter::as_target);
    step
}

fn write_map<C: Classifier>(page: &mut ChildSpawnerCommands, place: usize, page_dmm: f32) {
    let quarter = of_map(place);
    let corner = corner(quarter) + vec2(0.0, HEAD_DMM);
    let left = corner.x + SIDE_DMM + BESIDE_DMM;
    page.spawn((quarter::heading(quarter), WhyText::Heading(place), Of::<C>::MARK));
    let price = quarter::beside_heading(page_dmm, quarter);
    page.spawn((price, WhyText::Price(place), Of::<C>::MARK));
    if let Some(name) = C::NAMES.inside.methods.get(place) {
        let next = quarter::hang_next(page, name, quarter);
        page.commands().entity(next).observe(
            move |_: On<Activate>, mut inside: ResMut<Inside<C>>| inside.wanted.next_method(place),
        );
    }
    for line in 0..LABELS.len() {
        let top = corner.y - 3.0 + line as f32 * LINE_DMM;
        let words = || (words::caption(""), TextLayout::no_wrap(), Of::<C>::MARK);
        page.spawn((words(), from_left(left, top), WhyText::Label(place, line)));
        let right = page_dmm - corner.x - WIDTH_DMM;
        let ink = TextColor(palette::INK);
        let value = page.spawn((words(), from_right(right, top), WhyText::Value(place, line))).id();
        page.commands().entity(value).insert(ink);
        if BARS.contains(&line) {
            let node = Node {
                width: px(0),
                height: px(BAR_HEIGHT_DMM),
                ..from_left(left + BAR_DMM.0, top + 10.0)
            };
            let ground = BackgroundColor(palette::ACCENT);
            page.spawn((node, ground, Pickable::IGNORE, WhyBar { place, line }, Of::<C>::MARK));
        }
    }
    let room = Node { width: px(WIDTH_DMM), ..from_left(corner.x, corner.y) };
    let refused = words::set("", type_size::CAPTION, FontWeight::NORMAL, palette::AMBER);
    page.spawn((refused, room, WhyText::Refused(place), Of::<C>::MARK));
}

/// What stands before a line.
pub(super) fn label(line: usize) -> &'static str {
    LABELS.get(line).map_or("", |label| label.text())
}

/// A difference is always one of logits.
pub(super) fn light<C: Classifier>(
    wish: Wish<C>,
    toggles: Query<
        (Entity, Has<Checked>, Has<InteractionDisabled>),
        (With<ByProbability>, With<Of<C>>),
    >,
    mut commands: Commands,
) {
    let compares = wish.is_compared();
    for (entity, checked, disabled) in &toggles {
        let holds = wish.inside.wanted.probability && !compares;
        mark::<Checked>(&mut commands, entity, checked, holds);
        mark::<InteractionDisabled>(&mut commands, entity, disabled, compares);
    }
}
