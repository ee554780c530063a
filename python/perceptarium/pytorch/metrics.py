"""Metrics of steps, from whoever measures them: the module that computes the loss, or the script itself."""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

import torch

from .. import told
from ..link import say
from ..ring import Value
from ..session import Session


def measured(value: Any) -> Value:
    """A metric as it is kept: what lies on a device is fetched when it is told."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
        if value.device.type != "cpu":
            kept: Value = value.clone()
            return kept
    number: float = float(value)
    return number


class Metrics:
    """The metrics of the step before, and those of the step that is under way."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._values: Dict[str, Value] = {}
        self._row: Optional[Tuple[int, float, Dict[str, Value]]] = None
        #: Names of what was measured before the hall was told which metrics there are.
        self._named: Dict[str, None] = {}
        self._complained = False

    def measure(self, name: str, value: Value) -> None:
        """A metric belongs to the step before where that has none of the name: some log after a step, and some before."""
        last = self._row[2] if self._row is not None else None
        (self._values if last is None or name in last else last)[name] = value

    def passed(self) -> None:
        """A pass begins of which the hall will be told: what was measured before belongs to steps of which it is not."""
        self._named.update(dict.fromkeys(self._values))
        self._values = {}

    def declare(self) -> Tuple[str, ...]:
        """The metrics that are told, the loss first; those that were measured so far."""
        self._row = None
        self._named.update(dict.fromkeys(self._values))
        if "loss" not in self._named:
            say("no loss is told so far: call handle.log(loss=…), or give the module that computes it as loss=")
        return tuple(dict.fromkeys(["loss", *self._named]))[: told.MOST_METRICS]

    def stepped(self, step: int, rate: float) -> None:
        """A step was taken with this learning rate; the one before is told."""
        self.tell()
        self._row, self._values = (step, rate, self._values), {}

    def tell(self) -> None:
        """Tells the step before, whose metrics are all here now."""
        row, self._row = self._row, None
        if row is None:
            return
        step, rate, values = row
        names = self._session.metrics
        later = sorted(set(values) - set(names))
        if later and not self._complained:
            self._complained = True
            say(f"logged for the first time after watching began, so no curve shows it: {', '.join(later)}")
        nothing = float("nan")
        self._session.stepped(step, rate, tuple(values.get(name, nothing) for name in names))
