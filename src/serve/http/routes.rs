//! What can be asked: what an image is, whether the service is well, and how it stands in numbers.

use serde::Serialize;

use super::{
    metrics, predict,
    request::Head,
    response::{Refusal, Response},
};
use crate::serve::{rate::PER_SECOND, service::Service};

/// What can be asked, and how.
const PATHS: &str = "GET /health, GET /metrics, POST /predict";

/// Whether the service is well; the state is that of the run.
#[derive(Serialize)]
struct Health {
    status: &'static str,
    exhibit: &'static str,
    state: &'static str,
    step: u64,
}

/// Answers a request.
pub(super) fn answer(service: &Service, head: &Head, body: &[u8]) -> Response {
    match answered(service, head, body) {
        Ok(response) => response,
        Err(refusal) => {
            if head.path == "/predict" {
                let refused = &service.counts.refused;
                refused.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
            Response::refusal(&refusal)
        }
    }
}

fn answered(service: &Service, head: &Head, body: &[u8]) -> Result<Response, Refusal> {
    let method = match head.path.as_str() {
        "/health" | "/metrics" => "GET",
        "/predict" => "POST",
        _ => {
            return Err(Refusal { status: 404, why: phrase!("serve-nothing-here", paths = PATHS) });
        }
    };
    if head.method != method {
        let path = head.path.as_str();
        let why = phrase!("serve-another-method", path, method);
        return Err(Refusal { status: 405, why });
    }
    if !service.rate.allows() {
        let most = PER_SECOND;
        return Err(Refusal { status: 429, why: phrase!("serve-too-often", most) });
    }
    // Whether it is well says nothing that anybody could not find out by connecting.
    if head.path == "/health" {
        return Ok(health(service));
    }
    check_token(service, head)?;
    if head.path == "/metrics" {
        return Ok(Response::metrics(metrics::written(service)));
    }
    predict::answer(service, body)
}

/// Whether the token was named.
///
/// # Errors
/// If it was not.
pub(super) fn check_token(service: &Service, head: &Head) -> Result<(), Refusal> {
    if head.token.as_ref().is_some_and(|named| service.token.is(named)) {
        return Ok(());
    }
    let why = phrase!("serve-name-the-token");
    service.refused(&why);
    Err(Refusal { status: 401, why })
}

fn health(service: &Service) -> Response {
    let status = service.status();
    let is_well = !status.state.as_ref().is_some_and(crate::stream::RunState::is_trouble);
    let health = Health {
        status: if is_well { "ok" } else { "failed" },
        exhibit: service.exhibit.name(),
        state: status.word(),
        step: status.step.0,
    };
    Response::json(if is_well { 200 } else { 503 }, &health)
}
