//! Two systems that share what there is only one of, a resource or a queue of messages, run in an order that is said.
//!
//! Left out are pairs that are both Bevy's own, and components of entities: each system writes those of the entities that
//! bear its own marks, which Bevy cannot tell from the types.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write as _,
};

use bevy::{
    ecs::schedule::{InternedScheduleLabel, NodeId, SystemKey, graph::Direction},
    prelude::*,
    render::sync_world::SyncWorldPlugin,
};
use perceptarium::{
    exhibits::{self, Exhibit},
    stream::connect,
    world::{self, exhibit_sessions::ExhibitSessions, headset::Headset},
};

use crate::halls::{Renderer, bevy_alone, furnish};

/// Adds what `furnish` does to an app of Bevy's, and gives all pairs of systems whose order nobody has said, each by the
/// sets that it is in.
fn ambiguities(furnish: impl FnOnce(&mut App)) -> String {
    let mut app = bevy_alone(Renderer::Absent);
    app.add_plugins(SyncWorldPlugin);
    let bevys: HashMap<InternedScheduleLabel, HashSet<SystemKey>> = app
        .world()
        .resource::<Schedules>()
        .iter()
        .map(|(_, schedule)| {
            let systems = schedule.graph().systems.iter().map(|(key, ..)| key);
            (schedule.label(), systems.collect())
        })
        .collect();
    furnish(&mut app);
    app.finish();
    app.cleanup();
    let world = app.world_mut();
    let schedules = world.resource::<Schedules>().iter();
    let labels: Vec<_> = schedules.map(|(_, schedule)| schedule.label()).collect();
    let mut report = String::new();
    for label in labels {
        let mut schedule = world.resource_mut::<Schedules>().remove(label).unwrap();
        schedule.initialize(world).unwrap();
        let graph = schedule.graph();
        let is_bevys = |key| bevys.get(&label).is_some_and(|bevys| bevys.contains(key));
        let sets = |key: &SystemKey| -> Vec<String> {
            let above = graph.hierarchy().graph();
            above
                .neighbors_directed(NodeId::System(*key), Direction::Incoming)
                .filter_map(|node| match node {
                    NodeId::Set(set) => Some(format!("{:?}", graph.system_sets.get(set)?)),
                    NodeId::System(_) => None,
                })
                .collect()
        };
        for (one, other, on) in &graph.conflicting_systems().0 {
            let is_single = |id| world.resource_entities().get(id).is_some();
            // They conflict on nothing in particular where one of them takes the whole world.
            let shared = on.is_empty() || on.iter().copied().any(is_single);
            if shared && !(is_bevys(one) && is_bevys(other)) {
                writeln!(report, "  {label:?}: {:?} and {:?}", sets(one), sets(other)).unwrap();
            }
        }
    }
    report
}

/// A hall with an exhibit, and with whatever a headset adds that needs no runtime.
fn hall(app: &mut App, exhibit: &Exhibit) {
    let (room, _trainer) = connect();
    furnish(app, &[exhibit], room);
    app.insert_resource(Headset::Away)
        .insert_resource(ExhibitSessions::default())
        .add_plugins((world::body::plugin, world::spectator::plugin));
}

#[test]
fn nothing_that_is_shared_is_used_in_an_order_of_chance() {
    for exhibit in exhibits::ALL {
        let found = ambiguities(|app| hall(app, exhibit));
        assert!(
            found.is_empty(),
            "with {} (Bevy's feature `debug` gives systems their names):\n{found}",
            exhibit.title
        );
    }
}

#[test]
fn an_order_of_chance_is_found() {
    #[derive(Resource, Default)]
    struct Shared(usize);
    #[derive(Component)]
    struct Own(usize);
    #[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Reading;
    fn write(mut shared: ResMut<Shared>) {
        shared.0 += 1;
    }
    fn read(shared: Res<Shared>, mut owns: Query<&mut Own>) {
        for mut own in &mut owns {
            own.0 = shared.0;
        }
    }
    fn write_own(mut owns: Query<&mut Own>) {
        for mut own in &mut owns {
            own.0 += 1;
        }
    }
    let found = ambiguities(|app| {
        app.init_resource::<Shared>().add_systems(Update, (write, read.in_set(Reading), write_own));
    });
    assert!(found.lines().count() == 1 && found.contains("Reading"), "{found}");
    let said = ambiguities(|app| {
        app.init_resource::<Shared>().add_systems(Update, (write, read).chain());
    });
    assert_eq!(said, "");
}
