//! Those who are wrong, silent, torn off, or many.

use super::*;
use crate::{
    serve::incoming::{MOST_CONNECTIONS, PATIENCE},
    stream::{
        Hello,
        wire::{self, Endpoint, Message, Reader},
    },
};

fn hello(token: &str, protocol: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let hello = Hello {
        protocol,
        token: token.to_owned(),
        program: "a test".to_owned(),
        framework: String::new(),
        answers: Vec::new(),
    };
    wire::write(&Message::Hello(hello), &mut bytes).unwrap();
    bytes
}

/// That nothing is broken.
#[track_caller]
fn still_answers(host: &Host) {
    let begun = Instant::now();
    loop {
        let (status, told) = host.post(b"[1, 1, 1, 1]");
        if status == 200 {
            return;
        }
        assert!(status == 503 && begun.elapsed() < LONG, "{status} {told}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn another_token_and_another_version_are_told_on_both_sides() {
    let host = Host::open();
    let wrong = host.exchange(&hello("0123456789abcdef0123456789abcdef", wire::VERSION));
    assert!(wrong.contains("not the token"), "{wrong}");
    host.tells_why("not the token");
    let older = host.exchange(&hello(&host.token, 1));
    assert!(older.contains("version 1"), "{older}");
    host.tells_why("version 1");
    still_answers(&host);
}

#[test]
fn garbage_is_told_so() {
    let host = Host::open();
    for garbage in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"SSH-2.0-x\r\n",
        b"PCgarbage of many bytes",
    ] {
        let said = host.exchange(garbage);
        assert!(said.contains("400 Bad Request") || said.contains("no frames"), "{said}");
    }
    let long = "GET /".to_owned() + &"a".repeat(20_000);
    assert!(host.exchange(long.as_bytes()).contains("431 "));
    let head = format!("POST /predict HTTP/1.1\r\nContent-Length: {}\r\n\r\n", usize::MAX);
    assert!(host.exchange(head.as_bytes()).contains("413 "));
    host.tells_why("neither a request of HTTP nor a frame");
    still_answers(&host);
}

#[test]
fn half_of_anything_is_waited_for_so_long_and_no_longer() {
    let host = Host::open();
    let frame = hello(&host.token, wire::VERSION);
    let request = request("POST /predict", &host.token, b"[1, 1, 1, 1]", "close");
    let begun = Instant::now();
    thread::scope(|scope| {
        for half in [&frame[..30], &request[..30], &request[..request.len() - 3], b"P", b""] {
            let host = &host;
            scope.spawn(move || host.exchange(half));
        }
    });
    let waited = begun.elapsed();
    assert!((PATIENCE..3 * PATIENCE).contains(&waited), "{waited:?}");
    // Torn off amid a frame.
    let mut torn = host.connect();
    torn.write_all(&frame).unwrap();
    let mut command = Vec::new();
    wire::write(&Message::Command(Command::Seek { step: Step(1) }), &mut command).unwrap();
    torn.write_all(&command[..30]).unwrap();
    drop(torn);
    host.tells_why("has left");
    still_answers(&host);
}

#[test]
fn who_says_what_no_viewer_may_is_sent_away() {
    let host = Host::open();
    let mut socket = host.connect();
    socket.write_all(&hello(&host.token, wire::VERSION)).unwrap();
    let mut bytes = Vec::new();
    wire::write(
        &Message::Report(Report::State { state: RunState::Finished, step: Step(1) }),
        &mut bytes,
    )
    .unwrap();
    socket.write_all(&bytes).unwrap();
    let said = heard(&mut socket);
    assert!(said.contains("not for the trainer"), "{said}");
    host.tells_why("not for the trainer");
    still_answers(&host);
}

#[test]
fn a_viewer_that_never_reads_is_let_go_and_the_training_never_waits() {
    let host = Host::open();
    let mut socket = host.connect();
    socket.write_all(&hello(&host.token, wire::VERSION)).unwrap();
    host.tells_why("watches");
    let begun = Instant::now();
    while !host.news.lock().unwrap().iter().any(|news| matches!(news, News::SentAway { .. })) {
        assert!(begun.elapsed() < LONG);
        let mut says = host.script.says.lock().unwrap();
        if says.is_empty() {
            says.extend((0..100).map(|_| {
                Report::Material(Material {
                    remarks: vec!["x".repeat(1000).into()],
                    ..Material::plain(set())
                })
            }));
        }
        drop(says);
        thread::sleep(Duration::from_millis(5));
    }
    host.tells_why("does not read");
    // The trainer is asked as ever.
    still_answers(&host);
}

#[test]
fn ten_thousand_connections_are_so_many_at_once() {
    let host = Host::open();
    for _ in 0..10 {
        for _ in 0..1000 {
            drop(host.connect());
        }
    }
    host.wait("silence", |host| host.service().counts.connections.load(Ordering::Acquire) == 0);
    let idle: Vec<TcpStream> = (0..MOST_CONNECTIONS).map(|_| host.connect()).collect();
    host.wait("all of them", |host| {
        host.service().counts.connections.load(Ordering::Acquire) == MOST_CONNECTIONS
    });
    let more = heard(&mut host.connect());
    assert!(more.contains("503 ") && more.contains("no more are heard at once"), "{more}");
    host.tells_why("no more are heard at once");
    let few = host.news.lock().unwrap().len();
    assert!(few < 50, "{few} notices");
    drop(idle);
    host.wait("room", |host| host.service().counts.connections.load(Ordering::Acquire) == 0);
    still_answers(&host);
}

#[test]
fn what_a_viewer_reads_is_whole() {
    let host = Host::open();
    let mut socket = host.connect();
    socket.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    socket.write_all(&hello(&host.token, wire::VERSION)).unwrap();
    let kinds = PayloadKinds::of(images::PAYLOADS.iter().copied());
    let mut reader = Reader::new(Endpoint::Viewer, kinds);
    let mut piece = [0; 4096];
    let mut kinds_heard = Vec::new();
    while let Ok(read @ 1..) = socket.read(&mut piece) {
        reader.feed(&piece[..read]);
        while let Some(message) = reader.message().unwrap() {
            kinds_heard.push(message.kind());
        }
    }
    // Let in, then material, start and state.
    assert_eq!(kinds_heard, [7, 1, 1, 1]);
}
