//! The outputs: what the network says of the chosen input, as shares of certainty.

use std::time::Duration;

use bevy::{prelude::*, time::common_conditions::on_real_timer};

use super::{
    DigitsAttention,
    sheet::{self, Sheet, from_left, from_right},
    theatre,
};
use crate::{
    exhibits::digits::{EXHIBIT_ID, PROBABILITIES, payload::TestSet},
    stream::InputChoice,
    world::{
        WorldSystems,
        display::Bars,
        inspect::Unit,
        interaction::aim::{AimLeft, AimMoved, AimPressed, Surface},
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{palette, panel::Hanger, type_size, words},
    },
};

/// Two lines of words above the bars, in metres.
const HEAD_M: f32 = 0.30;
/// Room for percentages at the right, in dmm.
const PERCENT_DMM: f32 = 116.0;
/// Room for a class name of one or two letters, and the most that longer names get, in dmm.
const NAME_DMM: (f32, f32) = (30.0, 104.0);
/// A letter of a name is about so wide, in dmm.
const LETTER_DMM: f32 = 14.0;
/// Height of a line of the words beside a bar, in dmm.
const LINE_DMM: f32 = 37.0;

/// Ten changing percentages cannot be read faster.
const SHARES_EVERY_SECS: f32 = 0.2;

pub(super) fn plugin(app: &mut App) {
    let seldom = on_real_timer(Duration::from_secs_f32(SHARES_EVERY_SECS));
    app.add_observer(hang_outputs).add_systems(
        Update,
        (lay_out_classes, name_classes, show_outputs, write_shares.run_if(seldom))
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// The bars, their sheet, for how many classes, and for how long names there is room.
#[derive(Component)]
struct Outputs {
    sheet: Sheet,
    classes: usize,
    name_dmm: f32,
}

#[derive(Component)]
struct NameOf(usize);

#[derive(Component)]
struct ShareOf(usize);

/// The line that says what the input truly is.
#[derive(Component)]
struct TruthWords;

fn hang_outputs(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let bars = theatre::OUTPUTS;
    let spot = theatre::Spot {
        up_m: bars.up_m + HEAD_M / 2.0,
        size_m: bars.size_m + Vec2::new(0.0, HEAD_M),
        ..bars
    };
    let sheet = sheet::hang(&mut hanger, placed.entity, "Outputs", spot);
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn((words::heading("Output"), from_left(0.0, 0.0)));
        // As large as what is read: in a window this sheet is seen from furthest away.
        let truth = words::set("", type_size::BODY, FontWeight::NORMAL, palette::INK_QUIET);
        page.spawn((truth, from_left(0.0, 50.0), TruthWords));
    });
    let outputs = Outputs { sheet, classes: 0, name_dmm: NAME_DMM.0 };
    let shown = bars_beside_names(&outputs);
    hanger
        .commands
        .spawn((Name::new("Output bars"), shown, outputs, ChildOf(sheet.panel)))
        .observe(point_at_class)
        .observe(leave_class)
        .observe(hold_class);
}

/// Height of a row of so many, in dmm.
fn row_dmm(classes: usize) -> f32 {
    theatre::OUTPUTS.size_m.y * sheet::DMM_PER_M / classes.max(1) as f32
}

/// The middle of a bar on the sheet, in dmm from the top.
fn row_middle_dmm(class: usize, classes: usize) -> f32 {
    HEAD_M * sheet::DMM_PER_M + (class as f32 + 0.5) * row_dmm(classes)
}

/// Names and shares beside the bars; of many classes, those for which there is room.
fn write_rows(page: &mut ChildSpawnerCommands, classes: usize) {
    let every = (LINE_DMM / row_dmm(classes)).ceil().max(1.0) as usize;
    for class in (0..classes).step_by(every) {
        let first = HEAD_M * sheet::DMM_PER_M;
        let last = first + (theatre::OUTPUTS.size_m.y * sheet::DMM_PER_M - LINE_DMM).max(0.0);
        let top = (row_middle_dmm(class, classes) - LINE_DMM / 2.0).clamp(first, last);
        let words = || (words::figure(""), TextLayout::no_wrap());
        page.spawn((words(), from_left(0.0, top), NameOf(class)));
        page.spawn((words(), from_right(0.0, top), ShareOf(class)));
    }
}

/// The bars between the names and the percentages.
fn bars_beside_names(outputs: &Outputs) -> (Bars, Surface, Transform) {
    let whole = theatre::OUTPUTS.size_m * sheet::DMM_PER_M;
    let top = HEAD_M * sheet::DMM_PER_M;
    let rect = Rect::new(outputs.name_dmm, top, whole.x - PERCENT_DMM, top + whole.y);
    let size = rect.size() / sheet::DMM_PER_M;
    (Bars::new(outputs.classes, size), Surface { size }, outputs.sheet.place(rect, sheet::BEFORE_M))
}

/// Makes a bar for each class once they are known, and room for long names.
fn lay_out_classes(
    run: Res<ShownRun>,
    mut named: Local<Vec<String>>,
    rows: Query<Entity, Or<(With<NameOf>, With<ShareOf>)>>,
    mut outputs: Query<(Entity, &mut Outputs)>,
    mut commands: Commands,
) {
    let Some(set) = run.0.material::<TestSet>().filter(|set| *named != *set.classes) else {
        return;
    };
    *named = set.classes.to_vec();
    for row in &rows {
        commands.entity(row).despawn();
    }
    let longest = named.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    for (entity, mut outputs) in &mut outputs {
        outputs.classes = named.len();
        outputs.name_dmm = (longest as f32 * LETTER_DMM + 8.0).clamp(NAME_DMM.0, NAME_DMM.1);
        commands.entity(entity).insert(bars_beside_names(&outputs));
        commands.entity(outputs.sheet.root).with_children(|page| write_rows(page, outputs.classes));
    }
}

