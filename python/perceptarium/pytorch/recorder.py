"""One pass through a model, looked at: which modules and functions are called, and the numbers of those that are wanted.

Numbers are copied where they are made, one example of them, as layers that work in place overwrite them at once. Gradients
come from the nodes of automatic differentiation: hooks on tensors and on modules miss or spoil those of in-place layers.
A module that is called again is told as `name:2`; what recomputes a pass during the backward one is not looked at.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Callable, Collection, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from ..graph import GRADIENT, label
from . import operators

#: A number that something made: the node that made it and which of its outputs; without a node, the tensor itself and how
#: often it was written over.
Key = Tuple[Any, int]

#: What operators that are written with signs are called.
_CALLED = {
    "iadd": "add",
    "radd": "add",
    "imul": "mul",
    "rmul": "mul",
    "isub": "sub",
    "rsub": "sub",
    "itruediv": "div",
    "truediv": "div",
    "rtruediv": "div",
    "rmatmul": "matmul",
    "rpow": "pow",
}


class Call(NamedTuple):
    """A module or function as it was called."""

    name: str
    op: Any
    signed: Optional[bool]
    reads: List[Key]
    module: Optional[nn.Module]
    key: Key
    sizes: List[int]
    scope: str


def key(tensor: torch.Tensor) -> Key:
    """Who made a tensor."""
    node = tensor.grad_fn
    return (id(tensor), tensor._version) if node is None else (node, tensor.output_nr)


def tensors(values: Any) -> Iterator[torch.Tensor]:
    """The tensors among arguments or results, as they lie in lists, tuples and dictionaries."""
    if isinstance(values, torch.Tensor):
        yield values
    elif isinstance(values, (tuple, list)):
        for value in values:
            yield from tensors(value)
    elif isinstance(values, dict):
        for value in values.values():
            yield from tensors(value)


def is_leaf(module: nn.Module) -> bool:
    """Whether a module is told as one: PyTorch's own that hold no others, and attention, whose parts are not called."""
    own = type(module).__module__.startswith("torch.nn.")
    return own and (isinstance(module, nn.MultiheadAttention) or next(module.children(), None) is None)


def one(tensor: torch.Tensor, batch: int) -> torch.Tensor:
    """What belongs to the first example, as it is now."""
    tensor = tensor.detach()
    if tensor.dim() > 0 and tensor.shape[0] == batch:
        tensor = tensor[:1] if tensor.dim() == 1 else tensor[0]
    return tensor.clone()


def sizes_of(tensor: torch.Tensor, batch: int) -> List[int]:
    """Sizes of what belongs to one example."""
    sizes = list(tensor.shape)
    return sizes[1:] if len(sizes) > 1 and sizes[0] == batch else sizes


