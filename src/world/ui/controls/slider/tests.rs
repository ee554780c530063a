//! Values and places along the line, linear and logarithmic.

use std::ops::RangeInclusive;

use super::*;

fn of(range: RangeInclusive<f32>, value: f32, scale: Scale) -> Slider {
    Slider { value, range, scale, show: |value| value.to_string(), held: false }
}

#[test]
fn a_linear_slider_lands_on_steps_and_ends() {
    let slider = of(10.0..=25.0, 13.0, Scale::Linear { step: 4.0 });
    assert!((slider.place() - 0.2).abs() < 1e-6);
    assert_eq!(slider.value_at(0.0), 10.0);
    assert_eq!(slider.value_at(0.3), 14.0);
    assert_eq!(slider.value_at(1.0), 25.0, "the end counts even where no step lands");
}

#[test]
fn a_log_slider_gives_factors_equal_room() {
    let slider = of(1e-5..=1e-1, 1e-3, Scale::Log);
    assert!((slider.place() - 0.5).abs() < 1e-5);
    assert_eq!(slider.value_at(0.0), 1e-5);
    assert_eq!(slider.value_at(0.5), 1e-3);
    assert_eq!(slider.value_at(0.575), 2e-3);
    assert_eq!(slider.value_at(1.0), 1e-1);
}

#[test]
fn what_was_chosen_stays_where_it_was_chosen() {
    for scale in [Scale::Linear { step: 0.5 }, Scale::Log] {
        for hundredths in 0..=100 {
            let mut slider = of(0.5..=64.0, 1.0, scale);
            slider.value = slider.value_at(hundredths as f32 / 100.0);
            let again = slider.value_at(slider.place());
            assert!(
                (again - slider.value).abs() <= slider.value * 1e-5,
                "{scale:?} at {hundredths}"
            );
        }
    }
}

#[test]
fn an_empty_range_rests_at_its_start() {
    let slider = of(0.0..=0.0, 0.0, Scale::Linear { step: 1.0 });
    assert_eq!(slider.place(), 0.0);
    assert_eq!(slider.value_at(0.7), 0.0);
}
