"""The examples that can be looked at: those that were given, else the first ones of the first batch."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

import torch

from .. import told
from ..sentences import Sentence, Unseen, phrase
from ..wishes import Choice
from . import thin

#: Examples that are kept, and the memory that they may take, in bytes.
MOST = 256
MOST_BYTES = 16 << 20
#: Classes that a hall can tell apart.
MOST_CLASSES = 256


class Examples:
    """What a model is shown: arguments whose first dimension counts examples, and what is right for each."""

    def __init__(self, args: Sequence[Any], kwargs: Dict[str, Any], targets: Optional[torch.Tensor]) -> None:
        placed: List[Tuple[Union[int, str], Any]] = [*enumerate(args), *kwargs.items()]
        found = next(((at, arg) for at, arg in placed if isinstance(arg, torch.Tensor) and arg.dim() > 0), None)
        if found is None:
            raise Unseen(Sentence("attach-no-tensor-among-arguments"))
        #: Where the tensor is that is shown as input: the first one.
        self.at, first = found
        self.batch = int(first.shape[0])
        each = max(1, first[:1].numel() * first.element_size())
        self.count = max(1, min(self.batch, MOST, MOST_BYTES // each))
        self.args = tuple(self._kept(arg) for arg in args)
        self.kwargs = {name: self._kept(arg) for name, arg in kwargs.items()}
        self.targets = None
        self.take_targets(targets)
        shown = self.first
        self._span = self._channels(shown) if shown.is_floating_point() else None

    @property
    def first(self) -> torch.Tensor:
        """What is shown as input."""
        return self.shown(self.args, self.kwargs)

    def shown(self, args: Sequence[Any], kwargs: Dict[str, Any]) -> torch.Tensor:
        """What is shown as input, of such arguments."""
        found: torch.Tensor = kwargs[self.at] if isinstance(self.at, str) else args[self.at]
        return found

    def words(self) -> str:
        """What one of them is: its sizes, and the type of its numbers."""
        first = self.first
        return f"{' × '.join(map(str, first.shape[1:])) or 1} ({str(first.dtype).removeprefix('torch.')})"

    @property
    def pictures(self) -> bool:
        """Whether they are grey or coloured pictures."""
        return self.first.dim() == 4 and self.first.shape[1] in (1, 3) and self._span is not None

    def take_targets(self, targets: Any) -> None:
        """What is right for each of them, if it is for as many."""
        if isinstance(targets, torch.Tensor) and targets.dim() > 0 and targets.shape[0] >= self.count:
            self.targets = targets.detach()[: self.count].clone()

    def not_finite(self) -> Optional[int]:
        """The first of them that has a number that is none, or is infinite."""
        if not self.first.is_floating_point():
            return None
        whole = torch.isfinite(self.first.reshape(self.count, -1)).all(1)
        return None if bool(whole.all()) else int((~whole).nonzero()[0])

    def check_classes(self, classes: Optional[int], ignored: Optional[int]) -> None:
        """Classes that were given as rows of shares, or as numbers with a point, are read as what they mean.

        Raises Unseen where one is none of the model's.
        """
        targets = self.targets
        if targets is None or not classes:
            return
        if targets.dim() == 2 and targets.shape[1] == classes:
            # One of them is 1 and the others 0: shares of several are left as they are.
            hot = bool(((targets == 0) | (targets == 1)).all() and (targets.sum(1) == 1).all())
            self.targets = targets = targets.argmax(1) if hot else targets
        elif targets.dim() == 1 and targets.is_floating_point() and bool((targets == targets.round()).all()):
            self.targets = targets = targets.long()
        if targets.dim() == 1:
            known = (targets >= 0) & (targets < classes) & (targets == targets.round())
            if ignored is not None:
                known |= targets == ignored
            if not bool(known.all()):
                wrong = targets[~known][0].item()
                raise Unseen(Sentence("attach-targets-are-no-classes", target=f"{wrong:g}", last=classes - 1))

    def _kept(self, arg: Any) -> Any:
        if isinstance(arg, torch.Tensor) and arg.dim() > 0 and arg.shape[0] == self.batch:
            return arg.detach()[: self.count].clone()
        return arg

    @staticmethod
    def _channels(shown: torch.Tensor) -> Optional[Tuple[torch.Tensor, torch.Tensor]]:
        """The least and the largest number of each channel, which are taken for dark and bright."""
        if shown.dim() != 4:
            return shown.amin().reshape(1), shown.amax().reshape(1)
        low, high = shown.amin((0, 2, 3)), shown.amax((0, 2, 3))
        return low[:, None, None], high[:, None, None]

    def one(self, choice: Choice) -> Tuple[List[Any], Dict[str, Any], Optional[torch.Tensor]]:
        """The arguments for one example, by itself, and what is right for it."""
        at = choice.place % self.count if choice.kind == "Test" else 0

        def of(arg: Any) -> Any:
            if isinstance(arg, torch.Tensor) and arg.dim() > 0 and arg.shape[0] == self.count:
                return arg[at : at + 1].clone()
            return arg

        args = [of(arg) for arg in self.args]
        kwargs = {name: of(arg) for name, arg in self.kwargs.items()}
        target = None if self.targets is None else self.targets[at : at + 1]
        if choice.kind == "Drawn" and (drawn := self._drawn(choice.pixels)) is not None:
            target = None
            if isinstance(self.at, str):
                kwargs[self.at] = drawn
            else:
                args[self.at] = drawn
        if self.first.is_floating_point():
            self.shown(args, kwargs).requires_grad_(True)
        return args, kwargs, target

    def _drawn(self, pixels: Sequence[float]) -> Optional[torch.Tensor]:
        """Brightness 0..=1 as the numbers that the model is used to."""
        like = self.first[:1]
        if self._span is None or len(pixels) != like.numel():
            return None
        low, high = self._span
        bright = torch.tensor(list(pixels), dtype=like.dtype, device=like.device).reshape(like.shape)
        return low + bright * (high - low)

    def material(self, classes: Optional[int]) -> Optional[bytes]:
        """The pictures with their classes for the hall to choose from, where they are pictures and of classes."""
        targets = self.targets
        if not self.pictures or self._span is None or targets is None or not classes or classes > MOST_CLASSES:
            return None
        if (
            targets.dim() != 1
            or targets.is_floating_point()
            or bool((targets < 0).any())
            or bool((targets >= classes).any())
        ):
            return None
        low, high = self._span
        bright = (self.first - low) / torch.clamp(high - low, min=1e-12)
        pixels = torch.clamp(bright * 255 + 0.5, 0, 255).to("cpu", torch.uint8)
        labels = targets.to("cpu", torch.uint8)
        spans = told.spans(low.reshape(-1), high.reshape(-1))
        names = [str(at) for at in range(classes)]
        remarks = [phrase("attach-pictures-are-what-is-read", spans=spans)]
        return told.material(thin.data(pixels), list(self.first.shape[1:]), thin.data(labels), names, remarks)
