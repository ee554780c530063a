//! What an image is read as: from its file or its pixels to a class and its probability.

use std::time::Instant;

use crossbeam_channel::{RecvTimeoutError, TrySendError, bounded};
use serde::Serialize;

use super::response::{Refusal, Response};
use crate::{
    serve::{
        job::{Job, PATIENCE},
        sent_image::{self, Unreadable},
        service::Service,
    },
    stream::RunId,
};

/// What an image is read as.
#[derive(Serialize)]
struct Told<'a> {
    /// The likeliest class, counted from 0, and what it is called.
    class: usize,
    name: &'a str,
    /// Of each class, in their order.
    probabilities: &'a [f32],
    run: RunId,
    step: u64,
}

/// Reads an image, waits for the trainer, and tells what it says.
pub(super) fn answer(service: &Service, body: &[u8]) -> Result<Response, Refusal> {
    let begun = Instant::now();
    let status = service.status();
    let not_yet = || Refusal { status: 503, why: phrase!("serve-not-begun") };
    let none = || {
        let name = service.exhibit.name();
        Refusal { status: 404, why: phrase!("serve-no-images", name) }
    };
    let images = match (&status.images, status.is_known) {
        (Some(images), _) => images,
        (None, true) => return Err(none()),
        (None, false) => return Err(not_yet()),
    };
    let size = [images.channels, images.height, images.width];
    let image =
        sent_image::read(body, size, service.decode).map_err(|unreadable| match unreadable {
            Unreadable::Kind => Refusal { status: 415, why: phrase!("serve-no-image") },
            Unreadable::Wrong(why) => Refusal { status: 422, why },
        })?;
    let (sender, answered) = bounded(1);
    match service.jobs.try_send(Job { image, answer: sender }) {
        Ok(()) => {}
        Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => {
            return Err(Refusal { status: 503, why: phrase!("serve-too-many-wait") });
        }
    }
    // The one that is read now, and the one in which this is read.
    let prediction = match answered.recv_timeout(2 * PATIENCE) {
        Ok(Ok(prediction)) => prediction,
        Ok(Err(why)) => return Err(Refusal { status: 503, why }),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            let seconds = PATIENCE.as_secs();
            return Err(Refusal { status: 503, why: phrase!("serve-no-answer", seconds) });
        }
    };
    let probabilities = &prediction.probabilities;
    if probabilities.len() != images.classes.len() {
        return Err(Refusal { status: 503, why: phrase!("serve-another-run") });
    }
    let likeliest = probabilities.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    let class = likeliest.map_or(0, |(class, _)| class);
    let told = Told {
        class,
        name: images.classes.get(class).map_or("", String::as_str),
        probabilities,
        run: prediction.run,
        step: prediction.step.0,
    };
    let response = Response::json(200, &told);
    service.counts.took(begun.elapsed());
    Ok(response)
}
