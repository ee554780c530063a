//! The second page: all features by how much they tell of the label, each to be taken in or left out.

use bevy::{prelude::*, ui::Checked};

use super::{StepPage, chips::chips};
use crate::{
    exhibits::logistic::{
        payload::{Feature, FeatureUse, Table, TableSettings},
        view::{
            board::prepare::Examined,
            same::Same,
            stepper::{Stepped, StepperSystems, StepperWords, stepper},
            wanted::{SettingWish, Wanted, is_wanted, toggle},
        },
    },
    words::{Word, of_table},
    world::{
        link::ShownRun,
        ui::{
            controls::{Activate, Entry, Lines, Offers, entry, mark, offer},
            palette,
            panel::Hanger,
            sheet::from_left,
            tabs::{Leaf, line_at, on_page},
            type_size,
        },
    },
};

/// Rows of a page of the list, by their stable names.
const ROWS: [&str; 4] = ["feature-row-1", "feature-row-2", "feature-row-3", "feature-row-4"];
/// So many features are listed.
const MOST_LISTED: usize = 200;
/// The longest bar under a score, in dmm.
const BAR_DMM: Vec2 = vec2(220.0, 8.0);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Ranking>().add_systems(
        Update,
        on_page(StepPage::Features, (write_rows, light_scores)).in_set(StepperSystems),
    );
}

/// What features are ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Score {
    /// Mutual information with the label.
    #[default]
    Information,
    /// F of the analysis of variance.
    AnovaF,
}

const SCORES: [(&str, Word, Score); 2] = [
    ("rank-information", Word::plain("MI"), Score::Information),
    ("rank-f", Word::plain("F"), Score::AnovaF),
];

impl Score {
    fn of(self, feature: &Feature) -> f64 {
        match self {
            Self::Information => feature.information,
            Self::AnovaF => feature.anova_f,
        }
    }

    fn words(self, value: f64) -> String {
        match self {
            Self::Information => format!("{value:.3} nats"),
            Self::AnovaF => format!("F {value:.1}"),
        }
    }
}

/// Which part of which ranking is shown.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ranking {
    by: Score,
    first: usize,
}

/// A row of the page, from the top.
#[derive(Component)]
struct FeatureRow(usize);

/// The bar under the score of a row.
#[derive(Component)]
struct Bar(usize);

/// What leafs through the list.
#[derive(Component)]
struct Leafs;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line_at(0.0)).with_children(|line| {
            stepper(line, ["features-back", "features-on"], 132.0, Leafs).observe(turn);
            let plain = |_: &mut Node| {};
            offer(line, &SCORES, plain, |by| {
                move |_: On<Activate>, mut ranking: ResMut<Ranking>| {
                    ranking.set_if_neq(Ranking { by, first: 0 });
                }
            });
            chips(
                line,
                "",
                0.0,
                &[("wish-automatic", key!("logistic-automatic"), SettingWish::ProgramsChoice)],
            );
        });
        let list = Node {
            width: percent(100),
            flex_direction: FlexDirection::Column,
            row_gap: px(9),
            ..from_left(0.0, type_size::ROW + 9.0)
        };
        page.spawn(list).with_children(|list| {
            for (place, name) in ROWS.into_iter().enumerate() {
                list.spawn((entry(name, Lines::Two), FeatureRow(place))).observe(press).with_child(
                    (
                        Bar(place),
                        Pickable::IGNORE,
                        Node {
                            position_type: PositionType::Absolute,
                            right: px(12),
                            bottom: px(8),
                            width: px(0),
                            height: px(BAR_DMM.y),
                            border_radius: BorderRadius::MAX,
                            ..default()
                        },
                        BackgroundColor(palette::ACCENT),
                    ),
                );
            }
        });
    });
}

/// The places of the features, the most telling first; of thousands only the first, which nobody leafs through.
fn ranked(table: &Table, by: Score) -> Vec<usize> {
    let score = |place: &usize| table.features.get(*place).map_or(0.0, |known| by.of(known));
    let mut ranked: Vec<usize> = (0..table.features.len()).collect();
    ranked.sort_by(|a, b| score(b).total_cmp(&score(a)));
    ranked.truncate(MOST_LISTED);
    ranked
}

/// Which of the features are shown.
fn leaf_words(first: usize, listed: usize, all: usize) -> String {
    let end = (first + ROWS.len()).min(listed);
    let of = if listed < all { say!("logistic-the-best", listed) } else { listed.to_string() };
    say!("logistic-of", first = first + 1, end, of)
}

fn turn(stepped: On<Stepped>, run: Res<ShownRun>, mut ranking: ResMut<Ranking>) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let listed = table.features.len().min(MOST_LISTED);
    let last = listed.saturating_sub(1) / ROWS.len() * ROWS.len();
    ranking.first = if stepped.on {
        (ranking.first + ROWS.len()).min(last)
    } else {
        ranking.first.saturating_sub(ROWS.len())
    };
}

