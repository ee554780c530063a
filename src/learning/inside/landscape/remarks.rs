//! What there is to be known of a landscape besides its numbers, in sentences.

use super::{super::Parameters, bent::Bent};
use crate::{
    inside::{LandscapeAsked, OnPath, Plane},
    sentence::percent_of,
    words::{Phrase, Word},
};

/// Of the plane of a path: shares of 6/(π²k²) for k = 1 and 2.
pub(super) const OF_WALKS: Word = key!("studies-a-random-walk-through-many");
/// Of random directions.
pub(super) const OF_RANDOM: Word = key!("studies-biases-stay-as-they-are");

/// Of what was not taken: images of so many that could have been, places, and states of so many.
pub(super) fn of_bounds(
    asked: &LandscapeAsked,
    taken: &LandscapeAsked,
    [images, states, all]: [usize; 3],
) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    if taken.images < images {
        let images = Phrase::counted(taken.images, "test image");
        remarks.push(phrase!("studies-the-loss-is-a-mean-over", images));
    }
    if taken.side < asked.side {
        let side = taken.side;
        remarks.push(phrase!("studies-looked-at-in-places-as", side));
    }
    if states < all {
        remarks.push(phrase!(
            "studies-of-of-the-way-are",
            states,
            all = Phrase::counted(all, "state")
        ));
    }
    remarks
}

/// Of a way: where it leaves the plane.
pub(super) fn of_path(path: &[OnPath], plane: Plane, own: &Parameters) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    let apart = |on: &&OnPath| (f64::from(on.loss) - f64::from(on.shadow)).abs();
    let told = path.iter().filter(|on| apart(on).is_finite());
    let worst = told.max_by(|one, other| apart(one).total_cmp(&apart(other)));
    if let Some(on) = worst.filter(|on| on.loss.to_bits() != on.shadow.to_bits()) {
        remarks.push(phrase!(
            "studies-the-way-does-not-lie",
            step = on.step,
            loss = format_args!("{:.4}", on.loss),
            shadow = format_args!("{:.4}", on.shadow)
        ));
    }
    let share = |on: &OnPath| {
        let [across, away, off] = [on.at[0], on.at[1], on.off].map(f64::from);
        let whole = (across * across + away * away + off * off).sqrt();
        (whole > 0.0).then_some(off / whole)
    };
    let late = path.iter().skip(path.len() * 4 / 5).filter_map(share);
    let most = late.reduce(f64::max).filter(|most| *most > 0.01 && plane == Plane::Path);
    if let Some(most) = most {
        remarks.push(phrase!("studies-in-the-last-fifth-of", most = percent_of(most)));
    }
    if own.numbers.len() > own.learned {
        remarks.push(phrase!("studies-normalisations-remember-on-the-whole"));
    }
    remarks
}

/// Of directions of curvature.
pub(super) fn of_bent(bent: &Bent) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    let [images, all] = bent.images;
    if images < all {
        let images = Phrase::counted(images, "image");
        remarks.push(phrase!("studies-the-curvature-is-that-of", images));
    }
    if !bent.settled {
        remarks.push(phrase!("studies-the-directions-of-the-largest"));
    }
    if bent.curvatures.iter().any(|curvature| *curvature < 0.0) {
        remarks.push(phrase!("studies-the-loss-bends-downwards-along"));
    }
    remarks
}

/// Of losses that are none.
pub(super) fn of_losses(losses: &[f32]) -> Option<Phrase> {
    let none = losses.iter().filter(|loss| !loss.is_finite()).count();
    (none > 0).then(|| {
        phrase!(
            "studies-in-of-the-loss-is",
            none,
            losses_count = Phrase::counted(losses.len(), "place")
        )
    })
}
