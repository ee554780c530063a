//! A run that begins anew leaves nothing of the one before: no thing in the hall, no picture, no mesh, no thread.

use std::{env, fs, process};

use bevy::prelude::*;
use perceptarium::{
    exhibits,
    stream::RunState,
    world::{link::ShownRun, ui::panel::PanelMaterial},
};

use crate::halls::Hall;

/// How often a run begins anew, and how many of these times at first are compared with as many at last.
const TIMES: usize = 10;
const SOME: usize = 3;
/// Says that this process is the one in which threads are counted.
const ALONE: &str = "PERCEPTARIUM_GALLERY_ALONE";

/// What there is.
#[derive(Debug)]
struct Counted {
    entities: u32,
    images: usize,
    meshes: usize,
    materials: usize,
    threads: usize,
}

fn counted(world: &World) -> Counted {
    Counted {
        entities: world.entities().count_spawned(),
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
        // A page may be written late where the machine is busy, but once: the least that there was at last is no more than the
        // most at first. What a run left would be there once for each between.
        let (first, last) = (&all[..SOME], &all[TIMES - SOME..]);
        let between = TIMES + 1 - 2 * SOME;
        let grows = |of: fn(&Counted) -> usize| {
            let most = first.iter().map(of).max().unwrap_or_default();
            last.iter().map(of).min().unwrap_or_default().saturating_sub(most)
        };
        // Words that change, such as times, are of more or fewer parts.
        assert!(grows(|of| of.entities as usize) < 3 * between, "{}: {all:?}", exhibit.title);
        let others: [fn(&Counted) -> usize; 4] =
            [|of| of.images, |of| of.meshes, |of| of.materials, |of| of.threads];
        for of in others {
            assert_eq!(grows(of), 0, "{}: {all:?}", exhibit.title);
        }
    }
}
