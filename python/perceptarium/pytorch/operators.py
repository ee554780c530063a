"""What PyTorch's modules and functions do, in the words of docs/PROTOCOL.md.

Of a module its settings say it; of a function the node that automatic differentiation keeps of it (`grad_fn`), whose
saved attributes are the numbers it was called with. What has no words there, or not these settings, is told by its name.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple

import torch
from torch import nn

#: Functions of one number, by the class of their module or the name of their node.
_FUNCTIONS = {
    "relu": ("ReLU", "ReluBackward0"),
    "relu6": ("ReLU6",),
    "leaky_relu": ("LeakyReLU", "LeakyReluBackward0", "LeakyReluBackward1"),
    "elu": ("ELU", "EluBackward0"),
    "celu": ("CELU", "CeluBackward0"),
    "selu": ("SELU",),
    "gelu": ("GELU", "GeluBackward0"),
    "silu": ("SiLU", "SiluBackward0"),
    "mish": ("Mish", "MishBackward0"),
    "sigmoid": ("Sigmoid", "SigmoidBackward0"),
    "hardsigmoid": ("Hardsigmoid", "HardsigmoidBackward0"),
    "hardswish": ("Hardswish", "HardswishBackward0"),
    "hardtanh": ("Hardtanh", "HardtanhBackward0"),
    "tanh": ("Tanh", "TanhBackward0"),
    "softplus": ("Softplus", "SoftplusBackward0"),
    "softsign": ("Softsign",),
    "exp": ("ExpBackward0",),
    "log": ("LogBackward0",),
    "sqrt": ("SqrtBackward0",),
    "abs": ("AbsBackward0",),
    "neg": ("NegBackward0",),
    "erf": ("ErfBackward0",),
    "sin": ("SinBackward0",),
    "cos": ("CosBackward0",),
    "clamp": ("ClampBackward0", "ClampBackward1"),
}
_FUNCTION_OF = {alias: name for name, aliases in _FUNCTIONS.items() for alias in aliases}
_RESHAPES = (
    "ViewBackward0",
    "UnsafeViewBackward0",
    "ReshapeAliasBackward0",
    "SqueezeBackward0",
    "SqueezeBackward1",
    "UnsqueezeBackward0",
)
_MOVES = (
    "TransposeBackward0",
    "PermuteBackward0",
    "TBackward0",
    "SliceBackward0",
    "SelectBackward0",
    "ExpandBackward0",
    "MovedimBackward0",
)
_BINARY = {
    "SubBackward0": "sub",
    "MulBackward0": "mul",
    "DivBackward0": "div",
    "PowBackward1": "pow",
    "MaximumBackward0": "max",
    "MinimumBackward0": "min",
}

#: Functions that never make a number below zero.
_POSITIVE = ("relu", "relu6", "sigmoid", "hardsigmoid", "softplus", "exp", "sqrt", "abs")


class Made(NamedTuple):
    """An operator, and whether numbers below zero are among what it makes; `None`: if they are among what it reads."""

    op: Any
    signed: Optional[bool]


def other(name: str) -> Made:
    """What has no words of its own."""
    return Made({"other": {"name": name}}, True)


def activation(name: str) -> Made:
    """A function of each number."""
    return Made({"activation": {"name": name}}, name not in _POSITIVE)


def snake(name: str) -> str:
    """A class's name as a word: `BatchNorm2d` is `batch_norm2d`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _two(value: Any) -> List[int]:
    sizes = list(value) if isinstance(value, (tuple, list)) else [value, value]
    return [int(size) for size in (sizes * 2 if len(sizes) == 1 else sizes)][:2]


def of_module(module: nn.Module, read: Sequence[int], made: Sequence[int]) -> Made:
    """What a module does; `read` and `made` are the sizes of what one example brings and becomes."""
    kind = type(module).__name__
    if isinstance(module, (nn.Conv2d, nn.ConvTranspose2d)):
        return _convolution(module, kind)
    if isinstance(module, nn.Linear):
        return Made(*linear(read))
    if isinstance(
        module, (nn.modules.batchnorm._BatchNorm, nn.LayerNorm, nn.GroupNorm, nn.modules.instancenorm._InstanceNorm)
    ):
        return Made(_normalisation(module, read), True)
    if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)):
        return _pooling(module, read)
    if isinstance(module, (nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d)):
        takes = "max" if isinstance(module, nn.AdaptiveMaxPool2d) else "average"
        return _whole_maps(takes, read, made) or other(snake(kind))
    if isinstance(module, (nn.Flatten, nn.Unflatten)):
        return Made("reshape", None)
    if isinstance(module, nn.Embedding):
        return Made("embedding", True)
    if isinstance(module, nn.Softmax) and module.dim is not None:
        return Made({"softmax": {"axes": [_axis(module.dim, len(read) + 1)]}}, False)
    name = _FUNCTION_OF.get(kind)
    return activation(name) if name else other(snake(kind))


