//! Families of genres: the few colours that the map of films can tell apart.

use bevy::prelude::*;

use crate::{exhibits::recommender::payload::Ratings, words::Word, world::ui::palette};

/// Genres that share a colour.
pub(super) struct Family {
    /// In words.
    pub name: Word,
    pub colour: Color,
    /// The genres of it, as the data call them; without regard to upper and lower case.
    genres: &'static [&'static str],
}

/// The most particular first: of several genres of a film, the one of the earlier family gives the colour.
///
/// A family is called by its best known genre, since a legend over the boards has room for no more; what belongs
/// nowhere else is of the last.
pub(super) const FAMILIES: [Family; 8] = [
    Family {
        name: key!("recommender-animation"),
        colour: palette::GENRE_CHILDREN,
        genres: &["Animation", "Children", "Children's"],
    },
    Family {
        name: key!("recommender-sci-fi"),
        colour: palette::GENRE_FANTASY,
        genres: &["Sci-Fi", "Fantasy", "Science Fiction"],
    },
    Family {
        name: key!("recommender-thriller"),
        colour: palette::GENRE_THRILLER,
        genres: &["Horror", "Thriller", "Crime", "Mystery", "Film-Noir"],
    },
    Family {
        name: key!("recommender-romance"),
        colour: palette::GENRE_ROMANCE,
        genres: &["Romance", "Musical", "Music"],
    },
    Family {
        name: key!("recommender-action"),
        colour: palette::GENRE_ACTION,
        genres: &["Action", "Adventure", "War", "Western"],
    },
    Family { name: key!("recommender-comedy"), colour: palette::GENRE_COMEDY, genres: &["Comedy"] },
    Family { name: key!("recommender-drama"), colour: palette::GENRE_DRAMA, genres: &["Drama"] },
    Family { name: key!("recommender-other"), colour: palette::GENRE_OTHER, genres: &[] },
];

/// The place in [`FAMILIES`] of each genre of the data.
fn families_of_genres(ratings: &Ratings) -> Vec<usize> {
    let is_in = |family: &Family, genre: &str| {
        family.genres.iter().any(|known| known.eq_ignore_ascii_case(genre))
    };
    ratings
        .genres
        .iter()
        .map(|genre| FAMILIES.iter().position(|family| is_in(family, genre)))
        .map(|found| found.unwrap_or(FAMILIES.len() - 1))
        .collect()
}

/// The place in [`FAMILIES`] of each item.
pub(super) fn families_of_items(ratings: &Ratings) -> Vec<u8> {
    let of_genres = families_of_genres(ratings);
    let of = |place: usize| of_genres.get(place).copied();
    let items = ratings.items.iter();
    items
        .map(|item| item.genre_places().filter_map(of).min().unwrap_or(FAMILIES.len() - 1) as u8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exhibits::recommender::payload::Item;

    #[test]
    fn the_most_particular_genre_gives_the_family() {
        let genres = ["Adventure", "Comedy", "Children's", "IMAX", "drama"];
        let item = |genres: u64| Item { genres, ..Item::default() };
        let ratings = Ratings {
            genres: genres.map(str::to_owned).into(),
            items: vec![item(0b111), item(0b10010), item(0b1000), item(0), item(0b11000)].into(),
            ..Ratings::default()
        };
        let names: Vec<&str> = families_of_items(&ratings)
            .into_iter()
            .map(|family| FAMILIES[usize::from(family)].name.text())
            .collect();
        let other = "Other";
        assert_eq!(names, ["Animation", "Comedy", other, other, "Drama"]);
    }

    /// What is left of a colour for whoever lacks one kind of cones: Viénot, Brettel and Mollon 1999, in linear light.
    fn seen_without(cones: [[f32; 3]; 3], colour: Color) -> Oklaba {
        let linear = colour.to_linear();
        let rgb = [linear.red, linear.green, linear.blue];
        let [red, green, blue] =
            cones.map(|row| row.iter().zip(rgb).map(|(share, light)| share * light).sum::<f32>());
        LinearRgba { red, green, blue, alpha: 1.0 }.into()
    }

    #[test]
    fn families_can_be_told_apart_with_any_cones() {
        let all = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        let protan = [[0.112, 0.888, 0.0], [0.112, 0.888, 0.0], [0.004, -0.004, 1.0]];
        let deutan = [[0.293, 0.707, 0.0], [0.293, 0.707, 0.0], [-0.021, 0.021, 1.0]];
        for (cones, least) in [(all, 0.09), (protan, 0.05), (deutan, 0.05)] {
            for (place, one) in FAMILIES.iter().enumerate() {
                for other in &FAMILIES[place + 1..] {
                    let [a, b] = [one, other].map(|family| seen_without(cones, family.colour));
                    let apart = Vec3::new(a.lightness - b.lightness, a.a - b.a, a.b - b.b).length();
                    assert!(apart > least, "{} and {}: {apart}", one.name, other.name);
                }
            }
        }
    }
}
