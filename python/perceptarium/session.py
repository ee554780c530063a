"""One training as halls watch it: when a picture is due, what is told of steps, and how long a step waits."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import told, wire
from .link import Link, say
from .ring import Ring, Value
from .sentences import Sentence
from .wishes import Subscription, Wishes, due

#: The most of the training's time that watching may take; pictures come more seldom before it is passed.
SHARE = 1 / 40
#: Parts in which steps since the last telling are told, so that a fast training does not tell thousands a second.
PARTS = 16
#: Seconds between two looks at which subscriptions are due.
LOOK = 1 / 120


class Pace:
    """When the next picture may be made."""

    def __init__(self, share: float = SHARE) -> None:
        self._share = share
        self._told: Dict[Subscription, float] = {}
        self._asked = -1
        self._last = 0.0
        self._not_before = 0.0
        self._look = 0.0

    def due(self, wishes: Wishes, now: float, resting: bool = False) -> List[Subscription]:
        """What is to be shown now; at rest nothing is held up, so that only the rate counts."""
        if not wishes.wants_picture or now < self._look or (now < self._not_before and not resting):
            return []
        if self._asked != wishes.asked:
            self._asked, self._told = wishes.asked, {}
        if now - self._last < 0.95 / wishes.rate:
            return []
        found = due(wishes.subscriptions, self._told, now)
        if not found:
            self._look = now + LOOK
        return found

    def shown(self, subscriptions: List[Subscription], now: float) -> None:
        """These are being shown."""
        self._last = now
        self._told.update((one, now) for one in subscriptions)

    def spent(self, seconds: float, now: float) -> None:
        """Watching took so long; it comes to a share of the time until the next picture."""
        self._not_before = max(self._not_before, now) + seconds / self._share


class Session:
    """What the training's thread and the connection's share."""

    def __init__(
        self,
        name: str,
        hello: Callable[[], Dict[str, str]],
        token: Optional[str],
        port: Optional[int],
        refusal: Optional[Sentence] = None,
    ) -> None:
        self.name = name
        self.wishes = Wishes()
        self.pace = Pace()
        #: Steps taken since watching began.
        self.step = 0
        #: Whether the hall that is there has been told what is trained.
        self.begun = False
        #: What the learning rate is multiplied with.
        self.factor = 1.0
        self.metrics: Tuple[str, ...] = ("loss",)
        #: Why nothing of this training can be shown, where it cannot.
        self.refusal = refusal
        self.snapshots = 0
        self.watching = 0.0
        self._ring = Ring()
        self._number = 0
        self._batch = 1
        self._began = self._paused = 0.0
        self._speed: Tuple[float, int, float] = (0.0, 0, 0.0)
        self._state: Any = None
        self._link = Link(self, hello, token, port)

    # The connection's thread.

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the training can be shown."""
        return self.refusal is not None

    def joined(self) -> None:
        """A hall has connected."""
        self.begun = False
        self.factor = 1.0
        self.wishes.begin()

    def left(self) -> None:
        """It is gone."""
        self.begun = False
        self.wishes.lose()

    def heard(self, kind: int, header: Any, body: bytes) -> List[bytes]:
        """It said something."""
        question = self.wishes.take(kind, header, body)
        if question is not None:
            return [told.refusal(question, self._number, self.step)]
        if header == "Save":
            why = Sentence("attach-it-saves-by-itself").told()
            return [told.report("Saved", {"step": self.step, "said": {"Err": why}, "asked": True})]
        return []

    def news(self) -> List[bytes]:
        """What is new in the course of the training."""
        if self.refusal is not None and not self.begun:
            self._refuse(self.refusal)
        if not self.begun:
            return []
        cost, speed = self._cost(), self._per_second()
        return [told.stepped(steps, speed, self._batch, cost) for steps in self._ring.drain(PARTS)]

    # The training's thread.

    def begin(self, outline: told.Outline, graph: Any, facts: List[told.Fact], material: Optional[bytes]) -> None:
        """Tells the hall what is trained: a new run."""
        self._number += 1
        self._batch, self._began, self._paused = outline.batch, time.monotonic(), 0.0
        self._speed = (self._began, self.step, 0.0)
        self.snapshots, self.watching = 0, 0.0
        self.pace = Pace()
        self._ring.drain()
        if material is not None:
            self._link.post(material)
        self._link.post(told.started(self._number, outline))
        self._link.post(told.report("Graph", graph))
        self._link.post(told.stage("build", True, facts))
        self._link.post(told.stage("train", False))
        self._state = None
        self.tell("Training")
        self.begun = True

    def _refuse(self, reason: Sentence) -> None:
        """Tells the hall in one sentence why nothing of this training can be shown: no run begins there."""
        self.tell({"Failed": {"reason": reason.told()}})
        self.begun = True

    def tell(self, state: Any) -> None:
        """The run is in another state, if it is."""
        if state != self._state:
            self._state = state
            self._link.post(told.state(state, self.step))

    def broken(self, error: BaseException) -> None:
        """The watching has failed, which ends it and not the training: in one line for the script, and for the hall."""
        sentence = Sentence("attach-watching-has-ended", why=f"{type(error).__name__}: {str(error)[:300].rstrip('. ')}")
        say(str(sentence))
        self.tell({"Failed": {"reason": sentence.told()}})

    def stepped(self, step: int, learning_rate: float, values: Tuple[Value, ...]) -> None:
        """A step was taken, and measured so."""
        self._ring.push(step, learning_rate, values)

    def waits(self, show: Callable[[], None]) -> None:
        """Before a step: waits as long as the hall pauses the training; `show` is called again and again meanwhile."""
        if not self.wishes.must_wait():
            return
        since = time.monotonic()
        self.tell("Paused")
        while self.wishes.must_wait():
            show()
            self.wishes.wait(0.03)
        self._paused += time.monotonic() - since
        if self.begun:
            self.tell("Training")

    def hold(self, since: float) -> None:
        """After a step that began at `since`: keeps the speed that the hall asked for."""
        limit = self.wishes.limit
        while limit is not None and not self.wishes.must_wait():
            left = since + 1 / limit - time.monotonic()
            if left <= 0:
                return
            self.wishes.wait(min(left, 0.1))
            limit = self.wishes.limit

    def show(self, step: int, layers: List[Any], sizes: List[Any], asked: Any, body: wire.Body) -> None:
        """Sends a picture, if there is something on it."""
        if not self.begun:
            # Whoever asked for it is gone, and whoever has come since knows no graph.
            return
        if layers or sizes:
            self._link.post(told.snapshot(self._number, step, asked, layers, sizes, body))
            self.snapshots += 1
        else:
            self.wishes.unsent()

    def close(self, seconds: float = 0.5, died: Optional[str] = None) -> None:
        """The training is over; or its script has died of an exception."""
        if self.begun and self.refusal is None:
            for last in self.news():
                self._link.post(last)
            if died is not None:
                self.tell({"Failed": {"reason": died}})
                self._link.close(seconds)
                return
            self._link.post(told.stage("train", True))
            self.tell("Finished")
            elapsed = time.monotonic() - self._began
            self._link.post(told.finished(self.step, self._per_second(), elapsed, self._batch, self._cost()))
        self._link.close(seconds)

    def _cost(self) -> told.Cost:
        working = time.monotonic() - self._began - self._paused
        return told.Cost(self.snapshots, 0, self.watching, max(0.0, working))

    def _per_second(self) -> float:
        """Steps a second, over about the last second."""
        since, step, speed = self._speed
        now = time.monotonic()
        if now - since >= 1.0 or speed == 0.0:
            speed = (self.step - step) / max(now - since, 1e-6)
            if now - since >= 1.0:
                self._speed = (now, self.step, speed)
        return speed


class Worker:
    """A thread that makes pictures of what has been copied, one at a time."""

    def __init__(self, failed: Callable[[BaseException], None], prepare: Callable[[], None]) -> None:
        self._failed, self._prepare = failed, prepare
        self._job: Optional[Callable[[], None]] = None
        self._ready = threading.Condition()
        self._thread: Optional[threading.Thread] = None
        self._ended = False

    @property
    def busy(self) -> bool:
        """Whether the last picture is not made yet."""
        return self._job is not None

    def do(self, job: Callable[[], None]) -> None:
        """Makes a picture; nothing may be given while it is busy."""
        with self._ready:
            self._job = job
            self._ready.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="perceptarium pictures", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Nothing follows."""
        with self._ready:
            self._ended = True
            self._ready.notify()

    def join(self, seconds: float = 60.0) -> None:
        """Waits for the last picture: a thread that the interpreter's end finds within PyTorch would abort the process."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    def _run(self) -> None:
        self._prepare()
        while True:
            with self._ready:
                while self._job is None and not self._ended:
                    self._ready.wait()
                job = self._job
            if job is None:
                return
            try:
                job()
            except Exception as error:  # A picture that fails ends the watching, never the training.
                self._failed(error)
            self._job = None
