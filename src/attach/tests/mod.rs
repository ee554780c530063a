//! Real sockets: whoever comes with the token is watched, and whatever else comes does no harm and is told why.

mod client;
mod rude;

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use super::*;
use crate::{
    history::Run,
    images::TestSet,
    stream::{
        Command, InputChoice, LayerId, Material, Report, RunState, Slice, Step, Subscription,
        ViewerEnd, connect, wire::Message,
    },
};
use client::{Client, PARAMETER, UNITS, finished, graph, snapshot, started, state, stepped};

/// Long enough for anything here, even on a busy machine.
const LONG: Duration = Duration::from_secs(30);
const EXHIBIT: ExhibitId = ExhibitId::new("shown-here");

/// A hall that waits, without a hall.
struct Host {
    room: ViewerEnd,
    port: u16,
    token: String,
    news: Arc<Mutex<Vec<News>>>,
    attached: Option<Attached>,
}

impl Host {
    fn open() -> Self {
        let token = Token::random().unwrap();
        // No test writes where a visitor's own hall would.
        let waiting = Waiting::unannounced_on(0, token).unwrap();
        let (room, trainer) = connect();
        let news: Arc<Mutex<Vec<News>>> = Arc::default();
        let heard = news.clone();
        let told: Told = Arc::new(move |news| heard.lock().unwrap().push(news));
        let port = waiting.port();
        let attached = Some(waiting.start((EXHIBIT, &[]), trainer, told).unwrap());
        Self { room, port, token: token.to_string(), news, attached }
    }

    /// A training that is let in, once the one before has gone.
    fn attach(&self) -> Client {
        let mut found = None;
        self.wait("an open door", |host| {
            let mut client = Client::connect(host.port);
            client.hello(&host.token);
            match client.admission() {
                Ok(()) => found = Some(client),
                Err(why) => assert!(why.contains("one at a time"), "{why}"),
            }
            found.is_some()
        });
        found.unwrap()
    }

    /// The next report.
    fn report(&self) -> Report {
        self.room.report_within(LONG).expect("no report came")
    }

    /// Waits until something is so.
    #[track_caller]
    fn wait(&self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < LONG, "{what} did not come: {:?}", self.news.lock().unwrap());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits for news.
    #[track_caller]
    fn hears(&self, fits: impl Fn(&News) -> bool) -> News {
        let found = |host: &Self| host.news.lock().unwrap().iter().find(|news| fits(news)).cloned();
        self.wait("news", |host| found(host).is_some());
        found(self).unwrap()
    }

    /// That a training was not let in, or sent away, and why.
    #[track_caller]
    fn hears_why(&self, words: &str) {
        self.hears(|news| match news {
            News::Refused { why } | News::Wrong { why } => why.contains(words),
            _ => false,
        });
    }

    /// The state of a failed run.
    #[track_caller]
    fn fails(&self) -> (String, Step) {
        loop {
            if let Report::State { state: RunState::Failed { reason }, step } = self.report() {
                return (reason.to_string(), step);
            }
        }
    }
}

#[test]
fn a_training_is_seen_as_a_run_of_the_hall() {
    let host = Host::open();
    assert!(host.room.ask(Command::SetSnapshotRate { per_second: 9.0 }));
    let mut client = host.attach();
    assert_eq!(client.next_command(), Command::SetSnapshotRate { per_second: 9.0 });
    let subscribed = Command::Subscribe(vec![Subscription {
        tensor: UNITS,
        slice: Slice::ALL,
        level: Default::default(),
        per_second: 60.0,
    }]);
    assert!(host.room.ask(subscribed.clone()));
    assert_eq!(client.next_command(), subscribed);
    client.report(started(7));
    client.report(graph());
    // Who has no graph yet may have passed the names over.
    assert_eq!(client.next_command(), subscribed);
    client.report(state(RunState::Training, 0));
    client.say(&Message::Snapshot(snapshot(7, 1, 0.5)));
    client.report(stepped(1, 0.75));
    client.report(stepped(2, 0.5));
    let mut run = Run::new(1 << 20);
    host.wait("two steps", |host| {
        std::iter::from_fn(|| host.room.report()).for_each(|report| run.take(report));
        run.step() == Step(2)
    });
    let shown = run.started().unwrap();
    assert_eq!((shown.exhibit, shown.seed), (EXHIBIT, 7));
    assert_ne!(shown.run, client::run_of(7), "it has a name of the hall's own");
    assert_eq!(run.scalars().at(Step(1)).unwrap().values.loss(), 0.75);
    host.wait("a snapshot", |host| {
        host.room.newest_snapshot().into_iter().for_each(|snapshot| run.keep(snapshot));
        run.newest_snapshot().is_some()
    });
    let seen = run.newest_snapshot().unwrap();
    assert_eq!((seen.step, seen.layer(UNITS).unwrap().values[1]), (Step(1), 0.5));
    // Taken by the viewer, it grants another.
    assert_eq!(client.next_taken(), Step(1));
    client.report(finished(2));
    assert!(matches!(host.report(), Report::Finished(_)));
    drop(client);
    host.hears(|news| *news == News::Left);
}

