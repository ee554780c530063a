//! A training as a service: the real program is started, asked and watched through sockets, and stopped by a signal.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command as Process, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use perceptarium::{
    attach::{self, Attached, Calling},
    exhibits::payload_kinds,
    history::Run,
    images::TestSet,
    stream::{Command, RunState, Step, ViewerEnd, connect},
};
use serde_json::Value;

use crate::{
    hearing::Hearing,
    support::{LONG, complaint, events, exhibit, finish, named, number, program, run, small_data},
};

const TOKEN: &str = "00112233445566778899aabbccddeeff";

/// A program that serves, and what it tells.
struct Service {
    program: Child,
    events: Hearing,
    address: String,
    /// Where it writes down how it is reached.
    home: tempfile::TempDir,
}

impl Service {
    fn of(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let log = home.path().join("log");
        let mut program = program()
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0", "--token", TOKEN, "--json"])
            .env("XDG_RUNTIME_DIR", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut events = Hearing::of(program.stdout.take().unwrap(), log);
        let serving = events.wait("an address", |event| event["event"] == "serving");
        assert_eq!(serving["token"], TOKEN);
        let address = serving["address"].as_str().unwrap().to_owned();
        Self { program, events, address, home }
    }

    /// One of digits, which trains on few images for a long time.
    fn of_digits(data: &Path) -> Self {
        let data = data.to_str().unwrap();
        Self::of(&["digits", "--data", data, "--epochs", "100000", "--threads", "1"])
    }

    fn exchange(&self, said: &[u8]) -> String {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        socket.set_read_timeout(Some(LONG)).unwrap();
        socket.write_all(said).ok();
        let mut heard = Vec::new();
        socket.read_to_end(&mut heard).ok();
        String::from_utf8_lossy(&heard).into_owned()
    }

    fn ask(&self, line: &str, token: &str, body: &[u8]) -> (u16, String) {
        let head = format!(
            "{line} HTTP/1.1\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        let heard = self.exchange(&[head.as_bytes(), body].concat());
        let (head, body) = heard.split_once("\r\n\r\n").expect(&heard);
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    /// What an image is read as, once there is a run.
    fn predict(&self, body: &[u8]) -> Value {
        let begun = Instant::now();
        loop {
            let (status, told) = self.ask("POST /predict", TOKEN, body);
            if status == 200 {
                return serde_json::from_str(&told).unwrap();
            }
            assert!(status == 503 && begun.elapsed() < LONG, "{status} {told}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn step(&self) -> u64 {
        let (_, health) = self.ask("GET /health", "", b"");
        let health: Value = serde_json::from_str(&health).unwrap();
        health["step"].as_u64().unwrap()
    }

    fn goes_on(&self) {
        let (begun, step) = (Instant::now(), self.step());
        while self.step() < step + 3 {
            assert!(begun.elapsed() < LONG, "the training stands still");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it by a signal, and gives its events.
    fn end(mut self, signal: &str) -> Vec<Value> {
        let id = self.program.id().to_string();
        assert!(Process::new("kill").args([signal, &id]).status().unwrap().success());
        self.events.wait("its end", |event| event["event"] == "stopped");
        let ended = self.program.wait().unwrap();
        assert!(ended.success(), "{ended:?}");
        self.events.heard
    }
}

/// A hall that watches, without a hall.
struct Viewer {
    room: ViewerEnd,
    run: Run,
    _line: Attached,
}

impl Viewer {
    fn of(address: &str, name: &str) -> Self {
        let calling = Calling::open(address, TOKEN.parse().unwrap(), None).unwrap();
        assert_eq!(calling.exhibit().name(), name);
        let (room, trainer) = connect();
        let told: attach::Told = Arc::new(|_| {});
        let kinds = payload_kinds(std::slice::from_ref(exhibit(name)));
        let line = calling.start(kinds, trainer, told).unwrap();
        Self { room, run: Run::new(1 << 24), _line: line }
    }

    fn wait(&mut self, what: &str, is_so: impl Fn(&Run) -> bool) {
        let begun = Instant::now();
        while !is_so(&self.run) {
            assert!(begun.elapsed() < LONG, "{what} did not come; it is {:?}", self.run.state());
            std::iter::from_fn(|| self.room.report()).for_each(|report| self.run.take(report));
            self.room.newest_snapshot().into_iter().for_each(|snapshot| self.run.keep(snapshot));
            thread::sleep(Duration::from_millis(2));
        }
    }
}

#[test]
fn digits_are_read_while_they_are_learned() {
    let data = small_data(64, 32);
    let service = Service::of_digits(data.path());
    let pixels: Vec<f32> = (0..784).map(|at| (at % 28) as f32 / 28.0).collect();
    let list = serde_json::to_vec(&pixels).unwrap();
    let read = service.predict(&list);
    let probabilities: Vec<f64> =
        read["probabilities"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    assert_eq!(probabilities.len(), 10);
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-4, "{read}");
    let class = read["class"].as_u64().unwrap() as usize;
    assert!(probabilities.iter().all(|one| *one <= probabilities[class]));
    assert_eq!(read["name"], class.to_string());
    service.goes_on();
    // Later weights say something else of the same image, and whose it is.
    let later = service.predict(&list);
    assert!(later["step"].as_u64() > read["step"].as_u64() && later["run"] == read["run"]);
    assert_ne!(later["probabilities"], read["probabilities"]);
    // The same image as a file.
    let mut file = Vec::new();
    let grey: Vec<u8> = pixels.iter().map(|pixel| (pixel * 255.0).round() as u8).collect();
    let encoder = image::codecs::png::PngEncoder::new(&mut file);
    image::ImageEncoder::write_image(encoder, &grey, 28, 28, image::ExtendedColorType::L8).unwrap();
    assert_eq!(service.predict(&file)["probabilities"].as_array().unwrap().len(), 10);

    let (status, health) = service.ask("GET /health", "", b"");
    assert!(status == 200 && health.contains(r#""status":"ok""#), "{health}");
    let (status, metrics) = service.ask("GET /metrics", TOKEN, b"");
    assert_eq!(status, 200);
    for line in [
        r#"perceptarium_info{exhibit="digits"} 1"#,
        "perceptarium_prediction_seconds_count 3",
        r#"perceptarium_state{state="training"} 1"#,
    ] {
        assert!(metrics.lines().any(|found| found == line), "“{line}” is missing in {metrics}");
    }
    assert!(metrics.contains(r#"perceptarium_metric{split="train",name="loss"} "#), "{metrics}");
    // Port and token lie where programs of the same user find them.
    let file = service.home.path().join("perceptarium/serve.json");
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(written["token"], TOKEN);
    let events = service.end("-TERM");
    assert_eq!(named(&events, "started").len(), 1);
    let stopped = named(&events, "stopped")[0];
    assert!(number(stopped, "step") > 0.0 && stopped["saved"].is_null(), "{stopped}");
    assert!(!file.exists(), "the file goes with the service");
}

#[test]
fn what_is_wrong_is_told_and_harms_nothing() {
    let data = small_data(64, 32);
    let service = Service::of_digits(data.path());
    let (status, told) = service.ask("POST /predict", "0123456789abcdef0123456789abcdef", b"[0]");
    assert!(status == 401 && told.contains("Bearer"), "{told}");
    let why =
        Calling::open(&service.address, "0123456789abcdef0123456789abcdef".parse().unwrap(), None);
    assert!(why.err().unwrap().to_string().contains("not the token"));
    assert!(service.exchange(b"\x00\x01\x02 garbage \xff\r\n\r\n").contains("400 "));
    // Half a frame, and gone.
    let mut half = TcpStream::connect(&service.address).unwrap();
    half.write_all(b"PCPT\x03\x00\x06").unwrap();
    drop(half);
    service.goes_on();
    let events = service.end("-INT");
    assert_eq!(named(&events, "stopped").len(), 1);
}

#[test]
fn a_viewer_that_is_killed_leaves_the_training_as_it_was() {
    let data = small_data(64, 32);
    let mut service = Service::of_digits(data.path());
    let mut viewer = Viewer::of(&service.address, "digits");
    viewer.wait("steps", |run| run.step() > Step(3));
    assert!(viewer.run.graph().is_some() && viewer.run.material::<TestSet>().is_some());
    viewer.room.ask(Command::SetSnapshotRate { per_second: 30.0 });
    viewer.wait("a snapshot", |run| run.newest_snapshot().is_some());
    viewer.room.ask(Command::Pause);
    viewer.wait("a pause", |run| *run.state() == RunState::Paused);
    drop(viewer);
    service.events.wait("that it has left", |event| event["event"] == "unwatched");
    service.goes_on();

    // The real program watches in a terminal, and is killed.
    let mut other = program()
        .args(["--connect", &service.address, "--token", TOKEN, "--mode", "terminal", "--json"])
        .arg("--record")
        .arg(service.home.path().join("watched.mcap"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let log = service.home.path().join("other");
    File::create(&log).unwrap();
    let mut heard = Hearing::of(other.stdout.take().unwrap(), log);
    heard.wait("a run", |event| event["event"] == "started");
    // It keeps what it watches, up to its last second.
    thread::sleep(Duration::from_millis(2500));
    other.kill().unwrap();
    other.wait().unwrap();
    let kept = service.home.path().join("watched.mcap.part");
    let table = run(["export", kept.to_str().unwrap(), "--csv", "-"]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.lines().count() > 2, "{table}");
    service.events.wait("that it has left", |event| event["event"] == "unwatched");
    service.goes_on();
    // Another knows all of the run.
    let mut late = Viewer::of(&service.address, "digits");
    late.wait("the past", |run| run.step() > Step(3));
    assert!(late.run.scalars().at(Step(1)).is_some());
    service.end("-TERM");
    late.wait("the end", |run| matches!(run.state(), RunState::Failed { .. }));
    assert!(
        matches!(late.run.state(), RunState::Failed { reason } if reason.to_string().contains("stopped"))
    );
}

/// Every exhibit is served, watched to its end, and says what it can of an image.
#[test]
fn all_exhibits_are_watched_from_elsewhere() {
    let images = small_data(64, 32);
    for shown in perceptarium::exhibits::ALL {
        let name = shown.id.name();
        let words = crate::support::short(shown, images.path());
        let words = words.iter().map(|word| word.to_str().unwrap());
        let words: Vec<&str> = [name].into_iter().chain(words).collect();
        let service = Service::of(&words);
        let mut viewer = Viewer::of(&service.address, name);
        viewer.room.ask(Command::SetSnapshotRate { per_second: 20.0 });
        viewer.wait(&format!("the end of {name}"), |run| *run.state() == RunState::Finished);
        // It begins again from here, with the graph that is known.
        viewer.room.ask(Command::Restart { seed: 7, learning_rate: None });
        viewer.wait("another run", |run| {
            let is_it = run.started().is_some_and(|started| started.seed == 7);
            is_it && *run.state() == RunState::Finished
        });
        let (status, told) = service.ask("POST /predict", TOKEN, b"[0.5]");
        let reads = crate::support::learns_images(shown);
        assert_eq!(status, if reads { 422 } else { 404 }, "{name}: {told}");
        drop(viewer);
        service.end("-TERM");
    }
}

#[test]
fn what_was_learned_is_written_down_before_it_ends() {
    let data = small_data(64, 32);
    let saved = tempfile::tempdir().unwrap();
    let place = saved.path().join("run.onnx");
    let arguments = [
        "network",
        "--model",
        "lenet5",
        "--data",
        data.path().to_str().unwrap(),
        "--epochs",
        "100000",
        "--save",
        place.to_str().unwrap(),
    ];
    let service = Service::of(&arguments);
    service.goes_on();
    let events = service.end("-TERM");
    let stopped = named(&events, "stopped")[0];
    assert!(stopped["saved"].is_string(), "{stopped}");
    let written = saved.path().read_dir().unwrap().count();
    assert!(written > 0, "nothing was written");
}

#[test]
fn nobody_there_and_nothing_to_name_are_sentences() {
    let home = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let mut program = program();
        program.args(arguments).env("XDG_RUNTIME_DIR", home.path());
        let output = finish(&mut program);
        assert_eq!(output.status.code(), Some(2));
        assert!(events(&output).is_empty());
        complaint(&output)
    };
    let address = "127.0.0.1:9";
    let why = refused(&["--connect", address, "--mode", "terminal"]);
    assert!(why.contains("--token"), "{why}");
    let why = refused(&["--connect", address, "--token", TOKEN, "--mode", "terminal"]);
    assert!(why.contains("Nobody can be reached at 127.0.0.1:9"), "{why}");
    let why = refused(&["serve", "digits", "--listen", "192.0.2.1:7346"]);
    assert!(why.contains("192.0.2.1:7346 cannot be listened on"), "{why}");
}
