"""A hall for tests: it listens, welcomes whoever knows its token, keeps what it is told, and asks what a test asks."""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from perceptarium import wire  # noqa: E402
from perceptarium.sentences import SENTENCES  # noqa: E402

TOKEN = "0123456789abcdef0123456789abcdef"


def worded(said: Any) -> str:
    """What a hall in English writes for what it was told."""
    return said if isinstance(said, str) else SENTENCES[said["key"]].format(**dict(said["with"]))


class Hall:
    """Listens on a free port of 127.0.0.1 until it is closed."""

    def __init__(self, takes: bool = True, answer: Optional[bytes] = None, port: int = 0) -> None:
        #: Whether pictures are acknowledged as they come.
        self.takes = takes
        self.answer = answer
        self.reports: List[Any] = []
        self.snapshots: List[Any] = []
        self.replies: List[Any] = []
        self.hello: Any = None
        self.error: Optional[str] = None
        self.reading = True
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", port))
        self._listener.listen()
        self.port = self._listener.getsockname()[1]
        self._peer: Optional[socket.socket] = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            try:
                self._serve(peer)
            except (OSError, wire.FrameError) as error:
                self.error = str(error)
            finally:
                self._peer = None
                peer.close()

    def _serve(self, peer: socket.socket) -> None:
        reader = wire.Reader({wire.REPORT, wire.SNAPSHOT, wire.REPLY, wire.HELLO})
        while True:
            while not self.reading:
                time.sleep(0.01)
            data = peer.recv(1 << 20)
            if not data:
                return
            reader.feed(data)
            for kind, header, body in reader.frames():
                if kind == wire.HELLO:
                    if not self._welcome(peer, header):
                        return
                else:
                    self._keep(peer, kind, header, body)

    def _welcome(self, peer: socket.socket, header: Any) -> bool:
        self.hello = header
        if self.answer is not None:
            peer.sendall(self.answer)
            return False
        right = header["token"] == TOKEN
        said = {"Ok": None} if right else {"Err": "this token is not the hall's"}
        peer.sendall(wire.frame(wire.WELCOME, {"said": said}))
        if right:
            self._peer = peer
        return right

    def _keep(self, peer: socket.socket, kind: int, header: Any, body: bytes) -> None:
        if kind == wire.REPORT:
            self.reports.append(_read(header, body))
        elif kind == wire.REPLY:
            self.replies.append(header)
        else:
            self.snapshots.append(_read(header, body))
            if self.takes:
                peer.sendall(wire.frame(wire.TAKEN, {"step": header["step"]}))

    def ask(self, command: Any, body: bytes = b"", kind: int = wire.COMMAND) -> None:
        """Sends a command."""
        assert self._peer is not None, "nobody is connected"
        self._peer.sendall(wire.frame(kind, command, body))

    def send(self, data: bytes) -> None:
        """Sends bytes as they are."""
        assert self._peer is not None
        self._peer.sendall(data)

    def watch(self, names: List[str], rate: float = 1000.0, level: int = 0) -> None:
        """Asks for tensors."""
        self.ask({"Subscribe": [{"tensor": name, "level": level, "per_second": rate} for name in names]})
        self.ask({"SetSnapshotRate": {"per_second": rate}})

    def of(self, name: str) -> List[Any]:
        """Reports of a kind."""
        return [report[name] for report in list(self.reports) if name in report]

    @property
    def connected(self) -> bool:
        return self._peer is not None

    @property
    def graph(self) -> Any:
        return self.of("Graph")[-1]

    def names(self, *roles: str) -> List[str]:
        """Tensors of these roles; `gradient` is one."""

        def role(tensor: Any) -> str:
            return tensor["role"] if isinstance(tensor["role"], str) else next(iter(tensor["role"]))

        return [tensor["name"] for tensor in self.graph["tensors"] if role(tensor) in roles]

    def close(self) -> None:
        """Goes, as if it had been killed."""
        # On Linux a listener that is shut down lets go of whoever waits for a connection.
        for one in (self._listener, self._peer):
            if one is not None:
                try:
                    one.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
        self._thread.join(2)
        self._listener.close()


def _read(value: Any, body: bytes) -> Any:
    """A header with the numbers of its arrays in their places."""
    if isinstance(value, dict):
        if value.keys() == {"dtype", "shape", "data_offsets"}:
            return list(wire.numbers(value, body))
        return {name: _read(one, body) for name, one in value.items()}
    return [_read(one, body) for one in value] if isinstance(value, list) else value


def until(what: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Waits until something is so, and returns it."""
    end = time.monotonic() + seconds
    while not (found := what()):
        if time.monotonic() > end:
            raise AssertionError("it did not come about in time")
        time.sleep(0.005)
    return found


def layers(snapshot: Any) -> Dict[str, Any]:
    """The layers of a snapshot by their names."""
    return {layer["layer"]: layer for layer in snapshot["layers"]}
