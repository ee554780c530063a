//! The outputs: what the network says of the chosen input, as shares of certainty.

mod rows;

use std::time::Duration;

use bevy::{prelude::*, time::common_conditions::on_real_timer};

use self::rows::{NameOf, Outputs, ShareOf};
use super::{
    ClassAttention, Classifier, Of, OfExamples, on_stage,
    sheet::{self, from_left},
};
use crate::{
    images::{Picture, TestSet},
    stream::InputChoice,
    world::{
        WorldSystems,
        display::Bars,
        interaction::aim::{AimLeft, AimMoved, AimPressed},
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{palette, panel::Hanger, type_size, words},
    },
};

/// Ten changing percentages cannot be read faster.
const SHARES_EVERY_SECS: f32 = 0.2;
/// A smaller share is told by its bar alone, unless it is that of the true class or one points at it.
const TOLD_FROM: f32 = 0.005;

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    let seldom = on_real_timer(Duration::from_secs_f32(SHARES_EVERY_SECS));
    app.add_observer(hang_outputs::<C>).add_systems(
        Update,
        (
            lay_out_classes::<C>,
            // A bar and its number are of the same picture.
            (rank::<C>, write_shares::<C>, show_shares::<C>).chain().run_if(seldom),
            mark_classes::<C>,
        )
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(on_stage::<C>()),
    );
}

/// The line that says what the outputs are.
#[derive(Component)]
struct Heading;

/// The line that says what the input truly is.
#[derive(Component)]
struct TruthWords;

fn hang_outputs<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != C::EXHIBIT {
        return;
    }
    let sheet = sheet::hang(
        &mut hanger,
        placed.entity,
        say!("classifier-outputs"),
        rows::with_head(C::PLACES.outputs),
    );
    hanger.commands.entity(sheet.panel).insert((OfExamples, Of::<C>::MARK));
    hanger.commands.entity(sheet.root).with_children(|page| {
        let heading = (words::heading(say!("classifier-output")), TextLayout::no_wrap());
        page.spawn((heading, from_left(0.0, 0.0), Heading, Of::<C>::MARK));
        // As large as what is read: in a window this sheet is seen from furthest away.
        let truth = words::set("", type_size::BODY, FontWeight::NORMAL, palette::INK_QUIET);
        page.spawn((truth, from_left(0.0, 50.0), TruthWords, Of::<C>::MARK));
    });
    let outputs = Outputs::empty(sheet, C::PLACES.outputs.size_m);
    let shown = outputs.bars();
    hanger
        .commands
        .spawn((Name::new("Output bars"), shown, outputs, Of::<C>::MARK, ChildOf(sheet.panel)))
        .observe(point_at_class::<C>)
        .observe(leave_class::<C>)
        .observe(hold_class::<C>);
}

/// Makes a bar for each class once they are known, and room for long names.
fn lay_out_classes<C: Classifier>(
    run: Res<ShownRun>,
    mut named: Local<Vec<String>>,
    written: Query<Entity, (With<Of<C>>, Or<(With<NameOf>, With<ShareOf>)>)>,
    mut outputs: Query<(Entity, &mut Outputs), With<Of<C>>>,
    mut commands: Commands,
) {
    let Some(set) = run.0.material::<TestSet>().filter(|set| *named != *set.classes) else {
        return;
    };
    *named = set.classes.to_vec();
    for row in &written {
        commands.entity(row).despawn();
    }
    let longest = named.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    for (entity, mut outputs) in &mut outputs {
        outputs.make_room(named.len(), longest);
        commands.entity(entity).insert(outputs.bars());
        commands.entity(outputs.sheet.root).with_children(|page| outputs.write::<C>(page));
    }
}

/// Of many classes, the likeliest have the rows, as seldom as words change.
fn rank<C: Classifier>(
    shown: Res<ShownSnapshot>,
    mut outputs: Query<&mut Outputs, With<Of<C>>>,
    mut headings: Query<&mut Text, (With<Heading>, With<Of<C>>)>,
) {
    for mut outputs in &mut outputs {
        let shares = shown.layer(C::PROBABILITIES);
        if let Some(rows) = shares.and_then(|shares| outputs.ranked(&shares.values)) {
            outputs.give(rows);
        }
        for heading in &mut headings {
            let is_part = outputs.of_many().is_some();
            sheet::write(
                heading,
                if is_part { say!("classifier-likeliest") } else { say!("classifier-output") }
                    .to_owned(),
            );
        }
    }
}

/// The true class of an input, where it is known.
fn truth_of(run: &ShownRun, shown: &ShownSnapshot) -> Option<usize> {
    match shown.get()?.input {
        InputChoice::Test(index) => {
            run.0.material::<TestSet>()?.labels.get(index).map(|&label| usize::from(label))
        }
        _ => None,
    }
}

