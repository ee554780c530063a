//! The third page: films by decade and by genre, and what the chosen person likes by genre.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    LearningPage, Study,
    facts::{Facts, Group, Liking, signed},
    person::Rating,
};
use crate::{
    exhibits::recommender::view::attention::{Profile, TasteAttention},
    words::{Word, of_table},
    world::ui::{
        canvas::{BarRow, Canvas, LINE_DMM, ROW_DMM, Rows},
        controls::{Activate, Offers, offer},
        palette,
        panel::Hanger,
        sheet::from_left,
        tabs::{Leaf, Writer, on_page},
        type_size,
        words::shortened,
    },
};

/// The decades, one under the other.
const DECADES: Rows = Rows { left: 0.0, right: 600.0, top: 62.0, label: 120.0, value: 250.0 };
/// Genres stand in two columns, each with its left and right end, and so many to a column.
const COLUMNS: [(f32, f32); 2] = [(0.0, 296.0), (304.0, 600.0)];
const GENRES_PER_COLUMN: usize = 10;
/// There is room for so many genres.
const ROOM: usize = GENRES_PER_COLUMN * COLUMNS.len();
/// The top of the first genre.
const TOP: f32 = 62.0;
/// Where the words below the genres stand.
const BELOW: f32 = 364.0;
/// What the last number of a genre takes, in dmm.
const LAST_DMM: f32 = 78.0;
/// A name of a genre has room for so many letters.
const NAME_LETTERS: usize = 11;
/// How strongly bars stand behind the words before them.
const BEHIND: f32 = 0.42;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<FilmsView>()
        .add_systems(Update, on_page(LearningPage::Films, (mark_choice, draw).chain()));
}

/// What the page shows of the films.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FilmsView {
    #[default]
    Decades,
    Genres,
    Liking,
}

const VIEWS: [(&str, Word, FilmsView); 3] = [
    ("learning-films-decades", key!("recommender-decades"), FilmsView::Decades),
    ("learning-films-genres", key!("recommender-genres"), FilmsView::Genres),
    ("learning-films-liking", key!("recommender-liking"), FilmsView::Liking),
];

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        let line = Node { column_gap: px(type_size::GAP), ..from_left(0.0, 0.0) };
        page.spawn(line).with_children(|line| {
            // The words beside them need room too.
            let dress = |node: &mut Node| node.padding = UiRect::horizontal(px(8));
            offer(line, &VIEWS, dress, |wanted| {
                move |_: On<Activate>, mut view: ResMut<FilmsView>| _ = view.set_if_neq(wanted)
            });
        });
    });
}

fn mark_choice(view: Res<FilmsView>, mut offers: Offers<FilmsView>) {
    if view.is_changed() || offers.are_new() {
        offers.light(|offered| *offered == *view);
    }
}

fn draw(
    study: Res<Study>,
    view: Res<FilmsView>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    mut told: Local<Rating>,
    mut pages: Writer<LearningPage>,
) {
    let Some(facts) = &study.0 else {
        return;
    };
    let mut news = study.is_changed() || view.is_changed();
    if *view == FilmsView::Liking && (news || attention.is_changed() || profile.is_changed()) {
        let rating = Rating::of(attention.who, &facts.ratings, &profile);
        news |= *told != rating;
        *told = rating;
    }
    if !news {
        return;
    }
    pages.rewrite(LearningPage::Films, |canvas| match *view {
        FilmsView::Decades => write_decades(canvas, facts),
        FilmsView::Genres => write_genres(canvas, facts),
        FilmsView::Liking => write_likings(canvas, facts, &told),
    });
}

fn write_decades(canvas: &mut Canvas, facts: &Facts) {
    canvas.number(600.0, 5.0, say!("recommender-films-mean-stars"), palette::INK_QUIET);
    let most = facts.decades.iter().map(|group| group.films).max().unwrap_or(0).max(1);
    let rows: Vec<BarRow> = facts
        .decades
        .iter()
        .map(|group| BarRow {
            label: group.name.clone(),
            bars: vec![(group.films as f32 / most as f32, palette::TRAIN)],
            value: say!(
                "recommender-films",
                films = HumanCount(group.films as u64),
                group = mean_words(group)
            ),
        })
        .collect();
    canvas.rows(DECADES, &rows);
}

