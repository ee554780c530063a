//! How another program is let in on a socket: whoever connects, to be watched or to watch, says who it is and is let in or
//! refused; and whoever trains is told which of its snapshots were taken.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ExhibitId, Step};

/// The first message of whoever connects.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The version of the protocol that it speaks.
    pub protocol: u16,
    /// What the other side has shown to whoever may connect, in hexadecimal digits.
    pub token: String,
    /// The program that trains, such as `perceptarium-python 0.1.0`.
    #[serde(default)]
    pub program: String,
    /// What it trains with, such as `torch 1.13.1`.
    #[serde(default)]
    pub framework: String,
    /// The kinds of questions that it answers; all others are not sent to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
}

/// Without the token, which must not come into a log.
impl fmt::Debug for Hello {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { protocol, program, framework, answers, .. } = self;
        let mut told = out.debug_struct("Hello");
        told.field("protocol", protocol).field("program", program);
        told.field("framework", framework).field("answers", answers).finish_non_exhaustive()
    }
}

/// What it is told; a refusal is followed by the end of the connection, at once or in the midst of a run, and may come from
/// either side then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// Whether it is let in, or in one sentence why not.
    pub said: Result<(), String>,
    /// The exhibit whose training it may watch, where it came to watch one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<ExhibitId>,
}

impl Admission {
    /// A training may come in.
    pub const fn welcome() -> Self {
        Self { said: Ok(()), exhibit: None }
    }

    /// Whoever connects may watch a training of this exhibit.
    pub const fn to_watch(exhibit: ExhibitId) -> Self {
        Self { said: Ok(()), exhibit: Some(exhibit) }
    }

    /// Nobody comes in, or stays, and why, in one sentence.
    pub const fn refusal(why: String) -> Self {
        Self { said: Err(why), exhibit: None }
    }
}

/// A snapshot was taken, which grants another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The step that it was of.
    pub step: Step,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_is_what_the_protocol_says() {
        let text = r#"{"protocol":2,"token":"00ff","program":"mine","framework":"torch 2"}"#;
        let hello: Hello = serde_json::from_str(text).unwrap();
        assert_eq!((hello.protocol, hello.program.as_str()), (2, "mine"));
        assert_eq!(serde_json::to_string(&hello).unwrap(), text);
        assert!(!format!("{hello:?}").contains("00ff"));
        let bare: Hello = serde_json::from_str(r#"{"protocol":2,"token":"","more":1}"#).unwrap();
        assert!(bare.answers.is_empty());
    }

    #[test]
    fn letting_in_and_refusing_have_one_form() {
        let said = |admission: Admission| serde_json::to_string(&admission).unwrap();
        assert_eq!(said(Admission::welcome()), r#"{"said":{"Ok":null}}"#);
        assert_eq!(said(Admission::refusal("no".to_owned())), r#"{"said":{"Err":"no"}}"#);
        let watched = Admission::to_watch(ExhibitId::new("digits"));
        assert_eq!(said(watched.clone()), r#"{"said":{"Ok":null},"exhibit":"digits"}"#);
        let read: Admission = serde_json::from_str(&said(watched.clone())).unwrap();
        assert_eq!(read, watched);
        assert_eq!(serde_json::to_string(&Taken { step: Step(7) }).unwrap(), r#"{"step":7}"#);
    }
}
