//! Whether a run can be told by what it says of itself.

use super::bounds::{MOST_COUNTED, MOST_PARAMETERS};
use crate::{
    stream::{MOST_METRICS, Split, Started},
    words::Phrase,
};

/// # Errors
/// What is wrong, in words that end a sentence.
pub(super) fn check(started: &Started) -> Result<(), Phrase> {
    for split in [Split::Train, Split::Test] {
        let count = started.metrics_of(split).count();
        if count > MOST_METRICS || (split == Split::Train && count == 0) {
            let (split, most) = (split.prefix(), MOST_METRICS);
            return Err(phrase!("attach-metrics-of-a-split", split, count, most));
        }
    }
    let [least, most] = started.learning_rates;
    // A slider goes from one to the other in single precision.
    let rates = [least, most, started.learning_rate].map(|rate| rate as f32);
    if !(rates[0] > 0.0 && rates[1] > rates[0] && rates.iter().all(|rate| rate.is_finite())) {
        return Err(phrase!("attach-learning-rates-are-none", least, most));
    }
    let counted = [
        ("parameters", started.parameters as u64, MOST_PARAMETERS),
        ("train_examples", started.train_examples as u64, MOST_COUNTED),
        ("test_examples", started.test_examples as u64, MOST_COUNTED),
        ("batch", started.batch as u64, MOST_COUNTED),
        ("steps_per_epoch", started.steps_per_epoch, MOST_COUNTED),
        ("threads", started.threads as u64, MOST_COUNTED),
    ];
    match counted.into_iter().find(|(_, count, most)| count > most) {
        Some((name, count, _)) => Err(phrase!("attach-counts-too-many", name, count)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::MetricSpec;

    #[test]
    fn a_run_that_views_can_tell_is_one() {
        assert_eq!(check(&Started::example()), Ok(()));
        let wrong = |change: fn(&mut Started)| {
            let mut started = Started::example();
            change(&mut started);
            check(&started).unwrap_err()
        };
        let none = wrong(|started| started.metrics.clear());
        assert!(none.contains("0 metrics of train"), "{none}");
        let many = wrong(|started| started.metrics = vec![MetricSpec::LOSS; 9]);
        assert!(many.contains("9 metrics of train"), "{many}");
        for rates in [[0.0, 1.0], [1.0, 1.0], [2.0, 1.0], [1e-60, 1.0], [1e-3, 1e60]] {
            let mut started = Started { learning_rates: rates, ..Started::example() };
            assert!(check(&started).is_err(), "{rates:?}");
            started.learning_rates = [1e-6, 1.0];
            assert_eq!(check(&started), Ok(()));
        }
        let long = wrong(|started| started.steps_per_epoch = u64::MAX);
        assert!(long.contains("steps_per_epoch"), "{long}");
    }
}
