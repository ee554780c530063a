//! The first page: the table, what is missing in it, and a feature before and after it is standardised.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    StepPage,
    chips::{Chip, chips},
};
use crate::{
    exhibits::logistic::{
        payload::{Feature, Missing, Split, Table},
        view::{
            same::Same,
            samples_looks::{class_colour, sign_of},
            stepper::{Stepped, StepperSystems, StepperWords, next, stepper},
            wanted::SettingWish,
        },
    },
    words::of_table,
    world::{
        link::ShownRun,
        ui::{
            canvas::{Canvas, Plot},
            palette,
            panel::Hanger,
            tabs::{Leaf, Writer, line_at, on_page},
            words::shortened,
        },
    },
};

/// The distributions, in dmm.
const BEFORE: Rect = Rect { min: vec2(0.0, 158.0), max: vec2(286.0, 248.0) };
const AFTER: Rect = Rect { min: vec2(314.0, 158.0), max: vec2(600.0, 248.0) };
/// How much the bars of a class hide of those behind them.
const BAR_OPACITY: f32 = 0.62;
/// The tops of the lines of controls.
const STEPPER_TOP: f32 = 74.0;
const CHIPS_TOP: [f32; 2] = [352.0, 406.0];
/// About so many letters have room in a line.
const LINE_LETTERS: usize = 46;

const STANDARDISE: [Chip; 1] =
    [("wish-standardise", key!("logistic-standardise"), SettingWish::Standardise)];
const MISSING: [Chip; 3] = [
    ("wish-missing-drop", key!("logistic-drop"), SettingWish::Missing(Missing::Drop)),
    ("wish-missing-mean", key!("logistic-mean"), SettingWish::Missing(Missing::Mean)),
    ("wish-missing-median", key!("logistic-median"), SettingWish::Missing(Missing::Median)),
];
const SPLIT: [Chip; 3] = [
    ("wish-split-shuffled", key!("logistic-shuffled"), SettingWish::Split(Split::Shuffled)),
    ("wish-split-stratified", key!("logistic-stratified"), SettingWish::Split(Split::Stratified)),
    ("wish-split-sklearn", key!("logistic-as-scikit-learn"), SettingWish::Split(Split::Sklearn42)),
];

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Examined>()
        .add_systems(Update, on_page(StepPage::Prepare, draw).in_set(StepperSystems));
}

/// The feature whose distribution is shown.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Examined(pub(super) usize);

/// The stepper that goes through the features.
#[derive(Component)]
struct ThroughFeatures;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line_at(STEPPER_TOP)).with_children(|line| {
            stepper(line, ["feature-back", "feature-on"], 300.0, ThroughFeatures).observe(step);
        });
        page.spawn(line_at(CHIPS_TOP[0])).with_children(|line| {
            chips(line, say!("logistic-missing"), 96.0, &MISSING);
            chips(line, "", 0.0, &STANDARDISE);
        });
        page.spawn(line_at(CHIPS_TOP[1])).with_children(|line| {
            chips(line, say!("logistic-held-out"), 106.0, &SPLIT);
        });
    });
}

fn step(stepped: On<Stepped>, run: Res<ShownRun>, mut examined: ResMut<Examined>) {
    if let Some(table) = run.0.material::<Table>() {
        examined.0 = next(examined.0, table.features.len(), stepped.on);
    }
}

fn draw(
    run: Res<ShownRun>,
    examined: Res<Examined>,
    mut pages: Writer<StepPage>,
    mut steppers: Query<&mut StepperWords, With<ThroughFeatures>>,
    mut last: Local<Option<(Same<Table>, usize)>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let now = Some((Same::of(Some(table)), examined.0));
    if *last == now {
        return;
    }
    *last = now;
    let feature = table.features.get(examined.0);
    for mut words in &mut steppers {
        let name = feature.map_or_else(String::new, |feature| of_table(&feature.name).into_owned());
        words.set_if_neq(StepperWords(name));
    }
    pages.rewrite(StepPage::Prepare, |canvas| {
        write_table(canvas, table);
        if let Some(feature) = feature {
            write_feature(canvas, table, feature);
        }
    });
}

fn write_table(canvas: &mut Canvas, table: &Table) {
    canvas.figure(0.0, 0.0, table.name.clone());
    canvas.line(0.0, 36.0, rows_words(table), palette::INK_QUIET);
    let counts = class_counts(table);
    // Two classes have room beside the feature's name.
    for (class, (name, count)) in table.classes.iter().zip(&counts).enumerate().take(2) {
        let top = STEPPER_TOP - 9.0 + class as f32 * 29.0;
        let name = of_table(name);
        let words = format!("{} {name} {}", sign_of(class), HumanCount(u64::from(*count)));
        canvas.ending(600.0, top, words, class_colour(class));
    }
    let (words, ink) = oddity(table);
    canvas.line(0.0, 315.0, words, ink);
}

/// How many rows are learned of how many.
fn rows_words(table: &Table) -> String {
    let count = |count: usize| HumanCount(count as u64).to_string();
    let learned: u32 = class_counts(table).iter().sum();
    say!(
        "logistic-of-rows-to-learn-from",
        rows = count(table.rows),
        rows_read = count(table.rows_read),
        learned = count(learned as usize),
        features_count = count(table.features.len())
    )
}

/// The rows of each class that are learned from: every feature has each of them in one of its bins.
fn class_counts(table: &Table) -> Vec<u32> {
    let bins = table.features.first().map_or(&[][..], |feature| &feature.bins);
    bins.chunks(Feature::BINS).map(|class| class.iter().sum()).collect()
}

