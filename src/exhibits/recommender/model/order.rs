//! Ratings in the order in which they are learned: those of a person together, in the order of the file.

use crate::exhibits::recommender::payload::Ratings;

/// Some ratings, borrowed from whoever holds them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order<'a> {
    /// Where the ratings of each person begin, with the end of the last: people + 1 numbers.
    pub(super) starts: &'a [usize],
    /// The item of each rating.
    pub(super) rated: &'a [u32],
    /// The stars of each rating.
    pub(super) stars: &'a [f32],
}

/// Some ratings of one's own.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    starts: Vec<usize>,
    rated: Vec<u32>,
    stars: Vec<f32>,
}

impl<'a> Order<'a> {
    /// All of them.
    pub(super) fn of(ratings: &'a Ratings) -> Self {
        Self { starts: &ratings.starts, rated: &ratings.rated, stars: &ratings.stars }
    }

    /// How many people there are.
    pub(super) fn people(self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many ratings there are.
    pub(super) fn len(self) -> usize {
        self.stars.len()
    }

    /// The mean rating, in stars; 0 without any.
    pub(super) fn mean(self) -> f64 {
        let sum: f64 = self.stars.iter().map(|&stars| f64::from(stars)).sum();
        sum / self.len().max(1) as f64
    }

    /// Who gave the rating at a place.
    pub(super) fn person_at(self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at).saturating_sub(1)
    }

    /// The items and stars of one person.
    pub(super) fn of_person(self, person: usize) -> (&'a [u32], &'a [f32]) {
        let range = self.starts[person]..self.starts[person + 1];
        (&self.rated[range.clone()], &self.stars[range])
    }
}

impl Drawn {
    /// The ratings at these places: a person's come together, in the order of the places.
    pub(super) fn new(order: Order<'_>, places: impl Iterator<Item = usize> + Clone) -> Self {
        let mut starts = vec![0; order.people() + 1];
        for place in places.clone() {
            starts[order.person_at(place) + 1] += 1;
        }
        for person in 1..starts.len() {
            starts[person] += starts[person - 1];
        }
        let count = starts.last().copied().unwrap_or(0);
        let (mut rated, mut stars, mut next) = (vec![0; count], vec![0.0; count], starts.clone());
        for place in places {
            let next = &mut next[order.person_at(place)];
            (rated[*next], stars[*next]) = (order.rated[place], order.stars[place]);
            *next += 1;
        }
        Self { starts, rated, stars }
    }

    /// Lent to whoever learns or is judged.
    pub(super) fn order(&self) -> Order<'_> {
        Order { starts: &self.starts, rated: &self.rated, stars: &self.stars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_place_and_keep_what_is_drawn() {
        let order = Order {
            starts: &[0, 2, 2, 5],
            rated: &[4, 1, 0, 2, 3],
            stars: &[1.0, 2.0, 3.0, 4.0, 5.0],
        };
        for (at, person) in [(0, 0), (1, 0), (2, 2), (4, 2)] {
            assert_eq!(order.person_at(at), person, "{at}");
        }
        let drawn = Drawn::new(order, [4, 1, 2, 0].into_iter());
        let order = drawn.order();
        assert_eq!((order.people(), order.len(), order.mean()), (3, 4, 2.75));
        assert_eq!(order.of_person(2), ([3, 0].as_slice(), [5.0, 3.0].as_slice()));
        assert!(order.of_person(1).0.is_empty());
    }
}
