//! The whole hall with one exhibit and what is learned in it, without a window and without a GPU.

use std::{
    any::Any,
    env,
    ffi::OsString,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use bevy::{
    app::{PluginsState, TerminalCtrlCHandlerPlugin},
    asset::io::AssetSourceBuilder,
    ecs::system::RunSystemOnce,
    log::LogPlugin,
    prelude::*,
    render::{
        RenderPlugin,
        pipelined_rendering::RenderExtractApp,
        settings::{RenderCreation, WgpuSettings},
        sync_world::SyncWorldPlugin,
    },
    winit::WinitPlugin,
};
use perceptarium::{
    attach::Attached,
    exhibits::{self, Exhibit},
    history::Run,
    learning::{Session, TrainingConfig},
    stream::{Command, RunState, Step, ViewerEnd},
    words::{self, Language},
    world::{
        self, Head,
        elsewhere::Elsewhere,
        interaction::{
            aim::{Aim, AimedAt},
            intent::Intent,
        },
        link::SpeedLimit,
        link::{Link, ShownRun, ShownSnapshot},
        stage::ActiveExhibit,
        stage::ExhibitList,
        ui::{
            controls::{Activate, ControlName},
            legible,
            panel::Panel,
        },
    },
};

use crate::support::{LONG, Taught, asked, exhibit, short, small_data, trainable};

/// The window that the first view is made for, in pixels.
pub(crate) const WINDOW_PX: Vec2 = Vec2::new(1280.0, 720.0);
/// Frames in which everything that moves comes to rest, with the words that are written seldom.
const SETTLED: usize = 60;
pub(crate) const FRAME: Duration = Duration::from_millis(8);

/// Whether the hall is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renderer {
    Absent,
    There,
}

/// The hall with one exhibit, after its training; drawn only where a test asks for it.
pub(crate) struct Hall {
    pub(crate) app: App,
    pub(crate) aim: Entity,
    /// Whoever trains, as long as the hall is there.
    _trains: Box<dyn Any>,
}

impl Hall {
    /// Opens it with an exhibit, after a short run.
    pub(crate) fn of(exhibit: &Exhibit) -> Self {
        Self::drawn_or_not(exhibit, Renderer::Absent)
    }

    /// Opens it with an exhibit that learns what the command line says.
    pub(crate) fn told(exhibit: &Exhibit, words: &[OsString]) -> Self {
        let (room, session) = trainable(exhibit, words);
        Self::with(&[exhibit], room, session, Renderer::Absent)
    }

    /// Opens it with the digits, drawn.
    pub(crate) fn with_digits_drawn() -> Self {
        Self::drawn_or_not(exhibit("digits"), Renderer::There)
    }

    fn drawn_or_not(exhibit: &Exhibit, renderer: Renderer) -> Self {
        let data = small_data(96, 100);
        let (room, session) = trainable(exhibit, &short(exhibit, data.path()));
        Self::with(&[exhibit], room, session, renderer)
    }

    /// Opens it as the program does, with all exhibits and this one on the stage, paused after so many steps.
    pub(crate) fn begun(exhibit: &Exhibit, steps: u32) -> Self {
        let data = small_data(96, 100);
        let begin = [Command::Pause, Command::Advance { steps }];
        // With the network that a first visit opens with, which has the most to show.
        let words = short(exhibit, data.path()).into_iter();
        let words: Vec<_> = words.filter(|word| word != "--model" && word != "lenet5").collect();
        let (room, session) = asked(exhibit, &words, &begin);
        let others = exhibits::ALL.iter().filter(|other| other.id != exhibit.id);
        let shown: Vec<_> = std::iter::once(exhibit).chain(others).collect();
        let mut hall = Self::opened(&shown, room, session, Renderer::Absent);
        hall.rest(&format!("step {steps}"), |run| {
            *run.state() == RunState::Paused && run.step() == Step(steps.into())
        });
        hall
    }

    /// Opens it with all of these, the first on the stage; it must be the digits.
    pub(crate) fn with_all(exhibits: &[Exhibit]) -> Self {
        let (room, session) = Taught::new(&small_data(96, 100), TrainingConfig::default()).part();
        let shown: Vec<_> = exhibits.iter().collect();
        Self::with(&shown, room, session, Renderer::Absent)
    }

    fn with(shown: &[&Exhibit], room: ViewerEnd, session: Session, renderer: Renderer) -> Self {
        let mut hall = Self::opened(shown, room, session, renderer);
        hall.rest("the end of the training", |run| *run.state() == RunState::Finished);
        hall
    }

