//! Studies under way: each on threads of its own, which stand back behind training and drawing, until it is answered or
//! nobody waits for it any more.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rayon::ThreadPoolBuilder;

use crate::{
    learning::{
        TrainError,
        niceness::stand_back,
        panics::{THREAD_NAME, caught},
        study::Study,
    },
    sentence::on_one_line,
    stream::{Answers, Query, Reply, RunId, Step},
};

/// How far a study stands back, in steps of niceness: further than the training.
const NICENESS: i32 = 10;

/// The studies of a session; dropping it lets them end.
#[derive(Default)]
pub(super) struct Studies(Vec<UnderWay>);

struct UnderWay {
    kind: &'static str,
    /// Whether somebody still waits for it.
    wanted: Arc<AtomicBool>,
}

impl Studies {
    /// Works on a question of the run as it is at a step, with so many threads; the newest of a kind takes the place of one
    /// that is under way.
    pub(super) fn begin(
        &mut self,
        query: &Query,
        study: Study,
        (run, step): (RunId, Step),
        threads: usize,
        answers: &Answers,
    ) {
        let (id, kind) = (query.id, query.about.kind());
        self.0.retain(|under_way| {
            if under_way.kind == kind {
                under_way.wanted.store(false, Ordering::Relaxed);
            }
            under_way.wanted.load(Ordering::Relaxed)
        });
        let wanted = Arc::new(AtomicBool::new(true));
        self.0.push(UnderWay { kind, wanted: wanted.clone() });
        let answer = {
            let (answers, answered) = (answers.clone(), wanted.clone());
            move |said: Result<_, TrainError>| {
                let said = said.map_err(|error| on_one_line(error.of_question()));
                answers.answer(Reply { id, run, step, said });
                answered.store(false, Ordering::Relaxed);
            }
        };
        // What is parallel in it stays within these threads; they end when it does.
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .thread_name(|index| format!("{THREAD_NAME} study {index}"))
            .start_handler(|_| stand_back(NICENESS))
            .build();
        match pool {
            Ok(pool) => pool.spawn(move || {
                answer(caught(|| study(&|| wanted.load(Ordering::Relaxed))));
            }),
            Err(error) => answer(Err(TrainError::Thread(error.to_string()))),
        }
    }

    /// Nobody waits for any of them any more.
    pub(super) fn give_up(&mut self) {
        for under_way in self.0.drain(..) {
            under_way.wanted.store(false, Ordering::Relaxed);
        }
    }
}

impl Drop for Studies {
    fn drop(&mut self) {
        self.give_up();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::mpsc::{Sender, channel},
        thread,
        time::{Duration, Instant},
    };

    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{
        learning::{
            Outline, Session, StepOrder, Stepped, Trainable, TrainingConfig, trainable::NoVerdict,
        },
        stream::{
            Command, Content, Example, ExhibitId, Fact, Material, MetricValues, Payload, Report,
            RunState, Stage, ViewerEnd, connect,
        },
    };

    const PATIENCE: Duration = Duration::from_secs(60);

    /// What a study is to do.
    #[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
    enum Long {
        Threads,
        Panic,
        /// Goes on until nobody waits.
        Wait(u32),
    }

    impl Content for Long {
        const KIND: &'static str = "test.study_long";
    }

