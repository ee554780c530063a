//! The sign that hangs where the layers will, until the first training attaches: two lines for a script, port and token.

use bevy::prelude::*;

use super::Elsewhere;
use crate::world::{
    WorldSystems,
    link::ShownRun,
    stage::{
        PlinthPlaced,
        plan::{RING_RADIUS_M, facing_middle},
    },
    ui::{
        panel::{Hanger, PanelPlan},
        words,
    },
};

/// Width and height of the sign, and how high its middle hangs, in metres.
const SIZE_M: Vec2 = vec2(3.4, 1.72);
const HEIGHT_M: f32 = 1.85;
/// The distance it is set for, in metres: the first view of a window stands behind the middle.
const READ_FROM_M: f32 = 4.1;

pub(super) fn plugin(app: &mut App) {
    let show = show.run_if(resource_exists::<Elsewhere>);
    app.add_observer(hang).add_systems(Update, show.in_set(WorldSystems::Show));
}

#[derive(Component)]
struct Sign;

fn hang(placed: On<PlinthPlaced>, elsewhere: Option<Res<Elsewhere>>, mut hanger: Hanger) {
    let Some(elsewhere) = elsewhere.filter(|elsewhere| elsewhere.exhibit == placed.exhibit) else {
        return;
    };
    let sign = hanger.hang(PanelPlan::plate(say!("attach-sign"), SIZE_M, READ_FROM_M));
    hanger.commands.entity(sign.panel).insert((
        Sign,
        facing_middle(0.0, RING_RADIUS_M, HEIGHT_M),
        ChildOf(placed.entity),
    ));
    hanger.commands.entity(sign.root).with_children(|page| {
        page.spawn(words::heading(say!("attach-sign")));
        page.spawn(words::body(say!("attach-two-lines")));
        let port = phrase!("attach-port-and-token", port = elsewhere.port);
        page.spawn((words::caption(port), Node { margin: UiRect::top(auto()), ..default() }));
        page.spawn((words::figure(elsewhere.token.clone()), TextLayout::no_wrap()));
    });
}

/// It is there until a run has begun; later, what was seen stays.
fn show(run: Res<ShownRun>, mut signs: Query<&mut Visibility, With<Sign>>) {
    let waits = run.0.started().is_none();
    for mut seen in &mut signs {
        seen.set_if_neq(if waits { Visibility::Inherited } else { Visibility::Hidden });
    }
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;
    use crate::{
        history::Run,
        stream::{ExhibitId, Report, Started},
        world::headless,
    };

    const EXHIBIT: ExhibitId = ExhibitId::new("example");

    fn texts(app: &mut App) -> Vec<String> {
        let world = app.world_mut();
        world.query::<&Text>().iter(world).map(|text| text.0.clone()).collect()
    }

    #[test]
    fn it_says_how_to_attach_until_a_run_has_begun() {
        let (_door, news) = bounded(1);
        let token = "0123456789abcdef0123456789abcdef".to_owned();
        let mut app = headless::hall_with(|app| {
            app.insert_resource(ShownRun(Run::new(0)));
            app.insert_resource(Elsewhere { exhibit: EXHIBIT, port: 4711, token, news });
            plugin(app);
        });
        let place = app.world_mut().spawn((Transform::default(), Visibility::default())).id();
        app.world_mut().trigger(PlinthPlaced { entity: place, exhibit: EXHIBIT });
        app.update();
        let said = texts(&mut app).join("\n");
        for words in ["4711", "0123456789abcdef0123456789abcdef", "perceptarium.watch(model"] {
            assert!(said.contains(words), "{words} is missing in {said}");
        }
        let seen = |app: &mut App| {
            let world = app.world_mut();
            *world.query_filtered::<&Visibility, With<Sign>>().single(world).unwrap()
        };
        assert_eq!(seen(&mut app), Visibility::Inherited);
        let started = Report::Started(Started::example());
        app.world_mut().resource_mut::<ShownRun>().0.take(started);
        app.update();
        assert_eq!(seen(&mut app), Visibility::Hidden);
    }
}
