//! What is answered over HTTP.

use super::*;

#[test]
fn an_image_is_read_and_the_answer_says_by_which_weights() {
    let host = Host::open();
    let (status, told) = host.post(b"[1, 1, 1, 0]");
    assert_eq!(status, 200, "{told}");
    assert_eq!(
        (&told["class"], &told["name"], &told["step"]),
        (&1.into(), &"bright".into(), &7.into())
    );
    assert_eq!(told["probabilities"], serde_json::json!([0.25, 0.75]));
    assert!(told["run"]["number"].is_number());
}

#[test]
fn what_cannot_be_read_is_told_in_a_sentence() {
    let host = Host::open();
    let refused = |body: &[u8]| {
        let (status, told) = host.post(body);
        (status, told["error"].as_str().unwrap().to_owned())
    };
    for (body, status, words) in [
        (&b"hello"[..], 415, "PNG"),
        (b"[1, 2", 422, "list"),
        (b"[1, 0, 0]", 422, "3 pixels"),
        (b"[255, 0, 0, 0]", 422, "255"),
        (b"\x89PNG\r\n\x1a\nnothing", 422, "cannot be read"),
    ] {
        let (found, why) = refused(body);
        assert!(found == status && why.contains(words), "{found} {why}");
    }
    let unbegun = Host::unbegun();
    assert_eq!(unbegun.post(b"[1]").0, 503);
    let of_another = Host::unbegun();
    of_another
        .says(Report::Material(Material::plain(Pictures { count: 0, brightness: [].into() })));
    of_another.wait("its material", |host| host.service().status().is_known);
    let (status, told) = of_another.post(b"[1]");
    assert!(status == 404 && told["error"].as_str().unwrap().contains("example"), "{told}");
}

#[test]
fn many_images_are_read_together_on_connections_that_stay() {
    let host = Host::open();
    let many = 16;
    thread::scope(|scope| {
        for _ in 0..many {
            scope.spawn(|| {
                let mut socket = host.connect();
                for at in 0..50 {
                    let bright = at % 2;
                    let body = format!("[{bright}, {bright}, {bright}, {bright}]");
                    let said = request("POST /predict", &host.token, body.as_bytes(), "keep-alive");
                    // In two pieces, as a net would.
                    socket.write_all(&said[..40]).unwrap();
                    socket.write_all(&said[40..]).unwrap();
                    let (status, told) = one_answer(&mut socket);
                    assert_eq!((status, &told["class"]), (200, &bright.into()), "{told}");
                }
            });
        }
    });
    let counts = &host.service().counts;
    assert_eq!(counts.predicted.load(Ordering::Relaxed), 50 * many);
    assert_eq!(counts.images.load(Ordering::Relaxed), 50 * many);
    assert!(counts.batches.load(Ordering::Relaxed) < 50 * many, "none were read together");
    assert!(host.script.together.load(Ordering::Relaxed) > 1);
}

/// Hears one answer of a connection that stays.
fn one_answer(socket: &mut TcpStream) -> (u16, serde_json::Value) {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
    loop {
        let read = socket.read(&mut piece).unwrap();
        assert!(read > 0, "it was closed");
        bytes.extend_from_slice(&piece[..read]);
        let text = std::str::from_utf8(&bytes).unwrap();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
        if body.len() == length.parse::<usize>().unwrap() {
            return answer(text);
        }
    }
}

#[test]
fn health_needs_no_token_and_metrics_do() {
    let host = Host::open();
    let asked = |line: &str, token: &str| host.exchange(&request(line, token, b"", "close"));
    let (status, health) = answer(&asked("GET /health", "none"));
    assert_eq!(
        (status, &health["status"], &health["state"]),
        (200, &"ok".into(), &"training".into())
    );
    for line in ["GET /metrics", "POST /predict"] {
        let (status, told) = answer(&asked(line, "0123456789abcdef0123456789abcdef"));
        assert!(status == 401 && told["error"].as_str().unwrap().contains("Bearer"), "{told}");
    }
    host.post(b"[1, 1, 1, 1]");
    host.post(b"nothing");
    let metrics = asked("GET /metrics", &host.token);
    for line in [
        "# TYPE perceptarium_prediction_seconds histogram",
        "perceptarium_prediction_seconds_count 1",
        "perceptarium_prediction_seconds_bucket{le=\"+Inf\"} 1",
        "perceptarium_predictions_refused_total 2",
        "perceptarium_state{state=\"training\"} 1",
        "perceptarium_viewers 0",
    ] {
        assert!(metrics.lines().any(|found| found == line), "“{line}” is missing in {metrics}");
    }
    let (status, _) = answer(&asked("GET /nothing", &host.token));
    assert_eq!(status, 404);
    let (status, _) = answer(&asked("GET /predict", &host.token));
    assert_eq!(status, 405);
    host.says(Report::State {
        state: RunState::Failed { reason: "it is gone".into() },
        step: Step(9),
    });
    host.wait("its end", |host| host.service().status().step == Step(9));
    let (status, health) = answer(&asked("GET /health", ""));
    assert_eq!((status, &health["state"]), (503, &"failed".into()));
}

#[test]
fn it_stops_between_two_steps_and_says_what_was_written() {
    let host = Host::open();
    let saved = host.served.as_ref().unwrap().stop(LONG, "it ends".into()).unwrap();
    assert_eq!((saved.step, saved.asked), (Step(7), true));
    let asked = host.script.asked.lock().unwrap().clone();
    assert_eq!(asked[asked.len() - 2..], [Command::Pause, Command::Save]);
}
