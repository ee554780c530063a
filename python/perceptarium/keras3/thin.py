"""Numbers of an array as a picture shows them, as `pytorch/thin.py` does of tensors."""

from __future__ import annotations

from typing import Any, Dict, Optional, Sequence

import numpy

from ..graph import shape
from ..wire import Body
from ..wishes import Subscription

#: Standard deviations that colours cover, so that one outlier cannot darken all others.
DEVIATIONS = 4.0


def cells(part: Any, level: int) -> Any:
    """Means and peaks of cells of this level, of maps × rows × columns."""
    maps, rows, columns = part.shape
    high, wide = min(1 << level, rows), min(1 << level, columns)
    down, right = -(-rows // high), -(-columns // wide)
    padded = numpy.pad(part, ((0, 0), (0, down * high - rows), (0, right * wide - columns)))
    boxes = padded.reshape(maps, down, high, right, wide)
    of_rows = numpy.full(down, float(high))
    of_rows[-1] = rows - (down - 1) * high
    of_columns = numpy.full(right, float(wide))
    of_columns[-1] = columns - (right - 1) * wide
    means = boxes.sum((2, 4), dtype=numpy.float64) / (of_rows[:, None] * of_columns)
    most, least = boxes.max((2, 4)), boxes.min((2, 4))
    return means.astype("<f4"), numpy.where(numpy.abs(least) > numpy.abs(most), least, most)


def span(part: Any, signed: bool) -> Dict[str, float]:
    """What colours cover: about zero if numbers below it mean the opposite, else from zero up."""
    exact = part[numpy.isfinite(part)].astype(numpy.float64)
    if exact.size == 0:
        return {"low": 0.0, "high": 0.0}
    mean, reach = float(exact.mean()), DEVIATIONS * float(exact.std())
    low, high = max(float(exact.min()), mean - reach), min(float(exact.max()), mean + reach)
    if signed:
        high = max(abs(low), abs(high))
        return {"low": -high, "high": high}
    return {"low": 0.0, "high": max(0.0, high)}


def layer(
    name: str, value: Any, sizes: Sequence[int], asked: Subscription, signed: bool, body: Body
) -> Optional[Dict[str, Any]]:
    """A part of an array of these sizes, as a picture has it; nothing of an empty one."""
    of = shape(sizes)
    first = [min(one, size) for one, size in zip(asked.first, of)]
    count = [min(one, size - begin) for one, size, begin in zip(asked.reach, of, first)]
    if 0 in count:
        return None
    cube = numpy.asarray(value, dtype="<f4").reshape(of)
    part = cube[tuple(slice(begin, begin + one) for begin, one in zip(first, count))]
    shown, peaks = (part, None) if asked.level == 0 else cells(part, asked.level)
    told: Dict[str, Any] = {
        "layer": name,
        "shape": _shape(shown.shape),
        "values": body.add("F32", numpy.ascontiguousarray(shown).tobytes()),
        "range": span(part, signed),
    }
    if asked.level > 0 or tuple(count) != of:
        data = b"" if peaks is None else numpy.ascontiguousarray(peaks).tobytes()
        told["part"] = {
            "slice": {"first": first, "count": count},
            "level": asked.level,
            "of": _shape(of),
            "peaks": body.add("F32", data),
        }
    return told


def _shape(sizes: Sequence[int]) -> Dict[str, int]:
    maps, rows, columns = (int(size) for size in sizes)
    return {"maps": maps, "rows": rows, "columns": columns}
