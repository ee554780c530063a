"""Before and after each step of an optimiser, in every version of PyTorch.

From 2.0 on an optimiser has hooks for that; before, its `step` is wrapped, as a method, since schedulers of the learning
rate wrap it as well and look for the object that it belongs to.
"""

from __future__ import annotations

import functools
import gc
import types
from typing import Any, Callable, List, Sequence

import torch
from torch import nn
from torch.optim import Optimizer


def optimisers(given: Any, model: nn.Module) -> List[Optimizer]:
    """Those that were given, else those that learn this model's parameters."""
    if isinstance(given, Optimizer):
        return [given]
    if isinstance(given, (list, tuple)):
        return [one for one in given if isinstance(one, Optimizer)]
    if given is not None:
        # Libraries wrap optimisers; what they wrap is called `optimizer`, mostly.
        inner = getattr(given, "optimizer", None)
        if not isinstance(inner, Optimizer):
            raise TypeError(f"{type(given).__name__} is no optimiser of PyTorch")
        return [inner]
    own = {id(parameter) for parameter in model.parameters()}
    found = [each for each in gc.get_objects() if isinstance(each, Optimizer)]
    return [each for each in found if any(id(one) in own for group in each.param_groups for one in group["params"])]


class StepHooks:
    """Calls `before` and `after` around each step, until it is removed."""

    def __init__(self, optimiser: Optimizer, before: Callable[[], None], after: Callable[[], None]) -> None:
        self._optimiser = optimiser
        self._handles: List[Any] = []
        if hasattr(optimiser, "register_step_pre_hook"):
            self._is_on = True
            self._handles = [
                optimiser.register_step_pre_hook(lambda *_: before() if self._is_on else None),
                optimiser.register_step_post_hook(lambda *_: after() if self._is_on else None),
            ]
            return
        self._was_own = "step" in vars(optimiser)
        self._original = original = optimiser.step
        self._is_on = True

        # What a scheduler marked stays marked: `wraps` copies it.
        @functools.wraps(original)
        def step(_: Optimizer, *args: Any, **kwargs: Any) -> Any:
            if not self._is_on:
                return original(*args, **kwargs)
            before()
            result = original(*args, **kwargs)
            after()
            return result

        self._own = types.MethodType(step, optimiser)
        setattr(optimiser, "step", self._own)

    def remove(self) -> None:
        """Steps are taken as before."""
        # Hooks of an optimiser cannot be taken away while they are called; that they do nothing is as good.
        self._is_on = False
        if self._handles:
            return
        # Where a scheduler has wrapped it since, the wrapper stays within and does nothing.
        if vars(self._optimiser).get("step") is self._own:
            if self._was_own:
                setattr(self._optimiser, "step", self._original)
            else:
                delattr(self._optimiser, "step")


class Factor:
    """A factor on the learning rate, for the time of a step alone: schedulers never see it."""

    def __init__(self) -> None:
        self._kept: List[Any] = []

    def apply(self, optimiser: Optimizer, factor: float) -> None:
        """The next step is taken with this factor."""
        self.take_back()
        if factor == 1.0:
            return
        for group in optimiser.param_groups:
            was = group["lr"]
            group["lr"] = now = was * factor
            self._kept.append((group, was, now))

    def take_back(self) -> None:
        """The rates are those of before again, but where somebody set another since."""
        for group, was, now in self._kept:
            if group["lr"] is now or not isinstance(now, torch.Tensor) and group["lr"] == now:
                group["lr"] = was
        self._kept = []


def learning_rate(optimisers: Sequence[Optimizer]) -> float:
    """The rate of the first group."""
    return float(optimisers[0].param_groups[0].get("lr", 0.0))
