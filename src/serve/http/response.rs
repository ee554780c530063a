//! What is answered, and how it is written.

use serde::Serialize;

use crate::words::{self, Language, Phrase};

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The status code: RFC 9110, 15.
    pub(super) status: u16,
    /// Why, in one sentence.
    pub(super) why: Phrase,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

#[derive(Serialize)]
struct Error {
    error: String,
}

impl Response {
    /// Something as JSON.
    pub(super) fn json(status: u16, what: &impl Serialize) -> Self {
        // What is written here has no maps whose keys are no texts, all that JSON cannot write.
        let mut body = serde_json::to_vec(what).unwrap_or_default();
        body.push(b'\n');
        Self { status, kind: "application/json", body }
    }

    /// Numbers in the text form of Prometheus, version 0.0.4.
    pub(super) fn metrics(text: String) -> Self {
        let kind = "text/plain; version=0.0.4; charset=utf-8";
        Self { status: 200, kind, body: text.into_bytes() }
    }

    /// Why not, in English, as other programs read it.
    pub(super) fn refusal(refusal: &Refusal) -> Self {
        let error = words::speaking(Language::English, || refusal.why.to_string());
        Self::json(refusal.status, &Error { error })
    }

    /// As it is sent; whether the connection stays open.
    pub(super) fn written(&self, keeps: bool) -> Vec<u8> {
        let Self { status, kind, body } = self;
        let connection = if keeps { "keep-alive" } else { "close" };
        let more = match status {
            401 => "WWW-Authenticate: Bearer\r\n",
            405 => "Allow: GET, POST\r\n",
            429 | 503 => "Retry-After: 1\r\n",
            _ => "",
        };
        let head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Connection: {connection}\r\nCache-Control: no-store\r\n{more}\r\n",
            reason(*status),
            body.len()
        );
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        bytes
    }
}

/// The phrase that stands behind a status code: RFC 9110, 15.
const fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_sentence_in_json() {
        let why = phrase!("serve-say-the-length");
        let written = Response::refusal(&Refusal { status: 411, why }).written(false);
        let text = String::from_utf8(written).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 411 Length Required\r\n"), "{head}");
        assert!(head.contains(&format!("Content-Length: {}", body.len())));
        let read: serde_json::Value = serde_json::from_str(body).unwrap();
        assert!(read["error"].as_str().unwrap().contains("Content-Length"));
    }
}
