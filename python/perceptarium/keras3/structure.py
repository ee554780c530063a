"""The graph of a Keras model, as its layers say it, in the layout of docs/PROTOCOL.md: channels before rows and columns.

Keras puts channels last, kernels with rows first, and weights of dense layers with inputs first; all of it is turned here.
A layer with an activation is told as two nodes, `dense` and `dense.relu`, so that each has its own numbers.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Tuple

import keras

from ..graph import Graph, label, parameter_dims, value_dims

#: Functions of one number, as they are called here and in the protocol.
_FUNCTIONS = (
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "sigmoid",
    "tanh",
    "softplus",
    "softsign",
    "hard_sigmoid",
    "relu6",
    "exponential",
    "mish",
)
_POSITIVE = ("relu", "sigmoid", "softplus", "hard_sigmoid", "relu6", "exponential", "softmax")
#: Layers that hand on what they read while nothing is trained.
_NOTHING = ("Dropout", "SpatialDropout2D", "GaussianNoise", "GaussianDropout", "InputLayer")


class Step(NamedTuple):
    """One call of a layer: what it reads and makes by the identities of Keras' symbolic tensors."""

    operation: Any
    arguments: Any
    outputs: List[Any]
    #: Names of what it makes before and after its activation; none where nothing is shown of it.
    before: Optional[str]
    after: Optional[str]


class Found(NamedTuple):
    """A model's graph and how its numbers are had."""

    graph: Graph
    #: Parameters and statistics: the variable, and how it is turned.
    parameters: Dict[str, Tuple[Any, Callable[[Any], Any]]]
    steps: List[Step]
    inputs: List[Any]
    input: str
    outputs: int


def straight(array: Any) -> Any:
    """As it is."""
    return array


def turned(array: Any) -> Any:
    """A value of one example with its channels first."""
    return array.transpose(2, 0, 1) if array.ndim == 3 else array


def sizes_of(tensor: Any) -> Optional[List[int]]:
    """Sizes of a symbolic tensor for one example, channels first; none where they are not known."""
    sizes = list(tensor.shape[1:])
    if any(size is None for size in sizes):
        return None
    return [sizes[2], sizes[0], sizes[1]] if len(sizes) == 3 else [int(size) for size in sizes]


def find(model: Any) -> Found:
    """The graph of a model; of a subclassed one only its weights are known."""
    functional = getattr(model, "_functional", None) or model
    nodes = getattr(functional, "_nodes_by_depth", None)
    builder = _Builder()
    if not nodes or len(functional.inputs) != 1 or sizes_of(functional.inputs[0]) is None:
        return builder.weights_only(model)
    ordered = [node for depth in sorted(nodes, reverse=True) for node in nodes[depth]]
    return builder.whole(functional, ordered)


