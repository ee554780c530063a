"""What a hall has asked for: which tensors and how often, for which input, and how the training is to go on.

The connection's thread writes here; the training looks at one flag in each step, and at the rest only while a hall is there.
"""

from __future__ import annotations

import math
import threading
import time
from typing import Any, List, NamedTuple, Optional, Sequence, Tuple

from .wire import COMMAND, QUERY, TAKEN, FrameError, numbers

#: Subscriptions beyond these are not heeded.
MOST_SUBSCRIPTIONS = 4096
#: A pause ends by itself so many seconds after the connection is lost.
ALONE = 10.0
#: It ends as well where a picture that the hall asked for has not been taken for so long: the hall is frozen.
FROZEN = 60.0
#: The payload by which the example that is learned from now is asked for.
LEARNED = "network.learned_image"

Triple = Tuple[int, int, int]


class Subscription(NamedTuple):
    """A part of a tensor that the hall shows: first and how many maps, rows and columns; level k is cells of 2^k × 2^k."""

    tensor: str
    first: Triple
    reach: Triple
    level: int
    per_second: float


class Choice(NamedTuple):
    """The input whose numbers are shown: an example by its place, pixels, or what is learned from now."""

    kind: str = "Test"
    place: int = 0
    pixels: Sequence[float] = ()


class Wishes:
    """What the hall wants now; nothing while none is connected."""

    def __init__(self) -> None:
        #: Whether a hall is there at all: the one flag that a step looks at.
        self.connected = False
        self.subscriptions: Tuple[Subscription, ...] = ()
        #: Pictures a second, at most.
        self.rate = 0.0
        self.choice = Choice()
        self.paused = False
        #: Steps that are taken before the next pause; none if it is not counted.
        self.advance: Optional[int] = None
        #: Steps a second, at most.
        self.limit: Optional[float] = None
        #: The learning rate that was asked for and is not in force yet.
        self.learning_rate: Optional[float] = None
        #: When the picture was sent that the hall has not taken, by time.monotonic; none if it has.
        self.outstanding: Optional[float] = None
        #: Grows with each subscription, rate and choice, so that what is new is shown at once.
        self.asked = 0
        self._lost_at = 0.0
        self._changed = threading.Condition()

    def begin(self) -> None:
        """A hall has connected."""
        with self._changed:
            self.outstanding = None
            self.subscriptions, self.rate, self.choice = (), 0.0, Choice()
            # Another hall knows of no pause, and is told of a new run before the next step.
            self.paused, self.advance = False, None
            self.connected = True
            self._changed.notify_all()

    def lose(self) -> None:
        """The hall is gone; what it wanted of the training's pace goes with it, a pause some seconds later."""
        with self._changed:
            self.connected = False
            self.subscriptions, self.rate, self.outstanding = (), 0.0, None
            self.limit = self.learning_rate = None
            self._lost_at = time.monotonic()
            self._changed.notify_all()

    @property
    def wants_picture(self) -> bool:
        """Whether a picture would be taken: the hall has asked, and has taken the last one."""
        return self.connected and self.outstanding is None and self.rate > 0 and bool(self.subscriptions)

    def sent(self) -> None:
        """A picture is on its way: the credit is spent."""
        self.outstanding = time.monotonic()

    def unsent(self) -> None:
        """There was nothing to be sent: the credit is kept."""
        self.outstanding = None

    def must_wait(self) -> bool:
        """Whether the training is to wait before its next step; a pause that nobody holds any longer ends here."""
        if not self.paused:
            return False
        now = time.monotonic()
        alone = not self.connected and now - self._lost_at >= ALONE
        frozen = self.outstanding is not None and now - self.outstanding >= FROZEN
        if alone or frozen:
            self.paused, self.advance = False, None
        return self.paused

    def wait(self, seconds: float) -> None:
        """Waits for something new, at most so long."""
        with self._changed:
            self._changed.wait(seconds)

    def stepped(self) -> None:
        """A step was taken: a counted number of them may be over now."""
        if self.advance is not None:
            self.advance -= 1
            if self.advance <= 0:
                self.advance, self.paused = None, True

    def take(self, kind: int, header: Any, body: bytes) -> Optional[int]:
        """Takes a message of the hall; the number of a question is returned, as it wants an answer.

        Raises FrameError where it is none that is known here.
        """
        if kind == QUERY:
            try:
                return int(header["id"])
            except (KeyError, TypeError, ValueError):
                raise FrameError("a question without a number") from None
        with self._changed:
            if kind == TAKEN:
                self.outstanding = None
            elif kind == COMMAND:
                self._obey(header, body)
            self._changed.notify_all()
        return None

    def _obey(self, header: Any, body: bytes) -> None:
        name, what = header, None
        if isinstance(header, dict) and len(header) == 1:
            ((name, what),) = header.items()
        try:
            self._command(name, what, body)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
            raise FrameError(f"the command {name!r} cannot be read: {error!r}") from None

    def _command(self, name: Any, what: Any, body: bytes) -> None:
        if name == "Pause":
            self.paused, self.advance = True, None
        elif name in ("Resume", "Stop"):
            self.paused, self.advance = False, None
            if name == "Stop":
                self.subscriptions, self.rate, self.limit = (), 0.0, None
        elif name == "Advance":
            steps = int(what["steps"])
            self.paused, self.advance = steps <= 0, steps if steps > 0 else None
        elif name == "LimitSpeed":
            speed = what["steps_per_second"]
            self.limit = None if speed is None else _positive(speed)
        elif name == "SetLearningRate":
            self.learning_rate = _positive(what)
        elif name == "Subscribe":
            self.subscriptions = tuple(_subscription(one) for one in what[:MOST_SUBSCRIPTIONS])
            self.asked += 1
        elif name == "SetSnapshotRate":
            rate = float(what["per_second"])
            self.rate = rate if math.isfinite(rate) and rate > 0 else 0.0
            self.asked += 1
        elif name == "Watch":
            self.choice = _choice(what, body)
            self.asked += 1
        elif name not in ("Restart", "Change", "Edit", "Save"):
            raise FrameError(f"there is no command {name!r}")


