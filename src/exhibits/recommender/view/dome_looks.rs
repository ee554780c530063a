//! How each film looks on the dome: colour by genre, size by ratings, brightness by what is predicted for the person.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    attention::{Profile, TasteAttention, Who},
    dome::Films,
    dome_families::families_of_items,
};
use crate::{
    exhibits::recommender::payload::{Item, Ratings, StarScale, TasteAnswer, Together},
    world::{
        WorldSystems,
        display::{Cloud, Marks, PointLook},
        link::{ShownRun, ShownSnapshot},
    },
};

/// Sizes and brightnesses of 255 at least, so that every film can be found.
const LEAST_SIZE: f32 = 0.12;
const LEAST_BRIGHTNESS: f32 = 0.3;
/// How bright all films are before anything is predicted.
const UNKNOWN: f32 = 0.5;
/// What is left of a film that is filtered out.
const FILTERED: PointLook = PointLook { colour: 0, size: 26, brightness: 8, marks: Marks::NONE };

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        dress_films
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE)
            .after(super::dome::DomeSystems),
    );
}

/// The prediction that is almost dark; the most stars are the brightest.
pub(super) fn darkest(scale: StarScale) -> f32 {
    scale.low + (scale.high - scale.low) / 3.0
}

/// How bright a film with this prediction is, 0..=1.
fn brightness(stars: f32, scale: StarScale) -> f32 {
    let low = darkest(scale);
    let share = ((stars - low) / (scale.high - low).max(1e-6)).clamp(0.0, 1.0);
    LEAST_BRIGHTNESS + (1.0 - LEAST_BRIGHTNESS) * share
}

/// How large a film with so many ratings is, of which the largest has `most`, 0..=1.
pub(super) fn size(count: u32, most: u32) -> f32 {
    LEAST_SIZE.max((count as f32 / most.max(1) as f32).sqrt())
}

/// What is predicted for whoever is looked at, or for both together.
pub(super) fn predicted(answer: &TasteAnswer, item: usize) -> Option<f32> {
    let mut each = answer.people.iter().filter_map(|person| person.predicted.get(item).copied());
    let first = each.next()?;
    let Some(second) = each.next() else {
        return Some(first);
    };
    Some(match answer.asked.together {
        Together::LeastMisery => first.min(second),
        Together::Mean => f32::midpoint(first, second),
    })
}

/// What stays as it is for as long as the ratings are the same.
#[derive(Default)]
struct Wardrobe {
    of: Option<Arc<Ratings>>,
    looks: Vec<PointLook>,
}

impl Wardrobe {
    fn renew(&mut self, ratings: &Arc<Ratings>) {
        if self.of.as_ref().is_some_and(|known| Arc::ptr_eq(known, ratings)) {
            return;
        }
        let most = ratings.items.iter().map(|item| item.count).max().unwrap_or(1);
        let families = families_of_items(ratings);
        let of = |(item, colour): (&Item, u8)| PointLook {
            colour,
            size: in_255(size(item.count, most)),
            ..PointLook::default()
        };
        self.looks = ratings.items.iter().zip(families).map(of).collect();
        self.of = Some(ratings.clone());
    }
}

fn in_255(share: f32) -> u8 {
    (share * 255.0).round() as u8
}

fn dress_films(
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    films: Option<Single<Mut<Cloud>, With<Films>>>,
    mut wardrobe: Local<Wardrobe>,
    mut dressed_for: Local<Option<(TasteAttention, usize)>>,
) {
    let (Some(mut films), Some(ratings)) = (films, run.0.material::<Ratings>()) else {
        return;
    };
    // What is pointed at is lit by the cloud itself.
    let now = TasteAttention { pointed: None, ..attention.clone() };
    let same = dressed_for
        .as_ref()
        .is_some_and(|(known, items)| *known == now && *items == ratings.items.len());
    if same && !shown.is_changed() && !profile.is_changed() {
        return;
    }
    wardrobe.renew(ratings);
    let answer = shown.answer::<TasteAnswer>();
    let looks = looks(&wardrobe.looks, ratings, answer.map(Arc::as_ref), &now, &profile);
    films.bypass_change_detection().show_looks(&looks.into());
    *dressed_for = Some((now, ratings.items.len()));
}

