//! How often the window is drawn while somebody wears the headset, whose frames come first.
//!
//! Bevy leaves a window alone whose cameras are all inactive: it takes no picture of its swapchain, clears none and
//! presents none (`prepare_windows` and `handle_uncovered_swap_chains` in 0.19.1), so the last one stays on screen.

use bevy::{camera::CameraUpdateSystems, prelude::*, render::view::screenshot::Screenshot};

use super::SpectatorPlan;
use crate::world::{WindowCamera, frame_watch::FrameWatch, headset::worn};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PostUpdate,
        (draw_now_and_then.run_if(worn), draw_always.run_if(not(worn))).before(CameraUpdateSystems),
    );
}

/// Chooses frames out of those that come, as many a second as wanted and as evenly as they allow.
#[derive(Debug, Default)]
struct FrameChooser {
    /// Pictures that are due; about −0.5 after one that came early, 1 where one is due now.
    due: f32,
}

impl FrameChooser {
    /// Whether this frame, which took `secs` seconds, is drawn.
    fn frame(&mut self, hz: f32, secs: f32) -> bool {
        let share = hz * secs;
        self.due += share;
        // This frame is nearer to when the picture is due than the next one will be.
        let drawn = self.due + 0.5 * share >= 1.0;
        if drawn {
            // What a slow frame has missed is not made up for.
            self.due = if share < 1.0 { self.due - 1.0 } else { 0.0 };
        }
        drawn
    }
}

fn draw_now_and_then(
    plan: Res<SpectatorPlan>,
    watch: Option<Res<FrameWatch>>,
    time: Res<Time<Real>>,
    screenshots: Query<(), With<Screenshot>>,
    mut beat: Local<FrameChooser>,
    mut cameras: Query<&mut Camera, With<WindowCamera>>,
) {
    let hz = plan.hz * watch.map_or(1.0, |watch| watch.spectators_share());
    // A window's picture is taken of a frame that is drawn.
    let drawn = beat.frame(hz, time.delta_secs()) || !screenshots.is_empty();
    for mut camera in &mut cameras {
        if camera.is_active != drawn {
            camera.is_active = drawn;
        }
    }
}

fn draw_always(mut cameras: Query<&mut Camera, With<WindowCamera>>) {
    for mut camera in &mut cameras {
        if !camera.is_active {
            camera.is_active = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(hz: f32, frames_per_sec: f32, frames: usize) -> Vec<bool> {
        let mut beat = FrameChooser::default();
        (0..frames).map(|_| beat.frame(hz, 1.0 / frames_per_sec)).collect()
    }

    #[test]
    fn of_ninety_frames_every_third_is_drawn() {
        let drawn = drawn(30.0, 90.0, 900);
        let places: Vec<usize> = (0..900).filter(|frame| drawn[*frame]).collect();
        assert_eq!(places.len(), 300);
        assert!(places.windows(2).all(|two| two[1] - two[0] == 3), "{:?}", &places[..9]);
    }

    #[test]
    fn other_rates_come_out_on_average_and_no_gap_is_longer_than_it_must_be() {
        for (hz, frames_per_sec) in [(30.0, 72.0), (30.0, 120.0), (20.0, 90.0), (45.0, 72.0)] {
            let frames = frames_per_sec as usize * 10;
            let drawn = drawn(hz, frames_per_sec, frames);
            let places: Vec<usize> = (0..frames).filter(|frame| drawn[*frame]).collect();
            assert!((places.len() as f32 - hz * 10.0).abs() <= 1.0, "{} of {hz}", places.len());
            let longest = (frames_per_sec / hz).ceil() as usize;
            assert!(places.windows(2).all(|two| two[1] - two[0] <= longest));
        }
    }

    #[test]
    fn a_slow_headset_draws_every_frame_and_nothing_is_made_up_for() {
        assert!(drawn(30.0, 20.0, 50).iter().all(|drawn| *drawn));
        let mut beat = FrameChooser::default();
        beat.frame(30.0, 2.0);
        let after: Vec<bool> = (0..6).map(|_| beat.frame(30.0, 1.0 / 90.0)).collect();
        assert!(after.windows(2).all(|two| !(two[0] && two[1])), "{after:?}");
    }

    #[test]
    fn the_window_is_drawn_now_and_then_while_worn_for_a_screenshot_and_always_afterwards() {
        use crate::world::headset::Headset;
        use bevy::{
            camera::RenderTarget,
            time::{TimePlugin, TimeUpdateStrategy},
        };
        let mut app = App::new();
        app.add_plugins(TimePlugin)
            .insert_resource(TimeUpdateStrategy::ManualDuration(
                std::time::Duration::from_secs_f64(1.0 / 90.0),
            ))
            .init_resource::<SpectatorPlan>()
            .insert_resource(Headset::Worn { visible: true, focused: true })
            .add_plugins(plugin);
        let camera = app.world_mut().spawn((WindowCamera, Camera::default())).id();
        let frame = |app: &mut App| {
            app.update();
            app.world().get::<Camera>(camera).unwrap().is_active
        };
        app.update();
        let drawn = (0..90).filter(|_| frame(&mut app)).count();
        assert!((29..=31).contains(&drawn), "{drawn} of 90");
        let picture = app.world_mut().spawn(Screenshot(RenderTarget::default())).id();
        assert!((0..5).all(|_| frame(&mut app)), "a picture is taken");
        app.world_mut().despawn(picture);
        assert!(!(0..5).all(|_| frame(&mut app)));
        app.insert_resource(Headset::Ready);
        assert!((0..5).all(|_| frame(&mut app)), "the window is the visitor's again");
    }
}
