//! The coefficients as signed bars with their names, the largest first, as they are at the step that is shown.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::VerdictPage;
use crate::{
    exhibits::logistic::{
        payload::{Table, TableAnswer},
        view::{
            attention::TableAttention,
            boundary::fits,
            same::Same,
            samples_looks::{class_colour, other_colour},
            stepper::{Stepped, StepperSystems, StepperWords, stepper},
        },
    },
    words::of_table,
    world::{
        link::{ShownRun, ShownSnapshot},
        ui::{
            canvas::Canvas,
            palette,
            panel::Hanger,
            sheet,
            tabs::{Leaf, Writer, line_at, on_page},
            words::shortened,
        },
    },
};

/// Rows of a page, the top of the first, and from one to the next in dmm.
const ROWS: usize = 11;
const TOP: f32 = 76.0;
const PITCH: f32 = 32.5;
/// Nobody leafs through more than this; they are the largest.
const MOST_LISTED: usize = 198;
/// The middle of the bars and how far they reach to either side.
const BARS: (f32, f32) = (396.0, 96.0);
/// Letters of a name that have room.
const LETTERS: usize = 22;
/// The top of the line that leafs.
const STEPPER_TOP: f32 = 450.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Leafed>().add_systems(
        Update,
        on_page(VerdictPage::Coefficients, draw.run_if(sheet::seldom())).in_set(StepperSystems),
    );
}

/// How many coefficients are before the first that is shown.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Leafed(usize);

/// What leafs through them.
#[derive(Component)]
struct Leafs;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line_at(STEPPER_TOP)).with_children(|line| {
            let names = ["coefficients-back", "coefficients-on"];
            stepper(line, names, 440.0, Leafs).observe(turn);
        });
    });
}

fn turn(stepped: On<Stepped>, run: Res<ShownRun>, mut leafed: ResMut<Leafed>) {
    let terms = run.0.material::<Table>().map_or(0, |table| table.terms.len().min(MOST_LISTED));
    let last = terms.saturating_sub(1) / ROWS * ROWS;
    leafed.0 = if stepped.on { (leafed.0 + ROWS).min(last) } else { leafed.0.saturating_sub(ROWS) };
}

/// A number and the name of the term it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weight<'a> {
    pub(super) name: &'a str,
    pub(super) value: f64,
}

/// The coefficients of a class against the others, the largest first.
fn weights<'a>(table: &'a Table, answer: &TableAnswer, class: usize) -> Vec<Weight<'a>> {
    let (row, sign) = row_of(answer, class);
    let terms = table.terms.len();
    let values = answer.coefficients.get(row * terms..(row + 1) * terms).unwrap_or(&[]);
    let mut weights: Vec<Weight<'_>> = table
        .terms
        .iter()
        .zip(values)
        .map(|(term, value)| Weight { name: &term.name, value: sign * value })
        .collect();
    weights.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    weights
}

/// The row of coefficients that tells a class, and the sign with which it does.
pub(super) fn row_of(answer: &TableAnswer, class: usize) -> (usize, f64) {
    match (answer.intercepts.len(), class) {
        (0 | 1, 0) => (0, -1.0),
        (0 | 1, _) => (0, 1.0),
        (_, class) => (class, 1.0),
    }
}

/// What the page was written for.
type WrittenFor = (Same<Table>, Same<TableAnswer>, usize, usize);

fn draw(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    attention: Res<TableAttention>,
    leafed: Res<Leafed>,
    mut pages: Writer<VerdictPage>,
    mut steppers: Query<&mut StepperWords, With<Leafs>>,
    mut last: Local<Option<WrittenFor>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let answer = shown.own_answer::<TableAnswer>().filter(|answer| fits(table, answer));
    let now = Some((Same::of(Some(table)), Same::of(answer), attention.class, leafed.0));
    if *last == now {
        return;
    }
    *last = now;
    let listed = table.terms.len().min(MOST_LISTED);
    let first = leafed.0.min(listed.saturating_sub(1) / ROWS * ROWS);
    let end = (first + ROWS).min(listed);
    for mut words in &mut steppers {
        let of = HumanCount(table.terms.len() as u64);
        let of = if listed < table.terms.len() {
            say!("logistic-the-largest-of", listed, of)
        } else {
            of.to_string()
        };
        words.set_if_neq(StepperWords(say!("logistic-of", first = first + 1, end, of)));
    }
    pages.rewrite(VerdictPage::Coefficients, |canvas| {
        let Some(answer) = answer else {
            canvas.line(0.0, 0.0, say!("logistic-nothing-is-learned-yet"), palette::INK_QUIET);
            return;
        };
        write(canvas, table, answer, attention.class, first);
    });
}

