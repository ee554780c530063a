//! Sitting: the rig is lifted to where the eyes of somebody who stands would be.

use bevy::prelude::*;

use super::{Comfort, TravelSystems, travel::Travel};
use crate::world::headset::worn;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, sit_or_stand.in_set(TravelSystems::Want).run_if(worn));
}

pub(super) fn sit_or_stand(
    comfort: Res<Comfort>,
    mut was_seated: Local<bool>,
    mut travels: MessageWriter<Travel>,
) {
    if comfort.seated != *was_seated {
        *was_seated = comfort.seated;
        travels.write(Travel { measure: true, ..default() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::body::comfort::{MOST_LIFT_M, lift};
    use crate::world::body::harness::Rehearsal;
    use crate::world::stage::plan::EYE_HEIGHT_M;

    #[test]
    fn who_sits_looks_from_where_others_stand() {
        let mut hall = Rehearsal::started();
        hall.set_head(Transform::from_xyz(0.3, 1.15, 0.2));
        hall.comfort().seated = true;
        hall.frames(0.5);
        assert!((hall.eye_height() - EYE_HEIGHT_M).abs() < 1e-5);
        // Measured once: who bends down sees the hall from further down.
        hall.set_head(Transform::from_xyz(0.3, 0.9, 0.2));
        hall.frames(0.5);
        assert!((hall.eye_height() - (EYE_HEIGHT_M - 0.25)).abs() < 1e-5);
        hall.comfort().seated = false;
        hall.frames(0.5);
        assert_eq!(hall.rig().translation.y, 0.0);
        assert_eq!(hall.stands().len(), 2);
    }

    #[test]
    fn nobody_is_lowered_or_lifted_to_the_ceiling() {
        let mut comfort = Comfort { seated: true, ..default() };
        assert_eq!(lift(&comfort, 1.9), 0.0);
        assert_eq!(lift(&comfort, 0.2), MOST_LIFT_M);
        comfort.seated = false;
        assert_eq!(lift(&comfort, 1.0), 0.0);
    }

    #[test]
    fn who_was_seated_before_putting_it_on_is_lifted_on_arrival() {
        let mut hall = Rehearsal::new();
        hall.comfort().seated = true;
        hall.set_head(Transform::from_xyz(0.3, 1.2, 0.2));
        hall.frames(0.6);
        assert!((hall.eye_height() - EYE_HEIGHT_M).abs() < 1e-5);
    }
}
