"""The course of a training as it is told: a fixed number of places for the metrics of steps.

When all are taken, neighbours are told together, with their means and how many steps each stands for, so that neither a
slow hall nor a long training makes it larger.
"""

from __future__ import annotations

import math
import threading
from typing import Dict, List, NamedTuple, Optional, SupportsFloat, Tuple, Union

#: A value that is known, or one that lies on a device still and is fetched when it is told.
Value = Union[float, SupportsFloat]


class Told(NamedTuple):
    """Steps as they are told."""

    step: int
    learning_rate: float
    values: Tuple[float, ...]
    merged: int


class _Place:
    """One step, or neighbours."""

    __slots__ = ("step", "learning_rate", "sums", "counts", "merged", "waiting")

    def __init__(self, step: int, learning_rate: float, values: Tuple[Value, ...]) -> None:
        self.step = step
        self.learning_rate = learning_rate
        self.sums = [0.0] * len(values)
        self.counts = [0] * len(values)
        self.merged = 1
        self.waiting: Dict[int, SupportsFloat] = {}
        for at, value in enumerate(values):
            if isinstance(value, (int, float)):
                self._take(at, float(value))
            else:
                self.waiting[at] = value

    def _take(self, at: int, value: float) -> None:
        # What was not measured at a step is none of the numbers whose mean is told.
        if value == value:
            self.sums[at] += value
            self.counts[at] += 1

    def fetch(self) -> None:
        """Waits for values that lie on a device."""
        for at, value in self.waiting.items():
            self._take(at, float(value))
        self.waiting = {}

    def add(self, later: "_Place") -> None:
        """Takes the steps that follow; what still lies on a device is not waited for, and not counted."""
        self.step, self.learning_rate = later.step, later.learning_rate
        self.merged += later.merged
        self.waiting = {}
        for at, (value, count) in enumerate(zip(later.sums, later.counts)):
            self.sums[at] += value
            self.counts[at] += count

    def told(self) -> Told:
        means = (total / count if count else math.nan for total, count in zip(self.sums, self.counts))
        return Told(self.step, self.learning_rate, tuple(means), self.merged)


class Ring:
    """Steps that nobody has been told of; `places` at most, at least two."""

    def __init__(self, places: int = 2048) -> None:
        self._most = max(2, places)
        self._places: List[_Place] = []
        self._lock = threading.Lock()

    def push(self, step: int, learning_rate: float, values: Tuple[Value, ...]) -> None:
        """Takes the metrics of a step, in the order in which they are declared."""
        place = _Place(step, learning_rate, values)
        with self._lock:
            if len(self._places) >= self._most:
                self._places = _halved(self._places)
            self._places.append(place)

    def drain(self, most: Optional[int] = None) -> List[Told]:
        """Everything since it was asked last, in order, told in `most` parts at most."""
        with self._lock:
            places, self._places = self._places, []
        if most is None or len(places) <= most:
            for place in places:
                place.fetch()
        while most is not None and len(places) > max(1, most):
            places = _halved(places)
        return [place.told() for place in places]

    def __len__(self) -> int:
        return len(self._places)


def _halved(places: List[_Place]) -> List[_Place]:
    """Each two neighbours as one."""
    for first, second in zip(places[::2], places[1::2]):
        first.add(second)
    return places[::2]
