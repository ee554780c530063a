"""A pass of the training itself, looked at with hooks on its own modules, which are there for that pass alone."""

from __future__ import annotations

from typing import Any, Collection

import torch
from torch import nn

from ..graph import GRADIENT, PROBABILITIES
from .recorder import Recorder, one
from .structure import Found


class Pass(Recorder):
    """The first pass after a step, and only what is called while the model is called as a whole.

    What a checkpoint computes anew during the backward pass is therefore not counted, nor are the later passes of a step that
    gathers gradients of several.
    """

    def __init__(self, model: nn.Module, wanted: Collection[str], found: Found, scaler: Any) -> None:
        super().__init__(model, wanted, functions=False)
        self._found, self._scaler, self._over = found, scaler, False
        #: Whether gradients are those of the loss: of a half-precision pass only with its scaler's scale.
        self.is_trusted = True

    def install(self) -> None:
        super().install()
        self._hook(self._model, self._first, self._last)

    def _first(self, _: nn.Module, args: Any) -> None:
        shown = next((arg for arg in args if isinstance(arg, torch.Tensor) and arg.dim() > 0), None)
        # A graph of CUDA would keep the copies in it.
        if self._over or shown is None or shown.is_cuda and torch.cuda.is_current_stream_capturing():
            return
        self.begin(int(shown.shape[0]))
        if self._scaler is not None:
            self.scale = float(self._scaler.get_scale())
        if self._found.input in self._wanted:
            self.values[self._found.input] = shown.detach()[0].clone()

    def _last(self, _: nn.Module, __: Any, output: Any) -> None:
        if self.looking and isinstance(output, torch.Tensor):
            self._said(output)
        self.looking, self._over = False, True
        if self._scaler is None and any(value.dtype == torch.float16 for value in self.values.values()):
            self.is_trusted = False

    def _said(self, output: torch.Tensor) -> None:
        """What the model says, also where a function has made it and no module, and the shares of its classes."""
        name = self._found.output
        if name is not None and name not in self.values:
            if name in self._wanted:
                self.values[name] = one(output, self.batch)
            if name + GRADIENT in self._wanted and output.grad_fn is not None:
                self._listen(name, output.grad_fn, output.output_nr)
        if self._found.shares and PROBABILITIES in self._wanted:
            self.values[PROBABILITIES] = output.detach()[0].float().softmax(0)