class _Builder:
    def __init__(self) -> None:
        self.graph = Graph()
        self.parameters: Dict[str, Tuple[Any, Callable[[Any], Any]]] = {}
        self._tensors: Dict[int, int] = {}
        self._steps: List[Step] = []
        self._counts: Dict[str, int] = {}

    def weights_only(self, model: Any) -> Found:
        """A node for each layer that has weights, of which nothing else is known."""
        for one in model._flatten_layers(include_self=False, recursive=True):
            own = [variable for variable in one._trainable_variables + one._non_trainable_variables]
            inputs = [at for variable in own if (at := self._variable(one, variable)) is not None]
            if inputs:
                self.graph.node(self._called(one.name), {"other": {"name": type(one).__name__.lower()}}, inputs, [])
        return Found(self.graph, self.parameters, [], [], "", 0)

    def whole(self, model: Any, nodes: Sequence[Any]) -> Found:
        """Everything that is computed from the one input."""
        shown = model.inputs[0]
        sizes = sizes_of(shown) or []
        tokens = "int" in str(shown.dtype)
        name = "Tokens" if tokens else "Image" if len(sizes) == 3 and sizes[0] in (1, 3) else "Input"
        dims = [{"size": size, "axis": "token"} for size in sizes] if tokens else value_dims(sizes)
        self._tensors[id(shown)] = self.graph.tensor(name, "input", dims, True)
        self.graph.node("input", "input", [], [0])
        for node in nodes:
            if type(node.operation).__name__ != "InputLayer":
                self._add(node)
        last = sizes_of(model.outputs[0]) or []
        return Found(
            self.graph, self.parameters, self._steps, list(model.inputs), name, last[0] if len(last) == 1 else 0
        )

    def _called(self, name: str) -> str:
        self._counts[name] = count = self._counts.get(name, 0) + 1
        return name if count == 1 else f"{name}:{count}"

    def _add(self, node: Any) -> None:
        operation, made = node.operation, node.outputs[0]
        reads = [one for one in node.arguments.keras_tensors]
        inputs = [self._tensors[id(one)] for one in reads if id(one) in self._tensors]
        sizes = sizes_of(made)
        if sizes is None or type(operation).__name__ in _NOTHING and inputs:
            if inputs:
                self._tensors[id(made)] = inputs[0]
            self._steps.append(Step(operation, node.arguments, node.outputs, None, None))
            return
        read = sizes_of(reads[0]) if reads else None
        name = self._called(operation.name)
        op, signed = _op(operation, read or [], sizes, len(inputs) == len(reads) > 0)
        own = [*getattr(operation, "_trainable_variables", []), *getattr(operation, "_non_trainable_variables", [])]
        own.sort(key=lambda variable: _ORDER.get(variable.name, len(_ORDER)))
        places = [(variable.name, self._variable(operation, variable)) for variable in own]
        inputs = inputs + [at for short, at in places if at is not None and short in _ORDER]
        if signed is None:
            signed = any(self.graph.tensors[at]["signed"] for at in inputs)
        activation = _activation(operation)
        at = self.graph.tensor(name, "activation", value_dims(sizes), signed)
        self.graph.node(name, op, inputs, [at])
        after = None
        if activation is not None:
            after = f"{name}.{activation}"
            then: Any = (
                {"softmax": {"axes": [len(sizes) - 1]}}
                if activation == "softmax"
                else {"activation": {"name": activation}}
            )
            last = self.graph.tensor(after, "activation", value_dims(sizes), activation not in _POSITIVE)
            self.graph.node(after, then, [at], [last])
            at = last
        self._tensors[id(made)] = at
        self._steps.append(Step(operation, node.arguments, node.outputs, label(name), after and label(after)))

    def _variable(self, layer: Any, variable: Any) -> Optional[int]:
        if "float" not in str(variable.dtype):
            return None
        turn = _turn(layer, variable)
        sizes = _turned_sizes(layer, variable)
        name = variable.path.replace("/", ".")
        learned = bool(variable.trainable)
        at = self.graph.tensor(name, "parameter" if learned else "statistic", parameter_dims(sizes))
        self.parameters[label(name)] = (variable, turn)
        return at


#: Variables in the order in which operators read them.
_ORDER = {"kernel": 0, "embeddings": 0, "gamma": 0, "bias": 1, "beta": 1, "moving_mean": 2, "moving_variance": 3}


def _turn(layer: Any, variable: Any) -> Callable[[Any], Any]:
    """How a variable becomes what the protocol expects."""
    if variable.name != "kernel":
        return straight
    rank, kind = len(variable.shape), type(layer).__name__
    if kind == "DepthwiseConv2D":
        return lambda array: array.transpose(2, 3, 0, 1).reshape(-1, 1, *array.shape[:2])
    if kind == "Conv2D":
        return lambda array: array.transpose(3, 2, 0, 1)
    return (lambda array: array.T) if kind == "Dense" and rank == 2 else straight


def _turned_sizes(layer: Any, variable: Any) -> List[int]:
    sizes, kind = [int(size) for size in variable.shape], type(layer).__name__
    if variable.name == "kernel":
        if kind == "DepthwiseConv2D":
            return [sizes[2] * sizes[3], 1, sizes[0], sizes[1]]
        if kind == "Conv2D":
            return [sizes[3], sizes[2], sizes[0], sizes[1]]
        if kind == "Dense" and len(sizes) == 2:
            return sizes[::-1]
    return sizes


def _activation(operation: Any) -> Optional[str]:
    """The activation that a layer of sums has built in."""
    if type(operation).__name__ not in ("Conv2D", "DepthwiseConv2D", "Dense"):
        return None
    name = getattr(operation.activation, "__name__", "activation")
    return None if name == "linear" else name


