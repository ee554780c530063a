//! Finding a runtime and a headset: loader, extensions, instance, system, each with its own way to be missing.

#[cfg(not(windows))]
use std::path::Path;

use bevy_mod_openxr::{
    error::OxrError,
    exts::OxrExtensions,
    graphics::GraphicsBackend,
    resources::{OxrEntry, OxrInstance},
    types::{AppInfo, Version},
};
use openxr::{FormFactor, SystemId, sys};

/// Names of the loader. Debian and Ubuntu's runtime package has only the second; the first comes with the
/// development package and with SteamVR's and Meta's own.
#[cfg(not(any(windows, target_os = "macos")))]
const LOADERS: &[&str] = &["libopenxr_loader.so", "libopenxr_loader.so.1"];
#[cfg(target_os = "macos")]
const LOADERS: &[&str] = &["libopenxr_loader.dylib", "libopenxr_loader.1.dylib"];

/// A runtime that answers and has a headset.
pub struct Runtime {
    /// The line to the runtime.
    pub(super) instance: OxrInstance,
    /// The headset and what belongs to it.
    pub(super) system: SystemId,
    /// The extensions that are on.
    pub(super) extensions: openxr::ExtensionSet,
    /// The runtime's name for itself, and for the headset.
    name: String,
}

/// Why no headset can be entered, in words that end a sentence.
#[derive(Debug, thiserror::Error)]
pub enum NoHeadset {
    #[error("{}", say!("xr-there-is-no-openxr-loader", value = .0))]
    #[cfg(not(windows))]
    NoLoader(&'static str),
    #[error("{}", say!("xr-no-openxr-runtime-is-active-2"))]
    NoRuntime,
    /// It cannot be loaded, and which file is to blame is known.
    #[error("{0}")]
    #[cfg(not(windows))]
    Broken(String),
    #[error("{}", say!("xr-the-openxr-runtime-does-not"))]
    Silent,
    #[error("{}", say!("xr-the-openxr-runtime-cannot-be"))]
    NoVulkan,
    #[error("{}", say!("xr-finds-no-headset-connect-it", value = .0))]
    NoHeadset(String),
    #[error("{}", say!("xr-the-openxr-runtime-refused", value = .0))]
    Refused(String),
    #[error("{}", say!("xr-its-graphics-device-cannot-be", value = .0))]
    Graphics(String),
    #[error(
        "{}", say!("xr-its-pictures-would-be-drawn")
    )]
    OtherDevice,
}

impl From<OxrError> for NoHeadset {
    fn from(error: OxrError) -> Self {
        match error {
            OxrError::OpenXrError(result) => result.into(),
            error => Self::Refused(error.to_string()),
        }
    }
}

impl From<sys::Result> for NoHeadset {
    fn from(result: sys::Result) -> Self {
        match result {
            sys::Result::ERROR_RUNTIME_UNAVAILABLE => Self::NoRuntime,
            sys::Result::ERROR_RUNTIME_FAILURE
            | sys::Result::ERROR_INSTANCE_LOST
            | sys::Result::ERROR_INITIALIZATION_FAILED => Self::Silent,
            result => Self::Refused(result.to_string()),
        }
    }
}

impl NoHeadset {
    /// Whether a runtime is installed, so that a headset may be there later.
    pub const fn may_change(&self) -> bool {
        matches!(self, Self::Silent | Self::NoHeadset(_))
    }
}

impl Runtime {
    /// Asks the active runtime for a headset. Some runtimes start their service for it, which takes seconds.
    ///
    /// # Errors
    /// When there is no loader, no runtime, no Vulkan or no headset.
    pub fn find() -> Result<Self, NoHeadset> {
        let entry = OxrEntry(load()?);
        let offered = entry.enumerate_extensions().map_err(unloaded)?;
        let backend = GraphicsBackend::Vulkan(());
        if !backend.is_available(&offered) {
            return Err(NoHeadset::NoVulkan);
        }
        let wanted = wanted() & offered;
        let extensions = wanted.raw().clone();
        let instance = entry.create_instance(application(), wanted, &[], backend)?;
        let runtime = instance.properties()?.runtime_name;
        let system = match instance.system(FormFactor::HEAD_MOUNTED_DISPLAY) {
            Ok(system) => system,
            Err(
                sys::Result::ERROR_FORM_FACTOR_UNAVAILABLE
                | sys::Result::ERROR_FORM_FACTOR_UNSUPPORTED,
            ) => return Err(NoHeadset::NoHeadset(runtime)),
            Err(other) => return Err(other.into()),
        };
        let headset = instance.system_properties(system)?.system_name;
        let name = if headset.is_empty() { runtime } else { format!("{headset} ({runtime})") };
        Ok(Self { instance, system, extensions, name })
    }

    /// What the headset and its runtime call themselves.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// How the program introduces itself.
pub(super) fn application() -> AppInfo {
    AppInfo { name: "Perceptarium".into(), version: Version(0, 1, 0) }
}

/// What is used where it is offered; nothing of it is needed.
fn wanted() -> OxrExtensions {
    let mut extensions = OxrExtensions::default();
    // A floor that recentring moves with the visitor.
    extensions.ext_local_floor = true;
    extensions.ext_hand_tracking = true;
    // Interaction profiles beyond the core's.
    extensions.ext_hand_interaction = true;
    extensions.bd_controller_interaction = true;
    extensions.ext_hp_mixed_reality_controller = true;
    extensions.meta_touch_controller_plus = true;
    extensions.fb_touch_controller_pro = true;
    extensions
}

/// Why the loader found no runtime that it could ask.
fn unloaded(error: OxrError) -> NoHeadset {
    #[cfg(not(windows))]
    if let OxrError::OpenXrError(
        sys::Result::ERROR_RUNTIME_UNAVAILABLE
        | sys::Result::ERROR_FILE_ACCESS_ERROR
        | sys::Result::ERROR_FILE_CONTENTS_INVALID,
    ) = error
        && let Some(defect) = super::manifest::defect()
    {
        return NoHeadset::Broken(defect);
    }
    error.into()
}

/// On Windows the loader is built into the program.
#[cfg(windows)]
fn load() -> Result<openxr::Entry, NoHeadset> {
    Ok(openxr::Entry::linked())
}

#[cfg(not(windows))]
#[expect(unsafe_code, reason = "a loader is a foreign library")]
fn load() -> Result<openxr::Entry, NoHeadset> {
    for name in LOADERS {
        // SAFETY: these are the names under which the OpenXR loader is installed, and by its specification a
        // library of this name holds its entry points.
        if let Ok(entry) = unsafe { openxr::Entry::load_from(Path::new(name)) } {
            return Ok(entry);
        }
    }
    Err(NoHeadset::NoLoader(LOADERS.last().copied().unwrap_or_default()))
}
