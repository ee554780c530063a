//! Which rows are learned from, in which order, and which are held out.

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::logistic::{data::Raw, payload::Split},
    learning::TrainError,
};

/// The rows of the tumour data that scikit-learn holds out, from 0, in its order; how they were found is told in
/// `assets/datasets/README.md`.
const SKLEARN42: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/datasets/breast-cancer-wisconsin/sklearn42-test-rows.txt"
));
/// Rows, columns of numbers, first and last column of the tumour data, by which they are known again.
const TUMOURS: (usize, usize, &str, &str) = (569, 30, "mean radius", "worst fractal dimension");
/// One row of so many is held out.
const HELD_OUT: usize = 5;

/// A division of the rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Halves {
    /// Rows that are learned from: fold after fold, in each of which the classes have nearly the same shares.
    pub(super) train: Vec<u32>,
    /// Where each fold ends among them; the first begins at 0.
    pub(super) fold_ends: Vec<usize>,
    /// Rows that are held out.
    pub(super) test: Vec<u32>,
}

/// Divides those rows that are used.
pub(super) fn split(
    raw: &Raw,
    used: Vec<u32>,
    how: Split,
    folds: usize,
    seed: u64,
) -> Result<Halves, TrainError> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    let mut rows = used;
    let (train, test) = match how {
        Split::Shuffled => {
            rows.shuffle(&mut generator);
            let test = rows.split_off(rows.len() - rows.len().div_ceil(HELD_OUT));
            (rows, test)
        }
        Split::Stratified => {
            rows.shuffle(&mut generator);
            let (mut train, mut test) = (Vec::new(), Vec::new());
            let classes = by_class(raw, rows);
            let held_out = shares(&classes);
            for (mut of_class, held_out) in classes.into_iter().zip(held_out) {
                test.extend(of_class.split_off(of_class.len() - held_out));
                train.extend(of_class);
            }
            (train, test)
        }
        Split::Sklearn42 => {
            check_tumours(raw)?;
            let test: Vec<u32> =
                SKLEARN42.lines().filter_map(|line| line.trim().parse().ok()).collect();
            rows.retain(|row| !test.contains(row));
            (rows, test)
        }
    };
    if train.len() < folds || test.is_empty() {
        let fact = phrase!(
            "logistic-model-of-its-rows-are-left-to",
            train_count = train.len(),
            test_count = test.len(),
            folds
        );
        return Err(raw.unusable(fact, phrase!("logistic-model-give-more-rows-or-fewer")));
    }
    let (train, fold_ends) = in_folds(raw, train, folds, &mut generator);
    Ok(Halves { train, fold_ends, test })
}

/// How many of each class are held out: a fifth, and what is lacking to a fifth of all from those of which most was cut
/// off. A class of one row keeps it.
fn shares(classes: &[Vec<u32>]) -> Vec<usize> {
    let rows: usize = classes.iter().map(Vec::len).sum();
    let mut shares: Vec<usize> = classes.iter().map(|class| class.len() / HELD_OUT).collect();
    let lacking = rows.div_ceil(HELD_OUT).saturating_sub(shares.iter().sum());
    let mut order: Vec<usize> = (0..classes.len()).filter(|at| classes[*at].len() > 1).collect();
    order.sort_by_key(|at| std::cmp::Reverse(classes[*at].len() % HELD_OUT));
    order.into_iter().take(lacking).for_each(|at| shares[at] += 1);
    shares
}

/// Rows of each class, in the order in which they come.
fn by_class(raw: &Raw, rows: Vec<u32>) -> Vec<Vec<u32>> {
    let mut classes = vec![Vec::new(); raw.classes.len()];
    for row in rows {
        classes[usize::from(raw.labels[row as usize])].push(row);
    }
    classes
}

/// Deals the rows of each class to the folds in turn, as cards.
fn in_folds(
    raw: &Raw,
    mut rows: Vec<u32>,
    folds: usize,
    generator: &mut ChaCha8Rng,
) -> (Vec<u32>, Vec<usize>) {
    rows.shuffle(generator);
    let mut dealt = vec![Vec::new(); folds];
    for (at, row) in by_class(raw, rows).into_iter().flatten().enumerate() {
        dealt[at % folds].push(row);
    }
    let mut ends = Vec::with_capacity(folds);
    let mut train = Vec::new();
    for mut fold in dealt {
        // Otherwise a fold would begin with one class and end with another.
        fold.shuffle(generator);
        train.extend(fold);
        ends.push(train.len());
    }
    (train, ends)
}

/// These row numbers mean something for the tumour data alone.
fn check_tumours(raw: &Raw) -> Result<(), TrainError> {
    let (rows, columns, first, last) = TUMOURS;
    let named = |at: Option<&crate::learning::data::table::Column>, name: &str| {
        at.is_some_and(|column| column.name == name && column.missing == 0)
    };
    let are = raw.rows_read == rows
        && raw.rows() == rows
        && raw.columns.len() == columns
        && named(raw.columns.first(), first)
        && named(raw.columns.last(), last);
    if are {
        return Ok(());
    }
    let fact = phrase!("logistic-model-split-sklearn42-names-rows-of");
    Err(raw.unusable(fact, phrase!("logistic-model-say-split-shuffled-or-split")))
}
