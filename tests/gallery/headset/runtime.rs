//! Monado as a service that a test starts, moves a head and two hands through, and kills.

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use super::{
    remote::{Remote, Worn},
    space::Space,
};
use crate::support::LONG;

/// The socket on which the service waits for programs, in its runtime folder.
const SOCKET: &str = "runtime/monado_comp_ipc";

/// A running OpenXR runtime in a room of its own.
pub(super) struct Runtime {
    // Dropped in this order: the line, the service, the room.
    remote: Remote,
    service: Child,
    space: Space,
    /// What the visitor wears and holds, as it was sent last.
    worn: Worn,
}

impl Runtime {
    pub(super) fn start() -> Self {
        // Cargo's name of the folder may be a link, which no running program tells of itself.
        let tests = env::current_exe().unwrap();
        let tests = tests.parent().and_then(Path::parent).unwrap();
        let programs = Path::new(env!("CARGO_BIN_EXE_perceptarium")).parent().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        // Displays are reached by their sockets, and data and pictures lie where temporary files do.
        let screens = Path::new("/tmp/.X11-unix");
        fs::create_dir_all(screens).unwrap();
        let space = Space::new(&[&env::temp_dir(), source, tests, programs, screens]);
        let service = serve(&space);
        let mut remote = Remote::connect(&space);
        let worn = Worn::default();
        remote.send(&worn);
        Self { remote, service, space, worn }
    }

    /// A program that is to find this runtime, started in `at`.
    pub(super) fn command(&self, program: impl AsRef<Path>, at: &Path) -> Command {
        self.space.command(program.as_ref(), at)
    }

    pub(super) fn worn(&self) -> &Worn {
        &self.worn
    }

    /// Changes what the visitor wears and holds.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Worn)) {
        change(&mut self.worn);
        self.remote.send(&self.worn);
    }

    /// Ends the service as if it had crashed.
    pub(super) fn kill(&mut self) {
        self.service.kill().unwrap();
        self.service.wait().unwrap();
    }

    /// Starts it again after that.
    pub(super) fn start_again(&mut self) {
        self.service = serve(&self.space);
        self.remote = Remote::connect(&self.space);
        self.remote.send(&self.worn);
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.service.kill().ok();
        self.service.wait().ok();
    }
}

fn log(space: &Space) -> PathBuf {
    space.folder().join("service.log")
}

fn serve(space: &Space) -> Child {
    let socket = space.folder().join(SOCKET);
    // A service that was killed has left it.
    fs::remove_file(&socket).ok();
    let said = File::options().create(true).append(true).open(log(space)).unwrap();
    let mut service = space
        .command("monado-service", space.folder())
        .env("P_OVERRIDE_ACTIVE_CONFIG", "remote")
        .env("XRT_COMPOSITOR_NULL", "1")
        .env("XRT_NO_STDIN", "1")
        .stdout(said.try_clone().unwrap())
        .stderr(said)
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !socket.exists() {
        let ended = service.try_wait().unwrap();
        if ended.is_some() || begun.elapsed() > LONG {
            service.kill().ok();
            let said = fs::read_to_string(log(space)).unwrap_or_default();
            panic!("the runtime did not come up ({ended:?}):\n{said}");
        }
        thread::sleep(Duration::from_millis(20));
    }
    service
}