class Recorder(TorchFunctionMode):  # type: ignore[misc]
    """Looks at a pass between `begin` and `end`; with `functions`, at what lies between the modules as well.

    `wanted` are names whose numbers are kept; `structure` keeps what was called instead, from which the graph is made.
    """

    def __init__(
        self, model: nn.Module, wanted: Collection[str] = (), structure: bool = False, functions: bool = True
    ) -> None:
        super().__init__()
        self.values: Dict[str, torch.Tensor] = {}
        self.gradients: Dict[str, torch.Tensor] = {}
        self.calls: List[Call] = []
        #: What gradients are divided by, where the loss was scaled.
        self.scale = 1.0
        self.batch = 1
        self._model, self._wanted, self._structure, self._functions = model, wanted, structure, functions
        self._names = {id(module): name for name, module in model.named_modules()}
        self._paths = set(self._names.values())
        self._known: Dict[Key, torch.Tensor] = {}
        self._counts: "Counter[str]" = Counter()
        self._scopes: List[str] = []
        self._reads: List[List[Key]] = []
        self._inside = 0
        self._own = False
        self._hooks: List[Any] = []
        self.looking = False
        #: What went wrong in a hook, which must not raise into the pass of somebody else.
        self.error: Optional[Exception] = None

    # Where it begins and ends.

    def install(self) -> None:
        """Puts hooks on the modules; without functions only on those that are wanted."""
        bases = {name.removesuffix(GRADIENT).split(":")[0] for name in self._wanted}
        for name, module in self._model.named_modules():
            if is_leaf(module):
                if self._functions or label(name or operators.snake(type(module).__name__)) in bases:
                    self._hook(module, self._before_leaf, self._after_leaf)
            elif self._functions:
                self._hook(module, self._enter, self._leave)

    def _hook(self, module: nn.Module, before: Callable[..., None], after: Callable[..., None]) -> None:
        self._hooks.append(module.register_forward_pre_hook(self._quiet(before)))
        self._hooks.append(module.register_forward_hook(self._quiet(after)))

    def _quiet(self, hook: Callable[..., None]) -> Callable[..., None]:
        """A hook that never raises: the first that fails is the last that does anything."""

        def safe(*args: Any) -> None:
            if self.error is not None:
                return
            # What a hook does itself is no part of the pass.
            self._own = True
            try:
                hook(*args)
            except Exception as error:
                self.error, self.looking = error, False
            finally:
                self._own = False

        return safe

    def begin(self, batch: int) -> None:
        """A pass of so many examples begins."""
        self.batch, self.looking = batch, True

    def remove(self) -> None:
        """Takes all hooks away."""
        self.looking = False
        for hook in self._hooks:
            hook.remove()
        self._hooks = []

    def run(self, args: Sequence[Any], kwargs: Dict[str, Any]) -> Any:
        """Looks at one pass of one example."""
        self.install()
        self.begin(1)
        self._known.update((key(tensor), tensor) for tensor in tensors((args, kwargs)))
        try:
            with self:
                output = self._model(*args, **kwargs)
        finally:
            self.remove()
            self._known = {}
        if self.error is not None:
            raise self.error
        return output

    # Modules.

    def _enter(self, module: nn.Module, _: Any) -> None:
        self._scopes.append(self._names.get(id(module), ""))

    def _leave(self, module: nn.Module, _: Any, __: Any) -> None:
        if self._scopes:
            self._scopes.pop()

    def _before_leaf(self, module: nn.Module, args: Any) -> None:
        self._inside += 1
        self._reads.append([key(tensor) for tensor in tensors(args)] if self._structure else [])

    def _after_leaf(self, module: nn.Module, args: Any, output: Any) -> None:
        self._inside -= 1
        reads = self._reads.pop() if self._reads else []
        made = next(tensors(output), None)
        if not self.looking or self._inside > 0 or made is None:
            return
        name = self._names.get(id(module), "") or operators.snake(type(module).__name__)
        before = next(tensors(args), None)

        def made_by() -> operators.Made:
            return operators.of_module(
                module, sizes_of(before, self.batch) if before is not None else [], sizes_of(made, self.batch)
            )

        self._made(name, made, reads, module, made_by)

    # Functions between them.

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if self._own or not self.looking or self._inside > 0:
            return func(*args, **kwargs)
        # Before it is called, as what works in place changes who made its argument.
        read = list(tensors((args, kwargs)))
        keys = [key(tensor) for tensor in read]
        output = func(*args, **kwargs)
        # What is not differentiated is of interest where it is made of something that is.
        follows = any(one in self._known for one in keys)
        made = [
            tensor
            for tensor in tensors(output)
            if tensor.is_floating_point() and (follows or tensor.grad_fn is not None)
        ]
        if made and read:
            self._called(func, args, read, keys, made)
        return output

    def _called(
        self, func: Any, args: Any, read: List[torch.Tensor], keys: List[Key], made: List[torch.Tensor]
    ) -> None:
        plain = getattr(func, "__name__", "function").strip("_")
        if plain == "get":
            # Of `x.T` the function is the getter of T.
            plain = getattr(getattr(func, "__self__", None), "__name__", plain)
        plain = _CALLED.get(plain, plain)
        scope = self._scopes[-1] if self._scopes else ""
        name = f"{scope}.{plain}" if scope else plain
        # A module may be called as a function is.
        name = f"{name}()" if name in self._paths else name
        scalars = [float(arg) for arg in args if isinstance(arg, (int, float)) and not isinstance(arg, bool)]
        for tensor in made:
            sizes = (sizes_of(read[0], self.batch), sizes_of(tensor, self.batch))

            def made_by(tensor: torch.Tensor = tensor, sizes: Any = sizes) -> operators.Made:
                return operators.of_function(operators.Call(plain, read, tensor, scalars, sizes))

            self._made(name, tensor, keys, None, made_by)

    # Both.

    def _made(
        self,
        name: str,
        made: torch.Tensor,
        reads: List[Key],
        module: Optional[nn.Module],
        made_by: Callable[[], operators.Made],
    ) -> None:
        """Something was made by something that is called so; what it was before is left as it is called already."""
        by = key(made)
        if by in self._known or by in reads:
            return
        # Whoever is known is kept, so that its place in memory does not become another's.
        self._known[by] = made
        self._counts[name] += 1
        if self._counts[name] > 1:
            name = f"{name}:{self._counts[name]}"
        name = label(name)
        if self._structure:
            op = made_by()
            scope = self._scopes[-1] if self._scopes else ""
            self.calls.append(Call(name, op.op, op.signed, reads, module, by, sizes_of(made, self.batch), scope))
            return
        if name in self._wanted:
            self.values[name] = one(made, self.batch)
        if name + GRADIENT in self._wanted and made.grad_fn is not None:
            self._listen(name, made.grad_fn, made.output_nr)

    def _listen(self, name: str, node: Any, place: int) -> None:
        """Keeps the gradient that comes to what a node made."""

        def take(gradients: Sequence[Optional[torch.Tensor]]) -> None:
            found = gradients[place] if place < len(gradients) else None
            if found is not None and name not in self.gradients:
                self.gradients[name] = one(found, self.batch).float() / self.scale

        # PyTorch 2 calls before the node runs, 1.13 after it, with the same gradients.
        quiet = self._quiet(take)
        if hasattr(node, "register_prehook"):
            node.register_prehook(quiet)
        else:
            node.register_hook(lambda _, gradients: quiet(gradients))
