//! The `--device` flag: which of burn's backends calculates.
//!
//! Those for GPUs are there if the program was built with the feature of their name. They calculate with burn's own
//! operators, and the kernels of this program stand back; see docs/ARCHITECTURE.md for what of two runs is alike on them.

use std::str::FromStr;

use burn::tensor::Device;
#[cfg(any(feature = "cuda", feature = "wgpu"))]
use burn::tensor::{DeviceIndex, DeviceKind, DeviceType};
use serde::Serialize;

use super::TrainError;
use crate::sentence::shown;
use crate::words::Word;

/// A device as named on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceName {
    /// burn's own CPU backend, the faster one.
    #[default]
    Flex,
    /// burn's CPU backend over the `ndarray` crate.
    NdArray,
    /// A GPU through Vulkan, Metal or DirectX.
    #[cfg(feature = "wgpu")]
    Wgpu,
    /// A GPU of NVIDIA through CUDA's driver.
    #[cfg(feature = "cuda")]
    Cuda,
}

/// Names that only some builds know.
const BY_FEATURE: [&str; 2] = ["wgpu", "cuda"];

impl DeviceName {
    /// Those that every build has, the default first.
    pub const ON_CPU: [Self; 2] = [Self::Flex, Self::NdArray];

    /// All that this build has, the default first.
    pub const ALL: &'static [Self] = &[
        Self::Flex,
        Self::NdArray,
        #[cfg(feature = "wgpu")]
        Self::Wgpu,
        #[cfg(feature = "cuda")]
        Self::Cuda,
    ];

    /// The device that somebody asks for.
    ///
    /// # Errors
    /// If this build does not know it, or this machine does not have it.
    pub fn asked(name: &str) -> Result<Self, TrainError> {
        let device: Self = name.parse()?;
        match device.missing() {
            Some(rule) => Err(TrainError::Option { option: "--device", value: shown(name), rule }),
            None => Ok(device),
        }
    }

    /// What keeps this machine from calculating with it.
    fn missing(self) -> Option<Word> {
        match self {
            Self::Flex | Self::NdArray => None,
            #[cfg(feature = "wgpu")]
            Self::Wgpu => Device::enumerate(DeviceType::Wgpu)
                .is_empty()
                .then_some(key!("learning-no-gpu-answers-through-vulkan")),
            // Burn would panic without the driver; to list its GPUs it asks for it first.
            #[cfg(feature = "cuda")]
            Self::Cuda => Device::enumerate(DeviceType::Cuda)
                .is_empty()
                .then_some(key!("learning-no-gpu-answers-through-nvidias")),
        }
    }

    /// The name as typed on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::NdArray => "ndarray",
            #[cfg(feature = "wgpu")]
            Self::Wgpu => "wgpu",
            #[cfg(feature = "cuda")]
            Self::Cuda => "cuda",
        }
    }

    /// Whether what it calculates with lies in the memory of the program, where its kernels reach it.
    pub fn is_on_cpu(self) -> bool {
        Self::ON_CPU.contains(&self)
    }

    /// Whether it calculates in double precision.
    pub const fn has_doubles(self) -> bool {
        match self {
            Self::Flex | Self::NdArray => true,
            #[cfg(feature = "wgpu")]
            Self::Wgpu => false,
            #[cfg(feature = "cuda")]
            Self::Cuda => true,
        }
    }

    /// The burn device, without differentiation.
    pub fn device(self) -> Device {
        match self {
            Self::Flex => Device::flex(),
            #[expect(
                deprecated,
                reason = "burn drops ndarray in 0.23; until then it is a second opinion"
            )]
            Self::NdArray => Device::ndarray(),
            #[cfg(feature = "wgpu")]
            Self::Wgpu => Device::wgpu(DeviceKind::DefaultDevice),
            #[cfg(feature = "cuda")]
            Self::Cuda => Device::cuda(DeviceIndex::Default),
        }
    }
}

impl FromStr for DeviceName {
    type Err = TrainError;

    fn from_str(name: &str) -> Result<Self, TrainError> {
        let rule = match BY_FEATURE.iter().position(|known| *known == name) {
            Some(0) => key!("learning-this-program-was-built-without"),
            Some(_) => key!("learning-this-program-was-built-without-it"),
            None => key!("learning-only-flex-ndarray-wgpu-and"),
        };
        Self::ALL
            .iter()
            .copied()
            .find(|device| device.name() == name)
            .ok_or_else(|| TrainError::Option { option: "--device", value: shown(name), rule })
    }
}

impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

the_same_in_every_language!(DeviceName);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for device in DeviceName::ALL {
            assert_eq!(device.name().parse(), Ok(*device));
        }
        for device in DeviceName::ON_CPU {
            assert_eq!(DeviceName::asked(device.name()), Ok(device));
        }
    }

    #[test]
    fn an_unknown_device_is_one_sentence() {
        let error = "tpu".parse::<DeviceName>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "--device is “tpu”, but only flex, ndarray, wgpu and cuda are known"
        );
    }

    #[test]
    fn a_device_of_another_build_or_machine_is_one_sentence() {
        for name in BY_FEATURE {
            let said = match DeviceName::asked(name) {
                Ok(device) => {
                    // It is there: it must calculate.
                    let two = burn::tensor::Tensor::<1>::from_floats([1.0, 1.0], &device.device());
                    assert_eq!(two.sum().into_scalar::<f32>(), 2.0);
                    continue;
                }
                Err(error) => error.to_string(),
            };
            let built = DeviceName::ALL.iter().any(|device| device.name() == name);
            let wanted = if built { "no GPU answers" } else { "build it with --features " };
            assert!(said.starts_with("--device is “") && said.contains(wanted), "{said}");
            assert!(!said.contains('\n') && (built || said.ends_with(name)), "{said}");
        }
    }
}
