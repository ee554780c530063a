//! Owns the training thread: commands in, reports out; a panic becomes a failed run, not a crash.

use std::{
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{
    TrainError, TrainableMaker, TrainingConfig,
    niceness::stand_back,
    panics::{THREAD_NAME, caught, keep_quiet},
    training_loop::TrainingLoop,
};
use crate::{
    free_memory::give_back,
    stream::{Report, RunState, Step, TrainerEnd, Waited},
    words::InPhrase,
};

/// How far the training stands back, in steps of niceness.
const NICENESS: i32 = 5;

/// A training thread; it ends soon after the viewer has dropped its end of the stream.
#[derive(Debug)]
pub struct Session {
    thread: JoinHandle<()>,
}

impl Session {
    /// Starts to teach a trainable on a thread of its own.
    ///
    /// Fails if the config is impossible or the system gives no thread; everything later is reported.
    pub fn start(
        trainable: TrainableMaker,
        config: TrainingConfig,
        trainer: TrainerEnd,
    ) -> Result<Self, TrainError> {
        config.check()?;
        keep_quiet();
        let thread = thread::Builder::new()
            .name(THREAD_NAME.to_owned())
            .spawn(move || teach(trainable, config, trainer))
            .map_err(|error| TrainError::Thread(error.to_string()))?;
        Ok(Self { thread })
    }

    /// Whether the thread has ended.
    pub fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for the thread to end, which it does once the viewer's end is dropped; `false` when it has
    /// not ended in time.
    pub fn end_within(self, patience: Duration) -> bool {
        const LOOK_EVERY: Duration = Duration::from_millis(5);
        let start = Instant::now();
        while !self.thread.is_finished() {
            if start.elapsed() > patience {
                return false;
            }
            thread::sleep(LOOK_EVERY);
        }
        self.thread.join().is_ok()
    }
}

/// The pool that the calculation runs in; the training thread is one of its own.
fn pool(threads: usize, beside_renderer: bool) -> Result<ThreadPool, TrainError> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("{THREAD_NAME} {index}"))
        .start_handler(move |_| {
            if beside_renderer {
                stand_back(NICENESS);
            }
        })
        .use_current_thread()
        .build()
        .map_err(|error| TrainError::Thread(error.to_string()))
}

/// Teaches until nobody has the other end.
fn teach(trainable: TrainableMaker, config: TrainingConfig, mut trainer: TrainerEnd) {
    let threads = config.thread_count();
    if config.beside_renderer {
        stand_back(NICENESS);
    }
    let prepared = pool(threads, config.beside_renderer)
        .and_then(|pool| Ok((pool, caught(|| trainable(&config))?)));
    // The pool lives as long as the loop, whose thread is its first.
    let (_pool, trainable) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            let state = RunState::Failed { reason: error.in_phrase() };
            trainer.outbox.post(Report::State { state, step: Step(0) });
            while trainer.wait(None) != Waited::HungUp {}
            return;
        }
    };
    let mut fit = TrainingLoop::new(trainable, config, threads, trainer);
    while let Err(error) = caught(|| fit.go_on()) {
        // What was asked wrongly is told to whoever asked.
        if !matches!(error, TrainError::Asked(_)) {
            tracing::error!("{error}");
        }
        fit.fail(&error);
    }
    drop(fit);
    give_back();
}
