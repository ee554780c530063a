//! Images that are asked about, gathered: all that wait are one question to the trainer, which reads them in one pass between
//! two steps, so that many cost little more than one and a step is taken between two such questions.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use super::{
    job::{Job, PATIENCE, Prediction, Read},
    service::Service,
};
use crate::{
    images::{Pictures, PicturesRead},
    stream::{Payload, Reply},
    words::Phrase,
};

/// Images that are read in one pass.
const MOST_AT_ONCE: usize = 64;
/// How often one looks whether the service is over.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Has images read until the service ends.
pub(super) fn predict(service: &Service, jobs: &Receiver<Job>) {
    while !service.has_ended() {
        let Ok(first) = jobs.recv_timeout(LOOK_EVERY) else { continue };
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(MOST_AT_ONCE - 1));
        service.counts.read_together(batch.len());
        // The images of a run that has just begun may be of another size.
        let size = batch.first().map_or(0, |job| job.image.len());
        let (alike, others): (Vec<_>, Vec<_>) =
            batch.into_iter().partition(|job| job.image.len() == size);
        for job in others {
            job.answer.try_send(Err(phrase!("serve-another-run"))).ok();
        }
        let reads = read(service, &alike);
        for (at, job) in alike.into_iter().enumerate() {
            let read = reads.as_ref().map_err(Phrase::clone).and_then(|all| one_of(all, at));
            // Whoever asked may have left.
            job.answer.try_send(read).ok();
        }
    }
}

/// What images of one size are read as, all in one row, and how many classes there are.
fn read(service: &Service, jobs: &[Job]) -> Result<(Reply, usize), Phrase> {
    let brightness: Vec<f32> = jobs.iter().flat_map(|job| job.image.iter().copied()).collect();
    let pictures = Pictures { count: jobs.len(), brightness: brightness.into() };
    let (answer, answered) = bounded(1);
    let id = service.asked.of_images(&service.room, Payload::new(pictures), answer);
    let id = id.ok_or_else(|| phrase!("serve-too-much-is-asked-now"))?;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE && !service.has_ended() {
        if let Ok(reply) = answered.recv_timeout(LOOK_EVERY) {
            return Ok((reply, jobs.len()));
        }
    }
    service.asked.forget(id);
    Err(phrase!("serve-no-answer", seconds = PATIENCE.as_secs()))
}

fn one_of((reply, count): &(Reply, usize), at: usize) -> Read {
    let said = reply.said.as_ref().map_err(|why| phrase!("list-sentence", text = why))?;
    let all = said.get::<PicturesRead>().ok_or_else(|| phrase!("serve-another-run"))?;
    let classes = all.probabilities.len() / (*count).max(1);
    let probabilities = all.probabilities.chunks(classes.max(1)).nth(at);
    Ok(Prediction {
        run: reply.run,
        step: reply.step,
        probabilities: probabilities.ok_or_else(|| phrase!("serve-another-run"))?.to_vec(),
    })
}