fn press(
    press: On<Activate>,
    rows: Query<&FeatureRow>,
    run: Res<ShownRun>,
    ranking: Res<Ranking>,
    mut wanted: ResMut<Wanted>,
    mut examined: ResMut<Examined>,
) {
    let (Ok(row), Some(table)) = (rows.get(press.entity), run.0.material::<Table>()) else {
        return;
    };
    if let Some(feature) = ranked(table, ranking.by).get(ranking.first + row.0) {
        toggle(&mut wanted.0, table, *feature);
        // The page before shows how it is spread.
        examined.set_if_neq(Examined(*feature));
    }
}

fn light_scores(ranking: Res<Ranking>, mut scores: Offers<Score>) {
    if ranking.is_changed() || scores.are_new() {
        scores.light(|by| *by == ranking.by);
    }
}

fn write_rows(
    run: Res<ShownRun>,
    wanted: Res<Wanted>,
    ranking: Res<Ranking>,
    mut rows: Query<(Entity, &FeatureRow, &mut Entry, Has<Checked>)>,
    mut bars: Query<(&Bar, &mut Node)>,
    mut steppers: Query<&mut StepperWords, With<Leafs>>,
    mut last: Local<Option<(Same<Table>, TableSettings, Ranking)>>,
    mut commands: Commands,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let now = (Same::of(Some(table)), wanted.0.clone(), *ranking);
    if last.as_ref() == Some(&now) {
        return;
    }
    *last = Some(now);
    let ranked = ranked(table, ranking.by);
    let of = |row: usize| {
        let place = *ranked.get(ranking.first + row)?;
        Some((place, table.features.get(place)?))
    };
    for (entity, row, mut entry, checked) in &mut rows {
        let (said, used) = of(row.0).map_or_else(
            || (Entry::default(), false),
            |(place, feature)| {
                let used = is_wanted(&wanted.0, table, place);
                let note = standing_words(table, feature, used);
                let figure = ranking.by.words(ranking.by.of(feature));
                (Entry { words: of_table(&feature.name).into_owned(), note, figure }, used)
            },
        );
        entry.set_if_neq(said);
        mark::<Checked>(&mut commands, entity, checked, used);
    }
    let most = ranked.first().and_then(|place| table.features.get(*place));
    let most = most.map_or(1.0, |feature| ranking.by.of(feature)).max(f64::MIN_POSITIVE);
    for (bar, mut node) in &mut bars {
        let share = of(bar.0).map_or(0.0, |(_, feature)| ranking.by.of(feature) / most);
        node.width = px(BAR_DMM.x * share.clamp(0.0, 1.0) as f32);
    }
    for mut words in &mut steppers {
        let all = table.features.len();
        words.set_if_neq(StepperWords(leaf_words(ranking.first, ranked.len(), all)));
    }
}

/// Whether a feature is used, and if not, why.
fn standing_words(table: &Table, feature: &Feature, wanted: bool) -> String {
    match feature.standing {
        FeatureUse::Used if wanted => say!("logistic-used").to_owned(),
        FeatureUse::Used => say!("logistic-to-be-left-out").to_owned(),
        _ if wanted => say!("logistic-to-be-used").to_owned(),
        FeatureUse::Constant => say!("logistic-the-same-in-all-rows").to_owned(),
        FeatureUse::Correlated { with, r } => {
            let other = table.features.get(with).map_or("?".into(), |other| of_table(&other.name));
            say!("logistic-r-with", r = format_args!("{:.2}", r), other).replace('-', "−")
        }
        FeatureUse::LeftOut => say!("logistic-left-out-by-you").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::table, *};

    #[test]
    fn features_are_ranked_by_either_score() {
        let table = table();
        assert_eq!(ranked(&table, Score::Information), [1, 0, 2]);
        assert_eq!(ranked(&table, Score::AnovaF), [0, 1, 2]);
    }

    #[test]
    fn of_thousands_the_best_are_listed() {
        let table = table();
        let features = (0..7129).map(|at| {
            let information = f64::from(at % 1000);
            Feature { information, ..table.features[0].clone() }
        });
        let wide = Table { features: features.collect(), ..(*table).clone() };
        let ranked = ranked(&wide, Score::Information);
        assert_eq!((ranked.len(), ranked[0]), (MOST_LISTED, 999));
        assert_eq!(leaf_words(196, 200, 7129), "197–200 of the best 200");
        assert_eq!(leaf_words(28, 30, 30), "29–30 of 30");
    }

    #[test]
    fn why_a_feature_is_not_used_is_said() {
        let table = table();
        let words =
            |feature: usize, wanted| standing_words(&table, &table.features[feature], wanted);
        assert_eq!(words(0, true), "used; press to leave it out");
        assert_eq!(words(0, false), "to be left out");
        assert_eq!(words(2, false), "r = −0.99 with radius");
        assert_eq!(words(2, true), "to be used");
    }
}