/// What is odd about the data, in one line.
fn oddity(table: &Table) -> (String, Color) {
    let missing: usize = table.features.iter().map(|feature| feature.missing).sum();
    let (words, ink) = match (table.remarks.first(), missing) {
        (Some(remark), _) => {
            let more = table.remarks.len() - 1;
            let more = if more > 0 { say!("list-plus", more) } else { String::new() };
            let room = LINE_LETTERS.saturating_sub(more.chars().count());
            (shortened(&remark.to_string(), room) + &more, palette::AMBER)
        }
        (None, 0) => (say!("logistic-no-value-is-missing").to_owned(), palette::INK_QUIET),
        (None, 1) => (say!("logistic-1-value-is-missing").to_owned(), palette::AMBER),
        (None, missing) => (
            say!("logistic-values-are-missing", missing = HumanCount(missing as u64)),
            palette::AMBER,
        ),
    };
    (words, ink)
}

fn write_feature(canvas: &mut Canvas, table: &Table, feature: &Feature) {
    let head = BEFORE.min.y - 36.0;
    canvas.line(BEFORE.min.x, head, say!("logistic-as-measured"), palette::INK);
    let standardised = table.settings.standardise;
    let seen = if standardised {
        say!("logistic-standardised")
    } else {
        say!("logistic-as-the-model-sees-it")
    };
    canvas.line(AFTER.min.x, head, seen, palette::INK);
    let most = feature.bins.iter().copied().max().unwrap_or(0).max(1);
    let y = (0.0, f64::from(most));
    let before = Plot { rect: BEFORE, x: (feature.low, feature.high), y };
    write_bins(canvas, &before, feature, |value| value);
    let after = Plot { rect: AFTER, x: after_span(feature, standardised), y };
    write_bins(canvas, &after, feature, |value| seen_by_model(feature, standardised, value));
    for plot in [before, after] {
        let (low, high) = plot.x;
        let top = plot.rect.max.y + 1.0;
        canvas.line(plot.rect.min.x, top, short(low), palette::INK_QUIET);
        canvas.ending(plot.rect.max.x, top, short(high), palette::INK_QUIET);
        if low < 0.0 && high > 0.0 {
            plot.ticks(canvas, &[(0.0, "0".to_owned())]);
        }
    }
    let mean = format!("{} ± {}", short(feature.mean), short(feature.deviation));
    let top = BEFORE.max.y + 32.0;
    canvas.line(BEFORE.min.x, top, mean, palette::INK_QUIET);
    let after = if standardised { "0 ± 1" } else { say!("logistic-not-standardised") };
    canvas.line(AFTER.min.x, top, after, palette::INK_QUIET);
}

fn write_bins(canvas: &mut Canvas, plot: &Plot, feature: &Feature, seen: impl Fn(f64) -> f64) {
    let width = (feature.high - feature.low) / Feature::BINS as f64;
    let edge = |bin: usize| seen(feature.low + width * bin as f64);
    for (class, bins) in feature.bins.chunks(Feature::BINS).enumerate() {
        let ink = class_colour(class).with_alpha(BAR_OPACITY);
        for (bin, count) in bins.iter().enumerate().filter(|(_, count)| **count > 0) {
            let upper = plot.at(edge(bin), f64::from(*count));
            let lower = plot.at(edge(bin + 1), 0.0);
            let bar = Rect::new(upper.x, upper.y, lower.x.max(upper.x + 1.5) - 0.5, lower.y);
            canvas.bar(bar, ink);
        }
    }
    plot.ground(canvas, &[]);
}

fn seen_by_model(feature: &Feature, standardised: bool, value: f64) -> f64 {
    if standardised && feature.deviation > 0.0 {
        (value - feature.mean) / feature.deviation
    } else {
        value
    }
}

/// Whole standard deviations on either side of the mean, and at least three of them.
fn after_span(feature: &Feature, standardised: bool) -> (f64, f64) {
    if !standardised {
        return (feature.low, feature.high);
    }
    let [low, high] = [feature.low, feature.high].map(|value| seen_by_model(feature, true, value));
    (low.floor().min(-3.0), high.ceil().max(3.0))
}

/// A number of any size in few letters.
pub(super) fn short(value: f64) -> String {
    let most = value.abs();
    let words = match most {
        most if !most.is_finite() => return say!("logistic-no-number").to_owned(),
        0.0 => "0".to_owned(),
        most if !(1e-3..1e6).contains(&most) => format!("{value:.1e}"),
        most if most >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        most if most >= 10.0 => format!("{value:.1}"),
        most if most >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    words.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::{super::tests::table, *};

    #[test]
    fn numbers_of_any_size_are_short() {
        let words = [0.0, 14.127, -3.0, 0.00512, 2501.4, 6.25, 2.3e7, 1e-5].map(short);
        assert_eq!(words, ["0", "14.1", "−3", "0.005", "2501", "6.25", "2.3e7", "1.0e−5"]);
    }

    #[test]
    fn rows_and_what_is_odd_are_told() {
        let table = table();
        assert_eq!(rows_words(&table), "6 of 7 rows: 4 to learn from; 3 features");
        assert_eq!(class_counts(&table), [2, 2]);
        assert_eq!(oddity(&table).0, "one row has no value for radius");
        let mut fine = (*table).clone();
        fine.remarks.clear();
        assert_eq!(oddity(&fine).0, "1 value is missing");
    }

    #[test]
    fn after_standardising_the_span_is_in_whole_deviations() {
        let table = table();
        let radius = &table.features[0];
        assert_eq!(after_span(radius, true), (-3.0, 3.0));
        assert_eq!(after_span(radius, false), (radius.low, radius.high));
        assert_eq!(seen_by_model(radius, true, radius.mean + 2.0 * radius.deviation), 2.0);
    }
}