fn show_shares<C: Classifier>(
    shown: Res<ShownSnapshot>,
    mut bars: Query<(&mut Bars, Ref<Outputs>), With<Of<C>>>,
) {
    let Some(shares) = shown.layer(C::PROBABILITIES) else {
        return;
    };
    for (mut bars, outputs) in &mut bars {
        if shown.is_changed() || outputs.is_changed() {
            bars.show(&outputs.of_rows(&shares.values));
        }
    }
}

fn mark_classes<C: Classifier>(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    attention: Res<ClassAttention<C>>,
    mut bars: Query<(&mut Bars, &Outputs), With<Of<C>>>,
) {
    let truth = truth_of(&run, &shown);
    let chosen = attention.held.then_some(attention.class);
    for (mut bars, outputs) in &mut bars {
        let row = |class: Option<usize>| class.and_then(|class| outputs.row_of(class));
        let marks = (row(truth), row(attention.pointed), row(chosen));
        let marked = (bars.truth, bars.pointed, bars.chosen);
        if marked != marks {
            (bars.truth, bars.pointed, bars.chosen) = marks;
        }
    }
}

type ShareWords<'w, 's, C> =
    Query<'w, 's, (&'static ShareOf, &'static mut Text), (With<Of<C>>, Without<NameOf>)>;
type OutputNames<'w, 's, C> = Query<
    'w,
    's,
    (&'static NameOf, &'static mut Text, &'static mut TextColor),
    (With<Of<C>>, Without<TruthWords>),
>;
type TruthLine<'w, 's, C> = Query<
    'w,
    's,
    (&'static mut Text, &'static mut TextColor),
    (With<TruthWords>, With<Of<C>>, Without<ShareOf>, Without<NameOf>),
>;

fn write_shares<C: Classifier>(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    attention: Res<ClassAttention<C>>,
    outputs: Query<&Outputs, With<Of<C>>>,
    mut shares: ShareWords<C>,
    mut names: OutputNames<C>,
    mut truth_words: TruthLine<C>,
) {
    let Some(outputs) = outputs.iter().next() else {
        return;
    };
    let truth = truth_of(&run, &shown);
    if let Some(layer) = shown.layer(C::PROBABILITIES) {
        for (of, text) in &mut shares {
            let told = |class: usize| {
                let share = layer.values.get(class).copied()?;
                let asked = attention.pointed == Some(class) || truth == Some(class);
                // What is no number is told as well.
                (asked || share >= TOLD_FROM || share.is_nan()).then_some(share)
            };
            let share = outputs.class_of(of.0).and_then(told);
            sheet::write(text, share.map_or_else(String::new, sheet::percent_of));
        }
    }
    let classes = run.0.material::<TestSet>().map(|set| &*set.classes).unwrap_or_default();
    for (name, text, mut ink) in &mut names {
        let class = outputs.class_of(name.0);
        let wanted = if class.is_some() && class == truth { palette::TRUTH } else { palette::INK };
        ink.set_if_neq(TextColor(wanted));
        let called = class.map_or_else(String::new, |at| sheet::class_name(classes, at));
        sheet::write(text, words::squeezed(&called, outputs.letters()));
    }
    for (text, mut ink) in &mut truth_words {
        let (wanted, colour) = match (shown.get().map(|shown| &shown.input), truth) {
            (_, Some(truth)) => (
                say!("classifier-truly", classes = sheet::class_name(classes, truth)),
                palette::TRUTH,
            ),
            (Some(InputChoice::Drawn(_)), None) => {
                (say!("classifier-drawn-by-hand").to_owned(), palette::INK_QUIET)
            }
            (Some(InputChoice::Other(asked)), None) if asked.get::<Picture>().is_some() => {
                (say!("classifier-your-picture-2").to_owned(), palette::INK_QUIET)
            }
            _ => (String::new(), palette::INK_QUIET),
        };
        sheet::write(text, wanted);
        ink.set_if_neq(TextColor(colour));
    }
}

/// The class whose bar is at a place of the bars.
fn class_at(bars: &Query<(&Bars, &Outputs)>, entity: Entity, uv: Vec2) -> Option<usize> {
    let (bars, outputs) = bars.get(entity).ok()?;
    outputs.class_of(bars.bar_at(uv)?)
}

fn point_at_class<C: Classifier>(
    moved: On<AimMoved>,
    bars: Query<(&Bars, &Outputs)>,
    mut attention: ResMut<ClassAttention<C>>,
) {
    let Some(class) = class_at(&bars, moved.entity, moved.uv) else {
        return;
    };
    if attention.pointed != Some(class) {
        attention.pointed = Some(class);
    }
}

fn leave_class<C: Classifier>(_: On<AimLeft>, mut attention: ResMut<ClassAttention<C>>) {
    if attention.pointed.is_some() {
        attention.pointed = None;
    }
}

fn hold_class<C: Classifier>(
    pressed: On<AimPressed>,
    bars: Query<(&Bars, &Outputs)>,
    mut attention: ResMut<ClassAttention<C>>,
) {
    if let Some(class) = class_at(&bars, pressed.entity, pressed.uv) {
        attention.press(class);
    }
}