def _positive(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number) or number <= 0:
        raise ValueError(f"{value!r} is not above zero")
    return number


def _triple(values: Any) -> Triple:
    maps, rows, columns = (int(value) for value in values)
    if min(maps, rows, columns) < 0:
        raise ValueError("a slice begins before the first number")
    return maps, rows, columns


def _subscription(one: Any) -> Subscription:
    part = one.get("slice") or {"first": [0, 0, 0], "count": [1 << 62] * 3}
    level = min(24, max(0, int(one.get("level") or 0)))
    rate = float(one["per_second"])
    if not math.isfinite(rate):
        raise ValueError("a rate is no number")
    return Subscription(str(one["tensor"]), _triple(part["first"]), _triple(part["count"]), level, rate)


def _choice(what: Any, body: bytes) -> Choice:
    ((kind, value),) = what.items()
    if kind == "Test":
        return Choice("Test", max(0, int(value)))
    if kind == "Drawn":
        return Choice("Drawn", pixels=numbers(value, body))
    if kind == "Other":
        # What an exhibit alone knows, beyond the example that is learned from, is not known here; the first example is shown.
        return Choice("Learned") if value["kind"] == LEARNED else Choice()
    raise ValueError(f"there is no input {kind!r}")


def due(subscriptions: Sequence[Subscription], told: "dict[Subscription, float]", now: float) -> List[Subscription]:
    """Those whose time has come again; `told` says when each was shown last."""
    return [
        one for one in subscriptions if one.per_second > 0 and now - told.get(one, -math.inf) >= 0.95 / one.per_second
    ]
