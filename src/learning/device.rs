//! The `--device` flag: which of burn's backends calculates.

use std::str::FromStr;

use burn::tensor::Device;
use serde::Serialize;

use super::TrainError;
use crate::sentence::shown;

/// A device as named on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceName {
    /// burn's own CPU backend, the faster one.
    #[default]
    Flex,
    /// burn's CPU backend over the `ndarray` crate.
    NdArray,
}

impl DeviceName {
    /// All devices, the default first.
    pub const ALL: [Self; 2] = [Self::Flex, Self::NdArray];

    /// The name as typed on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Flex => "flex",
            Self::NdArray => "ndarray",
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
        }
    }
}

impl FromStr for DeviceName {
    type Err = TrainError;

    fn from_str(name: &str) -> Result<Self, TrainError> {
        Self::ALL.into_iter().find(|device| device.name() == name).ok_or_else(|| {
            TrainError::Option {
                option: "--device",
                value: shown(name),
                rule: "only flex and ndarray are known",
            }
        })
    }
}

impl std::fmt::Display for DeviceName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for device in DeviceName::ALL {
            assert_eq!(device.name().parse(), Ok(device));
        }
    }

    #[test]
    fn an_unknown_device_is_one_sentence() {
        let error = "tpu".parse::<DeviceName>().unwrap_err();
        assert_eq!(error.to_string(), "--device is “tpu”, but only flex and ndarray are known");
    }
}