    /// Something that is told beside the answers.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Told {
        Begun(u32),
        Ended(u32),
    }

    /// Studies whatever it is asked.
    struct Scholar(Sender<Told>);

    impl Trainable for Scholar {
        fn outline(&self) -> Outline {
            let example = Example { one: "leaf", many: "leaves" };
            Outline::plain(ExhibitId::new("scholar"), example, 1, 1_000_000)
        }

        fn material(&self) -> Material {
            Material::plain(NoVerdict)
        }

        fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
            Ok(())
        }

        fn step(&mut self, _: StepOrder) -> Result<Stepped, TrainError> {
            Ok(Stepped { steps: 1, values: MetricValues::new(&[0.5]), examples: 1, over: false })
        }

        fn study(&mut self, about: &Payload) -> Result<Option<Study>, TrainError> {
            let Some(asked) = about.get::<Long>().map(|asked| **asked) else { return Ok(None) };
            let tell = self.0.clone();
            Ok(Some(Box::new(move |go_on| {
                match asked {
                    Long::Threads => {
                        let name = thread::current().name().unwrap_or_default().to_owned();
                        assert!(name.starts_with("training study"), "{name}");
                        return Ok(Payload::new(Long::Wait(rayon::current_num_threads() as u32)));
                    }
                    Long::Panic => panic!("it is too hard"),
                    Long::Wait(number) => {
                        tell.send(Told::Begun(number)).ok();
                        while go_on() {
                            thread::sleep(Duration::from_millis(1));
                        }
                        tell.send(Told::Ended(number)).ok();
                    }
                }
                Err(TrainError::calculation("nobody waits"))
            })))
        }

        fn recall(&mut self, about: &Payload, step: Step) -> Result<(Step, Study), TrainError> {
            let nothing = || TrainError::calculation("this is no question");
            Ok((Step(step.0 / 10 * 10), self.study(about)?.ok_or_else(nothing)?))
        }
    }

    fn answer(room: &ViewerEnd, asked: Long) -> Reply {
        let id = room.query(Payload::new(asked)).unwrap();
        loop {
            let reply = room.reply_within(PATIENCE).expect("no answer came");
            if reply.id == id {
                return reply;
            }
        }
    }

    fn until(room: &ViewerEnd, found: impl Fn(&Report) -> bool) {
        while !found(&room.report_within(PATIENCE).expect("it is not told")) {}
    }

    #[test]
    fn what_takes_long_is_worked_on_beside_the_steps() {
        let (tell, told) = channel();
        let (room, trainer) = connect();
        let make = move |_: &TrainingConfig| Ok(Box::new(Scholar(tell)) as Box<dyn Trainable>);
        let config = TrainingConfig { threads: Some(2), ..TrainingConfig::default() };
        let session = Session::start(Box::new(make), config, trainer).unwrap();
        until(&room, |report| matches!(report, Report::Stepped(step) if step.step.0 > 5));
        // One core beside the steps; a panic is an answer in words.
        let said = answer(&room, Long::Threads).said.unwrap();
        assert_eq!(said.get::<Long>().map(|said| **said), Some(Long::Wait(1)));
        let why = answer(&room, Long::Panic).said.unwrap_err();
        assert!(why.contains("it is too hard"), "{why}");
        // Steps go on meanwhile, and the newest takes the place of the one before.
        let first = room.query(Payload::new(Long::Wait(1))).unwrap();
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Begun(1)));
        while room.report().is_some() {}
        until(&room, |report| matches!(report, Report::Stepped(_)));
        room.query(Payload::new(Long::Wait(2))).unwrap();
        let mut heard =
            [told.recv_timeout(PATIENCE).unwrap(), told.recv_timeout(PATIENCE).unwrap()];
        heard.sort_by_key(|told| matches!(told, Told::Begun(_)));
        assert_eq!(heard, [Told::Ended(1), Told::Begun(2)]);
        assert_eq!(room.reply_within(PATIENCE).map(|reply| reply.id), Some(first));
        // A run that begins anew is asked anew.
        assert!(room.ask(Command::Restart { seed: 1, learning_rate: None }));
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Ended(2)));
        // All cores while nothing trains.
        assert!(room.ask(Command::Pause));
        until(&room, |report| matches!(report, Report::State { state: RunState::Paused, .. }));
        let said = answer(&room, Long::Threads).said.unwrap();
        assert_eq!(said.get::<Long>().map(|said| **said), Some(Long::Wait(2)));
        // What was earlier is studied, too, of the nearest step that there is; what it is now needs no recalling.
        let asked_at = |at: u64| {
            let id = room.query_at(Payload::new(Long::Threads), Some(Step(at))).unwrap();
            let reply = room.reply_within(PATIENCE).expect("no answer came");
            assert_eq!(reply.id, id);
            reply.step
        };
        assert_eq!(asked_at(11), Step(10));
        let now = answer(&room, Long::Threads).step;
        assert_eq!(asked_at(now.0), now);
        // Whoever leaves waits for nothing.
        room.query(Payload::new(Long::Wait(3))).unwrap();
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Begun(3)));
        drop(room);
        let begun = Instant::now();
        assert!(session.end_within(PATIENCE));
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Ended(3)));
        assert!(begun.elapsed() < Duration::from_secs(20));
    }
}