/// Writes the names of rows that are new.
fn name_classes(run: Res<ShownRun>, mut names: Query<(&NameOf, &mut Text), Added<NameOf>>) {
    if let Some(set) = run.0.material::<TestSet>() {
        for (name, text) in &mut names {
            sheet::write(text, sheet::class_name(&set.classes, name.0));
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

fn show_outputs(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    attention: Res<DigitsAttention>,
    mut bars: Query<&mut Bars, With<Outputs>>,
) {
    let truth = truth_of(&run, &shown);
    let pointed =
        attention.pointed.filter(|unit| unit.layer == PROBABILITIES).map(|unit| unit.column);
    let chosen = attention.class_held.then_some(attention.class);
    for mut bars in &mut bars {
        let marked = (bars.truth, bars.pointed, bars.chosen);
        if !shown.is_changed() && marked == (truth, pointed, chosen) {
            continue;
        }
        if let Some(shares) = shown.layer(PROBABILITIES) {
            bars.show(&shares.values);
        }
        (bars.truth, bars.pointed, bars.chosen) = (truth, pointed, chosen);
    }
}

type ShareWords<'w, 's> = Query<'w, 's, (&'static ShareOf, &'static mut Text), Without<TruthWords>>;
type OutputNames<'w, 's> =
    Query<'w, 's, (&'static NameOf, &'static mut TextColor), Without<TruthWords>>;

fn write_shares(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    mut shares: ShareWords,
    mut names: OutputNames,
    mut truth_words: Query<(&mut Text, &mut TextColor), With<TruthWords>>,
) {
    if let Some(layer) = shown.layer(PROBABILITIES) {
        for (of, text) in &mut shares {
            let share = layer.values.get(of.0).copied();
            sheet::write(text, share.map_or_else(String::new, sheet::percent_of));
        }
    }
    let truth = truth_of(&run, &shown);
    for (name, mut ink) in &mut names {
        let wanted = if Some(name.0) == truth { palette::TRUTH } else { palette::INK };
        ink.set_if_neq(TextColor(wanted));
    }
    let classes = run.0.material::<TestSet>().map(|set| &*set.classes).unwrap_or_default();
    for (text, mut ink) in &mut truth_words {
        let (wanted, colour) = match (shown.get().map(|shown| &shown.input), truth) {
            (_, Some(truth)) => {
                (format!("truly “{}”", sheet::class_name(classes, truth)), palette::TRUTH)
            }
            (Some(InputChoice::Drawn(_)), None) => ("drawn by hand".to_owned(), palette::INK_QUIET),
            _ => (String::new(), palette::INK_QUIET),
        };
        sheet::write(text, wanted);
        ink.set_if_neq(TextColor(colour));
    }
}

fn point_at_class(moved: On<AimMoved>, bars: Query<&Bars>, mut attention: ResMut<DigitsAttention>) {
    let Some(class) = bars.get(moved.entity).ok().and_then(|bars| bars.bar_at(moved.uv)) else {
        return;
    };
    let pointed = Some(Unit { layer: PROBABILITIES, map: 0, row: 0, column: class });
    attention.set_if_neq(DigitsAttention { pointed, ..*attention });
}

fn leave_class(_: On<AimLeft>, mut attention: ResMut<DigitsAttention>) {
    if attention.pointed.is_some_and(|unit| unit.layer == PROBABILITIES) {
        attention.pointed = None;
    }
}

fn hold_class(pressed: On<AimPressed>, bars: Query<&Bars>, mut attention: ResMut<DigitsAttention>) {
    let Some(class) = bars.get(pressed.entity).ok().and_then(|bars| bars.bar_at(pressed.uv)) else {
        return;
    };
    *attention = after_press(*attention, class);
}

/// Pressing a class holds it; pressing it again lets it go.
fn after_press(attention: DigitsAttention, class: usize) -> DigitsAttention {
    let again = attention.class_held && attention.class == class;
    DigitsAttention { class, class_held: !again, ..attention }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_held_until_it_is_pressed_again() {
        let held = after_press(DigitsAttention::default(), 4);
        assert!(held.class_held && held.class == 4);
        let other = after_press(held, 7);
        assert!(other.class_held && other.class == 7);
        assert!(!after_press(other, 7).class_held);
    }

    #[test]
    fn names_and_percentages_stand_beside_their_bars() {
        let sheet = Sheet::for_test(
            (theatre::OUTPUTS.size_m + Vec2::new(0.0, HEAD_M)) * sheet::DMM_PER_M,
            theatre::RADIUS_M,
        );
        let (bars, surface, place) =
            bars_beside_names(&Outputs { sheet, classes: 10, name_dmm: 30.0 });
        assert_eq!(surface.size, bars.size());
        for class in 0..10 {
            let span = bars.span_of(class);
            let local = (0.5 - (span.start + span.end) / 2.0) * bars.size().y + place.translation.y;
            let middle = (theatre::OUTPUTS.size_m.y + HEAD_M) / 2.0
                - row_middle_dmm(class, 10) / sheet::DMM_PER_M;
            assert!((local - middle).abs() < 1e-4, "class {class}");
        }
    }
}
