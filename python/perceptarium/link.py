"""The connection to the hall: a thread of its own that connects, sends and listens, and for which no step ever waits."""

from __future__ import annotations

import os
import select
import socket
import sys
import threading
import time
import weakref
from collections import deque
from typing import Any, Callable, Deque, Dict, List, Optional, Protocol

from .credentials import Credentials, found
from .wire import COMMAND, HELLO, MOST_ASKED, QUERY, TAKEN, VERSION, WELCOME, FrameError, Reader, frame

#: Seconds between attempts, from the first to the longest.
BACK_OFF = (0.2, 5.0)
#: Seconds that connecting, and being welcomed, may take.
PATIENCE = 5.0
#: Seconds until a hall that has refused a training is asked again with the same token.
REFUSED = 20.0
#: A hall that takes no byte for so long while some wait is taken for gone.
STUCK = 10.0
#: Seconds between two looks at what is new in the course of the training.
TELL = 1 / 30
#: Bytes that may wait to be sent before what is told of steps waits in its ring.
MOST_WAITING = 1 << 16
#: Messages that may wait; a training has few but those of steps.
MOST_MESSAGES = 1024

_links: "weakref.WeakSet[Link]" = weakref.WeakSet()


def say(sentence: str) -> None:
    """One line for whoever started the training."""
    try:
        print(f"perceptarium: {sentence}", file=sys.stderr, flush=True)
    except (OSError, ValueError):
        pass


class Desk(Protocol):
    """Who stands behind a connection. All of it is called by the connection's thread."""

    @property
    def is_refused(self) -> bool:
        """Whether nothing of it can be shown."""

    def joined(self) -> None:
        """A hall has connected."""

    def left(self) -> None:
        """It is gone."""

    def heard(self, kind: int, header: Any, body: bytes) -> List[bytes]:
        """It said something; frames that answer it. Raises FrameError where it is nothing that is known."""

    def news(self) -> List[bytes]:
        """What is new in the course of the training, as frames."""


