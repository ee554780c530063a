"""The graph that a run declares: nodes in the order of computation, and the named tensors that pictures show."""

from __future__ import annotations

import zlib
from typing import Any, Dict, List, Sequence, Set

#: Behind the name of a tensor, the name of its gradient.
GRADIENT = " gradient"
#: The shares of the classes, behind softmax.
PROBABILITIES = "Probabilities"
#: Bytes of a name that is kept whole.
_WHOLE = 160

#: What dimensions are, by how many there are.
_VALUE_AXES = {1: ("feature",), 2: ("token", "feature"), 3: ("channel", "row", "column")}
_PARAMETER_AXES = {2: ("feature", "feature"), 4: ("channel", "channel", "row", "column")}


def label(name: str) -> str:
    """A name as it is told: of a long one the middle is a number of its own."""
    if len(name.encode()) <= _WHOLE:
        return name
    return f"{name[:24]}…{zlib.crc32(name.encode()):08x}…{name[-24:]}"


def value_dims(sizes: Sequence[int]) -> List[Dict[str, Any]]:
    """What the dimensions of a value of one example are."""
    axes: Sequence[str] = _VALUE_AXES.get(len(sizes), ("head", "channel", "row", "column"))
    axes = (*axes, *("feature" for _ in sizes))
    return [{"size": size, "axis": axis} for size, axis in zip(sizes, axes)] or [{"size": 1, "axis": "feature"}]


def parameter_dims(sizes: Sequence[int]) -> List[Dict[str, Any]]:
    """What the dimensions of a parameter are."""
    axes: Sequence[str] = _PARAMETER_AXES.get(len(sizes), ("channel",) * len(sizes))
    return [{"size": size, "axis": axis} for size, axis in zip(sizes, axes)] or [{"size": 1, "axis": "feature"}]


def shape(sizes: Sequence[int]) -> "tuple[int, int, int]":
    """The maps, rows and columns as which numbers are shown: the last two dimensions are rows and columns."""
    maps = 1
    for size in sizes[:-2]:
        maps *= size
    return maps, sizes[-2] if len(sizes) > 1 else 1, sizes[-1] if sizes else 1


class Graph:
    """A graph under way."""

    def __init__(self) -> None:
        self.nodes: List[Dict[str, Any]] = []
        self.tensors: List[Dict[str, Any]] = []
        self.signed: Dict[str, bool] = {}
        self.sizes: Dict[str, List[int]] = {}
        self._paths: Set[str] = set()

    def tensor(self, name: str, role: Any, dims: List[Dict[str, Any]], signed: bool = True) -> int:
        """Declares a tensor and returns its place; of a name that is taken, the one that is there."""
        name = label(name)
        if name in self.sizes:
            return next(at for at, tensor in enumerate(self.tensors) if tensor["name"] == name)
        self.tensors.append({"name": name, "role": role, "dims": dims, "signed": signed})
        self.signed[name] = signed
        self.sizes[name] = [dim["size"] for dim in dims]
        return len(self.tensors) - 1

    def gradient(self, name: str, of: int) -> None:
        """Declares the gradient of a tensor."""
        self.tensor(name + GRADIENT, {"gradient": of}, self.tensors[of]["dims"])

    def node(self, path: str, op: Any, inputs: Sequence[int], outputs: Sequence[int]) -> None:
        """Adds a node; what a node before it has made may be read."""
        path, count = label(path), 1
        while path in self._paths:
            count += 1
            path = f"{label(path)}:{count}"
        self._paths.add(path)
        self.nodes.append({"path": path, "op": op, "inputs": list(inputs), "outputs": list(outputs)})

    def words(self) -> Dict[str, Any]:
        """As it is told."""
        return {"nodes": self.nodes, "tensors": self.tensors}