    /// Opens it for a training of another program.
    pub(crate) fn elsewhere(
        exhibit: &Exhibit,
        room: ViewerEnd,
        attached: Attached,
        elsewhere: Elsewhere,
    ) -> Self {
        let tell = |app: &mut App| {
            app.insert_resource(elsewhere);
        };
        Self::opened_with(&[exhibit], room, Box::new(attached), Renderer::Absent, tell)
    }

    fn opened(shown: &[&Exhibit], room: ViewerEnd, session: Session, renderer: Renderer) -> Self {
        Self::opened_with(shown, room, Box::new(session), renderer, |_| {})
    }

    fn opened_with(
        shown: &[&Exhibit],
        room: ViewerEnd,
        trains: Box<dyn Any>,
        renderer: Renderer,
        tell: impl FnOnce(&mut App),
    ) -> Self {
        let mut app = bevy_alone(renderer);
        furnish(&mut app, shown, room);
        tell(&mut app);
        match renderer {
            // Bevy leaves this out, but cameras still report to it when they go.
            Renderer::Absent => {
                app.add_plugins(SyncWorldPlugin);
            }
            Renderer::There => {
                while app.plugins_state() == PluginsState::Adding {
                    bevy::tasks::tick_global_task_pools_on_main_thread();
                }
                // Frames are drawn when they are asked for, not beside the next.
                app.remove_sub_app(RenderExtractApp);
            }
        }
        app.finish();
        app.cleanup();
        app.update();
        let aim = app.world_mut().spawn(Aim::default()).id();
        Self { app, aim, _trains: trains }
    }

    /// Waits until a run is so far, its snapshot is shown and everything that moves has come to rest.
    fn rest(&mut self, what: &str, is_so: impl Fn(&Run) -> bool) {
        self.wait(what, |world| {
            is_so(&world.resource::<ShownRun>().0)
                && world.resource::<ShownSnapshot>().get().is_some()
        });
        self.wait("letters", |world| world.run_system_once(legible).unwrap());
        self.settle();
    }

    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&mut World) -> bool) {
        let begun = Instant::now();
        while !is_so(self.app.world_mut()) {
            assert!(begun.elapsed() < LONG, "{what} did not come");
            self.app.update();
            thread::sleep(FRAME);
        }
    }

    /// Everything that is written anywhere.
    pub(crate) fn texts(&mut self) -> Vec<String> {
        let world = self.app.world_mut();
        world.query::<&Text>().iter(world).map(|text| text.0.clone()).collect()
    }

    /// Those that are seen: pages that are closed are written when they are opened.
    pub(crate) fn seen_texts(&mut self) -> Vec<String> {
        let world = self.app.world_mut();
        let mut panels = world.query::<(&Panel, &InheritedVisibility)>();
        let open: Vec<Entity> = panels
            .iter(world)
            .filter(|(_, seen)| seen.get())
            .map(|(panel, _)| panel.root)
            .collect();
        let mut texts = world.query::<(Entity, &Text, &InheritedVisibility, &ComputedNode)>();
        let drawn: Vec<(Entity, String)> = texts
            .iter(world)
            .filter(|(_, _, seen, node)| seen.get() && !node.is_empty())
            .map(|(entity, text, ..)| (entity, text.0.clone()))
            .collect();
        let root = |mut entity: Entity| {
            while let Some(parent) = world.get::<ChildOf>(entity) {
                entity = parent.parent();
            }
            entity
        };
        let seen = drawn.into_iter().filter(|(entity, _)| open.contains(&root(*entity)));
        seen.map(|(_, text)| text).collect()
    }

    pub(crate) fn settle(&mut self) {
        for _ in 0..SETTLED {
            self.app.update();
            thread::sleep(FRAME);
        }
    }

    /// Puts the head where a visitor with a headset has it; the window keeps its own view.
    pub(crate) fn stand_at(&mut self, eye: Vec3) {
        let world = self.app.world_mut();
        let old: Vec<Entity> = world.query_filtered::<Entity, With<Head>>().iter(world).collect();
        for head in old {
            world.entity_mut(head).remove::<Head>();
        }
        world.spawn((Head, Transform::from_translation(eye)));
        self.settle();
    }

    /// Aims from the head at a place of what has this name, in uv, and presses it or not.
    #[track_caller]
    pub(crate) fn aim_at(&mut self, eye: Vec3, name: &str, uv: Vec2, press: bool) {
        let world = self.app.world_mut();
        let (entity, place, size) = surfaces(world)
            .into_iter()
            .find(|(surface, ..)| world.get::<Name>(*surface).is_some_and(|n| n.as_str() == name))
            .expect(name);
        let local = (uv - 0.5) * vec2(1.0, -1.0) * size;
        let point = place.transform_point(local.extend(0.0));
        let ray = Some(Ray3d::new(eye, Dir3::new(point - eye).unwrap()));
        for pressed in [false, press, false] {
            self.app.world_mut().entity_mut(self.aim).insert(Aim { ray, pressed, ..default() });
            self.app.update();
            let world = self.app.world();
            let hit = world.get::<AimedAt>(self.aim).unwrap().0;
            let met = hit.and_then(|hit| world.get::<Name>(hit.surface)).map(Name::as_str);
            assert_eq!(hit.map(|hit| hit.surface), Some(entity), "{met:?} is before {name}");
        }
        self.settle();
    }

    /// Aims from the head at a place, whatever is there.
    pub(crate) fn look_at(&mut self, eye: Vec3, place: Vec3) {
        let ray = Some(Ray3d::new(eye, Dir3::new(place - eye).unwrap()));
        self.app.world_mut().entity_mut(self.aim).insert(Aim { ray, ..default() });
        self.settle();
    }

    pub(crate) fn aim_away(&mut self) {
        self.app.world_mut().entity_mut(self.aim).insert(Aim::default());
        self.settle();
    }

    /// Presses a button without aiming at it.
    #[track_caller]
    pub(crate) fn press(&mut self, name: &str) {
        let world = self.app.world_mut();
        let mut buttons = world.query::<(Entity, &ControlName)>();
        let found = buttons.iter(world).find(|(_, control)| control.0 == name);
        let entity = found.expect(name).0;
        world.trigger(Activate { entity });
        self.settle();
    }

    pub(crate) fn say(&mut self, intent: Intent) {
        self.app.world_mut().write_message(intent);
        self.settle();
    }
}

