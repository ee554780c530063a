"""How the watching of a model begins: one pass is waited for, then the model is copied and its graph found."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import torch
from torch import nn
from torch.optim import Optimizer

from .. import told
from ..sentences import Sentence, Unseen
from ..session import Session
from .examples import Examples
from .metrics import Metrics
from .probe import Probe
from .steps import learning_rate

#: Steps that are waited for a first pass through the model.
PATIENCE = 3


class Beginning:
    """Looks at a pass for how many examples a batch has, and, where none were given, for the first of them."""

    def __init__(self, model: nn.Module, inputs: Any, loss: Any, steps: int) -> None:
        self._model, self._inputs, self._loss, self._steps = model, inputs, loss, steps
        self._device = next(model.parameters()).device
        self._hooks: List[Any] = []
        self._looked, self._passed, self._batch = 0, False, 0
        self._own: Optional[str] = None
        self._why = Sentence("attach-never-called-as-a-whole")
        self.examples: Optional[Examples] = None

    def is_known(self, passed: Callable[[], None], guard: Callable[[Callable[..., None]], Any]) -> bool:
        """Before a step: whether a pass was seen since it was asked first; `passed` is called as one begins.

        Raises Unseen where the model is never called as a whole and no examples were given.
        """
        if self.examples is None and self._inputs is not None:
            self.examples = _given(self._inputs, next(self._model.parameters()))
        if self._looked == 0:
            self._look(passed, guard)
        self._looked += 1
        if not self._passed and self._looked <= PATIENCE:
            return False
        if self.examples is None:
            raise Unseen(self._why)
        return True

    def take_targets(self, targets: Any) -> None:
        """What is right for the first batch, where no examples were given."""
        if self.examples is not None and self.examples.targets is None and self._inputs is None:
            self.examples.take_targets(targets)

    def remove(self) -> None:
        """Takes the hook away."""
        for hook in self._hooks:
            hook.remove()
        self._hooks, self._looked, self._passed = [], 0, False

    def _look(self, passed: Callable[[], None], guard: Callable[[Callable[..., None]], Any]) -> None:
        def see(_: nn.Module, args: Any, kwargs: Optional[Dict[str, Any]] = None) -> None:
            if not self._passed:
                self._passed = True
                try:
                    examples = Examples(args, kwargs or {}, None)
                except Unseen as error:
                    # Arguments with names are not seen before 2.0; examples that were given do as well.
                    self._why = error.why
                else:
                    self._batch, self._own = examples.batch, examples.words()
                    self.examples = self.examples or examples
            passed()

        # From 2.0 on, hooks see arguments with names.
        named = {"with_kwargs": True} if hasattr(self._model, "register_full_backward_pre_hook") else {}
        self._hooks = [self._model.register_forward_pre_hook(guard(see), **named)]

    def describe(self, session: Session, metrics: Metrics, optimisers: Sequence[Optimizer]) -> Probe:
        """Copies the model, finds its graph, and tells the hall of both: a new run.

        Raises Unseen where the model cannot be shown the examples that were given.
        """
        assert self.examples is not None
        self.remove()
        probe = self._probe(self.examples)
        session.metrics = metrics.declare()
        outline = told.Outline(
            device=str(self._device),
            seed=torch.initial_seed(),
            parameters=sum(one.numel() for one in self._model.parameters() if one.requires_grad),
            metrics=session.metrics,
            batch=self._batch or 1,
            learning_rate=learning_rate(optimisers),
            threads=torch.get_num_threads(),
            steps=self._steps,
            pictures=self.examples.pictures,
            examples=self.examples.count,
        )
        if self._inputs is not None and probe.found.shares:
            self.examples.check_classes(probe.classes, getattr(self._loss, "ignore_index", None))
        material = self.examples.material(probe.classes)
        session.begin(outline, probe.found.graph.words(), _facts(session, optimisers, probe), material)
        return probe

    def _probe(self, examples: Examples) -> Probe:
        try:
            return Probe(self._model, examples, self._loss)
        except Exception as error:
            given = examples.words()
            # What takes other arguments takes none of these.
            fits = self._own in (None, given) and not isinstance(error, TypeError)
            if self._inputs is None or fits:
                raise
            why = f"{type(error).__name__}: {str(error)[:200]}"
            raise Unseen(Sentence("attach-inputs-do-not-fit", given=given, own=self._own, why=why)) from error


def _facts(session: Session, optimisers: Sequence[Optimizer], probe: Probe) -> List[told.Fact]:
    facts: List[told.Fact] = [
        ("attach-model", session.name),
        ("attach-framework", f"PyTorch {torch.__version__}"),
        ("attach-optimiser", ", ".join(type(one).__name__ for one in optimisers)),
        ("attach-shown", Sentence("attach-shown-as-a-copy")),
    ]
    if probe.draws:
        facts.append(("attach-random-numbers", Sentence("attach-draws-even-so")))
    return facts


def _given(inputs: Any, like: torch.Tensor) -> Examples:
    """`inputs=` as it may be given: examples, or examples with what is right for each.

    Raises Unseen where it is something else.
    """
    given, targets = inputs, None
    if isinstance(inputs, (tuple, list)) and len(inputs) == 2:
        inputs, targets = inputs

    def moved(arg: Any) -> Any:
        arg = torch.as_tensor(arg) if hasattr(arg, "__array__") else arg
        if not isinstance(arg, torch.Tensor):
            return arg
        # NumPy counts in double precision where the model does not.
        return arg.to(like.device, like.dtype if arg.is_floating_point() else None)

    args = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
    places = {name: moved(arg) for name, arg in inputs.items()} if isinstance(inputs, dict) else {}
    placed = [] if places else [moved(arg) for arg in args]
    if any(isinstance(one, torch.Tensor) and one.dim() > 0 and len(one) == 0 for one in [*placed, *places.values()]):
        raise Unseen(Sentence("attach-inputs-without-example"))
    try:
        examples = Examples(placed, places, None)
    except Unseen:
        raise Unseen(Sentence("attach-inputs-of-no-tensor", kind=type(given).__name__)) from None
    if (at := examples.not_finite()) is not None:
        raise Unseen(Sentence("attach-inputs-not-finite", at=at))
    if targets is not None:
        targets = moved(targets)
        examples.take_targets(targets)
        if examples.targets is None:
            right = len(targets) if isinstance(targets, torch.Tensor) and targets.dim() > 0 else 0
            raise Unseen(Sentence("attach-inputs-and-targets", examples=examples.batch, targets=right))
    return examples