fn write(canvas: &mut Canvas, table: &Table, answer: &TableAnswer, class: usize, first: usize) {
    let weights = weights(table, answer, class);
    let name = &*table.class(class);
    canvas.figure(0.0, 0.0, say!("logistic-what-speaks-for", name));
    let (row, sign) = row_of(answer, class);
    let intercept = sign * answer.intercepts.get(row).copied().unwrap_or(0.0);
    let unit = if table.settings.standardise {
        say!("logistic-per-deviation")
    } else {
        say!("logistic-per-unit")
    };
    canvas.line(0.0, 36.0, format!("w {unit}, b = {}", signed(intercept)), palette::INK_QUIET);
    let zeros = weights.iter().filter(|weight| weight.value == 0.0).count();
    if zeros > 0 {
        let words = say!("logistic-of-are-0", zeros, weights_count = weights.len());
        canvas.ending(600.0, 36.0, words, palette::INK_QUIET);
    }
    let most = weights.first().map_or(1.0, |weight| weight.value.abs()).max(f64::MIN_POSITIVE);
    let (middle, reach) = BARS;
    let listed = weights.iter().take(MOST_LISTED);
    let shown: Vec<_> = listed.skip(first).take(ROWS).collect();
    let bottom = TOP + shown.len() as f32 * PITCH;
    canvas.bar(Rect::new(middle - 1.0, TOP, middle + 1.0, bottom), palette::RULE);
    for (row, weight) in shown.into_iter().enumerate() {
        let top = TOP + row as f32 * PITCH;
        let end = middle + reach * (weight.value / most) as f32;
        let bar = Rect::new(middle.min(end), top + 7.0, middle.max(end), top + 26.0);
        canvas.bar(bar, side_colour(table, class, weight.value));
        canvas.line(0.0, top - 1.0, shortened(&of_table(weight.name), LETTERS), palette::INK);
        canvas.number(600.0, top - 1.0, signed(weight.value), palette::INK);
    }
}

/// What speaks for a class has its colour, what speaks against it that of the other.
pub(super) fn side_colour(table: &Table, class: usize, value: f64) -> Color {
    if value >= 0.0 { class_colour(class) } else { other_colour(table, class) }
}

/// A number with its sign: `+0.612`, `−3.4e−5`, `0`.
fn signed(value: f64) -> String {
    let most = value.abs();
    let words = if value == 0.0 {
        return "0".to_owned();
    } else if !value.is_finite() {
        return say!("logistic-no-number").to_owned();
    } else if !(1e-3..1e4).contains(&most) {
        format!("{value:+.1e}")
    } else if most >= 100.0 {
        format!("{value:+.1}")
    } else {
        format!("{value:+.3}")
    };
    words.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::board::tests::{answer, table},
        *,
    };

    #[test]
    fn bars_follow_the_snapshot_and_the_largest_is_first() {
        let table = table();
        let of = |weights_now: &[f64], class| {
            let weights = weights(&table, &answer(weights_now, 0.1), class);
            weights.into_iter().map(|weight| (weight.name, weight.value)).collect::<Vec<_>>()
        };
        assert_eq!(of(&[0.5, -2.0], 1), [("texture", -2.0), ("radius", 0.5)]);
        assert_eq!(of(&[0.5, -0.2], 1)[0].0, "radius");
        assert_eq!(of(&[0.5, -2.0], 0)[0].1, 2.0, "what speaks against one speaks for the other");
    }

    #[test]
    fn numbers_of_any_size_keep_their_sign() {
        let words = [0.0, 1.23456, -0.5, 2e-5, 123.44, f64::NAN].map(signed);
        assert_eq!(words, ["0", "+1.235", "−0.500", "+2.0e−5", "+123.4", "no number"]);
    }
}
