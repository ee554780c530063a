//! A landscape in words, line by line: what its axes are, how the loss lies on it, and the way of the run beside its shadow.

use crate::sentence::counted;
use crate::words::column;
use std::fmt::Write as _;

use super::{Landscape, OnPath, PlaneAxis};

/// States of the way that are told.
const STATES: usize = 12;

/// Axes, losses and at most twelve states of the way, what there is to be known besides, and the price.
pub fn landscape_told(landscape: &Landscape) -> String {
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    let mut line = |name: &str, words: &str| {
        writeln!(lines, "{:>24}  {words}", column(name)).ok();
    };
    let asked = &landscape.asked;
    line(
        say!("inside-plane"),
        &say!(
            "inside-places-each-a-mean-loss",
            name = asked.plane.name(),
            side = asked.side,
            images = counted(asked.images, "test image")
        ),
    );
    for (name, of) in [say!("inside-across"), say!("inside-away")].into_iter().zip(&landscape.axes)
    {
        line(name, &axis(of));
    }
    line(say!("inside-loss"), &extremes(landscape));
    line(say!("inside-way"), say!("inside-step-its-loss-that-of"));
    for on in some(&landscape.path) {
        line(
            &on.step.to_string(),
            &format!("{:>8.4}  {:>8.4}  {:>9.4}", on.loss, on.shadow, on.off),
        );
    }
    for remark in &landscape.remarks {
        line("", &remark.to_string());
    }
    line(say!("inside-altogether"), &landscape.price.to_string());
    lines
}

fn axis(of: &PlaneAxis) -> String {
    let mut words = say!(
        "inside-from-to",
        low = format_args!("{:.3}", of.low),
        high = format_args!("{:.3}", of.high)
    );
    if let Some(explained) = of.explained {
        write!(
            words,
            "{}",
            say!(
                "inside-of-the-ways-squared-distances",
                value = format_args!("{:.1}", 100.0 * explained)
            )
        )
        .ok();
    }
    if let Some(curvature) = of.curvature {
        write!(
            words,
            "{}",
            say!("inside-along-which-the-loss-bends", curvature = format_args!("{:.4}", curvature))
        )
        .ok();
    }
    words
}

/// The loss at the weights, and the least and the most on the plane with their places.
fn extremes(landscape: &Landscape) -> String {
    let side = landscape.asked.side;
    let [across, away] = &landscape.axes;
    let place = |at: usize| {
        let columns = side.max(1);
        format!("({:.3}, {:.3})", across.at(at % columns, side), away.at(at / columns, side))
    };
    let known = || landscape.losses.iter().copied().enumerate().filter(|(_, loss)| !loss.is_nan());
    let lowest = known().min_by(|(_, one), (_, other)| one.total_cmp(other));
    let highest = known().max_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut words = say!("inside-in-the-middle", loss = format_args!("{:.4}", landscape.loss));
    if let (Some((low, least)), Some((high, most))) = (lowest, highest) {
        let (low, high) = (place(low), place(high));
        write!(
            words,
            "{}",
            say!(
                "inside-lowest-at-highest-at",
                least = format_args!("{:.4}", least),
                low,
                most = format_args!("{:.4}", most),
                high
            )
        )
        .ok();
    }
    words
}

/// At most so many states, evenly from the first to the last.
fn some(path: &[OnPath]) -> impl Iterator<Item = &OnPath> {
    let (all, told) = (path.len(), path.len().min(STATES));
    let place = move |at: usize| match told {
        0 | 1 => 0,
        _ => at * (all - 1) / (told - 1),
    };
    (0..told).filter_map(move |at| path.get(place(at)))
}

#[cfg(test)]
mod tests {
    use super::{
        super::{LandscapeAsked, Plane, Price},
        *,
    };
    use crate::stream::Step;

    #[test]
    fn axes_extremes_and_twelve_states_are_told() {
        let axis = PlaneAxis { low: -2.0, high: 2.0, explained: Some(0.945), curvature: None };
        let bent = PlaneAxis { explained: None, curvature: Some(18.25), ..axis };
        let on = |step: u64| OnPath {
            step: Step(10 * step),
            at: [0.5, 0.5],
            loss: 2.2800,
            shadow: 0.6125,
            off: 8.5,
        };
        let landscape = Landscape {
            asked: LandscapeAsked { plane: Plane::Path, side: 3, images: 500, seed: 0 },
            axes: [axis, bent],
            losses: vec![1.0, 2.0, f32::NAN, 0.5, 0.25, 0.75, 3.0, f32::INFINITY, 4.0].into(),
            loss: 0.25,
            path: (0..=128).map(on).collect(),
            remarks: vec!["one thing".into()],
            price: Price { forward: 7, backward: 0, seconds: 0.5 },
        };
        let told = landscape_told(&landscape);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(lines[0], "plane  path, 3 × 3 places, each a mean loss over 500 test images");
        assert_eq!(lines[1], "across  from -2.000 to 2.000, 94.5 % of the way's squared distances");
        assert_eq!(lines[2], "away  from -2.000 to 2.000, along which the loss bends by 18.2500");
        assert_eq!(
            lines[3],
            "loss  0.2500 in the middle; lowest 0.2500 at (0.000, 0.000), highest inf at (0.000, 2.000)"
        );
        assert_eq!(lines[5], "0    2.2800    0.6125     8.5000");
        assert_eq!((&lines[16][..4], lines[17]), ("1280", "one thing"));
        assert_eq!(lines[18], "altogether  7 forward and 0 backward passes, 500.0 ms");
        assert_eq!(lines.len(), 19);
        // What is short is told once.
        let short = Landscape { path: vec![on(0)], ..landscape };
        assert_eq!(landscape_told(&short).lines().count(), 19 - 11);
    }
}
