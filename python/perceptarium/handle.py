"""What `watch` returns."""

from __future__ import annotations

import atexit
import sys
from typing import Any, Callable, Dict, Optional

from .session import Session


class Handle:
    """A training that can be watched, until it is closed; a context manager as well.

    `refused` says in one sentence why it cannot be, where it cannot; everything else then does nothing.
    """

    def __init__(
        self,
        session: Optional[Session] = None,
        log: Optional[Callable[[Dict[str, Any]], None]] = None,
        end: Optional[Callable[[], None]] = None,
        refused: Optional[str] = None,
    ) -> None:
        self._refused = refused
        self._died: Optional[str] = None
        self._session, self._log, self._end = session, log, end
        if session is not None:
            atexit.register(self._exit)

    @property
    def refused(self) -> Optional[str]:
        """Why the training cannot be watched, which may be found out at its first steps."""
        if self._session is not None and self._session.refusal is not None:
            self._refused = str(self._session.refusal)
        return self._refused

    @property
    def watched(self) -> bool:
        """Whether a hall is there now."""
        return self.refused is None and self._session is not None and self._session.wishes.connected

    @property
    def step(self) -> int:
        """Steps taken since watching began."""
        return 0 if self._session is None else self._session.step

    def log(self, **metrics: Any) -> None:
        """Tells metrics of the step that was taken last: `handle.log(loss=loss, accuracy=0.9)`.

        Numbers, or tensors of one number; those on a GPU are not waited for. What is logged by the first steps gets a curve.
        """
        if self._log is not None:
            self._log(metrics)

    def close(self) -> None:
        """Ends the watching; the training may go on."""
        self._refused = self.refused
        session, self._session = self._session, None
        log, self._log = self._log, None
        if session is None:
            return
        atexit.unregister(self._exit)
        if self._end is not None:
            self._end()
        session.close(died=self._died)

    def _exit(self) -> None:
        """At the end of the script: the interpreter leaves there what ended it, if that was an exception."""
        died: Any = getattr(sys, "last_value", None)
        if isinstance(died, BaseException):
            self._died = f"{type(died).__name__}: {died}"[:300]
        self.close()

    def __enter__(self) -> "Handle":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