/// The language of halls in this process, which a test that wants another starts with [`LANGUAGE`] set.
pub(crate) fn language() -> Language {
    env::var(LANGUAGE).ok().and_then(|tag| Language::of_tag(&tag)).unwrap_or_default()
}

/// Names the language of halls, by its tag.
pub(crate) const LANGUAGE: &str = "PERCEPTARIUM_GALLERY_LANGUAGE";

/// Bevy without a window.
pub(crate) fn bevy_alone(renderer: Renderer) -> App {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shaders = folder.join("shaders");
    words::speak(language());
    let mut app = App::new();
    app.register_asset_source(
        "shaders",
        AssetSourceBuilder::platform_default(&shaders.to_string_lossy(), None),
    )
    .add_plugins(
        DefaultPlugins
            .set(AssetPlugin {
                file_path: folder.join("assets").to_string_lossy().into_owned(),
                ..default()
            })
            .set(RenderPlugin {
                render_creation: RenderCreation::Automatic(Box::new(match renderer {
                    Renderer::Absent => WgpuSettings { backends: None, ..default() },
                    Renderer::There => WgpuSettings::default(),
                })),
                ..default()
            })
            .set(WindowPlugin {
                primary_window: Some(Window {
                    resolution: (WINDOW_PX.x as u32, WINDOW_PX.y as u32).into(),
                    ..default()
                }),
                ..default()
            })
            .disable::<WinitPlugin>()
            .disable::<LogPlugin>()
            .disable::<TerminalCtrlCHandlerPlugin>(),
    );
    app
}

/// Brings the hall into it, with these exhibits.
pub(crate) fn furnish(app: &mut App, shown: &[&Exhibit], room: ViewerEnd) {
    app.insert_resource(Link::new(room))
        .insert_resource(SpeedLimit(None))
        .insert_resource(ShownRun(Run::new(64 << 20)))
        .insert_resource(ExhibitList(shown.iter().map(|exhibit| exhibit.placed()).collect()))
        .add_plugins((world::plugin, world::desktop::plugin));
    if let [first, _, ..] = shown {
        app.insert_resource(ActiveExhibit(first.id));
    }
    for exhibit in shown {
        world::stage::gate(app, exhibit.id);
        (exhibit.plugin)(app);
    }
}

/// Every surface that shows numbers, with its place and its size in metres; a panel of words may have the same name.
pub(crate) fn surfaces(world: &mut World) -> Vec<(Entity, GlobalTransform, Vec2)> {
    let mut query = world.query_filtered::<(
        Entity,
        &world::interaction::aim::Surface,
        &GlobalTransform,
        &InheritedVisibility,
    ), Without<Panel>>();
    query
        .iter(world)
        .filter(|(.., seen)| seen.get())
        .map(|(entity, surface, place, _)| (entity, *place, surface.size))
        .collect()
}
