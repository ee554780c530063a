//! A room of its own for a headset: a network nobody else is on, and a Debian that has the runtime.

use std::{
    env,
    ffi::OsStr,
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The folders of a Debian that are shown in the room; the rest of its root is made anew and empty.
const MADE_BY_DEBIAN: &str = "usr etc var";
/// Makes the room and stays in it: everything it mounts goes when the last one in it does.
const KEEP_ROOM: &str = r#"
set -e
folder=$1 debian=$2
shift 2
export PATH=$PATH:/usr/sbin:/sbin
ip link set lo up
root=$folder/root
mkdir "$root"
mount -t tmpfs none "$root"
mkdir -p "$root"/{proc,dev,sys,run,tmp}
for link in bin sbin lib lib64; do [ ! -e "$debian/usr/$link" ] || ln -s "usr/$link" "$root/$link"; done
for part in $MADE_BY_DEBIAN; do mkdir "$root/$part"; mount --rbind "$debian/$part" "$root/$part"; done
for part in proc dev sys; do mount --rbind "/$part" "$root/$part"; done
for shown; do mkdir -p "$root$shown"; mount --rbind "$shown" "$root$shown"; done
# The developers' name of the loader must not be what the program finds.
for loader in "$root"/usr/lib/*/libopenxr_loader.so; do
    [ ! -e "$loader" ] || mount --bind /dev/null "$loader"
done
# Its root is what the others enter, so it is ready only in there.
exec chroot "$root" sh -c 'echo ready; exec cat'
"#;

/// The room; it ends with this.
pub(super) struct Space {
    keeper: Child,
    folder: tempfile::TempDir,
}

impl Space {
    /// Makes a room in which these folders are seen at their own places.
    pub(super) fn new(shown: &[&Path]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for own in ["runtime", "config"] {
            fs::create_dir(folder.path().join(own)).unwrap();
        }
        // Sockets in it are only for their owner, or the runtime refuses it.
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("runtime"), private).unwrap();
        let mut unshare = Command::new("unshare");
        if !is_root() {
            unshare.args(["--user", "--map-root-user"]);
        }
        let mut keeper = unshare
            .args(["--net", "--mount", "--propagation", "private"])
            .args(["bash", "-c", KEEP_ROOM, "headset"])
            .arg(folder.path())
            .arg(debian())
            .args(shown)
            .arg(folder.path())
            .env("MADE_BY_DEBIAN", MADE_BY_DEBIAN)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("unshare is missing: run tests/run, which installs it");
        let mut said = String::new();
        BufReader::new(keeper.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n", "the headset's room could not be made; it says why above");
        Self { keeper, folder }
    }

    /// A folder that is seen inside and outside at the same place.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program to be run in the room, started in `at`; it ends with the thread that starts it, at the latest.
    pub(super) fn command(&self, program: impl AsRef<OsStr>, at: &Path) -> Command {
        let mut command = Command::new("nsenter");
        command.arg("--target").arg(self.keeper.id().to_string());
        if !is_root() {
            command.args(["--user", "--preserve-credentials"]);
        }
        command.args(["--net", "--mount", "--root", "--"]);
        command.args(["setpriv", "--pdeathsig", "KILL", "env", "--chdir"]).arg(at);
        let inside = |name: &str| self.folder.path().join(name);
        command
            .arg(program)
            .env("HOME", inside("config"))
            .env("XDG_CONFIG_HOME", inside("config"))
            .env("XDG_RUNTIME_DIR", inside("runtime"))
            .env("XR_RUNTIME_JSON", "/usr/share/openxr/1/openxr_monado.json")
            .stdin(Stdio::null());
        for variable in ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] {
            command.env(variable, software_vulkan());
        }
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "RUST_LOG", "BEVY_ASSET_ROOT"] {
            command.env_remove(variable);
        }
        command
    }
}

impl Drop for Space {
    fn drop(&mut self) {
        self.keeper.kill().ok();
        self.keeper.wait().ok();
    }
}

fn is_root() -> bool {
    // Every process's own entry belongs to whom it runs as.
    std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").unwrap()) == 0
}

/// The root of a Debian with Monado: this machine's own, or one in a folder, as tests/run leaves it.
fn debian() -> PathBuf {
    let root = match env::var_os("PERCEPTARIUM_MONADO_ROOT") {
        Some(root) if root.is_empty() => PathBuf::from("/"),
        Some(root) => PathBuf::from(root),
        None => {
            Path::new(&env::var_os("HOME").unwrap_or_default()).join(".cache/perceptarium/trixie")
        }
    };
    let service = root.join("usr/bin/monado-service");
    assert!(service.exists(), "{} is missing: run tests/run, which brings it", service.display());
    root
}

/// Mesa's driver that draws on the processor, as it is named where the room's Debian has it.
fn software_vulkan() -> PathBuf {
    let drivers = "usr/share/vulkan/icd.d";
    let file = fs::read_dir(debian().join(drivers))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .find(|name| name.to_string_lossy().starts_with("lvp_icd"))
        .expect("Mesa's software driver is missing: run tests/run, which installs it");
    Path::new("/").join(drivers).join(file)
}
