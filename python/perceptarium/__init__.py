"""Watch a training in the halls of Perceptarium.

    import perceptarium
    perceptarium.watch(model, optimizer)

Nothing else is imported, and no framework, before it is used; without a hall nothing is done but to look at one flag in each
step. docs/ATTACH.md of Perceptarium says the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from .handle import Handle
from .version import VERSION

if TYPE_CHECKING:
    from .keras3.callback import PerceptariumCallback as PerceptariumCallback

__version__ = VERSION
__all__ = ["Handle", "PerceptariumCallback", "watch"]


def watch(
    model: Any,
    optimizer: Any = None,
    *,
    name: Optional[str] = None,
    loss: Any = None,
    inputs: Any = None,
    token: Optional[str] = None,
    port: Optional[int] = None,
    every: Union[str, int] = "auto",
    steps: int = 0,
    scaler: Any = None,
) -> Handle:
    """Lets a hall on this machine watch a PyTorch training.

    `optimizer` is one optimiser or several; without it those are taken that learn the model's parameters already.
    `name` is what the hall calls the model. `loss` is the loss as it is called in the training, such as
    `nn.CrossEntropyLoss()`: its values are told by themselves, and gradients of activations are those of it.
    `inputs` are examples to look at, a tensor whose first dimension counts them, or a pair of such a tensor and what is
    right for each; without it they are the first ones of the first batch. `token` and `port` are the hall's, else those of
    PERCEPTARIUM_TOKEN and PERCEPTARIUM_PORT, else those that a hall on this machine wrote down for its user.
    `every` is "auto", or at most each how many steps a picture is made. `steps` is how many the training will take, if that
    is known. `scaler` is the GradScaler of mixed precision, if there is one.

    Raises TypeError or ValueError for arguments that are none of these, before anything is changed; what cannot be watched
    is told in one line, and in `refused` of what is returned.
    """
    from . import credentials

    if every != "auto" and (isinstance(every, bool) or not isinstance(every, int) or every < 1):
        raise ValueError(f'every={every!r}: give "auto" or a number of steps')
    if not isinstance(steps, int) or steps < 0:
        raise ValueError(f"steps={steps!r}: give the number of steps that the training takes, or leave it out")
    credentials.found(token, port)
    try:
        from torch import nn
    except ImportError:
        raise TypeError(
            "perceptarium.watch watches PyTorch, which is not installed; for Keras there is PerceptariumCallback"
        ) from None
    if not isinstance(model, nn.Module):
        raise TypeError(f"{type(model).__name__} is no torch.nn.Module; for Keras there is PerceptariumCallback")
    if loss is not None and not callable(loss):
        raise TypeError("loss= is the loss as it is called, such as torch.nn.CrossEntropyLoss()")
    from .pytorch.watch import watch as begin

    cadence = None if isinstance(every, str) else every
    return begin(
        model, optimizer, name, token, port, loss=loss, inputs=inputs, every=cadence, steps=steps, scaler=scaler
    )


def __getattr__(name: str) -> Any:
    if name == "PerceptariumCallback":
        from .keras3.callback import PerceptariumCallback

        return PerceptariumCallback
    raise AttributeError(f"module 'perceptarium' has no attribute {name!r}")
