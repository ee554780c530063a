//! A run that begins anew leaves nothing of the one before: no thing in the hall, no picture, no mesh, no thread.

use std::{env, fs, process};

use bevy::prelude::*;
use perceptarium::{
    exhibits,
    stream::RunState,
    world::{link::ShownRun, ui::panel::PanelMaterial},
};

use crate::halls::Hall;

/// How often a run begins anew.
const TIMES: usize = 10;
/// Says that this process is the one in which threads are counted.
const ALONE: &str = "PERCEPTARIUM_GALLERY_ALONE";

/// What there is.
#[derive(Debug)]
struct Counted {
    entities: usize,
    images: usize,
    meshes: usize,
    materials: usize,
    threads: usize,
}

fn counted(world: &World) -> Counted {
    Counted {
        entities: world.entities().count_spawned() as usize,
        images: world.resource::<Assets<Image>>().len(),
        meshes: world.resource::<Assets<Mesh>>().len(),
        materials: world.resource::<Assets<PanelMaterial>>().len(),
        threads: fs::read_dir("/proc/self/task").unwrap().count(),
    }
}

/// Begins anew, as a visitor does, and waits for the end of that run. The seed stays: another one draws other curves, which
/// are of more or fewer strokes.
fn again(hall: &mut Hall) {
    let run_of = |world: &World| world.resource::<ShownRun>().0.started().unwrap().run;
    let before = run_of(hall.app.world());
    hall.press("restart");
    hall.wait("the end of the next run", |world| {
        let over = *world.resource::<ShownRun>().0.state() == RunState::Finished;
        over && run_of(world) != before
    });
    hall.settle();
}

#[test]
fn a_run_that_begins_anew_ten_times_leaves_nothing_behind() {
    // Threads are counted in a process of its own, as other tests have theirs.
    if env::var(ALONE).is_err() {
        let name = "restarts::a_run_that_begins_anew_ten_times_leaves_nothing_behind";
        let done = process::Command::new(env::current_exe().unwrap())
            .args([name, "--exact"])
            .env(ALONE, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success() && said.contains("1 passed"), "{said}");
        return;
    }
    for exhibit in exhibits::ALL {
        let mut hall = Hall::of(exhibit);
        // What is made when it is first needed is there after the second run.
        again(&mut hall);
        let all: Vec<Counted> = (0..TIMES)
            .map(|_| {
                again(&mut hall);
                counted(hall.app.world())
            })
            .collect();
        // What a run left would be there once more after each. A page that is written late where the machine is busy, one that
        // is hidden in mid-run with the curves of then, a letter seen for the first time: they come and go.
        let counts: [(&str, fn(&Counted) -> usize); 5] = [
            ("entities", |of| of.entities),
            ("images", |of| of.images),
            ("meshes", |of| of.meshes),
            ("materials", |of| of.materials),
            ("threads", |of| of.threads),
        ];
        for (what, of) in counts {
            let rises = all.windows(2).filter(|pair| of(&pair[1]) > of(&pair[0])).count();
            assert!(rises + 2 < TIMES, "{}: {what} grow: {all:?}", exhibit.title);
        }
    }
}
