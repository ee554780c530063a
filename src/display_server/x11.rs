//! Asks an X server whether it lets the program in, and what its keyboard prints.

use x11rb::{
    errors::ConnectError,
    protocol::xkb::{ConnectionExt as _, ID, MapPart, VMod},
    rust_connection::RustConnection,
};

use super::patience::within_patience;

/// X numbers keys as Linux does, from 8 on.
const FIRST_KEY: u8 = 8;

/// Whether an X server answers where `DISPLAY` leads and lets the program in; why not is half a sentence.
pub(super) fn knock(display: &str) -> Result<(), String> {
    let at = format!("DISPLAY={display}");
    let named = display.to_owned();
    let answer = within_patience(move || RustConnection::connect(Some(&named)).map(drop));
    match answer {
        None => Err(say!("start-what-listens-at-does-not", at)),
        Some(answer) => answer.map_err(|error| match error {
            ConnectError::DisplayParsingError(_) => say!("start-names-no-display", at),
            ConnectError::SetupFailed(refusal) => refused(&at, &refusal.reason),
            ConnectError::SetupAuthenticate(refusal) => refused(&at, &refusal.reason),
            ConnectError::InvalidScreen => say!("start-the-x-server-at-has", at),
            ConnectError::IoError(error) if never_connected(&error) => {
                say!("start-no-x-server-listens-at", at)
            }
            _ => say!("start-what-listens-at-is-no-x", at),
        }),
    }
}

fn never_connected(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof, WriteZero};
    !matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof | WriteZero)
}

/// The server says itself why.
fn refused(at: &str, reason: &[u8]) -> String {
    let reason = String::from_utf8_lossy(reason);
    let reason = reason.trim_matches(|end: char| end.is_whitespace() || end == '\0');
    say!("start-the-x-server-at-lets", at, reason)
}

/// What the keyboard prints on some keys in the layout that is on.
pub(super) fn printed(display: &str, scancodes: &[u8]) -> Option<Vec<Option<char>>> {
    let (server, _) = RustConnection::connect(Some(display)).ok()?;
    server.xkb_use_extension(1, 0).ok()?.reply().ok()?;
    let keyboard = u16::from(ID::USE_CORE_KBD);
    let state = server.xkb_get_state(keyboard).ok()?.reply().ok()?;
    // All symbols, and nothing else.
    let (none, of_none) = (MapPart::from(0_u16), VMod::from(0_u16));
    let map = server
        .xkb_get_map(
            keyboard,
            MapPart::KEY_SYMS,
            none,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            of_none,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        .ok()?
        .reply()
        .ok()?;
    let keys = map.map.syms_rtrn?;
    let group = usize::from(u8::from(state.group));
    let of_key = |scancode: u8| {
        let index = (scancode + FIRST_KEY).checked_sub(map.first_key_sym)?;
        let key = keys.get(usize::from(index))?;
        // A key with fewer layouts than there are begins again with its first.
        let layout = group % usize::from(key.group_info & 0xf).max(1);
        let symbol = key.syms.get(layout * usize::from(key.width))?;
        xkeysym::Keysym::new(*symbol).key_char().filter(|letter| !letter.is_control())
    };
    Some(scancodes.iter().copied().map(of_key).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_display_is_none() {
        for display in ["", "1", ":", ":x", "unix:64999.0"] {
            let why = knock(display).unwrap_err();
            assert!(why.ends_with("names no display"), "{display}: {why}");
        }
        assert_eq!(knock(":64999").unwrap_err(), "no X server listens at DISPLAY=:64999");
    }
}
