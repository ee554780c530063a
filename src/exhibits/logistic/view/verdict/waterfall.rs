//! How one row comes to its probability: what each term adds to the score, drawn as steps of a waterfall.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    VerdictPage,
    coefficients::{Weight, row_of, side_colour},
};
use crate::{
    exhibits::logistic::{
        payload::{Table, TableAnswer},
        view::{
            attention::TableAttention,
            boundary::fits,
            pointing::row_words,
            same::Same,
            samples_looks::{class_colour, told_of},
            scorer::{KnownScorer, Scorer},
        },
    },
    words::of_table,
    world::{
        link::{ShownRun, ShownSnapshot},
        ui::{
            canvas::{Canvas, span_of},
            palette, sheet,
            sums::{Rounded, added},
            tabs::{Writer, on_page},
            words::shortened,
        },
    },
};

/// Terms that have a step of their own; the others share one.
const TERMS: usize = 8;
/// The top of the first step, and from one to the next, in dmm.
const TOP: f32 = 78.0;
const PITCH: f32 = 33.0;
/// Where steps are drawn.
const BARS: (f32, f32) = (286.0, 494.0);
/// Letters of a name that have room.
const LETTERS: usize = 21;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(VerdictPage::Row, draw.run_if(sheet::seldom())));
}

/// What the page was written for.
type WrittenFor = (Same<Table>, Same<TableAnswer>, usize, Option<u32>);

fn draw(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    attention: Res<TableAttention>,
    mut pages: Writer<VerdictPage>,
    mut scorer: Local<KnownScorer>,
    mut last: Local<Option<WrittenFor>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let answer = shown.own_answer::<TableAnswer>().filter(|answer| fits(table, answer));
    let now = Some((Same::of(Some(table)), Same::of(answer), attention.class, attention.chosen));
    if *last == now {
        return;
    }
    *last = now;
    let scorer = scorer.of(table);
    let chosen = attention.chosen.map(|row| row as usize);
    pages.rewrite(VerdictPage::Row, |canvas| match (chosen, answer) {
        (Some(row), Some(answer)) => {
            write_row(canvas, table, scorer, answer, attention.class, row);
        }
        (Some(_), None) => {
            canvas.line(0.0, 0.0, say!("logistic-nothing-is-learned-yet"), palette::INK_QUIET);
        }
        (None, _) => {
            canvas.figure(0.0, 0.0, say!("logistic-press-a-row-ahead"));
            let why = say!("logistic-to-see-how-its-probability");
            canvas.line(0.0, 38.0, why, palette::INK_QUIET);
        }
    });
}

/// A step of the waterfall.
#[derive(Clone, Debug, PartialEq)]
struct Fall {
    name: String,
    /// In hundredths of the score: where it begins and what it adds.
    from: i64,
    adds: i64,
}

/// The steps of a row, and the sum they lead to.
#[derive(Clone, Debug, PartialEq)]
struct Falls {
    steps: Vec<Fall>,
    total: i64,
}

/// The intercept, the largest terms, and what all others add.
fn falls(intercept: f64, mut terms: Vec<Weight<'_>>) -> Option<Falls> {
    terms.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let others = terms.split_off(terms.len().min(TERMS));
    let of_others = say!("logistic-others-2", others_count = HumanCount(others.len() as u64));
    let mut named = vec![Weight { name: say!("logistic-intercept-b"), value: intercept }];
    named.extend(terms);
    if !others.is_empty() {
        let value = others.iter().map(|term| term.value).sum();
        named.push(Weight { name: &of_others, value });
    }
    let values: Vec<f64> = named.iter().map(|term| term.value).collect();
    let rounded = Rounded::of(&values)?;
    let mut from = 0;
    let steps = named.into_iter().zip(rounded.parts).map(|(term, adds)| {
        let step = Fall { name: term.name.to_owned(), from, adds };
        from += adds;
        step
    });
    Some(Falls { steps: steps.collect(), total: rounded.total })
}

/// What each term adds to the score of a drawn row, and the intercept.
fn parts_of<'a>(
    table: &'a Table,
    scorer: &Scorer,
    answer: &TableAnswer,
    class: usize,
    row: usize,
) -> (f64, Vec<Weight<'a>>) {
    let (of, sign) = row_of(answer, class);
    let terms = table.terms.len();
    let told = answer.sum.as_ref().filter(|sum| sum.row == row);
    let parts: Vec<f64> = match told.and_then(|sum| sum.parts.get(of * terms..(of + 1) * terms)) {
        Some(parts) => parts.to_vec(),
        // The model was asked for another row when this was told; the sum is easily made here.
        None => scorer.parts(answer, of, &scorer.place_of(table, row)).collect(),
    };
    let named = table.terms.iter().zip(parts);
    let weights =
        named.map(|(term, part)| Weight { name: &term.name, value: sign * part }).collect();
    (sign * answer.intercepts.get(of).copied().unwrap_or(0.0), weights)
}

