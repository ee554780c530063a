"""Pictures of a training: copied between two steps, made in a thread of their own, and sent one at a time.

A picture of the weights after n steps is copied right after step n, gets the gradients of step n + 1 before that is taken, and
what that has changed after it.
"""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Set, Tuple

import torch
from torch import nn

from ..graph import GRADIENT, label
from ..session import Session, Worker
from ..wire import Body, number
from ..wishes import Choice, Subscription
from . import thin
from .lone import alone
from .passes import Pass
from .probe import Probe

#: Arrays of one picture; a frame has 4,096 at most.
MOST_ARRAYS = 4000


class Picture(NamedTuple):
    """A picture under way."""

    step: int
    choice: Choice
    subscriptions: List[Subscription]
    #: Parts of the parameters' gradients, cut out already, and norms of whole gradients.
    parts: Dict[Subscription, torch.Tensor]
    norms: Dict[str, torch.Tensor]
    #: What the training's own pass made; none where the copy is to make it.
    values: Optional[Dict[str, torch.Tensor]] = None


class Pictures:
    """Makes what the hall asks for, when it is due."""

    def __init__(
        self,
        model: nn.Module,
        session: Session,
        failed: Callable[[BaseException], None],
        every: Optional[int],
        compiled: bool,
        scaler: Any,
    ) -> None:
        self._model, self._session = model, session
        self._every, self._compiled, self._scaler = every, compiled, scaler
        self._worker = Worker(failed, alone)
        self._probe: Optional[Probe] = None
        self._picture: Optional[Picture] = None
        self._pass: Optional[Pass] = None
        self._learned: Tuple[Choice, List[Subscription]] = (Choice(), [])

    @property
    def busy(self) -> bool:
        """Whether the copy is at work."""
        return self._worker.busy

    @property
    def fits(self) -> bool:
        """Whether the model is still the one that was copied."""
        return self._probe is not None and self._probe.fits(self._model)

    def begin(self, probe: Probe) -> None:
        """A run begins."""
        self.drop()
        self._probe = probe

    def drop(self) -> None:
        """Nobody is there who wants what is under way."""
        self._picture = None
        watched, self._pass = self._pass, None
        if watched is not None:
            watched.remove()

    def end(self) -> None:
        """Nothing follows."""
        self.drop()
        self._worker.end()

    def join(self) -> None:
        """Waits for the last picture."""
        self._worker.join()

    # In the order of a step.

    def due(self, resting: bool = False) -> List[Subscription]:
        """What is to be shown now."""
        session = self._session
        if self._probe is None or self._picture is not None or self._worker.busy or not session.wishes.wants_picture:
            return []
        if self._every is not None and not resting and session.step % self._every:
            return []
        return session.pace.due(session.wishes, time.monotonic(), resting)

    def after(self) -> None:
        """After a step: what it has changed completes a picture; another may be due."""
        picture, self._picture = self._picture, None
        if picture is not None:
            self._send(picture, self._updates(picture))

    def take(self, subscriptions: List[Subscription]) -> None:
        """Copies the weights as they are now, or puts hooks on the pass that follows."""
        wishes = self._session.wishes
        if wishes.choice.kind == "Learned" and self._compiled:
            # A compiled model does not call hooks: the first example goes through the copy instead.
            wishes.choice = Choice()
        if wishes.choice.kind == "Learned":
            self._begin_pass(subscriptions)
        else:
            self._copy(wishes.choice, subscriptions)

    def before(self) -> None:
        """Before a step: the gradients are here that it reads."""
        self._end_pass()
        if self._picture is not None:
            self._gradients(self._picture)

    def rest(self) -> None:
        """At a pause no step waits for a picture, and none follows that would end it."""
        if subscriptions := self.due(resting=True):
            choice = self._session.wishes.choice
            self._copy(Choice() if choice.kind == "Learned" else choice, subscriptions)
            if self._picture is not None:
                self._gradients(self._picture)
        picture, self._picture = self._picture, None
        if picture is not None:
            self._send(picture, {})

    # How a picture is made.

    def _copy(self, choice: Choice, subscriptions: List[Subscription]) -> None:
        """Weights into the copy; the credit is spent."""
        assert self._probe is not None
        began = time.monotonic()
        self._session.pace.shown(subscriptions, began)
        self._session.wishes.sent()
        self._probe.take()
        self._picture = Picture(self._session.step, choice, subscriptions, {}, {})
        self._spent(began)

    def _spent(self, began: float) -> None:
        now = time.monotonic()
        self._session.pace.spent(now - began, now)

    def _gradients(self, picture: Picture) -> None:
        """The gradients of the step that follows, of the parameters that are looked at."""
        theirs = {label(name): one for name, one in self._model.named_parameters()}
        for asked in picture.subscriptions:
            name = asked.tensor[: -len(GRADIENT)] if asked.tensor.endswith(GRADIENT) else asked.tensor
            gradient = theirs[name].grad if name in theirs else None
            if gradient is None or gradient.is_sparse:
                continue
            picture.norms.setdefault(name, thin.norm(gradient))
            if asked.tensor.endswith(GRADIENT):
                picture.parts[asked] = thin.cut(gradient.detach(), gradient.shape, asked).float().clone()

    def _updates(self, picture: Picture) -> Dict[str, torch.Tensor]:
        """How much a step has changed the parameters that are looked at: the copy has them as they were."""
        assert self._probe is not None
        theirs = {label(name): one for name, one in self._model.named_parameters()}
        ours = self._probe.weights()
        with torch.no_grad():
            return {name: thin.norm(theirs[name] - ours[name]) for name in picture.norms if name in ours}

    def _send(self, picture: Picture, updates: Dict[str, torch.Tensor]) -> None:
        """Has the picture made, beside the training where that changes nothing of it."""
        probe, session = self._probe, self._session
        assert probe is not None
        copied = _mark(probe.examples.first.device)

        def make() -> None:
            if copied is not None:
                copied.synchronize()
            began = time.thread_time()
            values = picture.values
            if values is None:
                values = dict(probe.weights())
                wanted = {one.tensor for one in picture.subscriptions if one not in picture.parts} - set(values)
                values.update(probe.run(picture.choice, wanted) if wanted else {})
            self._show(probe, picture, values, updates)
            spent = time.thread_time() - began
            # Whole, also where a core is free for it, as the threads take turns in Python.
            session.pace.spent(spent, time.monotonic())

        if probe.draws:
            make()
        else:
            self._worker.do(make)

    def _show(
        self, probe: Probe, picture: Picture, values: Dict[str, torch.Tensor], updates: Dict[str, torch.Tensor]
    ) -> None:
        """Puts the numbers that are asked for into a picture and sends it."""
        graph, body, layers = probe.found.graph, Body(), []
        with torch.no_grad():
            for asked in picture.subscriptions:
                sizes, part = graph.sizes.get(asked.tensor), picture.parts.get(asked)
                value = values.get(asked.tensor)
                # What has another shape than the graph says is left out.
                if sizes is not None and part is None and value is not None and value.numel() == _count(sizes):
                    part = thin.cut(value.detach(), sizes, asked)
                if sizes is None or part is None or body.count >= MOST_ARRAYS:
                    continue
                one = thin.layer(asked.tensor, part, sizes, asked, graph.signed[asked.tensor], body)
                layers.extend([one] if one is not None else [])
            norms = _norms(probe, picture, updates)
        self._session.show(picture.step, layers, norms, picture.choice, body)

    # The batch that is learned from.

    def _begin_pass(self, subscriptions: List[Subscription]) -> None:
        """Puts hooks on the modules that are looked at, for the next pass alone."""
        assert self._probe is not None
        began = time.monotonic()
        self._session.pace.shown(subscriptions, began)
        self._session.wishes.sent()
        self._learned = (self._session.wishes.choice, subscriptions)
        wanted: Set[str] = {one.tensor for one in subscriptions}
        self._pass = Pass(self._model, wanted, self._probe.found, self._scaler)
        self._pass.install()
        self._spent(began)

    def _end_pass(self) -> None:
        """Takes the hooks away; raises what failed in one of them."""
        watched, self._pass = self._pass, None
        if watched is None or self._probe is None:
            return
        watched.remove()
        if watched.error is not None:
            raise watched.error
        began = time.monotonic()
        values = dict(watched.values)
        if watched.is_trusted:
            values.update((name + GRADIENT, one) for name, one in watched.gradients.items())
        # What is remembered of many batches is not what this pass was brought to mean and variance with.
        statistics = {label(name) for name, _ in self._model.named_buffers()}
        self._probe.take()
        values.update((name, one) for name, one in self._probe.weights().items() if name not in statistics)
        choice, subscriptions = self._learned
        self._picture = Picture(self._session.step, choice, subscriptions, {}, {}, values)
        self._spent(began)


def _mark(device: torch.device) -> Any:
    """On a GPU, what comes after the copies that were asked for until now; only then can another thread read them."""
    if device.type != "cuda":
        return None
    copied = torch.cuda.Event()
    copied.record(torch.cuda.current_stream(device))
    return copied


def _norms(probe: Probe, picture: Picture, updates: Dict[str, torch.Tensor]) -> List[Dict[str, Any]]:
    """How large the parameters, gradients and updates are that are looked at."""
    weights = probe.weights()
    return [
        {
            "layer": name,
            "weights": number(float(thin.norm(weights[name]))),
            "gradient": number(float(norm)),
            "update": number(float(updates.get(name, 0.0))),
        }
        for name, norm in picture.norms.items()
        if name in weights
    ]


def _count(sizes: List[int]) -> int:
    count = 1
    for size in sizes:
        count *= size
    return count
