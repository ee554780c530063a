//! Sound on the system's own device, by cpal, which needs nothing of the system to be built on Windows and macOS.

use std::time::Duration;

use cpal::{
    OutputCallbackInfo, SampleFormat, Stream,
    traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _},
};
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::super::mixer::{Mixer, Voice};

/// How long the device is kept after the last voice: longer than any is.
const LINGER: Duration = Duration::from_secs(4);
/// Voices and faults that may wait; those that find no room come too late anyway.
const MOST_WAITING: usize = 8;

/// Plays voices until nobody sends any more; opens the device for the first of them, and lets it go while it is silent.
///
/// # Errors
/// Where there is no device, or none that takes samples of single precision: why, in words that end a sentence.
pub(in super::super) fn serve(voices: &Receiver<Voice>) -> Result<(), String> {
    while let Ok(first) = voices.recv() {
        let device = Device::open()?;
        let mut next = Some(first);
        while let Some(voice) = next {
            if device.faults.try_recv().is_ok() {
                break;
            }
            device.voices.try_send(voice).ok();
            next = match voices.recv_timeout(LINGER) {
                Ok(voice) => Some(voice),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
        }
    }
    Ok(())
}

/// An open device, which asks for samples on a thread of the system's.
struct Device {
    voices: Sender<Voice>,
    faults: Receiver<cpal::Error>,
    /// It plays as long as it is kept.
    _stream: Stream,
}

impl Device {
    fn open() -> Result<Self, String> {
        let device = cpal::default_host().default_output_device();
        let device = device.ok_or_else(|| say!("sound-no-device").to_owned())?;
        let supported = device.default_output_config().map_err(|error| error.to_string())?;
        if supported.sample_format() != SampleFormat::F32 {
            return Err(say!("sound-no-device").to_owned());
        }
        let config = supported.config();
        let channels = usize::from(config.channels).max(1);
        let mut mixer = Mixer::new(config.sample_rate);
        let (voices, waiting) = bounded::<Voice>(MOST_WAITING);
        let (tell, faults) = bounded(MOST_WAITING);
        let fill = move |samples: &mut [f32], _: &OutputCallbackInfo| {
            waiting.try_iter().for_each(|voice| mixer.add(voice));
            samples.chunks_mut(channels).for_each(|frame| write(frame, mixer.frame()));
        };
        let note = move |error| {
            tell.try_send(error).ok();
        };
        let stream = device.build_output_stream(config, fill, note, None);
        let stream = stream.map_err(|error| error.to_string())?;
        stream.play().map_err(|error| error.to_string())?;
        Ok(Self { voices, faults, _stream: stream })
    }
}

/// Left and right are the first two channels; one alone has both.
fn write(frame: &mut [f32], [left, right]: [f32; 2]) {
    match frame {
        [one] => *one = f32::midpoint(left, right),
        [first, second, others @ ..] => {
            (*first, *second) = (left, right);
            others.fill(0.0);
        }
        [] => {}
    }
}
