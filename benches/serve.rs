//! A training as a service: `cargo bench --profile dev --bench serve`.
//!
//! The digits are trained with two threads and served; 16 clients on connections that stay ask at a fixed rate, each what a
//! digit of the test set is. Told are how many were answered in a second, how long that took from when it should have been
//! asked, and how many steps a second the training took without and with them; once at 2,000 requests a second and once as
//! fast as the clients can.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use perceptarium::{
    attach::Token,
    exhibits::{digits, payload_kinds},
    learning::{Session, TrainingConfig, data::as_learned},
    serve::{Listening, Served},
    stream::{ViewerEnd, connect},
};

const CLIENTS: usize = 16;
const SECONDS: u64 = 10;
const RATES: [Option<f64>; 2] = [Some(2000.0), None];

struct Bench {
    address: SocketAddr,
    token: String,
    _served: Served,
    _session: Session,
    _terminal: ViewerEnd,
}

impl Bench {
    fn begin() -> Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
        let dataset = digits::load(&data).expect("the bundled digits can be read");
        let (room, trainer) = connect();
        let (terminal_room, terminal) = connect();
        let config = TrainingConfig {
            epochs: 1_000_000,
            threads: Some(2),
            snapshots_per_second: 0.0,
            ..TrainingConfig::default()
        };
        let trainable = digits::trainable(dataset, digits::Route::Fused);
        let session = Session::start(trainable, config, trainer).expect("a training begins");
        let token = Token::random().expect("the system has randomness");
        let listening = Listening::unannounced_on(SocketAddr::from(([127, 0, 0, 1], 0)), token);
        let listening = listening.expect("a port is free");
        let (address, token) = (listening.address(), token.to_string());
        let of = (digits::EXHIBIT_ID, payload_kinds(perceptarium::exhibits::ALL));
        let served = listening.start(of, (room, terminal), as_learned, Arc::new(|_| {}));
        Self {
            address,
            token,
            _served: served.expect("threads"),
            _session: session,
            _terminal: terminal_room,
        }
    }

    fn request(&self, line: &str, body: &str) -> Vec<u8> {
        let (token, length) = (&self.token, body.len());
        format!(
            "{line} HTTP/1.1\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .into_bytes()
    }

    /// Steps that the training has taken.
    fn step(&self) -> u64 {
        let mut socket = TcpStream::connect(self.address).expect("it listens");
        let text = ask(&mut socket, &self.request("GET /health", "")).expect("it is well");
        let step = text.split("\"step\":").nth(1).expect("a step");
        step.trim_end().trim_end_matches('}').parse().expect("a number")
    }

    fn steps_per_second(&self, during: impl FnOnce()) -> f64 {
        let (begun, step) = (Instant::now(), self.step());
        during();
        (self.step() - step) as f64 / begun.elapsed().as_secs_f64()
    }

    /// How long each answer took in milliseconds, sorted.
    fn load(&self, rate: Option<f64>) -> Vec<f64> {
        let pixels: Vec<f32> = (0..784).map(|at| (at % 28) as f32 / 28.0).collect();
        let body = format!("{pixels:?}");
        let request = self.request("POST /predict", &body);
        let mut all = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|at| {
                    scope.spawn({
                        let request = &request;
                        move || self.client(at, rate, request)
                    })
                })
                .collect();
            let times = clients.into_iter().flat_map(|client| client.join().expect("a client"));
            times.collect::<Vec<f64>>()
        });
        all.sort_by(f64::total_cmp);
        all
    }

    fn client(&self, at: usize, rate: Option<f64>, request: &[u8]) -> Vec<f64> {
        let mut socket = TcpStream::connect(self.address).expect("it listens");
        socket.set_nodelay(true).expect("a socket");
        let begun = Instant::now();
        let mut times = Vec::new();
        let period = rate.map(|rate| CLIENTS as f64 / rate);
        let mut next =
            begun + Duration::from_secs_f64(period.unwrap_or(0.0) * at as f64 / CLIENTS as f64);
        while begun.elapsed() < Duration::from_secs(SECONDS) {
            let now = Instant::now();
            match period {
                // What is late was to be asked before: no queue hides in the client.
                Some(period) => {
                    thread::sleep(next.saturating_duration_since(now));
                    let asked = next;
                    next += Duration::from_secs_f64(period);
                    if ask(&mut socket, request).is_some() {
                        times.push(asked.elapsed().as_secs_f64() * 1000.0);
                    }
                }
                None => {
                    if ask(&mut socket, request).is_some() {
                        times.push(now.elapsed().as_secs_f64() * 1000.0);
                    }
                }
            }
        }
        times
    }
}

/// What is answered, if it is what was asked.
fn ask(socket: &mut TcpStream, request: &[u8]) -> Option<String> {
    socket.write_all(request).ok()?;
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let read = socket.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(piece.get(..read)?);
        let text = std::str::from_utf8(&bytes).ok()?;
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "))?;
        if body.len() == length.parse::<usize>().ok()? {
            return head.starts_with("HTTP/1.1 200").then(|| body.to_owned());
        }
    }
}

fn main() {
    let bench = Bench::begin();
    while bench.step() < 500 {
        thread::sleep(Duration::from_millis(50));
    }
    let rest = || thread::sleep(Duration::from_secs(SECONDS));
    let without = bench.steps_per_second(rest);
    println!("without requests                  {without:8.1} steps/s");
    for rate in RATES {
        let mut times = Vec::new();
        let with = bench.steps_per_second(|| times = bench.load(rate));
        let at = |share: f64| {
            times.get((times.len() as f64 * share) as usize).copied().unwrap_or(f64::NAN)
        };
        let wanted =
            rate.map_or("as many as can be".to_owned(), |rate| format!("{rate:.0} a second"));
        println!(
            "{wanted:17} {:8.1} requests/s, p50 {:.2} ms, p99 {:.2} ms, {with:8.1} steps/s",
            times.len() as f64 / SECONDS as f64,
            at(0.5),
            at(0.99),
        );
    }
}
