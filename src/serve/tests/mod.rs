//! Real sockets: whoever names the token watches and is answered, and whatever else comes does no harm and is told why.

mod asking;
mod rude;
mod watching;

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::*;
use crate::{
    images::{self, Pictures, PicturesRead, TestSet},
    learning::data::as_learned,
    stream::{
        Material, Payload, Reply, Report, RunId, RunState, SaveReport, Snapshot, Started, Step,
        Waited, connect,
    },
};

/// Long enough for anything here, even on a busy machine.
const LONG: Duration = Duration::from_secs(30);
const EXHIBIT: ExhibitId = ExhibitId::new("example");

/// Images of two by two pixels, of two classes.
fn set() -> TestSet {
    TestSet {
        pixels: vec![7; 4].into(),
        channels: 1,
        width: 2,
        height: 2,
        labels: vec![0].into(),
        classes: ["dark", "bright"].map(str::to_owned).to_vec().into(),
        name: "one".to_owned(),
        of_text: false,
        perhaps_learned: false,
    }
}

/// What a trainer was asked, and what it is to tell.
#[derive(Default)]
struct Script {
    asked: Mutex<Vec<Command>>,
    says: Mutex<Vec<Report>>,
    snapshots: Mutex<Vec<Arc<Snapshot>>>,
    /// The most images that it was asked about at once.
    together: AtomicUsize,
    /// Whether it answers nothing.
    is_deaf: AtomicBool,
    ends: AtomicBool,
}

/// A training that is served, without one: a thread that tells what it is given, and reads an image as bright as it is.
struct Host {
    served: Option<Served>,
    address: SocketAddr,
    token: String,
    news: Arc<Mutex<Vec<News>>>,
    script: Arc<Script>,
    trainer: Option<JoinHandle<()>>,
    _terminal: ViewerEnd,
}

impl Host {
    /// One that reads images.
    fn open() -> Self {
        let host = Self::unbegun();
        host.says(Report::Material(Material::plain(set())));
        host.says(Report::Started(Started { exhibit: EXHIBIT, ..Started::example() }));
        host.says(Report::State { state: RunState::Training, step: Step(0) });
        host.wait("the beginning", |host| host.service().status().is_known);
        host
    }

    /// One that has told nothing.
    fn unbegun() -> Self {
        let (room, trainer) = connect();
        let (terminal_room, terminal) = connect();
        let script: Arc<Script> = Arc::default();
        let acts = script.clone();
        let named = thread::Builder::new().name("trainer".to_owned());
        let trainer = named.spawn(move || act(trainer, &acts)).unwrap();
        let listening = Listening::unannounced_on(
            SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            Token::random().unwrap(),
        );
        let listening = listening.unwrap();
        let (address, token) = (listening.address(), listening.token().to_string());
        let news: Arc<Mutex<Vec<News>>> = Arc::default();
        let hears = news.clone();
        let kinds = PayloadKinds::of(images::PAYLOADS.iter().copied());
        let served = listening.start(
            (EXHIBIT, kinds),
            (room, terminal),
            as_learned,
            Arc::new(move |news| hears.lock().unwrap().push(news)),
        );
        Self {
            served: Some(served.unwrap()),
            address,
            token,
            news,
            script,
            trainer: Some(trainer),
            _terminal: terminal_room,
        }
    }

    fn service(&self) -> &Service {
        &self.served.as_ref().unwrap().service
    }

    fn says(&self, report: Report) {
        self.script.says.lock().unwrap().push(report);
    }

    #[track_caller]
    fn wait(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < LONG, "{what} did not come: {:?}", self.news.lock().unwrap());
            thread::sleep(Duration::from_millis(2));
        }
    }

    #[track_caller]
    fn is_asked(&self, command: &Command) {
        self.wait(&format!("{command:?}"), |host| {
            host.script.asked.lock().unwrap().contains(command)
        });
    }

    #[track_caller]
    fn tells_why(&self, words: &str) {
        self.wait(words, |host| {
            let news = host.news.lock().unwrap();
            news.iter().any(|news| news.told().to_string().contains(words))
        });
    }

    fn connect(&self) -> TcpStream {
        let socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(LONG)).unwrap();
        socket
    }

    /// Says something in a connection of its own, and hears all that is answered until it is closed.
    fn exchange(&self, said: &[u8]) -> String {
        let mut socket = self.connect();
        // Where it is sent away in the midst, what was answered lies here.
        socket.write_all(said).ok();
        heard(&mut socket)
    }

    fn post(&self, body: &[u8]) -> (u16, serde_json::Value) {
        answer(&self.exchange(&request("POST /predict", &self.token, body, "close")))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.script.ends.store(true, Ordering::Relaxed);
        drop(self.served.take());
        self.trainer.take().unwrap().join().ok();
    }
}

/// A request as it is sent.
fn request(line: &str, token: &str, body: &[u8], connection: &str) -> Vec<u8> {
    let mut bytes = format!(
        "{line} HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {token}\r\n\
         Connection: {connection}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn heard(socket: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match socket.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
            Err(why) if why.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status and the content of an answer in JSON.
#[track_caller]
fn answer(text: &str) -> (u16, serde_json::Value) {
    let (head, body) = text.split_once("\r\n\r\n").expect(text);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).expect(body))
}

/// What a trainer does: it tells what it is given, answers what images are, and writes nothing down.
fn act(mut trainer: TrainerEnd, script: &Script) {
    while !script.ends.load(Ordering::Relaxed) {
        for report in std::mem::take(&mut *script.says.lock().unwrap()) {
            trainer.outbox.post(report);
        }
        for snapshot in std::mem::take(&mut *script.snapshots.lock().unwrap()) {
            trainer.snapshots.offer(snapshot);
        }
        match trainer.wait(Some(Duration::from_millis(1))) {
            Waited::HungUp => return,
            Waited::Nothing => {}
            Waited::Asked(command) => {
                if command == Command::Save {
                    let said = Err("it has no place".into());
                    let saved = SaveReport { step: Step(7), said, asked: true };
                    trainer.outbox.post(Report::Saved(saved));
                }
                script.asked.lock().unwrap().push(command);
            }
            Waited::Queried(_) if script.is_deaf.load(Ordering::Relaxed) => {}
            Waited::Queried(query) => {
                let said = match query.about.get::<Pictures>() {
                    Some(pictures) => Ok(Payload::new(read(pictures, script))),
                    None => Err("that is no image".into()),
                };
                let (run, step) = (RunId::default(), Step(7));
                trainer.answers.answer(Reply { id: query.id, run, step, said });
            }
        }
    }
}

fn read(pictures: &Pictures, script: &Script) -> PicturesRead {
    script.together.fetch_max(pictures.count, Ordering::Relaxed);
    let size = pictures.brightness.len() / pictures.count;
    let each = pictures.brightness.chunks(size).flat_map(|image| {
        let bright = image.iter().sum::<f32>() / size as f32;
        [1.0 - bright, bright]
    });
    PicturesRead { probabilities: each.collect() }
}
