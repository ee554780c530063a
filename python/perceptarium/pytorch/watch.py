"""How watching a PyTorch training begins, and what is refused in words."""

from __future__ import annotations

import os
from typing import Any, Dict, Optional, Tuple

import torch
from torch import nn

from ..handle import Handle
from ..link import say
from ..sentences import Sentence
from ..session import Session
from ..version import VERSION
from .steps import optimisers
from .watcher import Watcher


def hello() -> Dict[str, str]:
    """Who greets the hall."""
    return {"program": f"perceptarium-python {VERSION}", "framework": f"torch {torch.__version__}"}


def plain(model: nn.Module) -> Tuple[nn.Module, bool]:
    """The model within wrappers that share its parameters, and whether one of them compiles it."""
    compiled = False
    while True:
        inner = getattr(model, "_orig_mod", None)
        if isinstance(inner, nn.Module):
            model, compiled = inner, True
        elif type(model).__name__ in ("DistributedDataParallel", "DataParallel") and isinstance(
            model.module, nn.Module
        ):
            model = model.module
        else:
            return model, compiled


def rank() -> int:
    """Which of the processes that train together this is."""
    distributed = torch.distributed
    if distributed.is_available() and distributed.is_initialized():
        return int(distributed.get_rank())
    text = os.environ.get("RANK", "0")
    return int(text) if text.isdigit() else 0


def _is_lazy(parameter: nn.Parameter) -> bool:
    """Whether it has no shape before the model has seen an example."""
    lazy = getattr(nn.parameter, "UninitializedParameter", None)
    return lazy is not None and isinstance(parameter, lazy)


def refusal(model: nn.Module) -> Optional[Sentence]:
    """Why a model cannot be watched, in one sentence."""
    if next(model.parameters(), None) is None:
        return Sentence("attach-model-without-parameters")
    for part in model.modules():
        if any(
            "FullyShardedDataParallel" in base.__name__ or base.__name__ == "FSDPModule" for base in type(part).__mro__
        ):
            return Sentence("attach-model-is-sharded")
        if isinstance(part, torch.jit.ScriptModule):
            return Sentence("attach-model-is-torchscript")
    if any(parameter.is_meta for parameter in model.parameters()):
        return Sentence("attach-model-without-numbers")
    if any(map(_is_lazy, model.parameters())):
        return Sentence("attach-model-is-lazy")
    return None


def watch(
    model: nn.Module, optimiser: Any, name: Optional[str], token: Optional[str], port: Optional[int], **settings: Any
) -> Handle:
    """Watches a model and its optimiser; see `perceptarium.watch`."""
    model, compiled = plain(model)
    if rank() != 0:
        return Handle(refused="another process of this training, rank 0, is watched")
    chosen = optimisers(optimiser, model)
    reason = refusal(model)
    if reason is None and not chosen:
        reason = Sentence("attach-no-optimiser")
    session = Session(name or type(model).__name__, hello, token, port, reason)
    if reason is not None:
        say(f"{reason}; the training goes on unwatched")
        return Handle(session)
    watcher = Watcher(model, chosen, session, compiled=compiled, **settings)
    return Handle(session, watcher.log, watcher.close)

