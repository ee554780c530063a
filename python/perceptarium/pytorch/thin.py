"""Numbers of a tensor as a picture shows them: a part, as fine as it is looked at, and the span of its colours.

A cell of level k stands for 2^k × 2^k numbers of a map: their mean, and the one of them that is farthest from zero; what is
no number is both.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, Dict, Optional, Sequence, Tuple

import torch

from ..graph import shape
from ..wire import Body
from ..wishes import Subscription

#: Standard deviations that colours cover, so that one outlier cannot darken all others.
DEVIATIONS = 4.0
#: Numbers in which the span of colours is found, about.
SPREAD = 1 << 18

Triple = Tuple[int, int, int]


def within(asked: Subscription, of: Triple) -> Tuple[Triple, Triple]:
    """First and count of the part that a tensor of this shape has; counts may be zero."""
    first = [min(one, size) for one, size in zip(asked.first, of)]
    count = [min(one, size - begin) for one, size, begin in zip(asked.reach, of, first)]
    return (first[0], first[1], first[2]), (count[0], count[1], count[2])


def cut(value: torch.Tensor, sizes: Sequence[int], asked: Subscription) -> torch.Tensor:
    """The part that is asked for, as maps × rows × columns; it shares its numbers with `value`."""
    first, count = within(asked, shape(sizes))
    cube = value.reshape(shape(sizes))
    if count == cube.shape:
        return cube
    for dimension in range(3):
        cube = cube.narrow(dimension, first[dimension], count[dimension])
    return cube


def cells(part: torch.Tensor, level: int) -> Tuple[torch.Tensor, torch.Tensor]:
    """Means and peaks of cells of this level, of maps × rows × columns in single precision."""
    maps, rows, columns = part.shape
    high, wide = min(1 << level, rows), min(1 << level, columns)
    down, right = -(-rows // high), -(-columns // wide)
    padded = torch.nn.functional.pad(part, (0, right * wide - columns, 0, down * high - rows))
    boxes = padded.reshape(maps, down, high, right, wide)
    # Few numbers are added as exactly in single precision.
    sums = boxes.sum((2, 4), dtype=torch.float32 if high * wide <= 256 else torch.float64)
    of_rows = torch.full((down,), high, dtype=torch.float64)
    of_rows[-1] = rows - (down - 1) * high
    of_columns = torch.full((right,), wide, dtype=torch.float64)
    of_columns[-1] = columns - (right - 1) * wide
    means = (sums / (of_rows[:, None] * of_columns)).to(torch.float32)
    most, least = boxes.amax((2, 4)), boxes.amin((2, 4))
    return means, torch.where(least.abs() > most.abs(), least, most)


def span(part: torch.Tensor, signed: bool) -> Dict[str, float]:
    """What colours cover: about zero if numbers below it mean the opposite, else from zero up."""
    flat = part.reshape(-1)
    # As it is only for colours, it is found in some of many.
    flat = flat[:: max(1, flat.numel() // SPREAD) | 1]
    mean, variance = _moments(flat)
    if not math.isfinite(mean) or not math.isfinite(variance):
        flat = flat[torch.isfinite(flat)]
        if flat.numel() == 0:
            return {"low": 0.0, "high": 0.0}
        mean, variance = _moments(flat.double())
    least, most = (float(one) for one in torch.aminmax(flat))
    reach = DEVIATIONS * variance**0.5
    low, high = max(least, mean - reach), min(most, mean + reach)
    if signed:
        high = max(abs(low), abs(high))
        return {"low": -high, "high": high}
    return {"low": 0.0, "high": max(0.0, high)}


def _moments(flat: torch.Tensor) -> Tuple[float, float]:
    """Mean and variance; sums are quicker than what is exact, and colours need no more."""
    mean = float(flat.sum()) / flat.numel()
    return mean, max(0.0, float(torch.dot(flat, flat)) / flat.numel() - mean * mean)


def layer(
    name: str, part: torch.Tensor, sizes: Sequence[int], asked: Subscription, signed: bool, body: Body
) -> Optional[Dict[str, Any]]:
    """A part of a tensor of these sizes, cut out already, as a picture has it; nothing of an empty one."""
    if part.numel() == 0:
        return None
    part = part.detach().to("cpu", torch.float32)
    of = shape(sizes)
    first, count = within(asked, of)
    whole = asked.level == 0 and count == of
    shown, peaks = (part, None) if asked.level == 0 else cells(part, asked.level)
    told: Dict[str, Any] = {
        "layer": name,
        "shape": _shape(shown.shape),
        "values": body.add("F32", data(shown)),
        "range": span(part, signed),
    }
    if not whole:
        told["part"] = {
            "slice": {"first": first, "count": count},
            "level": asked.level,
            "of": _shape(of),
            "peaks": body.add("F32", b"" if peaks is None else data(peaks)),
        }
    return told


def data(numbers: torch.Tensor) -> bytes:
    """The numbers of a tensor in memory, the last dimension fastest, little-endian."""
    numbers = numbers.contiguous()
    return ctypes.string_at(numbers.data_ptr(), numbers.numel() * numbers.element_size())


def _shape(sizes: Sequence[int]) -> Dict[str, int]:
    maps, rows, columns = (int(size) for size in sizes)
    return {"maps": maps, "rows": rows, "columns": columns}


def norm(tensor: torch.Tensor) -> torch.Tensor:
    """The Euclidean norm of a tensor, where it lies: fetching it would have a step wait for its device."""
    found: torch.Tensor = tensor.detach().to(torch.float32).norm()
    return found
