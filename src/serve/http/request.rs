//! The head of a request: what is asked, by whom, and how long what follows is.

use super::response::Refusal;

/// The longest head, in bytes, and the most headers in it.
pub(super) const MOST_HEAD: usize = 8192;
const MOST_HEADERS: usize = 64;
/// The longest body, in bytes.
pub(super) const MOST_BODY: usize = 4 << 20;

/// The head of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) method: String,
    /// Without what follows a question mark.
    pub(super) path: String,
    /// The token of `Authorization: Bearer`.
    pub(super) token: Option<String>,
    /// Bytes of the body.
    pub(super) length: usize,
    /// Whether another request may follow.
    pub(super) keeps: bool,
    /// Whether the body comes only once it is asked for.
    pub(super) expects: bool,
}

/// The head that bytes begin with, and how long it is; none while not all of it is there.
///
/// # Errors
/// If it is none, or one whose body cannot be told from what follows it.
pub(super) fn head(bytes: &[u8]) -> Result<Option<(Head, usize)>, Refusal> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            let why = phrase!("serve-too-many-headers", most = MOST_HEADERS);
            return Err(Refusal { status: 431, why });
        }
        Err(why) => {
            let why = phrase!("serve-no-request", why = why.to_string());
            return Err(Refusal { status: 400, why });
        }
    };
    let path = request.path.unwrap_or_default();
    let mut head = Head {
        method: request.method.unwrap_or_default().to_owned(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        token: None,
        length: 0,
        keeps: request.version == Some(1),
        expects: false,
    };
    let mut said_length = None;
    for header in request.headers.iter() {
        let value = std::str::from_utf8(header.value).unwrap_or_default().trim();
        read_header(&mut head, &mut said_length, (header.name, value))?;
    }
    head.length = said_length.unwrap_or(0);
    Ok(Some((head, length)))
}

fn read_header(
    head: &mut Head,
    said_length: &mut Option<usize>,
    (name, value): (&str, &str),
) -> Result<(), Refusal> {
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    if is("content-length") {
        let length = value.bytes().all(|digit| digit.is_ascii_digit()).then(|| value.parse().ok());
        let length = length.flatten().filter(|now| said_length.is_none_or(|said| said == *now));
        let why = || phrase!("serve-no-length", value);
        *said_length = Some(length.ok_or_else(|| Refusal { status: 400, why: why() })?);
    } else if is("transfer-encoding") {
        return Err(Refusal { status: 411, why: phrase!("serve-say-the-length") });
    } else if is("connection") {
        let has = |word: &str| value.split(',').any(|one| one.trim().eq_ignore_ascii_case(word));
        head.keeps = (head.keeps && !has("close")) || has("keep-alive");
    } else if is("expect") {
        head.expects = value.eq_ignore_ascii_case("100-continue");
    } else if is("authorization")
        && let Some((scheme, token)) = value.split_once(' ')
        && scheme.eq_ignore_ascii_case("bearer")
    {
        head.token = Some(token.trim().to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Option<(Head, usize)>, u16> {
        head(text.as_bytes()).map_err(|refusal| refusal.status)
    }

    #[test]
    fn a_head_says_what_is_asked_and_how_long_its_body_is() {
        let text = "POST /predict?a=b HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer 00ff\r\n\
                    Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc";
        let (head, length) = of(text).unwrap().unwrap();
        assert_eq!((head.method.as_str(), head.path.as_str()), ("POST", "/predict"));
        assert_eq!((head.token.as_deref(), head.length), (Some("00ff"), 3));
        assert!(head.keeps && head.expects);
        assert_eq!(&text[length..], "abc");
        assert_eq!(of("GET / HTTP/1.1\r\nHos"), Ok(None));
        assert!(!of("GET / HTTP/1.0\r\n\r\n").unwrap().unwrap().0.keeps);
        assert!(!of("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").unwrap().unwrap().0.keeps);
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        for (text, status) in [
            ("\u{1}\u{2}\u{3}", 400),
            ("GET / HTTP/7.7\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        ] {
            assert_eq!(of(text), Err(status), "{text}");
        }
        let many = "a: b\r\n".repeat(MOST_HEADERS + 1);
        assert_eq!(of(&format!("GET / HTTP/1.1\r\n{many}\r\n")), Err(431));
    }
}
