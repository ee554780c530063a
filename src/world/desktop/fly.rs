//! Walking and looking around with keys and mouse; until the first move the view frames the exhibit whole.

use bevy::{prelude::*, window::PrimaryWindow};

use super::{
    clearance::Hanging,
    stance::{FlySystems, Stance, Steering},
};
use crate::world::{
    WindowCamera, WorldSystems, headset::worn, interaction::intent::Intent, stage::ExhibitList,
};

pub(super) fn plugin(app: &mut App) {
    // While a headset is worn, it is the visitor who travels, and the window shows the class what happens.
    app.init_resource::<Stance>().add_systems(
        Update,
        (obey_intents, walk, stand)
            .chain()
            .in_set(FlySystems)
            .in_set(WorldSystems::Steer)
            .run_if(not(worn)),
    );
}

fn obey_intents(
    mut intents: MessageReader<Intent>,
    mut stance: ResMut<Stance>,
    listed: Option<Res<ExhibitList>>,
) {
    for intent in intents.read() {
        match intent {
            Intent::Recentre => *stance = Stance::default(),
            Intent::Visit(index) => {
                let places = listed.as_ref().map_or(&[][..], |listed| &listed.0);
                if let Some(place) = places.get(*index) {
                    *stance = Stance::framing(place.bearing);
                }
            }
            Intent::StandBefore { place, look_at } => *stance = Stance::before(*place, *look_at),
            _ => {}
        }
    }
}

fn walk(
    steering: Steering,
    time: Res<Time<Real>>,
    hanging: Hanging,
    mut stance: ResMut<Stance>,
    head: Option<Single<&Transform, With<WindowCamera>>>,
) {
    if let (Some(head), Some(push)) = (head, steering.push()) {
        stance.push(&push, &head, time.delta_secs());
        let kept = hanging.keep_clear(head.translation, stance.place());
        stance.stand_at(kept);
    }
}

fn stand(
    stance: Res<Stance>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    head: Option<Single<(&mut Transform, &Projection), With<WindowCamera>>>,
) {
    let Some(head) = head else {
        return;
    };
    let (mut transform, projection) = head.into_inner();
    let Projection::Perspective(perspective) = projection else {
        return;
    };
    let aspect =
        window.map_or(perspective.aspect_ratio, |window| window.width() / window.height().max(1.0));
    transform.set_if_neq(stance.eye(aspect, perspective.fov));
}

#[cfg(test)]
mod tests {
    use bevy::input::mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll};

    use super::*;
    use crate::world::{headset::Headset, interaction::aim::Surface, ui::controls::Typing};

    #[test]
    fn whoever_rushes_ahead_stands_before_a_board_and_not_in_it() {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins)
            .init_resource::<ButtonInput<KeyCode>>()
            .init_resource::<ButtonInput<MouseButton>>()
            .init_resource::<AccumulatedMouseMotion>()
            .init_resource::<AccumulatedMouseScroll>()
            .add_message::<Intent>()
            .add_plugins(plugin);
        let camera =
            app.world_mut().spawn((WindowCamera, Transform::default(), Projection::default())).id();
        app.update();
        let board = Transform::from_xyz(0.0, 1.6, -2.0);
        let seen = (GlobalTransform::from(board), InheritedVisibility::VISIBLE);
        app.world_mut().spawn((Surface { size: vec2(4.0, 3.0) }, seen));
        app.world_mut().resource_mut::<AccumulatedMouseScroll>().delta.y = 40.0;
        app.update();
        let stands = app.world().get::<Transform>(camera).unwrap().translation;
        assert!((-1.51..-1.49).contains(&stands.z), "at {stands}");
    }

    #[test]
    fn keys_and_wishes_move_the_window_only_while_no_headset_is_worn() {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins)
            .init_resource::<ButtonInput<KeyCode>>()
            .init_resource::<ButtonInput<MouseButton>>()
            .init_resource::<AccumulatedMouseMotion>()
            .init_resource::<AccumulatedMouseScroll>()
            .add_message::<Intent>()
            .add_plugins(plugin);
        let camera =
            app.world_mut().spawn((WindowCamera, Transform::default(), Projection::default()));
        let camera = camera.id();
        app.update();
        let placed = |app: &App| *app.world().get::<Transform>(camera).unwrap();
        let walk = |app: &mut App| {
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::KeyW);
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.update();
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().reset_all();
        };
        let first = placed(&app);
        assert_ne!(first, Transform::default());
        walk(&mut app);
        let walked = placed(&app);
        assert!(walked.translation.z < first.translation.z);

        app.insert_resource(Typing(Some(Entity::PLACEHOLDER)));
        walk(&mut app);
        assert_eq!(placed(&app), walked, "a W of a word leads nowhere");
        app.insert_resource(Typing(None));

        app.insert_resource(Headset::Worn { visible: true, focused: true });
        walk(&mut app);
        app.world_mut().write_message(Intent::Recentre);
        app.update();
        assert_eq!(placed(&app), walked);

        app.insert_resource(Headset::Ready);
        app.world_mut().write_message(Intent::Recentre);
        app.update();
        assert_eq!(placed(&app), first);
    }
}
