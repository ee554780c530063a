//! Logistic regression on one feature: how likely a tumour is malignant, by the mean radius of its nuclei.

use std::sync::Arc;

use crate::words::Phrase;
use crate::{
    exhibits::descent::{
        data::{pairs::Pairs, prepared::Prepared},
        model::landscape::{Landscape, TOLERANCE, Terms},
        payload::{Loss, Minimum, PointsOfData},
    },
    words::in_table,
};

/// Newton's method is done when a step is shorter than this.
const SHORTEST_STEP: f64 = 1e-13;
/// It doubles its right digits with each step near the minimum; more steps than this would be a sign of no minimum.
const MOST_NEWTON_STEPS: usize = 50;

/// The cross-entropy of a logistic curve through these pairs, whose y is 1 or 0.
pub(super) fn tumours(pairs: &Pairs) -> Landscape {
    let prepared = Prepared::standardised(pairs);
    let points: Arc<[[f64; 2]]> = prepared.points.into();
    let theta = newton(&points);
    let terms = Terms::Logistic { points: points.clone() };
    Landscape {
        title: phrase!(
            "descent-model-a-curve-or-not-from",
            y_name = in_table(&pairs.y_name),
            x_name = in_table(&pairs.x_name)
        ),
        source: pairs.source.as_str().into(),
        loss: Loss::CrossEntropy,
        formula: phrase!("descent-model-j-1-n-y-ln"),
        unit: phrase!("descent-model-nats"),
        names: [
            (key!("descent-model-intercept"), Phrase::default()),
            (key!("descent-model-weight"), Phrase::default()),
        ],
        middle: theta.map(f64::round),
        half: 6.0,
        start: [3.0, -1.0],
        usual_rate: 0.5,
        largest_stable_rate: None,
        tolerance: TOLERANCE,
        most_steps: 20_000,
        minimum: Minimum {
            theta,
            loss: terms.height(theta),
            how: phrase!("descent-model-newtons-method"),
        },
        terms,
        data: Some(PointsOfData {
            x_name: pairs.x_name.clone(),
            y_name: pairs.y_name.clone(),
            points,
            prepared: prepared.words,
            remarks: pairs.remarks.as_slice().into(),
        }),
    }
}

/// The lowest point: θ ← θ − H⁻¹∇J from zero, with ∇J = 1/n Σ (pᵢ − yᵢ)(1, xᵢ) and
/// H = 1/n Σ pᵢ(1 − pᵢ)(1, xᵢ)(1, xᵢ)ᵀ (Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.3).
fn newton(points: &[[f64; 2]]) -> [f64; 2] {
    let [mut a, mut b] = [0.0, 0.0];
    for _ in 0..MOST_NEWTON_STEPS {
        let (mut ga, mut gb) = (0.0, 0.0);
        let (mut haa, mut hab, mut hbb) = (0.0, 0.0, 0.0);
        for [x, y] in points {
            let p = 1.0 / (1.0 + (-(a + b * x)).exp());
            let weight = p * (1.0 - p);
            ga += p - y;
            gb += (p - y) * x;
            haa += weight;
            hab += weight * x;
            hbb += weight * x * x;
        }
        let determinant = haa * hbb - hab * hab;
        let [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
        if !(da.is_finite() && db.is_finite()) {
            break;
        }
        (a, b) = (a - da, b - db);
        if da.hypot(db) < SHORTEST_STEP {
            break;
        }
    }
    [a, b]
}
