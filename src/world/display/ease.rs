//! How shown quantities follow their targets: quickly, smoothly, and never in a jump.

/// After this many seconds 95 % of the way is gone.
pub(super) const EASE_SECS: f32 = 0.2;
/// What is left of the way, relative to the target's size, when it counts as arrived.
const ARRIVED: f32 = 1e-4;

/// Moves `shown` towards `target`, which may itself be moving; `delta_secs` is the time since the last call.
///
/// The way that is left decays exponentially, exp(-3 t / [`EASE_SECS`]), so the result does not depend on
/// the frame rate. A `shown` that is not finite has never been shown and takes the target at once.
pub(in crate::world) fn approach(shown: f32, target: f32, delta_secs: f32) -> f32 {
    let left = (shown - target) * (-3.0 * delta_secs / EASE_SECS).exp();
    if !left.is_finite() || left.abs() <= ARRIVED * target.abs().max(ARRIVED) {
        target
    } else {
        target + left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_way_is_gone_in_time_at_any_frame_rate() {
        for frames in [6_u16, 18, 48] {
            let mut shown = 0.0;
            for _ in 0..frames {
                shown = approach(shown, 1.0, EASE_SECS / f32::from(frames));
            }
            assert!((shown - 0.95).abs() < 0.001, "{shown} after {frames} frames");
        }
    }

    #[test]
    fn it_arrives_and_stays() {
        let mut shown = 5.0;
        for _ in 0..200 {
            shown = approach(shown, 2.0, 1.0 / 60.0);
        }
        assert_eq!(shown, 2.0);
        assert_eq!(approach(2.0, 2.0, 1.0 / 60.0), 2.0);
    }

    #[test]
    fn what_was_never_shown_takes_the_target_at_once() {
        assert_eq!(approach(f32::NAN, 3.0, 0.01), 3.0);
    }
}
