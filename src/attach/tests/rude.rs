//! Those who are wrong, silent, torn off, or many.

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use super::*;
use crate::{attach::door, stream::wire};

#[test]
fn a_wrong_token_is_told_and_five_close_the_door_for_a_while() {
    let host = Host::open();
    for _ in 0..door::MOST_WRONG {
        let mut client = Client::connect(host.port);
        client.hello("0123456789abcdef0123456789abcdef");
        assert!(client.admission().unwrap_err().contains("not the token"));
    }
    host.hears_why("not the token");
    let mut right = Client::connect(host.port);
    right.hello(&host.token);
    assert!(right.admission().unwrap_err().contains("5 wrong tokens"));
    host.hears_why("5 wrong tokens");
}

#[test]
fn another_version_is_told_by_both() {
    let host = Host::open();
    let mut frame = Client::connect(host.port);
    let mut bytes = Vec::new();
    wire::write(&Message::Command(Command::Pause), &mut bytes).unwrap();
    bytes[4] = 1;
    frame.write(&bytes);
    let why = frame.admission().unwrap_err();
    assert!(why.contains("version 1") && why.contains("version 3"), "{why}");
    host.hears_why("version 1");
    let mut hello = Client::connect(host.port);
    hello.say(&Message::Hello(crate::stream::Hello {
        protocol: 9,
        token: host.token.clone(),
        program: String::new(),
        framework: String::new(),
        answers: Vec::new(),
    }));
    assert!(hello.admission().unwrap_err().contains("version 9"));
    host.hears_why("version 9");
}

#[test]
fn what_is_no_hello_is_sent_away() {
    let host = Host::open();
    let mut web = Client::connect(host.port);
    web.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(web.admission().unwrap_err().contains("no frames"));
    host.hears_why("no frames");
    let mut hasty = Client::connect(host.port);
    hasty.report(started(0));
    assert!(hasty.admission().unwrap_err().contains("hello comes first"));
    let mut long = Client::connect(host.port);
    long.hello(&"0".repeat(10_000));
    assert!(long.admission().unwrap_err().contains("4096"));
    // Who was let in is not disturbed by any of them.
    let mut client = host.attach();
    client.report(started(0));
    assert!(matches!(host.report(), Report::Started(_)));
}

#[test]
fn who_says_nothing_or_half_is_heard_for_five_seconds() {
    let host = Host::open();
    let begun = Instant::now();
    let mut silent = Client::connect(host.port);
    let mut half = Client::connect(host.port);
    half.write(b"PCPT\x03\0\x06");
    for client in [&mut silent, &mut half] {
        assert!(client.admission().unwrap_err().contains("five seconds"));
    }
    let waited = begun.elapsed();
    assert!((door::PATIENCE..2 * door::PATIENCE).contains(&waited), "{waited:?}");
}

#[test]
fn ten_thousand_connections_are_sixteen_at_once() {
    let host = Host::open();
    for _ in 0..10 {
        for _ in 0..1000 {
            drop(Client::connect(host.port));
        }
        // Until all that came and went are noticed.
        thread::sleep(Duration::from_millis(300));
        let waiting: Vec<Client> =
            (0..door::MOST_WAITING).map(|_| Client::connect(host.port)).collect();
        let mut more = Client::connect(host.port);
        assert!(more.admission().unwrap_err().contains("Too many"));
        drop(waiting);
    }
    host.hears_why("Too many");
    let few = host.news.lock().unwrap().len();
    assert!(few < 50, "{few} notices");
    thread::sleep(Duration::from_millis(300));
    host.attach();
}

/// What follows a hello and a run, and what both sides say of it.
#[track_caller]
fn refused(say: impl FnOnce(&mut Client), words: &str) {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.report(graph());
    client.report(stepped(1, 0.5));
    say(&mut client);
    let why = client.admission().unwrap_err();
    assert!(why.contains(words), "{why}");
    host.hears_why(words);
    let (reason, step) = host.fails();
    assert!(reason.contains(words) && step == Step(1), "{reason}");
    // The next is let in.
    host.attach();
}