fn mean_words(group: &Group) -> String {
    group.mean().map_or_else(|| "–".to_owned(), |mean| format!("{mean:.2}"))
}

fn write_genres(canvas: &mut Canvas, facts: &Facts) {
    canvas.number(600.0, 5.0, say!("recommender-films-mean-stars"), palette::INK_QUIET);
    let mut genres: Vec<&Group> = facts.genres.iter().filter(|genre| genre.films > 0).collect();
    genres.sort_by_key(|genre| std::cmp::Reverse(genre.films));
    let most = genres.first().map_or(1, |genre| genre.films);
    for (index, genre) in genres.iter().take(ROOM).enumerate() {
        let numbers = [HumanCount(genre.films as u64).to_string(), mean_words(genre)];
        let share = genre.films as f32 / most as f32;
        write_genre(canvas, index, &of_table(&genre.name), (share, palette::TRAIN), numbers);
    }
    if genres.len() > ROOM {
        let words =
            say!("recommender-the-largest-of-genres", room = ROOM, genres_count = genres.len());
        canvas.line(0.0, BELOW, words, palette::INK_QUIET);
    }
}

fn write_likings(canvas: &mut Canvas, facts: &Facts, rating: &Rating) {
    canvas.number(600.0, 5.0, rating.name.clone(), palette::INK);
    let likings = facts.likings(&rating.rated);
    let sizes = likings.iter().map(|liking| liking.more.abs());
    let most = sizes.fold(f64::MIN_POSITIVE, f64::max);
    let all = likings.len();
    for (index, liking) in ends_of(likings).iter().enumerate() {
        let ink = if liking.more < 0.0 { palette::TRAIN } else { palette::TEST };
        let bar = ((liking.more.abs() / most) as f32, ink);
        write_genre(canvas, index, &of_table(&liking.genre), bar, liking_numbers(liking));
    }
    let below = if all > ROOM {
        say!("recommender-stars-against-all-ratings-of", room = ROOM, all)
    } else {
        say!("recommender-stars-more-or-less-than").to_owned()
    };
    canvas.line(0.0, BELOW, below, palette::INK_QUIET);
}

/// As many as there is room for, from the most to the least liked; what is in between goes first.
fn ends_of(mut likings: Vec<Liking>) -> Vec<Liking> {
    if likings.len() > ROOM {
        likings.drain(ROOM / 2..likings.len() - ROOM / 2);
    }
    likings
}

fn liking_numbers(liking: &Liking) -> [String; 2] {
    [signed(liking.more), HumanCount(liking.ratings as u64).to_string()]
}

/// A genre at its place: its name and a number before a bar, and a second number beside it.
fn write_genre(
    canvas: &mut Canvas,
    index: usize,
    name: &str,
    (share, ink): (f32, Color),
    [first, second]: [String; 2],
) {
    let (left, right) = COLUMNS[index / GENRES_PER_COLUMN];
    let top = TOP + (index % GENRES_PER_COLUMN) as f32 * ROW_DMM;
    let end = left + share.clamp(0.0, 1.0) * (right - LAST_DMM + 4.0 - left);
    canvas.bar(Rect::new(left, top + 2.0, end, top + ROW_DMM - 2.0), ink.with_alpha(BEHIND));
    let words = top + (ROW_DMM - LINE_DMM) / 2.0;
    canvas.line(left + 3.0, words, shortened(name, NAME_LETTERS), palette::INK);
    canvas.number(right - LAST_DMM, words, first, palette::INK);
    canvas.number(right - 4.0, words, second, palette::INK_QUIET);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn liking(more: f64) -> Liking {
        Liking { genre: "War".to_owned(), more, ratings: 1200 }
    }

    #[test]
    fn the_most_and_the_least_liked_are_kept() {
        let ends = ends_of((0..34).map(|rank| liking(-f64::from(rank))).collect());
        assert_eq!((ends.len(), ends[9].more, ends[10].more), (ROOM, -9.0, -24.0));
        assert_eq!(ends_of(vec![liking(1.0)]).len(), 1);
    }

    #[test]
    fn a_liking_has_its_sign_and_its_count() {
        assert_eq!(liking_numbers(&liking(-0.418)), ["−0.42".to_owned(), "1,200".to_owned()]);
    }
}
