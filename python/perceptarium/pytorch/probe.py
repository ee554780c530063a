"""A copy of the model through which the hall's own input goes.

The copy is in evaluation mode and in single steps beside the training: its weights are copied between two steps, and what
they make of the input is found out in a thread of its own. Compiled models, mixed precision, graphs of CUDA and hooks of
the user's own do not matter to it, nor does it to them: it draws no random number, or is run so that none is missed.
"""

from __future__ import annotations

import copy
from typing import Any, Collection, Dict, List, Optional, Tuple

import torch
from torch import nn

from ..graph import GRADIENT, PROBABILITIES
from ..wishes import Choice
from . import structure
from .examples import Examples
from .recorder import Recorder


def copied(model: nn.Module) -> nn.Module:
    """A model of the same modules, without the hooks that its owner put on them.

    Hooks by which PyTorch itself works (weight norm, pruning) stay. Raises what copying raises.
    """
    memo: Dict[int, Any] = {}
    for module in model.modules():
        for hooks in (module._forward_hooks, module._backward_hooks):
            memo[id(hooks)] = type(hooks)()
        before = module._forward_pre_hooks
        own = {at: hook for at, hook in before.items() if type(hook).__module__.startswith("torch.nn.utils")}
        memo[id(before)] = type(before)(copy.deepcopy(own))
        for value in vars(module).values():
            if isinstance(value, torch.Tensor) and not value.is_leaf:
                # Worked out of parameters before each pass.
                memo[id(value)] = value.detach().clone()
    made = copy.deepcopy(model, memo)
    for module in made.modules():
        for name in ("_full_backward_hooks", "_full_backward_pre_hooks", "_backward_pre_hooks"):
            if hasattr(module, name):
                getattr(module, name).clear()
    return made.eval()


class Probe:
    """The copy, its graph, and whose weights it takes over."""

    def __init__(self, model: nn.Module, examples: Examples, loss: Any) -> None:
        self.examples = examples
        self._copy = copied(model)
        # Not as a module, whose hooks tell the training's own losses.
        self._loss = loss.forward if isinstance(loss, nn.Module) else loss
        self._pairs = _pairs(model, self._copy)
        #: Whether gradients must be those of all parameters as well.
        self._backward = False
        can_lose = loss is not None and examples.targets is not None
        device = examples.first.device
        before = _random_state(device)
        args, kwargs, _ = examples.one(Choice())
        shown = examples.shown(args, kwargs)
        found, output = structure.find(self._copy, (args, kwargs), shown, loss, can_lose)
        #: Whether a pass draws random numbers; then it must run while the training waits.
        self.draws = not _same(before, _random_state(device))
        if self.draws:
            _restore(before, device)
        self.found = found
        self.classes = int(output.shape[-1]) if found.output is not None else None

    def fits(self, model: nn.Module) -> bool:
        """Whether the model still has the parameters that were copied."""
        found = [*model.parameters(), *model.buffers()]
        return len(found) == len(self._pairs) and all(
            now is theirs and now.shape == ours.shape for now, (theirs, ours) in zip(found, self._pairs)
        )

    def take(self) -> None:
        """Takes over the weights as they are now; the copy must be at rest."""
        with torch.no_grad():
            for theirs, ours in self._pairs:
                ours.copy_(theirs)

    def weights(self) -> Dict[str, torch.Tensor]:
        """The copy's parameters and statistics, by the names of their tensors."""
        return self.found.parameters

    def run(self, choice: Choice, wanted: Collection[str]) -> Dict[str, torch.Tensor]:
        """What the copy makes of an input: activations, and gradients where there is a loss and something is right."""
        if not self.draws:
            return self._run(choice, wanted)
        device = self.examples.first.device
        before = _random_state(device)
        try:
            return self._run(choice, wanted)
        finally:
            _restore(before, device)

    def _run(self, choice: Choice, wanted: Collection[str]) -> Dict[str, torch.Tensor]:
        args, kwargs, target = self.examples.one(choice)
        shown = self.examples.shown(args, kwargs)
        recorder = Recorder(self._copy, wanted)
        with torch.enable_grad():
            output = recorder.run(args, kwargs)
            if self._loss is not None and target is not None and any(name.endswith(GRADIENT) for name in wanted):
                self._differentiate(self._loss(output, target), shown)
        values = dict(recorder.values)
        values.update((name + GRADIENT, gradient) for name, gradient in recorder.gradients.items())
        if self.found.input in wanted:
            values[self.found.input] = shown.detach()[0]
        if self.found.shares and PROBABILITIES in wanted:
            values[PROBABILITIES] = output.detach()[0].float().softmax(0)
        return values

    def _differentiate(self, loss: torch.Tensor, shown: torch.Tensor) -> None:
        """Goes backward; only to the input where it can be, as the weights' gradients are the training's own."""
        if self._backward:
            loss.backward()
            for parameter in self._copy.parameters():
                parameter.grad = None
            return
        wanted = [shown] if shown.requires_grad else [one for one in self._copy.parameters() if one.requires_grad]
        try:
            torch.autograd.grad(loss, wanted, allow_unused=True)
        except RuntimeError:
            # Blocks that are computed anew want a whole backward pass; it is had from the next picture on.
            self._backward = True


def _pairs(model: nn.Module, made: nn.Module) -> List[Tuple[torch.Tensor, torch.Tensor]]:
    theirs = [*model.parameters(), *model.buffers()]
    ours = [*made.parameters(), *made.buffers()]
    if len(theirs) != len(ours):
        raise ValueError("a copy of the model has not the same parameters")
    return list(zip(theirs, ours))


def _random_state(device: torch.device) -> List[torch.Tensor]:
    states = [torch.get_rng_state()]
    if device.type == "cuda":
        states.append(torch.cuda.get_rng_state(device))
    return states


def _restore(states: List[torch.Tensor], device: torch.device) -> None:
    torch.set_rng_state(states[0])
    if len(states) > 1:
        torch.cuda.set_rng_state(states[1], device)


def _same(before: List[torch.Tensor], after: List[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(before, after))
