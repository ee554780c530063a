"""Where a hall listens and by which token it knows its owner's trainings."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import NamedTuple, Optional

#: Where a hall listens if nothing else is said.
PORT = 7345

_TOKEN = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)


class Credentials(NamedTuple):
    """Port of 127.0.0.1 and token, 32 hexadecimal digits."""

    port: int
    token: str


def found(token: Optional[str] = None, port: Optional[int] = None) -> Optional[Credentials]:
    """What was given, else what the environment says, else what the hall wrote for its own user; none without a token.

    Raises ValueError, with one sentence, if a token or a port that is given or in the environment is none.
    """
    token = token or os.environ.get("PERCEPTARIUM_TOKEN") or None
    named = port if port is not None else os.environ.get("PERCEPTARIUM_PORT") or None
    if token is not None and not _TOKEN.fullmatch(token.strip()):
        raise ValueError("the token is not 32 hexadecimal digits: copy it from the hall")
    try:
        asked = None if named is None else int(named)
    except ValueError:
        raise ValueError(f"the port {named!r} is no number") from None
    if asked is not None and not 0 < asked < 65536:
        raise ValueError(f"there is no port {asked}: it lies between 1 and 65535")
    if token is not None:
        return Credentials(asked or PORT, token.strip().lower())
    written = _written()
    if written is None or (asked is not None and asked != written.port):
        return None
    return written


def file() -> Path:
    """Where a hall writes port and token, readable by its user alone."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime) if runtime else Path.home() / ".cache"
    return folder / "perceptarium" / "attach.json"


def _written() -> Optional[Credentials]:
    try:
        with open(file(), "rb") as opened:
            status = os.fstat(opened.fileno())
            # Whoever else could write it could send this training to a port of theirs.
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return None
            said = json.loads(opened.read(4096))
        port, token = said["port"], said["token"]
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None
    if not isinstance(port, int) or not isinstance(token, str) or not 0 < port < 65536:
        return None
    return Credentials(port, token.lower()) if _TOKEN.fullmatch(token) else None
