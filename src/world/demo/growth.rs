//! What the program takes while it shows itself: memory, threads, and what there is in the hall, told at each station, so
//! that a day of it can be seen not to grow.

use bevy::{
    ecs::{entity::Entities, system::SystemParam},
    prelude::*,
};

use crate::world::hall_events::{HallEvent, HallListener};

/// What is counted, and who hears of it.
#[derive(SystemParam)]
pub(super) struct Growth<'w> {
    told: Option<ResMut<'w, HallListener>>,
    entities: &'w Entities,
    images: Option<Res<'w, Assets<Image>>>,
    meshes: Option<Res<'w, Assets<Mesh>>>,
}

impl Growth<'_> {
    /// Tells what there is as this exhibit is visited.
    pub(super) fn tell(&mut self, exhibit: &str, round: u32) {
        let Some(told) = &mut self.told else {
            return;
        };
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        told.tell(HallEvent::Shows {
            exhibit,
            round,
            resident_kib: number(&status, "VmRSS:"),
            threads: number(&status, "Threads:"),
            entities: self.entities.count_spawned(),
            images: self.images.as_ref().map_or(0, |images| images.len()),
            meshes: self.meshes.as_ref().map_or(0, |meshes| meshes.len()),
        });
    }
}

/// A number of a file of Linux that says how a process is (`proc_pid_status(5)`).
fn number(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_process_are_found_by_their_names() {
        let status = "Name:\thall\nVmPeak:\t  900 kB\nVmRSS:\t  512044 kB\nThreads:\t17\n";
        assert_eq!(number(status, "VmRSS:"), Some(512_044));
        assert_eq!(number(status, "Threads:"), Some(17));
        assert_eq!(number(status, "VmSwap:"), None);
        assert_eq!(number("", "VmRSS:"), None);
    }
}
