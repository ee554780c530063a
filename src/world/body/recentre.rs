//! Back to the middle, on the visitor's wish or the system's, to an exhibit from the menu, and before what one chose.

use bevy::prelude::*;

use super::{TravelSystems, seat::sit_or_stand, travel::Travel};
use crate::world::{headset::worn, interaction::intent::Intent, stage::ExhibitList};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<SystemRecentred>().add_systems(
        Update,
        (obey_intents, follow_the_system)
            .chain()
            .after(sit_or_stand)
            .in_set(TravelSystems::Want)
            .run_if(worn),
    );
}

/// The headset's own system has recentred its space; to be written once head and hands are tracked in the new one.
#[derive(Message, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemRecentred;

fn obey_intents(
    mut intents: MessageReader<Intent>,
    listed: Option<Res<ExhibitList>>,
    mut travels: MessageWriter<Travel>,
) {
    for intent in intents.read() {
        match intent {
            Intent::Recentre => {
                travels.write(Travel::to_the_middle(0.0));
            }
            Intent::Visit(index) => {
                let places = listed.as_ref().map_or(&[][..], |listed| &listed.0);
                if let Some(place) = places.get(*index) {
                    travels.write(Travel::to_the_middle(-place.bearing.to_radians()));
                }
            }
            Intent::StandBefore { place, look_at } => {
                travels.write(Travel::before(*place, *look_at));
            }
            _ => {}
        }
    }
}

pub(super) fn follow_the_system(
    mut recentred: MessageReader<SystemRecentred>,
    mut travels: MessageWriter<Travel>,
) {
    if recentred.read().count() > 0 {
        travels.write(Travel::to_the_middle(0.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        stream::ExhibitId,
        world::{body::harness::Rehearsal, headset::Headset, stage::Placed},
    };

    fn strayed() -> Rehearsal {
        let mut hall = Rehearsal::started();
        hall.set_head(Transform::from_xyz(0.9, 1.6, 0.4).with_rotation(Quat::from_rotation_y(2.2)));
        hall.frames(0.1);
        assert!(hall.pose().floor_point().length() > 0.1);
        hall
    }

    #[test]
    fn the_visitor_and_the_system_both_lead_back_to_the_middle() {
        for by_system in [false, true] {
            let mut hall = strayed();
            if by_system {
                hall.send(SystemRecentred);
            } else {
                hall.send(Intent::Recentre);
            }
            hall.frames(0.5);
            assert!(hall.pose().floor_point().length() < 1e-5);
            assert!(hall.pose().heading().abs() < 1e-5);
            assert_eq!(hall.rig().translation.y, 0.0);
            let stands = hall.stands();
            assert_eq!(stands.len(), 1);
            // Told is the rig's turn, which makes up for the head's.
            assert!((stands[0].2 + 2.2_f32.to_degrees()).abs() < 1e-3, "{stands:?}");
        }
    }

    #[test]
    fn a_visit_faces_the_exhibit() {
        let mut hall = strayed();
        let placed = |bearing| Placed { bearing, ..Placed::silent(ExhibitId::new("x"), "X") };
        hall.insert(ExhibitList(vec![placed(0.0), placed(88.0)]));
        hall.send(Intent::Visit(1));
        hall.frames(0.5);
        assert!(hall.pose().floor_point().length() < 1e-5);
        assert!((hall.pose().heading() + 88_f32.to_radians()).abs() < 1e-5);
        // There is no third one.
        let rig = hall.rig();
        hall.send(Intent::Visit(2));
        hall.frames(0.5);
        assert_eq!(hall.rig(), rig);
    }

    #[test]
    fn who_wants_to_stand_before_something_faces_it() {
        let mut hall = strayed();
        let (place, look_at) = (vec2(1.0, -2.0), vec3(3.0, 1.2, -2.5));
        hall.send(Intent::StandBefore { place, look_at });
        hall.frames(0.05);
        assert!(hall.pose().floor_point().distance(place) > 0.5, "it is not dark yet");
        hall.frames(0.5);
        assert!(hall.pose().floor_point().distance(place) < 1e-5);
        let ahead = Quat::from_rotation_y(hall.pose().heading()) * Vec3::NEG_Z;
        assert!(ahead.xz().dot((look_at.xz() - place).normalize()) > 0.9999, "{ahead}");
    }

    #[test]
    fn without_a_headset_the_rig_stays() {
        let mut hall = strayed();
        hall.set_headset(Headset::Ready);
        let rig = hall.rig();
        hall.send(Intent::Recentre);
        hall.frames(0.5);
        assert_eq!(hall.rig(), rig);
    }
}