def _padding(
    operation: Any, read: Sequence[int], made: Sequence[int], kernel: Sequence[int], strides: Sequence[int]
) -> List[int]:
    """Zeros before the first row and column: of `same` the smaller half of what is missing."""
    if operation.padding != "same" or len(read) != 3:
        return [0, 0]
    dilation = getattr(operation, "dilation_rate", (1, 1))
    missing = [
        max(0, (made[1 + at] - 1) * strides[at] + (kernel[at] - 1) * dilation[at] + 1 - read[1 + at]) for at in (0, 1)
    ]
    return [one // 2 for one in missing]


def _op(operation: Any, read: Sequence[int], made: Sequence[int], is_whole: bool) -> "Tuple[Any, Optional[bool]]":
    """A layer in the words of the protocol, and whether it makes numbers below zero; `None`: if it reads some."""
    kind = type(operation).__name__
    last = getattr(operation, "data_format", "channels_last") == "channels_last"
    if not is_whole or not last:
        return {"other": {"name": kind.lower()}}, True
    if kind in ("Conv2D", "DepthwiseConv2D"):
        kernel, strides = list(operation.kernel_size), list(operation.strides)
        words: Dict[str, Any] = {
            "kernel": kernel,
            "stride": strides,
            "padding": _padding(operation, read, made, kernel, strides),
        }
        if list(operation.dilation_rate) != [1, 1]:
            words["dilation"] = list(operation.dilation_rate)
        words["groups"] = read[0] if kind == "DepthwiseConv2D" else operation.groups
        return {"convolution": words}, True
    if kind == "Dense":
        return "linear" if len(read) == 1 else {"mat_mul": {"transposed": [False, True]}}, True
    if kind in ("MaxPooling2D", "AveragePooling2D"):
        kernel, strides = list(operation.pool_size), list(operation.strides)
        takes = "max" if kind.startswith("Max") else "average"
        return {
            "pooling": {
                "takes": takes,
                "kernel": kernel,
                "stride": strides,
                "padding": _padding(operation, read, made, kernel, strides),
                "padded": None,
            }
        }, None
    if kind in ("GlobalAveragePooling2D", "GlobalMaxPooling2D") and len(read) == 3:
        takes = "max" if "Max" in kind else "average"
        return {
            "pooling": {
                "takes": takes,
                "kernel": list(read[1:]),
                "stride": list(read[1:]),
                "padding": [0, 0],
                "padded": None,
            }
        }, None
    if kind == "BatchNormalization" and operation.scale:
        return {"normalisation": {"over": "batch", "together": 0, "epsilon": float(operation.epsilon)}}, True
    if kind == "LayerNormalization" and list(made) == list(read) and operation.scale and len(read) < 3:
        return {"normalisation": {"over": "layer", "together": read[-1], "epsilon": float(operation.epsilon)}}, True
    if kind == "Embedding":
        return "embedding", True
    if kind == "Add":
        return "add", None
    if kind == "Concatenate" and operation.axis in (-1, len(made)):
        return {"concatenate": {"axis": 0 if len(made) == 3 else len(made) - 1}}, None
    if kind == "Flatten" and len(read) == 3:
        channels, rows, columns = read
        walk = {
            "name": "flatten",
            "sizes": [rows, columns, channels],
            "strides": [columns, 1, rows * columns],
            "offset": 0,
        }
        return {"strided": walk}, None
    if kind in ("Flatten", "Reshape") and len(read) < 3 and len(made) < 3:
        return "reshape", None
    if kind in ("ReLU", "Softmax", "LeakyReLU", "ELU", "Activation"):
        return _function(operation, kind, made)
    return {"other": {"name": kind.lower()}}, True


def _function(operation: Any, kind: str, made: Sequence[int]) -> "Tuple[Any, Optional[bool]]":
    name = {"ReLU": "relu", "Softmax": "softmax", "LeakyReLU": "leaky_relu", "ELU": "elu"}.get(kind)
    name = name or getattr(operation.activation, "__name__", "activation")
    if name == "softmax":
        return {"softmax": {"axes": [len(made) - 1]}}, False
    return {"activation": {"name": name}}, name not in _POSITIVE


def run(found: Found, examples: Any) -> Dict[str, Any]:
    """What the layers make of one example, in evaluation; by the names of the graph's tensors."""
    values: Dict[int, Any] = {id(found.inputs[0]): examples}
    told: Dict[str, Any] = {}
    for step in found.steps:
        args, kwargs = step.arguments.fill_in(values)
        operation = step.operation
        if getattr(operation, "_call_has_training_arg", False):
            kwargs["training"] = False
        if step.after is not None:
            activation = operation.activation
            # The sums by themselves: what is compiled for the training keeps the activation that it was compiled with.
            operation.activation = keras.activations.linear
            try:
                outputs = operation(*args, **kwargs)
            finally:
                operation.activation = activation
            told[step.before or ""] = outputs
            outputs = told[step.after] = activation(outputs)
        else:
            outputs = operation(*args, **kwargs)
        listed = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        if step.before is not None and step.after is None:
            told[step.before] = listed[0]
        values.update((id(tensor), value) for tensor, value in zip(step.outputs, listed))
    return told
