//! The fourth page, lower half: the rating that was learned last, worked through the update rule.

use bevy::prelude::*;

use super::{
    LearningPage,
    facts::{signed, stars_words},
};
use crate::{
    exhibits::recommender::{LAST_RATING, REGULARISATION, payload::Ratings},
    history::Run,
    stream::{Stage, Step},
    words::Word,
    world::{
        link::{ShownRun, ShownSnapshot},
        timeline::Timeline,
        ui::{
            palette,
            panel::Hanger,
            sheet::{self, from_left},
            tabs::{Leaf, on_page},
            type_size,
            words::{self, shortened},
        },
    },
};

/// The top of the first line, and from one to the next, in dmm.
const TOP_DMM: f32 = 238.0;
const PITCH_DMM: f32 = 31.0;
/// A line has room for about so many letters.
const LETTERS: usize = 43;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(LearningPage::Train, write_rule.run_if(sheet::seldom())));
}

/// A line of the rule, from the top.
#[derive(Component)]
struct RuleText(usize);

/// What a rating did: who, what, how many stars, and what was predicted before.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Learned {
    person: usize,
    item: usize,
    stars: f32,
    predicted: f32,
    error: f32,
}

impl Learned {
    /// As [`LAST_RATING`] tells it.
    fn of(values: &[f32]) -> Option<Self> {
        let &[person, item, stars, predicted, error] = values else {
            return None;
        };
        Some(Self { person: person as usize, item: item as usize, stars, predicted, error })
    }
}

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        for line in 0..5 {
            let ink = if line < 2 { palette::INK } else { palette::INK_QUIET };
            let words = words::set("", type_size::CAPTION, FontWeight::NORMAL, ink);
            let place = from_left(0.0, TOP_DMM + line as f32 * PITCH_DMM);
            page.spawn((words, TextLayout::no_wrap(), place, RuleText(line)));
        }
    });
}

fn write_rule(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    timeline: Res<Timeline>,
    mut lines: Query<(&RuleText, &mut Text)>,
) {
    let Some(ratings) = run.0.material::<Ratings>() else {
        return;
    };
    let learned = shown.layer(LAST_RATING).and_then(|layer| Learned::of(&layer.values));
    let rates = rates(&run.0, timeline.shown_step(&run.0));
    let [first, second] = example_words(ratings, learned);
    let [bias, person, item] = rule_words(&rates);
    let all = [first, second, bias, person, item];
    for (line, text) in &mut lines {
        sheet::write(text, all.get(line.0).cloned().unwrap_or_default());
    }
}

/// Learning rate and regularisation as they are, or their letters where they are not told.
fn rates(run: &Run, step: Step) -> [String; 2] {
    let started = run.started().map(|started| started.learning_rate);
    let rate = run.scalars().learning_rate_at(step).or(started);
    let build = run.stages().iter().find(|stage| stage.stage == Stage::Build);
    let fact = build.and_then(|stage| stage.facts.iter().find(|fact| fact.name.is(REGULARISATION)));
    let weight = fact.and_then(|fact| {
        fact.value.to_string().split_whitespace().find_map(|word| word.parse().ok())
    });
    let or_letter = |value: Option<f64>, letter: &str| {
        value.map_or_else(|| letter.to_owned(), |value| value.to_string())
    };
    [or_letter(rate, "α"), or_letter(weight, "λ")]
}

/// The last rating and its error, r less what the model predicts for it.
fn example_words(ratings: &Ratings, learned: Option<Learned>) -> [String; 2] {
    const SUM: Word = key!("recommender-r-b-b-q-p");
    let told = learned.and_then(|learned| {
        let person = ratings.people.get(learned.person)?;
        Some((learned, person, &ratings.items.get(learned.item)?.title))
    });
    let Some((learned, person, title)) = told else {
        return [String::new(), format!("{SUM}, e = r − r̂")];
    };
    let (before, after) = (
        say!("recommender-person-gave", person),
        format!(" r = {}", stars_words(ratings.scale, learned.stars)),
    );
    let room = LETTERS.saturating_sub(before.chars().count() + after.chars().count());
    let error = signed(f64::from(learned.error));
    [
        format!("{before}{}{after}", shortened(title, room)),
        format!("{SUM} = {:.2}, e = {error}", learned.predicted),
    ]
}

/// What one rating changes: both biases, and the factors of the person and of the film.
fn rule_words([rate, weight]: &[String; 2]) -> [String; 3] {
    [
        say!("recommender-b-b-e-b-b", rate, weight),
        say!("recommender-p-p-e-q-p", rate, weight),
        say!("recommender-q-q-e-p-q", rate, weight),
    ]
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ratings, *};
    use crate::stream::{Fact, Report, StageReport, Started};

    #[test]
    fn the_last_rating_is_worked_through() {
        let ratings = ratings();
        let learned = Learned::of(&[1.0, 0.0, 3.5, 3.91, -0.41]);
        let [first, second] = example_words(&ratings, learned);
        assert_eq!(first, "Person 8 gave  r = 3.5");
        assert_eq!(second, "r̂ = μ + bᵤ + bᵢ + qᵢ·pᵤ = 3.91, e = −0.41");
        assert_eq!(Learned::of(&[]), None);
        assert_eq!(example_words(&ratings, None)[0], "");
    }

    #[test]
    fn the_rule_has_the_numbers_of_the_run() {
        let mut run = Run::new(0);
        assert_eq!(rates(&run, Step(0)), ["α", "λ"]);
        let fact = Fact::new(REGULARISATION, "0.02");
        run.take(Report::Started(Started { learning_rate: 0.005, ..Started::example() }));
        run.take(Report::Stage(StageReport { stage: Stage::Build, done: true, facts: vec![fact] }));
        let [bias, ..] = rule_words(&rates(&run, Step(0)));
        assert_eq!(bias, "bᵤ ← bᵤ + 0.005 (e − 0.02 bᵤ), bᵢ alike");
    }
}
