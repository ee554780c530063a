//! Puts ratings in order, person by person, and counts what each item got.

use std::sync::Arc;

use crate::exhibits::recommender::data::ratings::Gathered;

/// In place of a rating that another one for the same item came after.
const REPLACED: u32 = u32::MAX;

/// Ratings person by person, as [`Ratings`](crate::exhibits::recommender::payload::Ratings) holds them.
#[derive(Debug)]
pub(super) struct Arranged {
    pub(super) starts: Vec<usize>,
    pub(super) rated: Arc<[u32]>,
    pub(super) stars: Arc<[f32]>,
    pub(super) times: Arc<[i64]>,
    /// How many ratings were replaced by later ones of the same person for the same item.
    pub(super) replaced: usize,
    /// How many ratings each item has.
    pub(super) counts: Vec<u32>,
    /// Their mean, in stars.
    pub(super) means: Vec<f32>,
}

/// Arranges the ratings of a file; its columns are used up one by one, for they are what fills the memory.
pub(super) fn arrange(gathered: &mut Gathered) -> Arranged {
    let (people, items) = (gathered.people.names.len(), gathered.items.names.len());
    let (mut order, mut starts) = by_person(&std::mem::take(&mut gathered.of), people);
    let replaced = drop_replaced(&mut order, &mut starts, gathered, items);
    let rated = in_order(&order, std::mem::take(&mut gathered.rated));
    let stars = in_order(&order, std::mem::take(&mut gathered.stars));
    let times = std::mem::take(&mut gathered.times);
    let times = if times.is_empty() { Arc::default() } else { in_order(&order, times) };
    let (counts, means) = counts_and_means(&rated, &stars, items);
    Arranged { starts, rated, stars, times, replaced, counts, means }
}

/// Where in the file the ratings of each person are, and where each person begins in this list.
fn by_person(of: &[u32], people: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; people + 1];
    for &person in of {
        starts[person as usize + 1] += 1;
    }
    for person in 0..people {
        starts[person + 1] += starts[person];
    }
    let mut next = starts.clone();
    let mut order = vec![0; of.len()];
    for (&person, at) in of.iter().zip(0..) {
        let place = &mut next[person as usize];
        order[*place] = at;
        *place += 1;
    }
    (order, starts)
}

/// Leaves out each rating that its person gave anew later, by its time or, where that is the same or not known, by its
/// place in the file; says how many there were.
fn drop_replaced(
    order: &mut Vec<u32>,
    starts: &mut [usize],
    gathered: &Gathered,
    items: usize,
) -> usize {
    let time = |at: u32| gathered.times.get(at as usize);
    let before = order.len();
    // Where in `order` each item was last seen, from 1; what was seen before the person's start is someone else's.
    let mut seen = vec![0_usize; items];
    for person in starts.windows(2) {
        for place in person[0]..person[1] {
            let last = &mut seen[gathered.rated[order[place] as usize] as usize];
            if *last > person[0] {
                if time(order[place]) < time(order[*last - 1]) {
                    order[place] = REPLACED;
                    continue;
                }
                order[*last - 1] = REPLACED;
            }
            *last = place + 1;
        }
    }
    let (mut kept, mut from) = (0, 0);
    for start in starts.iter_mut() {
        kept += order[from..*start].iter().filter(|&&at| at != REPLACED).count();
        from = *start;
        *start = kept;
    }
    order.retain(|&at| at != REPLACED);
    before - order.len()
}

fn in_order<T: Copy>(order: &[u32], column: Vec<T>) -> Arc<[T]> {
    order.iter().map(|&at| column[at as usize]).collect()
}

fn counts_and_means(rated: &[u32], stars: &[f32], items: usize) -> (Vec<u32>, Vec<f32>) {
    let mut counts = vec![0_u32; items];
    let mut sums = vec![0.0_f64; items];
    for (&item, &stars) in rated.iter().zip(stars) {
        counts[item as usize] += 1;
        sums[item as usize] += f64::from(stars);
    }
    let mean = |(&sum, &count): (&f64, &u32)| (sum / f64::from(count.max(1))) as f32;
    let means = sums.iter().zip(&counts).map(mean).collect();
    (counts, means)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ratings_of_a_person_come_together_and_the_last_counts() {
        let mut gathered = Gathered::default();
        for person in ["a", "b"] {
            gathered.people.place_of(person);
        }
        for item in ["x", "y", "z"] {
            gathered.items.place_of(item);
        }
        gathered.of = vec![0, 1, 0, 1, 0, 0];
        gathered.rated = vec![0, 2, 1, 0, 0, 2];
        gathered.stars = vec![1.0, 2.0, 3.0, 4.0, 5.0, 3.5];
        gathered.times = vec![10, 20, 30, 40, 50, 60];
        let arranged = arrange(&mut gathered);
        assert_eq!(arranged.starts, [0, 3, 5]);
        assert_eq!(*arranged.rated, [1, 0, 2, 2, 0]);
        assert_eq!(*arranged.stars, [3.0, 5.0, 3.5, 2.0, 4.0]);
        assert_eq!(*arranged.times, [30, 50, 60, 20, 40]);
        assert_eq!(arranged.replaced, 1);
        assert_eq!(arranged.counts, [2, 1, 2]);
        assert_eq!(arranged.means, [4.5, 3.0, 2.75]);
    }
}