#[test]
fn what_is_asked_goes_over_and_what_cannot_be_is_refused_here() {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.report(graph());
    host.wait("the graph", |host| matches!(host.room.report(), Some(Report::Graph(_))));
    let asked = [
        Command::Pause,
        Command::Advance { steps: 3 },
        Command::Resume,
        Command::SetLearningRate(0.5),
        Command::LimitSpeed { steps_per_second: Some(4.0) },
        Command::Watch(InputChoice::Drawn([0.5, 1.0].into())),
    ];
    for command in &asked {
        assert!(host.room.ask(command.clone()));
    }
    assert!(host.room.ask(Command::Restart { seed: 1, learning_rate: None }));
    for command in asked {
        assert_eq!(client.next_command(), command);
    }
    host.hears(|news| *news == News::NotThere);
    // Of questions, those that it said it answers; any other is answered here.
    let about = crate::stream::Payload::new(Learned {});
    let id = host.room.query(about.clone()).unwrap();
    let query = client.next_query();
    assert_eq!((query.id, query.about), (id, about.clone()));
    client.answer(id, Ok(about.clone()));
    let reply = host.room.reply_within(LONG).unwrap();
    assert_eq!((reply.id, reply.said), (id, Ok(about)));
    let other = crate::stream::Payload::new(crate::images::PictureFile {
        path: "a.png".to_owned(),
        bytes: [].into(),
    });
    host.room.query(other).unwrap();
    let refusal = host.room.reply_within(LONG).unwrap().said.unwrap_err();
    assert!(refusal.contains("another program"), "{refusal}");
    // Who leaves the hall leaves the training as it is: nothing is said to it.
    assert!(host.room.ask(Command::Stop));
    assert!(client.hears_nothing_more());
}

#[test]
fn a_second_training_waits_for_the_first_to_go_and_is_a_new_run() {
    let host = Host::open();
    let mut first = host.attach();
    first.report(started(3));
    first.report(stepped(1, 0.5));
    let mut second = Client::connect(host.port);
    second.hello(&host.token);
    assert!(second.admission().unwrap_err().contains("one at a time"));
    host.hears_why("one at a time");
    let of = |host: &Host| loop {
        if let Report::Started(started) = host.report() {
            return started.run;
        }
    };
    let run = of(&host);
    drop(first);
    let (reason, step) = host.fails();
    assert!(reason.contains("gone") && step == Step(1), "{reason} {step}");
    host.hears(|news| *news == News::Gone);
    let mut again = host.attach();
    again.report(started(3));
    assert!(of(&host) > run, "who comes back begins another run");
}