#[test]
fn what_a_view_could_stumble_over_is_refused_on_both_sides() {
    let frame = |kind: u16, header: &[u8], body: u64| {
        let mut bytes = b"PCPT".to_vec();
        bytes.extend(wire::VERSION.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend((header.len() as u32).to_le_bytes());
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&kind.to_le_bytes());
        hasher.update(header);
        bytes.extend(hasher.finalize().to_le_bytes());
        bytes.extend(body.to_le_bytes());
        bytes.extend(header);
        bytes
    };
    refused(
        |client| {
            let mut other = Arc::unwrap_or_clone(snapshot(0, 2, 0.5));
            other.layers[0].layer = LayerId::new("of another network");
            client.say(&Message::Snapshot(Arc::new(other)));
        },
        "of another network is in a snapshot, but not in the graph",
    );
    refused(
        |client| client.say(&Message::Snapshot(client::snapshot_of(3, 0, 2, 0.5))),
        "units is 1 × 1 × 3 in a snapshot, but 1 × 1 × 2 in the graph",
    );
    refused(
        |client| {
            let header = br#"{"Graph":{"nodes":[{"path":"a","op":"add","inputs":[0],"outputs":[]}],"tensors":[{"name":"x","role":"activation","dims":[],"signed":false}]}}"#;
            client.write(&frame(1, header, 0));
        },
        "reads what nobody has made",
    );
    refused(
        |client| {
            let header = br#"{"Graph":{"nodes":[],"tensors":[{"name":"x","role":"constant","dims":[{"size":9223372036854775807,"axis":"row"},{"size":9223372036854775807,"axis":"row"}],"signed":false}]}}"#;
            client.write(&frame(1, header, 0));
        },
        "more numbers than any memory",
    );
    refused(|client| client.write(&frame(2, b"{}", u64::MAX)), "at most 268435456");
    refused(|client| client.write(&frame(4, br#""Pause"  "#, 0)), "not for the viewer");
    refused(|client| client.write(b"nonsense that is longer than a prefix"), "no frame");
    refused(
        |client| {
            client.write(&frame(1, br#"{"Found":{"kind":"pear","version":1,"content":0}}"#, 0));
        },
        "there is no payload called",
    );
    refused(
        |client| {
            // Half a frame, and gone.
            client.write(&frame(1, &[b' '; 64], 0)[..40]);
            client.socket.shutdown(std::net::Shutdown::Write).unwrap();
        },
        "broke off within a frame",
    );
    refused(|client| client.hello("again"), "a hello comes once");
}

#[test]
fn a_run_begins_before_anything_of_it_is_told() {
    for message in [stepped(1, 0.5), finished(1), graph()] {
        let host = Host::open();
        let mut client = host.attach();
        client.report(message);
        assert!(client.admission().unwrap_err().contains("a run must begin"));
    }
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.say(&Message::Snapshot(snapshot(0, 1, 0.5)));
    assert!(client.admission().unwrap_err().contains("a graph must be told"));
}

#[test]
fn a_training_that_never_reads_is_let_go() {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    let drawing: Arc<[f32]> = vec![0.5; 1 << 20].into();
    let begun = Instant::now();
    // What is asked fills the socket, as nobody reads; the viewer is not held up by it.
    let mut slowest = Duration::ZERO;
    host.wait("the end of patience", |host| {
        let at = Instant::now();
        host.room.ask(Command::Watch(InputChoice::Drawn(drawing.clone())));
        slowest = slowest.max(at.elapsed());
        host.news.lock().unwrap().iter().any(|news| matches!(news, News::Wrong { .. }))
    });
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
    host.hears_why("does not read");
    assert!(begun.elapsed() < LONG);
    assert!(host.fails().0.contains("does not read"));
}

/// Bytes that are nearly a conversation, and bytes that are none.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let mut said = Vec::new();
    for message in [started(0), graph(), stepped(1, 0.5), finished(1)] {
        wire::write(&Message::Report(message), &mut said).unwrap();
    }
    wire::write(&Message::Snapshot(snapshot(0, 1, 0.5)), &mut said).unwrap();
    let length = said.len();
    let changed = (prop::collection::vec((0..length, any::<u8>()), 0..6), 0..length).prop_map(
        move |(changes, cut)| {
            let mut said = said.clone();
            for (at, byte) in changes {
                said[at] = byte;
            }
            said.truncate(length - cut / 2);
            said
        },
    );
    prop_oneof![3 => changed, 1 => prop::collection::vec(any::<u8>(), 0..4096)]
}

#[test]
fn no_bytes_do_harm() {
    let host = Host::open();
    let mut runner = TestRunner::new(Config { cases: 120, ..Config::default() });
    let done = runner.run(&(bytes(), any::<bool>()), |(bytes, at_the_door)| {
        let mut client = if at_the_door { Client::connect(host.port) } else { host.attach() };
        client.write(&bytes);
        client.socket.shutdown(std::net::Shutdown::Write).ok();
        while host.room.report().is_some() {}
        Ok(())
    });
    done.unwrap();
    drop(host.attach());
    assert!(!host.attached.as_ref().unwrap().is_over());
}