class Link:
    """Connects again and again until it is closed."""

    def __init__(
        self, desk: Desk, hello: Callable[[], Dict[str, str]], token: Optional[str], port: Optional[int]
    ) -> None:
        self._desk, self._hello = desk, hello
        self._given = (token, port)
        self._closing = threading.Event()
        self._outbox: Deque[bytes] = deque()
        self._socket: Optional[socket.socket] = None
        self._refused: Optional[Credentials] = None
        self._refused_at = 0.0
        self._complaint = ""
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="perceptarium link", daemon=True)
        _links.add(self)
        self._thread.start()

    def post(self, data: bytes) -> None:
        """Sends a frame as soon as it can be; it is left out where a thousand wait, or nobody listens."""
        if self._socket is not None and len(self._outbox) < MOST_MESSAGES:
            self._outbox.append(data)
            self._nudge()

    def close(self, seconds: float) -> None:
        """Ends the connection, once what waits has been sent or the time is over."""
        self._closing.set()
        self._nudge()
        if self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _drop(self) -> None:
        for one in (self._wake, self._woken):
            one.close()

    def forget(self) -> None:
        """In a child process: the connection is the parent's."""
        for one in (self._socket, self._wake, self._woken):
            if one is not None:
                one.close()
        self._socket = None
        self._desk.left()

    def _nudge(self) -> None:
        try:
            self._wake.send(b"\0")
        except OSError:
            pass

    def _run(self) -> None:
        pause = BACK_OFF[0]
        while not self._closing.is_set():
            began = time.monotonic()
            try:
                credentials = found(*self._given)
                if credentials is not None and not self._is_refused(credentials):
                    self._visit(credentials)
            except (FrameError, ValueError) as error:
                self._complain(str(error))
            except OSError:
                pass
            if time.monotonic() - began > PATIENCE:
                pause = BACK_OFF[0]
            self._closing.wait(pause)
            pause = min(BACK_OFF[1], pause * 2)
        self._drop()

    def _is_refused(self, credentials: Credentials) -> bool:
        """Whether asking again is too soon: a hall that begins anew has another token."""
        return credentials == self._refused and time.monotonic() - self._refused_at < REFUSED

    def _refuse(self, credentials: Credentials, said: Any) -> None:
        """The hall says why it will not watch."""
        self._refused, self._refused_at = credentials, time.monotonic()
        raise FrameError(f"the hall refuses: {str(said)[:300]}")

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            self._complaint = sentence
            say(sentence)

    def _visit(self, credentials: Credentials) -> None:
        """One connection, from its beginning to its end."""
        with socket.create_connection(("127.0.0.1", credentials.port), timeout=PATIENCE) as peer:
            reader = Reader({WELCOME, COMMAND, QUERY, TAKEN}, MOST_ASKED, MOST_ASKED)
            if not self._is_welcome(peer, reader, credentials):
                return
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer.setblocking(False)
            self._outbox.clear()
            self._socket = peer
            if not self._desk.is_refused:
                say(f"the hall on port {credentials.port} watches this training")
            self._complaint = ""
            try:
                self._desk.joined()
                self._talk(peer, reader, credentials)
            finally:
                self._socket = None
                self._desk.left()
                if not self._closing.is_set():
                    say("the hall is gone; the training goes on")

    def _is_welcome(self, peer: socket.socket, reader: Reader, credentials: Credentials) -> bool:
        words = {"protocol": VERSION, "token": credentials.token, **self._hello()}
        peer.sendall(frame(HELLO, words))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            data = peer.recv(1 << 16)
            if not data:
                raise FrameError(f"whoever listens on port {credentials.port} hung up without a word")
            reader.feed(data)
            for kind, header, _ in reader.frames():
                said = header.get("said") if isinstance(header, dict) else None
                if kind != WELCOME or not isinstance(said, dict):
                    raise FrameError(f"whoever listens on port {credentials.port} is no hall")
                if "Err" in said:
                    self._refuse(credentials, said["Err"])
                return True
        raise FrameError(f"whoever listens on port {credentials.port} does not answer")

    def _talk(self, peer: socket.socket, reader: Reader, credentials: Credentials) -> None:
        pending = memoryview(b"")
        moved = told = time.monotonic()
        while True:
            now = time.monotonic()
            if not pending and now - told >= TELL and len(self._outbox) < MOST_MESSAGES:
                told = now
                self._outbox.extend(self._desk.news())
            if not pending and self._outbox:
                pending, moved = memoryview(self._gathered()), now
            if self._closing.is_set() and not pending and not self._outbox:
                return
            writers = [peer] if pending else []
            ready, free, _ = select.select([peer, self._woken], writers, [], TELL)
            if self._woken in ready:
                self._woken.recv(4096)
            if free:
                pending = pending[peer.send(pending[: 1 << 20]) :]
                moved = time.monotonic()
            if peer in ready:
                data = peer.recv(1 << 16)
                if not data:
                    return
                reader.feed(data)
                for kind, header, body in reader.frames():
                    if kind == WELCOME:
                        self._refuse(credentials, header.get("said") if isinstance(header, dict) else header)
                    self._outbox.extend(self._desk.heard(kind, header, body))
            if pending and time.monotonic() - moved > STUCK:
                raise FrameError("the hall takes nothing more: it is frozen, or busy beyond measure")

    def _gathered(self) -> bytes:
        """Short messages go together, so that each thousand of them is one call."""
        parts, length = [self._outbox.popleft()], 0
        while self._outbox and length + len(parts[-1]) < MOST_WAITING:
            length += len(parts[-1])
            parts.append(self._outbox.popleft())
        return b"".join(parts) if len(parts) > 1 else parts[0]


def _in_child() -> None:
    """Workers that load data are copies of this process; they must not hold its connection open."""
    for link in list(_links):
        link.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