/// How all films look now.
fn looks(
    plain: &[PointLook],
    ratings: &Ratings,
    answer: Option<&TasteAnswer>,
    attention: &TasteAttention,
    profile: &Profile,
) -> Vec<u32> {
    let all = attention.list.genres == 0
        && attention.list.years.is_none()
        && attention.list.least_ratings == 0;
    let mut looks: Vec<u32> = plain
        .iter()
        .zip(ratings.items.iter())
        .enumerate()
        .map(|(place, (plain, item))| {
            if !all && !attention.list.admits(item, item.count) {
                return FILTERED.word();
            }
            let stars = answer.and_then(|answer| predicted(answer, place));
            let bright = stars.map_or(UNKNOWN, |stars| brightness(stars, ratings.scale));
            PointLook { brightness: in_255(bright), ..*plain }.word()
        })
        .collect();
    let mut mark = |item: u32, marks: Marks| {
        if let (Some(word), Some(plain)) = (looks.get_mut(item as usize), plain.get(item as usize))
        {
            let [_, _, brightness, _] = word.to_le_bytes();
            *word = PointLook { brightness, marks, ..*plain }.word();
        }
    };
    for listed in answer.map_or(&[][..], |answer| &answer.list) {
        mark(listed.item, Marks::RING);
    }
    if [Some(attention.who), attention.with].contains(&Some(Who::You)) {
        profile.entries.iter().for_each(|entry| mark(entry.rated.item, Marks::DOUBLE_RING));
    }
    looks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::ListAsk;

    #[test]
    fn better_predictions_are_brighter_and_more_ratings_larger() {
        let scale = StarScale::default();
        assert_eq!(darkest(scale), 2.0);
        assert_eq!(brightness(1.0, scale), LEAST_BRIGHTNESS);
        assert_eq!(brightness(5.0, scale), 1.0);
        assert!(brightness(4.0, scale) > brightness(3.5, scale));
        assert_eq!(size(1, 400), LEAST_SIZE);
        assert_eq!(size(100, 400), 0.5);
    }

    #[test]
    fn filters_let_pass_what_the_list_may_have() {
        let item = Item { genres: 0b10, year: Some(1999), count: 12, ..Item::default() };
        let list = ListAsk::default();
        assert!(list.admits(&item, item.count));
        assert!(!ListAsk { genres: 0b101, ..list.clone() }.admits(&item, item.count));
        assert!(!ListAsk { years: Some(2000..=2010), ..list.clone() }.admits(&item, item.count));
        assert!(!ListAsk { least_ratings: 13, ..list.clone() }.admits(&item, item.count));
        let undated = Item { year: None, ..item };
        assert!(!ListAsk { years: Some(0..=3000), ..list }.admits(&undated, undated.count));
    }

    #[test]
    fn what_is_filtered_out_is_almost_dark_and_what_was_rated_is_marked() {
        let ratings = Ratings {
            items: vec![Item { count: 1, ..Item::default() }, Item { count: 9, ..Item::default() }]
                .into(),
            ..Ratings::default()
        };
        let mut wardrobe = Wardrobe::default();
        wardrobe.renew(&Arc::new(ratings.clone()));
        let mut attention = TasteAttention { who: Who::You, ..TasteAttention::default() };
        attention.list.least_ratings = 5;
        let mut profile = Profile::default();
        profile.rate(1, 5.0, false);
        let looks = looks(&wardrobe.looks, &ratings, None, &attention, &profile);
        assert_eq!(looks[0], FILTERED.word());
        let rated = PointLook {
            size: 255,
            brightness: in_255(UNKNOWN),
            marks: Marks::DOUBLE_RING,
            ..wardrobe.looks[1]
        };
        assert_eq!(looks[1], rated.word());
    }
}
