//! Where programs of the same user find port and token by themselves: a file that nobody else can read, for as long as one
//! can come in.

use std::{
    env, fs, io,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process,
    time::Duration,
};

use super::Token;
use crate::{sentence::shown_path, words::Phrase};

/// The folder, below one that is the user's own.
const FOLDER: &str = "perceptarium";
/// The longest of these files, in bytes; one has about sixty.
const MOST_BYTES: u64 = 4096;
/// How long whoever is written down may take to be found listening.
const PATIENCE: Duration = Duration::from_millis(300);

/// The file, which goes when this is dropped, unless another program has written its own in its place.
#[derive(Debug)]
pub(crate) struct Announced {
    written: Option<(PathBuf, String)>,
    trouble: Option<Phrase>,
}

impl Announced {
    /// No file.
    pub(crate) const fn nowhere() -> Self {
        Self { written: None, trouble: None }
    }

    /// Writes it under a name; where that cannot be done, whoever connects can still be told.
    pub(crate) fn write(name: &str, port: u16, token: &Token) -> Self {
        let Some(folder) = folder(|name| env::var_os(name).map(PathBuf::from)) else {
            let trouble = Some(phrase!("attach-no-folder-for-the-file"));
            return Self { written: None, trouble };
        };
        Self::write_in(&folder.join(name), port, token)
    }

    fn write_in(file: &Path, port: u16, token: &Token) -> Self {
        if let Some(other) = port_in(file).filter(|other| *other != port && answers(*other)) {
            let trouble = Some(phrase!("attach-another-is-written-down", other));
            return Self { written: None, trouble };
        }
        let text = format!("{{\"port\": {port}, \"token\": \"{token}\"}}\n");
        match put(file, &text) {
            Ok(()) => Self { written: Some((file.to_owned(), text)), trouble: None },
            Err(why) => {
                let path = shown_path(file);
                Self { written: None, trouble: Some(phrase!("attach-the-file-is-not", path, why)) }
            }
        }
    }

    /// Why it is not there, if it is not.
    pub(crate) fn trouble(&self) -> Option<&Phrase> {
        self.trouble.as_ref()
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        if let Some((file, text)) = &self.written
            && fs::read_to_string(file).is_ok_and(|now| now == *text)
        {
            fs::remove_file(file).ok();
        }
    }
}

/// The port that is written down.
fn port_in(file: &Path) -> Option<u16> {
    read(file)?.get("port")?.as_u64()?.try_into().ok()
}

/// Whether somebody listens at a port of this machine: one that was killed has left its file.
fn answers(port: u16) -> bool {
    TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), PATIENCE).is_ok()
}

/// The token that a program of the same user has written down under a name for this port of this machine.
pub(crate) fn written_down(name: &str, port: u16) -> Option<Token> {
    let folder = folder(|name| env::var_os(name).map(PathBuf::from))?;
    read_in(&folder.join(name), port)
}

fn read_in(file: &Path, port: u16) -> Option<Token> {
    let told = read(file)?;
    let is_it = told.get("port")?.as_u64() == Some(u64::from(port));
    told.get("token")?.as_str()?.parse().ok().filter(|_| is_it)
}

fn read(file: &Path) -> Option<serde_json::Value> {
    let mut text = String::new();
    fs::File::open(file).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// The folder of this program among what is the user's own.
fn folder(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let known = |name| variable(name).filter(|path| path.is_absolute());
    let home = || known("HOME").or_else(|| known("USERPROFILE")).map(|home| home.join(".cache"));
    known("XDG_RUNTIME_DIR").or_else(home).map(|folder| folder.join(FOLDER))
}

/// Writes a file that its owner alone can read, whole or not at all.
fn put(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(file);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder)?;
    let beside = file.with_extension(format!("json.{}", process::id()));
    fs::remove_file(&beside).ok();
    let written = options.open(&beside).and_then(|mut open| open.write_all(text.as_bytes()));
    let put = written.and_then(|()| fs::rename(&beside, file));
    if put.is_err() {
        fs::remove_file(&beside).ok();
    }
    put
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn the_file_is_its_owners_alone_and_goes_at_the_end() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(FOLDER);
        let token = Token::random().unwrap();
        let file = folder.join("attach.json");
        let announced = Announced::write_in(&file, 7345, &token);
        assert_eq!(announced.trouble(), None);
        let told: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(
            (told["port"].as_u64(), told["token"].as_str()),
            (Some(7345), Some(&*token.to_string()))
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&file), mode(&folder)), (0o600, 0o700));
        }
        // One of a program that is gone gives way; who has put it there leaves the new one where it is.
        assert!(read_in(&file, 7345).is_some_and(|read| read.is(&token.to_string())));
        assert!(read_in(&file, 7346).is_none(), "it is of another port");
        let here = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = here.local_addr().unwrap().port();
        let second = Announced::write_in(&file, port, &token);
        assert_eq!(second.trouble(), None);
        drop(announced);
        assert!(fs::read_to_string(&file).unwrap().contains(&port.to_string()));
        // One that somebody listens at stays.
        let third = Announced::write_in(&file, 1, &token);
        assert!(third.trouble().unwrap().contains(&port.to_string()));
        drop(third);
        drop(second);
        assert!(!file.exists() && fs::read_dir(&folder).unwrap().next().is_none());
    }

    #[test]
    fn a_place_that_cannot_be_written_is_told_and_no_more() {
        let home = tempfile::tempdir().unwrap();
        let blocked = home.path().join("blocked");
        fs::write(&blocked, "").unwrap();
        let file = blocked.join("attach.json");
        let announced = Announced::write_in(&file, 1, &Token::random().unwrap());
        assert!(announced.trouble().unwrap().contains("attach.json"));
    }

    #[test]
    fn the_runtime_folder_comes_before_the_cache() {
        let with = |names: &'static [(&'static str, &'static str)]| {
            folder(move |name| {
                let found = names.iter().find(|(known, _)| *known == name)?;
                Some(PathBuf::from(found.1))
            })
        };
        let of = |path: &str| Some(PathBuf::from(path));
        let both = with(&[("HOME", "/home/a"), ("XDG_RUNTIME_DIR", "/run/user/7")]);
        assert_eq!(both, of("/run/user/7/perceptarium"));
        assert_eq!(with(&[("HOME", "/home/a")]), of("/home/a/.cache/perceptarium"));
        let relative = with(&[("HOME", "/home/a"), ("XDG_RUNTIME_DIR", "here")]);
        assert_eq!(relative, of("/home/a/.cache/perceptarium"));
        assert_eq!(with(&[]), None);
    }
}
