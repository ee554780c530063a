"""The graph of a model, found in one pass: no tracing, no compiling, and nothing is asked of the model but to run."""

from __future__ import annotations

from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Set, Tuple

import torch
from torch import nn

from ..graph import PROBABILITIES, Graph, label, parameter_dims, value_dims
from . import operators
from .recorder import Call, Key, Recorder, key, sizes_of

#: Parameters of a module in the order in which its operator reads them; others are declared behind them.
_READS = ("weight", "bias", "running_mean", "running_var")
#: Nodes of differentiation that are gone through, at most, between two that are known.
_MOST_BETWEEN = 10_000


class Found(NamedTuple):
    """A model's graph, and what its tensors are."""

    graph: Graph
    #: Parameters and statistics by the names of their tensors.
    parameters: Dict[str, torch.Tensor]
    input: str
    #: What the model's output is called; none where it is not one row of numbers.
    output: Optional[str]
    #: Whether shares of classes are shown behind it.
    shares: bool


def input_name(sizes: Sequence[int], is_whole: bool) -> str:
    """What a model is shown, in a word."""
    if is_whole:
        return "Tokens"
    return "Image" if len(sizes) == 3 and sizes[0] in (1, 3) else "Input"


def find(
    model: nn.Module, arguments: Tuple[Sequence[Any], Dict[str, Any]], shown: torch.Tensor, loss: Any, gradients: bool
) -> Tuple[Found, Any]:
    """The graph of a model that is called with these for one example, and what it says to it; `shown` is its input.

    With `gradients` those of functions are declared, too, and not only those of modules.
    """
    recorder = Recorder(model, structure=True)
    output = recorder.run(*arguments)
    builder = _Builder(model, recorder, shown, gradients)
    return builder.found(output, loss), output


class _Builder:
    def __init__(self, model: nn.Module, recorder: Recorder, first: torch.Tensor, gradients: bool) -> None:
        self.graph = Graph()
        self.parameters: Dict[str, torch.Tensor] = {}
        self._calls = recorder.calls
        self._gradients = gradients
        self._tensors: Dict[Key, int] = {}
        self._names = {id(parameter): name for name, parameter in model.named_parameters()}
        self._buffers = {id(buffer): name for name, buffer in model.named_buffers()}
        self._kept = dict(model.named_parameters())
        self._kept.update(model.named_buffers())
        sizes = sizes_of(first, 1)
        self.input = input_name(sizes, not first.is_floating_point())
        whole = [{"size": size, "axis": "token"} for size in sizes]
        dims = whole if self.input == "Tokens" else value_dims(sizes)
        signed = bool((first < 0).any())
        self._tensors[key(first)] = self.graph.tensor(self.input, "input", dims, signed)
        self.graph.node("input", "input", [], [0])

    def found(self, output: Any, loss: Any) -> Found:
        known = {call.key for call in self._calls} | set(self._tensors)
        for call in self._calls:
            self._add(call, known)
        said: Optional[str] = None
        shares = False
        if isinstance(output, torch.Tensor) and (at := self._tensors.get(key(output))) is not None:
            name = self.graph.tensors[at]["name"]
            if len(self.graph.sizes[name]) == 1:
                said, shares = name, self._lose(at, loss)
        return Found(self.graph, self.parameters, self.input, said, shares)

    def _add(self, call: Call, known: Set[Key]) -> None:
        inputs: List[int] = []
        op, whole = call.op, True
        for read in call.reads:
            at = self._read(read)
            if at is not None:
                inputs.append(at)
                continue
            whole = False
            inputs.extend(place for place in self._before(read, known) if place not in inputs)
        if call.module is not None:
            own, complete = self._own(call.module)
            inputs, whole = inputs + own, whole and complete
        if not whole:
            # A reader must not work out from what is here what was made of something else as well.
            kind = call.name.rsplit(".", 1)[-1].split(":")[0]
            op = {"other": {"name": kind if call.module is None else operators.snake(type(call.module).__name__)}}
        signed = call.signed
        if signed is None:
            signed = any(self.graph.tensors[at]["signed"] for at in inputs)
        made = self.graph.tensor(call.name, "activation", value_dims(call.sizes), signed)
        self.graph.node(call.name, op, inputs, [made])
        if self._gradients or call.module is not None:
            self.graph.gradient(call.name, made)
        self._tensors[call.key] = made

    def _read(self, read: Key) -> Optional[int]:
        """The tensor that is read, if it is one that the graph has."""
        found = self._tensors.get(read)
        if found is None and isinstance(read[0], int):
            # A parameter is the same however often it was written over.
            name = self._names.get(read[0]) or self._buffers.get(read[0])
            return self._parameter(name) if name else None
        return found

    def _before(self, read: Key, known: Set[Key]) -> List[int]:
        """What something unknown was made of, as far as it is known: differentiation remembers who made it."""
        if isinstance(read[0], int):
            return []
        found: List[int] = []
        seen: Set[Any] = set()
        waiting = [read[0]]
        while waiting and len(seen) < _MOST_BETWEEN:
            node = waiting.pop()
            if node is None or node in seen:
                continue
            seen.add(node)
            leaf = getattr(node, "variable", None)
            if leaf is not None:
                at = self._read((id(leaf), 0))
                found.extend([at] if at is not None else [])
                continue
            for source, place in node.next_functions:
                at = self._tensors.get((source, place))
                if at is not None:
                    found.append(at)
                elif (source, place) not in known:
                    waiting.append(source)
        return found

    def _own(self, module: nn.Module) -> Tuple[List[int], bool]:
        """The parameters and statistics of a module in the order in which its operator reads them, and whether all are known."""
        inputs: List[int] = []
        complete = True
        for name in _READS:
            value = getattr(module, name, None)
            if isinstance(value, torch.Tensor):
                # What is worked out of parameters before each pass is what a function has made.
                full = self._names.get(id(value)) or self._buffers.get(id(value))
                at = self._parameter(full) if full else self._tensors.get(key(value))
                inputs, complete = inputs + ([] if at is None else [at]), complete and at is not None
        for value in [*module.parameters(), *module.buffers()]:
            full = self._names.get(id(value)) or self._buffers.get(id(value))
            if full is not None and value.is_floating_point():
                self._parameter(full)
        return inputs, complete

    def _parameter(self, name: str) -> int:
        value = self._kept[name]
        is_learned = id(value) in self._names
        at = self.graph.tensor(name, "parameter" if is_learned else "statistic", parameter_dims(list(value.shape)))
        self.parameters[label(name)] = value
        if is_learned:
            self.graph.gradient(name, at)
        return at

    def _lose(self, at: int, loss: Any) -> bool:
        """The loss behind the output; cross-entropy is softmax and the loss of the shares."""
        if loss is None:
            return False
        name = operators.snake(getattr(loss, "__name__", type(loss).__name__))
        entropy = isinstance(loss, nn.CrossEntropyLoss) or name == "cross_entropy"
        if entropy:
            classes = self.graph.tensors[at]["dims"][0]["size"]
            shares = self.graph.tensor(PROBABILITIES, "activation", [{"size": classes, "axis": "class"}], False)
            self.graph.node("softmax", {"softmax": {"axes": [0]}}, [at], [shares])
            at, name = shares, "cross_entropy"
        self.graph.node("loss", {"loss": {"name": name}}, [at], [])
        return entropy
