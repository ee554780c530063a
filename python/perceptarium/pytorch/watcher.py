"""Watches one training in PyTorch.

The training's thread calls `before` and `after` around each step of its optimiser, and both look at one flag while no hall
is there. Nothing here raises into the training: what fails takes all hooks away and says so in one line.
"""

from __future__ import annotations

import functools
import time
from typing import Any, Callable, Dict, List, Optional

import torch
from torch import nn
from torch.optim import Optimizer

from ..link import say
from ..sentences import Unseen
from ..session import Session
from .beginning import Beginning
from .metrics import Metrics, measured
from .pictures import Pictures
from .steps import Factor, StepHooks, learning_rate


def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that never raises: the watching ends instead."""

    @functools.wraps(method)
    def safe(self: "Watcher", *args: Any, **kwargs: Any) -> Any:
        if self.ended:
            return None
        try:
            if self._broken is not None:
                raise self._broken
            return method(self, *args, **kwargs)
        except Exception as error:
            self.fail(error)
            return None

    return safe


class Watcher:
    """One model and its optimisers."""

    def __init__(self, model: nn.Module, chosen: List[Optimizer], session: Session, **settings: Any) -> None:
        self.ended = False
        self._model = model
        self.session = session
        self.metrics = Metrics(session)
        loss = settings["loss"]
        self.beginning = Beginning(model, settings["inputs"], loss, settings["steps"])
        self.pictures = Pictures(
            model, session, self._break, settings["every"], settings["compiled"], settings["scaler"]
        )
        self._broken: Optional[BaseException] = None
        self._optimisers = chosen
        self._factors = [Factor() for _ in chosen]
        self._rate = learning_rate(chosen)
        self._stepped_at = 0.0
        self._hooks: List[Any] = []
        for at, one in enumerate(chosen):
            # Several optimisers take one step together: that of the first is counted.
            before = self.before if at == 0 else functools.partial(self._before_other, at)
            after = self.after if at == 0 else functools.partial(self._after_other, at)
            self._hooks.append(StepHooks(one, before, after))
        if isinstance(loss, nn.Module):
            self._hooks.append(loss.register_forward_hook(self._lost))

    @guarded
    def before(self) -> None:
        """Before a step."""
        session = self.session
        if not session.wishes.connected:
            return
        began = time.perf_counter()
        if not session.begun and not self._begin():
            return
        self.pictures.before()
        session.watching += time.perf_counter() - began
        if session.wishes.paused:
            self.metrics.tell()
            session.waits(self._rest)
            if not session.begun:
                return
        self._rate = learning_rate(self._optimisers)
        asked, session.wishes.learning_rate = session.wishes.learning_rate, None
        if asked is not None:
            session.factor = asked / self._rate if self._rate > 0 else 1.0
        self._factors[0].apply(self._optimisers[0], session.factor)
        self._rate *= session.factor

    @guarded
    def after(self) -> None:
        """After a step."""
        session = self.session
        self._factors[0].take_back()
        session.step += 1
        if not session.begun:
            # Hooks that wait for a pass wait for nobody.
            self.pictures.drop()
            return
        began = time.perf_counter()
        self.pictures.after()
        self.metrics.stepped(session.step, self._rate)
        if subscriptions := self.pictures.due():
            if self.pictures.fits or self._describe():
                self.pictures.take(subscriptions)
        session.watching += time.perf_counter() - began
        session.wishes.stepped()
        session.hold(self._stepped_at)
        self._stepped_at = time.monotonic()

    @guarded
    def _before_other(self, at: int) -> None:
        """Other optimisers only have their rates changed."""
        if self.session.begun:
            self._factors[at].apply(self._optimisers[at], self.session.factor)

    @guarded
    def _after_other(self, at: int) -> None:
        self._factors[at].take_back()

    @guarded
    def _rest(self) -> None:
        self.pictures.rest()

    @guarded
    def _lost(self, _: nn.Module, args: Any, output: Any) -> None:
        """The loss of a batch, and what is right for its first examples."""
        if not self.session.wishes.connected or not isinstance(output, torch.Tensor) or output.numel() != 1:
            return
        self.metrics.measure("loss", measured(output))
        if not self.session.begun:
            self.beginning.take_targets(args[1] if len(args) > 1 else None)

    @guarded
    def log(self, values: Dict[str, Any]) -> None:
        """Metrics of the step that was taken last, or, where it has them already, of the one that is under way."""
        if self.session.wishes.connected:
            for name, value in values.items():
                self.metrics.measure(str(name)[:64], measured(value))

    def _begin(self) -> bool:
        """Finds out what is trained, once the model has been called; whether it is known."""
        self.pictures.drop()
        try:
            return self.beginning.is_known(self.metrics.passed, self._guard) and self._describe()
        except Unseen as error:
            self.end()
            say(f"{error}; the training goes on unwatched")
            self.session.refusal = error.why
            return False

    def _guard(self, hook: Callable[..., None]) -> Callable[..., Any]:
        """A hook on the model itself, which must not raise into its pass."""
        return functools.partial(guarded(lambda _, *args: hook(*args)), self)

    def _describe(self) -> bool:
        """Tells the hall what is trained: a new run; whether the copy was at rest, so that it could be."""
        if self.pictures.busy:
            return False
        if self.session.begun:
            say("the model has other parameters now: what follows is told as a new run")
        self.pictures.begin(self.beginning.describe(self.session, self.metrics, self._optimisers))
        self._stepped_at = time.monotonic()
        return True

    def _break(self, error: BaseException) -> None:
        """A picture failed in its thread; the training's own takes the hooks away."""
        self._broken = error

    def fail(self, error: BaseException) -> None:
        """Something went wrong: nothing is watched any longer."""
        self.end()
        self.session.broken(error)

    def close(self) -> None:
        """The watching is over."""
        self._flush()
        self.end()
        self.pictures.join()

    @guarded
    def _flush(self) -> None:
        if self.session.begun:
            self.metrics.tell()

    def end(self) -> None:
        """Takes everything away that was put on the model and its optimisers; only the training's thread may."""
        self.ended = True
        for hook in self._hooks:
            hook.remove()
        self._hooks = []
        self.beginning.remove()
        self.pictures.end()
        for factor in self._factors:
            factor.take_back()