def linear(read: Sequence[int]) -> Tuple[Any, bool]:
    """W x + b of a row of numbers, or of each row."""
    return ("linear" if len(read) == 1 else {"mat_mul": {"transposed": [False, True]}}), True


def _convolution(module: Any, kind: str) -> Made:
    padding = module.padding
    if module.padding_mode != "zeros" or padding == "same" and any(size % 2 == 0 for size in module.kernel_size):
        return other(snake(kind))
    reach = [step * (size - 1) for step, size in zip(module.dilation, module.kernel_size)]
    padding = [size // 2 for size in reach] if padding == "same" else [0, 0] if padding == "valid" else _two(padding)
    return Made(
        _of_windows(module.kernel_size, module.stride, padding, module.dilation, module.groups, module.transposed), True
    )


def _of_windows(kernel: Any, stride: Any, padding: Any, dilation: Any, groups: int, transposed: bool) -> Any:
    words: Dict[str, Any] = {"kernel": _two(kernel), "stride": _two(stride), "padding": _two(padding)}
    if _two(dilation) != [1, 1]:
        words["dilation"] = _two(dilation)
    words["groups"] = int(groups)
    if transposed:
        words["transposed"] = True
    return {"convolution": words}


def _normalisation(module: Any, read: Sequence[int]) -> Any:
    of_map = 1
    for size in read[1:]:
        of_map *= size
    if isinstance(module, nn.LayerNorm):
        together = 1
        for size in module.normalized_shape:
            together *= size
        over = "layer"
    elif isinstance(module, nn.GroupNorm):
        over, together = "group", of_map * (read[0] // module.num_groups if read else 1)
    elif isinstance(module, nn.modules.instancenorm._InstanceNorm):
        over, together = "instance", of_map
    else:
        over, together = "batch", 0 if module.running_mean is not None else of_map
    return {"normalisation": {"over": over, "together": together, "epsilon": float(module.eps)}}


def _pooling(module: Any, read: Sequence[int]) -> Made:
    kernel, padding = _two(module.kernel_size), _two(module.padding)
    stride = _two(module.stride if module.stride is not None else module.kernel_size)
    takes = "max" if isinstance(module, nn.MaxPool2d) else "average"
    dilation = _two(getattr(module, "dilation", 1))
    counts = takes == "average" and module.count_include_pad
    if getattr(module, "divisor_override", None) is not None or getattr(module, "return_indices", False):
        return other(snake(type(module).__name__))
    return pooled(takes, kernel, stride, padding, dilation, counts, read)


def pooled(
    takes: str,
    kernel: List[int],
    stride: List[int],
    padding: List[int],
    dilation: List[int],
    counts: bool,
    read: Sequence[int],
) -> Made:
    """One number for each window; `counts`: an average divides by places beside the edge as well."""
    padded = None
    if counts and len(read) == 3:
        padded = [read[1] + 2 * padding[0], read[2] + 2 * padding[1]]
    words = {
        "takes": takes,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "padded": padded,
    }
    return Made({"pooling": words}, None)


def _whole_maps(takes: str, read: Sequence[int], made: Sequence[int]) -> Optional[Made]:
    if len(read) != 3 or len(made) != 3 or read[1] % max(1, made[1]) or read[2] % max(1, made[2]):
        return None
    kernel = [read[1] // max(1, made[1]), read[2] // max(1, made[2])]
    return pooled(takes, kernel, kernel, [0, 0], [1, 1], False, read)


def _axis(dim: Any, rank: int, batch: int = 1) -> int:
    """A dimension as it is counted without the batch; below zero it counts from the end, also where it is kept unsigned."""
    along = int(dim)
    along = along - (1 << 64) if along >= 1 << 63 else along
    return max(0, (along + rank if along < 0 else along) - batch)


class Call(NamedTuple):
    """A function as it was called: its name, what it read and made with the batch, and whether numbers were among it."""

    name: str
    read: List[torch.Tensor]
    made: torch.Tensor
    scalars: List[float]
    sizes: Tuple[List[int], List[int]]


def of_function(call: Call) -> Made:
    """What a function does, by the node that differentiation keeps of it."""
    node = call.made.grad_fn
    kind = type(node).__name__
    first, made = call.sizes
    rank = len(first) + 1
    if call.name == "linear":
        return Made(*linear(first))
    if call.name in ("matmul", "bmm", "mm") and len(call.read) == 2:
        return Made({"mat_mul": {"transposed": [False, False]}}, True)
    if call.name in ("adaptive_avg_pool2d", "adaptive_max_pool2d"):
        takes = "max" if "max" in call.name else "average"
        return _whole_maps(takes, first, made) or other(call.name)
    if kind in _FUNCTION_OF:
        return activation(_FUNCTION_OF[kind])
    if node is None:
        return _by_name(call)
    if kind in _RESHAPES:
        return Made("reshape", None)
    if kind in _MOVES:
        return _moved(call) or other(call.name)
    if kind == "AddBackward0" and len(call.read) > 1 and getattr(node, "_saved_alpha", 1) == 1:
        return Made("add", None)
    if kind in _BINARY and len(call.read) > 1:
        return Made({"elementwise": {"name": _BINARY[kind]}}, True)
    if kind in (*_BINARY, "AddBackward0", "PowBackward0") and len(call.scalars) == 1:
        return Made({"activation": {"name": f"{call.name} {call.scalars[0]:g}"}}, True)
    return _by_attributes(call, kind, node, rank) or other(call.name)


def _by_name(call: Call) -> Made:
    """What a function does that is not differentiated, as far as its name says all of it."""
    if call.name in _FUNCTIONS and not call.scalars:
        return activation(call.name)
    if call.name in ("view", "reshape", "flatten", "squeeze", "unsqueeze"):
        return Made("reshape", None)
    if call.name == "add" and len(call.read) > 1 and not call.scalars:
        return Made("add", None)
    return other(call.name)


def _by_attributes(call: Call, kind: str, node: Any, rank: int) -> Optional[Made]:
    first, _ = call.sizes
    if kind == "ConvolutionBackward0" and len(first) == 3:
        kernel = list(node._saved_weight.shape[2:])
        padding, dilation = node._saved_padding, node._saved_dilation
        op = _of_windows(kernel, node._saved_stride, padding, dilation, node._saved_groups, node._saved_transposed)
        return Made(op, True)
    if kind in ("MaxPool2DWithIndicesBackward0", "AvgPool2DBackward0") and len(first) == 3:
        takes = "max" if kind.startswith("Max") else "average"
        kernel = _two(node._saved_kernel_size)
        stride = _two(node._saved_stride) if len(node._saved_stride) else kernel
        dilation = _two(getattr(node, "_saved_dilation", (1, 1)))
        counts = bool(getattr(node, "_saved_count_include_pad", False))
        return pooled(takes, kernel, stride, _two(node._saved_padding), dilation, counts, first)
    if kind == "CatBackward0":
        return Made({"concatenate": {"axis": _axis(node._saved_dim, rank)}}, None)
    if kind == "SoftmaxBackward0":
        return Made({"softmax": {"axes": [_axis(node._saved_dim, rank)]}}, False)
    if kind in ("MeanBackward1", "SumBackward1"):
        takes = "mean" if kind.startswith("Mean") else "sum"
        axes = [_axis(dim, rank) for dim in node._saved_dim]
        return Made({"reduction": {"takes": takes, "axes": sorted(axes)}}, None)
    if kind == "NativeLayerNormBackward0":
        together = 1
        for size in node._saved_normalized_shape:
            together *= size
        # The factor that was added to the variance is not kept; it is PyTorch's own where a module does not say.
        return Made({"normalisation": {"over": "layer", "together": together, "epsilon": 1e-5}}, True)
    if kind == "EmbeddingBackward0":
        return Made("embedding", True)
    return None


def _moved(call: Call) -> Optional[Made]:
    """Numbers of other places: what is read lies in one piece, so that the steps of what is made say where they come from."""
    if len(call.read) != 1:
        return None
    source, made = call.read[0], call.made
    begins = made.storage_offset() - source.storage_offset()
    shares = made.data_ptr() == source.data_ptr() + begins * source.element_size()
    sizes = call.sizes[1]
    if not source.is_contiguous() or not shares or begins < 0 or len(sizes) > made.dim():
        return None
    strides = list(made.stride()[made.dim() - len(sizes) :])
    return Made({"strided": {"name": call.name, "sizes": sizes, "strides": strides, "offset": begins}}, None)
