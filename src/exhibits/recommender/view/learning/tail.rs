//! The long tail: how many ratings each film has and each person gave, the most first, by powers of ten.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{LearningPage, Study, facts::Facts};
use crate::world::{
    display::{AxisSpan, Chart, ChartAxis, Scale, SeriesStyle, decade_ticks, nice_ticks},
    interaction::aim::Surface,
    scrub,
    ui::{
        canvas::{Canvas, LINE_DMM},
        palette,
        panel::Hanger,
        sheet::{self, from_left},
        tabs::{Leaf, on_page},
        type_size, words,
    },
};

/// The chart of ratings per film and per person.
const TAIL: Rect = Rect { min: vec2(64.0, 170.0), max: vec2(322.0, 282.0) };
/// Steps of the chart from one power of ten to the next.
const DECADE: f64 = 1000.0;
/// How many numbers the axis of counts has room for.
const COUNT_TICKS: usize = 4;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(LearningPage::Collect, (draw, read).chain()));
}

/// The curves of ratings per film and per person.
#[derive(Component)]
struct Tail;

/// What the curves are, or what they say where one points: where, that of films, that of people.
#[derive(Component)]
struct TailWords(usize);

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    let line = Node { column_gap: px(8), ..from_left(0.0, TAIL.min.y - LINE_DMM - 2.0) };
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line).with_children(|line| {
            let inks = [palette::INK_QUIET, palette::TRAIN, palette::TEST];
            for (part, ink) in inks.into_iter().enumerate() {
                let words = words::set("", type_size::CAPTION, FontWeight::NORMAL, ink);
                line.spawn((words, TextLayout::no_wrap(), TailWords(part)));
            }
        });
    });
    let size = leaf.metres(TAIL.size());
    let ranks = ChartAxis::new(AxisSpan::Fixed { low: 0.0, high: 1.0 });
    let mut counts = ranks;
    (counts.scale, counts.max_ticks) = (Scale::Logarithmic, COUNT_TICKS);
    hanger
        .commands
        .spawn((
            Name::new("Ratings per film and person"),
            Tail,
            Chart::new(size, ranks, counts)
                .with_series(SeriesStyle::line(palette::TRAIN))
                .with_series(SeriesStyle::line(palette::TEST)),
            Surface { size },
            leaf.place(TAIL),
            ChildOf(leaf.displays),
        ))
        .observe(scrub::point)
        .observe(scrub::leave);
}

fn draw(study: Res<Study>, mut charts: Query<&mut Chart, With<Tail>>) {
    let Some(facts) = study.0.as_ref().filter(|_| study.is_changed()) else {
        return;
    };
    for mut chart in &mut charts {
        draw_tail(&mut chart, facts);
    }
}

/// Both axes go by powers of ten: the first of thousands is as far from the tenth as that from the hundredth.
fn draw_tail(chart: &mut Chart, facts: &Facts) {
    let (ranks, counts) = tail_ends(facts);
    chart.clear();
    chart.x.span = AxisSpan::Fixed { low: 0.0, high: ranks };
    chart.y.span = AxisSpan::Fixed { low: 1.0, high: counts };
    for (series, counts) in [&facts.per_item, &facts.per_person].into_iter().enumerate() {
        let known = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        for (index, &count) in known {
            chart.push(series, place_of(index), count as f32);
        }
    }
}

/// The step of the chart that stands for a rank, counted from 0.
fn place_of(index: usize) -> u64 {
    (((index + 1) as f64).log10() * DECADE).round() as u64
}

/// The rank, counted from 0, that is nearest to a step of the chart.
fn rank_at(step: f64) -> usize {
    (10.0_f64.powf(step / DECADE).round() as usize).saturating_sub(1)
}

/// The last rank, in steps of the chart, and the greatest count, both with a little air.
fn tail_ends(facts: &Facts) -> (f64, f64) {
    let longest = facts.per_item.len().max(facts.per_person.len()).max(10);
    let most = facts.per_item.first().max(facts.per_person.first()).copied().unwrap_or(1);
    ((longest as f64).log10() * DECADE * 1.02, f64::from(most.max(10)) * 1.3)
}

pub(super) fn write_ticks(canvas: &mut Canvas, facts: &Facts) {
    let (ranks, counts) = tail_ends(facts);
    for step in nice_ticks(0.0, ranks, 6).into_iter().filter(|step| step % DECADE == 0.0) {
        let middle = TAIL.min.x + (step / ranks) as f32 * TAIL.width();
        let words = short(rank_at(step) as f64 + 1.0);
        canvas.middle(middle, TAIL.max.y + 2.0, words, palette::INK_QUIET);
    }
    canvas.line(0.0, TAIL.max.y + 2.0, say!("recommender-rank"), palette::INK_QUIET);
    // The first would stand in the way of the word below.
    for tick in decade_ticks(1.0, counts, COUNT_TICKS).into_iter().skip(1) {
        let place = (tick.log10() / counts.log10()) as f32;
        let middle = TAIL.max.y - place * TAIL.height();
        let left = TAIL.min.x - 8.0;
        canvas.number(left, middle - LINE_DMM / 2.0, short(tick), palette::INK_QUIET);
    }
}

/// A power of ten where there is little room.
fn short(value: f64) -> String {
    if value >= 1000.0 { format!("{:.0}k", value / 1000.0) } else { format!("{value:.0}") }
}

/// Reads both curves where one points.
fn read(
    study: Res<Study>,
    charts: Query<&Chart, (With<Tail>, Changed<Chart>)>,
    mut parts: Query<(&TailWords, &mut Text)>,
) {
    let (Some(facts), Ok(chart)) = (&study.0, charts.single()) else {
        return;
    };
    let wanted = match chart.pointed_step {
        Some(step) => tail_words(facts, rank_at(step)),
        None => [
            say!("recommender-ratings-of"),
            say!("recommender-films-3"),
            say!("recommender-people-2"),
        ]
        .map(str::to_owned),
    };
    for (part, text) in &mut parts {
        sheet::write(text, wanted[part.0].clone());
    }
}

fn tail_words(facts: &Facts, rank: usize) -> [String; 3] {
    let has = |counts: &[u32]| {
        counts.get(rank).map_or("–".to_owned(), |count| HumanCount(u64::from(*count)).to_string())
    };
    let number = HumanCount(rank as u64 + 1);
    [
        say!("recommender-no", number),
        say!("recommender-film", per_item = has(&facts.per_item)),
        say!("recommender-person-3", per_person = has(&facts.per_person)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};

    #[test]
    fn both_curves_are_read_at_a_rank() {
        let facts = Facts::of(&ratings());
        assert_eq!(tail_words(&facts, 0), ["No. 1:", "film 2,", "person 3"]);
        assert_eq!(tail_words(&facts, 2), ["No. 3:", "film 1,", "person –"]);
    }

    #[test]
    fn ranks_and_steps_are_inverse() {
        for rank in [0, 1, 9, 99, 500] {
            let back = rank_at(place_of(rank) as f64);
            assert!(back.abs_diff(rank) * 400 <= rank, "{rank} {back}");
        }
    }
}