fn write_row(
    canvas: &mut Canvas,
    table: &Table,
    scorer: &Scorer,
    answer: &TableAnswer,
    class: usize,
    row: usize,
) {
    if let Some([what, _]) = row_words(table, Some(answer), class, row) {
        let truth = table.drawn.labels.get(row).copied().unwrap_or(0);
        canvas.figure(0.0, 0.0, what);
        let name = &*table.class(class);
        let speaks = say!("logistic-w-x-b-for", name);
        canvas.line(0.0, 36.0, speaks, class_colour(usize::from(truth)));
    }
    let (intercept, terms) = parts_of(table, scorer, answer, class, row);
    let Some(falls) = falls(intercept, terms) else {
        canvas.line(0.0, TOP, say!("logistic-the-sum-is-no-finite"), palette::RED);
        return;
    };
    write_falls(canvas, table, &falls, class);
    let told = told_of(table, answer, row).get(class).copied().unwrap_or(f32::NAN);
    let top = TOP + (falls.steps.len() + 1) as f32 * PITCH + 8.0;
    canvas.figure(0.0, top, probability_words(table, falls.total, told));
}

fn write_falls(canvas: &mut Canvas, table: &Table, falls: &Falls, class: usize) {
    let ends = falls.steps.iter().flat_map(|step| [step.from, step.from + step.adds]);
    let (low, high) = span_of(ends.chain([0]).map(|end| end as f64));
    let (left, right) = BARS;
    let at =
        |hundredths: i64| left + ((hundredths as f64 - low) / (high - low)) as f32 * (right - left);
    let bottom = TOP + (falls.steps.len() + 1) as f32 * PITCH;
    canvas.bar(Rect::new(at(0) - 1.0, TOP, at(0) + 1.0, bottom), palette::RULE);
    let bar = |canvas: &mut Canvas, row: usize, from: i64, to: i64, ink: Color| {
        let top = TOP + row as f32 * PITCH;
        let (from, to) = (at(from.min(to)), at(from.max(to)));
        canvas.bar(Rect::new(from - 1.0, top + 6.0, to + 1.0, top + 27.0), ink);
    };
    for (row, step) in falls.steps.iter().enumerate() {
        let top = TOP + row as f32 * PITCH;
        let to = step.from + step.adds;
        bar(canvas, row, step.from, to, side_colour(table, class, step.adds as f64));
        // A thin line leads to where the next one begins.
        canvas.bar(
            Rect::new(at(to) - 1.0, top + 27.0, at(to) + 1.0, top + PITCH + 6.0),
            palette::INK_FAINT,
        );
        canvas.line(0.0, top - 1.0, shortened(&of_table(&step.name), LETTERS), palette::INK);
        canvas.number(600.0, top - 1.0, added(step.adds), palette::INK);
    }
    let row = falls.steps.len();
    let top = TOP + row as f32 * PITCH;
    bar(canvas, row, 0, falls.total, palette::INK);
    canvas.figure(0.0, top - 1.0, say!("logistic-score"));
    canvas.number(600.0, top - 1.0, added(falls.total), palette::INK);
}

fn probability_words(table: &Table, total: i64, told: f32) -> String {
    // What stands in the exponent has the other sign.
    let score = added(-total);
    if table.classes.len() > 2 {
        say!("logistic-softmax-of-all-scores-p", told = format_args!("{:.4}", told))
    } else {
        format!("p = 1 / (1 + e^{score}) = {told:.4}")
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::board::tests::{answer, table},
        *,
    };

    #[test]
    fn the_waterfall_adds_up_as_it_is_shown() {
        let values = (0..30).map(|term| (f64::from(term) * 0.7).sin() / f64::from(term + 1));
        let terms: Vec<Weight<'_>> = values.map(|value| Weight { name: "x", value }).collect();
        let exact: f64 = terms.iter().map(|term| term.value).sum::<f64>() + 0.2345;
        let falls = falls(0.2345, terms).unwrap();
        assert_eq!(falls.steps.len(), TERMS + 2);
        assert_eq!(falls.steps.last().unwrap().name, "22 others");
        let shown: i64 = falls.steps.iter().map(|step| step.adds).sum();
        assert_eq!(shown, falls.total);
        assert!((falls.total as f64 / 100.0 - exact).abs() <= 0.005 + 1e-9);
        // Each begins where the one before has ended.
        for pair in falls.steps.windows(2) {
            assert_eq!(pair[0].from + pair[0].adds, pair[1].from);
        }
    }

    #[test]
    fn a_row_that_was_not_asked_for_has_the_same_sum() {
        let table = table();
        let scorer = Scorer::of(&table);
        let mut told = answer(&[2.0, -1.0], 0.5);
        let (intercept, parts) = parts_of(&table, &scorer, &told, 1, 1);
        let score: f64 = parts.iter().map(|part| part.value).sum::<f64>() + intercept;
        let probability = 1.0 / (1.0 + (-score).exp());
        assert!((probability - f64::from(told.probabilities[3])).abs() < 1e-6);
        told.sum = Some(crate::exhibits::logistic::payload::RowSum {
            row: 1,
            parts: [9.0, 8.0].into(),
            scores: [17.5].into(),
            probabilities: [0.0, 1.0].into(),
        });
        let (_, parts) = parts_of(&table, &scorer, &told, 1, 1);
        assert_eq!(parts[0].value, 9.0, "what the model itself told");
        let (intercept, parts) = parts_of(&table, &scorer, &told, 0, 1);
        assert_eq!((intercept, parts[0].value), (-0.5, -9.0));
    }

    #[test]
    fn the_probability_is_told_with_its_score() {
        assert_eq!(probability_words(&table(), 231, 0.9097), "p = 1 / (1 + e^−2.31) = 0.9097");
    }
}
