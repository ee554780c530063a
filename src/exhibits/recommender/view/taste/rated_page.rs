//! What the visitor rated: to be changed, taken back, begun anew, kept as a file, and sculpted on the map.

use bevy::prelude::*;

use super::{
    BoardSystems, between, column, keeping,
    news::{Catalogue, news},
    pager,
    rated_lines::{self, LINES, LinesOf, RatedLines},
    rating,
    tabs::{self, Open, TastePage},
    words as say,
};
use crate::{
    exhibits::recommender::view::attention::{Profile, Sculpting, TasteAttention},
    words::Word,
    world::ui::{
        controls::{Activate, ButtonKind, HalfNames, Offers, button, grow, offer, show},
        type_size, words,
    },
};

const RATING: rating::RatingControls =
    rating::RatingControls { stars: "rated-rate-stars", halves: &HALVES };
#[rustfmt::skip]
const HALVES: HalfNames = [
    "rated-rate-0.5", "rated-rate-1", "rated-rate-1.5", "rated-rate-2", "rated-rate-2.5",
    "rated-rate-3", "rated-rate-3.5", "rated-rate-4", "rated-rate-4.5", "rated-rate-5",
];
const ROWS: [&str; LINES] = ["rated-row-1", "rated-row-2", "rated-row-3", "rated-row-4"];
const SCULPTING: [(&str, Word, Sculpting); 3] = [
    ("sculpt-raise", key!("recommender-raise"), Sculpting::Raise),
    ("sculpt-lower", key!("recommender-lower"), Sculpting::Lower),
    ("sculpt-off", key!("recommender-off"), Sculpting::Off),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show_rated
            .run_if(news.or_eager(resource_changed::<Sculpting>).or_eager(rated_lines::leafed))
            .in_set(BoardSystems),
    );
}

/// The stars of the film that is chosen.
#[derive(Component, Clone, Copy, Debug)]
struct Strip;

/// A text of the page.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum RatedText {
    Standing,
    Chosen,
}

pub(super) fn write(page: &mut ChildSpawnerCommands) {
    page.spawn(between()).with_children(|line| {
        line.spawn(button("taste-find", say!("recommender-find-films"), ButtonKind::Small))
            .observe(tabs::open(TastePage::Find));
        pager::write(line, ["rated-back", "rated-on"], LINES, LinesOf(TastePage::Rated));
    });
    page.spawn((words::caption(""), TextLayout::no_wrap(), RatedText::Standing));
    rated_lines::write(page, TastePage::Rated, ROWS);
    page.spawn((Strip, column(0.0))).with_children(|strip| {
        strip.spawn((words::caption(""), TextLayout::no_wrap(), RatedText::Chosen));
        rating::write(strip, RATING, "rated-unrate");
    });
    page.spawn(Node { margin: UiRect::top(auto()), ..between() }).with_children(|line| {
        line.spawn(words::caption(say!("recommender-sculpt-on-the-map")));
        offer(line, &SCULPTING, grow, |wanted| {
            move |_: On<Activate>, mut now: ResMut<Sculpting>| _ = now.set_if_neq(wanted)
        });
    });
    page.spawn(Node { column_gap: px(type_size::GAP), ..between() }).with_children(|line| {
        keeping::write_profile_buttons(line);
        line.spawn(button("start-over", say!("recommender-start-over"), ButtonKind::Small))
            .observe(|_: On<Activate>, mut profile: ResMut<Profile>| {
                profile.entries.clear();
            });
    });
}

fn show_rated(
    open: Res<Open>,
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    sculpting: Res<Sculpting>,
    mut lines: RatedLines,
    mut texts: Query<(&RatedText, &mut Text)>,
    mut strips: Query<&mut Node, With<Strip>>,
    mut offers: Offers<Sculpting>,
) {
    if open.page != TastePage::Rated {
        return;
    }
    let ratings = &catalogue.ratings;
    let listed = rated_lines::listed(TastePage::Rated, ratings, &profile, attention.who);
    // The stars need the room of two lines.
    let per = if attention.chosen.is_some() { 2 } else { LINES };
    lines.show((TastePage::Rated, per), ratings, &listed, attention.chosen);
    for (says, mut text) in &mut texts {
        let wanted = match says {
            RatedText::Standing => {
                let nothing = say!("recommender-you-have-rated-nothing-yet");
                rated_lines::standing(&listed, catalogue.all, nothing)
            }
            RatedText::Chosen => {
                attention.chosen.map_or_else(String::new, |item| say::title_of(ratings, item))
            }
        };
        text.set_if_neq(Text(wanted));
    }
    for mut node in &mut strips {
        show(&mut node, attention.chosen.is_some());
    }
    offers.light(|offered| *offered == *sculpting);
}
