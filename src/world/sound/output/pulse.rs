//! Sound through a server that speaks PulseAudio's protocol, as PipeWire's does, spoken here without a library of the
//! system: one stream, there while something is heard, whose server asks for samples.

use std::{
    fs,
    io::{BufReader, Cursor, Error, ErrorKind, Read as _},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

use crossbeam_channel::Receiver;
use pulseaudio::{
    cookie_path_from_env,
    protocol::{
        AuthParams, AuthReply, ChannelMap, Command, CommandReply, CreatePlaybackStreamReply,
        MAX_VERSION, PlaybackStreamParams, Prop, Props, ProtocolError, PulseError, Request,
        SampleFormat, SampleSpec, SetClientNameReply, TagStructReader, read_descriptor,
        stream::BufferAttr, stream::StreamFlags, write_command_message, write_memblock,
    },
    socket_path_from_env,
};

use super::super::mixer::{Mixer, Voice};

const RATE_HZ: u32 = 48_000;
/// Left and right in single precision.
const FRAME_BYTES: u32 = 8;
/// What the server keeps ahead and asks for at a time, in frames: 40 and 10 ms, so that a press is heard with the eye's
/// answer to it.
const AHEAD_FRAMES: u32 = RATE_HZ / 25;
const ASKED_FRAMES: u32 = RATE_HZ / 100;
/// A stream begins with so much silence, in frames (20 ms): servers lose some of its first 10 ms while the loudspeaker wakes.
const LEAD_FRAMES: u32 = RATE_HZ / 50;
/// The stream is kept so long after the last sound, in frames; then the loudspeaker may sleep.
const LINGER_FRAMES: u32 = RATE_HZ;
/// No server asks for more at once, in frames.
const MOST_FRAMES: u32 = RATE_HZ;
/// A server that says nothing for so long while a stream plays will not say anything more.
const PATIENCE: Duration = Duration::from_secs(2);
/// Nothing that concerns a stream is longer, in bytes.
const MOST_BYTES: u32 = 1 << 16;

/// Plays voices until nobody sends any more; looks for the server when there is the first.
///
/// # Errors
/// Where no server answers, or it plays nothing: why, in words that end a sentence.
pub(in super::super) fn serve(voices: &Receiver<Voice>) -> Result<(), String> {
    let (mut kept, mut broke_off) = (None::<Server>, false);
    while let Ok(voice) = voices.recv() {
        let mut mixer = Mixer::new(RATE_HZ);
        mixer.add(voice);
        // One that was kept may have gone since.
        let opened = kept.take().and_then(|server| server.open().ok());
        let opened = opened.map_or_else(|| Server::find().and_then(Server::open), Ok);
        let (mut server, stream) = opened.map_err(in_words)?;
        match server.play(&stream, &mut mixer, voices) {
            Ok(()) => (kept, broke_off) = (Some(server), false),
            // It may come back, as when somebody starts it anew.
            Err(_) if !broke_off => broke_off = true,
            Err(error) => return Err(in_words(error)),
        }
    }
    Ok(())
}

fn in_words(error: ProtocolError) -> String {
    let kind = if let ProtocolError::Io(error) = &error { Some(error.kind()) } else { None };
    match kind {
        Some(ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
            say!("sound-no-server").to_owned()
        }
        Some(ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
            say!("sound-server-is-silent").to_owned()
        }
        _ => say!("sound-server-fails", error),
    }
}

/// A connection whose client has told its name.
struct Server {
    socket: BufReader<UnixStream>,
    version: u16,
    /// The number of the next request, by which its reply is known.
    next: u32,
    /// What was heard last, and what is sent next.
    message: Vec<u8>,
    samples: Vec<u8>,
}

impl Server {
    /// The one that the environment names.
    fn find() -> Result<Self, ProtocolError> {
        let path = socket_path_from_env().ok_or_else(|| Error::from(ErrorKind::NotFound))?;
        let cookie = cookie_path_from_env().and_then(|path| fs::read(path).ok());
        Self::connect(&path, cookie.unwrap_or_default())
    }

    fn connect(path: &Path, cookie: Vec<u8>) -> Result<Self, ProtocolError> {
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let mut server = Self {
            socket: BufReader::new(socket),
            version: MAX_VERSION,
            next: 0,
            message: Vec::new(),
            samples: Vec::new(),
        };
        let version = MAX_VERSION;
        let (supports_shm, supports_memfd) = (false, false);
        let who = AuthParams { version, supports_shm, supports_memfd, cookie };
        let agreed: AuthReply = server.ask(&Command::Auth(who))?;
        server.version = agreed.version.min(MAX_VERSION);
        let mut name = Props::new();
        name.set(Prop::ApplicationName, c"Perceptarium");
        let _: SetClientNameReply = server.ask(&Command::SetClientName(name))?;
        Ok(server)
    }

    /// Opens a stream on it.
    fn open(mut self) -> Result<(Self, CreatePlaybackStreamReply), ProtocolError> {
        let stream = self.ask(&Command::CreatePlaybackStream(plan()))?;
        Ok((self, stream))
    }

    /// Plays until it has been silent for a while, and closes the stream; voices that come meanwhile are heard as soon as the
    /// server asks.
    fn play(
        &mut self,
        stream: &CreatePlaybackStreamReply,
        mixer: &mut Mixer,
        voices: &Receiver<Voice>,
    ) -> Result<(), ProtocolError> {
        self.write(stream.channel, &mut Mixer::new(RATE_HZ), LEAD_FRAMES)?;
        let mut owed = stream.requested_bytes.saturating_sub(LEAD_FRAMES * FRAME_BYTES);
        let mut silent = 0;
        while silent < LINGER_FRAMES {
            voices.try_iter().for_each(|voice| mixer.add(voice));
            let frames = (owed / FRAME_BYTES).min(MOST_FRAMES);
            silent = if mixer.is_silent() { silent + frames } else { 0 };
            self.write(stream.channel, mixer, frames)?;
            owed = owed % FRAME_BYTES + self.asked_for(stream.channel)?;
        }
        let end = self.send(&Command::DeletePlaybackStream(stream.channel))?;
        self.reply_to(end).map(drop)
    }

    fn write(&mut self, stream: u32, mixer: &mut Mixer, frames: u32) -> Result<(), ProtocolError> {
        self.samples.clear();
        for _ in 0..frames {
            for side in mixer.frame() {
                self.samples.extend(side.to_le_bytes());
            }
        }
        if self.samples.is_empty() {
            return Ok(());
        }
        write_memblock(self.socket.get_mut(), stream, &self.samples, 0)
    }

    /// Waits until the server asks for more of a stream, and tells how many bytes.
    fn asked_for(&mut self, stream: u32) -> Result<u32, ProtocolError> {
        loop {
            match self.hear()? {
                Some((_, Command::Request(Request { channel, length }), _))
                    if channel == stream =>
                {
                    return Ok(length.min(MOST_FRAMES * FRAME_BYTES));
                }
                Some((_, Command::PlaybackStreamKilled(channel), _)) if channel == stream => {
                    return Err(ProtocolError::ServerError(PulseError::Killed));
                }
                _ => {}
            }
        }
    }

    fn ask<R: CommandReply>(&mut self, command: &Command) -> Result<R, ProtocolError> {
        let number = self.send(command)?;
        let from = self.reply_to(number)?;
        let mut rest = self.message.get(from..).unwrap_or_default();
        TagStructReader::new(&mut rest, self.version).read()
    }

    fn send(&mut self, command: &Command) -> Result<u32, ProtocolError> {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        write_command_message(self.socket.get_mut(), number, command, self.version)?;
        Ok(number)
    }

    /// Waits for the reply to a request, and tells where its content begins in the message.
    fn reply_to(&mut self, number: u32) -> Result<usize, ProtocolError> {
        loop {
            match self.hear()? {
                Some((to, Command::Reply, from)) if to == number => return Ok(from),
                Some((to, Command::Error(error), _)) if to == number => {
                    return Err(ProtocolError::ServerError(error));
                }
                // What concerns nobody any more.
                _ => {}
            }
        }
    }

    /// The next message, with its number and where its content begins; none if it is of a kind that does not matter here.
    fn hear(&mut self) -> Result<Option<(u32, Command, usize)>, ProtocolError> {
        let head = read_descriptor(&mut self.socket)?;
        if head.length > MOST_BYTES {
            return Err(ProtocolError::Invalid(head.length.to_string()));
        }
        self.message.resize(head.length as usize, 0);
        self.socket.read_exact(&mut self.message)?;
        let mut message = Cursor::new(&self.message);
        let told = Command::read_tag_prefixed(&mut message, self.version);
        let at = usize::try_from(message.position()).unwrap_or(self.message.len());
        Ok(told.ok().map(|(number, command)| (number, command, at)))
    }
}

/// The stream that is asked for.
fn plan() -> PlaybackStreamParams {
    let mut props = Props::new();
    props.set(Prop::MediaName, c"Perceptarium");
    PlaybackStreamParams {
        sample_spec: SampleSpec {
            format: SampleFormat::Float32Le,
            channels: 2,
            sample_rate: RATE_HZ,
        },
        channel_map: ChannelMap::stereo(),
        buffer_attr: BufferAttr {
            target_length: AHEAD_FRAMES * FRAME_BYTES,
            minimum_request_length: ASKED_FRAMES * FRAME_BYTES,
            ..BufferAttr::default()
        },
        flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
        props,
        ..PlaybackStreamParams::default()
    }
}

#[cfg(test)]
mod tests {
    use std::{os::unix::net::UnixListener, thread};

    use crossbeam_channel::bounded;
    use pulseaudio::protocol::{
        read_command_message, write_ack_message, write_error, write_reply_message,
    };

    use super::{super::super::sounds::Sound, *};

    /// How the server of a test behaves once a client has told its name.
    #[derive(Clone, Copy, PartialEq)]
    enum Manner {
        Plays,
        HasNoSink,
    }

    /// A server that speaks as much of the protocol as is needed here; gives what it was sent to play.
    fn host(listener: &UnixListener, manner: Manner) -> Vec<f32> {
        let (socket, _) = listener.accept().unwrap();
        let mut socket = BufReader::new(socket);
        let mut played = Vec::new();
        let number = |socket: &mut BufReader<UnixStream>, wanted: fn(&Command) -> bool| {
            let (number, command) = read_command_message(socket, MAX_VERSION).unwrap();
            assert!(wanted(&command), "{command:?}");
            number
        };
        let to = number(&mut socket, |command| matches!(command, Command::Auth(_)));
        let agreed = AuthReply { version: MAX_VERSION, ..AuthReply::default() };
        write_reply_message(socket.get_mut(), to, &agreed, MAX_VERSION).unwrap();
        let to = number(&mut socket, |command| matches!(command, Command::SetClientName(_)));
        let known = SetClientNameReply { client_id: 7 };
        write_reply_message(socket.get_mut(), to, &known, MAX_VERSION).unwrap();
        let to = number(&mut socket, |command| matches!(command, Command::CreatePlaybackStream(_)));
        if manner == Manner::HasNoSink {
            write_error(socket.get_mut(), to, &PulseError::NoEntity).unwrap();
            return played;
        }
        let stream = CreatePlaybackStreamReply {
            channel: 3,
            requested_bytes: AHEAD_FRAMES * FRAME_BYTES,
            sample_spec: plan().sample_spec,
            channel_map: ChannelMap::stereo(),
            ..CreatePlaybackStreamReply::default()
        };
        write_reply_message(socket.get_mut(), to, &stream, MAX_VERSION).unwrap();
        loop {
            let head = read_descriptor(&mut socket).unwrap();
            let mut body = vec![0; head.length as usize];
            socket.read_exact(&mut body).unwrap();
            if head.channel == u32::MAX {
                let (to, command) =
                    Command::read_tag_prefixed(&mut Cursor::new(&body), MAX_VERSION).unwrap();
                assert_eq!(command, Command::DeletePlaybackStream(3));
                write_ack_message(socket.get_mut(), to).unwrap();
                return played;
            }
            assert_eq!(head.channel, 3);
            played.extend(body.chunks(4).map(|side| f32::from_le_bytes(side.try_into().unwrap())));
            // An odd number of bytes, as a server may ask for, and a stream of somebody else's.
            for (channel, length) in [(9, 80), (3, ASKED_FRAMES * FRAME_BYTES + 4)] {
                let more = Command::Request(Request { channel, length });
                write_command_message(socket.get_mut(), u32::MAX, &more, MAX_VERSION).unwrap();
            }
        }
    }

    fn visit(manner: Manner, first: Voice, later: &[Voice]) -> (Result<(), String>, Vec<f32>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("native");
        let listener = UnixListener::bind(&path).unwrap();
        let server = thread::Builder::new().name("server".to_owned());
        let server = server.spawn(move || host(&listener, manner)).unwrap();
        let (send, voices) = bounded(8);
        later.iter().for_each(|voice| send.send(*voice).unwrap());
        drop(send);
        let mut mixer = Mixer::new(RATE_HZ);
        mixer.add(first);
        let played = Server::connect(&path, vec![0; 256])
            .and_then(Server::open)
            .and_then(|(mut server, stream)| server.play(&stream, &mut mixer, &voices))
            .map_err(in_words);
        (played, server.join().unwrap())
    }

    #[test]
    fn a_sound_arrives_at_the_server_sample_by_sample_on_its_side() {
        let voice = Voice { sound: Sound::Press, gains: [0.25, 1.0] };
        let (played, heard) = visit(Manner::Plays, voice, &[]);
        assert_eq!(played, Ok(()));
        assert!(heard.len() >= 2 * (1440 + LINGER_FRAMES) as usize);
        for (at, frame) in heard.chunks(2).enumerate() {
            let at = at as f32 - LEAD_FRAMES as f32;
            let level = Sound::Press.level(at / RATE_HZ as f32);
            assert_eq!(frame, [0.25 * level, level], "frame {at}");
        }
    }

    #[test]
    fn a_voice_that_comes_meanwhile_is_heard_on_the_same_stream() {
        let quiet = Voice { sound: Sound::Press, gains: [0.0; 2] };
        let loud = Voice { sound: Sound::EpochEnded, gains: [0.0, 1.0] };
        let (played, heard) = visit(Manner::Plays, quiet, &[loud]);
        assert_eq!(played, Ok(()));
        let sides = |side: usize| heard.iter().skip(side).step_by(2);
        assert!(sides(0).all(|left| *left == 0.0));
        assert!(sides(1).any(|right| right.abs() > 0.05));
    }

    #[test]
    fn a_server_without_a_loudspeaker_or_none_at_all_is_told_in_words() {
        let voice = Voice { sound: Sound::Press, gains: [1.0; 2] };
        let (played, _) = visit(Manner::HasNoSink, voice, &[]);
        assert!(played.unwrap_err().contains("NoEntity"));
        let nowhere = tempfile::tempdir().unwrap().path().join("native");
        let why = Server::connect(&nowhere, Vec::new()).map(drop).map_err(in_words).unwrap_err();
        assert_eq!(why, say!("sound-no-server"));
    }
}