#[test]
fn another_graph_begins_another_run() {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.report(graph());
    client.report(graph());
    client.report(stepped(5, 0.5));
    client.report(client::graph_of(3));
    client.say(&Message::Snapshot(client::snapshot_of(3, 0, 5, 0.25)));
    let told: Vec<Report> = (0..5).map(|_| host.report()).collect();
    let [
        Report::Started(first),
        Report::Graph(_),
        Report::Stepped(_),
        Report::Started(second),
        Report::Graph(graph),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!(second.run, first.run.next());
    assert_eq!(graph.called(UNITS).unwrap().1.len(), 3);
    let mut seen = None;
    host.wait("a snapshot", |host| {
        seen = host.room.newest_snapshot();
        seen.is_some()
    });
    assert_eq!(seen.unwrap().run, second.run);
}

#[test]
fn a_viewer_that_stands_still_holds_up_nothing() {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.report(graph());
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    for step in 1..=60_000 {
        let at = Instant::now();
        client.report(stepped(step, 1.0));
        slowest = slowest.max(at.elapsed());
    }
    client.report(finished(60_000));
    assert!(begun.elapsed() < LONG && slowest < Duration::from_secs(2), "{slowest:?}");
    // Two snapshots are granted, and no third before one was taken.
    for step in 1..=2 {
        client.say(&Message::Snapshot(snapshot(0, step, 0.5)));
    }
    assert!(client.taken_within(Duration::from_millis(300)).is_none());
    let mut steps = 0;
    loop {
        match host.report() {
            Report::Stepped(step) => steps += step.merged,
            Report::Finished(_) => break,
            _ => {}
        }
    }
    assert_eq!(steps, 60_000, "every step is told, if not each by itself");
    host.wait("a snapshot", |host| host.room.newest_snapshot().is_some());
    assert!(client.taken_within(LONG).is_some());
}

#[test]
fn a_hall_that_closes_lets_go_of_the_training() {
    let mut host = Host::open();
    let mut client = host.attach();
    let begun = Instant::now();
    host.attached = None;
    assert!(client.hears_nothing_more());
    assert!(begun.elapsed() < Duration::from_secs(5));
    // The port is free again.
    drop(client);
    assert!(std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, host.port)).is_err());
}

#[test]
fn only_this_machine_can_come() {
    let waiting = Waiting::unannounced_on(0, Token::random().unwrap()).unwrap();
    assert!(waiting.listener.local_addr().unwrap().ip().is_loopback());
    let taken = Waiting::unannounced_on(waiting.port(), Token::random().unwrap()).unwrap_err();
    assert!(taken.contains(&waiting.port().to_string()) && taken.contains("--port"), "{taken}");
}

#[test]
fn a_parameter_of_the_graph_may_be_told_of() {
    let host = Host::open();
    let mut client = host.attach();
    client.report(started(0));
    client.report(graph());
    let mut with = Arc::unwrap_or_clone(snapshot(0, 1, 0.5));
    with.parameters.push(crate::stream::ParameterSizes {
        layer: PARAMETER,
        weights: 1.0,
        gradient: f32::NAN,
        update: 0.0,
    });
    with.input = InputChoice::Test(3);
    client.say(&Message::Snapshot(Arc::new(with)));
    let mut seen = None;
    host.wait("a snapshot", |host| {
        seen = host.room.newest_snapshot();
        seen.is_some()
    });
    assert_eq!(seen.unwrap().parameters[0].layer, LayerId::new("weight"));
}

#[test]
fn what_cannot_be_shown_begins_no_run_and_the_next_training_has_nothing_of_the_one_before() {
    let host = Host::open();
    let mut client = host.attach();
    let set = TestSet {
        pixels: [0, 255].into(),
        channels: 1,
        width: 1,
        height: 1,
        labels: [0, 1].into(),
        classes: ["no".to_owned(), "yes".to_owned()].into(),
        name: "two".to_owned(),
        of_text: false,
        perhaps_learned: true,
    };
    client.report(Report::Material(Material::plain(set)));
    client.report(started(0));
    client.report(finished(3));
    drop(client);
    host.hears(|news| *news == News::Left);
    let mut refused = host.attach();
    let reason = phrase!("attach-inputs-without-example");
    refused.report(state(RunState::Failed { reason: reason.clone() }, 0));
    let told = host.hears(|news| matches!(news, News::NotShown { .. }));
    assert!(told.is_trouble() && told.told().to_string().contains("inputs=… has no example"));
    drop(refused);
    let mut next = host.attach();
    next.report(started(0));
    let mut run = Run::new(0);
    let mut numbers = Vec::new();
    host.wait("another run", |host| {
        for report in std::iter::from_fn(|| host.room.report()) {
            if let Report::Started(started) = &report {
                numbers.push(started.run.number);
            }
            run.take(report);
        }
        numbers.len() == 2
    });
    assert_eq!(numbers, [0, 1], "runs of a recording of both are told apart");
    assert!(run.material::<TestSet>().is_none(), "those were of the training before");
}
